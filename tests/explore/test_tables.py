"""Tables of the explorer: filtered, sorted, cut to some columns, and all of it in the link; needs Chromium."""

import json
import re
from typing import Any
from urllib.parse import unquote

import pytest
from playwright.sync_api import Locator, Page, expect

from .browsing import Open
from .conftest import Network
from .test_finding import work_out

IFR = "us-ai-diffusion-ifr-2025-01"


def column(page: Page, table: str, place: int) -> list[str]:
    cells = page.locator(f"{table} tbody tr:visible > :nth-child({place})")
    return [text.strip() for text in cells.all_inner_texts()]


def head(page: Page, table: str, name: str) -> Locator:
    return page.locator(f"{table} thead").get_by_role("button", name=re.compile(f"^sort by {re.escape(name)}$"))


# --- pure


@pytest.mark.parametrize(
    ("texts", "form", "order"),
    [
        (["1,200", "9", "", "−3", "12 %"], "number", [3, 1, 4, 0, 2]),
        (["2025-01-13 – 2025-05", "2024", "? (≤ 2023-10)", "2024-12"], "date", [2, 1, 3, 0]),
        (["b10", "b9", "", "a"], "text", [3, 1, 0, 2]),
        (["2024", "2023"], "number", [1, 0]),
        (["x", "3"], "text", [1, 0]),
    ],
)
def test_cells_are_sorted_as_what_they_are(texts: list[str], form: str, order: list[int]) -> None:
    told = json.dumps(texts)
    found = f"formOf({told})"
    ordered = f'orderBy({told}.map((text) => sortKey(text, "{form}")), false, "en")'
    assert work_out("sorting.js", found, ordered) == [form, order]


def test_empty_cells_come_last_either_way() -> None:
    assert work_out("sorting.js", 'orderBy(["", 2, 1], true, "en")', 'orderBy(["", 2, 1], false, "en")') == [
        [1, 2, 0],
        [2, 1, 0],
    ]


def test_a_head_is_pressed_three_times() -> None:
    press = "[PLAIN_LOOK].flatMap((look) => { const a = pressed(look, 'n', {0}), b = pressed(a, 'n', {0}); return "
    press += "[a, b, pressed(b, 'n', {0})].map(({{ sort, down }}) => sort + (down ? ' down' : '')); }})"
    ask = press.replace("(look) => { ", "(look) => {{ ")
    assert work_out("sorting.js", ask.format("true"), ask.format("false")) == [
        ["n down", "n", ""],
        ["n", "n down", ""],
    ]


def test_looks_come_back_from_an_address() -> None:
    looks: dict[str, Any] = {
        "links": {"sort": "valid_from", "down": True, "find": "a & b=c", "hide": ["tier", "to"]},
        "part-x": {"sort": "", "down": False, "find": "", "hide": ["1"]},
    }
    given = json.dumps(looks)
    assert work_out("sorting.js", f"readLooks(writeLooks({given}))", 'readLooks([["at", "x"], ["A.sort", "x"]])') == [
        looks,
        {},
    ]


# --- the tables of entries and links


@pytest.mark.browser
def test_rows_are_filtered_by_every_name_and_the_link_says_so(show: Open, text: str) -> None:
    page = show(text, "#view=links")
    whole = int(page.locator("#table").get_attribute("data-rows") or 0)
    page.fill("#find-links", "輝達 supplies")
    rows = page.locator("#table tbody tr")
    few = rows.count()
    assert 0 < few < whole
    for told in rows.all_inner_texts():
        assert "NVIDIA Corporation" in told
        assert "suppl" in told
    expect(page.locator(".table-tools output")).to_have_text(f"{few} of {whole:,} rows")
    expect(page.locator("#find-links")).to_be_focused()
    assert "links.find=輝達 supplies" in unquote(page.url)
    page.reload()
    page.wait_for_selector("body[data-drawn]")
    expect(page.locator("#find-links")).to_have_value("輝達 supplies")
    expect(rows).to_have_count(few)
    page.fill("#find-links", "")
    expect(page.locator("#table caption")).to_have_text(f"Links shown: {whole:,}")
    assert "find=" not in page.url


@pytest.mark.browser
def test_columns_are_chosen_with_the_keyboard_and_stay_away(show: Open, text: str, sample: Network) -> None:
    page = show(text, "#view=entries")
    before = page.locator("#table thead th").count()
    page.locator(".table-columns summary").press("Enter")
    page.locator("#column-entries-kind").press("Space")
    expect(page.locator("#table thead th")).to_have_count(before - 1)
    expect(head(page, "#table", "Kind")).to_have_count(0)
    expect(page.locator("#column-entries-kind")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".table-columns [data-sort=kind] span")).to_have_text("↑")
    page.keyboard.press("Escape")
    expect(page.locator(".table-columns")).not_to_have_attribute("open", "")
    assert page.url.endswith("#view=entries&entries.sort=kind&entries.hide=kind")
    page.reload()
    page.wait_for_selector("body[data-drawn]")
    expect(page.locator("#table thead th")).to_have_count(before - 1)


