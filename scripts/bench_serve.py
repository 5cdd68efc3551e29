"""Benchmark the server: the named queries over many connections, quiet and beside a runaway a second, with peers.

Beside it in the same run: Oxigraph's own server over the same quads, and rdflib-endpoint. Each server is asked alone:
first for a while quiet, then for as long with a query without end asked each second besides, which is not counted.
An answer counts as right if it is 200 and as long as the first answer to that query. Before that, ours and Oxigraph's
are asked each query in turns, one at a time, and rdflib-endpoint one after another for a while, since over many
connections it answers next to none. No server answers from a cache of results. All on this machine.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pyoxigraph as ox
from benching import show
from serve_client import Told, alone, in_order, load, sizes_of

from dualuse.build import build, save
from dualuse.query.library import load as named
from dualuse.query.library import names
from dualuse.store import open_store

OURS, OXIGRAPH, RDFLIB = "dualuse serve", "oxigraph serve-read-only", "rdflib-endpoint"
SMALL = 0.02
"""Seconds up to which a query is small, by the time that Oxigraph's server takes."""
_GOALS = {"rate": 20.0, "neighbours": 2.0, "large": 1.5, "small": 0.003}


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def serving(command: Sequence[str | Path], base: str, log: Path) -> Iterator[None]:
    """A server while it is asked.

    Raises:
        SystemExit: it does not start.
    """
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out)
    try:
        until = time.monotonic() + 300
        while not _answers(base):
            if process.poll() is not None or time.monotonic() > until:
                raise SystemExit(f"{command[0]} did not start:\n{log.read_text('utf-8', errors='replace')[-2000:]}")
            time.sleep(0.2)
        time.sleep(1)
        yield
    finally:
        process.terminate()
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:  # it is at a runaway
            process.kill()
            process.wait()


def _answers(base: str) -> bool:
    try:
        urlopen(base, timeout=5).close()  # noqa: S310 - http, on this machine
    except HTTPError as error:
        error.close()
    except OSError:
        return False
    return True


def commands(store: str, folder: Path) -> dict[str, tuple[list[str | Path], str]]:
    """Command and endpoint of each server; what they read is written to a folder."""
    quads = folder / "quads.nq"
    quads.write_text("".join(open_store(store).quads()), "utf-8")
    filled = ox.Store(str(folder / "oxigraph"))
    filled.bulk_load(path=quads, format=ox.RdfFormat.N_QUADS)
    filled.flush()
    filled.optimize()
    del filled
    ports = [free_port() for _ in range(3)]
    program = Path(sys.executable).with_name("oxigraph")
    place: list[str | Path] = ["--location", folder / "oxigraph", "--bind", f"127.0.0.1:{ports[1]}"]
    return {
        OURS: (
            [sys.executable, "-m", "dualuse", "serve", "--store", store, "--port", str(ports[0])],
            f"http://127.0.0.1:{ports[0]}/sparql",
        ),
        OXIGRAPH: (
            [program, "serve-read-only", *place, "--union-default-graph", "--timeout-s", "30"],
            f"http://127.0.0.1:{ports[1]}/query",
        ),
        RDFLIB: (
            [sys.executable, Path(__file__).with_name("serve_peer.py"), str(ports[2]), quads],
            f"http://127.0.0.1:{ports[2]}/sparql",
        ),
    }


def under_load(
    servers: Mapping[str, tuple[list[str | Path], str]],
    queries: Mapping[str, str],
    options: argparse.Namespace,
    folder: Path,
) -> dict[str, tuple[Told, Told]]:
    """What came of asking each server over many connections, quiet and beside runaways."""
    found = {}
    for name, (command, address) in servers.items():
        with serving(command, address, folder / "log"):
            # rdflib takes minutes for some: nobody waits for them first
            sizes = {} if name == RDFLIB else asyncio.run(sizes_of(address, queries))
            quiet, beside = (
                asyncio.run(load(address, queries, sizes, options.connections, options.seconds, runaways))
                for runaways in (False, True)
            )
        found[name] = quiet, beside
    return found


def by_rdflib(
    server: tuple[list[str | Path], str],
    queries: Mapping[str, str],
    times: Mapping[str, list[list[float]]],
    options: argparse.Namespace,
    folder: Path,
) -> dict[str, float]:
    """Seconds of the queries that rdflib-endpoint answers in a while to one client, the quickest of ours first."""
    command, address = server
    order = sorted(queries, key=lambda name: statistics.median(times[name][0]))
    with serving(command, address, folder / "log"):
        return asyncio.run(in_order(address, queries, order, options.seconds))


