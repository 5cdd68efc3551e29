"""What the tests of claims share: the ledger, the law, and a document made up for them."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from dualuse.build import Built
from dualuse.claims.cluster import Cluster, clusters
from dualuse.claims.fold import fold, sha256
from dualuse.claims.ledger import Ledger, read_ledger
from dualuse.claims.pointers import Copy, Held, point, read_copy
from dualuse.claims.settlements import Law, read_law, read_settlements
from dualuse.claims.speech import Speech, read_speech
from dualuse.model.claims import Settlement
from dualuse.questions.parts.documents import read_document

TEXT = (
    "虛構新聞\n"
    "\n"
    "甲社報導,新規則將涵蓋120個國家,乙國與丙國不受限制。\n"
    "乙部發言人說:「這是一個虛構的例子、並非真實引述」,並稱將採取必要措施。\n"
    "甲社報導,新規則將涵蓋80個國家。\n"
)
SPANS = {
    "a-title": (1, 0, 4),
    "b-120": (2, 11, 17),
    "c-free": (2, 18, 27),
    "d-words": (3, 7, 22),
    "e-step": (3, 26, 33),
    "f-80": (4, 11, 16),
}
"""Claim -> (passage, start, end) in ``TEXT``."""


@pytest.fixture(scope="session")
def ledger(built: Built) -> Ledger:
    """The claims of the shipped data."""
    return read_ledger(built.store)


@pytest.fixture(scope="session")
def law(built: Built) -> Law:
    """What calculations read."""
    return read_law(built.store)


@pytest.fixture(scope="session")
def settlements(built: Built) -> dict[tuple[str | None, str], Settlement]:
    """Settlements by instrument and attribute."""
    return read_settlements(built.store)


@pytest.fixture(scope="session")
def found(ledger: Ledger, law: Law, settlements: dict[tuple[str | None, str], Settlement]) -> list[Cluster]:
    """Every cluster of the shipped data."""
    return clusters(ledger.claims.values(), settlements, law)


@pytest.fixture(scope="session")
def speech(built: Built) -> Speech:
    """Everything said."""
    return read_speech(built.store)


@pytest.fixture(scope="session")
def text() -> str:
    """The made-up document."""
    return TEXT


@pytest.fixture(scope="session")
def held() -> Held:
    """The made-up document as a graph would know it."""
    copy = read_copy("made-up.txt", TEXT, hashlib.sha256(TEXT.encode()).hexdigest())
    pointers = tuple(point(claim, copy, *span) for claim, span in SPANS.items())
    passages = {number: (sha256(line), sha256(fold(line).text)) for number, line in enumerate(copy.lines, start=1)}
    return Held("made-up", copy.sha256, len(TEXT), frozenset({copy.name}), passages, pointers)


@pytest.fixture(scope="session")
def digest_file(ledger: Ledger) -> Path:
    """The digest itself, where the folder named by ``DUALUSE_SOURCES`` has it; its text is not in the repository."""
    beside = Path(__file__).resolve().parents[3] / "shared" / "seed"
    folder = os.environ.get("DUALUSE_SOURCES") or (str(beside) if beside.is_dir() else None)
    if folder is None:
        pytest.skip("needs the digest: set DUALUSE_SOURCES to the folder that has it")
    (document,) = ledger.documents.values()
    for path in sorted(Path(folder).rglob("*")):
        if path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == document.sha256:
            return path
    pytest.skip(f"no file in {folder} has the digest's sha256")


@pytest.fixture(scope="session")
def digest(digest_file: Path) -> Copy:
    """The digest as read."""
    return read_document(digest_file)
