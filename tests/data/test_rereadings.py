"""Second readings: what they are of exists, what came of them is counted, and the page says the same."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

import pytest

from dualuse.build import Built
from dualuse.codebook import read_again
from dualuse.errors import CuratedDataError
from dualuse.load.curated import read_curated
from dualuse.load.parse import Unfit, parse
from dualuse.model.read import read
from dualuse.model.rereadings import Rereading
from dualuse.model.tables import KINDS_READ
from dualuse.model.values import SCHEMES
from dualuse.rereadings import ALL, Tally, by_round, judged, outright, tallies, wilson
from dualuse.store.base import value

DATA = Path(__file__).resolve().parents[2] / "data"
ROW = {
    "key": "r00001",
    "thing": "threshold:3a090.a-1",
    "fields": "tpp_min | item",
    "outcome": "agrees",
    "read_on": "2026-11-29",
    "read_in": "88 FR 73458",
    "text_kind": "primary",
    "round": "first",
}
DIFFERS = {"fields": "tpp_min", "outcome": "differs", "recorded": "4800", "found": "4900", "resolution": "open"}


def reading(**changes: str) -> Rereading:
    return parse(Rereading, {name: text for name, text in (ROW | changes).items() if text})


# -- a row ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"read_in": ""}, "give read_in and text_kind, or outcome not-at-hand"),
        ({"text_kind": ""}, "give read_in and text_kind"),
        ({"found": "4900"}, "go with outcome differs alone"),
        ({"resolution": "mended"}, "go with outcome differs alone"),
        (DIFFERS | {"resolution": ""}, "needs what was found and its resolution"),
        (DIFFERS | {"found": ""}, "needs what was found and its resolution"),
        (DIFFERS | {"fields": "tpp_min | item"}, "a difference is of one field"),
        (DIFFERS | {"resolution": "kept"}, "needs its reason in note"),
        ({"key": "1"}, "wrong id or form"),
        ({"thing": "3a090.a-1"}, "wrong id or form"),
        ({"outcome": "maybe"}, "'maybe' is not allowed"),
        ({"round": "second"}, "'second' is not allowed"),
    ],
)
def test_what_does_not_fit_together_is_told(changes: dict[str, str], message: str) -> None:
    with pytest.raises(Unfit, match=re.escape(message)):
        reading(**changes)


@pytest.mark.parametrize(
    "changes", [{}, DIFFERS, DIFFERS | {"recorded": ""}, {"outcome": "not-at-hand", "read_in": "", "text_kind": ""}]
)
def test_what_fits_is_read(changes: dict[str, str]) -> None:
    assert reading(**changes).thing == ROW["thing"]


# -- what it is of ----------------------------------------------------------------------------------------------------


def hold(data: Path, **changes: str) -> None:
    """Let the table hold one row of these values."""
    columns = next(csv.reader(io.StringIO((data / "rereadings.csv").read_text("utf-8"))))
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([columns, [(ROW | changes).get(column, "") for column in columns]])
    (data / "rereadings.csv").write_text(out.getvalue(), "utf-8")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"thing": "treshold:3a090.a-1"},
            "rereadings.csv:2: thing: no kind 'treshold' of things with sources. Nearest: threshold",
        ),
        (
            {"thing": "threshold:3a090.a-9"},
            "rereadings.csv:2: thing: no threshold '3a090.a-9' in thresholds. Nearest: 3a090.a-",
        ),
        ({"fields": "tpp_mn"}, "rereadings.csv:2: fields: threshold has no field 'tpp_mn'. Nearest: tpp_min"),
        ({"thing": "event:us-ear.99", "fields": "date"}, "no event 'us-ear.99' in instruments. Nearest: us-ear."),
        ({"thing": "source:fr-2025-00636", "fields": "url"}, "no kind 'source' of things with sources"),
    ],
)
def test_what_is_not_on_record_is_told_with_its_neighbours(
    data_copy: Path, changes: dict[str, str], message: str
) -> None:
    hold(data_copy, **changes)
    with pytest.raises(CuratedDataError) as caught:
        read_curated(data_copy)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("thing", "fields"),
    [
        ("event:us-ear.1", "date | text | sources"),
        ("threshold:3a090.a-2", "density_min"),
        ("post:alan-f-estevez.1", "role"),
        ("place:NO", "iso3"),
        ("organisation:bis", "name.en | name.zh_hant | headquarters"),
        ("decision-rule:duty-lpp-copy", "kind"),
    ],
)
def test_parts_and_rows_can_be_addressed(data_copy: Path, thing: str, fields: str) -> None:
    hold(data_copy, thing=thing, fields=fields)
    (row,) = read_curated(data_copy).tables["rereadings"].values()
    assert (row.thing, " | ".join(row.fields)) == (thing, fields)


# -- what came of it --------------------------------------------------------------------------------------------------


def test_interval_is_that_of_wilson() -> None:
    """Values as Newcombe (1998) gives them for 81 of 263, 15 of 148, 0 of 20 and 1 of 29."""
    known = {(81, 263): (0.2553, 0.3662), (15, 148): (0.0624, 0.1605), (0, 20): (0, 0.1611), (1, 29): (0.0061, 0.1718)}
    assert {case: tuple(round(end, 4) for end in wilson(*case)) for case in known} == known
    assert wilson(7, 7)[1] == 1.0


def test_facts_are_counted_once_by_the_worst_that_came_of_them() -> None:
    lost = {"outcome": "not-at-hand", "read_in": "", "text_kind": ""}
    found = tallies(
        [
            reading(),
            reading(**DIFFERS),
            reading(**lost, fields="data_centre | item"),
            reading(thing="threshold:3a090.a-2", **DIFFERS | {"resolution": "kept", "note": "a misprint"}),
            reading(thing="event:us-ear.1", **DIFFERS | {"fields": "date", "resolution": "mended"}),
            reading(thing="instrument:us-ear", fields="citation"),
        ]
    )
    assert found == [
        Tally("instruments", 2, 2, 1, 1, 0, 1),
        Tally("thresholds", 2, 4, 1, 2, 1, 1),
        Tally(ALL, 4, 6, 2, 3, 1, 2),
    ]
    assert [tally.told for tally in found] == [
        "50.0 % (9.5 to 90.5)",
        "33.3 % (6.1 to 79.2)",
        "40.0 % (11.8 to 76.9)",
    ]
    assert Tally("items", 1, 1, 0, 0, 1, 0).told == ""
    assert tallies([]) == []


def test_rounds_are_counted_apart() -> None:
    drawn = {"key": "r10001", "round": "sample"}
    found = by_round([reading(), reading(**DIFFERS, **drawn), reading(**drawn, fields="item")])
    assert found == {
        "first": [Tally("thresholds", 1, 2, 2, 0, 0, 0), Tally(ALL, 1, 2, 2, 0, 0, 0)],
        "sample": [Tally("thresholds", 1, 2, 1, 1, 0, 1), Tally(ALL, 1, 2, 1, 1, 0, 1)],
        "second-sample": [],
        "judgements": [],
        "third-sample": [],
    }
    assert by_round([]) == {"first": [], "sample": [], "second-sample": [], "judgements": [], "third-sample": []}


def test_what_is_judged_is_told_apart_from_what_is_read() -> None:
    statement = {"thing": "statement:st-001", "fields": "date | grounds | stance"}
    otherwise = {"thing": "statement:st-002", **DIFFERS, "fields": "grounds"}
    of_read, of_coded = judged([reading(), reading(**statement), reading(**otherwise)])
    assert of_read == Tally(ALL, 2, 3, 3, 0, 0, 0)
    assert of_coded == Tally(ALL, 2, 3, 2, 1, 0, 1)
    assert [tally.readable for tally in judged([])] == [0, 0]


@pytest.mark.parametrize(
    ("changes", "short"),
    [
        ({"recorded": "process", "found": "leadership | process"}, True),
        ({"recorded": "", "found": "4900"}, True),
        ({"recorded": "2025-01", "found": "2025-01-15"}, True),
        ({"recorded": "2025-01", "found": "2025-01-15", "resolution": "kept", "note": "Both."}, False),
        ({"recorded": "2025-01", "found": "2025-02-15"}, False),
        ({"recorded": "process | innovation", "found": "leadership | process"}, False),
        ({"recorded": "process | innovation", "found": "process"}, False),
        ({"recorded": "4800", "found": "4900"}, False),
        ({"recorded": "2025", "found": "2025-something else"}, False),
    ],
)
def test_what_says_less_is_told_from_what_says_otherwise(changes: dict[str, str], short: bool) -> None:
    found = reading(**(DIFFERS | changes))
    assert found.short is short
    assert outright([found, reading(thing="threshold:3a090.a-2")]).false == (found.false and not short)
    assert outright([]).readable == 0


@pytest.mark.parametrize("each", SCHEMES["reread-round"])
def test_the_page_tells_both(each: str) -> None:
    with (DATA / "rereadings.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["round"] == each and row["thing"].startswith("statement:")]
    came: dict[tuple[str, str], set[str]] = {}
    for row in rows:
        for field in {"stance", "grounds"} & set(row["fields"].split(" | ")):
            outcome = "false" if row["resolution"] in ("mended", "open") else row["outcome"]
            came.setdefault((row["thing"], field), set()).add(outcome)
    false = sum("false" in outcomes for outcomes in came.values())
    readable = sum(outcomes != {"not-at-hand"} for outcomes in came.values())
    told = (DATA / "README.md").read_text("utf-8").split("false as recorded | error rate")
    section = told[1 + SCHEMES["reread-round"].index(each)]
    assert f"otherwise:\n{false} of {readable} false" in section


def test_rounds_that_are_over_stand_as_they_were_counted() -> None:
    """What is drawn later says nothing of what was found before it."""
    rounds = by_round(read_curated(DATA).tables["rereadings"].values())
    assert rounds["first"][-1] == Tally(ALL, 606, 2419, 1870, 62, 487, 56)
    assert rounds["sample"][-1] == Tally(ALL, 195, 829, 770, 13, 46, 12)


@pytest.mark.parametrize("each", SCHEMES["reread-round"])
def test_the_page_says_what_the_rows_say(built: Built, each: str) -> None:
    """Counted here from the table itself, without the records."""
    with (DATA / "rereadings.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["round"] == each]
    came: dict[str, dict[tuple[str, str], set[str]]] = {}
    for row in rows:
        table = KINDS_READ[row["thing"].partition(":")[0]].table
        for field in row["fields"].split(" | "):
            came.setdefault(table, {}).setdefault((row["thing"], field), set()).add(
                "false" if row["resolution"] in ("mended", "open") else row["outcome"]
            )
    page = (DATA / "README.md").read_text("utf-8")
    printed = {
        line.split(" | ")[0].removeprefix("| "): line
        for line in page.split("false as recorded | error rate")[1 + SCHEMES["reread-round"].index(each)].split("\n")
    }
    total = [0, 0, 0]
    for table, facts in came.items():
        false = sum("false" in outcomes for outcomes in facts.values())
        differ = sum(bool(outcomes & {"false", "differs"}) for outcomes in facts.values())
        lost = sum(outcomes == {"not-at-hand"} for outcomes in facts.values())
        agree = len(facts) - differ - lost
        total = [total[0] + false, total[1] + agree + differ, total[2] + len(facts)]
        things = len({thing for thing, _ in facts})
        numbers = (
            f"{len(built.curated.tables[table])} | {things} | {len(facts)} | {agree} | {differ} | {lost} | {false} |"
        )
        assert printed[table].startswith(f"| {table} | {numbers}")
    assert rows
    low, high = wilson(*total[:2])
    assert printed[ALL].endswith(f"| {100 * total[0] / total[1]:.1f} % ({100 * low:.1f} to {100 * high:.1f}) |")
    assert f"| {total[2]} |" in printed[ALL]


def test_a_page_without_readings_says_so() -> None:
    assert read_again([], {}).count("| none yet |  |  |  |  |  |  |  |  |") == len(SCHEMES["reread-round"])


def test_the_graph_can_be_asked_which_facts_were_read_again(built: Built) -> None:
    rows = built.store.select(
        "SELECT ?thing ?field WHERE { ?r a du:Rereading ; du:readAgain ?thing ; du:fieldRead ?field ."
        " ?thing du:confidence ?c }"
    )
    found: list[Any] = read(built.store, Rereading)
    asked = {(value(row, "thing").rpartition("/")[2], value(row, "field")) for row in rows}
    assert asked == {(each.thing.partition(":")[2], field) for each in found for field in each.fields}
