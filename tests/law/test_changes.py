"""What changed between two days."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta

import pytest

from dualuse.errors import UsageError
from dualuse.knowledge import Knowledge
from dualuse.law.changes import KINDS, read_changes
from dualuse.questions.changes import Kind, changes
from dualuse.questions.status import status

RULE = "us-ai-diffusion-ifr-2025-01"


def days(knowledge: Knowledge, start: str, end: str, *kinds: Kind) -> list[dict[str, object]]:
    card = changes(knowledge, start, end, kinds=kinds)
    rows: list[dict[str, object]] = card.plain["changes"]
    return rows


def test_cambodia_leaves_d5(knowledge: Knowledge) -> None:
    rows = days(knowledge, "2026-01-31", "2026-02-28", "membership")
    assert {(row["date"], row["what"]) for row in rows} >= {("2026-02-03", "Cambodia leaves Country Group D:5")}
    assert days(knowledge, "2026-02-03", "2026-02-28", "membership") == []
    assert days(knowledge, "2026-01-31", "2026-02-02", "membership") == []
    assert all(row["certain"] for row in rows)


def test_a_place_leaves_one_group_on_the_day_it_enters_another(knowledge: Knowledge) -> None:
    rows = days(knowledge, "2026-07-09", "2026-07-10", "membership")
    assert sorted(str(row["what"]) for row in rows) == [
        "United Arab Emirates enters Country Group A:5",
        "United Arab Emirates leaves Country Group D:3",
        "United Arab Emirates leaves Country Group D:4",
    ]


def test_the_day_from_which_it_is_contested_is_told(knowledge: Knowledge) -> None:
    rows = days(knowledge, "2025-11-06", "2025-11-07", "membership")
    assert [row["what"] for row in rows] == ["Cambodia is in doubt in Country Group D:5"]


def test_the_first_day_is_left_out_and_the_last_is_in(knowledge: Knowledge) -> None:
    on = [
        row
        for row in days(knowledge, "2025-01-12", "2025-01-13", "event")
        if str(row["id"]).startswith(f"event:{RULE}")
    ]
    assert len(on) == 2
    after = days(knowledge, "2025-01-13", "2025-01-15", "event")
    assert [row["date"] for row in after if str(row["id"]).startswith(f"event:{RULE}")] == ["2025-01-15"]


def test_kinds(knowledge: Knowledge) -> None:
    """The rule's day brings events, nineteen members of Supplement No. 5, measures, and what was said."""
    rows = days(knowledge, "2025-01-12", "2025-01-13")
    found = {str(row["kind"]) for row in rows}
    assert found == {"event", "membership", "measure", "statement"}
    entering = [row for row in rows if "enters Supplement No. 5, paragraph (a)" in str(row["what"])]
    assert len(entering) == 19
    assert days(knowledge, "2025-01-12", "2025-01-13", "statement") == [r for r in rows if r["kind"] == "statement"]


def test_a_month_that_reaches_over_the_period_is_flagged(knowledge: Knowledge) -> None:
    start, end = date(2025, 4, 10), date(2025, 4, 20)
    card = changes(knowledge, start, end)
    unsure = [row for row in card.plain["changes"] if not row["certain"]]
    assert any(row["date"] == "2025-04" for row in unsure)
    assert {f"the day of: {row['what']}" for row in unsure} <= {gap.what for gap in card.unknown}
    assert all(len(row["date"]) < len("2025-04-10") for row in unsure)
    whole = changes(knowledge, date(2025, 3, 31), date(2025, 4, 30))
    assert all(row["certain"] for row in whole.plain["changes"] if row["date"] == "2025-04")


def test_a_year_is_in_every_period_of_it(knowledge: Knowledge) -> None:
    found = read_changes(knowledge.store, date(1996, 6, 1), date(1996, 6, 2))
    assert [(change.written, change.certain) for change in found] == [("1996", False)]


def test_backwards(knowledge: Knowledge) -> None:
    with pytest.raises(UsageError, match="--to 2025-01-01 is before --from 2025-02-01; swap them"):
        changes(knowledge, date(2025, 2, 1), date(2025, 1, 1))


def test_beyond_the_record(knowledge: Knowledge) -> None:
    last = knowledge.version.known_on
    card = changes(knowledge, last, last + timedelta(days=30))
    assert card.unknown[0].what == f"what happened after {last}"


def test_every_change_has_a_source_and_stands_in_order(knowledge: Knowledge) -> None:
    found = read_changes(knowledge.store, date(2000, 1, 1), knowledge.version.known_on)
    assert len(found) > 400
    assert all(change.source for change in found)
    assert [change.earliest for change in found] == sorted(change.earliest for change in found)


def test_periods_add_up(knowledge: Knowledge) -> None:
    """Two periods side by side hold what the whole holds; a change of unknown day may stand in both."""
    a, b, c = date(2024, 12, 31), date(2025, 6, 30), date(2025, 12, 31)
    first, second, whole = (
        {change.iri + change.text for change in read_changes(knowledge.store, *ends)}
        for ends in ((a, b), (b, c), (a, c))
    )
    assert first | second == whole


LETTER = "us-anthropic-is-informed-2026-06"


def test_june_2026_is_on_record(knowledge: Knowledge) -> None:
    """The order, the letters to Anthropic with both readings of their days, and the letter of four Representatives."""
    rows = days(knowledge, "2026-06-01", "2026-07-05")
    told = {(row["date"], row["kind"], str(row["id"]).partition(":")[2].partition(".")[0]) for row in rows}
    assert ("2026-06-02", "event", "us-eo-ai-security-2026-06") in told
    for day in ("2026-06-12", "2026-06-13", "2026-06-26", "2026-06-30", "2026-07-01"):
        assert (day, "event", LETTER) in told
    (letter,) = (row for row in rows if row["date"] == "2026-06-18" and row["kind"] == "statement")
    assert "Liccardo, with Representatives Obernolte, Lieu and Franklin" in str(letter["what"])


@pytest.mark.parametrize(
    ("day", "stands"),
    [("2026-06-11", "not-yet"), ("2026-06-12", "in-force"), ("2026-06-29", "in-force"), ("2026-07-01", "ended")],
)
def test_the_letter_to_anthropic_by_day(knowledge: Knowledge, day: str, stands: str) -> None:
    assert status(knowledge, LETTER, as_of=day).plain["status"] == stands


def test_each_change_is_told_once_and_in_english(knowledge: Knowledge) -> None:
    found = read_changes(knowledge.store, date.min, date.max, knowledge.registry)
    told = Counter((change.iri, change.written) for change in found)
    assert [key for key, times in told.items() if times > 1] == []
    assert {change.kind for change in found} == set(KINDS)
    assert [change.text for change in found if re.search(r"[\u3400-\u9fff]{8,}", change.text)] == []
