"""The OpenAPI 3.1 document of the questions, generated from them."""

from __future__ import annotations

import inspect
import re
from datetime import date
from functools import cache
from typing import Any

from dualuse import __version__, questions
from dualuse.card import NOTE
from dualuse.questions.parameters import Opt, Parameter
from dualuse.questions.question import Question
from dualuse.serve.api.examples import examples_of
from dualuse.serve.api.schema import Schema, Schemas
from dualuse.serve.api.values import MOST_CHARACTERS, MOST_VALUES, bounds, choices_of, taken
from dualuse.serve.problems import MEANINGS, PROBLEM
from dualuse.unnamed import TODAY

_ABOUT = (
    "The questions of dualuse: what the law on AI-chip exports says, who said what about it, and who is affected by "
    "what. Every answer is a card: the answer, its receipts, what is unknown, and the data it was drawn from. "
    f"Read-only; {NOTE}."
)
_DAY = r"^[12][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
"""Years that the program has; a ``date`` of JSON Schema may have others."""
_ARGUMENT = re.compile(r"^ {4}(\w+): (.*(?:\n {5,}.*)*)", re.MULTILINE)


@cache
def served() -> tuple[Question, ...]:
    """The questions that can be asked from elsewhere."""
    found = (questions.find(name) for name in questions.names())
    return tuple(each for each in found if each is not None and not each.local)


@cache
def document() -> dict[str, Any]:
    """The document."""
    schemas = Schemas()
    paths = {f"/api/{question.name}": {"get": _operation(question, schemas)} for question in served()}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "dualuse",
            "version": __version__,
            "description": _ABOUT,
            "license": {"name": "MIT AND CC-BY-4.0", "identifier": "MIT AND CC-BY-4.0"},
        },
        "tags": [{"name": name} for name in sorted({_tag(question) for question in served()})],
        "paths": paths,
        "components": {
            "schemas": {"Problem": PROBLEM, **dict(sorted(schemas.named.items()))},
            "responses": {name: _problem(told) for name, told in MEANINGS.items()},
        },
    }


def _tag(question: Question) -> str:
    return question.group or "questions"


def _operation(question: Question, schemas: Schemas) -> dict[str, Any]:
    summary, _, more = question.help.partition("\n")
    card = {"description": "A card.", "content": {"application/json": {"schema": schemas.card(question)}}}
    return {
        "operationId": question.name,
        "tags": [_tag(question)],
        "summary": summary,
        "description": f"{more.strip()}\n\nOn the command line: `dualuse {question.command}`.".strip(),
        "parameters": [_parameter(question, name, each) for name, each in taken(question).items()],
        "responses": {"200": card, **{code: {"$ref": f"#/components/responses/{code}"} for code in MEANINGS}},
    }


def _problem(told: str) -> dict[str, Any]:
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {"description": told, "content": content}


def _told(question: Question) -> dict[str, str]:
    """Parameter -> what the docstring of a question says of it."""
    listed = (inspect.getdoc(question.ask) or "").partition("\nArgs:\n")[2].partition("\nRaises:")[0]
    return {name: " ".join(text.split()) for name, text in _ARGUMENT.findall(listed)}


def _parameter(question: Question, name: str, parameter: Parameter) -> dict[str, Any]:
    how = parameter.how
    told = how.help or _told(question).get(parameter.name, f"As {how.metavar or name} on the command line.")
    if isinstance(how, Opt) and how.default:
        told += f" If not given: {how.default}."
    if isinstance(how, Opt) and how.commas:
        told += " One value may hold several, joined by commas."
    schema = _schema(parameter)
    shown: list[Any] = examples_of(question.name, name)
    if parameter.several:
        shown = [each if isinstance(each, list) else [each] for each in shown]
        pair = isinstance(how, Opt) and how.pair
        schema = {
            "type": "array",
            "items": schema,
            "minItems": 2 if pair else 1,
            "maxItems": 2 if pair else MOST_VALUES,
        }
    examples = {f"{number}": {"value": _read(parameter, each)} for number, each in enumerate(shown, 1)}
    return {
        "name": name,
        "in": "query",
        "required": parameter.required,
        "description": told,
        "schema": schema,
        **({"examples": examples} if examples else {}),
    }


def _read(parameter: Parameter, value: Any) -> Any:
    """A value of an example as JSON has it."""
    if parameter.type is bool:
        return value == "true"
    return parameter.type(value) if parameter.type in (int, float) else value


def _schema(parameter: Parameter) -> Schema:
    """Schema of one value."""
    schema: Schema = _typed(parameter)
    default = parameter.default
    if not parameter.several and default is not inspect.Parameter.empty and default is not None:
        schema["default"] = str(default) if isinstance(default, str) else default
    return schema


def _typed(parameter: Parameter) -> Schema:
    if choices := choices_of(parameter.type):
        return {"type": "string", "enum": list(choices)}
    if parameter.type is bool:
        return {"type": "boolean"}
    if parameter.type is date:
        return {"anyOf": [{"type": "string", "format": "date", "pattern": _DAY}, {"const": TODAY}]}
    if parameter.type in (int, float):
        how = parameter.how if isinstance(parameter.how, Opt) else Opt("")
        low, high = bounds(how)
        least, most = ("exclusiveMinimum", "exclusiveMaximum") if how.between else ("minimum", "maximum")
        return {"type": "integer" if parameter.type is int else "number", least: low, most: high}
    return {"type": "string", "minLength": 1, "maxLength": MOST_CHARACTERS}
