"""Relations between parties, and between parties and places."""

from __future__ import annotations

from typing import Annotated, Literal

from dualuse.dates import PartialDate
from dualuse.model.base import Amount, Around, Dated, Key, Keys, PlaceKey, PlaceKeys, Relation, Share, Text, YesNo
from dualuse.model.fields import Form, Lit, Moment, Num, Partial, Ref, Truth, Val, record
from dualuse.model.values import (
    AffiliationKind,
    CostKind,
    Facility,
    OwnershipKind,
    Programme,
    ReviewPolicy,
    Stage,
    SupplyKind,
)

_OWNS = {
    "owns": "owns",
    "invests-in": "invests in",
    "affiliate-of": "is an affiliate of",
    "agreed-to-acquire": "agreed to acquire",
    "part-of": "holds as a part of itself",
}


def _words(value: str) -> str:
    return value.replace("-", " ")


@record("operation", "du:Operation", table="relations/operations", form="csv")
class Operation(Relation):
    """An organisation runs, or plans, a site in a place."""

    organisation: Annotated[Key, Ref("du:concernsOrganisation", "organisation")]
    """Who runs or plans the site."""
    place: Annotated[PlaceKey, Ref("du:concernsPlace", "place")]
    """Where it is."""
    facility: Annotated[Facility, Val("du:facility", "facility")]
    """What sort of site it is; ``non-current-assets`` is plant and land of a kind the report leaves open."""
    stage: Annotated[Stage, Val("du:stage", "stage")]
    """Whether it works yet."""

    def caption(self, around: Around) -> str:
        """Whose site, of what sort, and where."""
        return f"{around.names[self.organisation]}: {self.facility} in {self.place}"


@record("supply", "du:Supply", table="relations/supplies", form="csv")
class Supply(Relation):
    """One party supplies another."""

    supplier: Annotated[Key, Ref("du:supplier", "organisation")]
    """Who supplies."""
    customer: Annotated[Key, Ref("du:customer", "organisation")]
    """Who is supplied."""
    kind: Annotated[SupplyKind, Val("du:supplyKind", "supply-kind")]
    """Parts, tools or services for the customer's products, making of its designs, or finished products."""
    share_min: Annotated[Share | None, Num("du:shareMin")] = None
    """Least share in percent; equal to ``share_max`` where the source is exact; blank: unknown."""
    share_max: Annotated[Share | None, Num("du:shareMax")] = None
    """Greatest share in percent; blank: unknown."""
    share_of: Annotated[Literal["supplier-revenue"] | None, Lit("du:shareOf")] = None
    """What the share is part of."""
    products: Annotated[Keys, Ref("du:suppliedProduct", "product")] = ()
    """Chips that the source says are supplied; blank: it names none that is on record."""

    def caption(self, around: Around) -> str:
        """Who supplies whom."""
        return f"{around.names[self.supplier]} {_words(self.kind)} {around.names[self.customer]}"


@record("ownership", "du:Ownership", table="relations/ownerships", form="csv")
class Ownership(Relation):
    """A stake of one party in another."""

    owner: Annotated[Key, Ref("du:owner", "organisation")]
    """Who holds the stake."""
    owned: Annotated[Key, Ref("du:owned", "organisation")]
    """Whose stake it is."""
    kind: Annotated[OwnershipKind, Val("du:ownershipKind", "ownership-kind")]
    """Shares held, money put in on terms left open, an affiliate of no stated share, an open purchase, a division."""
    share_min: Annotated[Share | None, Num("du:shareMin")] = None
    """Least stake in percent; blank: unknown."""
    share_max: Annotated[Share | None, Num("du:shareMax")] = None
    """Greatest stake in percent; blank: unknown."""

    def __post_init__(self) -> None:
        """Reject what does not fit together."""
        Dated.__post_init__(self)
        if self.share_min is not None and self.share_max is not None and self.share_max < self.share_min:
            raise ValueError(f"share_max {self.share_max} is below share_min {self.share_min}")

    def caption(self, around: Around) -> str:
        """Who owns what."""
        return f"{around.names[self.owner]} {_OWNS[self.kind]} {around.names[self.owned]}"


