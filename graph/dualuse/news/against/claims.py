"""Candidate claims held against the law and against the claims of the ledger; see :mod:`dualuse.claims.settle`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, get_args

from dualuse.claims.cluster import bears_out, clusters, opposed, subjects_of
from dualuse.claims.fold import fold, sha256
from dualuse.claims.settle import Assessment, assess, is_of_places
from dualuse.model.claims import Claim, Settlement
from dualuse.model.values import Confidence, Modality
from dualuse.news.against.days import doubts, event_of, settled_by
from dualuse.news.against.record import Finding, Record, Verdict
from dualuse.news.against.sides import side
from dualuse.news.claims import candidates
from dualuse.news.reading import Reading

_OWN = ("dated-on", "reported-by")
"""Attributes that tell of a report, and of no measure."""
_TEXT = "text"
"""What stands for the source of a candidate, which no source of the record is."""
_BLANK = {
    "instrument": "it is about no measure that the text names or is about",
    "value": "its value is a phrase, which a curator writes",
    "unit": "its number has a unit that the record does not count in",
}


@dataclass(frozen=True)
class _Candidate:
    """A candidate as the ledger would hold it, or what of it is blank; and whether its words name the measure."""

    claim: Claim | None
    blank: str
    names: bool
    regions: tuple[str, ...]


def claim_findings(reading: Reading, record: Record) -> list[Finding]:
    """What each candidate claim of a reading is to the record and to the law, in the order of the reading."""
    made = [_candidate(reading, claim, number) for number, claim in enumerate(reading.claims)]
    told = [each.claim for each in made if each.claim is not None]
    known, against = _known(told, record), _opposed(told, record)
    found = []
    for candidate, each in zip(reading.claims, made, strict=True):
        taken = side(record, candidate, reading.written)
        if taken is not None:
            found.append(taken)
        elif each.claim is None:
            found.append(Finding("cannot tell", each.blank))
        else:
            found.append(_held(each, each.claim, known[each.claim.key], against[each.claim.key], record))
    return found


def _candidate(reading: Reading, claim: candidates.Claim, number: int) -> _Candidate:
    start = next(part.passage.start for part in reading.parts if part.passage.number == claim.passage)
    low, high = start + claim.start, start + claim.end
    names = any(
        mention.kind == "instrument" and mention.key == claim.instrument and low <= mention.start < high
        for mention in reading.mentions
    )
    has_number = claim.value_min is not None or claim.value_max is not None
    given = {"instrument": claim.instrument, "value": claim.value, "unit": claim.unit or not has_number}
    blank = next((_BLANK[part] for part, there in given.items() if not there), "")
    if claim.attribute in _OWN:
        blank = "it tells where a report is from, and nothing of a measure"
    told = None if blank else _as_claim(claim, f"{_TEXT}-{number}", reading.text.original[low:high])
    return _Candidate(told, blank, names, claim.regions)


def _as_claim(claim: candidates.Claim, key: str, words: str) -> Claim:
    """A candidate as a claim of the ledger; the record's names of tiers in place of their numbers."""
    is_tier = claim.attribute == "tier-membership" and claim.value.isdigit()
    value = f"tier {claim.value}" if is_tier else claim.value
    folded = fold(words).text
    rest: dict[str, Any] = {
        "attribute": claim.attribute,
        "modality": _one_of(claim.modality, Modality),
        "confidence": _one_of(claim.confidence, Confidence),
        "polarity": claim.polarity,
        "unit": claim.unit or None,
        "quoted": claim.quoted,
    }
    return Claim(
        key=key,
        passage=_TEXT,
        start=claim.start,
        end=claim.end,
        span_sha256=sha256(words),
        folded_sha256=sha256(folded),
        folded_length=len(folded),
        gloss=claim.attribute,
        instrument=claim.instrument,
        party=claim.party or None,
        places=claim.places,
        group=claim.group or None,
        subject_label=claim.subject_label or claim.person or None,
        value=value,
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


def _known(told: Sequence[Claim], record: Record) -> Mapping[str, list[Claim]]:
    """Claims of the ledger on the same attribute of the same subject, by candidate."""
    by_subject: dict[tuple[str | None, str, str], list[Claim]] = defaultdict(list)
    for claim in record.ledger.claims.values():
        for subject in subjects_of(claim, record.settlements):
            by_subject[claim.instrument, claim.attribute, subject].append(claim)
    found: dict[str, list[Claim]] = {}
    for claim in told:
        subjects = subjects_of(claim, record.settlements)
        here = (known for each in subjects for known in by_subject[claim.instrument, claim.attribute, each])
        found[claim.key] = list({known.key: known for known in here}.values())
    return found


def _opposed(told: Sequence[Claim], record: Record) -> Mapping[str, set[str]]:
    """Claims of the ledger that exclude a candidate, by candidate."""
    wanted = {(claim.instrument, claim.attribute) for claim in told}
    known = [c for c in record.ledger.claims.values() if (c.instrument, c.attribute) in wanted]
    found: dict[str, set[str]] = defaultdict(set)
    for cluster in clusters([*told, *known], record.settlements, record.law):
        for one, other in opposed(cluster):
            found[one].add(other)
            found[other].add(one)
    return found


def _held(each: _Candidate, claim: Claim, known: Sequence[Claim], against: set[str], record: Record) -> Finding:
    settlement = record.settlements.get((claim.instrument, claim.attribute)) or _by_event(claim, record)
    assessment = None if settlement is None else assess(claim, settlement, record.law)
    places = settlement is not None and is_of_places(settlement)
    same = tuple(one.node for one in known if _agrees(one, claim, places=places))
    other = tuple(one.node for one in known if one.key in against and one.node not in same)
    found = Finding("cannot tell", "", assessment, settlement, same, other)
    verdict, between = _verdict(each, claim, found, bool(known), record)
    return replace(found, verdict=verdict, between=between)


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
        return "cannot tell", "the record has claims of both kinds"
    if found.other:
        return "contradicts", "the record has it otherwise, and nothing in the law settles which holds"
    if found.same:
        return "agrees", "the record has a claim of the same"
    if law is not None and found.assessment is not None:
        return "cannot tell", found.assessment.why
    return "new", "the record has other values, which may hold beside it" if known else "the record has no claim on it"


def _by_law(
    each: _Candidate, claim: Claim, assessment: Assessment, settlement: Settlement | None, record: Record
) -> tuple[Verdict, str] | None:
    """What the law makes of it; None where it leaves it open."""
    match assessment.result:
        case "agrees" if each.regions:
            told = f"the law bears out the places named, and which states {_listed(each.regions)} means is not said"
            return "cannot tell", told
        case "agrees":
            return "agrees", "the law bears it out"
        case "agrees-in-part":
            return "cannot tell", f"it holds in part: {assessment.why}"
        case "differs" if claim.modality == "forecast":
            return "cannot tell", f"it is foretold, and came out otherwise: {assessment.law.value}"
        case "differs":
            doubt = "; ".join(doubts(claim, settlement, record.law, names=each.names))
            return ("cannot tell", doubt) if doubt else ("contradicts", "the law does not bear it out")
    return None


def _listed(names: Sequence[str]) -> str:
    return " and ".join(names)
