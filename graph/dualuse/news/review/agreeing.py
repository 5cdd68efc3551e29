"""Hold the claims of a reading against those coded by hand, and against those that the coder warns of.

A claim is right with the attribute, the value (where figures, days and sides can be equal), the modality and the
claimant coded, on the same words. It is wrong if it meets a coded claim of its attribute in no such way, or one of its
kind with another figure, or if it is one of those warned of; a text off topic has none that is right. Else nobody has
judged it. It is of opposite meaning if it affirms what is denied, denies what is affirmed, takes the other side, gives
a figure to another tier, or is warned of.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from dualuse.news.claims.candidates import Claim
from dualuse.news.reading import Reading
from dualuse.news.review.coded import Row, leaves
from dualuse.news.review.naming import fits
from dualuse.news.review.tally import Count, Held, Missed, overlap

_HALF = 0.5
_SIDES = {"supports", "opposes", "concerned", "requests-change"}
_OTHER_SIDE = ({"supports", "opposes"}, {"supports", "concerned"})
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_DAY = re.compile(r"\d{4}(?:-\d\d){0,2}$")
_TIER = re.compile(r"tier([1-3])-count$")
_COUNTS = ("tier1-count", "tier2-count", "tier3-count", "scheme-count", "country-cap")
_SPANS_OF_TIME = ("applies-after", "comment-period")
_DAYS = ("announced-on", "dated-on")
_STEMS = {"oppos": "opposes", "object": "opposes", "support": "supports", "concern": "concerned"}
_ORDINALS = {"first": 1, "second": 2, "third": 3}
_WORDS = {"two": 2, "three": 3}
_SIZE = re.compile(r"\b(?P<tier>first|second|third) (?:tier |level )?(?:has )?(?P<number>\d+|two|three)\b")
Names = Callable[[str], set[str]]
"""Gives the keys of what is named in some words."""


def hold_claims(held: Held, reading: Reading, names: Names) -> None:
    """Count the claims of a reading, with and without who makes them."""
    starts = {passage.number: passage.start for passage in reading.text.passages}
    rows = [(row, held.coded.places(str(row["span"]))) for row in held.coded.rows["claims"]]
    warned = [trap for row in held.coded.rows["not"] if (trap := _trap(str(row["claim"]), names)) is not None]
    met, told, caught = set[int](), set[int](), set[int]()
    counts, put = Count(), Count()
    for claim in reading.claims:
        span = (starts[claim.passage] + claim.start, starts[claim.passage] + claim.end)
        near = [i for i, (_, places) in enumerate(rows) if overlap(places, *span) >= _HALF]
        same = {i for i in near if _same(rows[i][0], claim)}
        voiced = {i for i in same if fits(leaves(rows[i][0]["claimant"]), *_claimants(claim))}
        traps = set() if voiced else {i for i, trap in enumerate(warned) if trap(claim)}
        wrong = bool(traps) or not held.coded.relevant or any(_contradicts(rows[i][0], claim) for i in near)
        met, told, caught = met | same, told | voiced, caught | traps
        put += Count(made=1, right=bool(same), wrong=not same and wrong)
        one = Count(made=1, right=bool(voiced), wrong=not voiced and (wrong or bool(same)))
        counts += one
        held.confidence[claim.confidence] = held.confidence.get(claim.confidence, Count()) + one
        if not same and (traps or any(_turned(rows[i][0], claim) for i in near)):
            held.opposite[claim.confidence] = held.opposite.get(claim.confidence, 0) + 1
            held.missed.append(Missed("opposite", False, held.coded.name, _told(claim, reading, span)))
        if not voiced:
            kind = "claims" if one.wrong else "unjudged"
            held.missed.append(Missed(kind, False, held.coded.name, _told(claim, reading, span)))
    held.counts["claims"] = Count(len(rows), len(met)) + put
    held.counts["claims with claimant"] = Count(len(rows), len(told)) + counts
    held.traps = Count(coded=len(held.coded.rows["not"]), made=len(warned), wrong=len(caught))
    held.missed += [
        Missed("claims", True, held.coded.name, ", ".join(f"{key} {value}" for key, value in row.items()))
        for i, (row, _) in enumerate(rows)
        if i not in told
    ]


def _claimants(claim: Claim) -> tuple[str, str, str]:
    """Person, body and label that a claim is laid to; the body counts only where no person is named."""
    return claim.speaker, claim.claimant, claim.claimant_label


def _denied(claim: Claim) -> bool:
    return claim.polarity == "negated" or claim.modality == "denied"


def _same(row: Row, claim: Claim) -> bool:
    modality = "denied" if _denied(claim) else claim.modality
    return claim.attribute in leaves(row["attribute"]) and modality in leaves(row["modality"]) and _valued(row, claim)


def _valued(row: Row, claim: Claim) -> bool:
    """Whether the value is the one coded, where the two can be compared."""
    value = str(row["value"])
    figures = [float(figure) for figure in _FIGURE.findall(value.replace(",", ""))]
    if claim.attribute == "position" and value in _SIDES:
        return claim.value == value
    if claim.attribute == "tier-membership":
        return claim.value == value.removeprefix("tier ")
    if _DAY.match(value) and claim.attribute in (*_DAYS, "applies-after"):
        return claim.value.removesuffix("/..").startswith(value)
    if claim.attribute in (*_COUNTS, *_SPANS_OF_TIME) and figures:
        ends = [end for end in (claim.value_min, claim.value_max) if end is not None]
        return any(end in (figures[0], figures[-1]) for end in ends)
    return True


def _contradicts(row: Row, claim: Claim) -> bool:
    """Whether a claim that is not the coded one is another reading of the same words."""
    attributes = leaves(row["attribute"])
    time = claim.attribute in _SPANS_OF_TIME and bool({*attributes} & {*_SPANS_OF_TIME})
    return claim.attribute in attributes or time or _turned(row, claim)


def _turned(row: Row, claim: Claim) -> bool:
    """Whether a claim says the opposite of the coded one."""
    attributes, modalities = leaves(row["attribute"]), leaves(row["modality"])
    if claim.attribute in attributes and _valued(row, claim):
        return ("denied" in modalities) != _denied(claim) and (len(modalities) == 1 or _denied(claim))
    if claim.attribute == "position" and "position" in attributes:
        return {claim.value, str(row["value"])} in _OTHER_SIDE and not _denied(claim)
    tier, other = _TIER.match(claim.attribute), [match for match in map(_TIER.match, attributes) if match]
    figure = _FIGURE.search(str(row["value"]))
    same = figure is not None and float(figure[0]) in (claim.value_min, claim.value_max)
    return tier is not None and bool(other) and same and all(match[1] != tier[1] for match in other)


def _trap(words: str, names: Names) -> Callable[[Claim], bool] | None:
    """What tells whether a claim is one warned of: a side somebody takes, or how many a tier has."""
    sides = {side for stem, side in _STEMS.items() if re.search(rf"\b{stem}", words)}
    if sides:
        keys = names(words)
        return lambda claim: (
            claim.attribute == "position"
            and claim.value in sides
            and not _denied(claim)
            and (not keys or bool(keys & {claim.party, claim.person, *claim.places} or keys & {*_claimants(claim)}))
        )
    tiers = {(str(_ORDINALS[found["tier"]]), _number(found["number"])) for found in _SIZE.finditer(words)}
    if not tiers:
        return None
    return lambda claim: any(
        claim.attribute == f"tier{tier}-count" and number in (claim.value_min, claim.value_max)
        for tier, number in tiers
    )


def _number(words: str) -> float:
    return float(words) if words.isdigit() else float(_WORDS[words])


def _told(claim: Claim, reading: Reading, span: tuple[int, int]) -> str:
    words = reading.text.original[slice(*span)]
    voice = " ".join(filter(None, _claimants(claim))) or "nobody"
    put = "denied" if _denied(claim) else claim.modality
    return f"{words}: {claim.attribute} = {claim.value or '…'} ({put}, {claim.confidence}, {voice}) [{claim.made_by}]"
