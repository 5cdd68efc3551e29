"""What a statement of the Beneficial Ownership Data Standard says, in any of its versions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from dualuse.feeds.entry import Entry, Said, dated, other, place, text
from dualuse.feeds.jsons import flat
from dualuse.feeds.places import Places
from dualuse.feeds.report import Report
from dualuse.feeds.values import Share, date_of, number_of
from dualuse.model.triples import iri
from dualuse.namespaces import expand

_FEED = "bods"
_CLASSES = {"entity": "ftm:LegalEntity", "person": "ftm:Person"}
_DATES = {
    "foundingDate": "schema:foundingDate",
    "dissolutionDate": "schema:dissolutionDate",
    "birthDate": "schema:birthDate",
    "deathDate": "schema:deathDate",
    "startDate": "schema:startDate",
    "endDate": "schema:endDate",
    "statementDate": "dct:issued",
}
_DESCRIBED = ("describedByEntityStatement", "describedByPersonStatement")
_LEI = "XI-LEI"
_BOUNDS = ("exact", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")


def label(details: Mapping[str, Any]) -> str:
    """What a party is called; blank if it has no name, as a relationship has none."""
    return next((name for name in _names(details) if name.strip()), "")


def _names(details: Mapping[str, Any]) -> Iterator[str]:
    yield flat(details.get("name"))
    for name in _list(details.get("names")):
        if isinstance(name, dict):
            parts = (flat(name.get(part)) for part in ("givenName", "patronymicName", "familyName"))
            yield flat(name.get("fullName")) or " ".join(part for part in parts if part)
    yield from (flat(name) for name in _list(details.get("alternateNames")))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def says(
    where: str, named: str, statement: Mapping[str, Any], details: Mapping[str, Any], report: Report, places: Places
) -> Iterator[Said]:
    """What a statement says of an entity, a person or a relationship, its interests apart."""
    if named in _CLASSES:
        yield "rdf:type", iri(expand(_CLASSES[named]))
    yield from _dates(where, statement, ("statementDate",), report)
    for old in _list(statement.get("replacesStatements")):
        yield other("dct:replaces", _FEED, flat(old))
    if status := flat(statement.get("recordStatus")):
        yield text("schema:creativeWorkStatus", status)
    if details.get("isComponent") is True:
        yield text("schema:additionalType", "component")
    for part in (*_list(details.get("componentRecords")), *_list(details.get("componentStatementIDs"))):
        yield other("dct:hasPart", _FEED, flat(part))
    if named == "relationship":
        yield from _ends(where, details, report)
    else:
        yield from _party(where, details, report, places)


def _party(where: str, details: Mapping[str, Any], report: Report, places: Places) -> Iterator[Said]:
    for name in dict.fromkeys(_names(details)):
        if name.strip() and name != label(details):
            yield text("skos:altLabel", name)
    for column in ("entityType", "personType"):
        kind = details.get(column)
        if found := flat(kind.get("type") if isinstance(kind, dict) else kind):
            yield text("dct:type", found)
    yield from _dates(where, details, ("foundingDate", "dissolutionDate", "birthDate", "deathDate"), report)
    for identifier in _list(details.get("identifiers")):
        yield from _identifier(where, identifier, report)
    for column in ("incorporatedInJurisdiction", "jurisdiction"):
        yield from _country(where, column, details.get(column), "ftm:jurisdiction", report, places)
    for nation in _list(details.get("nationalities")):
        yield from _country(where, "nationalities", nation, "ftm:nationality", report, places)
    yield from _addresses(where, details, report, places)


def _addresses(where: str, details: Mapping[str, Any], report: Report, places: Places) -> Iterator[Said]:
    for address in _list(details.get("addresses")):
        if not isinstance(address, dict):
            report.doubt(where, "addresses", flat(address), "no address")
            continue
        written = ", ".join(found for part in ("address", "postCode") if (found := flat(address.get(part)).strip()))
        if written:
            yield text("schema:address", written)
        yield from _country(where, "addresses", address.get("country"), "schema:addressCountry", report, places)


def _identifier(where: str, identifier: Any, report: Report) -> Iterator[Said]:
    number = flat(identifier.get("id")).strip() if isinstance(identifier, dict) else ""
    if not number:
        report.doubt(where, "identifiers", flat(identifier), "no identifier")
        return
    scheme = flat(identifier.get("scheme")) or flat(identifier.get("schemeName"))
    yield text("schema:identifier", f"{scheme} {number}".strip())
    if scheme == _LEI:
        yield text("schema:leiCode", number)


def _country(where: str, column: str, value: Any, predicate: str, report: Report, places: Places) -> Iterator[Said]:
    """A country: its code alone, or with its name."""
    if value is None:
        return
    code = flat(value.get("code") if isinstance(value, dict) else value).strip().upper()
    if code not in places.codes:
        report.doubt(where, column, flat(value), "a code of no place on record")
    else:
        yield place(predicate, code)


def _dates(where: str, given: Mapping[str, Any], columns: tuple[str, ...], report: Report) -> Iterator[Said]:
    for column in columns:
        written = flat(given.get(column))
        found = date_of(written)
        if found is not None:
            yield dated(_DATES[column], found)
        elif written.strip():
            report.doubt(where, column, written, "no date")


def _ends(where: str, details: Mapping[str, Any], report: Report) -> Iterator[Said]:
    """The two ends of a relationship: the party held, and who holds it, or why nobody is named."""
    for column, predicate in (("subject", "ftm:asset"), ("interestedParty", "ftm:owner")):
        end = details.get(column)
        found = [flat(end.get(name)) for name in _DESCRIBED if end.get(name)] if isinstance(end, dict) else [flat(end)]
        for key in found:
            if key.strip():
                yield other(predicate, _FEED, key)
        if isinstance(end, dict) and not found:
            unnamed = end.get("unspecified", end)
            words = unnamed if isinstance(unnamed, dict) else {"reason": unnamed}
            reason = ": ".join(part for name in ("reason", "description") if (part := flat(words.get(name))))
            if reason:
                yield text("dct:description", f"{column} not named: {reason}")
            else:
                report.doubt(where, column, flat(end), "names nobody and gives no reason")
        elif not any(key.strip() for key in found):
            report.doubt(where, column, flat(end), "names nobody and gives no reason")


def interests(where: str, key: str, details: Mapping[str, Any], report: Report) -> Iterator[Entry]:
    """Each interest of a relationship, with both ends."""
    ends = tuple(said for said in _ends(where, details, Report()) if said[0] in ("ftm:owner", "ftm:asset"))
    for number, interest in enumerate(_list(details.get("interests")), start=1):
        if not isinstance(interest, dict):
            report.doubt(where, "interests", flat(interest), "no interest")
            continue
        kind = flat(interest.get("type")) or "interest"
        said = [("rdf:type", iri(expand("ftm:Ownership" if kind == "shareholding" else "ftm:Interest"))), *ends]
        said.append(other("prov:wasDerivedFrom", _FEED, key))
        said.append(text("dct:type", kind))
        if level := flat(interest.get("directOrIndirect")) or flat(interest.get("interestLevel")):
            said.append(text("ftm:ownershipType", level))
        said += _dates(where, interest, ("startDate", "endDate"), report)
        if (given := interest.get("share")) is not None:
            share = share_told(given)
            if share is None:
                report.doubt(where, "interests.share", flat(given), "no share from 0 to 100")
            else:
                said += share.says()
        cells = {f"interests.{name}": cell for name, value in interest.items() if (cell := flat(value)).strip()}
        yield Entry(f"{key}.{number}", kind, cells, tuple(said), adds=True)


def share_told(given: Any) -> Share | None:
    """A share: exact or between bounds, which 0.2 and 0.3 exclude by a sign beside them, 0.4 by their name.

    Example:
        >>> share_told({"minimum": 25, "exclusiveMinimum": True, "maximum": 50}).above
        True
        >>> share_told({"exclusiveMinimum": 25, "maximum": 50}).least
        Decimal('25')
    """
    if not isinstance(given, dict) or not all(_is_bound(given.get(name)) for name in _BOUNDS):
        return None
    if (exact := _number(given.get("exact"))) is not None:
        share = Share(exact, exact)
        return share if share.can_be else None
    least, above = _bound(given.get("minimum"), given.get("exclusiveMinimum"), max)
    most, below = _bound(given.get("maximum"), given.get("exclusiveMaximum"), min)
    share = Share(least, most, above, below)
    return share if share.can_be else None


def _bound(within: Any, without: Any, nearer: Any) -> tuple[Decimal | None, bool]:
    """A bound, and whether it is excluded; of two, the nearer one."""
    own, excluded = _number(within), _number(without)
    if excluded is None:
        return own, without is True and own is not None
    if own is None:
        return excluded, True
    return nearer(own, excluded), nearer(own, excluded) == excluded


def _is_bound(value: Any) -> bool:
    return value is None or isinstance(value, bool) or _number(value) is not None


def _number(value: Any) -> Decimal | None:
    return None if value is None or isinstance(value, bool) else number_of(flat(value))
