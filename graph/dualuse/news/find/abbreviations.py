"""Single characters that stand for a place: 美 in 美中, 華 in 對華; not 日 in 13日 or 英 in 英特爾."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dualuse.news.lexicon.entries import Abbreviation, Context
from dualuse.news.lexicon.patterns import Patterns
from dualuse.news.text.passages import plain

Span = tuple[int, int]


@dataclass(frozen=True)
class Found:
    """A place named by a character, or by a word that begins with it."""

    start: int
    end: int
    place: str
    how: str


class Abbreviations:
    """Finds single characters that stand for places, by the words and the characters beside them."""

    def __init__(self, patterns: Patterns) -> None:
        self._places = {plain(entry.form): entry.key for entry in patterns.abbreviations}
        pairable = "".join(plain(entry.form) for entry in patterns.abbreviations if entry.alone == "no")
        joints = "|".join(re.escape(joint) for joint in patterns.pair_joints if joint)
        self._run = re.compile(f"[{pairable}](?:(?:{joints})?[{pairable}])+")
        self._joint = re.compile(joints)
        self._contexts = [_context(context, patterns.abbreviations) for context in patterns.contexts]
        whole = [word for context in patterns.contexts if context.whole == "yes" for word in context.forms]
        self._whole = re.compile("|".join(plain(word) for word in whole))

    def find(self, text: str, taken: Sequence[bool]) -> Iterator[Found]:
        """Every such place in a plain text.

        Args:
            text: Plain text.
            taken: For every character, whether it belongs to a longer name, a word or a date.
        """
        for key, group, expression in self._contexts:
            for match in expression.finditer(text):
                start, end = match.span(group)
                if not taken[match.start("char")]:
                    yield Found(start, end, self._places[match["char"]], f"abbreviation.{key}")
        for match in self._run.finditer(text):
            yield from self._pair(text, match, taken)

    def _pair(self, text: str, match: re.Match[str], taken: Sequence[bool]) -> Iterator[Found]:
        """Characters of a run, if at least two stand side by side for two places."""
        run: list[int] = []
        for position in (*range(match.start(), match.end()), match.end()):
            inside = position < match.end()
            if inside and self._joint.match(text, position):
                continue
            free = inside and not taken[position] and not self._whole.match(text, position + 1)
            if free:
                run.append(position)
                continue
            if len({text[index] for index in run}) > 1:
                for index in run:
                    yield Found(index, index + 1, self._places[text[index]], "abbreviation.pair")
            run = []


def _context(context: Context, abbreviations: Sequence[Abbreviation]) -> tuple[str, str, re.Pattern[str]]:
    known = {plain(entry.form) for entry in abbreviations}
    chars = "".join(sorted(known & set(plain(context.chars))))
    words = "|".join(plain(form) for form in sorted(context.forms, key=len, reverse=True))
    one = f"(?P<char>[{chars}])"
    whole = context.whole == "yes"
    if context.where == "before":
        return context.key, "char", re.compile(f"(?:{words}){one}")
    return context.key, "all" if whole else "char", re.compile(f"(?P<all>{one}(?:{words}))")
