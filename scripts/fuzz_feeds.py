"""Give every kind of feed spoilt files, as many as asked for, each read as a load reads it, to the last line it writes.

A file may be refused in words; it may not end in a traceback, take ten seconds of processor time, or give a line that
is no N-Triples. Of what goes wrong in one place the first is made small and kept in ``tests/feeds/kept``.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import random
import re
import sys
import tempfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from fuzz_files import NASTY, spoilt
from fuzz_runs import ROOT, Outcome, Target, once

from dualuse.feeds import anytable, rdf
from dualuse.feeds.feed import Feed, feeds
from dualuse.feeds.loading import Loading
from dualuse.feeds.mapping import read_mapping
from dualuse.feeds.places import Places

KEPT = ROOT / "tests" / "feeds" / "kept"
_EDITS = ("put", "put", "over", "cell", "cell", "cut", "twice", "end", "line", "byte")
_TRIES = 400
"""How often what went wrong is tried again, smaller."""
_PLACE = re.compile(r'File "[^"]*/(dualuse/[^"]+)", line (\d+)')


def read(kind: str, places: Places, file: Path) -> None:
    """Read a file of a kind as a load does, whatever it lacks; a kind of one's own is told by its name."""
    if kind.startswith("mapping"):
        read_mapping(file)
        return
    loading = Loading(_feed(kind).of(file), file, None, ("lists", "columns"), date(2025, 6, 1), "")
    for _ in ox.parse("".join(loading.lines(places)), format=ox.RdfFormat.N_TRIPLES):
        pass


def tried(kind: str, places: Places, name: str, content: bytes, folder: Path) -> Outcome:
    """How one file of a kind is read."""
    return once(Target(kind, (), (), reader=partial(read, kind, places)), {name: content}, folder, folder)


def _feed(kind: str) -> Feed:
    name, _, form = kind.partition(" ")
    if name == "table":
        return anytable.feed_of("customers", read_mapping(_mapping()))
    return rdf.feed_of("few", form, "", "") if name == "rdf" else feeds()[name]


def _mapping() -> Path:
    place = Path(tempfile.gettempdir()) / "dualuse-fuzz-map.yml"
    if not place.exists():
        place.write_bytes(_tests("anytable").yaml.safe_dump(_tests("anytable").MAP).encode())
    return place


def _tests(name: str) -> Any:
    """The tests of a kind, whose made-up files are spoilt here."""
    from importlib import import_module

    return import_module(f"tests.feeds.test_{name}")


def seeds() -> dict[str, list[tuple[str, bytes]]]:
    """Kind -> real files of it: a name, and what is in it."""
    bods, csl, ecfr, names = (_tests(name) for name in ("bods", "csl", "ecfr", "entitylist"))
    epoch, eto, gleif, sanctions = (_tests(name) for name in ("epoch", "eto", "gleif", "opensanctions"))
    rule, table, few = _tests("federal_register"), _tests("anytable"), _tests("rdf")
    rows = [csl.MADE_UP | {"name": f"Made-up {number}"} for number in range(3)]
    changed = sanctions.lines(sanctions.change("ADD", sanctions.ASSET), sanctions.change("DEL", sanctions.OWNER))
    nested = sanctions.OWNER | {"properties": {"name": ["X"], "ownershipOwner": [sanctions.OWNS]}}
    shown = {"clusters": epoch.CLUSTER, "chips": epoch.CHIP, "owners": epoch.OWNED}
    texts: dict[str, list[str]] = {
        "bods": [json.dumps(bods.OLD), json.dumps(bods.NEW), bods.lines(*bods.OLD), bods.lines(*bods.NEW)],
        "csl": [csl.table(*rows), json.dumps({"results": rows}), json.dumps(rows)],
        "ecfr": [ecfr.BULK],
        "entity-list": [names.xml(), names.EXPORT],
        "epoch": [epoch.made(name, row, row | {next(iter(row)): "Another"}) for name, row in shown.items()],
        "eto": [eto.INPUTS, eto.PROVIDERS, eto.LATER, eto.PROVISION, eto.PROVISION_LATER, eto.SEQUENCE, eto.STAGES],
        "federal-register": [json.dumps({"results": [rule.RULE, rule.RULE]}, indent=1), json.dumps(rule.RULE)],
        "gleif": [*gleif.LEIS, *gleif.RRS, *gleif.REPEXS],
        "opensanctions": [
            *(sanctions.lines(*sanctions.ALL), json.dumps(sanctions.ALL), changed, sanctions.lines(nested)),
            sanctions.table(sanctions.ROW, sanctions.ROW | {"id": "NK-2"}),
        ],
        "mapping": [table.yaml.safe_dump(table.MAP)],
    }
    found = {kind: [(f"f{n}.txt", text.encode()) for n, text in enumerate(each)] for kind, each in texts.items()}
    found["table"] = [("t.csv", table.TABLE.encode()), *_packed(table.TABLE)]
    quads = list(ox.parse(few.TURTLE, format=ox.RdfFormat.TURTLE, base_iri=few.EX))
    for form, known in sorted(few.FORMATS.items()):
        found[f"rdf {form}"] = [("f", ox.serialize(quads, format=known) or b"")]
    return found


