"""Parties that the record has on lists held against the lists themselves: notice, day of effect, review policy."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from dualuse.citations import pages
from dualuse.feeds import parse
from dualuse.feeds.entry import cell_iri
from dualuse.feeds.told import Told
from dualuse.law.truth import Truth
from dualuse.model.law import Event, Instrument
from dualuse.model.read import read
from dualuse.model.relations import PartyListing
from dualuse.ownership.spelling import spell
from dualuse.reconcile.finding import Finding, Outcome, Record
from dualuse.reconcile.told import Text
from dualuse.store.base import value

LISTS = {"us-entity-list": ("EL", "Entity List")}
"""Programme of the record -> codes under which feeds have that list."""
_NOTICES = ("federal_register_notice", "federal_register_citation")
"""Columns of the notices by which a party is listed, the first first."""
_SCREENED = re.compile(r"screening list: (\d+)")
_BELONGS = re.compile(
    r"^.*\b(?:affiliated entit\w+|subordinate institution\w*|subsidiar\w+):?\s*-?\s*(?=\S)", re.IGNORECASE
)
_KNOWN_AS = re.compile(r"\s*[;,]?\s*\(?\b[afn]\.?k\.?a\.?,?\s+", re.IGNORECASE)
_BRACKETED = re.compile(r"\s*\([^()]*\)")
_END = cell_iri("federal-register", "end_page")
_ENDS = f"SELECT ?key ?end WHERE {{{{ GRAPH ?g {{{{ ?e a du:FeedEntry ; skos:notation ?key ; <{_END}> ?end }}}} }}}}"


def compare_listings(record: Record, text: Text) -> Outcome:
    """Hold listings of the record against the lists that a feed has."""
    held = [each for each in read(record.store, PartyListing) if each.programme in LISTS]
    gaps, found = [], list[Finding]()
    for programme, codes in LISTS.items():
        entries = [entry for code in codes for entry in text.on(code)]
        listings = [each for each in held if each.programme == programme]
        if entries:
            found += _List(record, entries, listings).findings()
        else:
            gaps.append((f"whether {len(listings)} listings of {programme} agree", "the feed does not have that list"))
    return Outcome(found, gaps)


def _forms(names: Iterable[str]) -> set[str]:
    """Plain forms of names; of an entry that names whom it belongs to first, of its own name alone."""
    return {spell(part).plain for name in names for part in _KNOWN_AS.split(_BELONGS.sub("", name)) if part.strip()}


def _bare(names: Iterable[str]) -> set[str]:
    """Plain forms of names without what stands in brackets."""
    return _forms(_BRACKETED.sub("", _BELONGS.sub("", name)) for name in names)


class _List:
    """One list, and the listings that the record has of it."""

    def __init__(self, record: Record, entries: list[Told], listings: list[PartyListing]) -> None:
        self._record, self._entries, self._listings = record, entries, listings
        own, bare, other = (defaultdict[str, list[Told]](list) for _ in range(3))
        for entry in entries:
            others = (*entry.said("skos:altLabel"), *entry.said("schema:subOrganization"))
            for known, forms in ((own, _forms((entry.label,))), (bare, _bare((entry.label,))), (other, _forms(others))):
                for form in forms:
                    known[form].append(entry)
        self._known = (own, bare, other)
        """Plain form -> entries: of their names, of these without brackets, of other names and who belongs to them."""
        self._names = _names(record, {each.party for each in listings})
        instruments = read(record.store, Instrument)
        self._citations = {each.node.key: each.citation for each in instruments if each.citation}
        self._numbers = {each.node.key: each.document_number for each in instruments if each.document_number}
        self._published = _published(record)
        self._ends = {value(row, "key"): value(row, "end") for row in record.store.select(_ENDS.format())}

    def findings(self) -> Iterator[Finding]:
        """Every listing beside the entries of its party, and what the notices on record list besides."""
        matched: set[str] = set()
        for listing in self._listings:
            entries = self._of(listing.party)
            matched |= {entry.key for entry in entries}
            yield from self._listing(listing, entries)
        yield from self._besides(matched)

    def _of(self, party: str) -> list[Told]:
        """The entries of a party: by its names as they stand, else by less."""
        for known in self._known:
            found = {entry.key: entry for name in self._names[party] for entry in known.get(name, ())}
            if found:
                return list(found.values())
        return []

    def _on(self, listing: PartyListing) -> Truth:
        """Whether the record has a party listed on the day of the list."""
        begins, day = listing.listed_on, self._record.day
        if begins is not None and begins.latest > day:
            return False if begins.earliest > day else None
        return listing.span.on(day)

    def _listing(self, listing: PartyListing, entries: list[Told]) -> Iterator[Finding]:
        on = self._on(listing)
        name = self._record.names.label("organisation", listing.party)
        said = f"{name} on {listing.programme}{f' since {listing.listed_on}' if listing.listed_on else ''}"
        citation = self._citations.get(listing.instrument or "", "")
        told = Finding(
            kind="listing",
            subject=name,
            record="not listed" if on is False else f"listed{f', {listing.span}' if listing.valid_to else ''}",
            feed=_entries_told(entries),
            where="; ".join(dict.fromkeys(entry.label for entry in entries[:3])),
            verdict="agrees",
            fact=f"listing:{listing.key}",
            receipt=self._record.registry.receipt(listing, said, citation),
        )
        if on is None:
            yield replace(
                told, verdict="not-compared", why="the record does not tell whether it was listed on this day"
            )
        elif on is not bool(entries):
            yield replace(told, verdict="differs" if entries else "not-in-feed", why=_why_absent(listing, on))
        else:
            yield told if on else replace(told, why=_why_absent(listing, on))
        if entries and on:
            noted = [each for each in _noted(listing.value or "") if each not in citation]
            yield from self._cited(replace(told, record="; ".join(filter(None, (citation, *noted)))), listing, entries)
            yield from _day(replace(told, record=str(listing.listed_on or "")), listing, entries)
            yield from _policy(replace(told, record=listing.review_policy or ""), listing, entries)

    def _cited(self, told: Finding, listing: PartyListing, entries: list[Told]) -> Iterator[Finding]:
        """Whether the entries cite the notice by which the record has the party listed: volume, and page or day."""
        cited = list(dict.fromkeys(each for entry in entries for each in entry.said("dct:bibliographicCitation")))
        if not told.record or not cited:
            return
        each = replace(told, kind="listing-notice", feed="; ".join(cited))
        ours = [_page(page) for page in pages(told.record)]
        theirs = [_page(page) for one in cited for page in pages(one)]
        if {*ours} & {*theirs}:
            yield each
            return
        later = [page for volume, page in theirs if any(volume == own and page > first for own, first in ours)]
        if later and (why := self._same_notice(listing, entries, later)):
            yield replace(each, why=why)
        elif later:
            why = "the same volume, on a later page: where the notice on record ends is not known"
            yield replace(each, verdict="not-compared", why=why)
        else:
            yield replace(each, verdict="differs")

    def _same_notice(self, listing: PartyListing, entries: list[Told], later: list[int]) -> str:
        """Why pages behind the first are of the notice on record: its last page or its days; blank if neither tells."""
        last = self._ends.get(self._numbers.get(listing.instrument or "", ""), "")
        if last.isdecimal() and any(page <= int(last) for page in later):
            return f"the notice ends on page {last}"
        days = {day for entry in entries for day in entry.said("schema:datePublished")}
        if same := days & self._published.get(listing.instrument or "", set()):
            return f"a page of the notice of {', '.join(sorted(same))}"
        begins = {day for entry in entries for day in entry.said("schema:startDate")}
        return f"it takes effect on {listing.listed_on} too" if str(listing.listed_on) in begins else ""

    def _besides(self, matched: set[str]) -> Iterator[Finding]:
        """Entries that cite a notice on record by which the record lists others, and not them."""
        notices: dict[str, str] = {}
        for listing in self._listings:
            if citation := self._citations.get(listing.instrument or ""):
                notices |= dict.fromkeys(pages(citation), str(listing.instrument))
        for entry in self._entries:
            cell = next((entry.cells[name] for name in _NOTICES if name in entry.cells), "")
            first = next((page for each in parse.citations(cell)[:1] for page in pages(each)), "")
            if entry.key not in matched and first in notices:
                why = f"{notices[first]} is on record, this party of it is not"
                yield Finding("listing", entry.label, "", _entries_told([entry]), entry.label, "not-in-record", why)


def _page(page: str) -> tuple[int, int]:
    """Volume and page of a citation such as ``89 fr 96830``."""
    volume, _, number = page.partition(" fr ")
    return int(volume), int(number)


def _noted(value_: str) -> list[str]:
    """Citations in what the record notes of an entry, that of the screening list where it is another page."""
    volume = value_.partition(" FR ")[0]
    return [*parse.citations(value_), *(f"{volume} FR {page}" for page in _SCREENED.findall(value_))]


def _why_absent(listing: PartyListing, on: bool) -> str:
    if on:
        return "no entry bears a name of the party"
    return f"on record it was listed from {listing.listed_on or '?'} to {listing.valid_to or 'open'}"


def _entries_told(entries: list[Told]) -> str:
    """What entries say of a party's standing on the list."""
    if not entries:
        return ""
    notes = sorted({note for entry in entries for note in entry.said("du:footnote")}, key=int)
    cited = list(dict.fromkeys(each for entry in entries for each in entry.said("dct:bibliographicCitation")))
    words = [f"{len(entries)} entries" if len(entries) > 1 else "listed"]
    words += [f"footnote {', '.join(notes)}"] if notes else []
    return "; ".join([*words, *cited[:4]])


