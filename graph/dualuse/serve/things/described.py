"""A node as people read it: its names, what is said of it and by which source, and what leads to it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

import pyoxigraph as ox

from dualuse.namespaces import GRAPH, ID, NS, expand, shorten
from dualuse.serve.things.data import MOST_LINKS
from dualuse.show.addresses import web_address
from dualuse.store.base import Row, value

if TYPE_CHECKING:
    from dualuse.knowledge import Knowledge

_BATCH = 400
_LABEL, _TYPE, _SOURCE = expand("rdfs:label"), expand("rdf:type"), expand("dct:source")
_FIRST = ("rdf:type", "dct:description", "rdfs:comment", "skos:definition", "skos:altLabel", "skos:notation")
_HIDDEN = {_LABEL, expand("skos:prefLabel"), expand("dct:title"), _SOURCE}
"""Properties that the head of a page has, or the list of its sources."""
_SAID = "SELECT ?g ?p ?o WHERE { GRAPH ?g { <%s> ?p ?o } }"
_LINKS = "SELECT DISTINCT ?s ?p WHERE { ?s ?p <%s> FILTER(?s != <%s>) } ORDER BY ?p ?s LIMIT %d"
_COUNT = "SELECT (COUNT(*) AS ?n) WHERE { SELECT DISTINCT ?s ?p WHERE { ?s ?p <%s> FILTER(?s != <%s>) } }"
_NAMES = "SELECT ?thing ?name WHERE { VALUES ?thing { %s } ?thing rdfs:label ?name } ORDER BY ?thing ?name"
_SOURCES = """SELECT ?thing ?source ?page WHERE {
  VALUES ?thing { %s } ?thing dct:source ?source OPTIONAL { ?source foaf:page ?page }
} ORDER BY ?thing ?source ?page"""


@dataclass(frozen=True, order=True)
class Named:
    """A node or a term by its name.

    Args:
        name: What it is called.
        iri: Its IRI.
        address: Where it is shown; empty if nowhere.
    """

    name: str
    iri: str
    address: str = ""


@dataclass(frozen=True, order=True)
class Value:
    """What a property gives: a node, or a text with its language or datatype."""

    text: str
    kind: str = ""
    """Language or datatype of a text, where it is worth telling."""
    node: Named | None = None
    derived: bool = False
    """Whether a rule of the ontology derived it."""


@dataclass(frozen=True)
class Source:
    """A source: where the graph shows it, and its own address if it has one."""

    named: Named
    page: str


@dataclass(frozen=True)
class Link:
    """A node that leads here, with the sources on which it rests."""

    subject: Named
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Described:
    """A node.

    Args:
        iri: Its IRI.
        names: Names with their languages, the English first.
        facts: Property -> what it gives.
        sources: What all of this rests on.
        links: Property -> nodes that lead here by it.
        count: How many links there are, shown or not.
    """

    iri: str
    names: tuple[tuple[str, str], ...]
    facts: tuple[tuple[Named, tuple[Value, ...]], ...]
    sources: tuple[Source, ...]
    links: tuple[tuple[Named, tuple[Link, ...]], ...]
    count: int

    @property
    def name(self) -> str:
        """What it is called first."""
        return self.names[0][0] if self.names else shorten(self.iri)


def address_of(iri: str) -> str:
    """Where the server shows what an IRI names; empty where it does not.

    Example:
        >>> address_of("https://w3id.org/dualuse/id/place/CH"), address_of("https://w3id.org/dualuse/ns#Tier")
        ('/id/place/CH', '/ns#Tier')
    """
    if iri.startswith(ID):
        return f"/id/{quote(iri.removeprefix(ID), safe='/%')}"
    return f"/ns#{iri.removeprefix(NS)}" if iri.startswith(NS) else ""


def described(knowledge: Knowledge, iri: str) -> Described | None:
    """A node; None where nothing is said of it."""
    said = knowledge.store.select(_SAID % iri)
    if not said:
        return None
    links = knowledge.store.select(_LINKS % (iri, iri, MOST_LINKS))
    count = len(links)
    if count == MOST_LINKS:
        count = int(value(knowledge.store.select(_COUNT % (iri, iri))[0], "n"))
    sources = _sources_of(knowledge, [iri, *(value(row, "s") for row in links)])
    names = _names_of(
        knowledge, [*_nodes(said), *_nodes(links), *(each for found in sources.values() for each in found)]
    )
    return Described(
        iri,
        _called(said),
        _facts(said, names),
        _as_sources(sources.get(iri, {}), names),
        _links(links, sources, names),
        count,
    )


def _nodes(rows: Iterable[Row]) -> set[str]:
    return {term.value for row in rows for term in row.values() if isinstance(term, ox.NamedNode)}


def _names_of(knowledge: Knowledge, iris: Iterable[str]) -> dict[str, Named]:
    """Names of nodes in English, where they have one, else in another language, else as IRIs are shortened."""
    found: dict[str, str] = {}
    for batch in _batches(sorted(set(iris))):
        for row in knowledge.store.select(_NAMES % batch):
            if value(row, "thing") not in found or getattr(row["name"], "language", None) == "en":
                found[value(row, "thing")] = value(row, "name")
    return {iri: Named(found.get(iri) or _worded(iri), iri, address_of(iri)) for iri in sorted(set(iris))}


def _worded(iri: str) -> str:
    """What to call an IRI that has no name here: the words that its last part is made of.

    Example:
        >>> _worded("http://data.europa.eu/eli/ontology#passed_by"), _worded("http://www.w3.org/2004/02/skos/core#altLabel")
        ('passed by', 'alt label')
    """
    prefix, colon, local = shorten(iri).partition(":")
    if not colon or local.startswith("//"):
        return iri
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", local.replace("_", " "))
    return words[:1].lower() + words[1:].lower() if words else prefix


def _sources_of(knowledge: Knowledge, iris: Iterable[str]) -> dict[str, dict[str, str]]:
    """Node -> its sources, each with its own address."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for batch in _batches(sorted(set(iris))):
        for row in knowledge.store.select(_SOURCES % batch):
            found[value(row, "thing")].setdefault(value(row, "source"), value(row, "page"))
    return found


