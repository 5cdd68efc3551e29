"""Whose words each part of a passage gives: how far a verb of saying reaches, and when it is taken up again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dualuse.news.find.mentions import Mention
from dualuse.news.lexicon.facts import Facts
from dualuse.news.speech.saying import Quote, Scene, Speaker, Speech, Verb
from dualuse.news.text.passages import Passage, Text

_SPOKEN = re.compile(r" ?[,:「“\"]| that\b")
_ACT = re.compile(r"推出|实施|成立|启动|取消|撤销|新|对|针对|了|\d")
_TIMES = re.compile(r"(?:on \w+day|today|yesterday|in an? [\w ]+|at an? [\w ]+|[,. \"”。])*", re.IGNORECASE)
_ANAPHOR = re.compile(
    r"(?:此外,?|同时,?|另外,?)?(?:这(?:项|波|次|一|些)|该|新规|新措施|新的|根据新|相关|it |the (?:rule|measure|new))",
    re.IGNORECASE,
)
_ANSWER = re.compile(r"\s*答(?:复)?:[^。]*中方")
_OWN_SIDE = re.compile(r"[中我]方")
_GOVERNMENT = frozenset({"government", "regulator", "legislature"})


@dataclass(frozen=True, order=True)
class Segment:
    """A part of a passage and whose words it gives; nobody's if the speaker is not known."""

    start: int
    end: int
    speaker: Speaker
    verb: Verb | None = None


@dataclass(frozen=True)
class Heard:
    """What is said in a passage: segments in order, verbs, quotations, and who goes on speaking after it."""

    segments: tuple[Segment, ...]
    verbs: tuple[Verb, ...]
    quotes: tuple[Quote, ...]
    last: Speaker

    def at(self, start: int, end: int) -> Segment | None:
        """The segment that most of a span lies in."""
        shares = [(min(end, s.end) - max(start, s.start), -index) for index, s in enumerate(self.segments)]
        if not shares or max(shares)[0] <= 0:
            return None
        return self.segments[-max(shares)[1]]

    def quoted(self, start: int, end: int) -> Quote | None:
        """The direct quotation that most of a span lies in."""
        for quote in self.quotes:
            if quote.direct and 2 * (min(end, quote.end) - max(start, quote.start)) > end - start:
                return quote
        return None


class Listener:
    """Tells whose words are whose."""

    def __init__(self, speech: Speech, facts: Facts) -> None:
        self._speech = speech
        self._facts = facts

    def hear(
        self,
        text: Text,
        passage: Passage,
        sentences: Sequence[tuple[tuple[int, int], Sequence[tuple[int, int]]]],
        mentions: Sequence[Mention],
        before: Speaker,
    ) -> Heard:
        """Attribute a passage.

        Args:
            text: The text.
            passage: The passage.
            sentences: Its sentences with their clauses.
            mentions: Its mentions.
            before: Who spoke on from the passage before; nobody in a digest.
        """
        quotes = self._speech.quotes(text, passage.start, passage.end)
        segments: list[Segment] = []
        verbs: list[Verb] = []
        if _ANSWER.match(text.plain, passage.start) and not before.known:
            before = Speaker(self._facts.government("CN"), "", "China", "", "organisation", official=True)
        last = carried = official = person = before
        for span, parts in sentences:
            here = [m for m in mentions if span[0] <= m.start < span[1]]
            found = self._speech.verbs(Scene(text, span, parts, here, quotes, person), last)
            announced = bool(segments) and segments[-1].verb is not None and segments[-1].verb.act == "announce"
            current = self._opening(text, span, quotes, last, carried, announced)
            spoken = self._sentence(text, span, found, current)
            segments += spoken
            verbs += found
            speakers = [segment.speaker for segment in spoken if segment.speaker.known]
            last = speakers[-1] if speakers else last
            person = next((s for s in reversed(speakers) if s.person or s.official), person)
            speaker = spoken[-1].speaker
            official = speaker if speaker.official else official if speaker.kind in ("unnamed", "") else Speaker()
            carried = official if official.known else self._carried(speaker)
        return Heard(tuple(segments), tuple(verbs), tuple(quotes), official)

    def _opening(
        self,
        text: Text,
        span: tuple[int, int],
        quotes: Sequence[Quote],
        last: Speaker,
        carried: Speaker,
        announced: bool,
    ) -> Speaker:
        """Who speaks where a sentence begins."""
        start = span[0]
        if last.known and any(q.direct and q.start < start < q.end for q in quotes):
            return last
        if (
            last.known
            and text.plain[start] in '「“"'
            and any(q.start == start + 1 and q.end - q.start > 8 for q in quotes)
        ):
            return last
        if carried.known:
            return carried
        if last.known and announced and _ANAPHOR.match(text.plain, start):
            return last
        return Speaker()

    def _sentence(self, text: Text, span: tuple[int, int], verbs: Sequence[Verb], current: Speaker) -> list[Segment]:
        found: list[Segment] = []
        position, verb_now = span[0], None
        for verb in verbs:
            if not self._speaks(text, verb, current):
                continue
            speaker = self._voice(text, verb, current)
            if self._trailing(text, verb, span):
                return [Segment(*span, speaker, verb)]
            if verb.subject > position:
                found.append(Segment(position, verb.subject, current, verb_now))
            position, current, verb_now = max(position, verb.subject), speaker, verb
        found.append(Segment(position, span[1], current, verb_now))
        return found

    def _speaks(self, text: Text, verb: Verb, current: Speaker) -> bool:
        """Whether a verb introduces what is said, and does not only tell what was done."""
        if verb.act == "announce":
            said = _SPOKEN.match(text.plain, verb.end) is not None
            return said or (verb.text in ("宣布", "宣佈") and not _ACT.match(text.plain, verb.end))
        if verb.act == "hope":
            return not self._facts.types.get(verb.speaker.organisation, set()) & _GOVERNMENT
        return True

    def _voice(self, text: Text, verb: Verb, current: Speaker) -> Speaker:
        """中方 in the words of a Chinese ministry is that ministry's own voice."""
        own = _OWN_SIDE.match(text.plain, verb.subject) is not None
        if own and current.known and self._facts.seats.get(current.organisation) == "CN":
            return current
        return verb.speaker

    @staticmethod
    def _trailing(text: Text, verb: Verb, span: tuple[int, int]) -> bool:
        """Whether the words said stand before the verb."""
        if verb.rule == "inverted" or (verb.act == "according" and verb.text.isascii()):
            return True
        rest = text.plain[verb.end : span[1]]
        before = text.plain[span[0] : verb.subject].rstrip()
        return bool(before) and before[-1] in "」”\",'" and _TIMES.fullmatch(rest) is not None

    def _carried(self, speaker: Speaker) -> Speaker:
        """Who goes on speaking in the next sentence without being named again."""
        thinkers = "think-tank" in self._facts.types.get(speaker.organisation, set())
        return speaker if speaker.kind in ("unnamed", "outlet") or thinkers else Speaker()
