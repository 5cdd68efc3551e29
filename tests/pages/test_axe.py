"""axe-core finds no serious fault on the explorer page and on answer pages, light and dark, wide and narrow."""

from collections.abc import Callable
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest

from dualuse.card import Card
from dualuse.explore.page import render_page
from dualuse.explore.view import View
from dualuse.knowledge import Knowledge
from dualuse.show.html import answer_page

from .conftest import CARDS, DAY, LABELS, RULE

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from tests.explore.browsing import Open

pytestmark = pytest.mark.browser

GRAVE = ("serious", "critical")
THEMES = ("light", "dark")


def faults(page: "Page", part: str = "html", only: str = "") -> list[str]:
    """Grave violations in a part of a page, of one rule or of all: rule, and the first elements that break it."""
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate((files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8"))
    options = {
        "resultTypes": ["violations"],
        "rules": {"label-content-name-mismatch": {"enabled": True}},
        **({"runOnly": [only]} if only else {}),
    }
    found: dict[str, Any] = page.evaluate("([part, options]) => axe.run(part, options)", [part, options])
    assert found["testEngine"]["name"] == "axe-core"
    return [
        f"{each['id']}: {each['help']}: {[node['html'][:120] for node in each['nodes'][:3]]}"
        for each in found["violations"]
        if each["impact"] in GRAVE
    ]


def test_the_sample(show: "Open", knowledge: Knowledge) -> None:
    from tests.explore.conftest import cut_sample

    page = show(render_page(cut_sample(knowledge), View("Who is affected?")), color_scheme="dark")
    assert faults(page) == []
    page.click(".examples button >> nth=0")
    page.click("#view-entries")
    assert faults(page) == []


def test_every_view_of_a_real_page(show: "Open", rule_page: str) -> None:
    page = show(rule_page, "#focus=", color_scheme="light")
    assert faults(page) == []
    views = page.locator("[data-view]:visible").evaluate_all("(all) => all.map((one) => one.id)")
    assert len(views) >= 7
    found = {}
    for view in views:
        page.click(f"#{view}")
        found[view] = faults(page, "#stage")
    page.click("#theme")
    for view in views:
        page.click(f"#{view}")
        found[f"{view}, dark"] = faults(page, "#stage", only="color-contrast")
    page.click(".table-columns:visible summary")
    found["columns, dark"] = faults(page, ".table-columns[open]")
    page.fill("#search", "licence")
    found["results, dark"] = faults(page, ".search")
    page.keyboard.press("Escape")
    page.click("#save summary")
    found["menu, dark"] = faults(page, "#save")
    assert {view: faults for view, faults in found.items() if faults} == {}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("make", CARDS.values(), ids=CARDS)
def test_answers(show: "Open", make: Callable[[], Card[Any]], theme: str) -> None:
    page = show(answer_page(make(), labels=LABELS), color_scheme=theme)
    assert faults(page) == []
    page.set_viewport_size({"width": 390, "height": 800})
    assert faults(page) == []


def test_axe_sees_a_fault(show: "Open") -> None:
    page = show("<!doctype html><html><title>T</title><body><input></body></html>")
    assert {fault.partition(":")[0] for fault in faults(page)} == {"html-has-lang", "label"}


def test_the_real_rule(show: "Open", knowledge: Knowledge) -> None:
    from dualuse.questions.status import status
    from dualuse.show.html import read_labels

    given = status(knowledge, RULE, as_of=DAY, lens="enforced")
    assert faults(show(answer_page(given, labels=read_labels(knowledge.store, given), language="zh-Hant"))) == []
