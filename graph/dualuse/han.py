"""Chinese characters in the other script, one at a time: words are left alone, and 晶片 and 芯片 stay different."""

from __future__ import annotations

from functools import cache
from typing import Protocol


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


@cache
def simplified(character: str) -> str:
    """A character as simplified script writes it; one that is in both scripts, or in none, as it is.

    Example:
        >>> simplified("國"), simplified("国"), simplified("甯")
        ('国', '国', '甯')
    """
    return _converter("t2s").convert(character)


@cache
def traditional(character: str) -> str:
    """A character as traditional script writes it, the most frequent one where there are several.

    Example:
        >>> traditional("国"), traditional("限")
        ('國', '限')
    """
    return _converter("s2t").convert(character)


@cache
def _converter(name: str) -> _Converter:
    from opencc import OpenCC  # late: it reads its dictionaries

    converter: _Converter = OpenCC(name)
    return converter
