"""Which groups a place is in on a day, the tier that follows, and how many places a tier has."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from dualuse.card import Receipt, Unknown
from dualuse.dates import PartialDate
from dualuse.law.truth import Truth, both, either
from dualuse.namespaces import split_thing, thing
from dualuse.registry import Registry, read_registry
from dualuse.span import Span
from dualuse.store.base import Row, Store, value

MEMBERSHIPS_QUERY = """# Memberships of places in groups, with their days and receipts.
SELECT ?membership ?place ?group ?groupName ?role ?standing ?from ?to ?observed ?confidence ?citation
       (GROUP_CONCAT(DISTINCT STR(?source); SEPARATOR=" ") AS ?receipts)
WHERE {
  ?membership a du:GroupMembership ; du:member ?place ; du:group ?group ; du:standing ?standing ;
              du:confidence ?confidence ; prov:wasDerivedFrom ?source .
  ?group skos:prefLabel ?groupName ; du:role ?role FILTER(LANG(?groupName) = "en")
  OPTIONAL { ?membership du:validFrom ?from }
  OPTIONAL { ?membership du:validTo ?to }
  OPTIONAL { ?membership du:observedFrom ?observed }
  OPTIONAL { ?group du:basedOn ?basis . ?basis eli:id_local ?citation }
}
GROUP BY ?membership ?place ?group ?groupName ?role ?standing ?from ?to ?observed ?confidence ?citation
"""

TIERS_QUERY = """# Derived tiers of places, with what they rest on.
SELECT ?assignment ?place ?tier ?first ?from ?to ?confidence ?rests ?citation
       (GROUP_CONCAT(DISTINCT STR(?source); SEPARATOR=" ") AS ?receipts)
WHERE {
  ?assignment a du:TierAssignment ; du:place ?place ; du:tier ?tier ; du:validFrom ?from ;
              du:validFromEarliest ?first ; du:confidence ?confidence ; prov:wasDerivedFrom ?rests .
  OPTIONAL { ?assignment du:validTo ?to }
  OPTIONAL { ?rests du:group/du:basedOn/eli:id_local ?citation }
  OPTIONAL { ?rests du:basedOn/eli:id_local ?citation }
  OPTIONAL { ?rests eli:id_local ?citation }
  OPTIONAL { ?rests prov:wasDerivedFrom ?source }
}
GROUP BY ?assignment ?place ?tier ?first ?from ?to ?confidence ?rests ?citation
"""

TREATMENTS_QUERY = """# Places a regime treats as another place.
SELECT ?treatment ?place ?parent ?citation ?from ?to ?confidence ?alternative
       (GROUP_CONCAT(DISTINCT STR(?source); SEPARATOR=" ") AS ?receipts)
