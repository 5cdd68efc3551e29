"""``dualuse sparql``: any form, any format, text from anywhere, and help where a term or the syntax is wrong."""

from __future__ import annotations

import csv
import io
import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from tests.running import Run

from dualuse.build import Built
from dualuse.cli.ask import _Asked, _rows
from dualuse.knowledge import Knowledge
from dualuse.query.terms import unknown_terms
from dualuse.show.grid import MEASURED
from dualuse.store import MemoryStore
from dualuse.store.base import RDF_FORMATS, RESULT_FORMATS, Row

ROWS = "SELECT ?code ?name WHERE { place:CH skos:notation ?code ; skos:prefLabel ?name } ORDER BY ?code ?name"
TRIPLES = "CONSTRUCT { place:CH skos:notation ?code } WHERE { place:CH skos:notation ?code }"
YES = "ASK { place:CH a du:Destination }"


@pytest.mark.parametrize("form", sorted(RESULT_FORMATS))
def test_rows(run: Run, form: str) -> None:
    answer = run("sparql", ROWS, "--format", form)
    assert (answer.returncode, answer.stderr) == (0, "")
    if form == "csv":
        found = {tuple(row) for row in list(csv.reader(io.StringIO(answer.stdout)))[1:]}
    else:
        solutions = ox.parse_query_results(answer.stdout.encode(), format=RESULT_FORMATS[form])
        assert isinstance(solutions, ox.QuerySolutions)
        found = {(row["code"].value, row["name"].value) for row in solutions}
    assert found == {(code, name) for code in ("CH", "CHE") for name in ("Switzerland", "瑞士")}


@pytest.mark.parametrize("arguments", [(), ("--format", "table")])
def test_rows_as_a_table(run: Run, arguments: tuple[str, ...]) -> None:
    answer = run("sparql", ROWS, *arguments)
    assert (answer.returncode, answer.stderr) == (0, "6 rows\n")
    lines = answer.stdout.splitlines()
    assert lines[0].split() == ["code", "name"]
    assert lines[1].split() == ["CH", "Switzerland"]
    assert len(lines) == 7


def test_long_cells_are_not_cut_when_piped(run: Run) -> None:
    answer = run("sparql", f"SELECT ('{'x' * 350}' AS ?long) {{}}")
    assert answer.stdout.splitlines() == ["long", "x" * 350]
    assert answer.stderr == "1 row\n"


def test_markup_in_a_cell_is_text(run: Run) -> None:
    answer = run("sparql", "SELECT ('[bold]x[/bold] [/nope]' AS ?text) {}")
    assert answer.stdout.splitlines()[1] == "[bold]x[/bold] [/nope]"


def test_no_rows(run: Run) -> None:
    answer = run("sparql", "SELECT ?s ?never WHERE { ?s a du:Destination FILTER(1 = 2) }")
    assert (answer.returncode, answer.stdout, answer.stderr) == (0, "s  never\n", "0 rows\n")


def test_yes_and_no(run: Run) -> None:
    assert run("sparql", YES).stdout == "yes\n"
    assert run("sparql", "ASK { place:CH a du:Product }").stdout == "no\n"
    assert json.loads(run("sparql", YES, "--format", "json").stdout)["boolean"] is True
    assert "true" in run("sparql", YES, "--format", "xml").stdout


@pytest.mark.parametrize("form", sorted(RDF_FORMATS))
@pytest.mark.parametrize("query", [TRIPLES, "DESCRIBE place:CH"])
def test_triples(run: Run, query: str, form: str) -> None:
    answer = run("sparql", query, "--format", form)
    assert (answer.returncode, answer.stderr) == (0, "")
    codes = {
        quad.object.value
        for quad in ox.parse(answer.stdout.encode(), format=RDF_FORMATS[form])
        if quad.predicate.value.endswith("#notation") and isinstance(quad.object, ox.Literal)
    }
    assert codes == {"CH", "CHE"}


def test_triples_are_turtle_unless_told(run: Run) -> None:
    answer = run("sparql", TRIPLES)
    assert 'place:CH skos:notation "CH" , "CHE"' in answer.stdout
    assert answer.stdout == run("sparql", TRIPLES, "--format", "turtle").stdout


