"""The words of pages, in files ``texts.json``: tables of English, traditional and simplified Chinese, a text a row."""

from __future__ import annotations

from functools import cache

from dualuse.errors import UsageError
from dualuse.said import read_texts

LANGUAGES = ("en", "zh-Hant", "zh-Hans")
_OF_ANSWERS = ("effect_kind", "goods", "seat", "tie_role")
"""Sections of words that pages of answers have, and the explorer uses too."""
Texts = dict[str, dict[str, dict[str, str]]]


@cache
def interface_texts() -> Texts:
    """Language -> section -> key -> text of the explorer."""
    answers = read_texts("dualuse.show")
    rows = {**read_texts("dualuse.explore"), **{section: answers[section] for section in _OF_ANSWERS}}
    return {
        language: {section: {key: words[at] for key, words in entries.items()} for section, entries in rows.items()}
        for at, language in enumerate(LANGUAGES)
    }


def check_language(language: str) -> str:
    """The language, if the interface speaks it.

    Raises:
        UsageError: it does not; the message lists those it does.
    """
    if language not in LANGUAGES:
        raise UsageError(f"language {language!r} is not one the page speaks. Use one of: {', '.join(LANGUAGES)}.")
    return language
