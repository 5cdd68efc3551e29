"""A transaction as a person states it, and the things it names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from dualuse.errors import UsageError
from dualuse.law.facts import Value
from dualuse.law.kinds import fact, facts
from dualuse.law.tests.origin import ORIGIN
from dualuse.law.transaction import UNITED_STATES, Transaction
from dualuse.lens import Lens

_MOST_UNITS = 10**12


@dataclass(init=False)
class Asked:
    """A transaction as a person states it: names, codes or labels.

    Args:
        item: Chip, or paragraph of the control list.
        known: What else is known, by option of ``dualuse check`` or by name; None is not known.

    Raises:
        UsageError: a fact that no test asks for.
    """

    item: str
    quantity: int
    to: str
    known: dict[str, Value]

    def __init__(self, item: str, quantity: int, to: str, **known: Value | None) -> None:
        self.item, self.quantity, self.to = item, quantity, to
        self.known = {fact(word).name: value for word, value in known.items() if value is not None}


class Finder(Protocol):
    """Finds things by name, as :class:`dualuse.names.Names` does."""

    def key(self, kind: str, name: str) -> str:
        """Key of the one thing of a kind that a name means."""
        ...

    def find_any(self, kinds: tuple[str, ...], name: str) -> tuple[str, str]:
        """Kind and key of the one thing of several kinds that a name means."""
        ...


def resolve(names: Finder, asked: Asked, as_of: date, lens: str, home: str | None = UNITED_STATES) -> Transaction:
    """Find the things a person named; a fact not given is what stands in for it, or is taken to be, if anything.

    Args:
        home: Where the shipment leaves from unless it is said; None is not known.

    Raises:
        UnknownNameError: a name is not in the graph.
        UsageError: a quantity or a fact that cannot be.
    """
    if not 1 <= asked.quantity <= _MOST_UNITS:
        raise UsageError(f"quantity {str(asked.quantity)[:20]}: from 1 to {_MOST_UNITS:,} units can be judged")
    found: list[tuple[str, Value]] = []
    for each in facts().values():
        given = asked.known.get(each.name)
        if given is None:
            usual = home if each is ORIGIN else None
            given = usual if each.instead is None else asked.known.get(each.instead.name)
        if given is not None:
            found.append((each.name, each.form.settle(each.option, given, names.key)))
    kind, key = names.find_any(("product", "item"), asked.item)
    return Transaction(
        as_of=as_of,
        lens=Lens.parse(lens),
        quantity=asked.quantity,
        to=names.key("place", asked.to),
        product=key if kind == "product" else None,
        item=key if kind == "item" else None,
        facts=tuple(found),
    )
