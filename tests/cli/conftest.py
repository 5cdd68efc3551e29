"""What tests of the command line share."""

from __future__ import annotations

import pytest

from dualuse.build import Built


@pytest.fixture
def quick_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the checks, which have tests of their own and take long."""
    for name in ("check_shapes", "check_counts", "check_hygiene"):
        monkeypatch.setattr(f"dualuse.validate.{name}", lambda _: [])


@pytest.fixture
def built_already(built: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the graph that is there for a new one."""
    monkeypatch.setattr("dualuse.build.build", lambda *_, **__: built)
