"""IRIs: the vocabularies used, the kinds of things, and the prefixes every query knows."""

from __future__ import annotations

from functools import cache

from dualuse.errors import UsageError

BASE = "https://w3id.org/dualuse/"
NS = f"{BASE}ns#"
ID = f"{BASE}id/"
GRAPH = f"{BASE}graph/"
FEEDS = f"{GRAPH}feed/"
"""How the names of graphs of feeds begin."""

VOCABULARIES: dict[str, str] = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "du": NS,
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "ftm": "https://schema.followthemoney.tech/#",
    "graph": GRAPH,
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

KINDS: tuple[str, ...] = (
    "affiliation",
    "affiliation-kind",
    "assessment",
    "assessment-result",
    "bearer",
    "case-stage",
    "channel",
    "claim",
    "claim-attribute",
    "classification",
    "confidence",
    "cost-kind",
    "decision-rule",
    "document",
    "effect",
    "end-use",
    "enforcement",
    "enforcement-step",
    "event",
    "event-kind",
    "facility",
    "feed-change",
    "feed-entry",
    "feed-list",
    "feed-snapshot",
    "ground",
    "group",
    "group-role",
    "identifier",
    "installed-compute",
    "instrument",
    "instrument-kind",
    "item",
    "legal-effect",
    "legal-force",
    "lens",
    "listing",
    "measure",
    "measure-kind",
    "membership",
    "modality",
    "not-modelled",
    "operation",
    "organisation",
    "organisation-type",
    "ownership",
    "ownership-kind",
    "passage",
    "passage-kind",
    "person",
    "place",
    "post",
    "primary-text",
    "product",
    "programme",
    "provision",
    "reading",
    "report-kind",
    "reread-outcome",
    "reread-resolution",
    "reread-round",
    "rereading",
    "revenue-share",
    "review-policy",
    "rule",
    "rule-kind",
    "scheme",
    "search",
    "seat",
    "settlement",
    "source",
    "source-class",
    "stage",
    "stance",
    "standing",
    "stated-cost",
    "statement",
    "status",
    "supply",
    "supply-kind",
    "test",
    "text-kind",
    "threshold",
    "tier",
    "tier-assignment",
    "translation",
    "treatment",
    "treatment-rule",
)
"""Kinds of things: ``https://w3id.org/dualuse/id/{kind}/{key}``, each with a prefix of its own name."""

PREFIXES: dict[str, str] = dict(sorted((VOCABULARIES | {kind: f"{ID}{kind}/" for kind in KINDS}).items()))
"""Every prefix a query may use without declaring it."""


def thing(kind: str, key: str) -> str:
    """IRI of a thing.

    Example:
        >>> thing("place", "CH")
        'https://w3id.org/dualuse/id/place/CH'
    """
    return f"{ID}{kind}/{key}"


def split_thing(iri: str) -> tuple[str, str]:
    """Kind and key of a thing's IRI; the inverse of :func:`thing`.

    Raises:
        UsageError: not the IRI of a thing.
    """
    kind, slash, key = iri.removeprefix(ID).partition("/")
    if not iri.startswith(ID) or not slash:
        raise UsageError(f"{iri!r} is not of the form {ID}{{kind}}/{{key}}")
    return kind, key


@cache
def expand(name: str) -> str:
    """Full IRI of a prefixed name.

    Raises:
        UsageError: the prefix is unknown.
    """
    prefix, _, local = name.partition(":")
    if prefix not in PREFIXES:
        raise UsageError(f"unknown prefix {prefix!r} in {name!r}; known: {', '.join(PREFIXES)}")
    return PREFIXES[prefix] + local


_BASES: dict[str, str] = {base: prefix for prefix, base in reversed(PREFIXES.items())}
"""Base -> the first prefix that stands for it."""
_LENGTHS = sorted({len(base) for base in _BASES}, reverse=True)


def shorten(iri: str) -> str:
    """Prefixed name of an IRI by the longest base that fits, or the IRI itself when none fits."""
    for length in _LENGTHS:
        prefix = _BASES.get(iri[:length])
        if prefix is not None:
            return f"{prefix}:{iri[length:]}"
    return iri
