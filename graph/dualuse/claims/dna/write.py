"""Statements of the record as a database of the Discourse Network Analyzer: the same statements give the same bytes."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime

from dualuse.claims.dna import schema
from dualuse.model.speech import Statement

Label = Callable[[str, str], str]
"""Kind and key of a thing -> its name."""
QUOTED = ("text", "language", "check", "confidence")
"""Fields of a quotation."""
_TYPES = (schema.CODED, schema.OTHER)


def to_dna(statements: Iterable[Statement], label: Label) -> bytes:
    """Statements as an SQLite file that the Discourse Network Analyzer 3 opens.

    A document is a statement of the record: its text is our summary and what is quoted, then a line for each measure
    and ground, which is what a statement there marks. What the tables have no place for stands in the notes.

    Args:
        statements: Statements, each with its key.
        label: Names things.
    """
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("PRAGMA page_size = 4096")
        for name, columns in schema.TABLES.items():
            database.execute(f"CREATE TABLE {name} ({', '.join(columns)})")
        _Writer(database, label).write(sorted(statements, key=lambda statement: statement.node.key))
        database.commit()
        return database.serialize()


def cut(text: str) -> str:
    """A text as long as a field may be."""
    return text if len(text) <= schema.MOST else text[: schema.MOST - 1] + "…"


def units(text: str) -> int:
    """Length of a text as the program counts it: in units of UTF-16."""
    return len(text.encode("utf-16-le")) // 2


def concepts(statement: Statement) -> list[str]:
    """What a statement takes its stance on: each measure, or else the topic, with each ground.

    Example: ``instrument:us-ai-diffusion-ifr-2025-01 market-access``.
    """
    subjects = [f"instrument:{key}" for key in statement.instruments] or [f"topic:{statement.topic}"]
    return [f"{subject} {ground}".strip() for subject in subjects for ground in statement.grounds or ("",)]


def concept_name(concept: str, label: Label) -> str:
    """What a concept is called: its measure, and its ground where it has one."""
    subject, _, ground = concept.partition(" ")
    kind, _, key = subject.partition(":")
    title = key if kind == "topic" else label(kind, key)
    return " ".join(f"{title}: {label('ground', ground)}".split()) if ground else " ".join(title.split())


def notes(statement: Statement) -> str:
    """What the tables have no place for, one line each."""
    said = statement.quotation
    lines = {
        "key": statement.node.key,
        "date": "" if statement.date.exact else str(statement.date),
        "topic": statement.topic,
        "speaker_label": statement.speaker_label,
        "demand": statement.demand,
        **({} if said is None else {f"quotation.{name}": getattr(said, name) for name in QUOTED}),
        "venue": _if_cut(statement.venue or ""),
        "primary": statement.primary,
        "primary_note": statement.primary_note,
        "same_as": statement.same_as,
        "sources": _if_cut(schema.JOINED.join(statement.sources)),
        "confidence": statement.confidence,
        "note": statement.note,
    }
    return "\n".join(f"{name}: {' '.join(value.split())}" for name, value in lines.items() if value)


def _if_cut(text: str) -> str:
    return text if len(text) > schema.MOST else ""


class _Writer:
    """Fills the tables, and hands out numbers."""

    def __init__(self, database: sqlite3.Connection, label: Label) -> None:
        self._database = database
        self._label = label
        self._variables = {(kind, name): number for number, (kind, name, _) in enumerate(schema.VARIABLES, start=1)}
        self._attributes: dict[tuple[int, str], int] = {}
        self._entities: dict[tuple[int, str], int] = {}
        self._values: set[tuple[int, str]] = set()

    def write(self, statements: Iterable[Statement]) -> None:
        """Write everything."""
        self._set_up()
        for statement in statements:
            self._document(statement)

    def _add(self, table: str, **values: str | int | None) -> int:
        """Add a row; its number."""
        blanks = ", ".join("?" * len(values))
        text = f"INSERT INTO {table} ({', '.join(values)}) VALUES ({blanks})"  # noqa: S608 - names of our own
        return self._database.execute(text, tuple(values.values())).lastrowid or 0

    def _set_up(self) -> None:
        for name, value in zip(("version", "date"), schema.PROGRAM, strict=True):
            self._add("SETTINGS", Property=name, Value=value)
        self._add("CODERS", Name="Admin", Red=255, Green=255, Blue=0, Password=schema.password_hash(schema.PASSWORD))
        colours = (239, 208, 51), (180, 180, 180)
        for number, (name, colour) in enumerate(zip(_TYPES, colours, strict=True), start=1):
            self._add(
                "STATEMENTTYPES", ID=number, Label=name, **dict(zip(("Red", "Green", "Blue"), colour, strict=True))
            )
        for number, (kind, name, sort) in enumerate(schema.VARIABLES, start=1):
            type_ = _TYPES.index(kind) + 1
            self._add("VARIABLES", ID=number, Variable=name, DataType=sort, StatementTypeId=type_)
            for attribute in schema.ATTRIBUTES if name in schema.NAMED else ():
                added = self._add("ATTRIBUTEVARIABLES", VariableId=number, AttributeVariable=attribute)
                self._attributes[number, attribute] = added

    def _document(self, statement: Statement) -> None:
        """A statement of the record, and what it says on each concept."""
        who = self._label("organisation", statement.organisation)
        day = datetime.combine(statement.date.earliest, datetime.min.time(), UTC)
        lines = [f"{statement.stance}: {concept_name(concept, self._label)}" for concept in concepts(statement)]
        quoted = [f"“{statement.quotation.text}”"] if statement.quotation else []
        text = "\n\n".join((" ".join(statement.summary.split()), *quoted, "\n".join(lines)))
        document = self._add(
            "DOCUMENTS",
            Title=cut(f"{statement.node.key}: {who}, {statement.date}"),
            Text=text,
            Coder=1,
            Author=cut(self._person(statement) or who),
            Source=cut(schema.JOINED.join(statement.sources)),
            Section=cut(statement.venue or ""),
            Notes=notes(statement),
            Type=statement.source_kind,
            Date=int(day.timestamp()),
        )
        start = units(text) - units("\n".join(lines))
        for concept, line in zip(concepts(statement), lines, strict=True):
            self._statement(statement, concept, document, (start, start + units(line)))
            start += units(line) + 1

    def _statement(self, statement: Statement, concept: str, document: int, span: tuple[int, int]) -> None:
        kind = schema.CODED if statement.stance in schema.SIDES and statement.same_as is None else schema.OTHER
        type_ = _TYPES.index(kind) + 1
        added = self._add(
            "STATEMENTS", StatementTypeId=type_, DocumentId=document, Start=span[0], Stop=span[1], Coder=1
        )
        for name, (value, key, sort) in self._named(statement, concept).items():
            variable = self._variables[kind, name]
            entity = self._entity(variable, value, key, sort)
            self._add("DATASHORTTEXT", StatementId=added, VariableId=variable, Entity=entity)
        if kind == schema.CODED:
            variable = self._variables[kind, schema.AGREEMENT]
            self._add("DATABOOLEAN", StatementId=added, VariableId=variable, Value=schema.SIDES[statement.stance])
        else:
            variable = self._variables[kind, schema.STANCE]
            entity = self._entity(variable, statement.stance, "", "")
            self._add("DATASHORTTEXT", StatementId=added, VariableId=variable, Entity=entity)

    def _named(self, statement: Statement, concept: str) -> dict[str, tuple[str, str, str]]:
        """Who speaks, for whom, and on what: name, key, and of what sort it is."""
        ground = concept.partition(" ")[2]
        return {
            "person": (self._person(statement), statement.speaker or "", "person" if statement.speaker else ""),
            "organization": (
                self._label("organisation", statement.organisation),
                statement.organisation,
                "organisation",
            ),
            "concept": (concept_name(concept, self._label), concept, self._label("ground", ground) if ground else ""),
        }

    def _person(self, statement: Statement) -> str:
        return self._label("person", statement.speaker) if statement.speaker else statement.speaker_label or ""

    def _entity(self, variable: int, value: str, key: str, sort: str) -> int:
        """A value of a variable, added where it is new; two things of one name are told apart by their keys."""
        known = self._entities.get((variable, key or f"={value}"))
        if known is not None:
            return known
        shown = next(name for name in _names(value, key) if (variable, name) not in self._values)
        entity = self._add("ENTITIES", VariableId=variable, Value=shown, Red=0, Green=0, Blue=0)
        for attribute in schema.ATTRIBUTES:
            number = self._attributes.get((variable, attribute))
            if number is not None:
                told = {"Type": sort, schema.OWN_KEY: key}.get(attribute, "")
                self._add("ATTRIBUTEVALUES", EntityId=entity, AttributeVariableId=number, AttributeValue=cut(told))
        self._values.add((variable, shown))
        self._entities[variable, key or f"={value}"] = entity
        return entity


def _names(value: str, key: str) -> Iterator[str]:
    """Names that a thing may have, the plainest first."""
    yield cut(value)
    number = 1
    while True:
        more = f" ({key or 'unnamed'}{'' if number == 1 else f', {number}'})"
        yield f"{value[: schema.MOST - len(more)]}{more}"
        number += 1
