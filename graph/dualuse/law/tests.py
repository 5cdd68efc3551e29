"""Run a rule's test on a transaction: true, false or unknown, with what was found in words."""

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


def run(test: Test, transaction: Transaction, world: World) -> Finding:
    """Run a test and everything below it."""
    if test.operands:
        parts = tuple(run(operand, transaction, world) for operand in test.operands)
        truths = [part.truth for part in parts]
        if test.operator == "all":
            return Finding(test, both(truths), parts=parts)
        found = either(truths)
        return Finding(test, found if test.operator == "any" else negate(found), parts=parts)
    truth, found_words = _CHECKS[test.operator](test, transaction, world)
    return Finding(test, truth, found_words)


_Outcome = tuple[Truth, str]


def _item(test: Test, transaction: Transaction, world: World) -> _Outcome:
    classified = world.classification(transaction)
    truth = either(classified.get(item, False) for item in test.expects)
    caught = sorted(item for item, is_it in classified.items() if is_it)
    open_items = sorted(item for item, is_it in classified.items() if is_it is None)
    if truth is None:
        chip = world.chip(transaction)
        why = "its TPP or density is only estimated" if chip is not None else "the paragraph was not named"
        return None, f"whether it is {', '.join(open_items)} is not known: {why}"
    return truth, f"it is {', '.join(caught)}" if caught else "it meets no paragraph of the list on this day"


def _place(test: Test, transaction: Transaction, world: World) -> _Outcome:
    resolved = world.resolve(transaction.to, transaction.as_of)
    return resolved in test.expects, _named(transaction.to, resolved)


def _destination(test: Test, transaction: Transaction, world: World) -> _Outcome:
    groups = world.groups(transaction.to, transaction.as_of)
    resolved = world.resolve(transaction.to, transaction.as_of)
    truth = either(groups.get(group, False) for group in test.expects)
    inside = sorted(group for group in test.expects if groups.get(group))
    where = f"is in {', '.join(inside)}" if inside else f"is not in {', '.join(sorted(test.expects))}"
    if truth is None:
        where = f"is contested as a member of {', '.join(sorted(test.expects))}"
    return truth, f"{_named(transaction.to, resolved)} {where}"


def _seats(transaction: Transaction) -> list[tuple[str, str | None]]:
    return [("consignee", transaction.consignee_hq), ("ultimate parent", transaction.parent_hq)]


def _seat_truths(test: Test, transaction: Transaction, world: World) -> list[Truth]:
    truths: list[Truth] = []
    for _, seat in _seats(transaction):
        if seat is None:
            truths.append(None)
        else:
            groups = world.groups(seat, transaction.as_of)
            truths.append(either(groups.get(group, False) for group in test.expects))
    return truths


def _seat_words(transaction: Transaction) -> str:
    return ", ".join(f"{role} headquartered in {seat or '?'}" for role, seat in _seats(transaction))


def _headquarters(test: Test, transaction: Transaction, world: World) -> _Outcome:
    return either(_seat_truths(test, transaction, world)), _seat_words(transaction)


def _headquarters_all(test: Test, transaction: Transaction, world: World) -> _Outcome:
    return both(_seat_truths(test, transaction, world)), _seat_words(transaction)


def _given(actual: str | None, test: Test, what: str) -> _Outcome:
    if actual is None:
        return None, f"the {what} is not known"
    return actual in test.expects, f"the {what} is {actual}"


def _stated(actual: str | None, test: Test, what: str) -> _Outcome:
    """A fact the exporter has to assert: one that was not stated does not hold."""
    if actual is None:
        return False, f"no {what} was stated"
    return actual in test.expects, f"the {what} is {actual}"


def _product(test: Test, transaction: Transaction, world: World) -> _Outcome:
    if transaction.product is None:
        return None, "the product was not named"
    return transaction.product in test.expects, f"the product is {transaction.product}"


def _data_centre(test: Test, transaction: Transaction, world: World) -> _Outcome:
    chip = world.chip(transaction)
    if chip is None:
        return None, "whether it is designed for data centres is not known"
    words = "it is designed or marketed for data centres" if chip.data_centre else "it is not a data-centre item"
    return chip.data_centre == ("yes" in test.expects), words


def _transfer(test: Test, transaction: Transaction, world: World) -> _Outcome:
    if transaction.origin is None:
        return None, "where it leaves from is not known"
    inside = world.resolve(transaction.origin, transaction.as_of) == world.resolve(transaction.to, transaction.as_of)
    return inside, "it stays in one destination" if inside else "it crosses a border"


def _private(test: Test, transaction: Transaction, world: World) -> _Outcome:
    known = transaction.private_sector
    return known, "not known" if known is None else "yes" if known else "no"


def _between(test: Test, transaction: Transaction, world: World) -> _Outcome:
    if test.period is None:
        return None, ""
    start, end = test.period
    return start <= transaction.as_of < end, transaction.as_of.isoformat()


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


_UNITS = {"performance-density": "TPP/mm²", "memory-bandwidth": "GB/s"}


def _number(test: Test, transaction: Transaction, world: World) -> _Outcome:
    actual = number(test.number, transaction, world)
    unit = _UNITS.get(test.number, "TPP")
    if actual is None:
        return None, f"the {test.number.replace('-', ' ')} is not known"
    signs = [(test.at_least, ">=", "<"), (test.at_most, "<=", ">"), (test.below, "<", ">=")]
    holds = [
        (actual >= bound if sign == ">=" else actual <= bound if sign == "<=" else actual < bound, bound, sign, against)
        for bound, sign, against in signs
        if bound is not None
    ]
    words = ", ".join(
        f"{figure(actual)} {sign if ok else against} {figure(bound)} {unit}" for ok, bound, sign, against in holds
    )
    return all(ok for ok, *_ in holds), words


def figure(value: float) -> str:
    """A number with thousands separators, and decimals only where it has them.

    Example:
        >>> figure(31_664_000.0), figure(2.91)
        ('31,664,000', '2.91')
    """
    return f"{value:,.0f}" if value == int(value) else f"{value:,g}"


def _named(place: str, resolved: str) -> str:
    return place if place == resolved else f"{place} (treated as {resolved})"


_CHECKS: dict[str, Callable[[Test, Transaction, World], _Outcome]] = {
    "item": _item,
    "product": _product,
    "place": _place,
    "destination": _destination,
    "headquarters": _headquarters,
    "headquarters_all": _headquarters_all,
    "origin": lambda test, transaction, world: _given(transaction.origin, test, "place it leaves from"),
    "exporter": lambda test, transaction, world: _given(transaction.exporter, test, "exporter"),
    "end_use": lambda test, transaction, world: _stated(transaction.end_use, test, "end use"),
    "data_centre": _data_centre,
    "transfer": _transfer,
    "validated_end_user": lambda test, transaction, world: _stated(
        transaction.validated_end_user, test, "validated end-user authorisation"
    ),
    "private_sector": _private,
    "number": _number,
    "between": _between,
}
