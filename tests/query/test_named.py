"""The named queries: usable as shown anywhere, answering out of the box, and taking parameters by any name."""

from __future__ import annotations

import csv
import io
import re

import pyoxigraph as ox
import pytest
from rdflib.plugins.sparql import prepareQuery
from tests.every import every
from tests.running import Run

from dualuse.build import Built
from dualuse.errors import UnknownNameError, UsageError
from dualuse.knowledge import Knowledge
from dualuse.namespaces import KINDS, thing
from dualuse.query.library import load, names, read
from dualuse.query.terms import unknown_terms
from dualuse.store import MemoryStore
from dualuse.store.text import form

NAMES = names()
TEXTS = {"date": "2025-01-13", "text": "place", "integer": "3"}


@pytest.fixture(scope="module")
def backwards(built: Built) -> MemoryStore:
    """The same graph, loaded in the opposite order."""
    store = MemoryStore()
    store.replace("".join(reversed(built.store.quads())).encode())
    return store


def test_there_are_many() -> None:
    assert len(NAMES) >= 20
    assert sorted(NAMES) == NAMES


def test_each_says_what_it_answers() -> None:
    def check(name: str) -> None:
        query = load(name)
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)
        assert query.question.endswith("?")
        assert query.about
        assert form(query.text) == "SELECT"
        assert "#:" not in query.text, "a part is not of the form that is read"
        assert query.text.count("# param") == len(query.parameters), "a parameter line is not of the form that is read"
        assert {parameter.type for parameter in query.parameters} <= {*TEXTS, *KINDS}
        assert len({parameter.name for parameter in query.parameters}) == len(query.parameters)

    every(((name, name) for name in NAMES), check)


def test_each_runs_as_shown_in_plain_oxigraph(built: Built) -> None:
    def check(name: str) -> None:
        text = load(name).text
        answer = built.store.store.query(text, use_default_graph_as_union=True)
        assert isinstance(answer, ox.QuerySolutions)
        columns = [variable.value for variable in answer.variables]
        rows = [[str(solution[column]) for column in columns] for solution in answer]
        assert rows, "no row with the defaults"
        described = load(name).about.partition("Columns: ")[2]
        assert [column for column in columns if not re.search(rf"\b{column}\b", described)] == []

    every(((name, name) for name in NAMES), check)


def test_every_term_is_declared(built: Built) -> None:
    def check(name: str) -> None:
        assert unknown_terms(load(name).text, built.store) == []

    every(((name, name) for name in NAMES), check)


def test_each_gives_its_rows_in_one_order(built: Built, backwards: MemoryStore) -> None:
    def check(name: str) -> None:
        text = load(name).text
        assert "ORDER BY" in text
        assert backwards.write(text, "tsv") == built.store.write(text, "tsv")

    every(((name, name) for name in NAMES), check)


def test_rdflib_can_read_each() -> None:
    def check(name: str) -> None:
        prepareQuery(load(name).text)

    every(((name, name) for name in NAMES), check)


def test_every_parameter_binds(knowledge: Knowledge) -> None:
    def check(name: str) -> None:
        query = load(name)
        assert query.bind({}, knowledge.names) == query.text
        for parameter in query.parameters:
            if parameter.type in TEXTS:
                value, written = TEXTS[parameter.type], TEXTS[parameter.type]
            else:
                value = min(knowledge.names.by_kind[parameter.type])
                written = f"<{knowledge.names.find(parameter.type, value)}>"
            text = query.bind({parameter.name: value}, knowledge.names)
            changed = [line for line in text.split("\n") if line not in query.text.split("\n")]
            assert len(changed) <= 1
            assert any(f"?{parameter.name} {{" in line and written in line for line in text.split("\n"))
            knowledge.store.select(text)

    every(((name, name) for name in NAMES if load(name).parameters), check)


def test_parameters_by_any_name(knowledge: Knowledge) -> None:
    query = load("tier-of-place")
    one = query.bind({"place": "香港", "asOf": "2025-01-13"}, knowledge.names)
    assert one == query.bind({"place": "HKG", "asOf": "2025-01-13"}, knowledge.names)
    assert f"VALUES ?place {{ <{thing('place', 'HK')}> }}" in one
    assert knowledge.query("tier-of-place", {"place": "Hong Kong", "asOf": "2025-01-13"})


