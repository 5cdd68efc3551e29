"""The codebook: every table of the curated data and every field of its rows, read off the records themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, get_origin

from dualuse.dates import PartialDate
from dualuse.errors import UsageError
from dualuse.load.curated import Curated
from dualuse.model.base import field_order
from dualuse.model.fields import Field, fields_of
from dualuse.model.meanings import meanings
from dualuse.model.rereadings import Rereading
from dualuse.model.sources import Dataset
from dualuse.model.speech import Statement
from dualuse.model.tables import TABLES, Table, table_of
from dualuse.model.values import SCHEMES
from dualuse.rereadings import by_round, judged, outright

BEGIN = "<!-- codebook: from here on written by scripts/regenerate -->"
END = "<!-- codebook ends -->"

_WORDS = {PartialDate: "date", float: "number", int: "whole number", str: "code"}
"""Type -> what it takes, where the form of a field does not say it."""
_PLURALS = {"date": "dates", "part, see below": "parts, see below"}

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
        lines.append(f"| [{table.name}](#{table.name.replace('/', '')}) | {count} | {_what(table.record)} |")
    sections = ["\n".join(lines)]
    for table in TABLES:
        sections += _sections(table, curated.tables[table.name])
    counts = {name: len(records) for name, records in curated.tables.items()}
    readings = curated.tables["rereadings"].values()
    at = next(place for place, text in enumerate(sections) if text.startswith("### rereadings"))
    sections.insert(at + 1, read_again(readings, counts))
    at = next(place for place, text in enumerate(sections) if text.startswith("### enforcement"))
    sections.insert(at, own_words(curated.tables["statements"].values()))
    opening = "### dataset\n\n`data/dataset.yml`: what this dataset is and how far its record reaches."
    sections.append(f"{opening}\n\n{_fields(Dataset, [curated.dataset])}")
    return "\n\n".join(sections) + "\n"


_AGAIN = """#### rereadings: how often the record was wrong

A fact is one field of one thing; a table's things are its rows and their parts. False as recorded is what differed and
was mended, or is open still; the error rate is its share of the facts that a text was at hand for, with its interval of
95 percent (Wilson). The rounds are counted apart."""
_ROUNDS = {
    "first": """##### The first round: facts that were chosen, before the mends

Facts were chosen, not drawn by lot: the rate tells of what was read, as it stood before what differed was mended.""",
    "sample": """##### The sample: facts drawn by lot, after the mends

Once all differences of the first round had been dealt with, things that it had found a text for were drawn by lot
within each kind (`random.Random(20261129)`), and all their fields that it had looked at were compared once more, with
texts that were looked for anew. What the sample finds is mended too, so the record is better by that than the rate
says. It tells nothing of things that no text was at hand for; the interval takes facts as drawn one by one, though
they were drawn by things.""",
    "second-sample": """##### The second sample: facts drawn by lot, after statements and products were read once more

What the record says now. Nearly all that the sample found false stood in statements, so all statements and products
that it had not drawn were read once more, and mended. Then things that the first round had found a text for were drawn
by lot out of all of them, each as likely as any other whatever its kind (`random.Random(20261130)`), and read as those
of the sample were; what holds of its rate holds of this one. Its last line weighs tables as the record does, that of
the sample as it was drawn.""",
    "judgements": """##### The judgements: stances and grounds, coded once more of all statements with a text at hand

What the second sample found false was judged by a definition more often than read. So the stance and the grounds of
every statement were coded once more from a text, before what stands on record was looked at, and what differed was
decided by the definition and mended. Facts were chosen, not drawn by lot, and read as they stood before the mends: the
rate tells how two readers code alike, and what was put right, not what is false now.""",
    "third-sample": """##### The third sample: facts drawn by lot, after the judgements

What the record says now. Seventy things that the first round had found a text for were drawn by lot out of all of them
(`random.Random(20261202)`), and read by three readers who had entered or mended none of them, one a half and two a
quarter each.""",
}
_JUDGED = """Of these, what is read off a text (days, parties, figures, members of groups): {false} of {read} false, \
{rate}.
What is judged by a definition (the stance of a statement, and its grounds), which two readers may code otherwise:
{otherwise} of {coded} false, {coded_rate}.
Of the {all} false of this round, {short} only said less than the text: a blank, a list of grounds without one of them,
a month where the day is known. What the record said outright and the text does not bear out: {outright} of {facts},
{outright_rate}."""
_COLUMNS = "table, rows, things read again, facts read again, agree, differ, not at hand, false as recorded, error rate"
_HEAD = f"| {' | '.join(_COLUMNS.split(', '))} |\n|---|{'--:|' * 8}"


def read_again(readings: Iterable[Rereading], counts: Mapping[str, int]) -> str:
    """The tables of what came of second readings, one a round, as Markdown.

    Args:
        counts: Number of rows of each table.
    """
    sections, known = [_AGAIN], list(readings)
    for each, found in by_round(known).items():
        lines = [
            f"| {tally.table} | {counts.get(tally.table, '')} | {' | '.join(map(str, tally[1:]))} | {tally.told} |"
            for tally in found
        ]
        of_round = [reading for reading in known if reading.round == each]
        of_read, of_coded = judged(of_round)
        wrong = outright(of_round)
        told = _JUDGED.format(
            read=of_read.readable,
            false=of_read.false,
            rate=of_read.told or "no rate",
            coded=of_coded.readable,
            otherwise=of_coded.false,
            coded_rate=of_coded.told or "no rate",
            all=of_read.false + of_coded.false,
            short=of_read.false + of_coded.false - wrong.false,
            outright=wrong.false,
            facts=wrong.readable,
            outright_rate=wrong.told or "no rate",
        )
        sections += [_ROUNDS[each], "\n".join([_HEAD, *(lines or ["| none yet |  |  |  |  |  |  |  |  |"])]), told]
    return "\n\n".join(sections)


_OWN = """#### statements: how many rest on the speaker's own text

