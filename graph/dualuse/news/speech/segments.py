"""Parts of a passage and whose words they give: joined, given back to who is named later, or found to be empty."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate

from dualuse.news.find.mentions import Mention
from dualuse.news.speech.scene import Quote, Scene, Speaker, Verb
from dualuse.news.speech.spans import Spans
from dualuse.news.text.passages import Passage, Text

_TERM = 8
_HEADLINE = {True: 120, False: 40}
"""Most characters of a headline, in letters and in Chinese."""
_STOPS = (".", "!", "?", ";", ":")
_LEADS = re.compile(r"[^,。;]{0,16}(?:,(?:[^,。;]{0,4}\d[^,。;]{0,10},|[^,。;]{0,5},)?|:)?\s*")


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
    leads: tuple[Mention, ...] = ()

    def at(self, start: int, end: int) -> Segment | None:
        """The segment that most of a span lies in."""
        best, found = 0, None
        order, starts, reach = self._order
        for place in range(bisect_left(starts, end) - 1, -1, -1):
            if reach[place] <= start:
                break
            segment = self.segments[order[place]]
            shared = min(end, segment.end) - max(start, segment.start)
            if shared > best or (shared == best and found is not None and order[place] < found):
                best, found = shared, order[place]
        return None if found is None else self.segments[found]

    @cached_property
    def _order(self) -> tuple[list[int], list[int], list[int]]:
        """Segments by where they begin: their numbers, their starts, and how far those up to each of them reach."""
        order = sorted(range(len(self.segments)), key=lambda index: self.segments[index].start)
        starts = [self.segments[index].start for index in order]
        return order, starts, list(accumulate((self.segments[index].end for index in order), max))

    def quoted(self, start: int, end: int) -> Quote | None:
        """The direct quotation that most of a span lies in."""
        for quote in self.placed[0].over(start, end):
            if quote.direct and 2 * (min(end, quote.end) - max(start, quote.start)) > end - start:
                return quote
        return None

    @cached_property
    def placed(self) -> tuple[Spans[Quote], Spans[Verb]]:
        """Quotations and verbs of saying by where they stand."""
        return Spans(self.quotes), Spans(self.verbs)


def is_long(quote: Quote) -> bool:
    """Whether words between quotation marks are a speech, and no term."""
    return quote.direct or quote.end - quote.start > _TERM


def heads(text: Text, passage: Passage) -> bool:
    """Whether a passage is the headline of a text, which sums up what the text then says and gives nobody's words."""
    first = text.divided and passage.start == text.passages[0].start and len(text.passages) > 1
    words = text.plain[passage.start : passage.end].rstrip('」”"')
    most = _HEADLINE[passage.language == "en"]
    return first and len(words) <= most and not words.endswith(_STOPS) and "。" not in words


def reported(speaker: Speaker) -> Speaker | None:
    """The outlet that speaks or passes something on."""
    if speaker.kind == "outlet":
        return speaker
    return Speaker("", "", speaker.reporter, speaker.reporter, "outlet") if speaker.reporter else None


def is_led(text: Text, verb: Verb, after: Verb | None) -> bool:
    """Whether a source is named before someone who speaks, with nothing of its own: 据商务部网站消息, …发言人表示."""
    if verb.act != "according" or after is None or verb.text.isascii():
        return False
    return _LEADS.fullmatch(text.plain, verb.end, max(verb.end, after.subject)) is not None


def together(segments: Sequence[Segment]) -> Iterator[Segment]:
    """The same parts for those who speak together with the speaker."""
    for segment in segments:
        if segment.speaker.known and segment.verb is not None and segment.verb.speaker.is_same(segment.speaker):
            yield from (replace(segment, speaker=speaker) for speaker in segment.verb.also)


def look_back(text: Text, scene: Scene, segments: list[Segment], found: Sequence[Verb]) -> None:
    """Give a sentence that is all quotation to whoever the next one names: “……。”他说。."""
    if not segments or not found or segments[-1].speaker.known:
        return
    begun = next((q for q in scene.quotes if q.direct and q.start < scene.span[0] < q.end <= found[0].subject), None)
    if begun is not None:  # “我们不清楚。没有头绪,”他说
        for index in range(len(segments) - 1, -1, -1):
            if segments[index].start < begun.start - 1 or segments[index].speaker.known:
                break
            segments[index] = replace(segments[index], speaker=found[0].speaker, verb=found[0])
        return
    quoted = segments[-1].end and text.plain[segments[-1].start] in '「“"'
    closed = re.search(r"[」”\"]\s*$", text.plain[segments[-1].start : scene.span[0]]) is not None
    if quoted and closed and is_empty(text, found[0], scene.span[1]):
        segments[-1] = replace(segments[-1], speaker=found[0].speaker, verb=found[0])


def is_empty(text: Text, verb: Verb, end: int) -> bool:
    """Whether nothing is said: the spokesperson answered questions."""
    return verb.act in ("say", "announce") and not text.plain[verb.end : end].strip(" ,.:。")


def joined(segments: Sequence[Segment]) -> Iterator[Segment]:
    """Segments, those of one voice that follow one another as one."""
    kept: Segment | None = None
    for segment in segments:
        if kept is not None and kept.speaker.known and kept.speaker == segment.speaker:
            kept = replace(kept, end=segment.end, verb=segment.verb)
            continue
        if kept is not None:
            yield kept
        kept = segment
    if kept is not None:
        yield kept
