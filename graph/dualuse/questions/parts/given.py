"""What was given to a question, in a form that stands in its answer and can be given again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from dualuse.questions.parameters import Opt, Parameter

Find = Callable[[str], Path]
"""Finds a file or a folder by its name."""


def written(parameters: Iterable[Parameter], values: Mapping[str, Any]) -> dict[str, Any] | None:
    """What was given, by parameter, as plain values; what is as it would be if not given is left out.

    A file stands there by its name and its sum. None, if something was given that has no written form.

    Args:
        parameters: What the question takes.
        values: What it was given.
    """
    known = {each.name: each for each in parameters}
    named = {word: name for name, each in known.items() for word in (each.word, name)}
    unwritten = [value for word, value in values.items() if word not in named and not callable(value)]
    if any(value not in (None, (), []) for value in unwritten):
        return None
    values = {named[word]: value for word, value in values.items() if word in named}
    found = {}
    for name, each in known.items():
        default = [] if each.several else None if each.required else _plain(each.default)
        value = values.get(name)
        told = default if value is None else _plain([value] if each.several and isinstance(value, str) else value)
        if told != default:
            found[name] = told
    return found


def read_back(given: Mapping[str, Any], find: Find) -> dict[str, Any]:
    """Values as the question takes them again.

    Args:
        given: What :func:`written` wrote.
        find: Finds a file or a folder of a name.
    """
    return {name: _read(value, find) for name, value in given.items()}


def files_of(given: Mapping[str, Any]) -> list[str]:
    """Names of the files and folders among what was given."""
    parts = [part for value in given.values() for part in (value if isinstance(value, list) else [value])]
    return [part.get("file") or part["folder"] for part in parts if isinstance(part, dict)]


def misfits(parameters: Iterable[Parameter], given: Any) -> list[str]:
    """What a question does not take of what is said to have been given to it, in words."""
    if not isinstance(given, dict):
        return [f"{given!r}"]
    known = {each.name: each for each in parameters}
    wrong = [name for name, value in given.items() if name not in known or not _fits(known[name], value)]
    lacking = [f"no {each.name}" for each in known.values() if each.required and each.name not in given]
    return [f"{name} {given[name]!r}" for name in wrong] + lacking


def _fits(each: Parameter, value: Any) -> bool:
    if not each.several:
        return _is(each, value)
    pair = isinstance(each.how, Opt) and each.how.pair
    return isinstance(value, list) and (not pair or len(value) == 2) and all(_is(each, part) for part in value)


def _is(each: Parameter, value: Any) -> bool:
    """Whether a plain value can be one of a parameter."""
    if isinstance(value, dict):
        named = [value[name] for name in ("file", "folder") if name in value]
        return each.type in (Path, str) and len(named) == 1 and isinstance(named[0], str)
    if get_origin(each.type) is Literal:
        return value in get_args(each.type)
    if isinstance(each.type, type) and issubclass(each.type, Enum):
        return value in [member.value for member in each.type]
    if each.type in (int, float):
        number = isinstance(value, int if each.type is int else int | float) and not isinstance(value, bool)
        low, high = (each.how.low, each.how.high) if isinstance(each.how, Opt) else (None, None)
        return number and (low is None or low <= value) and (high is None or value <= high)
    return each.type is not Path and isinstance(value, bool if each.type is bool else str)


def sum_of(path: Path) -> str | None:
    """SHA-256 sum of a file; None of a folder, of what can be read once alone, and of what cannot be read."""
    try:
        if not path.is_file():
            return None
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None


def path_or_name(name: str | Path) -> str | Path:
    """The name of a thing, of an address, or of a file; a file as a path."""
    return Path(name) if Path(name).exists() else name


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Path):
        told = {"folder" if value.is_dir() else "file": value.resolve().name if value.is_dir() else value.name}
        found = sum_of(value)
        return told if found is None else told | {"sha256": found}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value


def _read(value: Any, find: Find) -> Any:
    if isinstance(value, dict):
        return find(value.get("file") or value["folder"])
    if isinstance(value, list):
        return [_read(part, find) for part in value]
    return value
