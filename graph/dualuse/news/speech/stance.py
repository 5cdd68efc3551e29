"""Sides taken on a measure: who opposes, worries, supports or asks for a change, and on what grounds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dualuse.news.find.mentions import Mention
from dualuse.news.lexicon.patterns import Patterns, compiled
from dualuse.news.speech.attribution import Heard
from dualuse.news.speech.scene import Speaker
from dualuse.news.text.passages import Text
from dualuse.node import Node

_PASSIVE = re.compile(r"(?:引发|引起|招致|遭到?|受到)[^,。]{0,24}$")


@dataclass(frozen=True, order=True)
class Cue:
    """A cue of a side taken.

    Args:
        start: First code point of the clause.
        end: Code point after its last.
        words: The cue itself.
        stance: ``opposes``, ``concerned``, ``supports`` or ``requests-change``.
        value: The same as a claim's value: ``opposes``, ``criticises``, ``concerned`` …
        grounds: Reasons given in the sentence.
        holder: Whose side it is, if that is known.
        rule: Pattern that found it.
    """

    start: int
    end: int
    words: str
    stance: str
    value: str
    grounds: tuple[str, ...]
    holder: Node | None
    rule: str


class Stances:
    """Finds sides taken."""

    def __init__(self, patterns: Patterns) -> None:
        self._cues = [(entry, compiled(entry.regex)) for entry in patterns.stances]
        self._grounds = [(entry.key, compiled(entry.regex)) for entry in patterns.grounds]

    def find(
        self,
        text: Text,
        sentence: tuple[int, int],
        clause: tuple[int, int],
        mentions: Sequence[Mention],
        heard: Heard,
        language: str,
    ) -> list[Cue]:
        """Sides taken in a clause, the strongest cue of each stance."""
        found: dict[str, Cue] = {}
        for entry, expression in self._cues:
            if entry.language not in (language, "any"):
                continue
            match = expression.search(text.plain, *clause)
            if match is None or _PASSIVE.search(text.plain[clause[0] : match.start()]):
                continue
            holder = self._holder(match.start(), clause, mentions, heard)
            cue = Cue(
                *clause,
                text.original[match.start() : match.end()],
                entry.stance,
                entry.value,
                self.grounds(text, *sentence),
                holder,
                entry.key,
            )
            found.setdefault(entry.stance, cue)
        return sorted(found.values())

    def grounds(self, text: Text, start: int, end: int) -> tuple[str, ...]:
        """Reasons named between two positions."""
        return tuple(key for key, expression in self._grounds if expression.search(text.plain, start, end))

    @staticmethod
    def _holder(cue: int, clause: tuple[int, int], mentions: Sequence[Mention], heard: Heard) -> Node | None:
        """The subject of the clause if a verb of saying tells it, else whoever speaks."""
        for verb in heard.verbs:
            if clause[0] <= verb.start < clause[1] and verb.start <= cue + 2 and verb.speaker.known:
                own = next((m for m in mentions if m.start == verb.subject and m.how == "abbreviation.side"), None)
                if own is not None:
                    return Node(own.kind, own.key) if own.key else None
                return _node(verb.speaker)
        segment = heard.at(*clause)
        return None if segment is None else _node(segment.speaker)


def _node(speaker: Speaker) -> Node | None:
    if speaker.organisation:
        return Node("organisation", speaker.organisation)
    return Node("person", speaker.person) if speaker.person else None
