"""Cases of enforcement: as they stand on a day, with charges told as charges; and months that were searched in vain."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from dualuse.dates import PartialDate
from dualuse.errors import UnknownNameError, UsageError
from dualuse.knowledge import Knowledge
from dualuse.law.changes import read_changes
from dualuse.model.enforcement import Enforcement, Search
from dualuse.model.law import Event
from dualuse.model.read import read
from dualuse.questions.changes import changes
from dualuse.questions.enforcement import enforcement
from dualuse.questions.status import status

LIAW = "doj-sdny-supermicro-2026-03"


def told(knowledge: Knowledge, **asked: Any) -> dict[str, dict[str, Any]]:
    rows = enforcement(knowledge, **asked).plain["cases"]
    return {row["case"]: row for row in rows}


def test_the_cases_asked_for_are_on_record(knowledge: Knowledge) -> None:
    found = told(knowledge)
    assert len(found) >= 16
    assert {LIAW, "doj-mdfl-janford-2025-11", "doj-cdca-alx-2025-08", "doj-bis-cadence-2025-07"} <= set(found)
    assert {"us-bis-tsmc-sophgo-2025-04", "sg-police-servers-2025-02"} <= set(found)
    assert found["bis-applied-materials-2026-02"]["penalty_usd"] == 252.5
    assert found["us-bis-tsmc-sophgo-2025-04"]["penalty_usd"] is None, "no penalty was set"


def test_a_case_stands_as_it_did_on_the_day(knowledge: Knowledge) -> None:
    assert LIAW not in told(knowledge, as_of="2026-03-18")
    before, after = (told(knowledge, as_of=day)[LIAW] for day in ("2026-03-25", "2026-04-02"))
    assert (before["stage"], after["stage"]) == ("charged", "pleaded-not-guilty")
    assert len(before["steps"]) < len(after["steps"])


def test_what_came_out_later_is_told_to_be_so(knowledge: Knowledge) -> None:
    def later(day: str) -> str:
        gaps = enforcement(knowledge, as_of=day).unknown
        return next((gap.what for gap in gaps if gap.what.startswith(f"how much of these was known by {day}")), "")

    assert "doj-sdtx-gatekeeper-2025-12" in later("2025-10-15"), "two were charged in December"
    assert "doj-sdtx-gatekeeper-2025-12" not in later("2025-12-08")


def test_no_case_is_tied_to_what_came_after_it(knowledge: Knowledge) -> None:
    """A case is about law that was there when the conduct ended, or at the latest when the case began."""
    begun: dict[str, date] = {}
    for event in read(knowledge.store, Event):
        instrument = event.node.key.rpartition(".")[0]
        begun[instrument] = min(begun.get(instrument, event.date.earliest), event.date.earliest)
    for case in read(knowledge.store, Enforcement):
        last = max(step.date.latest for step in case.steps)
        ended = min(last, case.conduct_to.latest) if case.conduct_to else last
        assert [each for each in case.instruments if each in begun and begun[each] > ended] == [], case.node.key


def test_a_company_that_is_not_charged_is_no_party(knowledge: Knowledge) -> None:
    row = told(knowledge, party="Super Micro")[LIAW]
    assert row["parties"] == []
    assert "supermicro" in row["involved"]
    assert "the company is not charged" in row["summary"]


def test_a_charge_is_told_as_one(knowledge: Knowledge) -> None:
    card = enforcement(knowledge)
    assert "presumed innocent" in card.plain["means"]
    open_ = next(gap for gap in card.unknown if gap.what.startswith("how these end"))
    assert LIAW in open_.what
    assert "bis-seagate-2023-04" not in open_.what
    for case in read(knowledge.store, Enforcement):
        stages = {step.stage for step in case.steps}
        if case.persons and stages.isdisjoint({"pleaded-guilty", "convicted"}):
            words = f"{case.summary} {case.note}".lower()
            assert "charged" in words, case.node.key
            assert "allegation" in words, case.node.key


def test_filters(knowledge: Knowledge) -> None:
    assert set(told(knowledge, instrument="us-smic-entity-list-2020-12")) == {"bis-applied-materials-2026-02"}
    spring = told(knowledge, start="2026-03-18", end="2026-03-24")
    assert set(spring) == {LIAW}
    none = enforcement(knowledge, party="asml")
    assert none.plain["cases"] == []
    assert none.unknown[-1].what == "no case in the record fits"
    with pytest.raises(UsageError, match="swap them"):
        enforcement(knowledge, start="2026-03-01", end="2026-01-01")
    with pytest.raises(UnknownNameError):
        enforcement(knowledge, party="Nobody Whatsoever")


def test_status_names_cases_under_an_instrument(knowledge: Knowledge) -> None:
    card = status(knowledge, "us-smic-entity-list-2020-12", as_of="2026-06-01")
    assert [row["case"] for row in card.plain["cases"]] == ["bis-applied-materials-2026-02"]
    assert "cases" not in status(knowledge, "us-smic-entity-list-2020-12", as_of="2026-01-01").plain


def test_changes_tell_steps_of_cases(knowledge: Knowledge) -> None:
    rows = changes(knowledge, "2026-03-18", "2026-03-19", kinds=("case",)).plain["changes"]
    assert [row["id"] for row in rows] == [f"enforcement-step:{LIAW}.1"]
    assert ": charged. " in rows[0]["what"]


def months(first: date, last: date) -> list[PartialDate]:
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [PartialDate(text) for text in dict.fromkeys(f"{day:%Y-%m}" for day in days)]


def test_every_month_has_events_or_was_searched(knowledge: Knowledge) -> None:
    """From January 2025 to the last day of the record; what is not known to the month counts for none."""
    wanted = months(date(2025, 1, 1), knowledge.version.known_on)
    assert len(wanted) >= 23
    found = read_changes(knowledge.store, wanted[0].earliest - timedelta(days=1), wanted[-1].latest)
    told_of = {change.written[:7] for change in found if change.kind in ("event", "case", "search")}
    assert [month for month in wanted if str(month) not in told_of] == []


def test_a_month_searched_in_vain_is_told_with_where(knowledge: Knowledge) -> None:
    rows = changes(knowledge, "2026-09-30", "2026-10-31", kinds=("search",)).plain["changes"]
    assert rows
    assert all(row["what"].startswith("Searched on 2026-11-2") and row["date"] == "2026-10" for row in rows)
    assert changes(knowledge, "2026-05-31", "2026-06-30", kinds=("search",)).plain["changes"] == []


def test_no_search_is_told_of_what_was_not_searched(knowledge: Knowledge) -> None:
    """Of 2025 nothing was searched for its own sake, and the record says nothing else."""
    searched = read(knowledge.store, Search)
    assert len(searched) >= 14
    assert min(search.month.edtf for search in searched) == "2026-01"


def test_conduct_and_steps_are_checked() -> None:
    given: dict[str, Any] = {
        "title": {"en": "x"},
        "authorities": ("bis",),
        "jurisdiction": ("US",),
        "summary": "x",
        "sources": ("x",),
        "confidence": "low",
    }
    with pytest.raises(ValueError, match="at least one step"):
        Enforcement(steps=(), **given)
    days: dict[str, Any] = {"conduct_from": PartialDate("2025"), "conduct_to": PartialDate("2024-12")}
    step: Any = object()
    with pytest.raises(ValueError, match="conduct_to 2024-12 is before conduct_from 2025"):
        Enforcement(steps=(step,), **days, **given)
