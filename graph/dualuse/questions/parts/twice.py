"""Words that are given to two speakers: which claims and statements give them, and what a reader of one is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from dualuse.said import Said, phrase, same

if TYPE_CHECKING:
    from dualuse.claims.misattribution import Misattribution, Words
    from dualuse.claims.speech import Speech
    from dualuse.model.claims import Claim
    from dualuse.questions.parts.ledger import Told

_NO_SOURCE = 99
"""Rank of words that no source on record gives, below every other."""


def given_twice(told: Told, claims: Iterable[Claim], speech: Speech, day: date) -> list[Misattribution]:
    """Words that claims and statements up to a day give to two speakers."""
    from dualuse.claims.misattribution import misattributions

    return misattributions(_words(told, claims, speech, day))


def sentence_of(told: Told, words: Words) -> tuple[Claim, ...]:
    """Claims of the sentence in which words stand that a claim gives to a speaker; none for those of a statement."""
    from dualuse.claims.misattribution import sentence

    if words.key.kind != "claim":
        return ()
    return sentence(told.ledger.claims[words.key.key], told.ledger.claims.values())


def warnings(told: Told, pairs: Sequence[Misattribution]) -> Mapping[str, str]:
    """What a reader of a claim is to know whose sentence is likely another speaker's, by claim."""
    found: dict[str, str] = {}
    for pair in pairs:
        original, other = (told.organisation(words.organisation) for words in (pair.original, pair.other))
        where: dict[str, Said | str] = {
            "who": original,
            "key": same(pair.original.key.key),
            "day": str(pair.original.earliest),
        }
        warning = phrase("settled.likely", other=other, **where) if pair.told else phrase("settled.laid", **where)
        for claim in sentence_of(told, pair.other):
            found.setdefault(claim.key, warning)
    return found


def _words(told: Told, claims: Iterable[Claim], speech: Speech, day: date) -> Iterator[Words]:
    """Words given to organisations: quotations of statements, and spans of claims that are kept or at hand."""
    from dualuse.claims.misattribution import Words
    from dualuse.claims.speech import acts

    for act in acts(speech, speech.statements.values()):
        for statement in act.statements:
            if statement.quotation and statement.date.earliest <= day:
                yield Words(
                    key=statement.node,
                    organisation=statement.organisation,
                    text=statement.quotation.text,
                    wording="quotation",
                    earliest=statement.date.earliest,
                    latest=statement.date.latest,
                    rank=_rank(told, statement.sources),
                    sources=statement.sources,
                    act=act.key,
                )
    for claim in claims:
        text = told.texts.get(claim.key, claim.quotation)
        if text and claim.claimant:
            earliest, latest = told.ledger.passage(claim).days
            yield Words(
                key=claim.node,
                organisation=claim.claimant,
                text=text,
                wording="quotation" if claim.quoted == "yes" else "reported",
                earliest=earliest,
                latest=latest,
                rank=_rank(told, claim.sources),
                sources=claim.sources,
                act=claim.key,
            )


def _rank(told: Told, sources: Iterable[str]) -> int:
    from dualuse.registry import rank

    best = told.registry.best(sources)
    return _NO_SOURCE if best is None else rank(best)
