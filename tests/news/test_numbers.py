"""Numbers, quantities and dates in both languages."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from dualuse.news import make_text
from dualuse.news.find.dates import Dates
from dualuse.news.find.numbers import Numbers
from dualuse.news.find.quantities import Quantities
from dualuse.news.lexicon.patterns import shipped_patterns

PATTERNS = shipped_patterns()
NUMBERS, QUANTITIES, DATES = Numbers(PATTERNS), Quantities(PATTERNS), Dates(PATTERNS)
DAY = date(2025, 1, 15)


def test_minutes_count_nothing_and_fractions_have_bounds() -> None:
    text = make_text("", "14:20 国家部门开会，不到四分之一的订单获批，超过三分之二被退回，不足百分之八待批。")
    found = QUANTITIES.find(text, 0, len(text.plain), "zh-Hans", [])
    shares = [(one.unit, one.low, one.high) for one in found]
    assert [share[0] for share in shares] == ["percent"] * 3
    assert shares[0] == ("percent", None, 25)
    assert shares[1][1] == pytest.approx(200 / 3)
    assert shares[1][2] is None
    assert shares[2] == ("percent", None, 8)


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
        ("两三", 2, 3),
        ("五六", 5, 6),
        ("三五", 3, 5),
        ("十七八", 17, 18),
        ("七八十", 70, 80),
        ("三四百", 300, 400),
        ("两三万", 20000, 30000),
        ("二十七八", 27, 28),
        ("1萬800", 10800, 10800),
        ("3億5000萬", 350_000_000, 350_000_000),
        ("1萬2千", 12_000, 12_000),
        ("十几", 11, 19),
        ("二十幾", 21, 29),
        ("百余", 100, 199),
        ("一千零一十", 1010, 1010),
        ("廿一", 21, 21),
        ("卅", 30, 30),
        ("二零二五", 2025, 2025),
        ("120-150亿", 12000000000, 15000000000),
        ("20至30萬", 200000, 300000),
        ("二十至三十萬", 200000, 300000),
        ("12 to 15 billion", 12000000000, 15000000000),
        ("5000至1萬", 5000, 10000),
        ("上百", 100, float("inf")),
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
        *("the two largest economies", "Tier 2 countries", "世界最大两个经济体"),
        *("另一半未说明", "半导体过半导体", "3台灣廠商", "一成立就", "十成本", "一日三餐"),
    ],
)
def test_no_quantity(words: str) -> None:
    """Names, days, ranks, and what only looks like a count, a half or a unit."""
    text = make_text("x", words)
    taken = [(found.start, found.end) for found in DATES.find(text, 0, len(words), DAY)]
    assert QUANTITIES.find(text, 0, len(words), text.language, taken) == []


@pytest.mark.parametrize(
    ("words", "unit", "low", "high"),
    [
        ("上百台設備", "item", 100, None),
        ("近三成", "percent", 30, 30),
        ("约七成", "percent", 70, 70),
        ("三成五", "percent", 35, 35),
        ("一成多", "percent", 10, 19),
        ("百分之七十", "percent", 70, 70),
        ("百分之百", "percent", 100, 100),
        ("千分之一及以上", "percent", 0.1, None),
        ("约1%至2%", "percent", 1, 2),
        ("新台幣300億元至600億元", "twd", 30000000000, 60000000000),
        ("$12-15 billion", "usd", 12000000000, 15000000000),
        ("14纳米及以下", "nm", None, 14),
        ("0.1% or more", "percent", 0.1, None),
        ("256层及以上", "layer", 256, None),
        ("1,100 Chinese parties", "entity", 1100, 1100),
        ("5 percent to 10 percent", "percent", 5, 10),
        ("17 European Union members", "country", 17, 17),
        ("18 Tier 1 countries", "country", 18, 18),
    ],
)
def test_quantity_in_other_words(words: str, unit: str, low: float | None, high: float | None) -> None:
    text = make_text("x", words)
    (found,) = QUANTITIES.find(text, 0, len(words), text.language, [])
    assert (found.unit, found.text) == (unit, words)
    assert found.low == (None if low is None else pytest.approx(low))
    assert found.high == high


@pytest.mark.parametrize(
    ("words", "unit", "low", "high"),
    [
        ("大約一半的訂單", "percent", 50, 50),
        ("過半企業反對", "percent", 50, None),
        ("half of the firms", "percent", 50, 50),
        ("公布后15日生效", "day", 15, 15),
        ("为期45日的咨询", "day", 45, 45),
        ("至少25个日历日", "day", 25, None),
        ("連續兩個季度", "quarter", 2, 2),
        ("12英寸晶圆", "inch", 12, 12),
        ("低于300亿个晶体管", "transistor", None, 30_000_000_000),
        ("出口3400噸", "tonne", 3400, 3400),
        ("裁员300人", "person", 300, 300),
        ("4名議員致信", "person", 4, 4),
        ("以53票通過", "vote", 53, 53),
        ("持有300项专利", "patent", 300, 300),
        ("快6倍", "times", 6, 6),
        ("draws 5 GW", "gw", 5, 5),
        ("投資5億元，台積電表示", "twd", 500_000_000, 500_000_000),
        ("台積電以人民幣5億元投資", "cny", 500_000_000, 500_000_000),
        ("投资5亿元，台积电表示", "cny", 500_000_000, 500_000_000),
    ],
)
def test_quantity_of_more_kinds(words: str, unit: str, low: float | None, high: float | None) -> None:
    """Units that texts on trade count in, and halves."""
    text = make_text("made-up", words)
    found = QUANTITIES.find(text, 0, len(words), text.language, [])
    assert [(q.unit, q.low, q.high) for q in found] == [(unit, low, high)]


def test_a_percentage_is_no_end_of_a_range_of_pieces() -> None:
    """增长4.6%至249.9万片 is two quantities."""
    words = "出货量增长4.6%至249.9万片，毛利率18%至20%"
    found = QUANTITIES.find(make_text("made-up", words), 0, len(words), "zh-Hans", [])
    assert [(q.unit, q.low, q.high) for q in found] == [
        ("percent", 4.6, 4.6),
        ("chip", 2_499_000, 2_499_000),
        ("percent", 18, 20),
    ]


def test_others_are_of_the_unit_counted_before() -> None:
    words = "about 120 countries are capped, and some 20 others are barred"
    found = QUANTITIES.find(make_text("x", words), 0, len(words), "en", [])
    assert [(q.unit, q.low, q.hedge) for q in found] == [("country", 120, "about"), ("country", 20, "about")]


ORACLES = list(csv.DictReader(Path(__file__).with_name("oracles.csv").read_text("utf-8").splitlines()))
"""What cn2an and dateparser make of words, read on the day of these tests."""


@pytest.mark.parametrize("row", ORACLES, ids=[row["words"] for row in ORACLES])
def test_other_readers_of_numbers_and_dates_agree(row: dict[str, str]) -> None:
    text = make_text("x", row["words"])
    if row["kind"] == "number":
        assert [n.low for n in NUMBERS.find(text.plain, 0, len(text.plain))] == [float(row["value"])]
    else:
        assert [d.value for d in DATES.find(text, 0, len(text.plain), DAY)] == [row["value"]]
