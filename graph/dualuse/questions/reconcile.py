"""The curated record held against a list or a text that others publish; a difference is told, nothing is changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from dualuse.card import Card, Unknown, aside, table, unique
from dualuse.errors import ValidationFailed
from dualuse.questions.parameters import Arg, Opt, Parameter, must_be_among
from dualuse.questions.question import Headline, Invocation, Question, Sentence, Teller
from dualuse.said import phrase, same
from dualuse.show.cells import RESTS_ON
from dualuse.show.words import Said, numbered

if TYPE_CHECKING:
    from dualuse.knowledge import Knowledge
    from dualuse.reconcile.finding import Compare, Finding
    from dualuse.reconcile.told import Text

Kind = Literal["ecfr", "csl", "entity-list", "federal-register"]
_OPEN = ("differs", "not-in-feed", "not-in-record")
"""Verdicts that ask for a look; the others are shown with ``--all``."""
_NOTHING = "\u2014"


@dataclass(frozen=True)
class Summed:
    """How many facts of a kind stand to the feed in each way."""

    compared: str
    differs: int
    not_in_feed: int
    not_in_record: int
    not_compared: int
    agrees: int


@dataclass(frozen=True)
class Compared:
    """A fact of the record beside what the feed says of it."""

    verdict: str
    compared: str
    subject: str
    record: str
    feed: str
    where: str
    why: str
    id: str | None
    number: int | None = aside()

    def seen(self) -> dict[str, Any]:
        """The row as people read it."""
        said = {"verdict": self.verdict, "compared": self.compared, "subject": self.subject}
        said |= {"record": self.record or _NOTHING, "feed": self.feed or _NOTHING, "where": self.where, "why": self.why}
        return said | ({} if self.number is None else {RESTS_ON: f"[{self.number}]"})


@dataclass(frozen=True)
class Reconciled:
    """What was compared, of which day, and how it came out."""

    held_against: str
    day: str
    day_told_by: str
    differ: int
    summary: Sequence[Summed] = table()
    facts: Sequence[Compared] = table(main=True, whole=True)


def reconcile(
    knowledge: Knowledge,
    kind: Annotated[Kind, Arg("KIND")],
    file: Annotated[Path | None, Arg("[FILE]", exists=True)] = None,
    *,
    every: Annotated[
        bool, Opt("List what agrees and what was not compared too; JSON always does.", flag="--all")
    ] = False,
    as_of: Annotated[
        date | str | None, Opt("Day of the text.", metavar="DATE", default="its own, else the day it was had")
    ] = None,
) -> Card[Reconciled]:
    """Hold the curated record against a feed: a file of it, or what was loaded of it.

    KIND is ecfr (country groups, thresholds and other figures, provisions), csl or entity-list (listings), or
    federal-register (instruments). Each fact agrees, differs, is in one of the two alone, or was not compared, and
    why. Nothing is changed. Exits 0 whatever it finds, with --strict 1 where a fact differs.

    Args:
        kind: Kind of feed.
        file: A file of it; what was loaded if not given.
        as_of: Day of the text; its own if not given, else the day on which it was had.

    Raises:
        UsageError: there is no such file, it is no such list, or nothing of the kind is loaded.
    """
    from dualuse.feeds.feed import feeds
    from dualuse.feeds.places import Places
    from dualuse.reconcile.finding import VERDICTS, Record
    from dualuse.reconcile.told import CHANGED, of_file, of_store

    must_be_among("kind", (kind,), Kind)
    given = None if as_of is None else knowledge.day(as_of)
    feed = feeds()[kind]
    text = (
        of_store(feed, knowledge.store, given) if file is None else of_file(feed, file, Places(knowledge.names), given)
    )
    found, gaps = _compare(kind)(Record(knowledge.store, knowledge.names, knowledge.registry, text.day), text)
    found.sort(key=lambda each: VERDICTS.index(each.verdict))
    shown = [each for each in found if every or each.verdict in _OPEN]
    receipts = unique(each.receipt for each in shown if each.receipt is not None)
    numbers = {receipt: number for number, receipt in enumerate(receipts, start=1)}
    unknown = [Unknown(what, why) for what, why in gaps]
    if text.day_from == CHANGED:
        why = phrase("reconciled.no_day", day=text.day.isoformat())
        unknown.insert(0, Unknown(phrase("reconciled.which_day"), why))
    unknown += _doubts(text)
    return knowledge.card(
        question={"command": "reconcile", "kind": kind, "file": text.name, "all": every},
        as_of=text.day,
        answer=Reconciled(
            held_against=text.name,
            day=text.day.isoformat(),
            day_told_by=text.day_from,
            differ=sum(each.verdict in _OPEN for each in found),
            summary=_summed(found),
            facts=[_row(each, numbers) for each in shown],
        ),
        because=receipts,
        unknown=tuple(unknown),
    )


def _doubts(text: Text) -> Iterator[Unknown]:
    """What the text casts doubt on by itself: another day than it is said to be of, and records that were not taken."""
    if text.own is not None and text.day < text.own:
        why = phrase("reconciled.later", own=text.own.isoformat(), day=text.day.isoformat())
        yield Unknown(phrase("reconciled.that_of", day=text.day.isoformat()), why)
    if text.untaken:
        reasons = same("; ".join(f"{why} ({times:,})" for why, times in sorted(text.untaken.items())))
        count = sum(text.untaken.values())
        what = phrase("reconciled.one_says") if count == 1 else phrase("reconciled.says", n=f"{count:,}")
        yield Unknown(what, phrase("reconciled.not_taken", reasons=reasons))


def _compare(kind: Kind) -> Compare:
    from dualuse.reconcile.documents import compare_documents
    from dualuse.reconcile.listings import compare_listings
    from dualuse.reconcile.regulations import compare_regulations

    return {"ecfr": compare_regulations, "federal-register": compare_documents}.get(kind, compare_listings)


def _summed(found: Sequence[Finding]) -> list[Summed]:
    counts = Counter((each.kind, each.verdict) for each in found)
    return [
        Summed(
            kind,
            differs=counts[kind, "differs"],
            not_in_feed=counts[kind, "not-in-feed"],
            not_in_record=counts[kind, "not-in-record"],
            not_compared=counts[kind, "not-compared"],
            agrees=counts[kind, "agrees"],
        )
        for kind in sorted({each.kind for each in found})
    ]


def _row(each: Finding, numbers: dict[Any, int]) -> Compared:
    return Compared(
        verdict=each.verdict,
        compared=each.kind,
        subject=each.subject,
        record=each.record,
        feed=each.feed,
        where=each.where,
        why=each.why,
        id=each.fact or None,
        number=numbers.get(each.receipt),
    )


def _show(asked: Invocation) -> None:
    """Show the card; with --strict, fail if a fact differs."""
    every = asked.values["every"] or asked.form == "json"
    card: Card[Reconciled] = asked.question(asked.open(), asked.values | {"every": every})
    asked.show(card)
    if asked.extra["strict"] and card.answer.differ:
        raise ValidationFailed(f"{card.answer.differ:,} facts differ, or are in one of the two alone")


_FEEDS: dict[str, Said] = {
    "ecfr": Said("the regulations", "《出口管理條例》", "《出口管理条例》"),
    "csl": Said("the Consolidated Screening List", "綜合篩查清單", "综合筛查清单"),
    "entity-list": Said("the Entity List", "實體清單", "实体清单"),
    "federal-register": Said("the Federal Register", "《聯邦公報》", "《联邦公报》"),
}
_ASKED = Said(
    "Does the record agree with {feed}, as {file} has it?",
    "紀錄與{feed}（{file}）是否一致？",
    "记录与{feed}（{file}）是否一致？",
)
_DIFFER = (
    Said("1 fact differs, or is in one of the two alone", "1 項有出入或僅見於一方", "1 项有出入或仅见于一方"),
    Said("{n} facts differ, or are in one of the two alone", "{n} 項有出入或僅見於一方", "{n} 项有出入或仅见于一方"),
)
_AGREE = Said("Nothing that was compared differs", "所比對者皆無出入", "所比对者皆无出入")
_OF_DAY = Said("{n} agree; the text is of {day}", "{n} 項一致；文本日期為 {day}", "{n} 项一致；文本日期为 {day}")


def _sentence(told: Teller[Reconciled]) -> Sentence:
    feed = _FEEDS[str(told.asked["kind"])]
    return Sentence(_ASKED.fill(feed=feed, file=str(told.asked["file"])), ("kind", "file"))


def _headline(told: Teller[Reconciled]) -> Headline:
    answer = told.answer
    agree = sum(each.agrees for each in answer.summary)
    detail = _OF_DAY.fill(n=f"{agree:,}", day=answer.day)
    if not answer.differ:
        return Headline(_AGREE, detail, "yes" if agree else "open", ("differ", "day"))
    return Headline(numbered(answer.differ, *_DIFFER), detail, "open", ("differ", "day"))


QUESTION = Question(
    reconcile,
    _sentence,
    _headline,
    examples=(
        "ecfr title-15.xml --as-of 2025-01-24",
        "csl --all --format csv -o listings.csv",
        "federal-register documents.json --strict",
    ),
    also=(
        Parameter(
            "strict",
            Opt("Exit 1 if a fact differs or is in one of the two alone."),
            bool,
            several=False,
            default=False,
        ),
    ),
    act=_show,
)
