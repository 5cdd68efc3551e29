"""One run of a command, or of what it reads files with, on files laid out in a folder of its own."""

from __future__ import annotations

import contextlib
import json
import os
import re
import resource
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from dualuse.errors import DualuseError

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "tests" / "fuzz" / "kept"
PATIENCE_SECONDS = 10
"""Processor time that a run may take, which a busy machine does not lengthen much."""
IDLE_SECONDS = 60
"""Time that a run may take, whatever it waits for."""
CODES = {0, 1, 2, 3, 124}
"""How a command may end, whatever it is given."""
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

Files = dict[str, bytes]


@dataclass(frozen=True)
class Target:
    """A command that reads files.

    Args:
        name: What the report calls it.
        command: Its arguments, run in a folder that holds its files; ``STORE`` stands for the store.
        seeds: Real files by name; a file whose name comes several times is spoilt from any of them.
        whole: Files that must be as they were, unless the command ended well.
        one: Whether a run takes only one of the files.
        ends: How the command ends on files that are not spoilt.
        reader: What reads the files, in this process, in the place of a command: many more runs, and no signals.
    """

    name: str
    command: tuple[str, ...]
    seeds: tuple[tuple[str, bytes], ...]
    whole: tuple[str, ...] = ()
    one: bool = False
    ends: int = 0
    reader: Callable[[Path], object] | None = None


@dataclass(frozen=True)
class Outcome:
    """How a run ended, and what is wrong with that; blank where nothing is."""

    code: int
    wrong: str = ""
    said: str = ""


class _Child:
    """Ends the process that was forked, however its block ends."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if isinstance(error, SystemExit):
            code = error.code if isinstance(error.code, int) else 1
        else:
            code = 0 if error is None else 99
            traceback.print_exc()
        with contextlib.suppress(OSError, ValueError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


def run(command: Sequence[str], files: Files, store: Path, folder: Path, whole: Sequence[str] = ()) -> Outcome:
    """Run a command in a folder that holds some files, in a process of its own."""
    lay_out(folder, files)
    said = folder.with_suffix(".said")
    before = {name: files[name] for name in whole if name in files}
    words = [str(store) if word == "STORE" else word for word in command]
    child = os.fork()
    if child == 0:
        with _Child():
            resource.setrlimit(resource.RLIMIT_CPU, (PATIENCE_SECONDS, 2 * PATIENCE_SECONDS))
            _become(words, folder, said)
    code = _wait(child, patience())
    text = said.read_bytes().decode("utf-8", "replace")
    return Outcome(code, _wrong(code, text, folder, before), text[-1500:])


def once(target: Target, files: Files, store: Path, folder: Path) -> Outcome:
    """Run a target once."""
    if target.reader is None:
        return run(target.command, files, store, folder, target.whole)
    lay_out(folder, files)
    with _InTime() as ended:
        target.reader(folder / next(iter(files)))
    return Outcome(2 if ended.wrong else 0, "" if ended.wrong == "refused" else ended.wrong, ended.said)


class _InTime:
    """Says how its block ended: well, refused in words, in a traceback, or not within the time."""

    wrong = ""
    said = ""

    def __enter__(self) -> _InTime:
        signal.signal(signal.SIGPROF, self._late)
        signal.setitimer(signal.ITIMER_PROF, PATIENCE_SECONDS)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> bool:
        signal.setitimer(signal.ITIMER_PROF, 0)
        if isinstance(error, KeyboardInterrupt):
            return False
        if error is not None:
            late = isinstance(error, TimeoutError)
            self.wrong = "hang" if late else "refused" if isinstance(error, DualuseError) else "traceback"
            self.said = "".join(traceback.format_exception(error))[-1500:]
        return True

    def _late(self, *_: object) -> None:
        raise TimeoutError


def patience() -> float:
    """Seconds that a run may take now, waiting and all."""
    return IDLE_SECONDS * (1 + os.getloadavg()[0] / (os.cpu_count() or 1))


def lay_out(folder: Path, files: Files) -> None:
    """Put files into a folder that holds nothing else; ``data/`` is the shipped data but for the files given."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    if any(name.startswith("data/") for name in files):
        shutil.copytree(ROOT / "data", folder / "data", copy_function=os.symlink)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        path.write_bytes(content)


def _become(words: list[str], folder: Path, said: Path) -> None:
    """Be the command: its folder, its streams, its arguments."""
    from dualuse.cli import main

    os.chdir(folder)
    os.environ.pop("DUALUSE_STORE", None)
    place = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    out = os.open("stdout", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(out, 1)
    os.dup2(place, 2)
    sys.stdin, sys.stdout, sys.stderr = (os.fdopen(number, mode) for number, mode in ((0, "r"), (1, "w"), (2, "w")))
    sys.argv = ["dualuse", *words]
    main()


def _wait(child: int, seconds: float) -> int:
    """Exit code of a process; a negative one is a signal, 999: it took too long."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.005)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return 999


def _wrong(code: int, said: str, folder: Path, before: Files) -> str:
    """What is wrong with how a command ended."""
    if code in (999, -signal.SIGXCPU):
        return "hang"
    if code < 0:
        return f"signal {signal.Signals(-code).name}"
    if "Traceback" in said or code not in CODES:
        return "traceback"
    if _STEERING.search(said):
        return "escape sequence"
    if list(folder.rglob("*.part")) or (
        code and any((folder / name).read_bytes() != content for name, content in before.items())
    ):
        return "half-written file"
    for path in (*folder.glob("*.json"), folder / "stdout"):
        text = path.read_bytes()[:20_000_000] if path.exists() else b""
        if code == 0 and text.startswith(b"{") and not _is_json(text):
            return "not JSON"
    return ""


def _is_json(text: bytes) -> bool:
    def refuse(name: str) -> float:
        raise ValueError(name)

    try:
        json.loads(text, parse_constant=refuse)
    except ValueError:
        return False
    return True
