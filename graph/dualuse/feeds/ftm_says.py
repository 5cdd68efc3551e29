"""What the properties of an entity of FollowTheMoney say, read by what their values are."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from dualuse.feeds import ftm
from dualuse.feeds.entry import Said, dated, exact, other, place, text
from dualuse.feeds.places import Places
from dualuse.feeds.report import Report
from dualuse.feeds.values import date_of, number_of, share_of

_DATES = {
    "startDate": "schema:startDate",
    "endDate": "schema:endDate",
    "birthDate": "schema:birthDate",
    "deathDate": "schema:deathDate",
    "incorporationDate": "schema:foundingDate",
    "dissolutionDate": "schema:dissolutionDate",
}
_COUNTRIES = ("country", "mainCountry")
_TEXTS = {
    **dict.fromkeys(ftm.NAMES, "skos:altLabel"),
    **dict.fromkeys(("address", "full"), "schema:address"),
    **dict.fromkeys(ftm.IDENTIFIERS, "schema:identifier"),
    **dict.fromkeys(("topics", "program", "programId"), "dct:subject"),
    "name": "skos:altLabel",
    "leiCode": "schema:leiCode",
}


_MEASURED = ftm.COUNTRIES | ftm.DATES | ftm.NUMBERS | {"percentage"}
_KEPT = 1 << 14
"""Values whose meaning is kept, since most codes and many days come again."""


class Says:
    """What the properties of entities say; a value that cannot be read is told in the report and stays as it stands.

    Args:
        report: Told of what cannot be read.
        places: Has the codes of places.
        feed: Name of the feed whose records the links point to.
    """

    def __init__(self, report: Report, places: Places, feed: str) -> None:
        self._report, self._codes, self._feed = report, places.codes, feed

    def __call__(self, where: str, found: Mapping[str, tuple[str, ...]]) -> list[Said]:
        """What the properties of an entity say."""
        said: list[Said] = []
        for name, values in found.items():
            if name in ftm.LINKS:
                predicate = f"ftm:{name}"
                said += [other(predicate, self._feed, value) for value in values]
            elif name in _TEXTS:
                predicate = _TEXTS[name]
                said += [text(predicate, value) for value in values]
            elif name in _MEASURED:
                for value in values:
                    told, why = _measured(name, value, self._codes)
                    said += told
                    if why:
                        self._report.doubt(where, name, value, why)
        return said


@lru_cache(maxsize=_KEPT)
def _measured(name: str, value: str, codes: frozenset[str]) -> tuple[tuple[Said, ...], str]:
    """What a code, a day or a number says, or why it says nothing."""
    if name in ftm.COUNTRIES:
        code = value.strip().upper()
        if code not in codes:
            return (), "a code of no place on record"
        own = place(f"ftm:{name}", code)
        return ((own, place("schema:addressCountry", code)) if name in _COUNTRIES else (own,)), ""
    if name in ftm.DATES:
        day = date_of(value)
        return ((dated(_DATES.get(name, f"ftm:{name}"), day),), "") if day is not None else ((), "no date")
    if name == "percentage":
        share = share_of(value)
        return (tuple(share.says()), "") if share is not None else ((), "no share from 0 to 100")
    number = number_of(value)
    return ((exact(f"ftm:{name}", number),), "") if number is not None else ((), "no number")
