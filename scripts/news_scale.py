"""Documents a second on one core, on two, and on Spark in ``local[2]``, of one folder: ``bench news --scale``."""

from __future__ import annotations

import json
import multiprocessing
import os
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path

from benching import show

from dualuse.news.reader import Reader
from dualuse.news.review.coded import CodedText
from dualuse.news.text.folder import Bad, Piece, pieces_of, sources

TEXTS = 600
PIECE = 80_000
CORES = 2
_Run = tuple[int, float, float]
"""Claims, seconds of the clock, seconds of cores (0 where they cannot be told)."""
_MINE: list[Reader] = []
"""The reader of a process of the pool."""


def time_scale(reader: Reader, texts: Sequence[CodedText]) -> None:
    """Print how many documents a second are read in each way; the same claims must come of all."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "texts"
        folder.mkdir()
        lines = [_line(texts[number % len(texts)], number) for number in range(TEXTS)]
        (folder / "texts.jsonl").write_text("".join(lines), "utf-8")
        pieces, _ = pieces_of(folder, PIECE)
        ways: dict[str, Callable[[], int]] = {
            "one core": lambda: sum(_read(reader, piece) for piece in pieces),
            "two cores": lambda: _pooled(reader, pieces),
        }
        timed = {name: _timed(way) for name, way in ways.items()}
        if find_spec("pyspark") is not None:
            timed |= _on_spark(reader, folder, Path(place))
    load = os.getloadavg()[0]
    rows = [
        (name, str(claims), f"{clock:.1f}", f"{TEXTS / clock:,.0f}", f"{TEXTS / own:,.0f}" if own else "–")
        for name, (claims, clock, own) in timed.items()
    ]
    each = sum(map(len, lines)) // TEXTS
    shown = f"{TEXTS:,} documents, {each:,} bytes each, with {load:.1f} processes at work on {os.cpu_count()} cores"
    show(shown, ("on", "claims", "seconds", "documents / s", "/ s of a core"), rows)


def _line(coded: CodedText, number: int) -> str:
    return json.dumps({"id": str(number), "text": coded.text.original, "date": str(coded.written)}) + "\n"


def _timed(way: Callable[[], int]) -> _Run:
    start, own = time.perf_counter(), _worked()
    claims = way()
    return claims, time.perf_counter() - start, _worked() - own


def _worked() -> float:
    """Seconds that cores have worked for this process and those it has waited for."""
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def _read(reader: Reader, piece: Piece) -> int:
    return sum(len(reader.read(s.text, s.written).claims) for s in sources(piece) if not isinstance(s, Bad))


def _pooled(reader: Reader, pieces: Sequence[Piece]) -> int:
    with multiprocessing.get_context("spawn").Pool(CORES, _take, (reader,)) as pool:
        found = sum(pool.imap_unordered(_of_mine, pieces))
        pool.close()
        pool.join()
    return found


def _take(reader: Reader) -> None:
    _MINE.append(reader)


def _of_mine(piece: Piece) -> int:
    return _read(_MINE[0], piece)


def _on_spark(reader: Reader, folder: Path, place: Path) -> dict[str, _Run]:
    """The whole job, and the same again once the machine of Java is warm; what is written counts too."""
    from dualuse.questions.parts import news_on_spark
    from dualuse.spark import session

    counts: Counter[str] = Counter()
    found: dict[str, _Run] = {}
    with session(spark__master=f"local[{CORES}]") as spark:
        for name in ("local[2], first", "local[2], again"):
            start = time.perf_counter()
            counts.update(
                news_on_spark.read_folder(spark, reader, folder, place / name.replace(" ", ""), "auto", PIECE)
            )
            found[name] = (counts.pop("claims"), time.perf_counter() - start, 0.0)
    return found
