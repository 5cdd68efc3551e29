"""What all routes share: the settings, what is served, and where work is done."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from contextvars import ContextVar
from pathlib import Path
from typing import Any, TypeVar

from starlette.exceptions import HTTPException
from starlette.types import Receive

from dualuse.card import Version
from dualuse.errors import DualuseError
from dualuse.knowledge import store_location
from dualuse.serve.metrics import Metrics
from dualuse.serve.pool import Pool
from dualuse.serve.settings import Settings
from dualuse.serve.worker import open_graph
from dualuse.store import is_remote

T = TypeVar("T")
_SOON = 0.25
"""Seconds after which somebody looks whether the asker is still there."""
_GLANCE = 2.0
"""Seconds between glances at the store folder, for another build."""
HEARD: ContextVar[Receive] = ContextVar("heard")
"""How the request in hand is heard, and whether its asker went away."""


class Service:
    """What a request is answered with.

    Args:
        settings: As the server was started.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._location = store_location(settings.store)
        self.knowledge, opened = open_graph(self._location)
        """The graph as it was when the server began, for what is read once; all else is asked for."""
        self.pool = Pool(settings, opened)
        self.metrics = Metrics()
        self._done: dict[tuple[Any, ...], Any] = {}
        self._making: dict[tuple[Any, ...], asyncio.Lock] = {}

    @property
    def dataset(self) -> Version:
        """Version, digest and last day of what is served."""
        return self.pool.opened.dataset

    @property
    def digest(self) -> str:
        """Digest of all that is served, feeds too: another where anything is."""
        return self.pool.opened.digest

    async def ask(self, work: Callable[..., T], *arguments: Any) -> T:
        """What ``work(knowledge, *arguments)`` gives, in a process that is killed when its time is over.

        Args:
            work: A function of a module, of the graph first; all that goes in and comes out is pickled.
            arguments: What else it is given.

        Raises:
            HTTPException: it was not done: too many ask, its time was over, or the asker went away.
            DualuseError: as the work itself raised it.
        """
        task = asyncio.ensure_future(self.pool.do(work, *arguments))
        try:
            done, _ = await asyncio.wait({task}, timeout=_SOON)
            if not done:
                await self._or_gone(task)
            return await task
        finally:
            task.cancel()

    async def once(self, work: Callable[..., T], *arguments: Any) -> T:
        """The same for what all ask alike: done once a dataset; who comes meanwhile waits, and takes no process."""
        key = (self.digest, work, arguments)
        if key not in self._done:
            async with self._making.setdefault(key, asyncio.Lock()):
                if key not in self._done:
                    value = await self.ask(work, *arguments)
                    self._done = {held: it for held, it in self._done.items() if held[0] == self.digest} | {key: value}
            self._making.pop(key, None)
        found: T = self._done[key]
        return found

    async def prepare(self, work: Callable[..., Any]) -> None:
        """Do what all ask alike before anybody asks; where that fails, whoever asks first is told why."""
        with suppress(HTTPException, DualuseError):
            await self.once(work)

    async def _or_gone(self, task: asyncio.Future[Any]) -> None:
        """Wait for work, or for its asker to go away.

        Raises:
            HTTPException: the asker went away.
        """
        gone: asyncio.Future[Any] = asyncio.ensure_future(_gone())
        try:
            await asyncio.wait([task, gone], return_when=asyncio.FIRST_COMPLETED)
            if gone.done() and not task.done():
                raise HTTPException(499, "the asker went away")
        finally:
            gone.cancel()

    async def look(self) -> None:
        """Look again and again whether the store folder has another build, and let it be served."""
        if is_remote(self._location):
            return
        seen = _stamp(Path(self._location))
        while True:
            await asyncio.sleep(_GLANCE)
            now = _stamp(Path(self._location))
            if now is not None and now != seen:
                seen = now
                self.pool.renew()


def _stamp(folder: Path) -> tuple[int, int] | None:
    with suppress(OSError):
        told = (folder / "CURRENT").stat()
        return told.st_mtime_ns, told.st_ino
    return None


async def _gone() -> None:
    receive: Callable[[], Awaitable[Any]] | None = HEARD.get(None)
    if receive is None:
        await asyncio.get_running_loop().create_future()
        return
    while (await receive())["type"] != "http.disconnect":
        pass
