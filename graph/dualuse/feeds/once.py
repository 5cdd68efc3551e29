"""Keys of records: each key once, a record that is said twice told from two of one key."""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Mapping


class Keys:
    """Gives out the keys of one file."""

    def __init__(self) -> None:
        self._sums: dict[str, bytes] = {}
        self._counts: dict[str, itertools.count[int]] = {}

    def take(self, key: str, cells: Mapping[str, str], *, several: bool = False) -> str | None:
        """The key for a record: the one it has, or one with a digest of its cells where another record has that one.

        Args:
            key: The key it has.
            cells: What it says.
            several: Whether records that say the same are several things, as those whose names are kept back.

        Returns:
            None if the record was said before, word for word.
        """
        told = json.dumps(sorted(cells.items()), ensure_ascii=False).encode("utf-8")
        digest = hashlib.sha256(told).digest()[:12]
        own = key if self._sums.get(key, digest) == digest else f"{key}-{digest.hex()[:8]}"
        if own in self._sums:
            if not several:
                return None
            counts = self._counts.setdefault(own, itertools.count(2))
            own = next(each for count in counts if (each := f"{own}-{count}") not in self._sums)
        self._sums[own] = digest
        return own
