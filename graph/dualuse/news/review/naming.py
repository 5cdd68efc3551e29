"""Whether a name as coded (a key of the record, or words of the text) is the one that a reader gives."""

from __future__ import annotations

from collections.abc import Sequence

from dualuse.news.text.passages import plain

_LEAST = 2
_ARTICLES = ("the ", "a ", "an ")


def fits(coded: Sequence[str], *made: str) -> bool:
    """Whether one of the names made is one of those coded; a part of a name will do, a part of a key will not.

    Args:
        coded: Names as coded; empty: nobody.
        made: Keys and labels of the reader; empty where it gives none.

    Example:
        >>> fits(["organisation:doc"], "doc"), fits(["Dana Whitlock"], "", "Whitlock"), fits(["organisation:doc"], "do")
        (True, True, False)
    """
    given = [name for name in made if name]
    if not given:
        return "" in coded
    return any(_same(one, other) for one in coded for other in given)


def _same(coded: str, made: str) -> bool:
    kind, colon, key = coded.partition(":")
    if colon and kind.isalpha() and " " not in key:
        return key == made or coded == made
    one, other = _bare(coded), _bare(made)
    return min(len(one), len(other)) >= _LEAST and (one in other or other in one)


def _bare(name: str) -> str:
    words = plain(name).lower().strip()
    return next((words.removeprefix(article) for article in _ARTICLES if words.startswith(article)), words)
