"""Benchmark the ownership cascade beside its peers: one run, the same synthetic holdings, each peer in its own process.

Peers find the least fixed point over the lower bounds, which all of them can: plain Python dicts, networkx, recursive
SQL in DuckDB, numpy, the compiled engine, and the same loop in C as the bound nothing can beat. The two engines of the
package then do the whole job: bounds, both least fixed points, the circles, and explanations.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import importlib.util
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

THRESHOLD = 500_000
PATIENCE_SECONDS = 120
SIZES = (100_000, 1_000_000, 10_000_000)
COLUMNS = ("owner", "owned", "low", "high", "listed")
SAMPLE = 2_000
RUNS = 5
LARGEST_CLOSURE = 200_000
GIVE_UP = 20

C_SOURCE = r"""
#include <stdint.h>
#include <string.h>
typedef const int32_t *ints;
/* group the holdings by owner in two counting passes, and sum the lower bounds of each party's owners */
void group(int64_t edges, int32_t size, ints owner, ints owned, ints low, ints high, int32_t *first, int32_t *held,
           int32_t *load) {
    memset(first, 0, sizeof(int32_t) * (size + 2));
    memset(load, 0, sizeof(int32_t) * size);
    for (int64_t e = 0; e < edges; e++) { first[owner[e] + 2]++; load[owned[e]] += low[e]; }
    for (int32_t p = 0; p < size; p++) first[p + 2] += first[p + 1];
    for (int64_t e = 0; e < edges; e++) {
        int64_t place = first[owner[e] + 1]++;
        held[3 * place] = owned[e]; held[3 * place + 1] = low[e]; held[3 * place + 2] = high[e];
    }
}
int32_t least_low(int32_t size, ints first, ints held, int32_t seeds, ints listed, int32_t threshold, int32_t *queue,
                  int32_t *left) {
    int32_t tail = 0;
    for (int32_t p = 0; p < size; p++) left[p] = threshold;
    for (int32_t s = 0; s < seeds; s++) { left[listed[s]] = 0; queue[tail++] = listed[s]; }
    for (int32_t head = 0; head < tail; head++)
        for (int32_t row = first[queue[head]], stop = first[queue[head] + 1]; row < stop; row++) {
            int32_t p = held[3 * row];
            if (left[p] > 0 && (left[p] -= held[3 * row + 1]) <= 0) queue[tail++] = p;
        }
    return tail;
}
int32_t least_high(int32_t size, ints first, ints held, int32_t seeds, ints listed, int32_t threshold, int32_t *queue,
                   int32_t *left, ints load) {
    int32_t tail = 0, whole = 1000000;
    for (int32_t p = 0; p < size; p++) {
        int32_t need = threshold + load[p] - whole;
        left[2 * p] = threshold; left[2 * p + 1] = load[p] > whole || need < 0 ? 0 : need;
    }
    for (int32_t s = 0; s < seeds; s++) {
        left[2 * listed[s]] = left[2 * listed[s] + 1] = 0;
        queue[tail++] = listed[s];
    }
    for (int32_t head = 0; head < tail; head++)
        for (int32_t row = first[queue[head]], stop = first[queue[head] + 1]; row < stop; row++) {
            int32_t *l = left + 2 * (int64_t)held[3 * row];
            if (l[0] <= 0 && l[1] <= 0) continue;
            if (l[0] > 0) l[0] -= held[3 * row + 2];
            if (l[1] > 0) l[1] -= held[3 * row + 1];
            if (l[0] <= 0 && l[1] <= 0) queue[tail++] = held[3 * row];
        }
    return tail;
}
"""

SQL = f"""
WITH RECURSIVE c(party, share) USING KEY (party) AS (
  SELECT party, {THRESHOLD}::BIGINT FROM listed
  UNION
  SELECT e.owned, (coalesce(any_value(r.share), 0) + sum(e.low))::BIGINT
  FROM c JOIN edges e ON e.owner = c.party LEFT JOIN recurring.c r ON r.party = e.owned
  WHERE c.share >= {THRESHOLD} AND coalesce(r.share, 0) < {THRESHOLD}
  GROUP BY e.owned
) SELECT party FROM c WHERE share >= {THRESHOLD}
"""  # noqa: S608 - a constant


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


def peak_mb() -> float:
    """Most memory this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


