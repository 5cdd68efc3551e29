"""Which traditional characters to read as simplified ones when a reader searches.

Both what is typed and what is searched are read so. It is no converter: 輝達 and 英伟达 differ in more than script, and
the page searches both names.
"""

from __future__ import annotations

from dualuse.han import simplified, traditional


def fold_table(text: str) -> tuple[str, str]:
    """The traditional characters of a text, and those a reader may type for its simplified ones.

    Args:
        text: All that is searched, in one.

    Returns:
        The characters, in order, and the simplified ones that stand for them, each at the same place.

    Example:
        >>> fold_table("台積電 (TSMC), 美国")
        ('國積臺電', '国积台电')
    """
    written = {character for character in text if _is_han(character)}
    pairs = {each: simplified(each) for each in written | {traditional(each) for each in written}}
    changed = sorted(each for each, short in pairs.items() if short != each and len(short) == 1)
    return "".join(changed), "".join(pairs[each] for each in changed)


def _is_han(character: str) -> bool:
    """Whether a character lies in the CJK ideograph blocks."""
    return "\u3400" <= character <= "\u9fff" or "\U00020000" <= character <= "\U0003ffff"
