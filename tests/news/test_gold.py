"""The texts coded by hand have the form that their README describes; nothing here reads them with the reader."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from dualuse.resources import root

DATA, ONTOLOGY = Path(str(root("data"))), Path(str(root("ontology")))
GOLD = Path(__file__).with_name("gold")
FILES = sorted(GOLD.glob("*.yml"))
FIELDS = {
    "speech": {"speaker", "organisation", "said"},
    "quantities": {"span", "number", "unit"},
    "dates": {"span", "day"},
    "claims": {"span", "attribute", "value", "modality", "claimant"},
    "statements": {"speaker", "stance", "about", "grounds"},
    "relations": {"kind", "from", "to", "what", "share", "since", "span"},
    "not": {"claim", "why"},
}
HEAD = {"text", "date", "lang", "half", "relevant", "things"}
OPTIONAL = {"speech": {"reporter"}, "claims": {"reporter"}}
CONCEPTS = {"attribute": "claim-attribute", "modality": "modality", "stance": "stance", "grounds": "ground"}
KEYED = {"things", "speaker", "organisation", "reporter", "claimant", "about", "from", "to", "what"}
KEY = re.compile(r"(?:organisation|person|product|instrument|place|group|item):\S+")
DAY = re.compile(r"(?:\d{4}(?:-\d{2}){0,2}/)?\d{4}(?:-\d{2}){0,2}")
Entry = dict[str, Any]


@cache
def known() -> set[str]:
    folders = {"organisation": "organisations", "person": "people", "product": "products", "instrument": "instruments"}
    keys = {f"{kind}:{path.stem}" for kind, folder in folders.items() for path in (DATA / folder).glob("*.yml")}
    for kind, table in {"place": "places", "group": "groups", "item": "items"}.items():
        keys |= {f"{kind}:{row['key']}" for row in rows(DATA / f"{table}.csv")}
    return keys | {row["id"] for row in rows(ONTOLOGY / "concepts.csv")}


def rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


@cache
def entry_of(path: Path) -> Entry:
    loaded: Entry = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded


def leaves(value: Any) -> list[Any]:
    """What may stand alone or in a list, of which each will do."""
    return [leaf for one in value for leaf in leaves(one)] if isinstance(value, list) else [value]


def is_in(span: str, text: str) -> bool:
    """Whether the parts of a span, cut at an ellipsis, follow one another in the text."""
    at = 0
    for part in span.split(" … "):
        at = text.find(part, at)
        if at < 0 or not part.strip():
            return False
        at += len(part)
    return True


def faults(entry: Entry) -> list[str]:
    """What is wrong with the form of a coded text."""
    if set(entry) != HEAD | set(FIELDS):
        return [f"fields: {sorted(set(entry) ^ (HEAD | set(FIELDS)))}"]
    found = [f"unknown key {key}" for key in leaves(entry["things"]) if key not in known()]
    if not entry["relevant"] and any(entry[kind] for kind in FIELDS if kind != "not"):
        found.append("off topic, yet coded")
    text = re.sub(r"\s*\n\s*", " " if entry["lang"] == "en" else "", entry["text"])
    for kind, fields in FIELDS.items():
        for row in entry[kind]:
            if set(row) - OPTIONAL.get(kind, set()) != fields:
                found.append(f"{kind}: fields {sorted(row)}")
            found += [f"{kind}: {fault}" for fault in row_faults(row, text)]
    return found


def row_faults(row: Entry, text: str) -> Iterator[str]:
    for field in {"span", "said"} & set(row):
        if not is_in(row[field], text):
            yield f"not in the text: {row[field]}"
    for field, scheme in CONCEPTS.items():
        yield from (f"unknown {field} {v}" for v in leaves(row.get(field, [])) if f"{scheme}:{v}" not in known())
    for field in KEYED & set(row):
        yield from (f"unknown key {v}" for v in leaves(row[field]) if KEY.fullmatch(v or "") and v not in known())
    if "day" in row and not DAY.fullmatch(row["day"]):
        yield f"no day: {row['day']}"
    numbers = [number for number in leaves(row.get("number", [])) if number is not None]
    if numbers != sorted(numbers) or ("number" in row and not numbers):
        yield f"no range: {row['number']}"


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_coded_text_is_well_formed(path: Path) -> None:
    entry = entry_of(path)
    assert faults(entry) == []
    date.fromisoformat(entry["date"])
    assert entry["half"] == ("blind" if int(path.stem[-2:]) % 2 == 0 else "development")


def test_texts_are_enough_in_every_script_and_half() -> None:
    entries = [entry_of(path) for path in FILES]
    assert len(entries) >= 44
    parts = Counter((entry["lang"], entry["half"]) for entry in entries)
    assert set(parts) == {(lang, half) for lang in ("en", "zh-Hans", "zh-Hant") for half in ("blind", "development")}
    assert min(parts.values()) >= 7
    assert 0 < sum(not entry["relevant"] for entry in entries) < 6


@pytest.mark.parametrize(
    ("kind", "change", "fault"),
    [
        ("speech", {"said": "words of nobody"}, "not in the text"),
        ("claims", {"attribute": ["position", "mood"]}, "unknown attribute mood"),
        ("claims", {"claimant": [None, "organisation:no-such-body"]}, "unknown key organisation:no-such-body"),
        ("dates", {"day": "last week"}, "no day"),
        ("quantities", {"number": [9, 3]}, "no range"),
        ("statements", {"mood": "glad"}, "fields"),
    ],
)
def test_fault_is_found(kind: str, change: Entry, fault: str) -> None:
    entry = deepcopy(entry_of(GOLD / "en-01.yml"))
    entry[kind][0].update(change)
    assert [found for found in faults(entry) if fault in found]
