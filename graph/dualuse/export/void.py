"""What the dataset is and holds, in DCAT 3 and VoID: who made it, its files, how much of each class and property."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Protocol

import pyoxigraph as ox

from dualuse import resources
from dualuse.export.described import HOME, Described, read_described
from dualuse.export.jsonld import iri_of
from dualuse.export.rdf import own_lines, quads_of
from dualuse.namespaces import ID, PREFIXES, expand, shorten

if TYPE_CHECKING:
    from dualuse.store.base import Store

SPDX = "http://spdx.org/rdf/terms#"
FORMATS = "http://www.w3.org/ns/formats/"
MEDIA = "https://www.iana.org/assignments/media-types/"
LANGUAGES = "http://publications.europa.eu/resource/authority/language/"
_RDF = {
    "text/turtle": "Turtle",
    "application/trig": "TriG",
    "application/n-quads": "N-Quads",
    "application/ld+json": "JSON-LD",
}
"""Media types of RDF -> what the W3C calls the format."""
_NO_VOCABULARIES = {"graph"}
_Values = Iterable[tuple[str, "str | ox.Literal"]]


class File(Protocol):
    """A file in which the dataset is to be had, or a part of it."""

    @property
    def path(self) -> str:
        """Where it lies, with ``/``."""

    @property
    def media(self) -> str:
        """Media type, such as ``text/turtle``."""

    @property
    def size(self) -> int:
        """How many bytes it has."""

    @property
    def sha256(self) -> str:
        """SHA-256 of them in hexadecimal digits."""


def to_void(store: Store, files: Iterable[File] = (), base: str | None = None) -> bytes:
    """Description of the dataset in Turtle, without blank nodes.

    Args:
        store: The graph; what feeds brought is left out, as in exports.
        files: Files in which it is to be had.
        base: Where they lie; under the name of the release if not given.
    """
    about = read_described(store)
    place = f"{HOME}/release/{about.name}/" if base is None else base
    triples = {quad.triple for quad in quads_of(own_lines(store))}
    said = [
        *_dataset(about),
        *_counts(about.iri, triples),
        *(triple for file in files for triple in _file(about, file, place)),
        *_links(about.iri),
    ]
    prefixes = {name: iri for name, iri in PREFIXES.items() if not iri.startswith(ID)} | {"spdx": SPDX}
    ordered = sorted(set(said), key=lambda each: (iri_of(each.subject) != about.iri, str(each)))
    return ox.serialize(ordered, format=ox.RdfFormat.TURTLE, prefixes=prefixes) or b""


def _dataset(about: Described) -> Iterator[ox.Triple]:
    day = _typed(about.day, "date")
    said: _Values = [
        ("rdf:type", expand("dcat:Dataset")),
        ("rdf:type", expand("void:Dataset")),
        ("dct:title", ox.Literal(about.title, language="en")),
        ("dct:description", ox.Literal(about.description, language="en")),
        ("dct:creator", about.maker),
        ("dct:publisher", about.maker),
        ("dct:license", about.licence),
        ("dct:modified", day),
        ("dct:issued", day),
        ("dcat:version", ox.Literal(about.version)),
        ("dcat:landingPage", HOME),
        ("dct:conformsTo", f"{HOME}/ns"),
        ("void:uriSpace", ox.Literal(ID)),
        *(("dct:language", f"{LANGUAGES}{code}") for code in ("ENG", "ZHO")),
    ]
    yield from _said(about.iri, said)
    agent: _Values = [("rdf:type", expand("foaf:Agent")), ("foaf:name", ox.Literal(about.creator))]
    yield from _said(about.maker, agent)


def _counts(dataset: str, triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """How much there is in all, and of each class and property."""
    subjects, objects, used = set(), set(), Counter[str]()
    classes: dict[str, set[str]] = defaultdict(set)
    for each in triples:
        subject, predicate = iri_of(each.subject), each.predicate.value
        subjects.add(subject)
        objects.add(each.object)
        used[predicate] += 1
        if predicate == expand("rdf:type"):
            classes[iri_of(each.object)].add(subject)
    totals = {
        "void:triples": used.total(),
        "void:entities": sum(subject.startswith(ID) for subject in subjects),
        "void:distinctSubjects": len(subjects),
        "void:distinctObjects": len(objects),
        "void:properties": len(used),
        "void:classes": len(classes),
    }
    yield from _said(dataset, [(name, _typed(number, "integer")) for name, number in totals.items()])
    yield from _said(dataset, [("void:vocabulary", iri) for iri in sorted(_vocabularies((*used, *classes)))])
    for iri, number in sorted(used.items()):
        part = _part(dataset, "property", iri)
        yield from _said(dataset, [("void:propertyPartition", part)])
        yield from _said(part, [("void:property", iri), ("void:triples", _typed(number, "integer"))])
    for iri, members in sorted(classes.items()):
        part = _part(dataset, "class", iri)
        yield from _said(dataset, [("void:classPartition", part)])
        yield from _said(part, [("void:class", iri), ("void:entities", _typed(len(members), "integer"))])


def _vocabularies(terms: Iterable[str]) -> Iterator[str]:
    for prefix in {shorten(term).partition(":")[0] for term in terms} - _NO_VOCABULARIES:
        if prefix in PREFIXES:
            yield PREFIXES[prefix]


def _file(about: Described, file: File, base: str) -> Iterator[ox.Triple]:
    iri, sum_ = f"{base}{file.path}", f"{base}{file.path}#sha256"
    said: _Values = [
        ("rdf:type", expand("dcat:Distribution")),
        ("dct:title", ox.Literal(file.path)),
        ("dct:license", about.licence),
        ("dcat:downloadURL", iri),
        ("dcat:mediaType", f"{MEDIA}{file.media}"),
        ("dcat:byteSize", _typed(file.size, "nonNegativeInteger")),
        (f"{SPDX}checksum", sum_),
    ]
    yield from _said(about.iri, [("dcat:distribution", iri)])
    yield from _said(iri, said)
    checksum: _Values = [
        ("rdf:type", f"{SPDX}Checksum"),
        (f"{SPDX}algorithm", f"{SPDX}checksumAlgorithm_sha256"),
        (f"{SPDX}checksumValue", _typed(file.sha256, "hexBinary")),
    ]
    yield from _said(sum_, checksum)
    if file.media in _RDF:
        yield from _said(about.iri, [("void:dataDump", iri), ("void:feature", f"{FORMATS}{_RDF[file.media]}")])


def _links(dataset: str) -> Iterator[ox.Triple]:
    """Sets of links to other vocabularies, as many as the alignments of the ontology are."""
    bases, counted = alignments()
    for (target, predicate), number in sorted(counted.items()):
        part = f"{dataset}-links-{target}-{predicate.replace(':', '-')}"
        said: _Values = [
            ("rdf:type", expand("void:Linkset")),
            ("void:subjectsTarget", dataset),
            ("void:objectsTarget", bases[target]),
            ("void:linkPredicate", expand(predicate)),
            ("void:triples", _typed(number, "integer")),
        ]
        yield from _said(dataset, [("void:subset", part)])
        yield from _said(part, said)


def alignments() -> tuple[dict[str, str], Counter[tuple[str, str]]]:
    """Prefixes of the alignments, and how many there are to each prefix with each predicate."""
    text = (resources.root("ontology") / "alignments.sssom.tsv").read_text("utf-8")
    heads = [line[1:].split(":", 1) for line in text.splitlines() if line.startswith("#  ")]
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")][1:]
    return {name.strip(): iri.strip() for name, iri in heads}, Counter(
        (row[3].partition(":")[0], row[2]) for row in rows
    )


def _part(dataset: str, kind: str, iri: str) -> str:
    return f"{dataset}-{kind}-{shorten(iri).replace(':', '-').rpartition('/')[2]}"


def _typed(value: object, datatype: str) -> ox.Literal:
    return ox.Literal(str(value), datatype=ox.NamedNode(expand(f"xsd:{datatype}")))


def _said(subject: str, values: _Values) -> Iterator[ox.Triple]:
    for name, value in values:
        predicate = name if name.startswith("http") else expand(name)
        yield ox.Triple(
            ox.NamedNode(subject),
            ox.NamedNode(predicate),
            ox.NamedNode(value) if isinstance(value, str) else value,
        )
