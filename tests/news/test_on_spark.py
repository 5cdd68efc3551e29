"""A folder of texts on Spark in ``local[2]``: row for row what one machine reads.

Runs in a process of its own: a Java machine lives for as long as the process that starts it.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click.testing
import pytest

from dualuse.card import plain
from dualuse.cli import cli
from dualuse.errors import UsageError
from dualuse.news import Reader
from dualuse.news.text.folder import Given, pieces_of, sources
from dualuse.questions.parts import readings as rows

GOLD = Path(__file__).with_name("gold")
TEXT = "2025年1月13日，美國政府公布AI晶片出口管制新規，對120國設出口限額。中國商務部表示，堅決反對。"
SCRIPT = """
import json, sys
import click.testing
from dualuse.cli import cli
from dualuse.spark import session
asked = json.load(sys.stdin)
found = []
with session(**asked["settings"]):
    for arguments in asked["runs"]:
        shown = click.testing.CliRunner().invoke(cli, ["news", *arguments, "--engine", "spark"])
        found.append([shown.stdout, shown.stderr, str(shown.exception or "")])
print(json.dumps(found))
"""
QUICK = {
    "spark__master": "local[2]",
    "spark__sql__codegen__wholeStage": "false",
    "spark__sql__codegen__factoryMode": "NO_CODEGEN",
    "spark__driver__extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark__ui__enabled": "false",
}
READ = {"claims": rows.claims, "speech": rows.speech, "quantities": rows.quantities, "statements": rows.statements}


def on_spark(*runs: tuple[str | Path, ...]) -> list[tuple[str, str, str]]:
    """What the command prints, says and raises, run after run in one process."""
    asked = json.dumps({"runs": [[str(word) for word in run] for run in runs], "settings": QUICK})
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], input=asked, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return [(shown, said, error) for shown, said, error in json.loads(done.stdout.splitlines()[-1])]


def folder_of(tmp_path: Path) -> Path:
    """A few texts in each form, and what is bad."""
    import yaml

    folder = tmp_path / "texts"
    folder.mkdir()
    coded = [yaml.safe_load((GOLD / f"{name}.yml").read_text("utf-8")) for name in ("en-01", "hans-01", "hant-01")]
    lines = [json.dumps({"text": each["text"], "date": str(each["date"])}) for each in coded]
    (folder / "coded.jsonl").write_text("\n".join([*lines, "spoilt", ""]), "utf-8")
    (folder / "one.txt").write_text(TEXT, "utf-8")
    (folder / "two.jsonl.gz").write_bytes(gzip.compress(json.dumps({"text": TEXT, "date": "2025-01-14"}).encode()))
    (folder / "bad.pdf").write_bytes(b"%PDF")
    return folder


def told(row: Any) -> str:
    return json.dumps({name: plain(value) for name, value in asdict(row).items()}, sort_keys=True, ensure_ascii=False)


def kept(table: Path) -> Iterator[str]:
    import pyarrow.parquet as pq

    for path in sorted(table.glob("*.parquet")):
        for row in pq.read_table(path).to_pylist():
            yield json.dumps(row, sort_keys=True, ensure_ascii=False)


@pytest.mark.skipif(find_spec("pyspark") is None, reason="pyspark is not installed")
@pytest.mark.skipif(shutil.which("java") is None and "JAVA_HOME" not in os.environ, reason="there is no Java")
def test_equal_to_one_machine(reader: Reader, store_dir: Path, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    folder, out = folder_of(tmp_path), tmp_path / "read"
    store = ("--store", store_dir)
    (first, again) = on_spark((folder, out, *store), (folder, out, *store))
    found = [each for piece in pieces_of(folder)[0] for each in sources(piece)]
    readings = [reader.read(each.text, each.written) for each in found if isinstance(each, Given)]
    assert len(readings) == 5
    for name, read in READ.items():
        expected = sorted(told(row) for reading in readings for row in read(reading))
        assert sorted(kept(out / name)) == expected, name
        assert expected
        assert f"{name},{len(expected)}\n" in first[0]
    assert "documents,5\n" in first[0]
    assert "coded.jsonl, byte " in first[2]
    assert "bad.pdf: no text" in first[2]
    assert again[2].endswith("read is there already; choose another folder")
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")] == []


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("in",), "takes two folders"),
        (("in", "out", "--against", "graph"), "--against: for texts that are read here"),
        (("in", "out", "--date", "2025-01-01"), "--date: for texts"),
        (("in", "out", "--input", "html"), "--input: for texts"),
    ],
)
def test_what_it_does_not_take(store_dir: Path, words: tuple[str, ...], message: str) -> None:
    arguments = ["news", *words, "--engine", "spark", "--store", str(store_dir)]
    with pytest.raises(UsageError, match=message):
        click.testing.CliRunner().invoke(cli, arguments, catch_exceptions=False)
