"""Commands as processes: what they load, and what they write to terminals and pipes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.running import Run

SCRIPT = Path(sys.executable).with_name("dualuse")
DAY = ("--as-of", "2025-06-01")


COLOUR = re.compile(r"\x1b\[(?:\d+;)*(?:3|4|9|10)\d[;m]")


def on_a_terminal(*arguments: str, **environment: str) -> str:
    """What a command writes to a terminal."""
    ours, theirs = os.openpty()
    try:
        with subprocess.Popen(
            [SCRIPT, *arguments], stdout=theirs, stderr=subprocess.DEVNULL, env={**os.environ, **environment}
        ) as process:
            os.close(theirs)
            said = b""
            try:
                while part := os.read(ours, 65536):
                    said += part
            except OSError:  # Linux says so when the other end is closed
                pass
        assert process.returncode == 0
    finally:
        os.close(ours)
    return said.decode("utf-8")


def test_styles_on_a_terminal_only(run: Run, clean: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    card = ("groups", "CH", "TW", *DAY)
    assert "\x1b[" in on_a_terminal(*card, TERM="xterm-256color")
    assert not COLOUR.search(on_a_terminal(*card, TERM="xterm-256color", NO_COLOR="1", FORCE_COLOR="1"))
    assert "\x1b[1m" not in on_a_terminal(*card, TERM="dumb")
    for name in ("NO_COLOR", "FORCE_COLOR"):  # the first wins; see tests/cli/test_screen.py
        monkeypatch.setenv(name, "1")
        assert "\x1b" not in run(*card).stdout
        assert run(*card, "-o", f"{name}.txt").returncode == 0
        assert "\x1b" not in (clean / f"{name}.txt").read_text("utf-8")


HEAVY = ("rdflib", "networkx", "pyvis", "pyoxigraph", "oxrdflib", "pyshacl", "pydantic", "IPython", "jinja2", "yaml")


def loaded(code: str) -> set[str]:
    """Heavy modules that are loaded after a piece of code."""
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys\nsys.stderr.write(' '.join(sys.modules))"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return set(HEAVY) & set(done.stderr.split())


def test_importing_loads_nothing_heavy() -> None:
    assert loaded("import dualuse, dualuse.errors, dualuse.cli") == set()
    assert loaded("from dualuse import questions; [questions.find(name) for name in questions.names()]") == set()
    assert loaded("import rdflib") == {"rdflib"}


@pytest.mark.parametrize("arguments", ["--help", "--version", "groups --help"])
def test_help_loads_nothing_heavy(arguments: str) -> None:
    code = f"""
import sys
from dualuse.cli import main
sys.argv = ["dualuse", *{arguments.split()!r}]
try:
    main()
except SystemExit as leaving:
    assert not leaving.code"""
    assert loaded(code) == set()


@pytest.mark.parametrize("form", ["csv", "table"])
def test_reader_of_the_pipe_goes_away(clean: Path, form: str) -> None:
    query = "SELECT * WHERE { ?s ?p ?o } LIMIT 1500"
    with subprocess.Popen(
        [SCRIPT, "sparql", query, "--format", form],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline()
        process.stdout.close()
        said = process.stderr.read()
    assert process.returncode in (0, 1)
    assert "Traceback" not in said
    assert "Exception" not in said
    assert "BrokenPipe" not in said


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_narrow_terminal_encodings(clean: Path, encoding: str) -> None:
    done = subprocess.run(
        [SCRIPT, "groups", "TW", *DAY],
        env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, b"Traceback" in done.stderr) == (0, False)
    assert b"TW" in done.stdout
