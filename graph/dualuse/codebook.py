"""The codebook: every table of the curated data and every field of its rows, read off the records themselves."""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Annotated, Literal, Union, get_args, get_origin, get_type_hints

from dualuse.dates import PartialDate
from dualuse.errors import UsageError
from dualuse.load.curated import Curated
from dualuse.load.tables import TABLES, Table
from dualuse.records.base import Key, PlaceKey, Record, Share, Text, field_order
from dualuse.records.law import Bearer, Measure
from dualuse.records.sources import Dataset, Url

BEGIN = "<!-- codebook: from here on written by scripts/codebook -->"
END = "<!-- codebook ends -->"

_WORDS: tuple[tuple[object, str], ...] = (
    (Key, "key"),
    (PlaceKey, "place key"),
    (Text, "text"),
    (Url, "web address"),
    (Share, "number from 0 to 100"),
    (PartialDate, "date"),
    (float, "number"),
    (int, "whole number"),
    (str, "code"),  # a text held to a pattern; the meaning says which code
)
_PLURALS = {
    "key": "keys",
    "place key": "place keys",
    "text": "texts",
    "date": "dates",
    "part, see below": "parts, see below",
}
_ALLOWED: dict[tuple[type[Record], str], object] = {(Measure, "bearers"): tuple[Bearer, ...]}
"""Fields whose values the record checks itself, so that their type does not tell them."""

_LONGEST_EXAMPLE = 48
_HEADER = "| field | type | required | blank | example | meaning |\n|---|---|---|--:|---|---|"


def codebook(curated: Curated) -> str:
    """Describe every table and every field as Markdown.

    Args:
        curated: The records, for counts and examples.

    Returns:
        A list of the tables, and then one section a table. Same records, same text.
    """
    lines = ["| table | rows | a row is |", "|---|--:|---|"]
    for table in TABLES:
        count = len(curated.tables[table.name])
        lines.append(f"| [{table.name}](#{_anchor(table.name)}) | {count} | {_what(table.record)} |")
    sections = ["\n".join(lines)]
    for table in TABLES:
        sections += _sections(table, curated.tables[table.name])
    opening = "### dataset\n\n`data/dataset.yml`: what this dataset is and how far its record reaches."
    sections.append(f"{opening}\n\n{_fields(Dataset, [curated.dataset], {})}")
    return "\n\n".join(sections) + "\n"


def insert(page: str, text: str) -> str:
    """Put a codebook into a page, between its two markers.

    Raises:
        UsageError: the page lacks a marker.
    """
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise UsageError(f"the page has no place for the codebook; put the lines {BEGIN!r} and {END!r} back into it")
    return f"{before}{BEGIN}\n\n{text}\n{END}{after}"


def undescribed() -> list[str]:
    """Fields of any record that nothing explains, as ``Record.field``."""
    records: set[type[Record]] = {Dataset, *(table.record for table in TABLES)}
    for record in tuple(records):
        records.update(_parts(record))
    return sorted(
        f"{record.__name__}.{name}"
        for record in records
        for name, field in record.model_fields.items()
        if not field.description
    )


def _sections(table: Table, records: Mapping[str, Record]) -> Iterator[str]:
    """Give the section of a table and those of the parts its records hold."""
    rows = list(records.values())
    unit = "file" if table.form == "yaml" else "row"
    opening = f"`{_files(table)}`, {_count(len(rows), unit)}: {_what(table.record)}."
    key = ""
    if table.form == "yaml":
        key = f"| *file stem* | key | yes | 0 | {_code(next(iter(records), ''))} | Names the thing; never renamed. |\n"
    yield f"### {table.name}\n\n{opening}\n\n{_fields(table.record, rows, table.references, key)}"
    for part, name in _parts(table.record).items():
        held = [inner for row in rows for inner in _held(row, part) if not _blank(inner)]
        title = f"#### {table.name}: {name}"
        yield f"{title}\n\n{_count(len(held), 'entry', 'entries')}.\n\n{_fields(part, held, table.references)}"