{read} of {all} statements rest on the speaker's own text or a transcript of it, {copied} of them on a copy of one; of
{unopened} more the address is on record, but the page was not opened. For the rest the value of `primary` says why not,
and `primary_note` what was looked for.

| `primary` | statements |
|---|--:|
"""


def own_words(statements: Iterable[Statement]) -> str:
    """The table of how many statements rest on a primary text, and why others do not, as Markdown."""
    found: Counter[str | None] = Counter(statement.primary for statement in statements)
    opening = _OWN.format(
        read=found["read"] + found["copy-read"],
        all=found.total(),
        copied=found["copy-read"],
        unopened=found["not-opened"],
    )
    lines = [f"| {_code(value)} | {found[value]} |" for value in SCHEMES["primary-text"]]
    return opening + "\n".join([*lines, f"| *blank* | {found[None]} |"] if found[None] else lines)


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
    records: set[type[Any]] = {Dataset, *(table.record for table in TABLES)}
    for record in tuple(records):
        records.update(_parts(record))
    return sorted(
        f"{record.__name__}.{field.name}"
        for record in records
        for field in fields_of(record)
        if not meanings(record).get(field.name)
    )


def _sections(table: Table, records: Mapping[str, Any]) -> Iterator[str]:
    """Give the section of a table and those of the parts its records hold."""
    rows = list(records.values())
    unit = {"yaml": "file", "beside": "file", "mapping": "entry"}.get(table.form, "row")
    opening = (
        f"`{_files(table)}`, {_count(len(rows), unit, 'entries' if unit == 'entry' else '')}: {_what(table.record)}."
    )
    key = ""
    if table.form in ("yaml", "mapping", "beside"):
        stem = "key of the entry" if table.form == "mapping" else "file stem"
        key = f"| *{stem}* | key | yes | 0 | {_code(next(iter(records), ''))} | Names the thing; never renamed. |\n"
    yield f"### {table.name}\n\n{opening}\n\n{_fields(table.record, rows, key)}"
    for part, name in _parts(table.record).items():
        held = [inner for row in rows for inner in _held(row, part) if not _blank(inner)]
        title = f"#### {table.name}: {name}"
        yield f"{title}\n\n{_count(len(held), 'entry', 'entries')}.\n\n{_fields(part, held)}"


def _fields(record: type[Any], rows: Sequence[Any], first_row: str = "") -> str:
    lines = []
    fields = {field.name: field for field in fields_of(record)}
    for name in field_order(record):
        field = fields[name]
        values = [getattr(row, name) for row in rows]
        kept = [value for value in values if not _blank(value)]
        cells = (
            f"`{name}`",
            _type(field),
            "yes" if field.required else "no",
            str(len(values) - len(kept)),
            _code(_plain(kept[0])) if kept else "",
            meanings(record)[name].replace("``", "`"),
        )
        lines.append(f"| {' | '.join(cells)} |")
    return f"{_HEADER}\n{first_row}" + "\n".join(lines)


def _type(field: Field) -> str:
    """Say in words what a field takes and, for a reference, where it points."""
    words = _words(field)
    if field.many is not None:
        plural = field.form.plural if field.form is not None else _PLURALS.get(words, "")
        words = f"list of {plural or words.removeprefix('one of ')}"
    target = table_of(field)
    return words if target is None else f"{words} → {target}"


def _words(field: Field) -> str:
    """Say in words what one value of a field is."""
    if field.values:
        listed = [f"`{value}`" for value in field.values]
        return " or ".join(listed) if len(listed) < 3 else f"one of {', '.join(listed)}"
    if field.form is not None:
        return field.form.words
    if field.part is not None:
        return "part, see below"
    origin = get_origin(field.type)
    return _WORDS[field.type] if origin is None else "two dates" if origin is tuple else "mapping"


def _parts(record: type[Any]) -> dict[type[Any], str]:
    """Kinds of record inside a record, at any depth, with the field that first holds them."""
    found: dict[type[Any], str] = {}
    todo = [record]
    while todo:
        holder = todo.pop()
        parts = {field.name: field.part for field in fields_of(holder)}
        for name in field_order(holder):
            part = parts[name]
            if part is not None and part not in found:
                found[part] = name
                todo.append(part)
    return found


def _held(value: object, kind: type[Any]) -> Iterator[Any]:
    """Give the records of a kind inside a value, at any depth."""
    for part in value if isinstance(value, tuple) else _inner(value):
        if isinstance(part, kind):
            yield part
        yield from _held(part, kind)


def _inner(value: object) -> list[Any]:
    return [getattr(value, field.name) for field in fields_of(type(value))] if hasattr(value, "about") else []


def _blank(value: object) -> bool:
    return all(map(_blank, _inner(value))) if hasattr(value, "about") else value is None or value in ((), {})


def _plain(value: object) -> str:
    """A value as it stands in a file, or nothing for a part."""
    if isinstance(value, tuple):
        return " | ".join(filter(None, map(_plain, value)))
    if isinstance(value, dict) or hasattr(value, "about"):
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
        "mapping": f"data/{table.name}.yml",
        "beside": f"data/{table.name.replace('.', '/<key>.')}.yml",
    }[table.form]


def _what(record: type[Any]) -> str:
    """First sentence of a record's docstring, as the end of a sentence."""
    summary = (record.__doc__ or "").split("\n\n")[0].strip().split("``: ", 1)[-1].rstrip(".").replace("``", "`")
    return summary if summary[1].isupper() else summary[0].lower() + summary[1:]
