"""A number of the transaction is within bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dualuse.law.facts import Amount, Fact, Text
from dualuse.law.kinds import Kind, Number
from dualuse.said import Phrase, phrase

if TYPE_CHECKING:
    from dualuse.law.transaction import Transaction, World
    from dualuse.law.truth import Truth
    from dualuse.model.rules import Condition


UNITS = {
    "tpp-per-unit": "TPP",
    "tpp-total": "TPP",
    "tpp-year": "TPP",
    "performance-density": "TPP/mm²",
    "memory-bandwidth": "GB/s",
    "memory-bandwidth-density": "GB/s per mm²",
    "us-content": "percent",
    "transistors": "billion",
}
DENSITY = Fact[float]("memory_bandwidth_density", "hbm", Amount("GB/s per mm²"), "Memory bandwidth density of 3A090.c.")
RECEIVED = Fact[float](
    "already_received",
    "already-received",
    Amount("TPP"),
    "TPP the ultimate consignee received this year (LPP), or has installed (NVEU).",
)

CONSIGNEE = Fact[str](
    "consignee", "consignee", Text("NAME"), "The ultimate consignee; rows of a table add up by calendar year."
)
ULTIMATE_PARENT = Fact[str](
    "ultimate_parent", "ultimate-parent", Text("NAME"), "Its ultimate parent; rows of a table add up there."
)


US_CONTENT = Fact[float](
    "us_content", "us-content", Amount("percent"), "Controlled US content by value (15 CFR 734.4)."
)
TRANSISTORS = Fact[float]("transistors", "transistors", Amount("billion"), "Transistors in the package, in billions.")
STATED = {"memory-bandwidth-density": DENSITY, "us-content": US_CONTENT, "transistors": TRANSISTORS}
"""Numbers that are stated and not told by the chip."""


def number(name: str, transaction: Transaction, world: World) -> float | None:
    """A number of a transaction: TPP per unit, of the shipment or of the year; density; GB/s. None is not known."""
    if name in STATED:
        return STATED[name].of(transaction)
    chip = world.chip(transaction)
    if chip is None:
        return None
    if name == "performance-density":
        return chip.performance_density
    if name == "memory-bandwidth":
        return chip.memory_bandwidth_gb_s
    if chip.tpp is None or name == "tpp-per-unit":
        return chip.tpp
    total = chip.tpp * transaction.quantity
    return total + (RECEIVED.of(transaction) or 0) if name == "tpp-year" else total


def _check(test: Condition, transaction: Transaction, world: World) -> Truth:
    actual = number(test.number, transaction, world)
    if actual is None:
        return None
    return (
        (test.at_least is None or actual >= test.at_least)
        and (test.at_most is None or actual <= test.at_most)
        and (test.below is None or actual < test.below)
    )


def _say(test: Condition, transaction: Transaction, world: World, truth: Truth) -> str:
    actual = number(test.number, transaction, world)
    if actual is None:
        return phrase("found.number_unknown", number=phrase(f"number.{test.number}"))
    bounds = (
        (test.at_least, ">=" if test.at_least is None or actual >= test.at_least else "<"),
        (test.at_most, "<=" if test.at_most is None or actual <= test.at_most else ">"),
        (test.below, "<" if test.below is None or actual < test.below else ">="),
    )
    told = [(sign, figure(bound)) for bound, sign in bounds if bound is not None]
    unit, value = phrase(f"number.{UNITS[test.number]}"), figure(actual)
    return Phrase.listed(phrase("found.number", value=value, sign=sign, bound=bound, unit=unit) for sign, bound in told)


def _bounds(test: Condition) -> str:
    bounds = (("at least", test.at_least), ("at most", test.at_most), ("below", test.below))
    told = (f"{word} {figure(bound)} {UNITS[test.number]}" for word, bound in bounds if bound is not None)
    return f" ({', '.join(told)})"


def figure(value: float) -> str:
    """A number with thousands separators, and decimals only where it has them.

    Example:
        >>> figure(31_664_000.0), figure(2.91)
        ('31,664,000', '2.91')
    """
    return f"{value:,.0f}" if value == int(value) else f"{value:,g}"


KIND = Kind(
    name="number",
    order=120,
    form=Number(tuple(UNITS)),
    meaning="A number of the transaction: TPP per unit, of the shipment, or of the year; density; GB/s.",
    check=_check,
    say=_say,
    holds="a number of the transaction is within bounds",
    unknown="the chip's number is not sourced",
    facts=(RECEIVED, CONSIGNEE, ULTIMATE_PARENT, *STATED.values()),
    detail=_bounds,
    of_quantity=True,
)
