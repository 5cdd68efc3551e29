"""The claims of the ledger: who claims what, who passed it on, and how it stands against the law."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from dualuse.card import Card, Unknown, optional, table, unique
from dualuse.model.values import ClaimAttribute, Modality
from dualuse.node import Node
from dualuse.questions.parameters import AsOf, Opt, must_be_among
from dualuse.questions.question import Question, asks, counts
from dualuse.said import Phrase, phrase
from dualuse.show.words import Said

if TYPE_CHECKING:
    from dualuse.claims.settle import Assessment
    from dualuse.knowledge import Knowledge
    from dualuse.model.claims import Claim
    from dualuse.questions.parts.ledger import Told

_SOURCES = ("document", "organisation", "person")


@dataclass(frozen=True)
class Claimed:
    """A claim of the ledger, with its words where its document is at hand."""

    claim: str
    gloss: str
    claimant: str
    reporter: str | None
    outlet: str
    date: str
    modality: str
    polarity: str
    subject: str
    attribute: str
    value: str
    qualifier: str | None
    law: str | None
    passage: str
    report: str
    warning: str | None = optional()
    text: str | None = optional()

    def seen(self) -> dict[str, Any]:
        """What fits a line."""
        through = [name for name in (self.reporter, self.outlet) if name]
        words = {
            "claim": self.claim,
            "gloss": self.gloss,
            "by": Phrase.listed([self.claimant, Phrase.listed(through)], between="; ", han="；"),
            "date": self.date,
            "modality": self.modality,
            "attribute": self.attribute,
            "value": self.value,
            "law": self.law,
        }
        more = {"warning": self.warning, "text": self.text}
        return words | {name: told for name, told in more.items() if told is not None}


@dataclass(frozen=True)
class Claims:
    """The claims, and how many reports they stand in."""

    count: int
    reports: int
    claims: Sequence[Claimed] = table(whole=True)


def claims(
    knowledge: Knowledge,
    *,
    about: Annotated[
        str | None, Opt("Instrument, organisation, person, place or group by key or name.", metavar="THING")
    ] = None,
    source: Annotated[str | None, Opt("Document, or outlet, reporter or claimant.", metavar="SOURCE")] = None,
    modality: Annotated[Modality | None, Opt("How the claim is put.")] = None,
    attribute: Annotated[
        str | None, Opt("What it is about: tier2-count, applies-after, purpose ...", metavar="ATTRIBUTE")
    ] = None,
    sources: Annotated[
        Path | None, Opt("Folder with documents at hand: their passages are shown.", path="folder", exists=True)
    ] = None,
    as_of: AsOf = None,
) -> Card[Claims]:
    """List claims of the ledger: who claims what, who passed it on, and how it stands against the law.

    Args:
        as_of: Only claims that can have been written by this day.

    Raises:
        UnknownNameError: a name is not in the graph.
        UsageError: no such attribute or modality.
    """
    from dualuse.claims.ledger import ABOUT
    from dualuse.claims.settle import assess
    from dualuse.claims.settlements import read_law, read_settlements
    from dualuse.claims.speech import read_speech
    from dualuse.questions.parts.ledger import CLAIMS_QUERY, is_about, read_told
    from dualuse.questions.parts.twice import given_twice, warnings

    day, names = knowledge.day(as_of), knowledge.names
    subject = None if about is None else names.find_any(ABOUT, about)
    origin = None if source is None else names.find_any(_SOURCES, source)
    must_be_among("attribute", () if attribute is None else [attribute], ClaimAttribute)
    must_be_among("modality", () if modality is None else [modality], Modality)
    told = read_told(knowledge, sources)
    chosen = [
        claim
        for claim in _written(told, day)
        if (subject is None or is_about(claim, *subject))
        and (origin is None or _is_from(told, claim, Node(*origin)))
        and modality in (None, claim.modality)
        and attribute in (None, claim.attribute)
    ]
    settlements, law = read_settlements(knowledge.store), read_law(knowledge.store)
    pairs = given_twice(told, _written(told, day), read_speech(knowledge.store), day)
    warned = warnings(told, pairs)
    rows = []
    for claim in chosen:
        settled = settlements.get((claim.instrument, claim.attribute))
        assessment = None if settled is None else assess(claim, settled, law)
        rows.append(_row(told, claim, assessment, warned.get(claim.key)))
    return knowledge.card(
        question={
            "command": "claims",
            "about": None if subject is None else ":".join(subject),
            "source": None if origin is None else ":".join(origin),
            "modality": modality,
            "attribute": attribute,
        },
        as_of=day,
        answer=Claims(len(rows), len({told.ledger.passage(claim).report for claim in chosen}), rows),
        because=unique(told.receipt(claim) for claim in chosen),
        unknown=(*_doubts(rows), *told.excerpts.gaps([claim.key for claim in chosen])) if chosen else (_NONE,),
        query=CLAIMS_QUERY,
    )


def _doubts(rows: Sequence[Claimed]) -> Iterator[Unknown]:
    """Whose words the rows are that warn of it."""
    warned: dict[str, list[str]] = {}
    for row in rows:
        if row.warning is not None:
            warned.setdefault(row.warning, []).append(row.claim)
    for warning, claims_ in warned.items():
        yield Unknown(f"whose words {', '.join(claims_)} are", f"{warning}; see dualuse conflicts")


_NONE = Unknown(phrase("talk.no_claim"), phrase("talk.loosen"))


def _is_from(told: Told, claim: Claim, origin: Node) -> bool:
    """Whether a claim stands in a document, or was made, passed on or printed by a party."""
    passage = told.ledger.passage(claim)
    if origin.kind == "document":
        return passage.document == origin.key
    return origin in claim.claimants or (
        origin.kind == "organisation" and origin.key in (passage.outlet, claim.reporter)
    )


def _written(told: Told, day: date) -> list[Claim]:
    """Claims that can have been written by a day."""
    ledger = told.ledger
    return [claim for claim in ledger.claims.values() if ledger.passage(claim).date_from.earliest <= day]


def _row(told: Told, claim: Claim, assessment: Assessment | None, warning: str | None) -> Claimed:
    from dualuse.claims.values import shown
    from dualuse.questions.parts.ledger import days

    passage = told.ledger.passage(claim)
    return Claimed(
        claim=claim.key,
        gloss=claim.gloss,
        claimant=told.claimant(claim),
        reporter=told.organisation(claim.reporter) or None,
        outlet=told.outlet(claim),
        date=days(*passage.days),
        modality=claim.modality,
        polarity=claim.polarity,
        subject=told.subject(claim),
        attribute=claim.attribute,
        value=shown(claim),
        qualifier=claim.qualifier,
        law=None if assessment is None else assessment.result,
        passage=passage.key,
        report=passage.report,
        warning=warning,
        text=told.texts.get(claim.key),
    )


_ASKED = {
    (): Said("What is claimed?", "有哪些說法？", "有哪些说法？"),
    ("about",): Said("What is claimed about “{about}”?", "關於「{about}」有哪些說法？", "关于“{about}”有哪些说法？"),
}
_CLAIMS = Said("{n} claims", "{n} 個說法", "{n} 个说法")
_CLAIM = Said("1 claim", "1 個說法", "1 个说法")

QUESTION = Question(
    claims,
    asks(_ASKED),
    counts("count", _CLAIM, _CLAIMS),
    examples=(
        "--about us-ai-diffusion-ifr-2025-01 --attribute tier2-count",
        "--source Bloomberg --modality forecast",
    ),
)
