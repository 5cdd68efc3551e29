"""Country groups, and Supplement No. 5 to part 740: who is in them by the record, and by the tables of the law."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from dualuse.feeds.told import Told
from dualuse.law.groups import Places, read_places
from dualuse.law.truth import either
from dualuse.model.law import Group, Membership
from dualuse.model.read import read
from dualuse.reconcile.finding import Finding, Outcome, Record, Verdict
from dualuse.reconcile.told import Text

_GROUP = re.compile(r"Country Group ([A-E])(:\d)?$")
_FIVE = re.compile(r"Supplement No\. 5, paragraph \(([a-z])\)$")
_FIVE_LIST = "supplement-5-to-740"


def compare_groups(record: Record, text: Text) -> Outcome:
    """Hold memberships against the tables, both ways, on the day of the text."""
    places = read_places(record.store, record.registry)
    held: dict[str, list[Membership]] = defaultdict(list)
    for memberships in places.memberships.values():
        for each in memberships:
            held[each.group].append(each)
    found: list[Finding] = []
    gaps: list[tuple[str, str]] = []
    for group in read(record.store, Group):
        if (table := _table_of(group)) is None:
            continue
        column, code, where = table
        if not _has(text, code):
            gaps.append((f"whether {group.name_en} agrees", f"the text has no table of it: {where}"))
            continue
        column_ = _Table(record, places, group, column, where, list(text.on(code)))
        if code != _FIVE_LIST and not column_.marks:
            gaps.append((f"whether {group.name_en} agrees", f"the table marks nobody in a column of it: {where}"))
            continue
        found += column_.findings(held[group.key])
    return Outcome(found, gaps)


def _table_of(group: Group) -> tuple[str, str, str] | None:
    """Column, list and name of the table that a group stands in; None for a group that the tables do not have."""
    if found := _GROUP.match(group.name_en):
        return found[1] + (found[2] or ""), f"country-group-{found[1]}", f"Supp. No. 1 to part 740, {found[0]}"
    if found := _FIVE.match(group.name_en):
        paragraph = f"paragraph ({found[1]})"
        return f"Supplement No. 5 to part 740, {paragraph}", _FIVE_LIST, f"Supp. No. 5 to part 740, {paragraph}"
    return None


def _has(text: Text, code: str) -> bool:
    return code in text.lists or code in text.records


def _place(row: Told) -> str:
    """Code of the place of a row; its name where no place on record is meant."""
    return row.first("dct:spatial") or row.label


class _Table:
    """One column of a table beside a group of the record."""

    def __init__(
        self, record: Record, places: Places, group: Group, column: str, where: str, rows: Sequence[Told]
    ) -> None:
        self._record, self._places, self._group = record, places, group
        marked = {_place(row): row for row in rows if column in row.said("schema:memberOf")}
        self._where, self._rows = where, {_place(row): row for row in rows} | marked
        self._marked = set(marked)

    @property
    def marks(self) -> bool:
        """Whether it marks a place in the column; one that it does not have marks none."""
        return bool(self._marked)

    def findings(self, held: Sequence[Membership]) -> Iterator[Finding]:
        """What the record and the table say of each place that one of the two names."""
        by_place: dict[str, list[Membership]] = defaultdict(list)
        for each in held:
            by_place[each.place].append(each)
        for place in sorted({*by_place, *self._marked}):
            yield self._finding(place, by_place.get(place, []))

    def _finding(self, place: str, held: list[Membership]) -> Finding:
        name = self._record.names.label("place", place) if place.isupper() else place
        row = self._rows.get(place)
        said = f"{row.label} is marked" if row and place in self._marked else self._silent(row)
        subject = f"{name} in {self._group.name_en}"
        where = f"{self._where}, row {row.label}" if row else self._where
        kind = "supplement-5" if self._group.key.startswith("us-supp5") else "country-group"
        if not held:
            why = "" if place.isupper() else "the record has no place of this name"
            return Finding(kind, subject, "", said, where, "not-in-record", why)
        day = self._record.day
        chosen = next((each for each in held if each.span.on(day) is not False), held[-1])
        member = either(each.member(day) for each in held)
        receipt = self._places.receipt(chosen, name)
        fact = f"membership:{chosen.key}"
        told = _told(chosen, member, day)
        if member is None:
            return Finding(kind, subject, told, said, where, "not-compared", _doubt(chosen), fact, receipt)
        if member is (place in self._marked):
            return Finding(kind, subject, told, said, where, "agrees", "", fact, receipt)
        if chosen.valid_from is None and chosen.observed_from and day < chosen.observed_from.earliest:
            why = f"the record has no first day; the table was read for {chosen.observed_from}"
            return Finding(kind, subject, told, said, where, "not-compared", why, fact, receipt)
        verdict: Verdict = "not-in-feed" if member and row is None else "differs"
        return Finding(kind, subject, told, said, where, verdict, "", fact, receipt)

    def _silent(self, row: Told | None) -> str:
        return "not named" if row is None else f"{row.label} is named and not marked"


def _told(held: Membership, member: bool | None, day: date) -> str:
    """What the record says of a membership on a day."""
    if held.standing == "not-a-member":
        return "not a member"
    ended, begins = held.valid_to, held.valid_from
    if member is False and ended is not None and ended.latest <= day:
        return f"not since {ended}"
    if member is False and begins is not None:
        return f"not before {begins}"
    return f"{'contested' if held.standing == 'contested' else 'member'}, {held.span}"


def _doubt(held: Membership) -> str:
    return (
        "the record has it contested" if held.standing == "contested" else f"it turns on a day not known: {held.span}"
    )
