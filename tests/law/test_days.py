"""A day known only to the month: every door is asked about a day on which it matters, and none is certain.

The shipped data with a few vague days: Norway enters Supplement No. 5(a) and the Netherlands leave it in June 2025,
Japan has entered it in the January in which the rule took effect, Hong Kong ceases to be treated as China, a threshold
is lifted and a measure begins, all in June 2025.
"""

from __future__ import annotations

import csv
import io
import re
import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest
from tests.explore.browsing import Open

from dualuse.build import build
from dualuse.dates import PartialDate
from dualuse.explore.inline import template_text
from dualuse.explore.make import explorer_page
from dualuse.export.networks import to_gexf, to_graphml
from dualuse.export.tables import to_tables
from dualuse.knowledge import Knowledge
from dualuse.law.transaction import World
from dualuse.model.base import placed
from dualuse.network import Network
from dualuse.node import Node
from dualuse.questions.parts import swept
from dualuse.questions.parts.differences import Differences
from dualuse.questions.structure.bridges import bridges
from dualuse.resources import root
from dualuse.span import Span

if TYPE_CHECKING:
    from playwright.sync_api import Browser

RULE = "us-ai-diffusion-ifr-2025-01"
BEFORE, DAY, AFTER = date(2025, 5, 31), date(2025, 6, 15), date(2025, 6, 30)
EDITS = {
    "memberships.csv": {
        "us-supp5a.nl": {"valid_to": "2025-06"},
        "us-supp5a.no": {"valid_from": "2025-06"},
        "us-supp5a.jp": {"valid_from": "2025-01"},
    },
    "treatments.csv": {"us-ear.hk": {"valid_to": "2025-06"}},
    "thresholds.csv": {"3a090.b-1": {"valid_to": "2025-06"}, "3a090.b-2": {"valid_to": "2025-06"}},
    "measures.csv": {"aia-scope": {"valid_from": "2025-06"}},
}
PLACES = [("NL", 1, 2), ("NO", 2, 1)]
"""Place, tier before and tier after June 2025."""


def edited(text: str, edits: dict[str, dict[str, str]]) -> str:
    """A table with a few cells changed."""
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["key"] for row in rows} >= set(edits)
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows({**row, **edits.get(row["key"], {})} for row in rows)
    return out.getvalue()


