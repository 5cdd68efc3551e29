"""The one shape of every answer: question, answer, receipts, what is unknown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from dualuse.store.base import Store, value

NOTE = "information, not legal advice"


@dataclass(frozen=True, order=True)
class Receipt:
    """One line of evidence: the fact, what it says, and the source it rests on.

    Args:
        fact: IRI of the fact.
        text: What it says, in a sentence.
        provision: Paragraph of law, or an empty string.
        source: Address of the source, or its IRI where it has none.
        confidence: ``high``, ``medium`` or ``low``.
    """

    fact: str
    text: str
    provision: str
    source: str
    confidence: str


@dataclass(frozen=True, order=True)
class Unknown:
    """What is not known, and why it matters to the answer."""

    what: str
    why_it_matters: str


@dataclass(frozen=True)
class Version:
    """The dataset an answer was drawn from."""

    version: str
    sha256: str
    known_on: date


@dataclass(frozen=True)
class Card:
    """An answer.

    Args:
        question: The command and its arguments, resolved.
        as_of: Day of law.
        lens: ``codified``, ``enforced``, ``announced``; empty where the question has no lens.
        answer: Per command.
        because: Receipts, in the order of the answer.
        unknown: What could change the answer.
        query: The SPARQL behind it, where one is.
        dataset: What it was drawn from.
    """

    question: dict[str, Any]
    as_of: date
    lens: str
    answer: dict[str, Any]
    because: tuple[Receipt, ...]
    unknown: tuple[Unknown, ...]
    query: str
    dataset: Version
    tables: tuple[str, ...] = ()
    """Keys of ``answer`` that hold rows."""
    views: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    """Rows as people read them, for tables whose rows in ``answer`` are nested."""

    def document(self) -> dict[str, Any]:
        """The card as plain values, ready for JSON."""
        return {
            "question": self.question,
            "as_of": self.as_of.isoformat(),
            "lens": self.lens or None,
            "answer": self.answer,
            "because": [asdict(receipt) for receipt in self.because],
            "unknown": [asdict(gap) for gap in self.unknown],
            "query": self.query or None,
            "dataset": {"version": self.dataset.version, "sha256": self.dataset.sha256},
            "note": NOTE,
        }


def unique(receipts: Iterable[Receipt]) -> tuple[Receipt, ...]:
    """Receipts without repeats, in order of first use."""
    return tuple(dict.fromkeys(receipts))


def read_version(store: Store) -> Version:
    """Version and digest of the dataset in a store."""
    rows = store.select(
        "SELECT ?version ?sha ?known WHERE { ?d a dcat:Dataset ; dcat:version ?version ; "
        "du:contentSha256 ?sha ; dct:modified ?known }"
    )
    row = rows[0] if rows else {}
    known = value(row, "known") or "1970-01-01"
    return Version(value(row, "version"), value(row, "sha"), date.fromisoformat(known))
