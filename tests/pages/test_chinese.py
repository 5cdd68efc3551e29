"""Answers in Chinese are in Chinese: pages and terminal, question by question, Latin words counted."""

from __future__ import annotations

import contextlib
import os
import shlex
from collections import Counter
from functools import cache
from html.parser import HTMLParser
from typing import Any

import pytest
from docsite import asked
from tests.latin import latin, names

from dualuse import questions
from dualuse.card import Card
from dualuse.cli.commands import command, taken
from dualuse.knowledge import Knowledge
from dualuse.show.html.page import answer_page
from dualuse.show.labels import Labels, read_labels
from dualuse.show.terminal import to_table

RULE = "us-ai-diffusion-ifr-2025-01"
SCRIPTS = ("zh-Hant", "zh-Hans")
MOST = 0.05
CALLS = (
    f"affected --by {RULE} --as-of 2025-06-01",
    "affected --party NVIDIA --as-of 2025-06-01",
    "affected --party CH --as-of 2025-06-01",
    "changes --from 2026-01-31 --to 2026-02-28",
    'check --item "H100 SXM" --quantity 2000 --to CH --hq CH --as-of 2025-05-15',
    "check --item H20 --quantity 1000 --to CN --hq CN --as-of 2025-06-01",
    'check --under CN --item "CN gallium" --to US --as-of 2025-06-02',
    "chips --to CN --hq CN --as-of 2026-06-01",
    "chips --to Poland --to Switzerland --to Vietnam --as-of 2025-06-01",
    "claims --about NVIDIA",
    "claims --source Bloomberg --modality forecast",
    f"conflicts --about {RULE}",
    "conflicts --about China --as-of 2025-01-20",
    f"connected --by {RULE} --as-of 2025-06-01",
    f"connected --by {RULE} --group-by channel --as-of 2025-06-01",
    f"connected --by {RULE} --party CXMT --as-of 2025-06-01",
    "connected --by us-entity-list-2024-12 --party TSMC --lens announced --as-of 2025-06-01",
    "connected --party TSMC --channel listing --as-of 2025-06-01",
    "enforcement --party Cadence",
    "exposure NVIDIA --as-of 2025-06-01",
    "exposure China --measure compute --as-of 2025-12-31",
    "groups PL CH TW HK --as-of 2025-01-13",
    "groups --count --claimed 120 --as-of 2025-01-13",
    "groups --count --as-of 2026-01-01",
    "groups Macau Russia Niue --as-of 2025-06-01",
    "holders nexperia --as-of 2025-10-15",
    "news article.txt",
    "news article.txt --against graph",
    "news article.txt --relevant no --date 2025-02-01",
    "owned nexperia --as-of 2025-10-15",
    "owned --as-of 2025-10-15",
    "owned smic --as-of 2026-05-01 --lens announced",
    "reconcile federal-register documents.json --all",
    f"said --about {RULE} --within 72h --of publication --matrix",
    "said --about us-h20-is-informed-2025-04",
    'said --by "European Commission" --changes',
    "screen customers.csv --lists record --time 2026-11-22",
    "screen customers.csv --lists record --time 2026-11-22 --as-of 2019-01-01 --lens enforced",
    f"status {RULE} --as-of 2025-06-01 --lens enforced",
    'status "Affiliates Rule" --as-of 2026-11-22',
    "status --record",
    "whatif --move PL:supp5a --as-of 2025-06-01",
    "whatif --move MO:supp5a --as-of 2023-01-01",
    "whatif --remove-exception LPP --as-of 2025-06-01 --lens enforced",
    f"why TSMC {RULE} --as-of 2025-06-01",
    f"why China {RULE} --as-of 2025-06-01",
    "why Huawei us-entity-list-2024-12 --as-of 2025-06-01",
    "why NVIDIA us-h20-is-informed-2025-04 --as-of 2025-06-01 --lens enforced",
    "bridges --as-of 2025-06-01",
    "centrality --as-of 2025-06-01",
    "chokepoints --item 3A090.a --to products --as-of 2025-06-01",
    "communities --of supply --as-of 2025-06-01",
    "concentration TSMC --period all --as-of 2025-06-01",
    f"discourse --about {RULE} --as-of 2025-06-01",
    "risk NVIDIA --as-of 2025-06-01",
)
LONG = (
    "changes --from 2025-01-01 --to 2025-06-30",
    f"affected --by {RULE} --timeline",
    f"affected --compare us-acs-ifr-2023-10 {RULE} --as-of 2025-06-01",
    f"whatif --remove {RULE} --as-of 2025-06-01",
)
"""Calls that take long: asked with DUALUSE_SLOW=1."""
NOT_ASKED = {"diff": "it compares two releases", "verify": "it reads copies of documents that are not kept here"}


