"""Numbers, quantities and dates in both languages."""

from __future__ import annotations

from datetime import date

import pytest

from dualuse.news import make_text
from dualuse.news.find.dates import Dates, written_on
from dualuse.news.find.numbers import Numbers
from dualuse.news.find.quantities import Quantities
from dualuse.news.lexicon.patterns import shipped_patterns

PATTERNS = shipped_patterns()
NUMBERS, QUANTITIES, DATES = Numbers(PATTERNS), Quantities(PATTERNS), Dates(PATTERNS)
DAY = date(2025, 1, 15)


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("120", 120, 120),
        ("50,000", 50000, 50000),
        ("5萬", 50000, 50000),
        ("1.5億", 150000000, 150000000),
        ("一百二十", 120, 120),
        ("兩千零五", 2005, 2005),
        ("十八", 18, 18),
        ("二十多", 20, 29),
        ("20餘", 20, 29),
        ("120多", 120, 129),
        ("十多", 10, 19),
        ("30多億", 3000000000, 3999999999),
        ("數百", 200, 999),
        ("數十", 20, 99),
        ("20至30", 20, 30),
        ("4萬至8萬", 40000, 80000),
        ("twenty-two", 22, 22),
        ("one hundred and twenty", 120, 120),
        ("two dozen", 24, 24),
        ("hundreds", 200, 999),
        ("5.5 billion", 5500000000, 5500000000),
        ("20-30", 20, 30),
        ("20 to 30", 20, 30),
    ],
)
def test_number(words: str, low: float, high: float) -> None:
    text = make_text("x", words).plain
    (found,) = NUMBERS.find(text, 0, len(text))
    assert (found.start, found.end, found.low, found.high) == (0, len(words), low, high)


BEYOND = (
    "九" * 5000,
    "9" * 5000,
    "5" + "億" * 200,
    "億" * 5000,
    "0" + "億" * 200,
    "9" * 400 + "多億",
    "數" + "億" * 200,
)


@pytest.mark.parametrize("words", BEYOND)
@pytest.mark.parametrize("around", ["{}個國家", "20至{}個國家", "{}至20個國家"])
def test_a_number_beyond_reason_is_none(words: str, around: str) -> None:
    text = make_text("x", around.format(words)).plain
    assert [found.low for found in NUMBERS.find(text, 0, len(text))] == [20] * ("20" in around)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("涉及約二十多個國家和地區", ("country", 20, 29, "about", "約二十多個國家和地區")),
        ("列出22國", ("country", 22, 22, "", "22國")),
        ("在18個關鍵盟友與合作伙伴中", ("country", 18, 18, "", "18個關鍵盟友與合作伙伴")),
        ("逾80個國家", ("country", 80, None, "above", "逾80個國家")),
        ("最多5萬顆晶片", ("chip", None, 50000, "at-most", "最多5萬顆晶片")),
        ("TPP達4800", ("tpp", 4800, 4800, "", "TPP達4800")),
        ("每年7.9億TPP", ("tpp", 790000000, 790000000, "", "7.9億TPP")),
        ("分為三個不同層級", ("level", 3, 3, "", "三個不同層級")),
        ("一年後生效", ("year", 1, 1, "", "一年")),
        ("90日內", ("day", 90, 90, "", "90日內")),
        ("營收減少15%", ("percent", 15, 15, "", "15%")),
        ("罰款3億美元以上", ("usd", 300000000, None, "at-least", "3億美元以上")),
        ("some 120 other countries", ("country", 120, 120, "about", "some 120 other countries")),
        ("a 120-day comment period", ("day", 120, 120, "", "120-day")),
        ("up to $5.5 billion", ("usd", None, 5500000000, "at-most", "up to $5.5 billion")),
        ("one year later", ("year", 1, 1, "", "one year")),
        ("in three tiers", ("level", 3, 3, "", "three tiers")),
        ("more than 50 percent", ("percent", 50, None, "above", "more than 50 percent")),
    ],
)
def test_quantity(words: str, expected: tuple[str, float, float, str, str]) -> None:
    text = make_text("x", words)
    (found,) = QUANTITIES.find(text, 0, len(words), text.language, [])
    assert (found.unit, found.low, found.high, found.hedge, found.text) == expected


@pytest.mark.parametrize(
    "words",
    [
        "第三級",
        "第61號公告",
        "H20",
        "3A090.a",
        "中美兩國",
        "一位官員",
        "2025年",
        "13日",
        "RTX 4090",
        "No. 61",
        "a country",
        "第2級國家",
    ],
)
def test_no_quantity(words: str) -> None:
    text = make_text("x", words)
    taken = [(found.start, found.end) for found in DATES.find(text, 0, len(words), DAY)]
    assert QUANTITIES.find(text, 0, len(words), text.language, taken) == []


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
    ],
)
def test_date(words: str, value: str) -> None:
    text = make_text("x", words)
    (found,) = DATES.find(text, 0, len(words), DAY)
    assert (found.text, found.value) == (words, value)


def test_a_weekday_looks_ahead_where_the_words_do() -> None:
    text = make_text("x", "最快周五公布")
    (found,) = DATES.find(text, 0, len(text.plain), DAY)
    assert found.value == "2025-01-17"


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
