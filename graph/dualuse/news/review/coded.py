"""Texts coded by hand, one file each, in the form that ``tests/news/gold/README.md`` describes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast

from dualuse.errors import CuratedDataError, Problem, UsageError
from dualuse.load.files import read_yaml
from dualuse.news.text.passages import Text, make_text

HALVES = ("development", "blind")
KINDS = ("speech", "quantities", "dates", "claims", "statements", "relations", "not")
_FIELDS = ("text", "date", "lang", "relevant", "things", *KINDS)
_LINE = re.compile(r"\s*\n\s*")
_GAP = " … "
Row = Mapping[str, object]
Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class CodedText:
    """A text and what a careful reader takes from it.

    Args:
        name: Stem of the file.
        text: The text.
        written: Day it was written.
        language: ``en``, ``zh-Hans`` or ``zh-Hant``.
        half: ``development`` or ``blind``; empty where the file does not say.
        relevant: Whether it is on topic.
        things: What it mentions; of the keys of one thing each will do.
        rows: Entries of each of :data:`KINDS`.
    """

    name: str
    text: Text
    written: date
    language: str
    half: str
    relevant: bool
    things: tuple[frozenset[str], ...]
    rows: Mapping[str, Sequence[Row]]

    def places(self, span: str) -> list[Spans]:
        """Where a span stands: for each of its occurrences the parts of it, as offsets into the text."""
        joined, offsets = self._joined()
        found: list[Spans] = []
        parts = [part for part in span.split(_GAP) if part.strip()]
        start = joined.find(parts[0]) if parts else -1
        while start >= 0:
            at, spans = start, []
            for part in parts:
                at = joined.find(part, at)
                if at < 0:
                    return found
                spans.append((offsets[at], offsets[at + len(part) - 1] + 1))
                at += len(part)
            found.append(tuple(spans))
            start = joined.find(parts[0], start + 1)
        return found

    def _joined(self) -> tuple[str, list[int]]:
        """The text with its lines joined, and for each code point its offset in the text as it stands."""
        original, between = self.text.original, " " if self.language == "en" else ""
        joined, offsets, at = "", list[int](), 0
        for gap in _LINE.finditer(original):
            joined += original[at : gap.start()] + between
            offsets += [*range(at, gap.start()), *[gap.start()] * len(between)]
            at = gap.end()
        return joined + original[at:], [*offsets, *range(at, len(original))]


def read_coded(folder: Path, half: str = "") -> list[CodedText]:
    """Texts of a folder in the order of their names, of one half if asked for.

    Raises:
        UsageError: there is no such text in the folder.
        CuratedDataError: a file lacks a field.
    """
    problems: list[Problem] = []
    found = [text for path in sorted(folder.glob("*.yml")) if (text := _read(path, problems)) is not None]
    if problems:
        raise CuratedDataError(problems)
    kept = [text for text in found if half in ("", text.half)]
    if not kept:
        raise UsageError(f"no coded text{' of the half ' + half if half else ''} in {folder}: one YAML file a text")
    return kept


def leaves(value: object) -> list[str]:
    """What a field holds, or each of its list of which any will do; an empty string where it is null."""
    return ["" if one in (None, "null", "~") else str(one) for one in (value if isinstance(value, list) else [value])]


def _read(path: Path, problems: list[Problem]) -> CodedText | None:
    row = read_yaml(path.name, path, problems)
    if row is None:
        return None
    values = row.values
    missing = [field for field in _FIELDS if field not in values]
    missing += [kind for kind in ("things", *KINDS) if kind in values and not isinstance(values[kind], list)]
    if missing:
        problems.append(Problem(path.name, 1, "?", f"lacks {', '.join(missing)}: see tests/news/gold/README.md"))
        return None
    day = str(values["date"])
    try:
        written = date.fromisoformat(day)
    except ValueError:
        problems.append(Problem(path.name, row.line_of(("date",)), "date", f"{day!r} is not a day; write YYYY-MM-DD"))
        return None
    things = cast(list[object], values["things"])
    return CodedText(
        path.stem,
        make_text(path.stem, str(values["text"])),
        written,
        str(values["lang"]),
        str(values.get("half", "")),
        values["relevant"] == "true",
        tuple(frozenset(leaves(thing)) for thing in things),
        {kind: cast(list[Row], values[kind]) for kind in KINDS},
    )
