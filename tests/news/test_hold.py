"""A reading is held against coded texts, and the figures have intervals."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dualuse.errors import CuratedDataError, UsageError
from dualuse.news import Reader
from dualuse.news.review.coded import CodedText, read_coded
from dualuse.news.review.hold import hold
from dualuse.news.review.tally import Count, interval, overlap

WORDS = """
text: |
  2025年1月15日，美国公布人工智能芯片出口管制新规，将约120国列为第二级。
  中国商务部反对该出口管制规则。
date: '2025-01-15'
lang: zh-Hans
relevant: true
things: ['place:US', 'organisation:mofcom', 'place:NL']
speech: []
quantities:
- {span: 约120国, number: 120, unit: country}
dates:
- {span: 2025年1月15日, day: '2025-01-15'}
claims:
- {span: 将约120国列为第二级, attribute: [tier2-count], value: '120', modality: [asserted, hedged], claimant: null}
statements:
- {speaker: 'organisation:mofcom', stance: SIDE, about: null, grounds: []}
relations: []
not:
- {claim: the first tier has 120 countries, why: the second}
- {claim: it was raining, why: the text does not say}
"""


@pytest.fixture
def coded(tmp_path: Path) -> CodedText:
    (tmp_path / "a.yml").write_text(WORDS.replace("SIDE", "opposes"), encoding="utf-8")
    return read_coded(tmp_path)[0]


def test_reading_is_held_against_its_coding(reader: Reader, coded: CodedText) -> None:
    held = hold(coded, reader)
    assert held.read
    assert (held.counts["things"].coded, held.counts["things"].found) == (3, 2)
    assert held.counts["quantities"] == held.counts["dates"] == Count(1, 1, 1, 1)
    assert held.counts["claims with claimant"].found == 1
    assert held.counts["statements"] == Count(1, 1, 1, 1)
    assert (held.traps.coded, held.traps.made, held.traps.wrong) == (2, 1, 0)
    assert [missed.what for missed in held.missed if missed.kind == "things" and missed.missing] == ["place:NL"]


def test_claim_that_turns_what_is_coded_round_is_told(reader: Reader, coded: CodedText) -> None:
    row = {**coded.rows["claims"][0], "attribute": "tier3-count"}
    held = hold(replace(coded, rows={**coded.rows, "claims": [row]}), reader)
    assert held.counts["claims with claimant"].found == 0
    assert sum(held.opposite.values()) == 1
    assert sum(count.wrong for count in held.confidence.values()) == 1
    other = [{**coded.rows["statements"][0], "stance": "supports"}]
    assert hold(replace(coded, rows={**coded.rows, "statements": other}), reader).counts["statements"].right == 0


def test_span_is_found_across_a_line_and_an_ellipsis(coded: CodedText) -> None:
    [[span]] = coded.places("第二级。中国")
    assert coded.text.original[slice(*span)] == "第二级。\n中国"
    assert overlap([(span,)], span[0], span[1]) == 1
    assert len(coded.places("美国 … 第二级")[0]) == 2
    assert coded.places("第二级 … 美国") == []


def test_folder_without_coded_texts_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no coded text"):
        read_coded(tmp_path)
    (tmp_path / "a.yml").write_text("text: a\ndate: soon\n", encoding="utf-8")
    with pytest.raises(CuratedDataError, match="lacks lang"):
        read_coded(tmp_path)


def test_interval_is_of_texts_and_the_same_each_time() -> None:
    counts = [Count(coded=2, found=n) for n in (0, 1, 2)] * 4
    limits = interval(counts, lambda count: count.recall)
    assert limits is not None
    assert 0 < limits[0] < 0.5 < limits[1] < 1
    assert limits == interval(counts, lambda count: count.recall)
    assert interval([Count()], lambda count: count.recall) is None
