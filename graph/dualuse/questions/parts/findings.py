"""Findings as rows: claims that cannot all hold beside what the law says, and words given to two speakers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dualuse.card import Receipt, named, optional
from dualuse.node import Node
from dualuse.said import Named, Phrase, phrase, same

if TYPE_CHECKING:
    from dualuse.claims.cluster import Cluster
    from dualuse.claims.misattribution import Misattribution, Words
    from dualuse.claims.speech import Speech
    from dualuse.model.claims import Claim
    from dualuse.model.speech import Statement
    from dualuse.questions.parts.ledger import Told

_RESULTS = ("differs", "agrees-in-part", "not-decidable", "agrees")
"""Results of an assessment, the one that speaks for a whole cluster first."""


@dataclass(frozen=True)
class Origin:
    """A source, and the class that says how near it stands to the fact."""

    source: str
    source_class: str = named("class")


@dataclass(frozen=True)
class Value:
    """A value that is claimed, by which claims, who made and who passed them on."""

    value: str
    claims: Sequence[str]
    reports: int
    modality: Sequence[str]
    claimants: Sequence[str]
    reporters: Sequence[str]
    sources: Sequence[Origin]
    law: str | None
    texts: Mapping[str, str] | None = optional()

    @property
    def records(self) -> Sequence[str]:
        """Claims that hold it."""
        return self.claims

    @property
    def told(self) -> str:
        """The value, and who claims it."""
        return phrase("settled.attribute", attribute=self.value, value=_listed(self.claimants))


@dataclass(frozen=True)
class Speaker:
    """A speaker to whom words are given, in which claim or statement."""

    value: str
    claims: Sequence[str]
    statements: Sequence[str]
    date: str
    wording: str
    sources: Sequence[Origin]
    texts: Mapping[str, str] | None = optional()

    @property
    def records(self) -> Sequence[str]:
        """Claims and statements that give the words."""
        return (*self.claims, *self.statements)

    @property
    def told(self) -> str:
        """The speaker."""
        return self.value


@dataclass(frozen=True)
class Rule:
    """What the law says."""

    value: str
    provision: str
    arithmetic: str | None


@dataclass(frozen=True)
class Verdict:
    """How the claims stand, and why."""

    result: str
    why: str


@dataclass(frozen=True)
class Original:
    """Who is likely to have said the words first."""

    organisation: str
    date: str
    key: str


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Claims on one attribute of one subject, by value; or words given to two speakers."""

    kind: str
    subject: str
    attribute: str
    values: Sequence[Value | Speaker]
    law: Rule | None
    assessment: Verdict
    likely_original: Original | None = optional()
    words: str | None = optional()
    receipt: str

    def seen(self) -> dict[str, Any]:
        """What fits a line."""
        told = self.assessment.why
        if self.law is not None:
            parts = filter(
                None,
                (
                    self.law.value if isinstance(self.law.value, Phrase) else self.law.value.rstrip("."),
                    self.law.arithmetic,
                ),
            )
            told = phrase("settled.law", parts=Phrase.listed(parts, between="; ", han="；"), where=self.law.provision)
        row = {
            "kind": self.kind,
            "subject": self.subject,
            "attribute": self.attribute,
            "claimed": [
                phrase("settled.value", value=value.told, records=same(", ".join(value.records)))
                for value in self.values
            ],
            "law": told,
            "result": self.assessment.result,
            "receipt": self.receipt,
        }
        words = [f"{claim}: {text}" for value in self.values for claim, text in (value.texts or {}).items()]
        return row | {"words": words} if words else row


def _listed(parts: Iterable[str]) -> Phrase:
    return Phrase.listed(parts, between="; ", han="；")


def of_cluster(told: Told, cluster: Cluster) -> Finding:
    """A cluster: its values, each with claims and sources, and what the law says."""
    results = [assessment.result for assessment in cluster.assessments.values()]
    result = min(results, key=_RESULTS.index, default="not-decidable")
    summary = [cluster.settlement.summary] if cluster.settlement is not None else []
    law = cluster.law
    return Finding(
        kind=cluster.kind,
        subject=_cluster_subject(told, cluster),
        attribute=cluster.attribute,
        values=[_value(told, cluster, members) for members in _by_value(cluster.claims)],
        law=None if law is None else Rule(law.value, law.provision, law.arithmetic or None),
        assessment=Verdict(
            result, Phrase.listed([phrase(f"lawvalue.{cluster.kind}"), *summary], between="; ", han="；")
        ),
        receipt=told.registry.address(_sources(cluster)),
    )


def _sources(cluster: Cluster) -> tuple[str, ...]:
    """What a cluster can be looked up in: what settles it, else its claims."""
    if cluster.settlement is not None:
        return cluster.settlement.sources
    return tuple(source for claim in cluster.claims for source in claim.sources)


def _cluster_subject(told: Told, cluster: Cluster) -> str:
    if cluster.settlement is not None and cluster.claims[0].places:
        names = (told.name(Node("place", place)) for place in cluster.subjects)
        return Phrase.listed(names, between="; ", han="；")
    parts = (told.name(Node.parse(part)) if ":" in part else part for part in cluster.subjects)
    return Phrase.listed(parts, between="; ", han="；") or cluster.instrument