def _packed(table: str) -> Iterator[tuple[str, bytes]]:
    """A table as Parquet and as a workbook."""
    import csv
    import io

    import openpyxl
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = list(csv.reader(io.StringIO(table)))
    columns = {name: [row[number] for row in rows[1:]] for number, name in enumerate(rows[0])}
    out, book = io.BytesIO(), openpyxl.Workbook()
    pq.write_table(pa.table(columns), out)
    yield "t.parquet", out.getvalue()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    yield "t.xlsx", out.getvalue()


def edits(dice: random.Random) -> list[tuple[str, float, Any]]:
    """A few ways to spoil a file, by chance."""
    found: list[tuple[str, float, Any]] = []
    for _ in range(dice.choice((1, 1, 1, 2, 3, 5))):
        kind = dice.choice(_EDITS)
        what: Any = dice.random()
        if kind == "byte":
            kind, what = "over", bytes([dice.randrange(256)])
        elif kind in ("put", "over", "cell"):
            what = dice.choice(NASTY)
        found.append((kind, dice.random(), what))
    return found


def hunt(target: Target, runs: int, folder: Path, tally: Counter[str]) -> Iterator[tuple[tuple[str, bytes], Outcome]]:
    """Try so many spoilt files; what went wrong, one for each place in the code."""
    dice = random.Random(target.name)  # noqa: S311 - not for secrets
    found: set[str] = set()
    for _ in range(runs):
        name, content = dice.choice(target.seeds)
        raw = spoilt(content, edits(dice))
        outcome = once(target, {name: raw}, folder, folder)
        tally[outcome.wrong or ("refused" if outcome.code else "read")] += 1
        if outcome.wrong and _where(outcome) not in found:
            found.add(_where(outcome))
            yield _smaller(target, name, raw, outcome, folder)


def _where(outcome: Outcome) -> str:
    """Where in the code it went wrong."""
    places = _PLACE.findall(outcome.said)
    return f"{outcome.wrong} {places[-1] if places else outcome.said[-200:]}"


def _smaller(
    target: Target, name: str, raw: bytes, outcome: Outcome, folder: Path
) -> tuple[tuple[str, bytes], Outcome]:
    """The same fault with as little of the file as can be."""
    size, tries = len(raw) // 2, 0
    while size and tries < _TRIES and outcome.wrong != "hang":
        at = 0
        while at < len(raw) and tries < _TRIES:
            tries += 1
            less = raw[:at] + raw[at + size :]
            again = once(target, {name: less}, folder, folder)
            if _where(again) == _where(outcome):
                raw, outcome = less, again
            else:
                at += size
        size //= 2
    return (name, raw), outcome


def keep(target: Target, file: tuple[str, bytes]) -> Path:
    """Keep what went wrong, as a test of its own."""
    KEPT.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256(file[1]).hexdigest()[:12]
    path = KEPT / f"{target.name.replace(' ', '-')}-{digest}.json"
    packed = base64.b64encode(zlib.compress(file[1], 9)).decode()
    path.write_text(json.dumps({"kind": target.name, "name": file[0], "content": packed}, indent=1) + "\n", "utf-8")
    return path


def kept(path: Path) -> tuple[str, str, bytes]:
    """What was kept: kind of feed, name of the file, and what is in it."""
    record = json.loads(path.read_text("utf-8"))
    return record["kind"], record["name"], zlib.decompress(base64.b64decode(record["content"]))


def targets(only: str, places: Places) -> list[Target]:
    """Every kind of feed, or those whose name holds a word."""
    return [
        Target(kind, (), tuple(found), one=True, reader=partial(read, kind, places))
        for kind, found in seeds().items()
        if only in kind
    ]


def main(given: Sequence[str] | None = None) -> None:
    """Hunt, and say what was found."""
    parser = argparse.ArgumentParser(prog="fuzz feeds", description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--runs", type=int, default=2_000, help="spoilt files of each kind")
    parser.add_argument("--only", default="", help="kinds whose name holds this")
    chosen = parser.parse_args(given)
    sys.path.insert(0, str(ROOT))
    from tests.feeds.conftest import _Names

    names: Any = _Names()
    wrong: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as place:
        for target in targets(chosen.only, Places(names)):
            for name, content in target.seeds:
                sound = once(target, {name: content}, Path(place), Path(place) / "run")
                if sound.code:
                    raise SystemExit(f"{target.name}: its own file {name} does not do: {sound.said}")
            tally: Counter[str] = Counter()
            for file, outcome in hunt(target, chosen.runs, Path(place) / "run", tally):
                print(f"{target.name}: {outcome.wrong}: {keep(target, file)}\n{outcome.said}", flush=True)
            print(f"{target.name:20} {sum(tally.values()):6,} runs  {dict(sorted(tally.items()))}", flush=True)
            wrong += Counter({kind: count for kind, count in tally.items() if kind not in ("read", "refused")})
    print(dict(wrong) or "nothing wrong")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
