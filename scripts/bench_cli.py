"""Benchmark the command line: wall time of whole commands as a ratio to ``python -c "import rdflib"``, in one run.

Every command is a process of its own on one prepared store and one fixed day, and all of them take turns, so that a
busy moment of the machine falls on all alike. Peers: what rdflib takes merely to be imported, and
``sqlite-utils --version`` if it is installed; ``--sqlite-utils`` names the program if it is not on the PATH.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benching import show

from dualuse.build import build, save

RUNS = 11
RULE = "us-ai-diffusion-ifr-2025-01"
DAY = ("--as-of", "2025-05-15")
PEER = "python -c 'import rdflib'"
OTHER = "sqlite-utils --version"
NOT_INSTALLED = (
    "sqlite-utils is not installed. To see it beside: pip install sqlite-utils into an environment of",
    "its own, not into the project's, and name its program with --sqlite-utils.",
)
COMMANDS: dict[str, tuple[float, tuple[str, ...]]] = {
    "--help": (1, ("--help",)),
    "groups CH": (2, ("groups", "CH", *DAY)),
    "status": (2, ("status", RULE, *DAY)),
    "check": (2, ("check", "--item", "h100-sxm", "--quantity", "2000", "--to", "CH", *DAY)),
    "said": (2, ("said", "--about", RULE, *DAY)),
    "query": (2, ("query", "members-of-group", "-p", "group=us-d5", "-p", "asOf=2025-05-15")),
    "affected": (5, ("affected", "--by", "us-h20-is-informed-2025-04", *DAY)),
    "affected, all of January": (10, ("affected", "--by", RULE, *DAY)),
    "connected": (5, ("connected", "--by", RULE, *DAY)),
    "why": (5, ("why", "nvidia", RULE, *DAY)),
    "exposure": (5, ("exposure", "--by", RULE, *DAY)),
}
"""What is run: its goal as a ratio to the import of rdflib, and its arguments."""


def seconds(arguments: Sequence[str], environment: dict[str, str]) -> float:
    """Wall time of one process, its output thrown away.

    Raises:
        SystemExit: it failed; the message holds what it said.
    """
    start = time.perf_counter()
    done = subprocess.run(arguments, env=environment, capture_output=True)
    taken = time.perf_counter() - start
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(arguments)} ended with {done.returncode}:\n{done.stderr.decode()}")
    return taken


def in_turns(processes: dict[str, Sequence[str]], environment: dict[str, str], runs: int) -> dict[str, list[float]]:
    """Seconds of each of several processes that take turns; a first round, not counted, warms the caches."""
    times: dict[str, list[float]] = {name: [] for name in processes}
    for turn in range(runs + 1):
        for name, arguments in processes.items():
            taken = seconds(arguments, environment)
            if turn:
                times[name].append(taken)
    return times


def processes(sqlite_utils: str | None) -> dict[str, Sequence[str]]:
    """What to run, by name: the peers first."""
    found: dict[str, Sequence[str]] = {PEER: (sys.executable, "-c", "import rdflib")}
    if sqlite_utils is not None:
        found[OTHER] = (sqlite_utils, "--version")
    program = (sys.executable, "-c", "from dualuse.cli import main; main()")
    return found | {name: (*program, *arguments) for name, (_, arguments) in COMMANDS.items()}


def rows_of(times: dict[str, list[float]]) -> Iterator[tuple[str, ...]]:
    """Each command beside the import of rdflib, by least and by median, and whether its median reaches its goal."""
    for name, found in times.items():
        least, median = min(found), statistics.median(found)
        at_best, ratio = least / min(times[PEER]), median / statistics.median(times[PEER])
        goal = COMMANDS[name][0] if name in COMMANDS else None
        reached = "" if goal is None else "reached" if ratio <= goal else "missed"
        bound = "" if goal is None else f"≤ {goal:g}"
        yield name, f"{least * 1000:.0f}", f"{at_best:.2f}", f"{median * 1000:.0f}", f"{ratio:.2f}", bound, reached


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="scripts/bench cli", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=RUNS, help=f"runs of each command (default: {RUNS})")
    parser.add_argument("--store", help="a store made by dualuse build (default: the shipped data, built for the run)")
    parser.add_argument("--sqlite-utils", default=shutil.which("sqlite-utils"), help="the program sqlite-utils")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if options.store is None:
            save(build(), str(Path(folder, "store")))
        usual = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environment = {**usual, "DUALUSE_STORE": options.store or str(Path(folder, "store"))}
        times = in_turns(processes(options.sqlite_utils), environment, options.runs)
    notes = () if options.sqlite_utils else NOT_INSTALLED
    columns = ("command", "least ms", "× rdflib", "median ms", "× rdflib", "goal", "")
    show("Command line, one store, one day", columns, rows_of(times), *notes, left=("command", ""))


if __name__ == "__main__":
    main()
