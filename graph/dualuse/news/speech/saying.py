"""Verbs of saying and who says it: the subject, a report's source, a name and a colon."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dualuse.news.find.mentions import Mention
from dualuse.news.lexicon.facts import Facts
from dualuse.news.lexicon.patterns import Patterns
from dualuse.news.speech.chinese import Chinese
from dualuse.news.speech.english import English
from dualuse.news.speech.phrases import Phrases
from dualuse.news.speech.quotes import Words
from dualuse.news.speech.scene import SPEAKABLE, Hit, Quote, Scene, Speaker, Verb
from dualuse.news.speech.speakers import Speakers, beginning
from dualuse.news.text.passages import Text

_SOURCE = 12
_ENDS = '。.!?;"”」'
_NAMED = r"(?:(?:[A-Z]\.)+|[\w&'-]+)"
_PAPERS = re.compile(rf" (?:the |an? )?(?P<label>(?:two |three |several )?{_NAMED}(?: {_NAMED}){{0,5}}?)(?=[,.;]|$)")
_TOLD = re.compile(r"报[道导]|消息|介绍|称|说|透露|指|数据|资料|统计|声明|公告|表示|分析|估|引述|援引")
_HEAD = re.compile(r"[*▲●•·\-我 ]*")
_COLON = re.compile(r"(?:新闻)?(?:发言人|部长|执委)?:")
_TITLED = re.compile(
    r"[^,。;:、的「“]{0,20}(?:发言人|部长|主任|教授|院长|所长|研究员|分析师|律师|总裁|董事长|总监|经理|首席\w{2,3}官|执行长|CEO"
    r"|专家|会长|秘书长|司长|局长|署长|大使|合伙人|经济学家|顾问)"
)
_AS_CITED = re.compile(r"\bas (?:cited|quoted|reported) by (?:the )?$|\b(?:cited|quoted|reported) by (?:the )?$")


class Speech:
    """Finds verbs of saying and quotations."""

    def __init__(self, patterns: Patterns, facts: Facts) -> None:
        self._words = Words(patterns)
        self._speakers = Speakers(facts)
        self._english = English(self._speakers, facts)
        self._chinese = Chinese(self._speakers, Phrases(patterns))

    def quotes(self, text: Text, start: int, end: int) -> list[Quote]:
        """Quotations between two positions."""
        return self._words.quotes(text, start, end)

    def speaker(self, scene: Scene, mention: Mention) -> Speaker | None:
        """Whom a mention makes speak."""
        return self._speakers.of(scene, mention, Speaker())

    def lead(self, scene: Scene, last: Speaker) -> Mention | None:
        """The mention a sentence begins with, if it can be its subject."""
        able = [m for m in scene.mentions if m.kind in ("organisation", "person")]
        return next((m for m in able if self._is_lead(scene, m)), None)

    @staticmethod
    def _is_lead(scene: Scene, mention: Mention) -> bool:
        before = scene.text.plain[max(scene.span[0], mention.start - 12) : mention.start]
        after = scene.text.plain[mention.end : mention.end + 2]
        object_ = re.search(r"\b(?:of|in|to|on|against|from|at|with|by|for)(?: the)? $|[对向与由被和据]$", before)
        return object_ is None and not after.startswith(("'", "的"))

    def verbs(self, scene: Scene, last: Speaker) -> list[Verb]:
        """Verbs of a sentence with their speakers, in order.

        Args:
            scene: The sentence.
            last: Who spoke last before.
        """
        found = self._labelled(scene)
        last = found[-1].speaker if found else last
        masked = [(m.start, m.end) for m in scene.mentions if m.kind != "pronoun"]
        masked += [(q.start, q.end) for q in scene.quotes if q.direct]
        for hit in self._words.hits(scene.text, *scene.span):
            if any(low <= hit.start < high for low, high in masked):
                continue
            verb = self._resolve(scene, hit, found, last)
            if verb is not None:
                found.append(verb)
                last = last if verb.within is not None else verb.speaker
        return list(_merged(found))

    def _labelled(self, scene: Scene) -> list[Verb]:
        """A speaker and a colon at the head of a clause, as in an interview; the words after it go on."""
        for mention in scene.mentions:
            lead = scene.text.plain[scene.clause_at(mention.start)[0] : mention.start]
            colon = _COLON.match(scene.text.plain, mention.end)
            titled = mention.kind == "person" and _TITLED.fullmatch(lead) is not None
            if colon is None or mention.kind not in ("person", "organisation") or not (titled or _HEAD.fullmatch(lead)):
                continue
            heads = scene.text.passages[0].start <= mention.start < scene.text.passages[0].end
            dateline = mention.text.isascii() and mention.text.isupper() and mention.key.startswith(("gov-", "usgov"))
            if mention.kind == "organisation" and "发言人" not in colon[0] and (dateline or not heads):
                continue  # in a list, a body and a colon is what is told of it
            speaker = self._speakers.of(scene, mention, Speaker())
            if speaker is not None:
                floor = any(mark in _ENDS for mark in scene.text.plain[scene.span[1] - 1 : scene.span[1] + 1])
                speaker = replace(speaker, official=floor, floor=floor)
                return [Verb(mention.end, colon.end(), ":", "say", mention.start, speaker, "colon")]
        return []

    def _resolve(self, scene: Scene, hit: Hit, before: Sequence[Verb], last: Speaker) -> Verb | None:
        """A verb with its speaker, or None if it has none."""
        if hit.act in ("cite", "according"):
            return self._source(scene, hit, before)
        return (self._english if hit.english else self._chinese).resolve(scene, hit, before, last)

    def _source(self, scene: Scene, hit: Hit, before: Sequence[Verb]) -> Verb | None:
        """``A quoting B``: A reports, B speaks; ``according to B``: B speaks, or reports if it is an outlet."""
        clause = scene.clause_at(hit.start)
        end = scene.span[1] if hit.english else clause[1]
        near = (m for m in scene.mentions if hit.end <= m.start < min(end, hit.end + _SOURCE) and m.kind in SPEAKABLE)
        source = next(near, None)
        reporter = Speaker()
        begin = clause[0]
        if hit.act == "cite":
            found = self._reporter(scene, hit, before)
            if found is None:
                return None
            reporter, begin = found
            if reporter.kind != "outlet" and (source is None or source.kind != "person"):
                return None  # 商務部引用法條
        elif source is None and hit.english:
            return self._papers(scene, hit, clause)
        elif source is None or not self._reports(scene.text, hit, source, clause):
            return None
        speaker = reporter if source is None else self._speakers.of(scene, source, Speaker())
        if speaker is None:
            return None
        if reporter.known and source is not None:
            told = reporter.reporter or (reporter.label if reporter.kind == "outlet" else reporter.organisation)
            speaker = replace(speaker, reporter=told)
        last = hit.end if source is None else source.end
        return Verb(hit.start, last, scene.words(hit), hit.act, begin, speaker, hit.act)

    @staticmethod
    def _papers(scene: Scene, hit: Hit, clause: tuple[int, int]) -> Verb | None:
        """``according to prosecutors``: someone the graph does not hold."""
        named = _PAPERS.match(scene.text.plain, hit.end, scene.span[1])
        if named is None:
            return None
        speaker = Speaker("", "", named["label"], "", "named")
        return Verb(hit.start, named.end(), scene.words(hit), hit.act, clause[0], speaker, hit.act)

    def _reporter(self, scene: Scene, hit: Hit, before: Sequence[Verb]) -> tuple[Speaker, int] | None:
        """The outlet that cites, and where its name begins."""
        if before and before[-1].speaker.kind == "outlet":
            return before[-1].speaker, before[-1].subject
        low = scene.span[0] if hit.english else scene.clause_at(hit.start)[0]
        if hit.english:
            outlets = [m for m in scene.mentions if low <= m.start and m.end <= hit.start]
            subject = next((m for m in reversed(outlets) if m.kind in ("outlet", "organisation")), None)
        else:
            subject = self._chinese.subject(scene, low, hit.start)
        speaker = self._speakers.of(scene, subject, Speaker()) if subject is not None else None
        bodies = ("outlet",) if hit.english else ("outlet", "organisation")
        if speaker is None or subject is None or speaker.kind not in bodies:
            return None
        return speaker, beginning(scene.text, subject, (), low)

    @staticmethod
    def _reports(text: Text, hit: Hit, source: Mention, clause: tuple[int, int]) -> bool:
        """Whether 據 goes with a source of words, and not with a rule or a figure."""
        return hit.english or source.end == clause[1] or _TOLD.search(text.plain, source.end, clause[1]) is not None

    def told_by(self, scene: Scene) -> Speaker:
        """The outlet that a sentence names as its source at its end: as cited by Xinhua."""
        for mention in scene.mentions:
            speaker = (
                self._speakers.of(scene, mention, Speaker()) if mention.kind in ("outlet", "organisation") else None
            )
            lead = scene.text.plain[max(scene.span[0], mention.start - 24) : mention.start]
            if speaker is not None and speaker.kind == "outlet" and _AS_CITED.search(lead):
                return speaker
        return Speaker()


def _merged(verbs: Sequence[Verb]) -> Iterator[Verb]:
    """Verbs, without one that only continues the one before (批評表示, 引述…報道)."""
    previous: Verb | None = None
    for verb in verbs:
        closes = verb.act in ("report", "say") and previous is not None and previous.act in ("cite", "according")
        if closes and previous is not None and verb.start - previous.end <= 8:
            continue
        yield verb
        previous = verb
