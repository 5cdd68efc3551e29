"""How the law reaches a party: the page says what ``why`` and ``connected`` say, and keeps it apart from mere links."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from dualuse.explore.make import explorer_page
from dualuse.knowledge import Knowledge
from dualuse.node import Node

from .browsing import Open, watched

pytestmark = pytest.mark.browser

RULE = "us-ai-diffusion-ifr-2025-01"
DAY = "2025-06-01"
Go = Callable[[str], Page]
PAIRS = [
    (RULE, "organisation:tsmc"),
    (RULE, "organisation:nvidia"),
    (RULE, "place:CH"),
    (RULE, "place:CN"),
    (RULE, "organisation:sia"),
    ("us-acs-ifr-2023-10", "organisation:amd"),
    ("us-acs-ifr-2023-10", "place:AE"),
    ("us-h20-is-informed-2025-04", "organisation:tsmc"),
    ("us-smic-entity-list-2020-12", "organisation:smic"),
    ("cn-mofcom-10-2025-02", "place:US"),
    ("cn-afsl-rules-2025", "organisation:tsmc"),
]


@pytest.fixture(scope="module")
def go(browser: Any, whole: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Go]:
    """One page of the whole graph, sent to a state by its address."""
    path: Path = tmp_path_factory.mktemp("reached") / "page.html"
    with watched(browser, path) as open_:
        page = open_(whole)

        def goto(fragment: str) -> Page:
            page.evaluate("(hash) => { location.hash = hash; }", fragment)
            page.wait_for_function("(hash) => location.hash.includes(hash.split('&')[0])", arg=fragment)
            expect(page.locator("#by-law")).to_be_visible()
            return page

        yield goto


def ways(page: Page) -> dict[str, tuple[str, list[str]]]:
    """Channel -> how many other paths, and whom the best one passes."""
    found = {}
    for item in page.locator("#law-ways > li").all():
        names = item.locator(".node > span").all_inner_texts()
        found[item.get_attribute("data-channel") or ""] = (item.get_attribute("data-more") or "", names)
    return found


@pytest.mark.parametrize(("measure", "party"), PAIRS)
def test_the_law_reaches_a_party_as_why_says(go: Go, knowledge: Knowledge, measure: str, party: str) -> None:
    page = go(f"path=instrument:{measure}~{party}&at={DAY}&lens=codified")
    answer = knowledge.why(party.partition(":")[2], measure, as_of=DAY).answer
    asleep = knowledge.status(measure, as_of=DAY).plain["codified"] not in ("in-force", "effective-not-due")
    expect(page.locator("#law-none")).to_have_count(int(asleep))
    if asleep:
        return
    ties = sum(row.ties for row in answer.ties)
    goods = {each for row in answer.differences or () for each in row.goods}
    expect(page.locator("#law-sum")).to_have_attribute("data-count", str(len(goods) if party[:5] == "place" else ties))
    told = {(row.effect, *row.told[:2]) for row in answer.ties}
    told |= {(row.effect, *row.told[:2]) for row in answer.differences or ()}
    for row in page.locator("#law-changes > li").all():
        without, with_ = row.locator("dd").all_inner_texts()
        assert (row.get_attribute("data-effect"), without, with_) in told
    shown = ways(page)
    assert {*shown} == {row.channel for row in answer.paths} - {"ownership"}
    rows = knowledge.connected(by=[measure], party=party.partition(":")[2], as_of=DAY).answer.connected or ()
    reached = {row.channel: (str(row.more_paths), row.path) for row in rows if row.channel != "ownership"}
    drawn = knowledge.network(as_of=DAY).nodes
    for channel, (more, path) in reached.items():
        ends = [path[0].start, *(step.to for step in path)]
        assert shown[channel] == (more, [drawn[Node.parse(end)]["label"] for end in ends])


@pytest.mark.parametrize(
    ("at", "lens", "status"),
    [("2025-06-01", "enforced", "not-enforced"), ("2024-06-01", "codified", "not-yet"), (DAY, "announced", "ended")],
)
def test_where_the_law_does_not_reach_it_says_why(
    go: Go, knowledge: Knowledge, at: str, lens: str, status: str
) -> None:
    page = go(f"path=instrument:{RULE}~organisation:tsmc&at={at}&lens={lens}")
    assert knowledge.status(RULE, as_of=at).plain[lens] == status
    none = page.locator("#law-none")
    expect(none).to_have_attribute("data-status", status)
    expect(none).to_contain_text("binds nobody")
    expect(page.locator("#law-changes")).to_have_count(0)


def test_what_is_not_known_stays_unknown(go: Go, knowledge: Knowledge) -> None:
    day = "2027-01-01"
    page = go(f"path=instrument:{RULE}~organisation:tsmc&at={day}&lens=codified")
    assert knowledge.status(RULE, as_of=day).plain["codified"] == "unknown"
    expect(page.locator("#law-none")).to_have_attribute("data-status", "unknown")
    expect(page.locator("#law-none")).to_contain_text("Not known")
    expect(page.locator("#law-ways")).to_have_count(0)


def test_law_stands_before_mere_connection_and_each_says_what_it_is(go: Go) -> None:
    page = go(f"path=organisation:tsmc~instrument:{RULE}&at={DAY}&lens=codified")
    expect(page.locator("#panel h3")).to_have_text(["Reached by law", "Connected"])
    expect(page.locator("#law-sum")).to_contain_text("68 tie(s) change")
    expect(page.locator("#panel")).to_contain_text("does not say that one reaches the other by law")
    page = go(f"path=organisation:tsmc~organisation:nvidia&at={DAY}")
    expect(page.locator("#law-none")).to_contain_text("asked of a measure and a party")


def test_what_is_not_worked_out_is_said_with_the_command(go: Go) -> None:
    page = go("path=instrument:us-acs-ifr-2023-10~organisation:amd&at=2024-12-01&lens=codified")
    expect(page.locator("#law-open")).to_contain_text("dualuse why amd us-acs-ifr-2023-10 --as-of 2024-12-01")
    page = go(f"path=instrument:{RULE}~organisation:tsmc&at=2025-05-20&lens=codified")
    expect(page.locator("#law-day")).to_contain_text("Worked out for 2025-05-15")


def test_a_page_of_a_party_has_the_answer_for_it(show: Open, knowledge: Knowledge) -> None:
    text = explorer_page(knowledge, date.fromisoformat(DAY), "codified", party="nvidia")
    page = show(text, "#path=instrument:us-h20-is-informed-2025-04~organisation:nvidia")
    ties = sum(row.ties for row in knowledge.why("nvidia", "us-h20-is-informed-2025-04", as_of=DAY).answer.ties)
    expect(page.locator("#law-sum")).to_have_attribute("data-count", str(ties))
