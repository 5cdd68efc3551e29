"""Entities of FollowTheMoney: by its own schema, and there and back through our own reader."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from tests.validators import validated

from dualuse.export import to_ftm
from dualuse.feeds.feed import feeds
from dualuse.feeds.places import Places
from dualuse.feeds.report import Report
from dualuse.knowledge import Knowledge
from dualuse.model.parties import Organisation, Person
from dualuse.model.read import read
from dualuse.model.relations import Affiliation, Ownership, PartyListing, Supply

SCHEMA: dict[str, Any] = json.loads(Path(__file__).with_name("ftm-schema.json").read_text("utf-8"))
"""What the library says of its schemata; ``SCHEMA["about"]`` tells version, licence and how it was made."""
PATTERNS = {
    "date": re.compile(r"\d{4}(-\d{2}(-\d{2})?)?"),
    "url": re.compile(r"https?://\S+"),
}


@pytest.fixture(scope="module")
def content(knowledge: Knowledge) -> bytes:
    return to_ftm(knowledge)


@pytest.fixture(scope="module")
def entities(content: bytes) -> dict[str, dict[str, Any]]:
    told = [json.loads(line) for line in content.decode().splitlines()]
    found = {entity["id"]: entity for entity in told}
    assert len(found) == len(told) > 1_000
    assert list(found) == sorted(found)
    return found


def wrong(entity: dict[str, Any], entities: dict[str, dict[str, Any]]) -> list[str]:
    """What an entity says against the schema."""
    schema = SCHEMA["schemata"].get(entity["schema"])
    if schema is None:
        return [f"{entity['id']}: no schema {entity['schema']}"]
    properties = entity["properties"]
    found = [f"no {name}" for name in schema["required"] if name not in properties]
    for name, values in properties.items():
        kind = schema["properties"].get(name)
        if kind is None:
            found.append(f"no property {name}")
            continue
        for value in values:
            if not isinstance(value, str) or not is_a(kind, value, entities):
                found.append(f"{name} {value!r} is no {kind}")
    return [f"{entity['id']}: {each}" for each in found]


def is_a(kind: dict[str, str], value: str, entities: dict[str, dict[str, Any]]) -> bool:
    match kind["type"]:
        case "entity":
            return value in entities and kind["range"] in SCHEMA["schemata"][entities[value]["schema"]]["is"]
        case "topic":
            return value in SCHEMA["topics"]
        case "country":
            return value in SCHEMA["countries"]
        case plain:
            return plain not in PATTERNS or PATTERNS[plain].fullmatch(value) is not None


def test_by_the_schema(entities: dict[str, dict[str, Any]]) -> None:
    assert [each for entity in entities.values() for each in wrong(entity, entities)] == []


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"schema": "Firm"}, "no schema Firm"),
        ({"properties": {}}, "no name"),
        ({"properties": {"name": ["x"], "owner": ["y"]}}, "no property owner"),
        ({"properties": {"name": ["x"], "country": ["uk"]}}, "country 'uk' is no"),
        ({"properties": {"name": ["x"], "topics": ["export"]}}, "topics 'export' is no"),
        ({"properties": {"name": ["x"], "incorporationDate": ["2024-1"]}}, "incorporationDate '2024-1' is no"),
    ],
)
def test_the_check_sees_what_is_wrong(entities: dict[str, dict[str, Any]], changes: dict[str, Any], why: str) -> None:
    (found,) = wrong(entities["dualuse-organisation-nvidia"] | changes, entities)
    assert why in found


def test_nothing_is_left_behind(entities: dict[str, dict[str, Any]], knowledge: Knowledge) -> None:
    people = read(knowledge.store, Person)
    tables = {kind: len(read(knowledge.store, kind)) for kind in (Organisation, Ownership, Affiliation, Supply)}
    listings = read(knowledge.store, PartyListing)
    counted = Counter(identity.split("-")[1] for identity in entities if not identity.endswith("-parent"))
    assert counted == {
        "organisation": tables[Organisation],
        "person": len(people),
        "post": sum(len(person.posts) for person in people),
        "ownership": tables[Ownership],
        "affiliation": tables[Affiliation],
        "supply": tables[Supply],
        "listing": len(listings),
    }
    assert all(entity["properties"].get("publisher") for entity in entities.values())


def test_a_company_in_all_scripts(entities: dict[str, dict[str, Any]]) -> None:
    nvidia = entities["dualuse-organisation-nvidia"]
    said = nvidia["properties"]
    assert (nvidia["schema"], nvidia["caption"]) == ("Company", "NVIDIA Corporation")
    assert said["name"] == ["NVIDIA Corporation", "英伟达", "輝達"]
    assert {"NVIDIA", "英偉達", "NVIDIA CORPORATION"} <= {*said["alias"]}
    assert (said["leiCode"], said["wikidataId"], said["cikCode"]) == (
        ["549300S4KLFTLO7GSQ80"],
        ["Q182477"],
        ["0001045810"],
    )
    assert (said["country"], said["ticker"]) == (["us"], ["NVDA"])
    assert "topics" not in said


def test_stakes_say_what_is_known_of_them(entities: dict[str, dict[str, Any]]) -> None:
    exact, between, bought, whole = (
        entities[f"dualuse-ownership-{key}"] for key in ("rl-192", "rl-196", "rl-208", "rl-198")
    )
    assert (exact["schema"], exact["properties"]["percentage"], exact["properties"]["date"]) == (
        "Ownership",
        ["27"],
        ["2025-10-28"],
    )
    assert between["properties"]["percentage"] == ["50-100"]
    assert (bought["schema"], bought["properties"]["role"]) == ("UnknownLink", ["agreed to acquire"])
    assert whole["properties"]["percentage"] == ["100"]
    assert whole["properties"]["owner"] == ["dualuse-organisation-wingtech"]


def test_a_listing_is_a_sanction(entities: dict[str, dict[str, Any]]) -> None:
    listing = entities["dualuse-listing-rl-234"]
    said = listing["properties"]
    assert (listing["schema"], said["entity"], said["startDate"]) == (
        "Sanction",
        ["dualuse-organisation-zhipu"],
        ["2025-01-16"],
    )
    assert (said["programId"], said["country"]) == (["US-BIS-EL"], ["us"])
    assert (said["authorityId"], said["listingDate"]) == (["90 FR 4617"], ["2025-01-16"])
    assert said["reason"] == ["Lists 11 Chinese entities for advanced-computing and military concerns."]
    assert any("presumption of denial" in each for each in said["provisions"])
    assert "export.control" in entities["dualuse-organisation-zhipu"]["properties"]["topics"]


def test_posts(entities: dict[str, dict[str, Any]]) -> None:
    posts = {entity["id"]: entity["schema"] for entity in entities.values() if entity["id"].startswith("dualuse-post-")}
    assert Counter(posts.values()).keys() == {"Directorship", "Employment", "Membership"}
    directs = [entity["caption"] for entity in entities.values() if entity["schema"] == "Directorship"]
    assert "Chair and CEO" in directs
    assert "Vice Chair and President" not in directs


def test_our_own_reader_takes_all(
    content: bytes, entities: dict[str, Any], knowledge: Knowledge, tmp_path: Path
) -> None:
    file, report = tmp_path / "entities.ftm.json", Report()
    file.write_bytes(content)
    entries = list(feeds()["opensanctions"].read(file, report, Places(knowledge.names)))
    assert [entry.key for entry in entries] == list(entities)
    assert (report.reasons, report.unread) == ({}, {})
    stake = next(entry for entry in entries if entry.key == "dualuse-ownership-rl-196")
    assert ("schema:minValue", '"50"^^<http://www.w3.org/2001/XMLSchema#decimal>') in stake.says


@pytest.fixture(scope="module")
def library(content: bytes) -> Any:
    return validated(Path(__file__).with_name("by_followthemoney.py"), content)


def test_the_library_takes_all(library: Any, entities: dict[str, dict[str, Any]]) -> None:
    assert library["entities"] == {key: entity["properties"] for key, entity in entities.items()}


def test_the_library_refuses_what_is_wrong() -> None:
    placeless = {"id": "a", "schema": "Company", "properties": {"name": ["A"], "country": ["nowhere"]}}
    with pytest.raises(AssertionError, match="InvalidData"):
        validated(Path(__file__).with_name("by_followthemoney.py"), json.dumps(placeless).encode())


def test_the_schemata_are_those_of_the_library(library: Any) -> None:
    """Where this fails after an upgrade: write ``ftm-schema.json`` anew from what is compared here."""
    for name, known in SCHEMA["schemata"].items():
        assert known == library["schemata"][name]
    assert (SCHEMA["topics"], SCHEMA["countries"]) == (library["topics"], library["countries"])
