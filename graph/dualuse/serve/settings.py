"""What whoever runs the server decides."""

from __future__ import annotations

import os
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Settings:
    """How the server answers.

    Args:
        store: Store folder, or URL of a SPARQL 1.1 endpoint; as ``DUALUSE_STORE`` says if not given.
        host: Address that it listens on.
        port: Port that it listens on; 0 for any that is free.
        timeout: Seconds after which the process that answers is killed.
        workers: Processes that answer, and so requests at once; half as many more may be at long questions.
        queue: Requests that may wait for one of them.
        max_rows: Rows or triples of an answer.
        max_bytes: Bytes of an answer.
        max_sent: Bytes of a file that is sent to be asked about.
        max_memory: Million bytes that a process that answers may take besides what it was forked with.
        prepare: Whether the explorer is made once the server runs, before anybody asks for it.
    """

    store: str | None = None
    host: str = "127.0.0.1"
    port: int = 7878
    timeout: float = 30
    workers: int = field(default_factory=lambda: 4 * (os.cpu_count() or 1))
    queue: int = 100
    max_rows: int = 1_000_000
    max_bytes: int = 64_000_000
    max_sent: int = 16_000_000
    max_memory: int = 2_000
    prepare: bool = False

    @property
    def long_at_once(self) -> int:
        """How many processes more may be at long questions."""
        return self.workers // 2

    @property
    def patience(self) -> float:
        """Seconds that a request may wait for a process: as long as it may then take."""
        return self.timeout
