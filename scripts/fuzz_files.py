"""Give every command that reads files spoilt ones, made by Hypothesis from real ones.

A run is a process of its own, forked from one that has imported everything. It may end in a message and any exit code
of ours; it may not end in a traceback or by a signal, take longer than ten seconds on an idle machine, leave files half
written, send escape sequences to the terminal, or write numbers that JSON does not have.
"""

from __future__ import annotations

import argparse
import base64
import contextlib
import hashlib
import json
import math
import os
import re
import shutil
import signal
import sys
import tempfile
import time
import traceback
import zlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from dualuse.errors import DualuseError, UsageError

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "tests" / "fuzz" / "kept"
PATIENCE_SECONDS = 10
CODES = {0, 1, 2, 3, 124}
"""How a command may end, whatever it is given."""
_ROUND = 10
"""Examples of a target before the next one has its turn."""
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

Files = dict[str, bytes]


@dataclass(frozen=True)
class Target:
    """A command that reads files.

    Args:
        name: What the report calls it.
        command: Its arguments, run in a folder that holds its files; ``STORE`` stands for the store.
        seeds: Real files by name; a file whose name comes several times is spoilt from any of them.
        whole: Files that must be as they were, unless the command ended well.
        one: Whether a run takes only one of the files.
        ends: How the command ends on files that are not spoilt.
        reader: What reads the files, in this process, in the place of a command: many more runs, and no signals.
    """

    name: str
    command: tuple[str, ...]
    seeds: tuple[tuple[str, bytes], ...]
    whole: tuple[str, ...] = ()
    one: bool = False
    ends: int = 0
    reader: Callable[[Path], object] | None = None


@dataclass(frozen=True)
class Outcome:
    """How a run ended, and what is wrong with that; blank where nothing is."""

    code: int
    wrong: str = ""
    said: str = ""


# -- one run ---------------------------------------------------------------------------------------------------------


class _Child:
    """Ends the process that was forked, however its block ends."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if isinstance(error, SystemExit):
            code = error.code if isinstance(error.code, int) else 1
        else:
            code = 0 if error is None else 99
            traceback.print_exc()
        with contextlib.suppress(OSError, ValueError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


def run(command: Sequence[str], files: Files, store: Path, folder: Path, whole: Sequence[str] = ()) -> Outcome:
    """Run a command in a folder that holds some files, in a process of its own."""
    lay_out(folder, files)
    said = folder.with_suffix(".said")
    before = {name: files[name] for name in whole if name in files}
    words = [str(store) if word == "STORE" else word for word in command]
    child = os.fork()
    if child == 0:
        with _Child():
            _become(words, folder, said)
    code = _wait(child, patience())
    text = said.read_bytes().decode("utf-8", "replace")
    return Outcome(code, _wrong(code, text, folder, before), text[-1500:])


def once(target: Target, files: Files, store: Path, folder: Path) -> Outcome:
    """Run a target once."""
    if target.reader is None:
        return run(target.command, files, store, folder, target.whole)
    lay_out(folder, files)
    with _InTime() as ended:
        target.reader(folder / next(iter(files)))
    return Outcome(2 if ended.wrong else 0, "" if ended.wrong == "refused" else ended.wrong, ended.said)


class _InTime:
    """Says how its block ended: well, refused in words, in a traceback, or not within the time."""

    wrong = ""
    said = ""

    def __enter__(self) -> _InTime:
        signal.signal(signal.SIGALRM, self._late)
        signal.setitimer(signal.ITIMER_REAL, patience())
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> bool:
        signal.setitimer(signal.ITIMER_REAL, 0)
        if isinstance(error, KeyboardInterrupt):
            return False
        if error is not None:
            late = isinstance(error, TimeoutError)
            self.wrong = "hang" if late else "refused" if isinstance(error, DualuseError) else "traceback"
            self.said = "".join(traceback.format_exception(error))[-1500:]
        return True

    def _late(self, *_: object) -> None:
        raise TimeoutError


def patience() -> float:
    """Seconds that a run may take now."""
    return PATIENCE_SECONDS * (1 + os.getloadavg()[0] / (os.cpu_count() or 1))


def lay_out(folder: Path, files: Files) -> None:
    """Put files into a folder that holds nothing else; ``data/`` is the shipped data but for the files given."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    if any(name.startswith("data/") for name in files):
        shutil.copytree(ROOT / "data", folder / "data", copy_function=os.symlink)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        path.write_bytes(content)


