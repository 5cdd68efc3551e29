"""However a command ends, it says so in one line and with an exit code, and never with a traceback."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest
from tests.running import Run

from dualuse.cli.ending import REPORT, told
from dualuse.errors import QueryStopped, StoreError
from dualuse.harmless import harmless
from dualuse.knowledge import Knowledge

FULL = Path("/dev/full")
needs_full = pytest.mark.skipif(not FULL.is_char_device(), reason="no /dev/full here")


@pytest.mark.parametrize(
    ("error", "message", "code"),
    [
        (None, "", 0),
        (SystemExit(), "", 0),
        (SystemExit(3), "", 3),
        (SystemExit("no"), "", 1),
        (StoreError("gone"), "gone", 3),
        (QueryStopped("over"), "over", 124),
        (KeyboardInterrupt(), "interrupted", 130),
        (click.Abort(), "interrupted", 130),
        (click.UsageError("no"), "no", 2),
        (BrokenPipeError(), "", 0),
        (OSError(36, "File name too long", "x" * 9), "xxxxxxxxx cannot be read or written: File name too long", 2),
        (OSError(28, "No space left on device"), "standard output cannot be written: No space left on device", 2),
    ],
)
def test_what_is_told(error: BaseException | None, message: str, code: int) -> None:
    assert told(error) == (message, code)


def fail(*_: object, **__: object) -> None:
    raise KeyError("here\x1b[31m\nand there")


def test_what_escapes_says_where_to_report_it(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Knowledge, "groups", fail)
    monkeypatch.setattr("dualuse.questions.groups.groups", fail)
    monkeypatch.setattr(Knowledge, "names", property(fail))
    answer = run("groups", "CH")
    assert (answer.returncode, answer.stdout) == (70, "")
    assert answer.stderr.count("\n") == 1
    assert "KeyError" in answer.stderr
    assert REPORT in answer.stderr
    assert "\x1b" not in answer.stderr


def test_its_place_is_shown_on_demand(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Knowledge, "names", property(fail))
    monkeypatch.setenv("DUALUSE_DEBUG", "1")
    with pytest.raises(KeyError):
        run("groups", "CH")


@needs_full
@pytest.mark.parametrize("arguments", [("groups", "CH"), ("--help",), ("sparql", "ASK {}"), ("query", "--list")])
def test_a_full_disk_below_standard_output(clean: Path, arguments: tuple[str, ...]) -> None:
    with FULL.open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "dualuse", *arguments], stdout=full, stderr=subprocess.PIPE, check=False, timeout=120
        )
    said = done.stderr.decode()
    assert done.returncode == 2
    assert said.endswith("No space left on device\n")
    assert "Traceback" not in said
    assert "Exception ignored" not in said


@needs_full
def test_a_full_disk_below_a_file(run: Run) -> None:
    answer = run("groups", "CH", "-o", FULL)
    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr == "Error: /dev/full cannot be written: No space left on device\n"


def test_a_device_takes_what_it_is_given(run: Run) -> None:
    answer = run("groups", "CH", "--as-of", "2025-01-13", "-o", os.devnull)
    assert answer.returncode == 0, answer.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("groups", "CH", "-o", "x" * 300),
        ("sparql", "x" * 300 + ".rq"),
        ("sparql", "--file", "x" * 300),
        ("groups", "CH", "--store", "x" * 300),
        ("build", "--store", "x" * 300),
        ("build", "--data", "x" * 300),
        ("news", "x" * 300),
        ("verify", "x" * 300),
        ("owned", "--edges", "x" * 300),
        ("check", "--batch", "x" * 300),
        ("load", "claims", "x" * 300, "--into", "claims"),
        ("load", "dna", "x" * 300, "-o", "review.yml"),
        ("load", "statements", "x" * 300, "--into", "statements"),
        ("explore", "-o", "x" * 300),
        ("export", "--format", "csv", "-o", "x" * 300),
        ("groups", "CH", "--html", "x" * 300),
    ],
)
def test_a_name_that_is_too_long(run: Run, arguments: tuple[str, ...]) -> None:
    answer = run(*arguments)
    assert answer.returncode in (2, 3), answer.stderr
    assert answer.stderr
    assert "Traceback" not in answer.stderr


def test_the_longest_name_there_can_be(run: Run, clean: Path) -> None:
    assert run("groups", "CH", "--as-of", "2025-01-13", "-o", "x" * 255).returncode == 0
    assert len(list(clean.iterdir())) == 1


@pytest.mark.parametrize("hidden", ["\x1b[2J", "\x07", "\r", "\x9b31m", "\u202e", "\u2066", "\u2028", "\x00"])
def test_what_is_shown_is_harmless(hidden: str) -> None:
    assert harmless(f"a{hidden[0]}b\nc") == "a�b\nc"


@pytest.mark.parametrize("text", ["plain", "輝達（NVIDIA）", "two\nlines", "é ü 한국어 עברית"])
def test_what_is_harmless_stays(text: str) -> None:
    assert harmless(text) == text


@pytest.mark.parametrize("place", ["ftp://example.org/x", "file:///tmp/x"])
def test_a_store_is_a_folder_or_on_the_web(run: Run, place: str) -> None:
    answer = run("groups", "CH", "--store", place)
    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr == f"Error: store {place!r}: a folder or an address of http or https is needed\n"


def test_an_address_may_shout(run: Run) -> None:
    answer = run("groups", "CH", "--store", "HTTP://127.0.0.1:9/query")
    assert (answer.returncode, answer.stdout) == (3, "")
    assert "127.0.0.1:9" in answer.stderr


CLOSED = {
    "stdout": ("1>&-", 2, "Error: standard output cannot be written: Bad file descriptor\n"),
    "stderr": ("2>&-", 0, ""),
    "both": (">&- 2>&-", 2, ""),
    "stdin": ("<&-", 0, ""),
    "all": ("<&- >&- 2>&-", 2, ""),
}


@pytest.mark.skipif(os.name == "nt", reason="needs a POSIX shell")
@pytest.mark.parametrize("command", [("groups", "CH"), ("sparql", "SELECT * { ?s ?p ?o } LIMIT 9"), ("--help",)])
@pytest.mark.parametrize("how", CLOSED)
def test_a_standard_stream_that_is_closed(clean: Path, how: str, command: tuple[str, ...]) -> None:
    closing, code, said = CLOSED[how]
    line = f"{shlex.join([sys.executable, '-m', 'dualuse', *command])} {closing}"
    done = subprocess.run(["/bin/sh", "-c", line], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == code
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr
    if code or closing == "2>&-":
        assert done.stderr == said


@pytest.mark.skipif(os.name == "nt", reason="needs a POSIX shell")
@pytest.mark.parametrize("query", ["", " -"])
def test_a_query_from_standard_input_that_is_closed(clean: Path, query: str) -> None:
    line = f"{shlex.quote(sys.executable)} -m dualuse sparql{query} <&-"
    done = subprocess.run(["/bin/sh", "-c", line], capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "Error: standard input cannot be read as text: Bad file descriptor\n"


def test_a_file_is_written_where_standard_output_is_closed(clean: Path) -> None:
    line = f"{shlex.quote(sys.executable)} -m dualuse groups CH --as-of 2025-01-13 -o card.txt >&- 2>&-"
    assert subprocess.run(["/bin/sh", "-c", line], check=False).returncode == 0
    assert "Switzerland" in (clean / "card.txt").read_text("utf-8")
    assert "Wrote" not in (clean / "card.txt").read_text("utf-8")


@pytest.mark.skipif(not Path("/dev/zero").is_char_device(), reason="no /dev/zero here")
@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("check", "--batch", "/dev/zero"), "has a line of more than 1,000,000 characters"),
        (("sparql", "--file", "/dev/zero"), "longer than 2,000,000 bytes"),
        (("verify", "/dev/zero"), "longer than 5,000,000 bytes"),
        (("news", "/dev/zero"), ""),
        (("news", "text.txt", "--gold", "/dev/zero"), ""),
        (("owned", "--edges", "/dev/zero"), ""),
        (("load", "claims", "/dev/zero", "--into", "claims"), ""),
        (("load", "dna", "/dev/zero", "-o", "review.yml"), "no plain file"),
        (("load", "statements", "/dev/zero", "--into", "statements"), ""),
    ],
)
def test_a_file_without_end(run: Run, clean: Path, command: tuple[str, ...], said: str) -> None:
    (clean / "text.txt").write_text("NVIDIA", "utf-8")
    answer = run(*command)
    assert (answer.returncode, answer.stdout) == (2, "")
    assert "/dev/zero" in answer.stderr
    assert said in answer.stderr
