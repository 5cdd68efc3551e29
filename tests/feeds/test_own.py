"""Through the command: a folder of tables and a part of it, a table of one's own, and RDF, each in its own graph."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.feeds.test_anytable import MAP, TABLE, written
from tests.feeds.test_eto import INPUTS, folder
from tests.feeds.test_loading import quads, store
from tests.running import Run

from dualuse.feeds.entry import graph_of

__all__ = ["store"]
RDF = "<http://example.org/a> <http://example.org/part> [ <http://example.org/name> 'none' ] .\n"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "few.csv").write_text(TABLE, "utf-8")
    (tmp_path / "few.ttl").write_text(RDF, "utf-8")
    folder(tmp_path / "eto")
    return tmp_path


def test_each_has_a_graph_of_its_own(run: Run, store: Path, place: Path) -> None:
    before = quads(store)
    loads = (
        ("eto", place / "eto"),
        ("eto", place / "eto/inputs.csv"),
        ("table", place / "few.csv", "--map", written(place, MAP), "--name", "few"),
        ("rdf", place / "few.ttl", "--name", "few", "--publisher", "Me", "--licence", "https://example.org/free"),
    )
    for _ in range(2):
        told = [run("load", *words, "--store", store) for words in loads]
        assert [done.returncode for done in told] == [0] * 4, told
        after = quads(store)
    assert all("loaded before; nothing changed" in done.stderr for done in told)
    graphs = [graph_of(name) for name in ("eto", "eto-inputs", "table-few", "rdf-few")]
    assert all(any(f"<{graph}>" in line for line in after) for graph in graphs)
    assert [line for line in after if not any(f"<{graph}>" in line for graph in graphs)] == before
    assert not any("_:" in line.split('"')[0] for line in after if graphs[3] in line)


def test_a_form_is_told_where_the_ending_does_not(run: Run, store: Path, place: Path) -> None:
    file = (place / "few.ttl").rename(place / "few.txt")
    done = run("load", "rdf", file, "--name", "few", "--store", store)
    assert (done.returncode, "say which: --format" in done.stderr) == (2, True)
    assert run("load", "rdf", file, "--name", "few", "--format", "turtle", "--store", store).returncode == 0


def test_a_table_that_lost_a_part_is_refused(run: Run, store: Path, place: Path) -> None:
    assert run("load", "eto", place / "eto", "--store", store).returncode == 0
    (place / "eto/inputs.csv").write_text(INPUTS.splitlines()[0] + "\n", "utf-8", newline="")
    done = run("load", "eto", place / "eto", "--store", store)
    assert (done.returncode, "the list inputs is gone, where it had 1" in done.stderr) == (2, True)
