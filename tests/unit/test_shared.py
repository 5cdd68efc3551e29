"""What several processes ask for is made by one of them, and made anew where it was not finished."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests.shared import once

ROOT = Path(__file__).resolve().parents[2]
ASK = """
import os, sys, time
from pathlib import Path
from tests.shared import once

class Folders:
    def getbasetemp(self):
        return Path(sys.argv[1]) / str(os.getpid())

def make(place):
    print("made", flush=True)
    time.sleep(0.3)
    place.write_text("whole")

print(once(Folders(), "thing", make).read_text())
"""


def test_three_at_once_make_it_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTEST_XDIST_WORKER", "gw0")
    monkeypatch.syspath_prepend(ROOT)
    monkeypatch.setenv("PYTHONPATH", ":".join([str(ROOT), *sys.path]))
    command = [sys.executable, "-c", ASK, str(tmp_path)]
    asking = [subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") for _ in range(3)]
    told = [line for each in asking for line in each.communicate()[0].split()]
    assert sorted(told) == ["made", "whole", "whole", "whole"]


def test_what_was_not_finished_is_made_anew(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYTEST_XDIST_WORKER", raising=False)

    def half(place: Path) -> None:
        place.mkdir()
        (place / "half").touch()
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        once(tmp_path_factory, "unfinished", half)
    place = once(tmp_path_factory, "unfinished", lambda place: (place / "whole").mkdir(parents=True))
    assert [path.name for path in place.iterdir()] == ["whole"]
    assert once(tmp_path_factory, "unfinished", half) == place
