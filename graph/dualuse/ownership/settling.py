"""The cascade where some names may be one party's: whoever is caught on some such reading is at least possible."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from dualuse.ownership.book import Table
from dualuse.ownership.findings import MOST, Findings
from dualuse.ownership.matching import Matched, merge
from dualuse.ownership.outcome import Outcome, cascade
from dualuse.ownership.spelling import UNNAMED
from dualuse.ownership.verdicts import CLEAR

Groups = Sequence[Sequence[str]]


def settle(matched: Matched, listed: Sequence[str], doubtful: Sequence[str], threshold: float) -> Outcome:
    """Apply the rule, and take for possibly listed whom another reading of the names catches.

    Args:
        matched: The holdings, and which names may be one party's.
        listed: Parties that are surely on a list, as the table calls them.
        doubtful: Parties that may be on it.
        threshold: Share that captures, in percent.
    """
    table, maybe = matched.table, matched.maybe
    unnamed = matched.called.get(UNNAMED, UNNAMED)
    doubts = {*doubtful, *([unnamed] if table.names.numbers([unnamed])[0] >= 0 else [])}
    mates: dict[str, str] = {}
    _spread(maybe, {*listed, *doubts}, mates)
    if maybe:
        _spread(maybe, _caught_as_one(table, maybe, listed, {*doubts, *mates}, threshold), mates, whole=True)
    while True:
        trial = replace(table, findings=Findings())
        outcome = cascade(trial, listed, doubtful=sorted({*doubts, *mates}), threshold=threshold)
        if not _spread(maybe, _caught(outcome, {name for group in maybe for name in group}), mates):
            break
    told = sorted(name for name in set(mates) - set(doubts) if outcome.result(name) == "possible")
    for name in told[:MOST]:
        table.findings.add("near-name", name, f"its name is close to {mates[name]}")
    table.findings.count("near-name", len(told) - MOST)
    table.findings.merge(trial.findings)
    return replace(outcome, table=table)


def _spread(maybe: Groups, caught: Collection[str], mates: dict[str, str], *, whole: bool = False) -> bool:
    """Give every name that may be a caught party's its mate; with *whole* also those that are caught together.

    Returns:
        Whether there was a new one.
    """
    before = len(mates)
    for group in maybe:
        found = [name for name in group if name in caught]
        for name in group if found else ():
            others = [mate for mate in (found if name not in caught else group) if mate != name]
            if whole or name not in caught:
                mates.setdefault(name, others[0])
    return len(mates) > before


def _caught(outcome: Outcome, names: Collection[str]) -> set[str]:
    """Those of some names that are not clear."""
    some = sorted(names)
    numbers = outcome.names.numbers(some)
    codes = outcome.verdicts.codes
    return {name for name, number in zip(some, numbers, strict=True) if number >= 0 and codes[number] != CLEAR}


def _caught_as_one(
    table: Table, maybe: Groups, listed: Sequence[str], doubtful: Collection[str], threshold: float
) -> set[str]:
    """Names that are not clear where all that may be one party are one."""
    names = sorted({name for group in maybe for name in group})
    number = {name: found for name, found in zip(names, table.names.numbers(names), strict=True) if found >= 0}
    first: dict[int, int] = {}

    def top(one: int) -> int:
        while one in first:
            one = first[one]
        return one

    for group in maybe:
        tops = sorted({top(number[name]) for name in group if name in number})
        first |= dict.fromkeys(tops[1:], tops[0])
    first = {one: top(one) for one in first}
    called = {name: table.names[top(found)] for name, found in number.items()}
    one = merge(replace(table, findings=Findings()), first)
    on_list = [called.get(name, name) for name in listed]
    outcome = cascade(one, on_list, doubtful=[called.get(name, name) for name in doubtful], threshold=threshold)
    caught = _caught(outcome, set(called.values()))
    return {name for name, top_name in called.items() if top_name in caught}


__all__ = ["settle"]
