"""The words of the page in English, traditional and simplified Chinese, kept in ``texts.json``."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

from dualuse.errors import InstallationError, UsageError

LANGUAGES = ("en", "zh-Hant", "zh-Hans")
Texts = dict[str, dict[str, dict[str, str]]]


@cache
def interface_texts() -> Texts:
    """Language -> section -> key -> text.

    Raises:
        InstallationError: the file is not in the installed package.
    """
    source = files("dualuse.explore") / "texts.json"
    if not source.is_file():
        raise InstallationError(
            f"{source} is missing, so the page has no words. Install dualuse again: "
            "pip install --force-reinstall dualuse"
        )
    texts: Texts = json.loads(source.read_text(encoding="utf-8"))
    return texts


def check_language(language: str) -> str:
    """The language, if the interface speaks it.

    Raises:
        UsageError: it does not; the message lists those it does.
    """
    if language not in LANGUAGES:
        raise UsageError(f"language {language!r} is not one the page speaks. Use one of: {', '.join(LANGUAGES)}.")
    return language
