"""Which names count where: traps of Chinese and of acronyms."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dualuse.news import Reader, Reading, make_text

Read = Callable[..., Reading]
LEAD = "美國收緊晶片出口管制。"
LETTERS = "美中日韓英法對華方企國家出口管制晶片台積電13日,。「」說稱據NVIDIA H20的表示約二十多個 \n"
LEAD_EN = "The US tightened export controls on chips. "


def things(read: Read, words: str, lead: str = LEAD) -> list[str]:
    reading = read(lead + words)
    return [mention.thing for mention in reading.mentions if mention.start >= len(lead) and mention.thing]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("美中貿易", ["place:US", "place:CN"]),
        ("中美雙方", ["place:CN", "place:US"]),
        ("中日韓三國", ["place:CN", "place:JP", "place:KR"]),
        ("日、韓、英、法", ["place:JP", "place:KR", "place:GB", "place:FR"]),
        ("落入中俄手中", ["place:CN", "place:RU"]),
        ("對華出口", ["place:CN"]),
        ("美方與中方", ["place:US", "place:CN"]),
        ("美企反應", ["place:US"]),
        ("日韓企業", ["place:JP", "place:KR"]),
        ("過程中美方回應", ["place:US"]),
        ("13日美中會談", ["place:US", "place:CN"]),
        ("13日中國回應", ["place:CN"]),
        ("兌日圓升值", []),
        ("英特爾在英國設廠", ["organisation:intel", "place:GB"]),
        ("台積電在台灣設廠", ["organisation:tsmc", "place:TW"]),
        ("中央社報導", ["organisation:cna"]),
        ("對中小企業放寬", []),
        ("美好的日常", []),
        ("意法半導體", ["organisation:stm"]),
        ("美光在日本設廠", ["organisation:micron", "place:JP"]),
        ("馬里蘭州", []),
        ("內蒙古", []),
        ("台中廠", ["city:taichung"]),
        ("中東市場", ["region:middle-east"]),
        ("依法合規", []),
        ("中華民國政府", ["place:TW"]),
        ("中華人民共和國政府", ["place:CN"]),
        ("华为与英伟达", ["organisation:huawei", "organisation:nvidia"]),
        ("臺積電", ["organisation:tsmc"]),
        ("吉娜‧雷蒙多", ["person:gina-raimondo"]),
        ("美國總統拜登", ["person:joe-biden"]),
        ("拜登政府", ["organisation:usgov"]),
        ("美國商務部長盧特尼克", ["organisation:doc", "person:howard-lutnick"]),
        ("歐盟委員會", ["organisation:ec"]),
        ("H100與H20", ["product:h100-sxm", "product:h20"]),
        ("ECCN 3A090", ["item:3a090"]),
    ],
)
def test_chinese(read: Read, words: str, expected: list[str]) -> None:
    assert things(read, words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Nvidia's rivals", ["organisation:nvidia"]),
        ("the intel was shared", []),
        ("apple juice", []),
        ("a meta study", []),
        ("the Ministry of Commerce in Beijing", ["organisation:mofcom", "place:CN"]),
        ("the US Department of Commerce", ["organisation:doc"]),
        ("Republic of China (Taiwan)", ["place:TW"]),
        ("People's Republic of China", ["place:CN"]),
        ("Nigerian and Romanian", []),
        ("South Korea and North Korea", ["place:KR", "place:KP"]),
        ("NVIDIA said", ["organisation:nvidia"]),
        ("it uses 4090 parts", []),
        ("RTX 4090 cards", ["product:rtx4090"]),
        ("15 CFR", []),
    ],
)
def test_english(read: Read, words: str, expected: list[str]) -> None:
    assert things(read, words, LEAD_EN) == expected


def test_bis_is_the_bureau_only_among_its_own(read: Read) -> None:
    assert "organisation:bis" in things(read, "BIS added firms to the Entity List.", LEAD_EN)
    words = "The BIS replied. The Bank for International Settlements grew."
    assert "organisation:bis" not in things(read, words, LEAD_EN)


def test_surnames_need_the_full_name_or_a_title(read: Read) -> None:
    assert "person:ned-finkle" not in things(read, "Finkle replied.", LEAD_EN)
    assert things(read, "Ned Finkle replied. Finkle left.", LEAD_EN).count("person:ned-finkle") == 2


def test_people_the_graph_does_not_hold_are_still_mentioned(read: Read) -> None:
    reading = read("外交部發言人王小明表示,堅決反對晶片出口管制。")
    assert ("王小明", "person", "") in {(m.text, m.kind, m.key) for m in reading.mentions}


def test_an_institution_many_have_is_flagged_where_nothing_tells(read: Read) -> None:
    reading = read("商務部13日說明晶片出口許可。")
    (found,) = [m for m in reading.mentions if m.kind == "organisation"]
    assert (found.key, found.how, found.also) == ("mofcom", "institution.default", ("doc",))


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet=LETTERS, max_size=80))
def test_any_text_is_read(reader: Reader, words: str) -> None:
    reading = reader.read(make_text("x", LEAD + words))
    original = reading.text.original
    assert [m for m in reading.mentions if original[m.start : m.end] != m.text] == []
    for claim in reading.claims:
        passage = reading.text.passages[claim.passage - 1]
        assert 0 <= claim.start < claim.end <= len(passage.text)
