"""What is written of the server is so: its options, its container."""

from __future__ import annotations

import json
import re
from importlib.metadata import requires
from pathlib import Path

import click
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from dualuse.cli import cli

ROOT = Path(__file__).resolve().parents[2]


def options() -> dict[str, object]:
    command = cli.get_command(click.Context(cli), "serve")
    assert command is not None
    return {each.opts[-1]: each.default for each in command.params if isinstance(each, click.Option)}


def test_every_option_is_on_the_page_with_its_default() -> None:
    page = (ROOT / "docs" / "serving.md").read_text("utf-8")
    rows = {match[1]: match[2] for match in re.finditer(r"^\| `(--[\w-]+) [^`]+` \| (.+?) \|", page, re.MULTILINE)}
    assert rows.keys() == options().keys()
    for name, default in options().items():
        if isinstance(default, int | str) and not isinstance(default, bool):
            assert rows[name].strip("`").replace(",", "") == str(default), name


def test_the_container_runs_as_nobody_and_with_options_that_are_there() -> None:
    lines = (ROOT / "Containerfile").read_text("utf-8").splitlines()
    assert [line for line in lines if line.startswith("FROM")] == [
        "FROM python:3.13-slim AS made",
        "FROM python:3.13-slim",
    ]
    user = next(line.split()[1] for line in lines if line.startswith("USER"))
    assert all(int(part) > 0 for part in user.split(":"))
    started = json.loads(next(line for line in lines if line.startswith("ENTRYPOINT")).partition(" ")[2])
    assert started[1] == "serve"
    assert {word for word in started if word.startswith("--")} <= options().keys()
    copied = [
        word for line in lines if line.startswith("COPY ") and "--from" not in line for word in line.split()[1:-1]
    ]
    assert [name for name in copied if not (ROOT / name).exists()] == []


def pinned(name: str) -> set[str]:
    return set(re.findall(r"^([\w.-]+)==", (ROOT / name).read_text("utf-8"), re.MULTILINE))


def needed(name: str, extra: str = "") -> set[str]:
    """What an installed package needs here, and what that needs, itself left out."""
    wanted = [Requirement(each) for each in requires(name) or ()]
    now = {canonicalize_name(each.name) for each in wanted if not each.marker or each.marker.evaluate({"extra": extra})}
    return now.union(*(needed(each) for each in now))


def test_the_container_takes_what_the_server_needs_and_no_more() -> None:
    found = re.search(r"for name in ([\w\s-]+);", (ROOT / "Containerfile").read_text("utf-8"))
    assert found is not None
    named = set(found[1].split())
    assert named == needed("dualuse", "serve") - pinned("constraints.txt")
    assert named <= pinned("constraints-dev.txt")
