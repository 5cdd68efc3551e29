"""JSON in one form alone, that of RFC 8785, so that equal values have equal sums wherever they were written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from math import isfinite
from typing import Any

_text = json.JSONEncoder(ensure_ascii=False).encode
_POSITIONAL = (1e-6, 1e21)
"""Numbers that are written without an exponent: from the first, below the second."""


def canonical(value: Any) -> str:
    r"""A value as canonical JSON: names sorted, no space, each number and text written in one way.

    Whole numbers keep every digit, also those that a reader of JSON in JavaScript would round.

    Raises:
        ValueError: JSON does not have the value.

    Example:
        >>> canonical({"b": [1.0, 1e-7, True], "a": "é\n"})
        '{"a":"é\\n","b":[1,1e-7,true]}'
    """
    match value:
        case str():
            return _text(value)
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case float():
            return _number(value)
        case Mapping():
            parts = sorted(value.items(), key=lambda part: _order(part[0]))
            return "{" + ",".join(f"{_text(name)}:{canonical(inner)}" for name, inner in parts) + "}"
        case list() | tuple():
            return "[" + ",".join(map(canonical, value)) + "]"
    raise ValueError(f"JSON has no {type(value).__name__}: {value!r}")


def digest(value: Any) -> str:
    """The SHA-256 sum of a value as canonical JSON, in hexadecimal.

    Raises:
        ValueError: JSON does not have the value.

    Example:
        >>> digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1.0})
        True
    """
    return hashlib.sha256(canonical(value).encode("utf-8", "surrogatepass")).hexdigest()


def _order(name: object) -> bytes:
    """Names are sorted by their UTF-16 codes."""
    if not isinstance(name, str):
        raise ValueError(f"JSON has no name {name!r}")
    return name.encode("utf-16-be", "surrogatepass")


def _number(value: float) -> str:
    """A number as JavaScript writes it: the fewest digits that tell it."""
    if not isfinite(value):
        raise ValueError(f"JSON has no number {value}")
    if value == 0:
        return "0"
    if _POSITIONAL[0] <= abs(value) < _POSITIONAL[1]:
        return format(Decimal(repr(value)), "f").removesuffix(".0")
    digits, _, power = repr(value).partition("e")
    return f"{digits.removesuffix('.0')}e{int(power):+d}"
