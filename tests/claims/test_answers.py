"""The cards: golden answers to the questions of journalists and scholars."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from dualuse.build import Built
from dualuse.card import Card
from dualuse.errors import StoreError, UnknownNameError, UsageError
from dualuse.knowledge import Knowledge
from dualuse.namespaces import PREFIXES
from dualuse.questions.claims import claims
from dualuse.questions.conflicts import conflicts as ask_conflicts
from dualuse.questions.said import said
from dualuse.questions.verify import verify
from dualuse.store import MemoryStore

IFR = "us-ai-diffusion-ifr-2025-01"
TODAY = date(2026, 11, 22)
WINDOW: dict[str, Any] = {"about": IFR, "within": "72h", "of": "publication", "matrix": True, "as_of": TODAY}


@pytest.fixture(scope="session")
def conflicts(knowledge: Knowledge) -> Card[Any]:
    return ask_conflicts(knowledge, as_of=TODAY, about=IFR)


def row(card: Card[Any], attribute: str) -> dict[str, Any]:
    (found,) = (row for row in card.plain["conflicts"] if row["attribute"] == attribute)
    return dict(found)


def values(found: dict[str, Any]) -> list[str]:
    return [value["value"] for value in found["values"]]


def test_the_digest_gives_sixteen_findings(conflicts: Card[Any]) -> None:
    assert conflicts.plain["count"] == 16
    kinds = [found["kind"] for found in conflicts.plain["conflicts"]]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "contradiction": 5,
        "against-law": 6,
        "misattribution": 1,
        "partial": 2,
        "forecast": 2,
    }


def test_the_size_of_the_second_level(conflicts: Card[Any]) -> None:
    found = row(conflicts, "tier2-count")
    assert values(found) == ["80", "most countries", "120"]
    assert found["law"]["value"].startswith("152 of 193 UN members")
    assert found["law"]["provision"] == "15 CFR 742.6(b)(10)(iii)(B)"
    assert "193 − 18 − 23 = 152" in found["law"]["arithmetic"]
    assert found["assessment"]["result"] == "differs"
    told = found["values"][2]
    assert told["claims"] == ["sc-06-02", "sc-09-01", "sc-12-01", "sc-16-01"]
    assert told["reports"] == 3
    assert told["sources"] == [{"source": "digest-88iv-2025-01", "class": "aggregator"}]


def test_the_size_of_the_third_level(conflicts: Card[Any]) -> None:
    found = row(conflicts, "tier3-count")
    assert values(found) == ["about 20-29", "about 22", "22"]
    assert found["law"]["value"] == "24"
    assert found["values"][0]["reporters"] == ["Bloomberg News"]


def test_the_start(conflicts: Card[Any]) -> None:
    found = row(conflicts, "applies-after")
    assert values(found) == ["120 days", "1 year"]
    assert found["law"]["value"] == "2025-01-13 / 2025-05-15 / 2026-01-15"
    assert found["values"][0]["claimants"] == ["Ned Finkle, NVIDIA Corporation"]


def test_quota_and_licence_are_two_halves_of_one_law(conflicts: Card[Any]) -> None:
    found = row(conflicts, "tier2-treatment")
    assert found["kind"] == "partial"
    assert "790,000,000 ÷ 15,824" in found["law"]["arithmetic"]


def test_friday_and_monday_are_a_forecast(conflicts: Card[Any]) -> None:
    found = row(conflicts, "announced-on")
    assert (found["kind"], found["law"]["value"]) == ("forecast", "2025-01-13")
    assert any("10 January 2025" in gap.what for gap in conflicts.unknown)


def test_eighteen_and_twenty_two_are_never_paired(conflicts: Card[Any]) -> None:
    for found in conflicts.plain["conflicts"]:
        assert not {"18", "22"} <= set(values(found))
    (eighteen,) = (found for found in conflicts.plain["agreed"] if found["attribute"] == "tier1-count")
    assert values(eighteen) == ["18"]
    assert "19 − 1 (US) = 18" in eighteen["law"]["arithmetic"]


def test_fifty_thousand_agrees_with_the_law(conflicts: Card[Any]) -> None:
    (cap,) = (found for found in conflicts.plain["agreed"] if found["attribute"] == "country-cap")
    assert values(cap) == ["about 50,000"]
    assert "790,000,000 ÷ 15,824 = 49,924.2" in cap["law"]["arithmetic"]


def test_the_sentence_is_the_commerce_ministrys(conflicts: Card[Any]) -> None:
    found = row(conflicts, "attributed-to")
    assert found["kind"] == "misattribution"
    assert found["likely_original"] == {"organisation": "mofcom", "date": "2025-01-13", "key": "statement:st-023"}
    assert found["values"][0]["statements"] == ["st-023"]
    assert len(found["values"][0]["sources"]) == 4
    assert found["values"][1]["claims"] == ["sc-06-05", "sc-06-06", "sc-06-07"]  # the whole sentence


def test_claims_warn_of_a_sentence_that_is_another_speakers(knowledge: Knowledge) -> None:
    card = claims(knowledge, as_of=TODAY, source="mfa-cn")
    warned = {row["claim"]: row.get("warning") for row in card.plain["claims"]}
    assert {claim for claim, warning in warned.items() if warning} == {"sc-06-05", "sc-06-06", "sc-06-07"}
    assert warned["sc-06-07"].startswith("likely the words of Ministry of Commerce of the PRC (MOFCOM) (st-023, ")
    assert [gap.what for gap in card.unknown] == ["whose words sc-06-05, sc-06-06, sc-06-07 are"]
    others = claims(knowledge, as_of=TODAY, source="mofcom")
    assert others.plain["claims"]
    assert not [row for row in others.plain["claims"] if "warning" in row]
    early = claims(knowledge, as_of=date(2025, 1, 12)).plain["claims"]
    assert not [row for row in early if "warning" in row]


def test_before_the_commerce_ministrys_words_nothing_is_misattributed(knowledge: Knowledge) -> None:
    early = ask_conflicts(knowledge, as_of=date(2025, 1, 10))
    assert not [found for found in early.plain["conflicts"] if found["kind"] == "misattribution"]


def test_conflicts_about_a_place_and_a_party(knowledge: Knowledge) -> None:
    iran = ask_conflicts(knowledge, as_of=TODAY, about="伊朗")
    assert [found["subject"] for found in iran.plain["conflicts"]] == ["Iran"]
    ministry = ask_conflicts(knowledge, as_of=TODAY, about="中國外交部")
    assert [found["kind"] for found in ministry.plain["conflicts"]] == ["misattribution"]
    assert ask_conflicts(knowledge, as_of=TODAY, about="TW").plain["conflicts"] == []


def test_receipts_open_to_a_provision_and_to_passages(conflicts: Card[Any]) -> None:
    facts = {receipt.fact.rsplit("/", 2)[-2] for receipt in conflicts.because}
    assert facts == {"settlement", "claim", "statement"}
    law = [receipt for receipt in conflicts.because if "/settlement/" in receipt.fact]
    assert all(receipt.provision and receipt.source.startswith("http") for receipt in law)


def test_cards_are_plain_json_and_stable(knowledge: Knowledge, conflicts: Card[Any]) -> None:
    again = ask_conflicts(knowledge, as_of=TODAY, about=IFR)
    assert json.dumps(again.to_dict(), ensure_ascii=False) == json.dumps(conflicts.to_dict(), ensure_ascii=False)


def test_claims_by_attribute_source_and_modality(knowledge: Knowledge) -> None:
    def keys(**asked: Any) -> list[str]:
        return [row["claim"] for row in claims(knowledge, as_of=TODAY, **asked).plain["claims"]]

    assert keys(attribute="country-cap") == ["sc-18-05"]
    assert keys(modality="reserved") == ["sc-27-06"]
    assert keys(source="Gina Raimondo") == [
        *("sc-18-08", "sc-19-08", "sc-19-10", "sc-19-11", "sc-19-12", "sc-19-14", "sc-19-15")
    ]
    assert set(keys(source="Bloomberg", modality="forecast")) >= {"sc-05-04", "sc-07-16", "sc-19-10"}
    assert len(keys(source="digest-88iv-2025-01")) == 206
    assert keys(about="瑞士") == ["sc-16-02"]
    assert "sc-07-17" in keys(about="nvidia")
    assert 150 < len(keys(about=IFR)) < len(keys()) == 206


def test_a_claim_row_says_who_claimed_and_who_reported(knowledge: Knowledge) -> None:
    (row,) = claims(knowledge, as_of=TODAY, attribute="last-of-term").plain["claims"]
    assert row["claimant"] == "Central News Agency (CNA, Taiwan)"
    (row,) = (
        r for r in claims(knowledge, as_of=TODAY, attribute="tier3-count").plain["claims"] if "07-16" in r["claim"]
    )
    assert row["claimant"] == "people familiar with the matter"
    assert row["reporter"] == "Bloomberg News"
    assert row["outlet"] == "Hong Kong outlet, not named"
    assert row["report"] == "digest-88iv-2025-01.p05"
    assert "text" not in row


def test_claims_of_a_day(knowledge: Knowledge) -> None:
    early = claims(knowledge, as_of=date(2025, 1, 12))
    assert early.plain["count"] < 206
    assert {row["date"][:10] for row in early.plain["claims"]} <= {"2025-01-01", "2025-01-08", "2025-01-09"}


def test_wrong_names_are_usage_errors(knowledge: Knowledge) -> None:
    with pytest.raises(UsageError, match="nearest: tier2-count"):
        claims(knowledge, as_of=TODAY, attribute="tier2-cuont")
    with pytest.raises(UnknownNameError, match="no instrument or organisation"):
        claims(knowledge, as_of=TODAY, about="Atlantis")
    with pytest.raises(UnknownNameError):
        said(knowledge, as_of=TODAY, by="Nobody At All")
    with pytest.raises(UnknownNameError, match="an empty name means nothing"):
        said(knowledge, as_of=TODAY, about="")


def test_values_that_no_scheme_has_are_refused(knowledge: Knowledge) -> None:
    wrong: Any = "shouted"
    with pytest.raises(UsageError, match="no modality 'shouted'; known: "):
        claims(knowledge, as_of=TODAY, modality=wrong)
    for given in (wrong, [wrong]):
        with pytest.raises(UsageError, match="no stance 'shouted'"):
            said(knowledge, as_of=TODAY, stance=given)
        with pytest.raises(UsageError, match="no ground 'shouted'"):
            said(knowledge, as_of=TODAY, ground=given)
    with pytest.raises(UsageError, match="no side 'shouted'; known: either, after, before"):
        said(knowledge, as_of=TODAY, side=wrong)
    alone: Any = "opposes"
    assert said(knowledge, as_of=TODAY, stance=alone).plain == said(knowledge, as_of=TODAY, stance=[alone]).plain


def test_with_the_digest_at_hand_passages_are_shown(knowledge: Knowledge, digest_file: Path) -> None:
    (row,) = claims(knowledge, as_of=TODAY, attribute="country-cap", sources=digest_file.parent).plain["claims"]
    assert "50000" in row["text"]
    found = ask_conflicts(knowledge, as_of=TODAY, sources=digest_file.parent)
    assert found.plain["count"] == 16
    assert "120" in found.plain["conflicts"][4]["values"][2]["texts"]["sc-06-02"]


def test_files_that_are_no_text_are_passed_over_with_a_warning(
    knowledge: Knowledge, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "noise.bin").write_bytes(b"\xff\xfe\x00")
    assert claims(knowledge, as_of=TODAY, sources=tmp_path).plain["count"] == 206
    assert caplog.messages == [
        f"Passed over: {tmp_path / 'noise.bin'} is not UTF-8 text (byte 0); save the document as UTF-8"
    ]


def test_verify_over_the_digest(knowledge: Knowledge, digest_file: Path) -> None:
    card = verify(knowledge, digest_file)
    assert {name: card.plain[name] for name in ("pointers", "ok", "moved", "drift", "missing")} == {
        "pointers": 206,
        "ok": 206,
        "moved": 0,
        "drift": 0,
        "missing": 0,
    }


def test_verify_refuses_a_stranger(knowledge: Knowledge, tmp_path: Path) -> None:
    (tmp_path / "stranger.txt").write_text("nothing of the kind", encoding="utf-8")
    with pytest.raises(UsageError, match=r"known documents: digest-88iv-2025-01"):
        verify(knowledge, tmp_path / "stranger.txt")


def test_who_stood_where_within_72_hours(knowledge: Knowledge) -> None:
    card = said(knowledge, **WINDOW)
    stances = {(row["party"], row["stance"]) for row in card.plain["matrix"]}
    assert {("mofcom", "opposes"), ("nvidia", "opposes"), ("sia", "opposes"), ("ec", "concerned")} <= stances
    assert ("ec", "opposes") not in stances
    for row in card.plain["matrix"]:
        assert row["grounds"]
        assert row["receipt"].startswith("http")
    assert (card.plain["acts"], card.plain["positions"]) == (25, 30)
    assert card.plain["window"] == "2025-01-12/2025-01-18"


def test_a_letter_counts_once_and_each_signer_once(knowledge: Knowledge) -> None:
    card = said(knowledge, **WINDOW)
    letter = next(row for row in card.plain["letters"] if row["letter"] == "st-028")
    assert len(letter["signers"]) == 6
    signers = [row["party"] for row in card.plain["matrix"] if "st-028" in row["letters"]]
    assert signers == ["iti", "nam", "nftc", "semi", "sia", "stlc"]
    assert [row["party"] for row in card.plain["matrix"]].count("sia") == 1


def test_what_lies_outside_the_window_is_listed(knowledge: Knowledge) -> None:
    outside = {row["statement"]: row["where"] for row in said(knowledge, **WINDOW).plain["outside"]}
    assert (outside["st-016"], outside["st-046"], outside["st-004"]) == ("before", "after", "unsure")


def test_filters_of_said(knowledge: Knowledge) -> None:
    def keys(**asked: Any) -> list[str]:
        return [row["statement"] for row in said(knowledge, as_of=TODAY, **asked).plain["statements"]]

    assert keys(about=IFR, by="NVIDIA") == ["st-025", "st-068", "st-073"]
    assert keys(by="Henna Virkkunen") == ["st-020", "st-047", "st-164"]
    assert "st-020" not in keys(about=IFR, stance=("opposes",))
    assert "st-020" in keys(about=IFR, ground=("supply-chain",))
    assert keys(by="nvidia", about=IFR, stance=("supports",)) == []


def test_words_and_acts_have_different_force(knowledge: Knowledge) -> None:
    answer = said(knowledge, as_of=TODAY, by="MOFCOM").plain
    assert {row["legal_effect"] for row in answer["statements"]} == {"none"}
    forces = {row["measure"]: row["legal_effect"] for row in answer["measures"]}
    assert forces["cn-mofcom-61-2025-10"] == "binding"
    assert forces["us-bis-guidance-gp10-2025-05"] == "guidance"


def test_changes_of_position(knowledge: Knowledge) -> None:
    card = said(knowledge, as_of=TODAY, about=IFR, changes=True)
    found = {(row["party"], row["from"], row["to"]): row["order_known"] for row in card.plain["changes"]}
    assert found["ec", "concerned", "requests-change"] is True
    assert found["sia", "opposes", "requests-change"] is True
    assert found["sia", "requests-change", "opposes"] is True
    assert found["gov-ee", "opposes", "concerned"] is False
    assert any("st-004" in gap.what for gap in card.unknown)


def test_an_event_can_stand_without_a_measure(knowledge: Knowledge) -> None:
    card = said(knowledge, as_of=TODAY, within="1d", of=f"{IFR}.1", side="after")
    assert card.plain["window"] == "2025-01-13/2025-01-14"


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"about": IFR, "within": "72h"}, "--within and --of go together"),
        ({"about": IFR, "of": "publication"}, "--within and --of go together"),
        ({"within": "72h", "of": "publication"}, "name the measure with --about"),
        ({"within": "72h", "of": "no-such.1"}, "name the measure with --about"),
        ({"about": IFR, "within": "soon", "of": "publication"}, "write a number"),
        ({"about": IFR, "within": "72h", "of": "removal"}, "no such event"),
    ],
)
def test_windows_that_cannot_be(knowledge: Knowledge, asked: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        said(knowledge, as_of=TODAY, **asked)


def test_silence_is_no_proof(knowledge: Knowledge) -> None:
    card = said(knowledge, as_of=TODAY, about="us-smic-entity-list-2020-12")
    assert card.plain["acts"] == 0
    assert "no statement in the record fits" in card.unknown[0].what


@pytest.mark.parametrize(
    ("says", "text"), [("dct:description", f"'{'x' * 121}'@en"), ("du:quotation", f"'{'字' * 41}'")]
)
def test_a_claim_beyond_what_records_may_hold(built: Built, says: str, text: str) -> None:
    """As of a graph that no build of ours made: an endpoint may hold anything."""
    store = ox.Store()
    store.load(built.store.nquads(), format=ox.RdfFormat.N_QUADS)
    store.update(
        f"DELETE {{ GRAPH ?g {{ ?c {says} ?old }} }} INSERT {{ GRAPH ?g {{ ?c {says} {text} }} }} WHERE {{ {{ "
        f"SELECT * {{ GRAPH ?g {{ ?c a du:Claim OPTIONAL {{ ?c {says} ?old }} }} }} LIMIT 1 }} }}",
        prefixes=PREFIXES,
    )
    with pytest.raises(StoreError, match=r"/id/claim/\S+ is not as it must be: .*characters; at most .*dualuse build"):
        Knowledge(MemoryStore(store)).claims()


def test_said_shows_the_words_of_a_document_at_hand(knowledge: Knowledge, digest_file: Path, tmp_path: Path) -> None:
    (tmp_path / "digest.txt").write_bytes(digest_file.read_bytes())
    rows = {
        row["statement"]: row for row in said(knowledge, as_of=TODAY, about=IFR, sources=tmp_path).plain["statements"]
    }
    words = {each["claim"]: each for each in rows["st-023"]["words"]}
    assert words["sc-27-05"]["where"].startswith("digest.txt, passage 27, ")
    assert words["sc-27-05"]["text"] in digest_file.read_text("utf-8-sig")
    laid = [each["claim"] for row in rows.values() for each in row.get("words", ())]
    assert laid
    assert not {"sc-06-05", "sc-06-06", "sc-06-07"} & set(laid)  # likely another's words
    assert len(laid) == len(set(laid))
