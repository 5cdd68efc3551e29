"""Benchmark loading: made-up entities of FollowTheMoney, beside Oxigraph's own bulk load of the very same quads.

``dualuse load opensanctions`` does the whole of its work (digest, report, guard, a new build beside the old, sealed and
switched to); Oxigraph is given N-Quads that are there already, in the order of the file. Each in a process of its own.
rdflib and oxrdflib are given fewer of them, and their ratio is that of the seconds a quad.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from benching import in_child, show
from load_entities import write_entities


class Taken(NamedTuple):
    """What a load took: seconds by the clock, and of all processors."""

    seconds: float
    processor: float


def timed(work: Callable[..., object], *given: object) -> Taken:
    """Do work once, and tell what it took."""
    start, before = time.perf_counter(), os.times()
    work(*given)
    after = os.times()
    return Taken(time.perf_counter() - start, sum(after[:4]) - sum(before[:4]))


def ours(file: Path, store: Path) -> None:
    """Load the file by the command."""
    import subprocess

    done = subprocess.run(
        [sys.executable, "-m", "dualuse", "load", "opensanctions", file, "--store", store], capture_output=True
    )
    if done.returncode:
        raise SystemExit(done.stderr.decode())


def bulk(quads: Path, store: Path) -> None:
    """Load quads as Oxigraph does."""
    import pyoxigraph as ox

    target = ox.Store(str(store))
    target.bulk_load(path=str(quads), format=ox.RdfFormat.N_QUADS)
    target.flush()


def rdflib(quads: Path, _: Path) -> None:
    """Load quads into memory with rdflib."""
    from rdflib import Dataset

    Dataset().parse(quads, format="nquads")


def oxrdflib(quads: Path, store: Path) -> None:
    """Load quads into a folder with oxrdflib."""
    from rdflib import Dataset

    target = Dataset(store="Oxigraph")
    target.open(str(store), create=True)
    target.parse(quads, format="ox-nquads")
    target.close()


def prepare(folder: Path, sizes: Sequence[int]) -> dict[int, int]:
    """Make the store that is loaded into, and the entities and their quads for each size; how many quads those are."""
    from dualuse.build import build, save
    from dualuse.feeds.entry import graph_of
    from dualuse.feeds.feed import feeds
    from dualuse.feeds.loading import Loading
    from dualuse.feeds.places import Places
    from dualuse.knowledge import Knowledge

    built = build()
    save(built, str(folder / "store"))
    places, found = Places(Knowledge(built.store).names), {}
    end = f" <{graph_of('opensanctions')}> .\n"
    for size in sizes:
        file = folder / f"{size}.json"
        write_entities(file, size)
        loading, count = Loading(feeds()["opensanctions"], file, None, (), date(2025, 1, 1), file.name), 0
        with file.with_suffix(".nq").open("w", encoding="utf-8", newline="") as out:
            for lines in loading.lines(places):
                count += lines.count(" .\n")
                out.write(lines.replace(" .\n", end))
        found[size] = count
    return found


def measure(folder: Path, size: int, fewer: int) -> None:
    """Print what each takes."""
    quads, _ = in_child(None, prepare, folder, sorted({size, fewer}))
    rows: list[list[str]] = []
    base: tuple[float, float] | None = None
    file, own = folder / f"{size}.json", folder / "store"
    of: dict[Callable[[Path, Path], None], tuple[str, int]] = {
        bulk: ("Oxigraph, bulk load", size),
        ours: ("dualuse load", size),
    }
    of |= {rdflib: ("rdflib", fewer), oxrdflib: ("oxrdflib", fewer)}
    for number, (work, (name, count)) in enumerate(of.items()):
        given = (file, own) if work is ours else (folder / f"{count}.nq", folder / f"{number}")
        taken, peak = in_child(None, timed, work, *given)
        each = (taken.seconds / quads[count], taken.processor / quads[count])
        base = base or each
        cells = [f"{taken.seconds:,.1f}", f"{taken.processor:,.1f}", f"{quads[count] / taken.seconds:,.0f}"]
        rows.append(
            [name, f"{count:,}", *cells, *(f"{a / b:.2f}" for a, b in zip(each, base, strict=True)), f"{peak:,.0f}"]
        )
        print(f"{name}: {cells[0]} s", file=sys.stderr)
    show(
        f"{size:,} entities, {quads[size]:,} quads",
        ["", "entities", "s", "CPU s", "quads/s", "x s", "x CPU", "peak MB"],
        rows,
        "x is against Oxigraph in the same run; of fewer entities, by the quad.",
    )


def main() -> None:
    """Read the options and measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--entities", type=int, default=1_000_000, help="how many are loaded")
    parser.add_argument("--fewer", type=int, default=50_000, help="how many rdflib and oxrdflib are given")
    parser.add_argument("--folder", type=Path, help="where to work: 15 GB for a million  [default: a temporary one]")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
        measure(Path(folder), asked.entities, min(asked.fewer, asked.entities))


if __name__ == "__main__":
    main()
