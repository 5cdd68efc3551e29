"""What a search finds and in which order, worked out by the scripts of the page in Node, without a page."""

import json
from typing import Any

import pytest
from tests.javascript import node

from dualuse.explore.scripts import ordered

SCRIPT = '{ const from = "輝達國許證", to = "辉达国许证"; globalThis.script = scriptMap([from, to]); }'


def work_out(first: str, *ask: str, before: str = "") -> list[Any]:
    """Values of expressions over a script and all it imports."""
    bodies = [script.body for script in ordered(first).values()]
    asked = json.dumps({"script": "\n".join([*bodies, before]), "ask": ask})
    values: list[Any] = json.loads(node("pure.mjs", asked=asked))
    return values


def folded(*texts: str) -> list[Any]:
    return work_out("folding.js", *(f"foldText({json.dumps(text)}, script)" for text in texts), before=SCRIPT)


@pytest.mark.parametrize(
    "texts",
    [
        ("licence", "license", "LICENCE"),
        ("licences and licensing", "licenses and licencing"),
        ("authorisation", "authorization"),
        ("organis", "organiz"),
        ("analysed", "analyzed"),
        ("data centre", "data center"),
        ("programme", "program"),
        ("labelled", "labeled"),
        ("neighbouring", "neighboring"),
        ("defence", "defense"),
        ("輝達", "辉达"),
        ("許可證", "许可证"),
        ("ＮＶＩＤＩＡ", "nvidia"),
        ("Électricité", "electricite"),
        ("Act’s non‑enforcement", "act's non-enforcement"),
    ],
)
def test_spellings_are_read_as_one(texts: tuple[str, ...]) -> None:
    assert len(set(folded(*texts))) == 1


@pytest.mark.parametrize("texts", [("price", "prise"), ("place", "plase"), ("course", "cource"), ("size", "sice")])
def test_words_that_differ_stay_apart(texts: tuple[str, str]) -> None:
    assert len(set(folded(*texts))) == 2


@pytest.mark.parametrize("word", ["licence", "authorization", "semiconductor", "centres", "cancelled", "practice"])
def test_what_is_typed_of_a_word_is_soon_its_beginning(word: str) -> None:
    """At most two letters of a word are typed of which the rest is needed before it is found by them."""
    whole, *parts = folded(word, *(word[:end] for end in range(1, len(word))))
    assert sum(not whole.startswith(part) for part in parts) <= 2


@pytest.mark.parametrize(
    ("text", "needle", "stands"),
    [
        ("120", "120", 0),
        ("120 days", "120", 1),
        ("1200", "120", 4),
        ("within 120 days", "120", 3),
        ("61,120 chips", "120", None),
        ("about 120,008", "120", 4),
        ("3.120", "120", None),
        ("in 120, then", "120", 3),
        ("15 cfr 740.29(a)", "740.29", 3),
        ("15 cfr 1740.29", "740.29", None),
        ("nvidia corporation", "nvid", 2),
        ("the nvidia corporation", "corp", 4),
        ("the nvidia corporation", "poration", 5),
        ("focus", "us", None),
        ("英伟达芯片", "芯片", 3),
    ],
)
def test_how_a_needle_stands_in_a_text(text: str, needle: str, stands: int | None) -> None:
    assert work_out("folding.js", f"standing({json.dumps(text)}, {json.dumps(needle)})") == [stands]


@pytest.mark.parametrize(
    ("known", "typed", "near"),
    [
        ("nvidia", "nvidai", True),
        ("nvidia", "nvdia", True),
        ("nvidia", "nvidiaa", True),
        ("nvidia", "mvidia", True),
        ("nvidia", "nvida", True),
        ("semiconductors", "semiconducter", True),
        ("nvidia", "nvxdai", False),
        ("nvidia", "vnidai", False),
        ("amd", "adm", False),
        ("tsmc", "tmsc", False),
        ("china", "chips", False),
    ],
)
def test_one_slip_in_a_long_word(known: str, typed: str, near: bool) -> None:
    assert work_out("folding.js", f"isNear({json.dumps(known)}, {json.dumps(typed)})") == [near]


