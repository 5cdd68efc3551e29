"""Texts made from parts: English as text, other languages by the names of what they are made from."""

from __future__ import annotations

import pickle
from dataclasses import dataclass

from dualuse.card import plain
from dualuse.said import Named, Phrase, named_in, phrases
from dualuse.show.grid import fold
from dualuse.show.words import Said

BUT = Said("{set} but {places}", "{set}（{places}除外）", "{set}（{places}除外）")
ALL = Said("every destination", "所有目的地", "所有目的地")
NAMES = {("place", "TW"): Said("Taiwan", "臺灣", "台湾")}


@dataclass(frozen=True)
class Row:
    """Made up."""

    where: str
    more: tuple[str, ...] = ()


def phrase() -> Phrase:
    return Phrase.of(BUT, set=Phrase.of(ALL), places=Named.of({("place", "TW"): "Taiwan", ("place", "XX"): "Nowhere"}))


def test_it_is_its_english_text() -> None:
    assert phrase() == "every destination but Taiwan, Nowhere"
    assert type(plain({"where": phrase()})["where"]) is str


def test_it_tells_itself_as_far_as_its_parts_have_names() -> None:
    assert phrase().said(NAMES).hant == "所有目的地（臺灣、Nowhere除外）"
    assert phrase().said({}).hans == "所有目的地（Taiwan、Nowhere除外）"
    assert list(named_in(phrase())) == [("place", "TW"), ("place", "XX")]


def test_it_is_found_in_an_answer_and_travels() -> None:
    found = list(phrases([Row("plain"), Row(phrase(), (Phrase.of(ALL),))]))
    assert found == ["every destination but Taiwan, Nowhere", "every destination"]
    again = pickle.loads(pickle.dumps(phrase()))  # noqa: S301 - our own
    assert again.said(NAMES) == phrase().said(NAMES)


def test_no_line_begins_with_a_sign_that_closes() -> None:
    assert fold("（臺灣、日本）", 6) == ["（臺", "灣、日", "本）"]
    assert [line[0] for line in fold("所有目的地，臺灣除外；ABC、DEF）", 9) if line[0] in "，；、）"] == []