def _by_value(claims: Sequence[Claim]) -> list[list[Claim]]:
    """Claims by the value they show, the largest number first."""
    from dualuse.claims.values import shown

    groups: dict[tuple[str, bool], list[Claim]] = {}
    for claim in claims:
        groups.setdefault((shown(claim), claim.affirmed), []).append(claim)
    return sorted(groups.values(), key=lambda members: (_least(members[0]), shown(members[0])))


def _least(claim: Claim) -> float:
    from dualuse.claims.values import range_of

    found = range_of(claim)
    return 0.0 if found is None else found.low


def _value(told: Told, cluster: Cluster, claims: Sequence[Claim]) -> Value:
    from dualuse.claims.values import shown

    first = claims[0]
    results = sorted({cluster.assessments[c.key].result for c in claims if c.key in cluster.assessments})
    texts = {claim.key: told.texts[claim.key] for claim in claims if claim.key in told.texts}
    return Value(
        value=shown(first) if first.affirmed else phrase("settled.not", value=shown(first)),
        claims=[claim.key for claim in claims],
        reports=len({told.ledger.passage(claim).report for claim in claims}),
        modality=sorted({claim.modality for claim in claims}),
        claimants=sorted({told.claimant(claim) for claim in claims}),
        reporters=sorted({told.organisation(claim.reporter) or told.outlet(claim) for claim in claims}),
        sources=_origins(told, (source for claim in claims for source in claim.sources)),
        law=" or ".join(results) or None,
        texts=texts or None,
    )


def _origins(told: Told, sources: Iterable[str]) -> list[Origin]:
    return [Origin(key, told.registry[key].source_class) for key in told.registry.ordered(sources)]


def of_pair(told: Told, pair: Misattribution, speech: Speech) -> Finding:
    """Words given to two speakers: the likely original first."""
    from dualuse.questions.parts.ledger import days

    original = pair.original
    on = days(original.earliest, original.latest)
    who = told.organisation(original.organisation)
    why = phrase("settled.same_words", who=who, day=on, why=pair.why)
    return Finding(
        kind="misattribution",
        subject=_pair_subject(told, pair, speech),
        attribute="attributed-to",
        values=[_speaker(told, words, speech) for words in (original, pair.other)],
        law=None,
        assessment=Verdict("differs", why),
        likely_original=Original(original.organisation, on, original.key),
        words=original.text,
        receipt=told.registry.address(original.sources),
    )


def _pair_subject(told: Told, pair: Misattribution, speech: Speech) -> str:
    for words in (pair.original, pair.other):
        name, of_claim = words.key.key, words.key.kind == "claim"
        found = (told.ledger.claims[name].instrument,) if of_claim else speech.statements[name].instruments
        if found and found[0]:
            return found[0]
    return ""


def _record(told: Told, words: Words, speech: Speech) -> Claim | Statement:
    """The claim or statement that gives words to somebody."""
    key = words.key.key
    return told.ledger.claims[key] if words.key.kind == "claim" else speech.statements[key]


def _speaker(told: Told, words: Words, speech: Speech) -> Speaker:
    from dualuse.questions.parts.ledger import days
    from dualuse.questions.parts.twice import sentence_of

    kind, key = words.key.kind, words.key.key
    claims = [claim.key for claim in sentence_of(told, words)]
    return Speaker(
        value=told.voice(words.organisation, _record(told, words, speech).speaker),
        claims=claims,
        statements=[key] if kind == "statement" else [],
        date=days(words.earliest, words.latest),
        wording=words.wording,
        sources=_origins(told, words.sources),
        texts={claim: told.texts[claim] for claim in claims if claim in told.texts} or None,
    )


def cluster_receipts(told: Told, cluster: Cluster) -> Iterator[Receipt]:
    """What a cluster rests on: the law first, then each claim."""
    settled, law = cluster.settlement, cluster.law
    if settled is not None and law is not None:
        name = Named.of({("claim-attribute", settled.attribute): settled.attribute.replace("-", " ")})
        text = phrase("settled.attribute", attribute=name, value=law.value)
        if law.arithmetic:
            text = phrase("settled.attribute_sum", attribute=name, value=law.value, arithmetic=law.arithmetic)
        source = told.registry.address(settled.sources)
        yield Receipt(settled.node.iri, text, law.provision, source, settled.confidence)
    for claim in cluster.claims:
        yield told.receipt(claim)


def pair_receipts(told: Told, pair: Misattribution, speech: Speech) -> Iterator[Receipt]:
    """What a finding of two speakers rests on: who gives the words, and the rest of the sentence they stand in."""
    from dualuse.questions.parts.ledger import days
    from dualuse.questions.parts.twice import sentence_of

    for words in (pair.original, pair.other):
        record = _record(told, words, speech)
        on = days(words.earliest, words.latest)
        who = told.voice(words.organisation, record.speaker)
        text = phrase("settled.given", day=on, who=who, wording=words.wording)
        yield told.registry.receipt(record, text, "")
        yield from (told.receipt(claim) for claim in sentence_of(told, words) if claim.node != words.key)
