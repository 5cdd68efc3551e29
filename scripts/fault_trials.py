"""Break the store on purpose, in every way it may break in use, and count what survives.

Builders run at once, builds are killed at random points, every write, sync and rename fails in turn, the disk is full,
files are damaged. After each trial the store must hold the old graph or the new one, whole, or say in words what is
wrong (only after damage, and where no store was before); and the next build must succeed and leave one build behind.

Most trials build a small graph that shows whether it is whole; a few run ``dualuse build`` on the shipped data.
``--short`` is what the tests run.
"""

from __future__ import annotations

import argparse
import ctypes
import errno
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from fault_processes import Child, End, builder, looker, reader, run

SHIM = Path(__file__).with_name("fault_shim.c")
BUSY = "another build is running"
UNWRITTEN = ("cannot be written", "could not be written", "written, but may not outlast a power cut")


@dataclass
class Tally:
    """What became of the trials of one kind."""

    tried: int = 0
    survived: int = 0
    messages: int = 0
    faults: list[str] = field(default_factory=list)

    def trial(self, ends: Iterable[End], faults: list[str]) -> None:
        """Count one trial: how its processes ended, and what was wrong after it."""
        bad = [f"{end.kind}: {end.said}" for end in ends if end.kind not in ("done", "message", "shot")]
        self.tried += 1
        self.survived += not (bad or faults)
        self.messages += any(end.kind == "message" for end in ends)
        self.faults += bad + faults


def judge(store: Path, allowed: set[str]) -> list[str]:
    """What is wrong with a store after a trial: it must say one of these, and the next build must go well.

    An allowed ``""`` means that no store need be there: a first build that was killed had not switched.
    """
    seen = run(looker(store))
    there = seen.kind == "done" and seen.said in allowed
    none = "" in allowed and ("no store here" in seen.said or "names the build in use, is missing" in seen.said)
    faults = [] if there or none else [f"after it: {seen.kind} {seen.said}"]
    again = run(builder(store, 999))
    after = run(looker(store))
    if (again.kind, after.said) != ("done", "999"):
        faults.append(f"the next build: {again.kind} {again.said}; then {after.said}")
    left = sorted(path.name for path in store.iterdir())
    if len(left) != 3:
        faults.append(f"left behind: {', '.join(left)}")
    return faults


def at_once(folder: Path, rounds: int, chance: random.Random) -> Tally:
    """2, 4 and 8 builders at once, with two readers; every other round they wait for one another."""
    tally = Tally()
    for number in range(rounds):
        store, count, wait = folder / f"at-once-{number}", (2, 4, 8)[number % 3], bool(number % 2)
        before = {"0"} if chance.random() < 0.5 else {""}
        if before == {"0"}:
            run(builder(store, 0))
        readers = [Child(reader(store, time.monotonic() + 0.3)) for _ in range(2)]
        ends = [child.end() for child in [Child(builder(store, n + 1, wait=wait)) for n in range(count)]]
        done = {end.said for end in ends if end.kind == "done"}
        wrong = [end.said for end in ends if end.kind == "message" and (wait or BUSY not in end.said)]
        ends += [child.end() for child in readers]
        tally.trial(ends, wrong + judge(store, done or before))
        shutil.rmtree(store)
    return tally


def kills(folder: Path, rounds: int, chance: random.Random) -> Tally:
    """A build killed at a random point, with a reader."""
    tally, store = Tally(), folder / "kills"
    start = time.monotonic()
    run(builder(store, 999))
    long = 2 * (time.monotonic() - start)
    for number in range(rounds):
        before, first = {"999"}, number % 4 == 0
        if first:
            shutil.rmtree(store)
            before = {""}
        readers = [Child(reader(store, time.monotonic() + long, first=first))]
        child = Child(builder(store, 1))
        time.sleep(chance.random() * long)
        child.kill()
        end = child.end()
        shot = End("shot", "") if end.kind == "killed" else end
        tally.trial([shot, *(reading.end() for reading in readers)], judge(store, {"1", *before}))
    return tally


def compiled(folder: Path) -> Path:
    """The shim, made with the C compiler of this machine."""
    shim = folder / "shim.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", shim, SHIM], check=True)
    return shim


def failing_calls(folder: Path, most: int) -> dict[str, Tally]:
    """Each call that changes the folder fails in turn, alone or with all after it; run in a process under the shim."""
    place = folder / "calls"
    place.mkdir()
    environment = {**os.environ, "LD_PRELOAD": str(compiled(folder)), "GLIBC_TUNABLES": ""}
    command = [sys.executable, __file__, "--under-shim", str(place), str(most)]
    answer = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True, encoding="utf-8")
    return {name: Tally(**tally) for name, tally in json.loads(answer.stdout).items()}


