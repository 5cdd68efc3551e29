"""What ties rules, named conditions and cases together, beyond that every name is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from dualuse.errors import Problem
from dualuse.law.kinds import COMBINATIONS
from dualuse.load.files import Row
from dualuse.model.rules import Condition, NamedCondition
from dualuse.suggest import nearest

_Rows = Mapping[str, tuple[Row, Any]]


def check_conditions(conditions: _Rows, rules: _Rows) -> Iterator[Problem]:
    """Yield a problem for every named condition, and every use of one, that cannot be written out."""
    named: dict[str, NamedCondition] = {key: record for key, (_, record) in conditions.items() if record is not None}
    whole = True
    for key, record in named.items():
        row = conditions[key][0]
        if key in _reached(record.when, named):
            whole = False
            yield Problem(row.file, row.line, key, "the condition uses itself; write it out in one of those it uses")
    for row, record in (*conditions.values(), *rules.values()) if whole else ():
        for path, use in record.when.uses(("when",)) if record is not None else ():
            if (use.says is None and use.provision is None) or _asks_one(use, named):
                continue
            message = f"{use.use!r} combines several tests; 'says' and 'provision' go with a single one"
            yield Problem(row.file, row.line_of(path), ".".join(map(str, path)), message)


def check_cases(cases: _Rows, rules: _Rows) -> Iterator[Problem]:
    """Yield a problem for every file of cases that stands beside no rule."""
    for key, (row, _) in cases.items():
        if key not in rules:
            close = nearest(key, rules, 3)
            hint = f" Nearest: {', '.join(close)}." if close else ""
            yield Problem(row.file, 1, key, f"no rule of that name stands beside these cases.{hint}")


def _reached(condition: Condition, named: Mapping[str, NamedCondition]) -> set[str]:
    """Names that a condition uses, and those that they use."""
    found: set[str] = set()
    todo = [condition]
    while todo:
        fresh = {str(use.use) for _, use in todo.pop().uses()} & named.keys() - found
        found |= fresh
        todo += [named[key].when for key in fresh]
    return found


def _asks_one(condition: Condition, named: Mapping[str, NamedCondition]) -> bool:
    """Whether a condition is, written out, a single test; that a name is not there is told elsewhere."""
    while condition.use is not None:
        if condition.use not in named:
            return True
        condition = named[condition.use].when
    return condition.operator not in COMBINATIONS
