"""Who printed a passage: datelines, tags and credits, with the reporter, the place and the day they give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dualuse.news.lexicon.gazetteer import Gazetteer
from dualuse.news.lexicon.patterns import Patterns
from dualuse.news.text.passages import Passage, Text, plain


@dataclass(frozen=True)
class Printed:
    """A dateline, tag or credit.

    Args:
        start: First code point.
        end: Code point after the last.
        outlet: Key of the organisation, or empty.
        label: What the outlet is called.
        reporter: Where the reporter's name stands, or None.
        date: Where its date stands, or None.
        place: Name of the place, or empty.
        rule: Pattern that found it.
    """

    start: int
    end: int
    outlet: str
    label: str
    reporter: tuple[int, int] | None
    date: tuple[int, int] | None
    place: str
    rule: str


class Outlets:
    """Finds who printed a passage."""

    def __init__(self, patterns: Patterns, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._rules = [(entry, re.compile(plain(entry.regex))) for entry in patterns.datelines]

    def find(self, text: Text, passage: Passage) -> Iterator[Printed]:
        """Datelines, tags and credits of a passage."""
        words = text.plain[passage.start : passage.end].rstrip()
        done: set[str] = set()
        for entry, expression in self._rules:
            match = None if entry.at in done else expression.search(words)
            if match is None:
                continue
            groups = match.groupdict()
            name = groups.get("name") or ""
            key = entry.outlet or self._key(name)
            known = name if not key else self._gazetteer.label("organisation", key)
            if not key and name and not self._outlet(name):
                continue
            done.add(entry.at)
            yield Printed(
                passage.start + match.start(),
                passage.start + match.end(),
                key,
                known,
                _span(match, "reporter", passage.start),
                _span(match, "date", passage.start),
                groups.get("place") or "",
                entry.key,
            )

    def _key(self, name: str) -> str:
        names = self._gazetteer.names.get(name.lower(), [])
        return next((known.key for known in names if known.kind == "organisation"), "")

    def _outlet(self, name: str) -> bool:
        return any(known.kind == "outlet" for known in self._gazetteer.names.get(name.lower(), []))


def _span(match: re.Match[str], group: str, offset: int) -> tuple[int, int] | None:
    if match.groupdict().get(group) is None:
        return None
    start, end = match.span(group)
    return offset + start, offset + end
