"""Answers that experts know: groups, counts, and the status of the law on days that matter.

Each stands beside the answer in circulation that is wrong, which must not be given.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from tests.running import Run

from dualuse.card import Card
from dualuse.knowledge import Knowledge
from dualuse.questions.groups import groups
from dualuse.questions.status import status

RULE = "us-ai-diffusion-ifr-2025-01"
START = date(2025, 1, 13)

BASES = {
    "PL": "15 CFR 742.6(b)(10)(iii)(B)",
    "CH": "15 CFR 742.6(b)(10)(iii)(B)",
    "CY": "15 CFR 742.6(b)(10)(iii)(B)",
    "TW": "Supp. No. 5 to 15 CFR part 740, para. (a)",
    "KH": "Supp. No. 1 to 15 CFR part 740, Country Group D",
    "MO": "15 CFR 742.6(b)(10)(iii)(A)(1)",
}


def places(knowledge: Knowledge, day: date, *names: str) -> dict[str, dict[str, Any]]:
    return {row["place"]: row for row in groups(knowledge, *names, as_of=day).plain["places"]}


def asked(knowledge: Knowledge, day: str, lens: str, instrument: str = RULE) -> Card[Any]:
    return status(knowledge, instrument, as_of=day, lens=lens)


class TestGroups:
    def test_tiers_with_their_paragraphs(self, knowledge: Knowledge) -> None:
        rows = places(knowledge, START, "PL", "CH", "TW", "CY", "KH", "MO", "HK")
        tiers = {place: row["tier"] for place, row in rows.items()}
        assert tiers == {"PL": 2, "CH": 2, "TW": 1, "CY": 2, "KH": 3, "MO": 3, "HK": 3}
        assert {place: row["basis"] for place, row in rows.items() if place != "HK"} == BASES
        assert rows["HK"]["basis"].startswith("85 FR 83788")
        assert rows["HK"]["basis"].endswith(BASES["KH"])
        assert "us-supp5a" in rows["TW"]["groups"]
        assert "us-d5" in rows["KH"]["groups"]
        assert "us-macau-d5" in rows["MO"]["groups"]
        # naive: Cyprus by its old listing, Macau as China or not at all, allies as tier 1
        assert "us-d5" not in rows["CY"]["groups"]
        assert "us-d5" not in rows["MO"]["groups"]
        assert rows["MO"]["treatment"] == "listed"

    def test_hong_kong_is_treated_as_china(self, knowledge: Knowledge) -> None:
        rows = places(knowledge, START, "HK", "CN")
        assert rows["HK"]["treatment"].startswith("treated as CN (")
        assert rows["HK"]["groups"] == rows["CN"]["groups"]

    def test_cambodia_leaves(self, knowledge: Knowledge) -> None:
        tiers = {day: places(knowledge, date.fromisoformat(day), "KH")["KH"]["tier"] for day in DAYS_OF_CAMBODIA}
        assert tiers == {"2025-01-13": 3, "2025-11-06": 3, "2026-02-02": 2, "2026-02-03": 2, "2026-06-01": 2}

    def test_members_that_move(self, knowledge: Knowledge) -> None:
        held = {
            (place, day): places(knowledge, date.fromisoformat(day), place)[place]["groups"]
            for place, day in [
                ("NI", "2024-03-14"),
                ("NI", "2024-03-15"),
                ("CY", "2022-09-30"),
                ("CY", "2022-10-01"),
                ("AE", "2026-07-09"),
                ("AE", "2026-07-10"),
            ]
        }
        assert "us-d5" not in held["NI", "2024-03-14"]
        assert "us-d5" in held["NI", "2024-03-15"]
        assert "us-d5" in held["CY", "2022-09-30"]
        assert "us-d5" not in held["CY", "2022-10-01"]
        assert "us-d4" in held["AE", "2026-07-09"]
        assert "us-a5" in held["AE", "2026-07-10"]
        assert "us-d4" not in held["AE", "2026-07-10"]

    def test_no_tier_before_the_rule(self, knowledge: Knowledge) -> None:
        card = groups(knowledge, "CH", as_of="2025-01-12")
        assert card.plain["places"][0]["tier"] is None
        assert any("no tier" in gap.what for gap in card.unknown)

    def test_ethiopia_is_contested(self, knowledge: Knowledge) -> None:
        card = groups(knowledge, "ET", as_of=START)
        assert card.plain["places"][0]["tier"] == 2
        assert any("contested" in gap.what for gap in card.unknown)

    @pytest.mark.parametrize("day", ["2022-10-01", "2024-05-29", "2026-10-01"])
    def test_cyprus_is_contested(self, knowledge: Knowledge, day: str) -> None:
        assert any("contested" in gap.what for gap in groups(knowledge, "CY", as_of=day).unknown)


DAYS_OF_CAMBODIA = ("2025-01-13", "2025-11-06", "2026-02-02", "2026-02-03", "2026-06-01")


class TestCounts:
    def test_universes(self, knowledge: Knowledge) -> None:
        rows = {row["universe"]: row for row in groups(knowledge, count=True, as_of=START).plain["counts"]}
        sizes = {
            name: (row["tier1"], row["tier2"], row["tier3"], row["total"])
            for name, row in rows.items()
            if name in ("United Nations member states", "European Union", "NATO", "Group of Seven", "Quad")
        }
        assert sizes["United Nations member states"] == (18, 152, 23, 193)
        assert sizes["European Union"] == (10, 17, 0, 27)
        assert sizes["NATO"] == (13, 19, 0, 32)
        assert sizes["Group of Seven"] == (7, 0, 0, 7)
        assert sizes["Quad"] == (3, 1, 0, 4)
        # naive: "120 countries", "80 countries", "more than 20 NATO allies", "the EU is in tier 1"
        assert rows["United Nations member states"]["tier2"] not in (80, 120)

    @pytest.mark.parametrize(
        ("claimed", "readings"),
        [
            (
                18,
                [
                    "tier 1 of United Nations member states",
                    "tier 1 of OECD",
                    "places named in Supplement No. 5(a), without the United States",
                ],
            ),
            (19, ["tier 2 of NATO", "places named in Supplement No. 5(a), the United States included"]),
            (23, ["tier 3 of United Nations member states", "places named in Country Group D:5"]),
            (24, ["places named in Country Group D:5 and Macau"]),
            (152, ["tier 2 of United Nations member states"]),
            (120, []),
            (80, []),
            (22, []),
        ],
    )
    def test_claimed_numbers(self, knowledge: Knowledge, claimed: int, readings: list[str]) -> None:
        """120, 80 and 22, which the press gave, are the size of nothing on that day."""
        card = groups(knowledge, count=True, claimed=claimed, as_of=START)
        assert card.plain["claimed"] == claimed
        assert [row["reading"] for row in card.plain["readings"]] == readings
        assert any(gap.what == f"what {claimed} counts" for gap in card.unknown) is (readings == [])

    def test_22_is_right_in_2026(self, knowledge: Knowledge) -> None:
        found = {
            row["reading"] for row in groups(knowledge, count=True, claimed=22, as_of="2026-06-01").plain["readings"]
        }
        assert "places named in Country Group D:5" in found


class TestStatusOfTheRule:
    """Every day of COMPETENCY A1 under every lens."""

    @pytest.mark.parametrize(
        ("day", "codified", "enforced", "announced"),
        [
            ("2025-01-12", "not-yet", "not-yet", "not-yet"),
            ("2025-01-14", "effective-not-due", "effective-not-due", "effective-not-due"),
            ("2025-03-01", "effective-not-due", "effective-not-due", "effective-not-due"),
            ("2025-05-14", "effective-not-due", "not-enforced", "ended"),
            ("2025-05-15", "in-force", "not-enforced", "ended"),
            ("2025-06-01", "in-force", "not-enforced", "ended"),
            ("2026-06-01", "in-force", "not-enforced", "ended"),
            ("2026-11-22", "in-force", "not-enforced", "ended"),
            ("2026-11-23", "unknown", "unknown", "unknown"),
        ],
    )
    def test_on_its_days(self, knowledge: Knowledge, day: str, codified: str, enforced: str, announced: str) -> None:
        found = [asked(knowledge, day, lens).plain["status"] for lens in ("codified", "enforced", "announced")]
        assert found == [codified, enforced, announced]

    def test_its_timeline_holds_what_happened(self, knowledge: Knowledge) -> None:
        rows = asked(knowledge, "2026-06-01", "codified").plain["timeline"]
        dated = [(row["date"], row["event"], row["effect"]) for row in rows]
        for expected in (
            ("2025-01-13", "effectiveness", "binding"),
            ("2025-01-15", "publication", "binding"),
            ("2025-05-13", "non-enforcement", "announced"),
            ("2025-05-15", "compliance-due", "binding"),
            ("2026-01-15", "amendment", "binding"),
            ("2026-05-12", "opinion", "opinion"),
        ):
            assert expected in dated
        assert any("Congressional Review Act" in row["text"] for row in rows)

    @pytest.mark.parametrize("lens", ["codified", "enforced", "announced"])
    def test_it_is_never_bare_rescinded(self, knowledge: Knowledge, lens: str) -> None:
        """Naive: "rescinded on 13 May 2025", "effective in one year", "compliance on 13 May"."""
        for day in ("2025-06-01", "2026-06-01"):
            card = asked(knowledge, day, lens)
            assert "rescinded" not in str(card.plain["status"])
            told = [row for row in card.plain["timeline"] if "rescinded" in row["text"]]
            assert all(row["effect"] == "announced" for row in told)
            assert not [row for row in card.plain["timeline"] if row["event"] in ("removal", "expiry", "supersession")]

    def test_one_year_is_true_of_three_paragraphs_alone(self, knowledge: Knowledge) -> None:
        answer = asked(knowledge, "2025-06-01", "codified").plain
        assert {row["status"] for row in answer["parts"]} == {"effective-not-due"}
        assert len(answer["parts"]) == 3
        assert all("Supp. No. 10" in row["provision"] for row in answer["parts"])
        assert "parts" not in asked(knowledge, "2026-01-15", "codified").plain


class TestThreeLensesAtOnce:
    @pytest.mark.parametrize("lens", ["codified", "enforced", "announced"])
    def test_each_has_its_status_and_the_one_asked_leads(self, knowledge: Knowledge, lens: str) -> None:
        answer = asked(knowledge, "2026-06-15", lens).plain
        found = {each: answer[each] for each in ("codified", "enforced", "announced")}
        assert found == {"codified": "in-force", "enforced": "not-enforced", "announced": "ended"}
        assert answer["status"] == found[lens]
        assert answer["in_short"].lower().startswith(f"{lens}:")

    def test_the_difference_is_one_sentence_in_three_languages(self, knowledge: Knowledge) -> None:
        said = asked(knowledge, "2026-02-01", "codified").answer.said
        assert said.en == (
            "Codified: in force since 2025-01-13; enforced: not enforced since 2025-05-13; "
            "announced: ended, as officials said on 2025-05-13."
        )
        assert said.hant.startswith("條文：自 2025-01-13 起施行；執法：自 2025-05-13 起不予執行；")
        assert said.hans.startswith("条文：自 2025-01-13 起施行；执法：自 2025-05-13 起不予执行；")

    def test_lenses_that_agree_are_told_once(self, knowledge: Knowledge) -> None:
        answer = asked(knowledge, "2026-01-22", "codified", "us-affiliates-rule-2025-09").plain
        assert answer["in_short"] == "Suspended since 2025-11-10, under every lens."

    def test_the_headquarters_limb_is_enforced_since_may_2026(self, knowledge: Knowledge) -> None:
        headquarters, lower = asked(knowledge, "2026-06-15", "enforced").plain["parts"]
        assert headquarters == {
            "provision": "15 CFR 742.6(a)(6)(iii)(A), headquarters in Macau or Country Group D:5",
            "status": "in-force",
            "codified": "in-force",
            "enforced": "in-force",
            "announced": "in-force",
        }
        assert lower["provision"] == "15 CFR 744.23(a)(3)(i)(A)"
        assert "parts" not in asked(knowledge, "2026-05-30", "enforced").plain
        said = asked(knowledge, "2026-06-15", "enforced").plain["in_short"]
        assert "(but 15 CFR 742.6(a)(6)(iii)(A), headquarters" in said
        assert "enforced, as the regulator said on 2026-05-31" in said

    def test_guidance_is_heeded_from_its_day(self, knowledge: Knowledge) -> None:
        guidance = "us-bis-guidance-2026-05-31"
        days = {
            day: asked(knowledge, day, "enforced", guidance).plain["status"] for day in ("2026-05-30", "2026-11-22")
        }
        assert days == {"2026-05-30": "not-yet", "2026-11-22": "in-force"}
        assert "it binds nobody by itself" in asked(knowledge, "2026-11-22", "codified", guidance).plain["in_short"]

    def test_a_lapsed_stay_says_first_what_the_text_gives(self, knowledge: Knowledge) -> None:
        said = asked(knowledge, "2026-11-22", "codified", "us-affiliates-rule-2025-09").plain["in_short"]
        assert "not known: by its text in force again since 2026-11-10" in said
        assert "a published act that extends or ends it would settle it" in said

    def test_a_lapsed_stay_ends_once_the_record_reaches_it(self, knowledge: Knowledge) -> None:
        """Paragraph 2 of No. 46, whose stay officials have not said goes on."""
        from dualuse.law.events import read_events
        from dualuse.law.status import status as status_of

        events = read_events(knowledge.store, "cn-mofcom-46-2024-12")
        found = {
            day: status_of(
                events, date(2026, 11, day), "codified", known_on=date(2026, 12, 31), provision="cn-mofcom-46-2024-12.2"
            )
            for day in (27, 28)
        }
        assert [answer.status for answer in found.values()] == ["suspended", "in-force"]
        assert found[28].readings[0].since == "2026-11-28"


class TestOtherInstruments:
    def test_the_affiliates_rule_may_have_come_back(self, knowledge: Knowledge) -> None:
        card = asked(knowledge, "2026-11-22", "codified", "us-affiliates-rule-2025-09")
        assert card.plain["status"] == "unknown"
        assert [row["status"] for row in card.plain["readings"]] == ["in-force", "suspended"]
        assert any("what would settle it" in gap.why_it_matters for gap in card.unknown)
        days = {"2025-09-28": "not-yet", "2025-09-29": "in-force", "2025-11-10": "suspended", "2026-11-09": "suspended"}
        assert {
            day: asked(knowledge, day, "codified", "us-affiliates-rule-2025-09").plain["status"] for day in days
        } == days

    @pytest.mark.parametrize(
        ("instrument", "day", "expected"),
        [
            ("cn-mofcom-61-2025-10", "2026-01-01", "suspended"),
            ("cn-mofcom-62-2025-10", "2026-01-01", "suspended"),
            ("cn-mofcom-61-2025-10", "2026-11-10", "suspended"),
            ("cn-mofcom-61-2025-10", "2026-11-11", "unknown"),
            ("cn-mofcom-62-2025-10", "2026-11-22", "unknown"),
            ("cn-mofcom-18-2025-04", "2026-01-01", "in-force"),
            ("cn-mofcom-46-2024-12", "2026-01-01", "in-force"),
            ("cn-mofcom-46-2024-12.2", "2026-01-01", "suspended"),
            ("cn-mofcom-46-2024-12.1", "2026-01-01", "in-force"),
            ("us-acs-sme-ifr-2022-10.eccn-3a090", "2022-10-10", "not-yet"),
            ("us-nvidia-is-informed-2022-08.letter-china", "2022-10-20", "in-force"),
            ("us-nvidia-is-informed-2022-08.letter-china", "2022-10-21", "ended"),
            ("us-nvidia-is-informed-2022-08", "2022-11-01", "in-force"),
            ("us-ai-diffusion-rescission-2025-05", "2025-06-01", "not-yet"),
        ],
    )
    def test_on_a_day(self, knowledge: Knowledge, instrument: str, day: str, expected: str) -> None:
        assert asked(knowledge, day, "codified", instrument).plain["status"] == expected

    def test_number_46_says_which_part_is_stayed(self, knowledge: Knowledge) -> None:
        (part,) = asked(knowledge, "2026-01-01", "codified", "cn-mofcom-46-2024-12").plain["parts"]
        assert part["status"] == "suspended"
        assert "para. 2" in part["provision"]

    def test_the_announcement_is_what_the_regulator_applies(self, knowledge: Knowledge) -> None:
        card = asked(knowledge, "2025-06-01", "enforced", "us-ai-diffusion-rescission-2025-05")
        assert card.plain["status"] == "in-force"

    def test_every_instrument_has_a_status_on_every_first_of_a_month(self, knowledge: Knowledge) -> None:
        from dualuse.law.events import read_all_events
        from dualuse.law.status import status

        known_on = knowledge.version.known_on
        for key, events in read_all_events(knowledge.store).items():
            for month in range(60):
                day = date(2022 + month // 12, month % 12 + 1, 1)
                for lens in ("codified", "enforced", "announced"):
                    found = status(events, day, lens, known_on=known_on)
                    assert found.status == "unknown" or len(found.readings) == 1, (key, day, lens)


def test_the_commands_give_the_same(run: Run) -> None:
    """The lines of the two issues as they are typed."""
    words = ("groups", "PL", "CH", "TW", "CY", "KH", "MO", "HK", "--as-of", "2025-01-13", "--format", "json")
    rows = json.loads(run(*words).stdout)["answer"]["places"]
    assert [row["tier"] for row in rows] == [2, 2, 1, 2, 3, 3, 3]
    counts = json.loads(run("groups", "--count", "--as-of", "2025-01-13", "--format", "json").stdout)["answer"][
        "counts"
    ]
    assert (counts[0]["tier2"], counts[0]["total"]) == (152, 193)
    enforced = run("status", RULE, "--as-of", "2025-06-01", "--lens", "enforced", "--format", "json")
    assert json.loads(enforced.stdout)["answer"]["status"] == "not-enforced"