@pytest.mark.parametrize(
    ("text", "needle", "marked"),
    [
        ("A licence, a License", "license", ["licence", "License"]),
        ("61,120 and 120", "120", ["120"]),
        ("Das Maß der Électricité", "electricite", ["Électricité"]),
        ("輝達與辉达", "辉达", ["輝達", "辉达"]),
        ("programmes of organisation", "organis", ["organis"]),
        ("subsystem", "system", ["system"]),
    ],
)
def test_matches_are_marked_in_the_text_as_it_is(text: str, needle: str, marked: list[str]) -> None:
    (parts,) = work_out("folding.js", f"markedParts({json.dumps(text)}, [{json.dumps(needle)}], script)", before=SCRIPT)
    assert "".join(part for part, _ in parts) == text
    assert [part for part, mark in parts if mark] == marked


def test_a_snippet_is_cut_between_words_around_the_first_match() -> None:
    text = "one two three " * 30 + "needle " + "four five " * 30
    (parts,) = work_out("folding.js", f'snippet(markedParts({json.dumps(text)}, ["needle"], new Map()))')
    told = "".join(part for part, _ in parts)
    assert told.startswith("… ")
    assert told.endswith(" …")
    assert "needle" in told
    assert len(told) < 160
    assert set(told.strip("… ").split()) <= {"one", "two", "three", "four", "five", "needle"}


ENTRIES = """
const field = (kind, text, lang = "en") => ({ kind, texts: [{ text, lang, folded: foldText(text, script) }] });
const made = [
  ["chip", [field("name", "NVIDIA H100")], 9],
  ["party", [field("name", "NVIDIA Corporation"), field("alias", "NVIDIA"), field("alias", "輝達", "zh-Hant")], 5],
  ["party", [field("name", "Other"), field("fact", "Buys from NVIDIA Corporation")], 2],
  ["measure", [field("name", "cap"), field("fact", "15 CFR 740.29(g)(1)")], 8],
  ["measure", [field("name", "scope"), field("fact", "15 CFR 740.29(a)")], 3],
  ["measure", [field("name", "hint"), field("fact", "Also in 15 CFR 740.27, 740.28, 740.29 and 748.15.")], 9],
  ["word", [field("name", "Expert body")], 1],
  ["word", [field("name", "Export body"), field("fact", "of January, on chips")], 1],
];
const entries = made.map(([group, fields, weight], place) => readied({ group, fields, weight, place }));
const index = { entries, words: knownWords(entries), script };
const told = ({ entry, near }) => [entry.place, near === true];
const found = (typed, named) => findAll(index, typed, "en", named).map(told);
"""


def found(*typed: str, named: bool = False) -> list[Any]:
    ask = (f"found({json.dumps(one)}, {json.dumps(named)})" for one in typed)
    return work_out("finding.js", *ask, before=SCRIPT + ENTRIES)


def test_a_whole_name_comes_first_then_beginnings_then_texts() -> None:
    assert found("nvidia", "辉达", "NVIDIA corporation") == [
        [[1, False], [0, False], [2, False]],
        [[1, False]],
        [[1, False], [2, False]],
    ]


def test_paragraphs_stand_in_their_order_and_before_passing_mentions() -> None:
    assert found("740.29") == [[[4, False], [3, False], [5, False]]]


def test_words_may_stand_apart_and_all_are_wanted() -> None:
    assert found("body chips", "body nothing", "chips january") == [[[7, False]], [], [[7, False]]]


def test_what_is_near_comes_after_what_is_exact() -> None:
    assert found("export", "exprot", "expert") == [
        [[7, False], [6, True]],
        [[7, True]],
        [[6, False], [7, True]],
    ]


def test_one_letter_and_names_alone() -> None:
    assert found("n") == [[[0, False], [1, False]]]
    assert found("corporation", named=True) == [[[1, False]]]
    assert found("buys", "  ", named=True) == [[], []]


def test_groups_stand_by_their_best_hit_and_near_ones_last() -> None:
    ask = 'grouped(findAll(index, "nvidia", "en")).map(({ key, hits }) => [key, hits.length])'
    assert work_out("finding.js", ask, before=SCRIPT + ENTRIES) == [[["party", 2], ["chip", 1]]]
