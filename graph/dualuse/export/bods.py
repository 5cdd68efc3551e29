"""Who holds what, and who runs what, as statements of the Beneficial Ownership Data Standard 0.4.

Held are organisations that are owner or owned, part of another, or run by a person on record, with these persons, and
a relationship for each pair with all its interests. Nothing says that a holder is a beneficial owner: no source does.
A day known only to its month or year is no date of the standard: it stands in the words of an interest, as does when a
source shows it. Listings, supply, associations and other posts have no place there.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

from dualuse.dates import PartialDate
from dualuse.export.described import HOME, read_described
from dualuse.model.parties import Identifiers, Organisation, Person, Post
from dualuse.model.read import read
from dualuse.model.relations import Ownership
from dualuse.node import Node

if TYPE_CHECKING:
    from dualuse.knowledge import Knowledge

VERSION = "0.4"
"""Version of the standard."""
_STATE = ("government", "regulator", "legislature")
_INTERESTS = {
    "owns": "shareholding",
    "invests-in": "unknownInterest",
    "affiliate-of": "unknownInterest",
    "agreed-to-acquire": "conditionalRightsGrantedByContract",
    "part-of": "otherInfluenceOrControl",
}
"""Kind of ownership -> type of interest; the terms of an investment are open, a purchase is not closed."""
_RUNS = {"seniorManagingOfficial": re.compile(r"\bCEO\b"), "boardChair": re.compile(r"^Chair(?:man|woman)?\b")}
"""Types of interest that an office is, by its title."""
_PRIMARY = ("law-text", "official-notice", "official-statement", "company-filing", "company-statement")
"""Classes of sources in which the parties or an authority speak themselves."""
_SCHEMES = {
    "lei": {"scheme": "XI-LEI", "schemeName": "Legal Entity Identifier"},
    "cik": {"schemeName": "SEC Central Index Key"},
    "wikidata": {"schemeName": "Wikidata"},
}
_PAGES = {
    "lei": "https://search.gleif.org/#/record/{}",
    "cik": "https://www.sec.gov/cgi-bin/browse-edgar?action=getcompany&CIK={}",
    "wikidata": "http://www.wikidata.org/entity/{}",
}
"""Identifier -> scheme, and the address of what it identifies there."""

_Json = dict[str, Any]


def to_bods(knowledge: Knowledge) -> bytes:
    """Statements as a JSON array in UTF-8, one a line; entities and persons stand before what relates them."""
    lines = ",\n".join(json.dumps(each, ensure_ascii=False) for each in _Statements(knowledge).all())
    return f"[\n{lines}\n]\n".encode()


def share(least: float | None, most: float | None, *, above: bool = False) -> _Json:
    """A share of an interest; empty where none is known.

    Args:
        least: Least share in per cent.
        most: Greatest share in per cent.
        above: Whether it is more than *least*, not *least* itself.

    Example:
        >>> share(27, 27), share(50, 100, above=True), share(None, None)
        ({'exact': 27}, {'exclusiveMinimum': 50, 'maximum': 100}, {})
    """
    if least is not None and least == most:
        return {"exact": _number(least)}
    bounds = {"exclusiveMinimum" if above else "minimum": least, "maximum": most}
    return {name: _number(bound) for name, bound in bounds.items() if bound is not None}


def _number(value: float) -> float:
    return int(value) if value == int(value) else value


class _Statements:
    """Makes the statements of a graph."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._store, self._label = knowledge.store, knowledge.names.label
        self._registry = knowledge.registry
        self._about = read_described(knowledge.store)

    @cached_property
    def _organisations(self) -> Mapping[str, Organisation]:
        return {each.node.key: each for each in read(self._store, Organisation)}

    def all(self) -> Iterator[_Json]:
        """Every statement, in order."""
        held = self._interests()
        ends = {end for pair in held for end in pair}
        people = [each for each in read(self._store, Person) if each.node in ends]
        organisations = [each for each in self._organisations.values() if each.node in ends]
        for organisation in sorted(organisations, key=lambda each: each.node):
            yield self._statement("entity", organisation.node, self._entity(organisation), [organisation])
        for person in sorted(people, key=lambda each: each.node):
            yield self._statement("person", person.node, self._person(person), [person])
        for (subject, party), found in sorted(held.items()):
            details = {
                "isComponent": False,
                "subject": _record_id(subject),
                "interestedParty": _record_id(party),
                "interests": [interest for interest, _ in found],
            }
            yield self._statement("relationship", subject, details, [told for _, told in found], party)

    def _interests(self) -> Mapping[tuple[Node, Node], list[tuple[_Json, Any]]]:
        """Subject and interested party -> interests, each with the record that tells it."""
        found: dict[tuple[Node, Node], list[tuple[_Json, Any]]] = defaultdict(list)
        for told in read(self._store, Ownership):
            pair = Node("organisation", told.owned), Node("organisation", told.owner)
            found[pair].append((self._stake(told), told))
        for organisation in self._organisations.values():
            if organisation.parent is not None:
                pair = organisation.node, Node("organisation", organisation.parent)
                if pair not in found:
                    interest = _interest("otherInfluenceOrControl", "part of or controlled by")
                    found[pair].append((interest, organisation))
        for person in read(self._store, Person):
            for post in person.posts:
                pair = Node("organisation", post.organisation), person.node
                found[pair] += [(interest, post) for interest in self._office(post)]
        return {pair: each for pair, each in found.items() if each}

    def _stake(self, told: Ownership) -> _Json:
        above = told.share_min is not None and "majority" in (told.value or "")
        part = share(told.share_min, told.share_max, above=above)
        days = {"startDate": told.valid_from, "endDate": told.valid_to}
        whole = {name: str(day) for name, day in days.items() if day and day.exact}
        loose = [f"{name}: {day}" for name, day in days.items() if day and not day.exact]
        words = (self._label("ownership-kind", told.kind), told.value, *loose, _seen(told.seen))
        return _interest(_INTERESTS[told.kind], *words) | ({"share": part} if part else {}) | whole

    def _office(self, post: Post) -> Iterator[_Json]:
        """What an office is an interest in; nothing, where it is one of a state, or its title does not tell."""
        types = self._organisations[post.organisation].types
        for kind, title in _RUNS.items():
            if post.role and title.search(post.role) and not any(each in _STATE for each in types):
                yield _interest(kind, post.role, _seen(post.seen))

    def _entity(self, told: Organisation) -> _Json:
        name, place = told.name, told.headquarters
        others = [each for each in (name.zh_hant, name.zh_hans, told.legal_name, *told.aliases) if each]
        state = any(kind in _STATE for kind in told.types)
        found: _Json = {
            "isComponent": False,
            "entityType": {
                "type": "stateBody" if state else self._form(told),
                "details": "; ".join(self._label("organisation-type", kind) for kind in told.types),
            },
            "name": name.en,
            "alternateNames": sorted(set(others) - {name.en}),
            "identifiers": list(_identifiers(told.identifiers)),
            "uri": told.node.iri,
        }
        if place is not None and state:
            found["jurisdiction"] = self._country(place)
        elif place is not None:
            found["addresses"] = [{"type": "business", "country": self._country(place)}]
        if told.identifiers.ticker:
            found["publicListing"] = {"hasPublicListing": True}
        return {key: each for key, each in found.items() if each != []}

    @staticmethod
    def _form(told: Organisation) -> str:
        trades = any(kind == "investor" or kind.startswith("company-") for kind in told.types)
        return "registeredEntity" if trades else "legalEntity"

    def _country(self, place: str) -> _Json:
        return {"name": self._label("place", place), "code": place}

    def _person(self, told: Person) -> _Json:
        name = told.name
        names: list[_Json] = [
            {"fullName": each} for each in dict.fromkeys((name.en, name.zh_hant, name.zh_hans)) if each
        ]
        names += [{"type": "alternative", "fullName": each} for each in sorted(told.aliases)]
        return {"isComponent": False, "personType": "knownPerson", "names": names}

    def _statement(self, kind: str, subject: Node, details: _Json, told: list[Any], party: Node | None = None) -> _Json:
        """A statement; its id changes when anything that it says does.

        Args:
            kind: What it is about: an entity, a person or a relationship.
            subject: The party that it is about, or that is held.
            told: Records that it rests on.
        """
        about = self._about
        own = _record_id(subject) if party is None else f"{_record_id(subject)}--{_record_id(party)}"
        found: _Json = {
            "declarationSubject": _record_id(subject),
            "statementDate": about.day,
            "publicationDetails": {
                "publicationDate": about.day,
                "bodsVersion": VERSION,
                "license": about.licence,
                "publisher": {"name": about.creator, "url": HOME},
            },
            "source": self._source(sorted({key for each in told for key in each.sources})),
            "annotations": [note for number, each in enumerate(told) for note in self._notes(each, kind, number)],
            "recordId": own,
            "recordStatus": "new",
            "recordType": kind,
            "recordDetails": details,
        }
        sum_ = json.dumps(found, ensure_ascii=False, sort_keys=True)
        return {"statementId": str(uuid5(NAMESPACE_URL, sum_)), **found}

    def _source(self, keys: Iterable[str]) -> _Json:
        sources = [self._registry[key] for key in keys]
        best = self._registry.best(source.key for source in sources)
        named = {source.publisher: source.url for source in reversed(sources) if source.publisher}
        found: _Json = {
            "type": sorted({"primaryResearch" if each.source_class in _PRIMARY else "thirdParty" for each in sources}),
            "description": "; ".join(source.title for source in sources),
        }
        if best is not None and best.url:
            found["url"] = best.url
        if named:
            found["assertedBy"] = [
                {"name": name} | ({"uri": url} if url else {}) for name, url in sorted(named.items(), key=str)
            ]
        return found

    def _notes(self, told: Any, kind: str, number: int) -> Iterator[_Json]:
        """How far a record can be trusted, and what is noted of it."""
        trust, note = getattr(told, "confidence", None), getattr(told, "note", None)
        words = " ".join(each for each in (trust and f"Confidence: {trust}.", note) if each)
        if words:
            target = f"/recordDetails/interests/{number}" if kind == "relationship" else "/recordDetails"
            yield {
                "statementPointerTarget": target,
                "creationDate": self._about.day,
                "createdBy": {"name": self._about.creator, "uri": HOME},
                "motivation": "commenting",
                "description": words,
            }


def _record_id(node: Node) -> str:
    return f"dualuse-{node.kind}-{node.key}"


def _interest(kind: str, *words: str | None) -> _Json:
    told = "; ".join(word for word in words if word)
    return {"type": kind, "directOrIndirect": "unknown", "beneficialOwnershipOrControl": False, "details": told}


def _seen(day: PartialDate | None) -> str | None:
    return f"seen {day}" if day else None


def _identifiers(told: Identifiers) -> Iterator[_Json]:
    for name, scheme in _SCHEMES.items():
        code = getattr(told, name)
        if code is not None:
            yield {"id": code, **scheme, "uri": _PAGES[name].format(code)}
