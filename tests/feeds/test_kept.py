"""What ``scripts/fuzz feeds`` found once, made as small as it could, does not come back."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType

import pytest

from dualuse.feeds.places import Places

KEPT = sorted((Path(__file__).parent / "kept").glob("*.json"))
SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"


@pytest.fixture(scope="module")
def fuzz() -> ModuleType:
    """The script, as a module."""
    sys.path.append(str(SCRIPTS))
    return importlib.import_module("fuzz_feeds")


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.stem)
def test_it_is_read_or_refused_in_words(fuzz: ModuleType, places: Places, tmp_path: Path, path: Path) -> None:
    kind, name, content = fuzz.kept(path)
    outcome = fuzz.tried(kind, places, name, content, tmp_path / "run")
    assert outcome.wrong == "", outcome.said


def test_every_kind_has_files_to_spoil(fuzz: ModuleType) -> None:
    from dualuse.feeds.feed import feeds

    assert {kind.partition(" ")[0] for kind in fuzz.seeds()} == {*feeds(), "table", "rdf", "mapping"}


def test_a_fault_is_found_and_made_small(fuzz: ModuleType, tmp_path: Path) -> None:
    def read(file: Path) -> None:
        if b"NaN" in file.read_bytes():
            raise KeyError("of ours")

    target = importlib.import_module("fuzz_runs").Target("made-up", (), (("f", b"a,b\n" * 40),), reader=read)
    tally = importlib.import_module("collections").Counter()
    ((name, content), outcome), *more = fuzz.hunt(target, 400, tmp_path / "run", tally)
    assert (name, content, outcome.wrong, more) == ("f", b"NaN", "traceback", [])
    assert tally["read"] > 300