class Clock:
    """Seconds since the last look."""

    def __init__(self) -> None:
        self._last = time.perf_counter()

    def lap(self) -> float:
        """Seconds since the last lap."""
        now = time.perf_counter()
        taken, self._last = now - self._last, now
        return taken


def best(work: Callable[[], int]) -> tuple[float, int]:
    """Least seconds of a few runs, and what the last one gave; for loops too short to be measured once."""
    times = []
    for _ in range(RUNS):
        clock = Clock()
        result = work()
        times.append(clock.lap())
    return min(times), result


def digest(captured: Any) -> str:
    """Fingerprint of a set of parties."""
    import numpy as np

    return hashlib.sha256(np.sort(np.asarray(captured, dtype=np.int32)).tobytes()).hexdigest()[:12]


def run_c(data: dict[str, Any], size: int) -> dict[str, Any]:
    """The same loops in C, compiled now."""
    import numpy as np

    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None:
        return {"skipped": "no C compiler"}
    with tempfile.TemporaryDirectory() as folder:
        source, library = Path(folder) / "cascade.c", Path(folder) / "cascade.so"
        source.write_text(C_SOURCE)
        subprocess.run([compiler, "-O3", "-march=native", "-shared", "-fPIC", "-o", library, source], check=True)
        lib = ctypes.CDLL(str(library))
    pointer, number = np.ctypeslib.ndpointer(dtype=np.int32, flags="C"), ctypes.c_int32
    lib.group.argtypes = [ctypes.c_int64, number, *[pointer] * 7]
    lib.least_low.argtypes = [number, pointer, pointer, number, pointer, number, pointer, pointer]
    lib.least_high.argtypes = [*lib.least_low.argtypes, pointer]
    edges, listed = len(data["owner"]), data["listed"]
    clock = Clock()
    first, held, load = np.empty(size + 2, np.int32), np.empty((edges, 3), np.int32), np.empty(size, np.int32)
    lib.group(edges, size, *(data[name] for name in COLUMNS[:4]), first, held, load)
    built = clock.lap()
    queue, left, room = np.empty(size, np.int32), np.empty(size, np.int32), np.empty(2 * size, np.int32)
    common = (size, first, held, len(listed), listed, THRESHOLD, queue)
    taken, count = best(lambda: lib.least_low(*common, left))
    captured = queue[:count].copy()
    further, _ = best(lambda: lib.least_high(*common, room, load))
    return {"build": built, "cascade": taken, "both": taken + further, "digest": digest(captured)}


def run_native(data: dict[str, Any], size: int) -> dict[str, Any]:
    """The compiled engine, its loops compiled before."""
    import numpy as np

    from dualuse.ownership import compiled, kernels, plain
    from dualuse.ownership.vector import needs

    clock = Clock()
    few = [data[name][:10] for name in COLUMNS[:4]]
    compiled.solve(compiled.make(few[0], few[1], few[2], few[3], size)[0], data["listed"], [], THRESHOLD)
    warm = clock.lap()
    book, _ = compiled.make(data["owner"], data["owned"], data["low"], data["high"], size)
    built = clock.lap()
    low, high = compiled.kernel(kernels.least_low), compiled.kernel(kernels.least_high)
    order, queue, left = (np.empty(size, np.int32) for _ in range(3))
    room, need = np.empty((size, 2), np.int32), needs(book, THRESHOLD)

    def lower() -> int:
        order.fill(-1)
        left.fill(THRESHOLD)
        return int(low(book.first, book.held, data["listed"], order, queue, left))

    def upper() -> int:
        order.fill(-1)
        room[:, 0], room[:, 1] = THRESHOLD, need
        return int(high(book.first, book.held, data["listed"], order, queue, room))

    taken, count = best(lower)
    captured = queue[:count].copy()
    both = taken + best(upper)[0]
    clock.lap()
    verdicts = compiled.solve(book, data["listed"], [], THRESHOLD)
    everything = clock.lap()
    explained = explain(book, verdicts, size)
    told = clock.lap()
    peak = peak_mb()
    checked = check_sample(book, verdicts, data["listed"], plain.solve)
    found = {
        "build": built,
        "cascade": taken,
        "both": both,
        "all": everything,
        "digest": digest(captured),
        "peak": peak,
    }
    return found | {"compile": warm, "explain": told, "explained": explained, "checked": checked}


