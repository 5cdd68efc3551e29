"""Hold a reading against a text coded by hand: what of each kind was found, and what that was made is right.

A finding is held against what is coded where their spans overlap. Mentions are counted once a text. A speaker is right
by key or name, or as the body spoken for where the reader names no person. A quantity has the unit and the bounds that
are coded, a date the day, a statement the speaker, the side and no other instrument, a relation its kind and both ends.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

from dualuse.news.claims.candidates import Statement
from dualuse.news.find.dates import Found
from dualuse.news.find.quantities import Quantity
from dualuse.news.reader import Reader
from dualuse.news.reading import Reading
from dualuse.news.review.agreeing import hold_claims
from dualuse.news.review.coded import CodedText, Row, leaves
from dualuse.news.review.naming import fits
from dualuse.news.review.tally import Held, overlap
from dualuse.news.speech.segments import Segment
from dualuse.news.text.passages import make_text

KINDS = ("things", "speakers", "quantities", "dates", "claims", "claims with claimant", "statements", "relations")
_THINGS = ("place", "organisation", "person", "product", "instrument", "group", "item")
_LEFT_OUT = ("person", "product", "plant")
_SOME = 0.3
_CLOSE, _NARROW = 1e-6, 0.05
_Any = TypeVar("_Any")


class Tie(Protocol):
    """A relation as read: what kind, from whom to whom, by key or in the words of the text."""

    @property
    def kind(self) -> str:
        """``supplies``, ``owns``, ``buys`` or ``site``."""

    @property
    def subject(self) -> str:
        """Key or words of the one it runs from."""

    @property
    def object(self) -> str:
        """Key or words of the one it runs to."""


class _Spanned(Protocol):
    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


_Made = TypeVar("_Made", bound=_Spanned)


def hold(coded: CodedText, reader: Reader) -> Held:
    """Read a text as if on its day, and hold what is read against its coding."""
    reading = reader.read(coded.text, coded.written)
    coded = _labelled(coded, reader)
    ties: Sequence[Tie] = getattr(reading, "relations", ())
    held = Held(coded, bool(reading.parts))
    _things(held, reading)
    segments = [s for part in reading.parts for s in part.heard.segments if s.speaker.known]
    _spanned(held, "speakers", "said", segments, _same_speaker, lambda made: made.speaker.kind == "outlet")
    _spanned(held, "quantities", "span", reading.quantities, _same_quantity, lambda made: made.unit in _LEFT_OUT)
    dates = [found for found in reading.dates if found.value]
    _spanned(held, "dates", "span", dates, _same_day, lambda made: False)
    hold_claims(held, reading, lambda words: {mention.key for mention in reader.mentions(make_text("", words))})
    _whole(held, "statements", reading.statements, _same_statement)
    _whole(held, "relations", ties, _same_tie)
    return held


def _labelled(coded: CodedText, reader: Reader) -> CodedText:
    """The coding, with the reader's label beside each name of someone unnamed, such as sources."""

    def labels(value: object) -> object:
        names = leaves(value)
        found = [m.label for name in names for m in reader.mentions(make_text("", name)) if m.kind == "unnamed"]
        return [*names, *found] if found else value

    fields = ("speaker", "claimant")
    rows = {
        kind: [{key: labels(cell) if key in fields else cell for key, cell in row.items()} for row in entries]
        for kind, entries in coded.rows.items()
    }
    return replace(coded, rows=rows)


def _things(held: Held, reading: Reading) -> None:
    made = {mention.thing for mention in reading.mentions if mention.kind in _THINGS and mention.key}
    made |= {f"instrument:{reading.topic.key}"} if reading.topic.key else set()
    coded = held.coded.things
    missing = [choice for choice in coded if not choice & made]
    wrong = sorted(thing for thing in made if not any(thing in choice for choice in coded))
    held.add("things", len(coded), [" or ".join(sorted(choice)) for choice in missing], len(made), wrong)


def _spanned(
    held: Held,
    kind: str,
    field: str,
    made: Sequence[_Made],
    same: Callable[[Row, _Made], bool],
    spared: Callable[[_Made], bool],
) -> None:
    """Count a kind whose entries have spans; what is spared is wrong only where something else is coded."""
    rows = [(row, held.coded.places(str(row[field]))) for row in held.coded.rows[kind if field == "span" else "speech"]]
    found, right, met = set[int](), set[int](), set[int]()
    for i, (row, places) in enumerate(rows):
        for j, one in enumerate(made):
            if overlap(places, one.start, one.end) >= _SOME:
                met.add(j)
                if same(row, one):
                    found.add(i)
                    right.add(j)
    missing = [_shown(row) for i, (row, _) in enumerate(rows) if i not in found]
    counted = [j for j, one in enumerate(made) if j in met or not spared(one)]
    words = held.coded.text.original
    wrong = [f"{words[made[j].start : made[j].end]}: {_told(made[j])}" for j in counted if j not in right]
    held.add(kind, len(rows), missing, len(counted), wrong)


def _whole(held: Held, kind: str, made: Sequence[_Any], same: Callable[[Row, _Any], bool]) -> None:
    """Count a kind whose entries hold for the text as a whole."""
    rows = held.coded.rows[kind]
    missing = [_shown(row) for row in rows if not any(same(row, one) for one in made)]
    wrong = [_told(one) for one in made if not any(same(row, one) for row in rows)]
    held.add(kind, len(rows), missing, len(made), wrong)


def _same_speaker(row: Row, made: Segment) -> bool:
    """The one coded; or the body spoken for, where the reader names no person."""
    speaker = made.speaker
    own = "" if speaker.person else speaker.organisation
    if fits(leaves(row["speaker"]), speaker.person, speaker.label, own):
        return True
    return not speaker.person and speaker.kind != "person" and fits(leaves(row["organisation"]), speaker.organisation)


def _same_quantity(row: Row, made: Quantity) -> bool:
    if str(row["unit"]).lower() != made.unit.lower():
        return False
    ends = [float(number) if number else None for number in leaves(row["number"])]
    if len(ends) == 1:
        return any(_near(ends[0], number) for number in (made.low, made.high, made.number))
    low, high = ends
    narrow = low is not None and high is not None and high - low <= _NARROW * high
    if narrow and low is not None and high is not None and low <= made.number <= high:
        return True
    return _near(low, made.low) and _near(high, made.high)


def _near(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=_CLOSE)


def _same_day(row: Row, made: Found) -> bool:
    return str(row["day"]) == made.value.removesuffix("/..")


def _same_statement(row: Row, made: Statement) -> bool:
    about = leaves(row["about"])[0].removeprefix("instrument:")
    other = about and made.instruments and about not in made.instruments
    voice = fits(leaves(row["speaker"]), made.speaker, made.organisation, made.speaker_label)
    return made.stance in leaves(row["stance"]) and voice and not other


def _same_tie(row: Row, made: Tie) -> bool:
    ends = fits(leaves(row["from"]), made.subject) and fits(leaves(row["to"]), made.object)
    return str(row["kind"]) == made.kind and ends


def _shown(row: Row) -> str:
    return ", ".join(f"{key} {value}" for key, value in row.items())


def _told(made: object) -> str:
    match made:
        case Segment(speaker=speaker):
            return " ".join(filter(None, (speaker.person, speaker.organisation, speaker.label)))
        case Quantity():
            return f"{made.low} to {made.high} {made.unit}"
        case Found():
            return made.value
        case Statement():
            who = made.speaker or made.speaker_label or made.organisation
            return f"{who} {made.stance} {' '.join(made.instruments)} [{made.made_by}]"
    return str(made)
