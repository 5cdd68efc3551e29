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