def _become(words: list[str], folder: Path, said: Path) -> None:
    """Be the command: its folder, its streams, its arguments."""
    from dualuse.cli import main

    os.chdir(folder)
    os.environ.pop("DUALUSE_STORE", None)
    place = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    out = os.open("stdout", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(out, 1)
    os.dup2(place, 2)
    sys.stdin, sys.stdout, sys.stderr = (os.fdopen(number, mode) for number, mode in ((0, "r"), (1, "w"), (2, "w")))
    sys.argv = ["dualuse", *words]
    main()


def _wait(child: int, seconds: float) -> int:
    """Exit code of a process; a negative one is a signal, None became 999: it took too long."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.005)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return 999


def _wrong(code: int, said: str, folder: Path, before: Files) -> str:
    """What is wrong with how a command ended."""
    if code == 999:
        return "hang"
    if code < 0:
        return f"signal {signal.Signals(-code).name}"
    if "Traceback" in said or code not in CODES:
        return "traceback"
    if _STEERING.search(said):
        return "escape sequence"
    if list(folder.rglob("*.part")) or (
        code and any((folder / name).read_bytes() != content for name, content in before.items())
    ):
        return "half-written file"
    for path in (*folder.glob("*.json"), folder / "stdout"):
        text = path.read_bytes()[:20_000_000] if path.exists() else b""
        if code == 0 and text.startswith(b"{") and not _is_json(text):
            return "not JSON"
    return ""


def _is_json(text: bytes) -> bool:
    def refuse(name: str) -> float:
        raise ValueError(name)

    try:
        json.loads(text, parse_constant=refuse)
    except ValueError:
        return False
    return True


# -- spoiling --------------------------------------------------------------------------------------------------------

NASTY = [
    *(b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\x1b[31m", b"\r", b"\n", b"\t", b" "),
    *("\u202e".encode(), "\u2028".encode(), "\ue000".encode(), "\U0001f600".encode(), "輝達".encode()),
    *(b'"', b"'", b"''", b'"""', b",", b";", b"|", b":", b"-", b"#", b"&a", b"*a", b"!!python/name:os.system", b"%"),
    *(b"0", b"-1", b"1e999", b"-1e999", b"NaN", b"Infinity", b"9" * 400, b"1e-999", b"0x10", b"1_000", "１２".encode()),
    *(b"0000-00-00", b"9999-12-31", b"2025-02-30", b"10000-01-01", b"-0001-01-01", b"2025"),
    *(b"[" * 3000, b"{" * 3000, b"- " * 3000, b"(" * 3000, b"<a>" * 3000, b"x" * 300, b"x" * 200_000, b"a," * 5000),
    *(b"../../etc/passwd", b"/dev/full", b"http://[x", b"https://a.b/%zz", b"=1+1", b"<!--", b"]]>", b"\\", b"\\u0000"),
]
"""What has broken readers of files before."""

_WHERE = st.floats(0, 1, allow_nan=False)
_EDITS = st.lists(
    st.one_of(
        st.tuples(st.just("put"), _WHERE, st.sampled_from(NASTY)),
        st.tuples(st.just("over"), _WHERE, st.sampled_from(NASTY)),
        st.tuples(st.just("cell"), _WHERE, st.sampled_from(NASTY)),
        st.tuples(st.just("cell"), _WHERE, st.text(max_size=12).map(lambda text: text.encode("utf-8", "replace"))),
        st.tuples(st.just("put"), _WHERE, st.binary(max_size=8)),
        st.tuples(st.just("cut"), _WHERE, _WHERE),
        st.tuples(st.just("twice"), _WHERE, _WHERE),
        st.tuples(st.just("end"), _WHERE, st.none()),
        st.tuples(st.just("line"), _WHERE, _WHERE),
    ),
    min_size=1,
    max_size=6,
)


def spoilt(content: bytes, edits: Sequence[tuple[str, float, Any]]) -> bytes:
    """A file with edits made to it, one after the other."""
    for kind, where, what in edits:
        at = math.floor(where * len(content))
        match kind:
            case "put":
                content = content[:at] + what + content[at:]
            case "over":
                content = content[:at] + what + content[at + len(what) :]
            case "cell":
                cells = re.split(rb"([,\n|:>]+)", content)
                cells[math.floor(where * (len(cells) - 1))] = what
                content = b"".join(cells)
            case "cut":
                content = content[:at] + content[at + math.floor(what * 200) :]
            case "twice":
                content = content[:at] + content[at : at + math.floor(what * 200)] + content[at:]
            case "end":
                content = content[:at]
            case "line":
                lines = content.split(b"\n")
                lines.insert(math.floor(where * len(lines)), lines[math.floor(what * (len(lines) - 1))])
                content = b"\n".join(lines)
    return content


