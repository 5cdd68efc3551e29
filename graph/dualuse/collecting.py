"""How often Python looks for what nobody holds any more, while much is made that stays."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_SELDOM = 200_000
"""Things made, and not let go, before cycles are looked for among them."""


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Look for cycles seldom: records are in none, and to look for them takes a good part of the time of reading."""
    before = gc.get_threshold()
    gc.set_threshold(max(_SELDOM, before[0]), *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
