"""One loading of a feed: what file, of when, from whom, under what licence, and what was in it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from dualuse.errors import StoreError
from dualuse.feeds.entry import graph_of, list_iri
from dualuse.feeds.feed import Feed
from dualuse.feeds.report import Report
from dualuse.model.triples import Triples, iri, literal
from dualuse.namespaces import expand
from dualuse.store.base import Store, value


@dataclass(frozen=True)
class Snapshot:
    """What a store says of a feed that was loaded before."""

    sha256: str
    reader: str
    columns: tuple[str, ...]
    lists: Mapping[str, int]
    retrieved: str
    changes: tuple[str, ...] = ()
    """Digests of the files of changes that were laid over it, the last one included."""
    rejected: int = 0
    """How many records were not taken."""


def snapshot_triples(
    feed: Feed, report: Report, sha256: str, retrieved: date, address: str, changes: tuple[str, ...] = ()
) -> Iterator[str]:
    """The lines of N-Triples that say what was loaded.

    Args:
        report: What came of it.
        changes: Digests of the files of changes laid over the whole, if the file was one of them.
    """
    node = Triples("feed-snapshot", feed.name, "du:FeedSnapshot", "dcat:Dataset")
    node.text("rdfs:label", feed.title, "en")
    node.text("dct:publisher", feed.publisher or None)
    if feed.licence:
        node.address("dct:license", feed.licence)
    node.text("dct:source", address)
    node.day("dct:issued", retrieved)
    node.text("du:contentSha256", sha256)
    for each in changes:
        node.text("dct:hasPart", each)
    node.text("dct:conformsTo", feed.version)
    node.text("du:feedColumns", json.dumps(list(report.columns)))
    for name, count in (("read", report.read), ("kept", report.kept), ("rejected", report.refused)):
        node.count(f"du:records{name.capitalize()}", count)
    for subject, predicate, obj in node.triples:
        yield f"{subject} {predicate} {obj} .\n"
    for code, count in sorted(report.lists.items()):
        subject = iri(list_iri(feed.records, code))
        yield f"{subject} {iri(expand('rdf:type'))} {iri(expand('du:FeedList'))} .\n"
        yield f"{subject} {iri(expand('rdfs:label'))} {literal(report.titles.get(code, code))} .\n"
        yield f"{subject} {iri(expand('skos:notation'))} {literal(code)} .\n"
        yield f"{subject} {iri(expand('dct:isPartOf'))} {iri(node.iri)} .\n"
        yield f"{subject} {iri(expand('schema:numberOfItems'))} {literal(str(count), datatype='integer')} .\n"


def read_snapshot(store: Store, feed: str) -> Snapshot | None:
    """What was loaded of a feed before; None if nothing was.

    Raises:
        StoreError: what the store says of it cannot be read.
    """
    graph = iri(graph_of(feed))
    about = (
        f"SELECT ?sha ?reader ?columns ?day ?rejected WHERE {{ GRAPH {graph} {{ ?s a du:FeedSnapshot ;"
        " du:contentSha256 ?sha ; dct:conformsTo ?reader ; du:feedColumns ?columns ; dct:issued ?day ;"
        " du:recordsRejected ?rejected }} }}"
    ).replace("}}", "}")
    rows = store.select(about)
    if not rows:
        return None
    row = rows[0]
    counts = store.select(
        f"SELECT ?code ?n WHERE {{ GRAPH {graph} {{ ?l a du:FeedList ; skos:notation ?code ;"
        " schema:numberOfItems ?n } }"
    )
    changes = store.select(
        f"SELECT ?sha WHERE {{ GRAPH {graph} {{ ?s a du:FeedSnapshot ; dct:hasPart ?sha }} }} ORDER BY ?sha"
    )
    try:
        return Snapshot(
            value(row, "sha"),
            value(row, "reader"),
            tuple(json.loads(value(row, "columns"))),
            {value(each, "code"): int(value(each, "n")) for each in counts},
            value(row, "day"),
            tuple(value(each, "sha") for each in changes),
            int(value(row, "rejected")),
        )
    except ValueError as error:
        raise StoreError(f"{store.location}: what was loaded of {feed} cannot be read: {error}") from None
