"""Paths, world, matrix, timeline, contradictions, story and pictures, in a real browser; needs Chromium."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from dualuse.explore.clusters import CLUSTER_LIMIT
from dualuse.explore.page import render_page
from dualuse.explore.view import View

from .browsing import HOSTILE, Open, at_rest, heading, status
from .conftest import Network, edge, empty_network, generate, node
from .test_browser_use import save

pytestmark = pytest.mark.browser


# --- paths


def ring() -> Network:
    """Two companies, both in one country and in one group; a chain of supply between them."""
    network = empty_network()
    network.add_node("place:US", **node(kind="place", label="United States"))
    network.add_node("group:g", **node(kind="group", label="Group"))
    for name in ("a", "b", "c", *(f"x{i}" for i in range(60))):
        network.add_node(f"organisation:{name}", **node(kind="organisation", label=f"Firm {name}"))
        network.add_edge("place:US", f"organisation:{name}", **edge(kind="seats"))
        network.add_edge("group:g", f"organisation:{name}", **edge(kind="comprises"))
    network.add_edge("organisation:a", "organisation:c", **edge(kind="supplies", sources=("filing",)))
    network.add_edge("organisation:b", "organisation:c", **edge(kind="owns", sources=("filing",)))
    return network


def test_a_path_avoids_hubs_and_groups(show: Open) -> None:
    page = show(render_page(ring(), View("T")), "#path=organisation:a~organisation:b")
    chain = page.locator("#chain")
    expect(chain.locator(".node")).to_have_text(["Firm a", "Firm c", "Firm b"])
    expect(chain).to_contain_text("supplies")
    expect(chain).to_contain_text("is partly owned by")
    chain.locator(".receipt").first.click()
    expect(page.locator("#panel .receipts")).to_contain_text("Annual report")
    page.click("#path-back")
    expect(heading(page)).to_have_text("How does one reach the other?")


def test_no_path_but_through_a_hub_unless_asked(show: Open) -> None:
    page = show(render_page(ring(), View("T")), "#path=organisation:a~organisation:x7")
    expect(page.locator("#path-none")).to_contain_text("No connection was found")
    page.check("#path-wide")
    expect(page.locator("#chain .node")).to_have_count(3)
    expect(page).to_have_url(re.compile("wide=1"))


def test_a_path_is_asked_for_with_the_keyboard(show: Open, rule: str) -> None:
    page = show(rule, "#focus=")
    page.locator("#ask-path").press("Enter")
    expect(page.locator("#path-from")).to_be_focused()
    page.keyboard.type("tsmc")
    page.keyboard.press("Enter")
    page.locator("#path-to").focus()
    page.keyboard.type("微軟")
    page.keyboard.press("Enter")
    expect(page.locator("#path-found")).to_contain_text("Connected in")
    expect(page).to_have_url(re.compile("path=organisation:tsmc~organisation:microsoft"))
    page.keyboard.press("Escape")


def test_a_path_is_saved_with_the_view(show: Open, tmp_path: Path) -> None:
    page = show(render_page(ring(), View("T")), "#path=organisation:a~organisation:b")
    content = json.loads(save(page, "#save-json", tmp_path / "v.json"))
    assert content["path"]["nodes"] == ["organisation:a", "organisation:c", "organisation:b"]
    assert [step["kind"] for step in content["path"]["edges"]] == ["supplies", "owns"]


# --- views


def test_the_world_with_arrow_keys(show: Open, rule: str) -> None:
    page = show(rule, "#view=world&focus=&at=2025-01-13")
    expect(page.locator(".board-legend")).to_contain_text("Tier 3: 25")
    assert page.locator(".tile[tabindex='0']").count() == 1
    page.locator('.tile[aria-label^="Poland"]').focus()
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Czechia, CZ 2: Tier 2"
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text("Czechia")
    expect(page.locator(".tile.chosen")).to_have_count(1)


def test_who_said_what(show: Open, rule: str) -> None:
    page = show(rule, "#view=matrix&focus=&at=2025-07-31")
    expect(page.locator(".matrix thead")).to_contain_text("market access")
    before = page.locator(".stance-mark").count()
    page.locator(".stance-mark").first.click()
    expect(page.locator("#panel .badges")).to_contain_text("Stance")
    expect(page).to_have_url(re.compile("focus=statement:"))
    page.uncheck("#stance-opposes")
    assert page.locator(".stance-mark").count() < before
    expect(page.locator("#status")).to_be_visible()


def test_the_timeline(show: Open, rule: str) -> None:
    page = show(rule, "#view=timeline&at=2025-05-15")
    labels = page.locator(".stretch")
    expect(labels.filter(has_text="not enforced").first).to_be_visible()
    expect(page.locator(".readings")).to_contain_text("the regulator said it does not enforce it")
    expect(page.locator(".plain-table tbody tr")).to_have_count(11)
    page.locator(".stretch.ended").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#lens")).to_have_text("announced")
    expect(page.locator("#as-of")).to_have_text("2025-05-13")
    page.select_option("#timeline-of", index=0)
    expect(page).to_have_url(re.compile("of=instrument:"))


CONFLICT: Mapping[str, Any] = {
    "kind": "contradiction",
    "subject": "us-ai-diffusion-ifr-2025-01",
    "attribute": "tier-1-size",
    "values": [
        {"value": "18", "claimants": ["A"], "sources": [{"source": "page", "class": "press"}], "texts": {"c": HOSTILE}},
        {"value": HOSTILE, "claimants": [HOSTILE], "reporters": [], "sources": [{"source": "none", "class": ""}]},
    ],
    "law": {"value": "18", "provision": "Supplement No. 5", "arithmetic": None},
    "assessment": {"result": "differs", "why": "the values exclude each other"},
}


def test_contradictions(show: Open) -> None:
    page = show(render_page(generate(60), View("T", conflicts=[CONFLICT])), "#view=conflicts")
    item = page.locator(".conflicts > li")
    expect(item).to_have_count(1)
    expect(item.locator("blockquote")).to_have_text(HOSTILE)
    expect(item.locator(".law")).to_contain_text("Supplement No. 5")
    expect(item.locator(".receipts a")).to_have_attribute("href", "https://example.org/statement")


# --- story and questions


def test_the_story_from_beginning_to_end(show: Open, rule: str) -> None:
    page = show(rule, "#focus=")
    page.click("#tell")
    expect(page.locator("#story-title")).to_have_text("Before the rule")
    expect(page.locator(".world")).to_be_visible()
    days = [page.locator("#as-of").inner_text()]
    for _ in range(4):
        page.click("#story-next")
        days.append(page.locator("#as-of").inner_text())
    assert days == ["2025-01-12", "2025-01-13", "2025-01-15", "2025-05-12", "2025-05-15"]
    expect(page.locator("#story-next")).to_be_disabled()
    expect(page.locator(".timeline")).to_be_visible()
    page.click("#language-zh-Hans")
    expect(page.locator("#story-title")).to_have_text("算是终止了吗？")
    page.reload()
    page.wait_for_selector("body[data-drawn]")
    expect(page.locator("#story-title")).to_have_text("算是终止了吗？")
    expect(page).to_have_url(re.compile(r"story=january-2025-rule\.5"))
    page.click("#story-end")
    expect(page.locator(".story")).to_have_count(0)


def test_saved_questions_open_their_view(show: Open, whole: str) -> None:
    page = show(whole)
    for number in range(page.locator(".questions li").count()):
        page.locator(".questions li button").nth(number).click()
        expect(page.locator("#notice")).to_be_hidden()
        page.go_back()
        expect(page.locator("body")).to_have_attribute("data-shown", "start")


# --- pictures, camera, theme


def test_saved_files_carry_the_day_and_the_lens(show: Open, rule: str, tmp_path: Path) -> None:
    page = show(rule, "#focus=&at=2025-05-20&lens=enforced")
    content = json.loads(save(page, "#save-json", tmp_path / "v.json"))
    assert (content["about"]["as_of"], content["about"]["lens"]) == ("2025-05-20", "enforced")
    assert "as of 2025-05-20, lens enforced" in content["citation"]


def test_camera_and_theme_are_in_the_address(show: Open, rule: str) -> None:
    page = show(rule, "#focus=&view=map")
    for _ in range(3):
        page.keyboard.press("+")
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile(r"camera=-?\d+,-?\d+,[\d.]+"))
    page.click("#theme")
    expect(page).to_have_url(re.compile("theme=dark"))
    at_rest(page)
    url, picture = page.url, page.locator("#map canvas").screenshot()
    page.reload()
    page.wait_for_selector("body[data-drawn]")
    assert page.url == url
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 23, 27)"
    at_rest(page)
    assert abs(len(page.locator("#map canvas").screenshot()) - len(picture)) < len(picture) / 10
    page.keyboard.press("0")
    expect(page).not_to_have_url(re.compile("camera="))


def test_phone(show: Open, rule: str) -> None:
    page = show(rule, "#focus=", viewport={"width": 390, "height": 844}, has_touch=True, device_scale_factor=2)
    for view in ("start", "network", "map", "world", "matrix", "timeline", "entries"):
        page.tap(f"#view-{view}")
        assert page.evaluate("document.documentElement.scrollWidth") == 390, view
        small = "[...document.querySelectorAll('button, select, summary, input[type=search]')].filter((e) => "
        small += "e.offsetParent && !e.matches('.handle, .relation, .more, .only') && "
        small += "e.getBoundingClientRect().height < 43).map((e) => e.id || e.className)"
        assert page.evaluate(small) == [], view


# --- very large graphs


def test_groups_first_beyond_the_limit(show: Open) -> None:
    network = generate(CLUSTER_LIMIT + 1)
    page = show(render_page(network, View("T")))
    expect(status(page)).to_contain_text("groups are closed: click one to open it")
    expect(page.locator("#panel")).to_contain_text("too large to show at once")
    shown = int(re.sub(r"\D", "", (status(page).text_content() or "").split(" of ")[0]))
    assert shown < 400
    page.fill("#search", "Place number 360")
    page.keyboard.press("Enter")
    expect(heading(page)).to_contain_text("Place number 360")
    expect(page).to_have_url(re.compile("open=\\d+"))
    more = int(re.sub(r"\D", "", (status(page).text_content() or "").split(" of ")[0]))
    assert more > shown
