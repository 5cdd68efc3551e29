"""Entities on Spark in ``local[2]``: quad for quad what one machine writes of the same records, lines and Parquet.

Runs in a process of its own: a Java machine lives for as long as the process that starts it.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from tests.feeds.test_opensanctions import ALL, ASSET, OWNER, SAMPLES, change, entity, lines
from tests.running import Run

from dualuse.feeds.quads import NAME
from dualuse.feeds.report import Report

SCRIPT = """
import json, sys
import click.testing
from dualuse.cli import cli
from dualuse.spark import session
asked = json.load(sys.stdin)
found = []
with session(**asked["settings"]):
    for arguments in asked["runs"]:
        shown = click.testing.CliRunner().invoke(cli, ["load", "opensanctions", *arguments])
        found.append([shown.stderr, str(shown.exception or "")])
print(json.dumps(found))
"""
QUICK = {
    "spark__master": "local[2]",
    "spark__sql__codegen__wholeStage": "false",
    "spark__sql__codegen__factoryMode": "NO_CODEGEN",
}
DAY = ("--retrieved", "2025-06-01", "--source", "https://example.org/f")


def quads(folder: Path) -> set[str]:
    """The quads of a folder but for what says of which file they are."""
    found = "".join(path.read_text("utf-8") for path in sorted(folder.rglob("part-*")))
    return {line for line in found.split("\n") if line and "#contentSha256>" not in line}


def counts(report: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(report.read_text("utf-8"))
    for name in ("file", "rejected_records"):
        del told[name]
    return told | {
        "cells_not_read": [{**each, "examples": sorted(each["examples"])} for each in told["cells_not_read"]]
    }


def rich() -> str:
    """Entities of several forms: one said twice, one again with more, and lines that tell nothing."""
    more = ASSET | {"properties": {"alias": ["Another"]}, "datasets": ["eu_fsf"]}
    odd = entity("NK-x", name="One", country=["suhh"], shoeSize=["45"], notes=['a "b" .\n c\u2028d'])
    spoilt = '{"id": "NK-\n[1]\n\n{"id":"NK-q"}\n'
    return lines(*ALL, more, OWNER, odd) + spoilt + lines(*(entity(f"NK-{n}", name=[f"N {n}"]) for n in range(300)))


@pytest.mark.skipif(not os.environ.get("DUALUSE_SLOW"), reason="a Java machine takes long: DUALUSE_SLOW=1")
@pytest.mark.skipif(find_spec("pyspark") is None, reason="pyspark is not installed")
@pytest.mark.skipif(shutil.which("java") is None and "JAVA_HOME" not in os.environ, reason="there is no Java")
def test_equal_to_one_machine_quad_for_quad(run: Run, small_store: Path, tmp_path: Path) -> None:
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    (tmp_path / "rich.json").write_text(rich(), "utf-8")
    plain = [entity(f"NK-{n}", name=[f"N {n}", "M"]) for n in range(25)]
    plain += [entity(f"NK-{n}", name=[f"N {n}"], country=["ru"]) for n in range(25, 50)]
    (tmp_path / "rows.json").write_text(lines(*plain), "utf-8")
    (tmp_path / "rows").mkdir()
    for part in range(2):
        rows = [{**each, "properties": list(each["properties"].items())} for each in plain[part::2]]
        kept = pa.map_(pa.string(), pa.list_(pa.string()))
        table = pa.table(
            {name: pa.array([row[name] for row in rows], kept if name == "properties" else None) for name in rows[0]}
        )
        pq.write_table(table, tmp_path / f"rows/{part}.parquet")
    files = {"rich": "rich.json", "rows": "rows.json"}
    if (sample := SAMPLES / "ve_assembly.ftm.json").is_file():
        files["sample"] = str(sample)
    common = (*DAY, "--accept", "columns", "--store", small_store)
    for name, file in files.items():
        done = run("load", "opensanctions", tmp_path / file, "-o", tmp_path / f"one-{name}", "--report",
                   tmp_path / f"one-{name}.json", *common)  # fmt: skip
        assert done.returncode == 0, done.stderr
    runs: list[tuple[str | Path, ...]] = [
        (tmp_path / file, "-o", tmp_path / f"spark-{name}", "--report", tmp_path / f"spark-{name}.json")
        for name, file in (files | {"parquet": "rows"}).items()
    ]
    (tmp_path / "none.json").write_text(lines(change("DEL", OWNER)), "utf-8")
    runs += [runs[0], *((tmp_path / name, "-o", tmp_path / "x") for name in ("none.json", "no.json"))]
    told = on_spark(*((*(str(word) for word in (*each, *common)), "--engine", "spark") for each in runs))
    for name in files:
        assert quads(tmp_path / f"spark-{name}") == quads(tmp_path / f"one-{name}")
        assert counts(tmp_path / f"spark-{name}.json") == counts(tmp_path / f"one-{name}.json")
    assert quads(tmp_path / "spark-parquet") == quads(tmp_path / "one-rows")
    assert "Loaded OpenSanctions: 305 of 310 records" in told[0][0]
    assert told[-3][1].endswith("spark-rich is there already; choose another folder")
    assert "no record of OpenSanctions in it" in told[-2][1]
    assert "no.json" in told[-1][1]


def on_spark(*runs: tuple[str, ...]) -> list[tuple[str, str]]:
    """What the command says and raises, run after run in one process."""
    asked = json.dumps({"runs": runs, "settings": QUICK})
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], input=asked, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return [(said, error) for said, error in json.loads(done.stdout.splitlines()[-1])]


def test_quads_of_any_kind_are_written_beside_the_store(run: Run, small_store: Path, tmp_path: Path) -> None:
    file = tmp_path / "file.json"
    file.write_text(lines(*ALL), "utf-8")
    command = ("load", "opensanctions", file, "--store", small_store)
    done = run(*command, "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    written = (tmp_path / "out" / NAME).read_text("utf-8").splitlines()
    assert all(line.endswith(" <https://w3id.org/dualuse/graph/feed/opensanctions> .") for line in written)
    again = run(*command, "-o", tmp_path / "out")
    assert (again.returncode, "out is there already; choose another folder" in again.stderr) == (2, True)
    file.write_text("{}\n", "utf-8")
    assert run(*command, "-o", tmp_path / "none").returncode == 2
    assert not any((tmp_path / "none").iterdir())


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("opensanctions", "f"), "--engine spark and -o DIR go together"),
        (("csl", "f", "-o", "x"), "--engine spark reads opensanctions; of csl one record is told by others"),
    ],
)
def test_what_spark_does_not_do(run: Run, given: tuple[str, ...], said: str) -> None:
    done = run("load", *given, "--engine", "spark")
    assert (done.returncode, said in done.stderr) == (2, True)


def test_reports_of_parts_are_one() -> None:
    one, two, none = Report(read=2, kept=1), Report(read=1, kept=1), Report()
    one.had(("a", "b"), {"a": "", "b": "why", "c": "", "d": ""}, ("d",))
    two.had(("a", "c", "e"), {"a": "", "b": "why", "c": "", "d": ""}, ("d",))
    one.reject("line 1", "no id")
    one.doubt("line 2", "a", "x", "no date")
    two.doubt("line 3", "a", "y", "no date")
    whole = Report.of_parts([one, two, none])
    assert (whole.read, whole.kept, whole.refused) == (3, 2, 1)
    assert (whole.columns, whole.grown, whole.lost, whole.optional) == (("a", "b", "c", "e"), ("e",), (), ("d",))
    assert whole.examples == {("a", "no date"): ["line 2: x", "line 3: y"]}
