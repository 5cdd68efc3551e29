"""The ledger of claims with what is needed to show it: names, sources, and passages at hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from dualuse.card import Receipt
from dualuse.claims.ledger import Ledger, read_ledger
from dualuse.model.claims import Claim
from dualuse.model.read import query
from dualuse.node import Node
from dualuse.questions.parts.documents import Excerpts, excerpts
from dualuse.questions.parts.voices import spoken_by
from dualuse.registry import Registry
from dualuse.said import Phrase, phrase, same

if TYPE_CHECKING:
    from dualuse.knowledge import Knowledge

CLAIMS_QUERY = query(Claim)


@dataclass(frozen=True)
class Told:
    """The ledger with what is needed to show it.

    Args:
        knowledge: The graph.
        ledger: The claims.
        registry: The sources.
        excerpts: What of it stands in documents at hand.
    """

    knowledge: Knowledge
    ledger: Ledger
    registry: Registry
    excerpts: Excerpts

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """Claim -> its words, as they stand in a document at hand."""
        return {claim: words.text for claim, words in self.excerpts.words.items()}

    def name(self, node: Node) -> str:
        """Label of a thing."""
        return self.knowledge.names.label(node.kind, node.key)

    def organisation(self, key: str | None) -> str:
        """Label of an organisation, or an empty string for none."""
        return self.knowledge.names.label("organisation", key) if key else ""

    def voice(self, organisation: str, person: str | None) -> str:
        """Who spoke and for whom: the person first, where one is named."""
        people = [self.knowledge.names.label("person", person)] if person else []
        return spoken_by(self.organisation(organisation), *people)

    def claimant(self, claim: Claim) -> str:
        """Who claims it: person and organisation, a label, or the passage in its own voice."""
        people = [self.name(c) for c in sorted(claim.claimants, reverse=True)]
        if people or claim.claimant_label:
            return Phrase.listed([*people, *([claim.claimant_label] if claim.claimant_label else [])])
        return phrase("talk.own_voice")

    def outlet(self, claim: Claim) -> str:
        """Where it stood."""
        passage = self.ledger.passage(claim)
        return self.organisation(passage.outlet) or passage.outlet_label or ""

    def subject(self, claim: Claim) -> str:
        """What it is about."""
        names = [self.name(subject) for subject in claim.subjects]
        return Phrase.listed([*names, *([claim.subject_label] if claim.subject_label else [])], between="; ", han="；")

    def receipt(self, claim: Claim) -> Receipt:
        """The claim as a line of evidence: its gloss and where it points."""
        return self.registry.receipt(claim, phrase("dated.claim", where=same(claim.passage), told=claim.gloss), "")


def read_told(knowledge: Knowledge, sources: Path | None = None) -> Told:
    """Read the ledger and the registry of sources, and the spans of claims found in a folder of documents."""
    ledger = read_ledger(knowledge.store)
    return Told(knowledge, ledger, knowledge.registry, excerpts(ledger, sources))


def is_about(claim: Claim, kind: str, key: str) -> bool:
    """Whether a claim is about a thing."""
    return claim.instrument == key if kind == "instrument" else Node(kind, key) in claim.subjects


def days(first: date, last: date) -> str:
    """A day, or the first and the last of several."""
    return first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"