def under_shim(folder: Path, most: int) -> dict[str, Tally]:
    """The trials of :func:`failing_calls`, where the shim is loaded."""
    shim = ctypes.CDLL(None)
    kinds = {
        "n-th call fails, then none": (errno.EIO, False),
        "disk full from n-th call on": (errno.ENOSPC, True),
    }
    tallies = {name: _every_call(shim, folder / str(ever), code, ever, most) for name, (code, ever) in kinds.items()}
    return {"all synced before a switch": _synced(shim, folder / "synced"), **tallies}


def _armed(shim: ctypes.CDLL, store: Path, nth: int, code: int, ever: bool, log: int = -1) -> Callable[[], str]:
    """Work that builds while the shim is armed, and tells how many calls it counted."""

    def work() -> str:
        shim.faults_arm(os.fsencode(store), ctypes.c_long(nth), code, int(ever), log)
        try:
            builder(store, 1)()
            return str(shim.faults_calls())
        finally:
            shim.faults_arm(b"", ctypes.c_long(0), 0, 0, -1)

    return work


def _every_call(shim: ctypes.CDLL, store: Path, code: int, ever: bool, most: int) -> Tally:
    tally = Tally()
    run(builder(store, 0))
    count = int(run(_armed(shim, store, 0, 0, False)).said)
    steps = range(1, count + 1) if count <= most else range(1, count + 1, -(-count // most))
    for nth in steps:
        run(builder(store, 0))
        end = run(_armed(shim, store, nth, code, ever))
        wrong = [end.said] if end.kind == "message" and not any(words in end.said for words in UNWRITTEN) else []
        tally.trial([end], wrong + judge(store, {"1"} if end.kind == "done" else {"0", "1"}))
    return tally


def _synced(shim: ctypes.CDLL, store: Path) -> Tally:
    """Whether a power cut at the switch finds all on the disk: no file or folder was changed and not synced since."""
    tally = Tally()
    run(builder(store, 0))
    log = store.parent / "log"
    with log.open("wb") as stream:
        end = run(_armed(shim, store, 0, 0, False, stream.fileno()))
    dirty: set[str] = set()
    faults: list[str] = ["never switched"]
    for line in log.read_text("utf-8").splitlines():
        what, path = line.split(" ", 1)
        if what == "rename" and path == str(store / "CURRENT"):
            kept = [name for name in dirty if name.startswith(str(store / "build-")) and Path(name).exists()]
            needed = kept + [name for name in dirty if Path(name).parent == store and name.endswith(".part")]
            faults = [f"not on the disk at the switch: {name}" for name in needed]
        if what == "sync":
            dirty.discard(path)
        elif what == "write":
            dirty.add(path)
        else:
            dirty |= {path, str(Path(path).parent)} if what == "make" else {str(Path(path).parent)}
    if str(store) in dirty:
        faults.append("the folder was not synced after the switch")
    tally.trial([end], faults + judge(store, {"1"}))
    return tally


def small_files(folder: Path, rounds: int) -> Tally:
    """No file may grow over a size (``ulimit -f``): the disk is full for RocksDB's larger files."""
    tally, store = Tally(), folder / "small"
    for number in range(rounds):
        run(builder(store, 0))

        def work(size: int = 1 << (number + 2)) -> str:
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
            return builder(store, 1)()

        end = run(work)
        tally.trial([end], judge(store, {"1"} if end.kind == "done" else {"0"}))
    return tally


def _cut(path: Path, chance: random.Random) -> None:
    os.truncate(path, chance.randrange(max(path.stat().st_size, 1)))


def _flip(path: Path, chance: random.Random) -> None:
    content = bytearray(path.read_bytes()) or bytearray(1)
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    path.write_bytes(content)


def _zero(path: Path, chance: random.Random) -> None:
    content = bytearray(path.read_bytes())
    at = chance.randrange(max(len(content), 1))
    content[at : at + 4096] = bytes(len(content[at : at + 4096]))
    path.write_bytes(content)


def _grow(path: Path, chance: random.Random) -> None:
    path.write_bytes(path.read_bytes() + chance.randbytes(100))


def _scribble(path: Path, chance: random.Random) -> None:
    path.write_bytes(chance.choice([b"", b"\n", b"build-00000000\n", chance.randbytes(15), b"../../etc\n"]))


def _remove(path: Path, chance: random.Random) -> None:
    path.unlink()


def corruptions(folder: Path, rounds: int, chance: random.Random) -> Tally:
    """A file of a store missing, cut, longer, with a flipped bit, a zeroed block or other words."""
    tally, whole, store = Tally(), folder / "whole", folder / "corrupt"
    run(builder(whole, 0))
    for _ in range(rounds):
        shutil.copytree(whole, store)
        path = chance.choice(sorted(path for path in store.rglob("*") if path.is_file()))
        harm = chance.choice([_cut, _flip, _flip, _zero, _grow, _remove])
        if path == store / "CURRENT" or chance.random() < 0.1:
            path, harm = store / "CURRENT", chance.choice([_scribble, _remove, harm])
        harm(path, chance)
        seen = run(looker(store))
        wrong = seen.kind == "done" and seen.said != "0"
        unclear = seen.kind == "message" and f"dualuse build --store {store}" not in seen.said
        faults = [f"{harm.__name__} {path.relative_to(store)}: {seen.said}"] if wrong or unclear else []
        again = run(builder(store, 1))
        after = run(looker(store))
        if after.said != "1":
            faults.append(f"{harm.__name__} {path.relative_to(store)}, the next build: {again} {after}")
        tally.trial([seen], faults)
        shutil.rmtree(store)
    return tally


def shipped(folder: Path, rounds: int, chance: random.Random) -> Tally:
    """The command itself on the shipped data: 2, 4 and 8 at once, then kills at random points."""
    tally, store = Tally(), folder / "shipped"
    command = [sys.executable, "-m", "dualuse", "build", "--store", str(store)]
    start = time.monotonic()
    subprocess.run(command, check=True, capture_output=True)
    long = time.monotonic() - start
    quads = open_quads(store)
    for count in (2, 4, 8):
        running = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(count)]
        ends = []
        for process in running:
            said = process.communicate()[1]
            kind = {0: "done", 3: "message"}.get(process.returncode, "traceback")
            ends.append(End("traceback" if "Traceback" in said else kind, said))
        tally.trial(ends, _shipped_faults(store, quads, 3))
    for _ in range(rounds):
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL, text=True)
        time.sleep(chance.random() * long)
        process.kill()
        process.wait()
        tally.trial([], _shipped_faults(store, quads, 4))
    return tally


