"""The review file of statements coded elsewhere: a curator accepts, mends or rejects; what is accepted is a record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from dualuse.claims.dna.candidates import KEY, Candidate
from dualuse.errors import CuratedDataError, Problem, UsageError
from dualuse.load.files import Row, read_yaml
from dualuse.load.parse import Unfit, parse
from dualuse.model.base import field_order
from dualuse.model.speech import Statement

_HEAD = """# Statements read from {file} by dualuse load dna. For each: set review to accept or reject, write the
# summary in your own words, fill in what is blank, mend what is wrong; then:
#   dualuse load statements {name} --into data/statements
# words, as_told and read_from are there to help you and are not loaded. What could not be read stands below.
"""
_STATES = ("open", "accept", "reject")
_LARGEST = 50_000_000


@dataclass(frozen=True)
class Reviewed:
    """Statements accepted, by key; how many were rejected, and which nobody has looked at yet."""

    statements: dict[str, Statement]
    rejected: int
    unreviewed: tuple[str, ...]


def review_file(found: Sequence[Candidate], rejected: Sequence[str], file: str, name: str) -> str:
    """Candidates as YAML text, and below them what could not be read.

    Args:
        rejected: What could not be read, and why.
        file: Name of the file they were read from.
        name: Name the review file will have.
    """
    told = {"statements": [_entry(candidate) for candidate in found], "not_read": list(rejected)}
    body = yaml.dump(told, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=110, default_flow_style=False)
    return _HEAD.format(file=_on_a_line(file), name=_on_a_line(name)) + body


class _Plain(yaml.SafeDumper):
    """Writes values out in full wherever they stand; the reader takes no aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _on_a_line(name: str) -> str:
    return " ".join(name.split())


def _entry(candidate: Candidate) -> dict[str, Any]:
    values = {
        name: candidate.values[name] for name in field_order(Statement) if candidate.values[name] or name in _ASKED
    }
    told = {"as_told": candidate.as_told} if candidate.as_told else {}
    return {
        "review": "open",
        "key": candidate.key,
        **values,
        **told,
        "words": candidate.words,
        "read_from": candidate.read_from,
    }


_ASKED = (
    "organisation",
    "speaker",
    "instruments",
    "topic",
    "grounds",
    "summary",
    "source_kind",
    "sources",
    "confidence",
)
"""Fields that a curator is asked for also where nothing was found."""


def accept_statements(path: Path) -> Reviewed:
    """Read a review file of statements back.

    Raises:
        UsageError: it is not there.
        CuratedDataError: an accepted entry is not complete or not valid; with every problem found.
    """
    if not path.is_file():
        raise UsageError(f"{path} is not there; make it with: dualuse load dna FILE -o {path.name}")
    problems: list[Problem] = []
    row = read_yaml(path.name, path, problems, most=_LARGEST)
    if row is None or problems:
        raise CuratedDataError(problems)
    entries = row.values.get("statements")
    if not isinstance(entries, list):
        raise CuratedDataError([Problem(path.name, 1, "statements", "the list is missing; is this a review file?")])
    accepted: dict[str, Statement] = {}
    states: dict[str, list[str]] = {state: [] for state in _STATES}
    for index, entry in enumerate(entries):
        state = _state(entry, row, index, problems)
        states.get(state, []).append(str(entry.get("key", "?")) if isinstance(entry, dict) else "?")
        if state == "accept":
            accepted |= _accepted(entry, row, index, accepted, problems)
    if problems:
        raise CuratedDataError(problems)
    return Reviewed(accepted, len(states["reject"]), tuple(states["open"]))


def _state(entry: object, row: Row, index: int, problems: list[Problem]) -> str:
    state = str(entry.get("review")) if isinstance(entry, dict) else ""
    if state not in _STATES:
        message = f"review must be one of {', '.join(_STATES)}"
        problems.append(Problem(row.file, row.line_of(("statements", index, "review")), "review", message))
    return state


def _accepted(
    entry: Mapping[str, Any], row: Row, index: int, known: Mapping[str, Statement], problems: list[Problem]
) -> dict[str, Statement]:
    """An accepted entry as a record under its key; nothing where it makes none."""
    key, path = str(entry.get("key", "")), ("statements", index)
    if not KEY.fullmatch(key) or key in known:
        message = "the key is given twice" if key in known else "a key has small letters, digits, and - or . between"
        problems.append(Problem(row.file, row.line_of((*path, "key")), key or "?", message))
        return {}
    own = ("review", "key", "as_told", "words", "read_from")
    values = {name: value for name, value in entry.items() if name not in own and value not in ("", [], {})}
    try:
        return {key: parse(Statement, values)}
    except Unfit as unfit:
        for fault in unfit.faults:
            message = "fill it in; it is blank" if fault.kind == "missing" else fault.message
            where = ".".join(str(part) for part in fault.path) or "?"
            problems.append(Problem(row.file, row.line_of((*path, *fault.path)), f"{key}: {where}", message))
    return {}
