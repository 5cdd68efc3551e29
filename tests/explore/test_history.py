"""What the page carries through time: intervals, events, names; what a scenario changes; the guide; the tiles."""

import re
from datetime import date
from typing import Any

import pytest
from tests.running import Run
from tests.slowness import slow

from dualuse.explore.guide import _questions, read_guide
from dualuse.explore.history import EVENT_FIELDS, read_history
from dualuse.explore.inline import template_text
from dualuse.explore.make import explorer_page
from dualuse.explore.page import render_page
from dualuse.explore.payload import tile_rows, unpack
from dualuse.explore.scenario import mark_changes
from dualuse.explore.stories import nodes_of, read_stories
from dualuse.explore.text import LANGUAGES, interface_texts
from dualuse.explore.view import View
from dualuse.knowledge import Knowledge
from dualuse.network import Network, project
from dualuse.store.base import value

from .conftest import edge, empty_network, node

RULE = "instrument:us-ai-diffusion-ifr-2025-01"


def document(text: str) -> dict[str, Any]:
    found = re.search(r'id="payload">([^<]+)<', text)
    assert found is not None
    return unpack(found[1])


@pytest.fixture(scope="module")
def network(knowledge: Knowledge) -> Network:
    return project(knowledge.store, date(2025, 6, 1), "codified", facts=True, all_times=True, links=knowledge.links)


@pytest.fixture(scope="module")
def history(knowledge: Knowledge, network: Network) -> dict[str, Any]:
    return read_history(knowledge.store, network, known_on="2026-11-22")


def test_all_times_hold_what_every_day_holds(knowledge: Knowledge, network: Network) -> None:
    everything = {(a, b, d["kind"], d["iri"]) for a, b, d in network.edges(data=True)}
    for day in (date(2023, 1, 1), date(2025, 6, 1), date(2026, 6, 1)):
        one = project(knowledge.store, day, "codified", links=knowledge.links)
        held = {(a, b, d["kind"], d["iri"]) for a, b, d in one.edges(data=True)}
        text = day.isoformat()
        alive = {
            (a, b, d["kind"], d["iri"])
            for a, b, d in network.edges(data=True)
            if (not d["valid_from"] or d["valid_from"] <= text) and (not d["valid_to"] or text < d["valid_to"])
        }
        assert held == alive
        assert held <= everything


def test_an_edge_without_a_start_says_when_it_was_seen(network: Network) -> None:
    data = next(d for a, b, d in network.edges(data=True) if (a, b) == ("group:us-b", "place:CH"))
    assert (data["valid_from"], data["seen"], data["dated"]) == ("", "2025-01-13", True)
    issued = next(d for *_, d in network.edges(data=True) if d["kind"] == "issued")
    assert (issued["seen"], issued["dated"]) == ("", False)


def test_memberships_and_tiers_by_interval(history: dict[str, Any]) -> None:
    assert ["us-d5", "2024-03-15", "", ""] in history["memberships"]["place:NI"]
    assert [row[:3] for row in history["tiers"]["place:KH"]] == [
        ["3", "2025-01-13", "2025-11-07"],
        ["2", "2025-11-07", "2026-02-03"],
        ["2", "2026-02-03", ""],
    ]
    assert history["tiers"]["place:CH"][0][3] == "15 CFR 742.6(b)(10)(iii)(B)", "what the tier rests on"
    assert set(history["names"]["group"]["us-d5"]) == set(LANGUAGES)


def test_every_instrument_drawn_has_its_events(history: dict[str, Any], network: Network) -> None:
    drawn = {name for name in network if name.startswith("instrument:")}
    assert set(history["events"]) == drawn
    first = dict(zip(EVENT_FIELDS, history["events"][RULE][0], strict=True))
    assert (first["earliest"], first["effect"]) == ("2025-01-13", "announced")
    assert len(template_text("time.js").split("const EVENT_FIELDS = [")[1].split("];")[0].split('"')[1::2]) == len(
        EVENT_FIELDS
    )


def test_values_of_facts_have_chinese_names(history: dict[str, Any]) -> None:
    assert history["glossary"]["interim final rule"] == ["暫行最終規則", "暂行最终规则"]


def test_events_have_words_in_the_page(history: dict[str, Any]) -> None:
    kinds = {row[EVENT_FIELDS.index("kind")] for rows in history["events"].values() for row in rows}
    assert kinds <= set(interface_texts()["en"]["event_kind"])