def _fields(record: type[Record], rows: Sequence[Record], references: Mapping[str, str], first_row: str = "") -> str:
    lines = []
    for name in field_order(record):
        field = record.model_fields[name]
        values = [getattr(row, name) for row in rows]
        kept = [value for value in values if not _blank(value)]
        cells = (
            f"`{name}`",
            _type(record, name, references),
            "yes" if field.is_required() else "no",
            str(len(values) - len(kept)),
            _code(_plain(kept[0])) if kept else "",
            (field.description or "").replace("``", "`"),
        )
        lines.append(f"| {' | '.join(cells)} |")
    return f"{_HEADER}\n{first_row}" + "\n".join(lines)


def _type(record: type[Record], name: str, references: Mapping[str, str]) -> str:
    """Say in words what a field takes and, for a reference, where it points."""
    hint = _ALLOWED.get((record, name)) or get_type_hints(record, include_extras=True)[name]
    target = "sources" if name == "sources" else references.get(name)
    return _words(hint) if target is None else f"{_words(hint)} → {target}"


def _words(hint: object) -> str:
    """Say in words what a type takes."""
    known = next((words for type_, words in _WORDS if type_ == hint), None)
    if known is not None:
        return known
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _words(arguments[0])
    if origin is Literal:
        return " or ".join(f"`{value}`" for value in arguments) if len(arguments) < 3 else _listed(arguments)
    if origin in (Union, types.UnionType):
        return _words(next(argument for argument in arguments if argument is not types.NoneType))
    if origin is tuple:
        inner = _words(arguments[0])
        return f"list of {_PLURALS.get(inner, inner.removeprefix('one of '))}"
    if origin is dict:
        return "mapping"
    return "part, see below" if _record_in(hint) is not None else str(hint)


def _listed(values: Iterable[object]) -> str:
    return "one of " + ", ".join(f"`{value}`" for value in values)


def _parts(record: type[Record]) -> dict[type[Record], str]:
    """Kinds of record inside a record, at any depth, with the field that first holds them."""
    found: dict[type[Record], str] = {}
    todo = [record]
    while todo:
        holder = todo.pop()
        hints = get_type_hints(holder)
        for name in field_order(holder):
            part = _record_in(hints[name])
            if part is not None and part not in found:
                found[part] = name
                todo.append(part)
    return found


def _held(value: object, kind: type[Record]) -> Iterator[Record]:
    """Give the records of a kind inside a value, at any depth."""
    inner = value if isinstance(value, tuple) else ()
    if isinstance(value, Record):
        inner = tuple(getattr(value, name) for name in type(value).model_fields)
    for part in inner:
        if isinstance(part, kind):
            yield part
        yield from _held(part, kind)


def _record_in(hint: object) -> type[Record] | None:
    if isinstance(hint, type) and issubclass(hint, Record):
        return hint
    return next((part for part in map(_record_in, get_args(hint)) if part is not None), None)


def _blank(value: object) -> bool:
    if isinstance(value, Record):
        return all(_blank(getattr(value, name)) for name in type(value).model_fields)
    return value is None or value in ((), {})


def _plain(value: object) -> str:
    """A value as it stands in a file, or nothing for a part."""
    if isinstance(value, tuple):
        return " | ".join(filter(None, map(_plain, value)))
    if isinstance(value, Record | dict):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _code(text: str) -> str:
    """A value in a table cell, cut short if it is long."""
    if len(text) > _LONGEST_EXAMPLE:
        text = text[:_LONGEST_EXAMPLE].rstrip(" |") + " …"
    escaped = text.replace("|", r"\|").replace("`", "'")
    return f"`{escaped}`" if escaped else ""


def _count(number: int, singular: str, plural: str = "") -> str:
    return f"{number} {singular if number == 1 else plural or f'{singular}s'}"


def _files(table: Table) -> str:
    return {
        "csv": f"data/{table.name}.csv",
        "csv-folder": f"data/{table.name}/*.csv",
        "yaml": f"data/{table.name}/<key>.yml",
    }[table.form]


def _what(record: type[Record]) -> str:
    """First sentence of a record's docstring, without the file it names."""
    summary = (record.__doc__ or "").split("\n\n")[0].strip()
    return summary.split("``: ", 1)[-1].rstrip(".").replace("``", "`")


def _anchor(title: str) -> str:
    return title.replace("/", "")
