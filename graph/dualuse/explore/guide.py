"""Saved questions of the page, kept in ``guide.yml``, and its stories, which are data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from dualuse.errors import InstallationError
from dualuse.explore.layout import Network
from dualuse.explore.stories import joined, nodes_of, read_stories

Guide = dict[str, list[Mapping[str, Any]]]
_shipped = cache(read_stories)


@cache
def _questions() -> Sequence[Mapping[str, Any]]:
    source = files("dualuse.explore") / "guide.yml"
    if not source.is_file():
        raise InstallationError(
            f"{source} is missing, so the page has no questions. Install dualuse again: "
            "pip install --force-reinstall dualuse"
        )
    guide: dict[str, list[dict[str, Any]]] = yaml.load(source.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - strings only
    for entry in guide["questions"]:
        entry["text"] = {tag: joined(words) for tag, words in entry["text"].items()}
    return guide["questions"]


def read_guide(network: Network, story: Mapping[str, Any] | None = None) -> Guide:
    """The questions whose nodes are all drawn, and the stories all of whose steps are; ``questions`` and ``stories``.

    Args:
        network: What is drawn.
        story: One of a reader, told before the shipped ones.
    """
    questions: list[Mapping[str, Any]] = [
        {"state": entry["state"], "text": entry["text"]} for entry in _questions() if _holds(network, entry["state"])
    ]
    told = [*([] if story is None else [story]), *_shipped()]
    return {
        "questions": questions,
        "stories": [each for each in told if all(_holds(network, step["state"]) for step in each["steps"])],
    }


def _holds(network: Network, state: str) -> bool:
    """Whether a network has what a state names."""
    return all(node in network for node in nodes_of(state))
