"""The table that lets one script find the other."""

from dualuse.explore.folding import fold_table


def test_learns_from_labels_of_one_length() -> None:
    assert fold_table([("台積電", "台积电"), ("美國", "美国")]) == {"國": "国", "積": "积", "電": "电"}


def test_labels_of_unequal_length_teach_nothing() -> None:
    assert fold_table([("輝達", "英伟达"), ("", "x"), ("法國", "")]) == {}


def test_a_character_that_is_also_simplified_is_left_alone() -> None:
    assert "里" not in fold_table([("里斯本", "裡斯本"), ("公里", "公里")])


def test_the_more_frequent_reading_wins() -> None:
    assert fold_table([("軟體", "软件"), ("半導體", "半导体"), ("媒體", "媒体")])["體"] == "体"


def test_only_han_characters_are_folded() -> None:
    assert fold_table([("A國，", "B国,")]) == {"國": "国"}
