"""Where parties are read from: the curated record, lists loaded in the store, files read as the feeds read them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from dualuse.errors import UsageError
from dualuse.feeds.entry import CELLS, Entry, entry_iri, graph_of
from dualuse.feeds.feed import Feed, feeds
from dualuse.feeds.loading import Loading
from dualuse.feeds.places import Places
from dualuse.feeds.report import Report
from dualuse.feeds.snapshot import read_snapshot
from dualuse.model.parties import Organisation
from dualuse.model.read import read
from dualuse.model.relations import Ownership, PartyListing
from dualuse.model.triples import unescaped
from dualuse.namespaces import FEEDS, ID, expand
from dualuse.said import phrase
from dualuse.screening.notices import Notice, read_notices
from dualuse.screening.party import Listed, ListRead, Says, listed
from dualuse.store.base import Store, value

if TYPE_CHECKING:
    from dualuse.knowledge import Knowledge

RECORD = "record"
"""Name of the curated record among lists."""
KINDS = ("csl", "entity-list", "opensanctions")
"""Kinds of feed that list parties."""
_OWN = "table-"
_TOPICS = ("sanction", "export.control", "export.risk", "debarment", "crime")
_FOOTNOTES = re.compile(r"\bfootnotes? (\d(?:(?:, | and |, and |/)\d)*)\b", re.IGNORECASE)
_LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"(?:\^\^<[^>]*>|@[\w-]+)?', re.DOTALL)

Read = tuple[ListRead, list[Listed]]
"""A list, and its parties."""


def read_lists(knowledge: Knowledge, names: Sequence[str]) -> list[Read]:
    """Read lists.

    Args:
        names: Each ``record``, the name of a feed that is loaded, or a file; if none, the record and all loaded.

    Raises:
        UsageError: no such list, or a file that is none.
    """
    known = loaded(knowledge.store)
    found: list[Read] = []
    for name in names or (RECORD, *(each for each in known if each.startswith(KINDS))):
        if name == RECORD:
            found.append(_record(knowledge, len(found)))
        elif name in known:
            found.append(read_loaded(knowledge.store, name, len(found)))
        elif Path(name).is_file():
            found.append(_file(knowledge, Path(name), len(found)))
        else:
            raise UsageError(
                f"--lists {name!r}: no list that is loaded, and no file; there are: {', '.join((RECORD, *known))}. "
                "Load one: dualuse load csl FILE"
            )
    return found


def loaded(store: Store) -> list[str]:
    """Names of the feeds in a store that list parties, or may, as a table of one's own does; sorted."""
    rows = store.select("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s a du:FeedSnapshot } }")
    names = sorted(value(row, "g").removeprefix(FEEDS) for row in rows)
    return [name for name in names if name in KINDS or name.startswith(_OWN)]


def _told(list_: Sequence[Listed], not_read: int, **about: str) -> ListRead:
    on_list = [party for party in list_ if party.lists]
    names = sum(len(party.names) for party in on_list)
    return ListRead(parties=len(on_list), names=names, not_read=not_read, **about)


def _record(knowledge: Knowledge, place: int) -> Read:
    """Every organisation of the record: a party for each of its listings, or one that is on no list."""
    by_party: dict[str, list[PartyListing]] = {}
    for listing in read(knowledge.store, PartyListing):
        by_party.setdefault(listing.party, []).append(listing)
    named = {listing.instrument for each in by_party.values() for listing in each if listing.instrument}
    notices = read_notices(knowledge.store, named, knowledge.version.known_on)
    owned = {stake.owned for stake in read(knowledge.store, Ownership)}
    found: list[Listed] = []
    for each in read(knowledge.store, Organisation):
        key = each.node.key
        given = each.identifiers
        names = (each.name.en, each.name.zh_hant, each.name.zh_hans, each.legal_name, *each.aliases)
        party = Listed(
            place,
            key,
            tuple(dict.fromkeys(name for name in names if name)),
            places=(each.headquarters,) if each.headquarters else (),
            identifiers=tuple(filter(None, (given.lei, given.wikidata, given.cik))),
            iri=each.node.iri,
            organisation=key,
            owned=key in owned,
        )
        found += [
            _on_list(party, listing, notices.get(listing.instrument or "")) for listing in by_party.get(key, ())
        ] or [party]
    version = knowledge.version
    about = {
        "title": phrase("held.of_list"),
        "retrieved": version.known_on.isoformat(),
        "sha256": version.sha256,
        "read_by": f"dualuse {version.version}",
        "licence": "CC-BY-4.0",
    }
    return _told(found, 0, name=RECORD, **about), found


