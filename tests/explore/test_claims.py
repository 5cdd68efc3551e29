"""Every claim of the record on the page, and the paths that are opened; needs Chromium."""

import re

import pytest
from playwright.sync_api import Page, expect

from dualuse.explore.claimed import read_claimed
from dualuse.knowledge import Knowledge
from dualuse.node import Node

from .browsing import Open, search

RULE = "us-ai-diffusion-ifr-2025-01"
IN_ORDER = "(marks) => marks.filter((mark) => mark.checkVisibility()).map((mark) => mark.getAttribute('aria-label'))"


def test_claims_are_held_against_what_settles_them(knowledge: Knowledge) -> None:
    found = read_claimed(knowledge, knowledge.version.known_on, None)
    rows = knowledge.claims(as_of=knowledge.version.known_on).answer.claims
    assert found["key"] == [row.claim for row in rows]
    assert found["outcome"] == [row.law or "" for row in rows]
    for outcome, held in zip(found["outcome"], found["held"], strict=True):
        assert (outcome == "") == (held < 0)
    settled = (
        found["gives"][found["held"][found["key"].index("sc-17-01")]]
        if "sc-17-01" in found["key"]
        else found["gives"][0]
    )
    assert settled[1], "with the provision"


def test_a_thing_that_nothing_can_be_claimed_of_has_no_claims(knowledge: Knowledge) -> None:
    assert read_claimed(knowledge, knowledge.version.known_on, Node("product", "h100-sxm")) == {}


@pytest.fixture
def page(show: Open, whole: str) -> Page:
    return show(whole, "#view=conflicts")


@pytest.mark.browser
def test_every_claim_stands_on_the_page_with_its_outcome(page: Page, knowledge: Knowledge) -> None:
    rows = knowledge.claims(as_of=knowledge.version.known_on).answer.claims
    told = page.locator("#claims-table tbody tr").evaluate_all(
        "(rows) => rows.map((row) => [row.dataset.claim, row.dataset.outcome])"
    )
    assert told == [[row.claim, row.law or ""] for row in rows]
    warned = [row for row in rows if row.warning]
    assert warned
    expect(page.locator(f"[data-claim='{warned[0].claim}']")).to_contain_text(str(warned[0].warning))


@pytest.mark.browser
def test_a_claim_is_found_by_what_it_says(page: Page, knowledge: Knowledge) -> None:
    first = knowledge.claims(as_of=knowledge.version.known_on).answer.claims[0]
    search(page, first.gloss)
    found = page.locator("#results [data-is=claimed]").first
    expect(found).to_contain_text(first.gloss)
    found.click()
    expect(page.locator("tr.found-here")).to_have_attribute("data-claim", first.claim)
    expect(page.locator("tr.found-here")).to_be_visible()


@pytest.mark.browser
def test_a_statement_leads_to_the_claims_that_may_report_it(show: Open, whole: str, knowledge: Knowledge) -> None:
    page = show(whole, "#view=conflicts")
    ledger = {row.claim: row for row in knowledge.claims(as_of=knowledge.version.known_on, about=RULE).answer.claims}
    page.evaluate("location.hash = '#view=map&focus=organisation:sia'")
    mine = {key for key, row in ledger.items() if row.claimant == "Semiconductor Industry Association"}
    assert mine
    expect(page.locator("#panel h3", has_text="Claims that passages lay to it")).to_contain_text(str(len(mine)))
    page.locator("#card-claims button").first.click()
    row = page.locator("tr.found-here")
    expect(row).to_be_visible()
    assert row.get_attribute("data-claim") in mine
    expect(page.locator("#panel h2")).to_have_text("Semiconductor Industry Association")


@pytest.mark.browser
def test_other_paths_of_a_channel_open(show: Open, whole: str) -> None:
    page = show(whole, f"#view=network&path=instrument:{RULE}~organisation:tsmc")
    channel = page.locator("#law-ways > li:has(.more-ways)").first
    more = int(channel.get_attribute("data-more") or "0")
    expect(channel.locator("summary")).to_contain_text(str(more))
    channel.locator("summary").click()
    while (button := channel.locator(".more-ways .more")).is_visible():
        button.click()
    ways = channel.locator(".other-ways > li")
    expect(ways).to_have_count(more)
    best = channel.locator("> .way").inner_text()
    assert best not in ways.all_inner_texts()


@pytest.mark.browser
def test_arrows_follow_the_rows_of_the_matrix_as_they_are_sorted(show: Open, whole: str) -> None:
    page = show(whole, "#view=matrix&matrix.sort=0&matrix.down=1")
    marks = page.locator(".matrix td button")
    page.locator(".matrix thead .sort").first.click()
    page.locator(".matrix thead .sort").first.click()
    order = marks.evaluate_all(IN_ORDER)
    stop = page.locator(".matrix td button[tabindex='0']")
    expect(stop).to_have_count(1)
    assert stop.get_attribute("aria-label") == order[0]
    page.fill("#find-matrix", "Commerce")
    seen = marks.evaluate_all(IN_ORDER)
    assert 0 < len(seen) < len(order)
    assert stop.get_attribute("aria-label") == seen[0]
    stop.focus()
    for key in ("ArrowUp", "ArrowLeft", "ArrowDown", "ArrowDown", "ArrowRight"):
        page.keyboard.press(key)
        assert page.evaluate("document.activeElement.getAttribute('aria-label')") in seen
    expect(page).to_have_url(re.compile("matrix.find"))
