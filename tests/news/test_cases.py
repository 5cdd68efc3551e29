"""Texts of our own, in three scripts: what must be found in each, and what must not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from dualuse.news import Reading
from dualuse.news.find.dates import Found
from dualuse.news.find.mentions import Mention
from dualuse.news.find.quantities import Quantity

Read = Callable[..., Reading]
TEXT = Path(__file__).with_name("cases.yml").read_text("utf-8")
CASES: dict[str, dict[str, Any]] = yaml.load(TEXT, yaml.BaseLoader)  # noqa: S506 - strings only
TOLD = {key: case for key, case in CASES.items() if "nothing" not in case}
SILENT = {key: case for key, case in CASES.items() if "nothing" in case}


def of(read: Read, key: str) -> Reading:
    return read(CASES[key]["text"], CASES[key]["date"], key)


def test_there_are_cases() -> None:
    assert len(TOLD) >= 12
    assert len(SILENT) >= 4
    assert {case["language"] for case in TOLD.values()} == {"zh-Hant", "zh-Hans", "en"}


@pytest.mark.parametrize("key", SILENT)
def test_nothing_is_made_of_other_news(read: Read, key: str) -> None:
    reading = of(read, key)
    assert not reading.relevance.any
    found = (reading.mentions, reading.claims, reading.statements, reading.quantities, reading.dates, reading.cues)
    assert [list(part) for part in found] == [[]] * len(found)


@pytest.mark.parametrize("key", TOLD)
def test_language_and_topic(read: Read, key: str) -> None:
    reading = of(read, key)
    assert reading.text.language == CASES[key]["language"]
    if "topic" in CASES[key]:
        assert reading.topic.key == CASES[key]["topic"], reading.topic.why


@pytest.mark.parametrize("key", TOLD)
def test_things(read: Read, key: str) -> None:
    reading = of(read, key)
    found = {mention.thing for mention in reading.mentions}
    assert set(CASES[key].get("things", [])) - found == set()
    assert set(CASES[key].get("not", [])) & found == set()
    for thing, words in CASES[key].get("spans", {}).items():
        assert Counter(m.text for m in reading.mentions if m.thing == thing) >= Counter(words)


@pytest.mark.parametrize("key", TOLD)
def test_offsets_are_into_the_original(read: Read, key: str) -> None:
    reading = of(read, key)
    original = reading.text.original
    entries: list[Mention | Quantity | Found] = [*reading.mentions, *reading.quantities, *reading.dates]
    assert len(entries) > 3
    assert [entry for entry in entries if original[entry.start : entry.end] != entry.text] == []
    ends = [0, *(mention.end for mention in reading.mentions)]
    assert all(mention.start >= end for mention, end in zip(reading.mentions, ends, strict=False))


@pytest.mark.parametrize("key", [key for key in TOLD if "passages" in CASES[key]])
def test_other_news_of_a_digest_is_left_out(read: Read, key: str) -> None:
    assert [str(part.passage.number) for part in of(read, key).parts] == CASES[key]["passages"]


@pytest.mark.parametrize("key", [key for key in TOLD if "quantities" in CASES[key]])
def test_quantities(read: Read, key: str) -> None:
    found = {(q.unit, q.low, q.high) for q in of(read, key).quantities}
    for line in CASES[key]["quantities"]:
        unit, low, high = line.split(" ")
        assert (unit, *(None if n == "-" else float(n) for n in (low, high))) in found, found


@pytest.mark.parametrize("key", [key for key in TOLD if "dates" in CASES[key]])
def test_dates(read: Read, key: str) -> None:
    found = {(d.text, d.value) for d in of(read, key).dates}
    for line in CASES[key]["dates"]:
        words, _, value = line.rpartition(" ")
        assert (words, value) in found, found


@pytest.mark.parametrize("key", [key for key in TOLD if "voices" in CASES[key]])
def test_voices(read: Read, key: str) -> None:
    reading = of(read, key)
    for line in CASES[key]["voices"]:
        speaker, words = line.split(" ~ ")
        start = reading.text.original.index(words)
        part = next(p for p in reading.parts if p.passage.start <= start < p.passage.end)
        segment = part.heard.at(start, start + len(words))
        assert segment is not None
        heard = {segment.speaker.person, segment.speaker.organisation, segment.speaker.label}
        assert speaker in heard, f"{words}: {segment.speaker}"


@pytest.mark.parametrize("key", [key for key in TOLD if "claims" in CASES[key]])
def test_claims(read: Read, key: str) -> None:
    reading = of(read, key)
    made = [(c.attribute, c.value, {c.speaker, c.claimant, c.claimant_label}) for c in reading.claims]
    for line in CASES[key]["claims"]:
        match = re.fullmatch(r"(?P<attribute>[\w-]+)(?: = (?P<value>[^@]+?))?(?: @ (?P<speaker>.+))?", line)
        assert match is not None
        assert any(
            attribute == match["attribute"]
            and match["value"] in (None, value)
            and (match["speaker"] is None or match["speaker"] in speakers)
            for attribute, value, speakers in made
        ), f"{line}: {made}"


@pytest.mark.parametrize("key", [key for key in TOLD if "statements" in CASES[key]])
def test_statements(read: Read, key: str) -> None:
    found = {(said.organisation, said.stance) for said in of(read, key).statements}
    assert {tuple(line.split(" ")) for line in CASES[key]["statements"]} <= found


@pytest.mark.parametrize("key", TOLD)
def test_only_what_stands_in_quotation_marks_is_a_quotation(read: Read, key: str) -> None:
    reading = of(read, key)
    direct = {quote.text for part in reading.parts for quote in part.heard.quotes if quote.direct}
    assert {said.quotation for said in reading.statements if said.quotation} <= direct
    for words in CASES[key].get("quotations", []):
        assert any(words in text for text in direct), direct
    for claim in reading.claims:
        passage = reading.text.passages[claim.passage - 1]
        span = passage.text[claim.start : claim.end]
        assert claim.quoted == "no" or any(span in text or text in span for text in direct)
