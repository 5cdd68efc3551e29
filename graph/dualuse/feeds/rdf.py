"""RDF that somebody has: Turtle, TriG, N-Triples, N-Quads, RDF/XML or JSON-LD, into a graph of its own."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox

from dualuse.errors import UsageError
from dualuse.feeds.entry import CELLS, Entry
from dualuse.feeds.feed import Feed, checked_name
from dualuse.feeds.places import Places
from dualuse.feeds.report import Report
from dualuse.namespaces import BASE, NS, VOCABULARIES

FORMATS = {
    "turtle": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "n-triples": ox.RdfFormat.N_TRIPLES,
    "n-quads": ox.RdfFormat.N_QUADS,
    "rdf-xml": ox.RdfFormat.RDF_XML,
    "json-ld": ox.RdfFormat.JSON_LD,
}
_ENDINGS = {
    ".ttl": "turtle",
    ".turtle": "turtle",
    ".trig": "trig",
    ".nt": "n-triples",
    ".nq": "n-quads",
    ".rdf": "rdf-xml",
    ".owl": "rdf-xml",
    ".xml": "rdf-xml",
    ".jsonld": "json-ld",
    ".json": "json-ld",
}
_TYPE = f"{VOCABULARIES['rdf']}type"
_GENID = f"{BASE}.well-known/genid/"
"""What nodes without a name are called by, as RDF 1.1 (3.5) has it, so that the same file gives the same graph."""
_MOST_PREDICATES = 1_000


def feed_of(name: str, form: str | None, publisher: str, licence: str) -> Feed:
    """The feed that a file of RDF is, under a name of its own.

    Raises:
        UsageError: the name is none, or the licence no address.
    """
    if licence and not licence.startswith(("http://", "https://")):
        raise UsageError(f"--licence {licence!r}: give its address, http…")
    return Feed(
        name=f"rdf-{checked_name(name)}",
        title=name,
        publisher=publisher,
        licence=licence,
        address="",
        version="rdf-1",
        read=_no_entries,
        lines=partial(lines, name, form),
    )


def _no_entries(file: Path, report: Report, places: Places) -> Iterator[Entry]:
    """RDF is no table: what it says stands for itself."""
    yield from ()


def lines(name: str, form: str | None, file: Path, report: Report) -> Iterator[str]:
    """The statements of a file as lines of N-Triples.

    Args:
        name: Name of the graph.
        form: One of ``FORMATS``; None: told by the ending of the file.
        report: Where is noted what is not taken.

    Raises:
        UsageError: it is no RDF of that form.
    """
    form = form or _ENDINGS.get(file.suffix.lower())
    if form is None:
        raise UsageError(f"{file}: its ending does not tell its form; say which: --format {'|'.join(FORMATS)}")
    nodes: dict[str, int] = {}
    predicates: dict[str, None] = {}
    try:
        for quad in ox.parse(path=str(file), format=FORMATS[form], base_iri=f"{CELLS}{name}/"):
            report.read += 1
            why = _why_not(quad)
            if why:
                report.reject(f"statement {report.read}", why, str(quad))
                continue
            if not isinstance(quad.graph_name, ox.DefaultGraph):
                report.doubt(f"statement {report.read}", "graph", str(quad.graph_name), "all go into one graph")
            if len(predicates) < _MOST_PREDICATES:
                predicates[quad.predicate.value] = None
            report.kept += 1
            yield f"{_term(quad.subject, name, nodes)} {quad.predicate} {_term(quad.object, name, nodes)} .\n"
    except (SyntaxError, ValueError, OSError) as error:
        told = f"after statement {report.read}: {' '.join(str(error).split())}"
        raise UsageError(f"{file}: no {form} that can be read: {told}. Another form: --format") from None
    report.columns = tuple(sorted(predicates))
    report.lists[name] = report.kept
    if nodes:
        report.unread["blank nodes", f"named {_GENID}{name}/1 and so on, in their order"] = len(nodes)
        report.examples["blank nodes", f"named {_GENID}{name}/1 and so on, in their order"] = []


def _why_not(quad: ox.Quad) -> str:
    """Why a statement is not taken: the curated record alone says what its things are; blank if it is."""
    if isinstance(quad.object, ox.Triple) or isinstance(quad.subject, ox.Triple):
        return "a statement within a statement"
    if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(BASE) and not _own(quad.subject.value):
        return "says something of a thing on record"
    if quad.predicate.value.startswith(NS):
        return "says it in a term of the record"
    is_type = quad.predicate.value == _TYPE and isinstance(quad.object, ox.NamedNode)
    if is_type and quad.object.value.startswith(NS):
        return "gives a class of the record"
    return ""


def _own(value: str) -> bool:
    return value.startswith((_GENID, CELLS))


def _term(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple, name: str, nodes: dict[str, int]) -> str:
    if isinstance(term, ox.BlankNode):
        return f"<{_GENID}{quote(name)}/{nodes.setdefault(term.value, len(nodes) + 1)}>"
    return str(term)
