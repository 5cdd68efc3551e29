"""Instruments of the record held against the Federal Register's own account of them: number, citation, days, title."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from dualuse.citations import pages, plain
from dualuse.dates import PartialDate
from dualuse.feeds.told import Told
from dualuse.model.law import Event, Instrument
from dualuse.model.read import read
from dualuse.names import fold
from dualuse.reconcile.finding import Finding, Outcome, Record, Verdict
from dualuse.reconcile.told import Text
from dualuse.said import phrase, same

_EAR = re.compile(r"15 CFR 7[3-7]\d")
_ADDED = re.compile(r"\s*\([^()]*\)$")
_NUMBER = re.compile(r"\d{4}-\d{5}")
_DAYS = (
    ("publication-day", "publication", "schema:datePublished"),
    ("effective-day", "effectiveness", "schema:startDate"),
)


def compare_documents(record: Record, text: Text) -> Outcome:
    """Hold instruments of the record against documents, each found by its number or by where it is printed."""
    documents = _Documents(record, text)
    found = [finding for instrument in read(record.store, Instrument) for finding in documents.of(instrument)]
    return Outcome([*found, *documents.besides()], [])


class _Documents:
    """Documents by number and by citation."""

    def __init__(self, record: Record, text: Text) -> None:
        self._record = record
        self._all = list(text.records.values())
        self._by_number = {each.key: each for each in self._all}
        self._by_page = {plain(page): each for each in self._all for page in each.said("dct:bibliographicCitation")}
        self._days = sorted(day for each in self._all for day in each.said("schema:datePublished"))
        self._events: dict[str, list[Event]] = defaultdict(list)
        for event in read(record.store, Event):
            self._events[event.node.key.rpartition(".")[0]].append(event)
        self._met: set[str] = set()

    def of(self, instrument: Instrument) -> Iterator[Finding]:
        """What the record and the document say of an instrument."""
        number = instrument.document_number or ""
        printed = pages(instrument.citation or "")
        if not (_NUMBER.fullmatch(number) or printed):
            return
        found = self._by_number.get(number)
        found = found or next((self._by_page[page] for page in printed if page in self._by_page), None)
        cited = "; ".join(filter(None, (instrument.citation, number)))
        receipt = self._record.registry.receipt(
            instrument,
            phrase("reconciled.cited", title=instrument.title.en, cited=same(cited)),
            instrument.citation or "",
        )
        told = Finding(
            "document", instrument.title.en, cited, "", "", "agrees", "", f"instrument:{instrument.node.key}", receipt
        )
        if found is None:
            yield self._missing(told, instrument.node.key)
            return
        self._met.add(found.key)
        told = replace(told, where=f"document {found.key}")
        yield replace(told, feed="; ".join((*found.said("dct:bibliographicCitation"), found.key)))
        yield from _numbers(told, instrument, printed, found)
        for kind, event, name in _DAYS:
            ours = [each.date for each in self._events[instrument.node.key] if each.kind == event]
            yield from _days(replace(told, kind=kind), ours, found.said(name))
        yield _title(told, instrument, found)

    def _missing(self, told: Finding, instrument: str) -> Finding:
        """An instrument that the file has no document of; whether it should have one its days tell."""
        days = [each.date for each in self._events[instrument] if each.kind == "publication"]
        first, last = (self._days[0], self._days[-1]) if self._days else ("", "")
        if any(first <= str(day.earliest) and str(day.latest) <= last for day in days):
            why = phrase("reconciled.one_search", first=first, last=last)
            return replace(told, verdict="not-in-feed", why=why)
        why = phrase("reconciled.alone", first=first, last=last) if first else phrase("reconciled.no_publication")
        return replace(told, verdict="not-compared", why=why)

    def besides(self) -> Iterator[Finding]:
        """Documents that touch the regulations and are of no instrument on record."""
        for document in self._all:
            if document.key not in self._met and any(map(_EAR.match, document.said("dct:references"))):
                cited = "; ".join((*document.said("dct:bibliographicCitation"), document.key))
                where = f"document {document.key}"
                yield Finding("document", document.label, "", cited, where, "not-in-record")


def _numbers(told: Finding, instrument: Instrument, printed: list[str], document: Told) -> Iterator[Finding]:
    """Whether number and page are those that the document has."""
    number = instrument.document_number
    if number and _NUMBER.fullmatch(number):
        verdict: Verdict = "agrees" if number == document.key else "differs"
        yield replace(told, kind="document-number", record=number, feed=document.key, verdict=verdict)
    cited = document.said("dct:bibliographicCitation")
    if printed and cited:
        verdict = "agrees" if {*printed} & {*map(plain, cited)} else "differs"
        record = instrument.citation or ""
        yield replace(told, kind="document-page", record=record, feed="; ".join(cited), verdict=verdict)


def _days(told: Finding, ours: list[PartialDate], theirs: tuple[str, ...]) -> Iterator[Finding]:
    """Whether the record's days of a kind are those of the document."""
    each = replace(told, record="; ".join(map(str, ours)), feed="; ".join(sorted(theirs)))
    if not ours and not theirs:
        return
    if not theirs:
        yield replace(each, verdict="not-compared", why=phrase("reconciled.unread"))
    elif not ours:
        yield replace(each, verdict="not-in-record")
    elif not all(any(str(day.earliest) <= each_ <= str(day.latest) for each_ in theirs) for day in ours):
        yield replace(each, verdict="differs")
    elif not all(day.exact for day in ours):
        yield replace(each, verdict="not-compared", why=phrase("reconciled.no_whole"))
    elif len(theirs) > len(set(ours)):
        yield replace(each, why=phrase("reconciled.more_days"))
    else:
        yield each


def _title(told: Finding, instrument: Instrument, document: Told) -> Finding:
    """Whether a name of the record is the title of the document."""
    names = {fold(name) for name in (instrument.title.en, *instrument.aliases)}
    bare = {fold(_ADDED.sub("", name)) for name in (instrument.title.en, *instrument.aliases)}
    title = fold(document.label)
    verdict: Verdict = "agrees" if title in names | bare else "differs"
    why = phrase("reconciled.brackets") if title in bare - names else ""
    why = phrase("reconciled.own_title") if verdict == "differs" else why
    return replace(told, kind="title", record=instrument.title.en, feed=document.label, verdict=verdict, why=why)
