"""What differs between two releases, row by row, with the instrument each row belongs to and why it differs."""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Literal

from dualuse.card import Version
from dualuse.errors import UsageError
from dualuse.release.facts import Facts
from dualuse.release.opened import PACKAGE, UNREADABLE, texts
from dualuse.release.sheet import JOINED, SHEET_OF, Sheet
from dualuse.release.tabular import to_csv
from dualuse.said import Phrase, phrase, same

What = Literal["added", "removed", "changed"]
_UNTOLD = ("iri", "label")
"""Columns that follow from others."""
Row = Mapping[str, str]


@dataclass(frozen=True)
class Release:
    """The tables of a release, as text.

    Args:
        version: Its version, digest and last day of the record.
        tables: Table -> key -> row.
    """

    version: Version
    tables: Mapping[str, Mapping[str, Row]]

    @property
    def name(self) -> str:
        """What to call it: version and day."""
        return f"{self.version.version}, record to {self.version.known_on}"

    @cached_property
    def instruments(self) -> Callable[[str, str], tuple[str, ...]]:
        """Instruments that a row belongs to."""
        return _Belonging(self.tables)

    @cached_property
    def mended(self) -> Mapping[tuple[str, str], Mapping[str, Row]]:
        """Table and key of a row -> second readings after which it was mended."""
        found: dict[tuple[str, str], dict[str, Row]] = defaultdict(dict)
        for number, read in self.tables.get("rereadings", {}).items():
            kind, _, key = read["thing"].partition(":")
            if read["resolution"] == "mended":
                found[SHEET_OF.get(kind, kind), key][number] = read
        return found


@dataclass(frozen=True)
class Change:
    """One row that is not in both releases as it was.

    Args:
        instruments: Keys of the instruments it belongs to; empty: none.
        fields: Column -> text before and after; of a changed row those that differ.
        sources: Keys of the sources that the row rests on, after where there is an after.
        why: What the releases say of the reason; empty: nothing.
    """

    what: What
    table: str
    key: str
    label: str
    instruments: tuple[str, ...]
    fields: Mapping[str, tuple[str, str]]
    sources: tuple[str, ...]
    why: str


def release_of(facts: Facts, sheets: Sequence[Sheet]) -> Release:
    """The tables of a graph as a release has them."""
    found = {sheet.name: _rows(to_csv(sheet).decode("utf-8")) for sheet in sheets if not sheet.linked}
    return Release(Version(facts.version, facts.sha256, facts.known_on), found)


def read_release(path: Path) -> Release:
    """Read the tables of a release: a folder that ``dualuse release`` wrote, or a ZIP archive of one.

    Raises:
        UsageError: no release is there, or one of its tables cannot be read.
    """
    try:
        with texts(path) as read:
            package = json.loads(read(PACKAGE))
            listed = [(one["name"], one["path"]) for one in package["resources"] if "/" not in one["path"]]
            found = {name: _rows(read(f"tables/{place}")) for name, place in listed}
        told = Version(package["version"], package["sha256"], date.fromisoformat(package["created"][:10]))
        return Release(told, found)
    except (*UNREADABLE, csv.Error) as error:
        why = error.args[0] if isinstance(error, KeyError) else error
        raise UsageError(
            f"{path} holds no release that can be read: {PACKAGE.rpartition('/')[2]}: {why}; "
            "name a folder that dualuse release wrote, or its ZIP archive"
        ) from None


def _rows(text: str) -> dict[str, Row]:
    reader = csv.DictReader(io.StringIO(text))
    found: dict[str, Row] = {}
    for row in reader:
        if None in row or None in row.values():
            raise ValueError(f"line {reader.line_num} of a table has another number of cells than its head")
        found[row["key"]] = row
    return found


def compare(before: Release, after: Release) -> list[Change]:
    """Rows added, removed and changed, by table and key."""
    found = []
    for table in sorted({*before.tables, *after.tables}):
        old, new = before.tables.get(table, {}), after.tables.get(table, {})
        for key in sorted({*old, *new}):
            change = _change(before, after, table, key, old.get(key), new.get(key))
            if change is not None:
                found.append(change)
    return found


