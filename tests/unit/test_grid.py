"""Aligned columns: widths, folding, wide characters, control characters, and rows that come late."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from dualuse.harmless import harmless
from dualuse.show.grid import _NARROW, GAP, MEASURED, columns_within, fold, grid, width_of

ESCAPES = "".join(map(chr, (*range(9), *range(11, 32), *range(127, 160))))
TURNS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def test_columns_are_as_wide_as_their_widest_cell() -> None:
    assert list(grid(["a", "name"], [["1", "x"], ["22", "long one"]], None)) == ["a   name", "1   x", "22  long one"]


def test_a_chinese_character_takes_two_cells() -> None:
    lines = list(grid(["名稱", "n"], [["瑞士", "1"], ["CH", "2"]], None))
    assert lines == ["名稱  n", "瑞士  1", "CH    2"]
    assert fold("人工智慧擴散規則", 7) == ["人工智", "慧擴散", "規則"]


def test_what_is_taken_for_narrow_is() -> None:
    taken = [character for character in map(chr, range(0x20, 0x3000)) if re.fullmatch(_NARROW, character)]
    assert len(taken) > 700
    assert [character for character in taken if cell_len(character) != 1] == []


def test_a_wide_table_gives_way_where_it_is_widest() -> None:
    lines = list(grid(["key", "text"], [["k", "one two three four five"]], 16))
    assert lines == ["key  text", "k    one two", "     three four", "     five"]
    assert max(map(width_of, lines)) <= 16


def test_lines_of_a_cell_stay_lines() -> None:
    assert list(grid(["n", "t"], [["1", "a\nb"]], None)) == ["n  t", "1  a", "   b"]


def test_no_rows_still_show_every_column() -> None:
    assert list(grid(["s", "p"], [], 80)) == ["s  p"]


@pytest.mark.parametrize("sign", ESCAPES + TURNS)
def test_what_would_steer_a_terminal_is_shown_as_a_mark(sign: str) -> None:
    assert harmless(f"a{sign}b") == "a\ufffdb"
    assert list(grid([f"h{sign}"], [[f"a{sign}b"]], 80)) == ["h\ufffd", "a\ufffdb"]


def test_other_characters_stay() -> None:
    assert harmless("é中\u00a0\u3000\n\u200d") == "é中\u00a0\u3000\n\u200d"
    assert harmless("a\tb") == "a b"


def test_lines_stand_before_the_last_row_is_read() -> None:
    read = 0

    def rows() -> Iterator[list[str]]:
        nonlocal read
        for read in range(1, 10 * MEASURED):
            yield [str(read)]

    lines = grid(["n"], rows(), None)
    assert [next(lines), next(lines)] == ["n", "1"]
    assert read == MEASURED


def test_a_column_grows_with_what_comes_late() -> None:
    rows = [*([["a", "b"]] * MEASURED), ["abcdefghij", "b"]]
    for width in (80, None):
        lines = list(grid(["h", "i"], rows, width))
        assert (lines[0], lines[MEASURED], lines[-1]) == ("h  i", "a  b", "abcdefghij  b")


def test_work_grows_with_the_rows_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def measurings(count: int) -> int:
        done = 0

        def counted(text: str) -> int:
            nonlocal done
            done += 1
            return len(text)

        monkeypatch.setattr("dualuse.show.grid.width_of", counted)
        assert sum(1 for _ in grid(["a", "b"], ([str(n), "text"] for n in range(count)), 80)) == count + 1
        return done

    assert measurings(4 * MEASURED) - measurings(3 * MEASURED) == measurings(3 * MEASURED) - measurings(2 * MEASURED)


@given(st.lists(st.text("ab 中", max_size=40), min_size=1, max_size=5), st.integers(60, 120))
def test_no_line_is_wider_than_the_screen_and_nothing_is_lost(cells: list[str], width: int) -> None:
    lines = list(grid([""] * len(cells), [cells], width))
    assert max(map(width_of, lines)) <= width
    assert sorted("".join(lines).replace(" ", "")) == sorted("".join(cells).replace(" ", ""))


@given(st.lists(st.integers(0, 99), min_size=1, max_size=6), st.integers(20, 200))
def test_columns_keep_what_they_want_where_there_is_room(wanted: list[int], width: int) -> None:
    found = columns_within(wanted, width)
    room = width - len(GAP) * (len(wanted) - 1)
    if sum(wanted) <= room:
        assert found == wanted
    else:
        assert all(given <= asked for given, asked in zip(found, wanted, strict=True))
        assert sum(found) <= max(room, 8 * len(wanted))
