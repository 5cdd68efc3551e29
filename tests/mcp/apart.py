"""Work of asyncio done in a thread of its own: where a browser is driven, the main thread has a loop that runs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")


def finish(work: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """What the work gives."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(work())).result()
