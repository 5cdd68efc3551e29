"""What a text is to the record and to the law: what agrees, contradicts, is new, and what cannot be told."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import click.testing
import pytest

from dualuse.claims.settle import assess
from dualuse.cli import cli
from dualuse.knowledge import Knowledge
from dualuse.news import Reading
from dualuse.news.against import claims as against
from dualuse.news.against.claims import claim_findings
from dualuse.news.against.record import Finding, Record, read_record
from dualuse.news.against.sides import statement_findings
from dualuse.news.against.ties import tie_findings
from dualuse.news.claims.candidates import Claim, Relation, Statement
from dualuse.node import Node

from .conftest import Read

IFR = "us-ai-diffusion-ifr-2025-01"
DAY = date(2025, 1, 14)
OPENING = "2025年1月13日，美國政府公布AI晶片出口管制新規，將全球分三級。"


@pytest.fixture(scope="session")
def record(knowledge: Knowledge) -> Record:
    """The shipped record."""
    return read_record(knowledge.store)


@pytest.fixture
def frame(read: Read) -> Reading:
    """A reading whose candidates tests put in the place of."""
    return read(f"{OPENING}對70個國家設出口限額。", "2025-01-14")


def held(frame: Reading, record: Record, **given: object) -> Finding:
    """What a claim of a text on the rule of January 2025 is to the record and the law."""
    base = {"passage": 1, "start": 0, "end": 8, "made_by": "test", "confidence": "high", "instrument": IFR}
    claim = Claim(**{**base, **given})  # type: ignore[arg-type]
    (found,) = claim_findings(replace(frame, claims=(claim,)), record)
    return found


def number(attribute: str, low: float, high: float, unit: str = "country") -> dict[str, object]:
    value = f"{low:g}" if low == high else f"{low:g}-{high:g}"
    return {"attribute": attribute, "value": value, "value_min": low, "value_max": high, "unit": unit}


@pytest.mark.parametrize(
    ("given", "verdict"),
    [
        (number("tier2-count", 152, 152), "agrees"),
        (number("tier2-count", 120, 120), "contradicts"),
        (number("tier3-count", 20, 29), "agrees"),
        (number("tier3-count", 22, 22) | {"modality": "forecast"}, "cannot tell"),
        (number("applies-after", 120, 120, "day"), "agrees"),
        ({"attribute": "tier1-treatment", "value": "no restriction"}, "contradicts"),
        ({"attribute": "tier1-treatment", "value": "licence exception"}, "agrees"),
        ({"attribute": "tier2-treatment", "value": "export cap"}, "cannot tell"),  # the law adds a licence
        ({"attribute": "tier-membership", "value": "1", "places": ("JP", "TW")}, "agrees"),
        ({"attribute": "tier-membership", "value": "2", "places": ("TW",)}, "contradicts"),
        ({"attribute": "tier-membership", "value": "1", "places": ("PL", "TW")}, "cannot tell"),  # not so for Poland
        ({"attribute": "tier-membership", "value": "1", "places": ("TW",), "regions": ("asia",)}, "cannot tell"),
        ({"attribute": "announced-on", "value": "2025-01-13"}, "agrees"),
        ({"attribute": "purpose", "value": "keep jobs at home"}, "new"),
        (number("tier2-count", 120, 120) | {"modality": "demanded"}, "new"),  # nobody on record asks for it
    ],
    ids=str,
)
def test_claims_against_law_and_record(frame: Reading, record: Record, given: dict[str, object], verdict: str) -> None:
    assert held(frame, record, **given).verdict == verdict


@pytest.mark.parametrize(
    ("given", "verdict"),
    [
        (number("tier2-count", 152, 152), "contradicts"),
        (number("tier2-count", 120, 120), "agrees"),
        ({"attribute": "tier1-treatment", "value": "no restriction"}, "agrees"),
        ({"attribute": "tier1-treatment", "value": "licence exception"}, "contradicts"),
        ({"attribute": "tier-membership", "value": "2", "places": ("TW",)}, "agrees"),
        ({"attribute": "tier-membership", "value": "1", "places": ("TW",)}, "contradicts"),
    ],
    ids=str,
)
def test_a_denial_agrees_with_its_opposite(
    frame: Reading, record: Record, given: dict[str, object], verdict: str
) -> None:
    assert held(frame, record, **given, modality="denied", polarity="negated").verdict == verdict


@pytest.mark.parametrize(
    "blank",
    [
        {"instrument": ""},
        {"value": "", "value_min": None, "value_max": None},
        {"unit": ""},
        {"attribute": "reported-by", "value": "bloomberg"},
    ],
    ids=str,
)
def test_nothing_is_decided_where_something_is_blank(frame: Reading, record: Record, blank: dict[str, object]) -> None:
    found = held(frame, record, **(number("tier2-count", 120, 120) | blank))
    assert (found.verdict, found.assessment, found.same) == ("cannot tell", None, ())
    assert found.between


def test_the_record_decides_where_no_law_does(frame: Reading, record: Record) -> None:
    known = next(c for c in record.ledger.claims.values() if c.attribute == "scope-exclusion" and c.instrument == IFR)
    given = {"attribute": "scope-exclusion", "value": known.value, "subject_label": known.subject_label or ""}
    same = held(frame, record, **given)
    assert (same.verdict, same.same, same.other) == ("agrees", (known.node,), ())
    denied = held(frame, record, **given, modality="denied", polarity="negated")
    assert (denied.verdict, denied.other) == ("contradicts", (known.node,))


def test_a_day_that_may_be_of_something_else_contradicts_nothing(frame: Reading, record: Record) -> None:
    publication = held(frame, record, attribute="announced-on", value="2025-01-15", start=10, end=40)
    assert (publication.verdict, "publication of us-ai-diffusion" in publication.between) == ("cannot tell", True)
    unnamed = held(frame, record, attribute="announced-on", value="2025-01-12", start=0, end=1)
    assert (unnamed.verdict, "do not name" in unnamed.between) == ("cannot tell", True)


def test_days_of_other_measures_are_held_against_their_events(frame: Reading, record: Record) -> None:
    dutch = {"instrument": "nl-extension-2024-09", "attribute": "announced-on"}
    found = held(frame, record, **dutch, value="2024-09-06")
    assert found.verdict == "agrees"
    assert found.settlement is not None
    assert found.settlement.key.startswith("nl-extension-2024-09.")


def said(record: Record, organisation: str, stance: str, day: str, *instruments: str) -> Finding:
    statement = Statement(1, 0, 4, day, organisation, stance, "test", "medium", instruments=instruments or (IFR,))
    (found,) = statement_findings([statement], record)
    return found


@pytest.mark.parametrize(
    ("who", "stance", "day", "verdict"),
    [
        ("mofcom", "opposes", "2025-01-13", "agrees"),
        ("mofcom", "supports", "2025-01-13", "contradicts"),
        ("mofcom", "supports", "2025-03-01", "cannot tell"),  # it may have changed its mind
        ("mofcom", "concerned", "2025-01-13", "new"),  # concerned is not opposed
        ("gov-cn", "opposes", "2025-01-20", "agrees"),
        ("samsung", "supports", "2025-01-13", "new"),
        ("", "supports", "2025-01-13", "cannot tell"),
    ],
)
def test_sides_against_sides(record: Record, who: str, stance: str, day: str, verdict: str) -> None:
    assert said(record, who, stance, day).verdict == verdict


def test_a_side_of_a_sister_body_is_said_and_decides_nothing(record: Record) -> None:
    found = said(record, "cac", "opposes", "2025-01-13")
    assert found.verdict == "cannot tell"
    assert Node("statement", "st-023") in found.same


def test_a_denied_side(frame: Reading, record: Record) -> None:
    given = {"attribute": "position", "party": "mofcom", "modality": "denied", "polarity": "negated"}
    assert held(frame, record, **given, value="supports").verdict == "agrees"
    assert held(frame, record, **given, value="opposes").verdict == "cannot tell"


def tie(record: Record, kind: str, subject: str, object_: str, share: str = "", day: date | None = DAY) -> Finding:
    (found,) = tie_findings([Relation(1, 0, 4, kind, subject, object_, "test", "medium", share=share)], record, day)
    return found


def test_ties_against_ties(record: Record) -> None:
    assert tie(record, "supplies", "tsmc", "nvidia").verdict == "agrees"
    assert tie(record, "buys", "nvidia", "tsmc").verdict == "agrees"
    assert tie(record, "supplies", "nvidia", "tsmc").verdict == "cannot tell"  # the other way round
    assert tie(record, "supplies", "nvidia", "asml").verdict == "new"
    assert tie(record, "supplies", "Acme", "nvidia").verdict == "cannot tell"
    assert tie(record, "site", "microsoft", "AU").verdict == "agrees"
    owned = next(t for t in record.ties if getattr(t, "share_min", None) and getattr(t, "kind", "") == "owns")
    ends = owned.owner, owned.owned  # type: ignore[union-attr]
    assert tie(record, "owns", *ends, day=None).verdict == "agrees"
    assert tie(record, "owns", *ends, share="0.5%", day=None).verdict == "cannot tell"


def test_what_is_said_often_is_held_once(read: Read, record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def count(claim: Any, *rest: Any) -> Any:
        asked.append(claim.attribute)
        return assess(claim, *rest)

    monkeypatch.setattr(against, "assess", count)
    text = "\n".join(f"{OPENING}第{number}次報道：對120個國家設出口限額。" for number in range(300))
    reading = read(text, "2025-01-14")
    found = claim_findings(reading, record)
    assert len(found) == len(reading.claims) > 600
    assert len(asked) < 20
    assert {each.verdict for each, claim in zip(found, reading.claims, strict=True) if claim.value == "120"} == {
        "contradicts"
    }


TEXT = f"{OPENING}對120個國家設出口限額，18個盟國不受限制。中國商務部表示，堅決反對。台積電為輝達供應晶片。\n"


def run(store: Path, *words: str | Path) -> click.testing.Result:
    arguments = ["news", *map(str, words), "--against", "graph", "--store", str(store)]
    return click.testing.CliRunner().invoke(cli, arguments, catch_exceptions=False)


def test_command(store_dir: Path, tmp_path: Path) -> None:
    text, page = tmp_path / "one.txt", tmp_path / "one.html"
    text.write_text(TEXT, "utf-8")
    card = json.loads(run(store_dir, text, "--format", "json").stdout)
    rows, verdicts = card["answer"]["against"], card["answer"]["verdicts"]
    assert sum(verdicts.values()) == len(rows) > verdicts["contradicts"] > 0
    told = {row["said"]: row for row in rows}
    assert (told["tier2-count: 120"]["verdict"], told["tier1-count: 18"]["verdict"]) == ("contradicts", "agrees")
    for row in rows:
        assert row["text"][row["start"] : row["end"]] == row["words"]
        assert all(0 < each <= len(card["because"]) for each in row["receipts"])
    law = card["because"][told["tier2-count: 120"]["receipts"][0] - 1]
    assert (law["provision"], "= 152" in law["text"]) == ("15 CFR 742.6(b)(10)(iii)(B)", True)
    table = run(store_dir, text, "--html", page).stdout
    assert "152 of 193 UN members" in " ".join(table.split())
    assert "Mentions" not in table  # the short table alone
    assert "<mark>對120個國家設出口限額</mark>" in page.read_text("utf-8")
    for shape in ("csv", "md"):
        assert "contradicts" in run(store_dir, text, "--format", shape).stdout


def test_without_it_nothing_is_held_against_the_record(store_dir: Path, tmp_path: Path) -> None:
    text = tmp_path / "one.txt"
    text.write_text(TEXT, "utf-8")
    words = ["news", str(text), "--format", "json", "--store", str(store_dir)]
    answer = json.loads(click.testing.CliRunner().invoke(cli, words, catch_exceptions=False).stdout)["answer"]
    assert {"against", "verdicts"}.isdisjoint(answer)
