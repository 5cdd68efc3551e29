"""How much of what a Chinese page shows is Chinese: Latin words outside names and citations, view by view."""

from collections import Counter

import pytest
from playwright.sync_api import expect
from tests.latin import latin, names

from dualuse.knowledge import Knowledge

from .browsing import Open

pytestmark = pytest.mark.browser

_SHOWN = """() => {
  const skipped = ".receipts, .receipt-title, code, kbd, option, .languages, dt[lang=en], dd[lang=en], [hidden]";
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const told = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (element.closest(skipped) || !element.checkVisibility()) continue;
    if (!/^(SCRIPT|STYLE|NOSCRIPT)$/.test(element.tagName)) told.push(node.textContent);
  }
  return told.join("\\n");
}"""
_MOST = 0.05
VIEWS = ("start", "network", "world", "matrix", "timeline", "conflicts", "entries", "links")
CARDS = ("instrument:us-ai-diffusion-ifr-2025-01", "statement:st-020", "group:us-supp5a", "place:CH")
ORGANISATIONS = ("organisation:tsmc", "organisation:asml", "organisation:huawei")


def test_words_are_counted() -> None:
    share, words = latin(
        "輝達說 the rule 不適用於 NVIDIA 的 H20（90 FR 4544, DATES）", ["90 FR 4544, DATES"], {"DATES"}
    )
    assert (words, round(share, 2)) == (Counter(the=1, rule=1), 0.33)
    assert latin("The rule", [], {"The"})[0] == 1.0


def test_few_words_are_latin(show: Open, whole: str, knowledge: Knowledge) -> None:
    page, known = show(whole, "#lang=zh-Hant"), names(knowledge)
    shares = {}
    for view in VIEWS:
        page.click(f"#view-{view}")
        shares[view] = latin(page.evaluate(_SHOWN), *known)
    for card in (*CARDS, *ORGANISATIONS):
        page.evaluate("(card) => { location.hash = `lang=zh-Hant&view=network&focus=${card}`; }", card)
        expect(page.locator("#panel code")).to_contain_text(card.replace(":", "/"))
        shares[card] = latin(page.evaluate(_SHOWN), *known)
    page.click("#language-zh-Hans")
    shares["zh-Hans"] = latin(page.evaluate(_SHOWN), *known)
    assert {place: found for place, found in shares.items() if found[0] >= _MOST} == {}
