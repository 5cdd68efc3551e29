"""What the graph said in one release and says in another, row by row, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from dualuse.card import Card, Receipt, table, unique
from dualuse.errors import UsageError
from dualuse.questions.parameters import Arg, Opt, must_be_among
from dualuse.questions.question import Headline, Question, Teller, asks
from dualuse.said import Phrase
from dualuse.show.words import Said
from dualuse.suggest import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dualuse.knowledge import Knowledge
    from dualuse.release import Change, Release

What = Literal["added", "removed", "changed"]
_LONGEST = 60


@dataclass(frozen=True)
class Differing:
    """A row that was added or removed, or one of its fields that changed."""

    what: str
    table: str
    key: str
    label: str
    instruments: Sequence[str]
    field: str | None
    before: str | None
    after: str | None
    sources: Sequence[str]
    why: str | None

    def seen(self) -> dict[str, Any]:
        """What fits a line."""
        return {
            "what": self.what,
            "table": self.table,
            "label": _short(self.label),
            "field": self.field,
            "before": _short(self.before),
            "after": _short(self.after),
            "instruments": self.instruments,
            "why": _short(self.why),
        }


def _short(text: str | None) -> str | None:
    return text if text is None or isinstance(text, Phrase) or len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


@dataclass(frozen=True)
class Diff:
    """How two releases differ; a row that changed counts once, however many of its fields did."""

    before: str
    after: str
    added: int
    removed: int
    changed: int
    rows: Sequence[Differing] = table()


def diff(
    knowledge: Knowledge,
    before: Annotated[
        Path,
        Arg("BEFORE", "The earlier release: its folder, or its ZIP archive.", "either", exists=True, sent=(".zip",)),
    ],
    after: Annotated[
        Path | None, Arg("AFTER", "The later release; this graph if not given.", path="either", exists=True)
    ] = None,
    *,
    instrument: Annotated[str | None, Opt("Only rows that belong to this instrument, by its key.")] = None,
    what: Annotated[Sequence[What], Opt("Keep only these.", flag="--what")] = (),
) -> Card[Diff]:
    """Tell what the graph said in one release and says in another: rows added, removed, changed, and why.

    Rows belong to instruments by what they name, or through their provision. Why is what the releases say of it: a
    second reading, a new source, a note.

    Raises:
        UsageError: what is named is no release, or neither release has the instrument.
    """
    from dualuse.release import compare, read_release, release_of
    from dualuse.release.facts import read_facts
    from dualuse.release.sheet import sheets

    old = read_release(before)
    store = knowledge.store
    new = release_of(read_facts(store), sheets(store)) if after is None else read_release(after)
    if instrument is not None:
        known = {*old.tables.get("instruments", {}), *new.tables.get("instruments", {})}
        if instrument not in known:
            close = ", ".join(nearest(instrument, sorted(known), 3)) or "none"
            raise UsageError(f"no instrument {instrument!r} in either release; nearest: {close}")
    must_be_among("kind of change", what, What)
    found = [
        change
        for change in compare(old, new)
        if (instrument is None or instrument in change.instruments) and change.what in (what or (change.what,))
    ]
    counts = Counter(change.what for change in found)
    return Card(
        question={
            "command": "diff",
            "before": old.name,
            "after": new.name,
            "instrument": instrument,
            "what": list(what),
        },
        as_of=new.version.known_on,
        lens="",
        answer=Diff(
            old.name,
            new.name,
            counts["added"],
            counts["removed"],
            counts["changed"],
            [row for change in found for row in _rows(change)],
        ),
        because=unique(receipt for change in found for receipt in _receipts(change, old, new)),
        unknown=(),
        query="",
        dataset=new.version,
        source=store,
    )


def _rows(change: Change) -> Iterator[Differing]:
    of = (change.what, change.table, change.key, change.label, change.instruments)
    last = (change.sources, change.why or None)
    if change.what != "changed":
        yield Differing(*of, None, None, None, *last)
        return
    for name, (old, new) in change.fields.items():
        yield Differing(*of, name, old or None, new or None, *last)


def _receipts(change: Change, old: Release, new: Release) -> Iterator[Receipt]:
    held = old if change.what == "removed" else new
    row = held.tables.get(change.table, {}).get(change.key, {})
    for key in change.sources[:1]:
        source = held.tables.get("sources", {}).get(key, {})
        yield Receipt(
            fact=row.get("iri", ""),
            text=f"{change.table} {change.label}",
            provision=row.get("citation", ""),
            source=source.get("url") or source.get("iri", key),
            confidence=row.get("confidence", ""),
        )


_ASKED: dict[tuple[str, ...], Said] = {
    ("before", "after"): Said(
        "What differs between {before} and {after}?", "{before}與{after}有何不同？", "{before}与{after}有何不同？"
    )
}
_SAME = Said("Nothing differs", "沒有不同", "没有不同")
_TOLD = Said(
    "{added} added, {removed} removed, {changed} changed",
    "新增 {added}、刪除 {removed}、修改 {changed}",
    "新增 {added}、删除 {removed}、修改 {changed}",
)


def _headline(told: Teller[Diff]) -> Headline:
    answer = told.answer
    counts = {"added": answer.added, "removed": answer.removed, "changed": answer.changed}
    if not any(counts.values()):
        return Headline(_SAME, None, "plain")
    return Headline(_TOLD.fill(**counts), None, "plain")


QUESTION = Question(diff, asks(_ASKED), _headline, examples=("release-1 release-2", "release-1 --what removed"))
