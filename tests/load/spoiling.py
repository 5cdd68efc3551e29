"""Ways to spoil a copy of the data, and what is said of it."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest

from dualuse.errors import CuratedDataError, Problem
from dualuse.load.curated import read_curated


def problems(data: Path) -> list[Problem]:
    with pytest.raises(CuratedDataError) as caught:
        read_curated(data)
    assert caught.value.exit_code == 1
    assert str(caught.value) == "\n".join(str(problem) for problem in caught.value.problems)
    return list(caught.value.problems)


def only(data: Path) -> Problem:
    found = problems(data)
    assert len(found) == 1, [str(problem) for problem in found]
    return found[0]


def rows(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text("utf-8"))))


def write(path: Path, table: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(table)
    path.write_text(out.getvalue(), "utf-8")


def set_cell(path: Path, key: str, column: str, value: str) -> int:
    """Set one cell of a table; gives its line."""
    table = rows(path)
    at = next(n for n, row in enumerate(table) if row[table[0].index("key")] == key)
    table[at][table[0].index(column)] = value
    write(path, table)
    return at + 1


def first_key(path: Path) -> str:
    header, row = rows(path)[:2]
    return row[header.index("key")]


def append(path: Path, text: str) -> int:
    """Add lines to a file; gives the first one's number."""
    before = path.read_text("utf-8")
    path.write_text(before + text, "utf-8")
    return before.count("\n") + 1


def replace(path: Path, pattern: str, new: str) -> int:
    """Replace the first match of a pattern, groups and all; gives the line it begins on."""
    text = path.read_text("utf-8")
    match = re.search(pattern, text, re.MULTILINE)
    assert match is not None, f"{pattern!r} is not in {path}"
    path.write_text(text[: match.start()] + match.expand(new) + text[match.end() :], "utf-8")
    return text.count("\n", 0, match.start()) + 1