@pytest.mark.parametrize(
    ("values", "error", "message"),
    [
        ({"plaec": "HK"}, UsageError, "query 'tier-of-place' has no parameter 'plaec'; did you mean 'place'?"),
        ({"x": "HK"}, UsageError, "query 'tier-of-place' has no parameter 'x'; it takes: place, asOf"),
        ({"asOf": "2025-13-40"}, UsageError, "date '2025-13-40': "),
        ({"asOf": "2025-01"}, UsageError, "a day is needed here"),
        ({"place": "Atlantis"}, UnknownNameError, "no place 'Atlantis' in the graph"),
    ],
)
def test_wrong_parameter(knowledge: Knowledge, values: dict[str, str], error: type[UsageError], message: str) -> None:
    with pytest.raises(error) as caught:
        load("tier-of-place").bind(values, knowledge.names)
    assert message in str(caught.value)


@pytest.mark.parametrize("value", ['x" } #', "a\\", "two\nlines", "} { DROP ALL"])
def test_text_cannot_break_out(knowledge: Knowledge, value: str) -> None:
    assert knowledge.query("things", {"kind": value}) == []


def test_unknown_query_lists_the_nearest() -> None:
    with pytest.raises(UsageError, match=r"no named query 'tier-of-places'; nearest: tier-of-place"):
        load("tier-of-places")
    with pytest.raises(UsageError, match="no named query 'zzz'; list them: dualuse query --list"):
        load("zzz")
    with pytest.raises(UsageError):
        load("../named/things")


@pytest.mark.parametrize("text", ["SELECT * { ?s ?p ?o }", "#\nSELECT * { ?s ?p ?o }", ""])
def test_banner_is_required(text: str) -> None:
    with pytest.raises(UsageError, match="query 'x' must start with a comment"):
        read("x", text)


def test_parts_and_prefixes_are_put_in() -> None:
    query = read("x", "# q?\n\nSELECT * {\n  #: holds ?link ?surelyLinked Link\n  #: receipt ?link\n}\n")
    head, *_, receipt, last = query.text.splitlines()
    assert (head, last) == ("# q?", "}")
    assert "\n\nPREFIX dct: <http://purl.org/dc/terms/>\nPREFIX du: <https://w3id.org/dualuse/ns#>\n" in query.text
    assert "  OPTIONAL { ?link du:validFromEarliest ?beginsLink ; du:validFromLatest ?begunLink }\n" in query.text
    assert receipt.startswith("  BIND(CONCAT(")
    prepareQuery(query.text)


def test_parameter_of_unknown_type(knowledge: Knowledge) -> None:
    query = read("x", "# q?\nSELECT * {\n  VALUES ?a { 1 }  # param (planet): which\n}")
    with pytest.raises(UsageError, match="parameter 'a' is of unknown type 'planet'; fix the query file"):
        query.bind({"a": "mars"}, knowledge.names)
    query = read("x", "# q?\nSELECT * {\n  VALUES ?a { 1 }  # param (integer): how many\n}")
    assert query.bind({"a": "-7"}, knowledge.names).count('"-7"^^<http://www.w3.org/2001/XMLSchema#integer>') == 1
    with pytest.raises(UsageError, match="parameter 'a': 'seven' is not a whole number"):
        query.bind({"a": "seven"}, knowledge.names)


def test_command_lists_every_query(run: Run) -> None:
    answer = run("query", "--list")
    assert (answer.returncode, answer.stderr) == (0, "")
    assert [line.partition(":")[0] for line in answer.stdout.splitlines() if not line.startswith(" ")] == NAMES
    assert run("query").stdout == answer.stdout


def test_command_shows_and_answers(run: Run, built: Built) -> None:
    arguments = ("members-of-group", "-p", "group=us-d5", "--param", "asOf=2025-01-13")
    shown = run("query", *arguments, "--show")
    assert shown.returncode == 0, shown.stderr
    assert shown.stdout.startswith("# ")
    answer = run("query", *arguments, "--format", "csv")
    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout.encode() == built.store.write(shown.stdout, "csv")
    rows = list(csv.DictReader(io.StringIO(answer.stdout)))
    assert len([row for row in rows if row["standing"].endswith("/member")]) == 23
    table = run("query", *arguments)
    assert table.stderr == f"{len(rows)} rows\n"
    assert len(table.stdout.splitlines()) == len(rows) + 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("members-of-groups",), "Error: no named query 'members-of-groups'; nearest: members-of-group\n"),
        (("things", "-p", "kind"), "Error: --param 'kind' must be NAME=VALUE\n"),
        (("things", "-p", "=x"), "Error: --param '=x' must be NAME=VALUE\n"),
        (("things", "-p", "knid=place"), "Error: query 'things' has no parameter 'knid'; did you mean 'kind'?\n"),
        (("things", "--format", "turtle"), "rows cannot be written as 'turtle'"),
    ],
)
def test_command_wrong_use(run: Run, arguments: tuple[str, ...], message: str) -> None:
    answer = run("query", *arguments)
    assert (answer.returncode, answer.stdout) == (2, "")
    assert message in answer.stderr
