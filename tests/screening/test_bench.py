"""The labelled pairs follow from the lists, and the bench counts right."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"


@pytest.fixture
def scripts(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    monkeypatch.syspath_prepend(str(SCRIPTS))
    return {name: import_module(name) for name in ("screening_pairs", "screening_names", "bench_screen")}


def test_pairs_are_labelled_and_always_the_same(scripts: dict[str, Any]) -> None:
    make = scripts["screening_pairs"]
    parties = [
        make.Party("a", ("Made-Up Chips Technology Co., Ltd.", "MUC Chips", "编造芯片")),
        make.Party("b", ("Made-Up Clips Technology Co., Ltd.",)),
        make.Party("c", ("Quite Another Works",)),
    ]
    made = make.pairs(parties)
    assert made == make.pairs(parties)
    kinds = {(pair.how, pair.same) for pair in made}
    assert kinds >= {("alias", True), ("slip", True), ("legal form", True), ("pinyin", True), ("neighbour", False)}
    assert all(pair.sought not in pair.names for pair in made if pair.how == "alias")
    assert all(pair.sought not in pair.names for pair in made if pair.how == "neighbour")
    bench = scripts["bench_screen"]
    assert bench.recalls([float(pair.same) for pair in made], made) == [1.0] * len(bench.PRECISIONS)
    share = sum(pair.same for pair in made) / len(made)
    reached = [float(share >= least) for least in bench.PRECISIONS]
    assert bench.recalls([1.0] * len(made), made) == reached, "all alike, all or nothing is found"
    scores = bench.ours(parties, made)
    assert max(score for score, pair in zip(scores, made, strict=True) if pair.how == "legal form") == 1.0


def test_names_written_otherwise_are_found_among_many(scripts: dict[str, Any]) -> None:
    told = scripts["bench_screen"].sought(400, 40)
    assert told["found"] >= 0.9
    assert told["rate"] > 0
