"""The graph as the documentation site reads it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from dualuse.build import Built
from dualuse.knowledge import Knowledge

sys.path.append(str(Path(__file__).resolve().parents[2] / "scripts"))

from docsite.world import World  # noqa: E402 - found only now


@pytest.fixture(scope="session")
def world(built: Built, knowledge: Knowledge) -> World:
    made = World(built)
    made.__dict__["knowledge"] = knowledge  # what it would read again
    return made
