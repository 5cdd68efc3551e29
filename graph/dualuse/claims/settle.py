"""What the law says about an attribute, computed from the graph, and whether a claim agrees with it.

Which attribute is settled by which calculation, on which day, from which groups, measures, products and events is data
(``data/claims/settlements.csv``); the calculations are the functions of this module.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from dualuse.claims.settlements import Law
from dualuse.claims.values import Range, exactly, on_day, plain, range_of
from dualuse.dates import PartialDate
from dualuse.model.claims import Claim, Settlement
from dualuse.model.values import AssessmentResult
from dualuse.said import Named, Phrase, phrase, same


@dataclass(frozen=True)
class LawValue:
    """What the law gives: the value in words, its provisions, the arithmetic, and which ranges agree with it.

    ``wrong`` are values of a category that turned out not to hold.
    """

    value: str
    provision: str
    arithmetic: str
    accepts: tuple[Range, ...] = ()
    wrong: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Assessment:
    """A claim held against the law: ``agrees``, ``agrees-in-part``, ``differs`` or ``not-decidable``, and why."""

    claim: str
    settlement: str
    result: AssessmentResult
    why: str
    law: LawValue


_Told = Callable[["Counter[int | None]", str, str], tuple[str, str, int]]


def settle(settlement: Settlement, law: Law) -> LawValue:
    """Compute what the law says; for an attribute of places, see :func:`assess`."""
    return CALCULATIONS[settlement.calculation](settlement, law)


def assess(claim: Claim, settlement: Settlement, law: Law) -> Assessment | None:
    """Hold a claim against the law; None if it asks or reserves something, which the law cannot bear out or refute."""
    if claim.modality in ("demanded", "reserved"):
        return None
    if claim.valid_on is not None:
        settlement = replace(settlement, day=PartialDate(claim.valid_on.earliest.isoformat()))
    if settlement.calculation in PLACE_CALCULATIONS:
        held = _assess_places(claim, settlement, law)
    else:
        found = settle(settlement, law)
        result = _compare(claim, settlement, found)
        held = Assessment(claim.key, settlement.key, result, _why(result, settlement), found)
    return held if claim.affirmed else replace(held, result=_OPPOSITE.get(held.result, held.result))


def place_value(place: str, settlement: Settlement, law: Law) -> LawValue:
    """What the law says of one place."""
    return PLACE_CALCULATIONS[settlement.calculation](place, settlement, law)


def is_of_places(settlement: Settlement) -> bool:
    """Whether a settlement gives each place a value of its own."""
    return settlement.calculation in PLACE_CALCULATIONS


def _compare(claim: Claim, settlement: Settlement, found: LawValue) -> AssessmentResult:
    if claim.value in {*settlement.fails, *found.wrong}:
        # a value that only an event refutes fails when the event is there
        refuted = settlement.calculation != "later-event" or claim.value in found.wrong
        return "differs" if refuted else "agrees"
    if claim.value in settlement.holds:
        return "agrees"
    if claim.value in settlement.part:
        return "agrees-in-part"
    claimed = range_of(claim)
    if claimed is None or settlement.holds or settlement.part or settlement.fails:
        return "not-decidable"
    fitting = [accepted for accepted in found.accepts if accepted.kind == claimed.kind]
    if not fitting:
        return "not-decidable"
    return "agrees" if any(claimed.meets(accepted) for accepted in fitting) else "differs"


def _why(result: AssessmentResult, settlement: Settlement) -> str:
    if result == "not-decidable":
        return phrase("settled.loose", summary=settlement.summary)
    return settlement.summary


def _assess_places(claim: Claim, settlement: Settlement, law: Law) -> Assessment:
    values = {place: place_value(place, settlement, law) for place in claim.places}
    wrong = [place for place, found in values.items() if found.value != claim.value]
    if not values:
        empty = LawValue("", _provision(settlement, law), "")
        return Assessment(claim.key, settlement.key, "not-decidable", _why("not-decidable", settlement), empty)
    text = _listed(
        phrase("settled.attribute", attribute=_places([place]), value=found.value) for place, found in values.items()
    )
    arithmetic = _listed(dict.fromkeys(found.arithmetic for found in values.values()))
    found = LawValue(text, "; ".join(dict.fromkeys(v.provision for v in values.values())), arithmetic)
    result: AssessmentResult = "agrees" if not wrong else "differs" if len(wrong) == len(values) else "agrees-in-part"
    why = phrase("settled.wrong", places=_places(wrong), summary=settlement.summary) if wrong else settlement.summary
    return Assessment(claim.key, settlement.key, result, why, found)


def _provision(settlement: Settlement, law: Law) -> str:
    keys = settlement.provisions or (settlement.events_of or settlement.instrument,)
    return "; ".join(law.cited(key) for key in keys)


def _number_of_tiers(settlement: Settlement, law: Law) -> LawValue:
    tiers = {
        tier.level
        for place in law.places.tiers
        if (tier := law.places.tier(place, settlement.day.earliest)) is not None
    }
    count = len(tiers)
    arithmetic = phrase("lawvalue.sets", n=count, day=str(settlement.day))
    return LawValue(
        phrase("lawvalue.derived", n=count), _provision(settlement, law), arithmetic, (exactly("level", count),)
    )


def _listed_in_groups(settlement: Settlement, law: Law) -> LawValue:
    listed: set[str] = set()
    parts = []
    for group in settlement.groups:
        members = set(law.places.universe(group, settlement.day.earliest)) - listed
        listed |= members
        named = _places(sorted(members)) if len(members) <= _FEW else law.named(group)
        parts.append(phrase("lawvalue.members", n=len(members), named=named))
    total, left = len(listed), len(listed - set(settlement.less))
    less = _places(settlement.less)
    words = str(total) if left == total else phrase("lawvalue.with", left=left, total=total, less=less)
    arithmetic = Phrase.listed(parts, between=" + ", han=" + ")
    if len(parts) > 1:
        arithmetic = Phrase.listed([arithmetic, phrase("lawvalue.equals", total=total)], between="", han="")
    if left != total:
        given = {"total": total, "n": total - left, "left": left}
        arithmetic = phrase("lawvalue.less", sum=arithmetic, less=less, **given)
    accepts = tuple(exactly("country", count) for count in sorted({left, total}))
    told = phrase("lawvalue.on", sum=arithmetic, day=str(settlement.day))
    return LawValue(words, _provision(settlement, law), told, accepts)


def _places(keys: Iterable[str]) -> Named:
    """Places by their codes; in Chinese by their names."""
    return Named.of({("place", key): key for key in keys})


def _tier_in_universe(settlement: Settlement, law: Law) -> LawValue:
    wanted = settlement.number

    def told(counts: Counter[int | None], short: str, name: str) -> tuple[str, str, int]:
        total, left = sum(counts.values()), counts[wanted]
        others = " − ".join(plain(counts[tier]) for tier in (1, 2, 3) if tier != wanted)
        untiered = phrase("lawvalue.untiered", n=counts[None]) if counts[None] else ""
        given = {"total": total, "left": left}
        told = phrase("lawvalue.tier_sum", others=same(others), untiered=untiered, name=name, **given)
        return phrase("lawvalue.of", short=_short(short), **given), told, left

    return _counted(settlement, law, sorted(settlement.groups, key=lambda group: (group != "un", group)), told)


def _universe(settlement: Settlement, law: Law) -> LawValue:
    def told(counts: Counter[int | None], short: str, name: str) -> tuple[str, str, int]:
        total, parts = sum(counts.values()), [counts[tier] for tier in (1, 2, 3)]
        added = f"{' + '.join(map(str, parts))} = {sum(parts)}"
        return phrase("lawvalue.all", total=total, short=_short(short)), added, total

    return _counted(settlement, law, settlement.groups, told)


def _counted(settlement: Settlement, law: Law, groups: Iterable[str], told: _Told) -> LawValue:
    """What universes count, each told by its tiers, its short name and its name."""
    day = settlement.day.earliest
    found = [told(law.places.count(g, day), _SHORT.get(g, law.named(g)), law.named(g)) for g in groups]
    words, sums, counts = (list(each) for each in zip(*found, strict=True))
    accepts = tuple(exactly("country", count) for count in counts)
    added = phrase("lawvalue.on", sum=_listed(sums), day=day.isoformat())
    return LawValue(_listed(words), _provision(settlement, law), added, accepts)


def _short(name: str) -> str:
    return phrase(f"lawvalue.{name}") if name in _SHORT.values() else name


def _listed(parts: Iterable[str]) -> Phrase:
    return Phrase.listed(parts, between="; ", han="；")


def _allocation(settlement: Settlement, law: Law) -> LawValue:
    words, sums, counts = [], [], []
    for measure in settlement.measures:
        found = law.measures[measure]
        quantity = found.quantity
        if quantity is None:
            continue
        words.append(phrase("amount.sized", amount=plain(quantity), unit=found.unit or ""))
        for divisor, name in _divisors(settlement, law):
            count = quantity / divisor
            counts.append(count)
            given = {"n": plain(quantity), "divisor": plain(divisor), "count": f"{count:,.1f}"}
            sums.append(phrase("lawvalue.divided", name=name, **given))
    accepts = (Range("gpu", min(counts), max(counts)),) if counts else ()
    return LawValue(_listed(words), _provision(settlement, law), _listed(sums), accepts)


def _divisors(settlement: Settlement, law: Law) -> list[tuple[float, str]]:
    found: list[tuple[float, str]] = [
        (divisor, phrase("lawvalue.press")) for divisor in sorted(map(float, settlement.divisors))
    ]
    chips = (law.products[key] for key in settlement.products)
    return found + [(chip.tpp, chip.name) for chip in chips if chip.tpp is not None]


def _days_to_date(settlement: Settlement, law: Law) -> LawValue:
    published = _event_day(settlement.instrument, "publication", law)
    if published is None:
        return _no_event(settlement, law, "publication")
    sums, accepts, words = [], [], []
    for measure in settlement.measures:
        due = PartialDate(law.measures[measure].value or "").earliest
        days = (due - published).days
        words.append(phrase("lawvalue.days_to", n=days, due=due.isoformat()))
        sums.append(phrase("lawvalue.days_sum", start=published.isoformat(), n=days, due=due.isoformat()))
        accepts.append(exactly("day", days))
    return LawValue(_listed(words), _provision(settlement, law), _listed(sums), tuple(accepts))


def _delays(settlement: Settlement, law: Law) -> LawValue:
    events = law.events.get(settlement.instrument, [])
    published = _event_day(settlement.instrument, "publication", law)
    if published is None:
        return _no_event(settlement, law, "publication")
    dates, sums, accepts = [], [], []
    for event in events:
        if event.kind not in ("effectiveness", "compliance-due"):
            continue
        dates.append(str(event.date))
        days = (event.date.earliest - published).days
        cited = "; ".join(law.cited(part) for part in sorted(event.scope))
        scope = phrase("lawvalue.only", cited=same(cited)) if cited else ""
        if event.kind == "effectiveness":
            sums.append(phrase("lawvalue.in_effect", day=str(event.date)))
            continue
        given = {"start": published.isoformat(), "due": str(event.date)}
        sums.append(phrase("lawvalue.due_sum", n=days, scope=scope, **given))
        if not event.scope:
            accepts.append(exactly("day", days))
    return LawValue(" / ".join(dates), _provision(settlement, law), _listed(sums), tuple(accepts))


def _event_date(settlement: Settlement, law: Law) -> LawValue:
    day = _event_day(settlement.events_of or settlement.instrument, settlement.event_kind or "", law)
    if day is None:
        return _no_event(settlement, law, settlement.event_kind or "")
    weekday = phrase(f"lawvalue.{day:%A}")
    arithmetic = phrase("lawvalue.event_on", kind=_event(settlement.event_kind), weekday=weekday, day=day.isoformat())
    return LawValue(day.isoformat(), _provision(settlement, law), arithmetic, (on_day(day),))


def _later_event(settlement: Settlement, law: Law) -> LawValue:
    start = _event_day(settlement.instrument, settlement.event_kind or "", law)
    if start is None:
        return _no_event(settlement, law, settlement.event_kind or "")
    later = [
        event
        for event in law.events.get(settlement.events_of or "", [])
        if event.kind == settlement.event_kind and start < event.date.earliest <= settlement.day.earliest
    ]
    if not later:
        told = phrase("lawvalue.none_by", day=str(settlement.day))
        return LawValue(phrase("lawvalue.none_later"), _provision(settlement, law), told)
    event = later[0]
    arithmetic = f"{start} < {event.date} ≤ {settlement.day}"
    which = Named.of({("instrument", str(settlement.events_of)): str(settlement.events_of)})
    words = phrase("lawvalue.followed", which=which, day=str(event.date))
    return LawValue(words, _provision(settlement, law), arithmetic, wrong=frozenset(settlement.fails))


def _recorded(settlement: Settlement, law: Law) -> LawValue:
    return LawValue(settlement.summary, _provision(settlement, law), "")


def _tier_of_place(place: str, settlement: Settlement, law: Law) -> LawValue:
    tier = law.places.tier(place, settlement.day.earliest)
    if tier is None:
        told = phrase("lawvalue.no_tier", place=_places([place]), day=str(settlement.day))
        return LawValue(phrase("lawvalue.none"), _provision(settlement, law), told)
    words = phrase("lawvalue.from_groups", day=str(settlement.day))
    return LawValue(phrase("groups.tier", level=tier.tier), law.places.told(tier, place).provision, words)


def _treatment_of_place(place: str, settlement: Settlement, law: Law) -> LawValue:
    found = law.places.treatment(place, settlement.day.earliest)
    if found is not None:
        cited = law.places.registry.citation(found.provision)
        return LawValue(found.treated_as, cited, _treated(place, found.treated_as, settlement))
    told = phrase("lawvalue.itself", place=_places([place]), day=str(settlement.day))
    return LawValue(_places([place]), _provision(settlement, law), told)


def _treated(place: str, other: str, settlement: Settlement) -> Phrase:
    named = {"place": _places([place]), "other": _places([other])}
    return phrase("lawvalue.treated", day=str(settlement.day), **named)


def _event(kind: str | None) -> Named:
    return Named.of({("event-kind", str(kind)): str(kind)})


def _event_day(instrument: str, kind: str, law: Law) -> date | None:
    """First day of a kind of event, or None where none is recorded."""
    return min((event.date.earliest for event in law.events.get(instrument, []) if event.kind == kind), default=None)


def _no_event(settlement: Settlement, law: Law, kind: str) -> LawValue:
    return LawValue(phrase("lawvalue.no_event", kind=_event(kind)), _provision(settlement, law), "")


_OPPOSITE: dict[AssessmentResult, AssessmentResult] = {"agrees": "differs", "differs": "agrees"}
_FEW = 3
"""Most members of a group that are named one by one in a sum."""
_SHORT = {"un": "UN members", "iso-3166": "ISO 3166-1 entries"}
"""What members of a universe are called in a count."""

CALCULATIONS: dict[str, Callable[[Settlement, Law], LawValue]] = {
    "number-of-tiers": _number_of_tiers,
    "listed-in-groups": _listed_in_groups,
    "tier-in-universe": _tier_in_universe,
    "universe": _universe,
    "allocation": _allocation,
    "days-to-date": _days_to_date,
    "delays": _delays,
    "event-date": _event_date,
    "later-event": _later_event,
    "recorded": _recorded,
}
"""Calculation -> function, for attributes of an instrument."""

PLACE_CALCULATIONS: dict[str, Callable[[str, Settlement, Law], LawValue]] = {
    "tier-of-place": _tier_of_place,
    "treatment-of-place": _treatment_of_place,
}
"""Calculation -> function, for attributes of places."""
