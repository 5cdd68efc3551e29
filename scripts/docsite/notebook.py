"""The notebook as Markdown: its cells, each run now, with what they show."""

from __future__ import annotations

import ast
import contextlib
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

from docsite.world import ROOT, World

FENCE = "`" * 12
"""Longer than any run of the sign in what a cell shows."""


def markdown(world: World) -> str:
    """The text of the page."""
    cells = json.loads((ROOT / "docs" / "dualuse.ipynb").read_text("utf-8"))["cells"]
    return "\n\n".join(_shown(cells, world)) + "\n"


def _shown(cells: list[dict[str, Any]], world: World) -> Iterator[str]:
    namespace: dict[str, Any] = {}
    with (
        tempfile.TemporaryDirectory() as folder,
        contextlib.chdir(folder),
        mock.patch("dualuse.open", return_value=world.knowledge),
    ):
        for cell in cells:
            text = "".join(cell["source"])
            if cell["cell_type"] == "markdown":
                yield text
                continue
            yield f"```python\n{text}\n```"
            value = run(text, namespace)
            if value is not None:
                yield _output(value)


def run(text: str, namespace: dict[str, Any]) -> Any:
    """Run a cell; its value is that of its last line, where that is an expression."""
    tree = ast.parse(text)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "dualuse.ipynb", "exec"), namespace)  # noqa: S102 - our own notebook
    if not isinstance(last, ast.Expr):
        return None
    return eval(compile(ast.Expression(last.value), "dualuse.ipynb", "eval"), namespace)  # noqa: S307 - a cell of our own notebook


def _output(value: Any) -> str:
    """What a notebook shows of a value, between fences that nothing in it ends."""
    if hasattr(value, "_repr_html_"):
        return f'{FENCE}{{raw}} html\n<div class="output wide">{value._repr_html_()}</div>\n{FENCE}'
    return f"{FENCE}text\n{value!r}\n{FENCE}"


def path() -> Path:
    """Where it stands among the documents."""
    return Path("docs") / "notebook.md"
