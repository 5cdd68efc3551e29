"""For everyone: enlarged to 200 %, without a mouse, with a reader of screens; needs Chromium."""

import re

import pytest
from playwright.sync_api import Page, expect

from .browsing import Open, heading

pytestmark = pytest.mark.browser

SEEN = """(id) => {
  const box = document.getElementById(id).getBoundingClientRect();
  const [wide, high] = [document.documentElement.clientWidth, document.documentElement.clientHeight];
  const across = Math.min(box.right, wide) - Math.max(box.left, 0);
  const down = Math.min(box.bottom, high) - Math.max(box.top, 0);
  return [across / wide, down / high];
}"""
"""How much of the window an element takes, across and down."""


def focused(page: Page, what: str = "id") -> str:
    text: str = page.evaluate(f"document.activeElement.{what}")
    return text


@pytest.mark.parametrize(("width", "height"), [(720, 450), (640, 400)])
def test_the_picture_stays_when_all_is_twice_as_large(show: Open, rule: str, width: int, height: int) -> None:
    page = show(rule, "#view=map&focus=&at=2025-05-15", viewport={"width": width, "height": height})
    for view, element in (("map", "map"), ("world", "board"), ("timeline", "board"), ("links", "table")):
        page.click(f"#view-{view}")
        across, down = page.evaluate(SEEN, element)
        assert across > 0.6, (view, across)
        assert down > 0.4, (view, down)
        assert page.evaluate("document.documentElement.scrollWidth") == width, view


WHOLE = """(query) => [...document.querySelectorAll(query)].filter((one) => one.checkVisibility()).map((one) => {
  const { fontSize, lineHeight } = getComputedStyle(one);
  const line = parseFloat(lineHeight) || 1.5 * parseFloat(fontSize);
  const cut = one.scrollHeight - one.clientHeight > 1;
  return { text: one.textContent, cut, lines: Math.round(one.offsetHeight / line) };
})"""
"""Of the elements that are seen: whether a part is cut off, and how many lines they take."""


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1024, 768)])
@pytest.mark.parametrize("language", ["en", "zh-Hant", "zh-Hans"])
def test_what_is_shown_is_said_whole_and_labels_keep_to_a_line(
    show: Open, rule: str, language: str, width: int, height: int
) -> None:
    page = show(rule, f"#view=matrix&focus=&lang={language}", viewport={"width": width, "height": height})
    said = page.evaluate(WHOLE, ".said p")
    assert [one["text"] for one in said if one["cut"]] == []
    assert any(one["text"] for one in said)
    labels = page.evaluate(WHOLE, ".matrix-choice label")
    assert len(labels) == 3
    assert {one["lines"] for one in labels} == {1}, labels


def test_tab_comes_to_the_bar_soon_and_skips_what_it_is_asked_to(show: Open, rule: str) -> None:
    page = show(rule, "#view=map&focus=")
    reached: list[str] = []
    while "map" not in reached:
        assert len(reached) < 45, reached
        page.keyboard.press("Tab")
        reached.append(focused(page))
    assert reached.index("play") < 30
    groups = page.locator("#legend fieldset").count()
    assert len([one for one in reached if re.match("(kind|channel|tier|confidence|stance|source)-", one)]) == groups > 4
    for skip, place in (("skip-picture", "map"), ("skip-card", "panel"), ("skip", "search")):
        page.locator(f"#{skip}").press("Enter")
        assert focused(page) == place
    page.click("#view-world")
    page.locator("#skip-picture").press("Enter")
    assert focused(page) == "board"
    for _ in range(3):
        page.keyboard.press("Tab")
        if focused(page, "classList.contains('tile')"):
            break
    else:
        pytest.fail("the tiles are one of the first stops behind the skip link")


def test_arrows_go_through_a_group_of_filters(show: Open, rule: str) -> None:
    page = show(rule, "#view=map&focus=")
    page.locator("#kind-instrument").focus()
    page.keyboard.press("ArrowDown")
    second = focused(page)
    assert re.fullmatch("kind-(?!instrument).*", second)
    page.keyboard.press("ArrowRight")
    assert focused(page) == f"only-{second}"
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Space")
    expect(page.locator(f"#{second}")).not_to_be_checked()
    assert focused(page) == second
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert focused(page) == second, "it comes back where it was"
    page.keyboard.press("End")
    assert focused(page) == "kind-statement"
    assert page.locator("#legend [tabindex='0']").count() == page.locator("#legend fieldset").count()


def test_marks_of_the_map_with_the_keyboard(show: Open, rule: str) -> None:
    page = show(rule, "#view=map&focus=&at=2025-05-15")
    page.locator("#map").focus()
    page.keyboard.press("Enter")
    cursor = page.locator("#cursor")
    expect(cursor).to_be_focused()
    first = cursor.inner_text()
    page.keyboard.press("ArrowDown")
    expect(cursor).to_be_focused()
    second = cursor.inner_text()
    assert second != first
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text(second.rpartition(", ")[0])
    expect(cursor).to_be_focused()
    ring, box = cursor.bounding_box(), page.locator("#map").bounding_box()
    assert ring is not None
    assert box is not None
    assert box["y"] <= ring["y"] + 22 <= box["y"] + box["height"]
    page.keyboard.press("Escape")
    expect(page.locator("#map")).to_be_focused()
