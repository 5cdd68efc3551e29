"""What whoever runs the server decides."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """How the server answers.

    Args:
        store: Store folder, or URL of a SPARQL 1.1 endpoint; as ``DUALUSE_STORE`` says if not given.
        host: Address that it listens on.
        port: Port that it listens on.
    """

    store: str | None = None
    host: str = "127.0.0.1"
    port: int = 7878
