"""JSON Schema of what a question takes, for every door that describes itself to programs."""

from __future__ import annotations

import enum
import inspect
import re
from datetime import date
from typing import Any, Literal, get_args, get_origin

from dualuse.questions.parameters import Opt, Parameter
from dualuse.questions.question import Question
from dualuse.unnamed import TODAY

Schema = dict[str, Any]

MOST_CHARACTERS = 1_000
"""Characters of one value."""
MOST_VALUES = 50
"""Values of one parameter."""
LARGEST = 2**53 - 1
"""Largest whole number that JSON carries whole everywhere."""
_DAY = r"^[12][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
"""Years that the program has; a ``date`` of JSON Schema may have others."""
_ARGUMENT = re.compile(r"^ {4}(\w+): (.*(?:\n {5,}.*)*)", re.MULTILINE)


def schema_of(parameter: Parameter) -> Schema:
    """Schema of what may be given for a parameter."""
    schema = _value(parameter)
    if parameter.several:
        pair = isinstance(parameter.how, Opt) and parameter.how.pair
        least, most = (2, 2) if pair else (1, MOST_VALUES)
        return {"type": "array", "items": schema, "minItems": least, "maxItems": most}
    default = parameter.default
    if default not in (inspect.Parameter.empty, None, ""):
        schema["default"] = str(default) if isinstance(default, str) else default
    return schema


def meaning_of(question: Question, parameter: Parameter) -> str:
    """What a parameter means, in a sentence or two; empty, if the question does not say."""
    how = parameter.how
    told = how.help or told_by(question).get(parameter.name, "").replace("``", "")
    if told and isinstance(how, Opt) and how.default:
        told += f" If not given: {how.default}."
    return told


def told_by(question: Question) -> dict[str, str]:
    """Parameter -> what the docstring of a question says of it, where its annotation does not say it all."""
    listed = (inspect.getdoc(question.ask) or "").partition("\nArgs:\n")[2].partition("\nRaises:")[0]
    return {name: " ".join(text.split()) for name, text in _ARGUMENT.findall(listed)}


def _value(parameter: Parameter) -> Schema:
    """Schema of one value."""
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


def choices_of(type_: Any) -> tuple[str, ...]:
    """The values of a type that has a few."""
    if get_origin(type_) is Literal:
        return tuple(get_args(type_))
    if inspect.isclass(type_) and issubclass(type_, enum.StrEnum):
        return tuple(member.value for member in type_)
    return ()


def bounds(how: Opt) -> tuple[float, float]:
    """Least and greatest number of an option."""
    return (-LARGEST if how.low is None else how.low), (LARGEST if how.high is None else how.high)
