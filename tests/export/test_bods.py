"""Statements of the Beneficial Ownership Data Standard: by its own schema, and there and back through our reader."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from tests.validators import validated

from dualuse.export import to_bods
from dualuse.export.bods import share
from dualuse.feeds.feed import feeds
from dualuse.feeds.places import Places
from dualuse.feeds.report import Report
from dualuse.knowledge import Knowledge

SCHEMA = Path(__file__).with_name("bods-schema.json")
"""The five schemas of the standard in one file, whose ``about`` tells version, licence and how it was made."""


@pytest.fixture(scope="module")
def content(knowledge: Knowledge) -> bytes:
    return to_bods(knowledge)


@pytest.fixture(scope="module")
def statements(content: bytes) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(content)
    assert len(found) > 60
    return found


@pytest.fixture(scope="module")
def validator() -> Any:
    jsonschema = pytest.importorskip("jsonschema", reason="pip install jsonschema")
    referencing = pytest.importorskip("referencing", reason="pip install jsonschema")
    told = json.loads(SCHEMA.read_text("utf-8"))
    parts = [referencing.Resource.from_contents(part) for part in told["schemas"].values()]
    registry = referencing.Registry().with_resources((part.id(), part) for part in parts)
    checker = jsonschema.FormatChecker(("date",))
    return jsonschema.Draft202012Validator({"$ref": "urn:statement"}, registry=registry, format_checker=checker)


def of(statements: list[dict[str, Any]], kind: str) -> Iterator[dict[str, Any]]:
    return (each for each in statements if each["recordType"] == kind)


def relation(statements: list[dict[str, Any]], owned: str, owner: str) -> dict[str, Any]:
    own = f"dualuse-organisation-{owned}--dualuse-{owner}"
    (found,) = (each for each in statements if each["recordId"] == own)
    return found


def test_by_the_schema(validator: Any, statements: list[dict[str, Any]]) -> None:
    assert [error.message for error in validator.iter_errors(statements)] == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("recordDetails", "foundingDate"), "2026"),
        (("recordType",), "company"),
        (("recordDetails", "entityType", "type"), "firm"),
        (("recordDetails", "identifiers"), [{"id": "1"}]),
        (("statementId",), "short"),
    ],
)
def test_the_schema_sees_what_is_wrong(
    validator: Any, statements: list[dict[str, Any]], path: tuple[str, ...], value: object
) -> None:
    spoilt = deepcopy(statements[:1])
    inner: Any = spoilt[0]
    for name in path[:-1]:
        inner = inner[name]
    inner[path[-1]] = value
    assert list(validator.iter_errors(spoilt))


def test_each_stands_after_what_it_relates(statements: list[dict[str, Any]]) -> None:
    """What the standard asks for beyond its schema: prior records, ids of their own, a subject that is there."""
    prior: dict[str, str] = {}
    for each in statements:
        kind, details = each["recordType"], each["recordDetails"]
        if kind == "relationship":
            assert prior[details["subject"]] == "entity"
            assert prior[details["interestedParty"]] in ("entity", "person")
            assert details["interests"]
        assert each["recordId"] not in prior
        prior[each["recordId"]] = kind
        assert each["declarationSubject"] in prior
    assert len({each["statementId"] for each in statements}) == len(statements)
    assert all("-" + "-" not in each["recordId"] for each in statements if each["recordType"] != "relationship")


def test_shares(statements: list[dict[str, Any]]) -> None:
    exact = relation(statements, "openai", "organisation-microsoft")["recordDetails"]["interests"]
    assert [(each["type"], each["share"]) for each in exact] == [("shareholding", {"exact": 27})]
    (majority,) = relation(statements, "arm", "organisation-softbank")["recordDetails"]["interests"]
    assert majority["share"] == {"exclusiveMinimum": 50, "maximum": 100}
    (open_,) = relation(statements, "anthropic", "organisation-amazon")["recordDetails"]["interests"]
    assert (open_["type"], "share" in open_, open_["details"]) == (
        "unknownInterest",
        False,
        "invests in; billions (USD); seen 2025-05",
    )
    assert share(None, 20) == {"maximum": 20}
    assert share(12.5, 20) == {"minimum": 12.5, "maximum": 20}


def test_who_runs_a_body_is_there_and_who_governs_is_not(statements: list[dict[str, Any]]) -> None:
    people = {each["recordId"] for each in of(statements, "person")}
    assert "dualuse-person-jensen-huang" in people
    assert not [each for each in people if "estevez" in each]
    kinds = {each["type"] for one in of(statements, "relationship") for each in one["recordDetails"]["interests"]}
    assert {"shareholding", "seniorManagingOfficial", "boardChair", "otherInfluenceOrControl"} <= kinds
    assert not any(
        each["beneficialOwnershipOrControl"]
        for one in of(statements, "relationship")
        for each in one["recordDetails"]["interests"]
    )


def test_receipts(statements: list[dict[str, Any]], knowledge: Knowledge) -> None:
    assert all(each["source"]["description"] for each in statements)
    nvidia = next(each for each in statements if each["recordId"] == "dualuse-organisation-nvidia")
    assert nvidia["recordDetails"]["identifiers"][0] == {
        "id": "549300S4KLFTLO7GSQ80",
        "scheme": "XI-LEI",
        "schemeName": "Legal Entity Identifier",
        "uri": "https://search.gleif.org/#/record/549300S4KLFTLO7GSQ80",
    }
    day = knowledge.version.known_on.isoformat()
    assert (nvidia["statementDate"], nvidia["publicationDetails"]["bodsVersion"]) == (day, "0.4")
    assert nvidia["publicationDetails"]["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert nvidia["annotations"][0]["description"].startswith("Confidence: high.")


def test_our_own_reader_takes_all(
    content: bytes, statements: list[dict[str, Any]], knowledge: Knowledge, tmp_path: Path
) -> None:
    file, report = tmp_path / "bods.json", Report()
    file.write_bytes(content)
    entries = {entry.key: entry for entry in feeds()["bods"].read(file, report, Places(knowledge.names))}
    assert (report.read, report.reasons, report.unread) == (len(statements), {}, {})
    arm = relation(statements, "arm", "organisation-softbank")
    said = dict(entries[f"{arm['statementId']}.1"].says)
    assert said["schema:maxValue"] == '"100"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    assert said["xsd:minExclusive"] == '"50"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    assert said["ftm:owner"].endswith("dualuse-organisation-softbank>")
    called = {entry.label for entry in entries.values()}
    assert {each["recordDetails"]["name"] for each in of(statements, "entity")} <= called


def test_the_library_of_the_standard_finds_nothing(content: bytes) -> None:
    found = validated(Path(__file__).with_name("by_libcovebods.py"), content)
    assert found == {"against the schema": [], "additional checks": []}


def test_the_library_of_the_standard_finds_what_is_wrong(statements: list[dict[str, Any]]) -> None:
    first, *others = deepcopy(statements)
    del first["recordType"]
    found = validated(Path(__file__).with_name("by_libcovebods.py"), json.dumps([first, *others]).encode())
    assert found["against the schema"]
