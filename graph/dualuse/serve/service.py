"""What all routes share: the settings, the graph, and where work is done."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from dualuse.knowledge import Knowledge, open_knowledge
from dualuse.serve.settings import Settings

T = TypeVar("T")


class Service:
    """What a request is answered with.

    Args:
        settings: As the server was started.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.knowledge: Knowledge = open_knowledge(settings.store)
        self.dataset = self.knowledge.version
        """Version, digest and last day of what is served."""
        self._thread = ThreadPoolExecutor(1)

    async def ask(self, work: Callable[..., T], *arguments: Any) -> T:
        """What ``work(knowledge, *arguments)`` gives.

        Args:
            work: A function of a module, of the graph first; it is done elsewhere, so all that goes in and comes out
                can be pickled.
            arguments: What else it is given.
        """
        return await asyncio.get_running_loop().run_in_executor(self._thread, work, self.knowledge, *arguments)

    def close(self) -> None:
        """Let go of what works."""
        self._thread.shutdown()
