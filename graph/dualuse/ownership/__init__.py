"""The 50 % rule: who is listed, captured, possibly captured or clear, on holdings of any size.

:func:`~dualuse.ownership.outcome.cascade` answers on one machine, :mod:`dualuse.ownership.engines.spark` beyond it; the
definitions stand in ``docs/ownership.md``.

Example:
    >>> from dualuse.ownership import cascade, holdings
    >>> table = holdings([("X", "A", 50, 50), ("A", "B", 40, 60)])
    >>> cascade(table, ["X"]).counts
    {'listed': 1, 'captured': 1, 'possible': 1, 'ambiguous': 0, 'clear': 0}
"""

from __future__ import annotations

from dualuse.ownership.outcome import Outcome, cascade, holdings
from dualuse.ownership.read import read_edges, read_listed
from dualuse.ownership.records import OwnershipRule, find_rule, read_rules

__all__ = ["Outcome", "OwnershipRule", "cascade", "find_rule", "holdings", "read_edges", "read_listed", "read_rules"]
