"""Two measures side by side: whom the second changes and the first does not, whom both change, and how."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dualuse.card import aside
from dualuse.node import Node
from dualuse.questions.parts.outcomes import Destinations, Outcomes, outcomes, sentence

if TYPE_CHECKING:
    from dualuse.analyse.effects import Goods
    from dualuse.law.effect import Effect
    from dualuse.network import Network
    from dualuse.questions.parts.difference_rows import Changes

_NONE = "none"


@dataclass(frozen=True, kw_only=True)
class SideBySide:
    """Places where some goods fare otherwise by one of two measures, or by both.

    Args:
        first: Kind of the effect of the first measure, ``none`` for nothing.
        second: Kind of that of the second.
        law: Outcomes by the law as it stands, with both.
    """

    first: str
    second: str
    goods: Sequence[str]
    headquarters: Sequence[str]
    count: int
    places: Sequence[str]
    law: Sequence[Outcomes]
    without_first: Sequence[Outcomes]
    without_second: Sequence[Outcomes]
    where: str = aside("")
    told: Sequence[str] = aside(())

    def seen(self) -> dict[str, Any]:
        """The row as people read it."""
        return {
            "first": self.first,
            "second": self.second,
            "goods": self.goods,
            "headquarters": self.headquarters,
            "places": self.where,
            "with both": self.told[0],
            "without the first": self.told[1],
            "without the second": self.told[2],
        }


@dataclass(frozen=True, kw_only=True)
class PartySideBySide:
    """A party in one role that one of two measures changes, or both."""

    first: str
    second: str
    party: str
    id: Node
    role: str
    ties_first: int
    ties_second: int


def side_by_side(one: Changes, two: Changes, destinations: Destinations) -> list[SideBySide]:
    """Destinations that either of two measures changes: those that the second adds first."""
    from dualuse.analyse.effects import blocks

    cells: dict[tuple[Goods, str, str], list[Effect | None]] = defaultdict(lambda: [None, None])
    for number, found in enumerate((one, two)):
        for pattern in found.patterns:
            for goods, seat in pattern.cases:
                for place in pattern.places:
                    cells[goods, seat, place][number] = pattern.effect
    places: dict[tuple[Goods, str, Effect | None, Effect | None], list[str]] = defaultdict(list)
    for (goods, seat, place), (first, second) in cells.items():
        places[goods, seat, first, second].append(place)
    folded: dict[tuple[Effect | None, Effect | None, tuple[str, ...]], list[tuple[Goods, str]]] = defaultdict(list)
    for (goods, seat, first, second), where in places.items():
        folded[first, second, tuple(sorted(where))].append((goods, seat))
    ordered = sorted(folded.items(), key=_order)
    return [
        _row(first, second, where, block, destinations)
        for (first, second, where), cases in ordered
        for block in blocks(cases)
    ]


def parties_side_by_side(one: Changes, two: Changes, network: Network) -> list[PartySideBySide]:
    """Parties that either of two measures changes, by role: those that the second adds first."""
    found = [{(hit.party, hit.role): hit for hit in each.hit} for each in (one, two)]
    rows = []
    for party, role in sorted({*found[0], *found[1]}):
        hits = [each.get((party, role)) for each in found]
        kinds = [_NONE if hit is None else hit.kind for hit in hits]
        ties = [0 if hit is None else len(hit.changed) for hit in hits]
        rows.append(
            PartySideBySide(
                first=kinds[0],
                second=kinds[1],
                party=str(network.nodes[party]["label"]),
                id=party,
                role=role,
                ties_first=ties[0],
                ties_second=ties[1],
            )
        )
    return sorted(rows, key=lambda row: (row.first != _NONE, _rank(row.second), _rank(row.first), row.role, row.party))


def _order(entry: Any) -> tuple[Any, ...]:
    from dualuse.analyse.effects import GOODS, SEATS

    ranks = {goods: rank for rank, goods in enumerate(GOODS)}
    (first, second, where), cases = entry
    seat = min(list(SEATS).index(seat) for _, seat in cases)
    goods = min(ranks.get(goods, -1) for goods, _ in cases)
    kinds = [_NONE if each is None else each.kind for each in (first, second)]
    return first is not None, seat, goods, _rank(kinds[1]), _rank(kinds[0]), -len(where), where


def _rank(kind: str) -> int:
    from dualuse.law.effect import KINDS

    return [str(each) for each in KINDS].index(kind)


def _row(
    first: Effect | None,
    second: Effect | None,
    where: tuple[str, ...],
    cases: Sequence[tuple[Goods, str]],
    destinations: Destinations,
) -> SideBySide:
    law = next(each for each in (second, first) if each is not None).after
    without = [law if each is None else each.before for each in (first, second)]
    return SideBySide(
        first=_NONE if first is None else first.kind,
        second=_NONE if second is None else second.kind,
        goods=list(dict.fromkeys(goods.name for goods, _ in cases)),
        headquarters=list(dict.fromkeys(seat for _, seat in cases)),
        count=len(where),
        places=where,
        law=outcomes(law),
        without_first=outcomes(without[0]),
        without_second=outcomes(without[1]),
        where=destinations.told(where),
        told=tuple(sentence(each) for each in (law, *without)),
    )
