"""Edges of the rules where place, headquarters, item and day pull apart, held against the rule's own words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from dualuse.card import Card
from dualuse.law.decide import Decision
from dualuse.law.transaction import World

Ask = Callable[..., Card[Any]]
Judge = Callable[..., Decision]

DUE = "2025-05-15"
DENIAL, APPROVAL, CASE = "presumption-of-denial", "presumption-of-approval", "case-by-case"


@pytest.mark.parametrize(
    ("place", "seat", "policy", "allocated"),
    [
        ("CN", "US", DENIAL, False),
        ("GB", "CN", DENIAL, False),
        ("CH", "CN", DENIAL, False),
        ("CH", "US", APPROVAL, True),
        ("GB", "CH", APPROVAL, False),
        ("CH", "CH", APPROVAL, True),
        ("GB", "MO", DENIAL, False),
    ],
)
def test_which_limb_reviews(judge: Judge, place: str, seat: str, policy: str, allocated: bool) -> None:
    """15 CFR 742.6(b)(10)(iii): D:5 and Macau go first, then Supp. No. 5(a), each by place or seat."""
    decision = judge("H100 SXM", 3_000, place, DUE, hq=seat)
    assert (decision.outcome, decision.review_policy) == ("licence-required", policy)
    assert (decision.allocation is not None) is allocated


def test_beyond_the_allocation(judge: Judge) -> None:
    assert judge("H100 SXM", 49_898, "CH", DUE, hq="CH").review_policy == APPROVAL
    over = judge("H100 SXM", 49_899, "CH", DUE, hq="CH")
    assert over.review_policy == "policy-of-denial"
    assert over.quantities.allocation_share is not None
    assert over.quantities.allocation_share > 1


def test_a_place_in_d5_with_a_friendly_seat_gets_no_exception(judge: Judge) -> None:
    decision = judge("H100 SXM", 10, "CN", DUE, hq="US")
    assert [each.rule.code for each in decision.exceptions if each.truth is not False] == []


class TestWhereUnknownMatters:
    def test_not_for_china(self, judge: Judge) -> None:
        decision = judge("H100 SXM", 10, "CN", DUE)
        assert (decision.outcome, decision.review_policy) == ("licence-required", DENIAL)

    def test_for_britain(self, ask: Ask) -> None:
        card = ask("H100 SXM", 2_000, "GB", DUE)
        assert card.plain["outcome"] == "indeterminate"
        assert any("headquartered in ?" in gap.what for gap in card.unknown)

    def test_not_for_britain_without_a_requirement(self, judge: Judge) -> None:
        assert judge("H20", 10, "GB", DUE, exporter="AMD").outcome == "no-licence-required"

    def test_the_policy_but_not_the_outcome(self, judge: Judge) -> None:
        decision = judge("H100 SXM", 2_000, "CH", DUE)
        assert (decision.outcome, decision.review_policy) == ("licence-required", "")

    def test_not_where_the_consignee_alone_settles_it(self, judge: Judge) -> None:
        assert judge("H100 SXM", 2_000, "GB", DUE, consignee_hq="CN").review_policy == DENIAL

    def test_a_seat_abroad_before_2025(self, judge: Judge) -> None:
        """The requirement by headquarters is all that could reach Switzerland then."""
        assert judge("H100 SXM", 10, "CH", "2024-01-01").outcome == "indeterminate"
        assert judge("H100 SXM", 10, "CH", "2024-01-01", hq="CH").outcome == "no-licence-required"
        assert judge("H100 SXM", 10, "VN", "2024-01-01").outcome == "licence-required"

    def test_an_estimated_chip(self, world: World, judge: Judge) -> None:
        chips = [chip for chip in world.control_list.chips.values() if chip.tpp is None and chip.tpp_estimate]
        assert chips
        outcomes = {judge(chip.key, 10, "CH", DUE, hq="CH").outcome for chip in chips}
        assert outcomes == {"indeterminate"}

    def test_a_contested_place(self, judge: Judge) -> None:
        assert judge("H100 SXM", 10, "ET", DUE, hq="ET").outcome == "indeterminate"
        over = judge("H100 SXM", 2_000, "ET", DUE, hq="ET")
        assert (over.outcome, over.review_policy) == ("licence-required", "")

    def test_after_the_record_ends(self, ask: Ask) -> None:
        card = ask("H100 SXM", 10, "CH", "2026-11-23", hq="CH")
        assert card.plain["outcome"] == "indeterminate"
        assert any("is in force" in gap.what for gap in card.unknown)


def codes(decision: Decision) -> dict[str, Any]:
    return {each.rule.key: each.truth for each in decision.exceptions}


class TestLpp:
    @pytest.mark.parametrize(
        ("place", "passes"), [("VN", False), ("SA", False), ("PK", False), ("IL", True), ("CY", True), ("PL", True)]
    )
    def test_closed_in_d_groups_but_not_for_a5_and_a6(self, judge: Judge, place: str, passes: bool) -> None:
        """15 CFR 740.2(a)(9)(ii); Israel is in D:4 and in A:6."""
        assert codes(judge("H100 SXM", 10, place, DUE, hq=place))["exc-lpp"] is passes

    def test_not_inside_a_country(self, judge: Judge) -> None:
        assert codes(judge("H100 SXM", 10, "PL", DUE, hq="PL", origin="PL"))["exc-lpp"] is False

    def test_not_for_the_lower_band_and_not_for_5a002(self, judge: Judge) -> None:
        assert codes(judge("5A002.z", 10, "PL", DUE, hq="PL"))["exc-lpp"] is False
        assert codes(judge("5A992.z", 10, "PL", DUE, hq="PL"))["exc-lpp"] is None

    def test_not_for_an_entity_of_macau(self, judge: Judge) -> None:
        assert codes(judge("H100 SXM", 10, "PL", DUE, hq="PL", consignee_hq="MO"))["exc-lpp"] is False

    def test_the_emirates_before_and_after_they_moved(self, judge: Judge) -> None:
        """In D:4 until 10 July 2026; then in A:5, but named in the control list beside the D groups."""
        before, after = (judge("H100 SXM", 10, "AE", day, hq="AE") for day in ("2026-07-09", "2026-07-10"))
        assert codes(before)["exc-lpp"] is codes(after)["exc-lpp"] is False
        assert [each.rule.key for each in before.requirements] == ["rs-2025-worldwide"]
        assert [each.rule.key for each in after.requirements] == ["rs-2025-worldwide", "rs-2026-uae"]
        assert judge("H100 SXM", 10, "AE", "2026-07-10", "enforced", hq="AE").outcome == "licence-required"


class TestNacAndAca:
    def test_a_consumer_chip_of_the_upper_band(self, judge: Judge) -> None:
        chip = "RTX 4090"
        china = judge(chip, 10, "CN", DUE, hq="CN")
        assert china.exception == "NAC"
        assert [duty.due.isoformat() for duty in china.duties] == ["2025-04-20"]
        assert judge(chip, 10, "CH", DUE, hq="CN").exception == "NAC"
        assert judge(chip, 10, "VN", DUE, hq="VN").exception == "ACA"

    def test_nac_is_for_exports_and_aca_for_moves_inside(self, judge: Judge) -> None:
        """15 CFR 740.8(a)."""
        assert judge("RTX 4090", 10, "CN", DUE, hq="CN", origin="HK").exception == "ACA"
        assert judge("RTX 4090", 10, "CN", "2024-05-01", hq="CN", origin="CN").exception == "ACA"
        assert judge("RTX 4090", 10, "CN", "2024-01-01", hq="CN", origin="CN").exception == "NAC"

    def test_aca_was_split_off_in_april_2024(self, judge: Judge) -> None:
        assert judge("RTX 4090", 10, "VN", "2024-04-03", hq="VN").exception == "NAC"
        assert judge("RTX 4090", 10, "VN", "2024-04-04", hq="VN").exception == "ACA"
        assert judge("RTX 4090", 10, "CN", "2024-04-04", hq="CN").exception == "NAC"

    def test_not_for_data_centre_chips_of_the_upper_band(self, judge: Judge) -> None:
        assert judge("H100 SXM", 10, "CN", "2024-05-01", hq="CN").outcome == "licence-required"
        assert judge("H100 SXM", 10, "CN", DUE, hq="CN").outcome == "licence-required"

    def test_a_z_item_may_be_one(self, judge: Judge) -> None:
        assert judge("3A001.z", 10, "CN", DUE, hq="CN", exporter="Intel").outcome == "indeterminate"

    def test_never_for_high_bandwidth_memory(self, judge: Judge) -> None:
        denied = judge("3A090.c", 10, "CN", DUE, hq="CN")
        assert (denied.outcome, denied.review_policy) == ("licence-required", DENIAL)
        assert judge("3A090.c", 10, "CN", DUE, hq="US").review_policy == APPROVAL
        assert judge("3A090.c", 10, "VN", DUE, hq="VN").outcome == "no-licence-required"
        assert judge("3A090.c", 10, "VN", DUE, hq="CN").outcome == "licence-required"
        assert judge("3A090.c", 10, "CN", "2024-12-30", hq="CN").outcome == "no-licence-required"


class TestManufacturing:
    def test_acm(self, judge: Judge) -> None:
        known = {"end_use": "production", "private_sector": True, "hq": "VN"}
        assert judge("H100 SXM", 10_000, "VN", DUE, **known).exception == "ACM"
        assert judge("H100 SXM", 10_000, "VN", DUE, **known | {"private_sector": None}).outcome == "indeterminate"
        assert judge("H100 SXM", 10_000, "VN", DUE, **known | {"end_use": "research"}).outcome == "licence-required"
        assert judge("H100 SXM", 10_000, "VN", DUE, **known | {"hq": "CN"}).outcome == "licence-required"
        assert judge("H100 SXM", 10_000, "CN", DUE, **known).outcome == "licence-required"


class TestValidatedEndUsers:
    @pytest.mark.parametrize(
        ("day", "limit"),
        [("2025-05-15", 949_500_000), ("2025-07-01", 1_266_000_000), ("2026-11-22", 4_272_750_000)],
    )
    def test_the_table_by_quarter(self, judge: Judge, day: str, limit: int) -> None:
        known = {"hq": "SA", "validated_end_user": "national"}
        room = limit - 15_832
        assert judge("H100 SXM", 1, "SA", day, already_received=room, **known).exception == "NVEU"
        assert judge("H100 SXM", 1, "SA", day, already_received=room + 1, **known).outcome == "licence-required"

    def test_universal_needs_a_seat_in_supplement_5(self, judge: Judge) -> None:
        known = {"validated_end_user": "universal"}
        assert judge("H100 SXM", 9_000, "SA", DUE, hq="US", **known).exception == "UVEU"
        assert judge("H100 SXM", 9_000, "SA", DUE, hq="SA", **known).outcome == "licence-required"
        assert judge("H100 SXM", 9_000, "CN", DUE, hq="US", **known).outcome == "licence-required"

    def test_reports_fall_due_twice_a_year(self, judge: Judge) -> None:
        known = {"hq": "US", "validated_end_user": "universal"}
        due = {
            day: judge("H100 SXM", 9_000, "SA", day, **known).duties[-1].due.isoformat()
            for day in ("2025-06-30", "2025-07-01")
        }
        assert due == {"2025-06-30": "2025-07-15", "2025-07-01": "2026-01-15"}


class TestWeights:
    @pytest.mark.parametrize(
        ("place", "consignee", "parent", "exception"),
        [
            ("CH", "CH", "US", "AIA"),
            ("CH", "US", "CH", "AIA"),
            ("CH", "CH", "CH", ""),
            ("CN", "US", "US", ""),
            ("VN", "US", "US", "AIA"),
            ("VN", "VN", "US", ""),
            ("CH", "CN", "US", ""),
        ],
    )
    def test_aia(self, judge: Judge, place: str, consignee: str, parent: str, exception: str) -> None:
        """15 CFR 740.27(a)(3), and where 740.2(a)(9)(ii) narrows it."""
        assert judge("4E091", 1, place, DUE, consignee_hq=consignee, hq=parent).exception == exception


class TestTheUnitedStates:
    @pytest.mark.parametrize("origin", ["US", "CA", "CN"])
    def test_what_goes_there_is_no_export(self, judge: Judge, origin: str) -> None:
        for place in ("US", "PR"):
            decision = judge("H100 SXM", 10, place, DUE, origin=origin)
            assert decision.outcome == "not-subject"
            assert (decision.duties, decision.exceptions) == ((), ())

    def test_what_leaves_it_is(self, judge: Judge) -> None:
        assert judge("H100 SXM", 9_000, "SA", DUE, hq="SA", origin="PR").outcome == "licence-required"


class TestOctober2023:
    def test_by_headquarters_only_outside_the_d_groups(self, judge: Judge) -> None:
        """15 CFR 744.23(a)(3)(i)."""
        keys = {
            place: [each.rule.key for each in judge("H100 SXM", 10, place, "2024-05-01", hq="CN").requirements]
            for place in ("CH", "VN", "IL")
        }
        by_seat, by_place = ["rs-2023-headquarters"], ["rs-2023-destination"]
        assert keys == {"CH": by_seat, "VN": by_place, "IL": by_seat}

    @pytest.mark.parametrize(("day", "policy"), [("2024-04-03", CASE), ("2024-04-04", DENIAL)])
    def test_review_by_headquarters(self, judge: Judge, day: str, policy: str) -> None:
        """15 CFR 744.23(d) before and after 89 FR 23876."""
        assert judge("H100 SXM", 10, "CH", day, hq="CN").review_policy == policy

    def test_review_by_destination(self, judge: Judge) -> None:
        """15 CFR 742.6(b)(10)(ii)."""
        assert judge("H100 SXM", 10, "VN", "2024-05-01", hq="VN").review_policy == APPROVAL
        assert judge("H100 SXM", 10, "VN", "2024-05-01", hq="CN").review_policy == DENIAL
        assert judge("H100 SXM", 10, "MO", "2024-05-01", hq="VN").review_policy == DENIAL

    def test_it_comes_back_while_2025_is_not_enforced(self, judge: Judge) -> None:
        """As BIS said on 31 May 2026 of entities headquartered in D:5 or Macau."""
        assert judge("H100 SXM", 10, "CH", "2026-06-01", "enforced", hq="CN").review_policy == DENIAL
        assert judge("H100 SXM", 10, "VN", "2026-06-01", "enforced", hq="VN").outcome == "licence-required"
        assert judge("H100 SXM", 10, "CH", "2026-06-01", "enforced", hq="CH").outcome == "no-licence-required"


class TestOctober2022:
    @pytest.mark.parametrize(
        ("day", "place", "outcome"),
        [
            ("2022-10-20", "CN", "indeterminate"),
            ("2022-10-21", "CN", "licence-required"),
            ("2022-10-21", "HK", "licence-required"),
            ("2022-10-21", "MO", "no-licence-required"),
            ("2023-01-16", "MO", "no-licence-required"),
            ("2023-01-17", "MO", "licence-required"),
            ("2023-06-01", "RU", "indeterminate"),
            ("2023-11-17", "RU", "licence-required"),
        ],
    )
    def test_phases(self, judge: Judge, day: str, place: str, outcome: str) -> None:
        """An exporter to whom no letter went; before the rule, and where part 746 stands, nothing is cleared."""
        assert judge("A100 SXM 80GB", 10, place, day, hq=place, exporter="AMD").outcome == outcome

    def test_the_letter_came_first(self, judge: Judge) -> None:
        known = {"hq": "CN", "exporter": "NVIDIA"}
        assert judge("A100 SXM 80GB", 10, "CN", "2022-08-25", **known).outcome == "indeterminate"
        assert judge("A100 SXM 80GB", 10, "CN", "2022-08-26", **known).outcome == "licence-required"
        assert judge("A100 SXM 80GB", 10, "RU", "2022-09-01", **known).outcome == "licence-required"
        assert judge("A100 SXM 80GB", 10, "CN", "2022-10-10", **known).outcome == "indeterminate"


def test_supplement_5_has_no_members_before_the_rule(world: World) -> None:
    from datetime import date

    assert "us-supp5a" not in world.groups("GB", date(2025, 1, 12))
    assert world.groups("GB", date(2025, 1, 13))["us-supp5a"] is True


def test_letters_bind_who_received_them(judge: Judge) -> None:
    known = {"hq": "US", "exporter": "NVIDIA"}
    assert judge("H20", 10, "RU", "2025-05-01", **known).outcome == "licence-required"
    assert judge("H20", 10, "SG", "2025-05-01", **known | {"hq": "CN"}).outcome == "licence-required"
    assert judge("H20", 10, "SG", "2025-05-01", **known | {"hq": "SG"}).outcome == "no-licence-required"
    assert judge("H20", 10, "CN", "2025-04-08", **known).outcome == "no-licence-required"
