"""Answer pages in a real browser, with the network off: languages, themes, citation, data, phone, hostile labels.

Needs Chromium. Without it these tests are skipped, except on a build server (CI=true), where they fail.
"""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from dualuse.card import Card
from dualuse.show.html import answer_page

from .conftest import CARDS, HOSTILE, LABELS, check_card, hostile, status_card

if TYPE_CHECKING:
    from tests.explore.browsing import Open

pytestmark = pytest.mark.browser


def test_languages(show: "Open") -> None:
    page = show(answer_page(check_card(), labels=LABELS))
    page.click("text=繁體")
    assert page.evaluate("document.documentElement.lang") == "zh-Hant"
    assert page.title().startswith("從美國運送")
    assert page.locator(".headline strong").inner_text() == "許可證例外 LPP"
    assert page.locator("text=繁體").get_attribute("aria-pressed") == "true"
    assert page.locator("section.outcome").get_attribute("aria-label") == "回答"
    assert page.locator("td >> nth=0").get_attribute("data-head") == "規則"
    page.reload()
    assert page.locator("h1").inner_text().startswith("從美國運送")
    page.click("text=EN")
    assert page.locator(".headline strong").inner_text() == "Licence exception LPP"


def test_themes(show: "Open") -> None:
    page = show(answer_page(check_card()), color_scheme="dark")
    paper = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(paper)
    page.click("#theme")
    assert page.evaluate(paper) == "rgb(255, 255, 255)" != dark
    assert page.locator("#theme").inner_text() == "Dark"
    page.emulate_media(media="print")
    assert not page.locator("#tools").is_visible()


def test_citation_is_copied(show: "Open") -> None:
    page = show(answer_page(check_card(), labels=LABELS))
    page.click("#copy")
    page.wait_for_selector("#notice:not([hidden]), #copy-dialog[open]")
    told = page.locator("#citation").inner_text()
    assert told.endswith(
        "Licence exception LPP. As of 2025-06-01, lens codified. dualuse 0.1.0, known on 2026-11-22 "
        "(sha256 9f2c4d7e9f2c4d7e). Information, not legal advice."
    )
    if page.locator("#copy-dialog").is_visible():
        assert page.input_value("#copy-text") == told


def test_the_card_is_saved(show: "Open") -> None:
    given = check_card()
    page = show(answer_page(given), accept_downloads=True)
    with page.expect_download() as download:
        page.click("#save")
    assert download.value.suggested_filename == "dualuse-check-2025-06-01-codified.json"
    assert json.loads(download.value.path().read_text("utf-8")) == given.to_dict()


@pytest.mark.parametrize("make", CARDS.values(), ids=CARDS)
def test_markup_in_a_card_does_nothing(show: "Open", make: Callable[[], Card[Any]]) -> None:
    page = show(answer_page(hostile(make())))
    assert HOSTILE in page.inner_text("h1, main")
    page.click("text=简体")
    assert page.locator("img").count() == 0


@pytest.mark.parametrize("make", CARDS.values(), ids=CARDS)
def test_a_phone_scrolls_one_way_only(show: "Open", make: Callable[[], Card[Any]]) -> None:
    page = show(answer_page(make(), labels=LABELS), viewport={"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_a_footnote_is_reached_by_its_number(show: "Open") -> None:
    page = show(answer_page(check_card()))
    page.locator("td .ref").first.click()
    assert page.evaluate("document.querySelector(':target').id") == "r1"


def test_the_page_is_whole_without_its_script(show: "Open") -> None:
    page = show(answer_page(status_card(), labels=LABELS), java_script_enabled=False)
    assert page.locator(".headline").inner_text() == "Enforced: not enforced; codified: in force; announced: ended"
    assert not page.locator("#tools").is_visible()
    assert page.locator("svg .dot").count() == 3
