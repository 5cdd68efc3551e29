"""Tables of a database of the Discourse Network Analyzer 3, as it makes them in SQLite, and how ours fills them.

Names, columns and constraints are those that the program relies on: it deletes by cascades, and takes no text of more
than 190 characters outside the text and the notes of a document.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode

MOST = 190
"""Characters of a title, a name or a value."""
PROGRAM = ("3.0.11.5", "2025-02-05")
"""Version of the program whose tables these are, and its day; it opens what begins with 3.0."""
PASSWORD = "dualuse"  # noqa: S105 - public: the program asks for some password before it opens any file
"""Password of the one coder of a file we write."""
CODED = "DNA Statement"
"""Type of a statement with an organisation, a concept, and agreement: yes or no."""
OTHER = "Other statement"
"""Type of what has no place in a network of agreement: other stances, and repeats of a statement."""
OWN_KEY = "dualuse key"
"""Attribute of a person, an organisation or a concept: what we call it."""
ATTRIBUTES = ("Type", "Alias", "Notes", OWN_KEY)
"""Attributes of persons, organisations and concepts, the first three as the program makes them."""
NAMED = ("person", "organization", "concept")
"""Variables whose values are entities with attributes."""
AGREEMENT, STANCE = "agreement", "stance"
"""Variable with the side taken: yes or no in ``CODED``, our word for it in ``OTHER``."""
VARIABLES = (
    *((CODED, name, "short text") for name in NAMED),
    (CODED, AGREEMENT, "boolean"),
    *((OTHER, name, "short text") for name in (*NAMED, STANCE)),
)
"""Type of statement, name and sort of each variable."""
SIDES = {"supports": 1, "opposes": 0}
"""Stances that are agreement or its opposite."""
JOINED = " | "
"""Between parts of a list in one text."""

_MAY = (
    *("AddDocuments", "EditDocuments", "DeleteDocuments", "ImportDocuments", "AddStatements", "EditStatements"),
    *("DeleteStatements", "EditAttributes", "EditRegex", "EditStatementTypes", "EditCoders", "EditCoderRelations"),
    *("ViewOthersDocuments", "EditOthersDocuments", "ViewOthersStatements", "EditOthersStatements"),
)
"""What a coder may do."""


def _key() -> str:
    return "ID INTEGER NOT NULL PRIMARY KEY"


def _short(name: str, more: str = "NOT NULL") -> str:
    return f"{name} TEXT {more} CHECK (LENGTH({name}) <= {MOST})"


def _range(name: str, low: int, high: int, default: int | None) -> str:
    told = "" if default is None else f" NOT NULL DEFAULT {default}"
    return f"{name} INTEGER{told} CHECK ({name} BETWEEN {low} AND {high})"


def _flag(name: str, default: int = 1) -> str:
    return _range(name, 0, 1, default)


def _colour(default: int | None = 0) -> tuple[str, ...]:
    return tuple(_range(part, 0, 255, default) for part in ("Red", "Green", "Blue"))


def _refers(column: str, table: str) -> str:
    return f"FOREIGN KEY ({column}) REFERENCES {table} (ID) ON DELETE CASCADE"


def _data(value: str, *more: str) -> tuple[str, ...]:
    """Columns of a table with the values of variables of one sort."""
    ends = (_refers("StatementId", "STATEMENTS"), _refers("VariableId", "VARIABLES"), *more)
    own = (_key(), "StatementId INTEGER NOT NULL", "VariableId INTEGER NOT NULL", value)
    return (*own, *ends, "UNIQUE (StatementId, VariableId)")


TABLES: dict[str, tuple[str, ...]] = {
    "SETTINGS": ("Property TEXT PRIMARY KEY", "Value TEXT NOT NULL"),
    "CODERS": (
        _key(),
        _short("Name"),
        *_colour(),
        _range("Refresh", 0, 9999, 0),
        _range("FontSize", 1, 99, 14),
        _short("Password"),
        _range("PopupWidth", 100, 9999, 300),
        *(_flag(name, default) for name, default in (("ColorByCoder", 0), ("PopupDecoration", 0))),
        *(_flag(name) for name in ("PopupAutoComplete", *(f"Permission{may}" for may in _MAY))),
    ),
    "DOCUMENTS": (
        _key(),
        _short("Title"),
        "Text TEXT NOT NULL",
        "Coder INTEGER",
        *(_short(name, "NOT NULL DEFAULT ''") for name in ("Author", "Source", "Section")),
        "Notes TEXT NOT NULL DEFAULT ''",
        _short("Type", "NOT NULL DEFAULT ''"),
        "Date INTEGER NOT NULL",
        _refers("Coder", "CODERS"),
    ),
    "STATEMENTTYPES": (_key(), _short("Label"), *_colour()),
    "VARIABLES": (
        _key(),
        _short("Variable"),
        "DataType TEXT NOT NULL DEFAULT 'short text' "
        "CHECK (DataType IN ('boolean', 'integer', 'long text', 'short text'))",
        "StatementTypeId INTEGER",
        _refers("StatementTypeId", "STATEMENTTYPES"),
        "UNIQUE (Variable, StatementTypeId)",
    ),
    "VARIABLELINKS": (
        _key(),
        "SourceVariableId INTEGER",
        "TargetVariableId INTEGER",
        "CHECK (TargetVariableId != SourceVariableId)",
        _refers("SourceVariableId", "VARIABLES"),
        _refers("TargetVariableId", "VARIABLES"),
    ),
    "REGEXES": (_short("Label", "PRIMARY KEY"), *_colour()),
    "CODERRELATIONS": (
        _key(),
        *(f"{name} INTEGER CHECK ({name} > 0)" for name in ("Coder", "OtherCoder")),
        *(_flag(name) for name in ("viewStatements", "editStatements", "viewDocuments", "editDocuments")),
        "CHECK (Coder != OtherCoder)",
        _refers("Coder", "CODERS"),
        _refers("OtherCoder", "CODERS"),
    ),
    "STATEMENTS": (
        _key(),
        "StatementTypeId INTEGER",
        "DocumentId INTEGER",
        *(f"{name} INTEGER NOT NULL CHECK ({name} >= 0)" for name in ("Start", "Stop")),
        "Coder INTEGER",
        "CHECK (Start < Stop)",
        _refers("StatementTypeId", "STATEMENTTYPES"),
        _refers("Coder", "CODERS"),
        _refers("DocumentId", "DOCUMENTS"),
    ),
    "DATABOOLEAN": _data("Value INTEGER NOT NULL DEFAULT 1"),
    "DATAINTEGER": _data("Value INTEGER NOT NULL DEFAULT 0"),
    "ENTITIES": (
        _key(),
        "VariableId INTEGER NOT NULL",
        _short("Value", "NOT NULL DEFAULT ''"),
        *_colour(None),
        "ChildOf INTEGER CHECK (ChildOf > 0)",
        "UNIQUE (VariableId, Value)",
        _refers("ChildOf", "ENTITIES"),
        _refers("VariableId", "VARIABLES"),
    ),
    "DATASHORTTEXT": _data("Entity INTEGER NOT NULL", _refers("Entity", "ENTITIES")),
    "DATALONGTEXT": _data("Value TEXT DEFAULT ''"),
    "ATTRIBUTEVARIABLES": (
        _key(),
        "VariableId INTEGER NOT NULL",
        _short("AttributeVariable"),
        "UNIQUE (VariableId, AttributeVariable)",
        _refers("VariableId", "VARIABLES"),
    ),
    "ATTRIBUTEVALUES": (
        _key(),
        "EntityId INTEGER NOT NULL",
        "AttributeVariableId INTEGER NOT NULL",
        _short("AttributeValue", "NOT NULL DEFAULT ''"),
        "UNIQUE (EntityId, AttributeVariableId)",
        _refers("EntityId", "ENTITIES"),
        _refers("AttributeVariableId", "ATTRIBUTEVARIABLES"),
    ),
}
"""Table -> its columns and constraints, in the order in which they refer to one another."""


def password_hash(password: str) -> str:
    """A password as the program keeps it: salt and digest, SHA-256 a hundred thousand times over.

    The salt is the beginning of a digest of the password itself, so that the same file has the same bytes.
    """
    told = password.encode("utf-8")
    salt = hashlib.sha256(told).digest()[:16]
    digest = salt + told
    for _ in range(100_000):
        digest = hashlib.sha256(digest).digest()
    return b64encode(salt + digest).decode("ascii")
