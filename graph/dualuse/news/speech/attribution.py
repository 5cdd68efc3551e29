"""Whose words each part of a passage gives: how far a verb of saying reaches, and when it is taken up again."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from dualuse.news.find.mentions import Mention
from dualuse.news.lexicon.facts import Facts
from dualuse.news.speech.saying import Speech
from dualuse.news.speech.scene import Scene, Speaker, Verb
from dualuse.news.speech.segments import (
    Heard,
    Segment,
    heads,
    is_empty,
    is_led,
    is_long,
    joined,
    look_back,
    reported,
    together,
)
from dualuse.news.speech.spans import Spans
from dualuse.news.speech.whole import introduced, shared
from dualuse.news.text.passages import Passage, Text

_SPOKEN = re.compile(r" ?[,:「“\"]| (?:that|it|he|she|they|there|plans)\b")
_ACT = re.compile(r"推出|实施|成立|启动|取消|撤销|新|对|针对|了|\d")
_ONLY_WHEN = re.compile(r"[^,。;]{2,40}?(?:之?后|以来|之际|[一]?时|的(?:同一天|同时|消息))(?:[,。;]|$)")
"""An announcement that only tells when something else was: 宣布加強管制後,…."""
_TIMES = re.compile(
    r"(?:(?: |^)(?:on \w+day(?: \w+)?|on [A-Z]\w+\.? \d+|today|yesterday|earlier|later|by (?:phone|email)"
    r"|(?:to )?reporters"
    r"|(?:in|at|during|through|via) (?:an?|the|its|his|her) (?:[\w-]+ ?){1,4}?|in (?:an? )?[A-Z]?\w+)(?=[ ,.\"“]|$))*",
)
_AFTER = re.compile(
    r"[,.;\"”。 ]*(?:$|[,.;] ?(?:[\"“]|(?:adding|as cited|as quoted|according|citing|but|and|while)\b))"
)
_QUOTE, _ASIDE = re.compile(r"[\"“”]"), re.compile(r"[,;] (?:and|but|while|as)\b")
_AND_THAT = re.compile(r",? (?:and|but) that\b")
_GOES_ON_THAT = re.compile(
    r",? (?:and|but) (?:the|it|its|this|that|these|those|they|there|such|any|no|nobody|nothing)\b(?! (?:left|then)\b)"
    r"[^,;\"“”]{0,60}?\b(?:would|was|were|had|could|did|might)\b"
)
"""What is told on behind a verb that follows what is said: he wrote, and the step was never aimed at China."""
_ANAPHOR = re.compile(
    r"(?:此外,?|同时,?|另外,?)?(?:这(?:项|波|次|一|些)|该|新规|新措施|新的|根据新|相关|it |the (?:rule|measure|new))",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"\s*(?:[【〔]?(?:有?记者)?[问提]问?[】〕]?|Q(?:uestion)?\d*) ?[:.]|\s*[^。:]{0,14}记者(?:提)?问?[:]"
)
_ANSWERED = re.compile(r"\s*(?:[【〔]?.{0,8}?答(?:复)?[】〕]?|A(?:nswer)?) ?[:.]")
_OWN_SIDE = re.compile(r"[中我]方")
_SIDE = re.compile(r"(?:但|对此,?|同时,?|此外,?)?[中我美日荷英欧韩台]方")
_GOES_ON = re.compile(r"[中我]方|我们|[「“\"]|第[一二三四]|此外|公司|该公司|(?:他|她|其)(?:还|也|并)|发言人")
_COMPANY = re.compile(r"(?:公司|我们)(?!法)")
_FRAMES = re.compile(
    r"(?:In|On|At|After|Before|While|Although|Though|When|As|Under|With|Without|For|Following|Since|If|Despite|By|During"
    r"|To|From|Last|Earlier|A|Separately|However|Meanwhile|Asked|Also|But|And|Still|Speaking|Responding|Citing)\b"
)
_WOULD = re.compile(r"\b(?:would|was|were|had)\b")
_LEAST_SAID = 25
_NEWS = re.compile(
    r"(?:据|根据|截至|此前|日前|近日|去年|上周|本周|当地时间|报[道导]|值得|记者|\d|[^,。;]{0,10}\d+[月日]"
    r"|[^,。;]{0,14}(?:宣布|公布|发布|报[道导]|媒体|记者|提问|获悉|列入|将举行))"
)
_LEAD_IN = re.compile(r"[^,。;]{0,6},?\s*")
_TITLED = re.compile(r"(?<=[」”])[^,。;:「“」”]{1,24}$")
"""What stands between a quotation and the name of whose it is: “……,”前官员某某说."""
_QUOTE_ON = re.compile(r"[。, ]*|[,:。]?[「“\"].*", re.DOTALL)
_GOVERNMENT = frozenset({"government", "regulator", "legislature"})
_WE = re.compile(r"我们|我方|[Ww]e ")
_TAKEN = ("oppose", "worry", "criticise", "hope", "ask")
_CLOSED = re.compile(r"\s*\((?:完|记者.{0,20}|编辑.{0,20}|来源.{0,20})\)\s*")
_RECENT = 12
_OPENING = 4


@dataclass
class _State:
    """Who spoke last, who is the last person, who goes on, and what the last sentences began with."""

    last: Speaker
    person: Speaker
    carried: Speaker
    official: Speaker
    leads: list[Mention]
    digest: bool
    asked: bool = False
    outlet: Speaker = field(default_factory=Speaker)


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
        leads: Sequence[Mention] = (),
        digest: bool = False,
        homes: Mapping[str, str] | None = None,
    ) -> Heard:
        """Attribute a passage.

        Args:
            text: The text.
            passage: The passage.
            sentences: Its sentences with their clauses.
            mentions: Its mentions.
            before: Who spoke on from the passage before; nobody in a digest.
            leads: What the sentences before it began with.
            digest: Whether the text is a digest, in which an outlet goes on until the passage ends.
            homes: Bodies that people were named with anywhere in the text, by name.
        """
        quotes = self._speech.quotes(text, passage.start, passage.end)
        near, segments = Spans(quotes), list[Segment]()
        verbs: list[Verb] = []
        asked = _ASKED.match(text.plain, passage.start, passage.end) is not None
        asked = asked or (before.floor and text.plain[passage.start : passage.end].rstrip().endswith("?"))
        answered = _ANSWERED.match(text.plain, passage.start, passage.end) is not None
        if answered and not before.known and text.plain.find("中方", passage.start, passage.end) >= 0:
            before = Speaker(self._facts.government("CN"), "", "China", "", "organisation", official=True, floor=True)
        on = before if before.floor or _GOES_ON.match(text.plain, passage.start) else Speaker()
        state = _State(before, before, Speaker() if asked else on, before, list(leads), digest)
        begins = [mention.start for mention in mentions]
        for span, parts in sentences:
            here = mentions[bisect_left(begins, span[0]) : bisect_left(begins, span[1])]
            beside = near.over(span[0] - 2, span[1] + 2)
            scene = Scene(
                text, span, parts, here, beside, state.person, state.leads[-_RECENT:], state.outlet, homes or {}
            )
            found = self._speech.verbs(scene, state.last)
            if asked or self._asks(text, span, found, state) or _CLOSED.fullmatch(text.plain, *span):
                segments.append(Segment(*span, Speaker()))
                continue
            spoken = self._spoken(scene, found, segments, state, answered)
            look_back(text, scene, segments, found)
            segments += [*spoken, *together(spoken)]
            verbs += found
            self._remember(scene, spoken, found, state)
            self._introduce(scene, state)
        if heads(text, passage):
            segments = [replace(segment, speaker=Speaker()) for segment in segments]
        last = before if asked else state.official
        segments = shared(segments, quotes)
        return Heard(tuple(segments), tuple(verbs), tuple(quotes), last, tuple(state.leads[-_RECENT:]))

    @staticmethod
    def _asks(text: Text, span: tuple[int, int], found: Sequence[Verb], state: _State) -> bool:
        """Whether a sentence within a passage is a question, or goes on with one."""
        if _ASKED.match(text.plain, *span):
            state.asked = True
        elif _ANSWERED.match(text.plain, *span) or any(verb.rule == "colon" for verb in found):
            state.asked = False
        return state.asked

    def _spoken(
        self, scene: Scene, found: Sequence[Verb], segments: Sequence[Segment], state: _State, answered: bool
    ) -> list[Segment]:
        announced = bool(segments) and segments[-1].verb is not None and segments[-1].verb.act == "announce"
        current = self._opening(scene, state, announced, bool(segments))
        spoken = list(joined(self._sentence(scene, found, current)))
        reporter = self._speech.told_by(scene)
        if reporter.known:
            name = reporter.reporter or reporter.label
            spoken = [replace(s, speaker=replace(s.speaker, reporter=name)) if s.speaker.known else s for s in spoken]
        return spoken

    def _remember(self, scene: Scene, spoken: Sequence[Segment], found: Sequence[Verb], state: _State) -> None:
        """Note who spoke, and who goes on."""
        speakers = [segment.speaker for segment in spoken if segment.speaker.known]
        speakers = speakers or [verb.speaker for verb in found if verb.within is None and verb.speaker.official]
        state.outlet = next(filter(None, map(reported, reversed(speakers))), state.outlet)
        state.last = speakers[-1] if speakers else state.last
        state.person = next(
            (s for s in reversed(speakers) if s.person or s.official or s.kind == "person"), state.person
        )
        speaker = spoken[-1].speaker if spoken[-1].speaker.known or not speakers else speakers[-1]
        floor = state.official.floor and bool(speakers) and speakers[0].is_same(state.official)
        if floor:
            speaker = state.official
        elif not speaker.official and speaker.kind not in ("unnamed", ""):
            state.official = Speaker()
        elif speaker.official:
            state.official = speaker
        state.carried = state.official if state.official.known else self._carried(speaker, state.digest)
        lead = self._speech.lead(scene, state.last)
        place = next((mention for mention in scene.mentions if mention.kind == "place"), None)
        spoke = (m for m in scene.mentions if m.kind == "person" and any(m.label == s.label for s in speakers))
        state.leads += [mention for mention in (place, lead, next(spoke, None)) if mention is not None]

    def _introduce(self, scene: Scene, state: _State) -> None:
        """Give the floor to whoever makes the statement that follows."""
        words = scene.text.plain[scene.span[0] : scene.span[1] + 1]  # with the mark behind it
        who = introduced(words, scene.span[0], scene.mentions)
        speaker = None if who is None else self._speech.speaker(scene, who)
        if speaker is not None and speaker.known:
            state.last = state.carried = state.official = replace(speaker, official=True, floor=True)

    def _opening(self, scene: Scene, state: _State, announced: bool, follows: bool) -> Speaker:
        """Who speaks where a sentence begins."""
        text, start = scene.text, scene.span[0]
        last = state.last
        if last.known and any(is_long(q) and q.start < start < q.end for q in scene.quotes):
            return last
        opens = any(q.start == start + 1 and is_long(q) for q in scene.quotes)
        if last.known and opens and text.plain[start] in '「“"':
            return last
        if state.carried.known and not self._takes_over(scene, state.carried):
            return state.carried
        if last.known and last.kind == "organisation" and _COMPANY.match(text.plain, start):
            return last
        if last.known and last.kind not in ("outlet", "") and follows and _WE.match(text.plain, start):
            return last
        if last.kind == "person" and follows and _OWN_SIDE.match(text.plain, start) and self._declares(last):
            return last  # 汪某强调…。中方将…
        if last.official and self._is_indirect(scene, last):
            return last
        if follows and self._keeps_on(scene, last):
            return last
        if last.known and announced and _ANAPHOR.match(text.plain, start):
            return last
        return Speaker()

    def _keeps_on(self, scene: Scene, last: Speaker) -> bool:
        """Whether a sentence goes on with what a Chinese spokesperson or an association declares, and tells no news."""
        plain, start = scene.text.plain, scene.span[0]
        if plain[start].isascii() or last.kind in ("outlet", "unnamed", "") or _NEWS.match(plain, start):
            return False
        seat = self._facts.seats.get(last.organisation)
        declares = last.official and seat == "CN"
        declares = declares or (seat == "CN" and self._is_state(last) and _SIDE.match(plain, start) is not None)
        association = "trade-association" in self._facts.types.get(last.organisation, set())
        return declares or association or last.label.endswith(("协会", "協會", "公会", "公會", "商会", "商會"))

    def _declares(self, speaker: Speaker) -> bool:
        """Whether someone speaks for a ministry in Beijing."""
        return self._is_state(speaker) and self._facts.seats.get(speaker.organisation) == "CN"

    def _is_state(self, speaker: Speaker) -> bool:
        return bool(self._facts.types.get(speaker.organisation, set()) & _GOVERNMENT)

    def _is_indirect(self, scene: Scene, last: Speaker) -> bool:
        """Whether a sentence goes on with a spokesperson's words in the past: China would take "necessary measures"."""
        lead = scene.mentions[0] if scene.mentions else None
        if (
            lead is None
            or lead.start - scene.span[0] > 4
            or not _WOULD.search(scene.text.plain, lead.end, lead.end + 20)
        ):
            return False
        place = lead.key if lead.kind == "place" else self._facts.seats.get(lead.key, "")
        return lead.key == last.organisation or (bool(place) and place == self._facts.seats.get(last.organisation))

    def _takes_over(self, scene: Scene, carried: Speaker) -> bool:
        """Whether a sentence begins with someone else, so that nobody goes on speaking in it."""
        plain, start = scene.text.plain, scene.span[0]
        english = plain[start].isascii()
        if carried.floor:
            return False
        if english:
            return True
        if carried.kind == "unnamed":
            return False
        if _GOES_ON.match(plain, start):
            return not carried.official and carried.kind == "unnamed"
        return carried.official or self._has_own_subject(scene, carried)

    def _has_own_subject(self, scene: Scene, carried: Speaker) -> bool:
        """Whether a sentence begins with someone other than who spoke before."""
        lead = self._speech.lead(scene, carried)
        if lead is None or lead.start - scene.span[0] > _OPENING:
            return False
        return lead.key not in (carried.organisation, carried.person) and lead.label != carried.label

    def _sentence(self, scene: Scene, verbs: Sequence[Verb], current: Speaker) -> list[Segment]:
        found: list[Segment] = []
        text, span = scene.text, scene.span
        position, verb_now, reporter = span[0], None, ""
        told = [verb for verb in verbs if verb.within is None and self._speaks(text, verb, current)]
        if current.floor:  # 不少企业反对 in an answer: the side is theirs, the words are those of whoever answers
            told = [verb for verb in told if verb.act not in _TAKEN or verb.speaker.is_same(current)]
        for index, verb in enumerate(told):
            speaker = self._voice(text, verb, current)
            if is_led(text, verb, told[index + 1] if index + 1 < len(told) else None):
                reporter = (speaker.reporter or speaker.label) if speaker.kind == "outlet" else ""
                continue
            speaker = replace(speaker, reporter=reporter) if reporter and not speaker.reporter else speaker
            if verb.act == "according" and speaker.kind == "outlet" and any(s.speaker.known for s in found):
                name = speaker.reporter or speaker.label
                found = [replace(s, speaker=replace(s.speaker, reporter=name)) if s.speaker.known else s for s in found]
                continue
            end = self._trailing(text, verb, (position, span[1]))
            if end is not None and index + 1 == len(told) and _GOES_ON_THAT.match(text.plain, end, span[1]):
                end = span[1]
            if end is not None:
                found.append(Segment(position, end, speaker, verb))
                position, current, verb_now = end, Speaker(), None
                continue
            if verb.subject > position:
                empty = verb_now is None and _LEAD_IN.fullmatch(text.plain, position, verb.subject) is not None
                empty = empty or (verb_now is not None and is_empty(text, verb_now, verb.subject))
                found.append(Segment(position, verb.subject, Speaker() if empty else current, verb_now))
            position, current, verb_now = max(position, verb.subject), speaker, verb
        if position < span[1]:
            empty = verb_now is not None and is_empty(text, verb_now, span[1])
            found.append(Segment(position, span[1], Speaker() if empty else current, verb_now))
        return found

    def _speaks(self, text: Text, verb: Verb, current: Speaker) -> bool:
        """Whether a verb introduces what is said, and does not only tell what was done."""
        if verb.act == "announce":
            end = verb.end
            if _ONLY_WHEN.match(text.plain, end):
                return False
            if verb.text.isascii():
                before = text.plain[max(0, verb.subject - 2) : verb.subject].strip()
                if before.endswith((",", '"', "”")) and not text.plain[end : end + 2].strip(". \n"):
                    return True
                times = _TIMES.match(text.plain, end)
                end = end if times is None else times.end()
            said = _SPOKEN.match(text.plain, end) is not None
            return said or (verb.text in ("宣布", "宣佈") and not _ACT.match(text.plain, verb.end))
        if verb.act == "hope":
            return not self._facts.types.get(verb.speaker.organisation, set()) & _GOVERNMENT
        return True

    def _voice(self, text: Text, verb: Verb, current: Speaker) -> Speaker:
        """中方 in the words of a Chinese ministry is that ministry's own voice."""
        seat = self._facts.seats.get(current.organisation, "")
        if (
            self._is_state(current)
            and seat
            and verb.speaker.organisation == self._facts.government(seat)
            and not verb.speaker.person
        ):
            return current
        own = _OWN_SIDE.match(text.plain, verb.subject) is not None
        if own and current.floor:
            return current
        if own and current.known and self._facts.seats.get(current.organisation) == "CN":
            return current
        return verb.speaker

    @staticmethod
    def _trailing(text: Text, verb: Verb, span: tuple[int, int]) -> int | None:
        """Where the words said end, if they stand before the verb."""
        if verb.rule == "passive":
            return verb.end
        before = text.plain[span[0] : verb.subject].rstrip()
        english = verb.text.isascii() and verb.text != ":"
        if verb.act == "according" and english:
            return span[1] if before else None
        if not english:
            rest = text.plain[verb.end : span[1]]
            closed = _TITLED.sub("", before).rstrip(",").endswith(("」", "”", '"'))
            return span[1] if closed and _QUOTE_ON.fullmatch(rest) else None
        if verb.rule != "inverted" and (not before or before[-1] not in "”\",'"):
            return None
        times = _TIMES.match(text.plain, verb.end, span[1])
        end = verb.end if times is None else times.end()
        after = _AFTER.match(text.plain, end, span[1])
        if _AND_THAT.match(text.plain, end, span[1]):
            return span[1]
        if after is None and before and before[-1] in '"”' and not _QUOTE.search(text.plain, end, span[1]):
            cut = _ASIDE.search(text.plain, end, span[1])
            return span[1] if cut is None else cut.start()
        if verb.rule == "inverted" and after is None:
            return span[1]
        if after is None:
            if before[0] in '“"' and before[-1] in '”"' and not _SPOKEN.match(text.plain, verb.end, span[1]):
                return span[1]  # what is quoted is all that is said: "…," she told the paper after the talks.
            said = span[1] - span[0] > _LEAST_SAID and not _FRAMES.match(text.plain, span[0])
            return span[1] if said and end - verb.end > 4 and len(before) > _LEAST_SAID and before[-1] == "," else None
        goes_on = re.search(r"\b(?:but|and|while)$", after[0]) is not None
        return end if goes_on else span[1]

    @staticmethod
    def _carried(speaker: Speaker, digest: bool) -> Speaker:
        """Who goes on speaking in the next sentence without being named again: in a digest, an outlet, its sources."""
        return speaker if digest and speaker.kind in ("outlet", "unnamed") else Speaker()
