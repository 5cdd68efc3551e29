"""Tables of ties on Spark in ``local[2]``: row for row what one machine tells of the same files.

Runs in a process of its own: a Java machine lives for as long as the process that starts it.
"""

from __future__ import annotations

import csv
import io
import json
import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click.testing
import pytest

from dualuse.errors import UsageError

RULE = "us-ai-diffusion-ifr-2025-01"
Ask = Callable[..., click.testing.Result]
ASKED = ("affected", "--by", RULE, "--as-of", "2025-06-01")


def columns(dice: random.Random, count: int, file: int) -> dict[str, list[Any]]:
    """Ties at random, in the types that tables have; some cannot be read, one has nothing in it."""
    places = ("CH", "GB", "CN", "AE", "VN", "AF", "IN", "Hong Kong", "Poland", "Atlantis", " pl ", None)
    found: dict[str, list[Any]] = {
        "Item": [
            dice.choice(("H100 SXM", "H20", "RTX 4090", "L40", "4E091", "3A090.c", "H1000")) for _ in range(count)
        ],
        "To": [dice.choice(places) for _ in range(count)],
        "hq": [dice.choice(places[:9]) for _ in range(count)],
        "exporter": [dice.choice(("nvidia", "NVIDIA", "amd", "", None)) for _ in range(count)],
        "as-of": [dice.choice((None, date(2025, 6, 1), date(2026, 2, 1), date(2024, 1, 1))) for _ in range(count)],
        "id": [f"{file}-{number}" for number in range(count)],
        "effect": [dice.choice((None, 1.5, 2.0)) for _ in range(count)],
        "Seen at": [datetime(2025, 1, dice.randint(1, 28), 23, 30) for _ in range(count)],
        "Sent": [datetime(2025, 1, dice.randint(1, 28), 23, 30, tzinfo=UTC) for _ in range(count)],
        "sure": [dice.choice((True, False, None)) for _ in range(count)],
    }
    for column in found.values():
        column[count // 2] = None
    return found


SCRIPT = """
import json, sys
import click.testing
from dualuse.cli import cli
from dualuse.spark import session
asked = json.load(sys.stdin)
found = []
with session(**asked["settings"]):
    for arguments in asked["runs"]:
        shown = click.testing.CliRunner().invoke(cli, ["affected", *arguments])
        found.append([shown.stdout, shown.stderr, type(shown.exception).__name__, str(shown.exception)])
print(json.dumps(found))
"""
QUICK = {
    "spark.master": "local[2]",
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.caseSensitive": "true",
}


def on_spark(store: Path, *runs: tuple[str, ...]) -> list[tuple[str, str, str, str]]:
    """What the command says and raises, run after run in one process, where the day turns at another hour."""
    settings = {name.replace(".", "__"): value for name, value in QUICK.items()}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        input=json.dumps({"runs": runs, "settings": settings}),
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "DUALUSE_STORE": str(store), "TZ": "Asia/Tokyo"},
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return [(out, said, kind, error) for out, said, kind, error in json.loads(done.stdout.splitlines()[-1])]


@pytest.mark.skipif(not os.environ.get("DUALUSE_SLOW"), reason="a Java machine takes long: DUALUSE_SLOW=1")
@pytest.mark.skipif(find_spec("pyspark") is None, reason="pyspark is not installed")
@pytest.mark.skipif(shutil.which("java") is None and "JAVA_HOME" not in os.environ, reason="there is no Java")
def test_equal_to_one_machine_row_for_row(ask: Ask, store_dir: Path, tmp_path: Path) -> None:
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    dice = random.Random(21)  # noqa: S311 - test data
    folder, into, none = tmp_path / "ties", tmp_path / "into", tmp_path / "none"
    folder.mkdir()
    expected, errors = [], 0
    for file in range(3):
        path = folder / f"part-{file}.parquet"
        pq.write_table(pa.table(columns(dice, 150, file)), path, row_group_size=40)
        shown = ask(*ASKED, "--ties", str(path))
        for row in csv.DictReader(io.StringIO(shown.stdout)):
            expected.append(row | {"row": f"{path.name}:{row['row']}"})
            errors += bool(row["error"])
    assert len(expected) == 3 * 149
    assert 0 < errors < len(expected)
    runs = [(*ASKED[1:], "--engine", "spark", "--ties", str(ties), "--into", str(into)) for ties in (folder, none)]
    told, unread, again = on_spark(store_dir, *runs, runs[0])
    found = pq.read_table(into).to_pylist()
    order = {row["row"]: number for number, row in enumerate(expected)}
    assert sorted(found, key=lambda row: order[row["row"]]) == expected
    kinds = Counter(row["effect"] or "with errors" for row in expected)
    assert {row["effect"]: int(row["ties"]) for row in csv.DictReader(io.StringIO(told[0]))} == kinds
    assert len(kinds) > 4
    assert f"447 ties: {kinds['barred']} barred, " in told[1]
    assert told[2] == "CuratedDataError"
    assert "part-0.parquet:" in told[3]
    assert "no place 'Atlantis'" in told[3]
    assert unread[2] == again[2] == "UsageError"
    assert unread[3].startswith(f"{none}: ")
    assert unread[3].endswith("the engine spark reads Parquet")
    assert again[3] == f"{into} is there already; choose another folder"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--ties", "t.csv", "--engine", "spark"), "--engine spark and --into FOLDER go together"),
        (("--ties", "t.csv", "--into", "x"), "--engine spark and --into FOLDER go together"),
        (("--engine", "spark"), "are for a table of ties"),
        (("--into", "x"), "are for a table of ties"),
        (("--ties", "none.csv"), "none.csv cannot be read"),
    ],
)
def test_options_that_do_not_go_together(ask: Ask, given: tuple[str, ...], said: str) -> None:
    found = ask("affected", "--by", RULE, *given)
    assert isinstance(found.exception, UsageError)
    assert said in str(found.exception)
