"""The 50 % rule: who is listed, captured, possibly captured or clear, on holdings of any size.

:func:`~dualuse.ownership.outcome.cascade` answers on one machine, :mod:`dualuse.ownership.engines.spark` beyond it; the
definitions stand in ``docs/ownership.md``.

Example:
    >>> from dualuse.ownership.outcome import cascade, holdings
    >>> table = holdings([("X", "A", 50, 50), ("A", "B", 40, 60)])
    >>> cascade(table, ["X"]).counts
    {'listed': 1, 'captured': 1, 'possible': 1, 'ambiguous': 0, 'clear': 0}
"""
