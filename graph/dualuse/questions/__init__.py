"""What can be asked: one module a question, with what it takes, its answer, and the words that tell both.

A module of this package that has a ``QUESTION`` is a command of the same name and a method of
:class:`~dualuse.knowledge.Knowledge`; nothing else lists it. A folder of them is one command with parts, told by its
docstring and its ``EXAMPLES``.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from dualuse.questions.question import Question

_NO_QUESTIONS = ("methods", "parameters", "parts", "question", "schema", "writing")


@cache
def _modules() -> Mapping[str, str]:
    """Name of a question -> its module, below this package; none is imported."""
    found: dict[str, str] = {}
    for module in iter_modules(__path__):
        if module.ispkg and module.name not in _NO_QUESTIONS:
            folders = [f"{folder}/{module.name}" for folder in __path__]
            found |= {inner.name: f"{module.name}.{inner.name}" for inner in iter_modules(folders)}
        elif module.name not in _NO_QUESTIONS:
            found[module.name] = module.name
    return dict(sorted(found.items()))


def names() -> tuple[str, ...]:
    """Names of all questions, sorted."""
    return tuple(_modules())


def find(name: str) -> Question | None:
    """The question of a name, or None; its module is imported only now."""
    if name not in _modules():
        return None
    found = import_module(f"dualuse.questions.{_modules()[name]}").QUESTION
    if not isinstance(found, Question):
        raise TypeError(f"dualuse.questions.{_modules()[name]} has no QUESTION")
    return found


def by_group() -> dict[str, tuple[str, ...]]:
    """Group -> names of its questions; under an empty name, those in none."""
    found: dict[str, tuple[str, ...]] = {}
    for name, module in _modules().items():
        group = module.rpartition(".")[0]
        found[group] = (*found.get(group, ()), name)
    return found


def answered(question: Mapping[str, Any]) -> Question | None:
    """The question that a card answers, by the card's own account of it, or None."""
    return find(str(question.get("question", question.get("command"))))


__all__ = ["Question", "answered", "by_group", "find", "names"]
