"""What a question is asked with, read from the query of an address, wrong ones told as on the command line.

A name is that of the option, with ``_`` for ``-``; what the command line takes without one has its name in Python.
"""

from __future__ import annotations

import math
import re
from datetime import date
from typing import Any
from urllib.parse import parse_qsl

from dualuse.dates import parse_day
from dualuse.errors import UsageError
from dualuse.questions.parameters import Opt, Parameter
from dualuse.questions.question import Question
from dualuse.questions.schema import MOST_CHARACTERS, MOST_VALUES, bounds, choices_of
from dualuse.suggest import nearest
from dualuse.unnamed import TODAY

MEDIA = {
    ".csv": "text/csv",
    ".html": "text/html",
    ".parquet": "application/vnd.apache.parquet",
    ".txt": "text/plain",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".zip": "application/zip",
}
"""End of a file's name -> media type of what is in it."""
_WHOLE = re.compile(r"-?(0|[1-9][0-9]*)")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")


def taken(question: Question) -> dict[str, Parameter]:
    """Name in an address -> parameter, of those that a question takes from others."""
    return {each.word: each for each in question.parameters if not each.local}


def read_values(question: Question, query: bytes, *, blank: bool = False) -> dict[str, Any]:
    """Values by parameter, from the part of an address after the question mark.

    Args:
        question: What is asked.
        query: That part.
        blank: Whether an empty value is none, as forms send it.

    Raises:
        UsageError: it cannot be read, names no parameter, or a value is none of the parameter's.
    """
    known = taken(question)
    given: dict[str, list[str]] = {}
    for name, text in _pairs(query):
        if name not in known:
            close = nearest(name, list(known), 3)
            hint = f"nearest: {', '.join(close)}" if close else f"known: {', '.join(known)}"
            raise UsageError(f"{question.name} has no parameter {name!r}; {hint}")
        if text or not blank:
            given.setdefault(name, []).append(text)
    for name, parameter in known.items():
        if parameter.required and name not in given:
            what = f"option '{parameter.flag}'" if parameter.flag else f"argument '{_shown(parameter)}'"
            raise UsageError(f"Missing {what}.")
    return {known[name].name: _value(known[name], texts) for name, texts in given.items()}


def _pairs(query: bytes) -> list[tuple[str, str]]:
    """Names and values as they stand in an address.

    Raises:
        UsageError: what is written by percent signs is not UTF-8, or a part has no value.
    """
    try:
        return parse_qsl(query.decode("ascii"), keep_blank_values=True, strict_parsing=bool(query), errors="strict")
    except ValueError as error:  # a UnicodeDecodeError is one too
        why = "it is not UTF-8, percent-encoded" if isinstance(error, UnicodeError) else "write name=value&name=value"
        raise UsageError(f"the query of the address cannot be read: {why}") from None


def _shown(parameter: Parameter) -> str:
    """A parameter as the command line shows it in a message."""
    return parameter.flag.replace("/", "' / '") or parameter.how.metavar or parameter.name.upper()


def _value(parameter: Parameter, texts: list[str]) -> Any:
    """What a question takes, from the texts under one name."""
    how = parameter.how if isinstance(parameter.how, Opt) else Opt("")
    if not parameter.several and len(texts) > 1:
        raise _wrong(parameter, f"it is given {len(texts)} times, and takes one value.")
    if len(texts) > MOST_VALUES:
        raise _wrong(parameter, f"{len(texts)} values are given, and it takes {MOST_VALUES} at most.")
    if how.pair and len(texts) != 2:
        raise UsageError(f"Option '{parameter.flag}' requires 2 arguments.")
    values = [_one(parameter, text) for text in texts]
    if how.commas:
        return [name.strip() for text in values for name in text.split(",") if name.strip()]
    return values if parameter.several else values[0]


def _wrong(parameter: Parameter, why: str) -> UsageError:
    return UsageError(f"Invalid value for '{_shown(parameter)}': {why}")


def _one(parameter: Parameter, text: str) -> Any:
    """One value, of the parameter's type."""
    type_ = parameter.type
    if not text or len(text) > MOST_CHARACTERS:
        raise _wrong(parameter, f"it has {len(text):,} characters; 1 to {MOST_CHARACTERS:,} are taken.")
    if choices := choices_of(type_):
        return _choice(parameter, text, choices)
    if type_ is bool:
        return _choice(parameter, text, ("true", "false")) == "true"
    if type_ is date:
        return _day(parameter, text)
    if type_ in (int, float):
        return _number(parameter, text)
    return text


def _choice(parameter: Parameter, text: str, choices: tuple[str, ...]) -> str:
    if text not in choices:
        raise _wrong(parameter, f"{text!r} is not one of {', '.join(map(repr, choices))}.")
    return text


def _day(parameter: Parameter, text: str) -> date | str:
    if text == TODAY:
        return TODAY
    try:
        return parse_day(text)
    except UsageError as error:
        raise _wrong(parameter, str(error)) from None


def _number(parameter: Parameter, text: str) -> int | float:
    whole = parameter.type is int
    how = parameter.how if isinstance(parameter.how, Opt) else Opt("")
    if not (_WHOLE if whole else _NUMBER).fullmatch(text):
        kind = f"{'integer' if whole else 'float'}{'' if how.low is how.high is None else ' range'}"
        raise _wrong(parameter, f"{text!r} is not a valid {kind}.")
    value = float(text)
    low, high = bounds(how)
    out = not low < value < high if how.between else not low <= value <= high
    if out or not math.isfinite(value):
        raise _wrong(parameter, f"{text if whole else value} is not in the range {_range(how)}.")
    return int(text) if whole else value


def _range(how: Opt) -> str:
    sign = "<" if how.between else "<="
    if how.low is not None and how.high is None:
        return f"x>{sign[1:]}{how.low:g}"
    low, high = bounds(how)
    return f"{low:g}{sign}x{sign}{high:g}"
