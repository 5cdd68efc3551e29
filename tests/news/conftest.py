"""A reader over the shipped graph, and the digest with its tables where they are at hand."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from dualuse.knowledge import Knowledge
from dualuse.news import Reader, Reading, make_text
from dualuse.news.lexicon.patterns import Patterns, shipped_patterns

BESIDE = Path(__file__).resolve().parents[3] / "shared"
Read = Callable[..., Reading]


@pytest.fixture(scope="session")
def patterns() -> Patterns:
    """The shipped patterns."""
    return shipped_patterns()


@pytest.fixture(scope="session")
def reader(knowledge: Knowledge) -> Reader:
    """A reader over the shipped graph."""
    return Reader(knowledge.store)


@pytest.fixture(scope="session")
def read(reader: Reader) -> Read:
    """Reads a string as if written on a day."""

    def do(text: str, day: str = "2025-01-15", name: str = "made-up") -> Reading:
        return reader.read(make_text(name, text), date.fromisoformat(day))

    return do


@pytest.fixture(scope="session")
def digest() -> Path:
    """The digest of January 2025, which is not in the repository."""
    folder = Path(os.environ.get("DUALUSE_SOURCES") or BESIDE / "seed")
    found = sorted(folder.glob("*.txt")) if folder.is_dir() else []
    if not found:
        pytest.skip("needs the digest: set DUALUSE_SOURCES to the folder that has it")
    return found[0]


@pytest.fixture(scope="session")
def coded() -> list[Path]:
    """Claims and entities of the digest as coded by hand."""
    folder = Path(os.environ.get("DUALUSE_CODED") or BESIDE / "facts" / "statements")
    found = [folder / "seed_claims.csv", folder / "seed_entities.csv"]
    if not all(path.is_file() for path in found):
        pytest.skip("needs the tables coded by hand: set DUALUSE_CODED to the folder that has them")
    return found