def test_a_scenario_is_marked() -> None:
    before, after = empty_network(), empty_network()
    for network, tier in ((before, "2"), (after, "1")):
        for name in ("group:old", "group:new", "group:gone"):
            network.add_node(name, **node(kind="group"))
        network.add_node("place:PL", **node(kind="place", tier=tier))
    before.add_edge("group:old", "place:PL", **edge(kind="comprises", iri="a", valid_from="2025-01-13"))
    before.add_edge("group:gone", "place:PL", **edge(kind="comprises", iri="c", valid_to="2020-01-01"))
    after.add_edge("group:old", "place:PL", **edge(kind="comprises", iri="a", valid_to="2025-05-15"))
    after.add_edge("group:new", "place:PL", **edge(kind="comprises", iri="b", valid_from="2025-05-15"))
    marked = mark_changes(before, after)
    changes = {(a, d["change"], d["valid_to"]) for a, _, d in marked.edges(data=True)}
    assert changes == {
        ("group:old", "removed", "2025-05-15"),
        ("group:new", "added", ""),
        ("group:gone", "", "2020-01-01"),
    }
    assert marked.nodes["place:PL"]["change"] == "2>1"
    assert "change" not in after.nodes["place:PL"], "the given networks are not changed"


def test_a_scenario_moves_a_place_from_its_day_on(knowledge: Knowledge) -> None:
    text = explorer_page(knowledge, date(2025, 2, 1), "codified", by=RULE.split(":")[1], scenario="PL:supp5a")
    made = document(text)
    assert [row[:3] for row in made["history"]["tiers"]["place:PL"]] == [
        ["2", "2025-01-13", "2025-02-01"],
        ["1", "2025-02-01", ""],
    ]
    poland = made["nodes"]["id"].index("place:PL")
    assert made["nodes"]["change"][poland] == "2>1"
    assert sum(bool(change) for change in made["nodes"]["change"]) == 1
    assert sorted(filter(None, made["edges"]["change"])) == ["added", "removed"]
    assert made["about"]["dataset"]["sha256"] == knowledge.version.sha256
    assert "Poland → supp5a" in text


def test_every_destination_has_one_tile(knowledge: Knowledge) -> None:
    tiles = [tile for row in tile_rows() for tile in row if tile]
    assert len(tiles) == len(set(tiles))
    places = {
        value(row, "p").rsplit("/", 1)[1] for row in knowledge.store.select("SELECT ?p WHERE { ?p a du:Destination }")
    }
    assert places <= set(tiles)
    assert len({len(row) for row in tile_rows()}) == 1


def test_the_story_and_the_questions_name_what_there_is(network: Network, sample: Network) -> None:
    guide, empty = read_guide(network), read_guide(empty_network())
    assert (len(guide["questions"]), len(guide["stories"])) == (len(_questions()), len(read_stories()))
    assert len(guide["stories"]) >= 4, "in the whole graph every question can be asked, and every story told"
    for entry in guide["questions"]:
        assert set(entry["text"]) == set(LANGUAGES)
        assert all(name in network for name in nodes_of(entry["state"]))
    assert empty["stories"] == []
    assert document(render_page(sample, View("T")))["guide"] == {"questions": [], "stories": []}, "no day to go to"


def test_the_page_is_small(whole: str) -> None:
    assert len(whole.encode()) <= 1_200_000


@slow("the whole page is made again")
def test_the_page_is_the_same_every_time(knowledge: Knowledge, whole: str) -> None:
    assert explorer_page(knowledge, date(2025, 6, 1), "codified") == whole


def test_a_page_of_a_party_is_the_same_every_time(knowledge: Knowledge) -> None:
    first, second = (explorer_page(knowledge, date(2025, 6, 1), "codified", party="tsmc") for _ in range(2))
    assert first == second


def test_titles_and_questions_are_in_the_language_of_the_page(knowledge: Knowledge) -> None:
    text = explorer_page(knowledge, date(2025, 6, 1), "codified", party="輝達", language="zh-Hant")
    assert "「輝達」周圍有什麼？" in text


def test_a_scenario_that_names_no_group(run: Run) -> None:
    wrong = run("explore", "--scenario", "PL", "-o", "-")
    assert wrong.returncode != 0
    assert "PLACE:GROUP" in wrong.stderr