def _on_list(party: Listed, listing: PartyListing, notice: Notice | None) -> Listed:
    """A party of the record as one of its listings has it."""
    start = listing.listed_on or listing.valid_from
    return replace(
        party,
        key=listing.node.key,
        lists=(listing.programme,),
        footnotes=footnotes(listing.value or ""),
        requirement=listing.value or "",
        policy=listing.review_policy or "",
        start="" if start is None else start.edtf,
        end="" if listing.valid_to is None else listing.valid_to.edtf,
        iri=listing.node.iri,
        notice=notice,
    )


def footnotes(text: str) -> tuple[int, ...]:
    """Footnotes that the text of a listing names.

    Example:
        >>> footnotes("Huawei affiliate; footnotes 1 and 2"), footnotes("footnote 5"), footnotes("in a footnote")
        ((1, 2), (5,), ())
    """
    return tuple(sorted({int(note) for found in _FOOTNOTES.findall(text) for note in re.findall(r"\d", found)}))


def read_loaded(store: Store, name: str, place: int) -> Read:
    """A feed that is loaded."""
    snapshot = read_snapshot(store, name)
    if snapshot is None:
        raise UsageError(f"--lists {name!r}: it is not loaded")
    found = list(_parties(place, _entries(store, name)))
    feed = feeds().get(name)
    about = {
        "title": _title(store, name),
        "retrieved": snapshot.retrieved,
        "sha256": snapshot.changes[-1] if snapshot.changes else snapshot.sha256,
        "read_by": snapshot.reader,
        "licence": "" if feed is None else feed.licence,
    }
    return _told(found, snapshot.rejected, name=name, **about), found


def _title(store: Store, name: str) -> str:
    rows = store.select(
        f"SELECT ?title WHERE {{ GRAPH <{graph_of(name)}> {{ ?s a du:FeedSnapshot ; rdfs:label ?title }} }}"
    )
    return value(rows[0], "title") if rows else name


_EVERY = "SELECT ?e ?p ?o WHERE {{ GRAPH <{graph}> {{ ?e a du:FeedEntry . ?e ?p ?o }} }}"


def _entries(store: Store, name: str) -> Iterator[tuple[str, Says]]:
    """What a feed says of each of its records."""
    _, rows = store.stream(_EVERY.format(graph=graph_of(name)))
    for iri, group in groupby(rows, key=lambda row: value(row, "e")):
        says: dict[str, list[str]] = {}
        for row in group:
            says.setdefault(_short(value(row, "p")), []).append(value(row, "o"))
        yield iri, {name: sorted(texts) for name, texts in says.items()}


def _short(predicate: str) -> str:
    """Name of a predicate without its path; a column of a feed with the sign before it."""
    if predicate.startswith(CELLS):
        return f"#{predicate.rpartition('#')[2]}"
    return re.split(r"[/#]", predicate)[-1]


