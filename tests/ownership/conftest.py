"""What the ownership tests share."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest
from tests.running import Run

CORES = [
    "plain",
    pytest.param("numpy", marks=pytest.mark.skipif(find_spec("numpy") is None, reason="numpy is not installed")),
    pytest.param("numba", marks=pytest.mark.skipif(find_spec("numba") is None, reason="numba is not installed")),
]


@pytest.fixture(params=CORES)
def core(request: pytest.FixtureRequest) -> str:
    """Each engine of one machine."""
    return str(request.param)


@pytest.fixture
def owned(run: Run) -> Run:
    """Run ``dualuse owned``."""
    return lambda *arguments: run("owned", *arguments)


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write a file of lines and give its path."""

    def call(name: str, *lines: str) -> Path:
        path = tmp_path / name
        path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
        return path

    return call
