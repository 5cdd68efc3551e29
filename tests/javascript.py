"""Tools in JavaScript that tests run beside ours."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

FOLDER = Path(__file__).with_name("js")


def node(script: str, *arguments: str | Path, asked: str = "") -> str:
    """What a script of ``tests/js`` says; skipped where its packages are not installed, but never on a build server."""
    if not (shutil.which("node") and (FOLDER / "node_modules" / ".dualuse").exists()):
        reason = "the tools in JavaScript are not installed: ./scripts/setup dev, with node and npm on the PATH"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    command: list[str | Path] = ["node", FOLDER / script, *arguments]
    done = subprocess.run(command, input=asked, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def node_is(major: int) -> bool:
    """Whether Node is there in a version, or a newer one, or is not there at all, which ``node`` tells."""
    if shutil.which("node") is None:
        return True
    told = subprocess.run(["node", "--version"], capture_output=True, encoding="utf-8", check=True)  # noqa: S607 - on the PATH
    return int(told.stdout.removeprefix("v").partition(".")[0]) >= major
