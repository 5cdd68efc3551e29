"""The words of pages, in files ``texts.json``: tables of English, traditional and simplified Chinese, a text a row."""

from __future__ import annotations

import json
from functools import cache
from pkgutil import get_data

from dualuse.errors import InstallationError, UsageError

_TABLE = "texts.json"
LANGUAGES = ("en", "zh-Hant", "zh-Hans")
_OF_ANSWERS = ("effect_kind", "goods", "seat", "tie_role")
"""Sections of words that pages of answers have, and the explorer uses too."""
Rows = dict[str, dict[str, list[str]]]
Texts = dict[str, dict[str, dict[str, str]]]


@cache
def read_texts(package: str) -> Rows:
    """Section -> key -> the text in each of ``LANGUAGES``, as the table of a package has them.

    Raises:
        InstallationError: the file is not in the installed package.
    """
    try:
        source = get_data(package, _TABLE)
    except OSError:
        source = None
    if source is None:
        raise InstallationError(
            f"{_TABLE} of {package} is missing, so pages have no words. "
            "Install dualuse again: pip install --force-reinstall dualuse"
        )
    rows: Rows = json.loads(source)
    return rows


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
