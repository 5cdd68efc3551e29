"""How far the record reaches, and that every answer past it says so, at every door and on that day's account alone."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.running import Run

from dualuse.build import Built
from dualuse.card import Card
from dualuse.errors import UsageError
from dualuse.knowledge import Knowledge
from dualuse.law.reach import HORIZONS, STALE, age, horizon, past, read_reach, read_searched
from dualuse.model.read import read
from dualuse.model.rereadings import Rereading
from dualuse.rereadings import by_round
from dualuse.show.html import answer_page
from dualuse.store import MemoryStore

REACHED = date(2026, 9, 30)
"""The end of the last month that was searched whole; the last act of every authority is earlier."""
INSIDE, OUTSIDE = "2026-10-30", "2026-10-31"
"""Thirty days later, and one more."""
RULE = "us-ai-diffusion-ifr-2025-01"
LINE = "did after 2026-09-30"


def on(built: Built, today: str = "2026-11-26") -> Knowledge:
    return Knowledge(built.store, today=date.fromisoformat(today))


def lines(card: Card[Any]) -> list[str]:
    return [gap.what for gap in card.unknown if LINE in gap.what]


# -- the record itself ------------------------------------------------------------------------------------------------


def test_horizons_are_days_and_end_at_the_last() -> None:
    assert list(HORIZONS.items()) == [("fresh", 7), ("ageing", 14), ("old", 30)]
    assert [horizon(days) for days in (0, 7, 8, 14, 15, 30, 31)] == [
        *("fresh", "fresh", "ageing", "ageing", "old", "old", STALE)
    ]
    assert (horizon(None), age(None, REACHED), age(REACHED, date(2025, 1, 1))) == (STALE, None, 0)


def test_every_body_that_issued_an_instrument_has_its_line(built: Built) -> None:
    card = on(built).status(record=True, as_of="2026-10-07")
    rows = {row.authority: row for row in card.answer.record or ()}
    issuers = {body for record in built.curated.tables["instruments"].values() for body in record.issued_by}
    assert set(rows) == issuers
    assert {
        "bis",
        "mofcom",
        "ec",
        "nl-minister-trade",
        "meti",
        "motie",
        "miti",
        "tw-ita",
        "treasury",
        "us-congress",
    } <= (issuers)
    mofcom = rows["mofcom"]
    assert (mofcom.last_act, mofcom.searched, mofcom.reaches) == ("2026-09-28", "2026-09", "2026-09-30")
    assert (mofcom.age, mofcom.horizon, list(mofcom.searched_in_part)) == (7, "fresh", ["2026-10"])
    assert mofcom.law == ["CN", "US"]


@pytest.mark.parametrize(
    ("day", "found"),
    [("2026-10-07", "fresh"), ("2026-10-08", "ageing"), (INSIDE, "old"), (OUTSIDE, STALE), ("2026-12-01", STALE)],
)
def test_a_day_tells_the_horizon(built: Built, day: str, found: str) -> None:
    assert {row.horizon for row in on(built).status(record=True, as_of=day).answer.record or ()} == {found}


def test_ages_are_reckoned_to_today_unless_a_day_is_given(built: Built) -> None:
    card = on(built, "2026-11-29").status(record=True)
    assert card.as_of == date(2026, 11, 29)
    assert {row.age for row in card.answer.record or ()} == {60}


def test_days_set_in_advance_are_no_acts(built: Built) -> None:
    """The suspension of the affiliates rule ended on 10 November by its text of 2025; that is no act of November."""
    found = read_reach(built.store, date(2026, 11, 22))
    assert max(each.acted for each in found.values() if each.acted) <= REACHED
    assert found["gov-nl"].acted is None


def test_an_act_later_than_the_searches_carries_the_record_on(built: Built) -> None:
    store = MemoryStore()
    event, ns = "<https://w3id.org/dualuse/id/event/us-ear.1>", "https://w3id.org/dualuse/ns#"
    day = '"2026-11-20"^^<http://www.w3.org/2001/XMLSchema#date>'
    (was,) = {row["day"].value for row in built.store.select(f"SELECT ?day WHERE {{ {event} du:latest ?day }}")}
    old = f'{event} <{ns}latest> "{was}"^^<http://www.w3.org/2001/XMLSchema#date>'
    kind = f"{event} <{ns}eventKind> "
    kept = []
    for line in built.store.nquads().decode().splitlines():
        text = line.replace(old, f"{event} <{ns}latest> {day}")
        text = text if not text.startswith(kind) else text.replace("event-kind/effectiveness", "event-kind/amendment")
        kept.append(text)
    store.replace("\n".join(kept).encode())
    reached = read_reach(store, date(2026, 11, 22))["bis"]
    assert reached.day == date(2026, 11, 20)
    asked = {"command": "status", "instrument": "us-ear"}
    assert past(store, asked, date(2026, 12, 20), date(2026, 11, 22)) == ()
    assert past(store, asked, date(2026, 12, 21), date(2026, 11, 22)) != ()


def test_searches_tell_how_far_months_were_looked_through(built: Built) -> None:
    found = read_searched(built.store)
    assert (str(found.whole), [str(month) for month in found.part], found.day) == ("2026-09", ["2026-10"], REACHED)


def test_second_readings_stand_beside_it(built: Built) -> None:
    again = on(built).status(record=True).answer.read_again or ()
    known = [(each, t) for each, found in by_round(read(built.store, Rereading)).items() for t in found]
    assert [(row.round, row.table, row.facts, row.false) for row in again] == [
        (each, t.table, t.facts, t.false) for each, t in known
    ]
    for row, (_, tally) in zip(again, known, strict=True):
        assert tally.told == ("" if row.rate is None else f"{row.rate:.1f} % ({row.low:.1f} to {row.high:.1f})")


def test_one_of_the_two_is_asked(built: Built) -> None:
    with pytest.raises(UsageError, match="ask how far the record reaches: --record"):
        on(built).status()
    with pytest.raises(UsageError, match="leave the instrument out"):
        on(built).status("us-ear", record=True)


def test_it_is_told_in_three_languages(built: Built) -> None:
    page = answer_page(on(built).status(record=True))
    for words in ("How far does the record reach?", "紀錄涵蓋至何時？", "记录涵盖至何时？", "逾時", "逾时", "商務部"):
        assert words in page


def test_a_loaded_feed_stands_with_its_day(built: Built) -> None:
    from dualuse.namespaces import GRAPH

    store = MemoryStore()
    ns, iri = "https://w3id.org/dualuse/ns#", "<https://w3id.org/dualuse/id/feed-snapshot/ecfr>"
    said = {
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#type": f"<{ns}FeedSnapshot>",
        "http://www.w3.org/2000/01/rdf-schema#label": '"eCFR"@en',
        "http://purl.org/dc/terms/issued": '"2026-11-20"^^<http://www.w3.org/2001/XMLSchema#date>',
        "http://purl.org/dc/terms/source": '"here"',
        "http://purl.org/dc/terms/conformsTo": '"1"',
        f"{ns}contentSha256": f'"{"0" * 64}"',
        f"{ns}feedColumns": '"[]"',
        f"{ns}recordsRejected": '"0"^^<http://www.w3.org/2001/XMLSchema#integer>',
    }
    graph = f"<{GRAPH}feed/ecfr>"
    more = "".join(f"{iri} <{name}> {told} {graph} .\n" for name, told in said.items())
    store.replace(built.store.nquads() + more.encode())
    rows = {row.authority: row for row in Knowledge(store).status(record=True, as_of="2026-11-29").answer.record or ()}
    assert [(feed.feed, feed.age, feed.horizon) for feed in rows["bis"].feeds] == [("ecfr", 9, "ageing")]
    assert (rows["bis"].horizon, list(rows["mofcom"].feeds)) == (STALE, [])


# -- every answer says so ---------------------------------------------------------------------------------------------

Ask = Callable[[Knowledge, str | None], Card[Any]]
ASKED: dict[str, Ask] = {
    "status": lambda k, day: k.status(RULE, as_of=day),
    "check": lambda k, day: k.check("H100 SXM", to="CN", hq="CN", as_of=day),
    "check under CN": lambda k, day: k.check(item="cn-gallium", to="US", hq="US", under="CN", as_of=day),
    "check ask": lambda k, day: k.check("H100 SXM", to="CN", hq="CN", as_of=day, ask=True),
    "chips": lambda k, day: k.chips(to="CH", hq="CH", as_of=day),
    "groups": lambda k, day: k.groups("PL", as_of=day),
    "groups count": lambda k, day: k.groups(count=True, as_of=day),
    "changes": lambda k, day: k.changes("2026-09-01", day or str(k.version.known_on)),
    "enforcement": lambda k, day: k.enforcement(as_of=day),
    "affected": lambda k, day: k.affected(by=["us-h20-is-informed-2025-04"], as_of=day),
    "connected": lambda k, day: k.connected(by=[RULE], as_of=day),
    "why": lambda k, day: k.why("TSMC", RULE, as_of=day),
    "whatif": lambda k, day: k.whatif(parts=["us-h20-is-informed-2025-04"], as_of=day),
    "exposure": lambda k, day: k.exposure("NVIDIA", as_of=day),
}


@pytest.mark.parametrize("name", ASKED)
def test_an_answer_past_the_horizon_says_so_once(built: Built, name: str) -> None:
    ask, knowledge = ASKED[name], on(built)
    assert len(lines(ask(knowledge, OUTSIDE))) == len(lines(ask(knowledge, None))) == 1
    assert lines(ask(knowledge, INSIDE)) == []


@pytest.mark.parametrize(
    ("question", "who"),
    [
        ({"command": "status", "instrument": RULE}, "Bureau of Industry and Security"),
        ({"command": "why", "measure": "nl-extension-2025-04"}, "Minister for Foreign Trade"),
        (
            {"command": "whatif", "remove": "instrument:cn-mofcom-61-2025-10"},
            "Ministry of Commerce of the PRC (MOFCOM)",
        ),
        ({"command": "check", "under": "MY"}, "(MITI)"),
        ({"command": "groups"}, "Bureau of Industry and Security, United States Congress and "),
    ],
)
def test_it_names_the_authority_whose_law_is_asked(built: Built, question: dict[str, str], who: str) -> None:
    (gap,) = past(built.store, question, date(2026, 11, 22), date(2026, 11, 22))
    assert who in gap.what
    assert gap.what.endswith(" did after 2026-09-30")
    assert gap.why_it_matters == (
        "the record reaches no further, and 2026-11-22 is more than 30 days later: dualuse status --record"
    )


@pytest.mark.parametrize("command", ["said", "claims", "news", "verify", "holders", "structure", "screen", "reconcile"])
def test_what_turns_on_no_authority_says_nothing(built: Built, command: str) -> None:
    assert past(built.store, {"command": command}, date(2026, 11, 22), date(2026, 11, 22)) == ()


@pytest.mark.parametrize("day", ["2025-06-01", INSIDE])
def test_answers_inside_the_record_are_the_same_whatever_today(built: Built, day: str) -> None:
    told = [json.dumps(on(built, today).status(RULE, as_of=day).to_dict()) for today in ("2026-10-01", "2036-01-01")]
    assert told[0] == told[1]


def test_today_decides_where_no_day_is_named(built: Built) -> None:
    """A record that closes within its horizon says so once today lies beyond, and not before."""
    from dualuse.unnamed import Unnamed

    asked = {"command": "groups"}
    told = {
        today: past(built.store, asked, Unnamed.beside(date(2026, 10, 15), today), date(2026, 10, 15))
        for today in (date(2026, 10, 30), date(2026, 10, 31))
    }
    assert [len(gaps) for gaps in told.values()] == [0, 1]
    assert "2026-10-31 is more than 30 days later" in told[date(2026, 10, 31)][0].why_it_matters


@pytest.mark.parametrize("form", ["table", "json", "md"])
def test_every_form_says_so(run: Run, form: str) -> None:
    words = ("groups", "PL", "--format", form, "--as-of")
    assert LINE in " ".join(run(*words, OUTSIDE).stdout.split())
    assert LINE not in " ".join(run(*words, INSIDE).stdout.split())


def test_rows_page_and_tables_say_so(run: Run, clean: Path) -> None:
    days = enumerate((OUTSIDE, INSIDE, ""), 1)
    rest = "".join(f"{number},H100 SXM,1,PL,PL,{day}\n" for number, day in days)
    (clean / "t.csv").write_text(f"id,item,quantity,to,hq,as-of\n{rest}")
    rows = list(csv.DictReader(io.StringIO(run("check", "--batch", "t.csv").stdout)))
    assert [LINE in row["unknown"] for row in rows] == [True, False, True]
    several = list(csv.DictReader(io.StringIO(run("check", "--batch", "t.csv", "--jobs", "2").stdout)))
    assert several == rows
    words = ("groups", "PL", "--as-of", OUTSIDE)
    assert run(*words, "--html", "page.html", "-o", "card").returncode == 0
    assert LINE in (clean / "page.html").read_text("utf-8")
    told = run(*words, "--format", "csv", "--unknown", "gaps.csv")
    assert LINE not in told.stdout
    assert LINE in (clean / "gaps.csv").read_text("utf-8")
