"""The claim ledger as the graph holds it: claims, the passages that make them, the documents they stand in."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from dualuse.claims.pointers import Held, Pointer
from dualuse.errors import StoreError
from dualuse.model.claims import Claim, Document, Passage
from dualuse.model.read import read
from dualuse.store.base import Store

ABOUT = ("instrument", "organisation", "person", "place", "group")
"""Kinds of thing that a claim can be about."""


@dataclass(frozen=True)
class Ledger:
    """All claims by key, passages by key, and documents with their pointers."""

    claims: dict[str, Claim]
    passages: dict[str, Passage]
    documents: dict[str, Held]

    def passage(self, claim: Claim) -> Passage:
        """The passage that makes a claim."""
        return self.passages[claim.passage]


def read_ledger(store: Store) -> Ledger:
    """Read the claim ledger, each part sorted by key.

    Raises:
        StoreError: a claim is of no passage that is there.
    """
    passages = {passage.key: passage for passage in read(store, Passage)}
    claims = {claim.key: claim for claim in read(store, Claim)}
    pointers: dict[str, list[Pointer]] = defaultdict(list)
    for claim in claims.values():
        if claim.passage not in passages:
            message = f"{claim.node.iri} is of a passage that is not there, {claim.passage!r}"
            raise StoreError(f"{store.location}: {message}. Build the graph again: dualuse build")
        passage = passages[claim.passage]
        pointers[passage.document].append(_pointer(claim, passage.number))
    spans: dict[str, dict[int, tuple[str, str]]] = defaultdict(dict)
    for passage in passages.values():
        spans[passage.document][passage.number] = passage.sha256, passage.folded_sha256
    documents = {
        document.node.key: Held(
            key=document.node.key,
            sha256=document.sha256,
            length=document.length,
            file_names=frozenset(document.file_names),
            passages=spans[document.node.key],
            pointers=tuple(sorted(pointers[document.node.key])),
        )
        for document in read(store, Document)
    }
    return Ledger(claims, passages, documents)


def _pointer(claim: Claim, number: int) -> Pointer:
    return Pointer(
        claim=claim.key,
        passage=number,
        start=claim.start,
        end=claim.end,
        sha256=claim.span_sha256,
        folded_sha256=claim.folded_sha256,
        folded_length=claim.folded_length,
    )
