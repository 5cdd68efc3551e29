"""The status engine: events made by hand, then events made by Hypothesis."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dualuse.dates import PartialDate
from dualuse.law.status import Answer, status
from dualuse.lens import Lens
from dualuse.model.base import placed
from dualuse.model.law import Event
from dualuse.model.values import Status

KNOWN_ON = date(2026, 11, 22)
_numbers = itertools.count(1)


def event(
    kind: str,
    on: str,
    *,
    until: str | None = None,
    effect: str = "binding",
    announces: str = "",
    scope: str = "",
) -> Event:
    given: dict[str, Any] = {"kind": kind, "effect": effect, "announces": announces or None}
    found = Event(
        date=PartialDate(on),
        until=None if until is None else PartialDate(until),
        scope=tuple(scope.split()),
        text=kind,
        sources=("s",),
        confidence="high",
        **given,
    )
    return placed(found, f"x.{next(_numbers)}")


def read(events: list[Event], day: str, lens: str = "codified", *, kind: str = "rule", provision: str = "") -> Answer:
    return status(events, date.fromisoformat(day), lens, known_on=KNOWN_ON, kind=kind, provision=provision)


def name(events: list[Event], day: str, lens: str = "codified", *, kind: str = "rule", provision: str = "") -> str:
    return read(events, day, lens, kind=kind, provision=provision).status


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2026-01-31", "suspended"), ("2026-02-01", "suspended"), ("2026-02-02", "unknown"), ("2026-02-28", "unknown")],
)
def test_a_stay_that_ends_in_a_month_may_or_may_not_run_in_it(day: str, expected: str) -> None:
    stay = event("suspension", "2025-06-01", until="2026-02")
    found = read([*RULE, stay], day)
    assert found.status == expected
    if expected == "unknown":
        assert [(each.status, each.why) for each in found.readings] == [
            ("suspended", "the stay may run: it ends in 2026-02"),
            ("in-force", "on its face the stay ends in 2026-02, perhaps before this day"),
        ]
    assert [each.why for each in read([*RULE, stay], "2026-03-01").readings] == [
        "on its face the stay ended on 2026-02",
    ]


def test_officials_who_promised_for_a_month_may_or_may_not_be_heard_in_it() -> None:
    promise = event("announcement", "2025-06-01", until="2026-02", effect="announced", announces="suspended")
    assert name([*RULE, promise], "2026-02-01", "announced") == "suspended"
    assert [each.status for each in read([*RULE, promise], "2026-02-10", "announced").readings] == [
        "suspended",
        "in-force",
    ]
    assert name([*RULE, promise], "2026-03-01", "announced") == "in-force"


RULE = [event("publication", "2025-01-15"), event("effectiveness", "2025-01-13"), event("compliance-due", "2025-05-15")]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2025-01-12", "not-yet"),
        ("2025-01-13", "effective-not-due"),
        ("2025-05-14", "effective-not-due"),
        ("2025-05-15", "in-force"),
        ("2026-11-22", "in-force"),
    ],
)
def test_life_of_a_rule(day: str, expected: str) -> None:
    assert name(RULE, day) == expected


def test_nothing_recorded_and_nothing_effective() -> None:
    assert name([], "2025-01-01") == "not-yet"
    answer = read([event("publication", "2025-01-15")], "2025-02-01")
    assert answer.status == "unknown"
    assert [reading.why for reading in answer.readings] == ["no day of effect is recorded"]


def test_a_month_leaves_its_days_open() -> None:
    events = [event("effectiveness", "2025-04")]
    assert name(events, "2025-03-31") == "not-yet"
    middle = read(events, "2025-04-16")
    assert middle.status == "unknown"
    assert {reading.status for reading in middle.readings} == {"not-yet", "in-force"}
    assert middle.settles == "the exact day of: effectiveness 2025-04"
    assert name(events, "2025-04-30") == "in-force"


def test_a_year_leaves_its_days_open() -> None:
    assert name([event("effectiveness", "1996")], "1996-06-01") == "unknown"
    assert name([event("effectiveness", "1996")], "1997-01-01") == "in-force"


def test_a_doubtful_day_that_changes_nothing_is_no_doubt() -> None:
    assert name([*RULE, event("amendment", "2025-06")], "2025-06-10") == "in-force"


def test_many_doubtful_days() -> None:
    """More than can be tried in every combination, and the last of them still counts."""
    events = [event("effectiveness", "2024-01-01"), *(event("amendment", "2025-06") for _ in range(12))]
    assert name(events, "2025-06-10") == "in-force"
    answer = read([*events, event("removal", "2025-06")], "2025-06-10")
    assert answer.status == "unknown"
    assert {reading.status for reading in answer.readings} == {"in-force", "ended"}


def test_a_stay_with_a_recorded_end() -> None:
    events = [*RULE, event("suspension", "2025-11-10"), event("resumption", "2026-03-01")]
    assert name(events, "2025-11-09") == "in-force"
    assert name(events, "2025-11-10") == "suspended"
    assert name(events, "2026-02-28") == "suspended"
    assert name(events, "2026-03-01") == "in-force"


def test_a_stay_whose_term_has_run_out() -> None:
    """The record holds nothing later: the text applies again by itself."""
    events = [*RULE, event("suspension", "2025-11-10", until="2026-11-09")]
    assert name(events, "2026-11-09") == "suspended"
    after = read(events, "2026-11-10")
    assert after.status == "in-force"
    assert "on its face the stay ended on 2026-11-09" in after.readings[0].why
    assert after.readings[0].since == "2026-11-10"


def test_a_stay_that_officials_prolong() -> None:
    words = event("announcement", "2026-09-28", effect="announced", announces="suspended", until="2027-01-10")
    events = [*RULE, event("suspension", "2025-11-10", until="2026-11-09"), words]
    after = read(events, "2026-11-15")
    assert after.status == "unknown"
    assert [(reading.status, reading.since) for reading in after.readings] == [
        ("in-force", "2026-11-10"),
        ("suspended", "2026-09-28"),
    ]
    assert "officials said it goes on" in after.readings[1].why
    assert after.settles == (
        "a published act that extends the stay, as said on 2026-09-28, or one that says that it ended"
    )
    assert name(events, "2026-11-15", "announced") == "suspended"


def test_what_officials_said_of_a_stay_before_it_began_prolongs_nothing() -> None:
    words = event("announcement", "2025-11-01", effect="announced", announces="suspended")
    assert name([*RULE, words, event("suspension", "2025-11-10", until="2026-11-09")], "2026-11-15") == "in-force"


def test_a_stay_longer_than_officials_prolong_it() -> None:
    words = event("announcement", "2026-06-01", effect="announced", announces="suspended", until="2026-10-01")
    events = [*RULE, event("suspension", "2025-11-10", until="2026-08-01"), words]
    assert [name(events, day) for day in ("2026-10-01", "2026-10-02")] == ["unknown", "in-force"]


def test_a_stay_that_is_prolonged_by_an_act() -> None:
    events = [*RULE, event("suspension", "2025-05-14", until="2025-08-12")]
    events.append(event("suspension", "2025-08-12", until="2025-11-10"))
    assert [name(events, day) for day in ("2025-08-20", "2025-11-10", "2025-11-11")] == [
        "suspended",
        "suspended",
        "in-force",
    ]


def test_a_stay_that_ends_before_compliance_is_due() -> None:
    events = [event("effectiveness", "2025-01-01"), event("compliance-due", "2025-12-01")]
    after = read([*events, event("suspension", "2025-02-01", until="2025-03-01")], "2025-06-01")
    assert [reading.status for reading in after.readings] == ["effective-not-due"]


def test_a_stay_without_term_runs() -> None:
    assert name([*RULE, event("suspension", "2025-11-19")], "2026-11-22") == "suspended"


def test_one_paragraph_is_stayed() -> None:
    events = [event("effectiveness", "2024-12-03"), event("suspension", "2025-11-09", until="2026-11-27", scope="x.2")]
    assert name(events, "2026-01-01") == "in-force"
    assert name(events, "2026-01-01", provision="x.2") == "suspended"
    assert name(events, "2026-01-01", provision="x.1") == "in-force"


def test_a_paragraph_with_a_day_of_its_own() -> None:
    events = [event("effectiveness", "2022-10-07"), event("effectiveness", "2022-10-21", scope="x.3a090")]
    assert name(events, "2022-10-10") == "in-force"
    assert name(events, "2022-10-10", provision="x.3a090") == "not-yet"
    assert name(events, "2022-10-21", provision="x.3a090") == "in-force"
    assert name(events, "2022-10-10", provision="x.other") == "in-force"


def test_a_paragraph_due_later_than_the_rest() -> None:
    events = [*RULE, event("compliance-due", "2026-01-15", scope="x.14")]
    assert name(events, "2025-06-01") == "in-force"
    assert name(events, "2025-06-01", provision="x.14") == "effective-not-due"
    assert name(events, "2026-01-15", provision="x.14") == "in-force"


@pytest.mark.parametrize("kind", ["bill", "draft", "guidance", "press-statement", "fact-sheet", "political-statement"])
def test_what_binds_nobody(kind: str) -> None:
    events = [event("announcement", "2025-05-13", effect="announced")]
    assert name(events, "2025-06-01", kind=kind) == "not-yet"
    assert name([event("effectiveness", "2025-05-13")], "2025-06-01", kind=kind) == "not-yet"


def test_a_policy_is_applied_though_it_binds_nobody() -> None:
    events = [event("effectiveness", "2025-05-13", effect="announced")]
    found = {lens: name(events, "2025-06-01", lens, kind="press-statement") for lens in Lens}
    assert found == {"codified": "not-yet", "enforced": "in-force", "announced": "in-force"}


def test_guidance_is_heeded_from_its_day_on() -> None:
    events = [event("publication", "2026-05-31", effect="announced")]
    found = {lens: [name(events, f"2026-{day}", lens, kind="guidance") for day in ("05-30", "05-31")] for lens in Lens}
    assert found[Lens.CODIFIED] == ["not-yet", "not-yet"]
    assert found[Lens.ENFORCED] == found[Lens.ANNOUNCED] == ["not-yet", "in-force"]
    later = [*events, event("effectiveness", "2026-07-01", effect="announced")]
    assert [name(later, day, "enforced", kind="guidance") for day in ("2026-06-30", "2026-07-01")] == [
        "not-yet",
        "in-force",
    ]


def test_a_part_that_is_enforced_beside_a_whole_that_is_not() -> None:
    events = [
        *RULE,
        event("non-enforcement", "2025-05-13", effect="announced"),
        event("enforcement", "2026-05-31", effect="announced", scope="x.headquarters"),
    ]
    assert name(events, "2026-06-15", "enforced") == "not-enforced"
    assert name(events, "2026-06-15", "enforced", provision="x.other") == "not-enforced"
    part = {day: read(events, day, "enforced", provision="x.headquarters") for day in ("2026-05-30", "2026-06-15")}
    assert [answer.status for answer in part.values()] == ["not-enforced", "in-force"]
    assert [str(told.date) for told in part["2026-06-15"].readings[0].events] == ["2026-05-31"]
    assert name(events, "2026-06-15", "codified", provision="x.headquarters") == "in-force"


@pytest.mark.parametrize("kind", ["expiry", "removal", "supersession"])
def test_ends(kind: str) -> None:
    events = [*RULE, event(kind, "2025-08-01")]
    assert name(events, "2025-07-31") == "in-force"
    assert [name(events, "2025-08-01", lens) for lens in Lens] == ["ended"] * 3


def test_supersession_that_is_only_said_ends_nothing() -> None:
    events = [*RULE, event("supersession", "2025-07-15", effect="announced")]
    assert name(events, "2025-08-01") == "in-force"


def test_lenses_on_an_announcement() -> None:
    words = [
        event("announcement", "2025-05-13", effect="announced", announces="ended"),
        event("non-enforcement", "2025-05-13", effect="announced"),
    ]
    found = {lens: name([*RULE, *words], "2025-06-01", lens) for lens in Lens}
    assert found == {"codified": "in-force", "enforced": "not-enforced", "announced": "ended"}


def test_a_later_act_outdoes_what_officials_said() -> None:
    words = event("announcement", "2025-06-01", effect="announced", announces="in-force")
    assert name([*RULE, words, event("removal", "2025-07-01")], "2025-08-01", "announced") == "ended"
    assert name([*RULE, event("removal", "2025-05-20"), words], "2025-08-01", "announced") == "in-force"


def test_an_opinion_changes_nothing() -> None:
    opinion = event("opinion", "2026-05-12", effect="opinion")
    assert [name([*RULE, opinion], "2026-06-01", lens) for lens in Lens] == ["in-force"] * 3


def test_the_day_after_the_record_ends() -> None:
    assert name(RULE, KNOWN_ON.isoformat()) == "in-force"
    after = read(RULE, (KNOWN_ON + timedelta(days=1)).isoformat())
    assert after.status == "unknown"
    assert [reading.status for reading in after.readings] == ["in-force"]
    assert after.settles == "a record brought up to 2026-11-23; this one ends on 2026-11-22"


def test_events_of_one_day_stand_in_the_order_of_the_file() -> None:
    first, second = event("suspension", "2025-11-10"), event("resumption", "2025-11-10")
    assert name([*RULE, second, first], "2025-11-10") == "in-force"


KINDS = (
    "announcement",
    "publication",
    "effectiveness",
    "compliance-due",
    "amendment",
    "suspension",
    "resumption",
    "non-enforcement",
    "enforcement",
    "expiry",
    "removal",
    "supersession",
    "opinion",
)
DAYS = st.dates(date(2024, 1, 1), date(2026, 11, 22))
WRITTEN = st.one_of(
    DAYS.map(date.isoformat), DAYS.map(lambda day: day.isoformat()[:7]), DAYS.map(lambda day: day.isoformat()[:4])
)
ANNOUNCED = st.sampled_from(["", *get_args(Status)])


@st.composite
def made(draw: st.DrawFn, effects: tuple[str, ...] = ("binding", "announced", "opinion")) -> Event:
    on, until = draw(WRITTEN), draw(st.one_of(st.none(), WRITTEN))
    ends = until is not None and PartialDate(until).latest >= PartialDate(on).earliest
    return event(
        draw(st.sampled_from(KINDS)),
        on,
        until=until if ends else None,
        effect=draw(st.sampled_from(effects)),
        announces=draw(ANNOUNCED),
        scope=draw(st.sampled_from(["", "", "x.1", "x.1 x.2"])),
    )


EVENTS = st.lists(made(), max_size=7)
LENS = st.sampled_from(Lens)
PART = st.sampled_from(["", "x.1", "x.2"])
OF = st.sampled_from(["rule", "bill", "guidance", ""])


@settings(deadline=None)
@given(EVENTS, DAYS, LENS, PART, OF)
def test_every_list_of_events_has_a_status(events: list[Event], day: date, lens: str, part: str, kind: str) -> None:
    answer = status(events, day, lens, known_on=KNOWN_ON, kind=kind, provision=part)
    assert answer.status in get_args(Status)
    assert answer.readings
    assert answer.status == "unknown" or len({reading.status for reading in answer.readings}) == 1


@settings(deadline=None)
@given(EVENTS, made(), DAYS, LENS, PART)
def test_a_future_event_changes_nothing_before_its_day(
    events: list[Event], later: Event, day: date, lens: str, part: str
) -> None:
    """Days of effect and of compliance are set beforehand, so those two kinds may speak before their day."""
    if later.date.earliest <= day or later.kind in ("effectiveness", "compliance-due"):
        return
    before, after = (
        status(found, day, lens, known_on=KNOWN_ON, kind="rule", provision=part) for found in (events, [*events, later])
    )
    assert after == before


@settings(deadline=None)
@given(EVENTS, st.lists(made(effects=("announced", "opinion")), max_size=4), DAYS, PART)
def test_codified_does_not_hear_announcements(events: list[Event], words: list[Event], day: date, part: str) -> None:
    """Once something binding is certain, nothing that is only said changes the codified status.

    But for what is said of a stay: whether it goes on after its last day is not known then.
    """
    words = [word for word in words if word.announces != "suspended"]
    acts = [event("publication", "2023-12-01"), *(act for act in events if act.effect == "binding")]
    before, after = (
        status(found, day, "codified", known_on=KNOWN_ON, kind="rule", provision=part).status
        for found in (acts, [*acts, *words])
    )
    assert after == before


@settings(deadline=None)
@given(EVENTS, DAYS, LENS, st.randoms(use_true_random=False))
def test_the_order_events_come_in_does_not_matter(events: list[Event], day: date, lens: str, shuffle: object) -> None:
    backwards = list(reversed(events))
    assert status(events, day, lens, known_on=KNOWN_ON) == status(backwards, day, lens, known_on=KNOWN_ON)
