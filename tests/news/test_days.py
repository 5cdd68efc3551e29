"""Days that a text names, in words and figures, by the day of writing."""

from __future__ import annotations

from datetime import date

import pytest

from dualuse.news import Reader, make_text
from dualuse.news.find.anchored import counted
from dualuse.news.find.dates import Dates, written_on
from dualuse.news.lexicon.patterns import shipped_patterns

DATES = Dates(shipped_patterns())
DAY = date(2025, 1, 15)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("13日", "2025-01-13"),
        ("28日", "2024-12-28"),
        ("1月13日", "2025-01-13"),
        ("12月2日", "2024-12-02"),
        ("2025年5月15日", "2025-05-15"),
        ("1140113", "2025-01-13"),
        ("2025-01-13", "2025-01-13"),
        ("今天", "2025-01-15"),
        ("昨日", "2025-01-14"),
        ("周一", "2025-01-13"),
        ("星期日", "2025-01-12"),
        ("本周五", "2025-01-17"),
        ("下周一", "2025-01-20"),
        ("上周三", "2025-01-08"),
        ("上月初", "2024-12"),
        ("本月6日", "2025-01-06"),
        ("上個月廿九日", "2024-12-29"),
        ("去年", "2024"),
        ("自2022年起", "2022/.."),
        ("2025年至2027年期間", "2025/2027"),
        ("2025年10月", "2025-10"),
        ("January 13, 2025", "2025-01-13"),
        ("13 January 2025", "2025-01-13"),
        ("Jan. 13", "2025-01-13"),
        ("Dec 2", "2024-12-02"),
        ("Monday", "2025-01-13"),
        ("last month", "2024-12"),
        ("yesterday", "2025-01-14"),
        ("October 2025", "2025-10"),
        ("四月二十七日", "2025-04-27"),
        ("4 月 27 日", "2025-04-27"),
        ("二〇二五年十二月一日", "2025-12-01"),
        ("113年8月5日", "2024-08-05"),
        ("六日", "2025-01-06"),
        ("昨（14）日", "2025-01-14"),
        ("2020年九月", "2020-09"),
        ("去年十月", "2024-10"),
        ("年初", "2025-01"),
        ("月底", "2025-01"),
        ("去年底", "2024-12"),
        ("去年第四季", "2024-10/2024-12"),
        ("2024年上半年", "2024-01/2024-06"),
        ("翌日", "2025-01-16"),
        ("last October", "2024-10"),
        ("October", "2024-10"),
        ("in May", "2024-05"),
        ("the third quarter of 2024", "2024-07/2024-09"),
        ("two days ago", "2025-01-13"),
    ],
)
def test_date(words: str, value: str) -> None:
    text = make_text("x", words)
    (found,) = DATES.find(text, 0, len(words), DAY)
    assert (found.text, found.value) == (words, value)


def test_a_day_earlier_counts_from_the_day_told() -> None:
    text = make_text("x", "On Monday it spoke of April 9; a day earlier it had met them.")
    found = [d.value for d in counted(DATES.find(text, 0, len(text.plain), DAY), "", DAY)]
    assert found == ["2025-01-13", "2025-04-09", "2025-01-12"]


def test_a_dateline_holds_for_the_paragraphs_after_it(reader: Reader) -> None:
    text = "〔中央社台北14日電〕美國公布晶片出口管制。\n\n經濟部今天說明。"
    reading = reader.read(make_text("x", text), date(2025, 1, 15))
    assert [d.value for d in reading.dates if d.text == "今天"] == ["2025-01-14"]


def test_a_weekday_looks_ahead_where_the_words_do() -> None:
    text = make_text("x", "最快周五公布")
    (found,) = DATES.find(text, 0, len(text.plain), DAY)
    assert found.value == "2025-01-17"


