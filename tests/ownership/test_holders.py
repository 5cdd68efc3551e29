"""The question who holds and controls a party: of a file and of the graph, with what it rests on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from dualuse.errors import UnknownNameError, UsageError
from dualuse.knowledge import Knowledge

DAY = date(2025, 10, 15)
Write = Callable[..., Path]
HEADER = "owner,owned,share_min,share_max,source"


def test_a_file_with_a_circle(knowledge: Knowledge, write: Write) -> None:
    path = write("e.csv", HEADER, "X Ltd,A,60,60,reg", "B,A,40,40,reg", "A,B,50,70,reg", "Y,B,,,reg", "B,C,10,10,reg")
    card = knowledge.holders("b", edges=path, as_of=DAY)
    found = [(row.owner, row.share.min, row.share.max, row.control, row.ultimate) for row in card.answer.holders]
    assert found == [
        ("X Ltd", 37.5, 58.3334, "may-control", "may-be-ultimate"),
        ("A", 50, 70, "may-control", "no"),
        ("Y", 0, 62.5, "no", None),
    ]
    assert card.answer.holders[0].along == ["X Ltd", "A", "B"]
    assert card.answer.holders[0].direct.max == 0
    assert [one.text for one in card.because] == [
        "A holds 50 to 70 % of B",
        "B holds 40 % of A",
        "X Ltd holds 60 % of A",
        "Y holds 0 to 100 % of B",
    ]


def test_the_graph(knowledge: Knowledge) -> None:
    card = knowledge.holders("Nexperia", as_of=DAY)
    (row,) = card.answer.holders
    assert (row.owner, row.share.min, row.control, row.ultimate) == ("wingtech", 100, "controls", "ultimate")
    assert len(card.because) == 1
    assert any("not recorded" in gap.what for gap in card.unknown)


def test_an_owner_without_a_name_leaves_it_open(knowledge: Knowledge, write: Write) -> None:
    card = knowledge.holders("A", edges=write("e.csv", HEADER, ",A,30,30,", "X,A,30,30,"), as_of=DAY)
    (row,) = card.answer.holders
    assert (row.owner, row.share.max, row.control, row.ultimate) == ("X", 60, "may-control", "may-be-ultimate")
    assert any("without a name" in gap.what for gap in card.unknown)


def test_who_is_not_there(knowledge: Knowledge, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write("e.csv", HEADER, "X,A,30,30,", "Z,X,20,20,")
    assert knowledge.holders("Z", edges=path, as_of=DAY).answer.holders == []
    with pytest.raises(UnknownNameError, match="no party 'Nobody' in"):
        knowledge.holders("Nobody", edges=path, as_of=DAY)
    monkeypatch.setattr("dualuse.questions.parts.holding._MOST_OWNERS", 1)
    with pytest.raises(UsageError, match="2 owners stand above A; at most 1"):
        knowledge.holders("A", edges=path, as_of=DAY)