def test_from_text_file_and_standard_input(run: Run, clean: Path) -> None:
    (clean / "question.rq").write_text(YES, "utf-8")
    (clean / "question.txt").write_text(YES, "utf-8")
    for answer in (
        run("sparql", YES),
        run("sparql", "question.rq"),
        run("sparql", "--file", "question.txt"),
        run("sparql", "-", stdin=YES),
        run("sparql", stdin=YES),
    ):
        assert (answer.returncode, answer.stdout, answer.stderr) == (0, "yes\n", "")


def test_to_a_file(run: Run, clean: Path) -> None:
    answer = run("sparql", ROWS, "--format", "csv", "-o", "rows.csv")
    assert (answer.returncode, answer.stdout) == (0, "")
    assert answer.stderr == f"Wrote rows.csv ({(clean / 'rows.csv').stat().st_size:,} bytes)\n"
    assert (clean / "rows.csv").read_bytes().decode() == run("sparql", ROWS, "--format", "csv", "-o", "-").stdout
    again = run("sparql", ROWS, "--format", "csv", "-o", "rows.csv")
    assert again.returncode == 2
    assert "rows.csv is there already; overwrite it with --force" in again.stderr
    assert run("sparql", YES, "-o", "rows.csv", "--force").returncode == 0
    assert (clean / "rows.csv").read_text() == "yes\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((YES, "--file", "here.rq"), "give the query as text or with --file, not both"),
        (("--file", "nowhere.rq"), "File 'nowhere.rq' does not exist"),
        (("--file", "latin.rq"), "latin.rq cannot be read as UTF-8 text"),
        ((TRIPLES, "--format", "table"), "triples have no table form; choose turtle, ntriples, "),
        ((TRIPLES, "--format", "csv"), "triples cannot be written as 'csv'; choose from turtle"),
        ((ROWS, "--format", "turtle"), "rows cannot be written as 'turtle'; choose from json"),
        ((YES, "--format", "trig"), "rows cannot be written as 'trig'"),
        ((YES, "--format", "pdf"), "'pdf' is not one of"),
        (("SELECT * WHERE {\n  ?s ?p \n}",), "the query cannot be read: error at 3:"),
        (("SELEKT * WHERE { ?s ?p ?o }",), "the query cannot be read: error at 1:1"),
        (("SELECT ?x WHERE { ?x nope:y ?z }",), "prefix nope: is not declared; known: adms, affiliation, "),
        (("DELETE WHERE { ?s ?p ?o }",), "DELETE is refused: the store is read-only"),
        (("LOAD <http://example.org/>",), "LOAD is refused: the store is read-only"),
        (("SELECT * FROM <http://example.org/> { ?s ?p ?o }",), "the store is read-only"),
        (("SELECT * " + "{" * 5_000 + "}" * 5_000,), "nested more than 64 brackets deep"),
        ((ROWS, "--timeout", "-1"), "-1.0 is not in the range 0<=x<=1000000"),
        ((ROWS, "--timeout", "nan"), "--timeout nan is no time"),
        ((ROWS, "--limit-rows", "0"), "0 is not in the range x>=1"),
        (("",), "the query is empty; ask with SELECT"),
        (("question.rq",), "the query cannot be read"),
    ],
)
def test_wrong_use(run: Run, clean: Path, arguments: tuple[str, ...], message: str) -> None:
    (clean / "here.rq").write_text(YES)
    (clean / "latin.rq").write_bytes(b"ASK { ?s ?p '\xe9' }")
    answer = run("sparql", *arguments)
    assert (answer.returncode, answer.stdout) == (2, "")
    assert message in answer.stderr
    assert "Traceback" not in answer.stderr


ELSEWHERE = "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"


def test_no_other_place_is_asked(run: Run) -> None:
    answer = run("sparql", ELSEWHERE)
    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr == "Error: SERVICE is refused: it would ask 127.0.0.1; allow it with --allow-service HOST\n"


def test_a_service_that_does_not_answer_is_an_outside_source_that_failed(run: Run) -> None:
    answer = run("sparql", ELSEWHERE, "--allow-service", "127.0.0.1")
    assert (answer.returncode, answer.stdout) == (3, "")
    assert "the store could not answer" in answer.stderr


