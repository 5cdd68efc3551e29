"""The 50 % rule on a table of holdings: who is listed, captured, possibly captured, clear, or held by a circle.

An entity is captured when owners that are listed or captured hold the threshold or more of it in sum. Each such owner
counts with its full share; shares are never multiplied along a chain. :func:`cascade` picks the engine by the size of
the table and what is installed; every engine gives the same answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from heapq import merge
from importlib.util import find_spec
from itertools import chain, islice
from typing import Any

from dualuse.errors import MissingExtraError, UnknownNameError, UsageError
from dualuse.ownership import explain
from dualuse.ownership.bands import read_bounds
from dualuse.ownership.book import Book, Column, NameList, Names, PlainBook, Stake, Table
from dualuse.ownership.engines import plain
from dualuse.ownership.findings import Findings
from dualuse.ownership.shares import ShareError, limit_of, percent, span
from dualuse.ownership.verdicts import RESULTS, SHOWN, Verdicts

CORES = ("auto", "plain", "numpy", "numba")
"""Engines of one machine."""

_PLAIN_UP_TO = 20_000
_NUMPY_UP_TO = 200_000


@dataclass(frozen=True)
class Outcome:
    """The cascade's answer.

    Args:
        table: What it was drawn from.
        names: Names of all parties; listed ones that stand in no holding come last.
        book: The holdings as a graph.
        threshold: Share that captures, in units.
        core: Engine that found it.
    """

    table: Table
    names: Names
    book: Book
    verdicts: Verdicts
    threshold: int
    core: str

    @property
    def findings(self) -> Findings:
        """What was odd in the holdings."""
        return self.table.findings

    @cached_property
    def counts(self) -> dict[str, int]:
        """Number of parties by result."""
        return dict(reversed(list(zip(RESULTS, _count(self.verdicts.codes), strict=True))))

    @property
    def strangers(self) -> list[str]:
        """Listed parties that stand in no holding, by name."""
        return [self.names[number] for number in range(len(self.table.names), len(self.names))]

    def number(self, name: str) -> int:
        """Number of a party.

        Raises:
            UnknownNameError: no holding and no list has a party of that name.
        """
        found = self.names.numbers([name])[0]
        if found >= 0:
            return found
        hint = ""
        if len(self.names) <= _PLAIN_UP_TO:
            from dualuse.suggest import nearest

            close = nearest(name, [self.names[number] for number in range(len(self.names))], 5)
            hint = f" Nearest: {', '.join(close)}." if close else ""
        raise UnknownNameError(f"no party {name!r} in the edges or on the list.{hint}")

    def result(self, name: str) -> str:
        """Result of a party: one of ``RESULTS``."""
        return RESULTS[self.verdicts.codes[self.number(name)]]

    def restricted(self, limit: int = 0) -> list[int]:
        """Parties that are not clear: captured ones first, listed ones last, each kind by name.

        Args:
            limit: Most to give; 0 for all.
        """
        every = (self.names.ordered(_with_code(self.verdicts.codes, code)) for code in SHOWN)
        return list(islice(chain.from_iterable(every), limit or None))

    def through(self, party: int) -> list[Stake]:
        """Owners that count, or may count, towards a party."""
        return explain.through(self.book, self.verdicts, self.names, party)

    def row(self, party: int) -> dict[str, Any]:
        """Everything there is to say of a party, in percent."""
        return {
            "party": self.names[party],
            "result": RESULTS[self.verdicts.codes[party]],
            "share": span(self.verdicts.low[party], self.verdicts.high[party]),
            "through": [self._stake(stake) for stake in self.through(party)],
            "settles": self._settles(party),
            "divest": self._divest(party),
        }

    def rows(self, parties: Iterable[int]) -> Iterator[dict[str, Any]]:
        """Rows of parties, one at a time."""
        return (self.row(party) for party in parties)

    def _stake(self, stake: Stake) -> dict[str, Any]:
        result = RESULTS[self.verdicts.codes[stake.party]]
        return {"owner": self.names[stake.party], "result": result, **span(stake.low, stake.high)}

    def _settles(self, party: int) -> dict[str, Any] | None:
        found = explain.settles(self.book, self.verdicts, party, self.threshold)
        if found is None:
            return None
        holdings = [
            {
                "owner": self.names[one.owner],
                "owned": self.names[one.owned],
                **span(one.low, one.high),
                "captures_from": None if one.captures_from is None else percent(one.captures_from),
            }
            for one in found.holdings
        ]
        return {
            "missing": percent(found.missing),
            "holdings": holdings,
            "listings": [self.names[one] for one in found.listings] or None,
            "more": found.cut or None,
        }

    def _divest(self, party: int) -> dict[str, Any] | None:
        found = explain.divestment(self.book, self.verdicts, self.names, party, self.threshold)
        if found is None:
            return None
        stakes = [{"owner": self.names[s.party], **span(s.low, s.high)} for s in found.stakes]
        least = None if found.low is None else percent(found.low)
        more_than = {"min": least, "max": percent(found.high)}
        return {"more_than": more_than, "stakes": stakes, "method": found.method}


def cascade(
    table: Table,
    listed: Sequence[str],
    *,
    doubtful: Sequence[str] = (),
    threshold: float = 50,
    core: str = "auto",
) -> Outcome:
    """Apply the rule to a table of holdings.

    Args:
        listed: Parties that are surely on a list.
        doubtful: Parties that may be on it, such as those listed in a month of which the day is not known.
        threshold: Share that captures, in percent.
        core: ``auto``, ``plain``, ``numpy`` or ``numba``.

    Returns:
        The result of every party, each explained when asked.

    Raises:
        UsageError: the threshold is not above 0 and up to 100, or there is no such core.
        MissingExtraError: the core asked for is not installed.

    Source:
        Rule: OFAC FAQ 401 and 15 CFR part 744, Supp. No. 8. Limits: equity is not votes, and control is not ownership.

    Example:
        >>> table = holdings([("X", "A", 50, 50), ("A", "B", 50, 50)])
        >>> cascade(table, ["X"]).result("B")
        'captured'
    """
    limit = limit_of(threshold)
    chosen = choose(core, len(table.owner))
    names = _with_listed(table.names, [*listed, *doubtful])
    on_list = sorted(set(names.numbers(list(listed))))
    maybe = sorted(set(names.numbers(list(doubtful))) - set(on_list))
    book, verdicts = _solve(chosen, table, len(names), on_list, maybe, limit)
    return Outcome(table, names, book, verdicts, limit, chosen)


def _solve(
    core: str, table: Table, size: int, listed: list[int], doubtful: list[int], limit: int
) -> tuple[Book, Verdicts]:
    if core == "plain":
        book = PlainBook(table, size)
        return book, plain.solve(book, listed, doubtful, limit)
    from dualuse.ownership.engines import arrays, vector

    if core == "numpy":
        rows = arrays.make(table, size, arrays.make_plainly)
        return rows, vector.solve(rows, listed, doubtful, limit)
    from dualuse.ownership.engines import compiled

    rows = arrays.make(table, size, compiled.make)
    return rows, compiled.solve(rows, listed, doubtful, limit)


def holdings(rows: Iterable[tuple[str, str, float | str | None, float | str | None]]) -> Table:
    """A table from rows of owner, owned, least and greatest share in percent; None or blank is unknown.

    Raises:
        UsageError: a share cannot be read.
    """
    names = NameList()
    table = Table(names)
    columns: list[list[int]] = [[], [], [], []]
    for owner, owned, low, high in rows:
        try:
            least, most = read_bounds(_text(low), _text(high))[:2]
        except ShareError as error:
            raise UsageError(f"{owner} → {owned}: {error}") from None
        for column, number in zip(columns, (names.add(owner), names.add(owned), least, most), strict=True):
            column.append(number)
    return replace(table, owner=columns[0], owned=columns[1], low=columns[2], high=columns[3], rows=len(columns[0]))


def choose(core: str, edges: int) -> str:
    """Engine for a number of holdings: plain Python, then numpy, then numba, where they are installed.

    Raises:
        UsageError: no such engine.
        MissingExtraError: it is not installed.
    """
    if core not in CORES:
        raise UsageError(f"no engine {core!r}; known: {', '.join(CORES)}")
    here = [name for name in ("numpy", "numba") if find_spec(name) is not None]
    if core == "auto":
        if edges <= _PLAIN_UP_TO or "numpy" not in here:
            return "plain"
        return "numba" if edges > _NUMPY_UP_TO and "numba" in here else "numpy"
    missing = {"plain": [], "numpy": ["numpy"], "numba": ["numpy", "numba"]}[core]
    if any(name not in here for name in missing):
        raise MissingExtraError(f"the engine {core!r} needs {' and '.join(missing)}: pip install 'dualuse[scale]'")
    return core


class _Extended:
    """Names, and after them the names of listed parties that stand in no holding."""

    def __init__(self, names: Names, further: Sequence[str]) -> None:
        self._names, self._further = names, NameList(further)

    def __len__(self) -> int:
        return len(self._names) + len(self._further)

    def __getitem__(self, number: int, /) -> str:
        known = len(self._names)
        return self._names[number] if number < known else self._further[number - known]

    def numbers(self, names: Sequence[str]) -> list[int]:
        known = self._names.numbers(names)
        further = self._further.numbers(names)
        shift = len(self._names)
        return [k if k >= 0 else (f + shift if f >= 0 else -1) for k, f in zip(known, further, strict=True)]

    def ordered(self, numbers: Column) -> Iterator[int]:
        known = len(self._names)
        if not len(self._further):
            return self._names.ordered(numbers)
        inner = self._names.ordered([number for number in numbers if number < known])
        outer = self._further.ordered([number - known for number in numbers if number >= known])
        return merge(inner, (number + known for number in outer), key=self.__getitem__)


def _with_listed(names: Names, listed: Sequence[str]) -> Names:
    unique = sorted(set(listed))
    found = names.numbers(unique)
    return _Extended(names, [name for name, number in zip(unique, found, strict=True) if number < 0])


def _text(share: float | str | None) -> str:
    if share is None:
        return ""
    return share if isinstance(share, str) else f"{share:f}" if isinstance(share, float) else str(share)


def _count(codes: Column) -> list[int]:
    """Number of parties by code."""
    if isinstance(codes, list):
        return [codes.count(code) for code in range(len(RESULTS))]
    import numpy as np

    return [int(number) for number in np.bincount(np.asarray(codes), minlength=len(RESULTS))]


def _with_code(codes: Column, code: int) -> Column:
    if isinstance(codes, list):
        return [number for number, one in enumerate(codes) if one == code]
    import numpy as np

    return np.flatnonzero(np.asarray(codes) == code)


__all__ = ["CORES", "Outcome", "cascade", "choose", "holdings"]
