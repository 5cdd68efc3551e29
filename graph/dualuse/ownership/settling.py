"""The cascade where some names may be one party's: whoever is caught on some such reading is at least possible."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
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
    """
    table = matched.table
    unnamed = matched.called.get(UNNAMED, UNNAMED)
    doubts = {*doubtful, *([unnamed] if table.names.numbers([unnamed])[0] >= 0 else [])}
    trial, outcome = table, None

    def ask(also: Collection[str], one: Mapping[str, str]) -> set[str]:
        nonlocal trial, outcome
        trial, called = _as_one(replace(table, findings=Findings()), one)
        on_list, maybe = ([called.get(name, name) for name in names] for names in (listed, sorted(also)))
        outcome = cascade(trial, on_list, doubtful=maybe, threshold=threshold)
        names = {name for group in matched.maybe for name in group}
        caught = _caught(outcome, {called.get(name, name) for name in names})
        return {name for name in names if called.get(name, name) in caught}

    mates = doubted(matched.maybe, listed, doubts, ask)
    if outcome is None:
        raise RuntimeError("the engine was not asked")
    told = [name for name in sorted(set(mates) - doubts) if outcome.result(name) == "possible"]
    note_mates(table.findings, told, mates)
    table.findings.merge(trial.findings)
    return replace(outcome, table=table)


Ask = Callable[[Collection[str], Mapping[str, str]], set[str]]
"""Asks an engine, with these parties possibly listed and some names for others, which names of a group it catches."""


def doubted(maybe: Groups, listed: Collection[str], doubtful: Collection[str], ask: Ask) -> dict[str, str]:
    """Parties that may be one that is caught, each with that one; the last question to *ask* is with all of them."""
    mates: dict[str, str] = {}
    _spread(maybe, {*listed, *doubtful}, mates)
    if maybe:
        _spread(maybe, ask({*doubtful, *mates}, _tops(maybe)), mates, whole=True)
    while _spread(maybe, ask({*doubtful, *mates}, {}), mates):
        pass
    return mates


def note_mates(findings: Findings, told: Sequence[str], mates: Mapping[str, str]) -> None:
    """Note parties that may be others."""
    for name in told[:MOST]:
        findings.add("near-name", name, f"its name is close to {mates[name]}")
    findings.count("near-name", len(told) - MOST)


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


def _tops(maybe: Groups) -> dict[str, str]:
    """Name -> the one that stands for it where all that may be one party are one."""
    above: dict[str, str] = {}

    def top(name: str) -> str:
        while name in above:
            name = above[name]
        return name

    for group in maybe:
        first, *rest = sorted({top(name) for name in group})
        above |= dict.fromkeys(rest, first)
    return {name: top(name) for name in above}


def _as_one(table: Table, one: Mapping[str, str]) -> tuple[Table, dict[str, str]]:
    """A table in which some names stand for others, as far as it has them; and what it calls each of these."""
    names = sorted({*one, *one.values()})
    groups: dict[str, list[str]] = {}
    for name in names:
        groups.setdefault(one.get(name, name), []).append(name)
    number = dict(zip(names, table.names.numbers(names), strict=True))
    first: dict[int, int] = {}
    called: dict[str, str] = {}
    for top, group in groups.items():
        here = [name for name in group if number[name] >= 0]
        called |= dict.fromkeys(group, here[0] if here else top)
        first |= {number[name]: number[here[0]] for name in here[1:]}
    return merge(table, first), called


__all__ = ["doubted", "note_mates", "settle"]