@pytest.mark.parametrize("most", [1, 3, 6, 50])
def test_at_most_so_many_rows(run: Run, most: int) -> None:
    answer = run("sparql", ROWS, "--limit-rows", str(most))
    rows = 1 + min(most, 6)
    told = f"{most} row{'' if most == 1 else 's'}, and there are more (--limit-rows)\n" if most < 6 else "6 rows\n"
    assert (answer.returncode, answer.stdout.count("\n"), answer.stderr) == (0, rows, told)
    answer = run("sparql", ROWS, "--limit-rows", str(most), "--format", "csv")
    assert (answer.returncode, answer.stdout.count("\n")) == (0, rows)
    assert answer.stderr == f"At most {most} solution{' is' if most == 1 else 's are'} given (--limit-rows)\n"


_SOME = "{ SELECT ?%s ?%so { ?%s ?p ?%so } LIMIT 20000 }"
ENDLESS = f"{{ {_SOME % tuple('aaaa')} {_SOME % tuple('bbbb')} {_SOME % tuple('cccc')} }}"
ASKED = [f"SELECT (COUNT(*) AS ?n) {ENDLESS}", f"SELECT * {ENDLESS}", f"CONSTRUCT {{ ?a a ?b }} {ENDLESS}"]
"""Queries that take days."""


def start(query: str, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "dualuse", "sparql", query, *arguments]
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a child would ignore what this process ignores
    try:
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, encoding="utf-8")
    finally:
        signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize("query", ASKED)
def test_a_query_that_takes_days_is_interrupted(clean: Path, slowness: float, query: str) -> None:
    with start(query, "--timeout", "0") as asked:
        with pytest.raises(subprocess.TimeoutExpired):
            asked.wait(2)
        asked.send_signal(signal.SIGINT)
        sent = time.monotonic()
        asked.wait(60)
        took = time.monotonic() - sent
        assert asked.stderr is not None
        said = asked.stderr.read()
    assert asked.returncode == 130
    assert said.strip().startswith("Error: interrupted")
    assert took < 1 * slowness


@pytest.mark.parametrize("query", ASKED)
def test_a_query_that_takes_days_ends_in_time(clean: Path, slowness: float, query: str) -> None:
    begun = time.monotonic()
    with start(query, "--timeout", "1") as asked:
        asked.wait(60)
        took = time.monotonic() - begun
        assert asked.stderr is not None
        said = asked.stderr.read()
    assert asked.returncode == 124
    assert said.startswith("Error: the query did not end within 1 s: ")
    assert took < 3 * slowness  # a second to start, one for the query, one to end


