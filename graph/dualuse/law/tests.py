"""Run a rule's test on a transaction: true, false or unknown, with what was found in words.

:func:`holds` only decides; :func:`explain` also says why, test by test. Both ask the same checks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from dualuse.law.rules import Test
from dualuse.law.transaction import Transaction, World
from dualuse.law.truth import Truth, both, either, negate


@dataclass(frozen=True)
class Finding:
    """Outcome of a test, with what was found, and the findings of the tests it combines."""

    test: Test
    truth: Truth
    found: str = ""
    parts: tuple[Finding, ...] = ()
    refused: bool = False
    """Whether the rule asks that the test does not hold."""

    def decisive(self, sought: Truth) -> Iterator[Finding]:
        """The single tests that make this outcome what it is."""
        if not self.parts:
            yield self
            return
        against = self.test.operator == "none"
        wanted = negate(sought) if against else sought
        for part in self.parts:
            if part.truth is wanted:
                yield from (replace(each, refused=each.refused != against) for each in part.decisive(wanted))

    @property
    def words(self) -> str:
        """What the test asks and what was found."""
        cited = f" [{self.test.citation}]" if self.test.citation else ""
        asked = f"must not be: {self.test.says}" if self.refused else self.test.says
        return f"{asked} ({self.found}){cited}" if self.found else f"{asked}{cited}"


def holds(test: Test, transaction: Transaction, world: World) -> Truth:
    """Whether a test holds; stops at the first part that settles it."""
    if not test.operands:
        return _CHECKS[test.operator][0](test, transaction, world)
    settles = test.operator != "all"
    open_part = False
    for operand in test.operands:
        truth = holds(operand, transaction, world)
        if truth is settles:
            return test.operator == "any"
        open_part = open_part or truth is None
    return None if open_part else test.operator != "any"


def explain(test: Test, transaction: Transaction, world: World) -> Finding:
    """Run a test and everything below it, with what was found."""
    if test.operands:
        parts = tuple(explain(operand, transaction, world) for operand in test.operands)
        truths = [part.truth for part in parts]
        if test.operator == "all":
            return Finding(test, both(truths), parts=parts)
        found = either(truths)
        return Finding(test, found if test.operator == "any" else negate(found), parts=parts)
    check, say = _CHECKS[test.operator]
    truth = check(test, transaction, world)
    return Finding(test, truth, say(test, transaction, world, truth))


def _one_of(found: dict[str, Truth], expected: frozenset[str]) -> Truth:
    """Whether one of the expected things is so; what is not found is not so."""
    truth: Truth = False
    for name in expected:
        if name in found:
            if found[name]:
                return True
            truth = None if found[name] is None else truth
    return truth


def _item(test: Test, transaction: Transaction, world: World) -> Truth:
    return _one_of(world.classification(transaction), test.expects)


def _item_words(test: Test, transaction: Transaction, world: World, truth: Truth) -> str:
    classified = world.classification(transaction)
    if truth is None:
        chip = world.chip(transaction)
        open_items = sorted(item for item, is_it in classified.items() if is_it is None)
        why = "a number it turns on is missing or only estimated" if chip is not None else "the paragraph was not named"
        return f"whether it is {', '.join(open_items)} is not known: {why}"
    caught = sorted(item for item, is_it in classified.items() if is_it)
    return f"it is {', '.join(caught)}" if caught else "it meets no paragraph of the list on this day"


def _place(test: Test, transaction: Transaction, world: World) -> Truth:
    return world.resolve(transaction.to, transaction.as_of) in test.expects


def _place_words(test: Test, transaction: Transaction, world: World, truth: Truth) -> str:
    return _named(transaction.to, world.resolve(transaction.to, transaction.as_of))


def _destination(test: Test, transaction: Transaction, world: World) -> Truth:
    return _one_of(world.groups(transaction.to, transaction.as_of), test.expects)


def _destination_words(test: Test, transaction: Transaction, world: World, truth: Truth) -> str:
    groups = world.groups(transaction.to, transaction.as_of)
    expected = ", ".join(sorted(test.expects))
    inside = sorted(group for group in test.expects if groups.get(group))
    where = f"is in {', '.join(inside)}" if inside else f"is not in {expected}"
    if truth is None:
        where = f"is contested as a member of {expected}"
    return f"{_place_words(test, transaction, world, truth)} {where}"


def _seat(seat: str | None, test: Test, transaction: Transaction, world: World) -> Truth:
    return None if seat is None else _one_of(world.groups(seat, transaction.as_of), test.expects)


def _headquarters(test: Test, transaction: Transaction, world: World) -> Truth:
    consignee = _seat(transaction.consignee_hq, test, transaction, world)
    return True if consignee else either((consignee, _seat(transaction.parent_hq, test, transaction, world)))


def _headquarters_all(test: Test, transaction: Transaction, world: World) -> Truth:
    consignee = _seat(transaction.consignee_hq, test, transaction, world)
    return False if consignee is False else both((consignee, _seat(transaction.parent_hq, test, transaction, world)))


def _seat_words(test: Test, transaction: Transaction, world: World, truth: Truth) -> str:
    seats = (("consignee", transaction.consignee_hq), ("ultimate parent", transaction.parent_hq))
    return ", ".join(f"{role} headquartered in {seat or '?'}" for role, seat in seats)


def _product(test: Test, transaction: Transaction, world: World) -> Truth:
    if transaction.product is not None:
        return transaction.product in test.expects
    return None if any(world.may_be(product, transaction) for product in test.expects) else False


def _product_words(test: Test, transaction: Transaction, world: World, truth: Truth) -> str:
    if transaction.product is not None:
        return f"the product is {transaction.product}"
    return "the product was not named" if truth is None else f"no such product is {transaction.item}"


def _data_centre(test: Test, transaction: Transaction, world: World) -> Truth:
    chip = world.chip(transaction)
    return None if chip is None else chip.data_centre == ("yes" in test.expects)


def _data_centre_words(test: Test, transaction: Transaction, world: World, truth: Truth) -> str:
    chip = world.chip(transaction)
    if chip is None:
        return "whether it is designed for data centres is not known"
    return "it is designed or marketed for data centres" if chip.data_centre else "it is not a data-centre item"


def _transfer(test: Test, transaction: Transaction, world: World) -> Truth:
    if transaction.origin is None:
        return None
    day = transaction.as_of
    return world.resolve(transaction.origin, day) == world.resolve(transaction.to, day)


def _transfer_words(test: Test, transaction: Transaction, world: World, truth: Truth) -> str:
    if truth is None:
        return "where it leaves from is not known"
    return "it stays in one destination" if truth else "it crosses a border"


def _private(test: Test, transaction: Transaction, world: World) -> Truth:
    return transaction.private_sector


def _private_words(test: Test, transaction: Transaction, world: World, truth: Truth) -> str:
    return "not known" if truth is None else "yes" if truth else "no"


def _between(test: Test, transaction: Transaction, world: World) -> Truth:
    return None if test.period is None else test.period[0] <= transaction.as_of < test.period[1]


def _between_words(test: Test, transaction: Transaction, world: World, truth: Truth) -> str:
    return transaction.as_of.isoformat()


def number(name: str, transaction: Transaction, world: World) -> float | None:
    """A number of a transaction: TPP per unit, of the shipment or of the year; density; GB/s. None is not known."""
    chip = world.chip(transaction)
    if chip is None:
        return None
    if name == "performance-density":
        return chip.density
    if name == "memory-bandwidth":
        return chip.bandwidth
    if chip.tpp is None or name == "tpp-per-unit":
        return chip.tpp
    total = chip.tpp * transaction.quantity
    return total + (transaction.already_received or 0) if name == "tpp-year" else total


UNITS = {"performance-density": "TPP/mm²", "memory-bandwidth": "GB/s"}


def _number(test: Test, transaction: Transaction, world: World) -> Truth:
    actual = number(test.number, transaction, world)
    if actual is None:
        return None
    return (
        (test.at_least is None or actual >= test.at_least)
        and (test.at_most is None or actual <= test.at_most)
        and (test.below is None or actual < test.below)
    )


def _number_words(test: Test, transaction: Transaction, world: World, truth: Truth) -> str:
    actual = number(test.number, transaction, world)
    if actual is None:
        return f"the {test.number.replace('-', ' ')} is not known"
    bounds = (
        (test.at_least, ">=" if test.at_least is None or actual >= test.at_least else "<"),
        (test.at_most, "<=" if test.at_most is None or actual <= test.at_most else ">"),
        (test.below, "<" if test.below is None or actual < test.below else ">="),
    )
    unit = UNITS.get(test.number, "TPP")
    return ", ".join(f"{figure(actual)} {sign} {figure(bound)} {unit}" for bound, sign in bounds if bound is not None)


def figure(value: float) -> str:
    """A number with thousands separators, and decimals only where it has them.

    Example:
        >>> figure(31_664_000.0), figure(2.91)
        ('31,664,000', '2.91')
    """
    return f"{value:,.0f}" if value == int(value) else f"{value:,g}"


def _named(place: str, resolved: str) -> str:
    return place if place == resolved else f"{place} (treated as {resolved})"


def _given(name: str, what: str) -> _Check:
    """A fact of the transaction; one that is not known leaves the test open."""

    def check(test: Test, transaction: Transaction, world: World) -> Truth:
        actual: str | None = getattr(transaction, name)
        return None if actual is None else actual in test.expects

    return check, _fact_words(name, what, f"the {what} is not known")


def _stated(name: str, what: str) -> _Check:
    """A fact the exporter has to assert; one that was not stated does not hold."""

    def check(test: Test, transaction: Transaction, world: World) -> Truth:
        return getattr(transaction, name) in test.expects

    return check, _fact_words(name, what, f"no {what} was stated")


def _fact_words(name: str, what: str, absent: str) -> _Words:
    def say(test: Test, transaction: Transaction, world: World, truth: Truth) -> str:
        actual = getattr(transaction, name)
        return absent if actual is None else f"the {what} is {actual}"

    return say


_Words = Callable[[Test, Transaction, World, Truth], str]
_Check = tuple[Callable[[Test, Transaction, World], Truth], _Words]

_CHECKS: dict[str, _Check] = {
    "item": (_item, _item_words),
    "product": (_product, _product_words),
    "place": (_place, _place_words),
    "destination": (_destination, _destination_words),
    "headquarters": (_headquarters, _seat_words),
    "headquarters_all": (_headquarters_all, _seat_words),
    "origin": _given("origin", "place it leaves from"),
    "exporter": _given("exporter", "exporter"),
    "end_use": _stated("end_use", "end use"),
    "data_centre": (_data_centre, _data_centre_words),
    "transfer": (_transfer, _transfer_words),
    "validated_end_user": _stated("validated_end_user", "validated end-user authorisation"),
    "private_sector": (_private, _private_words),
    "number": (_number, _number_words),
    "between": (_between, _between_words),
}
