"""Turn plain values into a record, or say in plain words what it will not take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple, TypeVar

from pydantic import TypeAdapter, ValidationError

from dualuse.errors import Problem
from dualuse.load.files import Path, Row
from dualuse.model.fields import fields_of
from dualuse.suggest import nearest

_Record = TypeVar("_Record")
_MOST_SHOWN = 200


class Fault(NamedTuple):
    """One thing a record will not take: where in its values, what kind of fault, and in words."""

    path: Path
    kind: str
    message: str


class Unfit(Exception):  # noqa: N818 - never leaves the loader, which turns it into problems with file and line
    """The values do not make a record."""

    def __init__(self, faults: list[Fault]) -> None:
        """Keep what is wrong."""
        super().__init__("; ".join(fault.message for fault in faults))
        self.faults = faults

    def problems(self, row: Row, key: str = "?") -> list[Problem]:
        """The faults with file and line; one of the record as a whole goes under its key."""
        return [
            Problem(row.file, row.line_of(fault.path), ".".join(str(part) for part in fault.path) or key, fault.message)
            for fault in self.faults
        ]


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def parse(kind: type[_Record], values: object) -> _Record:
    """Make a record of plain values.

    Raises:
        Unfit: with every fault.
    """
    try:
        given: Any = kind
        made: _Record = _adapter(given).validate_python(values)
    except ValidationError as error:
        raise Unfit(list(_faults(kind, error))) from None
    return made


def _faults(kind: type[Any], error: ValidationError) -> Iterator[Fault]:
    for fault in error.errors(include_url=False, include_context=False):
        yield Fault(tuple(fault["loc"]), fault["type"], _explain(kind, fault, tuple(fault["loc"])))


class _Shown:
    """A value in a message: its begin, if it is long."""

    def __init__(self, value: object) -> None:
        self._value = value

    def __repr__(self) -> str:
        text = repr(self._value)
        return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…"


def _explain(kind: type[Any], fault: Mapping[str, Any], path: Path) -> str:
    """Say in plain words what a record will not take."""
    value = _Shown(fault.get("input"))
    match fault["type"]:
        case "extra_forbidden" | "unexpected_keyword_argument":
            known = [field.name for field in fields_of(_record_at(kind, path[:-1]))]
            close = nearest(str(path[-1]), known, 1)
            hint = f"did you mean {close[0]!r}?" if close else f"known keys: {', '.join(known)}"
            return f"unknown key; {hint}"
        case "missing":
            return "missing; every row needs it"
        case "literal_error":
            return f"{value!r} is not allowed; {fault['msg'].removeprefix('Input should be ').strip()}"
        case "string_pattern_mismatch":
            return f"wrong id or form: {value!r}; {fault['msg'].removeprefix('String should ')}"
        case "value_error":
            return str(fault["msg"]).removeprefix("Value error, ")
        case "dataclass_type":
            return f"{value!r}: Input should be a mapping of keys to values"
    return f"{value!r}: {fault['msg']}"


def _record_at(kind: type[Any], path: Path) -> type[Any]:
    """Record that a path inside a record leads to."""
    for part in path:
        inner = next((field.part for field in fields_of(kind) if field.name == part), None)
        kind = kind if inner is None else inner
    return kind
