"""The OpenAPI 3.1 document of the questions, generated from them."""

from __future__ import annotations

from functools import cache
from typing import Any

from dualuse import __version__, questions
from dualuse.card import NOTE
from dualuse.questions.parameters import Opt, Parameter
from dualuse.questions.question import Question
from dualuse.questions.schema import meaning_of, schema_of
from dualuse.serve.api.examples import examples_of
from dualuse.serve.api.schema import Schemas
from dualuse.serve.api.values import MEDIA, taken
from dualuse.serve.problems import MEANINGS, OF_FILES, PROBLEM

_ABOUT = (
    "The questions of dualuse: what the law on AI-chip exports says, who said what about it, and who is affected by "
    "what. Every answer is a card: the answer, its receipts, what is unknown, and the data it was drawn from. "
    f"Read-only; {NOTE}."
)


@cache
def served() -> tuple[Question, ...]:
    """The questions that can be asked from elsewhere."""
    found = (questions.find(name) for name in questions.names())
    return tuple(each for each in found if each is not None and not each.local)


@cache
def about_files() -> tuple[tuple[Question, Parameter], ...]:
    """The questions about a file whose content can be sent, with that file."""
    found = (questions.find(name) for name in questions.names())
    return tuple((each, file) for each in found if each is not None and (file := each.sent) is not None)


@cache
def document() -> dict[str, Any]:
    """The document."""
    schemas = Schemas()
    asked = {each.name: ("get", _operation(each, schemas)) for each in served()}
    asked |= {each.name: ("post", _about_file(each, file, schemas)) for each, file in about_files()}
    paths = {f"/api/{name}": {method: operation} for name, (method, operation) in sorted(asked.items())}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "dualuse",
            "version": __version__,
            "description": _ABOUT,
            "license": {"name": "MIT AND CC-BY-4.0", "identifier": "MIT AND CC-BY-4.0"},
        },
        "tags": [{"name": tag} for tag in sorted({operation["tags"][0] for _, operation in asked.values()})],
        "paths": paths,
        "components": {
            "schemas": {"Problem": PROBLEM, **dict(sorted(schemas.named.items()))},
            "responses": {name: _problem(told) for name, told in {**MEANINGS, **OF_FILES}.items()},
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


def _about_file(question: Question, file: Parameter, schemas: Schemas) -> dict[str, Any]:
    told = meaning_of(question, file) or "The file."
    content: dict[str, Any] = {MEDIA[suffix]: {} for suffix in file.how.sent}
    operation = _operation(question, schemas)
    operation["requestBody"] = {"description": told, "required": True, "content": content}
    operation["responses"] |= {code: {"$ref": f"#/components/responses/{code}"} for code in OF_FILES}
    return operation


def _problem(told: str) -> dict[str, Any]:
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {"description": told, "content": content}


def _parameter(question: Question, name: str, parameter: Parameter) -> dict[str, Any]:
    told = meaning_of(question, parameter) or f"As {parameter.how.metavar or name} on the command line."
    if isinstance(parameter.how, Opt) and parameter.how.commas:
        told += " One value may hold several, joined by commas."
    shown: list[Any] = examples_of(question.name, name)
    if parameter.several:
        shown = [each if isinstance(each, list) else [each] for each in shown]
    examples = {f"{number}": {"value": _read(parameter, each)} for number, each in enumerate(shown, 1)}
    return {
        "name": name,
        "in": "query",
        "required": parameter.required,
        "description": told,
        "schema": schema_of(parameter),
        **({"examples": examples} if examples else {}),
    }


def _read(parameter: Parameter, value: Any) -> Any:
    """A value of an example as JSON has it."""
    if parameter.type is bool:
        return value == "true"
    return parameter.type(value) if parameter.type in (int, float) else value
