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
        if self._sums.setdefault(key, digest) == digest:
            return key if self._new(f"{key} ", digest) else self._numbered(key, digest) if several else None
        own = f"{key}-{digest.hex()[:8]}"
        return own if self._new(f"{own} ", digest) else self._numbered(own, digest) if several else None

    def _numbered(self, key: str, digest: bytes) -> str:
        return next(each for count in itertools.count(2) if self._new(f"{(each := f'{key}-{count}')} ", digest))

    def _new(self, mark: str, digest: bytes) -> bool:
        if mark in self._sums:
            return False
        self._sums[mark] = digest
        return True
