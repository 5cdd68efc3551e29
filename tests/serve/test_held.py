"""The graph in memory: the same as in the files, and only where there are files of a fair size."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from dualuse.query.library import load
from dualuse.serve import held
from dualuse.serve.worker import open_graph
from dualuse.store.embedded import MemoryStore


@pytest.fixture(autouse=True)
def nothing_held() -> Iterator[None]:
    yield
    held._HELD.clear()


def test_the_graph_is_the_same_in_memory(store_dir: Path) -> None:
    filed, before = open_graph(str(store_dir))
    with held.laid_out(filed.store):
        held.hold()
        place = Path(os.environ["DUALUSE_LAID_OUT"])
        assert (place.name, place.is_file()) == (before.build, True)
    assert not place.exists()
    assert "DUALUSE_LAID_OUT" not in os.environ
    quick, after = open_graph(str(store_dir))
    assert (before.held, after.held, after.digest) == (False, True, before.digest)
    assert isinstance(filed.store, MemoryStore)
    assert isinstance(quick.store, MemoryStore)
    assert quick.store.nquads() == filed.store.nquads()
    for name in ("members-of-group", "tier-of-place"):
        rows = [sorted(map(str, each.store.select(load(name).text))) for each in (quick, filed)]
        assert rows[0] == rows[1] != []


def test_a_large_graph_stays_in_its_files(store_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    knowledge, opened = open_graph(str(store_dir))
    assert isinstance(knowledge.store, MemoryStore)
    monkeypatch.setattr(held, "MOST_BYTES", knowledge.store.size - 1)
    with held.laid_out(knowledge.store):
        assert "DUALUSE_LAID_OUT" not in os.environ
        held.hold()
    assert opened.build not in held._HELD


def test_where_nothing_can_be_written_it_stays_in_its_files(
    store_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))
    with held.laid_out(open_graph(str(store_dir))[0].store):
        assert "DUALUSE_LAID_OUT" not in os.environ


@pytest.mark.parametrize("store", [None, MemoryStore()])
def test_what_has_no_files_is_not_laid_out(store: object) -> None:
    with held.laid_out(store):
        assert "DUALUSE_LAID_OUT" not in os.environ
    assert held.use(store) is False
