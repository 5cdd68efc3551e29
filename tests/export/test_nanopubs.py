"""Nanopublications: four graphs each, a name that is the sum of what they say, and none of the source's words."""

from __future__ import annotations

import os
from collections import defaultdict

import pyoxigraph as ox
import pytest

from dualuse.export import to_nanopubs
from dualuse.export.nanopubs import NANOPUBS, NP, artifact, signed
from dualuse.knowledge import Knowledge
from dualuse.model.claims import Claim
from dualuse.model.read import read
from dualuse.namespaces import expand

PARTS = {"hasAssertion": "assertion", "hasProvenance": "provenance", "hasPublicationInfo": "pubinfo"}
Graphs = dict[str, set[ox.Triple]]


def graphs_of(content: bytes) -> dict[str, Graphs]:
    """Nanopublication -> name of each of its graphs -> what that says."""
    found: dict[str, Graphs] = defaultdict(lambda: defaultdict(set))
    for quad in ox.parse(content, format=ox.RdfFormat.TRIG):
        assert isinstance(quad.graph_name, ox.NamedNode)
        whole, _, part = quad.graph_name.value.rpartition("/")
        found[whole][part].add(quad.triple)
    return {whole: dict(parts) for whole, parts in found.items()}


@pytest.fixture(scope="module")
def content(knowledge: Knowledge) -> bytes:
    return to_nanopubs(knowledge)


@pytest.fixture(scope="module")
def nanopubs(content: bytes) -> dict[str, Graphs]:
    found = graphs_of(content)
    assert len(found) > 10
    return found


def test_each_has_four_graphs_that_its_head_names(nanopubs: dict[str, Graphs]) -> None:
    for name, graphs in nanopubs.items():
        this = ox.NamedNode(name)
        kind = ox.Triple(this, ox.NamedNode(expand("rdf:type")), ox.NamedNode(f"{NP}Nanopublication"))
        links = {
            ox.Triple(this, ox.NamedNode(f"{NP}{link}"), ox.NamedNode(f"{name}/{part}")) for link, part in PARTS.items()
        }
        assert graphs["Head"] == links | {kind}
        assert sorted(graphs) == sorted(["Head", *PARTS.values()])
        assert ox.NamedNode(f"{name}/assertion") in {each.subject for each in graphs["provenance"]}
        assert this in {each.subject for each in graphs["pubinfo"]}
        told = {each.predicate.value for each in graphs["pubinfo"] if each.subject == this}
        assert {expand(f"dct:{name}") for name in ("created", "creator", "license")} <= told


def test_the_name_is_the_sum(nanopubs: dict[str, Graphs]) -> None:
    def plain(term: object, code: str) -> str | ox.Literal:
        assert isinstance(term, ox.NamedNode | ox.Literal)
        return term if isinstance(term, ox.Literal) else term.value.replace(code, " ")

    for name, graphs in nanopubs.items():
        code = name.removeprefix(NANOPUBS)
        quads = [
            (f"{NANOPUBS} /{part}", str(plain(each.subject, code)), each.predicate.value, plain(each.object, code))
            for part, said in graphs.items()
            for each in said
        ]
        assert artifact(quads) == code
        assert artifact(quads[1:]) != code


def test_sum_of_a_known_nanopublication() -> None:
    """An order that no sorting of whole lines gives: the blank stands before every letter, literals after IRIs."""
    this = f"{NANOPUBS} "
    said: dict[str, list[tuple[str, str, str | ox.Literal]]] = {
        "Head": [
            (this, f"{NP}x", ox.Literal("b\n\\")),
            (this, f"{NP}x", f"{this}/y"),
            (f"{this}/z", f"{NP}x", "http://e.org/"),
        ]
    }
    first = list(signed(said))
    assert [getattr(quad.object, "value", None) for quad in first] == [
        f"{str(first[0].subject)[1:-1]}/y",
        "b\n\\",
        "http://e.org/",
    ]
    assert first == list(signed({"Head": said["Head"][::-1]}))


def test_no_words_of_the_source(knowledge: Knowledge) -> None:
    (quoting,) = (claim for claim in read(knowledge.store, Claim) if claim.quotation)
    content = to_nanopubs(knowledge, [quoting.key]).decode()
    assert quoting.quotation is not None
    assert quoting.gloss in content
    assert quoting.quotation not in content
    assert quoting.span_sha256 in content


def test_an_assertion_says_what_is_claimed(nanopubs: dict[str, Graphs], knowledge: Knowledge) -> None:
    claims = {
        claim.node.iri: claim
        for claim in read(knowledge.store, Claim, where={"attribute": ("tier1-count", "tier2-count")})
    }
    assert len(nanopubs) == len(claims)
    for graphs in nanopubs.values():
        (about,) = {each.subject for each in graphs["assertion"]}
        assert isinstance(about, ox.NamedNode)
        claim = claims.pop(about.value)
        said = {each.predicate.value: each.object for each in graphs["assertion"]}
        assert said[expand("du:valueAsStated")] == ox.Literal(claim.value)
        assert expand("du:textSha256") not in said
        speakers = {
            each.object
            for each in graphs["provenance"]
            if each.subject == about and "Attributed" in each.predicate.value
        }
        assert speakers == {ox.NamedNode(node.iri) for node in claim.claimants}
    assert claims == {}


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib 7.6 warns of its own use of what it gives up
def test_the_library_finds_them_valid(content: bytes) -> None:
    if not os.environ.get("DUALUSE_SLOW"):
        pytest.skip("its rules are tested above; the library itself: DUALUSE_SLOW=1")
    library = pytest.importorskip("nanopub", "2.1", reason="with Python 3.12 or later: pip install 'nanopub>=2.1'")
    from rdflib import Dataset

    for name in graphs_of(content):
        quads = [
            quad for quad in ox.parse(content, format=ox.RdfFormat.TRIG) if str(quad.graph_name)[1:].startswith(name)
        ]
        one = Dataset()
        one.parse(data=ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"", format="nquads")
        found = library.Nanopub(rdf=one)
        assert found.is_valid
        assert found.has_valid_trusty
