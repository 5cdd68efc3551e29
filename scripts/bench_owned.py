"""Benchmark the ownership cascade beside its peers: one run, the same synthetic holdings, each peer in its own process.

Peers find the least fixed point over the lower bounds, which all of them can: plain Python dicts, networkx, recursive
SQL in DuckDB, numpy, the compiled engine, and the same loop in C as the bound nothing can beat. The two engines of the
package then do the whole job: bounds, both least fixed points, the circles, and explanations.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benching import peak_mb, slowness
from owned_peers import COLUMNS, NEEDS, PEERS, THRESHOLD

PATIENCE_SECONDS = round(120 * slowness())
SIZES = (100_000, 1_000_000, 10_000_000)


def synthesise(edges: int, seed: int, folder: Path) -> None:
    """Write columns of synthetic holdings: chains of groups below heavy-tailed hubs, some circles, a few listed.

    A quarter of the shares are bounds, a fifth of these unknown altogether; pairs are unique, in no order.
    """
    import numpy as np

    dice = np.random.default_rng(seed)
    size = edges // 2
    drawn = int(edges * 1.15)
    owned = np.concatenate([np.arange(1, size), (size * dice.random(drawn - size + 1)).astype(np.int64)])
    kind = dice.random(drawn)
    owner = np.where(kind < 0.5, owned - dice.geometric(0.1, drawn), (owned * dice.random(drawn) ** 4).astype(np.int64))
    owner = np.where(kind > 0.98, dice.integers(0, size, drawn), np.maximum(owner, 0))
    pairs = np.unique((owned * size + owner)[owner != owned])
    pairs = np.sort(dice.permutation(pairs)[: edges - edges // 50])
    owned, owner = pairs // size, pairs % size
    weight = np.exp(2 * dice.standard_normal(len(pairs)))
    together = np.bincount(owned, weight, size)
    share = np.floor(weight / together[owned] * dice.uniform(0.7, 1.0, size)[owned] * 10_000).astype(np.int64) * 100
    kind = dice.random(len(pairs))
    low = np.where(kind < 0.75, share, np.where(kind < 0.95, share * 8 // 10, 0))
    high = np.where(
        kind < 0.75, share, np.where(kind < 0.95, np.minimum(2 * THRESHOLD, share * 12 // 10), 2 * THRESHOLD)
    )
    seeds = (size * dice.random(max(1, size // 100)) ** 3).astype(np.int64)
    first = size + 2 * np.arange(edges // 200)  # circles: X 20 % and B 40 % of A, A 60 % of B
    above = dice.choice(seeds, len(first))
    owner = np.concatenate([owner, above, first + 1, first])
    owned = np.concatenate([owned, first, first, first + 1])
    circle = np.repeat([200_000, 400_000, 600_000], len(first))
    low, high = np.concatenate([low, circle]), np.concatenate([high, circle])
    label = dice.permutation(size + 2 * len(first)).astype(np.int32)
    mix = dice.permutation(len(owner))
    columns = (label[owner][mix], label[owned][mix], low[mix], high[mix], np.unique(label[seeds]))
    for name, column in zip(COLUMNS, columns, strict=True):
        np.save(folder / f"{name}.npy", column.astype(np.int32))


def child(peer: str, folder: Path) -> None:
    """Run one peer and print what it did as JSON."""
    import numpy as np

    if peer == "parquet":
        data: dict[str, Any] = {"folder": str(folder)}
        size = int(json.loads((folder / "size.json").read_text()))
    else:
        data = {name: np.load(folder / f"{name}.npy") for name in COLUMNS}
        size = int(json.loads((folder / "size.json").read_text()))
    before = peak_mb()
    found = PEERS[peer](data, size)
    found.setdefault("peak", peak_mb())
    print(json.dumps(found | {"input": before}))


def prepare(edges: int, seed: int, folder: Path) -> None:
    """Write the holdings as columns, and with names as Parquet."""
    import numpy as np

    synthesise(edges, seed, folder)
    size = 1 + max(int(np.load(folder / f"{name}.npy").max()) for name in COLUMNS[:2])
    (folder / "size.json").write_text(json.dumps(size))
    if importlib.util.find_spec("pyarrow") is None:
        return
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    def names(column: str) -> Any:
        numbers = pc.cast(pa.array(np.load(folder / f"{column}.npy")), pa.string())
        return pc.binary_join_element_wise("party-", numbers, "")

    shares = {
        f"share_{end}": np.load(folder / f"{name}.npy") / 10_000 for end, name in (("min", "low"), ("max", "high"))
    }
    pq.write_table(pa.table({"owner": names("owner"), "owned": names("owned"), **shares}), folder / "edges.parquet")
    (folder / "listed.json").write_text(json.dumps(names("listed").to_pylist()))


def run(arguments: Sequence[str], patience: float) -> dict[str, Any]:
    """Run this script on one task in a process of its own."""
    try:
        done = subprocess.run(
            [sys.executable, __file__, *arguments], capture_output=True, encoding="utf-8", timeout=patience, check=False
        )
    except subprocess.TimeoutExpired:
        return {"skipped": f"took more than {patience:.0f} s"}
    if done.returncode:
        return {"skipped": f"failed: {(done.stderr.strip().splitlines() or ['killed'])[-1][:80]}"}
    return dict(json.loads(done.stdout)) if done.stdout.strip() else {}


def measure(sizes: Sequence[int], peers: Sequence[str], seed: int) -> None:
    """Measure every peer at every size and print the tables."""
    slow: dict[str, float] = {}
    for edges in sizes:
        with tempfile.TemporaryDirectory() as folder:
            made = run(["--prepare", str(edges), "--seed", str(seed), "--folder", folder], 1800)
            if "skipped" in made:
                raise SystemExit(f"cannot make {edges:,} holdings: {made['skipped']}")
            results: dict[str, dict[str, Any]] = {}
            for peer in peers:
                if peer in NEEDS and importlib.util.find_spec(NEEDS[peer]) is None:
                    results[peer] = {"skipped": f"{NEEDS[peer]} is not installed"}
                elif slow.get(peer, 0) * edges > PATIENCE_SECONDS:
                    expected = slow[peer] * edges
                    results[peer] = {"skipped": f"would take about {expected:.0f} s, more than {PATIENCE_SECONDS}"}
                else:
                    results[peer] = run(["--peer", peer, "--folder", folder], 4 * PATIENCE_SECONDS)
                    taken = results[peer]
                    slow[peer] = (taken.get("build", 0) + taken.get("cascade", 0)) / edges
            show(edges, results)


def show(edges: int, results: dict[str, dict[str, Any]]) -> None:
    """Print one size: seconds, rates, memory and ratios."""
    native = results.get("native", {}).get("cascade")
    answers = {found["digest"] for found in results.values() if "digest" in found}
    print(f"\n{edges:,} holdings: least fixed point over the lower bounds; all peers agree: {len(answers) == 1}")
    head = ("peer", "build s", "cascade s", "M edges/s", "x native", "peak MB", "beside input")
    print("{:10}{:>9}{:>11}{:>11}{:>10}{:>9}{:>14}".format(*head))
    for peer, found in results.items():
        if "skipped" in found:
            print(f"{peer:10}  skipped: {found['skipped']}")
        elif "cascade" in found:
            rate, ratio = edges / found["cascade"] / 1e6, found["cascade"] / native if native else float("nan")
            memory = f"{found['peak']:9.0f}{found['peak'] - found['input']:14.0f}"
            print(f"{peer:10}{found['build']:9.2f}{found['cascade']:11.4f}{rate:11.2f}{ratio:10.2f}{memory}")
    bound, ours = results.get("C", {}), results.get("native", {})
    if "both" in bound and "both" in ours:
        print(f"both least fixed points: C {bound['both']:.3f} s, native {ours['both']:.3f} s", end="")
        print(f", ratio {ours['both'] / bound['both']:.2f}")
    if "all" in ours:
        print(
            f"native, everything (bounds, three fixed points, shares): {ours['all']:.2f} s after {ours['build']:.2f} s",
            end="",
        )
        print(
            f"; {ours['explained']:,} full explanations {ours['explain']:.2f} s; loops ready in {ours['compile']:.1f} s"
        )
        print(f"native, {ours['checked']}")
    if "all" in results.get("numpy", {}):
        print(f"numpy, everything: {results['numpy']['all']:.2f} s", end="")
        print(f"; every result and share the same as native: {results['numpy']['whole'] == ours.get('whole')}")
    file = results.get("parquet", {})
    if "all" in file:
        print(f"from Parquet with names: read {file['build']:.2f} s, answer {file['all']:.2f} s,", end=" ")
        print(f"peak {file['peak']:.0f} MB in all; {file['counts']}")


def main() -> None:
    """Read the options and measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES), help="numbers of holdings")
    parser.add_argument("--peers", nargs="+", choices=list(PEERS), default=list(PEERS), help="which to run")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--peer", choices=list(PEERS), help=argparse.SUPPRESS)
    parser.add_argument("--prepare", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.prepare is not None:
        prepare(asked.prepare, asked.seed, asked.folder)
    elif asked.peer is not None:
        child(asked.peer, asked.folder)
    else:
        measure(asked.sizes, asked.peers, asked.seed)


if __name__ == "__main__":
    main()
