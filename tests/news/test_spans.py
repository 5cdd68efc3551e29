"""Things by where they stand, and what that spares in a text of one long line."""

from __future__ import annotations

from dualuse.news.find.dates import Found
from dualuse.news.speech.spans import Spans


def found(start: int, end: int) -> Found:
    return Found(start, end, "", "", "")


def test_things_over_a_span_come_in_order() -> None:
    things = [found(20, 30), found(0, 50), found(5, 8), found(60, 70)]
    assert Spans(things).over(22, 61) == [found(0, 50), found(5, 8), found(20, 30), found(60, 70)]
    assert Spans(things).over(51, 60) == []
    assert Spans(things).over(50, 61) == [found(60, 70)]
    assert Spans([]).over(0, 9) == []