def files_of(target: Target) -> st.SearchStrategy[Files]:
    """Files of a target, one of them spoilt."""
    names = list(dict.fromkeys(name for name, _ in target.seeds))

    @st.composite
    def made(draw: st.DrawFn) -> Files:
        name = draw(st.sampled_from(names))
        taken = [name] if target.one else names
        files = {each: draw(st.sampled_from([c for n, c in target.seeds if n == each])) for each in taken}
        return files | {name: spoilt(files[name], draw(_EDITS))}

    return made()


# -- what reads files ------------------------------------------------------------------------------------------------

EDGES = (
    b"owner,owned,share_min,share_max,valid_from,valid_to,source\n"
    b"Listed Co,A,60,60,2020-01-01,2030-01-01,x\nA,B,40,60,,,\nPartner,B,,40,,,y\nB,A,10,10,2024,,z\n"
)
LISTED = "party\nListed Co\n華為\n".encode()
SHIPMENTS = (
    "id,item,quantity,to,hq,as-of,lens\n1,H100 SXM,1500,CH,CH,2025-06-01,codified\n"
    "2,4E091,1,Canada,Canada,,enforced\n3,h20,20000,瑞士,CN,2026-02-01,\n"
).encode()
PLAIN = "id,item,quantity,to,hq\n1,H100 SXM,1500,PL,PL\n2,4E091,1,Canada,Canada\n3,h20,20000,瑞士,CN\n".encode()
NEWS = (
    "（中央社華盛頓13日電）美國政府13日公布AI晶片出口管制新規，對120國設出口限額，最多可獲得約50000個GPU。\n"
    "商務部新聞發言人說：「我們堅決反對。」輝達批評新規，稱此舉損害企業利益。\n"
    "On January 13, 2025, NVIDIA said that the AI diffusion rule puts about 120 countries in the second tier.\n"
).encode()
PAGE = b"<html><head><title>x</title></head><body><article><p>" + NEWS.replace(b"\n", b"</p><p>") + b"</p></article>"
GOLD = (
    b"id,passage_no,char_start,char_end,attributed_to,subject,predicate,object_value,unit\n"
    b"c1,1,10,40,(own voice),US,(aside),120,country\nc2,2,0,10,(own voice),CN,(aside),against,\n"
)
ENTITIES = (
    "entity_id,entity_type,surface_forms,iso_code\nUS,country,美國政府 | 美國,US\nNV,company,NVIDIA | 輝達,\n".encode()
)
QUERY = (ROOT / "graph/dualuse/query/named/members-of-group.rq").read_bytes()
DAY = ("--as-of", "2025-06-01", "--store", "STORE")


def targets(work: Path) -> list[Target]:
    """Every command that reads files, with real ones."""
    curated = [
        ROOT / "data" / name for name in ("memberships.csv", "provisions.csv", "claims/claims.csv", "conditions.yml")
    ]
    curated += [
        ROOT / "data" / "dataset.yml",
        ROOT / "data" / "expected.yml",
        *sorted((ROOT / "data" / "news").glob("*.yml")),
    ]
    for folder in ("instruments", "rules", "products", "sources"):
        curated += sorted((ROOT / "data" / folder).iterdir())[:2]
    named = [(str(path.relative_to(ROOT)), path.read_bytes()) for path in curated]
    review = _review(work)
    claims = b"key,mine,gloss\nzz.1,kept,said\n"
    ledger = (("review.yml", review), ("into/claims.csv", claims), ("into/passages.csv", b"key,document\nzz.p1,zz\n"))
    owned = ("owned", "--rule", "ofac-50", "--edges", "edges.csv", "--listed", "listed.csv", *DAY)
    found = [
        Target("owned", (*owned, "--format", "json", "-o", "out.json"), (("edges.csv", EDGES), ("listed.csv", LISTED))),
        Target("owned A", (*owned, "A", "B"), (("edges.csv", EDGES), ("listed.csv", LISTED))),
        Target("check --batch", ("check", "--batch", "b.csv", *DAY, "-o", "out.csv"), (("b.csv", SHIPMENTS),)),
        Target("whatif --batch", ("whatif", "--move", "PL:supp5a", "--batch", "b.csv", *DAY), (("b.csv", PLAIN),)),
        Target("news", ("news", "n.txt", "--format", "json", "--store", "STORE"), (("n.txt", NEWS),)),
        Target("news --review", ("news", "n.txt", "--review", "r.yml", "--store", "STORE"), (("n.txt", NEWS),)),
        Target("news html", ("news", "n.html", "--store", "STORE"), (("n.html", PAGE),)),
        Target(
            "news --gold",
            ("news", "n.txt", "--gold", "g.csv", "--store", "STORE"),
            (("n.txt", NEWS), ("g.csv", GOLD), ("g.csv", ENTITIES)),
        ),
        Target(
            "load claims",
            ("load", "claims", "review.yml", "--into", "into"),
            ledger,
            ("into/claims.csv", "into/passages.csv"),
        ),
        Target("sparql --file", ("sparql", "--file", "q.rq", "--timeout", "5", "--store", "STORE"), (("q.rq", QUERY),)),
        Target("verify", ("verify", "n.txt", "--store", "STORE"), (("n.txt", NEWS),), ends=2),
        Target("claims --sources", ("claims", "--sources", ".", *DAY, "--format", "csv"), (("n.txt", NEWS),)),
        Target("validate", ("validate", "--data", "data"), tuple(named), one=True),
    ]
    return [*found, *_tables(work), *_readers(review, named)]


