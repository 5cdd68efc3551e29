"""A card that was saved as JSON: whether it is one, and whole, and what was asked."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dualuse import questions
from dualuse.canonical import digest
from dualuse.errors import UsageError
from dualuse.questions.parts.given import misfits
from dualuse.questions.question import Question

_PARTS = ("question", "as_of", "answer", "because", "unknown", "dataset")
_SUM = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True)
class Saved:
    """A card as it was saved.

    Args:
        asked: What was given to the question, by parameter.
        asked_on: The day of the clock it was asked on, where that mattered.
        known_on: Last day of the record it was drawn from.
    """

    document: Mapping[str, Any]
    question: Question
    asked: Mapping[str, Any]
    asked_on: date | None
    known_on: date

    @property
    def data(self) -> str:
        """Digest of the dataset it was drawn from."""
        return str(self.document["dataset"]["sha256"])


def read_saved(text: str, name: str) -> Saved:
    """Read a card, and see that nobody changed it.

    Args:
        text: JSON.

    Raises:
        UsageError: it is no card, has no sum, was changed, or cannot be asked again.
    """
    document = _document(text, name)
    if "left_out" in document:
        raise UsageError(f"{name} is a part of an answer, and its sum is of the whole; have that with --format json")
    _check_sum(document, name)
    missing = [part for part in _PARTS if part not in document]
    if missing:
        raise UsageError(f"{name} is no answer of dualuse: it has no {', '.join(missing)}")
    if not isinstance(document["question"], dict) or document.get("asked") is None:
        raise UsageError(
            f"{name} cannot be asked again: it does not say what was given to its question, which had no written form"
        )
    question = questions.answered(document["question"])
    if question is None:
        raise UsageError(f"{name} cannot be asked again: {_told(document)} is no question of this version of dualuse")
    wrong = misfits(question.parameters, document["asked"])
    if wrong:
        raise UsageError(f"{name} cannot be asked again: {question.command} does not take {'; '.join(wrong)}")
    try:
        on = document.get("asked_on")
        known_on = date.fromisoformat(document["dataset"]["known_on"])
        return Saved(document, question, document["asked"], None if on is None else date.fromisoformat(on), known_on)
    except (KeyError, TypeError, ValueError) as error:
        raise UsageError(f"{name} cannot be asked again: its days or its dataset are none ({error})") from None


def _document(text: str, name: str) -> dict[str, Any]:
    if text.lstrip()[:1] == "<":
        raise UsageError(f"{name} is a page; open it, save the answer as JSON there, and name that file")
    try:
        found = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{name} is no answer saved with --format json: {error}") from None
    if not isinstance(found, dict):
        raise UsageError(f"{name} is no answer of dualuse: a JSON object is needed, as --format json writes it")
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose names stand once; of two, readers take one or the other."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError(f"a name stands twice in {', '.join(found)[:200]}")
    return found


def _no_number(text: str) -> None:
    raise ValueError(f"{text} is no number of JSON")


def _check_sum(document: Mapping[str, Any], name: str) -> None:
    carried = document.get("sha256")
    if carried is None:
        if not {"question", "answer"} <= document.keys():
            raise UsageError(f"{name} is no answer of dualuse: it has no question and no answer")
        raise UsageError(
            f"{name} carries no sum (sha256): a version before 0.2 wrote it, or the sum was taken out; "
            "whether it was changed cannot be told. Ask again and save that answer"
        )
    own = digest({part: value for part, value in document.items() if part != "sha256"})
    if not isinstance(carried, str) or not _SUM.fullmatch(carried):
        raise UsageError(f"{name} was changed: its sha256 {str(carried)[:80]!r} is none; what it says has {own}")
    if own != carried:
        raise UsageError(
            f"{name} was changed after it was written: it carries the sum {carried}, and what it says has {own}; "
            "do not rely on it"
        )


def _told(document: Mapping[str, Any]) -> str:
    asked = document["question"]
    return repr(str(asked.get("question", asked.get("command")))[:80])
