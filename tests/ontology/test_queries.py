"""The hygiene queries and the rules, run in Oxigraph as the package runs them."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import RDF, SKOS, Graph, URIRef
from tests.ontology.reading import HERE, ONTOLOGY, VOCABULARY, read, turtle, vocabulary

DU = "https://w3id.org/dualuse/ns#"
ID = "https://w3id.org/dualuse/id/"

HYGIENE = sorted((ONTOLOGY / "hygiene").glob("*.rq"))
RULES = sorted((ONTOLOGY / "rules").glob("*.rq"))


def load(*files: Path) -> ox.Store:
    """Load Turtle files into a store, each into a named graph of its own."""
    store = ox.Store()
    for file in files:
        name = ox.NamedNode(f"https://w3id.org/dualuse/graph/{file.stem}")
        store.load(turtle(file), format=ox.RdfFormat.TURTLE, to_graph=name)
    return store


def find(store: ox.Store, query: Path) -> set[tuple[str, str]]:
    """Run a hygiene query on the union of all graphs: pairs of subject and problem."""
    answer = store.query(query.read_text(encoding="utf-8"), use_default_graph_as_union=True)
    assert isinstance(answer, ox.QuerySolutions)
    assert [variable.value for variable in answer.variables] == ["subject", "problem"]
    return {(str(row["subject"]), str(row["problem"])) for row in answer}


def derive(store: ox.Store, rule: Path) -> list[ox.Triple]:
    """Run a rule on the union of all graphs."""
    answer = store.query(rule.read_text(encoding="utf-8"), use_default_graph_as_union=True)
    assert isinstance(answer, ox.QueryTriples)
    return list(answer)


def test_files_are_found() -> None:
    assert len(HYGIENE) == 14
    assert len(RULES) == 9


@pytest.mark.parametrize("query", HYGIENE, ids=lambda query: query.stem)
def test_hygiene_query_fires_on_its_bad_example(query: Path) -> None:
    bad = HERE / "hygiene" / "bad" / f"{query.stem}.ttl"
    clean = find(load(*VOCABULARY), query)
    found = find(load(*VOCABULARY, bad), query) - clean
    assert found
    text_of_bad = bad.read_text(encoding="utf-8")
    local = {re.split(r"[/#]", subject.strip("<>"))[-1] for subject, _ in found if not subject.startswith("_:")}
    assert all(name in text_of_bad for name in local)


def test_hygiene_bad_examples_are_all_used() -> None:
    bad = sorted((HERE / "hygiene" / "bad").glob("*.ttl"))
    assert bad
    assert [file.stem for file in bad] == [query.stem for query in HYGIENE]


def test_outside_range_sees_nodes_numbers_and_flags() -> None:
    query = ONTOLOGY / "hygiene" / "outside-range.rq"
    found = find(load(*VOCABULARY, HERE / "hygiene" / "bad" / "outside-range.ttl"), query)
    problems = " ".join(problem for _, problem in found)
    assert all(f"ns#{name}>" in problems for name in ("member", "revenue", "straddles"))


@pytest.mark.parametrize(
    "stem",
    [
        "blank-node",
        "concept-incomplete",
        "same-as",
        "term-undeclared",
        "term-without-definition",
        "term-without-labels",
    ],
)
def test_vocabulary_alone_is_clean(stem: str) -> None:
    assert find(load(*VOCABULARY), ONTOLOGY / "hygiene" / f"{stem}.rq") == set()


def test_small_world_with_rules_is_clean_and_uses_every_term(small_world: Graph) -> None:
    store = ox.Store()
    store.load(small_world.serialize(format="nt", encoding="utf-8"), format=ox.RdfFormat.N_TRIPLES)
    inferred = ox.NamedNode("https://w3id.org/dualuse/graph/inferred")
    for rule in RULES:
        store.extend([ox.Quad(t.subject, t.predicate, t.object, inferred) for t in derive(store, rule)])
    for query in HYGIENE:
        assert find(store, query) == set(), query.stem


def as_graph(triples: list[ox.Triple]) -> Graph:
    data = b"".join(f"{triple} .\n".encode() for triple in triples)
    return Graph().parse(data=data, format="nt")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.stem)
def test_rule_gives_the_expected_triples(rule: Path) -> None:
    found = as_graph(derive(load(HERE / "rules" / f"{rule.stem}.ttl"), rule))
    wanted = read(HERE / "rules" / f"{rule.stem}.expected.ttl")
    assert len(wanted) > 0
    assert set(found) - set(wanted) == set()
    assert set(wanted) - set(found) == set()


def test_rule_examples_are_all_used() -> None:
    files = {file.name for file in (HERE / "rules").glob("*.ttl")}
    assert files == {f"{rule.stem}{end}" for rule in RULES for end in (".ttl", ".expected.ttl")}


def test_rules_in_order_assign_tiers_with_end_and_confidence() -> None:
    store = load(HERE / "rules" / "20-tier-assignment.ttl")
    inferred = ox.NamedNode("https://w3id.org/dualuse/graph/inferred")
    for rule in RULES:
        store.extend([ox.Quad(t.subject, t.predicate, t.object, inferred) for t in derive(store, rule)])
    query = f"""
        SELECT ?key ?tier ?to ?confidence WHERE {{
          GRAPH <https://w3id.org/dualuse/graph/inferred> {{
            ?node a <{DU}TierAssignment> ; <{DU}assignsTier> ?t ; <{DU}confidence> ?c .
            OPTIONAL {{ ?node <{DU}validTo> ?to }}
          }}
          BIND(STRAFTER(STR(?node), "tier-assignment/") AS ?key)
          BIND(STRAFTER(STR(?t), "tier/") AS ?tier)
          BIND(STRAFTER(STR(?c), "confidence/") AS ?confidence)
        }}"""
    answer = store.query(query)
    assert isinstance(answer, ox.QuerySolutions)
    rows = {row["key"].value: tuple(row[i].value if row[i] else None for i in (1, 2, 3)) for row in answer}
    assert rows == {
        "AA.2025-01-13": ("2", "2025-04", "high"),
        "AA.2025-04-01": ("1", None, "high"),
        "BB.2025-01-13": ("2", "2025-06-01", "high"),
        "BB.2025-06-01": ("1", None, "high"),
        "CH.2025-01-13": ("2", None, "high"),
        "CN.2025-01-13": ("3", None, "high"),
        "CY.2025-01-13": ("2", None, "high"),
        "EE.2025-01-13": ("2", None, "high"),
        "ET.2025-01-13": ("2", None, "low"),
        "HK.2025-01-13": ("3", None, "high"),
        "JP.2025-01-13": ("1", None, "high"),
        "KH.2025-01-13": ("3", "2026-02-03", "high"),
        "KH.2026-02-03": ("2", None, "high"),
        "MO.2025-01-13": ("3", None, "medium"),
        "SJ.2025-01-13": ("2", None, "low"),
    }


@pytest.mark.parametrize("stem", ["tier-assignment", "item-classification"])
def test_rule_names_are_concepts(stem: str) -> None:
    assert (URIRef(f"{ID}rule/{stem}"), RDF.type, SKOS.Concept) in vocabulary()
    assert any(stem in rule.stem and f"rule:{stem}" in rule.read_text(encoding="utf-8") for rule in RULES)
