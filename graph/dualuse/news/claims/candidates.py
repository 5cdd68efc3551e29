"""Candidate claims and statements: what a reader proposes and a curator decides."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Claim:
    """A candidate claim; fields as in ``data/claims/claims.csv``, ``start`` and ``end`` in the passage."""

    passage: int
    start: int
    end: int
    attribute: str
    value: str
    made_by: str
    confidence: str
    value_min: float | None = None
    value_max: float | None = None
    unit: str = ""
    qualifier: str = ""
    instrument: str = ""
    party: str = ""
    person: str = ""
    places: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    group: str = ""
    subject_label: str = ""
    modality: str = "asserted"
    polarity: str = "affirmed"
    quoted: str = "no"
    claimant: str = ""
    speaker: str = ""
    claimant_label: str = ""
    reporter: str = ""


@dataclass(frozen=True, order=True)
class Statement:
    """A candidate statement; fields as in ``data/statements``, with the pointer of a claim."""

    passage: int
    start: int
    end: int
    date: str
    organisation: str
    stance: str
    made_by: str
    confidence: str
    speaker: str = ""
    speaker_label: str = ""
    instruments: tuple[str, ...] = ()
    grounds: tuple[str, ...] = ()
    reporter: str = ""
    quotation: str = ""
    language: str = ""


@dataclass(frozen=True, order=True)
class Relation:
    """A candidate tie between two parties, with the pointer of a claim.

    Args:
        passage: Number of the passage.
        start: First code point in it.
        end: Code point after the last.
        kind: ``supplies`` (supplier, customer), ``owns`` (owner, owned), ``buys`` (buyer, seller) or ``site``
            (party, place).
        subject: Key of whom it runs from; the words of the text where the graph holds none.
        object: Key or words of whom, or of the place, it runs to.
        made_by: Pattern that made it.
        confidence: ``medium``, or ``low`` where an end is inferred or the speaker is unnamed.
        subject_label: The words for the first.
        object_label: The words for the second.
        what: What is supplied, bought or made, in the words of the text.
        share: Share or amount, in the words of the text.
        since: Since when, in the words of the text.
        claimant: Who says so: key or label; empty for the paper.
        reporter: Who passes it on.
    """

    passage: int
    start: int
    end: int
    kind: str
    subject: str
    object: str
    made_by: str
    confidence: str
    subject_label: str = ""
    object_label: str = ""
    what: str = ""
    share: str = ""
    since: str = ""
    claimant: str = ""
    reporter: str = ""
