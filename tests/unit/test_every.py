"""A test of many cases tells each that is wrong, and is none where there are none."""

from __future__ import annotations

import pytest
from tests.every import every


def small(number: int) -> None:
    assert 10 // number < 5


def test_every_case_that_is_wrong_is_told() -> None:
    with pytest.raises(pytest.fail.Exception) as caught:
        every([("one", 1), ("two", 5), ("none", 0), ("three", 2)], small)
    told = str(caught.value)
    assert told.startswith("3 of 4 cases\n\none (line 10 of small): AssertionError: assert (10 // 1) < 5")
    assert "\n\nnone (line 10 of small): ZeroDivisionError: integer division or modulo by zero" in told
    assert "\n\nthree (line 10 of small): AssertionError" in told
    assert "two" not in told


def test_what_is_right_passes_and_nothing_is_no_test() -> None:
    every([("two", 5)], small)
    with pytest.raises(pytest.fail.Exception, match="0 of 0 cases"):
        every([], small)
