"""What the rules come to for each family of items and each kind of destination, vintage by vintage."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dualuse.law.decide import Decision, decide
from dualuse.law.kinds import stated
from dualuse.law.transaction import Transaction, World

VINTAGES = {
    date(2022, 12, 1): "October 2022",
    date(2023, 12, 1): "October 2023",
    date(2024, 6, 3): "April 2024",
    date(2025, 1, 10): "December 2024",
    date(2025, 6, 2): "January 2025",
    date(2026, 8, 3): "July 2026",
}
"""A day of each vintage of the rules -> its name."""

PLACES = {
    "GB": "Supp. 5(a)",
    "PL": "A:5, not in Supp. 5(a)",
    "SG": "A:6",
    "IN": "elsewhere",
    "VN": "D:1",
    "SA": "D:4",
    "MO": "Macau",
    "CN": "D:5",
    "IR": "part 746",
}
"""A destination that stands for a kind of them -> the kind."""

FAMILIES: dict[str, tuple[str, bool | None]] = {
    "3A090.a for data centres": ("3a090.a", True),
    "3A090.a for other uses": ("3a090.a", False),
    "3A090.b": ("3a090.b", None),
    "3A090.c": ("3a090.c", None),
    "4A090.a for data centres": ("4a090.a", True),
    "5A992.z for data centres": ("5a992.z", True),
    "3D001": ("3d001", None),
    "3E001": ("3e001", None),
    "4D090": ("4d090", None),
    "5D002.z": ("5d002.z", None),
    "5E992": ("5e992", None),
    "4E091": ("4e091", None),
}
"""Name of a row -> the item, and whether it is made for data centres where that is asked."""

_WORDS = {"no-licence-required": "free", "not-subject": "outside", "indeterminate": "open"}
_POLICIES = {
    "presumption-of-approval": "approval",
    "presumption-of-denial": "denial",
    "policy-of-denial": "denial",
    "case-by-case": "case by case",
}


def matrix(world: World) -> Iterator[str]:
    """Tables in Markdown: a row an item, a column a kind of destination, consignees headquartered where they are."""
    yield "## What it comes to\n"
    yield (
        "By the text of the law (lens `codified`), for one unit and a consignee headquartered at the destination:"
        " *free* where no requirement was found, a code where a licence exception covers it, *licence* with the review"
        " policy, *open* where a part of the law that is not modelled, or a fact that was not stated, stands between.\n"
    )
    heads = [f"{kind} ({place})" for place, kind in PLACES.items()]
    for day, name in VINTAGES.items():
        yield f"### {name}, as of {day}\n"
        yield "\n".join([_line(["item", *heads]), _line(["---"] * (len(heads) + 1)), *_rows(world, day)]) + "\n"


def _rows(world: World, day: date) -> Iterator[str]:
    for family, (item, data_centre) in FAMILIES.items():
        found = [_ship(world, day, place, item, data_centre=data_centre) for place in PLACES]
        yield _line([family, *map(_cell, found)])


def _ship(world: World, day: date, to: str, item: str, *, data_centre: bool | None) -> Decision:
    facts = stated({"hq": to, "consignee_hq": to, "origin": "US", "data_centre": data_centre, "exporter": "other"})
    return decide(Transaction(day, "codified", 1, to, item=item, facts=tuple(facts.items())), world)


def _cell(found: Decision) -> str:
    if found.outcome == "licence-required":
        policy = _POLICIES.get(found.review_policy, "")
        return f"licence, {policy}" if policy else "licence"
    return found.exception or _WORDS[found.outcome]


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
