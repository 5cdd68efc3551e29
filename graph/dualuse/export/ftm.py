"""The record as entities of FollowTheMoney, one a line: parties, their posts, stakes, ties and listings.

What the schema has no place for stays out: the law and its events, thresholds, chips, sites, revenue, costs and
compute, statements and claims; and cases, since an inquiry is no court case. How far a fact can be trusted stands in
``description``. A stake between bounds is written ``50-100``: whether a bound belongs to it is not told. A partial
date stays partial. An end is the first day on which a thing no longer holds, as in the record.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from dualuse.model.base import Name, Relation
from dualuse.model.law import Instrument
from dualuse.model.parties import Organisation, Person, Post
from dualuse.model.read import read
from dualuse.model.relations import Affiliation, Ownership, PartyListing, Supply
from dualuse.node import Node

if TYPE_CHECKING:
    from dualuse.knowledge import Knowledge

DATASET = "dualuse"
"""Name of the dataset in each entity, and what each id begins with."""
_PUBLIC = ("government", "regulator", "legislature")
_SEATS = ("legislature", "political-party")
_TOPICS = {
    "government": "gov",
    "regulator": "gov",
    "legislature": "gov.legislative",
    "political-party": "pol.party",
}
"""Type of organisation -> topic."""
_LISTED = {
    "us-entity-list": ("export.control", "US-BIS-EL"),
    "cn-unreliable-entity-list": ("sanction.counter", "CN-UEL"),
    "cn-control-list": ("export.control", "CN-ECL"),
    "cn-watch-list": ("export.risk", "CN-ECWL"),
    "tw-shtc-entity-list": ("export.control", None),
}
"""Programme -> topic of who is listed, and what OpenSanctions calls the list, where it has a name for it."""
_OWNED = ("owns", "part-of")
"""Kinds of ownership that are a stake held; the others are promised, of terms left open, or of no stated share."""
DIRECTS = re.compile(r"\bCEO\b|^Chair(?:man|woman)?\b")
"""Titles of who directs a body."""

_Entity = dict[str, Any]
_Said = Mapping[str, Iterable[str | None]]
"""Property -> values; those that are None are left out."""


def to_ftm(knowledge: Knowledge) -> bytes:
    """Entities of FollowTheMoney as JSON lines in UTF-8, sorted by id."""
    found = sorted(_Entities(knowledge).all(), key=lambda entity: str(entity["id"]))
    return "".join(f"{json.dumps(entity, ensure_ascii=False)}\n" for entity in found).encode("utf-8")


def entity_id(node: Node) -> str:
    """Id of a thing among entities.

    Example:
        >>> entity_id(Node("organisation", "nvidia"))
        'dualuse-organisation-nvidia'
    """
    return f"{DATASET}-{node.kind}-{node.key}"


def percentage(least: float | None, most: float | None) -> str | None:
    """A share in per cent as text, between bounds where it is not exact; None where neither is known.

    Example:
        >>> percentage(27, 27), percentage(50, 100), percentage(20, None), percentage(None, None)
        ('27', '50-100', '20-100', None)
    """
    if least is None and most is None:
        return None
    low, high = 0 if least is None else least, 100 if most is None else most
    return f"{low:g}" if low == high else f"{low:g}-{high:g}"


class _Entities:
    """Makes the entities of a graph."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._store, self._label = knowledge.store, knowledge.names.label
        self._registry, self._day = knowledge.registry, knowledge.version.known_on

    @cached_property
    def _organisations(self) -> Mapping[str, Organisation]:
        return {each.node.key: each for each in read(self._store, Organisation)}

    @cached_property
    def _listings(self) -> list[PartyListing]:
        return read(self._store, PartyListing)

    @cached_property
    def _ownerships(self) -> list[Ownership]:
        return read(self._store, Ownership)

    @cached_property
    def _instruments(self) -> Mapping[str, Instrument]:
        named = {each.instrument for each in self._listings if each.instrument is not None}
        return {each.node.key: each for each in read(self._store, Instrument, keys=named)}

    def all(self) -> Iterator[_Entity]:
        """Every entity, in no order."""
        for organisation in self._organisations.values():
            yield from self._organisation(organisation)
        for person in read(self._store, Person):
            yield self._person(person)
            yield from (self._post(person, post) for post in person.posts)
        yield from map(self._ownership, self._ownerships)
        yield from map(self._affiliation, read(self._store, Affiliation))
        yield from map(self._supply, read(self._store, Supply))
        yield from map(self._listing, self._listings)

    def _entity(self, node: Node, schema: str, caption: str, told: Any, said: _Said) -> _Entity:
        """An entity with its receipts.

        Args:
            node: The thing it is.
            told: The record that has the sources.
        """
        sources = [self._registry[key] for key in told.sources]
        trust = getattr(told, "confidence", None)
        whole: _Said = {
            "sourceUrl": [source.url and _address(source.url) for source in sources],
            "publisher": [source.publisher or source.title for source in sources],
            "description": [trust and f"Confidence: {trust}."],
            **said,
        }
        values = {name: sorted({each for each in found if each}) for name, found in whole.items()}
        return {
            "id": entity_id(node),
            "caption": caption,
            "schema": schema,
            "properties": {name: values[name] for name in sorted(values) if values[name]},
            "datasets": [DATASET],
            "referents": [],
        }

    def _schema(self, key: str) -> str:
        types = self._organisations[key].types
        if any(kind in _PUBLIC for kind in types):
            return "PublicBody"
        held = any(kind == "investor" or kind.startswith("company-") for kind in types)
        return "Company" if held else "Organization"

    def _organisation(self, told: Organisation) -> Iterator[_Entity]:
        key, schema, codes = told.node.key, self._schema(told.node.key), told.identifiers
        said: _Said = {
            "name": _names(told.name),
            "alias": [*told.aliases, told.legal_name],
            "country": [told.headquarters and told.headquarters.lower()],
            "wikidataId": [codes.wikidata],
            "leiCode": [codes.lei],
            "topics": [*(_TOPICS.get(kind) for kind in told.types), *self._listed_as(key)],
            "classification": [self._label("organisation-type", kind) for kind in told.types],
            "summary": [told.role],
            "notes": [told.note],
        }
        if schema == "Company":
            said = {
                **said,
                "cikCode": [codes.cik],
                "ticker": [each.strip() for each in (codes.ticker or "").split(";")],
            }
        yield self._entity(told.node, schema, told.name.en, told, said)
        held = any((each.owner, each.owned) == (told.parent, key) for each in self._ownerships)
        if told.parent is not None and not held:
            link = self._link(told.node, "part of or controlled by", told, (key, told.parent), {})
            yield link | {"id": f"{entity_id(told.node)}-parent"}

    def _listed_as(self, key: str) -> Iterator[str]:
        """Topics of the lists on which an organisation stands, or may stand, on the last day of the record."""
        for each in self._listings:
            if each.party == key and each.span.on(self._day) is not False:
                yield _LISTED[each.programme][0]

    def _person(self, told: Person) -> _Entity:
        said: _Said = {
            "name": _names(told.name),
            "alias": told.aliases,
            "position": [post.role for post in told.posts],
            "notes": [told.note],
        }
        return self._entity(told.node, "Person", told.name.en, told, said)

    def _post(self, person: Person, told: Post) -> _Entity:
        who, body, types = (
            entity_id(person.node),
            _party(told.organisation),
            self._organisations[told.organisation].types,
        )
        if any(kind in _SEATS for kind in types):
            schema, ends = "Membership", {"member": [who], "organization": [body]}
        elif not any(kind in _PUBLIC for kind in types) and DIRECTS.search(told.role or ""):
            schema, ends = "Directorship", {"director": [who], "organization": [body]}
        else:
            schema, ends = "Employment", {"employee": [who], "employer": [body]}
        said: _Said = {"role": [told.role], "date": [str(told.seen)], **ends}
        return self._entity(told.node, schema, told.role or schema, told, said)

    def _ownership(self, told: Ownership) -> _Entity:
        role, share = self._label("ownership-kind", told.kind), percentage(told.share_min, told.share_max)
        if told.kind not in _OWNED or self._schema(told.owned) != "Company":
            return self._link(told.node, role, told, (told.owner, told.owned), _when(told, share))
        ends: _Said = {
            "owner": [_party(told.owner)],
            "asset": [_party(told.owned)],
            "percentage": [share],
            "role": [role],
        }
        return self._entity(told.node, "Ownership", role, told, {**_when(told), **ends})

    def _affiliation(self, told: Affiliation) -> _Entity:
        role = self._label("affiliation-kind", told.kind)
        if told.kind != "member-of":
            return self._link(told.node, role, told, (told.organisation, told.other), _when(told))
        ends: _Said = {"member": [_party(told.organisation)], "organization": [_party(told.other)]}
        return self._entity(told.node, "Membership", role, told, {**_when(told), **ends})

    def _supply(self, told: Supply) -> _Entity:
        share = percentage(told.share_min, told.share_max)
        part = share and f"{share} percent of {(told.share_of or 'a whole not named').replace('-', ' ')}"
        chips = [self._label("product", product) for product in told.products]
        role = self._label("supply-kind", told.kind)
        return self._link(told.node, role, told, (told.supplier, told.customer), _when(told, part, *chips))

    def _link(self, node: Node, role: str, told: Any, ends: tuple[str, str], said: _Said) -> _Entity:
        subject, object_ = ends
        whole = {**said, "subject": [_party(subject)], "object": [_party(object_)], "role": [role]}
        return self._entity(node, "UnknownLink", role, told, whole)

    def _listing(self, told: PartyListing) -> _Entity:
        """A listing: its start is the day of effect, its listing date the day its instrument was published."""
        authority, title = self._organisations[told.listed_by], self._label("programme", told.programme)
        by, begins = self._instruments.get(told.instrument or ""), told.listed_on or told.valid_from
        said: _Said = {
            **_when(told),
            "entity": [_party(told.party)],
            "authority": [authority.name.en],
            "authorityId": [by.citation if by else None],
            "country": [authority.headquarters and authority.headquarters.lower()],
            "listingDate": [str(event.date) for event in (by.events if by else ()) if event.kind == "publication"],
            "program": [title],
            "programId": [_LISTED[told.programme][1]],
            "provisions": [told.value, told.review_policy and self._label("review-policy", told.review_policy)],
            "reason": [by.summary if by else None],
            "recordId": [told.key],
            "startDate": [str(begins) if begins else None],
        }
        return self._entity(told.node, "Sanction", title, told, said)


def _address(url: str) -> str:
    """An address in the form that FollowTheMoney gives it: that of a host alone ends in a slash."""
    return f"{url}/" if url.count("/") == len("//") else url


def _party(key: str) -> str:
    return entity_id(Node("organisation", key))


def _when(told: Relation, *more: str | None) -> _Said:
    """When a relation holds, and what is noted of it."""
    days = {"startDate": told.valid_from, "endDate": told.valid_to, "date": told.seen}
    noted: _Said = {"summary": [told.note, *more]}
    return {**{name: [str(day) if day else None] for name, day in days.items()}, **noted}


def _names(name: Name) -> list[str | None]:
    return [name.en, name.zh_hant, name.zh_hans]
