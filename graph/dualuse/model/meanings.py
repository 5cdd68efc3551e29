"""What the fields of records mean: the docstrings below them, read from the source."""

from __future__ import annotations

import ast
import inspect
import itertools
import textwrap
from collections.abc import Mapping
from functools import cache
from typing import Any


def meanings(kind: type[Any]) -> Mapping[str, str]:
    """Meaning of each field: the docstring below it, in the class that has it."""
    found: Any = kind
    return _meanings(found)


@cache
def _meanings(kind: Any) -> Mapping[str, str]:
    found: dict[str, str] = dict(kind.about.meanings)
    for cls in reversed(kind.__mro__):
        if "__annotations__" not in vars(cls) or (cls is kind and kind.about.meanings):
            continue
        (tree,) = ast.parse(textwrap.dedent(inspect.getsource(cls))).body
        body = tree.body if isinstance(tree, ast.ClassDef) else []
        for line, below in itertools.pairwise(body):
            match line, below:
                case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                    found[name] = inspect.cleandoc(text)
    return found
