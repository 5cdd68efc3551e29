"""Nothing unmodelled is cleared: every item to every kind of destination, by headquarters, vintage and lens.

Every item goes to every kind of destination once a vintage and lens, the seats in turn, so that each pair of item,
destination and seat is tried. Lenses under which the same rules count decide alike: such a decision is made once and
held against the law under each of them, and every 11th is made under each. With ``DUALUSE_SLOW`` in the environment
every item goes to every kind of destination with every seat, and all are decided under each lens.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations, product
from typing import Any

import pytest
from tests.slowness import SLOW

from dualuse.law.decide import Decision, decide
from dualuse.law.kinds import stated
from dualuse.law.transaction import Transaction, World
from dualuse.lens import Lens

VINTAGES = {
    "before October 2022": date(2022, 6, 1),
    "October 2022": date(2022, 12, 1),
    "October 2023": date(2023, 12, 1),
    "April 2024": date(2024, 6, 3),
    "December 2024": date(2025, 1, 10),
    "January 2025": date(2025, 6, 2),
    "January 2026": date(2026, 2, 2),
    "July 2026": date(2026, 8, 3),
}
SEATS = ("US", "GB", "CH", "CN", None)
"""Headquarters: at home, in Supplement No. 5(a), elsewhere, in D:5; None is not known."""
EMBARGOED = {"CU", "IR", "KP", "SY"} | {"RU", "BY"} | {"XM", "XO", "XH"}
CLEARED = ("no-licence-required", "licence-exception")
EVERY = 1 if SLOW else 11
"""Of decisions that are alike under several lenses one in so many is made under each."""
TURNS = 1 if SLOW else len(SEATS)
"""Of the seats one in so many goes with an item and a destination; with the next item or destination it is the next."""
SPARED = {"NAC", "ACA", "HBM", "ACM"}
"""Exceptions that can spare a licence for Macau, D:5 or parties headquartered there."""


@dataclass(frozen=True)
class Asked:
    day: date
    lens: Lens
    to: str
    hq: str | None
    what: dict[str, Any]


def kinds_of_place(world: World, day: date) -> list[str]:
    """One place for each set of groups that places share on a day; those under an embargo all."""
    by_groups = {}
    for place in sorted(world.places.memberships):
        groups = frozenset(world.groups(place, day).items())
        by_groups[place if place in {*EMBARGOED, "IQ", "AE", "US"} else groups] = place
    return sorted(by_groups.values())


def things(world: World) -> list[dict[str, str]]:
    """Every item of a rule or on the list, and every chip."""
    named = {item for rule in world.rules.rules for item in rule.when.named("item")}
    items = sorted(named | set(world.control_list.broader) | set(world.control_list.broader.values()))
    return [{"item": item} for item in items] + [{"product": chip} for chip in world.control_list.chips]


def lenses(world: World, day: date) -> list[list[Lens]]:
    """The lenses of a day, those together under which the same rules count."""
    found: list[list[Lens]] = []
    for lens in Lens:
        same = next((group for group in found if world.alike(day, group[0], lens)), None)
        found.append([lens]) if same is None else same.append(lens)
    return found


def cases(world: World, day: date) -> Iterator[tuple[list[Lens], str, str | None, dict[str, str]]]:
    """What is asked of a day: lenses that are alike, destination, headquarters, and item or chip."""
    ways = [
        (turn, to, hq)
        for place, to in enumerate(kinds_of_place(world, day))
        for turn, hq in enumerate(SEATS, place + day.toordinal())
    ]
    for (group, same), (turn, to, hq), (thing, what) in product(
        enumerate(lenses(world, day)), ways, enumerate(things(world))
    ):
        if (turn + thing + group) % TURNS == 0:
            yield same, to, hq, what


def sweep(world: World, day: date) -> Iterator[tuple[Asked, Decision]]:
    known = {
        hq: tuple(stated({"hq": hq, "consignee_hq": hq, "origin": "US", "exporter": "intel"}).items()) for hq in SEATS
    }
    for nth, ((first, *others), to, hq, what) in enumerate(cases(world, day)):
        found = decide(Transaction(day, first, 1, to, **what, facts=known[hq]), world)
        yield Asked(day, first, to, hq, what), found
        for lens in others:
            if nth % EVERY == 0:
                again = decide(Transaction(day, lens, 1, to, **what, facts=known[hq]), world)
                assert told(again) == told(found), (lens, to, hq, what)
            yield Asked(day, lens, to, hq, what), found


def told(found: Decision) -> tuple[object, ...]:
    """What the faults look at, and the rules behind it."""
    rules = [applied.rule for applied in (*found.requirements, *found.exceptions, *found.policies)]
    return found.outcome, found.exception, found.review_policy, found.barred, found.searched, rules


def of_concern(world: World, place: str | None, day: date) -> bool:
    """Whether a place is Macau or in D:5, for certain."""
    return place is not None and (place == "MO" or world.groups(place, day).get("us-d5") is True)


def freed(world: World, place: str, day: date) -> bool:
    """Whether A:5 or A:6 takes a place out of the requirement by destination."""
    held = world.groups(place, day)
    return held.get("us-a5") is True or held.get("us-a6") is True


def is_band(world: World, asked: Asked, *items: str) -> bool:
    transaction = Transaction(asked.day, asked.lens, 1, asked.to, **asked.what)
    return any(world.classification(transaction).get(item) is True for item in items)


def faults(world: World, asked: Asked, found: Decision) -> Iterator[str]:
    """What is wrong with a clearance, by the law told once more in other words."""
    if found.outcome not in CLEARED:
        return
    day = asked.day
    if found.barred:
        yield "something stands between"
    if asked.to in EMBARGOED or (asked.to == "IQ" and day >= date(2022, 10, 21)):
        yield "part 746"
    upper = is_band(world, asked, "3a090.a", "4a090.a", "5a992.z", "5d992.z")
    banded = upper or is_band(world, asked, "3a090.b", "4a090.b")
    near = of_concern(world, asked.to, day) and not freed(world, asked.to, day)
    seat = of_concern(world, asked.hq, day)
    text = asked.lens == "codified" or day < date(2025, 5, 13)
    spared = found.exception in SPARED
    china = asked.to == "CN" and is_band(world, asked, "3a090.a", "4a090.a")
    if day >= date(2022, 10, 21) and china and not spared:
        yield "742.6(a)(6), China"
    if day >= date(2023, 11, 17) and (near or (seat and (text or day >= date(2026, 5, 31)))) and banded and not spared:
        yield "742.6(a)(6)(iii) or 744.23(a)(3)(i)"
    everywhere = upper or is_band(world, asked, "4e091")
    if day >= date(2025, 5, 15) and text and asked.to != "US" and everywhere and found.outcome != "licence-exception":
        yield "742.6(a)(6)(iii)(A) or (a)(13), worldwide"
    memory = is_band(world, asked, "3a090.c") and found.exception != "HBM"
    if day >= date(2024, 12, 31) and (near or seat) and memory:
        yield "742.6(a)(6)(i)(B) or 744.23(a)(3)(i)(B)"
    yield from _of_designers_and_places(world, asked, found)
    if found.outcome == "no-licence-required" and not found.searched:
        yield "nothing was searched"


def _of_designers_and_places(world: World, asked: Asked, found: Decision) -> Iterator[str]:
    """What turns on who designed a chip, or on a place that entries name."""
    chip = world.control_list.chips.get(asked.what.get("product", ""))
    if found.exception == "AIA" and chip is not None and {"biren", "huawei", "cambricon"} & set(chip.designers):
        yield "740.27(a)(1), approved or authorised designers"
    soft = is_band(world, asked, "3d001", "3e001", "4d001", "4d090", "4e001", "5d002.z", "5d992.z", "5e002", "5e992")
    if asked.to == "AE" and asked.day >= date(2026, 7, 10) and soft and found.outcome == "no-licence-required":
        yield "the entries that name the Emirates"


def test_each_pair_of_what_is_asked_is_tried(world: World) -> None:
    day = VINTAGES["January 2025"]
    tried = [(to, hq, *what.values()) for _, to, hq, what in cases(world, day)]
    every = [kinds_of_place(world, day), SEATS, [value for what in things(world) for value in what.values()]]
    for one, other in combinations(range(3), 2):
        assert {(each[one], each[other]) for each in tried} == {*product(every[one], every[other])}


@pytest.mark.parametrize("name", VINTAGES)
def test_nothing_unmodelled_is_cleared(world: World, name: str) -> None:
    seen, wrong = 0, []
    for asked, found in sweep(world, VINTAGES[name]):
        seen += 1
        wrong += [(fault, asked) for fault in faults(world, asked, found)]
    assert seen > 10_000 / TURNS
    assert wrong == []


END_USES = ("supercomputer", "advanced-node-fabrication", "chip-tool-production")


@pytest.mark.parametrize("end_use", END_USES)
def test_no_end_use_of_744_23_is_cleared_for_china_macau_or_wherever_it_may_stand(world: World, end_use: str) -> None:
    """Any chip; in Taiwan the plant may still stand in China, unless it is said where it does."""
    seen = 0
    for day in (date(2022, 12, 1), *(day for day in VINTAGES.values() if day > date(2023, 1, 17))):
        for to in ("CN", "MO", "TW"):
            if (to == "MO" and day < date(2023, 1, 17)) or (to == "TW" and end_use == "chip-tool-production"):
                continue
            for chip in world.control_list.chips:
                known = {"hq": to, "consignee_hq": to, "origin": "US", "exporter": "intel", "end_use": end_use}
                facts = tuple(stated(known).items())
                found = decide(Transaction(day, Lens.CODIFIED, 1, to, product=chip, facts=facts), world)
                assert found.outcome not in CLEARED, (chip, to, day)
                seen += 1
    assert seen > 500


@pytest.mark.parametrize("name", VINTAGES)
def test_what_made_abroad_has_no_floor_is_not_out_of_reach_by_its_content(world: World, name: str) -> None:
    """734.4(a): computers, chip tools for China, encryption; whether a United States part is in them was not said."""
    for item in ("3b001", "4a003.z", "4a004.z", "4a090.a", "5a002.z", "5a992.z", "5e002"):
        known: dict[str, Any] = {"hq": "CN", "consignee_hq": "CN", "origin": "TW", "exporter": "intel"}
        known |= {"foreign_made": True, "direct_product": False, "us_content": 5.0}
        facts = tuple(stated(known).items())
        found = decide(Transaction(VINTAGES[name], Lens.CODIFIED, 1, "CN", item=item, facts=facts), world)
        assert found.outcome not in ("not-subject", *CLEARED), item
