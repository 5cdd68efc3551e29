"""What the rules derive for a chip agrees with what its source table says, where the table is plain."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import pytest

from dualuse.build import Built
from dualuse.namespaces import split_thing
from dualuse.store.base import value

DAYS = {"2022-10": date(2022, 10, 21), "2023-10": date(2023, 11, 17)}
"""A day on which the vintage was the law."""

PLAIN: dict[str, list[tuple[str, set[str] | None]]] = {
    "2022-10": [("not 3A090", set()), ("3A090 ", {"3a090.a"})],
    "2023-10": [
        ("3A090.b or .a", None),
        ("3A090.a", {"3a090.a"}),
        ("3A090.b", {"3a090.b"}),
        ("none", set()),
        ("excluded", set()),
    ],
}
"""Beginning of a reading -> the strictest item it means; None where the source itself leaves it open."""


def meaning(vintage: str, text: str) -> set[str] | None:
    return next((items for start, items in PLAIN[vintage] if text.startswith(start)), None)


def derived(built: Built, day: date) -> dict[str, set[str]]:
    """Product -> items it is classified as on a day; .a hides .b, of which it is the stricter control."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in built.store.select(
        "SELECT ?product ?item WHERE { ?c a du:Classification ; du:concernsProduct ?product ; du:concernsItem ?item ; "
        "du:validFromEarliest ?from OPTIONAL { ?c du:validToEarliest ?to } "
        f'FILTER(?from <= "{day}"^^xsd:date && (!BOUND(?to) || "{day}"^^xsd:date < ?to)) }}'
    ):
        found[split_thing(value(row, "product"))[1]].add(split_thing(value(row, "item"))[1])
    return {key: {"3a090.a"} if "3a090.a" in items else items for key, items in found.items()}


@pytest.mark.parametrize(("vintage", "at_least"), [("2022-10", 14), ("2023-10", 40)])
def test_derived_as_read(built: Built, vintage: str, at_least: int) -> None:
    found = derived(built, DAYS[vintage])
    compared, differ = 0, []
    for key, product in built.curated.tables["products"].items():
        for reading in product.readings:
            if reading.vintage != vintage:
                continue
            items = meaning(vintage, reading.text)
            if items is None:
                continue
            compared += 1
            if found.get(key, set()) != items:
                got = ", ".join(sorted(found.get(key, set()))) or "nothing"
                differ.append(f"{product.name}: the table reads {reading.text!r}, the rules give {got}")
    assert compared >= at_least
    assert differ == []


def test_estimates_say_so(built: Built) -> None:
    rows = built.store.select(
        "SELECT ?chip ?estimate WHERE { ?c a du:Classification ; du:concernsProduct ?chip ; du:onEstimate ?estimate }"
    )
    assert rows
    products = built.curated.tables["products"]
    wrong = []
    for row in rows:
        key = split_thing(value(row, "chip"))[1]
        if products[key].tpp is None and value(row, "estimate") != "true":
            wrong.append(key)
    assert wrong == []