def run_numpy(data: dict[str, Any], size: int) -> dict[str, Any]:
    """The engine in numpy alone."""
    import numpy as np

    from dualuse.ownership import arrays, vector

    clock = Clock()
    book, _ = arrays.make_plainly(data["owner"], data["owned"], data["low"], data["high"], size)
    built = clock.lap()
    level = vector.least(book, data["listed"], THRESHOLD, None)
    taken = clock.lap()
    captured = np.flatnonzero(level >= 0)
    vector.solve(book, data["listed"], [], THRESHOLD)
    return {"build": built, "cascade": taken, "all": clock.lap(), "digest": digest(captured)}


def run_dicts(data: dict[str, Any], size: int) -> dict[str, Any]:
    """Plain Python dicts and lists."""
    clock = Clock()
    held: dict[int, list[tuple[int, int]]] = {}
    columns = (data[name].tolist() for name in COLUMNS[:3])
    for owner, owned, low in zip(*columns, strict=True):
        held.setdefault(owner, []).append((owned, low))
    built = clock.lap()
    captured = spread(data["listed"].tolist(), lambda party: held.get(party, ()))
    return {"build": built, "cascade": clock.lap(), "digest": digest(sorted(captured))}


def run_networkx(data: dict[str, Any], size: int) -> dict[str, Any]:
    """A networkx ``DiGraph`` with the share on the edge."""
    import networkx as nx

    clock = Clock()
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(range(size))
    graph.add_weighted_edges_from(zip(*(data[name].tolist() for name in COLUMNS[:3]), strict=True), weight="low")
    built = clock.lap()
    captured = spread(
        data["listed"].tolist(), lambda party: ((owned, edge["low"]) for owned, edge in graph.adj[party].items())
    )
    return {"build": built, "cascade": clock.lap(), "digest": digest(sorted(captured))}


def run_duckdb(data: dict[str, Any], size: int) -> dict[str, Any]:
    """Recursive SQL with a key, on two threads."""
    import duckdb
    import pyarrow as pa

    connection = duckdb.connect(config={"threads": 2})
    clock = Clock()
    edges = pa.table({name: data[name] for name in COLUMNS[:3]})
    listed = pa.table({"party": data["listed"]})
    connection.register("given_edges", edges)
    connection.register("given_listed", listed)
    connection.execute("CREATE TABLE edges AS FROM given_edges")
    connection.execute("CREATE TABLE listed AS FROM given_listed")
    built = clock.lap()
    captured = connection.execute(SQL).fetchnumpy()["party"]
    return {"build": built, "cascade": clock.lap(), "digest": digest(captured)}


