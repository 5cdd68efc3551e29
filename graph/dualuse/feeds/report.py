"""What came of reading a feed: nothing is dropped without a line here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

_SHOWN = 20
"""How many examples of one kind a report keeps."""


@dataclass(frozen=True)
class Rejected:
    """A record that was not taken."""

    where: str
    why: str
    text: str


@dataclass
class Report:
    """Counts, rejected records, and cells that were kept as they stand since they could not be read."""

    read: int = 0
    kept: int = 0
    repeated: int = 0
    """Records that say nothing but what another of the same file says."""
    columns: tuple[str, ...] = ()
    grown: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    """Columns that it has not and need not have; one that the snapshot before had is missed."""
    changes: dict[str, str] | None = None
    """Key -> what a file of changes does to the record (ADD, MOD, DEL); None for a file of whole records."""
    ignored: dict[str, str] = field(default_factory=dict)
    """Column -> why it is not read further than its text."""
    lists: Counter[str] = field(default_factory=Counter)
    titles: dict[str, str] = field(default_factory=dict)
    """List -> what it is called in the feed."""
    rejected: list[Rejected] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)
    unread: Counter[tuple[str, str]] = field(default_factory=Counter)
    """(Column, why) -> how many cells could not be read; their text is kept."""
    examples: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def reject(self, where: str, why: str, text: str = "") -> None:
        """Note a record that is not taken."""
        self.reasons[why] += 1
        if self.reasons[why] <= _SHOWN:
            self.rejected.append(Rejected(where, why, text[:200]))

    def count(self, lists: Iterable[str], *, adds: bool) -> None:
        """Note a record that is taken, and the lists it stands on; one that only adds to another is none of its own."""
        self.kept += not adds
        for code in lists:
            self.lists[code] += 1

    def doubt(self, where: str, column: str, text: str, why: str) -> None:
        """Note a cell whose text is kept and whose meaning could not be read."""
        self.unread[column, why] += 1
        if self.unread[column, why] <= _SHOWN:
            self.examples.setdefault((column, why), []).append(f"{where}: {text[:120]}")

    def had(self, columns: tuple[str, ...], known: Mapping[str, str], optional: Collection[str] = ()) -> None:
        """Note the columns of a file.

        Args:
            columns: Those it has.
            known: Those it can have -> why one is not read further, blank if it is.
            optional: Of those, the ones that a file may lack.
        """
        self.columns = columns
        self.grown = tuple(sorted(set(columns) - set(known)))
        lost = sorted(name for name in known if name not in columns)
        self.optional = tuple(name for name in lost if name in optional)
        self.lost = tuple(name for name in lost if name not in optional)
        self.ignored = {name: why for name, why in known.items() if why and name in columns}

    @classmethod
    def of_parts(cls, parts: Iterable[Report]) -> Report:
        """One report of a file that was read in parts, in their order; a part without a record had no columns."""
        whole, had = cls(), [part for part in parts if part.read]
        for part in had:
            whole.read += part.read
            whole.kept += part.kept
            whole.repeated += part.repeated
            whole.ignored |= part.ignored
            whole.titles |= part.titles
            whole.lists.update(part.lists)
            whole.reasons.update(part.reasons)
            whole.unread.update(part.unread)
            whole.rejected += part.rejected
            for what, examples in part.examples.items():
                whole.examples[what] = [*whole.examples.get(what, ()), *examples][:_SHOWN]
        columned = [part for part in had if part.columns]
        whole.columns = tuple(sorted({name for part in columned for name in part.columns}))
        whole.grown = tuple(sorted({name for part in columned for name in part.grown}))
        for name in ("lost", "optional"):
            missing = [set(getattr(part, name)) for part in columned]
            setattr(whole, name, tuple(sorted(set.intersection(*missing))) if missing else ())
        return whole

    @property
    def refused(self) -> int:
        """How many records were not taken."""
        return sum(self.reasons.values())

    def plain(self) -> dict[str, Any]:
        """The report as JSON can have it, sorted."""
        return {
            "read": self.read,
            "kept": self.kept,
            "repeated": self.repeated,
            "rejected": dict(sorted(self.reasons.items())),
            "rejected_records": [vars(each) for each in self.rejected],
            "lists": {code: self.lists[code] for code in sorted(self.lists)},
            "columns": list(self.columns),
            "columns_grown": list(self.grown),
            "columns_lost": list(self.lost),
            "columns_kept_as_text": dict(sorted(self.ignored.items())),
            "cells_not_read": [
                {"column": column, "why": why, "cells": count, "examples": self.examples[column, why]}
                for (column, why), count in sorted(self.unread.items())
            ],
        }
