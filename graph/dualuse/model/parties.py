"""Organisations and people."""

from __future__ import annotations

from typing import Annotated

from dualuse.dates import PartialDate
from dualuse.model.base import Around, Key, Keys, Name, PlaceKey, Record, SomeKeys, Sourced, Text, Texts
from dualuse.model.fields import Alias, Form, Lit, Names, Partial, Ref, Several, Val, record
from dualuse.model.values import OrganisationType

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


@record()
class Identifiers(Record):
    """Identifiers kept by others; each is entered only where it was seen beside the name."""

    wikidata: Annotated[Annotated[str, Form("code", pattern=r"^Q[1-9]\d*$")] | None, Lit("du:wikidata")] = None
    """QID of its Wikidata item."""
    lei: Annotated[Annotated[str, Form("code", pattern=r"^[A-Z0-9]{18}\d{2}$")] | None, Lit("du:lei")] = None
    """Legal Entity Identifier (ISO 17442)."""
    cik: Annotated[Annotated[str, Form("code", pattern=r"^\d{10}$")] | None, Lit("du:cik")] = None
    """Central Index Key of the Securities and Exchange Commission, ten digits with the noughts before them."""
    ticker: Annotated[Text | None, Lit("du:ticker")] = None
    """Exchange ticker; several are joined by a semicolon."""
    searched_on: Annotated[PartialDate | None, Partial("du:identifiersSearchedOn")] = None
    """Day on which those that are not given were looked for; blank: nobody says that they looked."""
    searched_in: Annotated[Keys, Ref("du:identifiersSearchedIn", "source")] = ()
    """Lists searched by name and place; none had one that is not given here, or none that was surely this body's."""

    def __post_init__(self) -> None:
        """Reject a search of which only half is told."""
        if (self.searched_on is None) != (not self.searched_in):
            raise ValueError("searched_on and searched_in go together: give both, or leave both out")


@record("organisation", table="organisations", form="yaml", told_by="du:organisationType")
class Organisation(Sourced):
    """A body that makes law, is touched by it, or speaks on it."""

    name: Annotated[Name, Names("skos:prefLabel"), Names("rdfs:label")]
    """Full name."""
    aliases: Annotated[Texts, Alias("skos:altLabel")] = ()
    """Short names and other spellings by which it is found, in any script."""
    legal_name: Annotated[Text | None, Alias("du:legalName")] = None
    """Name under which it is registered; blank: not read in a filing, a register or an official list."""
    types: Annotated[tuple[OrganisationType, ...], Several(1), Val("du:organisationType", "organisation-type")]
    """What it is; some are several things."""
    headquarters: Annotated[PlaceKey | None, Ref("du:headquarteredIn", "place")] = None
    """Place of its head office; blank: not recorded."""
    parent: Annotated[Key | None, Ref("du:parentOrganisation", "organisation")] = None
    """Organisation it is part of or controlled by; blank: none is recorded, or the parent is not in this dataset."""
    role: Annotated[Text | None, Lit("du:supplyRole", "en")] = None
    """What it does in the supply chain, in a few words."""
    identifiers: Identifiers = Identifiers()
    """Identifiers kept by others."""

    def classes(self) -> tuple[str, ...]:
        """Class of each of its types."""
        return tuple(sorted({f"du:{ORGANISATION_CLASSES.get(kind, 'Company')}" for kind in self.types}))


@record("post", "org:Membership", holder="org:member", inherits=("confidence",))
class Post(Record):
    """An office a person held when last seen in it."""

    organisation: Annotated[Key, Ref("org:organization", "organisation")]
    """Where the office is held."""
    role: Annotated[Text | None, Lit("du:officeTitle", "en")] = None
    """Title of the office; blank: not recorded."""
    seen: Annotated[PartialDate, Partial("du:seenOn")]
    """When a source shows the person in it."""
    sources: Annotated[SomeKeys, Ref("dct:source", "source")]
    """Sources that show it."""

    def caption(self, around: Around) -> str:
        """Who held which office."""
        return f"{around.holder_label}, {self.role or self.organisation}"


@record("person", "foaf:Person", table="people", form="yaml")
class Person(Sourced):
    """Someone who speaks for an organisation."""

    name: Annotated[Name, Names("foaf:name"), Names("rdfs:label")]
    """Name without titles."""
    aliases: Annotated[Texts, Alias("skos:altLabel")] = ()
    """Other spellings by which they are found, in any script."""
    posts: Annotated[tuple[Post, ...], Several(1)]
    """Offices held."""