@pytest.mark.parametrize(
    ("words", "values"),
    [
        ("前三個季度收入", ["2025-01/2025-09"]),
        ("2024年前三季度", ["2024-01/2024-09"]),
        ("今年前10个月", ["2025-01/2025-10"]),
        ("1-6月出口", ["2025-01/2025-06"]),
        ("2024年1至9月", ["2024-01/2024-09"]),
        ("2024财年", ["2024"]),
        ("上世纪90年代", ["1990/1999"]),
        ("1980年代", ["1980/1989"]),
        ("the 1990s", ["1990/1999"]),
        ("上周公布", ["2025-01-06/2025-01-12"]),
        ("下星期將公布", ["2025-01-20/2025-01-26"]),
        ("上週末", ["2025-01-11/2025-01-12"]),
        ("last week", ["2025-01-06/2025-01-12"]),
        ("本周三", ["2025-01-15"]),
        ("年内生效", ["2025"]),
        ("两年内生效", []),
        ("今年中国市场", ["2025"]),
        ("公布后15日生效", []),
    ],
)
def test_date_of_more_kinds(words: str, values: list[str]) -> None:
    """Parts of years, weeks, decades and years of business."""
    assert [found.value for found in DATES.find(make_text("made-up", words), 0, len(words), DAY)] == values


def test_a_day_after_an_event_is_the_day_of_the_event() -> None:
    words = (
        "The ministry said on Tuesday, a day after Washington's ban, that sales end. It came two days after the talks."
    )
    first = DATES.find(make_text("x", words), 0, words.index(" It"), DAY)
    assert [found.value for found in counted(first, "", DAY)] == ["2025-01-14", "2025-01-13"]
    second = DATES.find(make_text("x", words), words.index("It"), len(words), DAY)
    assert list(counted(second, "", DAY)) == []


@pytest.mark.parametrize(
    ("words", "values"),
    [
        ("2022年10月公布新规，12月又列入多家企业", ["2022-10", "2022-12"]),
        ("2022年下半年出台限制，并在12月将多家企业列入清单", ["2022-07/2022-12", "2022-12"]),
        ("2023年3月7日谈妥，7月23日实施", ["2023-03-07", "2023-07-23"]),
        ("去年10月放宽，12月2日又收紧", ["2024-10", "2024-12-02"]),
        ("In October 2022 it set limits, and in December it listed more", ["2022-10", "2022-12"]),
        ("2022年12月设限，3月放宽", ["2022-12", "2025-03"]),
        ("2022年设限。12月2日又收紧", ["2022", "2024-12-02"]),
        ("从1988年到2023年底", ["1988", "2023-12"]),
        ("1999年3月起草，2001年初生效", ["1999-03", "2001-01"]),
        ("founded in 1987", ["1987"]),
        ("founded by 1900 people", []),
    ],
)
def test_a_month_behind_an_earlier_year_is_of_that_year(words: str, values: list[str]) -> None:
    """Within a sentence, a month that follows is of the year named before it; else the last one."""
    written = date(2025, 4, 2)
    assert [found.value for found in DATES.find(make_text("made-up", words), 0, len(words), written)] == values


def test_a_month_after_words_that_look_ahead_is_the_next_one() -> None:
    for words in ("starting in March", "takes effect in March", "until March"):
        assert DATES.find(make_text("x", words), 0, len(words), DAY)[-1].value == "2025-03"


@pytest.mark.parametrize("words", ["13日圓", "13日本企業", "may be", "32日", "2025年13月1日"])
def test_no_day(words: str) -> None:
    text = make_text("x", words)
    assert all(found.day is None for found in DATES.find(text, 0, len(words), DAY))


def test_without_a_day_of_writing_nothing_is_guessed() -> None:
    text = make_text("x", "13日,周一,今天,last month")
    assert {found.value for found in DATES.find(text, 0, len(text.plain), None)} == {""}


def test_day_of_writing() -> None:
    headed = make_text("x", "標題\n2025-01-15 更新\n內文")
    spans = [(p.start, p.end) for p in headed.passages]
    assert written_on(headed, DATES, None, spans) == (date(2025, 1, 15), "text")
    assert written_on(headed, DATES, DAY.replace(day=1), spans) == (date(2025, 1, 1), "given")
    named = make_text("news-2025-02-30-2025-02-03.txt", "內文")
    assert written_on(named, DATES, None, []) == (None, "")
    assert written_on(make_text("news-20250203.txt", "內文"), DATES, None, []) == (date(2025, 2, 3), "file name")
