"""A saved question asked again, as on the day it was asked, of a graph of today."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from dualuse.card import Card
from dualuse.knowledge import Knowledge
from dualuse.questions.parts.given import read_back
from dualuse.replay.saved import Saved


def ask_again(saved: Saved, knowledge: Knowledge, find: Callable[[str], Path]) -> Card[Any]:
    """The card that a graph gives to a saved question; a day that was not named is the one it was then.

    Args:
        find: Finds a file that was given, by its name.

    Raises:
        DualuseError: it cannot be answered, as when it was asked first.
    """
    then = knowledge.as_on(saved.asked_on or saved.known_on, saved.known_on)
    return saved.question(then, read_back(saved.asked, find))
