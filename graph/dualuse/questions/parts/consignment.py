"""One transaction, decided with what the lists state of its consignee under each lens."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from dualuse.card import Receipt, Unknown
from dualuse.law.asked import Asked, resolve
from dualuse.law.decide import Decision, decide
from dualuse.law.facts import Value
from dualuse.law.tests.number import CONSIGNEE
from dualuse.law.transaction import Transaction, World, home
from dualuse.lens import Lens
from dualuse.questions.parts.consigned import Consigned, Facts, Held, Stated, with_facts

if TYPE_CHECKING:
    from dualuse.knowledge import Knowledge


class Consignment:
    """A transaction, and its consignee held against the lists if one is named.

    Args:
        knowledge: The graph.
        asked: The transaction.
        day: Day of law.
        order: Legal order whose law is asked.
    """

    def __init__(self, knowledge: Knowledge, asked: Asked, day: date, order: str) -> None:
        self._names, self._asked, self._day, self._home = knowledge.names, asked, day, home(order)
        self._consigned = Consigned(knowledge, order)
        self._name = str(asked.known.get(CONSIGNEE.name) or "").strip()

    def transaction(self, lens: Lens) -> Transaction:
        """The transaction, with what the lists state of its consignee."""
        return self._resolved(lens, {**dict(self._stated(lens).surely), **self._asked.known})

    def decided(self, lens: Lens, world: World) -> tuple[Decision, list[Unknown]]:
        """The decision under a lens, open where it turns on whom the consignee is; and what is open about that."""

        def outcome_of(facts: Facts) -> str:
            return decide(self._resolved(lens, with_facts(self._asked.known, facts)), world).outcome

        stated = self._stated(lens)
        decision, gaps = stated.doubted(decide(self.transaction(lens), world), outcome_of)
        return decision, [*stated.unknown, *gaps]

    def notes(self, lens: Lens) -> list[str]:
        """Each party that the consignee is or may be, in a sentence."""
        held = self._held(lens)
        return [] if held is None else held.notes

    def receipts(self, lens: Lens) -> list[Receipt]:
        """What the listing of the consignee rests on."""
        held = self._held(lens)
        return [] if held is None else self._consigned.receipts(held, self._day, lens)

    def _held(self, lens: Lens) -> Held | None:
        return self._consigned.held(self._name, self._day, lens) if self._name else None

    def _stated(self, lens: Lens) -> Stated:
        held = self._held(lens)
        return Stated("") if held is None else held.stated.beside(self._asked.known)

    def _resolved(self, lens: Lens, known: Mapping[str, Value]) -> Transaction:
        asked = Asked(self._asked.item, self._asked.quantity, self._asked.to, **known)
        return resolve(self._names, asked, self._day, lens, self._home)