@pytest.fixture
def silent() -> Iterator[str]:
    """Address of a server that takes requests and answers none."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}/query"


@pytest.mark.parametrize("command", [("sparql", YES), ("query", "things", "-p", "kind=place")])
def test_a_server_that_does_not_answer(clean: Path, slowness: float, silent: str, command: tuple[str, ...]) -> None:
    begun = time.monotonic()
    whole = [sys.executable, "-m", "dualuse", *command, "--timeout", "1", "--store", silent]
    done = subprocess.run(whole, capture_output=True, encoding="utf-8", check=False, timeout=60)
    assert done.returncode == 124
    assert done.stderr.startswith("Error: the query did not end within 1 s: ")
    assert time.monotonic() - begun < 3 * slowness


def test_a_server_that_does_not_answer_is_left_on_ctrl_c(clean: Path, slowness: float, silent: str) -> None:
    with start(YES, "--timeout", "0", "--store", silent) as asked:
        with pytest.raises(subprocess.TimeoutExpired):
            asked.wait(2)
        asked.send_signal(signal.SIGINT)
        sent = time.monotonic()
        assert asked.wait(60) == 130
        assert time.monotonic() - sent < 1 * slowness


def test_half_an_answer_leaves_no_file(clean: Path) -> None:
    with start(ASKED[1], "--timeout", "1", "-o", "rows.txt") as asked:
        assert asked.wait(60) == 124
    assert list(clean.iterdir()) == []


@pytest.mark.parametrize(
    ("query", "warning"),
    [
        ("SELECT ?s { ?s du:tierr ?o }", "Warning: the ontology has no term du:tierr; nearest: du:Tier"),
        (
            "ASK { ?s <https://w3id.org/dualuse/ns#tierr> ?o }",
            "Warning: the ontology has no term du:tierr; nearest: du:Tier",
        ),
        (
            "ASK { ?s du:stance stance:oppose }",
            "Warning: the ontology has no term stance:oppose; nearest: stance:opposes",
        ),
        (
            "PREFIX my: <https://w3id.org/dualuse/ns#> ASK { ?s my:tierr ?o }",
            "has no term du:tierr; nearest: du:Tier",
        ),
        ("ASK { ?s du:xyzzyqq ?o }", "Warning: the ontology has no term du:xyzzyqq"),
    ],
)
def test_unknown_term_warns_and_answers(run: Run, query: str, warning: str) -> None:
    answer = run("sparql", query)
    assert answer.returncode == 0
    assert warning in answer.stderr
    assert answer.stderr.count("Warning") == 1


@pytest.mark.parametrize(
    "query",
    [
        YES,
        "ASK { ?s du:assignsTier/du:definedByGroup ?g }",
        "ASK { ?s du:concernsPlace place:ZZ ; du:concernsItem item:nowhere }",
        "ASK { ?s rdfs:label 'du:tierr' } # du:tierr",
        "PREFIX du: <https://example.org/mine#> ASK { ?s du:tierr ?o }",
        "ASK { ?s a <https://example.org/du:tierr> }",
        "PREFIX x: <https://w3id.org/dualuse/ns#> ASK { ?s x:assignsTier ?o }",
        "ASK { ?s du:eventKind event-kind:suspension }",
    ],
)
def test_known_terms_do_not_warn(built: Built, query: str) -> None:
    assert unknown_terms(query, built.store) == []


def test_the_first_rows_come_before_the_last_are_read(built: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    class Pipe(io.BytesIO):
        def write(self, content: Any) -> int:
            raise BrokenPipeError

    taken = 0
    stream = MemoryStore.stream

    def counted(store: MemoryStore, query: str) -> tuple[list[str], Iterator[Row]]:
        names, rows = stream(store, query)

        def count() -> Iterator[Row]:
            nonlocal taken
            for row in rows:
                taken += 1
                yield row

        return names, count()

    monkeypatch.setattr(MemoryStore, "stream", counted)
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(Pipe()))
    with pytest.raises(BrokenPipeError):
        _rows("SELECT * { ?s ?p ?o }", Knowledge(built.store), _Asked(None, None, False, 60, None))
    assert MEASURED <= taken < 3 * MEASURED < built.quads


def test_a_cell_larger_than_readers_of_csv_take(run: Run) -> None:
    answer = run("sparql", "SELECT (GROUP_CONCAT(STR(?o)) AS ?x) { ?s ?p ?o }", "--format", "csv")
    assert answer.returncode == 0, answer.stderr
    assert len(answer.stdout) > 1_000_000


@pytest.mark.parametrize("query", ["", "  ", "# nothing", "PREFIX a: <https://a.b/>"])
def test_an_empty_query(run: Run, query: str) -> None:
    answer = run("sparql", "-", stdin=query)
    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr == "Error: the query is empty; ask with SELECT, ASK, CONSTRUCT or DESCRIBE\n"


@pytest.mark.parametrize(("form", "cell"), [("csv", "'{}"), ("tsv", '"\'{}"')])
@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "＝1"])
def test_no_cell_begins_a_formula(run: Run, form: str, cell: str, text: str) -> None:
    answer = run("sparql", f'SELECT ?a ?b {{ VALUES (?a ?b) {{ ("{text}" "{text}") }} }}', "--format", form)
    assert answer.stdout.splitlines()[1].split("," if form == "csv" else "\t") == [cell.format(text)] * 2


def test_what_csv_has_of_a_term(run: Run) -> None:
    answer = run(
        "sparql", 'SELECT ?i ?l ?n ?u { VALUES (?i ?l ?n ?u) { (place:CH "a,b"@en 1.5 UNDEF) } }', "--format", "csv"
    )
    assert answer.stdout.splitlines()[1] == 'https://w3id.org/dualuse/id/place/CH,"a,b",1.5,'
    blank = run("sparql", "SELECT * { BIND(BNODE() AS ?blank) }", "--format", "csv")
    assert blank.stdout.splitlines()[1].startswith("_:")