def _day(told: Finding, listing: PartyListing, entries: list[Told]) -> Iterator[Finding]:
    """Whether an entry has the day of effect that the record has."""
    days = sorted({day for entry in entries for day in entry.said("schema:startDate")})
    if listing.listed_on is None:
        return
    each = replace(told, kind="listing-day", feed="; ".join(days))
    if not days:
        why = "the list gives no day of effect, only its notices"
        yield replace(each, verdict="not-compared", why=why)
        return
    held = any(listing.listed_on.earliest.isoformat() <= day <= listing.listed_on.latest.isoformat() for day in days)
    yield each if held else replace(each, verdict="differs")


def _policy(told: Finding, listing: PartyListing, entries: list[Told]) -> Iterator[Finding]:
    """Whether the entries name the review policy that the record has for every item."""
    named = sorted({policy for entry in entries for policy in entry.said("du:licencePolicy")})
    if listing.review_policy is None or not named:
        return
    each = replace(told, kind="listing-policy", feed="; ".join(named))
    if listing.review_policy not in named:
        yield replace(each, verdict="differs")
    elif len(named) > 1:
        yield replace(
            each, verdict="not-compared", why="the entries name several policies: read which items each is for"
        )
    else:
        yield each


def _names(record: Record, parties: set[str]) -> Mapping[str, set[str]]:
    """Party -> plain forms of all its names."""
    found: dict[str, set[str]] = defaultdict(set)
    for name, keys in record.names.by_kind["organisation"].items():
        for key in parties & keys.keys():
            found[key] |= _forms((name,))
    return found


def _published(record: Record) -> dict[str, set[str]]:
    """Instrument -> days on which it was published."""
    found: dict[str, set[str]] = defaultdict(set)
    for event in read(record.store, Event):
        if event.kind == "publication" and event.date.exact:
            found[event.node.key.rpartition(".")[0]].add(str(event.date))
    return found
