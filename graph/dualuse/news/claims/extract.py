"""From clauses to candidate claims: the rules of ``data/news/claims.yml`` at work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeVar, get_args

from dualuse.model.claims import Unit
from dualuse.news.claims.candidates import Claim
from dualuse.news.claims.parts import Sentence
from dualuse.news.claims.tiers import Tiers
from dualuse.news.find.dates import Found
from dualuse.news.find.lists import placed_lists, places_inside
from dualuse.news.find.mentions import Mention
from dualuse.news.find.quantities import Quantity
from dualuse.news.lexicon.entries import Rule
from dualuse.news.lexicon.facts import Facts
from dualuse.news.lexicon.patterns import Patterns, compiled
from dualuse.news.speech.attribution import Heard
from dualuse.news.speech.scene import Speaker
from dualuse.news.speech.stance import Cue
from dualuse.news.text.passages import Text

_UNITS = get_args(Unit)
_DAYS_OF_WEEK = 7
_MOST_LEVELS = 9
_UNLEVELED = {
    "tier1-treatment": "scope-exclusion",
    "tier2-treatment": "item-scope",
    "tier3-treatment": "restricted-act",
}
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
        self._modality = [(entry.key, compiled(entry.regex)) for entry in patterns.modality]
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
        found: list[Claim] = []
        if text.plain[sentence.end - 1] == "?":
            return found
        for clause in sentence.clauses:
            here = [*self._counts(text, sentence, clause), *self._lists(text, sentence, clause)]
            here += self._ruled(text, sentence, clause, heard, setting, bool(here))
            found += here
        if not setting.levels:
            found = [
                replace(claim, attribute=_UNLEVELED.get(claim.attribute, claim.attribute))
                for claim in found
                if not claim.attribute.startswith("tier") or claim.attribute in _UNLEVELED
            ]
        return [self._finish(text, claim, sentence, heard, setting) for claim in found]

    def _counts(self, text: Text, sentence: Sentence, clause: tuple[int, int]) -> Iterator[Claim]:
        """How many countries a tier has."""
        for quantity in sentence.quantities:
            if quantity.unit != "country" or not clause[0] <= quantity.start < clause[1]:
                continue
            tier = self._tiers.of(text, sentence.clauses, clause, quantity, sentence.quantities)
            if tier is not None:
                attribute = "scheme-count" if tier.level == "scheme" else f"tier{tier.level}-count"
                base = Claim(0, *clause, attribute, "", f"count.{tier.how}", tier.confidence)
                yield _counted(base, quantity)

    def _lists(self, text: Text, sentence: Sentence, clause: tuple[int, int]) -> Iterator[Claim]:
        """Which places a tier has."""
        for listed in placed_lists(text, sentence.mentions, clause):
            tier = self._tiers.of_list(text, sentence.clauses, clause, listed, sentence.quantities)
            if tier is not None and tier.level != "scheme":
                yield Claim(
                    0,
                    *clause,
                    "tier-membership",
                    tier.level,
                    f"list.{tier.how}",
                    tier.confidence,
                    places=listed.places,
                    regions=listed.regions,
                )

    def _ruled(
        self, text: Text, sentence: Sentence, clause: tuple[int, int], heard: Heard, setting: Setting, some: bool
    ) -> Iterator[Claim]:
        done: set[str] = {"rest"} if some else set()
        language = "en" if sentence.passage.language == "en" else "zh"
        words = text.plain[slice(*clause)]
        for rule, expression, unless in self._rules:
            if rule.language not in (language, "any") or (rule.group and rule.group in done):
                continue
            if not expression.search(words) or (unless and unless.search(words)):
                continue
            claim = self._apply(text, rule, sentence, clause, heard, setting)
            if claim is not None:
                done |= {rule.group or rule.key, "rest"}
                yield claim

    def _apply(
        self, text: Text, rule: Rule, sentence: Sentence, clause: tuple[int, int], heard: Heard, setting: Setting
    ) -> Claim | None:
        base = Claim(0, *clause, rule.attribute, rule.value, rule.key, rule.confidence)
        if rule.modality is not None:
            base = replace(base, modality=rule.modality)
        match rule.take:
            case "quantity":
                quantity = next((q for q in _within(sentence.quantities, clause) if _needed(q, rule.needs)), None)
                return None if quantity is None else _counted(base, quantity)
            case "date":
                return self._dated(base, sentence, clause, setting)
            case "outlet":
                return _reported(base, heard, clause)
            case "holder":
                return self._held(base, sentence, clause)
            case "inside":
                inside = places_inside(text, sentence.mentions, clause)
                return None if inside is None else replace(base, places=inside[1], value=inside[0])
            case "span" | "fixed" | "places":
                return base

    def _held(self, base: Claim, sentence: Sentence, clause: tuple[int, int]) -> Claim | None:
        """A side taken, and whose it is."""
        for cue in sentence.cues:
            if cue.start == clause[0] and cue.value in base.value.split(" ") and cue.holder is not None:
                kind, key = cue.holder.kind, cue.holder.key
                held = replace(base, value=cue.value, made_by=f"{base.made_by}.{cue.rule}")
                if kind in ("place", "group"):
                    government = self._facts.government(key)
                    return replace(held, party=government) if government else replace(held, places=(key,))
                return replace(held, person=key) if kind == "person" else replace(held, party=key)
        return None

    def _dated(self, base: Claim, sentence: Sentence, clause: tuple[int, int], setting: Setting) -> Claim | None:
        when = next(
            (found for found in _within(sentence.dates, clause) if found.value and "/" not in found.value), None
        )
        if when is None:
            return None
        if base.modality != "forecast":
            return replace(base, value=when.value)
        day = when.day
        late = day is not None and setting.announced is not None and day > setting.announced
        if day is not None and late and setting.announced is not None and when.rule.startswith("weekday"):
            # the passage looks ahead to what has since been announced, so it was written before that day
            back = (setting.announced.isoweekday() - day.isoweekday()) % _DAYS_OF_WEEK or _DAYS_OF_WEEK
            day = setting.announced - timedelta(days=back)
            return replace(base, value=f"{day}/..", qualifier="at the earliest; the day is inferred")
        return replace(base, value=f"{when.value}/..", qualifier="at the earliest")

    def _finish(self, text: Text, claim: Claim, sentence: Sentence, heard: Heard, setting: Setting) -> Claim:
        """Add the voice, the instrument and the way it is put."""
        clause = (claim.start, claim.end)
        segment = heard.at(*clause)
        speaker = Speaker() if segment is None else segment.speaker
        named = next((m.key for m in _within(sentence.mentions, clause) if m.kind == "instrument" and m.key), "")
        modality, polarity = self._put(text, claim, clause)
        start = sentence.passage.start
        return replace(
            claim,
            passage=sentence.passage.number,
            start=clause[0] - start,
            end=clause[1] - start,
            instrument="" if claim.attribute == "earlier-controls" and not named else named or setting.instrument,
            modality=modality,
            polarity=polarity,
            quoted="yes" if speaker.known and heard.quoted(*clause) is not None else "no",
            claimant="" if speaker.kind == "person" and not speaker.organisation else speaker.organisation,
            speaker=speaker.person,
            claimant_label="" if speaker.organisation or speaker.person else speaker.label,
            reporter=speaker.reporter or setting.reporter,
        )

    def _put(self, text: Text, claim: Claim, clause: tuple[int, int]) -> tuple[str, str]:
        hits = {key for key, expression in self._modality if expression.search(text.plain, *clause)}
        polarity = (
            "negated" if "denied" in hits and claim.attribute in ("process", "consequence", "demand") else "affirmed"
        )
        if claim.modality != "asserted":
            return claim.modality, polarity
        if claim.qualifier.startswith("about"):
            return "hedged", polarity
        for key in ("forecast", "hedged"):
            if key in hits and claim.attribute not in (
                "position",
                "criticism",
                "announced-on",
                "dated-on",
                "reported-by",
            ):
                return key, polarity
        return "asserted", polarity


def _within(entries: Sequence[_Entry], span: tuple[int, int]) -> Iterator[_Entry]:
    return (entry for entry in entries if span[0] <= entry.start < span[1])


def _needed(quantity: Quantity, needs: Sequence[str]) -> bool:
    if quantity.unit == "level" and not 1 < quantity.number <= _MOST_LEVELS:
        return False
    return quantity.unit in needs or ("duration" in needs and quantity.duration)


def _counted(base: Claim, quantity: Quantity) -> Claim:
    factor = _DAYS_OF_WEEK if quantity.unit == "week" else 1
    unit = "day" if quantity.unit == "week" else quantity.unit
    low = None if quantity.low is None else quantity.low * factor
    high = None if quantity.high is None else quantity.high * factor
    exact = low == high and low is not None
    value = f"{low:g}" if exact and low is not None else "-".join(f"{n:g}" for n in (low, high) if n is not None)
    if unit in ("day", "month", "year"):
        value = f"{value} {unit}{'s' if value != '1' else ''}"
    hedge = quantity.hedge.replace("-", " ")
    return replace(
        base, value=value, value_min=low, value_max=high, unit=unit if unit in _UNITS else "", qualifier=hedge
    )


def _reported(base: Claim, heard: Heard, clause: tuple[int, int]) -> Claim | None:
    for verb in heard.verbs:
        if verb.act in _REPORTING and clause[0] <= verb.start < clause[1] and verb.speaker.reporter:
            return replace(base, value=verb.speaker.reporter)
    return None
