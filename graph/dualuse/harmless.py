"""Text from elsewhere, made harmless where it is shown: nothing in it steers the terminal or hides how it reads."""

from __future__ import annotations

import re

_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")
"""Characters that move the cursor, ring, colour, end a line unseen, or turn the direction of what follows."""
_LONE = re.compile("[\ud800-\udfff\ufffe\uffff]")
"""Halves of characters, and codes that are none: no file can hold them."""


def harmless(text: str) -> str:
    r"""A text with a mark in place of each character that would steer what shows it; line ends stay.

    Example:
        >>> harmless("a\x1b[31mb\u202ec")
        'a�[31mb�c'
    """
    return text if text.isprintable() else _LONE.sub("�", _HIDDEN.sub("�", text.replace("\t", " ")))
