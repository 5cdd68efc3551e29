"""The card of what changed between two days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from dualuse.card import Card, Receipt, Unknown, unique
from dualuse.errors import UsageError
from dualuse.knowledge import Knowledge
from dualuse.law.changes import QUERIES, Change, read_changes


def changes_card(knowledge: Knowledge, start: date, end: date, *, kinds: Sequence[str] = ()) -> Card[Any]:
    """What changed after one day up to and including another.

    Args:
        knowledge: The graph.
        start: Day before the period.
        end: Last day of the period.
        kinds: Kinds of change to keep; all if empty.

    Raises:
        UsageError: the period runs backwards.
    """
    if end < start:
        raise UsageError(f"--to {end} is before --from {start}; swap them")
    found = [
        change
        for change in read_changes(knowledge.store, start, end, knowledge.registry)
        if not kinds or change.kind in kinds
    ]
    unsure = [change for change in found if not change.certain]
    gaps = [Unknown(f"the day of: {change.text}", f"{change.written} may lie outside the period") for change in unsure]
    known_on = knowledge.version.known_on
    if end > known_on:
        gaps.insert(0, Unknown(f"what happened after {known_on}", f"the record ends there; {end} is later"))
    return knowledge.card(
        question={"command": "changes", "from": start.isoformat(), "to": end.isoformat(), "kinds": list(kinds)},
        as_of=end,
        lens="",
        answer={"changes": [_row(change) for change in found]},
        because=unique(Receipt(c.iri, c.text, c.provision, c.source, c.confidence) for c in found),
        unknown=tuple(dict.fromkeys(gaps)),
        query="\n\n".join(QUERIES.values()),
        tables=("changes",),
        views={"changes": [{"date": c.written, "kind": c.kind, "what": c.text} for c in found]},
    )


def _row(change: Change) -> dict[str, Any]:
    return {
        "date": change.written,
        "kind": change.kind,
        "id": change.key,
        "what": change.text,
        "certain": change.certain,
        "provision": change.provision or None,
        "source": change.source,
    }
