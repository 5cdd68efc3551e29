"""A client that asks a SPARQL server over several connections at once, and keeps how long each answer took."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urlsplit

PATIENCE = 120
"""Seconds after which an answer counts as failed."""
RUNAWAY = "SELECT (COUNT(*) AS ?n) WHERE {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }} # {number}"
_ACCEPT = "application/sparql-results+json"


class Reader(Protocol):
    """What bytes are read from."""

    async def readuntil(self, separator: bytes) -> bytes:
        """Bytes up to a mark, which is among them."""

    async def readexactly(self, n: int) -> bytes:
        """So many bytes."""


@dataclass
class Told:
    """What came of asking for a while: seconds of each right answer, and why others failed."""

    seconds: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    took: float = 0

    @property
    def rate(self) -> float:
        """Right answers a second."""
        return len(self.seconds) / self.took

    def percentile(self, share: float) -> float:
        """Seconds within which a share of the answers came; of too few, the longest."""
        ordered = sorted(self.seconds)
        return ordered[min(int(share * len(ordered)), len(ordered) - 1)] if ordered else float("nan")


class Asker:
    """One connection that is kept open between queries.

    Args:
        address: Address of the endpoint.
    """

    def __init__(self, address: str) -> None:
        place = urlsplit(address)
        self._host, self._port, self._path = place.hostname or "", place.port or 80, place.path
        self._stream: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, query: str) -> tuple[int, bytes]:
        """Status and body of the answer to a query."""
        if self._stream is None:
            self._stream = await asyncio.open_connection(self._host, self._port)
        reader, writer = self._stream
        content = query.encode("utf-8")
        head = f"POST {self._path} HTTP/1.1\r\nHost: {self._host}\r\nAccept: {_ACCEPT}\r\n"
        kind = f"Content-Type: application/sparql-query\r\nContent-Length: {len(content)}\r\n\r\n"
        writer.write(f"{head}{kind}".encode() + content)
        first, *fields = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        told = {name.lower(): value.strip() for name, _, value in (each.partition(":") for each in fields)}
        body = await _body(reader, told)
        if told.get("connection", "").lower() == "close":
            self.close()
        return int(first.split()[1]), body

    def close(self) -> None:
        """Close the connection."""
        if self._stream is not None:
            self._stream[1].close()
            self._stream = None


async def _body(reader: Reader, told: Mapping[str, str]) -> bytes:
    if "chunked" not in told.get("transfer-encoding", ""):
        return await reader.readexactly(int(told.get("content-length", 0)))
    body = b""
    while size := int((await reader.readuntil(b"\r\n")).split(b";")[0], 16):
        body += (await reader.readexactly(size + 2))[:-2]
    await reader.readuntil(b"\r\n")
    return body


async def load(
    address: str, queries: Mapping[str, str], sizes: Mapping[str, int], connections: int, seconds: float, runaways: bool
) -> Told:
    """Ask named queries over several connections for a while.

    Args:
        address: Address of the endpoint.
        queries: Name -> text; each connection asks them all in an order of its own, again and again.
        sizes: Name -> bytes of the right answer; empty where none is known.
        connections: How many.
        seconds: How long; what was asked by then is waited for.
        runaways: Whether a query without end is asked each second besides, which is not counted.
    """
    told, since = Told(), time.monotonic()
    end = since + seconds
    askers = [_ask_on(address, queries, sizes, random.Random(seed), end, told) for seed in range(connections)]  # noqa: S311 - an order to ask in
    others = asyncio.ensure_future(_run_away(address)) if runaways else None
    await asyncio.gather(*askers)
    told.took = time.monotonic() - since
    if others is not None:
        others.cancel()
        await asyncio.gather(others, return_exceptions=True)
    return told


async def _ask_on(
    address: str, queries: Mapping[str, str], sizes: Mapping[str, int], chance: random.Random, end: float, told: Told
) -> None:
    asker = Asker(address)
    order: list[str] = []
    while time.monotonic() < end:
        order = order or chance.sample(sorted(queries), len(queries))
        name = order.pop()
        since = time.perf_counter()
        try:
            async with asyncio.timeout(PATIENCE if sizes else max(0.1, end - time.monotonic())):
                status, body = await asker.ask(queries[name])
        except (OSError, asyncio.IncompleteReadError, TimeoutError) as error:
            told.failed.append(f"{name}: {type(error).__name__}")
            asker.close()
            continue
        if status != 200 or (sizes and len(body) != sizes[name]):
            told.failed.append(f"{name}: {status}, {len(body)} bytes: {body[:80].decode('utf-8', 'replace').strip()}")
        else:
            told.seconds.append(time.perf_counter() - since)
    asker.close()


async def _run_away(address: str) -> None:
    running: set[asyncio.Task[None]] = set()
    try:
        for number in range(10**9):
            task = asyncio.ensure_future(_one_runaway(address, number))
            running.add(task)
            task.add_done_callback(running.discard)
            await asyncio.sleep(1)
    finally:
        for task in running:
            task.cancel()


async def _one_runaway(address: str, number: int) -> None:
    asker = Asker(address)
    try:
        await asker.ask(RUNAWAY.format(number=number))
    except (OSError, asyncio.IncompleteReadError):
        pass
    finally:
        asker.close()


async def alone(addresses: Sequence[str], queries: Mapping[str, str], rounds: int) -> dict[str, list[list[float]]]:
    """Seconds of each query at each of several servers that are asked in turns, one query at a time.

    Raises:
        SystemExit: one of them did not answer.
    """
    askers = [Asker(address) for address in addresses]
    times: dict[str, list[list[float]]] = {name: [[] for _ in addresses] for name in queries}
    for turn in range(rounds + 1):
        for name, query in queries.items():
            for number, asker in enumerate(askers):
                since = time.perf_counter()
                status, body = await asker.ask(query)
                if status != 200:
                    raise SystemExit(f"{addresses[number]} answers {name} with {status}: {body[:200]!r}")
                if turn:
                    times[name][number].append(time.perf_counter() - since)
    for asker in askers:
        asker.close()
    return times


async def in_order(address: str, queries: Mapping[str, str], order: Sequence[str], seconds: float) -> dict[str, float]:
    """Seconds of each query that a server answers within a while, asked one after another."""
    asker, found = Asker(address), {}
    try:
        async with asyncio.timeout(seconds):
            for name in order:
                since = time.perf_counter()
                if (await asker.ask(queries[name]))[0] == 200:
                    found[name] = time.perf_counter() - since
    except TimeoutError:
        pass
    asker.close()
    return found


async def sizes_of(address: str, queries: Mapping[str, str]) -> dict[str, int]:
    """Bytes of the answer to each query."""
    asker = Asker(address)
    found = {name: len((await asker.ask(query))[1]) for name, query in queries.items()}
    asker.close()
    return found
