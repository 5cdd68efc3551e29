"""Tests that take long, and how long a test may wait."""

from __future__ import annotations

import os

import pytest

SLOW = bool(os.environ.get("DUALUSE_SLOW"))
"""Whether the tests that take long are asked for too."""


def slow(why: str) -> pytest.MarkDecorator:
    """Marks what is only tested with DUALUSE_SLOW=1, and says why."""
    return pytest.mark.skipif(not SLOW, reason=f"{why}: DUALUSE_SLOW=1")


def slowness() -> float:
    """1 on an idle machine, and 1 more for each process that waits for every core."""
    return 1 + os.getloadavg()[0] / (os.cpu_count() or 1)
