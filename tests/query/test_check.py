"""What a query may not do is refused before any parser sees it, wherever it hides; what only looks like it is not."""

from __future__ import annotations

import pytest

from dualuse.errors import QueryError
from dualuse.knowledge import Knowledge
from dualuse.query.check import MOST_CHARACTERS, MOST_NESTED, MOST_PARTS, check, limited

HERE = "<http://127.0.0.1:1/>"
DECLARED = f"PREFIX ex: {HERE} PREFIX : {HERE} PREFIX service: {HERE} "


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT * {{ SERVICE {HERE} {{ ?s ?p ?o }} }}",
        f"select * {{ service silent{HERE} {{ ?s ?p ?o }} }}",
        f"ASK {{ SERVICE # '\n {HERE} {{ ?s ?p ?o }} }}",
        f"# a comment ends here\rASK {{ SERVICE {HERE} {{ ?s ?p ?o }} }}",
        f"{DECLARED} ASK {{ SERVICE ex:a {{ ?s ?p ?o }} }}",
        f"{DECLARED} ASK {{ SERVICEex:a {{ ?s ?p ?o }} }}",
        f"{DECLARED} ASK {{ SERVICE:a {{ ?s ?p ?o }} }}",
        f"{DECLARED} ASK {{ service:a {{ ?s ?p ?o }} }}",
        f"ASK {{ SERVICESILENT{HERE} {{ ?s ?p ?o }} }}",
        f"ASK {{ ?s ?p trueSERVICE{HERE} {{ ?s ?p ?o }} }}",
        f"ASK {{ ?s ?p 1e0SERVICE{HERE} {{ ?s ?p ?o }} }}",
        "BASE <http://127.0.0.1:1/> ASK { SERVICE <x> { ?s ?p ?o } }",
        "ASK { VALUES ?v { <http://127.0.0.1:1/> } SERVICE ?v { ?s ?p ?o } }",
        r"ASK { \u0053ERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        r"ASK { ?s ?p '\u0027 SERVICE <http://127.0.0.1:1/> { ?s ?p '' } }",
    ],
)
def test_no_service_is_asked(query: str) -> None:
    with pytest.raises(QueryError, match="SERVICE is refused"):
        check(query, ["example.org"])


@pytest.mark.parametrize(
    "query",
    [
        f"ASK {{ BIND(1 AS ?a) FILTER(?a<'>') SERVICE {HERE} {{ ?s ?p ?o }} FILTER(''='') }}",
        f"ASK {{ BIND(1 AS ?a) FILTER(?a<1)SERVICE#>\n{HERE} {{ ?s ?p ?o }} }}",
        f"ASK {{ FILTER(?a<du:b#> '''\n) SERVICE {HERE} {{ }} FILTER(?b<du:b#> '''\n2) }}",
    ],
)
def test_what_can_be_read_in_two_ways_is_refused(query: str) -> None:
    with pytest.raises(QueryError, match="can be read in two ways"):
        check(query, ["example.org"])


@pytest.mark.parametrize("hosts", [["127.0.0.1"], ["127.0.0.1:1"], ["example.org", "127.0.0.1"]])
def test_a_host_that_is_allowed(hosts: list[str]) -> None:
    check(f"ASK {{ SERVICE {HERE} {{ ?s ?p ?o }} }}", hosts)
    check(f"{DECLARED} ASK {{ SERVICE SILENT ex:a {{ ?s ?p ?o }} }}", hosts)


