"""The cascade on Spark in ``local[2]``: the same answers as the native engine, on many random graphs at once.

Runs in a process of its own: a Java machine lives for as long as the process that starts it.
"""

from __future__ import annotations

import csv
import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from dualuse.ownership.outcome import cascade
from dualuse.ownership.read import read_edges

pytestmark = [
    pytest.mark.skipif(find_spec("pyspark") is None, reason="pyspark is not installed"),
    pytest.mark.skipif(shutil.which("java") is None and "JAVA_HOME" not in os.environ, reason="there is no Java"),
]

DAY = date(2025, 1, 20)
SHARES = ["", "50", "12.5", "33.3333", "33.33333", "120", "abc", "100", " 7 ", "50%", "1e1", "20", "40", "60", "25"]
SHARES += ["0.6", "0.6%", "more than 25", "<50", "25 to 50", "about 50"]
DATES = ["", "", "", "", "2020", "2024-05", "2025-01-15", "2025-01", "x", "2030"]
DATES += ["9999-12-31", "2024-05-01T00:00:00Z", "1970-01-01", "2025-02-30"]
GRAPHS = 60 if os.environ.get("DUALUSE_SLOW") else 10
QUICK = {
    "spark.master": "local[2]",
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    # so short a life does not pay for compiling much
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.ui.enabled": "false",
}
SCRIPT = """
import json, sys
from datetime import date
from pathlib import Path
from dualuse.errors import UsageError
from dualuse.knowledge import open_knowledge
from dualuse.ownership.engines.spark import solve
from dualuse.ownership.engines.spark_read import read_edges
from dualuse.spark import session
asked = json.load(sys.stdin)
with session(**asked["settings"]) as spark, session() as same:
    assert same is spark
    edges, parties, findings = read_edges(spark, asked["edges"], date.fromisoformat(asked["day"]))
    outcome = solve(edges, parties, asked["listed"], asked["doubtful"], 50)
    outcome.findings.merge(findings)
    rows, _ = outcome.rows([], 0)
    first, more = outcome.rows([], 3)
    named, _ = outcome.rows(asked["names"], 3)
    found = {"rows": rows, "first": first, "more": more, "named": named}
    files = {"edges": asked["small"], "listed": Path(asked["list"])}
    files |= {"as_of": "2025-01-01", "rule": "ofac-50", "engine": "spark"}
    found["card"] = open_knowledge().owned("a", "B", "C", "D", **files).to_dict()
    try:
        read_edges(spark, asked["none"], date(2025, 1, 1))
    except UsageError as error:
        found["error"] = str(error)
    print(json.dumps(found | {"counts": outcome.counts(), "findings": outcome.findings.counts}))
"""


def spark(asked: dict[str, Any], store: Path) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        input=json.dumps(asked),
        capture_output=True,
        encoding="utf-8",
        check=False,
        env=os.environ | {"DUALUSE_STORE": str(store)},
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_equal_to_native_on_random_graphs(tmp_path: Path, store_dir: Path, write: Callable[..., Path]) -> None:
    dice = random.Random(24)  # noqa: S311 - test data
    rows, listed, doubtful = [], [], []
    for graph in range(GRAPHS):
        names = [f"{graph}:{number}" for number in range(dice.randint(2, 5))]
        for _ in range(dice.randint(1, 3 * len(names))):
            low = dice.choice(SHARES)
            high = dice.choice([low, low, low, dice.choice(SHARES)])
            blank, owners, parties = dice.random(), [*names], [*names]
            if blank < 0.15:
                (owners if blank < 0.05 else parties).append("")
            pair = [dice.choice(owners), dice.choice(parties)]
            rows.append([*pair, low, high, dice.choice(DATES), dice.choice(DATES)])
        listed += dice.sample(names, dice.randint(0, 2))
        doubtful += dice.sample(names, dice.randint(0, 1))
    path = tmp_path / "edges.csv"
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(["owner", "owned", "share_min", "share_max", "valid_from", "valid_to"])
        writer.writerows([*rows, ["too", "few"], ["0:1", "and", "few"]])
    native = cascade(read_edges(path, DAY), listed, doubtful=doubtful)
    expected = [native.row(number) | {"settles": None, "divest": None} for number in native.restricted()]
    settings = {name.replace(".", "__"): value for name, value in QUICK.items()}
    asked = {"edges": str(path), "day": DAY.isoformat(), "listed": listed, "doubtful": doubtful}
    none = str(tmp_path / "none.parquet")
    asked |= {
        "small": str(
            write(
                "small.csv",
                "owner,owned,share_min,share_max",
                "LISTED LIMITED,A,50,60",
                "Listed GmbH,B,60,60",
                "unknown,C,60,60",
                "Clean,D,60,60",
            )
        ),
        "list": str(write("listed.csv", "party", "Listed Ltd")),
        "none": none,
    }
    found = spark(asked | {"settings": settings, "names": [expected[9]["party"], expected[5]["party"]]}, store_dir)
    assert found["counts"] == native.counts
    assert all(number > 0 for number in native.counts.values())
    assert found["rows"] == expected
    assert found["first"] == expected[:3]
    assert found["more"] == len(expected) - 3
    assert found["named"] == [expected[9], expected[5]]
    assert found["findings"] == native.findings.counts
    parties = found["card"]["answer"]["parties"]
    assert [party["result"] for party in parties] == ["captured", "possible", "possible", "clear"]
    kinds = {one["kind"] for one in found["card"]["answer"]["findings"]}
    assert kinds == {"unnamed-owner", "same-name", "near-name"}
    assert any(gap["what"] == "settles and divest" for gap in found["card"]["unknown"])
    assert found["error"].startswith(f"{none} cannot be read: ")
    assert "\n" not in found["error"]
