"""The page on the 50 % rule names what the code knows, and the bench runs."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from dualuse.ownership.findings import KINDS
from dualuse.ownership.records import read_rules
from dualuse.ownership.rows import EDGE_COLUMNS
from dualuse.ownership.verdicts import RESULTS

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "ownership.md").read_text("utf-8")


@pytest.mark.parametrize("word", [*RESULTS, *KINDS, *EDGE_COLUMNS, *read_rules()])
def test_page_names_it(word: str) -> None:
    assert f"`{word}`" in PAGE


def test_small_graphs_need_no_extra() -> None:
    code = "import sys, dualuse.questions.parts.stakes; print(sorted({'numpy', 'pyarrow'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.skipif(not (find_spec("numba") and find_spec("numpy")), reason="numba is not installed")
def test_bench_runs_and_peers_agree() -> None:
    command = [sys.executable, str(ROOT / "scripts" / "bench_owned.py"), "--sizes", "5000", "--peers"]
    done = subprocess.run(
        [*command, "C", "native", "numpy", "dicts"], capture_output=True, encoding="utf-8", check=True
    )
    assert "5,000 holdings" in done.stdout
    assert "all peers agree: True" in done.stdout
    assert ": equal to the plain engine" in done.stdout
    assert "every result and share the same as native: True" in done.stdout
