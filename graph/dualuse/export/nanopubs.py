"""Claims as nanopublications: each a small set of named graphs that can be cited by itself and cannot change unseen.

The name of a nanopublication holds the sum of what it says, by the rules for trusty URIs (module RA), so what stands
under that name can be held against it. An assertion is what a passage claims in terms of the ontology, with our gloss;
no words of the passage are in it: its provenance points to them.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import pyoxigraph as ox

from dualuse.dates import PartialDate
from dualuse.export.described import HOME, Described, read_described
from dualuse.export.jsonld import iri_of
from dualuse.model.base import Around
from dualuse.model.claims import Claim, Document, Passage
from dualuse.model.read import read
from dualuse.namespaces import BASE, PREFIXES, expand, thing

if TYPE_CHECKING:
    from dualuse.knowledge import Knowledge

NANOPUBS = f"{BASE}np/"
"""How the names of nanopublications begin."""
NP, NPX = "http://www.nanopub.org/nschema#", "http://purl.org/nanopub/x/"
EXAMPLES = ("tier1-count", "tier2-count")
"""Attributes of the claims that are the example set: how many countries stand in a tier, on which reports differ."""
_SAID = (
    *(
        "rdf:type",
        "du:attribute",
        "du:onInstrument",
        "du:claimSubject",
        "du:subjectLabel",
        "du:valueAsStated",
        "du:valueMin",
    ),
    *("du:valueMax", "du:unit", "du:qualifier", "du:validOn", "du:modality", "du:affirmed", "dct:description"),
)
"""What of a claim is its assertion."""
_BLANK = " "
"""What stands for the sum in a name while the sum is worked out."""

_Object = str | ox.Literal
"""An IRI, or a literal."""
_Triple = tuple[str, str, _Object]
_Graphs = Mapping[str, Collection[_Triple]]
"""Last part of the name of each graph -> what it says."""
_THIS = f"{NANOPUBS}{_BLANK}"
_ASSERTION = f"{_THIS}/assertion"


def to_nanopubs(knowledge: Knowledge, keys: Collection[str] | None = None) -> bytes:
    """Claims as nanopublications in TriG, by the keys of the claims.

    Args:
        keys: Keys of the claims; the example set if not given.
    """
    store, about = knowledge.store, read_described(knowledge.store)
    claims = read(store, Claim, keys=keys, where={"attribute": EXAMPLES} if keys is None else None)
    passages = {each.key: each for each in read(store, Passage, keys={claim.passage for claim in claims})}
    documents = {each.node.key: each for each in read(store, Document)}
    quads: list[ox.Quad] = []
    for claim in claims:
        passage = passages[claim.passage]
        said = store.construct(f"CONSTRUCT WHERE {{ <{claim.node.iri}> ?property ?value }}")
        graphs = {
            "Head": _head(),
            "assertion": _assertion(said),
            "provenance": _provenance(claim, passage, documents[passage.document], about.maker),
            "pubinfo": _pubinfo(claim, about),
        }
        quads += signed(graphs)
    return ox.serialize(quads, format=ox.RdfFormat.TRIG, prefixes=_prefixes(quads)) or b""


def _prefixes(quads: Iterable[ox.Quad]) -> dict[str, str]:
    """Those of the prefixes that quads use."""
    text = "\n".join(map(str, quads))
    known = {**PREFIXES, "np": NP, "npx": NPX}
    return {name: iri for name, iri in known.items() if f"<{iri}" in text}


def _head() -> list[_Triple]:
    parts = {"hasAssertion": "assertion", "hasProvenance": "provenance", "hasPublicationInfo": "pubinfo"}
    links: list[_Triple] = [(_THIS, f"{NP}{name}", f"{_THIS}/{part}") for name, part in parts.items()]
    return [(_THIS, expand("rdf:type"), f"{NP}Nanopublication"), *links]


def _assertion(said: Iterable[ox.Triple]) -> list[_Triple]:
    """What the graph says of a claim, as far as the claim itself goes."""
    kept = {expand(name) for name in _SAID}
    return [
        (iri_of(each.subject), each.predicate.value, _object(each.object))
        for each in said
        if each.predicate.value in kept
    ]


def _provenance(claim: Claim, passage: Passage, document: Document, maker: str) -> list[_Triple]:
    """Where the claim stands, to the code point; who makes it; and who put it into terms and glossed it."""
    own, within, text = claim.node.iri, passage.node.iri, document.node.iri
    return [
        *_triples(_ASSERTION, {"prov:wasDerivedFrom": within, "prov:wasAttributedTo": maker}),
        *_triples(own, {"du:inPassage": within, "du:spanStart": claim.start, "du:spanEnd": claim.end}),
        *_triples(own, {"du:textSha256": claim.span_sha256, "du:confidence": thing("confidence", claim.confidence)}),
        *((own, expand("prov:wasAttributedTo"), each.iri) for each in claim.claimants),
        *_triples(within, {"dct:isPartOf": text, "du:lineNumber": passage.number, "du:textSha256": passage.sha256}),
        *_triples(text, {"dct:title": ox.Literal(document.title, language="en"), "dct:language": document.language}),
        *_triples(text, {"dct:issued": _dated(document.date), "du:textSha256": document.sha256}),
        *((text, expand("dct:source"), thing("source", key)) for key in document.sources),
    ]


def _pubinfo(claim: Claim, about: Described) -> list[_Triple]:
    """Who published it, when and how it may be used; readers ask for a time, so its beginning stands for the day."""
    label = ox.Literal(claim.caption(Around(claim.node.key)), language="en")
    day = ox.Literal(f"{about.day}T00:00:00Z", datatype=ox.NamedNode(expand("xsd:dateTime")))
    said: dict[str, _Object | int] = {
        "dct:created": day,
        "dct:creator": about.maker,
        "dct:license": about.licence,
        "dct:isPartOf": about.iri,
    }
    return [
        *_triples(_THIS, {**said, "rdfs:label": label}),
        (_THIS, f"{NPX}hasNanopubType", expand("du:Claim")),
        *_triples(about.maker, {"foaf:name": ox.Literal(about.creator), "foaf:homepage": HOME}),
    ]


def _triples(subject: str, said: Mapping[str, _Object | int]) -> Iterator[_Triple]:
    """What is said of a node; a text that is no address is a literal."""
    for name, value in said.items():
        if isinstance(value, int) or (isinstance(value, str) and not value.startswith(("http:", "https:"))):
            yield subject, expand(name), ox.Literal(value)
        else:
            yield subject, expand(name), value


def _dated(day: PartialDate) -> ox.Literal:
    return ox.Literal(day.edtf, datatype=ox.NamedNode(expand(f"xsd:{day.datatype}")))


def _object(term: object) -> _Object:
    return term if isinstance(term, ox.Literal) else iri_of(term)


def signed(graphs: _Graphs) -> Iterator[ox.Quad]:
    """The quads of a nanopublication under the name that holds their sum.

    Args:
        graphs: What it says, with a blank for the sum in its names.
    """
    code = artifact((f"{_THIS}/{name}", *triple) for name, said in graphs.items() for triple in said)

    def named(iri: str) -> ox.NamedNode:
        return ox.NamedNode(iri.replace(_THIS, f"{NANOPUBS}{code}"))

    for name, said in graphs.items():
        for subject, predicate, value in sorted(said, key=_order):
            found = named(value) if isinstance(value, str) else value
            yield ox.Quad(named(subject), named(predicate), found, named(f"{_THIS}/{name}"))


def artifact(quads: Iterable[tuple[str, str, str, _Object]]) -> str:
    """Artifact code of some quads, each with its graph in front: module RA of trusty URIs.

    Source:
        Kuhn & Dumontier, Making Digital Artifacts on the Web Verifiable and Reliable, 2015.
    """
    lines = (f"{_line(part)}\n" for quad in sorted(set(quads), key=_order) for part in quad)
    return "RA" + base64.urlsafe_b64encode(hashlib.sha256("".join(lines).encode()).digest()).decode().rstrip("=")


def _order(terms: tuple[_Object, ...]) -> tuple[tuple[object, ...], ...]:
    """Order of a quad or triple: IRIs before literals, each as UTF-8; those then by datatype and language."""
    return tuple(map(_rank, terms))


def _rank(term: _Object) -> tuple[object, ...]:
    if isinstance(term, str):
        return False, term.encode()
    kind = "" if term.language else term.datatype.value
    return True, term.value.encode(), kind, term.language or ""


def _line(term: _Object) -> str:
    if isinstance(term, str):
        return term
    mark = f"@{term.language.lower()}" if term.language else f"^{term.datatype.value}"
    return f"{mark} " + term.value.replace("\\", "\\\\").replace("\n", "\\n")
