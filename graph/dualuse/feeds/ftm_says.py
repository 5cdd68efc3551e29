"""What the properties of an entity of FollowTheMoney say, read by what their values are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

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


def says(where: str, found: Mapping[str, tuple[str, ...]], report: Report, places: Places, feed: str) -> Iterator[Said]:
    """What the properties say; a value that cannot be read is told in the report and stays as it stands."""
    for name, values in found.items():
        for value in values:
            yield from _one(where, name, value, report, places, feed)


def _one(where: str, name: str, value: str, report: Report, places: Places, feed: str) -> Iterator[Said]:
    if name in ftm.LINKS:
        yield other(f"ftm:{name}", feed, value)
    elif name in _TEXTS:
        yield text(_TEXTS[name], value)
    elif name in ftm.COUNTRIES:
        yield from _country(where, name, value, report, places)
    elif name in ftm.DATES or name == "percentage" or name in ftm.NUMBERS:
        yield from _measure(where, name, value, report)


def _country(where: str, name: str, value: str, report: Report, places: Places) -> Iterator[Said]:
    code = value.strip().upper()
    if code not in places.codes:
        report.doubt(where, name, value, "a code of no place on record")
        return
    yield place(f"ftm:{name}", code)
    if name in _COUNTRIES:
        yield place("schema:addressCountry", code)


def _measure(where: str, name: str, value: str, report: Report) -> Iterator[Said]:
    if name in ftm.DATES:
        day = date_of(value)
        if day is not None:
            yield dated(_DATES.get(name, f"ftm:{name}"), day)
            return
    elif name == "percentage":
        share = share_of(value)
        if share is not None:
            yield from share.says()
            return
    else:
        number = number_of(value)
        if number is not None:
            yield exact(f"ftm:{name}", number)
            return
    why = "no date" if name in ftm.DATES else "no share from 0 to 100" if name == "percentage" else "no number"
    report.doubt(where, name, value, why)
