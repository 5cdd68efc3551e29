"""Whether a text is about export controls, which of its passages count, and which are the furniture of a page."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from dualuse.news.find.mentions import Mention
from dualuse.news.lexicon.entries import Regexes
from dualuse.news.lexicon.patterns import Patterns, compiled
from dualuse.news.text.passages import Passage, Text
from dualuse.said import Named, phrase, quoted_words

Choice = Literal["yes", "no", "auto"]
"""Whether a text is on topic: the reader of it says so, says that only some of its passages are, or lets the gate."""


@dataclass(frozen=True)
class Relevance:
    """What the gate found: numbers of passages that pass, and why each does; or why none does."""

    passages: dict[int, str]
    boilerplate: frozenset[int]
    why: str = ""

    @property
    def any(self) -> bool:
        """Whether the text is about export controls at all."""
        return bool(self.passages)


class Gate:
    """Tells whether a text is about export controls.

    Args:
        patterns: The patterns.
        listed: Keys of organisations that are or were on a list of controlled parties.
        makers: Companies of the record and their people, as ``kind:key``.
    """

    def __init__(self, patterns: Patterns, listed: Collection[str], makers: Collection[str] = ()) -> None:
        parts = patterns.relevance
        self._sure = _joined(parts["sure"])
        self._control = _joined(parts["control"])
        self._subject = _joined(parts["subject"])
        self._trade = _joined(parts["trade"])
        self._deal = _joined(parts["deal"])
        self._policy = _joined(parts["policy"])
        self._supply = _joined(parts["supply"])
        self._weak = _joined(parts["weak"])
        self._boilerplate = _joined(parts["boilerplate"])
        self._listed = frozenset(listed)
        self._makers = frozenset(makers)

    def weigh(
        self, text: Text, mentions: Sequence[Mention] = (), *, several: bool = False, choice: Choice = "auto"
    ) -> Relevance:
        """Which passages count.

        A passage passes by itself if it has a sure word, or words of control, of trade and of a controlled subject. A
        text is on topic if one of its passages passes, names an instrument, names a listed party or a product beside
        words of trade, a company or a product of the record beside words of policy, or tells who of the record supplies
        whom with controlled things; then all of it counts.
        In a digest only the passages that pass count, and those that follow them as long as they keep to their words.

        Args:
            text: The text.
            mentions: What it mentions.
            several: Whether it may hold other news too, as a digest does.
            choice: What is said of it beforehand.
        """
        boilerplate = frozenset(p.number for p in text.passages if self._furniture(text, p))
        rest = [passage for passage in text.passages if passage.number not in boilerplate]
        if choice == "yes":
            return Relevance(dict.fromkeys((p.number for p in rest), phrase("against.said_so")), boilerplate)
        found: dict[int, str] = {}
        starts = [mention.start for mention in mentions]
        for passage in rest:
            why = self._own(text, passage)
            if not why and several and choice == "auto":
                why = self._named(text, [passage], mentions, starts)
            if why:
                found[passage.number] = why
            elif self._previous(passage, found, boilerplate) and self._has(self._weak, text, passage):
                found[passage.number] = phrase("against.goes_on")
        if several or choice == "no":
            why = "" if found else phrase("against.no_passage")
            return Relevance(found, boilerplate, why)
        why = next(iter(found.values()), "") or self._named(text, rest, mentions, starts)
        if not why:
            return Relevance({}, boilerplate, phrase("against.names_none"))
        whole = phrase("against.the_text", why=why)
        return Relevance({p.number: found.get(p.number, whole) for p in rest}, boilerplate)

    def _named(
        self, text: Text, passages: Sequence[Passage], mentions: Sequence[Mention], starts: Sequence[int]
    ) -> str:
        """What a text names that puts it on topic, though no passage of it passes by itself."""
        for passage in passages:
            here = mentions[bisect_left(starts, passage.start) : bisect_left(starts, passage.end)]
            made = {mention.thing for mention in here if mention.kind in ("organisation", "product") and mention.key}
            if len(made) > 1 and self._has(self._subject, text, passage) and self._has(self._supply, text, passage):
                parties = Named.of({(each.partition(":")[0], each.partition(":")[2]): each for each in sorted(made)})
                return phrase("against.supplies", parties=parties)
            for mention in (m for m in here if m.key):
                if mention.kind == "instrument":
                    return phrase("against.names", words=quoted_words(mention.text))
                listed = mention.kind == "organisation" and mention.key in self._listed
                product = mention.kind == "product"
                if (listed or product) and self._has(self._deal, text, passage):
                    return phrase("against.names_trade", words=quoted_words(mention.text))
                if (product or mention.thing in self._makers) and self._has(self._policy, text, passage):
                    return phrase("against.names_policy", words=quoted_words(mention.text))
        return ""

    def _furniture(self, text: Text, passage: Passage) -> bool:
        return self._has(self._boilerplate, text, passage)

    def _own(self, text: Text, passage: Passage) -> str:
        sure = self._sure.search(text.plain, passage.start, passage.end)
        if sure is not None:
            return phrase("against.has_words", words=quoted_words(text.original[sure.start() : sure.end()]))
        if all(self._has(part, text, passage) for part in (self._control, self._subject, self._trade)):
            return phrase("against.has_three")
        return ""

    @staticmethod
    def _previous(passage: Passage, found: dict[int, str], boilerplate: frozenset[int]) -> bool:
        number = passage.number - 1
        while number in boilerplate:
            number -= 1
        return number in found

    @staticmethod
    def _has(expression: re.Pattern[str], text: Text, passage: Passage) -> bool:
        # anchors of the patterns mean the ends of the passage
        return expression.search(text.plain[passage.start : passage.end].strip()) is not None


def _joined(entries: Sequence[Regexes]) -> re.Pattern[str]:
    return compiled([expression for entry in entries for expression in entry.regex])