@pytest.fixture(scope="module")
def vague(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    folder = tmp_path_factory.mktemp("vague") / "data"
    shutil.copytree(Path(str(root("data"))), folder)
    for name, edits in EDITS.items():
        path = folder / name
        path.write_text(edited(path.read_text(encoding="utf-8"), edits), encoding="utf-8", newline="\n")
    return Knowledge(build(folder).store)


@pytest.fixture(scope="module")
def network(vague: Knowledge) -> Network:
    return vague.network(as_of=DAY)


pytestmark = pytest.mark.usefixtures("project_once")


@pytest.fixture(scope="module")
def world(vague: Knowledge) -> World:
    return vague.law


def asked(knowledge: Knowledge, query: str, **parameters: str) -> list[dict[str, str]]:
    rows = knowledge.query(query, parameters if "start" in parameters else {"asOf": DAY.isoformat()} | parameters)
    return [{name: term.value.rpartition("/")[2] for name, term in row.items()} for row in rows]


def gaps(card: Any) -> str:
    return "; ".join(gap.what for gap in card.unknown)


@pytest.mark.parametrize(("place", "was", "will"), PLACES)
def test_groups(vague: Knowledge, place: str, was: int, will: int) -> None:
    found = {}
    for day in (BEFORE, DAY, AFTER):
        card = vague.groups(place, as_of=day)
        (row,) = card.answer.places or ()
        found[day] = row.tier, "us-supp5a" in row.groups, "Supplement No. 5" in gaps(card)
    assert found == {BEFORE: (was, was == 1, False), DAY: ("unknown", False, True), AFTER: (will, will == 1, False)}


def test_groups_counted(vague: Knowledge) -> None:
    card = vague.groups(count=True, as_of=DAY)
    assert "United Nations member states: 2 whose tier is not known on this day (NL, NO)" in gaps(card)
    (united,) = (row for row in asked(vague, "tier-sizes") if row["universe"] == "un")
    (before,) = (row for row in asked(vague, "tier-sizes", asOf=BEFORE.isoformat()) if row["universe"] == "un")
    assert (united["total"], united["unknown"], before["unknown"]) == ("193", "2", "0")
    assert int(united["tier1"]) == int(before["tier1"]) - 1


def test_a_change_about_when_the_rule_took_effect(vague: Knowledge) -> None:
    days = {"2025-01-12": None, "2025-01-13": "unknown", "2025-01-20": "unknown", "2025-01-31": 1}
    found = {day: (vague.groups("JP", as_of=day).answer.places or ())[0].tier for day in days}
    assert found == days
    for day, tiers in (
        ("2025-01-12", set()),
        ("2025-01-20", {("1", "false"), ("2", "false")}),
        ("2025-01-31", {("1", "true")}),
    ):
        assert {(row["tier"], row["surely"]) for row in asked(vague, "tier-of-place", place="JP", asOf=day)} == tiers


def test_a_place_that_may_be_treated_as_another(vague: Knowledge, world: World) -> None:
    card = vague.groups("HK", as_of=DAY)
    (row,) = card.answer.places or ()
    assert (row.tier, row.groups, row.treatment[:24]) == ("unknown", [], "may or may not be treate")
    assert "whether Hong Kong is treated as CN on 2025-06-15" in gaps(card)
    assert world.resolve("HK", DAY) == ("HK", "CN")
    assert world.groups("HK", DAY)["us-d5"] is None
    assert {row["surely"] for row in asked(vague, "groups-of-place", place="HK") if row.get("via")} == {"false"}
    assert [row["surely"] for row in asked(vague, "treated-places") if row["place"] == "HK"] == ["false"]


@pytest.mark.parametrize(("place", "was", "will"), PLACES)
def test_named_queries(vague: Knowledge, place: str, was: int, will: int) -> None:
    members = {row["place"]: row["surely"] for row in asked(vague, "members-of-group", group="us-supp5a")}
    assert members[place] == "false"
    assert {surely for member, surely in members.items() if member not in ("NL", "NO")} == {"true"}
    groups = {row["group"]: row["surely"] for row in asked(vague, "groups-of-place", place=place)}
    assert {group for group, surely in groups.items() if surely == "false"} == {"us-supp5a"}
    tiers = {(row["tier"], row["surely"]) for row in asked(vague, "tier-of-place", place=place)}
    assert tiers == {("1", "false"), ("2", "false")}
    ways = {row["surely"] for row in asked(vague, "measures-on-place", place=place) if row["group"] == "us-supp5a"}
    assert ways == {"false"}
    changes = asked(vague, "tier-changes", start="2025-06-10", end="2025-06-20")
    assert [(row["on"], row["surely"]) for row in changes if row["place"] == place] == [("2025-06", "false")]


@pytest.mark.parametrize("place", ["NL", "NO"])
def test_check(vague: Knowledge, world: World, place: str) -> None:
    found = {}
    for day in (BEFORE, DAY, AFTER):
        card = vague.check("MI300X", 100, place, as_of=day, hq=place, consignee_hq=place)
        found[day] = {row.code: row.result for row in card.answer.exceptions}.get("AIA"), "too vaguely" in gaps(card)
    certain = ("pass", False), ("fail", False)
    assert found[DAY] == ("unknown", True)
    assert (found[BEFORE], found[AFTER]) == (certain if place == "NL" else certain[::-1])


def test_a_threshold_that_may_be_lifted(vague: Knowledge, world: World) -> None:
    chip = world.control_list.chips["mi210"]
    found = [world.control_list.classify(chip, day).get("3a090.b", False) for day in (BEFORE, DAY, AFTER)]
    assert found == [True, None, False]
    card = vague.check("mi210", 1, "CN", as_of=DAY)
    assert card.answer.outcome == "indeterminate"
    assert "the day on which its paragraph changed is not on record" in gaps(card)
    caught = {row["surely"] for row in asked(vague, "chips-caught", item="3a090.b") if row["product"] == "mi210"}
    assert caught == {"false"}


def test_a_rule_that_may_have_begun(world: World) -> None:
    rule = next(rule for rule in world.rules.rules if rule.instrument == RULE and rule.kind == "requirement")
    vague = placed(replace(rule, valid_from=PartialDate("2025-06")), rule.node.key)
    assert [world.operative(vague, day, "codified") for day in (BEFORE, DAY, AFTER)] == [False, None, True]
    assert [world.operative(rule, day, "codified") for day in (BEFORE, DAY, AFTER)] == [True, True, True]


def test_a_measure_that_may_have_begun(vague: Knowledge, network: Network) -> None:
    found = {row["measure"]: row["surely"] for row in asked(vague, "measures-of-instrument", instrument=RULE)}
    assert {measure for measure, surely in found.items() if surely == "false"} == {"aia-scope"}
    edges = network.get_edge_data(Node("instrument", RULE), Node("measure", "aia-scope")) or {}
    assert [(data["valid_from"], data["certain"]) for data in edges.values()] == [("2025-06", False)]


@pytest.mark.parametrize(("party", "place"), [("ASML", "NL"), ("NL", "NL"), ("NO", "NO")])
def test_connected_and_why(vague: Knowledge, party: str, place: str) -> None:
    card = vague.connected(by=[RULE], party=party, as_of=DAY)
    turned = {row.channel for row in card.answer.connected or () if not row.certain}
    assert turned & {"destination", "headquarters"}
    name = vague.names.label("place", place)
    assert f"whether on 2025-06-15 All other destinations (AI Diffusion rule) comprises (derived) {name}" in gaps(card)
    told = vague.why(party, RULE, as_of=DAY)
    assert any("(perhaps, on this day)" in sentence for row in told.answer.paths for sentence in row.path)
    assert f"comprises (derived) {name}" in gaps(told)
    for day in (BEFORE, AFTER):
        sure = vague.connected(by=[RULE], party=party, as_of=day)
        assert all(row.certain for row in sure.answer.connected or ())
        assert "whether on" not in gaps(sure)


def test_connected_through_a_tier(vague: Knowledge) -> None:
    card = vague.connected(by=[RULE], party="ASML", tier=1, as_of=DAY)
    assert not any(row.certain for row in card.answer.connected or () if row.channel == "headquarters")
    assert "which tier Netherlands is in on 2025-06-15" in gaps(card)


def test_exposure(vague: Knowledge) -> None:
    card = vague.exposure(by=RULE, as_of=DAY)
    assert "whether Netherlands is touched on 2025-06-15" in gaps(card)
    assert (
        card.answer.places == vague.exposure(by=RULE, as_of=BEFORE).answer.places - 4
    )  # Norway, its two parts, Hong Kong


def test_whatif(vague: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    card = vague.whatif(moves=["NL:supp5a"], as_of=DAY)
    found = [(row.place, row.tier_before, row.tier_after) for row in card.answer.places or ()]
    assert found == [("BQ", "unknown", 1), ("NL", "unknown", 1)]
    # what is left out of a sweep is told whatever else is tried
    monkeypatch.setattr(swept, "_targets", lambda *_: [])
    monkeypatch.setattr(Differences, "that_may_matter", lambda *_: [])
    assert "which tier HK, NL, NO is in on 2025-06-15" in gaps(vague.whatif(sweep=True, as_of=DAY))


def test_network(network: Network, vague: Knowledge) -> None:
    group = Node("group", "us-supp5a")
    edges = network.out_edges(group, data=True)
    certain = {place.key: data["certain"] for _, place, data in edges if data["kind"] == "comprises"}
    assert {place for place, sure in certain.items() if not sure} == {"NL", "NO"}
    assert [network.nodes[Node("place", key)]["tier"] for key in ("NL", "NO", "BE")] == ["unknown", "unknown", "1"]
    for day, left in ((BEFORE, "NO"), (AFTER, "NL")):
        then = vague.network(as_of=day)
        assert all(data["certain"] for *_, data in then.edges(data=True) if data["kind"] == "comprises")
        assert not then.has_edge(group, Node("place", left))


def test_exports(network: Network) -> None:
    edge = ("group:us-supp5a", "place:NL")
    for content, reader in ((to_graphml(network), nx.read_graphml), (to_gexf(network), nx.read_gexf)):
        again = reader(io.BytesIO(content))
        ((_, data),) = again.get_edge_data(*edge).items()
        assert (data["valid_to"], data["certain"]) == ("2025-06", False)
        assert again.nodes["place:NL"]["tier"] == "unknown"
    rows = csv.DictReader(io.StringIO(to_tables(network)["edges.csv"].decode("utf-8")))
    assert [row["certain"].lower() for row in rows if (row["from"], row["to"]) == edge] == ["false"]


def test_the_shipped_supply_with_a_vague_end(knowledge: Knowledge) -> None:
    ends = Node("organisation", "tsmc"), Node("organisation", "sophgo")
    found = {}
    for day in ("2024-09-30", "2024-10-15", "2024-10-31"):
        edges = knowledge.network("supply", as_of=day).get_edge_data(*ends) or {}
        found[day] = [data["certain"] for data in edges.values() if data["kind"] == "supplies"]
    assert found == {"2024-09-30": [True], "2024-10-15": [False], "2024-10-31": []}
    assert "supplies Sophgo" in gaps(bridges(knowledge, as_of=date(2024, 10, 15)))


DAYS = [date(2024, 12, 30) + timedelta(days=number) for number in range(0, 400, 3)] + [DAY, BEFORE, AFTER]
WRITTEN = ["", "2025", "2025-02", "2025-06", "2025-12", "2025-06-01", "2025-06-15"]


@pytest.mark.browser
def test_the_script_of_the_page_says_what_python_says(browser: Browser) -> None:
    cases = [(start, end, day) for start in WRITTEN for end in WRITTEN for day in DAYS]
    bound = {written: PartialDate(written) if written else None for written in WRITTEN}
    expected = [Span(bound[start], bound[end]).on(day) for start, end, day in cases]
    assert set(expected) == {True, False, None}
    script = f"(cases) => {{\n{template_text('span.js')}\nreturn cases.map((one) => holdsOn(...one)); }}"
    page = browser.new_page()
    assert page.evaluate(script, [(start, end, day.isoformat()) for start, end, day in cases]) == expected
    page.close()


@pytest.fixture(scope="module")
def page_text(vague: Knowledge) -> str:
    return explorer_page(vague, DAY, "codified", by=RULE)


@pytest.mark.browser
def test_the_page(show: Open, page_text: str) -> None:
    page = show(page_text, f"#view=world&focus=&at={DAY}")

    def tile(name: str) -> str:
        return page.locator(f'.tile[aria-label^="{name}"]').get_attribute("aria-label") or ""

    assert tile("Netherlands,") == "Netherlands, NL ?: Tier not known on this day"
    assert tile("Norway,") == "Norway, NO ?: Tier not known on this day"
    assert tile("Belgium,") == "Belgium, BE 1: Tier 1"
    assert page.locator('.tile[aria-label^="Netherlands,"] .digit').text_content() == "?"
    for day, tiers in ((BEFORE, ("1", "2")), (AFTER, ("2", "1"))):
        page.fill("#day", day.isoformat())
        page.locator("#day").dispatch_event("change")
        assert (tile("Netherlands,"), tile("Norway,")) == tuple(
            f"{name} {tier}: Tier {tier}" for name, tier in zip(("Netherlands, NL", "Norway, NO"), tiers, strict=True)
        )
    page.fill("#day", "2025-06-01")
    page.locator("#day").dispatch_event("change")
    assert re.search(r"Netherlands leaves Supplement No\. 5.* \(2025-06\)", page.locator("#stop").text_content() or "")


@pytest.mark.browser
def test_the_card_of_a_link(show: Open, page_text: str) -> None:
    link = "group:us-supp5a~comprises~place:NL"
    page = show(page_text, f"#link={link}&at={DAY}")
    assert "May or may not hold on this day" in page.locator("#panel").inner_text()
    page = show(page_text, f"#link={link}&at={BEFORE}")
    assert "May or may not hold" not in page.locator("#panel").inner_text()
