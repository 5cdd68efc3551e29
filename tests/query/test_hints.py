"""A query that finds nothing says why, on the error stream and in Python; one that finds something says nothing."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from tests.running import Run

from dualuse.build import load_ontology
from dualuse.errors import QueryError
from dualuse.knowledge import Knowledge
from dualuse.namespaces import expand
from dualuse.store import MemoryStore

WHY = [
    (
        "SELECT ?o { ?o a du:Organization }",
        "du:Organization: no instance; did you mean org:Organization or du:Organisation",
    ),
    (
        "SELECT ?o { ?o a org:Person }",
        "org:Person: no instance; did you mean foaf:Person",
    ),
    (
        "SELECT ?x { ?x skos:prefLable ?y }",
        "skos:prefLable: nothing has this property; did you mean skos:prefLabel",
    ),
    (
        "SELECT ?c { ?c du:headquarteredIn place:China }",
        "place:China: things are named by key, not by label: write place:CN",
    ),
    (
        "SELECT ?p { VALUES ?g { group:d5 } ?m du:group ?g ; du:member ?p }",
        "group:d5: nothing in the graph is called so; did you mean group:us-d5",
    ),
    (
        'SELECT ?c { ?c du:headquarteredIn "china" }',
        '"china": du:headquarteredIn leads to things, not to their names: write place:CN',
    ),
    (
        'SELECT ?s { ?s du:stance "against" }',
        '"against": du:stance leads to things, not to text',
    ),
    (
        'SELECT ?x { ?x rdfs:label "Atlantis" }',
        '"Atlantis": no rdfs:label is this text, in any language',
    ),
    (
        "SELECT ?s { ?s du:saidOn 2025 }",
        '"2025"^^xsd:integer: du:saidOn has "2025"^^xsd:gYear',
    ),
    (
        'SELECT ?x { ?x rdfs:label "Switzerland" }',
        '"Switzerland": rdfs:label has "Switzerland"@en',
    ),
    (
        'SELECT ?name { ?name rdfs:label "瑞士"@zh }',
        '"瑞士"@zh: rdfs:label has "瑞士"@zh-hans, "瑞士"@zh-hant',
    ),
    (
        'SELECT ?p { ?p du:tpp "20136" }',
        '"20136": du:tpp has "20136"^^xsd:decimal',
    ),
    (
        'SELECT ?p { ?p du:tpp "much" }',
        '"much": du:tpp has values of another sort, xsd:decimal',
    ),
    (
        'SELECT ?n { ?c a du:Company ; rdfs:label ?n FILTER(LANG(?n) = "zh-Hant") }',
        'LANG(?n) = "zh-Hant": language tags are in small letters: write "zh-hant"',
    ),
    (
        'SELECT ?n { ?c a du:Company ; rdfs:label ?n FILTER(LANG(?n) = "zh") }',
        "the tag has the script too",
    ),
    (
        'SELECT ?n { ?c a du:Company ; rdfs:label ?n FILTER(LANG(?n) = "de") }',
        '?n is never in this language; there are "en"',
    ),
    (
        'SELECT ?s { ?s du:saidOn ?d FILTER(?d >= "2025-01-01") }',
        'write a day as "2025-01-13"^^xsd:date',
    ),
    (
        'SELECT ?c { ?c rdfs:label ?n FILTER(?n = "NVIDIA Corporation") }',
        "?n is of another sort, text in",
    ),
    (
        "SELECT ?p { ?p du:tpp ?v FILTER(?v > '4000') }",
        "?v is of another sort, xsd:decimal; give the literal that datatype",
    ),
    (
        "SELECT ?x { organisation:nvidia du:supplier ?x }",
        "it is the other way round: ?x du:supplier organisation:nvidia",
    ),
    (
        "SELECT ?m { ?m du:listedParty place:CN }",
        "what leads to place:CN is du:casePlace",
    ),
    (
        "SELECT ?x { source:ecfr-740-supp-1 du:member ?x }",
        "source:ecfr-740-supp-1 has ",
    ),
    (
        "SELECT ?c { ?c a du:Company ; foaf:name ?n }",
        "never both of the same; a du:Company has rdfs:label",
    ),
    (
        "SELECT ?f { ?f prov:wasDerivedFrom ?s . ?s a du:SourceDocument }",
        "a du:SourceDocument is reached by dct:source",
    ),
    (
        "SELECT ?m { ?m du:group group:us-d5 ; du:member place:CH }",
        "each is so of something, never both of the same",
    ),
    (
        "SELECT ?x { { ?x a du:Companies } UNION { ?x a du:Company ; foaf:name ?n } }",
        "did you mean du:Company",
    ),
    (
        "SELECT ?s { GRAPH graph:inferred { ?s a du:Supply } }",
        "GRAPH graph:inferred: nothing of the kind there; ?s a du:Supply is in graph:curated/relations/supplies",
    ),
    (
        "SELECT ?s { GRAPH graph:curated { ?s a du:Supply } }",
        "GRAPH graph:curated: there is no such graph",
    ),
]
"""Query -> what is said of it, among other things perhaps."""


@pytest.mark.parametrize(("query", "why"), WHY)
def test_what_cannot_match_is_named(query: str, why: str, knowledge: Knowledge) -> None:
    assert knowledge.sparql(query) == []
    assert why in str(knowledge.hints(query)[0])


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?x { FILTER(1 = 2) }",
        "SELECT ?c { VALUES ?naming { skos:prefLabel foaf:name } ?c a du:Company ; ?naming ?n FILTER(1 = 2) }",
        "SELECT ?x FROM graph:meta { ?x a du:Company }",
        "SELECT ?c { ?c a du:Company OPTIONAL { ?c du:notThere ?x } FILTER NOT EXISTS { ?c du:nor ?y } }",
        "SELECT ?c { ?c a du:Company MINUS { ?c a du:Nobody } }",
    ],
)
def test_nothing_is_said_where_no_pattern_tells(query: str, knowledge: Knowledge) -> None:
    assert knowledge.hints(query) == []


def test_a_class_below_which_things_stand_is_told() -> None:
    store = MemoryStore()
    load_ontology(store.store)
    a, kind = (ox.NamedNode(expand(name)) for name in ("rdf:type", "du:Regulator"))
    store.store.add(ox.Quad(ox.NamedNode(expand("organisation:bis")), a, kind, ox.NamedNode(expand("graph:mine"))))
    (hint,) = Knowledge(store).hints("SELECT ?o { ?o a du:Organisation }")
    assert str(hint) == "du:Organisation: no instance; subclasses have 1: du:Regulator"


@pytest.mark.parametrize("form", ["table", "csv", "tsv", "json", "xml"])
@pytest.mark.parametrize(
    "query", ["SELECT ?o { ?o a du:Organization }", "SELECT (COUNT(?o) AS ?n) { ?o a du:Organization }"]
)
def test_the_command_says_so_beside_its_answer(run: Run, query: str, form: str) -> None:
    answer = run("sparql", query, "--format", form)
    assert answer.returncode == 0
    assert "Hint: du:Organization: no instance; did you mean org:Organization or du:Organisation" in answer.stderr
    assert "Hint" not in answer.stdout


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_an_answer_with_rows_has_no_hint(run: Run, form: str) -> None:
    assert "Hint" not in run("sparql", "SELECT ?p { ?p a du:Destination } LIMIT 1", "--format", form).stderr
    assert "Hint" not in run("sparql", "SELECT (COUNT(?p) AS ?n) { ?p a du:Destination }", "--format", form).stderr


def test_no_graph_without_triples_goes_unsaid(run: Run) -> None:
    answer = run("sparql", "CONSTRUCT { ?o a du:Company } WHERE { ?o a du:Companies }")
    assert "Hint: du:Companies: no instance; did you mean du:Company" in answer.stderr


def test_no_hint_is_given_on_a_query_that_may_not_be_asked(knowledge: Knowledge) -> None:
    with pytest.raises(QueryError):
        knowledge.hints("SELECT ?x { SERVICE <https://example.org/sparql> { ?x a du:Company } }")
