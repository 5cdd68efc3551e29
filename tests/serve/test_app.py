"""The application, asked without a server."""

from __future__ import annotations

from pathlib import Path

from starlette.testclient import TestClient

from dualuse.knowledge import Knowledge
from dualuse.serve import Settings, create_app


def test_health_says_what_is_served(store_dir: Path, knowledge: Knowledge) -> None:
    with TestClient(create_app(Settings(str(store_dir)))) as client:
        told = client.get("/health").json()
    assert (told["status"], told["sha256"]) == ("ok", knowledge.version.sha256)
