"""What is said past one sentence: a quotation of several sentences, and a statement that is only introduced."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from dualuse.news.find.mentions import Mention
from dualuse.news.speech.scene import Quote
from dualuse.news.speech.segments import Segment

_LEAST = 8
_REMARKS = re.compile(
    r"[Ss]pokes(?:person|man|woman)(?: [A-Z]\w+){0,3}(?:'s|’s)? (?:[A-Z]\w+ )*"
    r"(?:[Rr]emarks|[Pp]ress [Cc]onference|[Pp]ress [Bb]riefing|[Aa]nswers?|[Qq]&[Aa]|[Rr]eply|[Rr]esponse)\b"
)
_INTERVIEW = re.compile(r"^(?:An |Our |In an )?(?:[Ii]nterview|[Qq]&[Aa]|[Cc]onversation)(?:,)? with ")
_FOLLOWING = re.compile(r"\b(?:the )?following (?:is a )?(?:joint )?(?:statement|remarks|comments?)\b", re.IGNORECASE)
_FROM = re.compile(r"\b(?:attributed to|attributable to|from|by|of)\b")
_ISSUED = re.compile(r"\b(?:released|issued|made|gave|published)\b")

_ISSUES = re.compile(r"(?:发[布表出]|作出)了?(?:公开|联合|书面)?声明(?:如下|全文)?:\s*$")


def shared(segments: Sequence[Segment], quotes: Sequence[Quote]) -> list[Segment]:
    """Segments, those of nobody in a quotation given to the one voice that is named within or beside the rest of it."""
    found = list(segments)
    order = sorted(range(len(found)), key=lambda place: found[place].start)
    starts = [found[place].start for place in order]
    for quote in quotes:
        if quote.end - quote.start < _LEAST:
            continue
        low = bisect_left(starts, quote.start - 1)
        inside = order[low : bisect_left(starts, quote.end)]
        speakers = [found[place] for place in inside if found[place].speaker.known]
        if not speakers or len(speakers) == len(inside):
            continue
        if all(segment.speaker.is_same(speakers[0].speaker) for segment in speakers):
            for place in inside:
                if not found[place].speaker.known:
                    found[place] = replace(found[place], speaker=speakers[-1].speaker, verb=speakers[-1].verb)
    return found


def introduced(words: str, start: int, mentions: Sequence[Mention]) -> Mention | None:
    """Who makes the statement that a sentence says will follow, or nobody.

    Args:
        words: The sentence.
        start: Where it begins.
        mentions: Mentions in it.
    """
    issues = _ISSUES.search(words)
    if issues is not None:  # 协会发布声明: and then the statement
        return next(
            (m for m in reversed(mentions) if m.kind == "organisation" and m.end <= start + issues.start()), None
        )
    able = [mention for mention in mentions if mention.kind in ("person", "organisation")]
    remarks = _REMARKS.search(words)
    if remarks is not None:  # the head of a briefing: Foreign Ministry Spokesperson Ann Lee's Remarks on …
        before = [mention for mention in able if mention.end <= start + remarks.end()]
        return next((m for m in reversed(before) if m.kind == "person"), next(iter(before), None))
    interview = _INTERVIEW.search(words)
    if interview is not None:
        behind = [mention for mention in able if mention.start >= start + interview.end()]
        return behind[0] if behind and behind[0].kind == "person" else None
    following = _FOLLOWING.search(words)
    if following is None:
        return None
    answered = words.find(" in response", following.end())
    led = _FROM.search(words, following.end(), len(words) if answered < 0 else answered)
    if led is not None:
        behind = [mention for mention in able if mention.start >= start + led.end()]
        return next((mention for mention in behind if mention.kind == "person"), next(iter(behind), None))
    issued = _ISSUED.search(words, 0, following.start())
    before = [mention for mention in able if issued is not None and mention.end <= start + issued.start()]
    return next((mention for mention in before if mention.kind == "person"), next(iter(before), None))
