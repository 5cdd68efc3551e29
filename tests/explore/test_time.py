"""Days, lenses and playing, in a real browser; needs Chromium."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from dualuse.explore.make import explorer_page
from dualuse.knowledge import Knowledge
from dualuse.unnamed import Unnamed

from .browsing import Open, heading, status

pytestmark = pytest.mark.browser

RULE = "instrument:us-ai-diffusion-ifr-2025-01"


def tier(page: Page, place: str) -> str:
    return page.locator(f'.tile[aria-label^="{place},"]').get_attribute("aria-label") or ""


def test_the_day_moves_tiers_groups_and_the_head(show: Open, rule: str) -> None:
    page = show(rule, "#view=world&focus=&at=2024-03-14")
    assert "Country Group D:5" not in tier(page, "Nicaragua")
    page.click("#later")
    expect(page.locator("#as-of")).to_have_text("2024-03-15")
    expect(page.locator("#stop")).to_contain_text("Nicaragua joins Country Group D:5")
    assert tier(page, "Nicaragua") == "Nicaragua, NI: No tier, In Country Group D:5"
    page.fill("#day", "2025-11-06")
    page.locator("#day").dispatch_event("change")
    assert tier(page, "Cambodia").startswith("Cambodia, KH 3: Tier 3")
    page.click("#later")
    expect(page.locator("#stop")).to_contain_text("Cambodia moves from tier 3 to tier 2")
    assert tier(page, "Cambodia") == "Cambodia, KH 2: Tier 2"
    expect(page).to_have_url(re.compile("at=2025-11-07"))


def test_the_head_says_that_the_day_is_the_last_on_record(show: Open, knowledge: Knowledge) -> None:
    last = knowledge.version.known_on
    day = Unnamed.beside(last, last + timedelta(days=4))
    page = show(explorer_page(knowledge, day, "codified", party="nvidia"))
    expect(page.locator("#last-day")).to_have_text(f"the last day on record; today is {day.other}")
    page.click("#language-zh-Hant")
    expect(page.locator("#last-day")).to_have_text(f"紀錄的最後一日；今日為 {day.other}")
    page.click("#earlier")
    expect(page.locator("#last-day")).to_be_hidden()


def test_the_rule_appears(show: Open, rule: str) -> None:
    page = show(rule, "#focus=&at=2025-01-12")
    gone = page.evaluate("document.querySelector('#status').textContent")
    assert "are not there on this day" in gone
    page.locator("#slider").press("ArrowRight")
    expect(page.locator("#as-of")).to_have_text("2025-01-13")
    expect(page.locator("#slider")).to_have_attribute("aria-valuetext", re.compile("2025-01-13: .*Supplement No. 5"))
    expect(status(page)).not_to_have_text(gone)
    expect(status(page)).to_contain_text("links have no recorded start; they are shown")


def test_the_slider_is_true_to_time_and_shows_where_much_changes(show: Open, rule: str, knowledge: Knowledge) -> None:
    page = show(rule, "#view=world&focus=&at=2025-01-13")
    shown = page.locator(".scale-year").all_inner_texts()
    assert shown == [str(year) for year in range(int(shown[0]), knowledge.version.known_on.year + 1)]
    left, busy = page.evaluate(
        "() => { const bars = [...document.querySelectorAll('.density rect')].map((bar) => [+bar.getAttribute('x'),"
        " +bar.getAttribute('height')]); const top = bars.reduce((a, b) => (b[1] > a[1] ? b : a));"
        " return [+document.querySelector('#slider').value, top[0]]; }"
    )
    assert left - busy == 12, "most changes in January 2025; the thumb stands on its thirteenth day"
    page.locator("#slider").press("End")
    expect(page.locator("#as-of")).to_have_text(knowledge.version.known_on.isoformat())
    page.locator("#slider").fill(str(left + 1))
    expect(page.locator("#as-of")).to_have_text("2025-01-13")
    page.locator("#slider").press("PageDown")
    assert page.locator("#as-of").inner_text() < "2025-01-04"


def test_all_changes_of_a_day_open_in_place(show: Open, whole: str) -> None:
    page = show(whole, "#view=world&focus=&at=2025-01-13")
    menu = page.locator("#stop-more")
    more = int(re.sub(r"\D", "", menu.locator("summary").inner_text()))
    menu.locator("summary").press("Enter")
    items = menu.locator("li button")
    expect(items).to_have_count(more + 3)
    expect(items.first).to_be_visible()
    assert page.locator("#stop").inner_text() == " · ".join(items.nth(place).inner_text() for place in range(3))
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    menu.locator("summary").click()
    items.last.click()
    expect(page).to_have_url(re.compile("focus="))
    expect(menu).not_to_have_attribute("open", "")


def test_the_lens_changes_the_status(show: Open, rule: str) -> None:
    page = show(rule, f"#focus={RULE}&at=2025-05-20")
    expect(page.locator(".badges")).to_contain_text("in force")
    page.select_option("#lens-choice", "enforced")
    expect(page.locator(".badges")).to_contain_text("not enforced")
    expect(page.locator("#lens")).to_have_text("enforced")
    page.select_option("#lens-choice", "announced")
    expect(page.locator(".badges")).to_contain_text("ended")
    page.reload()
    page.wait_for_selector("body[data-drawn]")
    expect(page.locator("#lens")).to_have_text("announced")
    expect(page.locator(".badges")).to_contain_text("ended")
    page.go_back()
    expect(page.locator("#lens")).to_have_text("enforced")


def test_playing_runs_and_stops(show: Open, rule: str) -> None:
    page = show(rule, "#view=world&focus=&at=2024-01-01")
    page.clock.install()
    page.click("#play")
    expect(page.locator("#play")).to_have_attribute("aria-label", "Stop")
    page.clock.run_for(2_500)
    expect(page.locator("#as-of")).not_to_have_text("2024-01-01")
    page.click("#play")
    stopped = page.locator("#as-of").inner_text()
    page.clock.run_for(5_000)
    expect(page.locator("#as-of")).to_have_text(stopped)


def test_with_less_motion_playing_goes_one_event_on(show: Open, rule: str) -> None:
    page = show(rule, "#focus=&at=2024-03-14", reduced_motion="reduce")
    page.clock.install()
    expect(page.locator("#play")).to_have_attribute("aria-label", "Next event")
    page.click("#play")
    expect(page.locator("#as-of")).to_have_text("2024-03-15")
    page.clock.run_for(5_000)
    expect(page.locator("#as-of")).to_have_text("2024-03-15")


@pytest.mark.parametrize("fragment", ["#at=2025-02-30", "#at=soon&lens=best", "#camera=1,2&near=9&story=99&path="])
def test_nonsense_in_the_address_is_left_out(show: Open, rule: str, fragment: str) -> None:
    page = show(rule, fragment)
    expect(page.locator("#as-of")).to_have_text("2025-06-01")
    expect(page.locator("#lens")).to_have_text("codified")
    expect(heading(page)).not_to_be_empty()


def test_a_page_without_history_has_no_time_bar(show: Open, text: str) -> None:
    page = show(text)
    expect(page.locator("#timebar")).to_be_hidden()
    for view in ("world", "matrix", "timeline", "conflicts"):
        expect(page.locator(f"#view-{view}")).to_be_hidden()


def test_an_unknown_start_is_said_on_the_card(show: Open, whole: str) -> None:
    page = show(whole, "#link=group:us-b~comprises~place:CH")
    expect(page.locator("#panel")).to_contain_text("The start is not on record. Seen on 2025-01-13.")


def test_facts_and_titles_speak_the_language_of_the_page(show: Open, rule: str) -> None:
    page = show(rule, f"#focus={RULE}&lang=zh-Hant")
    expect(page.locator("h1")).to_have_text("人工智慧擴散框架")
    expect(page.locator("#question")).to_contain_text("可及哪些對象")
    expect(page.locator("#panel")).to_contain_text("暫行最終規則")
