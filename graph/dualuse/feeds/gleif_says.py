"""What records of GLEIF say: of a legal entity, of a relationship, and of a parent that is not told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dualuse.feeds.cdf import Cells, path_of
from dualuse.feeds.entry import Said, dated, other, place, text
from dualuse.feeds.places import Places
from dualuse.feeds.report import Report
from dualuse.feeds.values import date_of
from dualuse.model.triples import iri
from dualuse.namespaces import expand

_FEED = "gleif"
_NAMES = (
    "Entity.OtherEntityNames.OtherEntityName",
    "Entity.TransliteratedOtherEntityNames.TransliteratedOtherEntityName",
)
_ADDRESS = (
    *("FirstAddressLine", "AdditionalAddressLine", "Line1", "Line2", "Line3", "Line4"),
    *("City", "Region", "PostalCode", "Country"),
)
_PERIOD = re.compile(r"Relationship\.(?:RelationshipPeriods\.RelationshipPeriod|Period)(?:\.(\d+))?\.(\w+)")
_OWN_PERIOD = "RELATIONSHIP_PERIOD"
_CONSOLIDATED = re.compile(r"IS_\w+_CONSOLIDATED_BY|IS_INTERNATIONAL_BRANCH_OF")


@dataclass(frozen=True)
class Told:
    """What a record says: its key, what it is called, its list, and what was read out of it."""

    key: str
    label: str
    list_: str
    says: tuple[Said, ...]


def _all(cells: Cells, *paths: str) -> list[str]:
    """Texts under paths, those of lists in their order, each once."""
    return list(dict.fromkeys(cell.strip() for path in paths for name, cell in cells.items() if path_of(name) == path))


def _one(cells: Cells, *paths: str) -> str:
    return next((cell for path in paths if (cell := cells.get(path, "").strip())), "")


def entity(where: str, cells: Cells, report: Report, places: Places) -> Told | str:
    """A legal entity; or why the record is none."""
    lei, name = _one(cells, "LEI"), _one(cells, "Entity.LegalName")
    if not lei or not name:
        return "no LEI" if not lei else "no name"
    return Told(lei, name, "lei", tuple(_entity_says(where, lei, cells, report, places)))


def _entity_says(where: str, lei: str, cells: Cells, report: Report, places: Places) -> Iterator[Said]:
    yield "rdf:type", iri(expand("ftm:LegalEntity"))
    yield text("schema:leiCode", lei)
    for name in _all(cells, *_NAMES):
        yield text("skos:altLabel", name)
    yield from _country(where, "Entity.LegalJurisdiction", cells, ("ftm:jurisdiction",), report, places)
    for kind, predicate in (("LegalAddress", "ftm:country"), ("HeadquartersAddress", "ftm:mainCountry")):
        parts = [part for name in _ADDRESS for part in _all(cells, f"Entity.{kind}.{name}")]
        if parts:
            yield text("schema:address", ", ".join(parts))
        yield from _country(
            where, f"Entity.{kind}.Country", cells, (predicate, "schema:addressCountry"), report, places
        )
    if number := _one(
        cells, "Entity.RegistrationAuthority.RegistrationAuthorityEntityID", "Entity.BusinessRegisterEntityID"
    ):
        authority = _one(
            cells, "Entity.RegistrationAuthority.RegistrationAuthorityID", "Entity.BusinessRegisterEntityID.register"
        )
        yield text("schema:identifier", f"{authority} {number}".strip())
    for path, predicate in (
        ("Entity.EntityCategory", "dct:type"),
        ("Entity.EntityStatus", "ftm:status"),
        ("Registration.RegistrationStatus", "schema:creativeWorkStatus"),
    ):
        if found := _one(cells, path):
            yield text(predicate, found)
    for successor in _all(cells, "Entity.SuccessorEntity.SuccessorLEI"):
        yield other("dct:isReplacedBy", _FEED, successor)
    yield from _dates(
        where,
        cells,
        report,
        {
            "Entity.EntityCreationDate": "schema:foundingDate",
            "Entity.EntityExpirationDate": "schema:dissolutionDate",
            "Registration.LastUpdateDate": "schema:dateModified",
        },
    )


def _country(
    where: str, path: str, cells: Cells, predicates: tuple[str, ...], report: Report, places: Places
) -> Iterator[Said]:
    """A country, or the one that a subdivision such as US-DE is of."""
    written = _one(cells, path)
    code = written.partition("-")[0].upper()
    if code in places.codes:
        for predicate in predicates:
            yield place(predicate, code)
    elif written:
        report.doubt(where, path, written, "a code of no place on record")


def _dates(where: str, cells: Cells, report: Report, predicates: dict[str, str]) -> Iterator[Said]:
    for path, predicate in predicates.items():
        if written := _one(cells, path):
            found = date_of(written)
            if found is None:
                report.doubt(where, path, written, "no date")
            else:
                yield dated(predicate, found)


def relationship(where: str, cells: Cells, report: Report, places: Places) -> Told | str:
    """A relationship between two entities; or why the record is none."""
    ends = []
    for node in ("StartNode", "EndNode"):
        key = _one(cells, f"Relationship.{node}.NodeID")
        kind = _one(cells, f"Relationship.{node}.NodeIDType")
        if not key:
            return f"no {node}"
        ends.append(key if kind in ("", "LEI") else f"{kind}.{key}")
    kind = _one(cells, "Relationship.RelationshipType")
    if not kind:
        return "no RelationshipType"
    start, end = ends
    holds = _CONSOLIDATED.fullmatch(kind) is not None
    said = [
        ("rdf:type", iri(expand("ftm:Interest" if holds else "ftm:UnknownLink"))),
        other("ftm:asset" if holds else "ftm:subject", _FEED, start),
        other("ftm:owner" if holds else "ftm:object", _FEED, end),
        text("dct:type", kind),
        *_periods(where, cells, report),
        *_dates(where, cells, report, {"Registration.LastUpdateDate": "schema:dateModified"}),
    ]
    if status := _one(cells, "Relationship.RelationshipStatus"):
        said.append(text("ftm:status", status))
    if status := _one(cells, "Registration.RegistrationStatus"):
        said.append(text("schema:creativeWorkStatus", status))
    return Told(f"{start}.{kind}.{end}", f"{start} {kind} {end}", kind, tuple(said))


def _periods(where: str, cells: Cells, report: Report) -> Iterator[Said]:
    """The days of the relationship itself; periods of accounts and of filing are told as what they are."""
    periods: dict[str, dict[str, str]] = {}
    for path, cell in cells.items():
        if found := _PERIOD.fullmatch(path):
            periods.setdefault(found[1] or "1", {})[found[2].lower()] = cell.strip()
    for period in periods.values():
        days = {}
        for name in ("startdate", "enddate"):
            if written := period.get(name):
                day = date_of(written)
                if day is None:
                    report.doubt(where, "RelationshipPeriod", written, "no date")
                else:
                    days[name] = day
        kind = period.get("periodtype", "")
        if kind == _OWN_PERIOD:
            predicates = {"startdate": "schema:startDate", "enddate": "schema:endDate"}
            yield from (dated(predicates[name], day) for name, day in days.items())
        elif days:
            spans = (str(days.get(name, "..")) for name in ("startdate", "enddate"))
            yield text("dct:temporal", f"{kind} {'/'.join(spans)}".strip())


def exception(where: str, cells: Cells, report: Report, places: Places) -> Told | str:
    """Why a parent of an entity is not told, which is a statement, not a gap; or why the record is none."""
    lei, category = _one(cells, "LEI"), _one(cells, "ExceptionCategory", "Exception.Category")
    reasons = _all(cells, "ExceptionReason", "Exception.Reason")
    if not lei or not category:
        return "no LEI" if not lei else "no category"
    if not reasons:
        report.doubt(where, "ExceptionReason", lei, "no reason is given")
    said = (
        other("ftm:asset", _FEED, lei),
        text("dct:type", category),
        *(text("dct:description", f"parent not told: {reason}") for reason in reasons),
    )
    return Told(f"{lei}.{category}", f"{lei} {category}: {', '.join(reasons)}", category, said)
