"""The holdings of a day: who holds what of whom, as columns of whole numbers, and as a small graph in plain Python.

:class:`Table` is what readers make and every engine takes. :class:`PlainBook` is the graph for small tables; larger
ones get the arrays of :mod:`dualuse.ownership.engines.arrays`. Explanations read either through :class:`Book`.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from dualuse.ownership.findings import Findings
from dualuse.ownership.shares import WHOLE, percent


class Stake(NamedTuple):
    """A holding seen from one end: the party at the other end, the bounds, and the row of the table it came from."""

    party: int
    low: int
    high: int
    origin: int


class Column(Protocol):
    """Whole numbers in a row: a list, an array, or numpy's."""

    def __len__(self) -> int:
        """How many there are."""
        ...

    def __getitem__(self, number: int, /) -> int:
        """One of them."""
        ...

    def __iter__(self) -> Iterator[int]:
        """Each of them."""
        ...


class Names(Protocol):
    """Names of parties by number."""

    def __len__(self) -> int:
        """How many there are."""
        ...

    def __getitem__(self, number: int, /) -> str:
        """Name of a party."""
        ...

    def numbers(self, names: Sequence[str]) -> list[int]:
        """Number of each name, or -1."""
        ...

    def ordered(self, numbers: Column) -> Iterator[int]:
        """Numbers in the order of their names."""
        ...


class NameList:
    """Names in the order they were first seen."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._number: dict[str, int] = {}
        for name in names:
            self.add(name)
        self._names: list[str] | None = None

    def add(self, name: str) -> int:
        """Number of a name, made if it is new."""
        return self._number.setdefault(name, len(self._number))

    def __len__(self) -> int:
        return len(self._number)

    def __getitem__(self, number: int, /) -> str:
        if self._names is None or len(self._names) != len(self._number):
            self._names = list(self._number)
        return self._names[number]

    def numbers(self, names: Sequence[str]) -> list[int]:
        """Number of each name, or -1."""
        return [self._number.get(name, -1) for name in names]

    def ordered(self, numbers: Column) -> Iterator[int]:
        """Numbers in the order of their names."""
        return iter(sorted(numbers, key=self.__getitem__))


@dataclass
class Table:
    """Holdings on a day, one row each.

    Args:
        owner: Number of the owner.
        owned: Number of the party held.
        low: Lower bound of the share, in units.
        source: Number of the row's source in *sources*, or -1; empty if no row names one.
        sources: Sources by number.
        place: Number of the row in its file; empty if rows are numbered as they stand here.
        rows: Rows read, those of other days included.
    """

    names: Names
    owner: Column = field(default_factory=lambda: array("i"))
    owned: Column = field(default_factory=lambda: array("i"))
    low: Column = field(default_factory=lambda: array("i"))
    high: Column = field(default_factory=lambda: array("i"))
    source: Column = field(default_factory=lambda: array("i"))
    sources: Sequence[str] = ()
    place: Column = field(default_factory=lambda: array("i"))
    rows: int = 0
    findings: Findings = field(default_factory=Findings)


class Book(Protocol):
    """A graph of holdings, each pair once: several rows of one as anything from the least of them to their sum."""

    @property
    def size(self) -> int:
        """Number of parties."""
        ...

    @property
    def edges(self) -> int:
        """Number of holdings."""
        ...

    def owners(self, party: int) -> list[Stake]:
        """Who holds a party, by number."""
        ...

    def holdings(self, party: int) -> list[Stake]:
        """What a party holds, by number."""
        ...

    def load(self, party: int) -> int:
        """Sum of the lower bounds of a party's owners."""
        ...


class PlainBook:
    """A graph in plain Python lists, for tables of up to some ten thousand rows.

    Args:
        size: Number of parties, those without holdings included.
    """

    def __init__(self, table: Table, size: int) -> None:
        self._owners: list[list[Stake]] = [[] for _ in range(size)]
        self._holdings: list[list[Stake]] = [[] for _ in range(size)]
        merged: dict[tuple[int, int], list[int]] = {}
        for origin, (owner, owned) in enumerate(zip(table.owner, table.owned, strict=True)):
            low, high = table.low[origin], table.high[origin]
            found = merged.setdefault((owned, owner), [low, high, origin, 0])
            if found[3]:  # one stake told twice or two stakes: from the least to the sum
                found[:2] = min(found[0], low), min(WHOLE, found[1] + high)
            found[3] += 1
        self._edges = len(merged)
        for (owned, owner), (low, high, origin, _) in sorted(merged.items()):
            self._owners[owned].append(Stake(owner, low, high, origin))
            self._holdings[owner].append(Stake(owned, low, high, origin))
        self._load = [sum(stake.low for stake in stakes) for stakes in self._owners]
        self._report(table, {pair: found[3] for pair, found in merged.items() if found[3] > 1})

    @property
    def size(self) -> int:
        """Number of parties."""
        return len(self._owners)

    @property
    def edges(self) -> int:
        """Number of holdings."""
        return self._edges

    def _report(self, table: Table, repeated: dict[tuple[int, int], int]) -> None:
        for owned, owner in sorted(repeated):
            report_duplicate(table, owner, owned, repeated[owned, owner] - 1)
        for party, load in enumerate(self._load):
            if any(stake.party == party for stake in self._owners[party]):
                report_self(table, party)
            if load > WHOLE:
                report_excess(table, party, load)

    def owners(self, party: int) -> list[Stake]:
        """Who holds a party, by number."""
        return self._owners[party]

    def holdings(self, party: int) -> list[Stake]:
        """What a party holds, by number."""
        return self._holdings[party]

    def load(self, party: int) -> int:
        """Sum of the lower bounds of a party's owners."""
        return self._load[party]


def report_duplicate(table: Table, owner: int, owned: int, times: int) -> None:
    """Note that a pair of parties stands in several rows of the day."""
    table.findings.add("duplicate", f"{table.names[owner]} → {table.names[owned]}", f"{times + 1} rows", times)


def report_self(table: Table, party: int) -> None:
    """Note that a party holds itself."""
    table.findings.add("self-ownership", table.names[party], "it holds a share of itself")


def report_excess(table: Table, party: int, load: int) -> None:
    """Note that the owners of a party hold more than all of it."""
    table.findings.add("over-100", table.names[party], f"its owners hold at least {percent(load):g} percent")


def outsiders_leave(load: int, threshold: int) -> int:
    """How much of the lower bounds must be restricted owners' for the threshold to fit into the whole.

    The shares of a party sum to at most the whole. Owners outside the restricted set keep at least their lower bounds,
    so the set holds at most the whole less those: with all lower bounds summing to *load*, the set reaches the
    threshold only if the lower bounds inside it sum to this much. Where the lower bounds alone exceed the whole, no
    shares fit; then the cap is dropped and the excess reported.
    """
    return 0 if load > WHOLE else max(0, threshold + load - WHOLE)


def supported(inside: Sequence[Stake], threshold: int, need: int) -> bool:
    """Whether restricted owners can hold enough: their upper bounds reach the threshold and fit into the whole."""
    return sum(s.high for s in inside) >= threshold and sum(s.low for s in inside) >= need
