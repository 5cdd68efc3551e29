"""One server for all tests of this folder that do it no harm."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.serve.live import Live, running
from tests.slowness import slowness


@pytest.fixture(scope="session")
def live(store_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A server with three processes to answer, which have a second and a half on an idle machine, and little room."""
    time = ("--timeout", f"{1.5 * slowness():.1f}", "--workers", "3", "--queue", "2")
    size = ("--max-rows", "20000", "--max-bytes", "9000000")
    with running(tmp_path_factory.mktemp("serve"), "--store", store_dir, *time, *size) as found:
        yield found


@pytest.fixture(scope="session")
def patient(store_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A server with much time and little memory."""
    options = ("--timeout", "100", "--workers", "2", "--max-memory", "400", "--max-sent", "3000000")
    with running(tmp_path_factory.mktemp("patient"), "--store", store_dir, *options) as found:
        yield found
