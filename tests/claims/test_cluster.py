"""The findings of the digest, and the pairs that must not conflict."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest

from dualuse.claims.cluster import Cluster, bears_out, clusters, excludes, opposed
from dualuse.claims.ledger import Ledger
from dualuse.claims.settlements import Law
from dualuse.claims.values import shown
from dualuse.dates import PartialDate
from dualuse.model.claims import Claim, Settlement

IFR = "us-ai-diffusion-ifr-2025-01"
FINDINGS = {
    ("contradiction", "applies-after", ""): {"120 days", "1 year"},
    ("contradiction", "restricted-act", ""): {"sale", "use"},
    ("contradiction", "tier-membership", "IR"): {"tier 2", "tier 3"},
    ("contradiction", "tier-membership", "SY"): {"tier 2", "tier 3"},
    ("contradiction", "tier2-count", ""): {"120", "80", "most countries"},
    ("against-law", "scheme-count", ""): {"120"},
    ("against-law", "tier-membership", "IQ KH LB MM"): {"tier 2"},
    ("against-law", "tier1-treatment", ""): {"no restriction"},
    ("against-law", "tier3-count", ""): {"22", "about 22", "about 20-29"},
    ("against-law", "tier3-treatment", ""): {"ban", "complete ban", "general ban", "strict limits"},
    ("against-law", "treated-as", "MO"): {"CN"},
    ("partial", "tier2-treatment", ""): {"export cap", "licence", "thresholds"},
    ("partial", "weights-control", ""): {"export restricted", "barred from the third level"},
    ("forecast", "announced-on", ""): {"2025-01-10/..", "2025-01-13"},
    ("forecast", "last-of-term", ""): {"the last AI chip control of the term"},
}
"""(kind, attribute, places) -> values; with the misattribution, sixteen findings."""

APART = [
    ("sc-08-05", "sc-08-03"),  # 18 partners, 22 barred
    ("sc-18-08", "sc-26-04"),  # 120 days to comment, 120 days until it applies
    ("sc-18-08", "sc-13-10"),  # 120 days to comment, a year until it applies
    ("sc-18-05", "sc-18-06"),  # a quota for a country, an exemption for small volumes
    ("sc-22-01", "sc-22-04"),  # 120 in all, 80 in the second level
    ("sc-07-16", "sc-08-03"),  # twenty-odd and 22 can both hold
    ("sc-25-08", "sc-08-03"),  # about 22 and 22
    ("sc-07-13", "sc-06-02"),  # most countries and 120
    ("sc-05-04", "sc-06-01"),  # Friday at the soonest, and Monday
    ("sc-24-03", "sc-25-20"),  # a large threat to revenue, some loss of business
    ("sc-07-14", "sc-19-07"),  # two ways to tell of the same relief
    ("sc-07-03", "sc-07-17"),  # one party is concerned, another opposes
    ("sc-07-03", "sc-26-01"),  # concerned before, a demand after
    ("sc-05-06", "sc-05-07"),  # two purposes
    ("sc-06-02", "sc-21-05"),  # a quota and a licence: both, in the law
    ("sc-17-02", "sc-06-01"),  # two measures, two days
]


def of(found: list[Cluster], attribute: str) -> list[Cluster]:
    return [cluster for cluster in found if cluster.attribute == attribute]


def test_the_findings_are_these_and_no_others(found: list[Cluster]) -> None:
    told = {
        (cluster.kind, cluster.attribute, " ".join(cluster.subjects)): {shown(claim) for claim in cluster.claims}
        for cluster in found
        if cluster.kind != "agreed"
    }
    assert told == FINDINGS


@pytest.mark.parametrize(("one", "other"), APART)
def test_these_do_not_conflict(ledger: Ledger, found: list[Cluster], one: str, other: str) -> None:
    pairs = {frozenset(pair) for cluster in found for pair in opposed(cluster)}
    assert frozenset((one, other)) not in pairs
    assert one in ledger.claims
    assert other in ledger.claims


def test_only_claims_on_one_attribute_of_one_instrument_stand_together(found: list[Cluster]) -> None:
    for cluster in found:
        assert {(claim.instrument, claim.attribute) for claim in cluster.claims} == {
            (cluster.instrument, cluster.attribute)
        }


def test_forecasts_are_not_called_contradictions(ledger: Ledger, found: list[Cluster]) -> None:
    forecasts = {key for key, claim in ledger.claims.items() if claim.modality == "forecast"}
    assert forecasts
    assert forecasts.isdisjoint({key for cluster in found for pair in opposed(cluster) for key in pair})


def test_what_agrees_with_the_law_is_told_apart(found: list[Cluster]) -> None:
    agreed = {cluster.attribute for cluster in found if cluster.kind == "agreed"}
    assert {"tier1-count", "country-cap", "comment-period", "small-volume-exemption", "tier-count"} <= agreed
    assert "tier2-count" not in agreed


def test_one_report_reprinted_counts_once(ledger: Ledger, found: list[Cluster]) -> None:
    (cluster,) = of(found, "tier2-count")
    told = [claim for claim in cluster.claims if shown(claim) == "120"]
    assert len(told) == 4
    assert len({ledger.passage(claim).report for claim in told}) == 3


def test_exclusion_is_mutual_and_never_of_oneself(ledger: Ledger) -> None:
    claims = list(ledger.claims.values())
    for one, other in combinations(claims, 2):
        assert excludes(one, other) == excludes(other, one)
    assert not [claim.key for claim in claims if excludes(claim, claim)]


@pytest.fixture
def two(ledger: Ledger) -> tuple[Claim, Claim]:
    return ledger.claims["sc-06-02"], ledger.claims["sc-22-04"]


def kinds(claims: list[Claim], law: Law) -> list[str]:
    return [cluster.kind for cluster in clusters(claims, {}, law)]


def test_numbers_conflict_without_any_law(two: tuple[Claim, Claim], law: Law) -> None:
    assert kinds(list(two), law) == ["contradiction"]


def test_one_forecast_makes_it_a_forecast(two: tuple[Claim, Claim], law: Law) -> None:
    one, other = two
    assert kinds([one, replace(other, modality="forecast")], law) == ["forecast"]


def test_claims_about_different_times_do_not_conflict(two: tuple[Claim, Claim], law: Law) -> None:
    one, other = (replace(c, valid_on=PartialDate(day)) for c, day in zip(two, ("2025", "2026"), strict=True))
    assert kinds([one, other], law) == []
    assert kinds([one, replace(other, valid_on=PartialDate("2025-06"))], law) == ["contradiction"]


def test_a_denied_phrase_conflicts_with_the_same_phrase_alone(two: tuple[Claim, Claim], law: Law) -> None:
    quota, other = (
        replace(c, value=v, value_min=None, value_max=None, unit=None)
        for c, v in zip(two, ("quota", "ban"), strict=True)
    )
    denied = replace(quota, key="sc-denied", polarity="negated")
    assert kinds([quota, denied], law) == ["contradiction"]
    assert kinds([other, denied], law) == []


def test_a_denial_conflicts_with_what_it_denies_and_with_nothing_else(two: tuple[Claim, Claim], law: Law) -> None:
    one, other = two
    denied = replace(one, key="sc-denied", polarity="negated")
    assert kinds([one, denied], law) == ["contradiction"]
    assert kinds([other, denied], law) == []


def test_two_different_quotas_do_not_conflict(ledger: Ledger, law: Law) -> None:
    cap = ledger.claims["sc-18-05"]
    other = replace(
        cap, key="sc-lpp", attribute="small-volume-exemption", value="1,700", value_min=1700.0, value_max=1700.0
    )
    assert kinds([cap, other], law) == []


def test_different_units_do_not_conflict(two: tuple[Claim, Claim], law: Law) -> None:
    one, other = two
    assert kinds([one, replace(other, unit="gpu")], law) == []


def test_demands_do_not_conflict(two: tuple[Claim, Claim], law: Law) -> None:
    one, other = two
    assert kinds([one, replace(other, modality="demanded")], law) == []


def test_phrases_that_nothing_settles_do_not_conflict(ledger: Ledger, law: Law) -> None:
    loose = [claim for claim in ledger.claims.values() if claim.attribute in ("purpose", "criticism", "consequence")]
    assert len(loose) > 30
    assert kinds(loose, law) == []


def test_order_of_claims_does_not_matter(
    ledger: Ledger, settlements: dict[tuple[str | None, str], Settlement], law: Law, found: list[Cluster]
) -> None:
    backwards = list(reversed(ledger.claims.values()))
    assert clusters(backwards, settlements, law) == found


@pytest.mark.parametrize(
    ("known", "said", "is_borne_out"),
    [
        ({}, {}, True),
        ({}, {"value": "110-130", "value_min": 110, "value_max": 130}, True),
        ({"value": "110-130", "value_min": 110, "value_max": 130}, {}, False),  # looser than what is said
        ({}, {"modality": "hedged"}, True),
        ({"modality": "forecast"}, {}, False),
        ({}, {"modality": "forecast"}, True),
        ({}, {"modality": "demanded"}, False),
        ({}, {"polarity": "negated"}, False),
        ({}, {"value": "80", "value_min": 80, "value_max": 80, "polarity": "negated"}, True),
        ({"polarity": "negated"}, {"value": "80", "value_min": 80, "value_max": 80}, False),
        ({"valid_on": PartialDate("2025")}, {"valid_on": PartialDate("2026")}, False),
    ],
    ids=str,
)
def test_what_a_claim_bears_out(
    two: tuple[Claim, Claim], known: dict[str, object], said: dict[str, object], is_borne_out: bool
) -> None:
    one = two[0]
    assert bears_out(replace(one, **known), replace(one, **said)) is is_borne_out  # type: ignore[arg-type]
