"""Verbs of saying as they stand in a text, and what stands between quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dualuse.news.lexicon.longest import Longest
from dualuse.news.lexicon.patterns import Patterns, forms_of
from dualuse.news.speech.scene import Hit, Quote
from dualuse.news.text.passages import Text

_QUOTES = re.compile(r"「([^「」]*(?:「[^「」]*」[^「」]*)*)」|『([^『』]*)』|“([^“”]*)”|\"([^\"\n]*)\"")
_LED = re.compile(r"(?: ?that)?[\s,:]*")
_STOP = re.compile(r"[。!?;]")
_LEAST_QUOTE = 8
_NEAR, _FAR = 14, 90


class Words:
    """Finds verbs of saying and quotations."""

    def __init__(self, patterns: Patterns) -> None:
        acts: dict[str, str] = {}
        for entry in patterns.verbs:
            for form in forms_of(entry):
                acts.setdefault(form.lower(), entry.act)
        self._acts = acts
        self._words = Longest((*acts, *(word.lower() for word in patterns.verb_stops)))

    def hits(self, text: Text, start: int, end: int) -> Iterator[Hit]:
        """Verbs between two positions; longer words that only look like one are passed over."""
        for first, last, form in self._words.find(text.lowered, start, end):
            if form in self._acts:
                yield Hit(first, last, form, self._acts[form])

    def quotes(self, text: Text, start: int, end: int) -> list[Quote]:
        """Quotations between two positions."""
        found = []
        for match in _QUOTES.finditer(text.plain, start, end):
            group = next(index for index in (1, 2, 3, 4) if match[index] is not None)
            low, high = match.span(group)
            found.append(Quote(low, high, text.original[low:high], self._direct(text, match, high - low, start, end)))
        return found

    def _direct(self, text: Text, match: re.Match[str], size: int, start: int, end: int) -> bool:
        if size < _LEAST_QUOTE:
            return False
        lead = [hit for hit in self.hits(text, max(start, match.start() - _NEAR), match.start()) if hit.says]
        if lead and _LED.fullmatch(text.plain[lead[-1].end : match.start()]):
            return True
        reach = _FAR if match[0].isascii() else _NEAR + 10
        if not match[0].isascii():  # up to the end of the sentence: 「……,」黄仁勋在前往会议时说
            stop = _STOP.search(text.plain, match.end(), min(end, match.end() + _FAR))
            reach = max(reach, _FAR if stop is None else stop.start() - match.end())
        ends = match[0][-2:-1] in "。,!?,." or text.plain[match.end() : match.end() + 1] in (",", ".")
        return ends and any(hit.says for hit in self.hits(text, match.end(), min(end, match.end() + reach)))
