"""Which groups a place is in on a day, the tier that follows, and how many places a tier has."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import TypeVar

from dualuse.card import Receipt, Unknown
from dualuse.law.truth import either
from dualuse.model.derived import TierAssignment
from dualuse.model.law import Group, Membership, Treatment
from dualuse.model.read import Records, read
from dualuse.registry import Registry, read_registry
from dualuse.said import Named, Phrase, phrase, same
from dualuse.span import Span
from dualuse.store.base import Store


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
class Places:
    """Memberships, tiers and treatments by place, read once."""

    memberships: dict[str, list[Membership]]
    tiers: dict[str, list[TierAssignment]]
    treatments: dict[str, list[Treatment]]
    named: Mapping[str, Group]
    """The groups themselves."""
    registry: Registry

    def groups(self, place: str, day: date) -> list[Membership]:
        """Memberships of a place that hold on a day, or may, universes left out, by group."""
        found = [m for m in self.memberships.get(place, []) if m.span.on(day) is not False]
        return sorted((m for m in found if self.named[m.group].role != "universe"), key=attrgetter("group"))

    def tiers_on(self, place: str, day: date) -> list[TierAssignment]:
        """Derived tiers that a place is in on a day, or may be, in the order they follow each other."""
        return [tier for tier in self.tiers.get(place, []) if tier.on(day) is not False]

    def tier(self, place: str, day: date) -> TierAssignment | None:
        """The derived tier that a place is surely in on a day, or None."""
        found = self.tiers_on(place, day)
        begun = any(Span(tier.span.start).on(day) for tier in found)  # they follow each other without a gap
        return found[-1] if begun and len({tier.tier for tier in found}) == 1 else None

    def tier_word(self, place: str, day: date) -> int | str | None:
        """Number of the tier of a place on a day, ``unknown``, or None for no tier."""
        tier = self.tier(place, day)
        return tier.level if tier is not None else "unknown" if self.tiers_on(place, day) else None

    def treatment(self, place: str, day: date) -> Treatment | None:
        """Treatment of a place on a day, or the one that may hold; None where there is none."""
        return next((t for t in self.treatments.get(place, []) if t.span.on(day) is not False), None)

    def stands_for(self, place: str, day: date) -> tuple[str, ...]:
        """The place whose memberships count for a place on a day; several where a treatment may or may not hold."""
        treatment = self.treatment(place, day)
        if treatment is None:
            return (place,)
        return (treatment.treated_as,) if treatment.span.on(day) else (place, treatment.treated_as)

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
        return Counter(None if tier is None else tier.level for tier in tiers)

    def citation(self, membership: Membership) -> str:
        """What the text that keeps the list is cited as."""
        return self.registry.citation(self.named[membership.group].provision)

    def receipt(self, held: Membership, name: str) -> Receipt:
        """A membership of a place of some name as a line of evidence."""
        since = "" if held.valid_from is None else phrase("groups.since", day=str(held.valid_from))
        until = "" if held.valid_to is None else phrase("groups.until", day=str(held.valid_to))
        place, group = Named.of({("place", held.place): held.place}), self.named[held.group].name_en
        text = phrase(f"groups.{held.standing}", place=place, group=group, since=since, until=until)
        return self.registry.receipt(held, text, self.citation(held))

    def told(self, tier: TierAssignment, name: str) -> Receipt:
        """A tier of a place of some name as a line of evidence, cited by what it rests on."""
        held = [
            m for place in self._stand(tier.place) for m in self.memberships.get(place, []) if m.key in tier.memberships
        ]
        treated = [t for t in self.treatments.get(tier.place, []) if t.key in tier.treatments]
        texts = self.registry.provisions.of({*tier.provisions, *(treatment.provision for treatment in treated)})
        sources = {source for record in (*held, *treated, *texts) for source in record.sources}
        cited = {*map(self.citation, held), *(text.citation for text in texts)} - {""}
        rests_on = Phrase.listed(Named.of({("provision", rule): rule}) for rule in tier.rests_on)
        told = phrase("groups.derived", place=name, tier=tier.tier, rests_on=rests_on)
        return Receipt(tier.node.iri, told, "; ".join(sorted(cited)), self.registry.address(sources), tier.confidence)

    def _stand(self, place: str) -> list[str]:
        """The place, and those that it is treated as at any time."""
        return [place, *dict.fromkeys(treatment.treated_as for treatment in self.treatments.get(place, []))]


_Placed = TypeVar("_Placed", Membership, Treatment, TierAssignment)


def read_places(store: Store, registry: Registry | None = None, only: Collection[str] | None = None) -> Places:
    """Read memberships, tiers and treatments.

    Args:
        registry: The sources, if they were read before.
        only: Keys of the places to read, with the places they are treated as; every place if not given.
    """
    where = None if only is None else {"place": only}
    treatments = read(store, Treatment, where=where)
    wanted = None if only is None else {"place": {*only, *(treatment.treated_as for treatment in treatments)}}
    memberships, groups = read(store, Membership, where=wanted), Records(Group, store)
    groups.of({membership.group for membership in memberships})
    return Places(
        _by_place(memberships),
        _by_place(sorted(read(store, TierAssignment, where=where), key=lambda tier: (tier.since.earliest, tier.tier))),
        _by_place(treatments),
        groups,
        read_registry(store) if registry is None else registry,
    )


def _by_place(records: Iterable[_Placed]) -> dict[str, list[_Placed]]:
    found: dict[str, list[_Placed]] = defaultdict(list)
    for record in records:
        found[record.place].append(record)
    return dict(sorted(found.items()))


def describe_place(
    places: Places, place: str, name: str, day: date
) -> tuple[dict[str, object], list[Receipt], list[Unknown]]:
    """Groups, derived tier and treatment of one place on a day, with receipts and gaps."""
    groups, tier, treatment = places.groups(place, day), places.tier(place, day), places.treatment(place, day)
    counted = [places.groups(each, day) for each in places.stands_for(place, day)]
    effective = [membership for found in counted for membership in found]
    sure = set.intersection(*({m.group for m in found if m.member(day)} for found in counted))
    receipts = [places.receipt(m, name) for m in (*groups, *(m for m in effective if m not in groups))]
    if treatment is not None:
        text = phrase(
            "groups.treated_by",
            place=_named(treatment.treated_as),
            key=same(treatment.key),
        )
        receipts.insert(0, places.registry.receipt(treatment, text))
    if tier is not None:
        receipts.insert(0, places.told(tier, name))
    row: dict[str, object] = {
        "place": place,
        "name": name,
        "tier": places.tier_word(place, day),
        "groups": list(dict.fromkeys(m.group for m in effective if m.group in sure)),
        "basis": receipts[0].provision if tier is not None else "",
        "treatment": _treatment_words(places, place, day),
    }
    return row, receipts, _gaps(places, place, effective, name, day)


def _treatment_words(places: Places, place: str, day: date) -> str:
    treatment, tier = places.treatment(place, day), places.tier(place, day)
    if treatment is not None:
        form = "treated" if treatment.span.on(day) else "maybe_treated"
        cited = places.registry.citation(treatment.provision)
        return phrase(f"groups.{form}", place=_named(treatment.treated_as), cited=same(cited))
    if tier is None:
        return _tiers(places.tiers_on(place, day)) or phrase("groups.no_tier_on_day")
    return "residual" if tier.level == 2 else "listed"


def _gaps(places: Places, place: str, held: list[Membership], name: str, day: date) -> list[Unknown]:
    tiers, treatment = places.tiers_on(place, day), places.treatment(place, day)
    gaps: list[Unknown] = []
    for m in held:
        group, seen = places.named[m.group].name_en, m.observed_from
        if m.standing == "contested":
            gaps.append(Unknown(phrase("groups.is_contested", name=name, group=group), phrase("groups.would_change")))
        elif m.member(day) is None:
            what = phrase("groups.whether_in", name=name, group=group, day=day.isoformat())
            gaps.append(Unknown(what, phrase("groups.there_from", span=str(m.span))))
        elif m.valid_from is None and seen is not None and day < seen.earliest:
            why = phrase("groups.taken_as", day=day.isoformat(), seen=seen.earliest.isoformat())
            gaps.append(Unknown(phrase("groups.when_entered", name=name, group=group), why))
    if treatment is not None and treatment.span.on(day) is None:
        what = phrase("groups.whether_treated", name=name, place=_named(treatment.treated_as), day=day.isoformat())
        gaps.append(Unknown(what, phrase("groups.treated_from", span=str(treatment.span))))
    if treatment is not None and treatment.alternative:
        gaps.append(
            Unknown(phrase("groups.another", name=name, told=treatment.alternative), phrase("groups.would_change"))
        )
    if not held and treatment is None:
        gaps.append(Unknown(phrase("groups.which_groups", name=name, day=day.isoformat()), phrase("groups.in_none")))
    elif not tiers:
        gaps.append(Unknown(phrase("groups.no_tier", name=name, day=day.isoformat()), phrase("groups.tiers_since")))
    elif places.tier(place, day) is None:
        what = phrase("groups.which_tier", name=name, day=day.isoformat(), tiers=_tiers(tiers))
        gaps.append(Unknown(what, phrase("groups.unknown_day")))
    return gaps


def _named(place: str) -> Named:
    """A place by its code; in Chinese by its name."""
    return Named.of({("place", place): place})


def _tiers(tiers: list[TierAssignment]) -> Phrase:
    levels = sorted({tier.level for tier in tiers})
    return Phrase.listed((phrase("groups.tier", level=level) for level in levels), between=" or ", han="或")
