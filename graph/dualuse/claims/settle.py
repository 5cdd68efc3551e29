"""What the law says about an attribute, computed from the graph, and whether a claim agrees with it.

Which attribute is settled by which calculation, on which day, from which groups, measures, products and events is data
(``data/claims/settlements.csv``); the calculations are the functions of this module.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from dualuse.claims.ledger import Claim
from dualuse.claims.settlements import Law, Settlement
from dualuse.claims.values import Range, exactly, on_day, plain, range_of
from dualuse.dates import PartialDate
from dualuse.model.values import AssessmentResult


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


def settle(settlement: Settlement, law: Law) -> LawValue:
    """Compute what the law says; for an attribute of places, see :func:`assess`."""
    return CALCULATIONS[settlement.calculation](settlement, law)


def assess(claim: Claim, settlement: Settlement, law: Law) -> Assessment | None:
    """Hold a claim against the law; None if it asks or reserves something, which the law cannot bear out or refute."""
    if claim.modality in ("demanded", "reserved"):
        return None
    if claim.valid_on is not None:
        settlement = replace(settlement, day=claim.valid_on.earliest)
    if settlement.calculation in PLACE_CALCULATIONS:
        return _assess_places(claim, settlement, law)
    found = settle(settlement, law)
    result = _compare(claim, settlement, found)
    if not claim.affirmed:
        result = _OPPOSITE.get(result, result)
    return Assessment(claim.key, settlement.key, result, _why(result, settlement), found)


def place_value(place: str, settlement: Settlement, law: Law) -> LawValue:
    """What the law says of one place."""
    return PLACE_CALCULATIONS[settlement.calculation](place, settlement, law)


def is_of_places(settlement: Settlement) -> bool:
    """Whether a settlement gives each place a value of its own."""
    return settlement.calculation in PLACE_CALCULATIONS


def _compare(claim: Claim, settlement: Settlement, found: LawValue) -> AssessmentResult:
    if claim.value in settlement.fails | found.wrong:
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
        return f"the claim is too loose to hold against the law. {settlement.summary}"
    return settlement.summary


def _assess_places(claim: Claim, settlement: Settlement, law: Law) -> Assessment:
    values = {place: place_value(place, settlement, law) for place in claim.places}
    wrong = [place for place, found in values.items() if found.value != claim.value]
    if not values:
        empty = LawValue("", _provision(settlement, law), "")
        return Assessment(claim.key, settlement.key, "not-decidable", _why("not-decidable", settlement), empty)
    text = "; ".join(f"{place}: {found.value}" for place, found in values.items())
    arithmetic = "; ".join(dict.fromkeys(found.arithmetic for found in values.values()))
    found = LawValue(text, "; ".join(dict.fromkeys(v.provision for v in values.values())), arithmetic)
    result: AssessmentResult = "agrees" if not wrong else "differs" if len(wrong) == len(values) else "agrees-in-part"
    why = settlement.summary if not wrong else f"not so for {', '.join(wrong)}. {settlement.summary}"
    return Assessment(claim.key, settlement.key, result, why, found)


def _provision(settlement: Settlement, law: Law) -> str:
    keys = settlement.provisions or (settlement.events_of or settlement.instrument,)
    return "; ".join(law.citations.get(key, key) for key in keys)


def _number_of_tiers(settlement: Settlement, law: Law) -> LawValue:
    tiers = {tier.level for place in law.places.tiers if (tier := law.places.tier(place, settlement.day)) is not None}
    count = len(tiers)
    arithmetic = f"{count} sets of destinations on {settlement.day}; the word tier is not in the text"
    return LawValue(f"{count}, derived", _provision(settlement, law), arithmetic, (exactly("level", count),))


def _listed_in_groups(settlement: Settlement, law: Law) -> LawValue:
    listed: set[str] = set()
    parts = []
    for group in settlement.groups:
        members = set(law.places.universe(group, settlement.day)) - listed
        listed |= members
        named = ", ".join(sorted(members)) if len(members) <= _FEW else law.names.get(group, group)
        parts.append(f"{len(members)} ({named})")
    total, left = len(listed), len(listed - set(settlement.less))
    words = str(total) if left == total else f"{left} ({total} names with {', '.join(settlement.less)})"
    arithmetic = " + ".join(parts) + (f" = {total}" if len(parts) > 1 else "")
    if left != total:
        arithmetic += f"; {total} − {total - left} ({', '.join(settlement.less)}) = {left}"
    accepts = tuple(exactly("country", count) for count in sorted({left, total}))
    return LawValue(words, _provision(settlement, law), f"{arithmetic}, on {settlement.day}", accepts)


def _tier_in_universe(settlement: Settlement, law: Law) -> LawValue:
    words, sums, accepts = [], [], []
    for group in sorted(settlement.groups, key=lambda group: (group != "un", group)):
        counts = law.places.count(group, settlement.day)
        total, wanted, name = sum(counts.values()), counts[settlement.number], law.names.get(group, group)
        others = " − ".join(plain(counts[tier]) for tier in (1, 2, 3) if tier != settlement.number)
        untiered = f" − {counts[None]} without a tier" if counts[None] else ""
        words.append(f"{wanted} of {total} {_SHORT.get(group, name)}")
        sums.append(f"{total} − {others}{untiered} = {wanted} ({name})")
        accepts.append(exactly("country", wanted))
    arithmetic = f"{'; '.join(sums)}, on {settlement.day}"
    return LawValue("; ".join(words), _provision(settlement, law), arithmetic, tuple(accepts))


def _universe(settlement: Settlement, law: Law) -> LawValue:
    words, sums, accepts = [], [], []
    for group in settlement.groups:
        counts = law.places.count(group, settlement.day)
        total = sum(counts.values())
        words.append(f"all {total} {_SHORT.get(group, group)}")
        sums.append(f"{' + '.join(str(counts[tier]) for tier in (1, 2, 3))} = {counts[1] + counts[2] + counts[3]}")
        accepts.append(exactly("country", total))
    arithmetic = f"{'; '.join(sums)}, on {settlement.day}"
    return LawValue("; ".join(words), _provision(settlement, law), arithmetic, tuple(accepts))


def _allocation(settlement: Settlement, law: Law) -> LawValue:
    words, sums, counts = [], [], []
    for measure in settlement.measures:
        quantity, _, unit = law.measures[measure]
        if quantity is None:
            continue
        words.append(f"{plain(quantity)} {unit}")
        for divisor, name in _divisors(settlement, law):
            count = quantity / divisor
            counts.append(count)
            sums.append(f"{plain(quantity)} ÷ {plain(divisor)} = {count:,.1f} ({name})")
    accepts = (Range("gpu", min(counts), max(counts)),) if counts else ()
    return LawValue("; ".join(words), _provision(settlement, law), "; ".join(sums), accepts)


def _divisors(settlement: Settlement, law: Law) -> list[tuple[float, str]]:
    found = [(divisor, "as the press reckoned") for divisor in settlement.divisors]
    return found + [(law.products[key][1], law.products[key][0]) for key in settlement.products if key in law.products]


def _days_to_date(settlement: Settlement, law: Law) -> LawValue:
    published = _event_day(settlement.instrument, "publication", law)
    if published is None:
        return _no_event(settlement, law, "publication")
    sums, accepts, words = [], [], []
    for measure in settlement.measures:
        due = PartialDate(law.measures[measure][1]).earliest
        days = (due - published).days
        words.append(f"{days} days, to {due}")
        sums.append(f"{published} + {days} days = {due}")
        accepts.append(exactly("day", days))
    return LawValue("; ".join(words), _provision(settlement, law), "; ".join(sums), tuple(accepts))


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
        cited = "; ".join(law.citations.get(part, part) for part in sorted(event.scope))
        scope = f", only {cited}" if cited else ""
        if event.kind == "effectiveness":
            sums.append(f"in effect {event.date}")
            continue
        sums.append(f"{published} + {days} days = {event.date} (compliance due{scope})")
        if not event.scope:
            accepts.append(exactly("day", days))
    return LawValue(" / ".join(dates), _provision(settlement, law), "; ".join(sums), tuple(accepts))


def _event_date(settlement: Settlement, law: Law) -> LawValue:
    day = _event_day(settlement.events_of or settlement.instrument, settlement.event_kind, law)
    if day is None:
        return _no_event(settlement, law, settlement.event_kind)
    arithmetic = f"{settlement.event_kind} on {day:%A}, {day}"
    return LawValue(day.isoformat(), _provision(settlement, law), arithmetic, (on_day(day),))


def _later_event(settlement: Settlement, law: Law) -> LawValue:
    start = _event_day(settlement.instrument, settlement.event_kind, law)
    if start is None:
        return _no_event(settlement, law, settlement.event_kind)
    later = [
        event
        for event in law.events.get(settlement.events_of, [])
        if event.kind == settlement.event_kind and start < event.date.earliest <= settlement.day
    ]
    if not later:
        return LawValue("none later is recorded", _provision(settlement, law), f"none by {settlement.day}")
    event = later[0]
    arithmetic = f"{start} < {event.date} ≤ {settlement.day}"
    words = f"{settlement.events_of} followed on {event.date}"
    return LawValue(words, _provision(settlement, law), arithmetic, wrong=settlement.fails)


def _recorded(settlement: Settlement, law: Law) -> LawValue:
    return LawValue(settlement.summary, _provision(settlement, law), "")


def _tier_of_place(place: str, settlement: Settlement, law: Law) -> LawValue:
    tier = law.places.tier(place, settlement.day)
    if tier is None:
        return LawValue("none", _provision(settlement, law), f"no tier is derived for {place} on {settlement.day}")
    words = f"derived from group membership on {settlement.day}"
    return LawValue(f"tier {tier.tier}", law.places.told(tier, place).provision, words)


def _treatment_of_place(place: str, settlement: Settlement, law: Law) -> LawValue:
    found = law.places.treatment(place, settlement.day)
    if found is not None:
        cited = law.places.registry.citation(found.provision)
        return LawValue(found.treated_as, cited, f"{place} treated as {found.treated_as} on {settlement.day}")
    return LawValue(place, _provision(settlement, law), f"{place} stands for itself on {settlement.day}")


def _event_day(instrument: str, kind: str, law: Law) -> date | None:
    """First day of a kind of event, or None where none is recorded."""
    return min((event.date.earliest for event in law.events.get(instrument, []) if event.kind == kind), default=None)


def _no_event(settlement: Settlement, law: Law, kind: str) -> LawValue:
    return LawValue(f"no {kind} is recorded", _provision(settlement, law), "")


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
