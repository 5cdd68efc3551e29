"""Saved questions and the story of the page: sentences bound to states of it, kept in ``guide.yml``."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import unquote

import yaml

from dualuse.errors import InstallationError
from dualuse.explore.layout import Network
from dualuse.explore.text import LANGUAGES

Guide = dict[str, list[dict[str, Any]]]


@cache
def _guide() -> Guide:
    source = files("dualuse.explore") / "guide.yml"
    if not source.is_file():
        raise InstallationError(
            f"{source} is missing, so the page has no story. Install dualuse again: "
            "pip install --force-reinstall dualuse"
        )
    guide: Guide = yaml.load(source.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - strings only
    for entry in (*guide["questions"], *guide["steps"]):
        for part in ("title", "text"):
            entry[part] = {tag: _joined(words) for tag, words in entry.get(part, {}).items()}
    return guide


def _joined(text: str) -> str:
    """Folded lines put a space where lines meet; Chinese has none there.

    Example:
        >>> _joined("一級。 其餘為二級，見 D:5")
        '一級。其餘為二級，見 D:5'
    """
    return re.sub(r"(?<=[。，；：、？]) ", "", text)


def read_guide(network: Network) -> Guide:
    """The questions whose nodes are all drawn, and the story if all of its are; ``questions`` and ``steps``.

    Args:
        network: What is drawn.
    """
    guide = _guide()
    steps = guide["steps"] if all(_holds(network, step) for step in guide["steps"]) else []
    return {"questions": [entry for entry in guide["questions"] if _holds(network, entry)], "steps": steps}


def nodes_of(state: str) -> list[str]:
    """Nodes that a state of the page names.

    Example:
        >>> nodes_of("view=map&focus=place:CH&path=place:CH~place:US")
        ['place:CH', 'place:CH', 'place:US']
    """
    found: list[str] = []
    for part in state.split("&"):
        name, _, text = part.partition("=")
        if name in ("focus", "path", "of") and text:
            found += unquote(text).split("~")
    return found


def _holds(network: Network, entry: dict[str, Any]) -> bool:
    """Whether a network has what an entry names, in words of every language."""
    return set(LANGUAGES) <= set(entry["text"]) and all(node in network for node in nodes_of(entry["state"]))
