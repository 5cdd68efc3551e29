"""The short form of ``scripts/faults``: builders at once, kills, failing calls, full disks, damage."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "fault_trials.py"
ROW = re.compile(r"(\S.*?)  +(\d+) +(\d+) +(\d+) +(\d+)")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the shim that lets calls fail is for Linux")
def test_no_store_is_lost() -> None:
    if shutil.which("cc") is None:
        reason = "no C compiler found: install one (Debian: apt-get install gcc) to let the store's calls fail"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    # in memory, if there is such a folder: the shim tells what was synced, and nobody has to wait for a disk
    memory = ["--folder", "/dev/shm"] if os.access("/dev/shm", os.W_OK | os.X_OK) else []  # noqa: S108 - has one inside
    command = [sys.executable, str(SCRIPT), "--short", *memory]
    answer = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    rows = {row[1]: [int(number) for number in row.groups()[1:]] for row in ROW.finditer(answer.stdout)}
    assert len(rows) == 7, answer.stdout
    for name, (tried, survived, _, lost) in rows.items():
        assert (survived, lost) == (tried, 0), name
    assert sum(tried for tried, *_ in rows.values()) > 20
    assert rows["damaged files"][2] == rows["damaged files"][0], "damage is said in words"
    assert rows["disk full from n-th call on"][2] > 2
