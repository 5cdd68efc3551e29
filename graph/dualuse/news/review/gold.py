"""Tables coded by hand: entities with their surface forms, and claims with spans, made ready to score a reading."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path

from dualuse.errors import CuratedDataError, Problem, UsageError
from dualuse.load.files import read_yaml
from dualuse.news.text.passages import Text
from dualuse.reading import lines
from dualuse.resources import root

_CLAIM_COLUMNS = {
    "passage_no",
    "char_start",
    "char_end",
    "attributed_to",
    "subject",
    "predicate",
    "object_value",
    "unit",
}
_NUMBERS = ("passage_no", "char_start", "char_end")
_ENTITY_COLUMNS = {"entity_id", "entity_type", "surface_forms", "iso_code"}
_FORM = re.compile(r"^(?P<form>.+?)(?: \((?P<context>[^()]*)\))?$")
_ASIDE = re.compile(r"^\(.*\)$")


@dataclass(frozen=True)
class Coding:
    """How a table is read: words as coded -> words of the reader."""

    speakers: Mapping[str, str]
    units: Mapping[str, str]
    predicates: Mapping[str, frozenset[str]]
    types: Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class GoldClaim:
    """A claim as coded, its span in the whole text."""

    key: str
    passage: int
    start: int
    end: int
    speaker: str
    subject: str
    predicate: str
    attributes: frozenset[str]
    value: str
    unit: str


@dataclass(frozen=True, order=True)
class GoldMention:
    """A mention as coded."""

    start: int
    end: int
    entity: str
    kinds: frozenset[str]
    iso: str
    text: str


def read_coding(folder: Traversable | None = None) -> Coding:
    """Read ``data/news/gold.yml``.

    Raises:
        CuratedDataError: it is missing or wrong.
    """
    problems: list[Problem] = []
    row = read_yaml("news/gold.yml", (folder or root("data") / "news") / "gold.yml", problems)
    if row is None or problems:
        raise CuratedDataError(problems)
    parts: dict[str, dict[str, str]] = {}
    for name in ("speakers", "units", "predicates", "types"):
        section = row.values.get(name)
        if not isinstance(section, dict):
            raise CuratedDataError([Problem(row.file, row.line, name, "the section is missing")])
        parts[name] = {str(key): str(value) for key, value in section.items()}
    split = {
        name: {key: frozenset(value.split()) for key, value in parts[name].items()} for name in ("predicates", "types")
    }
    return Coding(parts["speakers"], parts["units"], split["predicates"], split["types"])


def read_rows(path: Path) -> tuple[str, list[dict[str, str]]]:
    """Rows of a table and which of the two it is: ``claims`` or ``entities``.

    Raises:
        UsageError: it cannot be read, or is neither.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(lines(file, path), strict=True)
            rows = [(reader.line_num, row) for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"{path} cannot be read as a CSV table in UTF-8: {error}") from None
    columns = set(rows[0][1]) if rows else set()
    for kind, needed in (("claims", _CLAIM_COLUMNS), ("entities", _ENTITY_COLUMNS)):
        if columns >= needed and rows:
            for line, row in rows:
                _check_row(f"{path}:{line}", row, needed)
            return kind, [row for _, row in rows]
    raise UsageError(
        f"{path} is no table to score against: it needs the columns {', '.join(sorted(_CLAIM_COLUMNS))} "
        f"(claims), or {', '.join(sorted(_ENTITY_COLUMNS))} (entities), and a row"
    )


def _check_row(where: str, row: Mapping[str, str | None], needed: Iterable[str]) -> None:
    """Refuse a row that has too few cells, or words where a number is needed."""
    for name in sorted(needed):
        cell = row.get(name)
        if cell is None:
            raise UsageError(f"{where}: the row has no cell for {name}; check the commas and quotes")
        if name in _NUMBERS and not re.fullmatch(r"\d{1,9}", cell, re.ASCII):
            raise UsageError(f"{where}: {name} {cell[:50]!r} is not a whole number")


def gold_claims(rows: Iterable[Mapping[str, str]], text: Text, coding: Coding) -> list[GoldClaim]:
    """Claims of a table, in the order of the text.

    Raises:
        UsageError: a row points outside the text, or uses a word the coding does not know.
    """
    passages = {passage.number: passage for passage in text.passages}
    found = []
    for row in rows:
        passage = passages.get(int(row["passage_no"]))
        if passage is None or int(row["char_end"]) > len(passage.text):
            raise UsageError(
                f"gold claim {row.get('id', '?')} points outside {text.name}; is it the table of this text?"
            )
        if row["predicate"] not in coding.predicates and not _ASIDE.match(row["predicate"]):
            raise UsageError(f"gold predicate {row['predicate']!r} is not in data/news/gold.yml; add it there")
        found.append(
            GoldClaim(
                row.get("id", ""),
                passage.number,
                passage.start + int(row["char_start"]),
                passage.start + int(row["char_end"]),
                _speaker(row["attributed_to"], coding),
                row["subject"],
                row["predicate"],
                coding.predicates.get(row["predicate"], frozenset()),
                row["object_value"],
                coding.units.get(row["unit"], "date" if row["unit"] == "date" else ""),
            )
        )
    return found


def _speaker(words: str, coding: Coding) -> str:
    if _ASIDE.match(words):
        return ""
    return coding.speakers.get(words, words)


def gold_mentions(rows: Iterable[Mapping[str, str]], text: Text, coding: Coding) -> list[GoldMention]:
    """Mentions that a table of surface forms means in a text: the leftmost first, of those the longest."""
    found: list[GoldMention] = []
    loose: list[GoldMention] = []
    for row in rows:
        kinds = next(
            (
                kinds
                for name, kinds in sorted(coding.types.items(), reverse=True)
                if row["entity_type"].startswith(name)
            ),
            frozenset(),
        )
        for form in filter(str.strip, row["surface_forms"].split(" | ")):
            for start, end, sure in _places(form.strip(), text):
                mention = GoldMention(start, end, row["entity_id"], kinds, row["iso_code"], text.original[start:end])
                (found if sure else loose).append(mention)
    certain = {(mention.start, mention.end) for mention in found}
    found += [mention for mention in loose if (mention.start, mention.end) not in certain]
    return list(_longest(found))


def _places(form: str, text: Text) -> Iterator[tuple[int, int, bool]]:
    """Where a form stands; one with a context in brackets only there."""
    match = _FORM.match(form)
    words, context = (form, "") if match is None else (match["form"], match["context"] or "")
    if form in text.original:
        words, context = form, ""
    around = words if not context else context if words in context else words + context
    if context and around not in text.original:
        dateline = context == "dateline"
        for hit in re.finditer(re.escape(words), text.original):
            in_dateline = text.plain[hit.end() : hit.end() + 1].isdigit()
            if in_dateline == dateline:
                yield hit.start(), hit.end(), dateline
        return
    offset = around.index(words)
    # letters must not go on into a word
    edge = r"(?<![A-Za-z0-9])" if words[0].isascii() else ""
    tail = r"(?![A-Za-z0-9])" if words[-1].isascii() and words[-1].isalnum() else ""
    for hit in re.finditer(edge + re.escape(around) + tail, text.original):
        yield hit.start() + offset, hit.start() + offset + len(words), True


def _longest(found: Iterable[GoldMention]) -> Iterator[GoldMention]:
    reached = 0
    for mention in sorted(found, key=lambda m: (m.start, -m.end, m.entity)):
        if mention.start >= reached:
            yield mention
            reached = mention.end
