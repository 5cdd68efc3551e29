"""The table that lets one script find the other."""

from dualuse.explore.folding import fold_table


def test_reads_traditional_characters_as_simplified_ones() -> None:
    assert dict(zip(*fold_table("許可證"), strict=True)) == {"許": "许", "證": "证"}


def test_knows_what_a_reader_may_type_for_simplified_characters() -> None:
    assert dict(zip(*fold_table("许可证"), strict=True)) == {"許": "许", "證": "证"}


def test_leaves_alone_what_both_scripts_write() -> None:
    assert fold_table("中文, NVIDIA 120") == ("", "")
