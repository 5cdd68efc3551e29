"""Claims on one attribute of one subject whose values cannot all hold.

A cluster is called

* a *contradiction* when two claims made as fact exclude each other,
* *against the law* when they agree with one another and not with the law,
* *partial* when each tells a part of what the law says,
* a *forecast* when only what was foretold came out otherwise: events settle it, it contradicts nothing,

and *agreed* when everything that can be held against the law is borne out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from dualuse.claims.settle import Assessment, LawValue, assess, is_of_places, place_value, settle
from dualuse.claims.settlements import Law
from dualuse.claims.values import range_of
from dualuse.model.claims import Claim, Settlement

KINDS = ("contradiction", "against-law", "misattribution", "partial", "forecast", "agreed")
"""Kinds of finding, the gravest first."""

Settlements = Mapping[tuple[str | None, str], Settlement]


@dataclass(frozen=True)
class Cluster:
    """Claims on one attribute of one subject, with what the law says.

    Args:
        kind: One of :data:`KINDS`.
        instrument: Key of the instrument, or an empty string.
        subjects: Places, each with the same claims and the same law; or the label of a part; else empty.
        assessments: Claim -> how it stands against the law, where that is decided.
        law: What the law says, or None where nothing settles the attribute.
        settlement: How it is settled, or None.
    """

    kind: str
    instrument: str
    subjects: tuple[str, ...]
    attribute: str
    claims: tuple[Claim, ...]
    assessments: Mapping[str, Assessment]
    law: LawValue | None
    settlement: Settlement | None


def clusters(claims: Iterable[Claim], settlements: Settlements, law: Law) -> list[Cluster]:
    """Every cluster that conflicts, or is borne out by the law, the gravest kind first.

    Attributes that nothing settles can still conflict if their values are numbers or dates; phrases never do, since
    two different aims or grounds can both be had.
    """
    groups: dict[tuple[str, str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        if _asks(claim):
            continue
        for subject in subjects_of(claim, settlements):
            groups[claim.instrument or "", claim.attribute, subject].append(claim)
    found = []
    for (instrument, attribute, subject), members in groups.items():
        settlement = settlements.get((instrument, attribute))
        cluster = _cluster(attribute, subject, members, settlement, law)
        if cluster is not None:
            found.append(replace(cluster, instrument=instrument))
    return sorted(_merged(found), key=lambda c: (KINDS.index(c.kind), c.instrument, c.attribute, c.subjects))


def opposed(cluster: Cluster) -> list[tuple[str, str]]:
    """Keys of claims of a cluster, made as fact, that exclude each other; forecasts oppose nothing."""
    results = {key: assessment.result for key, assessment in cluster.assessments.items()}
    firm = [claim for claim in cluster.claims if claim.modality != "forecast"]
    places = cluster.settlement is not None and is_of_places(cluster.settlement)
    return [
        (one.key, other.key) for one, other in combinations(firm, 2) if _exclude(one, other, results, places=places)
    ]


def excludes(one: Claim, other: Claim) -> bool:
    """Whether two claims on the same attribute cannot both hold: their ranges do not meet, or one denies the other.

    Claims that speak of different times do not exclude each other.
    """
    if apart(one, other):
        return False
    first, second = range_of(one), range_of(other)
    if first is None or second is None or first.kind != second.kind:
        return one.value == other.value and one.affirmed != other.affirmed
    if one.affirmed and other.affirmed:
        return not first.meets(second)
    if one.affirmed != other.affirmed:
        said, denied = (first, second) if one.affirmed else (second, first)
        return denied.low <= said.low and said.high <= denied.high
    return False


def bears_out(known: Claim, said: Claim) -> bool:
    """Whether a claim on the same attribute says what another says: the same value, or one that lies within it.

    A denial is borne out by a value that leaves out what it denies; a forecast bears out no fact.
    """
    if apart(known, said) or (known.modality != said.modality and (_asks(known) or _asks(said))):
        return False
    if known.modality == "forecast" != said.modality:
        return False
    first, second = range_of(known), range_of(said)
    comparable = first is not None and second is not None and first.kind == second.kind
    if known.affirmed != said.affirmed:
        return known.affirmed and first is not None and second is not None and comparable and not first.meets(second)
    if known.value == said.value or _numbers(known) == _numbers(said) != (None, None, None):
        return True
    if first is None or second is None or not comparable:
        return False
    inner, outer = (first, second) if said.affirmed else (second, first)
    return outer.low <= inner.low and inner.high <= outer.high


def _asks(claim: Claim) -> bool:
    """Whether it asks for something, or keeps a step open, and tells of no fact."""
    return claim.modality in ("demanded", "reserved")


def _numbers(claim: Claim) -> tuple[float | None, float | None, str | None]:
    return claim.value_min, claim.value_max, claim.unit


def apart(one: Claim, other: Claim) -> bool:
    """Whether two claims speak of times that have no day in common."""
    first, second = one.valid_on, other.valid_on
    if first is None or second is None:
        return False
    return first.latest < second.earliest or second.latest < first.earliest


def subjects_of(claim: Claim, settlements: Settlements) -> tuple[str, ...]:
    """What a claim is held against others by: its places, where each has a law of its own; else its subject."""
    settlement = settlements.get((claim.instrument, claim.attribute))
    if settlement is not None and is_of_places(settlement):
        return claim.places
    if claim.subject_label:
        return (claim.subject_label,)
    return (" ".join(subject for subject in claim.subjects if subject.kind != "instrument"),)


def _cluster(
    attribute: str, subject: str, members: Sequence[Claim], settlement: Settlement | None, law: Law
) -> Cluster | None:
    ordered = tuple(sorted(members, key=lambda claim: claim.key))
    found: LawValue | None = None
    assessments: dict[str, Assessment] = {}
    if settlement is not None:
        places = is_of_places(settlement)
        found = place_value(subject, settlement, law) if places else settle(settlement, law)
        for claim in ordered:
            single = replace(claim, places=(subject,)) if places else claim
            assessment = assess(single, settlement, law)
            if assessment is not None:
                assessments[claim.key] = assessment
    kind = _kind(ordered, assessments, places=settlement is not None and is_of_places(settlement))
    if kind is None:
        return None
    return Cluster(kind, "", (subject,) if subject else (), attribute, ordered, assessments, found, settlement)


def _kind(claims: Sequence[Claim], assessments: Mapping[str, Assessment], *, places: bool) -> str | None:
    results = {key: assessment.result for key, assessment in assessments.items()}
    firm = [claim for claim in claims if claim.modality != "forecast"]
    if any(_exclude(one, other, results, places=places) for one, other in combinations(firm, 2)):
        return "contradiction"
    told = {results.get(claim.key, "") for claim in firm}
    if "differs" in told:
        return "against-law"
    if "agrees-in-part" in told:
        return "partial"
    if any(_came_out_otherwise(claim, assessments) for claim in claims) or any(
        _exclude(one, other, results, places=places) for one, other in combinations(claims, 2)
    ):
        return "forecast"
    return "agreed" if "agrees" in results.values() else "partial" if "agrees-in-part" in results.values() else None


def _exclude(one: Claim, other: Claim, results: Mapping[str, str], *, places: bool) -> bool:
    if apart(one, other):
        return False
    if places:
        return one.value != other.value and one.affirmed and other.affirmed
    if excludes(one, other):
        return True
    if one.value == other.value or range_of(one) is not None or range_of(other) is not None:
        return False
    verdicts = {results.get(one.key, ""), results.get(other.key, "")}
    return "differs" in verdicts and not verdicts.isdisjoint(("agrees", "agrees-in-part"))


def _came_out_otherwise(claim: Claim, assessments: Mapping[str, Assessment]) -> bool:
    """Whether a forecast differs from what happened, or named another day as the first possible one."""
    assessment = assessments.get(claim.key)
    if claim.modality != "forecast" or assessment is None:
        return False
    claimed = range_of(claim)
    dates = [accepted for accepted in assessment.law.accepts if accepted.kind == "date"]
    early = claimed is not None and claimed.kind == "date" and all(claimed.low != known.low for known in dates)
    return assessment.result == "differs" or (early and bool(dates))


def _merged(found: Iterable[Cluster]) -> list[Cluster]:
    """Join clusters that differ in the subject only: the same claims, the same law, the same verdict."""
    joined: dict[tuple[object, ...], Cluster] = {}
    for cluster in sorted(found, key=lambda c: c.subjects):
        law = (cluster.law.value, cluster.law.provision) if cluster.law is not None else None
        same = (cluster.kind, cluster.instrument, cluster.attribute, tuple(c.key for c in cluster.claims), law)
        before = joined.get(same)
        joined[same] = cluster if before is None else replace(before, subjects=before.subjects + cluster.subjects)
    return list(joined.values())