def rows_of(found: Mapping[str, tuple[Told, Told]]) -> Iterator[tuple[str, ...]]:
    """A row a server and state: rate, median, 99th percentile, failed answers."""
    for name, states in found.items():
        for state, told in zip(("quiet", "a runaway a second"), states, strict=True):
            times = (f"{1000 * told.percentile(share):,.0f}" for share in (0.5, 0.99))
            yield name, state, f"{len(told.seconds):,}", f"{told.rate:.2f}", *times, f"{len(told.failed):,}"


def verdicts(
    found: Mapping[str, tuple[Told, Told]], times: Mapping[str, list[list[float]]], rdflib: Mapping[str, float]
) -> Iterator[str]:
    """Each goal, and whether it is reached."""
    quiet, beside = found[OURS]
    if rdflib:
        rate = sum(rdflib.values()) / sum(statistics.median(times[name][0]) for name in rdflib)
        what = (
            f"× the rate of rdflib-endpoint over the {len(rdflib)} queries that it answered to one client in the time"
        )
        yield _verdict(what, rate, _GOALS["rate"], least=True)
    ratio = beside.percentile(0.99) / quiet.percentile(0.99)
    yield _verdict("× the quiet p99 for neighbours of runaways", ratio, _GOALS["neighbours"])
    yield _verdict("failed answers", len(quiet.failed) + len(beside.failed), 0)
    medians = {name: [statistics.median(each) for each in both] for name, both in times.items()}
    large = {name: ours / theirs for name, (ours, theirs) in medians.items() if theirs > SMALL}
    small = {name: ours - theirs for name, (ours, theirs) in medians.items() if theirs <= SMALL}
    sums = [sum(both[at] for both in medians.values()) for at in (0, 1)]
    yield f"{len(medians)} queries one after another, one client: ours {sums[0]:.1f} s, Oxigraph's {sums[1]:.1f} s"
    total = [sum(both[at] for both in medians.values() if both[1] > SMALL) for at in (0, 1)]
    yield _verdict(
        f"× Oxigraph's time over {len(large)} queries of more than 20 ms", total[0] / total[1], _GOALS["large"]
    )
    worst = max(large, key=large.__getitem__)
    yield _verdict(f"  the worst of them, {worst}", large[worst], _GOALS["large"])
    middle = statistics.median(small.values())
    yield _verdict(f"ms added to {len(small)} small ones, median", 1000 * middle, 1000 * _GOALS["small"])
    worst = max(small, key=small.__getitem__)
    yield _verdict(f"  the worst of them, {worst}", 1000 * small[worst], 1000 * _GOALS["small"])
    for name, states in found.items():
        for told in states:
            for why in sorted(set(told.failed))[:3]:
                yield f"failed at {name}: {why}"


def _verdict(what: str, number: float, goal: float, *, least: bool = False) -> str:
    reached = number >= goal if least else number <= goal
    return f"{number:,.2f} {what} (goal: {'≥' if least else '≤'} {goal:g}): {'reached' if reached else 'missed'}"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="scripts/bench serve", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=60, help="of asking, twice a server (default: 60)")
    parser.add_argument("--connections", type=int, default=64, help="at once (default: 64)")
    parser.add_argument("--rounds", type=int, default=5, help="of each query in turns (default: 5)")
    parser.add_argument("--store", help="a store made by dualuse build (default: the shipped data, built for the run)")
    parser.add_argument("--without", action="append", default=[], choices=[OXIGRAPH, RDFLIB], help="leave a peer out")
    options = parser.parse_args()
    queries = {name: named(name).text for name in names()}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        if options.store is None:
            save(build(), str(folder / "store"))
        servers = commands(options.store or str(folder / "store"), folder)
        (ours, at), (theirs, there) = servers[OURS], servers[OXIGRAPH]
        with serving(ours, at, folder / "log"), serving(theirs, there, folder / "log.peer"):
            times = asyncio.run(alone((at, there), queries, options.rounds))
        asked = {name: each for name, each in servers.items() if name not in options.without}
        rdflib = by_rdflib(servers[RDFLIB], queries, times, options, folder) if RDFLIB in asked else {}
        found = under_load(asked, queries, options, folder)
    columns = ("server", "", "answers", "a second", "median ms", "p99 ms", "failed")
    how = f"{options.connections} connections, {options.seconds:g} s, {os.cpu_count()} cores"
    show(
        f"{len(queries)} named queries, {how}",
        columns,
        rows_of(found),
        *verdicts(found, times, rdflib),
        left=("server", ""),
    )


if __name__ == "__main__":
    main()