def _readers(review: bytes, named: Sequence[tuple[str, bytes]]) -> list[Target]:
    """What the commands read files with, by itself."""
    from datetime import date

    from dualuse.load.files import read_csv, read_yaml
    from dualuse.news.review.file import accept
    from dualuse.news.review.gold import read_rows
    from dualuse.news.text.page import page_text
    from dualuse.ownership.read import read_edges
    from dualuse.query.check import check, limited
    from dualuse.shipments import Table, asked

    def curated(path: Path) -> None:
        for _ in read_csv(path.name, path, []) if path.suffix == ".csv" else [read_yaml(path.name, path, [])]:
            pass

    def shipments(path: Path) -> None:
        for _, cells in Table(path):
            with contextlib.suppress(UsageError):
                asked(cells)

    def query(path: Path) -> None:
        text = path.read_bytes().decode("utf-8", "replace")
        check(text)
        limited(text, 10)

    def page(path: Path) -> None:
        page_text(path.read_bytes().decode("utf-8", "replace"))

    flat = tuple((f"f{number}{Path(name).suffix}", content) for number, (name, content) in enumerate(named))
    return [
        Target("reader of curated files", (), flat, one=True, reader=curated),
        Target("reader of edges", (), (("e.csv", EDGES),), reader=lambda path: read_edges(path, date(2025, 6, 1))),
        Target("reader of shipments", (), (("b.csv", SHIPMENTS),), reader=shipments),
        Target("reader of reviews", (), (("r.yml", review),), reader=accept),
        Target("reader of gold tables", (), (("g.csv", GOLD), ("g.csv", ENTITIES)), reader=read_rows),
        Target("reader of queries", (), (("q.rq", QUERY),), reader=query),
        Target("reader of pages", (), (("n.html", PAGE),), reader=page),
    ]


def _review(work: Path) -> bytes:
    """A review file as ``news --review`` makes it, all of it accepted."""
    folder = work / "review"
    outcome = run(
        ("news", "n.txt", "--review", "review.yml", "--store", "STORE"), {"n.txt": NEWS}, work / "store", folder
    )
    if outcome.code:
        raise SystemExit(f"no review file: {outcome.said}")
    content = yaml.safe_load((folder / "review.yml").read_text("utf-8"))
    content["document"] |= {"key": "made-up", "title": "Made up", "source": "digest-88iv-2025-01"}
    for entry in content["candidates"]:
        entry["review"] = "accept"
        if entry["kind"] == "claim":
            entry |= {"gloss": "Said in our own words.", "value": entry["value"] or "a phrase of ours"}
            entry["subject_label"] = entry["subject_label"] or "the measure"
        else:
            entry |= {"summary": "They are against it.", "topic": "made-up", "source_kind": "news"}
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False).encode()


def _tables(work: Path) -> list[Target]:
    """Commands that read tables in formats other than text."""
    found = []
    with contextlib.suppress(ImportError):
        import pyarrow as pa
        import pyarrow.parquet as pq

        columns = {"owner": ["L", "A"], "owned": ["A", "B"], "share_min": [60.0, None], "share_max": [60.0, 70.0]}
        pq.write_table(pa.table(columns), work / "edges.parquet")
        content = (work / "edges.parquet").read_bytes()
        command = ("owned", "--rule", "ofac-50", "--edges", "e.parquet", "--listed", "l.csv", *DAY)
        found.append(Target("owned parquet", command, (("e.parquet", content), ("l.csv", b"party\nL\n"))))
    with contextlib.suppress(ImportError):
        import openpyxl

        book = openpyxl.Workbook()
        for row in SHIPMENTS.decode().splitlines():
            book.active.append(row.split(","))
        book.save(work / "b.xlsx")
        workbook = (("b.xlsx", (work / "b.xlsx").read_bytes()),)
        found.append(Target("check workbook", ("check", "--batch", "b.xlsx", *DAY), workbook))
    return found


