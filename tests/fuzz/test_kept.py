"""What ``scripts/fuzz`` found once, made as small as it could, does not come back."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

KEPT = sorted((Path(__file__).parent / "kept").glob("*.json"))
SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"

ENVIRONMENT = os.environ | {"PYTHONPATH": os.pathsep.join([str(SCRIPTS), str(SCRIPTS.parent / "graph")])}
ONCE = """
import dataclasses, json, sys
from pathlib import Path
import fuzz_files as fuzz
path, store, folder = map(Path, sys.argv[1:])
target, files = fuzz.kept(path)
print(json.dumps(dataclasses.astuple(fuzz.run(target.command, files, store, folder, target.whole))))
"""
"""Runs are forked from a process that has no threads of others."""

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="runs are forked")


@pytest.fixture(scope="module")
def fuzz() -> ModuleType:
    """The script, as a module."""
    sys.path.append(str(SCRIPTS))
    return importlib.import_module("fuzz_files")


def test_there_are_some() -> None:
    assert len(KEPT) >= 5


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.stem)
def test_it_ends_in_words(fuzz: ModuleType, store_dir: Path, tmp_path: Path, path: Path) -> None:
    command: list[str | Path] = [sys.executable, "-c", ONCE, path, store_dir, tmp_path / "run"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, env=ENVIRONMENT)
    assert done.returncode == 0, done.stderr
    code, wrong, said = json.loads(done.stdout)
    assert wrong == "", said
    assert code in importlib.import_module("fuzz_runs").CODES
    assert said or code == 0


def test_a_fault_is_seen(fuzz: ModuleType, store_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise KeyError("of ours")

    monkeypatch.setattr("dualuse.query.check.check", fail)
    query = {"q.rq": b"ASK {}"}
    command = ("sparql", "--file", "q.rq", "--store", "STORE")
    assert fuzz.run(command, query, store_dir, tmp_path / "run").wrong == "traceback"
    monkeypatch.setattr("dualuse.query.check.check", lambda *_: os.kill(os.getpid(), 9))
    assert fuzz.run(command, query, store_dir, tmp_path / "run").wrong == "signal SIGKILL"


@pytest.mark.parametrize("edit", [("end", 0.5, None), ("cut", 0.1, 0.01), ("over", 0.0, b"\0"), ("cell", 0.0, b"x")])
def test_a_file_is_spoilt(fuzz: ModuleType, edit: tuple[str, float, object]) -> None:
    content = b"owner,owned\na,b\n" * 20
    assert fuzz.spoilt(content, [edit]) != content
