"""What can be asked: one module a question, with what it takes, its answer, and the words that tell both.

A module of this package that has a ``QUESTION`` is a command of the same name, alone or in a group, and a method of
:class:`~dualuse.knowledge.Knowledge`; nothing else lists it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from dualuse.questions.question import Question

_NO_QUESTIONS = ("methods", "parameters", "parts", "question", "writing")


@cache
def names() -> tuple[str, ...]:
    """Names of all questions, sorted."""
    return tuple(sorted(module.name for module in iter_modules(__path__) if module.name not in _NO_QUESTIONS))


def find(name: str) -> Question | None:
    """The question of a name, or None; its module is imported only now."""
    if name not in names():
        return None
    found = import_module(f"dualuse.questions.{name}").QUESTION
    if not isinstance(found, Question):
        raise TypeError(f"dualuse.questions.{name} has no QUESTION")
    return found


def answered(question: Mapping[str, Any]) -> Question | None:
    """The question that a card answers, by the card's own account of it, or None."""
    return find(str(question.get("question", question.get("command"))))


def grouped(group: str) -> list[str]:
    """Names of the questions of a group; of those in none if it is empty."""
    found = ((name, find(name)) for name in names())
    return [name for name, question in found if question is not None and question.group == group]


__all__ = ["Question", "answered", "find", "grouped", "names"]
