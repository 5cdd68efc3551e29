"""Rows and receipts of the cards on claims: who claimed what, who passed it on, and how it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dualuse.card import Receipt
from dualuse.claims.cluster import KINDS, Cluster
from dualuse.claims.ledger import Claim, Ledger, read_ledger
from dualuse.claims.misattribution import Misattribution, Words
from dualuse.claims.pointers import Copy, Held, Reading
from dualuse.claims.speech import Speech, acts
from dualuse.claims.values import range_of, shown
from dualuse.knowledge import Knowledge
from dualuse.namespaces import thing
from dualuse.registry import Registry

_RESULTS = ("differs", "agrees-in-part", "not-decidable", "agrees")
"""Results of an assessment, the one that speaks for a whole cluster first."""
_SAID = {
    "contradiction": "the values exclude each other",
    "against-law": "the claims agree with one another, not with the law",
    "partial": "each tells a part of what the law says",
    "forecast": "foretold, and settled by what happened",
    "agreed": "borne out by the law",
}

Texts = Mapping[str, str]
"""Claim -> its span, as it stands in a document at hand."""


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


def is_about(claim: Claim, kind: str, key: str) -> bool:
    """Whether a claim is about a thing."""
    return claim.instrument == key if kind == "instrument" else f"{kind}:{key}" in claim.subjects


def cluster_is_about(cluster: Cluster, kind: str, key: str) -> bool:
    """Whether a cluster is about a thing."""
    if kind == "instrument":
        return cluster.instrument == key
    if kind == "place" and key in cluster.subjects:
        return True
    return any(f"{kind}:{key}" in claim.subjects and not claim.places for claim in cluster.claims)


def cluster_row(told: Told, cluster: Cluster, texts: Texts) -> dict[str, Any]:
    """A cluster as a row: its values, each with claims and sources, and what the law says."""
    results = [assessment.result for assessment in cluster.assessments.values()]
    result = min(results, key=_RESULTS.index, default="not-decidable")
    summary = f"; {cluster.settlement.summary}" if cluster.settlement is not None else ""
    law = None
    if cluster.law is not None:
        law = {
            "value": cluster.law.value,
            "provision": cluster.law.provision,
            "arithmetic": cluster.law.arithmetic or None,
        }
    return {
        "kind": cluster.kind,
        "subject": _cluster_subject(told, cluster),
        "attribute": cluster.attribute,
        "values": [_value_row(told, cluster, members, texts) for members in _by_value(cluster.claims)],
        "law": law,
        "assessment": {"result": result, "why": f"{_SAID[cluster.kind]}{summary}"},
    }


def _cluster_subject(told: Told, cluster: Cluster) -> str:
    if cluster.settlement is not None and cluster.claims[0].places:
        return "; ".join(told.name(f"place:{place}") for place in cluster.subjects)
    named = "; ".join(told.name(part) if ":" in part else part for part in cluster.subjects)
    return named or cluster.instrument


def _by_value(claims: Sequence[Claim]) -> list[list[Claim]]:
    """Claims by the value they show, the largest number first."""
    groups: dict[tuple[str, bool], list[Claim]] = {}
    for claim in claims:
        groups.setdefault((shown(claim), claim.affirmed), []).append(claim)
    return sorted(groups.values(), key=lambda members: (_least(members[0]), shown(members[0])))


def _least(claim: Claim) -> float:
    found = range_of(claim)
    return 0.0 if found is None else found.low


def _value_row(told: Told, cluster: Cluster, claims: Sequence[Claim], texts: Texts) -> dict[str, Any]:
    first = claims[0]
    results = sorted({cluster.assessments[c.key].result for c in claims if c.key in cluster.assessments})
    sources = told.registry.ordered(source for claim in claims for source in claim.sources)
    row: dict[str, Any] = {
        "value": shown(first) if first.affirmed else f"not {shown(first)}",
        "claims": [claim.key for claim in claims],
        "reports": len({claim.passage.report for claim in claims}),
        "modality": sorted({claim.modality for claim in claims}),
        "claimants": sorted({told.claimant(claim) for claim in claims}),
        "reporters": sorted({told.organisation(claim.reporter) or told.outlet(claim) for claim in claims}),
        "sources": [{"source": key, "class": told.registry[key].source_class} for key in sources],
        "law": " or ".join(results) or None,
    }
    shown_texts = {claim.key: texts[claim.key] for claim in claims if claim.key in texts}
    return row | ({"texts": shown_texts} if shown_texts else {})


def cluster_receipts(told: Told, cluster: Cluster) -> Iterator[Receipt]:
    """What a cluster rests on: the law first, then each claim."""
    settled, law = cluster.settlement, cluster.law
    if settled is not None and law is not None:
        arithmetic = f": {law.arithmetic}" if law.arithmetic else ""
        text = f"{settled.attribute.replace('-', ' ')}: {law.value}{arithmetic}"
        source = told.registry.address(settled.sources)
        yield Receipt(settled.iri, text, law.provision, source, settled.confidence)
    for claim in cluster.claims:
        yield told.receipt(claim)


def words_of(told: Told, claims: Iterable[Claim], speech: Speech, as_of: date, texts: Texts) -> Iterator[Words]:
    """Words given to organisations: quotations of statements, and spans of claims that are kept or at hand."""
    for act in acts(speech, speech.statements.values()):
        for statement in act.statements:
            if statement.quotation and statement.said.earliest <= as_of:
                yield Words(
                    key=f"statement:{statement.key}",
                    organisation=statement.organisation,
                    text=statement.quotation,
                    wording="quotation",
                    earliest=statement.said.earliest,
                    latest=statement.said.latest,
                    rank=_rank(told, statement.sources),
                    sources=statement.sources,
                    act=act.key,
                )
    for claim in claims:
        text = texts.get(claim.key, claim.quotation)
        if text and claim.organisation:
            yield Words(
                key=f"claim:{claim.key}",
                organisation=claim.organisation,
                text=text,
                wording="quotation" if claim.quoted else "reported",
                earliest=claim.passage.date_from,
                latest=claim.passage.date_to,
                rank=_rank(told, claim.sources),
                sources=claim.sources,
                act=claim.key,
            )


def _rank(told: Told, sources: Iterable[str]) -> int:
    best = told.registry.best(sources)
    return 99 if best is None else best.rank


def pair_is_about(pair: Misattribution, told: Told, speech: Speech, kind: str, key: str) -> bool:
    """Whether words given to two speakers are about a thing, or were given to it."""
    for words in (pair.original, pair.other):
        where, _, name = words.key.partition(":")
        if kind == "organisation" and words.organisation == key:
            return True
        if where == "statement" and kind == "instrument" and key in speech.statements[name].instruments:
            return True
        if where == "claim" and is_about(told.ledger.claims[name], kind, key):
            return True
    return False


def pair_row(told: Told, pair: Misattribution, speech: Speech) -> dict[str, Any]:
    """Words given to two speakers as a row: the likely original first."""
    original, other = pair.original, pair.other
    likely = f"{told.organisation(original.organisation)}, {_days(original.earliest, original.latest)}"
    why = f"the same words are given to two speakers; the likely original is {likely}: {pair.why}"
    return {
        "kind": "misattribution",
        "subject": _pair_subject(told, pair, speech),
        "attribute": "attributed-to",
        "values": [_words_row(told, words) for words in (original, other)],
        "law": None,
        "assessment": {"result": "differs", "why": why},
        "likely_original": {
            "organisation": original.organisation,
            "date": _days(original.earliest, original.latest),
            "key": original.key,
        },
        "words": original.text,
    }


def _pair_subject(told: Told, pair: Misattribution, speech: Speech) -> str:
    for words in (pair.original, pair.other):
        where, _, name = words.key.partition(":")
        found = speech.statements[name].instruments if where == "statement" else (told.ledger.claims[name].instrument,)
        if found and found[0]:
            return found[0]
    return ""


def _words_row(told: Told, words: Words) -> dict[str, Any]:
    kind, _, key = words.key.partition(":")
    sources = told.registry.ordered(words.sources)
    return {
        "value": told.organisation(words.organisation),
        "claims": [key] if kind == "claim" else [],
        "statements": [key] if kind == "statement" else [],
        "date": _days(words.earliest, words.latest),
        "wording": words.wording,
        "sources": [{"source": name, "class": told.registry[name].source_class} for name in sources],
    }


def pair_receipts(told: Told, pair: Misattribution, speech: Speech) -> Iterator[Receipt]:
    """What a finding of two speakers rests on."""
    for words in (pair.original, pair.other):
        kind, _, key = words.key.partition(":")
        confidence = speech.statements[key].confidence if kind == "statement" else told.ledger.claims[key].confidence
        text = (
            f"{_days(words.earliest, words.latest)}: given to {told.organisation(words.organisation)} ({words.wording})"
        )
        yield Receipt(thing(kind, key), text, "", told.registry.address(words.sources), confidence)


def gravest(row: Mapping[str, Any]) -> tuple[int, str, str]:
    """Sort key of findings: the gravest kind first, then by attribute and subject."""
    return KINDS.index(row["kind"]), row["attribute"], row["subject"]


def _days(first: date, last: date) -> str:
    return first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"