def _file(knowledge: Knowledge, file: Path, place: int) -> Read:
    """A file, read as the kind of feed that it is."""
    places, faults = Places(knowledge.names), []
    for feed in (feeds()[name] for name in KINDS):
        report = Report()
        try:
            entries = list(feed.read(file, report, places))
        except UsageError as error:
            faults.append(str(error))
            continue
        if entries:
            found = list(_parties(place, ((entry_iri(feed.records, each.key), _says(each)) for each in entries)))
            about = {
                "title": feed.title,
                "retrieved": date.fromtimestamp(file.stat().st_mtime).isoformat(),
                "sha256": _digest(feed, file),
                "read_by": feed.version,
                "licence": feed.licence,
            }
            return _told(found, report.refused, name=file.name, **about), found
    told = "; ".join(faults) or "it has no party"
    raise UsageError(f"--lists {file}: none of the lists that are read ({', '.join(KINDS)}): {told}")


def _digest(feed: Feed, file: Path) -> str:
    return Loading(feed, file, None, (), date.min, "").sha256()


def _says(entry: Entry) -> Says:
    """What a record says, as a store would tell it."""
    says: dict[str, list[str]] = {"label": [entry.label], "notation": [entry.key], "type": [expand(entry.kind)]}
    for predicate, term in entry.says:
        says.setdefault(_short(expand(predicate) if "://" not in predicate else predicate), []).append(_text(term))
    for column, text in entry.cells.items():
        says.setdefault(f"#{column}", []).append(text)
    for column, texts in entry.several.items():
        says.setdefault(f"#{column}", []).extend(texts)
    if entry.lists:
        says["isPartOf"] = list(entry.lists)
    return says


def _text(term: str) -> str:
    """The text of a term in N-Triples form."""
    found = _LITERAL.fullmatch(term)
    if found is None:
        return term.strip("<>")
    return unescaped(found[1])


def _parties(place: int, entries: Iterable[tuple[str, Says]]) -> Iterator[Listed]:
    """The parties among records: of FollowTheMoney, those that a list means, with what their sanctions say."""
    sanctions: dict[str, list[Says]] = {}
    waiting: list[tuple[str, Says]] = []
    for iri, says in entries:
        kinds = {kind.rpartition("/")[2].rpartition("#")[2].rpartition(":")[2] for kind in says.get("type", ())}
        if "FeedNote" in kinds:
            continue
        if "Sanction" in kinds and "entity" in says:
            told = {name: says[name] for name in _OF_SANCTION if name in says}
            for entity in says["entity"]:
                sanctions.setdefault(entity.rpartition("/")[2], []).append(told)
        elif "#schema" in says:
            waiting.append((iri, says))
        else:
            yield _party(place, iri, says, _codes(says.get("isPartOf", ())))
    for iri, says in waiting:
        found = sanctions.get(iri.rpartition("/")[2], [])
        meant = any(topic.startswith(_TOPICS) for topic in says.get("subject", ())) or "#sanctions" in says
        for more in found or ([{}] if meant else []):
            codes = [*more.get("#programId", more.get("#program", ()))] or _codes(says.get("isPartOf", ()))
            yield _party(place, iri, {**says, **more}, codes)


_OF_SANCTION = ("startDate", "endDate", "#startDate", "#endDate", "#reason", "#provisions", "#program", "#programId")
"""What is taken of a sanction; each is a listing of its own, with days of its own."""


def _party(place: int, iri: str, says: Says, lists: Iterable[str]) -> Listed:
    places = [each.removeprefix(f"{ID}place/") for each in says.get("addressCountry", ())]
    spatial = [each.removeprefix(f"{ID}place/") for each in says.get("spatial", ())]
    told = {**says, "addressCountry": places, "spatial": spatial}
    return listed(place, says["notation"][0], says["label"][0], told, lists or ("listed",), iri)


def _codes(lists: Iterable[str]) -> list[str]:
    """Codes of lists, which a store has as IRIs: ``…/csl.SDN``."""
    found = []
    for each in lists:
        code = each.rpartition("/")[2]
        with suppress(ValueError):
            code = code[code.index(".") + 1 :] if "://" in each else code
        found.append(code)
    return found