WHERE {
  ?treatment a du:Treatment ; du:place ?place ; du:parent ?parent ; du:basedOn/eli:id_local ?citation ;
             du:confidence ?confidence ; prov:wasDerivedFrom ?source .
  OPTIONAL { ?treatment du:validFrom ?from }
  OPTIONAL { ?treatment du:validTo ?to }
  OPTIONAL { ?treatment du:alternativeReading ?alternative }
}
GROUP BY ?treatment ?place ?parent ?citation ?from ?to ?confidence ?alternative
"""


@dataclass(frozen=True)
class Size:
    """Places of a universe (empty: every one on record) in a tier (None: in all); ``partners`` leaves out the US."""

    universe: str
    tier: int | None
    count: int
    partners: bool = False


UNIVERSES = ("un", "iso-3166", "eu", "nato", "oecd", "g7", "quad")
"""Groups to count in, in the order they are shown."""


@dataclass(frozen=True)
class Membership:
    """A place in a group over a time; without a start it was in the table when first observed."""

    iri: str
    place: str
    group: str
    name: str
    universe: bool
    standing: str
    span: Span
    observed: date | None
    citation: str
    source: str
    confidence: str

    def member(self, day: date) -> Truth:
        """Whether the place is in the group on a day; unknown where that is contested or turns on a partial date."""
        if self.standing == "not-a-member":
            return False
        return both((self.span.on(day), True if self.standing == "member" else None))


@dataclass(frozen=True)
class Tier:
    """A derived tier over a time."""

    iri: str
    tier: int
    first: date
    span: Span
    confidence: str
    rests_on: tuple[str, ...]
    citations: tuple[str, ...]
    source: str

    def on(self, day: date) -> Truth:
        """Whether it is the tier on a day; never before the rule that tiers follow from took effect."""
        return False if day < self.first else self.span.on(day)


@dataclass(frozen=True)
class Treatment:
    """A place treated as another over a time."""

    iri: str
    parent: str
    citation: str
    span: Span
    alternative: str
    source: str
    confidence: str

    @property
    def receipt(self) -> Receipt:
        """The treatment as a line of evidence."""
        key = split_thing(self.iri)[1]
        return Receipt(self.iri, f"treated as {self.parent} ({key})", self.citation, self.source, self.confidence)


@dataclass(frozen=True)
class Places:
    """Memberships, tiers and treatments by place, read once."""

    memberships: dict[str, list[Membership]]
    tiers: dict[str, list[Tier]]
    treatments: dict[str, list[Treatment]]

    def groups(self, place: str, day: date) -> list[Membership]:
        """Memberships of a place that hold on a day, or may, universes left out, by group."""
        found = [m for m in self.memberships.get(place, []) if m.span.on(day) is not False and not m.universe]
        return sorted(found, key=lambda membership: membership.group)

    def tiers_on(self, place: str, day: date) -> list[Tier]:
        """Derived tiers that a place is in on a day, or may be, in the order they follow each other."""
        return [tier for tier in self.tiers.get(place, []) if tier.on(day) is not False]

    def tier(self, place: str, day: date) -> Tier | None:
        """The derived tier that a place is surely in on a day, or None."""
        found = self.tiers_on(place, day)
        begun = any(Span(tier.span.start).on(day) for tier in found)  # they follow each other without a gap
        return found[-1] if begun and len({tier.tier for tier in found}) == 1 else None

    def tier_word(self, place: str, day: date) -> int | str | None:
        """Number of the tier of a place on a day, ``unknown``, or None for no tier."""
        tier = self.tier(place, day)
        return tier.tier if tier is not None else "unknown" if self.tiers_on(place, day) else None

    def treatment(self, place: str, day: date) -> Treatment | None:
        """Treatment of a place on a day, or the one that may hold; None where there is none."""
        return next((t for t in self.treatments.get(place, []) if t.span.on(day) is not False), None)

    def stands_for(self, place: str, day: date) -> tuple[str, ...]:
        """The place whose memberships count for a place on a day; several where a treatment may or may not hold."""
        treatment = self.treatment(place, day)
        if treatment is None:
            return (place,)
        return (treatment.parent,) if treatment.span.on(day) else (place, treatment.parent)

    def universe(self, group: str, day: date) -> list[str]:
        """Places in a universe on a day, sorted."""
        return self.listed((group,), day)

    def doubtful(self, group: str, day: date) -> list[str]:
        """Places that may or may not be in a group on a day, sorted."""
        return sorted(
            place
            for place, found in self.memberships.items()
            if either(m.member(day) for m in found if m.group == group) is None
        )

    def sizes(self, day: date) -> list[Size]:
        """Every size a claimed number could mean: tiers within universes, whole universes, tier 1 without the US."""
        found = []
        for universe in (*UNIVERSES, ""):
            counts = self.count(universe, day)
            found.append(Size(universe, None, sum(counts.values())))
            found += [Size(universe, tier, counts[tier]) for tier in (1, 2, 3)]
            if not universe or "US" in self.universe(universe, day):
                found.append(Size(universe, 1, counts[1] - 1, partners=True))
        return found

    def listed(self, groups: tuple[str, ...], day: date) -> list[str]:
        """Places named in one of some groups on a day, sorted; territories and treatment left out."""
        return sorted(
            place
            for place, found in self.memberships.items()
            if any(m.group in groups and m.member(day) for m in found)
        )

    def count(self, group: str, day: date) -> Counter[int | None]:
        """How many places of a universe are surely in each tier; None for the others. No group: every place."""
        places = self.universe(group, day) if group else list(self.tiers)
        tiers = (self.tier(place, day) for place in places)
        return Counter(None if tier is None else tier.tier for tier in tiers)


def read_places(store: Store, registry: Registry | None = None, only: Collection[str] = ()) -> Places:
    """Read memberships, tiers and treatments.

    Args:
        store: Where to read.
        registry: The sources, if they were read before.
        only: Keys of the places to read, with the places they are treated as; none means every place.
    """
    registry = read_registry(store) if registry is None else registry
    treatments: dict[str, list[Treatment]] = defaultdict(list)
    for row in store.select(_of(TREATMENTS_QUERY, only)):
        treatments[_key(row, "place")].append(treatment_of(row, registry))
    roots = {*only, *(treatment.parent for found in treatments.values() for treatment in found)} if only else ()
    memberships: dict[str, list[Membership]] = defaultdict(list)
    for row in store.select(_of(MEMBERSHIPS_QUERY, roots)):
        membership = membership_of(row, registry)
        memberships[membership.place].append(membership)
    tiers = _tiers(store.select(_of(TIERS_QUERY, only)), registry)
    return Places(dict(memberships), tiers, dict(treatments))


def _of(query: str, places: Collection[str]) -> str:
    """A query of all places, kept to some of them."""
    values = " ".join(f"<{thing('place', key)}>" for key in sorted(places))
    return query.replace("WHERE {", f"WHERE {{ VALUES ?place {{ {values} }}", 1) if places else query


def membership_of(row: Row, registry: Registry) -> Membership:
    """A membership from a row of ``MEMBERSHIPS_QUERY``."""
    return Membership(
        iri=value(row, "membership"),
        place=_key(row, "place"),
        group=_key(row, "group"),
        name=value(row, "groupName"),
        universe=value(row, "role") == "universe",
        standing=_key(row, "standing"),
        span=Span.of(row),
        observed=PartialDate(seen).earliest if (seen := value(row, "observed")) else None,
        citation=value(row, "citation"),
        source=registry.address(value(row, "receipts").split()),
        confidence=_key(row, "confidence"),
    )


def treatment_of(row: Row, registry: Registry) -> Treatment:
    """A treatment from a row of ``TREATMENTS_QUERY``."""
    return Treatment(
        iri=value(row, "treatment"),
        parent=_key(row, "parent"),
        citation=value(row, "citation"),
        span=Span.of(row),
        alternative=value(row, "alternative"),
        source=registry.address(value(row, "receipts").split()),
        confidence=_key(row, "confidence"),
    )


def _tiers(rows_of_tiers: Iterable[Row], registry: Registry) -> dict[str, list[Tier]]:
    rows_by_iri: dict[str, list[Row]] = defaultdict(list)
    for row in rows_of_tiers:
        rows_by_iri[value(row, "assignment")].append(row)
    tiers: dict[str, list[Tier]] = defaultdict(list)
    for iri, rows in sorted(rows_by_iri.items()):
        first = rows[0]
        tier = Tier(
            iri=iri,
            tier=int(_key(first, "tier")),
            first=date.fromisoformat(value(first, "first")),
            span=Span.of(first),
            confidence=_key(first, "confidence"),
            rests_on=tuple(sorted({value(row, "rests") for row in rows})),
            citations=tuple(sorted({value(row, "citation") for row in rows} - {""})),
            source=registry.address(key for row in rows for key in value(row, "receipts").split()),
        )
        tiers[_key(first, "place")].append(tier)
    return {place: sorted(found, key=lambda tier: (tier.first, tier.tier)) for place, found in tiers.items()}


def describe_place(
    places: Places, place: str, name: str, day: date
) -> tuple[dict[str, object], list[Receipt], list[Unknown]]:
    """Groups, derived tier and treatment of one place on a day, with receipts and gaps."""
    groups, tier, treatment = places.groups(place, day), places.tier(place, day), places.treatment(place, day)
    tiers = places.tiers_on(place, day)
    counted = [places.groups(each, day) for each in places.stands_for(place, day)]
    effective = [membership for found in counted for membership in found]
    sure = set.intersection(*({m.group for m in found if m.member(day)} for found in counted))
    receipts = [_receipt(m, name) for m in (*groups, *(m for m in effective if m not in groups))]
    if treatment is not None:
        receipts.insert(0, treatment.receipt)
    if tier is not None:
        text = f"{name}: tier {tier.tier}, derived from {', '.join(split_thing(i)[1] for i in tier.rests_on)}"
        receipts.insert(0, Receipt(tier.iri, text, "; ".join(tier.citations), tier.source, tier.confidence))
    row: dict[str, object] = {
        "place": place,
        "name": name,
        "tier": places.tier_word(place, day),
        "groups": list(dict.fromkeys(m.group for m in effective if m.group in sure)),
        "basis": "; ".join(tier.citations) if tier is not None else "",
        "treatment": _treatment_words(treatment, tier, tiers, day),
    }
    return row, receipts, _gaps(effective, tier, tiers, treatment, name, day)


def _treatment_words(treatment: Treatment | None, tier: Tier | None, tiers: list[Tier], day: date) -> str:
    if treatment is not None:
        surely = "" if treatment.span.on(day) else "may or may not be "
        return f"{surely}treated as {treatment.parent} ({treatment.citation})"
    if tier is None:
        return " or ".join(f"tier {number}" for number in _numbers(tiers)) or "no tier on this day"
    return "residual" if tier.tier == 2 else "listed"


def _gaps(
    groups: list[Membership], tier: Tier | None, tiers: list[Tier], treatment: Treatment | None, name: str, day: date
) -> list[Unknown]:
    gaps: list[Unknown] = []
    for m in groups:
        if m.standing == "contested":
            gaps.append(Unknown(f"whether {name} is in {m.name} is contested", "it would change the tier"))
        elif m.member(day) is None:
            gaps.append(Unknown(f"whether {name} is in {m.name} on {day}", f"the record has it there from {m.span}"))
        elif m.span.start is None and m.observed is not None and day < m.observed:
            why = f"taken as a member on {day}; the table was read for {m.observed}, and no start is recorded"
            gaps.append(Unknown(f"when {name} entered {m.name}", why))
    if treatment is not None and treatment.span.on(day) is None:
        why = f"the record treats it so from {treatment.span}"
        gaps.append(Unknown(f"whether {name} is treated as {treatment.parent} on {day}", why))
    if treatment is not None and treatment.alternative:
        gaps.append(Unknown(f"another reading of {name}: {treatment.alternative}", "it would change the tier"))
    if not tiers:
        gaps.append(Unknown(f"{name} has no tier on {day}", "tiers follow from the January 2025 rule, from 2025-01-13"))
    elif tier is None:
        told = " or ".join(f"tier {number}" for number in _numbers(tiers))
        gaps.append(Unknown(f"which tier {name} is in on {day}: {told}", "it turns on a day that is not known"))
    return gaps


def _numbers(tiers: list[Tier]) -> list[int]:
    return sorted({tier.tier for tier in tiers})


_STANDS = {"member": "in", "not-a-member": "not in", "contested": "in doubt in"}


def _receipt(membership: Membership, name: str) -> Receipt:
    since = "" if membership.span.start is None else f" since {membership.span.start}"
    until = "" if membership.span.end is None else f" until {membership.span.end}"
    text = f"{membership.place} {_STANDS[membership.standing]} {membership.name}{since}{until}"
    return Receipt(membership.iri, text, membership.citation, membership.source, membership.confidence)


def _key(row: Row, name: str) -> str:
    iri = value(row, name)
    return split_thing(iri)[1] if iri else ""
