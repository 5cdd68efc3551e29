"""The status in the page is the status in Python: the same events, days and lenses give the same answer to both."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from dualuse.explore.history import EVENT_FIELDS, _event
from dualuse.explore.inline import template_text
from dualuse.knowledge import Knowledge
from dualuse.law.events import read_all_events, read_kinds
from dualuse.law.status import status
from dualuse.lens import Lens
from dualuse.model.law import Event

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

PROGRAM = """({cases, events, fields, knownOn}) => {
%s
const named = Object.fromEntries(Object.entries(events).map(([key, rows]) =>
  [key, rows.map((row) => Object.fromEntries(fields.map((name, place) => [name, row[place]])))]));
return cases.map(([key, kind, day, lens]) => {
  const answer = lawStatus(named[key], day, lens, {kind, knownOn});
  return [answer.status, answer.readings.map((r) => [r.status, r.events.map((event) => event.number)])];
});
}"""


def days(events: list[Event], known_on: date) -> Iterator[date]:
    """Days on which the answer can change, and the days beside them."""
    for event in events:
        for written in (event.date, event.until):
            for day in () if written is None else (written.earliest, written.latest):
                yield from (day - timedelta(days=1), day, day + timedelta(days=1))
    yield from (date(2000, 1, 1), known_on, known_on + timedelta(days=1))


def test_page_and_python_agree(browser: "Browser", knowledge: Knowledge) -> None:
    store, known_on = knowledge.store, knowledge.version.known_on
    events = read_all_events(store)
    kinds = read_kinds(store)
    cases = [
        (key, kinds.get(key, ""), day, lens)
        for key, found in events.items()
        for day in sorted(set(days(found, known_on)))
        for lens in Lens
    ]
    assert len(cases) > 500
    expected: list[Any] = []
    for key, kind, day, lens in cases:
        answer = status(events[key], day, lens, known_on=known_on, kind=kind)
        expected.append([answer.status, [[r.status, [e.number for e in r.events]] for r in answer.readings]])
    given = {
        "cases": [(key, kind, day.isoformat(), lens) for key, kind, day, lens in cases],
        "events": {key: [_event(event, knowledge.registry) for event in found] for key, found in events.items()},
        "fields": EVENT_FIELDS,
        "knownOn": known_on.isoformat(),
    }
    page = browser.new_page()
    found = page.evaluate(PROGRAM % template_text("law_status.js"), given)
    page.close()
    wrong = [(case, a, b) for case, a, b in zip(cases, expected, found, strict=True) if a != b]
    assert wrong == []
    assert {status for status, _ in expected} >= {
        "in-force",
        "suspended",
        "not-enforced",
        "ended",
        "unknown",
        "not-yet",
    }
