"""What a list says of a party, read from the same statements whether they stand in a file or in a store."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from dualuse.lens import Lens
from dualuse.ownership.intervals import OUT, SURE, read_dates
from dualuse.screening.notices import STOPPED, Notice, Stopped, stopped

Standing = Literal["in-force", "maybe", Stopped, "expired", "not-yet"]
"""Whether a listing holds on a day; of one whose notice is stopped, how."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A party as one list has it.

    Args:
        list_: What it was read from, by its place among the lists.
        key: Its key there.
        names: Its names, the first the one it is listed under.
        lists: Codes of the lists it stands on; none for a party of the record that is on none.
        addresses: Its addresses.
        places: Keys of the places it is in.
        identifiers: Numbers and codes that others gave it.
        footnotes: Footnotes of its entry.
        requirement: The licence requirement, as it stands.
        policy: The review policy, as it stands.
        start: Day on which the listing begins, or the month or the year; blank if not known.
        end: The day after its last.
        cited: Where it was published.
        iri: IRI of the record.
        organisation: Key of the organisation of the record; blank for a party of a feed.
        owned: Whether a stake in it is on record.
        notice: What put it on the list, if that was ever stopped.
    """

    list_: int
    key: str
    names: tuple[str, ...]
    lists: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    footnotes: tuple[int, ...] = ()
    requirement: str = ""
    policy: str = ""
    start: str = ""
    end: str = ""
    cited: tuple[str, ...] = ()
    iri: str = ""
    organisation: str = ""
    owned: bool = False
    notice: Notice | None = field(default=None, compare=False, repr=False)

    def standing(self, day: date, lens: str = Lens.CODIFIED) -> Standing:
        """Whether the listing holds on a day, under a lens; what has no dates is taken to hold."""
        on = read_dates(self.start, self.end)[0].on(day)
        if on == OUT:
            return "expired" if self.end and read_dates("", self.end)[0].on(day) == OUT else "not-yet"
        return self._by_notice(day, lens) or ("in-force" if on == SURE else "maybe")

    def _by_notice(self, day: date, lens: str) -> Standing | None:
        """How its notice is stopped; ``maybe`` where that is not known, None where it is not."""
        found = None if self.notice is None else self.notice.on(day, lens)
        if found is None or not stopped(found):
            return None
        return _STANDS.get(found.status, "maybe")


_STANDS: Mapping[str, Standing] = {each: each for each in STOPPED}


@dataclass(frozen=True)
class ListRead:
    """A list that was searched.

    Args:
        name: What it is called here: ``record``, the kind of a feed, or the name of a file.
        title: What its publisher calls it.
        parties: How many parties of it were searched.
        names: How many names.
        retrieved: Day it was had, or the last day of the record.
        sha256: Digest of the file, or of the record.
        read_by: What read it.
        licence: Under what it may be used.
        not_read: How many of its records could not be read, and were not searched.
    """

    name: str
    title: str
    parties: int
    names: int
    retrieved: str
    sha256: str
    read_by: str
    licence: str
    not_read: int = 0


Says = Mapping[str, list[str]]
"""Predicate, without prefix or path -> what is said, as text; a column of a feed under ``#column``."""

_DROPPED = re.compile(r"^(?:male|female|gender|unknown)\b", re.IGNORECASE)


def listed(list_: int, key: str, label: str, says: Says, lists: Iterable[str], iri: str) -> Listed:
    """A party from what a feed says of it."""
    names = dict.fromkeys(filter(None, (label, *says.get("altLabel", ()))))
    return Listed(
        list_,
        key,
        tuple(names),
        tuple(sorted(lists)),
        tuple(says.get("address", ())),
        tuple(dict.fromkeys((*says.get("addressCountry", ()), *says.get("spatial", ())))),
        tuple(dict.fromkeys((*says.get("identifier", ()), *says.get("leiCode", ())))),
        tuple(sorted({int(note) for note in says.get("footnote", ()) if note.isdigit()})),
        " ".join(_first(says, "#license_requirement", "#reason").split()),
        " ".join(_first(says, "#license_policy", "#provisions", "licencePolicy").split()),
        min(says.get("startDate", ()), default="")
        or min(says.get("datePublished", ()), default="")
        or _unread(says, "#start_date", "#startDate"),
        max(says.get("endDate", ()), default="") or _unread(says, "#end_date", "#endDate"),
        tuple(says.get("bibliographicCitation", ())),
        iri,
    )


def _first(says: Says, *names: str) -> str:
    return next(("; ".join(says[name]) for name in names if says.get(name)), "")


def _unread(says: Says, *names: str) -> str:
    """The text of a day that could not be read, so that it holds or not; blank where nothing stands."""
    text = _first(says, *names).strip()
    return text and f"not read: {text}"


_CODE = re.compile(r"[^0-9A-Za-z]+")
_LEAST, _LEAST_DIGITS = 6, 4
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def codes(text: str) -> set[str]:
    """Identifiers in a cell, without spaces and marks; words, days and short numbers are none.

    Example:
        >>> sorted(codes("Passport, 836238033, KP")), codes("LEI: 5493-00AB12CD34EF56 78"), codes("2014-08-30")
        (['836238033'], {'549300AB12CD34EF5678'}, set())
    """
    found = set()
    for part in re.split(r"[,;|\n]+|:\s", text):
        code = _CODE.sub("", part).upper()
        digits = sum(map(str.isdigit, code))
        if len(code) >= _LEAST and digits >= _LEAST_DIGITS and not _DAY.fullmatch(part.strip()):
            found.add(code)
    return found
