"""Candidate claims held against the law and against the claims of the ledger; see :mod:`dualuse.claims.settle`."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, get_args

from dualuse.claims.cluster import bears_out, clusters, opposed, subjects_of
from dualuse.claims.settle import Assessment, assess, is_of_places
from dualuse.model.claims import Claim, Settlement
from dualuse.model.values import Confidence, Modality
from dualuse.news.against.days import doubts, event_of, settled_by
from dualuse.news.against.record import Finding, Record, Verdict
from dualuse.news.against.sides import side
from dualuse.news.claims import candidates
from dualuse.news.reading import Reading
from dualuse.said import Phrase, phrase

_OWN = ("dated-on", "reported-by")
"""Attributes that tell of a report, and of no measure."""
_TEXT = "text"
"""What stands for the key and the source of a candidate, which none of the record is."""
_BLANK = {"instrument": "against.no_measure", "value": "against.no_value", "unit": "against.no_unit"}


@dataclass(frozen=True)
class _Candidate:
    """A candidate as the ledger would hold it, or what of it is blank; and whether its words name the measure."""

    claim: Claim | None
    blank: str
    names: bool
    regions: tuple[str, ...]


def claim_findings(reading: Reading, record: Record) -> list[Finding]:
    """What each candidate claim of a reading is to the record and to the law, in the order of the reading."""
    holding = _Holding(record)
    named: dict[str, list[int]] = defaultdict(list)
    for mention in reading.mentions:
        if mention.kind == "instrument":
            named[mention.key].append(mention.start)
    found = []
    for claim in reading.claims:
        each = _candidate(reading, claim, named[claim.instrument])
        taken = side(record, claim, reading.written)
        if taken is not None:
            found.append(taken)
        elif each.claim is None:
            found.append(Finding("cannot tell", each.blank))
        else:
            found.append(holding.finding(each, each.claim))
    return found


class _Holding:
    """Holds claims against the law and the ledger, what is said more than once only once."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._by_subject: dict[tuple[str | None, str, str], list[Claim]] = defaultdict(list)
        for claim in record.ledger.claims.values():
            for subject in subjects_of(claim, record.settlements):
                self._by_subject[claim.instrument, claim.attribute, subject].append(claim)
        self._held = cache(self._hold)

    def finding(self, each: _Candidate, claim: Claim) -> Finding:
        """What a candidate is to them."""
        found, known = self._held(claim)
        verdict, between = _verdict(each, claim, found, known, self._record)
        return replace(found, verdict=verdict, between=between)

    def _hold(self, claim: Claim) -> tuple[Finding, bool]:
        """How the law and the claims on record stand to a claim, and whether there are any on its attribute."""
        record, settlements = self._record, self._record.settlements
        subjects = subjects_of(claim, settlements)
        here = (one for each in subjects for one in self._by_subject[claim.instrument, claim.attribute, each])
        known = list({one.key: one for one in here}.values())
        against = {
            key
            for cluster in clusters([claim, *known], settlements, record.law)
            for pair in opposed(cluster)
            if claim.key in pair
            for key in pair
        }
        settlement = settlements.get((claim.instrument, claim.attribute)) or _by_event(claim, record)
        assessment = None if settlement is None else assess(claim, settlement, record.law)
        places = settlement is not None and is_of_places(settlement)
        same = tuple(one.node for one in known if _agrees(one, claim, places=places))
        other = tuple(one.node for one in known if one.key in against and one.node not in same)
        return Finding("cannot tell", "", assessment, settlement, same, other), bool(known)


def _candidate(reading: Reading, claim: candidates.Claim, named: Sequence[int]) -> _Candidate:
    """A candidate, with where the text names its measure."""
    start = reading.passages[claim.passage].start
    first = bisect_left(named, start + claim.start)
    names = first < len(named) and named[first] < start + claim.end
    has_number = claim.value_min is not None or claim.value_max is not None
    given = {"instrument": claim.instrument, "value": claim.value, "unit": claim.unit or not has_number}
    blank = next((phrase(_BLANK[part]) for part, there in given.items() if not there), "")
    if claim.attribute in _OWN:
        blank = phrase("against.of_report")
    return _Candidate(None if blank else _as_claim(claim), blank, names, claim.regions)


