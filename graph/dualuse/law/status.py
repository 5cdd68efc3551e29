"""What the record says of an instrument, or of one of its provisions, on a day and under a lens.

Status is read from events, never stored. ``codified`` follows binding acts; ``enforced`` also heeds what the regulator
says that it does not enforce, or does, of the whole or of a part; ``announced`` takes officials at their word. When the
term of a stay has run out, the text applies again. A date known only to the month, a stay that officials said goes on
though no act is recorded, and a day after the record ends give ``unknown``, with every reading.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from dualuse.law.truth import Truth
from dualuse.lens import Lens
from dualuse.model.law import Event
from dualuse.said import Named, Phrase, phrase
from dualuse.unnamed import carried_from, plain_day

_END = {"expiry", "removal", "supersession"}
_NEVER_BINDING = {"bill", "draft", "fact-sheet", "guidance", "political-statement", "press-statement"}
_MOST_DOUBTFUL = 8
"""Doubtful events that are tried in every combination; more than these are taken as all past, then as all to come."""


@dataclass(frozen=True)
class Reading:
    """One way to read the record: the status, and the events that give it."""

    status: str
    events: tuple[Event, ...]
    why: str
    begun: str = ""
    """Day since when, where that is not the day of the first event."""
    nobody: bool = False
    """Whether the status is that of a paper which by itself binds nobody."""

    @property
    def since(self) -> str:
        """Day since when, as far as it is known; empty where no event tells."""
        return self.begun or (str(self.events[0].date) if self.events else "")


@dataclass(frozen=True)
class Answer:
    """Status on a day, the readings behind it (several when it is unknown), and what would settle it."""

    status: str
    readings: tuple[Reading, ...]
    settles: str = ""


def status(
    events: Sequence[Event], day: date, lens: str, *, known_on: date, kind: str = "", provision: str = ""
) -> Answer:
    """Status of an instrument, or of one provision of it.

    Args:
        known_on: Last day the record was brought up to.
        kind: Kind of the instrument; bills and drafts bind nobody.
        provision: Key of a provision; empty for the instrument as a whole.

    Returns:
        The status; ``unknown`` with at least two readings, or one and what is missing.

    Raises:
        UsageError: no such lens.
    """
    last = carried_from(day)
    if last is not None:
        then, now = (
            status(events, each, lens, known_on=max(each, known_on), kind=kind, provision=provision)
            for each in (last, plain_day(day))
        )
        return _carried(then, now, last, day)
    lens = Lens.parse(lens)
    ours = sorted((e for e in events if not e.scope or provision in e.scope), key=lambda event: event.order)
    whole = [e for e in ours if provision or not e.scope]
    doubtful = [e for e in whole if e.date.earliest <= day < e.date.latest]
    certain = [e for e in whole if e.date.latest <= day]
    later = [e for e in whole if e.date.earliest > day]
    readings: list[Reading] = []
    for chosen in _choices(doubtful):
        past = sorted((*certain, *chosen), key=lambda event: event.order) if chosen else certain
        still = [*later, *(e for e in doubtful if e not in chosen)]
        readings.extend(_readings(past, still, day, lens, kind, provision))
    return _settle(readings, day, known_on, doubtful)


def _carried(then: Answer, now: Answer, last: date, day: date) -> Answer:
    """Status of today, from that of the last day of the record and that which follows if nothing else happened."""
    if then.status == now.status:
        return now
    readings = tuple({reading.status: reading for reading in (*then.readings, *now.readings)}.values())
    return Answer("unknown", readings, phrase("status.up_to", day=day.isoformat(), last=last.isoformat()))


def _choices(doubtful: Sequence[Event]) -> Iterator[tuple[Event, ...]]:
    """Which of the doubtful events may lie in the past."""
    tried, rest = doubtful[:_MOST_DOUBTFUL], tuple(doubtful[_MOST_DOUBTFUL:])
    for more in dict.fromkeys(((), rest)):
        for size in range(len(tried) + 1):
            for chosen in combinations(tried, size):
                yield (*chosen, *more)


def _settle(readings: list[Reading], day: date, known_on: date, doubtful: Sequence[Event]) -> Answer:
    distinct = tuple({reading.status: reading for reading in reversed(readings)}.values())[::-1]
    if day > known_on:
        settles = phrase("status.ends_on", day=day.isoformat(), last=known_on.isoformat())
        return Answer("unknown", distinct, settles)
    if len(distinct) == 1:
        return Answer(distinct[0].status, distinct)
    if doubtful:
        told = ((Named.of({("event-kind", event.kind): event.kind}), str(event.date)) for event in doubtful)
        dates = Phrase.listed(phrase("status.kind_day", kind=kind, day=written) for kind, written in told)
        return Answer("unknown", distinct, phrase("status.exact_day", dates=dates))
    return Answer("unknown", distinct, _extension(distinct))


def _extension(readings: Sequence[Reading]) -> str:
    """What would settle whether a stay goes on that officials said does."""
    said = [event for reading in readings for event in reading.events if event.announces]
    if not said:
        return phrase("status.ends_or_extends")
    return phrase("status.as_said", day=str(said[0].date))


def _readings(
    past: Sequence[Event], later: Sequence[Event], day: date, lens: Lens, kind: str, provision: str
) -> list[Reading]:
    """Read one run of events that are certain to lie before the day."""
    binding = [event for event in past if event.effect == "binding"]
    said = _last(event for event in past if event.announces and event.effect == "announced")
    ended = _last(event for event in binding if event.kind in _END)
    heard = _heard(said, ended, lens, day)
    if said is not None and said.announces is not None and heard is not False:
        told = Reading(said.announces, (said,), phrase("status.officials"))
        return [told] if heard else [told, *_unheard(past, later, day, lens, kind, provision)]
    return _unheard(past, later, day, lens, kind, provision)


def _heard(said: Event | None, ended: Event | None, lens: Lens, day: date) -> Truth:
    """Whether the last words of officials count: not once their term is over, or a binding act came after them."""
    if said is None or lens is not Lens.ANNOUNCED or (ended is not None and ended.order >= said.order):
        return False
    return said.runs(day)


def _unheard(
    past: Sequence[Event], later: Sequence[Event], day: date, lens: Lens, kind: str, provision: str
) -> list[Reading]:
    """Read one run of events as if officials had said nothing that gives a status by itself."""
    binding = [event for event in past if event.effect == "binding"]
    ended = _last(event for event in binding if event.kind in _END)
    if ended is not None:
        return [Reading("ended", (ended,), phrase("status.ended"))]
    if lens is Lens.CODIFIED:
        later = [event for event in later if event.effect == "binding"]
    effective = _effective(past, later, lens, provision, kind)
    if kind in _NEVER_BINDING and (lens is Lens.CODIFIED or effective is None):
        why = phrase("status.binds_nobody", kind=Named.of({("instrument-kind", kind): kind.replace("-", " ")}))
        return [Reading("not-yet", tuple(past[-1:]), why, nobody=bool(past))]
    running = _running(effective, past, later, lens, provision)
    stay = _last(event for event in binding if event.kind in ("suspension", "resumption"))
    if stay is not None and stay.kind == "suspension":
        said = _last(event for event in past if event.announces and event.effect == "announced")
        return _stayed(stay, said, day, running)
    return [running]


def _effective(past: Sequence[Event], later: Sequence[Event], lens: Lens, provision: str, kind: str) -> Event | None:
    """The event that gave effect; a provision with a day of effect of its own waits for that one.

    Guidance that names no day of effect is heeded from the day it was put out.
    """
    heeded = {"binding"} if lens is Lens.CODIFIED else {"binding", "announced"}
    gave = [event for event in past if event.kind == "effectiveness" and event.effect in heeded]
    own = [event for event in (*gave, *later) if event.kind == "effectiveness" and provision in event.scope]
    found = _last(event for event in gave if not own or event in own)
    dated = any(event.kind == "effectiveness" for event in (*past, *later))
    if kind == "guidance" and lens is not Lens.CODIFIED and not dated:
        return next((event for event in past if event.kind in ("publication", "announcement")), None)
    return found


def _stayed(stay: Event, said: Event | None, day: date, running: Reading) -> list[Reading]:
    """A stay that runs, or whose term is over: then the text applies again, unless officials said that it goes on."""
    runs = stay.runs(day)
    if runs or stay.until is None:
        return [Reading("suspended", (stay,), phrase("status.runs"))]
    state = "in-force" if running.status == "unknown" else running.status
    if runs is None:
        revived = Reading(state, (stay,), phrase("status.ends_in", until=str(stay.until)))
        return [Reading("suspended", (stay,), phrase("status.may_run", until=str(stay.until))), revived]
    again = (stay.until.latest + timedelta(days=1)).isoformat()
    revived = Reading(state, (stay,), phrase("status.ended_on", until=str(stay.until)), again)
    if said is None or said.announces != "suspended" or said.order < stay.order or said.runs(day) is False:
        return [revived]
    return [revived, Reading("suspended", (said,), phrase("status.goes_on"))]


def _running(
    effective: Event | None, past: Sequence[Event], later: Sequence[Event], lens: Lens, provision: str
) -> Reading:
    if effective is None:
        coming = [event for event in later if event.kind == "effectiveness"]
        if coming:
            return Reading("not-yet", tuple(coming[:1]), phrase("status.ahead"))
        if not past:
            return Reading("not-yet", (), phrase("status.nothing_yet"))
        return Reading("unknown", tuple(past[-1:]), phrase("status.no_day"))
    told = _last(event for event in past if event.kind in ("non-enforcement", "enforcement"))
    heard = None if lens is Lens.CODIFIED else told
    if heard is not None and heard.kind == "non-enforcement":
        return Reading("not-enforced", (heard,), phrase("status.not_enforced"))
    due = [event for event in (*past, *later) if event.kind == "compliance-due"]
    scoped = [event for event in due if provision and provision in event.scope]
    waiting = [event for event in (scoped or due) if event in later]
    if waiting and len(waiting) == len(scoped or due):
        return Reading("effective-not-due", (effective, waiting[0]), phrase("status.not_due"))
    if heard is not None:
        return Reading("in-force", (heard,), phrase("status.enforced"))
    return Reading("in-force", (effective,), phrase("status.in_effect"))


def _last(events: Iterable[Event]) -> Event | None:
    """The last of events that come in their order."""
    last = None
    for event in events:
        last = event
    return last
