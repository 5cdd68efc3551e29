"""The five answers, and what every engine hands back.

Three nested sets carry them. *Sure*: captured whatever the shares turn out to be. *May*: captured for some shares.
*Held*: in some self-consistent set above which a listed owner stands; what lies in it but not in *may* is held by a
circle alone. Each is the same whatever engine finds it.
"""

from __future__ import annotations

from dataclasses import dataclass

from dualuse.ownership.book import Column

CLEAR, AMBIGUOUS, POSSIBLE, CAPTURED, LISTED = range(5)
RESULTS = ("clear", "ambiguous", "possible", "captured", "listed")
"""Code -> result."""

SHOWN = (CAPTURED, POSSIBLE, AMBIGUOUS, LISTED)
"""Codes of parties that are not clear, in the order in which they are shown: what a list does not say comes first."""


@dataclass(frozen=True)
class Verdicts:
    """What an engine found, one entry a party.

    Args:
        codes: Index into ``RESULTS``.
        sure: Order in which the party entered the least fixed point of the lower bounds: 0 for one on a list, -1 for
            one that is not in it. Owners that entered before a party suffice to capture it.
        may: The same for the upper bounds.
        low: Least share that listed and captured owners hold, in units.
        high: Greatest share that owners who are or may be restricted can hold, in units.
    """

    codes: Column
    sure: Column
    may: Column
    low: Column
    high: Column


def code_of(listed: bool, sure: bool, may: bool, held: bool) -> int:
    """Result of a party from the sets it is in."""
    if listed:
        return LISTED
    if sure:
        return CAPTURED
    if may:
        return POSSIBLE
    return AMBIGUOUS if held else CLEAR
