"""Speech acts, positions, windows, changes, and what words do in law."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dualuse.build import Built
from dualuse.claims.positions import changes, find_event, holder, positions, read_hours, window
from dualuse.claims.speech import Act, Speech, act_effect, acts, voice_effect
from dualuse.dates import PartialDate
from dualuse.errors import UsageError
from dualuse.law.events import read_events
from dualuse.model.base import placed
from dualuse.model.law import Event

IFR = "us-ai-diffusion-ifr-2025-01"


@pytest.fixture(scope="module")
def on_rule(speech: Speech) -> dict[str, Act]:
    statements = [statement for statement in speech.statements.values() if IFR in statement.instruments]
    return {act.key: act for act in acts(speech, statements)}


@pytest.fixture(scope="module")
def events(built: Built) -> list[Event]:
    return read_events(built.store, IFR)


def test_a_joint_letter_is_one_act_with_all_its_signers(on_rule: dict[str, Act]) -> None:
    letter = on_rule["st-028"]
    assert [statement.node.key for statement in letter.statements] == ["st-026", "st-028"]
    assert letter.signers == ("iti", "nam", "nftc", "semi", "sia", "stlc")
    assert "st-026" not in on_rule


def test_one_who_speaks_for_himself_in_the_same_source_is_an_act_of_his_own(on_rule: dict[str, Act]) -> None:
    assert on_rule["st-027"].signers == ("nftc",)


def test_a_statement_and_its_reports_are_one_act(on_rule: dict[str, Act]) -> None:
    assert [statement.node.key for statement in on_rule["st-020"].statements] == ["st-020", "st-021"]
    assert on_rule["st-020"].signers == ("ec",)
    assert [statement.node.key for statement in on_rule["st-023"].statements] == ["st-023", "st-024"]
    assert on_rule["st-038"].signers == ("gov-ee", "gov-lt", "gov-lv")


def test_every_signer_takes_a_position_once(on_rule: dict[str, Act], speech: Speech) -> None:
    held = positions([on_rule["st-028"], on_rule["st-029"]], speech)
    assert [position.organisation for position in held] == ["iti", "nam", "nftc", "semi", "sia", "stlc"]
    sia = held[4]
    assert sia.stance == "opposes"
    assert [act.key for act in sia.acts] == ["st-028", "st-029"]
    assert sia.grounds == ("leadership", "market-access", "national-security", "process")


def test_concerned_is_not_opposes(on_rule: dict[str, Act], speech: Speech) -> None:
    held = {(p.organisation, p.stance) for p in positions(on_rule.values(), speech)}
    assert {("ec", "concerned"), ("ec", "requests-change"), ("mofcom", "opposes")} <= held
    assert ("mofcom", "concerned") not in held


def test_members_of_a_legislature_hold_their_own_positions(on_rule: dict[str, Act], speech: Speech) -> None:
    assert holder(on_rule["st-013"], "senate", speech) == "person:ted-cruz"
    assert holder(on_rule["st-025"], "nvidia", speech) == "organisation:nvidia"


def test_changes_of_position_are_found_with_their_order(on_rule: dict[str, Act], speech: Speech) -> None:
    found = {(str(c.holder), c.before.node.key, c.after.node.key): c.sure for c in changes(on_rule.values(), speech)}
    assert found["organisation:ec", "st-020", "st-047"] is True
    assert found["organisation:sia", "st-029", "st-060"] is True
    assert found["organisation:sia", "st-012", "st-028"] is True
    assert not [key for key in found if key[0] == "organisation:nvidia"]


def test_a_ring_of_records_ends(speech: Speech) -> None:
    ring = {
        "st-1": placed(replace(speech.statements["st-020"], same_as="st-2"), "st-1"),
        "st-2": placed(replace(speech.statements["st-020"], same_as="st-1"), "st-2"),
    }
    (act,) = acts(replace(speech, statements=ring), ring.values())
    assert (act.key, len(act.statements)) == ("st-1", 2)


@pytest.mark.parametrize(("text", "hours"), [("72h", 72), ("3d", 72), ("1w", 168), (" 24H ", 24)])
def test_spans_are_read(text: str, hours: int) -> None:
    assert read_hours(text) == hours


@pytest.mark.parametrize("text", ["", "72", "h", "0h", "-3d", "3 days and a bit", "７２h", "1e3h", "999999h"])
def test_other_spans_are_refused(text: str) -> None:
    with pytest.raises(UsageError, match="write a number and h, d or w"):
        read_hours(text)


@pytest.mark.parametrize(
    ("name", "on"),
    [
        ("publication", "2025-01-15"),
        ("announcement", "2025-01-13"),
        (f"{IFR}.3", "2025-01-15"),
        (f"event:{IFR}.1", "2025-01-13"),
    ],
)
def test_events_are_found_by_kind_and_by_key(events: list[Event], name: str, on: str) -> None:
    assert find_event(name, events).date == PartialDate(on)


def test_an_unknown_event_lists_those_there_are(events: list[Event]) -> None:
    with pytest.raises(UsageError, match=r"there are: announcement \(2025-01-13"):
        find_event("resumption", events)


@pytest.mark.parametrize(
    ("side", "said", "where"),
    [
        ("either", "2025-01-12", "inside"),
        ("either", "2025-01-11", "before"),
        ("either", "2025-01-18", "inside"),
        ("either", "2025-01-19", "after"),
        ("either", "2025-01", "unsure"),
        ("either", "2025", "unsure"),
        ("either", "2024-12", "before"),
        ("after", "2025-01-14", "before"),
        ("after", "2025-01-15", "inside"),
        ("before", "2025-01-15", "inside"),
        ("before", "2025-01-16", "after"),
    ],
)
def test_windows(events: list[Event], side: str, said: str, where: str) -> None:
    around = window(find_event("publication", events), 72, side)
    assert around.place(PartialDate(said)) == where


def test_part_of_a_day_counts_as_a_day(events: list[Event]) -> None:
    around = window(find_event("publication", events), 25)
    assert (around.first, around.last) == (date(2025, 1, 13), date(2025, 1, 17))


@given(st.integers(1, 2000), st.dates(date(2024, 1, 1), date(2027, 1, 1)))
def test_a_longer_window_holds_all_that_a_shorter_one_does(events: list[Event], hours: int, day: date) -> None:
    said = PartialDate(day.isoformat())
    shorter, longer = window(events[0], hours), window(events[0], hours + 24)
    assert shorter.place(said) != "inside" or longer.place(said) == "inside"


def test_a_spokesperson_an_announcement_and_a_law_differ_in_force(speech: Speech) -> None:
    word = voice_effect(speech.statements["st-023"], speech)
    announcement = act_effect("announcement", ["CN"], speech.effects)
    elsewhere = act_effect("announcement", ["US"], speech.effects)
    law = act_effect("statute", ["CN"], speech.effects)
    assert word is not None
    assert announcement is not None
    assert elsewhere is not None
    assert law is not None
    assert (word.force, announcement.force, elsewhere.force, law.force) == ("none", "binding", "none", "binding")
    assert "announcement" in word.summary


def test_every_statement_has_an_effect_and_none_of_them_binds(speech: Speech) -> None:
    effects = [voice_effect(statement, speech) for statement in speech.statements.values()]
    assert len(effects) > 150
    assert {effect.force for effect in effects if effect is not None} == {"none"}
    assert None not in effects
