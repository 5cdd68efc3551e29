"""Statements of the Beneficial Ownership Data Standard, 0.2 to 0.4: one long list, or one a line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from dualuse.errors import UsageError
from dualuse.feeds.bods_says import interests, label, says
from dualuse.feeds.entry import Entry, other
from dualuse.feeds.feed import Feed
from dualuse.feeds.jsonlines import begins, objects
from dualuse.feeds.jsons import flat
from dualuse.feeds.once import Keys
from dualuse.feeds.places import Places
from dualuse.feeds.report import Report

_WHENCE = "about the statement, not what it states"
_KEPT = "kept as it stands"
STATEMENT = {
    "statementID": "",
    "statementId": "",
    "statementType": "",
    "statementDate": "",
    "recordId": "",
    "recordType": "",
    "recordStatus": "",
    "recordDetails": "",
    "replacesStatements": "",
    "declaration": _WHENCE,
    "declarationSubject": _WHENCE,
    "publicationDetails": _WHENCE,
    "source": _WHENCE,
    "annotations": _WHENCE,
}
DETAILS = {
    "isComponent": "",
    "componentStatementIDs": "",
    "componentRecords": "",
    "subject": "",
    "interestedParty": "",
    "interests": "",
    "entityType": "",
    "entitySubtype": _KEPT,
    "unspecifiedEntityDetails": _KEPT,
    "missingInfoReason": _KEPT,
    "name": "",
    "alternateNames": "",
    "incorporatedInJurisdiction": "",
    "jurisdiction": "",
    "identifiers": "",
    "foundingDate": "",
    "dissolutionDate": "",
    "addresses": "",
    "uri": _KEPT,
    "publicListing": _KEPT,
    "formedByStatute": _KEPT,
    "personType": "",
    "unspecifiedPersonDetails": _KEPT,
    "names": "",
    "nationalities": "",
    "birthDate": "",
    "deathDate": "",
    "placeOfBirth": _KEPT,
    "placeOfResidence": _KEPT,
    "taxResidencies": _KEPT,
    "hasPepStatus": _KEPT,
    "pepStatusDetails": _KEPT,
    "politicalExposure": _KEPT,
}
INTEREST = {
    "type": "",
    "directOrIndirect": "",
    "interestLevel": "",
    "beneficialOwnershipOrControl": _KEPT,
    "details": _KEPT,
    "share": "",
    "startDate": "",
    "endDate": "",
}
"""Fields of a statement, of what it states, and of an interest -> why one is not read further; blank if it is."""
_KNOWN = {
    **STATEMENT,
    **DETAILS,
    **{f"recordDetails.{name}": why for name, why in DETAILS.items()},
    **{f"interests.{name}": why for name, why in INTEREST.items()},
}
_TYPES = {
    "entityStatement": "entity",
    "personStatement": "person",
    "ownershipOrControlStatement": "relationship",
    "relationshipStatement": "relationship",
    "entity": "entity",
    "person": "person",
    "relationship": "relationship",
}
"""What a statement is of, by the names that the versions give it."""


def read(file: Path, report: Report, places: Places) -> Iterator[Entry]:
    """Read statements; each interest is a record of its own beside its statement, and so is what 0.4 states of.

    Raises:
        UsageError: it is no such file.
    """
    if begins(file) not in ("{", "["):
        raise UsageError(f"{file}: no statements of the Beneficial Ownership Data Standard: not JSON")
    yield from _Statements(report, places).entries(file)


class _Statements:
    """The statements of a file."""

    def __init__(self, report: Report, places: Places) -> None:
        self._report, self._places = report, places
        self._keys = Keys()
        self._columns: dict[str, None] = {}
        self._versions: dict[str, list[tuple[str, str]]] = {}

    def entries(self, file: Path) -> Iterator[Entry]:
        """Each statement as a record, with what belongs to it."""
        for where, statement in objects(file, self._report):
            try:
                yield from self._entries(where, statement)
            except RecursionError:
                self._report.reject(where, "nested too deeply")
        yield from self._replaced()
        known = _KNOWN if self._columns else {}
        self._report.had(tuple(sorted(self._columns)), known, known.keys())

    def _entries(self, where: str, statement: dict[str, Any]) -> Iterator[Entry]:
        report = self._report
        own = flat(statement.get("statementId", statement.get("statementID")))
        details = statement.get("recordDetails", statement)
        named = _TYPES.get(flat(statement.get("recordType", statement.get("statementType"))))
        if not own or named is None or not isinstance(details, dict):
            why = (
                "no statementId"
                if not own
                else "no details"
                if named
                else "neither of an entity, a person nor a relationship"
            )
            report.reject(where, why, flat(statement)[:200])
            return
        self._note(statement, details)
        cells = {name: flat(value) for name, value in statement.items() if name != "recordDetails"}
        if details is not statement:
            cells |= {f"recordDetails.{name}": flat(value) for name, value in details.items()}
        cells = {name: cell for name, cell in cells.items() if cell.strip()}
        key = self._keys.take(own, cells)
        if key is None:
            report.repeated += 1
            return
        said = list(says(where, named, statement, details, report, self._places))
        called = label(details) or f"{named} {own}"
        record = flat(statement.get("recordId"))
        if record and record != own:
            said.append(other("dct:isVersionOf", FEED.name, record))
            if record not in self._versions:
                yield Entry(record, called, {}, adds=True)
            self._versions.setdefault(record, []).append((flat(statement.get("statementDate")), key))
        yield Entry(key, called, cells, tuple(said), named)
        if named == "relationship":
            yield from interests(where, key, details, report)

    def _note(self, statement: Mapping[str, Any], details: Mapping[str, Any]) -> None:
        """Note the columns of a statement."""
        self._columns.update(dict.fromkeys(statement))
        if details is not statement:
            self._columns.update(dict.fromkeys(f"recordDetails.{name}" for name in details))
        found = details.get("interests")
        for each in found if isinstance(found, list) else ():
            if isinstance(each, dict):
                self._columns.update(dict.fromkeys(f"interests.{name}" for name in each))

    def _replaced(self) -> Iterator[Entry]:
        """What the last statement of each record replaces."""
        for versions in self._versions.values():
            if len(versions) > 1:
                *older, (_, last) = sorted(versions, key=lambda version: version[0])
                replaced = tuple(other("dct:replaces", FEED.name, key) for _, key in older)
                yield Entry(last, "", {}, replaced, adds=True)


FEED = Feed(
    name="bods",
    title="Beneficial Ownership Data Standard",
    publisher="whom each statement names as its publisher",
    licence="https://standard.openownership.org/",
    address="",
    version="bods-1",
    read=read,
)
