"""Ten things a reader wants of the page: each takes at most three actions from the page as opened, and is answered."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.explore.test_browser_use import save
from tests.shared import once

from dualuse.explore.make import explorer_page
from dualuse.knowledge import Knowledge

from .browsing import Open, watched

pytestmark = pytest.mark.browser

RULE = "us-ai-diffusion-ifr-2025-01"
MOST = 3
LENSES = {"codified": "in force", "enforced": "not enforced", "announced": "ended"}


class Reader:
    """A reader at a page just opened, who counts what he does: a click, a choice, or what is typed into a field."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.actions = 0

    def _act(self) -> Page:
        self.actions += 1
        assert self.actions <= MOST, "too much to do"
        return self.page

    def click(self, selector: str, **having: Any) -> None:
        self._act().locator(selector, **having).first.click()

    def type(self, field: str, text: str) -> None:
        self._act().fill(field, text)

    def press(self, key: str) -> None:
        self._act().keyboard.press(key)

    def save(self, button: str, path: Path) -> bytes:
        """Open the menu and choose what is to be saved: two actions."""
        self._act()
        self._act()
        return save(self.page, button, path)

    def look_up(self, name: str) -> None:
        """Type a name and take what comes first: two actions."""
        self.type("#search", name)
        expect(self.page.locator("#results li").first).to_be_visible()
        self.press("Enter")


