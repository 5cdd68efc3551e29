"""Rows and receipts of the cards on claims: who claimed what, who passed it on, and how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dualuse.card import Receipt
from dualuse.claims.ledger import Claim, Ledger, read_ledger
from dualuse.claims.pointers import Copy, Held, Reading
from dualuse.knowledge import Knowledge
from dualuse.namespaces import thing
from dualuse.registry import Registry


@dataclass(frozen=True)
class Told:
    """The ledger with what is needed to show it."""

    knowledge: Knowledge
    ledger: Ledger
    registry: Registry

    def name(self, link: str) -> str:
        """Label of ``kind:key``."""
        kind, _, key = link.partition(":")
        return self.knowledge.names.label(kind, key)

    def organisation(self, key: str) -> str:
        """Label of an organisation, or an empty string for none."""
        return self.knowledge.names.label("organisation", key) if key else ""

    def claimant(self, claim: Claim) -> str:
        """Who claims it: person and organisation, a label, or the passage in its own voice."""
        people = [self.name(c) for c in sorted(claim.claimants, reverse=True)]
        if people or claim.claimant_label:
            return ", ".join([*people, *([claim.claimant_label] if claim.claimant_label else [])])
        return "in its own voice"

    def outlet(self, claim: Claim) -> str:
        """Where it stood."""
        return self.organisation(claim.passage.outlet) or claim.passage.outlet_label

    def subject(self, claim: Claim) -> str:
        """What it is about."""
        names = [self.name(subject) for subject in claim.subjects]
        return "; ".join([*names, *([claim.subject_label] if claim.subject_label else [])])

    def receipt(self, claim: Claim) -> Receipt:
        """The claim as a line of evidence: its gloss and where it points."""
        said = f"{claim.passage.key}: {claim.gloss}"
        return Receipt(claim.iri, said, "", self.registry.address(claim.sources), claim.confidence)


def read_told(knowledge: Knowledge) -> Told:
    """Read the ledger and the registry of sources."""
    return Told(knowledge, read_ledger(knowledge.store), knowledge.registry)


def reading_row(told: Told, copy: Copy, reading: Reading) -> dict[str, Any]:
    """What became of a pointer, as a row; the text is the file's own, width and script included."""
    claim = told.ledger.claims[reading.claim]
    found = f"passage {reading.passage}, {reading.start}-{reading.end}" if reading.passage else None
    return {
        "claim": reading.claim,
        "status": reading.status,
        "found": found,
        "by": reading.how or None,
        "text": reading.text if reading.status != "ok" else None,
        "gloss": claim.gloss,
        "file": copy.name,
    }


def document_receipt(told: Told, document: Held, how: str, copy: Copy) -> Receipt:
    """Which document a file is, as a line of evidence."""
    iri = thing("document", document.key)
    said = f"{copy.name} is {document.key}, told by {how}; sha256 {copy.sha256[:12]}, on record {document.sha256[:12]}"
    return Receipt(iri, said, "", iri, "high" if how == "sha256" else "medium")
