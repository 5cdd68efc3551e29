"""A number for every name of a large table, the same for names of one plain form; written for numba to compile.

Names of one number need not be one party: they are what :func:`dualuse.ownership.spelling.spell` is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from dualuse.ownership.spelling import FORM_WORDS, LEADING, spell

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Longs = NDArray[np.uint64]

_PRIME = np.uint64(1_099_511_628_211)
_BASIS = np.uint64(14_695_981_039_346_656_037)
_APART, _NOTHING, _DOT = 0, 1, 2
_COLON = 58
_LETTERS = np.array([n if n >= 128 else ord(chr(n).lower()) if chr(n).isalnum() else _APART for n in range(256)])
_LETTERS[[ord("'"), ord(".")]] = _NOTHING, _DOT
"""What a byte is: a letter or digit in small, or one that sets words apart, is nothing, or is a point."""
_SKIPPED = {"and"}


def name_keys(names: Any) -> Longs:
    """Numbers of names in an arrow array of strings."""
    if find_spec("numba") is None:
        return np.array([hash(spell(name).plain) % 2**63 for name in names.to_pylist()], dtype=np.uint64)
    from dualuse.ownership.engines.compiled import kernel

    foreign = np.flatnonzero(~np.asarray(pc.string_is_ascii(names).to_numpy(zero_copy_only=False), dtype=bool))
    if len(foreign):
        plain = [spell(name).plain for name in names.take(pa.array(foreign)).to_pylist()]
        mask = np.zeros(len(names), dtype=bool)
        mask[foreign] = True
        names = pc.replace_with_mask(names, pa.array(mask), pa.array(plain, pa.string()))
    found = np.empty(len(names), dtype=np.uint64)
    if len(names):
        _, offsets, letters = names.buffers()
        ends = np.frombuffer(offsets, dtype=np.int32)[names.offset : names.offset + len(names) + 1]
        text = np.frombuffer(letters, dtype=np.uint8)
        dropped = [_of(words) for words in (_SKIPPED, LEADING, FORM_WORDS - _SKIPPED)]
        kernel(fill_keys)(ends, text, _LETTERS, *dropped, np.empty(256, dtype=np.uint64), found)
    return found


def _of(words: Iterable[str]) -> Longs:
    """Numbers of single words."""
    found = []
    for word in sorted(words):
        number = int(_BASIS)
        for letter in word.encode():
            number = ((number ^ letter) * int(_PRIME)) % 2**64
        found.append(number)
    return np.array(found, dtype=np.uint64)


def fill_keys(
    ends: Any, text: Any, letters: Any, skipped: Any, leading: Any, forms: Any, words: Any, found: Any
) -> None:
    """Fill the number of each name: of its words without those before it, between and after it that say nothing.

    Args:
        ends: Where each name begins in the text, and one past the last.
        text: All names, in UTF-8.
        letters: What to do with each byte, see ``_LETTERS``.
        skipped: Numbers of words that are left out wherever they stand.
        leading: Of those that are left out before a name.
        forms: Of those that are left out behind it.
        words: Room for the words of a name.
        found: Filled.
    """
    for name in range(found.shape[0]):
        count, number, inside, stop = 0, _BASIS, False, ends[name + 1]
        for place in range(ends[name], stop + 1):
            letter = letters[text[place]] if place < stop else _APART
            if letter == _DOT:  # a decimal point sets apart, any other is nothing
                before = letters[text[place - 1]] if place > ends[name] else _APART
                after = letters[text[place + 1]] if place < stop - 1 else _APART
                letter = _APART if _DOT < before < _COLON and _DOT < after < _COLON else _NOTHING
            if letter > _DOT:
                number = (number ^ np.uint64(letter)) * _PRIME
                inside = True
            elif letter == _APART and inside:
                if count < words.shape[0] and not (number == skipped).any():
                    words[count] = number
                    count += 1
                number, inside = _BASIS, False
        first = 1 if count > 1 and (words[0] == leading).any() else 0
        while count - first > 1 and (words[count - 1] == forms).any():
            count -= 1
        number = _BASIS
        for word in range(first, count):
            number = (number ^ words[word]) * _PRIME
        found[name] = number
