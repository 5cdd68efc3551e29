"""Which sections, paragraphs, supplements and entries of the regulations a citation of the record names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_ADDED = re.compile(r",?\s+as (?:added|amended|revised|corrected|they go back)\b.*")
_MARKS = r"(?:\([A-Za-z0-9]{1,5}\))"
_SECTION = re.compile(rf"\b(7[3-7]\d\.\d+[a-z]?)({_MARKS}*)")
_MORE = re.compile(rf"(?:,| and|, and)\s+({_MARKS}+)")
_SUPPLEMENT = re.compile(r"Supp(?:lement)?\.? No\.? (\d+) to (?:15 CFR )?part (\d+)(?:, (.*))?", re.IGNORECASE)
_ENTRY = re.compile(r"^(.*?)\bECCN (\d[A-E]\d{3})((?:\.[a-z0-9]+)*)(.*)$")
_ROMAN = re.compile(r"[ivx]+")


class Cited(NamedTuple):
    """A piece of the regulations.

    Args:
        part: Part of title 15 that it is of.
        unit: Section (``742.6``), or key of a supplement or entry in a feed.
        marks: Marks of its paragraph in a section (``("b", "10")``), or the paragraph of an entry (``("a", "1")``).
        piece: Which piece of a supplement or entry is meant, in the citation's words; blank for the whole.
    """

    part: str
    unit: str
    marks: tuple[str, ...] = ()
    piece: str = ""

    @property
    def words(self) -> str:
        """As it is cited."""
        marks = "".join(f"({mark})" for mark in self.marks)
        if self.unit.startswith("supplement-"):
            _, number, _, part = self.unit.split("-")
            return f"Supp. No. {number} to part {part}" + (f", {self.piece}" if self.piece else "")
        if self.unit.startswith("774."):
            entry = f"ECCN {'.'.join((self.unit.rpartition('.')[2], *self.marks))}"
            return f"{entry}, {self.piece}" if self.piece else entry
        return f"15 CFR {self.unit}{marks}" + (f", {self.piece}" if self.piece else "")


def cited(citation: str) -> Iterator[Cited]:
    """The pieces of parts 730 to 774 that a citation names.

    Example:
        >>> [each.words for each in cited("15 CFR 734.4(a)(3), (8) and (9) as amended by 89 FR 96790")]
        ['15 CFR 734.4(a)(3)', '15 CFR 734.4(a)(8)', '15 CFR 734.4(a)(9)']
        >>> [each.words for each in cited("ECCN 3A090.a.1, Supp. No. 1 to 15 CFR part 774, as revised by 88 FR 73458")]
        ['ECCN 3A090.a.1']
        >>> next(cited("Supp. No. 10 to 15 CFR part 748, para. 14"))
        Cited(part='748', unit='supplement-10-to-748', marks=(), piece='para. 14')
    """
    for told in citation.split("; "):
        text = _ADDED.sub("", told)
        if entry := _ENTRY.match(text):
            yield _of_list(entry)
        elif supplement := _SUPPLEMENT.search(text):
            number, part, piece = supplement.groups()
            yield Cited(part, f"supplement-{number}-to-{part}", (), piece or "")
        else:
            yield from _of_sections(text)


def _of_list(found: re.Match[str]) -> Cited:
    before, number, marks, after = found.groups()
    piece = before.strip().removesuffix(" to").strip()
    behind = _SUPPLEMENT.sub("", after).strip(", ")
    return Cited("774", f"774.supplement-1.{number}", tuple(marks.split(".")[1:]), piece or behind)


def _of_sections(text: str) -> Iterator[Cited]:
    found = list(_SECTION.finditer(text))
    for number, each in enumerate(found, start=1):
        marks = _split(each[2])
        rest = text[each.end() : found[number].start() if number < len(found) else len(text)]
        more = list(_MORE.finditer(rest))
        piece = "" if more or len(found) > 1 else rest.strip(" ,")
        yield Cited(each[1].partition(".")[0], each[1], marks, piece)
        for other in more:
            marks = _beside(marks, _split(other[1]))
            yield Cited(each[1].partition(".")[0], each[1], marks)


def _split(marks: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\(([^()]+)\)", marks))


def _kind(mark: str) -> str:
    if mark.isdecimal():
        return "number"
    return "capital" if mark.isupper() else "letter"


def _beside(marks: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    """The marks of a paragraph that is named by its last marks alone, beside another one."""
    for level, mark in enumerate(marks):
        if _kind(mark) == _kind(others[0]) and bool(_ROMAN.fullmatch(mark)) == bool(_ROMAN.fullmatch(others[0])):
            return (*marks[:level], *others)
    return others
