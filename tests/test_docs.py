"""What the documents show is what the program prints, and every command is documented."""

from __future__ import annotations

import ast
import json
import os
import re
import shlex
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from tests.query.engines import SNIPPET
from tests.running import Run

from dualuse.cli import cli
from dualuse.knowledge import Knowledge

ROOT = Path(__file__).resolve().parents[1]
BLOCK = re.compile(r"```console\n\$ (?P<command>dualuse [^\n]+)\n(?P<output>.*?)```", re.DOTALL)
DIGEST = re.compile(r"(data|card|資料|数据|回答) [0-9a-f]{12}")
HOMES = sorted((ROOT / "scripts" / "docsite" / "home").glob("*.md"))
DOCUMENTS = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
PYTHON = re.compile(r"^( *)```python\n(?P<code>.*?)^ *```", re.DOTALL | re.MULTILINE)
EXAMPLES = [*DOCUMENTS, *HOMES]


def blocks() -> list[tuple[Path, str]]:
    return [(path, match["command"]) for path in EXAMPLES for match in BLOCK.finditer(path.read_text("utf-8"))]


def test_there_are_examples() -> None:
    assert len(blocks()) >= 5


@pytest.mark.parametrize(("path", "command"), blocks(), ids=lambda value: str(value)[-60:])
def test_example_is_current(path: Path, command: str, run: Run) -> None:
    """Each console block is what its command prints; the digests of the data and of the card are left aside."""
    text = path.read_text("utf-8")
    shown = next(match["output"] for match in BLOCK.finditer(text) if match["command"] == command)
    printed = run(*shlex.split(command)[1:]).stdout
    if os.environ.get("DUALUSE_UPDATE_GOLDEN"):
        path.write_text(text.replace(f"$ {command}\n{shown}", f"$ {command}\n{printed}"), encoding="utf-8")
    else:
        assert DIGEST.sub(r"\1 …", printed) == DIGEST.sub(r"\1 …", shown)


CODE = [(path, dedent(match["code"])) for path in EXAMPLES for match in PYTHON.finditer(path.read_text("utf-8"))]


def test_there_is_python() -> None:
    assert len(CODE) >= 8


@pytest.mark.parametrize(("path", "code"), CODE, ids=lambda value: str(value)[-40:])
def test_python_runs(path: Path, code: str, clean: Path, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    """In one namespace, with the graph of the tests; ``text``, where it is used, stands for a document."""
    monkeypatch.setattr("dualuse.open", lambda location=None: knowledge)
    monkeypatch.setattr("dualuse.knowledge.open_knowledge", lambda location=None: knowledge)
    namespace = {"text": "\n".join(["made up for the tests, and long enough to point into it"] * 50)}
    exec(compile(code, str(path), "exec"), namespace)  # noqa: S102 - our own documents


SNIPPETS = [match["query"] for match in SNIPPET.finditer((ROOT / "docs" / "snippets.md").read_text("utf-8"))]


def test_there_are_snippets() -> None:
    assert len(SNIPPETS) >= 8


@pytest.mark.parametrize("query", SNIPPETS, ids=lambda query: query.partition("SELECT ")[2][:40])
def test_snippet_is_current(query: str, run: Run) -> None:
    """What stands under a query is what it answers."""
    path = ROOT / "docs" / "snippets.md"
    text = path.read_text("utf-8")
    shown = next(match["rows"] for match in SNIPPET.finditer(text) if match["query"] == query)
    printed = run("sparql", query).stdout
    if os.environ.get("DUALUSE_UPDATE_GOLDEN"):
        path.write_text(text.replace(f"{query}```\n\n```text\n{shown}", f"{query}```\n\n```text\n{printed}"), "utf-8")
    else:
        assert printed == shown


@pytest.mark.parametrize("page", ["README.md", "docs/commands.md"])
def test_every_command_is_named(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    names = cli.list_commands(None)  # type: ignore[arg-type]  # the list does not depend on a context
    assert len(names) > 10
    assert [name for name in names if f"`{name}" not in text and f"`dualuse {name}" not in text] == []


ROW = re.compile(r"^\| (?P<asks>[^|]+) \| `dualuse (?P<command>[^`]+)` \| (?P<answer>[^|]+) \|$", re.MULTILINE)
OFFICER = [(row["command"], row["answer"]) for row in ROW.finditer((ROOT / "docs/compliance.md").read_text("utf-8"))]


def test_there_are_twenty_questions() -> None:
    assert len(OFFICER) == 20


@pytest.mark.parametrize(("command", "answer"), OFFICER, ids=lambda value: str(value)[:60])
def test_an_answer_to_a_compliance_officer_is_current(command: str, answer: str, run: Run) -> None:
    """The answer begins with the outcome, and the code or the review policy, that the command gives."""
    told = json.loads(run(*shlex.split(command), "--format", "json").stdout)["answer"]
    begins = re.match(r"(?P<outcome>[a-z-]+)(?:,? (?P<more>[A-Za-z-]+))?", answer)
    assert begins is not None
    assert told["outcome"] == begins["outcome"]
    if begins["more"]:
        assert (told["exception"] or told["review_policy"] or "open") == begins["more"]


def test_the_readme_is_read_in_a_sitting() -> None:
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) <= 120


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_files_a_page_points_to_exist(path: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", path.read_text("utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_the_notebook_runs(clean: Path) -> None:
    """Cell by cell in one namespace; the last expression of a cell is shown as a notebook shows it."""
    cells = json.loads((ROOT / "docs" / "dualuse.ipynb").read_text("utf-8"))["cells"]
    namespace: dict[str, Any] = {}
    shown = []
    for cell in cells:
        if cell["cell_type"] == "code":
            tree = ast.parse("".join(cell["source"]))
            last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
            exec(compile(tree, "dualuse.ipynb", "exec"), namespace)  # noqa: S102 - our own notebook
            if isinstance(last, ast.Expr):
                value = eval(compile(ast.Expression(last.value), "dualuse.ipynb", "eval"), namespace)  # noqa: S307 - a cell of our own notebook
                shown.append(value._repr_html_() if hasattr(value, "_repr_html_") else repr(value))
    assert len(shown) >= 10
    assert "Switzerland" in shown[0]
    assert shown[-1] == "True"
    assert "not-enforced" in shown[2]
