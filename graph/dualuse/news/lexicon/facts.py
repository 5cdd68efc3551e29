"""What the reader asks the graph: who works where, what sort of body speaks, and when instruments were announced."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from dualuse.namespaces import split_thing
from dualuse.store.base import Store, value

_POSTS = """# Organisations people hold posts in, and their titles.
SELECT ?person ?organisation ?title WHERE {
  ?post org:member ?person ; org:organization ?organisation ; du:officeTitle ?title }"""
_TYPES = """# Types and seats of organisations.
SELECT ?organisation ?type ?place ?parent WHERE {
  ?organisation du:organisationType ?type
  OPTIONAL { ?organisation du:headquarteredIn ?place } OPTIONAL { ?organisation du:parentOrganisation ?parent } }"""
_LISTED = """# Organisations that were put on a list.
SELECT DISTINCT ?party WHERE { ?listing du:listedParty ?party }"""
_INSTRUMENTS = """# Who issued an instrument, and what was done to it when.
SELECT ?instrument ?issuer ?kind ?date WHERE {
  ?instrument a du:Instrument OPTIONAL { ?instrument eli:passed_by ?issuer }
  OPTIONAL { ?event du:onInstrument ?instrument ; du:eventKind ?kind ; du:earliest ?date } }"""
_DESIGNERS = """# Who designs a product.
SELECT ?product ?designer WHERE { ?product du:designer ?designer }"""
_TEXTS = """# What instruments are called and what they do, in English.
SELECT ?instrument ?property ?text WHERE {
  ?instrument a du:Instrument ; ?property ?text
  FILTER(?property IN (dct:title, skos:altLabel, dct:description)) }"""


_EASES = re.compile(
    r"\b(?:suspen|resciss|rescind|revo[ck]|repeal|withdraw|remov|resum|lift|allow|eas(?:e|es|ing)\b|authorisation of)",
    re.IGNORECASE,
)
"""In the title of an instrument that itself ends or eases another."""
_TIGHTENS = re.compile(
    r"\b(?:revo[ck]|remov|suspend|withdraw)\w*[^;,]*\b(?:licen[cs]e|permissions?|authori[sz]ations?|status"
    r"|validated end-user|separate destination|exemptions?|waivers?)\b",
    re.IGNORECASE,
)
"""In the title of one that ends a leave: a revocation of authorisations."""


@dataclass
class Instrument:
    """An instrument as the reader needs it."""

    key: str
    issuers: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    days: dict[str, date] = field(default_factory=dict)
    title: str = ""
    texts: list[str] = field(default_factory=list)

    @property
    def first(self) -> date | None:
        """First day on which it was announced, published or took effect."""
        return min(self.days.values(), default=None)

    @property
    def eases(self) -> bool:
        """Whether it ends or eases another, as its title says: a suspension, a removal, leave to sell."""
        return _EASES.search(self.title) is not None

    @property
    def relaxes(self) -> bool:
        """Whether it gives leave, and does not end one: a suspension of controls, no revocation of waivers."""
        return _EASES.search(_TIGHTENS.sub("", self.title)) is not None


@dataclass
class Facts:
    """What is known of people, organisations and instruments, by key."""

    posts: dict[str, list[tuple[str, str]]]
    types: dict[str, set[str]]
    seats: dict[str, str]
    parents: dict[str, str]
    instruments: dict[str, Instrument]
    listed: frozenset[str] = frozenset()
    designers: dict[str, list[str]] = field(default_factory=dict)

    def organisation_of(self, person: str) -> str:
        """Organisation a person speaks for, if there is one only."""
        found = {organisation for organisation, _ in self.posts.get(person, [])}
        return next(iter(found)) if len(found) == 1 else ""

    def government(self, place: str) -> str:
        """Government of a place, if the graph has it."""
        key = {"CN": "gov-cn", "US": "usgov", "eu": "ec"}.get(place, f"gov-{place.lower()}")
        return key if key in self.types else ""

    @property
    def makers(self) -> frozenset[str]:
        """Companies and their people, as ``kind:key``."""
        firms = {key for key, types in self.types.items() if any(kind.startswith("company") for kind in types)}
        people = (person for person, posts in self.posts.items() if any(firm in firms for firm, _ in posts))
        return frozenset({*(f"organisation:{key}" for key in firms), *(f"person:{key}" for key in people)})

    def is_media(self, organisation: str) -> bool:
        """Whether an organisation reports for a living."""
        return "media" in self.types.get(organisation, set())


def read_facts(store: Store) -> Facts:
    """Read what the reader needs to know."""
    posts: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in store.select(_POSTS):
        person, organisation = (split_thing(row[name].value)[1] for name in ("person", "organisation"))
        posts[person].append((organisation, value(row, "title")))
    types: dict[str, set[str]] = defaultdict(set)
    seats: dict[str, str] = {}
    parents: dict[str, str] = {}
    for row in store.select(_TYPES):
        organisation = split_thing(row["organisation"].value)[1]
        types[organisation].add(split_thing(row["type"].value)[1])
        place = value(row, "place")
        if place:
            seats[organisation] = split_thing(place)[1]
        if value(row, "parent"):
            parents[organisation] = split_thing(value(row, "parent"))[1]
    sorted_posts = {key: sorted(held) for key, held in posts.items()}
    listed = frozenset(split_thing(row["party"].value)[1] for row in store.select(_LISTED))
    instruments = _instruments(store, seats)
    return Facts(sorted_posts, dict(types), seats, parents, instruments, listed, _designers(store))


def _designers(store: Store) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in store.select(_DESIGNERS):
        found[split_thing(row["product"].value)[1]].append(split_thing(row["designer"].value)[1])
    return {product: sorted(designers) for product, designers in sorted(found.items())}


def _instruments(store: Store, seats: dict[str, str]) -> dict[str, Instrument]:
    found: dict[str, Instrument] = {}
    for row in store.select(_INSTRUMENTS):
        key = split_thing(row["instrument"].value)[1]
        instrument = found.setdefault(key, Instrument(key))
        issuer = value(row, "issuer")
        if issuer:
            issuer = split_thing(issuer)[1]
            instrument.issuers.add(issuer)
            instrument.places |= {seats[issuer]} if issuer in seats else set()
        kind, day = value(row, "kind"), value(row, "date")
        if kind and day:
            name = split_thing(kind)[1]
            known = instrument.days.get(name)
            instrument.days[name] = min(date.fromisoformat(day), known) if known else date.fromisoformat(day)
    for row in store.select(_TEXTS):
        entry = found[split_thing(row["instrument"].value)[1]]
        entry.texts.append(value(row, "text"))
        if value(row, "property").endswith("title") and value(row, "text").isascii():
            entry.title = value(row, "text")
    for instrument in found.values():
        instrument.texts.sort()
    return dict(sorted(found.items()))
