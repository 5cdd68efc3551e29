"""From clauses to candidate claims: the rules of ``data/news/claims.yml`` at work."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeVar

from dualuse.news.claims.candidates import Claim
from dualuse.news.claims.counting import DAYS_OF_WEEK, counted
from dualuse.news.claims.nearness import belongs, is_apart
from dualuse.news.claims.parts import Sentence, bare
from dualuse.news.claims.putting import Put, Putting
from dualuse.news.claims.taken import Made, taken
from dualuse.news.claims.tiers import Tiers
from dualuse.news.find.dates import Found
from dualuse.news.find.lists import Listed, placed_lists, places_inside
from dualuse.news.find.mentions import Mention
from dualuse.news.find.quantities import Quantity
from dualuse.news.lexicon.entries import Rule
from dualuse.news.lexicon.facts import Facts
from dualuse.news.lexicon.patterns import Patterns, compiled
from dualuse.news.speech.scene import Speaker
from dualuse.news.speech.segments import Heard, Segment
from dualuse.news.speech.stance import Cue
from dualuse.news.text.passages import Text, trim

_MOST_LEVELS = 9
_UNLEVELED = {
    "tier1-treatment": "scope-exclusion",
    "tier2-treatment": "item-scope",
    "tier3-treatment": "restricted-act",
}
_NEVER_DENIED = frozenset(
    {"announced-on", "dated-on", "reported-by", "applies-after", "comment-period", "tier-membership", "treated-as"}
)
"""Attributes of which a denial leaves nothing to claim."""
_HAPPENED = re.compile(
    r"已|曾|正(?:在|面临)|目前|如今|因此|随即|[当昨今][天日晚]|收[跌涨低高]|(?:上|本|今|去)(?:周|月|年|季)|(?:[0-9]+月)?[0-9]+日|以来|连日|当前|(?<!为|除|解)了(?!解)"
)
"""Words of what has come about."""
_LESS = {"high": "medium", "medium": "low", "low": "low"}
_MOST_CONTENTS = 4
_TOLD = ("subject", "passive", "colon", "inverted")
"""Rules by which a verb has a subject of its own."""
_PUTS = re.compile(r"列|归|属|划|\b(?:placed|put|listed|falls?|fell|is|are|was|were|ranks?|sits?) ")
_LEFT_OUT = re.compile(
    r"(?:等国)?(?:除外|不在|排除|不包括|并非|不是|不属)| (?:is|are|was|were) (?:not|excluded|left out|exempted from)"
)
_NUMBERED = re.compile(r"第? ?\d+ ?[号號]")
_TOLD_ONLY = "told"
"""How the keys of rules begin that make claims of what somebody says alone."""
_REPORTING = ("report", "cite", "according")
_Entry = TypeVar("_Entry", Mention, Quantity, Found, Cue)


@dataclass(frozen=True)
class Setting:
    """What holds for a whole passage.

    Args:
        instrument: Instrument the text is about, or empty.
        announced: Day that instrument was first public.
        reporter: Organisation whose report the passage is, or empty.
        levels: Whether the text speaks of levels of countries.
    """

    instrument: str
    announced: date | None
    reporter: str
    levels: bool


class Extractor:
    """Makes candidate claims."""

    def __init__(self, patterns: Patterns, facts: Facts) -> None:
        self._facts = facts
        self._rules = [
            (rule, compiled(rule.regex), compiled(rule.unless) if rule.unless else None) for rule in patterns.rules
        ]
        self._putting = Putting(patterns)
        self._lead, self._tail = (
            compiled([e for entry in patterns.joints if entry.key == key for e in entry.regex])
            for key in ("lead", "tail")
        )
        self._tiers = Tiers(patterns)

    def clauses(self, text: Text, parts: Sequence[tuple[int, int]], language: str) -> list[tuple[int, int]]:
        """Clauses of a sentence, those that only lead in or trail joined to their neighbours."""
        found: list[tuple[int, int]] = []
        lead = False
        for start, end in parts:
            tail = bool(found) and self._tail.search(text.plain[start:end]) is not None
            if found and (lead or tail) and language != "en":
                found[-1] = (found[-1][0], end)
            else:
                found.append((start, end))
            lead = self._lead.search(text.plain[start:end]) is not None
        return found

    def claims(self, text: Text, sentence: Sentence, heard: Heard, setting: Setting) -> list[Claim]:
        """Candidate claims of a sentence."""
        found: list[Made] = []
        if text.plain[sentence.end - 1 : sentence.end + 1].find("?") >= 0:
            return []
        placed = [*self._counts(text, sentence), *self._lists(text, sentence)]
        for clause in sentence.clauses:
            here = [made for made in placed if clause[0] <= made.match[0] < clause[1]]
            found += [*here, *self._ruled(text, sentence, clause, heard, setting, bool(here))]
        if not setting.levels:
            found = [
                replace(made, claim=replace(made.claim, attribute=_UNLEVELED.get(attribute, attribute)))
                for made in found
                if not (attribute := made.claim.attribute).startswith("tier") or attribute in _UNLEVELED
            ]
        finished = (self._finish(text, made, sentence, heard, setting) for made in found)
        return [claim for claim in finished if claim is not None]

    def _counts(self, text: Text, sentence: Sentence) -> Iterator[Made]:
        """How many countries a tier has."""
        whole = (sentence.start, sentence.end)
        for quantity in sentence.quantities:
            span = (quantity.start, quantity.end)
            tier = self._tiers.of(text, whole, span, sentence.quantities) if quantity.unit == "country" else None
            if tier is not None:
                attribute = "scheme-count" if tier.level == "scheme" else f"tier{tier.level}-count"
                base = Claim(0, *self._piece(text, whole, span), attribute, "", f"count.{tier.how}", tier.confidence)
                yield Made(counted(base, quantity), span)

    def _piece(self, text: Text, whole: tuple[int, int], span: tuple[int, int]) -> tuple[int, int]:
        """The piece of a sentence that holds a span."""
        pieces = (trim(text.plain, *piece) for piece in self._tiers.pieces(text, whole))
        return next((piece for piece in pieces if piece[0] <= span[0] < piece[1]), whole)

    def _lists(self, text: Text, sentence: Sentence) -> Iterator[Made]:
        """Which places a tier has."""
        whole = (sentence.start, sentence.end)
        for clause in sentence.clauses:
            listed = placed_lists(text, sentence.mentions, clause)
            for places in (*listed, *(() if listed else self._single(text, sentence, clause))):
                span = (places.start, places.end)
                tier = self._tiers.of(text, whole, span, sentence.quantities)
                if tier is None or tier.level == "scheme" or _LEFT_OUT.match(text.plain, places.end):
                    continue
                base = Claim(0, *clause, "tier-membership", tier.level, f"list.{tier.how}", tier.confidence)
                yield Made(replace(base, places=places.places, regions=places.regions), span)

    def _single(self, text: Text, sentence: Sentence, clause: tuple[int, int]) -> Iterator[Listed]:
        """One place that a clause puts in a tier by its number: 台湾列入第一级."""
        if not self._tiers.named(text, clause):
            return
        named = [m for m in sentence.mentions if clause[0] <= m.start < clause[1] and m.kind == "place" and m.key]
        counted = any(q.unit == "country" and clause[0] <= q.start < clause[1] for q in sentence.quantities)
        if len(named) == 1 and not counted and _PUTS.search(text.plain, named[0].end, clause[1]):
            yield Listed(named[0].start, named[0].end, (named[0].key,), ())

    def _ruled(
        self, text: Text, sentence: Sentence, clause: tuple[int, int], heard: Heard, setting: Setting, some: bool
    ) -> Iterator[Made]:
        done: set[str] = {"rest"} if some else set()
        taken: list[tuple[int, int]] = []
        language = "en" if sentence.passage.language == "en" else "zh"
        words = text.plain[slice(*clause)]
        for rule, expression, unless in self._rules:
            if rule.language not in (language, "any") or (rule.group == "rest" and "rest" in done):
                continue
            if rule.attribute in done or (rule.group == "content" and len(taken) >= _MOST_CONTENTS):
                continue
            hit = expression.search(words)
            if hit is None or (unless and unless.search(words)):
                continue
            match = (clause[0] + hit.start(), clause[0] + max(hit.end(), hit.start() + 1))
            content = rule.group == "content" and rule.take != "holder"
            if content and any(low < match[1] and match[0] < high for low, high in taken):
                continue
            unheard = rule.key.startswith(_TOLD_ONLY) and not _is_voiced(heard, match, clause)
            made = None if unheard else self._apply(text, rule, sentence, clause, heard, setting, match)
            if made is not None:
                done |= {rule.attribute, "rest"} | ({rule.group} if rule.group == "report" else set())
                taken += [made.match] if content else []
                yield made

    def _apply(
        self,
        text: Text,
        rule: Rule,
        sentence: Sentence,
        clause: tuple[int, int],
        heard: Heard,
        setting: Setting,
        match: tuple[int, int],
    ) -> Made | None:
        base = Claim(0, *clause, rule.attribute, rule.value, rule.key, rule.confidence)
        if rule.modality is not None:
            base = replace(base, modality=rule.modality)
        quantities = [q for q in _within(sentence.quantities, clause) if _needed(q, rule.needs)]
        found: Claim | None = base
        match rule.take:
            case "quantity":
                near = min(quantities, key=lambda q: _distance((q.start, q.end), match), default=None)
                if near is not None and is_apart(sentence, rule, near, match):
                    near = None
                found = None if near is None else counted(base, near)
            case "date":
                found = self._dated(text, base, sentence, clause, setting, match)
            case "outlet":
                found = _reported(base, heard, clause)
            case "holder" | "asked":
                about = self._facts.instruments.get(setting.instrument)
                return taken(rule, base, sentence, heard, clause, about is not None and about.eases)
            case "inside":
                inside = places_inside(text, sentence.mentions, clause)
                found = None if inside is None else replace(base, places=inside[1], value=inside[0])
            case "span" | "fixed" | "places":
                counts = [need for need in rule.needs if need != "places"]
                found = base if not counts or quantities else None
                if found is not None and rule.attribute == "applies-after":
                    found = replace(base, value_min=0, value_max=0, unit="day")
        return None if found is None else Made(found, match)

    def _dated(
        self,
        text: Text,
        base: Claim,
        sentence: Sentence,
        clause: tuple[int, int],
        setting: Setting,
        match: tuple[int, int],
    ) -> Claim | None:
        dates = [found for found in _within(sentence.dates, clause) if found.value and "/" not in found.value]
        begin = sentence.passage.start
        dates = [found for found in dates if not _NUMBERED.match(sentence.passage.text, found.end - begin)]
        if sentence.passage.language == "en" and base.attribute == "announced-on" and base.modality != "forecast":
            dates = [found for found in dates if belongs(text, found, match, clause)]
        when = min(dates, key=lambda found: _distance((found.start, found.end), match), default=None)
        if when is None or (base.attribute == "announced-on" and self._is_private(sentence, clause, match)):
            return None
        if base.modality != "forecast":
            return replace(base, value=when.value)
        day = when.day
        late = day is not None and setting.announced is not None and day > setting.announced
        if day is not None and late and setting.announced is not None and when.rule.startswith("weekday"):
            # the passage looks ahead to what has since been announced, so it was written before that day
            back = (setting.announced.isoweekday() - day.isoweekday()) % DAYS_OF_WEEK or DAYS_OF_WEEK
            day = setting.announced - timedelta(days=back)
            return replace(base, value=f"{day}/..", qualifier="at the earliest; the day is inferred")
        return replace(base, value=f"{when.value}/..", qualifier="at the earliest")

    def _is_private(self, sentence: Sentence, clause: tuple[int, int], match: tuple[int, int]) -> bool:
        """Whether it is a company that announces something."""
        named = [
            m for m in _within(sentence.mentions, clause) if m.end <= match[0] and m.kind in ("organisation", "place")
        ]
        return bool(named) and any(kind.startswith("company") for kind in self._facts.types.get(named[0].key, ()))

    def _finish(self, text: Text, made: Made, sentence: Sentence, heard: Heard, setting: Setting) -> Claim | None:
        """Add the voice, the instrument and the way it is put; None where its words are turned round."""
        claim, clause = made.claim, (made.claim.start, made.claim.end)
        segment = heard.at(*made.match) or heard.at(*clause)
        speaker = made.voice or (Speaker() if segment is None else segment.speaker)
        named = next((m.key for m in _within(sentence.mentions, clause) if m.kind == "instrument" and m.key), "")
        put = self._put(text, claim, clause, made.match, sentence.end)
        if put is None:
            return None
        if claim.attribute == "reported-by" or (claim.attribute == "announced-on" and _announces(segment, clause)):
            speaker = Speaker(reporter=speaker.reporter)  # that someone reports or announces it is the paper's own word
        start, (low, high) = sentence.passage.start, bare(text, clause)
        return replace(
            claim,
            passage=sentence.passage.number,
            start=low - start,
            end=high - start,
            instrument="" if claim.attribute == "earlier-controls" and not named else named or setting.instrument,
            modality=put.modality,
            polarity=put.polarity,
            confidence=self._sure(text, sentence, _surety(claim, put, speaker, segment)),
            quoted="yes" if speaker.known and heard.quoted(*clause) is not None else "no",
            claimant="" if speaker.kind == "person" and not speaker.organisation else speaker.organisation,
            speaker=speaker.person,
            claimant_label="" if speaker.organisation or speaker.person else speaker.label,
            reporter=speaker.reporter or setting.reporter,
        )

    def _sure(self, text: Text, sentence: Sentence, confidence: str) -> str:
        """High only where nothing in the sentence denies, excludes, ends, asks or hedges."""
        guarded = confidence == "high" and self._putting.guarded(text, (sentence.start, sentence.end))
        return "medium" if guarded else confidence

    def _put(self, text: Text, claim: Claim, clause: tuple[int, int], match: tuple[int, int], until: int) -> Put | None:
        """How it is put; None where that leaves nothing that can be claimed."""
        if claim.attribute == "position":
            return Put(claim.modality, claim.polarity, False)
        put = self._putting.of(text, clause, match, claim.attribute, until)
        if put.open:
            return None
        if put.polarity == "negated":
            return None if claim.attribute in _NEVER_DENIED else put
        if put.lifted and claim.value == "ban":
            return None
        if claim.modality == "forecast" and claim.attribute == "consequence" and put.modality != "forecast":
            happened = _HAPPENED.search(text.plain, *clause) is not None
            if happened and text.original[match[0]] > "\u2e7f":
                return put
        if claim.modality != "asserted":
            return Put(claim.modality, put.polarity, put.lifted)
        if claim.qualifier.startswith("about"):
            return Put("hedged", put.polarity, put.lifted)
        return put


def _surety(claim: Claim, put: Put, speaker: Speaker, segment: Segment | None) -> str:
    """The confidence of a rule, one less for each thing that may mislead.

    These are a claim that is denied or of a measure that ends, told at second hand, laid to someone unnamed, or to a
    speaker that only goes on from an earlier sentence.
    """
    carried = speaker.known and (segment is None or segment.verb is None)
    told = segment is not None and segment.verb is not None and segment.verb.rule in _TOLD
    carried = carried or (claim.attribute == "position" and not told)
    weak = (put.polarity == "negated" or put.lifted) + carried + (speaker.kind in ("named", "unnamed"))
    weak += claim.attribute in ("criticism", "demand") and not speaker.known  # a paper seldom takes sides
    confidence = claim.confidence
    for _ in range(weak):
        confidence = _LESS[confidence]
    return confidence


def _announces(segment: Segment | None, clause: tuple[int, int]) -> bool:
    """Whether nobody else tells of an announcement: its verb is the verb of saying itself, or no sentence has one."""
    verb = None if segment is None else segment.verb
    return verb is None or clause[0] <= verb.start < clause[1]


def _is_voiced(heard: Heard, match: tuple[int, int], clause: tuple[int, int]) -> bool:
    """Whether somebody is heard to say some words."""
    segment = heard.at(*match) or heard.at(*clause)
    return segment is not None and segment.speaker.known


def _distance(one: tuple[int, int], other: tuple[int, int]) -> int:
    return max(one[0] - other[1], other[0] - one[1], 0)


def _within(entries: Sequence[_Entry], span: tuple[int, int]) -> Iterator[_Entry]:
    return (entry for entry in entries if span[0] <= entry.start < span[1])


def _needed(quantity: Quantity, needs: Sequence[str]) -> bool:
    if quantity.unit == "level" and not 1 < quantity.number <= _MOST_LEVELS:
        return False
    return quantity.unit in needs or ("duration" in needs and quantity.duration)


def _reported(base: Claim, heard: Heard, clause: tuple[int, int]) -> Claim | None:
    for verb in heard.placed[1].over(*clause):
        if verb.act in _REPORTING and clause[0] <= verb.start < clause[1] and verb.speaker.reporter:
            return replace(base, value=verb.speaker.reporter)
    return None
