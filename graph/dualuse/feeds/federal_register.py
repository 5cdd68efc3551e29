"""Documents of the Federal Register, as version 1 of its API gives them in JSON: pages, lines, or one document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from dualuse.errors import UsageError
from dualuse.feeds import parse
from dualuse.feeds.entry import Entry, Said, day, other, text
from dualuse.feeds.federal_register_days import days_of
from dualuse.feeds.feed import US_PUBLIC_DOMAIN, Feed
from dualuse.feeds.jsons import flat, records
from dualuse.feeds.once import Keys
from dualuse.feeds.places import Places
from dualuse.feeds.report import Report

_ADDRESS = "an address"
_SAME = "said by other fields too"
_OF_SEARCH = "of the search, not of the document"
FIELDS = {
    "abstract": "",
    "action": "",
    "agencies": "",
    "agency_names": "as the agencies have it",
    "body_html_url": _ADDRESS,
    "cfr_references": "",
    "citation": "",
    "comment_url": _ADDRESS,
    "comments_close_on": "a day of its comments, not of what it orders",
    "correction_of": "",
    "corrections": _ADDRESS,
    "dates": "",
    "disposition_notes": "free text",
    "docket_id": "",
    "docket_ids": "",
    "dockets": _SAME,
    "document_number": "",
    "effective_on": "",
    "end_page": _SAME,
    "excerpts": _OF_SEARCH,
    "executive_order_notes": "free text",
    "executive_order_number": "",
    "explanation": "free text",
    "full_text_xml_url": _ADDRESS,
    "html_url": "",
    "images": _ADDRESS,
    "images_metadata": _ADDRESS,
    "json_url": "an address, in old captures of an inner host",
    "mods_url": _ADDRESS,
    "not_received_for_publication": "of its printing",
    "page_length": _SAME,
    "page_views": "of its readers",
    "pdf_url": _ADDRESS,
    "president": "who signed",
    "presidential_document_number": "",
    "proclamation_number": "",
    "public_inspection_pdf_url": _ADDRESS,
    "publication_date": "",
    "raw_text_url": _ADDRESS,
    "regulation_id_number_info": _SAME,
    "regulation_id_numbers": "",
    "regulations_dot_gov_info": _OF_SEARCH,
    "regulations_dot_gov_url": _ADDRESS,
    "search_excerpt": _OF_SEARCH,
    "significant": "a mark of its review",
    "signing_date": "",
    "start_page": "",
    "subtype": "",
    "title": "",
    "toc_doc": _SAME,
    "toc_subject": _SAME,
    "topics": "",
    "type": "",
    "volume": "",
}
"""Fields of a document -> why one is kept as it stands and not read further; which of them a file has was asked for."""
_NEEDED = ("document_number", "title", "type", "publication_date")
_LISTS = {"Rule": "RULE", "Proposed Rule": "PRORULE", "Notice": "NOTICE", "Presidential Document": "PRESDOCU"}
_CORRECTS = re.compile(r"[CR]\d+-(\d.*)")
"""Number of a document that corrects or repeats another one: ``C1-2024-02725``."""
_CITED = re.compile(r"\b(\d+) (FR) (\d+)\b")
"""Where a document is printed; a volume begins with page 1."""


def read(file: Path, report: Report, places: Places) -> Iterator[Entry]:
    """Read a file of documents, each number once.

    Raises:
        UsageError: it is no such file.
    """
    keys, columns = Keys(), dict.fromkeys(_columns(file))
    needed = [name for name in _NEEDED if name not in columns]
    if "document_number" in needed:
        raise UsageError(
            f"{file}: no documents of the Federal Register: none has a document_number. "
            "Ask for https://www.federalregister.gov/api/v1/documents.json"
        )
    report.had(tuple(columns), {name: why for name, why in FIELDS.items() if name in columns or name in needed})
    for number, found in records(file, "results"):
        report.read += 1
        where = f"document {number}"
        entry = _entry(where, found, report, keys)
        if entry is not None:
            yield entry


def _columns(file: Path) -> Iterator[str]:
    for _, found in records(file, "results"):
        if isinstance(found, dict):
            yield from map(flat, found)


def _entry(where: str, found: Any, report: Report, keys: Keys) -> Entry | None:
    if not isinstance(found, dict):
        report.reject(where, "no document", flat(found))
        return None
    cells = {
        flat(name): told for name, value in found.items() if (told := flat(value)).strip() and told not in ("[]", "{}")
    }
    number = cells.get("document_number", "").strip()
    if not number:
        report.reject(where, "no document_number", flat(found))
        return None
    key = keys.take(number, cells)
    if key is None:
        report.repeated += 1
        return None
    kind = cells.get("type", "")
    code = _LISTS.get(kind) or re.sub(r"\W+", "-", kind).strip("-").upper()
    if kind not in _LISTS:
        report.doubt(where, "type", kind, "no type of document that is known")
    elif code:
        report.titles.setdefault(code, kind)
    says = tuple(_says(where, number, cells, found, report))
    return Entry(key, " ".join(cells.get("title", number).split()), cells, says, code)


_TEXTS = {
    "abstract": "dct:abstract",
    "action": "schema:additionalType",
    "type": "dct:type",
    "subtype": "dct:type",
    "html_url": "schema:url",
    "executive_order_number": "dct:identifier",
    "presidential_document_number": "dct:identifier",
    "proclamation_number": "dct:identifier",
}
_MANY = {
    "docket_id": "dct:identifier",
    "docket_ids": "dct:identifier",
    "regulation_id_numbers": "dct:identifier",
    "topics": "dct:subject",
}


def _says(
    where: str, number: str, cells: Mapping[str, str], found: Mapping[str, Any], report: Report
) -> Iterator[Said]:
    yield text("dct:identifier", number)
    for column, predicate in _TEXTS.items():
        if column in cells:
            yield text(predicate, cells[column])
    for column, predicate in _MANY.items():
        for value in _many(found.get(column)):
            yield text(predicate, flat(value))
    for agency in _many(found.get("agencies")):
        name = agency.get("name") or agency.get("raw_name") if isinstance(agency, dict) else agency
        if name:
            yield text("dct:creator", flat(name))
        else:
            report.doubt(where, "agencies", flat(agency), "an agency without a name")
    yield from _cited(where, cells, found, report)
    yield from _days(where, cells, report)
    corrected = _CORRECTS.fullmatch(number)
    if corrected:
        yield other("prov:wasRevisionOf", FEED.name, corrected[1])
    elif "correction_of" in cells:
        yield other("prov:wasRevisionOf", FEED.name, cells["correction_of"].rstrip("/").rpartition("/")[2])


def _many(value: Any) -> list[Any]:
    """The values of a field that may have several, one, or null."""
    if value is None or value == "":
        return []
    return [each for each in value if each not in (None, "")] if isinstance(value, list) else [value]


def _cited(where: str, cells: Mapping[str, str], found: Mapping[str, Any], report: Report) -> Iterator[Said]:
    """Where it is printed, and which parts of the Code of Federal Regulations it touches."""
    cited = [" ".join(each) for each in _CITED.findall(cells.get("citation", ""))]
    if not cited and "volume" in cells and "start_page" in cells:
        cited = [f"{cells['volume']} FR {cells['start_page']}"]
    if "citation" in cells and not cited:
        report.doubt(where, "citation", cells["citation"], "no citation")
    for citation in cited:
        yield text("dct:bibliographicCitation", citation)
    for part in _many(found.get("cfr_references")):
        title, number = (part.get("title"), part.get("part")) if isinstance(part, dict) else (None, None)
        if title is None or number is None:
            report.doubt(where, "cfr_references", flat(part), "names no title" if title is None else "names no part")
        if title is not None:
            yield text("dct:references", f"{flat(title)} CFR {'' if number is None else flat(number)}".strip())


def _days(where: str, cells: Mapping[str, str], report: Report) -> Iterator[Said]:
    known: dict[str, date] = {}
    for column, predicate in (
        ("publication_date", "schema:datePublished"),
        ("signing_date", "dct:created"),
        ("effective_on", "schema:startDate"),
    ):
        found = parse.day_of(cells.get(column, ""))
        if found is not None:
            known[column] = found
            yield day(predicate, found)
        elif column in cells:
            report.doubt(where, column, cells[column], "no day that can be")
    prose = cells.get("dates", "")
    days = days_of(prose, known.get("publication_date"))
    effective = known.get("effective_on")
    if days.doubt:
        report.doubt(where, "dates", prose, days.doubt)
    elif effective is not None and days.starts and effective not in days.starts:
        report.doubt(where, "dates", prose, "names other days than effective_on")
    for start in days.starts:
        yield day("schema:startDate", start)
    for end in days.ends:
        yield day("schema:endDate", end)


FEED = Feed(
    name="federal-register",
    title="Federal Register documents",
    publisher="Office of the Federal Register, National Archives and Records Administration",
    licence=US_PUBLIC_DOMAIN,
    address="https://www.federalregister.gov/api/v1/documents.json",
    version="federal-register-1",
    read=read,
)