# -- the hunt --------------------------------------------------------------------------------------------------------


@dataclass
class Tally:
    """What came of the runs of a target."""

    codes: Counter[int] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)


class _Found(Exception):  # noqa: N818 - what the hunt is for
    """A run that went wrong."""


def hunt(
    target: Target, store: Path, folder: Path, tally: Tally, over: Callable[[], bool]
) -> tuple[Files, Outcome] | None:
    """Try some spoilt files; the smallest that went wrong, if one did."""
    last: list[tuple[Files, Outcome]] = []

    @settings(
        max_examples=_ROUND * (1 if target.reader is None else 10),
        deadline=None,
        database=None,
        report_multiple_bugs=False,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @given(files_of(target))
    def attempt(files: Files) -> None:
        if over() and not last:
            return
        outcome = once(target, files, store, folder)
        tally.codes[outcome.code] += 1
        if outcome.wrong:
            last[:] = [(files, outcome)]
            raise _Found(outcome.wrong)

    try:
        attempt()
    except _Found:
        files, outcome = last[0]
        tally.wrong[outcome.wrong] += 1
        return files, outcome
    return None


def keep(target: Target, files: Files, outcome: Outcome) -> Path:
    """Keep what went wrong, as a test of its own; files are packed, because some are long and dull."""
    KEPT.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256(repr(sorted(files.items())).encode()).hexdigest()[:12]
    path = KEPT / f"{re.sub(r'[^a-z0-9]+', '-', target.name.lower()).strip('-')}-{digest}.json"
    packed = {name: base64.b64encode(zlib.compress(content, 9)).decode() for name, content in files.items()}
    record = {"command": target.command, "wrong": outcome.wrong, "whole": target.whole, "files": packed}
    path.write_text(json.dumps(record, indent=1) + "\n", "utf-8")
    return path


def kept(path: Path) -> tuple[Target, Files]:
    """What was kept."""
    record = json.loads(path.read_text("utf-8"))
    files = {name: zlib.decompress(base64.b64decode(content)) for name, content in record["files"].items()}
    return Target(path.stem, tuple(record["command"]), (), tuple(record["whole"])), files


def main() -> None:
    """Hunt for some minutes, and say what was found."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--only", default="", help="targets whose name holds this")
    chosen = parser.parse_args()
    for name in ("cli.ask", "cli.commands", "cli.build", "cli.load", "questions.methods", "build", "validate"):
        __import__(f"dualuse.{name}")
    end = time.monotonic() + chosen.minutes * 60
    with tempfile.TemporaryDirectory() as place:
        work = Path(place)
        built = run(("build", "--store", "STORE"), {}, work / "store", work / "build")
        if built.code:
            raise SystemExit(f"no store: {built.said}")
        names = [target for target in targets(work) if chosen.only in target.name]
        for target in names:
            sound = once(target, dict(target.seeds[: 1 if target.one else None]), work / "store", work / "run")
            if sound.code != target.ends or sound.wrong:
                raise SystemExit(f"{target.name}: its own files do not do: {sound.code} {sound.wrong}\n{sound.said}")
        tallies = {target.name: Tally() for target in names}
        try:
            _hunt_all(names, tallies, work, end)
        finally:
            report(tallies)
    sys.exit(any(tally.wrong for tally in tallies.values()))


def _hunt_all(names: Sequence[Target], tallies: dict[str, Tally], work: Path, end: float) -> None:
    """Give each target its turn until the time is over."""
    while time.monotonic() < end:
        for target in names:
            if time.monotonic() >= end:
                break
            found = hunt(target, work / "store", work / "run", tallies[target.name], lambda: time.monotonic() >= end)
            if found:
                print(f"{target.name}: {found[1].wrong}: {keep(target, *found)}\n{found[1].said}", flush=True)


def report(tallies: dict[str, Tally]) -> None:
    """Print what came of it: runs and how they ended, and what went wrong."""
    wrong: Counter[str] = Counter()
    for name, tally in tallies.items():
        codes = ", ".join(f"{code}: {count}" for code, count in sorted(tally.codes.items()))
        print(f"{name:48} {sum(tally.codes.values()):6,} runs  exit {codes}  {dict(tally.wrong) or ''}")
        wrong += tally.wrong
    print(f"{sum(sum(tally.codes.values()) for tally in tallies.values()):,} runs; {dict(wrong) or 'nothing wrong'}")


if __name__ == "__main__":
    main()
