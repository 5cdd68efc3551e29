"""Who supplies, owns and buys what from whom, who has a site where; and no tie that has ended or is planned."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from dualuse.news import Reader, Reading
from dualuse.news.lexicon.patterns import shipped_patterns
from dualuse.news.text.passages import make_text

CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("ties.yml").read_text("utf-8"))
Tie = tuple[str, str, str]


@pytest.fixture
def read(reader: Reader) -> Callable[[str], Reading]:
    """Reads a string whatever it is about."""
    return lambda text: reader.read(make_text("made-up", text), date(2025, 6, 20), relevant="yes")


def ties(reading: Reading) -> set[Tie]:
    return {(tie.kind, tie.subject, tie.object) for tie in reading.relations}


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:40] for case in CASES])
def test_ties(read: Callable[[str], Reading], case: dict[str, Any]) -> None:
    found = ties(read(case["text"]))
    wanted = {tuple(line.split(" ")) for line in case["ties"]}
    assert wanted <= found
    assert not found & {tuple(line.split(" ")) for line in case.get("not", [])}
    if not wanted:
        assert found == set()


@pytest.mark.parametrize("tie", shipped_patterns().ties, ids=lambda tie: tie.key)
def test_pattern_fires_in_its_example(read: Callable[[str], Reading], tie: Any) -> None:
    assert tie.key in {found.made_by for found in read(tie.example).relations}


def test_share_and_day_are_told_in_the_words_of_the_text(read: Callable[[str], Reading]) -> None:
    reading = read("2024年10月起，拓荊科技向長鑫存儲供應薄膜設備。台積電最大客戶為蘋果，占營收約24%。")
    told = {(tie.object, tie.what, tie.since, tie.share) for tie in reading.relations}
    assert told == {("cxmt", "薄膜設備", "2024年10月", ""), ("apple", "", "", "約24%")}
    passage = reading.text.passages[0]
    for tie in reading.relations:
        assert tie.subject_label in passage.text[tie.start : tie.end]
