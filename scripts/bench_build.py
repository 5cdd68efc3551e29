"""Benchmark the build, its checks and the slowest named queries, beside rdflib, pySHACL and Oxigraph, in one run."""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import statistics
import time
from collections.abc import Callable
from typing import Any

from rich.console import Console
from rich.table import Table

from dualuse.build import build
from dualuse.query import load, names
from dualuse.store import MemoryStore
from dualuse.validate import as_rdflib, check_hygiene, check_shapes, read_shapes, shape_findings

RUNS = 5
SLOWEST = 5
PATIENCE_SECONDS = 60.0


def in_child(work: Callable[..., float], *args: Any) -> tuple[float | None, float]:
    """Run timed work in a process of its own: (seconds or None when it took too long, peak memory in MB)."""
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)

    def body() -> None:
        seconds = work(*args)
        sender.send((seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))

    child = context.Process(target=body)
    child.start()
    if receiver.poll(PATIENCE_SECONDS):
        result: tuple[float, float] = receiver.recv()
        child.join()
        return result
    child.kill()
    child.join()
    return None, 0.0


def clock(work: Callable[[], object], runs: int = RUNS) -> float:
    """Median seconds of several runs."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def time_build() -> float:
    """Seconds of a whole build in memory: read, assemble, derive."""
    return clock(build)


def time_shapes(store: MemoryStore) -> float:
    """Seconds of holding the whole graph against every shape."""
    return clock(lambda: check_shapes(store))


def time_hygiene(store: MemoryStore) -> float:
    """Seconds of the hygiene queries."""
    return clock(lambda: check_hygiene(store))


def time_pyshacl(store: MemoryStore) -> float:
    """Seconds pySHACL takes for the same shapes, the graph already in rdflib."""
    quads = store.store.quads_for_pattern(None, None, None, None)
    data, shapes = as_rdflib(quad.triple for quad in quads), as_rdflib(read_shapes())
    return clock(lambda: shape_findings(data, shapes), runs=1)


def time_oxigraph_load(nquads: bytes) -> float:
    """Seconds native Oxigraph takes to load the finished graph."""
    import pyoxigraph as ox

    return clock(lambda: ox.Store().bulk_load(nquads, format=ox.RdfFormat.N_QUADS))


def time_rdflib_load(nquads: bytes) -> float:
    """Seconds rdflib takes to load the finished graph into its own memory store."""
    from rdflib import Dataset

    return clock(lambda: Dataset().parse(data=nquads, format="nquads"), runs=3)


def time_rdflib_query(nquads: bytes, query: str) -> float:
    """Seconds rdflib's own engine takes to answer a query, the load left out."""
    from rdflib import Dataset

    dataset = Dataset(default_union=True)
    dataset.parse(data=nquads, format="nquads")
    return clock(lambda: list(dataset.query(query)), runs=1)


def build_table(store: MemoryStore, nquads: bytes) -> Table:
    """Time the build, its checks, and the load of what it makes, beside native Oxigraph, rdflib and pySHACL."""
    size = nquads.count(b"\n")
    table = Table(title=f"Build: {size:,} quads", box=None)
    for column in ("what", "seconds", "peak MB", "quads / s", "of rdflib's load", "goal"):
        table.add_column(column, justify="left" if column == "what" else "right")
    peer, peer_peak = in_child(time_rdflib_load, nquads)
    rows = [
        ("rdflib memory store, load of the finished graph", peer, peer_peak, ""),
        ("native Oxigraph, the same load", *in_child(time_oxigraph_load, nquads), ""),
        ("dualuse build (read, assemble, derive)", *in_child(time_build), "≤ 0.4"),
        ("dualuse, all shapes", *in_child(time_shapes, store), "≤ 3 s"),
        ("pySHACL, the same shapes", *in_child(time_pyshacl, store), ""),
        ("dualuse, hygiene queries", *in_child(time_hygiene, store), ""),
    ]
    for what, seconds, peak, goal in rows:
        if seconds is None or peer is None:
            table.add_row(what, f"> {PATIENCE_SECONDS:g}", "", "", "", goal)
        else:
            cells = f"{seconds:.2f}", f"{peak:,.0f}", f"{size / seconds:,.0f}", f"{seconds / peer:.2f}"
            table.add_row(what, *cells, goal)
    return table


def query_table(store: MemoryStore, nquads: bytes, most: int) -> Table:
    """Time every named query, and the slowest beside rdflib's own engine on the same data."""
    times = {name: time_query(store, load(name).text) for name in names()}
    slowest = sorted(times, key=lambda name: -times[name])[:most]
    table = Table(title=f"The {most} slowest of {len(times)} named queries", box=None)
    for column in ("query", "dualuse ms", "rdflib engine ms", "× rdflib"):
        table.add_column(column, justify="left" if column == "query" else "right")
    for name in slowest:
        seconds = times[name]
        peer, _ = in_child(time_rdflib_query, nquads, load(name).text)
        shown = f"> {PATIENCE_SECONDS * 1000:,.0f}" if peer is None else f"{peer * 1000:,.0f}"
        ratio = f"> {PATIENCE_SECONDS / seconds:,.0f}" if peer is None else f"{peer / seconds:,.1f}"
        table.add_row(name, f"{seconds * 1000:.1f}", shown, ratio)
    return table


def time_query(store: MemoryStore, text: str) -> float:
    """Median seconds of a query on the embedded store."""
    return clock(lambda: store.select(text))


def main() -> None:
    """Print the two tables."""
    parser = argparse.ArgumentParser(prog="scripts/bench build", description=__doc__)
    parser.add_argument("--queries", type=int, default=SLOWEST, help="how many of the slowest queries to compare")
    options = parser.parse_args()
    console = Console(width=110)
    store = build().store
    nquads = "".join(store.quads()).encode("utf-8")
    console.print(build_table(store, nquads))
    console.print(query_table(store, nquads, options.queries))


if __name__ == "__main__":
    main()
