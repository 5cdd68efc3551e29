"""Processes that answer, how many may, and what becomes of those that take too long.

A request waits for a process that is free, in order. Work that has computed for long, and longer than the same ever did
before it came to its end, goes on at low priority, and a new process takes the place of the one that is at it; where
there is too much of such work, the one that has run longest is killed and its asker told to come again. So processes
are soon free for who asks little. One whose priority was lowered, which cannot be undone, ends with its work.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import multiprocessing
import os
import pickle
import socket
import time
from collections import Counter, deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

from starlette.exceptions import HTTPException

from dualuse.errors import StoreError
from dualuse.knowledge import store_location
from dualuse.serve import held, worker
from dualuse.serve.settings import Settings

T = TypeVar("T")
_LOG = logging.getLogger(__name__)
PRELOADED = "dualuse.serve.nest"
"""Module that the process has read from which all that answer are forked."""
LONG = 0.4
"""Seconds of computing after which work is long; so it is after a third of its time, should it wait for another."""
_MARGIN = 2
"""How many times as long as before the same work may compute until it is long."""
_REMEMBERED = 10_000
"""Pieces of work of which it is known how long they computed."""
LOOK = 0.2
"""Seconds between looks at how long work has computed."""
_LOWER = 10
_AGAIN = 1.0
"""Seconds before a process is started after one could not start."""


@dataclass(eq=False)
class _Worker:
    """A process that answers, as the server sees it."""

    process: BaseProcess
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    digest: str = ""
    spent: float = 0
    """Seconds it had computed when its last work was done."""
    since: float = 0
    """When its work began."""
    allowed: float = LONG
    """Seconds that its work may compute until it is long."""
    long: bool = False
    ended: str = ""
    """Why it was killed."""

    @property
    def computed(self) -> float:
        """Seconds that the work in hand has computed, or has taken where the system does not tell."""
        try:
            with open(f"/proc/{self.process.pid}/stat", encoding="ascii") as told:
                fields = told.read().rpartition(")")[2].split()
            return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK") - self.spent
        except (OSError, ValueError, IndexError):
            return time.monotonic() - self.since

    async def read(self) -> worker.Reply:
        """The next reply."""
        head = await self.reader.readexactly(worker.LENGTH.size)
        content = await self.reader.readexactly(worker.LENGTH.unpack(head)[0])
        reply: worker.Reply = pickle.loads(content)  # noqa: S301 - from a process of ours
        self.spent = reply.spent
        return reply

    async def do(self, request: bytes) -> worker.Reply:
        """Have it do some work."""
        self.since = time.monotonic()
        self.writer.write(request)
        return await self.read()

    def lower(self) -> None:
        """Let its work go on behind all other."""
        self.long = True
        with suppress(OSError, AttributeError):
            os.setpriority(os.PRIO_PGRP, self.process.pid or 0, _LOWER)

    def kill(self, why: str) -> None:
        """End it now."""
        if not self.ended:
            self.ended = why
            if self.process.is_alive():
                self.process.kill()
            self.writer.close()


class Pool:
    """The processes that answer.

    Args:
        settings: As the server was started.
        opened: What is there now.
    """

    def __init__(self, settings: Settings, opened: worker.Opened) -> None:
        self.opened = opened
        self.killed: Counter[str] = Counter()
        """How many processes were killed, by why."""
        self._settings, self._location = settings, store_location(settings.store)
        self._idle: list[_Worker] = []
        self._busy: dict[_Worker, asyncio.TimerHandle] = {}
        self._waiting: deque[asyncio.Future[_Worker]] = deque()
        self._starting: set[asyncio.Task[None]] = set()
        self._took: dict[bytes, float] = {}
        """Digest of work that came to its end -> seconds that it computed, where that is much."""
        self._open = False
        self._context: Any = multiprocessing.get_context("forkserver" if hasattr(os, "fork") else "spawn")
        self._context.set_forkserver_preload([PRELOADED])

    @property
    def busy(self) -> int:
        """Processes at work."""
        return len(self._busy)

    @property
    def idle(self) -> int:
        """Processes that are free."""
        return len(self._idle)

    @property
    def waiting(self) -> int:
        """Requests that wait for a process."""
        return sum(not each.done() for each in self._waiting)

    async def open(self, store: object = None) -> None:
        """Start the processes; the first of them is there when this returns.

        Args:
            store: What they open, if they may hold it in memory.

        Raises:
            StoreError: none could open the graph.
        """
        self._open = True
        with held.laid_out(store):
            await self._start()
        for _ in range(self._settings.workers - 1):
            self._replace()

    def close(self) -> None:
        """End the processes, and whatever waits for one."""
        self._open = False
        for task in self._starting:
            task.cancel()
        for each in (*self._idle, *self._busy):
            each.kill("end")
        for place in self._waiting:
            if not place.done():
                place.set_exception(_busy("the server ends"))
        self._idle.clear()

    def renew(self) -> None:
        """Replace a process, so that another build is seen."""
        if self._idle:
            who = self._idle.pop()
            who.kill("replaced")
            self._replace()

    async def do(self, work: Callable[..., T], *arguments: Any) -> T:
        """What ``work(knowledge, *arguments)`` gives.

        Raises:
            HTTPException: it was not done: too many ask, its time was over, or its process ended.
            DualuseError: as the work itself raised it.
        """
        request = worker.packed((work, arguments))
        key = hashlib.blake2b(request, digest_size=16).digest()
        who = await self._take()
        who.allowed, before = max(LONG, _MARGIN * self._took.get(key, 0)), who.spent
        self._watch(who)
        try:
            async with asyncio.timeout(self._settings.timeout):
                reply = await who.do(request)
            self._remember(key, who.spent - before)
        except TimeoutError:
            self._kill(who, "timeout")
            raise HTTPException(504, f"no answer within {self._settings.timeout:g} s; ask for less") from None
        except (asyncio.IncompleteReadError, ConnectionError):
            raise self._lost(who) from None
        except asyncio.CancelledError:
            self._kill(who, "gone")
            raise
        finally:
            self._busy.pop(who).cancel()
            self._give(who)
        if reply.error is not None:
            raise reply.error
        value: T = reply.value
        return value

    # -- who works ---------------------------------------------------------------------------------------------------

    async def _take(self) -> _Worker:
        if self._idle:
            return self._idle.pop()
        if self.waiting >= self._settings.queue:
            raise _busy("too many ask at once")
        place: asyncio.Future[_Worker] = asyncio.get_running_loop().create_future()
        self._waiting.append(place)
        try:
            async with asyncio.timeout(self._settings.patience):
                return await asyncio.shield(place)
        except (TimeoutError, asyncio.CancelledError) as error:
            if place.done() and not place.cancelled():
                self._give(place.result())
            place.cancel()
            if isinstance(error, TimeoutError):
                raise _busy(f"no process was free within {self._settings.patience:g} s") from None
            raise

    def _give(self, who: _Worker) -> None:
        """Let a process go to who waits first, or replace it."""
        if who.long:
            who.kill("replaced")
            return
        if who.ended or who.digest != self.opened.digest or not self._open:
            who.kill("replaced")
            self._replace()
            return
        while self._waiting:
            place = self._waiting.popleft()
            if not place.done():
                place.set_result(who)
                return
        self._idle.append(who)

    def _remember(self, key: bytes, seconds: float) -> None:
        if seconds > LONG / _MARGIN:
            self._took[key] = max(seconds, self._took.pop(key, 0))
            if len(self._took) > _REMEMBERED:
                del self._took[next(iter(self._took))]

    def _kill(self, who: _Worker, why: str) -> None:
        self.killed[why] += 1
        who.kill(why)

    def _lost(self, who: _Worker) -> HTTPException:
        """What is said of work whose process ended."""
        if who.ended == "room":
            return _busy(
                f"ended after {time.monotonic() - who.since:.1f} s to make room: too many long questions at once"
            )
        if who.ended:
            return _busy("the server ends")
        self._kill(who, "crash")
        return HTTPException(500, "the process that answered ended: this took too much memory; ask for less")

    # -- who works long ----------------------------------------------------------------------------------------------

    def _watch(self, who: _Worker) -> None:
        self._busy[who] = asyncio.get_running_loop().call_later(LOOK, self._look, who)

    def _look(self, who: _Worker) -> None:
        """Lower the priority of work that is long, let another process in, and make room if there is too much of it."""
        if who.computed < who.allowed and time.monotonic() - who.since < self._settings.timeout / 3:
            self._watch(who)
            return
        who.lower()
        self._replace()
        long = [each for each in self._busy if each.long and not each.ended]
        if len(long) > self._settings.long_at_once:
            self._kill(min(long, key=lambda each: each.since), "room")

    # -- how a process starts ----------------------------------------------------------------------------------------

    def _replace(self) -> None:
        if self._open:
            task = asyncio.ensure_future(self._start_again())
            self._starting.add(task)
            task.add_done_callback(self._starting.discard)

    async def _start_again(self) -> None:
        while self._open:
            try:
                await self._start()
            except StoreError as error:
                _LOG.error("a process could not start", extra={"why": str(error)})
                await asyncio.sleep(_AGAIN)
            else:
                return

    async def _start(self) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            settings = self._settings
            given = (theirs, self._location, self.opened.build, settings.timeout, settings.max_memory)
            process = self._context.Process(target=worker.run, args=given, daemon=True)
            process.start()
        reader, writer = await asyncio.open_connection(sock=ours)
        who = _Worker(process, reader, writer)
        try:
            reply = await who.read()
        except (asyncio.IncompleteReadError, ConnectionError):
            reply = worker.Reply(error=StoreError("the process ended"))
        except asyncio.CancelledError:
            who.kill("end")
            raise
        if reply.error is not None:
            who.kill("crash")
            raise reply.error
        self._arrive(who, reply.value)

    def _arrive(self, who: _Worker, opened: worker.Opened) -> None:
        """Take in a new process; what it opened is what is served from now on, should another build have been made."""
        who.digest, before = opened.digest, self.opened.digest
        self.opened = opened
        if opened.digest != before:
            old, self._idle = self._idle, []
            for each in old:
                self._give(each)
        self._give(who)


def _busy(why: str) -> HTTPException:
    return HTTPException(503, f"{why}; try again in a moment", {"Retry-After": "2"})