def _as_claim(claim: candidates.Claim) -> Claim:
    """What a candidate says as a claim of the ledger, which points nowhere.

    The record's names of tiers stand in place of their numbers.
    """
    is_tier = claim.attribute == "tier-membership" and claim.value.isdigit()
    rest: dict[str, Any] = {
        "attribute": claim.attribute,
        "modality": _one_of(claim.modality, Modality),
        "confidence": _one_of(claim.confidence, Confidence),
        "polarity": claim.polarity,
        "unit": claim.unit or None,
    }
    return Claim(
        key=_TEXT,
        passage=_TEXT,
        start=0,
        end=1,
        span_sha256="",
        folded_sha256="",
        folded_length=1,
        gloss=claim.attribute,
        instrument=claim.instrument,
        party=claim.party or None,
        places=claim.places,
        group=claim.group or None,
        subject_label=claim.subject_label or claim.person or None,
        value=f"tier {claim.value}" if is_tier else claim.value,
        value_min=claim.value_min,
        value_max=claim.value_max,
        qualifier=claim.qualifier or None,
        sources=(_TEXT,),
        **rest,
    )


def _one_of(value: str, allowed: Any) -> str:
    """A value of a scheme.

    Raises:
        ValueError: it is none.
    """
    if value not in get_args(allowed):
        raise ValueError(f"{value!r} is none of {', '.join(get_args(allowed))}")
    return value


def _by_event(claim: Claim, record: Record) -> Settlement | None:
    event = event_of(claim, record.law)
    return None if event is None else settled_by(claim, event)


def _agrees(known: Claim, claim: Claim, *, places: bool) -> bool:
    if places:
        one_side = known.value == claim.value and known.affirmed == claim.affirmed
        return one_side and known.modality == claim.modality and set(claim.places) <= set(known.places)
    return bears_out(known, claim)


def _verdict(each: _Candidate, claim: Claim, found: Finding, known: bool, record: Record) -> tuple[Verdict, str]:
    """The law decides where it can; else the record does, unless it has both."""
    law = None if found.assessment is None else found.assessment.result
    if law is not None and found.assessment is not None:
        decided = _by_law(each, claim, found.assessment, found.settlement, record)
        if decided is not None:
            return decided
    if found.same and found.other:
        return "cannot tell", phrase("against.both_kinds")
    if found.other:
        return "contradicts", phrase("against.otherwise")
    if found.same:
        return "agrees", phrase("against.same_claim")
    if law is not None and found.assessment is not None:
        return "cannot tell", found.assessment.why
    return "new", phrase("against.other_values" if known else "against.no_claim")


def _by_law(
    each: _Candidate, claim: Claim, assessment: Assessment, settlement: Settlement | None, record: Record
) -> tuple[Verdict, str] | None:
    """What the law makes of it; None where it leaves it open."""
    match assessment.result:
        case "agrees" if each.regions:
            return "cannot tell", phrase("against.regions", regions=_listed(each.regions))
        case "agrees":
            return "agrees", phrase("against.borne_out")
        case "agrees-in-part":
            return "cannot tell", phrase("against.in_part", why=assessment.why)
        case "differs" if claim.modality == "forecast":
            return "cannot tell", phrase("against.foretold", value=assessment.law.value)
        case "differs":
            doubt = Phrase.listed(doubts(claim, settlement, record.law, names=each.names), between="; ", han="；")
            return ("cannot tell", doubt) if doubt else ("contradicts", phrase("against.not_borne_out"))
    return None


def _listed(names: Sequence[str]) -> str:
    return Phrase.listed(names, between=" and ")