class Shown(HTMLParser):
    """The texts of a page that are read or read out, without code."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[str] = []
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.told += [str(given[name]) for name in ("aria-label", "title", "data-head") if given.get(name)]
        if tag not in ("meta", "br", "input", "img", "link", "line", "circle", "rect", "hr"):
            hidden = tag in ("script", "style", "code", "kbd", "q") or given.get("class") == "group"
            hidden = hidden or str(given.get("href")).startswith("http")
            self._open.append((tag, hidden))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not any(hidden for _, hidden in self._open):
            self.told.append(data)


def shown(page: str) -> str:
    parser = Shown()
    parser.feed(page)
    return "\n".join(parser.told)


@pytest.fixture(scope="module")
def known(knowledge: Knowledge) -> tuple[list[str], set[str]]:
    return names(knowledge)


def quotations(card: Card[Any]) -> list[str]:
    """What an answer about texts has from them to the letter, whole and cut, and keys of the patterns that found it."""
    if card.question["command"] != "news":
        return []
    rows = [row for name in card.tables for row in card.plain[name]]
    words = {
        str(row[key]) for row in rows for key in ("words", "text", "verb", "made_by", "rule", "key") if row.get(key)
    }
    cut = {f"{text[:length]}…" for text in words for length in (40, 60) if len(text) > length}
    return sorted(words | cut, key=len, reverse=True)


def answer(knowledge: Knowledge, call: str) -> tuple[Card[Any], Labels]:
    """What a command answers, and the names of what it mentions."""
    name, *words = shlex.split(call)
    question = questions.find(name)
    assert question is not None
    with contextlib.chdir(asked.SAMPLES):
        given = command(question).make_context(name, words).params
        card = question(knowledge, {each.name: taken(each, given[each.name]) for each in question.parameters})
    return card, read_labels(knowledge.store, card)


def test_every_question_is_asked() -> None:
    assert {call.split()[0] for call in CALLS} | NOT_ASKED.keys() == set(questions.names())


@pytest.mark.parametrize("call", [*CALLS, *(LONG if os.environ.get("DUALUSE_SLOW") else ())])
def test_few_words_are_latin(
    call: str, knowledge: Knowledge, known: tuple[list[str], set[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "1000")  # so that no citation is cut into lines
    card, labels = answer(knowledge, call)
    quoted = [*quotations(card), *known[0]]
    found: dict[str, tuple[float, Counter[str]]] = {}
    for script in SCRIPTS:
        found[f"page {script}"] = latin(shown(answer_page(card, labels=labels, language=script)), quoted, known[1])
        found[f"terminal {script}"] = latin(to_table(card, plain=True, whole=True, language=script), quoted, known[1])
    assert {
        where: (round(each[0], 3), *each[1].most_common(12)) for where, each in found.items() if each[0] >= MOST
    } == {}


@cache
def status(knowledge: Knowledge) -> Card[Any]:
    return answer(knowledge, f"status {RULE} --as-of 2025-06-01 --lens enforced")[0]


def test_english_is_counted(knowledge: Knowledge, known: tuple[list[str], set[str]]) -> None:
    page = answer_page(status(knowledge), labels={}, language="en")
    assert latin(shown(page), *known)[0] > 0.9


def test_the_page_says_which_script_it_is_in(knowledge: Knowledge) -> None:
    for script in SCRIPTS:
        page = answer_page(status(knowledge), language=script)
        assert f'<html lang="{script}">' in page
        title = page.partition("<title")[2].partition(">")[2].partition("<")[0]
        assert latin(title, (), ())[0] < MOST
