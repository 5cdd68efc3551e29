"""The command ``exposure``: intervals on the real record, options, and what wrong use gets."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click.testing
import pytest

from dualuse.errors import UnknownNameError, UsageError
from dualuse.knowledge import Knowledge
from dualuse.questions.exposure import exposure
from dualuse.questions.parts.shares import read_shares
from dualuse.show.asked import ask as ask_of
from dualuse.show.labels import read_labels
from dualuse.show.outcomes import tell

from .conftest import DAY, RULE

Ask = Callable[..., click.testing.Result]
ON = ("--as-of", "2025-06-01")


def intervals(card_answer: dict[str, list[dict[str, object]]]) -> dict[str, tuple[float, float]]:
    found = {}
    for row in card_answer["revenue"]:
        share = row["share"]
        assert isinstance(share, dict)
        found[str(row["period"])] = (share["min"], share["max"])
    return found


def test_asml_over_time(knowledge: Knowledge) -> None:
    card = exposure(knowledge, "ASML", as_of=DAY)
    assert intervals(card.plain) == {"2022": (16.02, 19.0), "2023": (27.33, 31.72), "2024": (36, 100)}
    assert card.plain["groups"] == ["us-ai-residual", "us-macau-d5", "us-supp5b"]
    regions = {region["region"]: region["standing"] for region in card.plain["revenue"][0]["regions"]}
    assert regions["China"] == "inside"
    assert regions["EMEA"] == "straddles"
    assert regions["Taiwan"] == "outside"
    assert all(receipt.source.startswith("http") for receipt in card.because)


def test_groups_are_a_choice(knowledge: Knowledge) -> None:
    card = exposure(knowledge, "asml", as_of=DAY, groups=["macau-d5"], period="2023")
    assert intervals(card.plain) == {"2023": (26.31, 30.7)}
    every = exposure(knowledge, "asml", as_of=DAY, groups=["us-supp5a", "ai-residual", "macau-d5"])
    assert intervals(every.plain)["2022"] == (97.0, 99.98)


def test_rows_that_repeat_a_figure_count_once(knowledge: Knowledge) -> None:
    rows = [share for share in read_shares(knowledge.store) if (share.organisation, share.period) == ("amat", "2024")]
    assert sum(share.region == "China" for share in rows) == 2
    card = exposure(knowledge, "amat", as_of=DAY, period="2024")
    (found,) = card.plain["revenue"]
    assert (found["share"]["min"], found["recorded"], found["disagreements"]) == (36, 36, [])
    assert len(found["regions"]) == 1
    assert len(found["regions"][0]["rows"]) == 2


def test_every_company_and_the_latest_period(knowledge: Knowledge) -> None:
    every = exposure(knowledge, as_of=DAY).plain["revenue"]
    latest = exposure(knowledge, as_of=DAY, period="latest").plain["revenue"]
    assert len({row["id"] for row in every}) == len(latest) >= 9
    assert len(every) > len(latest)
    assert all(0 <= row["share"]["min"] <= row["share"]["max"] <= 100 for row in every)


def test_sites_and_supply(knowledge: Knowledge) -> None:
    answer = exposure(knowledge, "microsoft", "skhynix", as_of=DAY).plain
    sites = {row["id"]: row for row in answer["sites"]}
    microsoft = sites["organisation:microsoft"]
    assert microsoft["sites"] == {"min": 11, "max": 13, "unit": "sites"}
    assert microsoft["planned"] == ["AT", "ID"]
    assert {"PL", "CH", "HK"} <= set(microsoft["places"])
    supply = {(row["id"], row["direction"]): row for row in answer["supply"]}
    hynix = supply["organisation:skhynix", "customers"]
    assert hynix["share"] == {"min": 27.3, "max": 100, "unit": "percent of its revenue"}
    assert "organisation:nvidia" in hynix["partners"]


def test_what_cannot_be_derived_is_said(knowledge: Knowledge) -> None:
    card = exposure(knowledge, "openai", as_of=DAY)
    assert card.plain["revenue"] == []
    assert card.unknown[0].why_it_matters == "not derivable: no row gives a share"
    partial = exposure(knowledge, "lam", as_of=DAY, period="2024").unknown
    assert "58 percent of the revenue of Lam Research Corporation, 2024" in {gap.what for gap in partial}


def test_a_rule_that_is_not_applied_touches_nothing(knowledge: Knowledge) -> None:
    card = exposure(knowledge, "asml", as_of=DAY, lens="enforced")
    assert (card.plain["revenue"], card.plain["sites"], card.plain["supply"]) == ([], [], [])
    assert "is not-enforced" in card.unknown[0].what


def test_wrong_use(knowledge: Knowledge) -> None:
    with pytest.raises(
        UsageError, match="no revenue by region is on record for '1999'; on record: 2022, 2023, 2024, or"
    ):
        exposure(knowledge, "asml", as_of=DAY, period="1999")
    with pytest.raises(UnknownNameError, match="no group 'us-nowhere'"):
        exposure(knowledge, as_of=DAY, groups=["nowhere"])
    with pytest.raises(UnknownNameError, match="no organisation 'Asmll'"):
        exposure(knowledge, "Asmll", as_of=DAY)


def test_command(ask: Ask, clean: Path) -> None:
    shown = ask("exposure", "ASML", "NVIDIA", *ON)
    assert (shown.exit_code, shown.stderr) == (0, "")
    assert "16.02 to 19" in shown.stdout
    assert "not legal advice" in shown.stdout
    document = json.loads(
        ask("exposure", "asml", "--by", RULE, "--groups", "macau-d5,us-supp5b", *ON, "-f", "json").stdout
    )
    assert document["question"]["groups"] == ["us-macau-d5", "us-supp5b"]
    assert set(document["answer"]["revenue"][0]) == {
        *("party", "id", "period", "share", "recorded", "straddling", "unrecorded", "regions", "disagreements")
    }
    rows = list(csv.DictReader(io.StringIO(ask("exposure", "asml", "--period", "2023", *ON, "--format", "csv").stdout)))
    assert [row["percent of revenue"] for row in rows] == ["27.33 to 31.72"]
    assert "### sites" in ask("exposure", "microsoft", *ON, "--lens", "codified", "-f", "md").stdout
    first = ask("exposure", "asml", *ON, "--plot", "asml.svg", "-o", "asml.json", "-f", "json", "--brief")
    assert first.exit_code == 0
    assert (clean / "asml.svg").read_bytes().startswith(b"<?xml")
    assert (clean / "asml.json").is_file()


def test_pictures_are_not_overwritten_unasked(ask: Ask, clean: Path) -> None:
    (clean / "there.png").write_text("old")
    refused = ask("exposure", "asml", *ON, "--plot", "there.png")
    assert isinstance(refused.exception, UsageError)
    assert (clean / "there.png").read_text() == "old"
    assert ask("exposure", "asml", *ON, "--plot", "there.png", "--force").exit_code == 0
    wrong = ask("exposure", "asml", *ON, "--plot", "there.gif")
    assert str(wrong.exception) == "cannot draw 'there.gif': the name must end in .png or .svg"
    nothing = ask("exposure", "openai", *ON, "--plot", "none.png")
    assert "there is no revenue by region to draw" in str(nothing.exception)


@pytest.mark.parametrize(
    ("asked", "headline"),
    [
        ({"parties": ["ASML"]}, "36 to 100 % of revenue"),
        ({"parties": ["ASML"], "period": "2023"}, "27.33 to 31.72 % of revenue"),
        ({"parties": [], "period": "latest"}, "It touches revenue of 10 companies"),
        ({"parties": ["openai"]}, "Supply links: 1"),
        ({"parties": [], "lens": "enforced"}, "Nothing on record"),
    ],
)
def test_pages_answer_in_words(knowledge: Knowledge, asked: dict[str, Any], headline: str) -> None:
    parties, more = asked["parties"], {key: value for key, value in asked.items() if key != "parties"}
    card = knowledge.exposure(*parties, as_of=DAY, **more)
    labels = read_labels(knowledge.store, card)
    (question, _), outcome = ask_of(card, labels), tell(card, labels)
    whose = "of ASML Holding N.V. does" if "ASML" in parties else "of OpenAI does" if parties else "companies' revenue"
    assert whose in question.en
    assert "Framework for Artificial Intelligence Diffusion" in question.en
    assert outcome.headline.en == headline
    assert not outcome.headline.one
