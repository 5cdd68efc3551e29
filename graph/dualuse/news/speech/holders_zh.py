"""Whose a Chinese side is that no verb of saying tells: whoever heads the clause, 两家公司先后为法案背书."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dualuse.news.find.mentions import Mention
from dualuse.news.lexicon.facts import Facts
from dualuse.news.lexicon.patterns import Patterns
from dualuse.news.speech.holders import voice_of
from dualuse.news.speech.phrases import Phrases, tail_start
from dualuse.news.speech.scene import Speaker

_ROUNDS = 4
_TOWARDS = re.compile(r"(?:为|替|给|把|将|以|用|与|和|同)[^,。;]{1,28}$")
"""What stands between a subject and the words of a side, besides what stands before a verb of saying."""
_NOT_SUBJECT = re.compile(
    r"(?:对于?|向|就|与|和|同|针对|在|被|把|将|给|跟|关于|因|由|由于|除了?|为|防止|包括|据|遭到?|受到?|令|让|使|指|称|约谈|要求|请|呼吁|敦促|警告|批评"
    r"|指控|指责|称赞|感谢|起诉|制裁|阻止|禁止|允许)[《「“]?$"
)
_AND = re.compile(r"(?:\([^()]{1,40}\))?(?:[和与及、]|以及)")
_STOP = re.compile(r"[。;?!\n]")
_TOLD = re.compile(r"已|曾|此前|日前|近日|昨|刚")
_LONGEST = 120
_KINDS = ("organisation", "person")
_PLACED = ("abbreviation.side", "form.place", "capital")


class Heads:
    """Finds who heads a Chinese clause."""

    def __init__(self, patterns: Patterns, facts: Facts) -> None:
        self._facts = facts
        self._phrases = Phrases(patterns)

    def at(self, plain: str, low: int, cue: int, mentions: Sequence[Mention]) -> tuple[Speaker, ...]:
        """Everyone who heads a clause and takes the side at a position in it, the one straight before it first.

        Args:
            plain: The text, evened out.
            low: Where the clause begins.
            cue: Where the words of the side begin.
            mentions: Mentions of the sentence, in order.
        """
        here = [m for m in mentions if low <= m.start and m.end <= cue]
        end = cue
        for _ in range(_ROUNDS):
            end = tail_start(plain, low, end)
            last = next((m for m in here if m.end == end), None)
            if last is not None:
                return self._row(plain, low, last, here) if self._asserted(plain, last.end, cue) else ()
            noun = self._phrases.before(plain, low, end)
            if noun is not None and noun[1] == end:
                kind = {"people": "unnamed", "body": "named"}.get(noun[2], "")
                return (Speaker("", "", plain[noun[0] : noun[1]], "", kind),) if kind else ()
            towards = _TOWARDS.search(plain, max(low, end - _LONGEST), end)
            if towards is None:
                return ()
            end = towards.start()
        return ()

    def rows(self, plain: str, begin: int, cue: int, low: int, mentions: Sequence[Mention]) -> tuple[Speaker, ...]:
        """Who heads the clause of a side, or where nothing stands before it the one before, back to the sentence."""
        found = self.at(plain, low, cue, mentions)
        if found or tail_start(plain, low, cue) > low + 1:
            return found
        for mention in (m for m in mentions if begin <= m.start < low):
            clause = max(plain.rfind(",", begin, mention.start), begin - 1) + 1
            if mention.kind in _KINDS and mention.start - clause <= 1 and plain[mention.end : mention.end + 1] != "的":
                return self._row(plain, clause, mention, [m for m in mentions if m.end <= mention.end])
        return ()

    def _row(self, plain: str, low: int, last: Mention, here: Sequence[Mention]) -> tuple[Speaker, ...]:
        found: list[Speaker] = []
        after: Mention | None = None
        for mention in reversed([m for m in here if low <= m.start and m.end <= last.end]):
            if after is not None and _AND.fullmatch(plain, mention.end, after.start) is None:
                break
            named = mention.kind in _KINDS or (mention.kind in ("place", "group") and mention.how in _PLACED)
            voice = voice_of(mention, self._facts) if named else None
            if voice is None:
                break
            found.append(voice)
            after = mention
        if after is None or _NOT_SUBJECT.search(plain, max(low, after.start - 4), after.start):
            return ()
        return tuple(found)

    @staticmethod
    def _asserted(plain: str, start: int, cue: int) -> bool:
        """Whether a side is told as taken, and not only asked about."""
        stop = _STOP.search(plain, cue)
        asks = stop is not None and stop[0] == "?"
        return not asks or _TOLD.search(plain, start, cue) is not None
