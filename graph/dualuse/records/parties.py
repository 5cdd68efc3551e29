"""Organisations, people, and the relations between parties and places."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from dualuse.dates import PartialDate
from dualuse.records.base import Dated, Key, Keys, Name, PlaceKey, PlaceKeys, Record, Share, Sourced, Text, Texts

OrganisationType = Literal[
    "government",
    "regulator",
    "legislature",
    "political-party",
    "company-designer",
    "company-foundry",
    "company-memory",
    "company-equipment",
    "company-eda",
    "company-materials",
    "company-packaging",
    "company-oem",  # makers of servers and devices, contract makers among them
    "company-distributor",
    "company-cloud",
    "company-ai-lab",
    "company-other",
    "investor",
    "trade-association",
    "think-tank",
    "advocacy-group",
    "university",
    "media",
]


class Identifiers(Record):
    """Identifiers kept by others; a QID or LEI is entered only where it was seen or is sure."""

    wikidata: Annotated[str, StringConstraints(pattern=r"^Q[1-9]\d*$")] | None = None
    """QID of its Wikidata item."""
    lei: Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{18}\d{2}$")] | None = None
    """Legal Entity Identifier (ISO 17442)."""
    ticker: Text | None = None
    """Exchange ticker; several are joined by a semicolon."""


class Organisation(Sourced):
    """``data/organisations/<key>.yml``: a body that makes law, is touched by it, or speaks on it."""

    name: Name
    """Full name."""
    aliases: Texts = ()
    """Short names and other spellings by which it is found, in any script."""
    types: Annotated[tuple[OrganisationType, ...], Field(min_length=1)]
    """What it is; some are several things."""
    headquarters: PlaceKey | None = None
    """Place of its head office; blank: not recorded."""
    parent: Key | None = None
    """Organisation it is part of or controlled by; blank: none is recorded, or the parent is not in this dataset."""
    role: Text | None = None
    """What it does in the supply chain, in a few words."""
    identifiers: Identifiers = Identifiers()
    """Identifiers kept by others."""


class Post(Record):
    """An office a person held when last seen in it."""

    organisation: Key
    """Where the office is held."""
    role: Text | None = None
    """Title of the office; blank: not recorded."""
    seen: PartialDate
    """When a source shows the person in it."""
    sources: Annotated[Keys, Field(min_length=1)]
    """Sources that show it."""


class Person(Sourced):
    """``data/people/<key>.yml``: someone who speaks for an organisation."""

    name: Name
    """Name without titles."""
    aliases: Texts = ()
    """Other spellings by which they are found, in any script."""
    posts: Annotated[tuple[Post, ...], Field(min_length=1)]
    """Offices held."""


class Relation(Dated):
    """A sourced edge between parties or places."""

    key: Key
    """Running number or short name."""
    seen: PartialDate | None = None
    """When the source shows it; blank: not recorded."""
    seen_note: Text | None = None
    """What ``seen`` stands for where it is no plain date."""
    value: Text | None = None
    """The source's own figure or words."""


class Operation(Relation):
    """``data/relations/operations.csv``: an organisation runs, or plans, a site in a place."""

    organisation: Key
    """Who runs or plans the site."""
    place: PlaceKey
    """Where it is."""
    facility: Literal["data-centre", "fab", "research-centre", "non-current-assets"]
    """What sort of site it is; ``non-current-assets`` is plant and land of a kind the report leaves open."""
    stage: Literal["operating", "planned"]
    """Whether it works yet."""


class Supply(Relation):
    """``data/relations/supplies.csv``: one party supplies another."""

    supplier: Key
    """Who supplies."""
    customer: Key
    """Who is supplied."""
    kind: Literal["supplies", "manufactures-for", "sells-to"]
    """Parts, tools or services for the customer's products, making of its designs, or finished products."""
    share_min: Share | None = None
    """Least share in percent; equal to ``share_max`` where the source is exact; blank: unknown."""
    share_max: Share | None = None
    """Greatest share in percent; blank: unknown."""
    share_of: Literal["supplier-revenue"] | None = None
    """What the share is part of."""


class Ownership(Relation):
    """``data/relations/ownerships.csv``: a stake of one party in another."""

    owner: Key
    """Who holds the stake."""
    owned: Key
    """Whose stake it is."""
    kind: Literal["owns", "invests-in", "affiliate-of", "agreed-to-acquire", "part-of"]
    """Shares held, money put in on terms left open, an affiliate of no stated share, an open purchase, a division."""
    share_min: Share | None = None
    """Least stake in percent; blank: unknown."""
    share_max: Share | None = None
    """Greatest stake in percent; blank: unknown."""

    @model_validator(mode="after")
    def _bounds(self) -> Self:
        if self.share_min is not None and self.share_max is not None and self.share_max < self.share_min:
            raise ValueError(f"share_max {self.share_max} is below share_min {self.share_min}")
        return self


class Affiliation(Relation):
    """``data/relations/affiliations.csv``: membership of an association, a partnership, a co-signed letter."""

    organisation: Key
    """The member, or the first of the two."""
    other: Key
    """The association, or the second of the two."""
    kind: Literal["member-of", "partner-of", "co-signed-letter-with"]
    """What sort of tie it is."""


class Seat(Relation):
    """``data/relations/seats.csv``: receipts for where an organisation has its headquarters."""

    organisation: Key
    """The organisation."""
    place: PlaceKey
    """Place of its head office."""


class PartyListing(Relation):
    """``data/relations/listings.csv``: a party put on a list of restricted parties."""

    party: Key
    """Who is listed."""
    listed_by: Key
    """Authority that keeps the list."""
    programme: Literal["us-entity-list", "cn-unreliable-entity-list", "cn-control-list"]
    """Which list it is."""
    instrument: Key | None = None
    """Instrument that put the party on it; blank: not traced."""
    listed_on: PartialDate | None = None
    """Day on which the listing took effect; blank: not recorded."""


class RevenueShare(Relation):
    """``data/relations/revenue-shares.csv``: what a company sold in a region in a period."""

    organisation: Key
    """Whose revenue it is."""
    period: Text
    """Year, half or quarter as the company counts it: ``2024``, ``2024-H1``, ``2025-Q4``."""
    region: Text
    """Region as the source names it; ``Total`` is the whole revenue."""
    places: PlaceKeys = ()
    """Places that are surely in the region; blank: none can be named."""
    straddles: Literal["yes", "no"]
    """Whether the region holds other places that are not broken out."""
    share_min: Share | None = None
    """Least share of the period's revenue in percent; blank: unknown."""
    share_max: Share | None = None
    """Greatest share of the period's revenue in percent; blank: unknown."""
    amount: float | None = None
    """Revenue in millions of ``currency``; blank: not recorded."""
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] | None = None
    """ISO 4217 code of the currency the company reports in."""
    amount_usd: float | None = None
    """Revenue in millions of US dollars, where reported so; nothing is converted."""
    basis: Text | None = None
    """What puts revenue into the region, such as customer headquarters or ship-to; or the study the figure is from."""


RELATIONS: dict[str, type[Relation]] = {
    "operations": Operation,
    "supplies": Supply,
    "ownerships": Ownership,
    "affiliations": Affiliation,
    "seats": Seat,
    "listings": PartyListing,
    "revenue-shares": RevenueShare,
}
"""Table under ``data/relations/`` -> record."""

__all__ = ["RELATIONS", "Keys"]
