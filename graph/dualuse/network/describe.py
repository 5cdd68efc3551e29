"""The tables of ``docs/network.md`` that are made from the code, so that the page cannot fall behind it."""

from __future__ import annotations

import re

from dualuse.errors import UsageError
from dualuse.network.edges import EDGE_KINDS
from dualuse.network.project import PROJECTIONS

_BEHIND = {
    "du:Instrument": "instrument",
    "du:measureKind": "measure",
    "du:GroupMembership": "membership",
    "du:TierAssignment": "derived tier",
    "du:Treatment": "treatment",
    "du:Classification": "derived classification",
    "du:Product": "product",
    "du:Operation": "operation",
    "du:RevenueShare": "revenue share",
    "du:Supply": "supply",
    "du:Ownership": "ownership",
    "du:Affiliation": "affiliation",
    "du:PartyListing": "listing",
    "du:Statement": "statement",
    "event-kind:": "event",
    "du:headquarteredIn": "organisation",
    "du:organisationType": "organisation",
    "du:scope": "measure",
    "du:bearer ": "measure",
    "du:addressedTo": "measure",
    "eli:amends": "instrument",
    "du:supersedes": "instrument",
    "du:answers": "instrument",
    "dct:relation": "instrument",
}
_MAGNITUDES = ("min", "max", "unit")


def edge_table() -> str:
    """Every kind of edge as a Markdown table, in the order of ``EDGE_KINDS``."""
    lines = ["| kind | channel | read from source to target | the node behind it | carries |", "|---|---|---|---|---|"]
    for kind in EDGE_KINDS:
        carried = [
            name
            for name in ("start", "end", "min", "max", "unit", "estimate", "citation")
            if f"?{name}" in kind.pattern
        ]
        days = "days" if "start" in carried else ""
        size = "magnitude" if set(_MAGNITUDES) & set(carried) else ""
        rest = [
            {"estimate": "whether on an estimate", "citation": "paragraph"}[name]
            for name in carried
            if name in ("estimate", "citation")
        ]
        words = ", ".join(word for word in (days, size, *rest) if word)
        lines.append(
            f"| `{kind.kind}` | {kind.channel or '–'} | … {kind.label} … | {behind(kind.pattern)} | {words or '–'} |"
        )
    return "\n".join(lines)


def projection_table() -> str:
    """Every projection as a Markdown table."""
    lines = ["| projection | kinds of edge |", "|---|---|"]
    for name, kinds in PROJECTIONS.items():
        listed = (
            "every one" if name == "all" else ", ".join(f"`{kind.kind}`" for kind in EDGE_KINDS if kind.kind in kinds)
        )
        lines.append(f"| `{name}` | {listed} |")
    return "\n".join(lines)


def behind(pattern: str) -> str:
    """What sort of node is the receipt of an edge, from the first words of its pattern that tell.

    Raises:
        UsageError: nothing in the pattern tells.
    """
    places = sorted((pattern.find(mark), mark) for mark in _BEHIND if f"?behind a {mark}" in pattern)
    places = places or sorted((pattern.find(mark), mark) for mark in _BEHIND if mark in pattern)
    if not places:
        raise UsageError(
            f"no word of {pattern!r} tells what stands behind the edge; add it to dualuse.network.describe"
        )
    return _BEHIND[places[0][1]]


def insert_tables(page: str) -> str:
    """A page with its tables made anew, between ``<!-- name begins -->`` and ``<!-- name ends -->``.

    Raises:
        UsageError: the page lacks the marks of a table.
    """
    for name, table in (("edges", edge_table()), ("projections", projection_table())):
        marks = re.compile(rf"(<!-- {name} begins -->\n).*?(<!-- {name} ends -->)", re.DOTALL)
        found = marks.search(page)
        if found is None:
            raise UsageError(f"the page has no <!-- {name} begins --> … <!-- {name} ends -->")
        page = f"{page[: found.end(1)]}{table}\n{page[found.start(2) :]}"
    return page
