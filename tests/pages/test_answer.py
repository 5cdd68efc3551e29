"""Answer pages without a browser: what they say, what they never let through, and that they are the same twice."""

import base64
import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest

from dualuse.card import Card
from dualuse.errors import UsageError
from dualuse.explore.inline import template_text
from dualuse.explore.text import LANGUAGES
from dualuse.show.addresses import web_address
from dualuse.show.html import answer_page
from dualuse.show.html.cites import Cites
from dualuse.show.html.palette import shared_css
from dualuse.show.html.timeline import draw
from dualuse.show.html.values import number
from dualuse.show.labels import name_of
from dualuse.show.words import Said, same

from .conftest import CARDS, DAY, HOSTILE, LABELS, NOTICE, card, check_card, hostile, receipt, status_card, why_card


class Seen(HTMLParser):
    """Elements with their attributes, and the text by element it stands in."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self._open = [""]
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in ("meta", "br"):
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self._open.pop()

    def handle_data(self, data: str) -> None:
        self.texts.append((self._open[-1], data))

    @property
    def words(self) -> str:
        """All that a reader reads."""
        return " ".join(" ".join(text for tag, text in self.texts if tag not in ("script", "style")).split())


def data(text: str, key: str) -> object:
    """The JSON of a page."""
    found = re.search(rf'<script type="application/json" id="{key}">(.*?)</script>', text, re.DOTALL)
    assert found is not None
    return json.loads(found[1])


@pytest.mark.parametrize("make", CARDS.values(), ids=CARDS)
def test_the_same_bytes_twice(make: Callable[[], Card[Any]]) -> None:
    given = make()
    assert answer_page(given, labels=LABELS) == answer_page(make(), labels=LABELS)
    assert given == make()


@pytest.mark.parametrize("make", CARDS.values(), ids=CARDS)
def test_every_page_can_be_cited(make: Callable[[], Card[Any]]) -> None:
    given = make()
    page = answer_page(given, labels=LABELS)
    seen = Seen(page)
    assert given.as_of.isoformat() in seen.words
    assert given.dataset.sha256 in seen.words
    assert "dualuse 0.1.0, known on 2026-11-22" in seen.words
    assert seen.words.count("Information, not legal advice") == 2
    assert data(page, "card") == given.to_dict()
    ids = [attributes["id"] for _, attributes in seen.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    targets = {str(each["href"])[1:] for tag, each in seen.elements if tag == "a" and str(each["href"]).startswith("#")}
    assert targets <= set(ids)
    assert [tag for tag, _ in seen.elements].count("h1") == 1


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("check", ["What does it take to ship 100 × H100 SXM from the United States to Switzerland?",
                   "Licence exception LPP", "1,583,200", "0.20%", "Licence exceptions, in order", "Confidence: Medium",
                   "What is not known", "what was received before", "SELECT ?rule"]),
        ("status", ["What is the status of “Framework for Artificial Intelligence Diffusion”?",
                    "Enforced: not enforced; codified: in force; announced: ended",
                    "Enforced: not enforced since 2025-05-13; codified: in force since 2025-01-13.",
                    "2025-05: To be rescinded.", "asked: 2025-06-01", "binding act"]),
        ("why", ["What does “Framework for Artificial Intelligence Diffusion” change for TSMC",
                 "Nothing on record changes", "Reached through: ", "and 28 more paths", "15 CFR 748.15"]),
        ("whatif", ["What would follow if Poland were moved to Supplement No. 5, paragraph (a)?",
                    "0 differences for destinations", "1 place changes tier or group",
                    "1 transaction comes out differently", "Licence required, presumption of denial",
                    "Licence exception, LPP"]),
        ("count", ["How many places are in each tier?", "18 · 152 · 23", "United Nations member states"]),
    ],
)  # fmt: skip
def test_what_pages_say(name: str, told: list[str]) -> None:
    words = Seen(answer_page(CARDS[name](), labels=LABELS)).words.replace("\u00a0", " ")
    assert [each for each in told if each not in words] == []


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("zh-Hant", ["從美國運送", "至瑞士", "許可證例外 LPP", "尚不清楚的事"]),
        ("zh-Hans", ["从美国运送", "至瑞士", "许可例外 LPP"]),
    ],
)
def test_pages_open_in_each_language(language: str, told: list[str]) -> None:
    page = answer_page(check_card(), labels=LABELS, language=language)
    words = Seen(page).words
    assert f'<html lang="{language}">' in page
    assert [each for each in told if each not in words] == []
    assert 'lang="en">what was received before' in page


TOOLS = "columns|filter-rows|found|rows-left|sort-by"
"""Words that the script of the page fills and shows."""


def test_words_of_the_page_are_all_in_its_table() -> None:
    page = answer_page(check_card(), labels=LABELS)
    table = data(page, "words")
    assert isinstance(table, list)
    used = {int(found) for found in re.findall(rf'data-(?:[tah]|{TOOLS})="(\d+)"', page)}
    assert used == set(range(len(table)))
    assert all(len(set(each)) > 1 and len(each) == len(LANGUAGES) for each in table)


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(UsageError, match="Use one of: en, zh-Hant, zh-Hans"):
        answer_page(check_card(), language="de")


# --- safety


@pytest.mark.parametrize("make", CARDS.values(), ids=CARDS)
def test_markup_in_a_card_is_shown_as_text(make: Callable[[], Card[Any]]) -> None:
    spoiled = hostile(make())
    labels = {key: Said(*(f"{text}{HOSTILE}" for text in said)) for key, said in LABELS.items()}
    page = answer_page(spoiled, labels=labels)
    seen = Seen(page)
    assert {tag for tag, _ in seen.elements} <= {
        *("html", "head", "meta", "title", "style", "body", "a", "header", "p", "strong", "span", "div", "button"),
        *("main", "h1", "h2", "h3", "dl", "dt", "dd", "section", "time", "small", "table", "thead", "tbody", "tr"),
        *("th", "td", "ul", "ol", "li", "svg", "line", "text", "circle", "rect", "details", "summary", "pre", "code"),
        *("footer", "dialog", "textarea", "script"),
    }
    assert sum(tag == "script" for tag, _ in seen.elements) == 3
    assert not any(name.startswith("on") or name == "style" for _, each in seen.elements for name in each)
    assert HOSTILE in seen.words
    assert data(page, "card") == spoiled.to_dict()


def test_only_web_addresses_are_links() -> None:
    links = [each["href"] for tag, each in Seen(answer_page(check_card())).elements if tag == "a"]
    assert {str(link) for link in links if not str(link).startswith("#")} == {NOTICE}
    assert "javascript:alert(1)" in Seen(answer_page(check_card())).words


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("https://example.org/a?b=c#d", True),
        ("http://example.org/", False),
        ("javascript:alert(1)", False),
        ("https://", False),
        ("https://[::1", False),
        ('https://example.org/"onclick="x', False),
        ("https://example.org/ x", False),
        ("data:text/html,x", False),
    ],
)
def test_web_address(text: str, allowed: bool) -> None:
    assert (web_address(text) == text) is allowed


def test_the_policy_allows_only_what_is_inline() -> None:
    page = answer_page(status_card())
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    script = re.search(r"<script>(.*?)</script>", page, re.DOTALL)
    assert policy is not None
    assert style is not None
    assert script is not None
    for part in (style, script):
        digest = base64.b64encode(hashlib.sha256(part[1].encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy[1]
    assert "default-src 'none'" in policy[1]
    assert "connect-src 'none'" in policy[1]
    assert "unsafe" not in policy[1]
    told = re.sub(r"/\*.*?\*/", "", style[1] + script[1], flags=re.DOTALL)
    assert "http" not in told.replace('"http://www.w3.org/2000/svg"', "")


# --- parts


def test_any_card_has_a_page() -> None:
    rows = [
        {
            "a": 1,
            "b": True,
            "c": {"min": 1, "max": None, "unit": "TPP"},
            "d": ["x", "y" * 60],
            "e": {"f": None, "g": "h"},
        }
    ]
    words = Seen(answer_page(card({"command": "new", "of": "x"}, {"some_rows": rows}))).words
    for each in ("dualuse new", "1 row", "Some rows", "yes", "1 to ? TPP", "y" * 60, "G h"):
        assert each in words
    stake = {"through": [{"owner": "tsmc", "result": "listed", "min": 50.0, "max": 60.0}]}
    told = Seen(answer_page(card({"command": "new"}, {"r": [stake]}), labels=LABELS)).words
    assert "TSMC, ✕ listed: 50 to 60" in re.sub(" (?=[,:])", "", told)
    assert "In all" in Seen(answer_page(card({"command": "new"}, {"total": "In all"}))).words
    assert "Nothing on record" in Seen(answer_page(card({"command": "new"}, {}))).words
    assert "2 rows" in Seen(answer_page(card({"command": "new"}, {"other": [{"a": 1}, {"a": 2}]}))).words


def test_without_names_keys_are_shown() -> None:
    words = Seen(answer_page(why_card())).words
    assert "What does “us-ai-diffusion-ifr-2025-01” change for tsmc" in words


def test_long_rows_become_records() -> None:
    page = answer_page(card({"command": "new"}, {"rows": [{"a": "x" * 300, "b": "y" * 300}]}))
    assert '<table class="records"' in page
    assert '<table class="compact"' in answer_page(CARDS["count"]())


def test_before_and_after_are_columns_of_their_own() -> None:
    page = answer_page(CARDS["whatif"](), labels=LABELS)
    assert len(re.findall(r'<th [^>]*class="was"', page)) == len(re.findall(r'<th [^>]*class="now"', page)) == 3
    assert "scenario/PL" in page


@pytest.mark.parametrize(
    ("row", "cited"),
    [
        ({"rule": "Worldwide requirement", "provision": "15 CFR 742.6(a)(6)"}, [1]),
        ({"code": "NAC", "provision": "15 CFR 740.8"}, [2]),
        ({"code": "ACA", "provision": "15 CFR 740.8"}, [3]),
        ({"provision": "15 CFR 740.8"}, [2, 3]),
        ({"id": "decision-rule:lpp"}, [4]),
        ({"source": "javascript:alert(1)"}, [4]),
        ({"why": "nothing of the kind"}, []),
    ],
)
def test_rows_carry_the_numbers_of_their_receipts(row: dict[str, str], cited: list[int]) -> None:
    assert Cites(check_card().because).of_row(row) == cited


def test_receipts_of_places_dates_and_steps() -> None:
    cites = Cites(
        (
            receipt("membership/us-a1.ch", "CH in Country Group A:1"),
            receipt("event/x.1", "2025-05: To be rescinded."),
            receipt("supply/y", "Fabrinet supplies NVIDIA"),
        )
    )
    assert cites.of_row({"place": "CH"}) == [1]
    assert cites.of_row({"date": "2025-05", "text": "To be rescinded."}) == [2]
    assert cites.of_step("NVIDIA", "Fabrinet") == cites.of_step("Fabrinet", "NVIDIA") == [3]
    assert cites.of_step("NVIDIA", "TSMC") == []


def test_the_strip_places_events() -> None:
    rows: list[dict[str, Any]] = [
        {"date": "2025-01-13", "effect": "binding", "past": True},
        {"date": "2025-01-14", "effect": "opinion", "past": True},
        {"date": "not a date"},
        {"date": "2026-01", "effect": "binding", "past": False, "until": "2026-06-01"},
    ]
    strip = draw(rows, DAY)
    assert strip is not None
    assert [dot.number for dot in strip.dots] == [1, 2, 4]
    assert strip.dots[0].y > strip.dots[1].y
    assert [dot.binding for dot in strip.dots] == [True, False, True]
    assert strip.dots[-1].end == 96.0
    assert 4 < strip.today < strip.dots[-1].x < 96
    assert all(later[0] - tick[0] >= 15 for tick, later in zip(strip.ticks, strip.ticks[1:], strict=False))
    assert draw(rows[:1], DAY) is None
    assert draw([], DAY) is None
    one_day = draw([rows[0], rows[0]], date(2025, 1, 13))
    assert one_day is not None
    assert one_day.ticks == ((4.0, "2025-01-13"),)


@pytest.mark.parametrize(
    ("column", "text", "told"),
    [
        ("to", "CH", "瑞士"),
        ("through", "place:PL", "波蘭"),
        ("status", "suspended", "暫停適用"),
        ("result", "pass", "符合"),
        ("text", "place: a word", "place: a word"),
        ("id", "place:XX", "XX"),
    ],
)
def test_names(column: str, text: str, told: str) -> None:
    assert name_of(LABELS, column, text).hant == told


def test_numbers() -> None:
    assert [number(value) for value in (7, 1583200.0, 0.5)] == ["7", "1,583,200", "0.5"]


def test_filling_a_text_does_not_read_its_parts() -> None:
    assert same("{x} and {y}").fill(x="{y}", y="{0.__class__}").en == "{y} and {0.__class__}"


def test_colours_come_from_the_explorer_and_are_all_there() -> None:
    shared, own = shared_css(), Seen(answer_page(status_card()))
    style = next(text for tag, text in own.texts if tag == "style")
    assert set(re.findall(r"var\((--[\w-]+)\)", style)) <= set(re.findall(r"(--[\w-]+):", shared))
    assert '[data-theme="dark"]' in shared
    assert "prefers-color-scheme: dark" in shared
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b", style.removeprefix(shared).replace("#citation", ""))
    assert shared.count("--paper:") == template_text("shell.css").count("--paper:")


def test_no_lens_no_receipts_no_gaps() -> None:
    bare = replace(status_card(), lens="", because=(), unknown=(), query="")
    page = answer_page(bare)
    assert 'id="receipts"' not in page
    assert 'id="unknown"' not in page
    assert "<details" not in page
    assert ">Lens<" not in page
