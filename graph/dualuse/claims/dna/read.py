"""A database of the Discourse Network Analyzer as rows: what is marked in which document, and what was coded of it."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from dualuse.claims.dna.schema import AGREEMENT, JOINED, OWN_KEY, SIDES, STANCE, TABLES
from dualuse.errors import UsageError

_DATA = {"boolean": "DATABOOLEAN", "integer": "DATAINTEGER", "long text": "DATALONGTEXT"}
_NEEDED = (
    *("SETTINGS", "DOCUMENTS", "STATEMENTTYPES", "VARIABLES", "STATEMENTS", "ENTITIES", "DATASHORTTEXT"),
    *(*_DATA.values(), "ATTRIBUTEVARIABLES", "ATTRIBUTEVALUES"),
)
_LARGEST = 2_000_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Paper:
    """A document.

    Args:
        number: Its number in the file.
        day: Its day; None where it has none that a calendar has.
        source: Where it is from.
        section: Section of that.
        type: What sort of copy it is.
        notes: Lines of its notes that have a name, by name.
    """

    number: int
    title: str
    text: str
    day: date | None
    source: str
    section: str
    type: str
    notes: Mapping[str, str]


@dataclass(frozen=True)
class Named:
    """A value of a variable, with the key that we gave it when we wrote the file, if we did."""

    value: str = ""
    key: str = ""


@dataclass(frozen=True)
class Coded:
    """A statement as it was coded.

    Args:
        number: Its number in the file.
        paper: The document it is marked in.
        words: What is marked.
        concept: On what.
        stance: ``supports`` or ``opposes`` where there is agreement or not, or our word for it.
    """

    number: int
    paper: Paper
    words: str
    person: Named
    organisation: Named
    concept: Named
    stance: str


@dataclass
class Found:
    """What a file holds: statements read, what was not and why, and how many documents and statements there are."""

    coded: list[Coded] = field(default_factory=list)
    rejected: list[str] = field(default_factory=list)
    documents: int = 0
    statements: int = 0


def read_dna(path: Path) -> Found:
    """Read the statements of a database of the Discourse Network Analyzer 3.

    Raises:
        UsageError: it cannot be read, or is no such database.
    """
    if not path.is_file():
        raise UsageError(f"{path} is not there, or is no plain file; name a .dna file")
    if path.stat().st_size > _LARGEST:
        raise UsageError(f"{path}: longer than {_LARGEST:,} bytes; export fewer documents from the program")
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database:
            database.row_factory = sqlite3.Row
            database.execute("PRAGMA trusted_schema = OFF")
            _check(database, path)
            return _read(database)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read as a database of the Discourse Network Analyzer: {error}") from None


def _check(database: sqlite3.Connection, path: Path) -> None:
    """Refuse what is no database of the program, or one of another version."""
    rows = database.execute("SELECT name, type, sql FROM sqlite_master")
    there = {str(row["name"]).upper() for row in rows if str(row["sql"]).upper().startswith("CREATE TABLE")}
    lacking = [name for name in _NEEDED if name not in there]
    if lacking:
        raise UsageError(
            f"{path} has no table {lacking[0]}, so it is no database of the Discourse Network Analyzer 3; "
            "import one of version 2 into a new database there, and load that"
        )
    for name in _NEEDED:
        known = {str(row["name"]).upper() for row in database.execute(f"PRAGMA table_info({name})")}
        own = [column.partition(" ")[0] for column in TABLES[name] if column.partition(" ")[0] not in _NO_COLUMNS]
        absent = [column for column in own if column.upper() not in known and column not in _NOT_READ]
        if absent:
            raise UsageError(f"{path}: table {name} has no column {absent[0]}; is it of another version than 3.0?")


_NO_COLUMNS = ("CHECK", "FOREIGN", "UNIQUE")
_NOT_READ = ("ChildOf", "Coder", "Red", "Green", "Blue", "Author")


def _read(database: sqlite3.Connection) -> Found:
    found = Found()
    papers = {paper.number: paper for paper in _papers(database) if isinstance(paper.number, int)}
    values = _values(database)
    types = {row["ID"]: str(row["Label"]) for row in database.execute("SELECT ID, Label FROM STATEMENTTYPES")}
    names = _variables(database)
    found.documents = len(papers)
    for row in database.execute("SELECT * FROM STATEMENTS ORDER BY DocumentId, Start, Stop, ID"):
        found.statements += 1
        paper = papers.get(row["DocumentId"])
        told = values.get(row["ID"], {})
        why = _wrong(row, paper, names.get(row["StatementTypeId"], set()), told)
        if why or paper is None:
            found.rejected.append(f"{_where(row, paper, types)}: {why}")
            continue
        found.coded.append(
            Coded(
                number=row["ID"],
                paper=paper,
                words=_marked(paper.text, row["Start"], row["Stop"]) or "",
                person=told.get("person", Named()),
                organisation=told.get("organization", Named()),
                concept=told["concept"],
                stance=_stance(told),
            )
        )
    return found


def _papers(database: sqlite3.Connection) -> Iterator[Paper]:
    for row in database.execute("SELECT * FROM DOCUMENTS ORDER BY ID"):
        yield Paper(
            number=row["ID"],
            title=_text(row["Title"]),
            text=str(row["Text"] or ""),
            day=_day(row["Date"]),
            source=_text(row["Source"]),
            section=_text(row["Section"]),
            type=_text(row["Type"]),
            notes=dict(_lines(str(row["Notes"] or ""))),
        )


def _variables(database: sqlite3.Connection) -> dict[Any, set[str]]:
    """Type of statement -> names of its variables."""
    found: dict[Any, set[str]] = defaultdict(set)
    for row in database.execute("SELECT Variable, StatementTypeId FROM VARIABLES"):
        found[row["StatementTypeId"]].add(_text(row["Variable"]))
    return found


def _values(database: sqlite3.Connection) -> dict[Any, dict[str, Named]]:
    """Statement -> variable -> value."""
    found: dict[Any, dict[str, Named]] = defaultdict(dict)
    for row in database.execute(
        "SELECT d.StatementId, v.Variable, e.Value, k.AttributeValue FROM DATASHORTTEXT d "
        "JOIN VARIABLES v ON v.ID = d.VariableId JOIN ENTITIES e ON e.ID = d.Entity "
        "LEFT JOIN (SELECT a.EntityId, a.AttributeValue FROM ATTRIBUTEVALUES a JOIN ATTRIBUTEVARIABLES n "
        "ON n.ID = a.AttributeVariableId WHERE n.AttributeVariable = ?) k ON k.EntityId = e.ID",
        (OWN_KEY,),
    ):
        found[row["StatementId"]][_text(row["Variable"])] = Named(_text(row["Value"]), _text(row["AttributeValue"]))
    for table in _DATA.values():
        for row in database.execute(
            f"SELECT d.StatementId, v.Variable, d.Value FROM {table} d "  # noqa: S608 - names of our own
            "JOIN VARIABLES v ON v.ID = d.VariableId"
        ):
            found[row["StatementId"]][_text(row["Variable"])] = Named(_text(row["Value"]))
    return found


def _wrong(row: sqlite3.Row, paper: Paper | None, names: set[str], told: Mapping[str, Named]) -> str:
    """Why a statement cannot be read; empty if it can."""
    if paper is None:
        return "its document is not in the file"
    lacking = [name for name in ("organization", "concept") if name not in names]
    if lacking:
        return f"its type has no variable {lacking[0]}"
    if not {AGREEMENT, STANCE} & names:
        return f"its type has no variable {AGREEMENT}"
    if not told.get("concept", Named()).value:
        return "its concept is blank"
    if not told.get("organization", Named()).value and not told.get("person", Named()).value:
        return "neither person nor organization is given"
    if not _stance(told):
        return f"its {AGREEMENT} is neither yes nor no, and no {STANCE} is given"
    if paper.day is None:
        return "its document has no day of the calendar"
    if _marked(paper.text, row["Start"], row["Stop"]) is None:
        return f"it marks {row['Start']} to {row['Stop']}, which is no part of the text of {units_of(paper.text):,}"
    return ""


def _stance(told: Mapping[str, Named]) -> str:
    """The side taken; what is given as our word for it goes before agreement."""
    given = told.get(STANCE, Named()).value
    sides = {str(number): stance for stance, number in SIDES.items()}
    return given or sides.get(told.get(AGREEMENT, Named()).value, "")


def _where(row: sqlite3.Row, paper: Paper | None, types: Mapping[Any, str]) -> str:
    kind = types.get(row["StatementTypeId"], "of an unknown type")
    document = f"document {row['DocumentId']}" if paper is None else f"document {paper.number} ({paper.title})"
    return f"statement {row['ID']} ({kind}) in {document}"


def units_of(text: str) -> int:
    """Length of a text as the program counts it: in units of UTF-16."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _marked(text: str, start: object, stop: object) -> str | None:
    """The part of a text between two places; None where they are none in it."""
    raw = text.encode("utf-16-le", "surrogatepass")
    if not isinstance(start, int) or not isinstance(stop, int) or not 0 <= start < stop <= len(raw) // 2:
        return None
    return raw[2 * start : 2 * stop].decode("utf-16-le", "replace")


def _day(seconds: object) -> date | None:
    if not isinstance(seconds, int):
        return None
    try:
        return (_EPOCH + timedelta(seconds=seconds)).date()
    except OverflowError:
        return None


def _lines(notes: str) -> Iterator[tuple[str, str]]:
    for line in notes.splitlines():
        name, colon, value = line.partition(": ")
        if colon:
            yield name.strip(), value.strip()


def _text(value: object) -> str:
    return "" if value is None else " ".join(str(value).split())


def parts(text: str) -> Sequence[str]:
    """Parts of a list in one text."""
    return [part.strip() for part in text.split(JOINED) if part.strip()]
