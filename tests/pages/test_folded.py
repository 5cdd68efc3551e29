"""Pages of many rows: folded to groups, whole without their script, searched; nothing is left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from dualuse.card import Card, Unknown
from dualuse.show.html import answer_page

from .conftest import NOTICE, card, receipt

if TYPE_CHECKING:
    from tests.explore.browsing import Open

MANY = 60


def many() -> Card[Any]:
    """Changes of three kinds, each with a receipt, and more gaps than stand open."""
    kinds = ("statement", "event", "measure")
    rows = [
        {
            "date": f"2025-01-{1 + at % 28:02}",
            "kind": kinds[at % 3],
            "id": f"{kinds[at % 3]}:c{at}",
            "what": f"Change number {at} of Ministry {'<b>' if at == 7 else 'A'}",
            "certain": True,
            "provision": None,
            "source": NOTICE,
        }
        for at in range(MANY)
    ]
    because = tuple(receipt(f"event/c{at}", str(row["what"])) for at, row in enumerate(rows))
    unknown = tuple(Unknown(f"the day of {at}", "it may lie outside") for at in range(15))
    question = {"command": "changes", "from": "2025-01-01", "to": "2025-02-01", "kinds": []}
    return card(question, {"changes": rows}, because=because, unknown=unknown, lens="")


def test_every_row_stands_in_its_group() -> None:
    page = answer_page(many())
    groups = re.findall(r'<details class="fold">\s*<summary><span class="same">(.*?)</summary>', page, re.DOTALL)
    told = [re.sub(r"<[^>]+>", "", group).split() for group in groups]
    assert told == [["event", "20", "rows"], ["measure", "20", "rows"], ["Statement", "20", "rows"]]
    assert page.count('<tr role="row">') == MANY + len(groups)
    assert page.count('<li id="r') == MANY
    assert "9 more things not known" in page
    assert page.count('<dt><span lang="en">the day of ') == len(many().unknown)
    assert '<details class="fold"><summary>' in page
    assert " open" not in "".join(re.findall(r"<details[^>]*>", page))


def test_a_short_page_is_not_folded() -> None:
    short = many()
    rows = short.plain["changes"][:9]
    page = answer_page(card(dict(short.question), {"changes": rows}, because=short.because[:9], lens=""))
    assert 'class="fold"' not in page
    assert 'id="find"' not in page
    assert page.count('<tr role="row">') == len(rows) + 1


@pytest.mark.browser
def test_a_page_is_searched_and_a_footnote_opens_its_fold(show: Open) -> None:
    page = show(answer_page(many()))
    closed = page.evaluate("document.documentElement.scrollHeight")
    page.fill("#find", "number 37 ministry")
    assert page.inner_text("#found") == "2 of 135"
    (row,) = page.locator("tbody tr:visible").all_inner_texts()
    assert " ".join(row.split()) == "2025-01-10 Change number 37 of Ministry A 38"
    page.fill("#find", "EVENT <b>")
    assert page.locator("tbody tr:visible").count() == 1
    page.fill("#find", "nothing like it")
    assert page.inner_text("#found") == "0 of 135"
    assert not page.locator(".block").first.is_visible()
    page.fill("#find", "")
    assert page.inner_text("#found") == ""
    assert page.evaluate("document.documentElement.scrollHeight") == closed
    page.locator(".fold summary").first.click()
    page.locator("td .ref:visible").nth(3).click()
    assert page.locator("#receipts details").get_attribute("open") is not None
    assert page.evaluate("document.querySelector(':target').checkVisibility()")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details:not([open])").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("details[open]").count() == 2


@pytest.mark.browser
def test_a_folded_page_is_whole_without_its_script(show: Open) -> None:
    page = show(answer_page(many()), java_script_enabled=False)
    assert not page.locator("#search").is_visible()
    page.locator(".fold summary").first.click()
    assert page.locator("tbody tr:visible").count() == MANY // 3


@pytest.mark.browser
def test_a_table_is_filtered_sorted_and_cut_and_the_link_says_so(show: Open) -> None:
    page = show(answer_page(many()), "#changes.find=number%203&changes.sort=-date")
    rows = page.locator("tbody tr:visible")
    assert page.input_value("#find-changes") == "number 3"
    assert page.inner_text(".table-tools output") == "21 of 60 rows"
    assert rows.count() == 21
    for group in page.locator(".fold[open] tbody").all():
        days = [day[:10] for day in group.locator("tr:visible").all_inner_texts()]
        assert days == sorted(days, reverse=True)
    heads = page.locator("thead th[data-column=date]")
    assert {head.get_attribute("aria-sort") for head in heads.all()} == {"descending"}
    heads.first.locator("button").press("Enter")
    assert {head.get_attribute("aria-sort") for head in heads.all()} == {None}
    page.click(".table-columns summary")
    page.uncheck("#column-changes-what")
    assert page.locator("[data-column=what]:visible").count() == 0
    assert page.url.endswith("#changes.find=number%203&changes.hide=what")
    page.fill("#find-changes", "")
    assert rows.count() == 0, "folded as before"
    assert page.url.endswith("#changes.hide=what")
    page.click("text=繁體")
    assert page.get_attribute("#find-changes", "placeholder") == "篩選各列"
    assert page.url.endswith("#lang=zh-Hant&changes.hide=what")
    page.reload()
    assert page.locator("[data-column=what]:visible").count() == 0
    assert page.evaluate("document.documentElement.lang") == "zh-Hant"


@pytest.mark.browser
def test_the_search_and_a_filter_hold_together_and_spelling_is_folded(show: Open) -> None:
    page = show(answer_page(many()))
    rows = page.locator("tbody tr:visible")
    page.fill("#find", "ministry")
    page.fill("#find-changes", "NUMBER 37")
    assert rows.count() == 1
    page.fill("#find", "number 38")
    assert rows.count() == 0
    assert page.locator("#find-changes").is_visible()
    page.fill("#find-changes", "number 38 ministry")
    assert rows.count() == 1
    page.fill("#find", "nothing like it")
    assert not page.locator("#find-changes").is_visible()
    page.fill("#find", "")
    assert rows.count() == 1
