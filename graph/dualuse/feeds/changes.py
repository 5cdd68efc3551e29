"""Files of changes: what of the snapshot before stays when records are added, replaced and removed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dualuse.feeds.entry import entry_iri, graph_of, list_iri
from dualuse.feeds.report import Report
from dualuse.feeds.snapshot import Snapshot
from dualuse.model.triples import iri
from dualuse.namespaces import expand, thing
from dualuse.store.base import Store

_IS_NEW = {"ADD": False, "MOD": True, "DEL": True}


def lines_of(store: Store, feed: str) -> Iterator[str]:
    """The lines of N-Triples of what is loaded of a feed, as they come."""
    _, rows = store.stream(f"SELECT ?s ?p ?o WHERE {{ GRAPH {iri(graph_of(feed))} {{ ?s ?p ?o }} }}")
    for row in rows:
        yield f"{row['s']} {row['p']} {row['o']} .\n"


def unchanged(feed: str, report: Report, before: Snapshot | None, loaded: Iterable[str]) -> Iterator[str]:
    """The lines that stay; the report gets the lists they stand on, and what was changed that was not there.

    Args:
        report: Of the file of changes, read to its end.
        before: What was loaded before.
        loaded: The lines of it.
    """
    changes = report.changes or {}
    subjects = {iri(entry_iri(feed, key)): key for key in changes}
    own = (f"<{thing('feed-snapshot', '')}", f"<{thing('feed-list', '')}")
    codes = {iri(list_iri(feed, code)): code for code in (before.lists if before else ())}
    part, found = iri(expand("dct:isPartOf")), set()
    for line in loaded:
        subject, predicate, rest = line.split(" ", 2)
        if subject in subjects:
            found.add(subjects[subject])
        elif not subject.startswith(own):
            if predicate == part and (code := codes.get(rest.removesuffix(" .\n"))):
                report.lists[code] += 1
            yield line
    for key, change in changes.items():
        if (key in found) != _IS_NEW[change]:
            why = "of a record that was there" if key in found else "of a record that was not there"
            report.doubt(key, "op", change, why)
    report.columns = tuple(sorted({*report.columns, *(before.columns if before else ())}))
    report.optional = ()
