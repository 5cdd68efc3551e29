"""Names of parties in arrow arrays, for tables of millions of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from dualuse.ownership.book import Column
from dualuse.ownership.engines.name_keys import name_keys

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int32]

_BUCKETS = 8


class ArrowNames:
    """Names in an arrow array: a few bytes a name."""

    def __init__(self, names: Any) -> None:
        self._names = names

    def __len__(self) -> int:
        return len(self._names)

    def __getitem__(self, number: int, /) -> str:
        return str(self._names[number].as_py())

    def numbers(self, names: Sequence[str]) -> list[int]:
        """Number of each name, or -1."""
        wanted = pa.array(list(dict.fromkeys(names)), pa.string())
        hits = pc.index_in(self._names, value_set=wanted)
        where = np.flatnonzero(hits.is_valid().to_numpy(zero_copy_only=False))
        found = dict(zip((wanted[i].as_py() for i in hits.drop_null().to_pylist()), where.tolist(), strict=True))
        return [found.get(name, -1) for name in names]

    def ordered(self, numbers: Column) -> Iterator[int]:
        """Numbers in the order of their names."""
        some = np.asarray(numbers, dtype=np.int64)
        order = pc.array_sort_indices(self._names.take(pa.array(some))).to_numpy()
        return (int(number) for number in some[order])

    def only(self, kept: Any) -> ArrowNames:
        """Those that a mask keeps."""
        return ArrowNames(self._names.filter(pa.array(kept)))

    def repeated(self, plain: Sequence[str]) -> list[int]:
        """Numbers of names that may have the plain form of another, or one of those given."""
        keys = name_keys(self._names)
        ordered = np.sort(keys)
        twice = ordered[1:][ordered[1:] == ordered[:-1]]
        wanted = np.union1d(twice, name_keys(pa.array(plain, pa.string())))
        place = np.minimum(np.searchsorted(wanted, keys), len(wanted) - 1)
        found: list[int] = np.flatnonzero(wanted[place] == keys).tolist()
        return found


def unify(dictionaries: list[Any]) -> tuple[Any, Ints]:
    """Each name once, and its number for every name of the dictionaries taken one after another.

    Names go through in buckets by their own bytes, so that the table that finds repeats stays small.
    """
    buckets = [_bucket(dictionary) for dictionary in dictionaries]
    begin = np.cumsum([0, *(len(dictionary) for dictionary in dictionaries)])
    numbers = np.empty(begin[-1], dtype=np.int32)
    found: list[Any] = []
    known = 0
    for bucket in range(_BUCKETS):
        here = [np.flatnonzero(one == bucket) for one in buckets]
        parts = [whole.take(pa.array(some)) for whole, some in zip(dictionaries, here, strict=True)]
        coded = pa.chunked_array(parts, pa.string()).dictionary_encode()
        if coded.num_chunks and len(coded):
            where = np.concatenate([some + first for some, first in zip(here, begin[:-1], strict=True)])
            numbers[where] = np.concatenate([ints(chunk.indices) for chunk in coded.chunks]) + np.int32(known)
            found.append(coded.chunk(0).dictionary)
            known += len(found[-1])
        del parts, coded
        pa.default_memory_pool().release_unused()
    dictionaries.clear()
    return pa.concat_arrays(found) if found else pa.array([], pa.string()), numbers


def _bucket(names: Any) -> NDArray[np.uint8]:
    """A small number for each name, the same for the same name; none may be blank."""
    _, offsets, letters = names.buffers()
    if not len(names):
        return np.empty(0, dtype=np.uint8)
    ends = np.frombuffer(offsets, dtype=np.int32)[names.offset : names.offset + len(names) + 1]
    text = np.frombuffer(letters, dtype=np.uint8)
    middle = (ends[:-1] + ends[1:]) // 2
    found: NDArray[np.uint8] = (text[ends[1:] - 1] * np.uint8(31) + text[middle] * np.uint8(17)) % np.uint8(_BUCKETS)
    return found


def ints(column: Any) -> Ints:
    """An arrow column of whole numbers as numpy's."""
    return np.asarray(column.to_numpy(zero_copy_only=False), dtype=np.int32)
