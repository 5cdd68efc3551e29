"""Paragraphs of a section of the regulations: their levels stand only in the marks at their beginnings.

The levels are (a), (1), (i), (A), and again (1) and (i) in slanted letters. An (i) is the letter behind (h) or the
first of the Roman numerals; what decides is which of (j) and (ii) comes first behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from dualuse.feeds.ecfrxml import SLANT, UPRIGHT, fold_dashes

_MARK = re.compile(
    rf"\s*(?P<slant>{SLANT}?)\((?P<inner>{SLANT}?)\s*(?P<mark>[A-Za-z]{{1,5}}|[0-9]{{1,2}})\s*{UPRIGHT}?\)\s*{UPRIGHT}?"
)
_TO = re.compile(r"\s*(?:-|through|to|and)\s*(?=\()", re.IGNORECASE)
_RESERVED = re.compile(r"\W*\[?reserved\b", re.IGNORECASE)
_HEADING = re.compile(rf"\s*{SLANT}[^{UPRIGHT}]{{1,300}}{UPRIGHT}\s*[.:-]*\s*(?={SLANT}?\()")
_DASH = re.compile(rf"\s*-+\s*(?={SLANT}?\()")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}
_ROMANS = re.compile(r"(?:x{0,3}|xl)(?:ix|iv|v?i{0,3})$")
_NUMERALS = 2
_SLANTED = 4
_LEVELS = 6


@dataclass(frozen=True)
class Mark:
    """A mark such as ``(a)``; of a range such as ``(c)-(e)``, its first and its last."""

    text: str
    slanted: bool = False
    last: str = ""


@dataclass
class Paragraph:
    """A paragraph: the marks that lead to it, and its lines; the first has the marks."""

    marks: tuple[str, ...]
    lines: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        """As it is cited behind the number of its section: ``(a)(1)(ii)``."""
        return "".join(f"({mark})" for mark in self.marks)


def paragraphs(lines: Sequence[tuple[str, str]]) -> tuple[list[str], list[Paragraph]]:
    """The lines before the first mark, and the paragraphs.

    Args:
        lines: Each block's text, and the same with marks around what is slanted.

    Example:
        >>> told = ["Scope.", "(h) One.", "(1) Two.", "(i) Roman.", "(ii) Roman.", "(i) Letter.", "(j) Letter."]
        >>> [each.key for each in paragraphs([(line, line) for line in told])[1]]
        ['(h)', '(h)(1)', '(h)(1)(i)', '(h)(1)(ii)', '(i)', '(j)']
    """
    begun = [list(_marks(marked)) for _, marked in lines]
    every = [mark for marks in begun for mark in marks]
    before: list[str] = []
    found: list[Paragraph] = []
    values: list[int] = []
    names: list[str] = []
    met = 0
    for (text, _), marks in zip(lines, begun, strict=True):
        placed = False
        for count, mark in enumerate(marks, start=met + 1):
            level = _level(values, mark, every, count)
            if level is None:
                break
            placed = True
            values += [0] * (level - len(values))
            names += [""] * (level - len(names))
            values[level:] = [_value(level, mark.last or mark.text) or 0]
            names[level:] = [mark.text]
        met += len(marks)
        if placed:
            found.append(Paragraph(tuple(filter(None, names)), [text]))
        else:
            (found[-1].lines if found else before).append(text)
    return before, found


def _marks(line: str) -> Iterator[Mark]:
    """The marks at the beginning of a line; a slanted heading or a dash may stand between two."""
    line, at = fold_dashes(line), 0
    while found := _MARK.match(line, at):
        at = found.end()
        last = ""
        if (to := _TO.match(line, at)) and (end := _MARK.match(line, to.end())) and _RESERVED.match(line, end.end()):
            last, at = end["mark"], end.end()
        yield Mark(found["mark"], bool(found["slant"] or found["inner"]), last)
        if between := _HEADING.match(line, at) or _DASH.match(line, at):
            at = between.end()


def _value(level: int, mark: str) -> int | None:
    """Which in its order a mark is at a level; None if it is none of that level."""
    match level:
        case 0 | 3:
            if not (mark.islower() if level == 0 else mark.isupper()) or len(set(mark)) > 1 or len(mark) > 2:
                return None
            return ord(mark[0].lower()) - ord("a") + 1 + 26 * (len(mark) - 1)
        case 1 | 4:
            return int(mark) if mark.isdecimal() else None
        case _:
            return _roman(mark) if mark.islower() and _ROMANS.match(mark) else None


def _roman(mark: str) -> int:
    """A Roman numeral below fifty.

    Example:
        >>> _roman("xiv"), _roman("ix")
        (14, 9)
    """
    digits = [_ROMAN[letter] for letter in mark]
    pairs = zip(digits, [*digits[1:], 0], strict=True)
    return sum(-digit if digit < after else digit for digit, after in pairs)


def _level(values: list[int], mark: Mark, every: Sequence[Mark], behind: int) -> int | None:
    """Level of a mark behind those that hold; None if it is no mark of a paragraph.

    Args:
        values: What holds at each level.
        every: All marks of the section.
        behind: Where the marks behind it begin.
    """
    levels = range(_SLANTED if mark.slanted and len(values) >= _SLANTED else 0, min(len(values) + 1, _LEVELS))
    told = {level: found for level in levels if (found := _value(level, mark.text)) is not None}
    next_ = [level for level, found in told.items() if found == (values[level] + 1 if level < len(values) else 1)]
    if len(next_) > 1:
        return _by_what_follows({level: told[level] for level in next_}, every[behind:])
    if not next_ and len(values) == 1 and _begins_numerals(mark, every[behind:]):
        return _NUMERALS  # (f) and (i), (ii) below it, as in § 740.29, without a (1) between them
    if next_:
        return next_[0]
    skipped = [level for level, found in told.items() if level == len(values) or found > values[level]]
    return max(skipped, default=None)


def _begins_numerals(mark: Mark, behind: Sequence[Mark]) -> bool:
    return mark.text == "i" and bool(behind) and behind[0].text == "ii"


def _by_what_follows(told: dict[int, int], behind: Sequence[Mark]) -> int:
    for mark in behind:
        for level, found in sorted(told.items(), reverse=True):
            if _value(level, mark.text) == found + 1:
                return level
    return max(told)