@pytest.mark.browser
def test_days_and_numbers_are_sorted_as_such(show: Open, text: str) -> None:
    page = show(text, "#view=links")
    head(page, "#table", "From date").click()
    expect(page.locator("#table th[aria-sort]")).to_have_attribute("aria-sort", "ascending")
    place = 1 + page.locator("#table thead th").evaluate_all("(all) => all.findIndex((one) => one.ariaSort)")
    days = [re.sub(r"[^\d-]", "", day) for day in column(page, "#table", place) if re.search(r"\d", day)]
    assert days == sorted(days)
    assert len(set(days)) > 3
    head(page, "#table", "From date").press("Enter")
    expect(page.locator("#table th[aria-sort]")).to_have_attribute("aria-sort", "descending")
    expect(head(page, "#table", "From date")).to_be_focused()
    head(page, "#table", "Receipts").click()
    numbers = [int(number) for number in column(page, "#table", page.locator("#table thead th").count())]
    assert numbers == sorted(numbers, reverse=True)
    page.go_back() if "view=links" not in page.url else None
    assert "links.sort=-receipts" in page.url


# --- tables on boards


@pytest.mark.browser
def test_a_table_on_a_board_is_filtered_sorted_and_cut(show: Open, rule: str) -> None:
    page = show(rule, f"#view=timeline&of=instrument:{IFR}&focus=")
    table = ".board [data-table=events]"
    whole = page.locator(f"{table} tbody tr").count()
    head(page, table, "#").click()
    numbers = [int(number) for number in column(page, table, 1)]
    assert numbers == sorted(numbers, reverse=True) == [*range(whole, 0, -1)]
    page.fill("#find-events", "ANNOUNCEMENT")
    kinds = column(page, table, 3)
    assert "Announcement" in kinds
    assert len(kinds) < whole
    for told in page.locator(f"{table} tbody tr:visible").all_inner_texts():
        assert "announcement" in told.lower()
    page.locator(".board .table-columns summary").click()
    page.uncheck("#column-events-5")
    expect(head(page, table, "Source")).to_be_hidden()
    told = page.url
    assert "events.sort=-0&events.find=ANNOUNCEMENT&events.hide=5" in told
    page.click("#view-world")
    page.click("#view-timeline")
    expect(page.locator("#find-events")).to_have_value("ANNOUNCEMENT")
    assert column(page, table, 3) == kinds
    page.click("#language-zh-Hant")
    expect(page.locator("#find-events")).to_have_attribute("placeholder", "篩選各列")
    expect(page.locator(f"{table} tbody tr:visible")).to_have_count(0)


@pytest.mark.browser
def test_every_table_of_every_view_has_its_tools(show: Open, rule: str) -> None:
    page = show(rule, "#focus=")
    seen = set()
    for view in page.locator("[data-view]:visible").evaluate_all("(all) => all.map((one) => one.dataset.view)"):
        page.click(f"#view-{view}")
        bare = (
            "(all) => all.filter((one) => one.tBodies[0].rows.length > 1 && !one.tHead.querySelector('.sort')).length"
        )
        assert page.locator("#stage table:visible").evaluate_all(bare) == 0, view
        tables = page.locator("#stage table:visible").count()
        assert page.locator("#stage .table-tools:visible").count() >= min(tables, 1), view
        seen |= {view} if tables else set()
    assert {"world", "matrix", "timeline", "compare", "entries", "links"} <= seen


@pytest.mark.browser
def test_who_said_what_is_sorted_within_each_stance(show: Open, rule: str) -> None:
    page = show(rule, "#view=matrix&focus=")
    titles = page.locator(".matrix .stance-title").all_inner_texts()
    sizes = page.locator(".matrix tbody").evaluate_all("(all) => all.map((one) => one.rows.length)")
    page.locator(".matrix thead .sort").nth(1).click()
    assert page.locator(".matrix .stance-title").all_inner_texts() == titles
    assert page.locator(".matrix tbody").evaluate_all("(all) => all.map((one) => one.rows.length)") == sizes
    marks = "(all) => all.map((row) => row.cells[1].querySelectorAll('button').length)"
    counts = page.locator(".matrix tbody").first.locator("tr[data-holder]").evaluate_all(marks)
    assert counts == sorted(counts, reverse=True)
    assert "matrix.sort=-1" in page.url
