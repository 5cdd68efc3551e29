"""The first screen: its numbers are those of the commands, each leads somewhere, and little stands above it."""

import csv
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Page, expect

from dualuse.explore.landing import read_landing, told_of
from dualuse.knowledge import Knowledge

from .browsing import Open, at_rest
from .conftest import RULE, Network, empty_network
from .test_browser_use import save

AFTER, BEFORE = date(2025, 6, 1), date(2025, 5, 15)
TOP = 135
"""15 % of a window of 900 pixels."""
CUT = """() => [...document.querySelectorAll("header *, .toolbar *, .landing *")]
        .filter((each) => each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).display !== "inline"
          && !each.matches("svg, svg *, .hidden, label, input, .board-scroll"))
        .map((each) => each.className + each.textContent.slice(0, 40))"""
"""What has more in it than it shows."""
VIEWS = ("start", "network", "map", "world", "matrix", "timeline", "conflicts", "entries", "links")


def number(page: Page, name: str) -> int:
    return int(page.locator(f"#start-{name} strong").inner_text().replace(",", ""))


def kinds_of(answer: dict[str, Any]) -> dict[str, int]:
    """Destinations by kind of effect, in an answer of ``affected``."""
    rows = answer["differences"]
    return {
        kind: len({place for row in rows if row["effect"] == kind for place in row["places"]})
        for kind in {row["effect"] for row in rows}
    }


@pytest.mark.browser
@pytest.mark.parametrize(("day", "lens"), [(AFTER, "codified"), (BEFORE, "codified"), (AFTER, "enforced")])
def test_numbers_are_those_of_the_commands(show: Open, whole: str, knowledge: Knowledge, day: date, lens: str) -> None:
    page = show(whole, f"#at={day}&lens={lens}")
    answer = knowledge.affected(by=[RULE.key], as_of=day, lens=lens).plain
    places = {place for row in answer["differences"] for place in row["places"]}
    assert number(page, "destinations") == len(places)
    bars = page.locator(".bars button")
    told = {bar.get_attribute("data-effect"): int(bar.locator("strong").inner_text()) for bar in bars.all()}
    assert told == kinds_of(answer)
    assert number(page, "statements") == len(knowledge.said(about=RULE.key, as_of=day).plain["statements"])
    assert number(page, "conflicts") == knowledge.conflicts(as_of=knowledge.version.known_on).plain["count"]


@pytest.mark.browser
def test_each_part_is_a_door_and_little_stands_above(show: Open, whole: str) -> None:
    page = show(whole)
    expect(page.locator(".sentence h2")).to_contain_text("Who may get advanced AI chips")
    for door, view in (
        ("#start-statements", "matrix"),
        ("#start-conflicts", "conflicts"),
        (".tiles .door", "world"),
        (".strip .door", "timeline"),
        (".kinds .door", "network"),
        (".bars button", "network"),
        ("#start-destinations", "network"),
    ):
        page.click("#view-start")
        page.locator(door).first.click()
        expect(page.locator("body")).to_have_attribute("data-shown", view)
    page.click("#view-start")
    page.locator('.tile[aria-label^="Switzerland,"]').click()
    expect(page).to_have_url(re.compile("#focus=place:CH&view=world"))
    page.click("#close")
    for view in VIEWS:
        page.click(f"#view-{view}")
        tops = [page.locator(name).bounding_box() for name in ("#map", "#board", "#table")]
        shown = [box["y"] for box in tops if box is not None and box["height"] > 0]
        assert min(shown, default=900) <= TOP, view


@pytest.mark.browser
def test_a_long_title_leaves_the_picture_its_place(show: Open, rule: str) -> None:
    page = show(rule)
    board = page.locator("#board").bounding_box()
    assert board is not None
    assert board["y"] <= TOP
    # the last year of the slider may stand out beside it
    assert [each for each in page.evaluate(CUT) if not each.startswith("density")] == []
    assert page.evaluate("document.documentElement.scrollWidth") == 1440


@pytest.mark.browser
def test_the_strip_moves_the_day_and_the_lens(show: Open, whole: str) -> None:
    page = show(whole)
    page.locator(".strip .stretch.not-enforced").first.click()
    expect(page.locator("#lens-choice")).to_have_value("enforced")
    expect(page.locator("body")).to_have_attribute("data-shown", "start")
    expect(page.locator(".kinds")).to_contain_text("nothing tried here comes out otherwise")


@pytest.mark.browser
@pytest.mark.parametrize("language", ["en", "zh-Hant", "zh-Hans"])
def test_nothing_is_cut_in_any_language(show: Open, whole: str, language: str) -> None:
    page = show(whole, f"#lang={language}")
    assert page.evaluate(CUT) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 1440


# --- the network

BOXES = """() => [...document.querySelectorAll(".flow text")].map((each) => {
    const [box, frame] = [each.getBoundingClientRect(), document.querySelector(".flow").getBoundingClientRect()];
    const within = box.left >= frame.left - 1 && box.right <= frame.right + 1 && box.bottom <= frame.bottom + 1;
    return { text: each.textContent, within, box: [box.left, box.top + 3, box.right, box.bottom - 3] };
})"""


