"""What a load owes: all or nothing, no change by a second one, no loss unnoticed; and a build keeps what was loaded."""

from __future__ import annotations

import gc
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.feeds.test_csl import EL, MADE_UP, SDN, table
from tests.feeds.test_opensanctions import ALL, ASSET, change, entity, lines
from tests.running import Run

from dualuse.errors import UsageError
from dualuse.feeds.entry import graph_of
from dualuse.knowledge import Knowledge
from dualuse.store import open_store
from dualuse.store.folder import writing

ROWS = [MADE_UP | {"name": f"Made-up {number}", "addresses": "Shanghai, CN"} for number in range(12)]
NAMES = "SELECT ?name WHERE { ?e a du:FeedEntry ; rdfs:label ?name } ORDER BY ?name"


@pytest.fixture
def store(small_store: Path, tmp_path: Path) -> Path:
    """A store of one's own."""
    return Path(shutil.copytree(small_store, tmp_path / "store"))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    place = tmp_path / "list.csv"
    place.write_text(table(*ROWS, {"source": SDN, "entity_number": "1", "name": "A ship"}), "utf-8")
    return place


def names(store: Path) -> list[str]:
    return [row["name"].value for row in open_store(str(store)).select(NAMES)]


def quads(store: Path) -> list[str]:
    return open_store(str(store)).quads()


def test_a_list_stands_beside_the_curated_record(run: Run, store: Path, file: Path) -> None:
    before = quads(store)
    done = run("load", "csl", file, "--store", store, "--retrieved", "2025-06-01", "--source", "https://example.org/l")
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert done.stderr.splitlines() == ["Loaded Consolidated Screening List: 13 of 13 records", "EL: 12", "SDN: 1"]
    graph = f"<{graph_of('csl')}>"
    assert [line for line in quads(store) if graph not in line] == before
    assert len(names(store)) == 13
    exported = run("export", "--format", "nquads", "--store", store)
    assert exported.stdout.splitlines(keepends=True) == before, "what others publish is not ours to give"
    knowledge = Knowledge(open_store(str(store)))
    assert knowledge.version == Knowledge(open_store(str(store))).version
    (row,) = knowledge.store.select(
        "SELECT ?day ?from ?n WHERE { ?s a du:FeedSnapshot ; dct:issued ?day ; dct:source ?from ; du:recordsKept ?n }"
    )
    assert {name: term.value for name, term in row.items()} == {
        "day": "2025-06-01",
        "from": "https://example.org/l",
        "n": "13",
    }


def test_loading_twice_changes_nothing(run: Run, store: Path, file: Path) -> None:
    run("load", "csl", file, "--store", store, "--retrieved", "2025-06-01")
    once, current = quads(store), (store / "CURRENT").read_text()
    done = run("load", "csl", file, "--store", store)
    assert (done.returncode, done.stderr) == (0, "Consolidated Screening List: loaded before; nothing changed\n")
    assert (quads(store), (store / "CURRENT").read_text()) == (once, current)


def test_a_build_keeps_what_was_loaded(run: Run, store: Path, file: Path) -> None:
    built = quads(store)
    run("load", "csl", file, "--store", store, "--retrieved", "2025-06-01")
    loaded = quads(store)
    with writing(store) as folder:
        folder.replace("".join(built).encode("utf-8"))
    assert quads(store) == loaded != built


@pytest.mark.parametrize(
    ("content", "why", "accept"),
    [
        (table(*ROWS), "the list SDN is gone, where it had 1", "lists"),
        (table(*ROWS[:10], {"source": SDN, "name": "A"}), "the list EL has 10, where it had 12", "lists"),
        (table(*ROWS, {"source": SDN, "name": "A"}).replace("ids", "idz", 1), "the column idz is new", "columns"),
    ],
)
def test_what_is_lost_is_refused_until_told(
    run: Run, store: Path, file: Path, content: str, why: str, accept: str
) -> None:
    run("load", "csl", file, "--store", store, "--retrieved", "2025-06-01")
    before = quads(store)
    file.write_text(content, "utf-8")
    done = run("load", "csl", file, "--store", store)
    assert done.returncode == 2
    assert why in done.stderr
    assert done.stderr.endswith(f"Nothing was loaded. If it is right: --accept {accept}\n")
    assert quads(store) == before
    assert run("load", "csl", file, "--store", store, "--accept", accept).returncode == 0
    assert quads(store) != before


