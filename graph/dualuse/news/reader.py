"""Read a text: passages, dates, mentions, quantities, speech, stances, and the candidates they make."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from dualuse.news.claims.candidates import Claim
from dualuse.news.claims.extract import Extractor, Setting
from dualuse.news.claims.parts import Part, Sentence
from dualuse.news.claims.printed import HEAD, printed_claims, stamped
from dualuse.news.claims.relations import Relations
from dualuse.news.claims.statements import grouped, stated
from dualuse.news.find.anchored import ANCHORS, counted
from dualuse.news.find.dates import Dates, Found, written_on
from dualuse.news.find.mentions import Finder, Mention
from dualuse.news.find.outlets import Outlets, Printed
from dualuse.news.find.quantities import Quantities, Quantity
from dualuse.news.find.relevance import Choice, Gate, Relevance
from dualuse.news.find.topic import Topic, Topics, levels_named
from dualuse.news.lexicon.facts import Facts, read_facts
from dualuse.news.lexicon.gazetteer import Gazetteer, build_gazetteer
from dualuse.news.lexicon.patterns import Patterns, shipped_patterns
from dualuse.news.reading import Reading
from dualuse.news.speech.attribution import Listener
from dualuse.news.speech.saying import Speech
from dualuse.news.speech.scene import Speaker
from dualuse.news.speech.segments import Heard
from dualuse.news.speech.speakers import homes_of
from dualuse.news.speech.stance import Stances
from dualuse.news.text.passages import Passage, Text, clauses, sentences
from dualuse.store.base import Store

_DIGEST = 2
_LONG = 10
_CIRCLES = ("industry", "lawmakers")
_MASKING = ("place", "organisation", "person", "product", "instrument", "item")


_Entry = TypeVar("_Entry", Mention, Found)
_Parts = tuple[Patterns, Gazetteer, Facts, Topics]


class Reader:
    """Reads texts against a graph.

    Args:
        store: The graph, for its names and facts.
        patterns: The patterns; those shipped if not given.
    """

    def __init__(self, store: Store, patterns: Patterns | None = None) -> None:
        patterns = patterns or shipped_patterns()
        gazetteer, facts = build_gazetteer(store, patterns), read_facts(store)
        self.__setstate__((patterns, gazetteer, facts, Topics(store, gazetteer, facts, patterns)))

    def __getstate__(self) -> _Parts:
        """What it is made of, which another process can be given."""
        return self._patterns, self.gazetteer, self.facts, self._topics

    def __setstate__(self, parts: _Parts) -> None:
        """Make it of its parts; expressions are compiled here."""
        self._patterns, self.gazetteer, self.facts, self._topics = patterns, gazetteer, facts, _ = parts
        self._gate = Gate(patterns, facts.listed, facts.makers)
        self._dates = Dates(patterns)
        self._quantities = Quantities(patterns)
        self._finder = Finder(gazetteer, patterns)
        self._outlets = Outlets(patterns, gazetteer)
        self._listener = Listener(Speech(patterns, facts), facts)
        self._stances = Stances(patterns, facts)
        self._extractor = Extractor(patterns, facts)
        self._relations = Relations(patterns, facts)

    @property
    def organisations(self) -> frozenset[str]:
        """Keys of the organisations of the graph."""
        return frozenset(key for kind, key in self.gazetteer.labels if kind == "organisation")

    def mentions(self, text: Text, dates: Sequence[tuple[int, int]] = ()) -> list[Mention]:
        """Mentions alone, without the gate; see :meth:`Finder.find`."""
        return self._finder.find(text, dates)

    def read(self, text: Text, written: date | None = None, relevant: Choice = "auto") -> Reading:
        """Read a text.

        Args:
            text: The text.
            written: Day it was written, where the reader of it knows better than the text says.
            relevant: ``yes`` reads every passage, ``no`` those alone that speak of export controls themselves.
        """
        printed = {p.number: tuple(self._outlets.find(text, p)) for p in text.passages}
        day, rule = self._written(text, printed, written)
        several = not text.divided or sum(map(bool, printed.values())) >= _DIGEST
        days = self._days(text, printed, day, several)
        dates: dict[int, list[Found]] = {}
        anchor = ""
        for passage in text.passages:
            dates[passage.number] = list(
                counted(self._dates.find(text, *_span(passage), days[passage.number]), anchor, days[passage.number])
            )
            anchor = (
                "" if several else next((f.value for f in reversed(dates[passage.number]) if f.rule in ANCHORS), anchor)
            )
        mentions = self._finder.find(text, [(d.start, d.end) for found in dates.values() for d in found])
        mentions = _with_reporters(text, mentions, printed.values())
        mentions = [self._numbered(mention, day) for mention in mentions]
        relevance = self._gate.weigh(text, mentions, several=several, choice=relevant)
        if not relevance.any:
            return Reading(text, relevance, day, rule, Topic("", "the text is not about export controls"))
        levels = levels_named(mentions)
        topic = self._topics.find(mentions, day, levels)
        mentions = [self._linked(mention, topic) for mention in mentions]
        parts = list(self._parts(text, relevance, mentions, dates, days, printed))
        claims = self._claims(text, parts, topic, levels or self._topics.is_leveled(topic.key))
        mentions = _with_groups(text, mentions, parts, claims, self._patterns.levels if self._leveled(topic) else {})
        starts = [mention.start for mention in mentions]
        parts = [replace(p, sentences=tuple(_again(s, mentions, starts) for s in p.sentences)) for p in parts]
        shown = tuple(_shown(mentions, parts))
        statements = grouped(stated(text, part, topic.key, self.facts) for part in parts)
        relations = sorted({relation for part in parts for relation in self._relations.find(text, part)})
        found = (tuple(claims), tuple(statements), tuple(relations))
        return Reading(text, relevance, day, rule, topic, tuple(parts), shown, *found)

    def _written(
        self, text: Text, printed: dict[int, tuple[Printed, ...]], given: date | None
    ) -> tuple[date | None, str]:
        head = [(p.start, p.end) for p in text.passages[:HEAD]]
        lines = [entry.date for entries in printed.values() for entry in entries if entry.date is not None]
        return written_on(text, self._dates, given, [*head, *lines])

    def _days(
        self, text: Text, printed: dict[int, tuple[Printed, ...]], day: date | None, several: bool
    ) -> dict[int, date | None]:
        """Day each passage was written: a dateline holds for what follows it, unless other news may."""
        found: dict[int, date | None] = {}
        for passage in text.passages:
            found[passage.number] = self._day(text, printed[passage.number], day)
            day = day if several else found[passage.number]
        return found

    def _day(self, text: Text, printed: Sequence[Printed], day: date | None) -> date | None:
        """Day a passage was written: that of its dateline, else that of the text."""
        for entry in printed:
            if entry.date is not None:
                found = self._dates.find(text, *entry.date, day)
                if found and found[0].day is not None:
                    return found[0].day
        return day

    def _numbered(self, mention: Mention, written: date | None) -> Mention:
        """Tell which announcement a number means."""
        if not mention.how.startswith("measure.numbered"):
            return mention
        key = self._topics.numbered(mention.text, written)
        return replace(mention, key=key, label=self.gazetteer.label("instrument", key) if key else mention.label)

    def _linked(self, mention: Mention, topic: Topic) -> Mention:
        """Tell what a measure that is only described is."""
        described = mention.kind == "instrument" and not mention.key and "numbered" not in mention.how
        if not described or not topic.key:
            return mention
        return replace(mention, key=topic.key, label=self.gazetteer.label("instrument", topic.key))

    def _leveled(self, topic: Topic) -> bool:
        return self._topics.is_leveled(topic.key)

    def _parts(
        self,
        text: Text,
        relevance: Relevance,
        mentions: Sequence[Mention],
        dates: dict[int, list[Found]],
        days: dict[int, date | None],
        printed: dict[int, tuple[Printed, ...]],
    ) -> Iterable[Part]:
        datelines = sum(1 for entries in printed.values() if entries)
        last, leads = Speaker(), tuple[Mention, ...]()
        starts = [mention.start for mention in mentions]
        homes = homes_of(text, mentions)
        for passage in text.passages:
            if passage.number not in relevance.passages:
                continue
            here = between(mentions, starts, passage.start, passage.end)
            begin = max((p.end for p in printed[passage.number] if _heads(text, passage, p)), default=0)
            cut = [
                (span, self._extractor.clauses(text, clauses(text, *span, passage.language), passage.language))
                for span in sentences(text, passage, begin)
            ]
            heard = self._listener.hear(text, passage, cut, here, last, leads, datelines >= _DIGEST, homes)
            last, leads = (heard.last, heard.leads) if datelines < _DIGEST else (Speaker(), ())
            read = [
                self._sentence(text, passage, span, parts, here, dates[passage.number], heard) for span, parts in cut
            ]
            why, day = relevance.passages[passage.number], days[passage.number]
            yield Part(passage, why, day, printed[passage.number], tuple(dates[passage.number]), tuple(read), heard)

    def _sentence(
        self,
        text: Text,
        passage: Passage,
        span: tuple[int, int],
        parts: Sequence[tuple[int, int]],
        mentions: Sequence[Mention],
        dates: Sequence[Found],
        heard: Heard,
    ) -> Sentence:
        here, when = _inside(mentions, span), _inside(dates, span)
        taken = [(m.start, m.end) for m in here if m.kind in _MASKING and not m.how.startswith("measure.")]
        taken += [(d.start, d.end) for d in when]
        quantities = self._quantities.find(text, *span, passage.language, taken)
        language = "en" if passage.language == "en" else "zh"
        cues = [cue for part in parts for cue in self._stances.find(text, span, part, here, heard, language)]
        return Sentence(passage, *span, tuple(parts), tuple(here), tuple(quantities), tuple(when), tuple(cues))

    def _claims(self, text: Text, parts: Sequence[Part], topic: Topic, levels: bool) -> list[Claim]:
        entry = self.facts.instruments.get(topic.key)
        found: list[Claim] = list(stamped(parts))
        seen: set[str] = set()
        for part in parts:
            words = part.passage.text.strip()
            if words in seen:
                continue
            seen.add(words)
            reporter = next((entry.outlet for entry in part.printed if entry.outlet), "")
            setting = Setting(topic.key, entry.first if entry else None, reporter, levels)
            found += printed_claims(part)
            for sentence in part.sentences:
                found += self._extractor.claims(text, sentence, part.heard, setting)
        return sorted(
            set(found), key=lambda claim: (claim.passage, claim.start, claim.end, claim.attribute, claim.value)
        )


def _heads(text: Text, passage: Passage, printed: Printed) -> bool:
    """Whether a dateline stands apart at the head of a passage, and does not go on: 路透社報導,…."""
    return printed.start == passage.start and text.plain[printed.end : printed.end + 1] != ","


def open_reader(store: Store) -> Reader:
    """A reader over a graph with the shipped patterns."""
    return Reader(store)


def _with_reporters(text: Text, mentions: Sequence[Mention], printed: Iterable[Sequence[Printed]]) -> list[Mention]:
    """Mentions, and with them the reporters that datelines name."""
    spans = [entry.reporter for entries in printed for entry in entries if entry.reporter is not None]
    kept = apart(mentions, spans)
    kept += [
        Mention(low, high, text.original[low:high], "person", "", text.original[low:high], "dateline")
        for low, high in spans
    ]
    return sorted(kept)


def _with_groups(
    text: Text, mentions: Sequence[Mention], parts: Sequence[Part], claims: Sequence[Claim], levels: Mapping[str, str]
) -> list[Mention]:
    """Mentions, and with them counts of countries that stand for a group of them (18國), linked where the graph can."""
    tiers = defaultdict[int, list[Claim]](list)
    for claim in claims:
        if claim.unit == "country" and claim.attribute.endswith("-count"):
            tiers[claim.passage].append(claim)
    counts = []
    for part in parts:
        for sentence in part.sentences:
            for quantity in (q for q in sentence.quantities if q.unit == "country"):
                at = quantity.start - part.passage.start
                same = (c for c in tiers[part.passage.number] if c.start <= at < c.end)
                attribute = next((c.attribute for c in same if c.value_min == quantity.low), "")
                if attribute:
                    level = attribute.removeprefix("tier").removesuffix("-count")
                    start, end = _core(text, quantity, sentence.mentions)
                    words = text.original[start:end]
                    counts.append(Mention(start, end, words, "group", "", f"tier {level}", f"group.{level}"))
    free = apart(mentions, [(count.start, count.end) for count in counts])
    return sorted(_group(mention, levels) for mention in (*free, *counts))


def apart(mentions: Sequence[Mention], spans: Sequence[tuple[int, int]]) -> list[Mention]:
    """Mentions that touch none of some spans; in time that grows with both, and not with their product."""
    joined: list[tuple[int, int]] = []
    for low, high in sorted(spans):
        if joined and low < joined[-1][1]:
            joined[-1] = joined[-1][0], max(high, joined[-1][1])
        else:
            joined.append((low, high))
    starts = [low for low, _ in joined]

    def is_free(mention: Mention) -> bool:
        at = bisect_left(starts, mention.end) - 1
        return at < 0 or joined[at][1] <= mention.start

    return [mention for mention in mentions if is_free(mention)]


def _core(text: Text, quantity: Quantity, mentions: Sequence[Mention]) -> tuple[int, int]:
    """Span of a count without its hedge, and only up to its counter where it goes on to name places."""
    digits = re.search(r"\d|[一二三四五六七八九十百千两]", text.plain[quantity.start : quantity.end])
    start = quantity.start + (digits.start() if digits else 0)
    if text.plain[start - 1 : start] == "这":
        start -= 1
    places = any(m.kind == "place" and start < m.start < quantity.end - 1 for m in mentions)
    counter = text.plain.find("个", start, quantity.end)
    return start, counter + 1 if places and counter > 0 and quantity.end - start > _LONG else quantity.end


def _shown(mentions: Sequence[Mention], parts: Sequence[Part]) -> Iterator[Mention]:
    """Mentions without pronouns, and without unnamed circles that do not speak."""
    speaking = {verb.subject for part in parts for verb in part.heard.verbs}
    for mention in mentions:
        silent = mention.kind == "unnamed" and mention.key in _CIRCLES and mention.start not in speaking
        if mention.kind != "pronoun" and not silent:
            yield mention


def _group(mention: Mention, levels: Mapping[str, str]) -> Mention:
    if mention.kind != "group" or mention.key:
        return mention
    return replace(mention, key=levels.get(mention.how.partition(".")[2], ""))


def _again(sentence: Sentence, mentions: Sequence[Mention], starts: Sequence[int]) -> Sentence:
    return replace(sentence, mentions=tuple(between(mentions, starts, sentence.start, sentence.end)))


def _inside(entries: Sequence[_Entry], span: tuple[int, int]) -> Sequence[_Entry]:
    """Entries, in order, that start in a span."""
    low, high = (bisect_left(entries, position, key=lambda entry: entry.start) for position in span)
    return entries[low:high]


def _span(passage: Passage) -> tuple[int, int]:
    return passage.start, passage.end


def between(mentions: Sequence[Mention], starts: Sequence[int], low: int, high: int) -> Sequence[Mention]:
    """Mentions that start between two positions, of a list in order with its starts."""
    return mentions[bisect_left(starts, low) : bisect_left(starts, high)]
