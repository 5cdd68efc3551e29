"""Who speaks, in every construction that the news uses, in three scripts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from dualuse.news import Reader, Reading
from dualuse.news.text.passages import make_text

CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("speakers.yml").read_text("utf-8"))


@pytest.fixture
def read(reader: Reader) -> Callable[[str], Reading]:
    """Reads a string whatever it is about."""
    return lambda text: reader.read(make_text("made-up", text), date(2025, 1, 15), relevant="yes")


def heard(reading: Reading, words: str) -> set[str]:
    """Keys and names of everyone who says some words; nobody gives nothing."""
    start = reading.text.original.index(words)
    segments = [
        segment.speaker
        for part in reading.parts
        for segment in part.heard.segments
        if segment.start < start + len(words) and start < segment.end
    ]
    return {name for s in segments for name in (s.person, s.organisation, s.label) if name}


def test_constructions_are_many() -> None:
    assert len(CASES) >= 30
    assert {make_text("", case["text"]).language for case in CASES} == {"en", "zh-Hans", "zh-Hant"}


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:40] for case in CASES])
def test_speaker(read: Callable[[str], Reading], case: dict[str, Any]) -> None:
    reading = read(case["text"])
    for line in case.get("voices", []):
        speaker, words = line.split(" ~ ")
        found = heard(reading, words)
        assert any(name == speaker or speaker in name for name in found), f"{words}: {found}"
    for words in case.get("nobody", []):
        assert heard(reading, words) == set(), words
