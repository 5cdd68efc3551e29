"""Two days or two lenses side by side, held against what the commands answer, in a real browser; needs Chromium."""

import re
from collections import Counter
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from dualuse.explore.make import explorer_page
from dualuse.explore.payload import unpack
from dualuse.explore.text import interface_texts
from dualuse.knowledge import Knowledge

from .browsing import Open

pytestmark = pytest.mark.browser

SIDES = ("first", "second")
_ROWS = """() => [...document.querySelectorAll(".change-kind")].flatMap((fold) => {
  fold.open = true;
  fold.dispatchEvent(new Event("toggle"));
  return [...fold.querySelectorAll("li")].map((item) => [
    item.querySelector("time").textContent.replace(" (?)", ""), fold.dataset.kind, item.dataset.id,
    item.dataset.certain === "true", item.querySelector("span").textContent,
  ]);
})"""


def test_january_against_june_2025(show: Open, whole: str, knowledge: Knowledge) -> None:
    changes = knowledge.changes("2025-01-01", "2025-06-30").plain["changes"]
    page = show(whole)
    page.click("#view-compare")
    fill(page, "#beside-day", "2025-01-01")
    fill(page, "#here-day", "2025-06-30")
    tiers = Counter(knowledge.places.tier_word(place, date(2025, 6, 30)) for place in knowledge.places.tiers)
    moved = sum(tiers.values()) - tiers[None]
    told = f"Changes on record: {len(changes)}; destinations with another tier: {moved};"
    expect(page.locator("#compare-sum")).to_contain_text(told)
    expect(page.locator("#compare-tiers tbody tr td:first-child")).to_have_text(["No tier"] * 3)
    expect(page.locator("#compare-tiers .number")).to_have_text([str(tiers[tier]) for tier in (2, 1, 3)])
    shown = {tuple(row[:4]): row[4] for row in page.evaluate(_ROWS)}
    assert len(shown) == len(changes)
    for row in changes:
        told = shown[row["date"], row["kind"], row["id"], row["certain"]]
        if row["kind"] == "event":  # the page has the kinds of events in words of its own
            assert (told[:12], told[-20:]) == (row["what"][:12], row["what"][-20:]), row
        else:
            assert told == row["what"], row


def test_statuses_on_both_sides_are_those_of_the_command(show: Open, whole: str, knowledge: Knowledge) -> None:
    page = show(whole, "#view=compare&focus=&at=2025-05-20&lens=announced&beside=2025-05-20~codified")
    expect(page.locator("#compare-changes")).to_have_count(0)
    expect(page.locator(".board")).to_contain_text("only the lens differs")
    rows = page.locator("#compare-statuses tbody tr").filter(has_text="Framework for Artificial Intelligence Diffusion")
    expect(rows.locator("td").nth(0)).to_contain_text("in force")
    expect(rows.locator("td").nth(1)).to_contain_text("ended")
    keys = [node.removeprefix("instrument:") for node in history(whole)["events"]]
    day, lenses = "2025-05-20", ("codified", "announced")
    found = [[knowledge.status(key, as_of=day, lens=lens).answer.status for lens in lenses] for key in keys]
    differ = sum(one != two for one, two in found)
    expect(page.locator("#compare-statuses caption")).to_have_text(f"Instruments with another status: {differ}")


def test_the_sides_are_swapped_and_stand_in_the_address(show: Open, rule: str) -> None:
    page = show(rule, "#view=compare&focus=&at=2025-06-01&beside=2025-01-12")
    expect(page.locator(".compare-worlds figcaption")).to_have_text(["2025-01-12 · codified", "2025-06-01 · codified"])
    page.click("#compare-swap")
    page.select_option("#here-lens", "enforced")
    page.reload()
    page.wait_for_selector("body[data-drawn]")
    expect(page.locator(".compare-worlds figcaption")).to_have_text(["2025-06-01 · codified", "2025-01-12 · enforced"])
    expect(page.locator("#compare-sum")).to_contain_text("After 2025-01-12, up to and including 2025-06-01")
    expect(page.locator(".board")).to_contain_text("as far as they concern what this page draws")
    expect(page.locator(".board")).to_contain_text("dualuse explore --compare FIRST SECOND")
    page.click("#language-zh-Hant")
    expect(page.locator("#compare-sum")).to_contain_text("紀錄中的變動")
    page.locator("#compare-tiers .node").first.click()
    expect(page.locator("#panel .badges")).to_be_visible()


def test_two_measures_are_compared_as_the_command_does(show: Open, knowledge: Knowledge) -> None:
    pair, day = ("nl-regulation-sme-2023", "us-h20-is-informed-2025-04"), date(2025, 6, 1)
    answer = knowledge.affected(compare=pair, as_of=day).plain
    page = show(explorer_page(knowledge, day, "codified", party="CN", compare=pair), "#view=compare&focus=")
    rows = page.locator("#compare-effects tbody tr")
    expect(rows).to_have_count(len(answer["compared"]))
    words = interface_texts()["en"]["effect_kind"]
    shown = rows.evaluate_all("(rows) => rows.map((row) => [...row.cells].slice(0, 5).map((cell) => cell.textContent))")
    for cells, row in zip(shown, answer["compared"], strict=True):
        assert cells[:2] == [words[row["first"]], words[row["second"]]]
        assert (cells[2], cells[4]) == (", ".join(row["goods"]), str(row["count"]))
    expect(page.locator("#compare-parties tbody tr")).to_have_count(len(answer["parties_compared"]))
    first, second = ({p for r in answer["compared"] if r[side] != "none" for p in r["places"]} for side in SIDES)
    counts = len(second - first), len(first & second), len(first - second)
    told = "second alone: {}; by both: {}; by the first alone: {}.".format(*counts)
    expect(page.locator("#compare-sum")).to_contain_text(told)
    china = page.locator(".compare-worlds figure").nth(1).locator('[aria-label^="China,"]')
    expect(china).to_have_attribute("aria-label", "China, CN: Licence needed")
    page.select_option("#case-goods", row_of(answer, "first")["goods"][0])
    expect(china).not_to_have_attribute("aria-label", "China, CN: Licence needed")
    page.click("#compare-days")
    expect(page.locator("#compare-head")).to_be_visible()
    expect(page).to_have_url(re.compile("measures=0"))
    page.click("#compare-measures")
    expect(page.locator("#compare-effects")).to_be_visible()


def row_of(answer: Any, side: str) -> Any:
    """The first row in which one measure alone changes anything."""
    other = SIDES[1 - SIDES.index(side)]
    return next(row for row in answer["compared"] if row[side] != "none" and row[other] == "none")


def fill(page: Page, field: str, day: str) -> None:
    page.fill(field, day)
    page.locator(field).dispatch_event("change")


def history(text: str) -> dict[str, Any]:
    packed = text.split('id="payload">', 1)[1].split("<", 1)[0]
    found: Any = unpack(packed)["history"]
    return dict(found)
