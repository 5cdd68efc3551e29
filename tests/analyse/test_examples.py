"""The examples in the docstrings of analyses hold."""

from __future__ import annotations

import doctest
from importlib import import_module
from pkgutil import iter_modules

import pytest

import dualuse.analyse
import dualuse.questions.parts.amounts

NAMES = [f"dualuse.analyse.{module.name}" for module in iter_modules(dualuse.analyse.__path__)]


@pytest.mark.parametrize("name", [*NAMES, dualuse.questions.parts.amounts.__name__])
def test_examples(name: str) -> None:
    assert doctest.testmod(import_module(name)).failed == 0


def test_there_are_examples() -> None:
    finder = doctest.DocTestFinder(exclude_empty=True)
    assert sum(bool(test.examples) for name in NAMES for test in finder.find(import_module(name))) >= 12
