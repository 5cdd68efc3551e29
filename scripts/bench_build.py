"""Benchmark the build, its checks and the slowest named queries, beside rdflib, pySHACL and Oxigraph, in one run."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import ParamSpec

from benching import in_child, median_seconds, show, slowness

from dualuse.build import build
from dualuse.query.library import load, names
from dualuse.store import MemoryStore
from dualuse.validate import as_rdflib, check_hygiene, check_shapes, read_shapes, shape_findings

RUNS = 5
SLOWEST = 5
PATIENCE_SECONDS = round(60 * slowness())
P = ParamSpec("P")


def timed(work: Callable[P, float], *args: P.args, **options: P.kwargs) -> tuple[float | None, float]:
    """Run timed work in a process of its own: (seconds or None when it took too long, peak memory in MB)."""
    try:
        return in_child(PATIENCE_SECONDS, work, *args, **options)
    except TimeoutError:
        return None, 0.0


def time_build() -> float:
    """Seconds of a whole build in memory: read, assemble, derive."""
    return median_seconds(build, RUNS)


def time_shapes(store: MemoryStore) -> float:
    """Seconds of holding the whole graph against every shape."""
    return median_seconds(lambda: check_shapes(store), RUNS)


def time_hygiene(store: MemoryStore) -> float:
    """Seconds of the hygiene queries."""
    return median_seconds(lambda: check_hygiene(store), RUNS)


def time_pyshacl(store: MemoryStore) -> float:
    """Seconds pySHACL takes for the same shapes, the graph already in rdflib."""
    quads = store.store.quads_for_pattern(None, None, None, None)
    data, shapes = as_rdflib(quad.triple for quad in quads), as_rdflib(read_shapes())
    return median_seconds(lambda: shape_findings(data, shapes), 1)


def time_oxigraph_load(nquads: bytes) -> float:
    """Seconds native Oxigraph takes to load the finished graph."""
    import pyoxigraph as ox

    return median_seconds(lambda: ox.Store().bulk_load(nquads, format=ox.RdfFormat.N_QUADS), RUNS)


def time_rdflib_load(nquads: bytes) -> float:
    """Seconds rdflib takes to load the finished graph into its own memory store."""
    from rdflib import Dataset

    return median_seconds(lambda: Dataset().parse(data=nquads, format="nquads"), 3)


def time_rdflib_query(nquads: bytes, query: str) -> float:
    """Seconds rdflib's own engine takes to answer a query, the load left out."""
    from rdflib import Dataset

    dataset = Dataset(default_union=True)
    dataset.parse(data=nquads, format="nquads")
    return median_seconds(lambda: list(dataset.query(query)), 1)


def show_build(store: MemoryStore, nquads: bytes) -> None:
    """Time the build, its checks, and the load of what it makes, beside native Oxigraph, rdflib and pySHACL."""
    size = nquads.count(b"\n")
    runs = [
        ("rdflib memory store, load of the finished graph", timed(time_rdflib_load, nquads), ""),
        ("native Oxigraph, the same load", timed(time_oxigraph_load, nquads), ""),
        ("dualuse build (read, assemble, derive)", timed(time_build), "≤ 0.4"),
        ("dualuse, all shapes", timed(time_shapes, store), "≤ 3 s"),
        ("pySHACL, the same shapes", timed(time_pyshacl, store), ""),
        ("dualuse, hygiene queries", timed(time_hygiene, store), ""),
    ]
    (_, (peer, _), _), *_ = runs
    rows = []
    for what, (seconds, peak), goal in runs:
        if seconds is None or peer is None:
            rows.append((what, f"> {PATIENCE_SECONDS:g}", "", "", "", goal))
        else:
            cells = f"{seconds:.2f}", f"{peak:,.0f}", f"{size / seconds:,.0f}", f"{seconds / peer:.2f}"
            rows.append((what, *cells, goal))
    show(f"Build: {size:,} quads", ("what", "seconds", "peak MB", "quads / s", "of rdflib's load", "goal"), rows)


def show_queries(store: MemoryStore, nquads: bytes, most: int) -> None:
    """Time every named query, and the slowest beside rdflib's own engine on the same data."""
    times = {name: time_query(store, load(name).text) for name in names()}
    slowest = sorted(times, key=lambda name: -times[name])[:most]
    rows = []
    for name in slowest:
        seconds = times[name]
        peer, _ = timed(time_rdflib_query, nquads, load(name).text)
        shown = f"> {PATIENCE_SECONDS * 1000:,.0f}" if peer is None else f"{peer * 1000:,.0f}"
        ratio = f"> {PATIENCE_SECONDS / seconds:,.0f}" if peer is None else f"{peer / seconds:,.1f}"
        rows.append((name, f"{seconds * 1000:.1f}", shown, ratio))
    title = f"The {most} slowest of {len(times)} named queries"
    show(title, ("query", "dualuse ms", "rdflib engine ms", "× rdflib"), rows)


def time_query(store: MemoryStore, text: str) -> float:
    """Median seconds of a query on the embedded store."""
    return median_seconds(lambda: store.select(text), RUNS)


def main() -> None:
    """Print the two tables."""
    parser = argparse.ArgumentParser(prog="scripts/bench build", description=__doc__)
    parser.add_argument("--queries", type=int, default=SLOWEST, help="how many of the slowest queries to compare")
    options = parser.parse_args()
    store = build().store
    nquads = "".join(store.quads()).encode("utf-8")
    show_build(store, nquads)
    show_queries(store, nquads, options.queries)


if __name__ == "__main__":
    main()
