"""Whose a side is that nobody is said to say: who stands behind a noun of protest, or who begins the sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dualuse.news.find.descriptions import PARTY
from dualuse.news.find.mentions import Mention
from dualuse.news.lexicon.facts import Facts
from dualuse.news.speech.scene import Speaker

_KINDS = ("organisation", "person", "place", "group")
_BEFORE_NAME = re.compile(
    r"(?: (?:Sens?\.|Reps?\.|the|both|top|many|several|some|U\.S\.|including"
    r"|[a-z][\w-]*(?:makers?|giants?|groups?|lobb(?:y|ies))"
    r"|(?:[A-Z]?[\w'.-]+ ){0,3}?"
    r"(?:chief|president|secretary|minister|spokes\w+|chair\w*|senators?|representatives?)))* ?"
)
_BETWEEN = re.compile(
    rf"(?:'s? [\w ]{{1,40}})?{PARTY}(?:, [^,]{{1,60}},)?(?:,? and |, | as well as )"
    r"(?:the |by |from |other |its |(?:(?!would|will|could|may|must|has|had|is|was|said|says)[\w'.-]+ ){0,3})"
)
_WITH = re.compile(PARTY + r",? (?:and|as well as) (?:the )?")
_AND = re.compile(PARTY + r"(?:,? (?:and|as well as) (?:the )?|, (?:the )?)")
_FRONT = re.compile(r"(?:[^,]{0,60}, )?(?:[\w'’.-]+ ){0,5}(?:the )?", re.IGNORECASE)
_GOVERNED = re.compile(
    r"\b(?:of|in|to|on|against|from|at|with|by|for|that|over|about|as|than) (?:the )?$", re.IGNORECASE
)
_WORDS = r"(?: (?!who|which|that|whose|whom|where|said|says|told)[\w'’.&-]+,?){1,22}?"
_EFFORT = re.compile(
    rf"(?:,[^,;:]{{1,80}},)?(?! (?:who|which|that|whose)\b){_WORDS} to $"
    r"|(?:,[^,;:]{1,80},)? (?:is|are|was|were|remains?|has|have|had|will|would)(?: \w+){0,3} $"
    r"|(?:,[^,;:]{1,80},)?(?: [\w'’.&-]+){0,3} $"
    rf"|{_WORDS}, $"
)


def behind(text: str, start: int, limit: int, mentions: Sequence[Mention], facts: Facts) -> Iterator[Speaker]:
    """Everyone named in a row from a position on: drew fire from Nvidia, the SIA and Senator Banks.

    Args:
        text: The text, evened out.
        start: Position behind the preposition.
        limit: Where the clause ends.
        mentions: Mentions of the passage, in order.
        facts: What the graph says of them.
    """
    gap = _BEFORE_NAME
    for mention in mentions:
        if mention.start < start or mention.end > limit:
            continue
        if gap.fullmatch(text, start, mention.start) is None and gap.fullmatch(text, start - 1, mention.start) is None:
            return
        speaker = voice_of(mention, facts)
        if speaker is None:
            return
        yield speaker
        start, gap = mention.end, _BETWEEN


def joined(text: str, last: int, mentions: Sequence[Mention], facts: Facts) -> Iterator[Speaker]:
    """Everyone named in a row before the one that ends somewhere: Microsoft and Amazon have backed the bill.

    Args:
        text: The text, evened out.
        last: Where the last of them begins.
        mentions: Mentions of the passage, in order.
        facts: What the graph says of them.
    """
    gap = _WITH  # the last two are joined by a word
    for mention in reversed([each for each in mentions if each.end <= last]):
        speaker = voice_of(mention, facts) if gap.fullmatch(text, mention.end, last) else None
        if speaker is None:
            return
        yield speaker
        last, gap = mention.start, _AND


def leading(text: str, begin: int, cue: int, mentions: Sequence[Mention], facts: Facts) -> Speaker | None:
    """Who begins a sentence and takes a side in what it does: the minister flew to Washington to oppose the bill.

    Args:
        text: The text, evened out.
        begin: Where the clause begins.
        cue: Where the side is taken.
        mentions: Mentions of the passage, in order.
        facts: What the graph says of them.
    """
    here = [m for m in mentions if begin <= m.start and m.end <= cue and m.kind in (*_KINDS, "unnamed", "pronoun")]
    for place, mention in enumerate(here):
        if _FRONT.fullmatch(text, begin, mention.start) is None:
            return None
        if text.startswith(("'", "’"), mention.end) or _GOVERNED.search(text, begin, mention.start):
            continue
        if mention.kind == "place" and place + 1 < len(here) and here[place + 1].start - mention.end < 3:
            continue  # the place of whoever is named behind it
        return voice_of(mention, facts) if _EFFORT.fullmatch(text, mention.end, cue) else None
    return None


def voice_of(mention: Mention, facts: Facts) -> Speaker | None:
    """Whom a mention makes take a side: a body, a person, the government of a place; None for anything else."""
    if mention.kind in ("place", "group"):
        government = facts.government(mention.key)
        return Speaker(government, "", mention.label, "", "organisation") if government else None
    if mention.kind == "person":
        return Speaker(facts.organisation_of(mention.key), mention.key, mention.label, "", "person")
    return Speaker(mention.key, "", mention.label, "", "organisation") if mention.kind == "organisation" else None