def _batches(iris: list[str]) -> Iterable[str]:
    for start in range(0, len(iris), _BATCH):
        yield " ".join(f"<{iri}>" for iri in iris[start : start + _BATCH])


def _called(said: Iterable[Row]) -> tuple[tuple[str, str], ...]:
    """Names with their languages, each once."""
    found = {
        (term.language or "en", term.value)
        for row in said
        if value(row, "p") == _LABEL and isinstance(term := row["o"], ox.Literal)
    }
    order = {"en": 0, "zh-hant": 1, "zh-hans": 2}
    listed = sorted(found, key=lambda each: (order.get(each[0], 3), each))
    return tuple((name, language) for language, name in listed)


def _facts(said: Iterable[Row], names: Mapping[str, Named]) -> tuple[tuple[Named, tuple[Value, ...]], ...]:
    facts: dict[str, set[Value]] = defaultdict(set)
    for row in said:
        if (predicate := value(row, "p")) not in _HIDDEN:
            facts[predicate].add(_value(row["o"], names, derived=value(row, "g") == f"{GRAPH}inferred"))
    order = {expand(name): place for place, name in enumerate(_FIRST)}
    listed = sorted(facts, key=lambda each: (order.get(each, len(order)), names[each].name.casefold(), each))
    return tuple((names[each], tuple(sorted(facts[each], key=_by_text))) for each in listed)


def _by_text(given: Value) -> tuple[str, str, str]:
    return given.text.casefold(), given.text, given.kind


def _value(term: object, names: Mapping[str, Named], *, derived: bool) -> Value:
    if isinstance(term, ox.NamedNode):
        iri = term.value
        node = names[iri] if names[iri].address else Named(names[iri].name, iri, web_address(iri) or "")
        return Value(node.name, node=node, derived=derived)
    if not isinstance(term, ox.Literal):
        return Value(str(term), derived=derived)
    datatype = shorten(term.datatype.value)
    kind = term.language or ("" if datatype in ("xsd:string", "xsd:date") else datatype)
    return Value(term.value, kind=kind, derived=derived)


def _as_sources(found: Mapping[str, str], names: Mapping[str, Named]) -> tuple[Source, ...]:
    return tuple(Source(names[iri], web_address(page) or "") for iri, page in sorted(found.items()))


def _links(
    rows: Iterable[Row],
    sources: Mapping[str, Mapping[str, str]],
    names: Mapping[str, Named],
) -> tuple[tuple[Named, tuple[Link, ...]], ...]:
    found: dict[str, list[Link]] = defaultdict(list)
    for row in rows:
        subject = value(row, "s")
        found[value(row, "p")].append(Link(names[subject], _as_sources(sources.get(subject, {}), names)))
    listed = sorted(found, key=lambda each: (names[each].name.casefold(), each))
    return tuple(
        (names[each], tuple(sorted(found[each], key=lambda link: (link.subject.name.casefold(), link.subject.iri))))
        for each in listed
    )
