"""The words of the page: the same keys in every language, the same blanks in every sentence."""

import re
from typing import get_args

import pytest

from dualuse.errors import UsageError
from dualuse.explore.style import KINDS, LANES, MARKS
from dualuse.explore.text import LANGUAGES, check_language, interface_texts
from dualuse.lens import Lens
from dualuse.model.values import Confidence, SourceClass, Stance, Status


def keys(language: str) -> set[tuple[str, str]]:
    return {(section, key) for section, entries in interface_texts()[language].items() for key in entries}


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_languages_have_the_same_keys(language: str) -> None:
    assert keys(language) == keys("en")


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_sentences_have_the_same_blanks(language: str) -> None:
    for section, entries in interface_texts()["en"].items():
        for key, text in entries.items():
            other = interface_texts()[language][section][key]
            assert set(re.findall(r"\{\w+\}", other)) == set(re.findall(r"\{\w+\}", text)), (section, key)


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


def test_links_have_words_for_both_directions() -> None:
    texts = interface_texts()["en"]
    assert texts["edge"].keys() == texts["edge_back"].keys()


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(UsageError, match="Use one of: en, zh-Hant, zh-Hans"):
        check_language("de")