def overlaps(one: list[float], other: list[float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@pytest.mark.browser
@pytest.mark.parametrize("language", ["en", "zh-Hant", "zh-Hans"])
def test_names_in_the_network_are_whole_and_cover_nothing(show: Open, whole: str, language: str) -> None:
    page = show(whole, f"#view=network&lang={language}")
    names = page.evaluate(BOXES)
    assert len(names) > 30
    assert [each["text"] for each in names if "…" in each["text"] or not each["within"]] == []
    pairs = [(a, b) for place, a in enumerate(names) for b in names[place + 1 :]]
    assert [(a["text"], b["text"]) for a, b in pairs if overlaps(a["box"], b["box"])] == []


@pytest.mark.browser
def test_a_group_opens_and_shows_its_members(show: Open, whole: str, knowledge: Knowledge) -> None:
    page = show(whole, "#view=network")
    answer = knowledge.affected(by=[RULE.key], as_of=AFTER).plain
    suppliers = {row["id"] for row in answer["parties"] if row["role"] == "supplier"}
    button = page.locator('[data-group="role:supplier"]')
    expect(button).to_have_attribute("aria-label", re.compile(f"Suppliers parties: {len(suppliers)} "))
    assert page.locator(".flow .member").count() == 0
    button.press("Enter")
    expect(page.locator("#panel .members li")).to_have_count(len(suppliers))
    assert len({each.get_attribute("data-node") for each in page.locator(".flow .member").all()}) == len(suppliers)
    page.locator('.flow [aria-label="ASML Holding N.V."]').first.click()
    expect(page.locator("#panel h2")).to_have_text("ASML Holding N.V.")
    expect(page).to_have_url(re.compile("group=role:supplier"))


@pytest.mark.browser
def test_the_card_of_an_effect_says_which_goods(show: Open, whole: str, knowledge: Knowledge) -> None:
    page = show(whole, "#view=network&group=effect:capped")
    answer = knowledge.affected(by=[RULE.key], as_of=AFTER).plain
    rows = [row for row in answer["differences"] if row["effect"] == "capped"]
    listed = page.locator(".patterns li")
    expect(listed).to_have_count(len(rows))
    expect(listed.first).to_contain_text(f"destinations: {rows[0]['count']}")
    page.click("#close")
    expect(page.locator("#sheet")).to_be_hidden()


@pytest.mark.browser
def test_a_part_is_laid_out_by_itself(show: Open, whole: str, tmp_path: Path) -> None:
    """A part stands in columns of its own; the one without an entry is dropped, and the whole comes back after it."""
    page = show(whole, "#view=map")
    lanes = [text.text for text in texts_of(page, tmp_path)]
    page.goto(page.url.partition("#")[0] + "#focus=organisation:asml&near=1")
    at_rest(page)
    part = [text.text for text in texts_of(page, tmp_path)]
    assert {"Measures", "Companies and others"} <= {*lanes}
    assert "Rules" in lanes
    assert "Rules" not in part
    assert not [text for text in [*lanes, *part] if text is not None and text.endswith("…")]
    assert "ASML Holding N.V." in part


def texts_of(page: Page, folder: Path) -> list[ET.Element]:
    """What is written on the map, as the picture has it."""
    picture = ET.fromstring(save(page, "#save-svg", folder / "map.svg"))  # noqa: S314 - made by our own page
    return list(picture.iter("{http://www.w3.org/2000/svg}text"))


def test_a_graph_without_statements_has_no_first_screen(knowledge: Knowledge) -> None:
    network: Network = empty_network()
    assert read_landing(knowledge, told_of(network, None), AFTER) == {}


def test_the_effects_begin_where_the_standing_of_the_rule_turns(knowledge: Knowledge, sample: Network) -> None:
    landing = read_landing(knowledge, RULE, AFTER)
    days = {lens: [state["day"] for state in states] for lens, states in landing["effects"].items()}
    assert days["codified"][-2:] == ["2025-05-15", "2025-06-01"]
    assert "2025-05-13" in days["enforced"]
    assert all(
        max(places, default=0) < len(landing["places"]) for *_, places in landing["effects"]["codified"][-1]["patterns"]
    )


@pytest.mark.browser
def test_the_first_screen_and_the_network_have_their_tables(
    show: Open, whole: str, knowledge: Knowledge, tmp_path: Path
) -> None:
    page = show(whole)

    def table(part: str) -> list[dict[str, str]]:
        lines = save(page, f"#save-csv-{part}", tmp_path / "t.csv").decode("utf-8-sig").splitlines()
        return list(csv.DictReader(lines))

    answer = knowledge.affected(by=[RULE.key], as_of=AFTER).plain
    assert {row["effect"]: int(row["destinations"]) for row in table("effects")} == kinds_of(answer)
    counts = {row["number"]: int(row["count"]) for row in table("numbers")}
    assert counts == {name: number(page, name) for name in ("destinations", "statements", "conflicts")}
    assert {row["lens"] for row in table("places")} == {"codified"}
    assert [row["status"] for row in table("status") if row["under_lens"] == "announced"][-1] == "ended"
    page.click("#view-network")
    groups = {row["group"]: int(row["count"]) for row in table("groups")}
    members = Counter(row["group"] for row in table("members"))
    assert groups == {group: members[group] for group in groups}
    assert {row["from"] for row in table("bands")} <= {*groups, RULE}


@pytest.mark.browser
@pytest.mark.parametrize("width", [1024, 1440])
def test_the_network_with_its_card_is_as_wide_as_its_room(show: Open, whole: str, width: int) -> None:
    page = show(whole, "#view=network&group=tier:2", viewport={"width": width, "height": 800})
    expect(page.locator("#panel .members li").first).to_be_visible()
    box = "(box) => box.scrollWidth <= box.clientWidth + 1"
    assert page.locator("#board").evaluate(box)
    assert page.locator("#board .board-scroll").evaluate(box)
