"""What changed, for the page to tell between any two days: the same changes as ``dualuse changes`` has.

The page holds events, measures, memberships and statements already; a change names what it is of, and says no more.
Steps of cases and searches in vain, which are not drawn, are told in words, on a page of the whole record alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dualuse.explore.layout import Network
from dualuse.law.changes import Change, read_changes
from dualuse.model.law import Membership
from dualuse.model.read import read
from dualuse.node import Node
from dualuse.registry import Registry
from dualuse.store.base import Store

Row = list[str]
"""Date as written, kind, key, then by kind: of an event or a statement nothing, of a measure whether it begins or ends,
of a membership place, group and verb, of others the text and the source."""
_VERBS = ("enters", "leaves", "is in doubt in")


def read_changed(store: Store, network: Network, registry: Registry, *, whole: bool) -> list[Row]:
    """Every change of what is drawn, of all times, by day and kind.

    Args:
        store: Where to read.
        network: What is drawn.
        registry: Sources by key.
        whole: Whether the network is the whole record.
    """
    memberships = {record.key: record for record in read(store, Membership)}
    changes = read_changes(store, date.min, date.max, registry)
    return [row for change in changes for row in _row(change, network, memberships, whole)]


def _row(change: Change, network: Network, memberships: dict[str, Membership], whole: bool) -> Iterator[Row]:
    kind, key = change.key.split(":", 1)
    head = [change.written, change.kind, change.key]
    if kind == "event":
        if Node("instrument", key.rpartition(".")[0]) in network:
            yield head
    elif kind in ("measure", "statement"):
        if Node(kind, key) in network:
            yield [*head, change.text.rpartition(" ")[2]] if kind == "measure" else head
    elif kind == "membership":
        record = memberships[key]
        if Node("place", record.place) in network:
            verb = next(verb for verb in _VERBS if f" {verb} " in change.text)
            yield [*head, record.place, record.group, verb]
    elif whole:
        yield [*head, str(change.text), change.source]
