"""What a snapshot changed against the one before it: kept with the new one as a few values of each record that changed.

Only kinds whose changes are changes of law or of its lists are compared, and only what one reader read both times.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

from dualuse.feeds.entry import Entry, graph_of, triples, written
from dualuse.feeds.feed import Feed
from dualuse.feeds.snapshot import Snapshot
from dualuse.feeds.told import Told, records
from dualuse.model.triples import Triples, iri, literal
from dualuse.namespaces import expand, thing
from dualuse.store.base import Store, value

Compared = Literal["csl", "ecfr", "entity-list", "federal-register"]
"""Kinds whose snapshots are compared."""
How = Literal["added", "changed", "removed"]
VALUES = (
    "schema:memberOf",
    "du:countryChartColumn",
    "dct:bibliographicCitation",
    "du:footnote",
    "du:licencePolicy",
    "du:section",
    "schema:datePublished",
    "schema:startDate",
    "schema:endDate",
)
"""What of a record is compared, beside its text."""
TEXT = "text"
MOST = 20_000
"""Changes that are kept; of more, only how many there are."""
_CELLS = {"ecfr": ("heading", "text", "authority", "reason_for_control", "license_requirements")}
"""Cells whose words are compared; of other kinds, what was read out of them is."""
_NOTE = expand("du:FeedNote")


class Kept(NamedTuple):
    """What is compared of a record.

    Args:
        lists: Lists it stands on.
        said: Property -> its values, sorted.
        digest: Of its words.
    """

    label: str
    lists: tuple[str, ...]
    said: tuple[tuple[str, tuple[str, ...]], ...]
    digest: str


class Change(NamedTuple):
    """A record that a snapshot added, changed or left out.

    Args:
        how: What became of it.
        lists: Lists it stands on, or stood on.
        before: Property -> the values it had, of those that changed; of a record that is gone, all.
        after: Property -> the values it has, of those that changed; of a new record, all.
        text: Whether its words changed.
    """

    key: str
    how: How
    label: str
    lists: tuple[str, ...]
    before: Mapping[str, tuple[str, ...]]
    after: Mapping[str, tuple[str, ...]]
    text: bool = False


@dataclass
class Since:
    """The snapshot before, and what the new one has, as it comes.

    Args:
        before: The snapshot before; None if there is none.
    """

    feed: Feed
    before: Snapshot | None
    loaded: Iterable[str]
    sha256: str

    def __post_init__(self) -> None:
        """Read what the snapshot before had, if the two can be compared."""
        before = self.before
        same = before is not None and before.reader == self.feed.version and before.sha256 != self.sha256
        self._compares = same and self.feed.name in get_args(Compared)
        told = records(self.feed.records, self.loaded) if self._compares else {}
        self._had = {key: kept for key, each in told.items() if (kept := _kept(self.feed, each)) is not None}
        self._changes: list[Change] = []
        self._counts: Counter[str] = Counter()

    def take(self, entry: Entry) -> str:
        """Hold a record of the new snapshot against what was there; the lines of N-Triples that hold it."""
        if self._compares:
            for key, each in records(self.feed.records, triples(self.feed.records, entry)).items():
                if (now := _kept(self.feed, each)) is not None:
                    self._note(key, self._had.pop(key, None), now)
        return written(self.feed.records, entry)

    def _note(self, key: str, had: Kept | None, now: Kept | None) -> None:
        if had == now:
            return
        old, new = (dict(each.said) if each else {} for each in (had, now))
        known = now or had
        how: How = "added" if had is None else "removed" if now is None else "changed"
        self._counts[how] += 1
        if known is not None and len(self._changes) < MOST:
            differing = [name for name in {**old, **new} if old.get(name) != new.get(name)]
            parts = [{name: said[name] for name in differing if name in said} for said in (old, new)]
            text = how == "changed" and had is not None and now is not None and had.digest != now.digest
            self._changes.append(Change(key, how, known.label, known.lists, parts[0], parts[1], text))

    def lines(self) -> Iterator[str]:
        """The lines of N-Triples that hold what changed, once every record was taken."""
        if not self._compares or self.before is None:
            return
        for key, had in self._had.items():
            self._note(key, had, None)
        yield from _before(self.feed, self.before, self._counts)
        for change in self._changes:
            yield from _change(self.feed, change)


def _kept(feed: Feed, told: Told) -> Kept | None:
    """What is compared of a record; None for a note, which is no record of a list."""
    if _NOTE in told.said("rdf:type"):
        return None
    said = tuple((name, tuple(sorted(found))) for name in VALUES if (found := told.said(name)))
    words = json.dumps([told.cells.get(name) for name in _CELLS.get(feed.name, ())], ensure_ascii=False)
    return Kept(told.label, told.lists, said, hashlib.sha256(words.encode()).hexdigest()[:16])


def _before(feed: Feed, before: Snapshot, counts: Counter[str]) -> Iterator[str]:
    """What the snapshot was compared with, and how much changed."""
    new, old = iri(thing("feed-snapshot", feed.name)), Triples("feed-snapshot", f"{feed.name}.before", "dcat:Dataset")
    yield f"{new} {iri(expand('prov:wasRevisionOf'))} {iri(old.iri)} .\n"
    old.add("dct:issued", literal(before.retrieved, datatype="date"))
    old.text("du:contentSha256", before.sha256)
    old.text("dct:extent", json.dumps(dict(sorted(counts.items()))))
    yield from _written(old)


def _change(feed: Feed, change: Change) -> Iterator[str]:
    """The triples of a change; values it has now stand under the record itself."""
    node = Triples(
        "feed-change", f"{feed.name}.{hashlib.sha256(change.key.encode()).hexdigest()[:16]}", "du:FeedChange"
    )
    node.text("rdfs:label", change.label)
    node.text("skos:notation", change.key)
    node.text("dct:type", change.how)
    told = {"key": change.key, "lists": list(change.lists), "text": change.text}
    told |= {"before": dict(change.before), "after": dict(change.after)}
    node.text("dct:description", json.dumps(told, ensure_ascii=False, sort_keys=True))
    yield from _written(node)


def _written(node: Triples) -> Iterator[str]:
    return (f"{subject} {predicate} {obj} .\n" for subject, predicate, obj in node.triples)


class Seen(NamedTuple):
    """What is kept of the changes of a feed.

    Args:
        before: Day on which the snapshot before was had; blank if the two were not compared.
        after: Day on which this one was had.
        source: Where it was had.
        title: What the feed is called.
        counts: How many records were added, changed and removed.
        lists: Code of a list -> what the feed calls it.
    """

    before: str
    after: str
    source: str
    title: str
    counts: Mapping[str, int]
    changes: list[Change]
    lists: Mapping[str, str]


def read_since(store: Store, feed: str) -> Seen | None:
    """What the snapshot of a feed changed against the one before; None if nothing of it is loaded."""
    graph = iri(graph_of(feed))
    found = store.select(
        f"SELECT ?after ?source ?title ?before ?extent WHERE {{ GRAPH {graph} {{ ?s a du:FeedSnapshot ;"
        " dct:issued ?after ; dct:source ?source ; rdfs:label ?title"
        " OPTIONAL { ?s prov:wasRevisionOf ?b . ?b dct:issued ?before ; dct:extent ?extent } } }"
    )
    if not found:
        return None
    row = found[0]
    told = store.select(
        f"SELECT ?label ?how ?told WHERE {{ GRAPH {graph} {{ ?c a du:FeedChange ; rdfs:label ?label ;"
        " dct:type ?how ; dct:description ?told } }"
    )
    lists = store.select(
        f"SELECT ?code ?name WHERE {{ GRAPH {graph} {{ ?l a du:FeedList ; skos:notation ?code ; rdfs:label ?name }} }}"
    )
    return Seen(
        value(row, "before"),
        value(row, "after"),
        value(row, "source"),
        value(row, "title"),
        json.loads(value(row, "extent") or "{}"),
        sorted((_read(value(each, "label"), value(each, "how"), value(each, "told")) for each in told), key=_order),
        {value(each, "code"): value(each, "name") for each in lists},
    )


def _order(change: Change) -> str:
    return change.key


def _read(label: str, how: str, text: str) -> Change:
    told = json.loads(text)
    before, after = ({name: tuple(found) for name, found in told[part].items()} for part in ("before", "after"))
    known: How = next(each for each in get_args(How) if each == how)
    return Change(told["key"], known, label, tuple(told["lists"]), before, after, told["text"])
