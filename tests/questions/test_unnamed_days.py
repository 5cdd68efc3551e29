"""Questions of which no day is named are asked of the last day of the record; today is answered from it."""

from __future__ import annotations

import copy
import json
import pickle
from datetime import date, timedelta

import pytest
from tests.running import Run

from dualuse.build import Built
from dualuse.dates import PartialDate
from dualuse.explore.make import explorer_page
from dualuse.knowledge import Knowledge
from dualuse.show.cells import title
from dualuse.show.html import answer_page
from dualuse.span import Span
from dualuse.unnamed import Unnamed, carried_from, clock_of

LAST = date(2026, 11, 22)
QUIET = date(2026, 11, 26)
"""A later day; nothing on record falls due before it."""
DUE = date(2026, 11, 28)
"""The day after the last of the stay of paragraph 2 of No. 46."""
PARAGRAPH = "cn-mofcom-46-2024-12.2"


def on(built: Built, today: date) -> Knowledge:
    return Knowledge(built.store, today=today)


def test_no_day_is_the_last_day_of_the_record(built: Built) -> None:
    card = on(built, QUIET).check("H100 SXM", to="China", hq="China")
    assert card.as_of == LAST == card.dataset.known_on
    assert card.answer.outcome == "licence-required"
    assert not [gap for gap in card.unknown if gap.what.startswith("what happened after")]


def test_it_is_said_at_the_top(built: Built) -> None:
    card = on(built, QUIET).status("Affiliates Rule")
    assert title(card).endswith("as of 2026-11-22, the last day on record (today is 2026-11-26), codified")
    page = answer_page(card)
    assert "the last day on record; today is 2026-11-26" in page
    assert "紀錄的最後一日；今日為 2026-11-26" in page


@pytest.mark.parametrize("today", [LAST, date(2025, 1, 1)])
def test_nothing_is_said_where_the_record_reaches_today(built: Built, today: date) -> None:
    knowledge = on(built, today)
    assert title(knowledge.status("Affiliates Rule")).endswith("as of 2026-11-22, codified")
    assert knowledge.day("today") == today
    assert carried_from(knowledge.day("today")) is None


def test_a_day_that_is_named_is_what_it_is(built: Built) -> None:
    card = on(built, QUIET).status("Affiliates Rule", as_of="2026-11-22")
    assert title(card).endswith("as of 2026-11-22, codified")


def test_today_is_answered_from_the_record_with_one_warning(built: Built) -> None:
    card = on(built, QUIET).check("H100 SXM", to="China", hq="China", as_of="today")
    assert card.as_of == QUIET
    assert card.answer.outcome == "licence-required"
    (warning,) = [gap for gap in card.unknown if gap.what.startswith("what happened after")]
    assert warning.what == "what happened after 2026-11-22"
    assert warning.why_it_matters.startswith("today, 2026-11-26, is answered from the record as it stood then")
    assert json.loads(json.dumps(card.to_dict()))["as_of"] == "2026-11-26"


def test_the_same_day_by_its_date_lies_beyond_the_record(built: Built) -> None:
    knowledge = on(built, QUIET)
    rule = "us-ai-diffusion-ifr-2025-01"
    assert knowledge.status(rule, as_of="today").answer.status == "in-force"
    assert knowledge.status(rule, as_of=QUIET).answer.status == "unknown"
    assert knowledge.check("H100 SXM", to="China", hq="China", as_of=QUIET).answer.outcome == "indeterminate"


def test_one_world_tells_today_from_its_date(built: Built) -> None:
    """What is remembered of one must not answer for the other."""
    knowledge = on(built, QUIET)
    assert knowledge.law.rules.rules  # read once for every day
    days: tuple[date | str, ...] = ("today", QUIET, "today")
    outcomes = [knowledge.check("H100 SXM", to="CN", hq="CN", as_of=day).answer.outcome for day in days]
    assert outcomes == ["licence-required", "indeterminate", "licence-required"]


def test_what_falls_due_in_between_is_unknown(built: Built) -> None:
    before, after = (on(built, today).status(PARAGRAPH, as_of="today") for today in (QUIET, DUE))
    assert before.answer.status == "suspended"
    assert after.answer.status == "unknown"
    assert {reading.status for reading in after.answer.readings or ()} == {"suspended", "in-force"}
    assert any("something falls due after 2026-11-22" in gap.why_it_matters for gap in after.unknown)


def test_a_bound_that_falls_in_between_makes_a_span_unknown() -> None:
    today = Unnamed.beside(DUE, LAST)
    for span in (Span(end=PartialDate("2026-11-25")), Span(start=PartialDate("2026-11-25"))):
        assert span.on(today) is None
        assert span.on(DUE) is not None
    assert Span(start=PartialDate("2026-11-22"), end=PartialDate("2026-11-29")).on(today) is True
    assert Span(start=PartialDate("2026-11-29")).on(today) is False


def test_a_day_keeps_the_other_and_loses_it_when_reckoned_with() -> None:
    today = Unnamed.beside(DUE, LAST)
    sent = pickle.loads(pickle.dumps(today))  # noqa: S301 - of our own making
    for kept in (sent, copy.deepcopy(today), copy.copy(today)):
        assert (kept, carried_from(kept), clock_of(kept)) == (DUE, LAST, None)
    for reckoned in (today - timedelta(days=1), today + timedelta(days=1), today.replace(day=30)):
        assert carried_from(reckoned) is None
    assert today.isoformat() == f"{today}" == "2026-11-28"
    assert clock_of(Unnamed.beside(LAST, DUE)) == DUE


def test_networks_and_pages_open_on_the_last_day(built: Built) -> None:
    knowledge = on(built, QUIET)
    statuses = {data["status"] for node, data in knowledge.network().nodes(data=True) if node.kind == "instrument"}
    assert "in-force" in statuses
    page = explorer_page(knowledge, knowledge.day(None), "codified", by="us-ai-diffusion-ifr-2025-01")
    assert '<time id="as-of" datetime="2026-11-22">' in page
    assert f'<small id="last-day">the last day on record; today is {QUIET}</small>' in page


def test_a_page_of_a_day_that_was_named_does_not_speak_of_the_last_one(built: Built) -> None:
    knowledge = on(built, QUIET)
    page = explorer_page(knowledge, LAST, "codified", by="us-ai-diffusion-ifr-2025-01")
    assert '<small id="last-day" hidden>' in page


@pytest.mark.parametrize("words", [("groups", "PL"), ("status", "Affiliates Rule"), ("structure", "bridges")])
def test_every_command_takes_today(run: Run, words: tuple[str, ...]) -> None:
    asked = run(*words, "--as-of", "today", "--format", "json")
    assert asked.returncode == 0
    assert json.loads(asked.stdout)["as_of"] == date.today().isoformat()
    assert json.loads(run(*words, "--format", "json").stdout)["as_of"] == "2026-11-22"


def test_help_says_so(run: Run) -> None:
    for command in ("check", "explore", "export"):
        told = " ".join(run(command, "--help").stdout.split())
        assert "Day of law, YYYY-MM-DD, or today. [default: last day on record]" in told
