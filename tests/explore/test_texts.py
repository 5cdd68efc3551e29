"""The words of pages: each once, in every language, with the same blanks."""

import re
from typing import get_args

import pytest

from dualuse.errors import UsageError
from dualuse.explore.style import KINDS, LANES, MARKS
from dualuse.explore.text import LANGUAGES, check_language, interface_texts
from dualuse.knowledge import Knowledge
from dualuse.lens import Lens
from dualuse.model.values import Confidence, SourceClass, Stance, Status, SupplyKind
from dualuse.network import project
from dualuse.network.edges import EDGE_KINDS
from dualuse.network.web import measured
from dualuse.said import read_texts


def test_every_text_stands_once_in_every_language() -> None:
    ours, answers = read_texts("dualuse.explore"), read_texts("dualuse.show")
    for table in (ours, answers, read_texts("dualuse")):
        assert len(table) > 5
        for section, rows in table.items():
            for key, words in rows.items():
                assert len(words) == len(LANGUAGES), (section, key)
                assert len({frozenset(re.findall(r"\{\w+\}", text)) for text in words}) == 1, (section, key)
    for section in ours.keys() & answers.keys():
        assert not ours[section].keys() & answers[section].keys(), section


@pytest.mark.parametrize(
    ("section", "values"),
    [
        ("kind", KINDS),
        ("kind_one", KINDS),
        ("lane", LANES),
        ("stance", get_args(Stance)),
        ("confidence", get_args(Confidence)),
        ("lens", tuple(Lens)),
        ("lens_text", tuple(Lens)),
        ("status", get_args(Status)),
        ("source_class", get_args(SourceClass)),
    ],
)
def test_every_value_has_a_word(section: str, values: tuple[str, ...]) -> None:
    assert set(values) <= set(interface_texts()["en"][section])


def test_every_stance_has_a_sign() -> None:
    assert set(MARKS) == set(get_args(Stance))


def test_every_kind_of_link_has_words_in_both_directions_and_no_other() -> None:
    texts = interface_texts()["en"]
    assert (
        set(read_texts("dualuse")["step"])
        == set(texts["edge"])
        == set(texts["edge_back"])
        == {kind.kind for kind in EDGE_KINDS}
    )


def test_every_finer_relation_has_words_in_both_directions_and_no_other() -> None:
    texts = interface_texts()["en"]
    finer = {*get_args(SupplyKind), "invests-in", "part-of"} - {"supplies"}
    assert set(texts["relation"]) == set(texts["relation_back"]) == finer


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(UsageError, match="Use one of: en, zh-Hant, zh-Hans"):
        check_language("de")


def test_every_unit_of_a_link_is_told_in_words(knowledge: Knowledge) -> None:
    network = project(knowledge.store, knowledge.day(None), "codified", all_times=True)
    units = {measured({"unit": data["unit"]}) for *_, data in network.edges(data=True) if "unit" in data}
    assert {"percent", "percent of supplier revenue"} <= units <= set(interface_texts()["en"]["said"])
