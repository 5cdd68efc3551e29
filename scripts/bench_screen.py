"""Benchmark screening: how well names are told to be one party's, and how fast a thousand are sought among a million.

How well: recall at equal precision over labelled pairs from aliases of the lists themselves (``screening_pairs.py``).
How fast: queries a second over made-up names in the shape of the lists (``screening_names.py``). Beside nomenklatura,
where ``--nomenklatura`` names a Python that has it (300 to 660 MB installed): its algorithms score the same pairs; its
rate is that of its scoring, which without an index meets every name, and that behind its own index, of fewer names.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benching import in_child, show
from screening_names import names, queries
from screening_pairs import Pair, Party, pairs, parties_of_file, parties_of_record
from screening_peer import BEST

PEER = Path(__file__).with_name("screening_peer.py")
ALGORITHMS = ("logic-v1", "logic-v2", "name-based", "regression-v1")
PRECISIONS = (0.90, 0.95, 0.98, 0.99, 0.995)
_SAMPLE = 4_000
_MOST = 400


def peer(python: Path, task: dict[str, Any]) -> Any:
    """Have the other Python do a task."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "task.json"
        place.write_text(json.dumps(task), "utf-8")
        done = subprocess.run([python, PEER, place], capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise SystemExit(f"{python}: {(done.stderr.strip().splitlines() or ['failed'])[-1]}")
    return json.loads(done.stdout)


def ours(parties: Sequence[Party], made: Sequence[Pair]) -> list[float]:
    """Score of each pair; 0 where the index does not propose the party."""
    from dualuse.screening.index import Index

    named = [(number, name) for number, party in enumerate(parties) for name in party.names]
    index, place = Index(named), {party.key: number for number, party in enumerate(parties)}
    found: dict[str, list[tuple[int, str, float]]] = {}
    scores = []
    for pair in made:
        if pair.sought not in found:
            like = index.find(pair.sought, _MOST, 0.0)
            found[pair.sought] = [(*named[each.name], each.score) for each in like]
        meant = place[pair.key]
        scores.append(max((s for n, name, s in found[pair.sought] if n == meant and name in pair.names), default=0.0))
    return scores


def recalls(scores: Sequence[float], made: Sequence[Pair]) -> list[float]:
    """Greatest recall at each precision, over every threshold."""
    ordered = sorted(zip(scores, (pair.same for pair in made), strict=True), reverse=True)
    every, true, best = sum(pair.same for pair in made), 0, dict.fromkeys(PRECISIONS, 0.0)
    for place, (score, same) in enumerate(ordered):
        true += same
        last = place + 1 == len(ordered) or ordered[place + 1][0] != score
        if not score or not last:
            continue
        for least in PRECISIONS:
            if true / (place + 1) >= least:
                best[least] = max(best[least], true / every)
    return list(best.values())


def how_well(python: Path | None, files: Sequence[Path]) -> None:
    """Print recall at equal precision."""
    parties = [*parties_of_record(), *(party for file in files for party in parties_of_file(file))]
    made = pairs(parties)
    start = time.perf_counter()
    found = {"dualuse": ours(parties, made)}
    rates = {"dualuse": len(made) / (time.perf_counter() - start)}
    if python is not None:
        task = {"pairs": [(pair.sought, pair.names, pair.person) for pair in made], "algorithms": ALGORITHMS}
        for name, told in peer(python, task).items():
            found[f"nomenklatura {name}"] = told["scores"]
            rates[f"nomenklatura {name}"] = len(made) / told["seconds"]
    same = sum(pair.same for pair in made)
    show(
        f"Recall at equal precision: {len(made):,} pairs ({same:,} of one party) of {len(parties):,} parties",
        ["", *(f"P ≥ {least:.3g}" for least in PRECISIONS), "pairs/s"],
        [
            [name, *(f"{each:.3f}" for each in recalls(scores, made)), f"{rates[name]:,.0f}"]
            for name, scores in found.items()
        ],
        "dualuse is held to what its index proposes among all parties; nomenklatura is given each pair.",
    )


def sought(count: int, asked: int) -> dict[str, float]:
    """Seek names among many: seconds to build, queries a second, how many of those written otherwise were found."""
    from dualuse.screening.index import Index
    from dualuse.screening.screener import HIT, POSSIBLE

    listed = list(names(count))
    start = time.perf_counter()
    index = Index(enumerate(listed))
    built = time.perf_counter() - start
    wanted = queries(listed, asked)
    start = time.perf_counter()
    found = [index.find(name, BEST, POSSIBLE) for name, _ in wanted]
    taken = time.perf_counter() - start
    meant = [
        (listed[at], {listed[each.name] for each in like})
        for (_, at), like in zip(wanted, found, strict=True)
        if at >= 0
    ]
    others = [like for (_, at), like in zip(wanted, found, strict=True) if at < 0]
    return {
        "build": built,
        "rate": asked / taken,
        "found": sum(name in like for name, like in meant) / max(1, len(meant)),
        "possible": sum(bool(like) for like in others) / max(1, len(others)),
        "hit": sum(any(each.score >= HIT for each in like) for like in others) / max(1, len(others)),
    }


def how_fast(python: Path | None, count: int, asked: int, indexed: int) -> None:
    """Print rates, ours and theirs in one run."""
    rows = []
    base, rate = 0.0, 0.0
    for size in sorted({count, indexed}):
        told, peak = in_child(None, sought, size, asked)
        rows.append(_row(f"dualuse, {size:,} names", told["build"], told["rate"], told["found"], f"{peak:,.0f}"))
        base = told["rate"] if size == count else base
        notes = f"Of names that are none of the {size:,}, {told['possible']:.0%} are possible, {told['hit']:.0%} hits."
    if python is not None:
        listed = list(names(indexed))
        chance = random.Random(5)  # noqa: S311 - not for secrets
        wanted = [name for name, _ in queries(listed, asked)]
        some = [(chance.choice(wanted), [chance.choice(listed)], False) for _ in range(_SAMPLE)]
        for name, told in peer(python, {"pairs": some, "algorithms": ["logic-v1"]}).items():
            rate = _SAMPLE / told["seconds"] / count
            rows.append(_row(f"nomenklatura {name}, every pair of {count:,} (reckoned)", 0.0, rate, None, ""))
        told = peer(python, {"names": listed, "queries": wanted, "algorithm": "logic-v1"})
        meant = [(f"q{n}", at) for n, (_, at) in enumerate(queries(listed, asked)) if at >= 0]
        right = [k for k, at in meant if listed[at] in {listed[number] for _, number in told["best"].get(k, ())}]
        behind = asked / told["seconds"]
        rows.append(
            _row(
                f"nomenklatura logic-v1 behind its index, {indexed:,}",
                told["build"],
                behind,
                len(right) / len(meant),
                "",
            )
        )
    show(f"{asked:,} names sought", ["", "build s", "queries/s", "found", "peak MB"], rows, notes)
    if rate:
        print(f"dualuse among {count:,}: {base / rate:,.0f} times the rate of scoring every pair.")


def _row(name: str, built: float, rate: float, found: float | None, peak: str) -> list[str]:
    told = "" if found is None else f"{found:.1%}"
    return [name, f"{built:.1f}" if built else "", f"{rate:,.1f}" if rate >= 1 else f"{rate:.5f}", told, peak]


def main() -> None:
    """Read the options and measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--names", type=int, default=1_000_000, help="names that are searched")
    parser.add_argument("--queries", type=int, default=1_000, help="names that are sought")
    parser.add_argument("--indexed", type=int, default=20_000, help="names behind the index of nomenklatura")
    parser.add_argument("--csl", type=Path, nargs="*", default=[], help="files of the Consolidated Screening List")
    parser.add_argument("--nomenklatura", type=Path, help="a Python that has nomenklatura")
    asked = parser.parse_args()
    how_well(asked.nomenklatura, asked.csl)
    how_fast(asked.nomenklatura, asked.names, asked.queries, asked.indexed)


if __name__ == "__main__":
    main()
