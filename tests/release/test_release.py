"""The release: whole, the same each time, and opened by the tools that read such things."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.javascript import node
from tests.running import Run
from tests.slowness import slow

from dualuse.dates import PartialDate
from dualuse.errors import UsageError
from dualuse.export import to_dna, to_tables
from dualuse.knowledge import Knowledge
from dualuse.model.read import read
from dualuse.model.speech import Statement
from dualuse.namespaces import ID
from dualuse.release import Item, Release, contents
from dualuse.release.facts import read_facts
from dualuse.release.sheet import SHEET_OF, Sheet
from dualuse.release.tabular import to_csv
from dualuse.release.writing import write_release

TOOLS = """
import io, json, sys, warnings
from contextlib import redirect_stdout
from pathlib import Path
warnings.simplefilter("ignore")
folder = Path(sys.argv[1])
import frictionless, mlcroissant, pandas, duckdb
from rocrate.rocrate import ROCrate
report = frictionless.Package(str(folder / "tables" / "datapackage.json")).validate()
told = {"frictionless": [report.valid, report.flatten(["title", "type", "note"])[:5]]}
crate = ROCrate(str(folder))
told["rocrate"] = [crate.name, sorted(entity.id for entity in crate.data_entities)]
croissant = mlcroissant.Dataset(str(folder / "croissant.json"))
issues = croissant.metadata.ctx.issues
told["croissant"] = [sorted(issues.errors), sum(1 for _ in croissant.records("groups"))]
statements = pandas.read_csv(folder / "tables" / "statements.csv", keep_default_na=False)
told["pandas"] = {str(stance): int(number) for stance, number in statements.groupby("stance").size().items()}
places = pandas.read_parquet(folder / "parquet" / "places.parquet")
told["parquet"] = [len(places), "NA" in set(places["key"])]
found = duckdb.sql(f"SELECT count(*) FROM '{folder}/parquet/memberships.parquet' WHERE \\"group\\" = 'us-d5'")
told["duckdb"] = found.fetchall()[0][0]
print(json.dumps(told))
"""


AGAIN = """
import json, sys
from pathlib import Path
from tests.release.test_release import others
from dualuse.build import build
from dualuse.knowledge import Knowledge
from dualuse.release import contents
from dualuse.release.writing import write_release
knowledge = Knowledge(build().store)
number, size = write_release(Path(sys.argv[1]), contents(knowledge), lambda path: None)
print(json.dumps([number, size, others(knowledge)]))
"""
ROOT = Path(__file__).resolve().parents[2]


def files_of(folder: Path) -> dict[str, bytes]:
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def others(knowledge: Knowledge) -> dict[str, str]:
    """Digests of what is exported and stands in no release."""
    made = to_tables(knowledge.network(as_of="2025-06-01"))
    made["dna"] = to_dna(read(knowledge.store, Statement), knowledge.names.label)
    return {name: hashlib.sha256(content).hexdigest() for name, content in made.items()}


@slow("a whole release is made again, by another process")
def test_twice_the_same_bytes(tmp_path: Path, knowledge: Knowledge, released: Path) -> None:
    """By another process, whose hashes fall otherwise, from a build of its own."""
    command = [sys.executable, "-c", AGAIN, str(tmp_path / "again")]
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    environment = os.environ | {"PYTHONHASHSEED": "7", "PYTHONPATH": path}
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, env=environment)
    assert done.returncode == 0, done.stderr
    once, again = files_of(released), files_of(tmp_path / "again")
    assert list(once) == list(again)
    assert [name for name in once if once[name] != again[name]] == []
    number, size, digests = json.loads(done.stdout)
    assert (number, size) == (len(once), sum(map(len, once.values())))
    assert [path.name for path in tmp_path.iterdir()] == ["again"], "no draft is left"
    assert digests == others(knowledge)


def test_the_command_writes_it(
    run: Run, clean: Path, store_dir: Path, earlier: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With what is written put short: the whole takes long."""

    def few(knowledge: Knowledge, since: Release | None) -> Iterator[Item]:
        assert since is not None
        assert since.name == f"{knowledge.version.version}, record to {knowledge.version.known_on}"
        yield Item("sub/file", "A file.", b"words")

    monkeypatch.setattr("dualuse.release.contents", few)
    done = run("release", "new", "--since", earlier, "--store", store_dir)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "Wrote new: 1 files, 5 bytes\n")
    assert (clean / "new" / "sub" / "file").read_bytes() == b"words"