def open_quads(store: Path) -> str:
    """How many quads a store has, read through the command."""
    command = [sys.executable, "-m", "dualuse", "sparql", "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"]
    return subprocess.run(
        [*command, "--store", str(store), "--format", "csv"], capture_output=True, text=True, check=False
    ).stdout


def _shipped_faults(store: Path, quads: str, most: int) -> list[str]:
    found = open_quads(store)
    faults = [] if found == quads else [f"{found!r} quads, not {quads!r}"]
    left = [path.name for path in store.iterdir()]
    return faults + ([f"left behind: {', '.join(sorted(left))}"] if len(left) > most else [])


def table(tallies: dict[str, Tally]) -> str:
    """Tallies as a table, then what went wrong."""
    lines = [f"{'trial':32}{'tried':>8}{'survived':>10}{'clear message':>15}{'lost or traceback':>19}"]
    for name, tally in tallies.items():
        lost = tally.tried - tally.survived
        lines.append(f"{name:32}{tally.tried:8}{tally.survived:10}{tally.messages:15}{lost:19}")
    faults = Counter((name, fault) for name, tally in tallies.items() for fault in tally.faults)
    lines += [f"\n{name} ({count}×): {fault}" for (name, fault), count in faults.most_common(20)]
    return "\n".join(lines)


def main() -> None:
    """Run every trial and print the table; exit 1 if a store was lost."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--short", action="store_true", help="a few trials of each kind, none on the shipped data")
    parser.add_argument("--seed", type=int, default=1, help="of the random points (default 1)")
    parser.add_argument("--folder", type=Path, help="where to work (default: a temporary folder)")
    parser.add_argument("--under-shim", nargs=2, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.under_shim:
        folder, most = arguments.under_shim
        print(json.dumps({name: asdict(tally) for name, tally in under_shim(Path(folder), int(most)).items()}))
        return
    rounds, few, most = (3, 5, 6) if arguments.short else (100, 200, 1_000_000)
    chance = random.Random(arguments.seed)  # noqa: S311 - not for secrets
    with tempfile.TemporaryDirectory(dir=arguments.folder) as name:
        folder = Path(name)
        tallies = {
            "2, 4, 8 builders at once": at_once(folder, rounds, chance),
            "killed at a random point": kills(folder, rounds, chance),
            **failing_calls(folder, most),
            "no file over a size": small_files(folder, 4 if arguments.short else 16),
            "damaged files": corruptions(folder, few if arguments.short else 200, chance),
        }
        if not arguments.short:
            tallies["dualuse build, shipped data"] = shipped(folder, 10, chance)
    print(table(tallies))
    sys.exit(any(tally.survived < tally.tried for tally in tallies.values()))


if __name__ == "__main__":
    main()
