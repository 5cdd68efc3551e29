"""Every number on a view is the number of the command, for the same day and lens; in a real browser."""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from dualuse.knowledge import Knowledge

from .browsing import watched

pytestmark = pytest.mark.browser

RULE = "us-ai-diffusion-ifr-2025-01"
RESCISSION = "us-ai-diffusion-rescission-2025-05"
Go = Callable[[str], Page]


@pytest.fixture(scope="module")
def go(browser: Any, whole: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Go]:
    """One page of the whole graph, sent to a state by its address."""
    path: Path = tmp_path_factory.mktemp("truth") / "page.html"
    with watched(browser, path) as open_:
        page = open_(whole)

        def goto(fragment: str) -> Page:
            page.evaluate("(hash) => { location.hash = hash; }", fragment)
            page.wait_for_function("(hash) => location.hash.includes(hash.split('&')[0])", arg=fragment)
            return page

        yield goto


def numbers(page: Page, selector: str) -> list[int]:
    """Whole numbers in the cells that a selector finds."""
    return [int(text.replace(",", "")) for text in page.locator(selector).all_inner_texts()]


# --- who said what


@pytest.mark.parametrize(
    ("about", "state", "asked"),
    [
        (RULE, "around=3", {"within": "72h", "of": "publication"}),
        (RULE, "around=5&within=7", {"within": "1w", "of": f"{RULE}.5"}),
        (RULE, "at=2025-05-12", {"as_of": "2025-05-12"}),
        (RESCISSION, "at=2026-11-22", {"as_of": "2026-11-22"}),
    ],
)
def test_positions_are_those_of_said(
    go: Go, knowledge: Knowledge, about: str, state: str, asked: dict[str, Any]
) -> None:
    at = "" if "at=" in state else "&at=2026-11-22"
    page = go(f"view=matrix&of=instrument:{about}&{state}{at}&focus=")
    answer = knowledge.said(about=about, matrix=True, **asked).plain
    expect(page.locator("#matrix-answer")).to_contain_text(
        f"{answer['positions']} positions in {answer['acts']} statements"
    )
    shown = Counter[str]()
    for row in page.locator(".matrix tbody").all():
        shown[row.get_attribute("data-stance") or ""] = row.locator("tr[data-holder]").count()
    assert shown == answer["by_stance"]
    held = Counter((row["stance"], row["party"]) for row in answer["matrix"])
    read = "(rows) => rows.map((row) => [row.parentElement.dataset.stance, row.dataset.holder.split(':')[1]])"
    assert Counter(map(tuple, page.locator(".matrix tr[data-holder]").evaluate_all(read))) == held
    assert all(row["grounds"] for row in answer["matrix"]) == (not page.get_by_text("no ground given").count())


def test_every_mark_says_what_its_stance_is_about(go: Go) -> None:
    page = go(f"view=matrix&of=instrument:{RESCISSION}&at=2026-11-22&focus=")
    labels = page.locator(".stance-mark").evaluate_all("(marks) => marks.map((mark) => mark.ariaLabel)")
    assert labels
    name = page.locator(".stance-title").first.inner_text().split(": ")[1].rsplit(" (", 1)[0]
    assert all(name in label for label in labels)
    page.select_option("#matrix-of", "-1")
    every = page.locator(".stance-mark").evaluate_all("(marks) => marks.map((mark) => mark.ariaLabel)")
    assert len(every) > len(labels)
    assert all(label.count("; ") >= 2 for label in every)


# --- the world


@pytest.mark.parametrize("day", ["2024-06-01", "2025-01-13", "2025-11-07", "2026-11-22"])
def test_the_sizes_of_tiers_are_those_of_groups(go: Go, knowledge: Knowledge, day: str) -> None:
    page = go(f"view=world&at={day}&lens=codified&count=18&focus=")
    answer = knowledge.groups(count=True, claimed=18, as_of=day).plain
    for row in answer["counts"]:
        line = page.locator(".universes tbody tr", has_text=row["universe"])
        told = [int(text.replace(",", "")) for text in line.locator("td").all_inner_texts()]
        assert told == [row["total"], row["tier1"], row["tier2"], row["tier3"]], row["universe"]
    expect(page.locator("#claimed-readings li")).to_have_count(len(answer["readings"]))


def test_tiers_end_with_the_rule(go: Go) -> None:
    page = go("view=world&at=2025-06-20&lens=announced&focus=")
    expect(page.locator("#no-tiers")).to_contain_text("is ended")
    assert sum(numbers(page, ".universes tbody td:nth-child(n+3)")) == 0
    expect(page.locator(".tile.tier-3")).to_have_count(0)


# --- status


def test_status_is_told_under_three_lenses(go: Go, knowledge: Knowledge) -> None:
    words = {"in-force": "in force", "not-enforced": "not enforced", "ended": "ended"}
    answer = knowledge.status(RULE, as_of="2025-06-01").plain
    rest = ["organisation", "place", "measure", "item", "product", "statement", "person", "group", "bearer"]
    hidden = ",".join(f"kind:{kind}" for kind in rest)
    page = go(f"view=entries&focus=instrument:{RULE}&hide={hidden}&at=2025-06-01&lens=codified")
    for lens in ("codified", "enforced", "announced"):
        expect(page.locator(f".lens-line[data-lens={lens}]")).to_contain_text(words[answer[lens]], ignore_case=True)
    row = page.locator(
        "#table tr", has=page.get_by_role("button", name="Framework for Artificial Intelligence Diffusion")
    )
    expect(row.first).to_contain_text("enforced: not enforced", ignore_case=True)
