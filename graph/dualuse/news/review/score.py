"""Score a reading against tables coded by hand: precision, recall and F1 of each kind of finding.

What counts as right: a mention has the span and the kind coded, and the key where the table gives one; a quantity has
the number and the unit claimed in its passage; a date the day; a voice is the speaker of the part that most of the
coded span lies in; a claim has the passage, an attribute that the predicate maps to (``data/news/gold.yml``) and the
value. Values that are numbers, days, places or outlets must be equal (a list of places may be longer than the one
coded); a value coded as a phrase cannot be equal to anything, so there the spans must overlap by half of what they
cover.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dualuse.news.claims.candidates import Claim
from dualuse.news.find.mentions import Mention
from dualuse.news.find.quantities import Quantity
from dualuse.news.lexicon.gazetteer import Gazetteer
from dualuse.news.reading import Reading
from dualuse.news.review.gold import GoldClaim, GoldMention
from dualuse.news.text.passages import plain

_HALF = 0.5
_NUMBERED = (
    "tier-count",
    "tier1-count",
    "tier2-count",
    "tier3-count",
    "scheme-count",
    "country-cap",
    "applies-after",
    "comment-period",
)
_DAYS = ("announced-on", "dated-on")
_PLACED = ("tier-membership", "treated-as")


@dataclass(frozen=True)
class Score:
    """Counts for one kind: what was coded and found, and what was made and right."""

    kind: str
    gold: int
    found: int
    made: int
    right: int

    @property
    def precision(self) -> float:
        """Share of what was made that is right."""
        return self.right / self.made if self.made else 0.0

    @property
    def recall(self) -> float:
        """Share of what was coded that was found."""
        return self.found / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True)
class Miss:
    """Something coded that was not found, or made that is not right."""

    kind: str
    missing: bool
    start: int
    end: int
    what: str


def score_mentions(
    reading: Reading, gold: Sequence[GoldMention], gazetteer: Gazetteer
) -> tuple[list[Score], list[Miss]]:
    """Score mentions: all of them, and those of parties, places and people alone."""
    made = [m for m in reading.mentions if m.kind != "pronoun"]
    coded = {(g.start, g.end): g for g in gold}
    wanted = {g.entity: _keys(g, gold, gazetteer) for g in gold}
    hits = {(m.start, m.end) for m in made if (g := coded.get((m.start, m.end))) and _same(m, g, wanted[g.entity])}
    misses = [
        Miss("mention", True, g.start, g.end, f"{g.text} ({g.entity})") for g in gold if (g.start, g.end) not in hits
    ]
    misses += [
        Miss("mention", False, m.start, m.end, f"{m.text} ({m.thing or m.kind})")
        for m in made
        if (m.start, m.end) not in hits
    ]
    named = frozenset({"place", "organisation", "person", "city", "region", "outlet"})
    scores = [Score("mentions", len(gold), len(hits), len(made), len(hits))]
    some = [g for g in gold if g.kinds & named and "unnamed" not in g.kinds]
    ours = [m for m in made if m.kind in named or (m.kind == "group" and not m.how.startswith("group."))]
    right = sum(1 for m in ours if (m.start, m.end) in hits)
    found = sum(1 for g in some if (g.start, g.end) in hits)
    scores.append(Score("of these: places, parties, people", len(some), found, len(ours), right))
    return scores, misses


def _keys(mention: GoldMention, gold: Sequence[GoldMention], gazetteer: Gazetteer) -> frozenset[str]:
    """Keys an entity has in the graph, told by its ISO code or by its own forms."""
    if mention.iso and mention.kinds & {"place"}:
        return frozenset({mention.iso})
    found = set()
    for other in gold:
        if other.entity == mention.entity:
            names = gazetteer.names.get(plain(other.text).lower(), [])
            found |= {name.key for name in names if name.kind in mention.kinds}
    return frozenset(found)


def _same(mention: Mention, gold: GoldMention, keys: frozenset[str]) -> bool:
    if mention.kind not in gold.kinds and not (mention.kind == "group" and "place" in gold.kinds):
        return False
    linked = gold.kinds & {"place", "organisation", "person"} and not gold.kinds & {"unnamed"}
    return not keys or not linked or mention.key in keys or mention.kind == "group"


def score_quantities(reading: Reading, gold: Sequence[GoldClaim]) -> tuple[Score, list[Miss]]:
    """Score quantities against claims with a number and a unit."""
    coded = [g for g in gold if g.unit not in ("", "date")]
    units = {g.unit for g in coded}
    made = [(_passage(reading, q.start), q) for q in reading.quantities if q.unit in units]
    found = [g for g in coded if any(q.start < g.end and g.start < q.end and _equal(q, g) for _, q in made)]
    right = [q for number, q in made if any(g.passage == number and _equal(q, g) for g in coded)]
    misses = [Miss("quantity", True, g.start, g.end, f"{g.value} {g.unit}") for g in coded if g not in found]
    misses += [Miss("quantity", False, q.start, q.end, f"{q.text} ({q.unit})") for _, q in made if q not in right]
    return Score("quantities", len(coded), len(found), len(made), len(right)), misses


def _equal(quantity: Quantity, gold: GoldClaim) -> bool:
    number = re.search(r"\d+", gold.value.replace(",", ""))
    low = quantity.low if quantity.low is not None else quantity.high
    return number is not None and quantity.unit == gold.unit and low == float(number[0])


def score_dates(reading: Reading, gold: Sequence[GoldClaim]) -> tuple[Score, list[Miss]]:
    """Score dates against claims whose value is a day; only recall can be told, for not every date is claimed."""
    coded = [(g, day[0]) for g in gold if g.unit == "date" and (day := re.search(r"\d{4}-\d\d-\d\d", g.value))]
    made = {(_passage(reading, d.start), d.value) for d in reading.dates}
    made |= {(part.passage.number, str(part.written)) for part in reading.parts if part.printed}
    found = [g for g, day in coded if (g.passage, day) in made]
    misses = [Miss("date", True, g.start, g.end, g.value) for g, _ in coded if g not in found]
    return Score("dates (recall)", len(coded), len(found), len(found), len(found)), misses


def score_voices(reading: Reading, gold: Sequence[GoldClaim]) -> tuple[Score, list[Miss]]:
    """Score who is heard in each coded span."""
    passages = {part.passage.number: part for part in reading.parts}
    right, coded, made = 0, 0, 0
    misses = []
    for claim in gold:
        if claim.passage not in passages:
            coded += bool(claim.speaker)
            continue
        heard = _voice(reading, claim)
        coded += bool(claim.speaker)
        made += bool(heard)
        right += bool(heard) and claim.speaker in heard
        if claim.speaker not in heard and (claim.speaker or heard):
            misses.append(
                Miss("voice", bool(claim.speaker), claim.start, claim.end, f"{claim.speaker!r}, heard {heard}")
            )
    return Score("speaker attribution", coded, right, made, right), misses


def _voice(reading: Reading, claim: GoldClaim) -> tuple[str, ...]:
    """Keys and labels of whoever speaks in a span; a dateline speaks for its outlet."""
    part = next(part for part in reading.parts if part.passage.number == claim.passage)
    for printed in part.printed:
        if printed.start <= claim.start and claim.end <= printed.end:
            return (printed.outlet or printed.label,)
    segment = part.heard.at(claim.start, claim.end)
    if segment is None or not segment.speaker.known:
        return ()
    speaker = segment.speaker
    return tuple(name for name in (speaker.person, speaker.organisation, speaker.label) if name)


def score_claims(reading: Reading, gold: Sequence[GoldClaim], gazetteer: Gazetteer) -> tuple[Score, list[Miss]]:
    """Score candidate claims by passage, attribute and value."""
    starts = {passage.number: passage.start for passage in reading.text.passages}
    spans = [
        (claim, starts[claim.passage] + claim.start, starts[claim.passage] + claim.end) for claim in reading.claims
    ]
    matched: set[int] = set()
    right: set[int] = set()
    for index, coded in enumerate(gold):
        for number, (claim, start, end) in enumerate(spans):
            comparable = claim.passage == coded.passage and claim.attribute in coded.attributes
            if comparable and _values_agree(claim, start, end, coded, gazetteer):
                matched.add(index)
                right.add(number)
    misses = [
        Miss("claim", True, g.start, g.end, f"{g.key} {g.predicate}: {g.value}")
        for index, g in enumerate(gold)
        if index not in matched
    ]
    misses += [
        Miss("claim", False, start, end, f"{claim.attribute} = {claim.value or '…'} [{claim.made_by}]")
        for number, (claim, start, end) in enumerate(spans)
        if number not in right
    ]
    return Score("claims", len(gold), len(matched), len(spans), len(right)), misses


def _values_agree(claim: Claim, start: int, end: int, gold: GoldClaim, gazetteer: Gazetteer) -> bool:
    if claim.attribute in _NUMBERED and gold.unit:
        number = re.search(r"\d+", gold.value.replace(",", ""))
        low = claim.value_min if claim.value_min is not None else claim.value_max
        return number is not None and low == float(number[0])
    if claim.attribute in _DAYS:
        day = re.search(r"\d{4}-\d\d-\d\d|\d{1,2} January 2025|early December 2024", gold.value)
        known = {"early December 2024": "2024-12", "10 January 2025": "2025-01-10"}
        return day is not None and claim.value.removesuffix("/..") == known.get(day[0], day[0])
    if claim.attribute in _PLACED:
        wanted = _subjects(gold, gazetteer)
        level = gold.value.removeprefix("Tier ")
        same = claim.attribute == "treated-as" or claim.value == level
        return bool(wanted) and same and wanted <= {*claim.places, *claim.regions}
    return _share(start, end, gold.start, gold.end) >= _HALF


def _subjects(gold: GoldClaim, gazetteer: Gazetteer) -> set[str]:
    found = set()
    for name in gold.subject.split("; "):
        names = gazetteer.names.get(name.lower(), [])
        found |= {known.key for known in names if known.kind in ("place", "region")} or {name}
    return found


def _share(start: int, end: int, low: int, high: int) -> float:
    """Overlap of two spans as a share of what they cover together."""
    overlap = max(0, min(end, high) - max(start, low))
    return overlap / max(1, max(end, high) - min(start, low))


def _passage(reading: Reading, position: int) -> int:
    return reading.text.passage_at(position).number


def score(
    reading: Reading, gazetteer: Gazetteer, claims: Sequence[GoldClaim], mentions: Sequence[GoldMention]
) -> tuple[list[Score], list[Miss]]:
    """Every score a pair of tables allows, and everything that is not right."""
    scores: list[Score] = []
    misses: list[Miss] = []
    if mentions:
        found, missed = score_mentions(reading, mentions, gazetteer)
        scores += found
        misses += missed
    if claims:
        kinds: list[Callable[[], tuple[Score, list[Miss]]]] = [
            lambda: score_quantities(reading, claims),
            lambda: score_dates(reading, claims),
            lambda: score_voices(reading, claims),
            lambda: score_claims(reading, claims, gazetteer),
        ]
        for kind in kinds:
            one, missed = kind()
            scores.append(one)
            misses += missed
    return scores, misses
