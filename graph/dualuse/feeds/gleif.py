"""GLEIF: legal entities, relationships, and why a parent is not told; golden copies as XML, JSON or CSV."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from dualuse.feeds.cdf import Cells, part_of, path_of, records
from dualuse.feeds.entry import Entry
from dualuse.feeds.feed import CC0, Feed
from dualuse.feeds.gleif_says import Told, entity, exception, relationship
from dualuse.feeds.once import Keys
from dualuse.feeds.places import Places
from dualuse.feeds.report import Report

_ELEMENTS = frozenset(
    {
        *("LEI", "Entity", "LegalName", "OtherEntityNames", "OtherEntityName", "TransliteratedOtherEntityNames"),
        *("TransliteratedOtherEntityName", "LegalAddress", "HeadquartersAddress", "OtherAddresses", "OtherAddress"),
        *("TransliteratedOtherAddresses", "TransliteratedOtherAddress", "FirstAddressLine", "AddressNumber"),
        *("AddressNumberWithinBuilding", "MailRouting", "AdditionalAddressLine", "City", "Region", "Country"),
        *("PostalCode", "Line1", "Line2", "Line3", "Line4", "RegistrationAuthority", "RegistrationAuthorityID"),
        *("OtherRegistrationAuthorityID", "RegistrationAuthorityEntityID", "BusinessRegisterEntityID"),
        *("LegalJurisdiction", "EntityCategory", "EntitySubCategory", "LegalForm", "EntityLegalFormCode"),
        *("OtherLegalForm", "AssociatedEntity", "AssociatedLEI", "AssociatedEntityName", "EntityStatus"),
        *("EntityCreationDate", "EntityExpirationDate", "EntityExpirationReason", "SuccessorEntity", "SuccessorLEI"),
        *("SuccessorEntityName", "LegalEntityEvents", "LegalEntityEvent", "LegalEntityEventType"),
        *("LegalEntityEventEffectiveDate", "LegalEntityEventRecordedDate", "AffectedFields", "AffectedField"),
        *("Registration", "InitialRegistrationDate", "LastUpdateDate", "RegistrationStatus", "NextRenewalDate"),
        *("ManagingLOU", "ValidationSources", "ValidationDocuments", "ValidationReference", "ValidationAuthority"),
        *("ValidationAuthorityID", "OtherValidationAuthorityID", "ValidationAuthorityEntityID", "ConformityFlag"),
        *("OtherValidationAuthorities", "OtherValidationAuthority", "Relationship", "StartNode", "EndNode", "NodeID"),
        *("NodeIDType", "RelationshipType", "RelationshipPeriods", "RelationshipPeriod", "Period", "StartDate"),
        *("EndDate", "PeriodType", "startDate", "endDate", "periodType", "RelationshipStatus", "Qualifiers"),
        *("RelationshipQualifiers", "RelationshipQualifier", "QualifierDimension", "QualifierCategory"),
        *("Quantifiers", "RelationshipQuantifiers", "RelationshipQuantifier", "MeasurementMethod"),
        *("QuantifierAmount", "QuantifierUnits", "ExceptionCategory", "ExceptionReason", "ExceptionReference"),
        *("Exception", "Category", "Reason", "Reference"),
        *("xmllang", "type", "event_status", "group_type", "group_id", "group_sequence_no", "register"),
    }
)
"""Names of elements and attributes of the formats; a path of others is a new column."""
_EXTENSION = "Extension"
_NOT_READ = {
    _EXTENSION: "what a registrar adds",
    "Quantifier": "a share of consolidation in accounts, not one that is owned",
    "Qualifier": "by which standard accounts are kept",
    "LegalEntityEvent": "kept as it stands",
    "Validation": "how it was checked",
    "OtherAddress": "kept as it stands",
    "NextRenewalDate": "kept as it stands",
    "InitialRegistrationDate": "kept as it stands",
    "ManagingLOU": "kept as it stands",
}
"""What a path has in it -> why its texts are not read further."""
_NEEDED = {
    "lei": (
        "LEI",
        "Entity.LegalName",
        "Entity.LegalJurisdiction",
        "Entity.EntityStatus",
        "Registration.RegistrationStatus",
    ),
    "rr": (
        *("Relationship.StartNode.NodeID", "Relationship.EndNode.NodeID", "Relationship.RelationshipType"),
        "Relationship.RelationshipStatus",
    ),
    "repex": ("LEI",),
}
_SAY = {"lei": entity, "rr": relationship, "repex": exception}


def read(file: Path, report: Report, places: Places) -> Iterator[Entry]:
    """Read a file of legal entities, of relationships, or of reporting exceptions.

    Raises:
        UsageError: it is none of them.
    """
    part = part_of(file)
    keys, columns = Keys(), dict[str, None]()
    for where, cells in records(file, part, report):
        columns.update(dict.fromkeys(_column(name) for name in cells))
        if "Extension.Deletion.DeletedAt" in cells or "Extension.Deletion" in cells:
            report.reject(where, "taken back by GLEIF", next(iter(cells.values())))
            continue
        told = _SAY[part](where, cells, report, places)
        if isinstance(told, str):
            report.reject(where, told, str(cells)[:200])
            continue
        key = keys.take(told.key, cells)
        if key is None:
            report.repeated += 1
        else:
            yield _entry(key, told, cells)
    known = {name: _why(name) for name in columns if _is_known(name)}
    report.had(tuple(sorted(columns)), known | dict.fromkeys(_NEEDED[part] if columns else (), ""))


def _entry(key: str, told: Told, cells: Cells) -> Entry:
    return Entry(key, told.label, cells, told.says, told.list_)


def _column(name: str) -> str:
    path = path_of(name)
    return _EXTENSION if path.partition(".")[0] == _EXTENSION else path


def _is_known(path: str) -> bool:
    return path == _EXTENSION or {*path.split(".")} <= _ELEMENTS


def _why(path: str) -> str:
    return next((why for part, why in _NOT_READ.items() if part in path), "")


FEED = Feed(
    name="gleif",
    title="GLEIF golden copy",
    publisher="Global Legal Entity Identifier Foundation",
    licence=CC0,
    address="https://www.gleif.org/en/lei-data/gleif-golden-copy/download-the-golden-copy",
    version="gleif-1",
    read=read,
    part_of=part_of,
)
