"""What the law changes for whom, measure by measure, for a page that is asked how a measure reaches a party.

The decisions are those of ``affected``, for some days and lenses; the page says which. By which paths a measure reaches
a party follows from the links that are drawn, so the page finds that for any day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from dualuse.explore.layout import Network
from dualuse.lens import Lens
from dualuse.node import PARTIES, Node

if TYPE_CHECKING:
    from dualuse.card import Card, Receipt
    from dualuse.knowledge import Knowledge

Reached = dict[str, Any]
Worked = tuple[date, Lens, "Card[Any]"]
"""A day, a lens, and the answer of ``affected`` for them."""


def read_reached(
    knowledge: Knowledge,
    network: Network,
    focus: Node | None,
    as_of: date,
    lens: str,
    worked: Iterable[Worked] = (),
) -> Reached:
    """What measures change for parties, for a page.

    Args:
        knowledge: The graph.
        network: What is drawn.
        focus: The instrument or the party the page is about; None for the whole graph.
        as_of: Day the page opens on.
        lens: Lens it opens under.
        worked: Answers of ``affected`` for one instrument that are at hand.

    Returns:
        ``places``: codes, which rows number; ``told``: outcomes in three languages, ``receipts``: as [text, provision,
        address, confidence], which rows number too; ``states``: one a day, a lens and those asked about, with ``of``:
        the instruments, ``only``: the one party it is worked out for, or "", ``places`` and ``parties``: rows (see
        ``_Rows``). Nothing where nothing is worked out.
    """
    rows = _Rows(sorted(knowledge.places.tiers))
    day, through = as_of, Lens.parse(lens)
    states = [rows.state(worked_on, under, card, "") for worked_on, under, card in worked]
    if focus is None:
        keys = [node.key for node in sorted(network) if node.kind == "instrument"]
        if keys:
            states.append(rows.state(day, through, knowledge.affected(by=keys, as_of=day, lens=through), ""))
    elif focus.kind in PARTIES:
        card = knowledge.affected(party=focus.key, as_of=day, lens=through)
        drawn = sorted(node for node in network if node.kind == "instrument")
        states.append({**rows.state(day, through, card, focus), "of": drawn})
    return {"places": rows.places, "told": rows.told, "receipts": rows.receipts, "states": states} if states else {}


def texts_of(reached: Reached) -> Iterator[str]:
    """English texts of the record that the page says with it."""
    yield from (text for text, *_ in reached.get("receipts", ()))


class _Rows:
    """Rows of answers, which share places, outcomes and receipts by number.

    A row of places is [instrument, effect, goods, seats of buyers, places, without it, with it, receipts]; one of
    parties [instrument, party, role, effect, ties, goods, places, without it, with it, receipts].
    """

    def __init__(self, places: Sequence[str]) -> None:
        self.places = places
        self.told: list[list[str]] = []
        self.receipts: list[list[str]] = []
        self._place = {place: number for number, place in enumerate(places)}
        self._numbers: dict[tuple[str, ...], int] = {}

    def state(self, day: date, lens: Lens, card: Card[Any], only: str) -> Reached:
        """What was worked out for a day and a lens."""
        answer = card.answer
        asked = [Node("instrument", key) for key in card.question["by"]]
        alone = asked[0] if len(asked) == 1 else None
        return {
            "day": day.isoformat(),
            "lens": str(lens),
            "of": asked,
            "only": only,
            "places": [
                [
                    *(row.by or alone, row.effect, list(row.goods), list(row.headquarters)),
                    *(self._places(row.places), *map(self._say, row.told[:2])),
                    self._cite(card, row.receipts),
                ]
                for row in answer.differences or ()
            ],
            "parties": [
                [
                    *(row.by or alone, row.id, row.role, row.effect, row.ties, list(row.goods)),
                    *(self._places(row.places), *map(self._say, row.told[:2])),
                    self._cite(card, row.receipts),
                ]
                for row in answer.parties or ()
            ],
        }

    def _places(self, places: Iterable[str]) -> list[int]:
        return sorted(self._place[place] for place in places)

    def _say(self, phrase: Any) -> int:
        """Number of an outcome."""
        return self._number(self.told, [*phrase.said({})])

    def _cite(self, card: Card[Any], numbers: Sequence[int]) -> list[int]:
        """Our numbers of the receipts of an answer."""
        return [self._number(self.receipts, _receipt(card.because[number - 1])) for number in numbers]

    def _number(self, table: list[list[str]], row: list[str]) -> int:
        key = (str(id(table)), *row)
        if key not in self._numbers:
            table.append(row)
            self._numbers[key] = len(table) - 1
        return self._numbers[key]


def _receipt(receipt: Receipt) -> list[str]:
    return [receipt.text, receipt.provision, receipt.source, receipt.confidence]