@record("affiliation", "du:Affiliation", table="relations/affiliations", form="csv")
class Affiliation(Relation):
    """Membership of an association, a partnership, a co-signed letter."""

    organisation: Annotated[Key, Ref("du:concernsOrganisation", "organisation")]
    """The member, or the first of the two."""
    other: Annotated[Key, Ref("du:affiliatedWith", "organisation")]
    """The association, or the second of the two."""
    kind: Annotated[AffiliationKind, Val("du:affiliationKind", "affiliation-kind")]
    """What sort of tie it is."""

    def caption(self, around: Around) -> str:
        """Who is tied to whom, and how."""
        return f"{around.names[self.organisation]} {_words(self.kind)} {around.names[self.other]}"


@record("seat", "du:Seat", table="relations/seats", form="csv")
class Seat(Relation):
    """Receipts for where an organisation has its headquarters."""

    organisation: Annotated[Key, Ref("du:concernsOrganisation", "organisation")]
    """The organisation."""
    place: Annotated[PlaceKey, Ref("du:concernsPlace", "place")]
    """Place of its head office."""

    def caption(self, around: Around) -> str:
        """Who sits where."""
        return f"{around.names[self.organisation]} headquartered in {self.place}"


@record("listing", "du:PartyListing", table="relations/listings", form="csv", noun="party listing")
class PartyListing(Relation):
    """A party put on a list of restricted parties."""

    party: Annotated[Key, Ref("du:listedParty", "organisation")]
    """Who is listed."""
    listed_by: Annotated[Key, Ref("du:listedBy", "organisation")]
    """Authority that keeps the list."""
    programme: Annotated[Programme, Val("du:programme", "programme")]
    """Which list it is."""
    instrument: Annotated[Key | None, Ref("du:onInstrument", "instrument")] = None
    """Instrument that put the party on it; blank: not traced."""
    listed_on: Annotated[PartialDate | None, Moment("du:listedOn")] = None
    """Day on which the listing took effect; blank: not recorded."""
    review_policy: Annotated[ReviewPolicy | None, Val("du:entryPolicy", "review-policy")] = None
    """Policy that the entry names for every item; blank: it names several, or none was read."""

    def caption(self, around: Around) -> str:
        """Who is on which list."""
        return f"{around.names[self.party]} on {_words(self.programme)}"


@record("stated-cost", "du:StatedCost", table="relations/stated-costs", form="csv")
class StatedCost(Relation):
    """What a company itself says that an instrument cost it, or may cost it."""

    organisation: Annotated[Key, Ref("du:concernsOrganisation", "organisation")]
    """Who says so of itself."""
    instrument: Annotated[Key, Ref("du:onInstrument", "instrument")]
    """Instrument that it names as the cause."""
    kind: Annotated[CostKind, Val("du:costKind", "cost-kind")]
    """A charge, sales not made, or sales that it expects not to make."""
    amount_min: Annotated[Amount | None, Num("du:amountMin")] = None
    """Least amount in millions of US dollars; equal to ``amount_max`` where one figure is given; blank: none is."""
    amount_max: Annotated[Amount | None, Num("du:amountMax")] = None
    """Greatest amount in millions of US dollars; blank: none is given."""
    period: Annotated[Text | None, Lit("du:fiscalPeriod")] = None
    """Year, half or quarter as the company counts it, as in ``revenue-shares``; blank: it names none."""

    def caption(self, around: Around) -> str:
        """Who states which cost, by what."""
        return f"{around.names[self.organisation]} states {_words(self.kind)} by {self.instrument}"