def _change(before: Release, after: Release, table: str, key: str, old: Row | None, new: Row | None) -> Change | None:
    names = [name for name in {**(old or {}), **(new or {})} if name not in _UNTOLD]
    pairs = {name: ((old or {}).get(name, ""), (new or {}).get(name, "")) for name in names}
    fields = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
    if not fields:
        return None
    what: What = "added" if old is None else "removed" if new is None else "changed"
    held, row = (before, old) if new is None else (after, new)
    last = row or {}
    instruments = held.instruments(table, key)
    sources = tuple(filter(None, last.get("sources", "").split(JOINED)))
    why = _why(before, after, table, key, fields if what == "changed" else {})
    return Change(what, table, key, last.get("label") or key, instruments, fields, sources, why)


def _why(before: Release, after: Release, table: str, key: str, fields: Mapping[str, tuple[str, str]]) -> str:
    """What the releases say of why a row differs: a second reading of it, a source that is new, its note."""
    told: list[str] = [
        phrase("diff.read_again", day=read["read_on"], found=read["found"] or read["note"])
        for number, read in after.mended.get((table, key), {}).items()
        if number not in before.mended.get((table, key), {}) or {*read["fields"].split(JOINED)} & {*fields}
    ]
    old, new = (text.split(JOINED) if text else [] for text in fields.get("sources", ("", "")))
    fresh = [source for source in new if source not in old]
    if fresh:
        told.append(phrase("diff.new_source", sources=same(", ".join(fresh))))
    if fields.get("note", ("", ""))[1]:
        told.append(fields["note"][1])
    return Phrase.listed(told, between="; ", han="；")


class _Belonging:
    """Which instruments a row belongs to: by its own columns, or through what it refers to."""

    def __init__(self, tables: Mapping[str, Mapping[str, Row]]) -> None:
        self._tables = tables
        self._known: dict[tuple[str, str], tuple[str, ...]] = {}

    _DIRECT = ("instrument", "instruments", "begun_by", "ended_by", "events_of")
    _THROUGH = (
        ("provision", "provisions"),
        ("claim", "claims"),
        ("enforcement", "enforcement"),
        ("group", "groups"),
        ("threshold", "thresholds"),
        ("document", "documents"),
    )

    def __call__(self, table: str, key: str) -> tuple[str, ...]:
        if (table, key) not in self._known:
            self._known[table, key] = ()  # lest a row lead to itself
            self._known[table, key] = tuple(sorted(set(self._found(table, key))))
        return self._known[table, key]

    def _found(self, table: str, key: str) -> Iterator[str]:
        row = self._tables.get(table, {}).get(key, {})
        if table == "instruments":
            yield key
            return
        direct = [each for name in self._DIRECT for each in row.get(name, "").split(JOINED) if each]
        yield from direct
        if not direct:
            for name, target in self._THROUGH:
                if row.get(name):
                    yield from self(target, row[name])


def to_changes(after: Release, since: Release | None) -> bytes:
    """``CHANGES.md``: facts added, removed and changed against the release before, by instrument."""
    lines = [f"# Changes: {after.name}", ""]
    if since is None:
        lines += ["Nothing to compare with: no release before this one was named.", ""]
        return "\n".join(lines).encode("utf-8")
    found = compare(since, after)
    counted = {what: sum(change.what == what for change in found) for what in ("added", "removed", "changed")}
    lines += [
        f"Against {since.name}: " + ", ".join(f"{number} {what}" for what, number in counted.items()) + ".",
        "Rows of several instruments stand under each.",
        "",
    ]
    under: dict[str, list[Change]] = defaultdict(list)
    for change in found:
        for name in change.instruments or ("",):
            under[name].append(change)
    for name in sorted(under, key=lambda each: (not each, each)):
        lines += [f"## {name or 'Of no instrument'}", "", *map(_line, under[name]), ""]
    return "\n".join(lines).encode("utf-8")


_LONGEST = 120


def _line(change: Change) -> str:
    told = "; ".join(f"{name} {_short(old)} → {_short(new)}" for name, (old, new) in change.fields.items())
    shown = f": {told}" if change.what == "changed" else ""
    why = f" ({change.why})" if change.why else ""
    return f"- {change.what} {change.table} `{change.key}` {change.label}{shown}{why}"


def _short(text: str) -> str:
    return "(blank)" if not text else text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
