"""Which traditional characters to read as simplified ones when a reader searches.

The table is made from the labels themselves: two labels of one thing, of the same length, teach which character
stands for which. It is not a converter (輝達 and 英伟达 differ in more than script: both labels are searched), only a
way to meet the reader half-way when one of the two forms is missing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable


def fold_table(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Map traditional characters to simplified ones.

    A character is taken over when it never occurs in a simplified label; where the labels disagree the more frequent
    reading wins, then the lower code point. Both the query and the labels are folded with it, so a wrong entry can
    only add a result, never lose one.

    Args:
        pairs: (traditional label, simplified label); pairs with an empty or unequally long side teach nothing.

    Returns:
        Character -> character, sorted.

    Example:
        >>> fold_table([("台積電", "台积电"), ("美國", "美国"), ("輝達", "英伟达")])
        {'國': '国', '積': '积', '電': '电'}
    """
    seen = sorted(set(pairs))
    simplified = {character for _, short in seen for character in short}
    votes: dict[str, Counter[str]] = {}
    for long, short in seen:
        if len(long) != len(short):
            continue
        for before, after in zip(long, short, strict=True):
            if before != after and before not in simplified and _is_han(before) and _is_han(after):
                votes.setdefault(before, Counter())[after] += 1
    return {
        before: min(readings, key=lambda after: (-readings[after], after)) for before, readings in sorted(votes.items())
    }


def _is_han(character: str) -> bool:
    """Whether a character lies in the CJK ideograph blocks."""
    return "\u3400" <= character <= "\u9fff" or "\U00020000" <= character <= "\U0003ffff"