@record("revenue-share", "du:RevenueShare", table="relations/revenue-shares", form="csv")
class RevenueShare(Relation):
    """What a company sold in a region in a period."""

    organisation: Annotated[Key, Ref("du:concernsOrganisation", "organisation")]
    """Whose revenue it is."""
    period: Annotated[Text, Lit("du:fiscalPeriod")]
    """Year, half or quarter as the company counts it: ``2024``, ``2024-H1``, ``2025-Q4``."""
    region: Annotated[Text, Lit("du:reportedRegion")]
    """Region as the source names it; ``Total`` is the whole revenue."""
    places: Annotated[PlaceKeys, Ref("du:concernsPlace", "place")] = ()
    """Places that are surely in the region; blank: none can be named."""
    straddles: Annotated[YesNo, Truth("du:straddles")]
    """Whether the region holds other places that are not broken out."""
    share_min: Annotated[Share | None, Num("du:shareMin")] = None
    """Least share of the period's revenue in percent; blank: unknown."""
    share_max: Annotated[Share | None, Num("du:shareMax")] = None
    """Greatest share of the period's revenue in percent; blank: unknown."""
    amount: Annotated[Amount | None, Num("du:revenue")] = None
    """Revenue in millions of ``currency``; blank: not recorded."""
    currency: Annotated[Annotated[str, Form("code", pattern=r"^[A-Z]{3}$")] | None, Lit("du:currency")] = None
    """ISO 4217 code of the currency the company reports in."""
    amount_usd: Annotated[Amount | None, Num("du:revenueUsd")] = None
    """Revenue in millions of US dollars, where reported so; nothing is converted."""
    basis: Annotated[Text | None, Lit("du:attributionBasis")] = None
    """What puts revenue into the region, such as customer headquarters or ship-to; or the study the figure is from."""

    def caption(self, around: Around) -> str:
        """Whose revenue, where and when."""
        return f"{around.names[self.organisation]} revenue, {self.region}, {self.period}"


@record("installed-compute", "du:InstalledCompute", table="relations/compute", form="csv")
class InstalledCompute(Relation):
    """How many chips a place has received, or how much its clusters can do, as a source estimates it."""

    place: Annotated[PlaceKey | None, Ref("du:concernsPlace", "place")] = None
    """Where the chips or clusters are; blank: the source does not say."""
    products: Annotated[Keys, Ref("du:concernsProduct", "product")] = ()
    """Chips on record that go by the name which the source counts; blank: it does not count by chip."""
    unit: Annotated[Literal["chips", "h100-equivalents"], Lit("du:unit")]
    """What is counted: chips, or computing power in chips of the kind H100."""
    stage: Annotated[Stage | None, Val("du:stage", "stage")] = None
    """Whether the clusters work yet; blank: the source does not say whether the chips do."""
    as_of: Annotated[PartialDate, Partial("du:asOf")]
    """Day of which the numbers speak."""
    number_min: Annotated[Amount | None, Num("du:numberMin")] = None
    """Least number: 5th percentile, or what the source counts in its own analysis; blank: unknown."""
    number: Annotated[Amount, Num("du:numberCentral")]
    """Central number: median, or without what may be counted twice or is unlikely."""
    number_max: Annotated[Amount | None, Num("du:numberMax")] = None
    """Greatest number: 95th percentile, or with all that the source lists; blank: unknown."""

    def __post_init__(self) -> None:
        """Reject numbers that are out of order."""
        Dated.__post_init__(self)
        known = [number for number in (self.number_min, self.number, self.number_max) if number is not None]
        if known != sorted(known):
            raise ValueError(f"number_min, number and number_max are out of order: {known}")

    def caption(self, around: Around) -> str:
        """What is counted, where and of which day."""
        what = (
            f"{self.value} chips" if self.unit == "chips" and self.value else _words(self.unit).replace("h100", "H100")
        )
        return f"{what} in {self.place or 'places not named'}, {self.stage or 'delivered'}, {self.as_of}"
