"""Computing power on record: which numbers speak of a day, their shares, and the figures of the shipped record."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import click.testing
import pytest

from dualuse.analyse.compute import Estimate, clusters, estimate_of, received, shares
from dualuse.dates import PartialDate
from dualuse.errors import UnknownNameError, UsageError
from dualuse.knowledge import Knowledge
from dualuse.model.relations import InstalledCompute
from dualuse.questions.exposure import Exposure, exposure
from dualuse.show.asked import ask as ask_of
from dualuse.show.labels import read_labels
from dualuse.show.outcomes import tell

from .conftest import RULE

Ask = Callable[..., click.testing.Result]
RULE_DAY, COPIED = date(2025, 1, 13), date(2025, 12, 14)


def row(day: str, number: float, place: str | None = "CN", **more: Any) -> InstalledCompute:
    told = {"unit": "h100-equivalents", "stage": "operating", "sources": ("s",), "confidence": "low"}
    return InstalledCompute(key="x", place=place, as_of=PartialDate(day), number=number, **told | more)


def answer(knowledge: Knowledge, *places: str, as_of: date, **more: Any) -> Exposure:
    return exposure(knowledge, *places, measure="compute", as_of=as_of, **more).answer


def test_the_last_number_of_a_kind_counts() -> None:
    kinds = [("2024-12-31", "H20", 3), ("2025-03-31", "H20", 5), ("2025-06-30", "H20", 9), ("2023-12-31", "H800", 1)]
    rows = [row(day, number, unit="chips", value=kind, stage=None) for day, kind, number in kinds]
    assert [(each.value, each.number) for each in received(rows, date(2025, 6, 29))] == [("H20", 5), ("H800", 1)]
    assert received(rows, date(2023, 12, 30)) == []
    assert received([row("2025", 1, unit="chips")], date(2025, 12, 30)) == []  # may speak of the 31st


def test_clusters_are_those_of_one_count() -> None:
    rows = [row("2025-01-13", 1), row("2025-01-13", 2, "FR"), row("2025-12-14", 4)]
    plans = [row("2025-12-14", 8, stage="planned")]
    assert [each.number for each in clusters(rows, "operating", date(2025, 6, 1))] == [1, 2]
    assert [each.number for each in clusters(rows, "operating", COPIED)] == [4]
    assert clusters(rows, "operating", date(2025, 1, 12)) == []
    assert clusters([*rows, *plans], "planned", RULE_DAY) == plans


def test_shares_hold_what_may_lie_anywhere() -> None:
    parts = {"a": Estimate(10, 20, 30), "b": Estimate(70, 80, 90)}
    assert shares(parts)["a"] == Estimate(10.0, 20.0, 30.0)
    found = shares(parts, Estimate(0, 5, 100))
    assert found["a"].min == 10 / 2
    assert found["a"].central == 20
    assert found["a"].max == 100 * 130 / 200
    assert shares({"a": Estimate(0, 0, 0)})["a"] == Estimate(None, None, None)


def test_numbers_out_of_order_are_refused() -> None:
    assert estimate_of(row("2025", 5, number_min=5, number_max=5)) == Estimate(5, 5, 5)
    with pytest.raises(ValueError, match="out of order"):
        row("2025", 5, number_min=6)


def test_h20_in_china(knowledge: Knowledge) -> None:
    found = answer(knowledge, as_of=date(2025, 12, 31))
    assert found.received == ("H20 delivered to China: 1.49 M [1.15-1.94 M] = 3.5 bn TPP = 4.5 country allocations")
    (h20,) = [each for each in found.chips or () if each.chip == "H20"]
    assert h20.chips == Estimate(1146319, 1489899, 1938218)
    assert h20.tpp == h20.chips.times(2368, 2368)
    assert h20.allocations is not None
    assert h20.allocations.central == pytest.approx(1489899 * 2368 / 790_000_000)
    (h800,) = [each for each in found.chips or () if each.chip == "H800"]
    assert h800.tpp == Estimate(93121 * 12104, None, 143648 * 15832)


def test_chips_are_those_of_the_day(knowledge: Knowledge) -> None:
    assert [(each.chip, each.by_day) for each in answer(knowledge, "CN", as_of=RULE_DAY).chips or ()] == [
        ("H20", "2024-12-31"),
        ("H800", "2023-12-31"),
        ("A800", "2023-12-31"),
        ("A100", "2022-09-30"),
    ]
    assert answer(knowledge, as_of=date(2022, 1, 1)).chips == []


def test_clusters_by_tier(knowledge: Knowledge) -> None:
    found = answer(knowledge, as_of=RULE_DAY)
    assert found.spread == (
        "existing clusters by tier on 2025-01-13: US 73.3 %, tier 1 7.3 %, tier 2 3.0 %, tier 3 16.5 %; "
        "planned: US 31.4 %, tier 1 13.9 %, tier 2 54.6 %, tier 3 0.1 %"
    )
    for each in found.clusters or ():
        share = each.share or Estimate(0, 0, 0)
        assert (share.min or 0) <= (share.central or 0) <= (share.max or 0) <= 100
    nowhere = [each for each in found.clusters or () if each.where == "place not named"]
    assert [each.share for each in nowhere] == [None, None]


def test_a_place_has_a_row_of_its_own(knowledge: Knowledge) -> None:
    found = answer(knowledge, "Switzerland", as_of=RULE_DAY)
    (own,) = [each for each in found.clusters or () if each.where == "CH" and each.stage == "operating"]
    assert own.h100_equivalents == Estimate(10807, 17236, 17236)
    assert found.chips == []
    assert "CH" not in str(found.spread)


def test_it_says_what_is_not_known(knowledge: Knowledge) -> None:
    card = exposure(knowledge, measure="compute", as_of=RULE_DAY)
    gaps = " ".join(f"{gap.what}: {gap.why_it_matters}" for gap in card.unknown)
    for told in (
        "own analysis",
        "names no place",
        "counted twice",
        "10 to 20 percent",
        "smuggled",
        "speak of 2025-12-14",
    ):
        assert told in gaps
    assert {receipt.source for receipt in card.because} >= {
        "https://epoch.ai/data/ai-chip-owners",
        "https://epoch.ai/data/gpu-clusters",
    }
    assert any("790,000,000 TPP" in receipt.text for receipt in card.because)
    facts = {receipt.fact for receipt in card.because}
    assert {each.row.iri for each in card.answer.chips or ()} <= facts


def test_without_an_allocation_chips_are_counted_all_the_same(knowledge: Knowledge) -> None:
    card = exposure(knowledge, by="us-acs-ifr-2023-10", measure="compute", as_of=COPIED)
    assert [each.allocations for each in card.answer.chips or ()] == [None] * 4
    assert "no rule of us-acs-ifr-2023-10 sets one" in {gap.why_it_matters for gap in card.unknown}
    assert answer(knowledge, by="alloc-country", as_of=COPIED).received == answer(knowledge, as_of=COPIED).received


def test_what_does_not_go_together_is_refused(knowledge: Knowledge) -> None:
    with pytest.raises(UsageError, match="leave out --groups and --period"):
        exposure(knowledge, measure="compute", groups=["macau-d5"])
    with pytest.raises(UsageError, match="'computing'"):
        exposure(knowledge, measure="computing")  # type: ignore[arg-type]  # a wrong word, on purpose
    with pytest.raises(UnknownNameError):
        exposure(knowledge, "NVIDIA", measure="compute")


def test_it_is_told_in_three_languages(knowledge: Knowledge) -> None:
    card = exposure(knowledge, "China", measure="compute", as_of=COPIED)
    labels = read_labels(knowledge.store, card)
    (question, _), outcome = ask_of(card, labels), tell(card, labels)
    assert outcome.headline.en == card.answer.received
    assert outcome.headline.hant.startswith("交付中國的 H20")
    assert outcome.detail is not None
    assert "第 3 級 12.0%" in outcome.detail.hant
    assert "中国" in question.hans


def test_the_command_prints_it(ask: Ask) -> None:
    found = ask("exposure", "--measure", "compute", "--by", RULE, "--as-of", "2025-12-31")
    assert "4.5 [3.4-5.8]" in found.output
    told = json.loads(ask("exposure", "--measure", "compute", "--as-of", "2025-12-31", "--format", "json").output)
    assert told["answer"]["chips"][0]["chips"] == {"min": 1146319, "central": 1489899, "max": 1938218}
    drawn = ask("exposure", "--measure", "compute", "--plot", "x.svg")
    assert "leave out --measure compute" in str(drawn.exception)