def run_parquet(data: dict[str, Any], size: int) -> dict[str, Any]:
    """The package's own front door: read a Parquet file with names, answer, explain a hundred parties."""
    import datetime

    from dualuse.ownership import cascade, read_edges

    folder = Path(data["folder"])
    clock = Clock()
    table = read_edges(folder / "edges.parquet", datetime.date(2025, 1, 1))
    read = clock.lap()
    outcome = cascade(table, json.loads((folder / "listed.json").read_text()))
    taken = clock.lap()
    step = max(1, len(outcome.names) // 100)
    some = [number for number in range(0, len(outcome.names), step) if outcome.verdicts.codes[number]]
    rows = [outcome.row(number) for number in some]
    return {"build": read, "all": taken + clock.lap(), "explained": len(rows), "counts": outcome.counts}


def spread(listed: list[int], holdings: Callable[[int], Any]) -> set[int]:
    """The cascade over any graph in Python."""
    captured, queue, share = set(listed), deque(listed), dict[int, int]()
    while queue:
        for owned, low in holdings(queue.popleft()):
            if owned not in captured:
                share[owned] = share.get(owned, 0) + low
                if share[owned] >= THRESHOLD:
                    captured.add(owned)
                    queue.append(owned)
    return captured


def explain(book: Any, verdicts: Any, size: int) -> int:
    """Explain a sample of parties that are not clear in full; how many."""
    import numpy as np

    from dualuse.ownership import explain as why
    from dualuse.ownership.book import NameList

    class Numbers(NameList):
        def __getitem__(self, number: int, /) -> str:
            return str(number)

    some = np.flatnonzero(verdicts.codes)
    some = some[:: max(1, len(some) // SAMPLE)].tolist()
    for party in some:
        why.through(book, verdicts, Numbers(), party)
        why.settles(book, verdicts, party, THRESHOLD)
        why.divestment(book, verdicts, Numbers(), party, THRESHOLD)
    return len(some)


def check_sample(book: Any, verdicts: Any, listed: Any, reference: Callable[..., Any]) -> str:
    """Hold sampled parties, with everything above them, against the plain engine."""
    from dualuse.ownership.book import NameList, PlainBook, Table

    above: set[int] = set()
    sampled = too_large = 0
    for party in range(0, book.size, max(1, book.size // SAMPLE)):
        mine, queue = {party}, [party]
        while queue and len(mine) <= LARGEST_CLOSURE:
            further = {stake.party for stake in book.owners(queue.pop())} - mine - above
            mine |= further
            queue.extend(further)
        if not queue:
            above |= mine
            sampled += 1
        elif (too_large := too_large + 1) == GIVE_UP:
            break
    parties = sorted(above)
    place = {party: number for number, party in enumerate(parties)}
    columns: tuple[list[int], ...] = ([], [], [], [])
    for party in parties:
        for stake in book.owners(party):
            numbers = (place[stake.party], place[party], stake.low, stake.high)
            for column, number in zip(columns, numbers, strict=True):
                column.append(number)
    table = Table(NameList(map(str, parties)), columns[0], columns[1], columns[2], columns[3])
    on_list = [place[party] for party in listed.tolist() if party in place]
    found = reference(PlainBook(table, len(parties)), on_list, [], THRESHOLD)
    fields = ("codes", "low", "high")
    wrong = [
        party
        for party, number in place.items()
        if any(int(getattr(verdicts, name)[party]) != getattr(found, name)[number] for name in fields)
    ]
    equal = f"all {len(parties):,} equal" if not wrong else f"{len(wrong):,} of {len(parties):,} DIFFER"
    return f"{sampled:,} sampled parties and everyone above them: {equal} to the plain engine"


PEERS: dict[str, Callable[[dict[str, Any], int], dict[str, Any]]] = {
    "C": run_c,
    "native": run_native,
    "numpy": run_numpy,
    "dicts": run_dicts,
    "networkx": run_networkx,
    "duckdb": run_duckdb,
    "parquet": run_parquet,
}
NEEDS = {"native": "numba", "numpy": "numpy", "networkx": "networkx", "duckdb": "duckdb", "parquet": "pyarrow"}


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
        print(f"numpy, everything: {results['numpy']['all']:.2f} s")
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
