"""Join the lines of a text that was broken at a width, so that each paragraph is a line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

_WIDEST = 200
"""Columns of a line; a text with a longer one has its paragraphs in lines."""
_LEAST, _LEAST_HAN = 60, 72
"""Columns of the widest line of a broken text; in Chinese, 30 characters are a paragraph more often than a line."""
_FULL = 0.6
_ENDED = re.compile(r"[。!?！？.;；:：][」』”\"'’)）]*\s*$")
_ITEM = re.compile(
    r"\s*(?:[*•▲△◆■●※▪–—-]\s*|\(?\d{1,2}[.)、）]\s?(?!\d)|[QA][:：]|[问問答][:：]|有?[记記]者?[问問]|[〔【［\[#<>|]|\d{1,2}[:：]\d\d\b)"
)


def unwrap(text: str) -> str:
    r"""The text with broken lines joined: with a blank, or with nothing where Chinese stands at either side.

    A line goes on in the next one if it is nearly as wide as the widest and no list entry, question or answer begins
    there, where some such line of the block ends in the middle of a sentence. A text whose paragraphs are not divided
    by blank lines is left alone, unless it is one paragraph.

    Example:
        >>> wide = "The rule divides all the places of the world into three tiers, and it puts"
        >>> unwrap(f"A headline\n\n{wide}\ncaps on one of them.").splitlines()[2:]
        ['The rule divides all the places of the world into three tiers, and it puts caps on one of them.']
    """
    lines = text.replace("\r\n", "\n").split("\n")
    widths = [_width(line) for line in lines]
    widest = max(widths)
    han = any(width > len(line.rstrip()) for line, width in zip(lines, widths, strict=True))
    least = _LEAST_HAN if han else _LEAST
    if not least <= widest <= _WIDEST:
        return text
    wide = [width >= _FULL * widest for width in widths]
    ends = "\r\n" if "\r\n" in text else "\n"
    found: list[str] = []
    blocks = list(_blocks(lines))
    for (start, stop), (after, _) in zip(blocks, [*blocks[1:], (len(lines), 0)], strict=True):
        goes_on = [wide[n] and not _ITEM.match(lines[n + 1]) for n in range(start, stop - 1)]
        broken = [on and not _ENDED.search(lines[start + n]) for n, on in enumerate(goes_on)]
        joins = any(broken) if len(blocks) > 1 else bool(broken) and all(broken)
        found.append(lines[start])
        for n in range(start + 1, stop):
            if joins and goes_on[n - start - 1]:
                found[-1] += _joint(lines[n - 1], lines[n]) + lines[n].lstrip()
            else:
                found.append(lines[n])
        found += lines[stop:after]
    return ends.join([*lines[: blocks[0][0]], *found])


def _blocks(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Runs of lines that are not blank, from a number up to another."""
    start = None
    for number, line in enumerate([*lines, ""]):
        if line.strip() and start is None:
            start = number
        elif not line.strip() and start is not None:
            yield start, number
            start = None


def _joint(before: str, line: str) -> str:
    ends = before.rstrip()[-1:] + line.lstrip()[:1]
    return "" if any(character > "\u2e7f" for character in ends) else " "


def _width(line: str) -> int:
    line = line.rstrip()
    return len(line) + sum(1 for c in line if c > "\u2e7f" and unicodedata.east_asian_width(c) in "WF")
