"""Names as they are compared: scripts, spellings, legal forms, common words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dualuse.screening.index import TELLS, Index
from dualuse.screening.screener import EQUAL, HIT, POSSIBLE
from dualuse.screening.words import cleaned, is_blank, readings

LISTED = (
    ("Huawei Technologies Co., Ltd.", "Huawei"),
    ("Semiconductor Manufacturing International Corporation", "SMIC", "中芯国际"),
    ("Semiconductor Manufacturing International (Beijing) Corporation",),
    ("Semiconductor Manufacturing International (Tianjin) Corporation",),
    ("Rheinmetall AG",),
    ("AO Mikron", "АО Микрон"),
    ("Tsinghua Unigroup", "清华紫光"),
    ("China Electronics Technology Group Corporation 13th Research Institute",),
    ("China Electronics Technology Group Corporation 14th Research Institute",),
    ("Sunny Optics China Trading Co., Ltd.",),
    ("Advanced Chipworks Laboratory Enterprise Systems",),
    ("ABU HASSAN, Khaled Suleiman",),
)
NAMED = [(party, name) for party, names in enumerate(LISTED) for name in names]


@pytest.fixture(scope="module")
def index() -> Index:
    return Index(NAMED)


def best(index: Index, name: str) -> tuple[str, float, tuple[str, ...]]:
    """The first name of the party that is most like a name, the score, and what it took; a blank one for nobody."""
    found = [each for each in index.find(name, 5, POSSIBLE) if each.weight >= TELLS or each.score >= EQUAL]
    return (LISTED[NAMED[found[0].name][0]][0], found[0].score, found[0].how) if found else ("", 0.0, ())


@pytest.mark.parametrize(
    ("name", "party"),
    [
        ("Huawei", 0),
        ("HUAWEI TECHNOLOGIES", 0),
        ("华为", 0),
        ("華為技術", 0),
        ("华为技术有限公司", 0),
        ("Hua Wei Tech Co", 0),
        ("Hua-wei", 0),
        ("Hua Wei Ji Shu You Xian Gong Si", 0),
        ("Huawei Keji", 0),
        ("Technologies, Huawei", 0),
        ("Хуавэй", 0),
        ("huawei... technologies!!", 0),
        ("<b>Huawei</b>&nbsp;Technologies &amp; Co", 0),
        ("华为 Hua Wei Technologies", 0),
        ("ＨＵＡＷＥＩ Technologies", 0),
        ("SMIC", 1),
        ("S.M.I.C.", 1),
        ("中芯國際", 1),
        ("Zhongxin International", 1),
        ("Semiconductor Mfg Intl Corp", 1),
        ("Semiconductor Manufacturing International (Beijing) Corp", 2),
        ("Rheinmetall", 4),
        ("Rheinmettal AG", 4),
        ("ООО Микрон", 5),
        ("Mikron JSC", 5),
        ("Qinghua Ziguang", 6),
        ("Ch'ing-hua Tzu-kuang", 6),
        ("13th Research Institute of China Electronics Technology Group Corp", 7),
        ("Khaled Suleiman Abu Hassan", 11),
        ("Huawei f.k.a. Other Name Works", 0),
    ],
)
def test_a_name_written_otherwise_is_a_hit(index: Index, name: str, party: int) -> None:
    found, score, _ = best(index, name)
    assert found == LISTED[party][0]
    assert score >= HIT


@pytest.mark.parametrize(
    ("name", "party"),
    [
        ("Huawai Technology", 0),
        ("Huawei Zzyzx Ltd", 0),
        ("Rhanmetall AG", 4),
        ("ACLES", 10),
        ("13th Research Institute, CETC (China Electronics Technology Group Corp)", 7),
    ],
)
def test_a_name_that_is_like_one_is_possible(index: Index, name: str, party: int) -> None:
    found, score, _ = best(index, name)
    assert found == LISTED[party][0]
    assert POSSIBLE <= score < HIT


@pytest.mark.parametrize(
    "name",
    [
        "China Trading Co",
        "Beijing International Technology Group",
        "China Electronics",
        "Fine Flowers Zurich",
        "Sunrise Optics Ltd",
        "花店",
        "Semiconductor",
        "Ivanov",
    ],
)
def test_common_words_and_others_match_nobody(index: Index, name: str) -> None:
    assert best(index, name) == ("", 0.0, ())


def test_what_it_took_is_told(index: Index) -> None:
    assert best(index, "Хуавэй")[2] == ("spelling",)
    assert "script" in best(index, "華為技術")[2]
    assert best(index, "ACLES")[2] == ("abbreviation",)
    assert "wade-giles" in best(index, "Ch'ing-hua Tzu-kuang")[2]


def test_another_branch_or_number_is_no_hit(index: Index) -> None:
    found = {NAMED[each.name][0]: each.score for each in index.find("SMIC Beijing, 13th Research Institute", 9, 0.1)}
    assert all(score < HIT for score in found.values())
    cities = {NAMED[each.name][0]: each.score for each in index.find(LISTED[2][0], 9, POSSIBLE)}
    assert cities[2] == 1.0
    assert POSSIBLE <= cities[3] < HIT


def test_names_that_sound_alike_in_other_characters_are_no_hit() -> None:
    index = Index([(0, "华威科技"), (1, "Made-Up")])
    assert index.find("华为科技")[0].score < HIT <= index.find("华威科技")[0].score


def test_a_very_long_name_is_cut_and_ends() -> None:
    assert len(cleaned("Made Up " * 2_000)) <= 300
    assert len(readings("word " * 2_000)[0].words) <= 24


@pytest.mark.parametrize("name", ["", "  ", "---", "N/A", "unknown", "不详", "\u200b"])
def test_nobody_is_named(name: str) -> None:
    assert is_blank(name)


@settings(max_examples=30)
@given(st.text(max_size=60))
def test_any_text_can_be_sought(index: Index, name: str) -> None:
    for found in index.find(name, 3, 0.0):
        assert 0.0 <= found.score <= 1.0


@settings(max_examples=25)
@given(st.sampled_from([name for _, name in NAMED]))
def test_every_name_finds_itself(index: Index, name: str) -> None:
    first = index.find(name, 1)[0]
    assert (first.score, LISTED[NAMED[first.name][0]]) == (1.0, next(each for each in LISTED if name in each))