@pytest.mark.parametrize(
    "place", ["<http://127.0.0.1@example.net/>", "<http://127.0.0.1.example.net/>", "<file:///127.0.0.1>"]
)
def test_another_host_is_not(place: str) -> None:
    with pytest.raises(QueryError, match="SERVICE is refused"):
        check(f"ASK {{ SERVICE {place} {{ ?s ?p ?o }} }}", ["127.0.0.1"])


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("LOAD <http://example.org/x>", "LOAD"),
        ("PREFIX a: <http://a.b/> insert data { a:a a:b a:c }", "INSERT"),
        ("DELETE WHERE { ?s ?p ?o }", "DELETE"),
        ("DROP ALL", "DROP"),
        ("CLEAR DEFAULT", "CLEAR"),
        ("WITH <http://a.b/> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", "WITH"),
        ("SELECT * FROM <http://example.org/x> { ?s ?p ?o }", "FROM <http://example.org/x>"),
        ("SELECT * FROM NAMED <http://example.org/x> { ?s ?p ?o }", "FROM <http://example.org/x>"),
    ],
)
def test_the_store_is_read_only(query: str, word: str) -> None:
    with pytest.raises(QueryError, match=f"{word} is refused: the store is read-only"):
        check(query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM graph:meta { ?s ?p ?o }",
        "SELECT * FROM NAMED <https://w3id.org/dualuse/graph/meta> { GRAPH ?g { ?s ?p ?o } }",
        r"""ASK { ?s ?p 'SERVICE FROM ex:y \'' } # SERVICE <http://example.org/> { }""",
        "ASK { ?service schema:service ?o ; <https://schema.org/Service#x> ?from }",
        "ASK { ?s a schema:Service . ?s schema:provider 'LOAD' }",
        "ASK { FILTER(?a < 3 && ?b > 2) }",
        "BASE <https://example.org/a/> ASK { <b-c/d.e> <f> <../g~%20> }",
        "ASK { <urn:isbn:0-395-36341-1> <mailto:a@b.example> <https://example.org/?a=(b)&c=[d]> }",
        "ASK { ?s ?p _:b . _:b du:assignsTier/du:concernsPlace ?o@en }",
        "PREFIX my: <https://example.org/#> ASK { my:a.b my:c\\/d 'x'@en, 1.5e3 }",
        f"SELECT * {{ VALUES ?x {{ {' '.join(['place:CH'] * 5_000)} }} }}",
    ],
)
def test_what_only_looks_like_it(query: str) -> None:
    check(query)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT ?x { ?x ex:y ?z }", "prefix ex: is not declared; known: adms, affiliation, .*, xsd$"),
        ("PREFIX ex: <https://a.b/> SELECT ?x { ex:y :z 1 }", "prefix : is not declared; known: .*, ex, "),
        ("SELECT * " + "{" * 5_000 + "}" * 5_000, f"nested more than {MOST_NESTED} brackets deep"),
        ("SELECT * { ?s ?p " + "[ ?p " * 100 + "]" * 100 + "}", f"nested more than {MOST_NESTED} brackets deep"),
        ("SELECT * {" + " UNION ".join(["{ ?s ?p ?o }"] * 20_000) + "}", f"at most {MOST_PARTS:,} are read"),
        ("SELECT * { FILTER(" + "!" * 20_000 + "true) }", f"at most {MOST_PARTS:,} are read"),
        ("ASK {} #" + "x" * MOST_CHARACTERS, "characters; at most"),
        ("ASK { FILTER(1<" + "(" * 200_000 + "1>2" + ")" * 200_000 + ") }", "can be read in two ways"),
        ("ASK { FILTER(1<" + "IF(" * 100_000 + "1>2" + ",1,1)" * 20_000 + ") }", "can be read in two ways"),
        ("ASK { FILTER(1<" + "ABS(" * 100_000 + "1>2" + ")" * 20_000 + ") }", "can be read in two ways"),
        ("ASK { FILTER(1<" + "[" * 200_000 + "1>2) }", "can be read in two ways"),
        ("ASK { FILTER(1<" + "!" * 200_000 + "1>2) }", "can be read in two ways"),
        ("ASK { FILTER(1<1" + "&&1" * 100_000 + ">2) }", "can be read in two ways"),
        ("ASK { FILTER(1<" + "-" * 200_000 + "1>2) }", f"at most {MOST_PARTS:,} are read"),
        ("ASK { FILTER(1<1" + "/1" * 100_000 + ">2) }", f"at most {MOST_PARTS:,} are read"),
        ("PREFIX ex: <http://[x> ASK { SERVICE ex:a {} }", "<http://.x> is not an address"),
    ],
)
def test_what_cannot_be_read(query: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        check(query)


def test_python_is_refused_too(knowledge: Knowledge) -> None:
    with pytest.raises(QueryError, match="SERVICE is refused"):
        knowledge.sparql(f"ASK {{ SERVICE {HERE} {{ ?s ?p ?o }} }}")


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("SELECT ?s { ?s ?p ?o }", 3),
        ("SELECT ?s { ?s ?p ?o } # all", 3),
        ("SELECT ?s { ?s ?p ?o } LIMIT 2", 2),
        ("SELECT ?s { ?s ?p ?o } LIMIT 20 OFFSET 1", 3),
        ("SELECT ?s { { SELECT ?s { ?s ?p ?o } LIMIT 100 } }", 3),
        ("SELECT ?s { ?s ?p ?o } VALUES ?p { skos:notation }", 3),
        ("SELECT ?s (COUNT(?p) AS ?n) { ?s ?p ?o } GROUP BY ?s HAVING (COUNT(?p) > 1) ORDER BY DESC(?n)", 3),
    ],
)
def test_at_most_so_many_rows(knowledge: Knowledge, query: str, count: int) -> None:
    rows = knowledge.sparql(query, limit_rows=3)
    assert isinstance(rows, list)
    assert len(rows) == count
    assert limited(query, 10**9).replace("\nLIMIT 1000000000\n", "").strip() in (query, query.rstrip())


def test_a_limit_of_many_digits() -> None:
    assert limited(f"SELECT ?s {{ ?s ?p ?o }} LIMIT {'9' * 5_000}", 3) == "SELECT ?s { ?s ?p ?o } LIMIT 3"


def test_at_most_so_many_rows_of_a_named_query(knowledge: Knowledge) -> None:
    assert len(knowledge.query("things", limit_rows=2)) == 2
