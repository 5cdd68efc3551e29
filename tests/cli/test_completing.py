"""What a shell offers: commands, options, and keys of the things that a value names."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.shell_completion import ShellComplete

from dualuse.cli import cli
from dualuse.cli.completing import KINDS, Key, QueryName, known
from dualuse.knowledge import Knowledge
from dualuse.query.library import load

SCRIPT = Path(sys.executable).with_name("dualuse")
FREE = {
    *("ADDRESS", "ATTRIBUTE", "DIR", "DIR|URL", "EVENT", "FILE", "FILE|URL", "FOLDER", "HOST", "KEY"),
    *("KEY/BOUND=N", "KIND", "LIST|FILE", "NAME", "NAME=VALUE", "PERIOD", "ROLE=COLUMN", "SPAN", "TIME"),
    *("host", "query"),
}
"""What the help writes for text that is no key."""


def offered(*words: str) -> list[str]:
    """What is offered for the last word."""
    found = ShellComplete(cli, {}, "dualuse", "_DUALUSE_COMPLETE").get_completions(list(words[:-1]), words[-1])
    return [item.value for item in found]


@pytest.fixture(params=["store", "no store", "endpoint", "damaged"])
def place(request: pytest.FixtureRequest, store_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Where the graph is, or is not; whatever is there, a shell is given keys and no message."""
    how = str(request.param)
    places = {"store": str(store_dir), "no store": str(tmp_path / "none"), "endpoint": "http://127.0.0.1:9/query"}
    if how == "damaged":
        (tmp_path / "build-x").mkdir()
        (tmp_path / "CURRENT").write_text("build-x\n")
        (tmp_path / "build-x" / "names-1.json").write_text('place\t[{"a": ')
    monkeypatch.setenv("DUALUSE_STORE", places.get(how, str(tmp_path)))
    return how


def test_keys_of_places_in_capitals_and_by_name(place: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert offered("groups", "NL") == offered("groups", "nl") == ["NL"]
    assert offered("groups", "CH", "switz") == ["CH"]
    assert set(offered("groups", "C")) > {"CH", "CN", "CA"}
    assert offered("check", "--to", "瑞") == (["CH", "SE"] if place == "store" else [])
    assert capfd.readouterr() == ("", "")


def test_keys_of_other_things(place: str) -> None:
    assert place
    assert "us-ai-diffusion-ifr-2025-01" in offered("status", "us-ai-d")
    assert offered("affected", "--by", "us-h20-is-informed-2025-04,us-mi308") == [
        "us-h20-is-informed-2025-04,us-mi308-is-informed-2025-04"
    ]
    assert offered("check", "--item", "h100-s") == ["h100-sxm"]
    assert offered("check", "--item", "4a090") != []
    assert {"nvidia"} <= set(offered("why", "nvi"))
    assert offered("whatif", "--move", "PL:us-a1") == ["PL:us-a1"]
    assert offered("explore", "--about", "h100-s") == ["h100-sxm"]


def test_a_store_that_is_named_is_read(store_dir: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DUALUSE_STORE", str(tmp_path))
    assert offered("groups", "瑞") == []
    assert offered("groups", "--store", str(store_dir), "瑞") == ["CH", "SE"]


def test_commands_options_choices_and_days() -> None:
    assert offered("gro") == ["groups"]
    assert set(cli.list_commands(click.Context(cli))) <= set(offered(""))
    assert offered("structure", "cho") == ["chokepoints"]
    assert "--as-of" in offered("groups", "--a")
    assert offered("status", "--lens", "en") == ["enforced"]
    assert offered("status", "--as-of", "t") == ["today"]
    (name,) = offered("query", "members-of-g")
    assert load(name)


@pytest.mark.parametrize("kind", sorted({kind for kinds in KINDS.values() for kind in kinds}))
def test_what_is_offered_is_a_key(kind: str, store_dir: Path, knowledge: Knowledge) -> None:
    keys = {key for key, _, _ in known(kind, str(store_dir))}
    assert keys
    for key in sorted(keys)[::25]:
        assert knowledge.names.key(kind, key) == key
    shipped = {key for key, _, _ in known(kind, "/none")}
    assert shipped <= keys


def parameters() -> Iterator[tuple[str, click.Parameter]]:
    """Every parameter of every command, with the command's name."""
    waiting: list[tuple[str, click.Command]] = [("", cli)]
    while waiting:
        name, command = waiting.pop()
        if isinstance(command, click.Group):
            context = click.Context(command)
            inner = [(each, command.get_command(context, each)) for each in command.list_commands(context)]
            waiting += [(f"{name} {each}".strip(), found) for each, found in inner if found is not None]
        yield from ((name, parameter) for parameter in command.params)


def test_whatever_text_names_a_thing_is_completed() -> None:
    found = list(parameters())
    plain = {
        str(each.metavar or each.name).strip("[].")
        for _, each in found
        if type(each.type) is click.types.StringParamType and not (isinstance(each, click.Option) and each.is_flag)
    }
    assert plain == FREE, "what names a thing has an entry in completing.KINDS; what names none stands here"
    completed = [each for _, each in found if isinstance(each.type, Key)]
    assert len(completed) > 50
    assert any(isinstance(each.type, QueryName) for _, each in found)


def test_nothing_is_opened_for_it(store_dir: Path) -> None:
    code = """
import sys
from click.shell_completion import ShellComplete
from dualuse.cli import cli
asked = ShellComplete(cli, {}, "dualuse", "_DUALUSE_COMPLETE")
assert asked.get_completions(["check", "--item"], "h100-s")[0].value == "h100-sxm"
assert asked.get_completions([], "gro")[0].value == "groups"
heavy = {"rdflib", "networkx", "pyoxigraph", "pydantic", "jinja2", "yaml", "rich.table", "http.client"}
print(*sorted(heavy & set(sys.modules)))
"""
    environment = {**os.environ, "DUALUSE_STORE": str(store_dir)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, encoding="utf-8")
    assert (done.stdout.strip(), done.stderr) == ("", "")


SHELLS = {
    "bash": (
        'eval "$(_DUALUSE_COMPLETE=bash_source dualuse)"; COMP_WORDS=(dualuse groups N); COMP_CWORD=2; '
        "_dualuse_completion dualuse N groups; printf '%s\\n' \"${COMPREPLY[@]}\"; complete -p dualuse"
    ),
    "fish": '_DUALUSE_COMPLETE=fish_source dualuse | source; complete -C "dualuse groups N"',
    "zsh": (
        'autoload -Uz compinit; compinit -D -u; eval "$(_DUALUSE_COMPLETE=zsh_source dualuse)"; '
        "compadd() { : }; _describe() { print -l ${(P)3} }; "
        "words=(dualuse groups N); CURRENT=3; _dualuse_completion; print ${_comps[dualuse]}"
    ),
}
"""Shell -> what takes the completion as the documents say, and asks for it."""


@pytest.mark.parametrize("shell", SHELLS)
def test_in_a_shell(shell: str, store_dir: Path, tmp_path: Path) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"needs {shell}")
    path = f"{SCRIPT.parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "DUALUSE_STORE": str(store_dir), "HOME": str(tmp_path)}
    done = subprocess.run([shell, "-c", SHELLS[shell]], env=environment, capture_output=True, encoding="utf-8")
    assert done.stderr == ""
    assert any(line.startswith("NL") for line in done.stdout.splitlines()), done.stdout
    assert not any(line.startswith("CH") for line in done.stdout.splitlines())
