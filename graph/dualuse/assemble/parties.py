"""Records of organisations, people and relations as triples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dualuse.assemble.law import interval, receipt
from dualuse.assemble.node import Node
from dualuse.records.parties import (
    Affiliation,
    Operation,
    Organisation,
    Ownership,
    PartyListing,
    Person,
    Relation,
    RevenueShare,
    Seat,
    Supply,
)

ORGANISATION_CLASSES = {
    "government": "Government",
    "regulator": "Regulator",
    "legislature": "Legislature",
    "political-party": "PoliticalParty",
    "investor": "Investor",
    "trade-association": "Association",
    "advocacy-group": "Association",
    "think-tank": "ThinkTank",
    "university": "University",
    "media": "MediaOutlet",
}
"""Type of organisation -> its class; every ``company-…`` is a Company."""


Names = Mapping[str, str]
"""Key of an organisation -> its English name."""

_OWNS = {
    "owns": "owns",
    "invests-in": "invests in",
    "affiliate-of": "is an affiliate of",
    "agreed-to-acquire": "agreed to acquire",
    "part-of": "holds as a part of itself",
}


def _words(value: str) -> str:
    return value.replace("-", " ")


def organisation(key: str, record: Organisation) -> Iterator[Node]:
    """An organisation."""
    classes = {ORGANISATION_CLASSES.get(kind, "Company") for kind in record.types}
    node = Node("organisation", key, *(f"du:{name}" for name in sorted(classes)))
    name = record.name
    node.names("skos:prefLabel", en=name.en, zh_hant=name.zh_hant, zh_hans=name.zh_hans)
    node.texts("skos:altLabel", record.aliases)
    node.links("du:organisationType", "organisation-type", record.types)
    node.link("du:headquarteredIn", "place", record.headquarters)
    node.link("du:parentOrganisation", "organisation", record.parent)
    node.text("du:supplyRole", record.role, "en")
    node.text("du:wikidata", record.identifiers.wikidata)
    node.text("du:lei", record.identifiers.lei)
    node.text("du:ticker", record.identifiers.ticker)
    receipt(node, record)
    yield node


def person(key: str, record: Person) -> Iterator[Node]:
    """A person and the posts they were seen in."""
    node = Node("person", key, "foaf:Person")
    name = record.name
    node.names("foaf:name", en=name.en, zh_hant=name.zh_hant, zh_hans=name.zh_hans)
    node.text("rdfs:label", name.en, "en")
    node.texts("skos:altLabel", record.aliases)
    receipt(node, record)
    yield node
    for number, post in enumerate(record.posts, start=1):
        side = Node("post", f"{key}.{number}", "org:Membership")
        side.text("rdfs:label", f"{name.en}, {post.role or post.organisation}", "en")
        side.link("org:member", "person", key)
        side.link("org:organization", "organisation", post.organisation)
        side.text("du:officeTitle", post.role, "en")
        side.partial("du:seenOn", post.seen)
        side.links("prov:wasDerivedFrom", "source", post.sources)
        side.link("du:confidence", "confidence", record.confidence)
        yield side


def _relation(node: Node, record: Relation, label: str) -> Node:
    node.text("rdfs:label", label, "en")
    node.partial("du:seenOn", record.seen)
    node.text("du:seenNote", record.seen_note, "en")
    node.text("du:value", record.value)
    interval(node, record)
    receipt(node, record)
    return node


def operation(key: str, record: Operation, names: Names) -> Iterator[Node]:
    """A site in a place."""
    node = Node("operation", key, "du:Operation")
    node.link("du:organisation", "organisation", record.organisation)
    node.link("du:place", "place", record.place)
    node.link("du:facility", "facility", record.facility)
    node.link("du:stage", "stage", record.stage)
    yield _relation(node, record, f"{names[record.organisation]}: {record.facility} in {record.place}")


def supply(key: str, record: Supply, names: Names) -> Iterator[Node]:
    """One party supplies another."""
    node = Node("supply", key, "du:Supply")
    node.link("du:supplier", "organisation", record.supplier)
    node.link("du:customer", "organisation", record.customer)
    node.link("du:supplyKind", "supply-kind", record.kind)
    node.number("du:shareMin", record.share_min)
    node.number("du:shareMax", record.share_max)
    node.text("du:shareOf", record.share_of)
    yield _relation(node, record, f"{names[record.supplier]} {_words(record.kind)} {names[record.customer]}")


def ownership(key: str, record: Ownership, names: Names) -> Iterator[Node]:
    """A stake."""
    node = Node("ownership", key, "du:Ownership")
    node.link("du:owner", "organisation", record.owner)
    node.link("du:owned", "organisation", record.owned)
    node.link("du:ownershipKind", "ownership-kind", record.kind)
    node.number("du:shareMin", record.share_min)
    node.number("du:shareMax", record.share_max)
    yield _relation(node, record, f"{names[record.owner]} {_OWNS[record.kind]} {names[record.owned]}")


def affiliation(key: str, record: Affiliation, names: Names) -> Iterator[Node]:
    """Membership, partnership or a letter signed together."""
    node = Node("affiliation", key, "du:Affiliation")
    node.link("du:organisation", "organisation", record.organisation)
    node.link("du:other", "organisation", record.other)
    node.link("du:affiliationKind", "affiliation-kind", record.kind)
    yield _relation(node, record, f"{names[record.organisation]} {_words(record.kind)} {names[record.other]}")


def seat(key: str, record: Seat, names: Names) -> Iterator[Node]:
    """Receipt of a headquarters."""
    node = Node("seat", key, "du:Seat")
    node.link("du:organisation", "organisation", record.organisation)
    node.link("du:place", "place", record.place)
    yield _relation(node, record, f"{names[record.organisation]} headquartered in {record.place}")


def listing(key: str, record: PartyListing, names: Names) -> Iterator[Node]:
    """A party on a list."""
    node = Node("listing", key, "du:PartyListing")
    node.link("du:party", "organisation", record.party)
    node.link("du:listedBy", "organisation", record.listed_by)
    node.link("du:programme", "programme", record.programme)
    node.link("du:onInstrument", "instrument", record.instrument)
    node.dated("du:listedOn", record.listed_on)
    yield _relation(node, record, f"{names[record.party]} on {_words(record.programme)}")


def revenue_share(key: str, record: RevenueShare, names: Names) -> Iterator[Node]:
    """Revenue in a region."""
    node = Node("revenue-share", key, "du:RevenueShare")
    node.link("du:organisation", "organisation", record.organisation)
    node.text("du:period", record.period)
    node.text("du:region", record.region)
    node.links("du:place", "place", record.places)
    node.truth("du:straddles", record.straddles)
    node.number("du:shareMin", record.share_min)
    node.number("du:shareMax", record.share_max)
    node.number("du:amount", record.amount)
    node.text("du:currency", record.currency)
    node.number("du:amountUsd", record.amount_usd)
    node.text("du:attributionBasis", record.basis)
    yield _relation(node, record, f"{names[record.organisation]} revenue, {record.region}, {record.period}")