@pytest.fixture(scope="module")
def opened(knowledge: Knowledge, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of the whole graph on the day a reader gets who names none, made once a run."""

    def make(place: Path) -> None:
        place.write_text(explorer_page(knowledge, knowledge.day(None), "codified"), "utf-8", newline="")

    return once(tmp_path_factory, "whole-unnamed-day.html", make).read_text("utf-8")


@pytest.fixture(scope="module")
def reader(browser: Any, opened: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Reader]]:
    path: Path = tmp_path_factory.mktemp("tasks") / "page.html"
    with watched(browser, path) as open_:
        yield lambda: Reader(open_(opened))


def test_who_opposed_within_three_days_and_why(reader: Callable[[], Reader], knowledge: Knowledge) -> None:
    at = reader()
    at.click(".question-button", has_text="within three days")
    answer = knowledge.said(about=RULE, within="72h", of="publication", matrix=True).plain
    wanted = Counter(row["party"] for row in answer["matrix"] if row["stance"] == "opposes")
    assert wanted
    rows = at.page.locator(".matrix [data-stance=opposes] tr[data-holder]")
    expect(rows).to_have_count(sum(wanted.values()))
    assert Counter((row.get_attribute("data-holder") or "").partition(":")[2] for row in rows.all()) == wanted
    for row in rows.all():
        why = row.locator(".stance-mark").first.get_attribute("aria-label") or row.inner_text()
        assert why


def test_the_tier_of_switzerland_and_the_paragraph(reader: Callable[[], Reader], knowledge: Knowledge) -> None:
    at = reader()
    at.look_up("Switzerland")
    (place,) = knowledge.groups("CH").answer.places or ()
    facts = at.page.locator("#panel .badges")
    expect(facts).to_contain_text(f"Tier {place.tier}")
    expect(facts).to_contain_text(place.basis)


def test_how_the_rule_reaches_tsmc(reader: Callable[[], Reader], knowledge: Knowledge) -> None:
    at = reader()
    at.look_up("TSMC")
    at.click("#law-here")
    answer = knowledge.why("tsmc", RULE).answer
    expect(at.page.locator("#law-sum")).to_have_attribute("data-count", str(sum(row.ties for row in answer.ties)))
    channels = at.page.locator("#law-ways > li").evaluate_all("(items) => items.map((item) => item.dataset.channel)")
    assert channels == list(dict.fromkeys(row.channel for row in answer.paths))


def test_the_status_on_a_day(reader: Callable[[], Reader], knowledge: Knowledge) -> None:
    at = reader()
    at.type("#day", "2025-06-01")
    at.look_up("AI Diffusion")
    answer = knowledge.status(RULE, as_of="2025-06-01").plain
    for lens, words in LENSES.items():
        line = at.page.locator(f".lens-line[data-lens={lens}]")
        expect(line).to_contain_text(words, ignore_case=True)
        assert answer[lens] == words.replace(" ", "-")


def test_a_link_for_an_editor(reader: Callable[[], Reader], opened: str, show: Open) -> None:
    at = reader()
    at.click("[data-view=world]")
    at.click("#save summary")
    at.page.evaluate("navigator.clipboard.writeText = async (text) => { document.body.dataset.copied = text; }")
    at.click("#copy-link")
    link = at.page.locator("body[data-copied]").get_attribute("data-copied") or ""
    fragment = link[link.index("#") :]
    again = show(opened, fragment)
    expect(again.locator("#view-world")).to_have_attribute("aria-pressed", "true")
    assert f"at={again.input_value('#day')}" in fragment
    assert "lens=codified" in fragment


def test_a_picture_for_print(reader: Callable[[], Reader], tmp_path: Path) -> None:
    at = reader()
    picture = at.save("#save-svg", tmp_path / "p.svg")
    words = re.sub(r"<[^>]+>", " ", picture.decode())
    for wanted in ("codified", "CC-BY-4.0", "dualuse"):
        assert wanted in words


def test_a_company_by_its_chinese_name(reader: Callable[[], Reader]) -> None:
    at = reader()
    at.look_up("輝達")
    expect(at.page.locator("#panel h2")).to_have_text("NVIDIA Corporation")


def test_whether_120_is_right(reader: Callable[[], Reader], knowledge: Knowledge) -> None:
    at = reader()
    at.click("#start-conflicts")
    rows = knowledge.conflicts(about=RULE, as_of=knowledge.day(None)).plain["conflicts"]
    told = [row["law"]["value"] for row in rows if any(str(each["value"]) == "120" for each in row["values"])]
    assert told
    claimed = at.page.locator(".values strong", has_text=re.compile("^120$"))
    laws = at.page.locator(".conflicts > li", has=claimed).locator(".law")
    expect(laws).to_have_count(len(told))
    for law, value in zip(laws.all(), told, strict=True):
        expect(law).to_contain_text(value)


def test_what_120_counts(reader: Callable[[], Reader], knowledge: Knowledge) -> None:
    at = reader()
    at.look_up("120")
    answer = knowledge.groups(count=True, claimed=120, as_of=knowledge.day(None)).plain
    expect(at.page.locator(".universes").first).to_be_visible()
    expect(at.page.locator("#claimed-readings li")).to_have_count(len(answer["readings"]))


def test_january_against_june(reader: Callable[[], Reader], knowledge: Knowledge) -> None:
    at = reader()
    at.click(".question-button", has_text="between January and June 2025")
    changes = knowledge.changes("2025-01-01", "2025-06-30").answer.changes
    shown = at.page.locator("#compare-changes h3").inner_text()
    assert int(shown.rsplit(": ", 1)[1].replace(",", "")) == len(changes)


def test_only_what_is_well_sourced(reader: Callable[[], Reader], knowledge: Knowledge) -> None:
    at = reader()
    at.click("[data-view=links]")
    at.page.locator(".row", has=at.page.locator("#only-confidence-high")).hover()
    at.click("#only-confidence-high")
    assert at.page.evaluate("document.documentElement.scrollHeight <= innerHeight"), "the page itself scrolls"
    network = knowledge.network(as_of=knowledge.day(None))
    sure = {node for node, data in network.nodes(data=True) if data["confidence"] == "high"}
    links = [each for *ends, each in network.edges(data=True) if each["confidence"] == "high" and {*ends} <= sure]
    expect(at.page.locator("#table")).to_have_attribute("data-rows", str(len(links)))
    cells = at.page.locator("#table tbody tr td:nth-last-child(2)").all_inner_texts()
    assert {*cells} == {"High"}
