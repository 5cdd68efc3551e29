"""Documents, passages, claims, what settles them, and what acts and voices do in law, as triples."""

from __future__ import annotations

from collections.abc import Iterator

from dualuse.assemble.law import receipt
from dualuse.assemble.node import Node, iri, literal
from dualuse.claims.cluster import clusters, opposed
from dualuse.claims.ledger import read_ledger
from dualuse.claims.settle import assess
from dualuse.claims.settlements import read_law, read_settlements
from dualuse.namespaces import thing
from dualuse.records.claims import Claim, Document, LegalEffect, Passage, Settlement
from dualuse.store.base import Store


def _count(node: Node, predicate: str, number: int | None) -> None:
    if number is not None:
        node.add(predicate, literal(str(number), datatype="integer"))


def document(key: str, record: Document) -> Iterator[Node]:
    """A text that claims point into."""
    node = Node("document", key, "du:Document")
    node.text("dct:title", record.title, "en")
    node.text("rdfs:label", record.title, "en")
    node.texts("skos:altLabel", record.file_names)
    node.link("prov:wasAttributedTo", "organisation", record.publisher)
    node.text("dct:language", record.language)
    node.partial("dct:issued", record.date)
    node.text("du:textSha256", record.sha256)
    _count(node, "du:length", record.length)
    receipt(node, record)
    yield node


def passage(key: str, record: Passage) -> Iterator[Node]:
    """A passage of a document."""
    node = Node("passage", key, "du:Passage")
    node.text("rdfs:label", f"{record.document}, passage {record.number}", "en")
    node.link("dct:isPartOf", "document", record.document)
    _count(node, "du:number", record.number)
    _count(node, "du:length", record.length)
    node.text("du:textSha256", record.sha256)
    node.text("du:foldedSha256", record.folded_sha256)
    node.text("du:passageKind", record.kind)
    node.link("prov:wasAttributedTo", "organisation", record.outlet)
    node.text("du:outletLabel", record.outlet_label, "en")
    node.day("du:earliest", record.date_from.earliest)
    node.day("du:latest", record.date_to.latest)
    node.link("du:sameReportAs", "passage", record.same_report)
    node.truth("du:truncated", record.truncated)
    receipt(node, record)
    yield node


def claim(key: str, record: Claim) -> Iterator[Node]:
    """What one span asserts."""
    node = Node("claim", key, "du:Claim")
    node.text("rdfs:label", f"{record.attribute.replace('-', ' ')}: {record.value}", "en")
    node.text("dct:description", record.gloss, "en")
    node.link("du:passage", "passage", record.passage)
    _count(node, "du:start", record.start)
    _count(node, "du:end", record.end)
    node.text("du:textSha256", record.span_sha256)
    node.text("du:foldedSha256", record.folded_sha256)
    _count(node, "du:foldedLength", record.folded_length)
    node.text("du:quotation", record.quotation)
    node.link("du:attribute", "claim-attribute", record.attribute)
    _subject(node, record)
    node.text("du:value", record.value)
    node.number("du:valueMin", record.value_min)
    node.number("du:valueMax", record.value_max)
    node.text("du:unit", record.unit)
    node.text("du:qualifier", record.qualifier, "en")
    node.partial("du:validOn", record.valid_on)
    node.link("du:modality", "modality", record.modality)
    node.truth("du:affirmed", "yes" if record.polarity == "affirmed" else "no")
    node.truth("du:quoted", record.quoted)
    node.link("prov:wasAttributedTo", "organisation", record.claimant)
    node.link("prov:wasAttributedTo", "person", record.speaker)
    node.text("du:claimantLabel", record.claimant_label, "en")
    node.link("du:reportedBy", "organisation", record.reporter)
    receipt(node, record)
    yield node


def _subject(node: Node, record: Claim) -> None:
    """Link a claim to what it is about; to the instrument itself where it says nothing narrower."""
    node.link("du:onInstrument", "instrument", record.instrument)
    node.link("du:subject", "organisation", record.party)
    node.links("du:subject", "place", record.places)
    node.link("du:subject", "group", record.group)
    node.text("du:subjectLabel", record.subject_label, "en")
    if not (record.party or record.places or record.group or record.subject_label):
        node.link("du:subject", "instrument", record.instrument)


def settlement(key: str, record: Settlement) -> Iterator[Node]:
    """Which value the law gives to an attribute."""
    node = Node("settlement", key, "du:Settlement")
    node.text("rdfs:label", f"{record.attribute.replace('-', ' ')} of {record.instrument}", "en")
    node.text("dct:description", record.summary, "en")
    node.link("du:attribute", "claim-attribute", record.attribute)
    node.link("du:onInstrument", "instrument", record.instrument)
    node.text("du:calculation", record.calculation)
    node.day("du:dayOfLaw", record.day.earliest)
    _count(node, "du:number", record.number)
    node.links("du:input", "group", record.groups)
    node.links("du:input", "place", record.less)
    node.links("du:input", "measure", record.measures)
    node.links("du:input", "product", record.products)
    node.link("du:readsEventKind", "event-kind", record.event_kind)
    node.link("du:input", "instrument", record.events_of)
    for divisor in record.divisors:
        node.number("du:divisor", float(divisor))
    for predicate, values in (("holds", record.holds), ("holdsInPart", record.part), ("fails", record.fails)):
        for value in values:
            node.text(f"du:{predicate}", value)
    node.links("du:basedOn", "provision", record.provisions)
    receipt(node, record)
    yield node


def legal_effect(key: str, record: LegalEffect) -> Iterator[Node]:
    """What a kind of act, or of voice, does in law."""
    node = Node("legal-effect", key, "du:LegalEffect")
    node.text("rdfs:label", key.replace("-", " "), "en")
    node.text("dct:description", record.summary, "en")
    node.link("du:inLegalOrder", "place", record.place)
    node.link("du:ofInstrumentKind", "instrument-kind", record.instrument_kind)
    node.link("du:ofOrganisationType", "organisation-type", record.organisation_type)
    for word in record.words:
        node.text("du:voiceWord", word)
    node.text("du:legalForce", record.force)
    receipt(node, record)
    yield node


def assessments(store: Store) -> Iterator[Node]:
    """Hold every claim against the law, and claims against one another; for the graph ``inferred``, after its rules."""
    claims = list(read_ledger(store).claims.values())
    settlements, law = read_settlements(store), read_law(store)
    for claim in claims:
        settled = settlements.get((claim.instrument, claim.attribute))
        found = None if settled is None else assess(claim, settled, law)
        if settled is None or found is None:
            continue
        node = Node("assessment", claim.key, "du:Assessment")
        node.text("rdfs:label", f"{claim.key} {found.result.replace('-', ' ')}", "en")
        node.link("du:assesses", "claim", claim.key)
        node.link("du:settledBy", "settlement", settled.key)
        node.link("du:assessmentResult", "assessment-result", found.result)
        node.text("du:lawValue", found.law.value)
        node.text("du:arithmetic", found.law.arithmetic or None)
        node.text("dct:description", found.why, "en")
        node.add("prov:wasDerivedFrom", iri(claim.iri))
        node.add("prov:wasDerivedFrom", iri(settled.iri))
        yield node
    pairs = {pair for cluster in clusters(claims, settlements, law) for pair in opposed(cluster)}
    for one, other in sorted(pairs | {(other, one) for one, other in pairs}):
        node = Node("claim", one)
        node.add("du:conflictsWith", iri(thing("claim", other)))
        yield node
