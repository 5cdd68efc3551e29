"""What a tool takes, as JSON Schema, and its arguments read by it; all from what the question says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from dualuse.errors import UsageError
from dualuse.mcp.tools import Tool
from dualuse.query.check import MOST_CHARACTERS
from dualuse.questions.parameters import Parameter
from dualuse.questions.schema import Schema, meaning_of, schema_of
from dualuse.suggest import nearest

LIMIT, MOST = 10, 200
"""Rows of each part of an answer that are given, unless more are asked for; and the most that may be."""
MOST_NAMES = 50
_PARTY: Schema = {
    "type": "object",
    "properties": {
        "name": {"type": "string", "minLength": 1, "maxLength": 300},
        "country": {"type": "string", "maxLength": 100, "description": "Code or name."},
        "address": {"type": "string", "maxLength": 1000},
        "identifiers": {"type": "string", "maxLength": 1000, "description": "LEI, tax or register numbers."},
        "owners": {"type": "string", "maxLength": 1000, "description": "Owners with shares: X 60 %; Y."},
    },
    "required": ["name"],
    "additionalProperties": False,
}
_OWN: dict[str, Schema] = {
    "sparql": {"query": {"type": "string", "minLength": 1, "maxLength": MOST_CHARACTERS, "description": "The query."}},
    "screen": {
        "parties": {
            "type": "array",
            "items": _PARTY,
            "minItems": 1,
            "maxItems": MOST_NAMES,
            "description": "Who is sought.",
        }
    },
}
"""What a tool takes beside what its question does."""
_PAGE: dict[str, Schema] = {
    "limit_rows": {
        "type": "integer",
        "minimum": 1,
        "maximum": MOST,
        "default": LIMIT,
        "description": "Most rows of each part of the answer, and receipts; left_out says how many more.",
    },
    "first_row": {"type": "integer", "minimum": 1, "default": 1, "description": "Where to begin: 11 for the next ten."},
}


def taken_by(tool: Tool) -> Schema:
    """The schema of what a tool takes."""
    own = _OWN.get(tool.name, {})
    given = {name: _property(tool, each) for name, each in tool.parameters.items()}
    needed = [name for name, each in tool.parameters.items() if each.required or each.name in tool.needs]
    return {
        "type": "object",
        "properties": {**own, **given, **_PAGE},
        "required": [*own, *needed],
        "additionalProperties": False,
    }


def read(tool: Tool, arguments: Mapping[str, Any]) -> tuple[dict[str, Any], int, int]:
    """Arguments as the question takes them, and the page that is asked for: its first row and its length.

    Raises:
        UsageError: an argument that there is none of, or that is not of its type.
    """
    schema = taken_by(tool)
    for name in arguments:
        if name not in schema["properties"]:
            known = sorted(schema["properties"])
            close = ", ".join(nearest(name, known, 3)) or ", ".join(known)
            raise UsageError(f"{tool.name} takes no argument {name!r}; nearest: {close}")
    given = {name: _listed(schema["properties"][name], value) for name, value in arguments.items() if value is not None}
    wrong = sorted(Draft202012Validator(schema).iter_errors(given), key=lambda error: error.json_path)
    if wrong:
        raise UsageError(f"{tool.name}: {'; '.join(map(_said, wrong[:5]))}")
    first, limit = given.pop("first_row", 1), given.pop("limit_rows", LIMIT)
    names = {name: each.name for name, each in tool.parameters.items()}
    return {names.get(name, name): value for name, value in given.items()}, first, limit


def _listed(schema: Schema, value: Any) -> Any:
    """One text where several may stand is a list of one: a model often writes it so."""
    return [value] if schema.get("type") == "array" and isinstance(value, str) else value


def _said(error: ValidationError) -> str:
    """What is wrong with an argument, in a sentence."""
    if error.validator == "required":
        lacking = [name for name in error.validator_value if name not in error.instance]
        return f"it lacks {', '.join(lacking)}"
    error = error.context[0] if error.context else error  # of several forms, the first is the usual one
    where = error.json_path.removeprefix("$.").removeprefix("$")
    return f"{where}: {error.message[:300]}" if where else error.message[:300]


def _property(tool: Tool, parameter: Parameter) -> Schema:
    told = parameter.how.help if tool.question is None else meaning_of(tool.question, parameter)
    return {**schema_of(parameter), **({"description": told} if told else {})}
