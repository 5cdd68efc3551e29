"""Search over the whole record in a browser: the right first result, where the words stand, kinds, keyboard, speed.

Needs Chromium. Without it these tests are skipped, except on a build server (CI=true), where they fail.
"""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.slowness import slowness

from dualuse.explore.page import render_page
from dualuse.explore.view import View

from .browsing import HOSTILE, Open, heading, search
from .conftest import empty_network, node

pytestmark = pytest.mark.browser

FIRST = [
    ("輝達", "Organisations", "NVIDIA Corporation", "輝達"),
    ("英伟达", "Organisations", "NVIDIA Corporation", "英伟达"),
    ("nvidia", "Organisations", "NVIDIA Corporation", "NVIDIA"),
    ("Nvidai", "Organisations, spelt nearly so", "NVIDIA Corporation", "NVIDIA"),
    ("Switzerlnd", "Places, spelt nearly so", "Switzerland", "Switzerland"),
    ("120", "Numbers", "What does the number 120 count?", None),
    ("740.29", "Measures", "licence exception LPP (26,900,000 TPP a year)", "740.29"),
    ("license exception", "Measures", "licence exception ACM", "licence exception"),
    ("licence exception", "Measures", "licence exception ACM", "licence exception"),
    ("made this decision for reasons", "Statements", "Reinette Klever", "made this decision for reasons"),
    ("10.83 percent", "Links", "China — is a market of — Taiwan Semiconductor", "10.83 percent"),
    (
        "due-diligence rule narrowed",
        "Legal events",
        "2025-01-16, Amendment: Diffusion Rule",
        "due-diligence rule narrowed",
    ),
    (
        "in which tier",
        "Saved questions",
        "Which destinations did the January 2025 rule put in which tier?",
        "in which tier",
    ),
]


@pytest.fixture
def page(show: Open, whole: str) -> Page:
    return show(whole)


def test_the_right_result_comes_first_with_its_kind_and_its_place(page: Page) -> None:
    for words, kind, name, marked in FIRST:
        search(page, words)
        group = page.locator("#results [role=group]").first
        expect(group.locator(".found-kind")).to_have_text(re.compile(rf"^{re.escape(kind)} [\d,]+$"))
        first = group.locator("li").first
        expect(first.locator(".found-name")).to_contain_text(name)
        if marked is not None:
            expect(first.locator("mark").first).to_have_text(marked)
        box = first.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] < 900, "without scrolling"


def test_groups_hold_one_kind_each_and_the_rest_opens_in_place(page: Page) -> None:
    search(page, "nvidia")
    chips = page.locator("#results [role=group]", has=page.locator(".found-kind", has_text=re.compile("^Chips")))
    names = chips.locator("li:not(.found-more) .kind")
    assert set(names.all_inner_texts()) == {"Chip"}
    told = int(chips.locator(".count").inner_text())
    assert names.count() < told
    while (more := chips.locator(".found-more")).count():
        more.click()
    expect(names).to_have_count(told)
    kinds = page.locator("#results .found-kind").all_inner_texts()
    assert len(kinds) == len(set(kinds)) > 4
    total = sum(int(re.sub(r"\D", "", kind)) for kind in kinds)
    expect(page.locator("#results-note")).to_have_text(f"{total} found")


@pytest.mark.parametrize(
    ("words", "fragment", "seen"),
    [
        ("Switzerland", "#focus=place:CH", "#panel h2"),
        ("reasons of security", "#focus=statement:st-001", "#panel h2"),
        ("10.83 percent", "#link=place:CN~buys-from~organisation:tsmc", "#panel .ends"),
        ("size of the scheme", "#view=conflicts", ".conflicts .found-here"),
        ("due-diligence rule narrowed", "#view=timeline&of=instrument:us-ai-diffusion-ifr-2025-01", "tr.found-here"),
        ("in which tier", "#view=world&at=2025-01-13", ".tile"),
        ("120", "#view=world&count=120", "#claimed-answer"),
    ],
)
def test_each_kind_of_result_opens_with_the_keyboard_alone(page: Page, words: str, fragment: str, seen: str) -> None:
    page.keyboard.press("/")
    page.keyboard.type(words)
    expect(page.locator("#results li").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#search")).to_have_attribute("aria-activedescendant", "result-0")
    expect(page.locator("#result-0")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(re.escape(fragment)))
    expect(page.locator(seen).first).to_be_visible()
    expect(page.locator("#results-box")).to_be_hidden()


def test_the_claim_that_is_opened_is_the_one_that_was_found(page: Page) -> None:
    search(page, "size of the second level")
    page.keyboard.press("Enter")
    found = page.locator(".found-here")
    expect(found).to_have_count(1)
    expect(found).to_contain_text("size of the second level")
    expect(found).to_be_focused()
    expect(found).to_be_in_viewport()


def test_more_of_a_kind_is_reached_with_the_keyboard(page: Page) -> None:
    page.focus("#search")
    page.keyboard.type("nvidia")
    options = page.locator("#results [role=option]")
    more = page.locator("#results .found-more").first
    place = options.evaluate_all("(all) => all.findIndex((one) => one.matches('.found-more'))")
    for _ in range(place + 1):
        page.keyboard.press("ArrowDown")
    expect(more).to_have_attribute("aria-selected", "true")
    before = options.count()
    page.keyboard.press("Enter")
    assert options.count() > before
    expect(options.nth(place)).to_have_attribute("aria-selected", "true")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(options.nth(place - 1)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(page.locator("#results-box")).to_be_hidden()


def test_a_hit_in_another_script_is_shown_in_that_script(page: Page) -> None:
    page.click("#language-zh-Hant")
    search(page, "許可例外")
    first = page.locator("#results li").first
    assert "許可例外" in page.locator("#results").inner_text() or "许可例外" in page.locator("#results").inner_text()
    expect(first.locator("mark").first).to_be_visible()
    search(page, "license exception")
    expect(first).to_have_attribute("data-is", "node")
    assert page.locator("#results .found-kind").first.inner_text().startswith("措施")


def test_a_key_stroke_is_answered_at_once(page: Page) -> None:
    search(page, "warm")
    took = """(typed) => {
      const input = document.getElementById("search");
      const times = [1, 2, 3].map(() => {
        const start = performance.now();
        input.value = typed;
        input.dispatchEvent(new Event("input"));
        document.getElementById("results-box").getBoundingClientRect();
        return performance.now() - start;
      });
      return Math.min(...times);
    }"""
    for typed in ("n", "nv", "nvi", "nvid", "輝", "輝達", "120", "740.29", "licence exception", "Nvidai", "us", "the"):
        assert page.evaluate(took, typed) < 50 * slowness(), typed


def test_what_is_found_is_text_and_nothing_more(show: Open) -> None:
    network = empty_network()
    name = f"Party {HOSTILE}"
    network.add_node(
        "organisation:x", **node(kind="organisation", label=name, facts=(("comment", f"words {HOSTILE}"),))
    )
    page = show(render_page(network, View("T")))
    for words in ("party", "words", "onerror"):
        search(page, words)
        expect(page.locator("#results li")).to_contain_text("onerror=alert(1)")
        assert page.locator("#results img").count() == 0
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text(name)