def test_a_failed_load_leaves_the_store(run: Run, store: Path, file: Path, tmp_path: Path) -> None:
    before = quads(store)
    file.write_text("name,source\n", "utf-8")
    done = run("load", "csl", file, "--store", store)
    assert (done.returncode, "no record of Consolidated Screening List in it" in done.stderr) == (2, True)
    file.write_text("no list", "utf-8")
    done = run("load", "csl", file, "--store", store)
    assert (done.returncode, "no Consolidated Screening List" in done.stderr) == (2, True)
    assert quads(store) == before
    done = run("load", "csl", file, "--store", tmp_path / "nowhere")
    assert (done.returncode, "no store here" in done.stderr) == (3, True)
    done = run("load", "csl", file, "--store", "https://example.org/sparql")
    assert (done.returncode, "lists are loaded into a store folder" in done.stderr) == (2, True)


def test_a_graph_is_loaded_in_blocks_or_not_at_all(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dualuse.store.feeds._BLOCK", 50)

    def lines(*, whole: bool) -> Iterator[str]:
        yield from (f'<urn:a:{number}> <urn:p> "輝達" .\n' for number in range(9))
        if not whole:
            raise UsageError("it breaks off")

    with writing(store) as folder:
        folder.put_graph(graph_of("made-up"), lines(whole=True))
    before = quads(store)
    assert sum("輝達" in line and graph_of("made-up") in line for line in before) == 9
    with pytest.raises(UsageError, match="breaks off"), writing(store) as folder:
        folder.put_graph(graph_of("made-up"), lines(whole=False))
    assert quads(store) == before
    gc.collect()  # what broke off may be held until then, and what it left is removed by the next
    with writing(store) as folder:
        folder.put_graph(graph_of("made-up"), lines(whole=True))
    assert quads(store) == before
    assert len([each for each in store.iterdir() if each.is_dir()]) == 1


def test_the_report_says_what_was_not_taken(run: Run, store: Path, file: Path, tmp_path: Path) -> None:
    file.write_text(table(*ROWS, {"source": EL}, ROWS[0]), "utf-8")
    done = run("load", "csl", file, "--store", store, "--report", tmp_path / "report.json", "--wait")
    assert "rejected: no name: 1" in done.stderr
    assert "said twice: 1" in done.stderr
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert (report["feed"], report["read"], report["kept"], report["repeated"]) == ("csl", 14, 12, 1)
    assert report["rejected"] == {"no name": 1}
    assert report["rejected_records"][0]["where"] == "line 14"


def test_a_file_of_changes_changes_what_is_loaded(run: Run, store: Path, tmp_path: Path) -> None:
    whole, delta = tmp_path / "entities.ftm.json", tmp_path / "entities.delta.json"
    whole.write_text(lines(*ALL), "utf-8")
    new, mended = entity("NK-n", name=["New"]), ASSET | {"caption": "Mended"}
    delta.write_text(lines(change("ADD", new), change("MOD", mended), change("DEL", {"id": "NK-s"})), "utf-8")
    done = run("load", "opensanctions", delta, "--store", store)
    assert (done.returncode, "Load the whole first" in done.stderr) == (2, True)
    assert run("load", "opensanctions", whole, "--store", store).returncode == 0
    assert names(store) == ["Made-Up Chips", "Made-Up Холдинг", "Ownership", "Sanction"]
    done = run("load", "opensanctions", delta, "--store", store)
    assert done.returncode == 0, done.stderr
    assert "us_ofac_sdn: 4 (3 before)" in done.stderr
    assert names(store) == ["Made-Up Холдинг", "Mended", "New", "Ownership"]
    once = quads(store)
    done = run("load", "opensanctions", delta, "--store", store)
    assert (done.returncode, done.stderr) == (0, "OpenSanctions: loaded before; nothing changed\n")
    assert quads(store) == once
