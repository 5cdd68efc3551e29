"""A reading held against the record and the law as rows: passage, what is said, the law, and receipts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dualuse.card import Receipt, aside, optional
from dualuse.namespaces import thing
from dualuse.questions.parts.readings import Placed
from dualuse.questions.parts.readings import claims as claim_rows
from dualuse.questions.parts.readings import relations as relation_rows
from dualuse.questions.parts.readings import statements as statement_rows
from dualuse.said import Named, Phrase, phrase, same

if TYPE_CHECKING:
    from dualuse.knowledge import Knowledge
    from dualuse.news.against.record import Finding, Record
    from dualuse.news.reading import Reading
    from dualuse.node import Node
    from dualuse.questions.parts.readings import ClaimRow, RelationRow, StatementRow


@dataclass(frozen=True, kw_only=True)
class Compared(Placed):
    """A candidate, and what it is to the record and to the law."""

    candidate: str
    verdict: str
    text: str
    words: str
    said: str
    by: str | None
    modality: str | None = optional()
    confidence: str
    instrument: str | None
    law: str | None
    law_says: str | None
    provision: str | None
    arithmetic: str | None = optional()
    between: str
    same: Sequence[str]
    other: Sequence[str]
    receipts: Sequence[int]
    names: dict[str, str] = aside()

    def seen(self) -> dict[str, Any]:
        """What fits a line: the verdict, what is said in which words, and what of the law or the record tells it."""
        return {
            "verdict": self.verdict,
            "passage": self.passage,
            "words": _cut(self.words),
            "said": self.said,
            "by": self.by,
            "against": self.told,
            "confidence": self.confidence,
        }

    @property
    def told(self) -> str:
        """What the law says where it decides; else what the record says; else what stands between."""
        if self.law in _DECIDED.get(self.verdict, ()):
            return phrase("settled.law", parts=self.law_says or "", where=self.provision or "")
        found = [self.names[node] for node in (self.other if self.verdict == "contradicts" else self.same)]
        if self.verdict not in ("contradicts", "agrees") or not found:
            return self.between
        told = Phrase.listed(found[:_NAMED], between="; ", han="；")
        return phrase("against.more", told=told, n=len(found) - _NAMED) if len(found) > _NAMED else told


_NAMED, _LONG = 1, 40
_DECIDED = {"contradicts": ("differs",), "agrees": ("agrees",)}
"""Verdict -> how the law stands to it where the law decides."""
VERDICTS = ("contradicts", "new", "agrees", "cannot tell")
"""Verdicts, what a reader looks at first in front."""


def compared(
    knowledge: Knowledge, record: Record, readings: Sequence[Reading]
) -> tuple[list[Compared], dict[str, int], list[Receipt]]:
    """Candidates of readings held against the record, by verdict; how many have which; and what the rows rest on."""
    maker = _Maker(knowledge, record)
    rows = [row for reading in readings for row in maker.rows(reading)]
    rows.sort(key=lambda row: (VERDICTS.index(row.verdict), row.file, row.passage, row.start, row.end, row.said))
    counted = Counter(row.verdict for row in rows)
    return rows, {verdict: counted[verdict] for verdict in VERDICTS}, list(maker.receipts)


class _Maker:
    """Makes rows, and gathers the receipts that they name by number."""

    def __init__(self, knowledge: Knowledge, record: Record) -> None:
        self._knowledge = knowledge
        self._record = record
        self._ties = {tie.node: tie for tie in record.ties}
        self.receipts: dict[Receipt, int] = {}

    def rows(self, reading: Reading) -> Iterator[Compared]:
        """Rows of a reading."""
        from dualuse.news.against.claims import claim_findings
        from dualuse.news.against.sides import statement_findings
        from dualuse.news.against.ties import tie_findings

        record = self._record
        for claim, found in zip(claim_rows(reading), claim_findings(reading, record), strict=True):
            who = (("person", claim.speaker), ("organisation", claim.claimant), ("", claim.claimant_label))
            by = next((self._name(kind, key) for kind, key in who if key), None)
            yield self._row(reading, claim, found, "claim", self._claimed(claim), by, claim.instrument)
        statements = statement_findings(reading.statements, record)
        for statement, found in zip(statement_rows(reading), statements, strict=True):
            about = ", ".join(statement.instruments or ()) or None
            voices = (("person", statement.speaker), ("organisation", statement.organisation))
            people = [self._name(kind, key) for kind, key in voices if key]
            stance, voice = _valued("stance", statement.stance), Phrase.listed(people) or None
            yield self._row(reading, statement, found, "statement", stance, voice, about)
        ties = tie_findings(reading.relations, record, reading.written)
        for tie, found in zip(relation_rows(reading), ties, strict=True):
            kind = phrase(f"against.kind-{tie.kind}")
            said = phrase("against.tie", one=tie.from_label, kind=kind, other=tie.to_label)
            by = self._name("organisation", tie.claimant) if tie.claimant else None
            yield self._row(reading, tie, found, "relation", said, by, None)

    def _row(
        self,
        reading: Reading,
        row: ClaimRow | StatementRow | RelationRow,
        found: Finding,
        candidate: str,
        said: str,
        by: str | None,
        about: str | None,
    ) -> Compared:
        told = (*found.other, *found.same)
        numbers = [*self._law(found), *(self._number(self._receipt(node)) for node in told)]
        law = found.assessment
        return Compared(
            file=row.file,
            passage=row.passage,
            start=row.start,
            end=row.end,
            candidate=candidate,
            verdict=found.verdict,
            words=row.words,
            said=said,
            by=by,
            modality=getattr(row, "modality", None),
            confidence=row.confidence,
            instrument=about,
            law=None if law is None else law.result,
            law_says=None if law is None else law.law.value,
            provision=None if law is None else law.law.provision,
            arithmetic=None if law is None else law.law.arithmetic or None,
            between=found.between,
            same=[str(node) for node in found.same],
            other=[str(node) for node in found.other],
            text=reading.passages[row.passage].text,
            receipts=list(dict.fromkeys(numbers)),
            names={str(node): self._told(node) for node in told},
        )

    def _number(self, receipt: Receipt) -> int:
        return self.receipts.setdefault(receipt, len(self.receipts) + 1)

    def _law(self, found: Finding) -> Iterator[int]:
        settled, held = found.settlement, found.assessment
        if settled is None or held is None:
            return
        form = "settled.attribute_sum" if held.law.arithmetic else "settled.attribute"
        name = Named.of({("claim-attribute", settled.attribute): settled.attribute.replace("-", " ")})
        sums = {"arithmetic": held.law.arithmetic} if held.law.arithmetic else {}
        text = phrase(form, attribute=name, value=held.law.value, **sums)
        source = self._knowledge.registry.address(settled.sources)
        own = self._record.settlements.get((settled.instrument, settled.attribute))
        fact = settled.node.iri if own is settled else thing("event", settled.key)
        yield self._number(Receipt(fact, text, held.law.provision, source, settled.confidence))

    def _receipt(self, node: Node) -> Receipt:
        """What a record says, and where it stands."""
        registry, record = self._knowledge.registry, self._record
        if node.kind == "claim":
            claim = record.ledger.claims[node.key]
            return registry.receipt(claim, phrase("dated.claim", where=same(claim.passage), told=claim.gloss), "")
        if node.kind == "statement":
            said = record.speech.statements[node.key]
            return registry.receipt(said, phrase("dated.told", day=str(said.date), told=said.summary), "")
        return registry.receipt(self._ties[node], self._knowledge.names.label(node.kind, node.key), "")

    def _name(self, kind: str, key: str) -> str:
        """Name of a thing, or the words that stand for it."""
        names = self._knowledge.names
        return names.label(kind, key) if (kind, key) in names.shown else key

    def _claimed(self, claim: ClaimRow) -> str:
        """A candidate claim in a few words."""
        party = self._name("organisation", claim.party) if claim.party else claim.person or ""
        places = Named.of({("place", place): place for place in claim.places or ()})
        about = Phrase.listed(filter(None, (party, places)), between=" ", han="、")
        put, value = claim.modality not in ("asserted", "denied"), claim.value or "—"
        return phrase(
            "against.claimed",
            attribute=_valued("claim-attribute", claim.attribute),
            about=phrase("against.of", about=about) if about else "",
            denied=phrase("against.not") if claim.polarity == "negated" else "",
            value=_valued("stance", value) if claim.attribute == "position" else value,
            put=phrase("against.put", modality=_valued("modality", claim.modality)) if put else "",
        )

    def _told(self, node: Node) -> str:
        """A record in a few words: who has what, and its key."""
        from dualuse.claims.values import shown

        record = self._record
        if node.kind == "claim":
            claim = record.ledger.claims[node.key]
            who = [self._knowledge.names.label(c.kind, c.key) for c in sorted(claim.claimants, reverse=True)]
            value = shown(claim) if claim.affirmed else phrase("settled.not", value=shown(claim))
            told = Phrase.listed(who) or claim.claimant_label or phrase("talk.own_voice")
            return phrase("against.has", value=value, who=told, key=same(node.key))
        if node.kind == "statement":
            said = record.speech.statements[node.key]
            return phrase(
                "against.stood", stance=_valued("stance", said.stance), day=str(said.date), key=same(node.key)
            )
        return node.key


def _valued(scheme: str, value: str) -> Named:
    """A value of a scheme by its key; in Chinese by its name."""
    return Named.of({(scheme, value): value})


def _cut(text: str) -> str:
    return f"{text[:_LONG]}…" if len(text) > _LONG else text
