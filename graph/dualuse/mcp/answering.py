"""Where the work behind the tools is done: in processes that are killed when their time is over, or in this one."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, Protocol, TypeVar

from dualuse.errors import UsageError
from dualuse.knowledge import Knowledge

T = TypeVar("T")


class Answering(Protocol):
    """Does work on the graph."""

    async def do(self, work: Callable[..., T], *arguments: Any) -> T:
        """What ``work(knowledge, *arguments)`` gives."""
        ...


class Here:
    """Does it in this process, one piece after another; for tests, and who trusts what is asked."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    async def do(self, work: Callable[..., T], *arguments: Any) -> T:
        """What ``work(knowledge, *arguments)`` gives."""
        return work(self._knowledge, *arguments)


class Apart:
    """Does it in processes of :mod:`dualuse.serve`, each killed when its time is over.

    Args:
        store: Store folder, or URL of a SPARQL 1.1 endpoint.
        timeout: Seconds that an answer may take.
    """

    def __init__(self, store: str, timeout: float, workers: int) -> None:
        from dualuse.serve.pool import Pool
        from dualuse.serve.settings import Settings
        from dualuse.serve.worker import open_graph

        self._timeout = timeout
        self._pool = Pool(Settings(store=store, timeout=timeout, workers=workers), open_graph(store)[1])

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[None]:
        """Keep the processes while it lasts."""
        await self._pool.open()
        try:
            yield
        finally:
            self._pool.close()

    async def do(self, work: Callable[..., T], *arguments: Any) -> T:
        """What ``work(knowledge, *arguments)`` gives.

        Raises:
            UsageError: its time was over, or too many ask.
        """
        from starlette.exceptions import HTTPException

        try:
            return await self._pool.do(work, *arguments)
        except HTTPException as error:
            raise UsageError(error.detail) from None
