"""The claim ledger as the graph holds it: claims, the passages that make them, the documents they stand in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import pyoxigraph as ox

from dualuse.claims.pointers import Held, Pointer
from dualuse.dates import PartialDate
from dualuse.namespaces import ID, split_thing
from dualuse.store.base import Store, Term, value

ABOUT = ("instrument", "organisation", "person", "place", "group")
"""Kinds of thing that a claim can be about."""
NODES_QUERY = """# Every property of every node of one class.
SELECT ?node ?property ?value WHERE {{ ?node a du:{name} ; ?property ?value }}"""


class Value(NamedTuple):
    """A value of a property: the kind and key of a thing of ours, or no kind and the text of anything else."""

    kind: str
    text: str


Node = Mapping[str, tuple[Value, ...]]
"""Property (local name) -> values, sorted."""


@dataclass(frozen=True)
class Passage:
    """A passage: where it stands, when and by whom it was written, and which report it carries."""

    key: str
    document: str
    number: int
    kind: str
    outlet: str
    outlet_label: str
    date_from: date
    date_to: date
    report: str
    truncated: bool


@dataclass(frozen=True)
class Claim:
    """A claim; parties and subjects are ``kind:key``, numbers None where it has none.

    ``claimants`` are the organisation and the person that claim it; both can be empty: then the passage says it in its
    own voice, or ``claimant_label`` says who.
    """

    key: str
    iri: str
    gloss: str
    attribute: str
    instrument: str
    subjects: tuple[str, ...]
    subject_label: str
    value: str
    low: float | None
    high: float | None
    unit: str
    qualifier: str
    valid_on: PartialDate | None
    modality: str
    affirmed: bool
    quoted: bool
    claimants: tuple[str, ...]
    claimant_label: str
    reporter: str
    quotation: str
    confidence: str
    sources: tuple[str, ...]
    note: str
    passage: Passage

    @property
    def organisation(self) -> str:
        """Key of the organisation that claims it, or an empty string."""
        return next((c.partition(":")[2] for c in self.claimants if c.startswith("organisation:")), "")

    @property
    def places(self) -> tuple[str, ...]:
        """Keys of the places it is about."""
        return tuple(subject.partition(":")[2] for subject in self.subjects if subject.startswith("place:"))


@dataclass(frozen=True)
class Ledger:
    """All claims by key, passages by key, and documents with their pointers."""

    claims: dict[str, Claim]
    passages: dict[str, Passage]
    documents: dict[str, Held]


def read_ledger(store: Store) -> Ledger:
    """Read the claim ledger, each part sorted by key."""
    passage_nodes = read_nodes(store, "Passage")
    passages = {key: _passage(key, node) for key, node in passage_nodes.items()}
    claim_nodes = read_nodes(store, "Claim")
    claims = {key: _claim(key, node, passages) for key, node in claim_nodes.items()}
    pointers: dict[str, list[Pointer]] = defaultdict(list)
    for key, node in claim_nodes.items():
        passage = claims[key].passage
        pointers[passage.document].append(_pointer(key, node, passage.number))
    spans: dict[str, dict[int, tuple[str, str]]] = defaultdict(dict)
    for key, node in passage_nodes.items():
        digests = one(node, "textSha256"), one(node, "foldedSha256")
        spans[passages[key].document][passages[key].number] = digests
    documents = {
        key: Held(
            key=key,
            sha256=one(node, "textSha256"),
            length=int(one(node, "length")),
            file_names=frozenset(several(node, "altLabel")),
            passages=spans[key],
            pointers=tuple(sorted(pointers[key])),
        )
        for key, node in read_nodes(store, "Document").items()
    }
    return Ledger(claims, passages, documents)


def read_nodes(store: Store, name: str) -> dict[str, Node]:
    """Nodes of a class by key: their properties by local name."""
    found: dict[str, dict[str, list[Value]]] = defaultdict(lambda: defaultdict(list))
    for row in store.select(NODES_QUERY.format(name=name)):
        key = split_thing(value(row, "node"))[1]
        found[key][_local(value(row, "property"))].append(_value(row["value"]))
    return {key: {name: tuple(sorted(values)) for name, values in sorted(found[key].items())} for key in sorted(found)}


def one(node: Node, name: str) -> str:
    """The value of a property, without the kind if it is a link, or an empty string."""
    values = node.get(name, ())
    return values[0].text if values else ""


def several(node: Node, name: str) -> tuple[str, ...]:
    """The values of a property, without kinds."""
    return tuple(found.text for found in node.get(name, ()))


def linked(node: Node, name: str) -> tuple[str, ...]:
    """The links of a property as ``kind:key``."""
    return tuple(f"{found.kind}:{found.text}" for found in node.get(name, ()) if found.kind)


def _local(iri: str) -> str:
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def _value(term: Term) -> Value:
    if isinstance(term, ox.NamedNode) and term.value.startswith(ID):
        return Value(*split_thing(term.value))
    return Value("", term.value)


def _number(node: Node, name: str) -> float | None:
    text = one(node, name)
    return float(text) if text else None


def _passage(key: str, node: Node) -> Passage:
    return Passage(
        key=key,
        document=one(node, "isPartOf"),
        number=int(one(node, "number")),
        kind=one(node, "passageKind"),
        outlet=one(node, "wasAttributedTo"),
        outlet_label=one(node, "outletLabel"),
        date_from=date.fromisoformat(one(node, "earliest")),
        date_to=date.fromisoformat(one(node, "latest")),
        report=one(node, "sameReportAs") or key,
        truncated=one(node, "truncated") == "true",
    )


def _claim(key: str, node: Node, passages: Mapping[str, Passage]) -> Claim:
    return Claim(
        key=key,
        iri=f"{ID}claim/{key}",
        gloss=one(node, "description"),
        attribute=one(node, "attribute"),
        instrument=one(node, "onInstrument"),
        subjects=linked(node, "subject"),
        subject_label=one(node, "subjectLabel"),
        value=one(node, "value"),
        low=_number(node, "valueMin"),
        high=_number(node, "valueMax"),
        unit=one(node, "unit"),
        qualifier=one(node, "qualifier"),
        valid_on=PartialDate(one(node, "validOn")) if one(node, "validOn") else None,
        modality=one(node, "modality"),
        affirmed=one(node, "affirmed") == "true",
        quoted=one(node, "quoted") == "true",
        claimants=linked(node, "wasAttributedTo"),
        claimant_label=one(node, "claimantLabel"),
        reporter=one(node, "reportedBy"),
        quotation=one(node, "quotation"),
        confidence=one(node, "confidence"),
        sources=several(node, "wasDerivedFrom"),
        note=one(node, "comment"),
        passage=passages[one(node, "passage")],
    )


def _pointer(key: str, node: Node, number: int) -> Pointer:
    return Pointer(
        claim=key,
        passage=number,
        start=int(one(node, "start")),
        end=int(one(node, "end")),
        sha256=one(node, "textSha256"),
        folded_sha256=one(node, "foldedSha256"),
        folded_length=int(one(node, "foldedLength")),
    )
