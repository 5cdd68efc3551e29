"""The days that a document of the Federal Register names in its prose: since when it applies, and until when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from dualuse.feeds.parse import FIRST, LAST

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_ABBREVIATED = {month[:3]: month for month in _MONTHS} | {"sept": "september"}
_DATE = re.compile(
    r"\b(?P<month>[A-Z][A-Za-z]{2,9})\.?\s*(?P<day>\d{1,2})(?:st|nd|rd|th)?\s*[,.;]?\s*(?P<year>\d{4})\b"
    r"|\b(?P<day2>\d{1,2})\s+(?P<month2>[A-Z][a-z]{2,9})\.?,?\s+(?P<year2>\d{4})\b"
    r"|\b(?P<month3>\d{1,2})/(?P<day3>\d{1,2})/(?P<year3>\d{4})\b"
    r"|\b(?P<year4>\d{4})-(?P<month4>\d{2})-(?P<day4>\d{2})\b"
)
"""Also as misprinted: ``January 13. 2025``, ``January13 2025``, ``Janaury 13, 2025``."""
_SENTENCE = re.compile(r"(?<=[a-z\d)])[.;]\s+(?=[A-Z])|\n\s*\n")
_WORD = re.compile(
    r"(?P<delayed>\b(?:delayed|postponed|extended|stayed)\b)"
    r"|(?P<starts>\beffective\b|\btakes? effect\b|\bin effect\b|\bapplicab(?:le|ility)\b|\bapplies\b"
    r"|\bbecomes? operative\b)"
    r"|(?P<ends>\buntil\b|\bthrough\b|\bexpir\w+|\bends?\b)"
    r"|(?P<other>\bcompl(?:y|iance)\b|\bcomments?\b|\breceived\b|\bsubmit\w*|\bpublished\b|\bincorporation\b|\bapproved\b"
    r"|\bhearing\b|\bmeeting\b|\bdated\b|\bissued\b|\bsigned\b|\bfrom\b)",
    re.IGNORECASE,
)
_ON_PUBLICATION = re.compile(
    r"\beffective\s+(?:immediately\s+)?(?:up)?on\s+(?:the\s+)?(?:date\s+of\s+)?(?:its\s+)?publication", re.IGNORECASE
)


@dataclass(frozen=True)
class Days:
    """The days that prose names.

    Args:
        starts: Since when it applies, one a part that has a day of its own.
        ends: Until when.
        doubt: Why a day could not be read; blank if nothing is left open.
    """

    starts: tuple[date, ...]
    ends: tuple[date, ...]
    doubt: str = ""


def days_of(prose: str, published: date | None) -> Days:
    """Read the days since when and until when a document applies; those of comments and compliance are none of them.

    Args:
        published: When the document was published, for one that is effective on publication.

    Example:
        >>> days_of("This rule is effective January 13. 2025. Comments must be received by May 15, 2025.", None).starts
        (datetime.date(2025, 1, 13),)
    """
    text = " ".join(prose.replace("\n\n", ". ").split())
    starts, ends, wrong, asked = [], [], "", False
    for sentence in _sentences(text):
        words = [word.lastgroup for word in _WORD.finditer(sentence)]
        asked |= "starts" in words
        if _ON_PUBLICATION.search(sentence) and published is not None:
            starts.append(published)
        moved = "delayed" in words
        for kind, found in _dates(sentence, moved):
            if found is None:
                wrong = wrong or "names a day that is none"
            elif kind == "starts":
                starts.append(found)
            elif kind == "ends":
                ends.append(found)
    if asked and not starts:
        wrong = wrong or "says since when, and names no day that can be read"
    return Days(tuple(dict.fromkeys(starts)), tuple(dict.fromkeys(ends)), wrong)


def _sentences(text: str) -> Iterator[str]:
    """Sentences; a full stop inside a date, as misprinted, ends none."""
    inside = [found.span() for found in _DATE.finditer(text)]
    begin = 0
    for stop in _SENTENCE.finditer(text):
        if not any(first <= stop.start() < last for first, last in inside):
            yield text[begin : stop.start()]
            begin = stop.end()
    yield text[begin:]


def _dates(sentence: str, moved: bool) -> Iterator[tuple[str, date | None]]:
    """Each date with what the last word before it makes of it; where a day is moved, only that to which it is."""
    words = list(_WORD.finditer(sentence))
    before = ""
    for found in _DATE.finditer(sentence):
        kinds = [word.lastgroup or "" for word in words if word.end() <= found.start()]
        kind = kinds[-1] if kinds else before
        if moved:
            late = "delayed" in kinds and (
                kind in ("delayed", "ends") or re.search(r"\bto\s*$", sentence[: found.start()])
            )
            kind = "starts" if late else "other"
        before = kind
        if (day := _day(found)) is not _NO_MONTH:
            yield kind, day


_NO_MONTH = date.min
"""Stands for words before two numbers that are no month: ``Order 12 2025``."""


def _day(found: re.Match[str]) -> date | None:
    parts = {name.rstrip("234"): text for name, text in found.groupdict().items() if text}
    month = _month(parts["month"])
    if month is None:
        return _NO_MONTH
    try:
        day = date(int(parts["year"]), month, int(parts["day"]))
    except ValueError:
        return None
    return day if FIRST <= day < LAST else None


def _month(text: str) -> int | None:
    if text.isdigit():
        return int(text)
    name = text.lower()
    name = _ABBREVIATED.get(name, name)
    near = [name] if name in _MONTHS else get_close_matches(name, _MONTHS, 1, 0.8)
    return _MONTHS.index(near[0]) + 1 if near else None
