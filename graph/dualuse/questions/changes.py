"""What changed between two days, or with the newest snapshot of a feed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args

from dualuse.card import Card, Fold, Receipt, Unknown, table, unique
from dualuse.errors import UsageError
from dualuse.questions.parameters import Opt, must_be_among
from dualuse.questions.question import Headline, Question, Sentence, Teller
from dualuse.said import phrase
from dualuse.show.words import Said, capital, join, numbered

if TYPE_CHECKING:
    from dualuse.knowledge import Knowledge

Kind = Literal["event", "membership", "measure", "statement", "case", "search"]
Feed = Literal["all", "csl", "ecfr", "entity-list", "federal-register"]
"""Kinds of feeds whose snapshots are compared when they are loaded."""


@dataclass(frozen=True)
class Change:
    """One change; ``certain`` is False when its date may also lie outside the period."""

    date: str
    kind: str
    id: str
    what: str
    certain: bool
    provision: str | None
    source: str

    def seen(self) -> dict[str, Any]:
        """The change as people read it; sources stand below, as receipts."""
        return {"date": self.date, "kind": self.kind, "what": self.what}


@dataclass(frozen=True)
class Changes:
    """Changes by day and kind."""

    changes: Sequence[Change] = table(fold=Fold(("kind",), order=get_args(Kind)))


def changes(
    knowledge: Knowledge,
    start: Annotated[date | str | None, Opt("Day before the period.", flag="--from", metavar="DATE")] = None,
    end: Annotated[date | str | None, Opt("Last day of the period.", flag="--to", metavar="DATE")] = None,
    *,
    kinds: Annotated[Sequence[Kind], Opt("Keep only these kinds of change.", flag="--kind")] = (),
    since_load: Annotated[
        Feed | None,
        Opt("What the newest snapshot of a feed, or of each, changed; not the record.", metavar="[KIND]", alone="all"),
    ] = None,
) -> Card[Changes]:
    """List what changed between two days: events, memberships, measures, statements, steps of cases.

    A month of which a search found nothing is told as such, with where it was made. With --since-load: what the
    newest file of a feed changed against the one before it, in words of the law.

    Args:
        since_load: Kind of feed, or ``"all"``, in place of a period.

    Raises:
        UsageError: no period is given, or it runs backwards, or a feed is given beside it.
    """
    from dualuse.law.changes import QUERIES, read_changes
    from dualuse.model.enforcement import Search
    from dualuse.model.read import query

    if since_load is not None:
        if start is not None or end is not None or kinds:
            raise UsageError("--since-load is asked of a feed: leave --from, --to and --kind out")
        return _since_load(knowledge, since_load)
    if start is None or end is None:
        raise UsageError("give the period, --from DATE --to DATE; or ask what a feed changed: --since-load")
    first, last = knowledge.day(start), knowledge.day(end)
    if last < first:
        raise UsageError(f"--to {last} is before --from {first}; swap them")
    found = [
        change
        for change in read_changes(knowledge.store, first, last, knowledge.registry)
        if not kinds or change.kind in kinds
    ]
    gaps = [
        Unknown(phrase("changes.day_of", told=change.text), phrase("changes.outside", written=change.written))
        for change in found
        if not change.certain
    ]
    known_on = knowledge.version.known_on
    if last > known_on:
        what = phrase("changes.after", day=known_on.isoformat())
        gaps.insert(0, Unknown(what, phrase("changes.ends_there", day=last.isoformat())))
    rows = [Change(c.written, c.kind, c.key, c.text, c.certain, c.provision or None, c.source) for c in found]
    return knowledge.card(
        question={"command": "changes", "from": first.isoformat(), "to": last.isoformat(), "kinds": list(kinds)},
        as_of=last,
        answer=Changes(rows),
        because=unique(Receipt(c.iri, c.text, c.provision, c.source, c.confidence) for c in found),
        unknown=tuple(dict.fromkeys(gaps)),
        query="\n\n".join((*(text for _, text in QUERIES), query(Search))),
    )


def _since_load(knowledge: Knowledge, asked: Feed) -> Card[Changes]:
    """What the newest snapshots changed."""
    from dualuse.feeds.since import MOST, Compared, read_since
    from dualuse.namespaces import thing
    from dualuse.questions.parts.since import told

    must_be_among("feed", (asked,), Feed)
    rows, receipts, gaps = [], [], []
    for feed in get_args(Compared) if asked == "all" else (asked,):
        seen = read_since(knowledge.store, feed)
        if seen is None or not seen.before:
            why = phrase("changes.nothing_loaded" if seen is None else "changes.no_snapshot_before", feed=feed)
            gaps.append(Unknown(phrase("changes.in_feed", feed=feed), why))
            continue
        source = seen.source if "://" in seen.source else thing("feed-snapshot", feed)
        for change, words, where in told(feed, seen):
            fact = f"feed-entry:{feed}.{change.key}"
            rows.append(Change(seen.after, feed, fact, words, True, where or None, source))
            receipts.append(
                Receipt(thing("feed-snapshot", feed), words, where if feed == "ecfr" else "", source, "high")
            )
        between = phrase("changes.between", before=seen.before, after=seen.after)
        gaps.append(Unknown(phrase("changes.when_in_feed", feed=feed), between))
        if (more := sum(seen.counts.values()) - MOST) > 0:
            left = phrase("changes.more_in_feed", n=f"{more:,}", feed=feed)
            gaps.append(Unknown(left, phrase("changes.kept", n=f"{MOST:,}")))
    return knowledge.card(
        question={"command": "changes", "since_load": asked},
        as_of=knowledge.day(None),
        answer=Changes(rows),
        because=unique(receipts),
        unknown=tuple(gaps),
    )


def _sentence(told: Teller[Changes]) -> Sentence:
    if "since_load" in told.asked:
        feed = Said("any feed", "各來源", "各来源") if told.asked["since_load"] == "all" else told.part("since_load")
        return Sentence(_SINCE.fill(feed=feed), ("since_load",))
    said = Said(
        "What changed after {start}, up to and including {end}?",
        "{start} 之後至 {end}（含當日）有何變動？",
        "{start} 之后至 {end}（含当日）有何变动？",
    )
    return Sentence(said.fill(start=told.part("from"), end=told.part("to")), ("from", "to"))


def _headline(told: Teller[Changes]) -> Headline:
    one, many = Said("1 change", "1 項變動", "1 项变动"), Said("{n} changes", "{n} 項變動", "{n} 项变动")
    kinds = Counter(change.kind for change in told.answer.changes)
    named = [_OF.fill(kind=capital(told.name("kind", kind)), n=kinds[kind]) for kind in get_args(Kind) if kinds[kind]]
    return Headline(numbered(len(told.answer.changes), one, many), join(named) if len(named) > 1 else None)


_OF = Said("{kind}: {n}", "{kind}：{n}", "{kind}：{n}")
_SINCE = Said(
    "What did the newest snapshot of {feed} change?", "{feed}的最新快照有何變動？", "{feed}的最新快照有何变动？"
)
QUESTION = Question(
    changes,
    _sentence,
    _headline,
    examples=("--from 2026-01-31 --to 2026-02-28 --kind membership", "--since-load ecfr"),
)
