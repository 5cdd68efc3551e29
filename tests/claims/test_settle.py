"""What the law says, number by number, with its arithmetic; and claims held against it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dualuse.claims.ledger import Ledger
from dualuse.claims.settle import assess, place_value, settle
from dualuse.claims.settlements import Law
from dualuse.dates import PartialDate
from dualuse.model.claims import Settlement

IFR = "us-ai-diffusion-ifr-2025-01"
Settlements = dict[tuple[str | None, str], Settlement]


@pytest.mark.parametrize(
    ("attribute", "value", "arithmetic", "provision"),
    [
        ("tier1-count", "18 (19 names with US)", "19 − 1 (US) = 18", "Supp. No. 5 to 15 CFR part 740, para. (a)"),
        ("tier2-count", "152 of 193 UN members", "193 − 18 − 23 = 152", "15 CFR 742.6(b)(10)(iii)(B)"),
        ("tier3-count", "24", "23 (Country Group D:5) + 1 (MO) = 24", "15 CFR 742.6(b)(10)(iii)(A)(1)"),
        ("scheme-count", "all 193 UN members", "18 + 152 + 23 = 193", "15 CFR 742.6(a)(6)(iii)(A)"),
        ("tier-count", "3, derived", "the word tier is not in the text", "15 CFR 742.6(b)(10)(iii)(B)"),
        (
            "applies-after",
            "2025-01-13 / 2025-05-15 / 2026-01-15",
            "2025-01-15 + 120 days = 2025-05-15",
            "90 FR 4544, DATES",
        ),
        ("applies-after", "2025-01-13 / 2025-05-15 / 2026-01-15", "para. 18", "90 FR 4544, DATES"),
        ("comment-period", "120 days, to 2025-05-15", "2025-01-15 + 120 days = 2025-05-15", "90 FR 4544, DATES"),
        ("announced-on", "2025-01-13", "announcement on Monday, 2025-01-13", "90 FR 4544, preamble"),
        ("last-of-term", "us-foundry-dd-ifr-2025-01 followed on 2025-01-15", "2025-01-13 < 2025-01-15", "90 FR 4544"),
        ("country-cap", "790,000,000 TPP", "790,000,000 ÷ 15,824 = 49,924.2", "15 CFR 742.6(b)(10)(iii)(B)(1)"),
        ("country-cap", "790,000,000 TPP", "790,000,000 ÷ 15,832 = 49,898.9", "15 CFR 742.6(b)(10)(iii)(B)(1)"),
        ("small-volume-exemption", "26,900,000 TPP", "26,900,000 ÷ 15,824 = 1,699.9", "15 CFR 740.29(a)"),
    ],
)
def test_value_of_the_law(
    settlements: Settlements, law: Law, attribute: str, value: str, arithmetic: str, provision: str
) -> None:
    found = settle(settlements[IFR, attribute], law)
    assert value in found.value
    assert arithmetic in found.arithmetic
    assert provision in found.provision


def test_counts_move_with_the_day(settlements: Settlements, law: Law) -> None:
    def on(day: str) -> str:
        moved = replace(settlements[IFR, "tier3-count"], day=PartialDate(day))
        return settle(moved, law).value

    assert (on("2025-01-13"), on("2026-06-01")) == ("24", "23")  # Cambodia left Country Group D:5 in between


@pytest.mark.parametrize(
    ("place", "tier"),
    [("TW", "tier 1"), ("PL", "tier 2"), ("CN", "tier 3"), ("MO", "tier 3"), ("HK", "tier 3"), ("XX", "none")],
)
def test_tier_of_a_place(settlements: Settlements, law: Law, place: str, tier: str) -> None:
    assert place_value(place, settlements[IFR, "tier-membership"], law).value == tier


def test_hong_kong_is_handled_as_china_and_macau_is_not(settlements: Settlements, law: Law) -> None:
    settlement = settlements[IFR, "treated-as"]
    assert place_value("HK", settlement, law).value == "CN"
    assert place_value("MO", settlement, law).value == "MO"


@pytest.mark.parametrize(
    ("claim", "result"),
    [
        ("sc-06-02", "differs"),
        ("sc-22-04", "differs"),
        ("sc-07-13", "agrees"),
        ("sc-08-03", "differs"),
        ("sc-07-16", "agrees"),
        ("sc-25-08", "differs"),
        ("sc-08-05", "agrees"),
        ("sc-10-05", "differs"),
        ("sc-13-10", "differs"),
        ("sc-26-04", "agrees"),
        ("sc-18-08", "agrees"),
        ("sc-18-05", "agrees"),
        ("sc-18-06", "agrees"),
        ("sc-21-05", "agrees-in-part"),
        ("sc-18-02", "agrees-in-part"),
        ("sc-10-07", "agrees-in-part"),
        ("sc-08-04", "not-decidable"),
        ("sc-09-08", "differs"),
        ("sc-14-01", "differs"),
        ("sc-16-02", "agrees"),
        ("sc-13-07", "agrees-in-part"),
        ("sc-17-02", "agrees"),
    ],
)
def test_claim_against_the_law(ledger: Ledger, settlements: Settlements, law: Law, claim: str, result: str) -> None:
    told = ledger.claims[claim]
    assessment = assess(told, settlements[told.instrument, told.attribute], law)
    assert assessment is not None
    assert assessment.result == result
    assert assessment.why


def test_a_denied_value_is_held_against_the_law_the_other_way_round(
    ledger: Ledger, settlements: Settlements, law: Law
) -> None:
    denied = replace(ledger.claims["sc-22-04"], polarity="negated")
    assessment = assess(denied, settlements[IFR, "tier2-count"], law)
    assert assessment is not None
    assert assessment.result == "agrees"


def test_what_is_demanded_or_reserved_is_not_held_against_the_law(
    ledger: Ledger, settlements: Settlements, law: Law
) -> None:
    for modality in ("demanded", "reserved"):
        asked = replace(ledger.claims["sc-22-04"], modality=modality)
        assert assess(asked, settlements[IFR, "tier2-count"], law) is None


def test_a_claim_about_another_time_is_held_against_the_law_of_that_time(
    ledger: Ledger, settlements: Settlements, law: Law
) -> None:
    later = replace(ledger.claims["sc-22-06"], value_min=23.0, value_max=23.0, valid_on=PartialDate("2026-06-01"))
    settlement = settlements[IFR, "tier3-count"]
    now, then = assess(replace(later, valid_on=None), settlement, law), assess(later, settlement, law)
    assert now is not None
    assert then is not None
    assert (now.result, then.result) == ("differs", "agrees")


def test_without_the_event_nothing_is_made_up(ledger: Ledger, settlements: Settlements, law: Law) -> None:
    empty = replace(law, events={})
    for attribute in ("announced-on", "applies-after", "comment-period", "last-of-term"):
        claim = next(claim for claim in ledger.claims.values() if claim.attribute == attribute)
        assessment = assess(claim, settlements[IFR, attribute], empty)
        assert assessment is not None
        assert assessment.result in ("not-decidable", "agrees")
        assert "is recorded" in assessment.law.value


def test_every_settlement_computes(settlements: Settlements, law: Law) -> None:
    assert len(settlements) == 21
    for settlement in settlements.values():
        if settlement.calculation in ("tier-of-place", "treatment-of-place"):
            assert place_value("CH", settlement, law).value
        else:
            assert settle(settlement, law).value
