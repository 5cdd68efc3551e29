"""Give every command that reads files spoilt ones, made by Hypothesis from real ones.

A run is a process of its own, forked from one that has imported everything. It may end in a message and any exit code
of ours; it may not end in a traceback or by a signal, take ten seconds of processor time twice, leave files half
written, send escape sequences to the terminal, or write numbers that JSON does not have.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import math
import re
import sys
import tempfile
import time
import zlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fuzz_runs import KEPT, Files, Outcome, Target, once, run
from fuzz_targets import targets
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

_ROUND = 10
"""Examples of a target before the next one has its turn."""

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
        if outcome.wrong == "hang":  # what does not come again is none
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
