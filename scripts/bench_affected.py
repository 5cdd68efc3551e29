"""Benchmark effects: one instrument, and every instrument on every day on which something changes.

The peer asks ``check`` tie by tie: for every destination, class of goods and seat it makes both decisions at every
quantity at which any rule of the day could turn, and keeps nothing. Both tell the same effects, which is compared.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date
from functools import cache

from benching import show

from dualuse.analyse.effects import SEATS, goods_for, patterns, transaction
from dualuse.analyse.timeline import timeline
from dualuse.build import build
from dualuse.knowledge import Knowledge
from dualuse.law.decide import decide
from dualuse.law.effect import Comparison, Effect, Ladder, Outcome, Step, kind_of, sums
from dualuse.law.transaction import UNITED_STATES, Transaction, World
from dualuse.law.without import Part, without

RULE = "us-ai-diffusion-ifr-2025-01"
DAY = date(2025, 6, 1)
LENS = "codified"


@cache
def knowledge() -> Knowledge:
    """The graph, built once a process."""
    return Knowledge(build().store)


def law(order: str = UNITED_STATES) -> World:
    """The law of a legal order as it stands."""
    return knowledge().law_under(order)


def places() -> list[str]:
    """Every destination."""
    return sorted(law().places.tiers)


def one_by_one(compared: Comparison, where: Iterable[str]) -> dict[tuple[str, str, str], Effect]:
    """Effects by goods, seat and place, each from decisions of its own."""
    found = {}
    for goods in goods_for(compared):
        for seat, stands_for in SEATS.items():
            for place in where:
                case = transaction(goods, place, stands_for or place, compared.day, compared.lens)
                before, after = (every_step(case, world) for world in (compared.other, compared.law))
                if (kind := kind_of(before, after)) != "none":
                    found[goods.name, seat, place] = Effect(kind, before, after)
    return found


def every_step(case: Transaction, world: World) -> Ladder:
    """Outcomes by quantity, decided at every bound of every rule of the day."""
    chip = world.chip(case)
    docket = world.docket(case.as_of, case.lens)
    bounds = {bound for rules in docket.rules.values() for rule, _ in rules for bound in sums(rule.when)}
    turns = {bound.units(chip.tpp) for bound in bounds} if chip is not None and chip.tpp else set()
    steps: list[Step] = []
    for units in sorted({1, *(turn for turn in turns if 1 < turn < 10_000_000)}):
        step = Step(units, Outcome.of(decide(replace(case, quantity=units), world)))
        if not steps or step.outcome != steps[-1].outcome:
            steps.append(step)
    return tuple(steps)


def over_time(what: tuple[str, str]) -> tuple[int, float]:
    """States of an instrument of a legal order over all days, and the seconds that took."""
    order, instrument = what
    whole, start = law(order), time.perf_counter()
    states = list(timeline(whole, without(whole, Part(instrument)), places(), LENS, whole.known_on))
    return len(states), time.perf_counter() - start


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--one", action="store_true", help="Leave out every instrument on every day.")
    asked = parser.parse_args()
    law()
    start = time.perf_counter()
    compared = Comparison(law(), without(law(), Part(RULE)), DAY, LENS)
    found = patterns(compared, places())
    ours = time.perf_counter() - start
    told = {
        (goods.name, seat, place): pattern.effect
        for pattern in found
        for goods, seat in pattern.cases
        for place in pattern.places
    }
    start = time.perf_counter()
    peer = one_by_one(Comparison(law(), without(law(), Part(RULE)), DAY, LENS), places())
    theirs = time.perf_counter() - start
    if told != peer:
        raise SystemExit("the two differ")
    rows = [
        ("one instrument, destinations", f"{ours:.2f} s", "1"),
        ("check, tie by tie", f"{theirs:.2f} s", f"{theirs / ours:.1f}"),
    ]
    if not asked.one:
        orders = sorted(knowledge().laws.orders)
        instruments = [
            (each, key) for each in orders for key in sorted({rule.instrument for rule in law(each).rules.rules})
        ]
        start = time.perf_counter()
        with ProcessPoolExecutor(2) as pool:
            each = list(pool.map(over_time, instruments))
        total = time.perf_counter() - start
        states, slowest = sum(count for count, _ in each), max(taken for _, taken in each)
        what = f"{len(instruments)} instruments of {len(orders)} laws, every day, {states} states, two processes"
        rows.append((what, f"{total:.0f} s", f"{total / ours:.0f}"))
        rows.append(("the slowest of them", f"{slowest:.0f} s", f"{slowest / ours:.0f}"))
    show("Effects of instruments", ("what", "seconds", "ratio"), rows)


if __name__ == "__main__":
    main()
