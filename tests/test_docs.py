"""What the documents show is what the program prints, and every command is documented."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from dualuse.cli import cli

ROOT = Path(__file__).resolve().parents[1]
BLOCK = re.compile(r"```console\n\$ (?P<command>dualuse [^\n]+)\n(?P<output>.*?)```", re.DOTALL)
DIGEST = re.compile(r"data [0-9a-f]{12}")
DOCUMENTS = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])

Run = Callable[..., CompletedProcess[str]]


def blocks() -> list[tuple[Path, str]]:
    return [(path, match["command"]) for path in DOCUMENTS for match in BLOCK.finditer(path.read_text("utf-8"))]


def test_there_are_examples() -> None:
    assert len(blocks()) >= 5


@pytest.mark.parametrize(("path", "command"), blocks(), ids=lambda value: str(value)[-60:])
def test_example_is_current(path: Path, command: str, run: Run) -> None:
    """Each console block is what its command prints; the digest of the data is left aside."""
    text = path.read_text("utf-8")
    shown = next(match["output"] for match in BLOCK.finditer(text) if match["command"] == command)
    printed = run(*shlex.split(command)[1:]).stdout
    if os.environ.get("DUALUSE_UPDATE_GOLDEN"):
        path.write_text(text.replace(shown, printed), encoding="utf-8")
    else:
        assert DIGEST.sub("data …", printed) == DIGEST.sub("data …", shown)


def test_every_command_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    names = cli.list_commands(None)  # type: ignore[arg-type]  # the list does not depend on a context
    assert len(names) > 10
    assert [name for name in names if f"`{name}" not in readme and f"`dualuse {name}" not in readme] == []


def test_files_the_readme_points_to_exist() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", (ROOT / "README.md").read_text("utf-8"))
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []
