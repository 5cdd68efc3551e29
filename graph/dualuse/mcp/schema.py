"""What a tool takes, as JSON Schema, and its arguments read by it; all from what the question says of itself."""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Any, Literal, get_args, get_origin

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from dualuse.errors import UsageError
from dualuse.mcp.tools import Tool
from dualuse.query.check import MOST_CHARACTERS
from dualuse.questions.parameters import Opt, Parameter
from dualuse.suggest import nearest

Schema = dict[str, Any]

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
_ARGUMENT = re.compile(r"^ {4}(\w+): (.*(?:\n {5,}.*)*)", re.MULTILINE)


def schema_of(tool: Tool) -> Schema:
    """The schema of what a tool takes."""
    told = _told(tool)
    own = _OWN.get(tool.name, {})
    given = {name: _property(each, told.get(each.name, "")) for name, each in tool.parameters.items()}
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
    schema = schema_of(tool)
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
    where = error.json_path.removeprefix("$.").removeprefix("$")
    return f"{where}: {error.message[:300]}" if where else error.message[:300]


def _told(tool: Tool) -> dict[str, str]:
    """Parameter -> what the docstring of the question says of it."""
    question = tool.question
    listed = "" if question is None else inspect.getdoc(question.ask) or ""
    found = _ARGUMENT.findall(listed.partition("\nArgs:\n")[2].partition("\nRaises:")[0])
    return {name: " ".join(text.split()).replace("``", "") for name, text in found}


def _property(parameter: Parameter, told: str) -> Schema:
    schema = _value(parameter)
    if parameter.several:
        schema = {"type": "array", "items": schema, "maxItems": 100}
        if isinstance(parameter.how, Opt) and parameter.how.pair:
            schema |= {"minItems": 2, "maxItems": 2}
    how = parameter.how
    said = how.help or told
    if isinstance(how, Opt) and how.default:
        said = f"{said} If not given: {how.default}."
    default = parameter.default
    if not parameter.several and default not in (inspect.Parameter.empty, None, ""):
        schema["default"] = default.value if isinstance(default, Enum) else default
    return {**schema, "description": said.replace(" YYYY-MM-DD, or today", "")} if said else schema


def _value(parameter: Parameter) -> Schema:
    """Schema of one value."""
    kind, how = parameter.type, parameter.how if isinstance(parameter.how, Opt) else Opt("")
    if get_origin(kind) is Literal:
        return {"type": "string", "enum": list(get_args(kind))}
    if isinstance(kind, type) and issubclass(kind, Enum):
        return {"type": "string", "enum": [member.value for member in kind]}
    if kind is bool:
        return {"type": "boolean"}
    if kind is date:
        return {"type": "string", "description": "YYYY-MM-DD, or today.", "pattern": r"^(today|\d{4}-\d\d-\d\d)$"}
    if kind in (int, float):
        low, high = ("exclusiveMinimum", "exclusiveMaximum") if how.between else ("minimum", "maximum")
        bounds = {name: value for name, value in ((low, how.low), (high, how.high)) if value is not None}
        return {"type": "integer" if kind is int else "number", **bounds}
    return {"type": "string", "minLength": 1, "maxLength": 1000}