def test_sums_are_of_every_file(released: Path) -> None:
    files = files_of(released)
    lines = files.pop("SHA256SUMS").decode().splitlines()
    assert lines == [f"{hashlib.sha256(content).hexdigest()}  {name}" for name, content in sorted(files.items())]


def test_it_opens_in_the_tools(released: Path, tables: dict[str, Sheet]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", TOOLS, str(released)], capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    assert told["frictionless"] == [True, []]
    name, listed = told["rocrate"]
    assert name.startswith("dualuse")
    assert {*files_of(released)} - {*listed} == {"SHA256SUMS", "ro-crate-metadata.json"}
    assert told["croissant"] == [[], len(tables["groups"].rows)]
    assert told["pandas"]["opposes"] > 20
    assert told["parquet"] == [len(tables["places"].rows), True]
    group = next(n for n, column in enumerate(tables["memberships"].columns) if column.name == "group")
    assert told["duckdb"] == sum(row[group] == "us-d5" for row in tables["memberships"].rows) > 20


def test_void_describes_every_file_before_it(released: Path, knowledge: Knowledge) -> None:
    from rdflib import DCAT, Graph, URIRef

    found = Graph().parse(released / "void.ttl")
    told = {str(each).partition("/release/")[2].partition("/")[2] for each in found.objects(None, DCAT.distribution)}
    after = {"void.ttl", "croissant.json", ".zenodo.json", "dualuse.spdx.json", "ro-crate-metadata.json", "SHA256SUMS"}
    assert told == {*files_of(released)} - after
    facts = read_facts(knowledge.store)
    assert facts.creator == "the dualuse maintainers"
    assert (URIRef(f"https://w3id.org/dualuse/release/{facts.name}/rdf/dualuse.nq"), None, None) in found


def test_it_opens_in_javascript(released: Path, knowledge: Knowledge) -> None:
    """Graphology reads the networks, N3.js the RDF; JSON-LD, which takes its reader long, with DUALUSE_SLOW."""
    endings = ["ttl", "nq", "trig", *(["jsonld"] if os.environ.get("DUALUSE_SLOW") else [])]
    rdf = [released / "rdf" / f"dualuse.{ending}" for ending in endings]
    networks = released / "networks"
    told = json.loads(node("opened.mjs", networks / "supply.graphml", networks / "moving.gexf", *rdf))
    supply = knowledge.network("supply", as_of=knowledge.version.known_on)
    assert (told["graphml"]["nodes"], told["graphml"]["edges"]) == (len(supply), supply.number_of_edges())
    assert {"relation", "seen", "dated", "certain"} <= {*told["graphml"]["edge"]}
    assert told["gexf"]["edges"] > 5_000
    assert {"relation", "valid_from"} <= {*told["gexf"]["edge"]}
    counts = [told[str(path)] for path in rdf]
    assert counts == [len(knowledge.store.quads())] * len(rdf), "the graphs share no triple"


def test_rapper_reads_the_rdf(released: Path, knowledge: Knowledge) -> None:
    """Of the forms those that raptor reads; the graphs share no triple."""
    if shutil.which("rapper") is None:
        reason = "there is no rapper: apt-get install raptor2-utils (Debian)"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    expected = len(knowledge.store.quads())
    for ending, form in [("ttl", "turtle"), ("nq", "nquads"), ("trig", "trig")]:
        file = str(released / "rdf" / f"dualuse.{ending}")
        command = ["rapper", "--count", "--input", form, file]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
        told = done.stderr.splitlines()
        assert (done.returncode, told[1:]) == (0, [f"rapper: Parsing returned {expected} triples"]), done.stderr


def test_datasette_shows_labels_and_facets(released: Path) -> None:
    command = [sys.executable, "-m", "datasette", "dualuse.sqlite", "--metadata", "metadata.json", "--get"]
    asked = "/dualuse/memberships.json?group=us-d5&_shape=objects&_labels=on&_size=1"
    done = subprocess.run([*command, asked], capture_output=True, encoding="utf-8", check=False, cwd=released)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["rows"][0]["place"] == {"value": "AF", "label": "Afghanistan"}
    assert "standing" in told["facet_results"]


def test_the_database_holds_together(released: Path, knowledge: Knowledge, tables: dict[str, Sheet]) -> None:
    day = knowledge.version.known_on
    connection = sqlite3.connect(released / "dualuse.sqlite")
    try:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        for name, sheet in tables.items():
            assert connection.execute(f'SELECT count(*) FROM "{name}"').fetchone() == (len(sheet.rows),)  # noqa: S608 - ours
        assert dict(connection.execute("SELECT name, value FROM about"))["known_on"] == str(day)
    finally:
        connection.close()


def test_examples_of_the_readme_run(released: Path, knowledge: Knowledge) -> None:
    text = (released / "README.md").read_text("utf-8")
    _, frame, *_ = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    assert frame.startswith("import pandas")
    sql = re.search(r"```sql\n(.*?)```", text, re.DOTALL)
    assert sql is not None
    connection = sqlite3.connect(released / "dualuse.sqlite")
    found = {row[0] for row in connection.execute(sql[1])}
    connection.close()
    rows = knowledge.query("members-of-group", {"group": "us-d5", "asOf": "2025-05-15"})
    members = {row["place"].value.rpartition("/")[2] for row in rows if row["standing"].value.endswith("/member")}
    assert found == members
    for name in re.findall(r"^\| `([\w./-]+)` \|", text, re.MULTILINE):
        assert (released / name).exists(), name


def test_queries_stand_alone(released: Path, knowledge: Knowledge) -> None:
    import pyoxigraph as ox

    graph = ox.Store()
    graph.bulk_load((released / "rdf" / "dualuse.ttl").read_bytes(), format=ox.RdfFormat.TURTLE)
    for name in ("tier-of-place", "statements-on-instrument"):
        text = (released / "queries" / f"{name}.rq").read_text("utf-8")
        assert len(list(graph.query(text))) == len(knowledge.query(name)) > 0  # type: ignore[arg-type] # a SELECT


def test_every_kind_of_record_has_its_table(tables: dict[str, Sheet], knowledge: Knowledge) -> None:
    for kind, name in SHEET_OF.items():
        within = f"FILTER(STRSTARTS(STR(?n), '{ID}{kind}/'))"
        count = knowledge.store.select(f"SELECT (COUNT(DISTINCT ?n) AS ?c) {{ ?n ?p ?o {within} }}")
        assert len(tables[name].rows) == int(count[0]["c"].value), kind
        keys = [row[0] for row in tables[name].rows]
        assert len({*keys}) == len(keys)


def test_cells_are_of_their_type(tables: dict[str, Sheet]) -> None:
    for sheet in tables.values():
        assert len({column.name for column in sheet.columns}) == len(sheet.columns)
        for number, column in enumerate(sheet.columns):
            assert re.fullmatch(r"[a-z][a-z0-9_]*", column.name)
            assert column.meaning
            assert not column.refers_to or column.refers_to in tables
            cells = [row[number] for row in sheet.rows if row[number] is not None]
            assert not column.required or len(cells) == len(sheet.rows), (sheet.name, column.name)
            for cell in cells:
                assert isinstance(cell, int | float) == (column.type in ("number", "integer")), (sheet.name, column)
                if column.type == "date":
                    PartialDate(str(cell))


def test_a_formula_is_guarded(tables: dict[str, Sheet]) -> None:
    groups = tables["groups"]
    cells = tuple(
        "=1+1" if column.name == "note" else cell for column, cell in zip(groups.columns, groups.rows[0], strict=True)
    )
    spoilt = Sheet(groups.name, groups.meaning, groups.columns, groups.key, (cells,))
    (row,) = csv.DictReader(io.StringIO(to_csv(spoilt).decode()))
    assert row["note"] == "'=1+1"


def test_release_names_what_it_is_compared_with(run: Run, tmp_path: Path, store_dir: Path) -> None:
    done = run("release", tmp_path / "new", "--since", tmp_path, "--store", store_dir)
    assert done.returncode == 2
    assert "holds no release that can be read" in done.stderr
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "file").touch()
    done = run("release", tmp_path / "there", "--store", store_dir)
    assert done.returncode == 2
    assert "is there already" in done.stderr


def test_a_release_that_fails_leaves_nothing(tmp_path: Path, knowledge: Knowledge) -> None:
    def failing() -> Any:
        yield next(contents(knowledge))
        raise UsageError("no more")

    with pytest.raises(UsageError, match="no more"):
        write_release(tmp_path / "new", failing(), lambda path: None)
    assert list(tmp_path.iterdir()) == []
