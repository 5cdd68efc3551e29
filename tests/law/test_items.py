"""Where the limbs of ECCN 3A090 begin and end, and what a missing or an estimated number does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from dualuse.knowledge import Knowledge
from dualuse.law.transaction import World
from dualuse.law.truth import Truth
from dualuse.model.base import placed
from dualuse.model.items import Product
from dualuse.model.parties import Organisation
from dualuse.model.read import read
from dualuse.model.rules import Condition

NOW, BEFORE, FIRST = date(2025, 6, 1), date(2023, 6, 1), date(2022, 10, 20)
CHIP = placed(Product(name="X", designers=("x",), data_centre="yes", sources=("s",), confidence="high"), "x")


def made(tpp: float | None, density: float | None = None, *, data_centre: bool = True) -> Product:
    return replace(CHIP, tpp=tpp, performance_density=density, data_centre="yes" if data_centre else "no")


def item(world: World, chip: Product, day: date = NOW) -> tuple[Truth, Truth]:
    found = world.control_list.classify(chip, day)
    return found.get("3a090.a", False), found.get("3a090.b", False)


@pytest.mark.parametrize(
    ("tpp", "density", "a", "b"),
    [
        (4_800, 0.1, True, False),
        (4_799.99, 0.1, False, False),
        (1_600, 5.92, True, False),
        (1_599, 5.92, False, False),
        (1_600, 5.91, False, True),
        (1_600, 3.2, False, True),
        (1_600, 3.19, False, False),
        (2_400, 1.6, False, True),
        (2_399, 1.6, False, False),
        (2_400, 1.59, False, False),
        (4_799, 1.6, False, True),
        (4_800, 3.2, True, False),
        (2_368, 2.91, False, False),
    ],
)
def test_bounds(world: World, tpp: float, density: float, a: bool, b: bool) -> None:
    assert item(world, made(tpp, density)) == (a, b)


def test_consumer_chips_are_caught_by_tpp_alone(world: World) -> None:
    assert item(world, made(4_800, 8.7, data_centre=False)) == (True, False)
    assert item(world, made(4_799, 8.7, data_centre=False)) == (False, False)
    assert item(world, made(2_400, 2.0, data_centre=False)) == (False, False)


def test_missing_numbers_are_unknown_only_where_they_matter(world: World) -> None:
    assert item(world, made(None)) == (None, None)
    assert item(world, made(15_832, None)) == (True, False)
    assert item(world, made(1_000, None)) == (False, False)
    assert item(world, made(2_000, None)) == (None, None)
    assert item(world, made(2_000, None, data_centre=False)) == (False, False)


def test_an_estimate_settles_nothing(world: World) -> None:
    assert item(world, replace(CHIP, tpp_estimate=15_000, performance_density_estimate=20)) == (None, None)
    assert item(world, replace(CHIP, tpp=2_000, performance_density_estimate=20)) == (None, None)


def test_the_first_rule_asked_for_interconnect(world: World) -> None:
    fast, slow = replace(made(4_992), interconnect_gb_s=600), replace(made(4_992), interconnect_gb_s=400)
    assert item(world, fast, BEFORE) == (True, False)
    assert item(world, slow, BEFORE) == (False, False)
    assert item(world, made(4_992), BEFORE) == (None, False)
    assert item(world, made(4_799), BEFORE) == (False, False)
    assert item(world, slow) == (True, False)


def test_no_paragraph_before_the_first_rule(world: World) -> None:
    assert world.control_list.classify(replace(made(4_992), interconnect_gb_s=600), FIRST) == {}
    assert item(world, replace(made(4_992), interconnect_gb_s=600), date(2022, 10, 21)) == (True, False)


def test_an_item_follows_from_what_it_contains(world: World) -> None:
    found = world.control_list.classify(made(4_800, 1), NOW)
    assert found["3a090"] is True
    assert world.control_list.classify(made(None), NOW)["3a090"] is None


def test_a_named_paragraph(world: World) -> None:
    named = world.control_list.named
    assert named("3a090.a") == {"3a090.a": True, "3a090": True}
    assert named("3a090") == {"3a090": True, "3a090.a": None, "3a090.b": None, "3a090.c": None}
    assert named("4e091") == {"4e091": True}


@pytest.mark.parametrize(
    ("chip", "a", "b"),
    [("h100-sxm", True, False), ("h20", False, False), ("h200-sxm", True, False), ("a800-sxm-80", True, False)],
)
def test_known_chips(world: World, chip: str, a: bool, b: bool) -> None:
    assert item(world, world.control_list.chips[chip]) == (a, b)


def test_the_designers_of_macau_and_d5_are_the_ones_that_a_condition_names(knowledge: Knowledge, world: World) -> None:
    """AIA is not for chips of theirs; a designer added to the record has to be added to the condition."""
    aia = world.rules.by_key["exc-aia"]
    unwanted = {name for test in _tests(aia.when) for name in test.expects if test.operator == "designed_by"}
    seats = {org.node.key: org.headquarters for org in read(knowledge.store, Organisation)}
    designers = {name for chip in world.control_list.chips.values() for name in chip.designers}
    assert {name for name in designers if seats[name] in {"CN", "HK", "MO"}} == unwanted
    assert len(designers) > 8


def _tests(test: Condition) -> Iterator[Condition]:
    yield test
    for operand in test.operands:
        yield from _tests(operand)
