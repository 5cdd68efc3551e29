"""Which instrument a text is about when it says only "the new rule": by what it deals with, and when."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from dualuse.namespaces import split_thing
from dualuse.news.find.mentions import Mention
from dualuse.news.lexicon.facts import Facts, Instrument
from dualuse.news.lexicon.gazetteer import Gazetteer
from dualuse.news.lexicon.patterns import Patterns
from dualuse.news.text.passages import plain
from dualuse.said import Named, phrase, same
from dualuse.store.base import Store, value

_BEFORE, _AFTER = 21, 60
# days an instrument may come after the text, or have come before it
_LEAST = 2.5
_MARGIN = 0.3
_KINDS = ("term", "product", "item", "organisation", "place", "instrument")
_TELLING = ("term", "product", "item", "organisation")
_COMMON = {("term", "chip"), ("term", "ai"), ("term", "semiconductor"), ("term", "gpu")}
"""Features that alone tell of no instrument."""
_LEVELS = 2.0
_NAMED = 4.0
_FRESH = 3.0
_TITLE = 2.0
_ISSUER = 1.0
_ELSEWHERE = 1.5
_UNBORN = 0.3
_NUMBERED = re.compile(r"(?:第|No\.? ?|Nos\. ?)(?P<number>\d{1,3})号?|(?P<bare>\d{1,3})号")
_YEAR = re.compile(r"20\d\d")
_GROUPS = """# Instruments whose provisions make the groups of countries the press calls tiers.
SELECT ?group ?instrument WHERE { ?group du:basedOn ?provision . ?provision eli:is_part_of ?instrument }"""
_LIGHT = re.compile(r"fact-sheet|notice|briefing|call|request|draft|bill", re.IGNORECASE)


@dataclass(frozen=True)
class Topic:
    """The instrument a text is about, and why that is thought; no key where none stands out."""

    key: str
    why: str


def _called(key: str) -> Named:
    return Named.of({("instrument", key): key})


class Topics:
    """Finds what a text is about."""

    def __init__(self, store: Store, gazetteer: Gazetteer, facts: Facts, patterns: Patterns) -> None:
        self._facts = facts
        self._gazetteer = gazetteer
        self._profiles = {key: _profile(gazetteer, entry) for key, entry in facts.instruments.items()}
        self._titles = {key: _features(gazetteer, entry.title) for key, entry in facts.instruments.items()}
        self._spread = Counter(feature for profile in self._profiles.values() for feature in profile)
        levels = set(patterns.levels.values())
        self._leveled = {
            split_thing(value(row, "instrument"))[1]
            for row in store.select(_GROUPS)
            if split_thing(value(row, "group"))[1] in levels
        }

    def find(self, mentions: Sequence[Mention], written: date | None, levels: bool) -> Topic:
        """The instrument that fits best.

        Args:
            mentions: What the text mentions.
            written: Day it was written.
            levels: Whether it speaks of levels or tiers of countries.
        """
        named = Counter(m.key for m in mentions if m.kind == "instrument" and m.key)
        features = {(m.kind, m.key) for m in mentions if m.key and m.kind in _KINDS}
        for mention in mentions:
            if mention.kind == "instrument":
                features |= _features(self._gazetteer, mention.text)
        scores = {
            key: score
            for key, entry in self._facts.instruments.items()
            if (score := self._score(entry, features, named, written, levels)) > 0
        }
        ranked = sorted(scores, key=lambda key: (-scores[key], key))
        if not ranked or scores[ranked[0]] < _LEAST:
            return Topic("", phrase("against.none_stands_out"))
        close = [key for key in ranked if scores[ranked[0]] - scores[key] < _MARGIN]
        ranked = sorted(close, key=lambda key: (key not in named, ranked.index(key)))
        told = [key for key in ranked if self._is_issued_by(key, features)]
        if len(told) == 1 and not named:  # of those that fit alike, the one whose issuer the text names
            ranked = told
        if len(ranked) > 1 and (ranked[0] not in named or ranked[1] in named):
            return Topic("", phrase("against.alike", one=_called(ranked[0]), other=_called(ranked[1])))
        key = ranked[0]
        shared = sorted(name for kind, name in features & self._profiles[key] if kind in ("term", "product"))
        day = self._facts.instruments[key].first
        terms = same(", ".join(shared[:5])) if shared else phrase("against.its_parties")
        why = phrase("against.named") if key in named else phrase("against.shares", terms=terms, day=str(day))
        return Topic(key, why)

    def _score(
        self, entry: Instrument, features: set[tuple[str, str]], named: Counter[str], written: date | None, levels: bool
    ) -> float:
        if written is not None and entry.first is not None and entry.first > written:
            return 0.0  # it became public after the text
        closeness = _closeness(entry.first, written)
        common = features & self._profiles[entry.key]
        telling = {feature for feature in common if feature[0] in _TELLING and feature not in _COMMON}
        told = telling or levels or (common and self._is_issued_by(entry.key, features))
        if entry.key not in named and (closeness == 0 or not told):
            return 0.0
        shared = self._weight(common)
        score = shared / 2 / (1 + math.log1p(len(self._profiles[entry.key])) / 4) + _FRESH * closeness
        score += _NAMED * math.log1p(named[entry.key])
        title = self._titles[entry.key]
        if title:
            score += _TITLE * self._weight(features & title) / self._weight(title)
        score += _ISSUER if self._is_issued_by(entry.key, features) else 0
        if entry.places and not any(("place", place) in features for place in entry.places):
            score -= _ELSEWHERE
        if levels and entry.key in self._leveled:
            score += _LEVELS
        return score * (0.6 if _LIGHT.search(entry.key) and entry.key not in named else 1.0)

    def _is_issued_by(self, key: str, features: set[tuple[str, str]]) -> bool:
        """Whether a text names who issued an instrument, or what that belongs to."""
        issuers = self._facts.instruments[key].issuers
        parents = {self._facts.parents.get(issuer, issuer) for issuer in issuers}
        return any(("organisation", issuer) in features for issuer in issuers | parents)

    def _weight(self, features: set[tuple[str, str]]) -> float:
        """How telling features are: the fewer instruments have one, the more."""
        total = len(self._profiles)
        return sum(math.log((total + 1) / self._spread.get(feature, 1)) for feature in sorted(features))

    def is_leveled(self, key: str) -> bool:
        """Whether an instrument makes the groups of countries the press calls tiers."""
        return key in self._leveled

    def numbered(self, words: str, written: date | None) -> str:
        """Instrument that an announcement's number means: the one of the year named, or the latest up to the text."""
        match = _NUMBERED.search(plain(words))
        if match is None:
            return ""
        number = match["number"] or match["bare"]
        year = _YEAR.search(words)
        fits = []
        for key, entry in self._facts.instruments.items():
            if not re.search(rf"\bNo\. {number} of 20\d\d", " ".join(entry.texts)) or "-mofcom-" not in key:
                continue
            if year is not None and f"of {year[0]}" not in " ".join(entry.texts):
                continue
            fits.append((entry.first or date.max, key))
        past = [entry for entry in fits if written is None or entry[0] <= written]
        if len(fits) == 1:
            return fits[0][1]
        return max(past)[1] if past and (written is not None) else ""


def _profile(gazetteer: Gazetteer, entry: Instrument) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for text in entry.texts:
        found |= {feature for feature in _features(gazetteer, text) if feature[1] not in entry.issuers}
    return found - {("instrument", entry.key)}


def _features(gazetteer: Gazetteer, text: str) -> set[tuple[str, str]]:
    """Terms, products, parties and places a text names."""
    found = gazetteer.find(plain(text))
    return {(name.kind, name.key) for _, _, names in found for name in names if name.kind in _KINDS[:-1]}


def _closeness(first: date | None, written: date | None) -> float:
    """1 for an instrument of the day, falling to 0 for one too old or too far ahead."""
    if first is None or written is None:
        return 0.0
    days = (written - first).days
    if days < -_BEFORE or days > _AFTER:
        return 0.0
    return (1.0 if days >= -1 else _UNBORN) / (1 + abs(days) / 10)


def levels_named(mentions: Iterable[Mention]) -> bool:
    """Whether a text speaks of levels of countries."""
    return any(m.how.startswith("group.") or m.how == "measure.levels" for m in mentions)
