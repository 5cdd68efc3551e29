"""The peers of ``scripts/bench_owned.py``: each finds who is captured in the same columns of whole numbers.

Imported heavy packages stay inside each peer, so that none pays for another's memory.
"""

from __future__ import annotations

import ctypes
import hashlib
import json
import shutil
import subprocess
import tempfile
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benching import peak_mb

THRESHOLD = 500_000
COLUMNS = ("owner", "owned", "low", "high", "listed")
EXPLAINED = 2_000
SAMPLE = 50_000
RUNS = 5
C_SOURCE = Path(__file__).with_name("owned_cascade.c")

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
        library = Path(folder) / "cascade.so"
        subprocess.run([compiler, "-O3", "-march=native", "-shared", "-fPIC", "-o", library, C_SOURCE], check=True)
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

    from dualuse.ownership.engines import compiled
    from dualuse.ownership.engines.vector import needs

    clock = Clock()
    few = [data[name][:10] for name in COLUMNS[:4]]
    compiled.solve(compiled.make(few[0], few[1], few[2], few[3], size)[0], data["listed"], [], THRESHOLD)
    warm = clock.lap()
    book, _ = compiled.make(data["owner"], data["owned"], data["low"], data["high"], size)
    built = clock.lap()
    order, left = np.empty(size, np.int32), np.empty(size, np.int32)
    queue, room, need = np.empty(size, np.uint32), np.empty((size, 2), np.int32), needs(book, THRESHOLD)

    def lower() -> int:
        order.fill(-1)
        left.fill(THRESHOLD)
        return compiled.least_low(book, data["listed"], order, queue, left)

    def upper() -> int:
        order.fill(-1)
        room[:, 0], room[:, 1] = THRESHOLD, need
        return compiled.least_high(book, data["listed"], order, queue, room)

    taken, count = best(lower)
    captured = queue[:count].copy()
    both = taken + best(upper)[0]
    clock.lap()
    verdicts = compiled.solve(book, data["listed"], [], THRESHOLD)
    everything = clock.lap()
    explained = explain(book, verdicts, size)
    told = clock.lap()
    peak = peak_mb()
    checked = check_sample(book, data["listed"])
    found = {
        "build": built,
        "cascade": taken,
        "both": both,
        "all": everything,
        "digest": digest(captured),
        "peak": peak,
    }
    found["whole"] = whole(verdicts)
    return found | {"compile": warm, "explain": told, "explained": explained, "checked": checked}


def run_numpy(data: dict[str, Any], size: int) -> dict[str, Any]:
    """The engine in numpy alone."""
    import numpy as np

    from dualuse.ownership.engines import arrays, vector

    clock = Clock()
    book, _ = arrays.make_plainly(data["owner"], data["owned"], data["low"], data["high"], size)
    built = clock.lap()
    level = vector.least(book, data["listed"], THRESHOLD, None)
    taken = clock.lap()
    captured = np.flatnonzero(level >= 0)
    verdicts = vector.solve(book, data["listed"], [], THRESHOLD)
    found = {"build": built, "cascade": taken, "all": clock.lap(), "digest": digest(captured), "peak": peak_mb()}
    return found | {"whole": whole(verdicts)}


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

    from dualuse.ownership.outcome import cascade
    from dualuse.ownership.read import read_edges

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


def whole(verdicts: Any) -> str:
    """Fingerprint of everything an engine found."""
    import numpy as np

    columns = (np.asarray(getattr(verdicts, name)).astype(np.int32) for name in ("codes", "low", "high"))
    return hashlib.sha256(b"".join(column.tobytes() for column in columns)).hexdigest()[:12]


def explain(book: Any, verdicts: Any, size: int) -> int:
    """Explain a sample of parties that are not clear in full; how many."""
    import numpy as np

    from dualuse.ownership import explain as why
    from dualuse.ownership.book import NameList

    class Numbers(NameList):
        def __getitem__(self, number: int, /) -> str:
            return str(number)

    some = np.flatnonzero(verdicts.codes)
    some = some[:: max(1, len(some) // EXPLAINED)].tolist()
    for party in some:
        why.through(book, verdicts, Numbers(), party)
        why.settles(book, verdicts, party, THRESHOLD)
        why.divestment(book, verdicts, Numbers(), party, THRESHOLD)
    return len(some)


def check_sample(book: Any, listed: Any) -> str:
    """Hold the compiled engine against the plain one on a part of the graph: what lies nearest below listed parties."""
    import numpy as np

    from dualuse.ownership.book import NameList, PlainBook, Table
    from dualuse.ownership.engines import compiled, plain
    from dualuse.ownership.engines.arrays import make

    found, queue = dict.fromkeys(listed[:100].tolist()), deque(listed[:100].tolist())
    while queue and len(found) < SAMPLE:
        below = [stake.party for stake in book.holdings(queue.popleft()) if stake.party not in found]
        found.update(dict.fromkeys(below))
        queue.extend(below)
    place = {party: number for number, party in enumerate(found)}
    columns: tuple[list[int], ...] = ([], [], [], [])
    for party in found:
        for stake in book.owners(party):
            if stake.party in place:
                numbers = (place[stake.party], place[party], stake.low, stake.high)
                for column, number in zip(columns, numbers, strict=True):
                    column.append(number)
    table = Table(NameList(map(str, found)), columns[0], columns[1], columns[2], columns[3])
    on_list = [place[party] for party in listed.tolist() if party in place]
    ours = compiled.solve(make(table, len(found), compiled.make), on_list, [], THRESHOLD)
    theirs = plain.solve(PlainBook(table, len(found)), on_list, [], THRESHOLD)
    equal = all(np.array_equal(getattr(ours, name), getattr(theirs, name)) for name in ("codes", "low", "high"))
    size = f"{len(found):,} parties and {len(columns[0]):,} holdings sampled below listed parties"
    return f"{size}: {'equal' if equal else 'NOT EQUAL'} to the plain engine"


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
