"""Cards on claims: what conflicts with what and with the law, and whether pointers still hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from dualuse.answers.ledger import (
    cluster_is_about,
    cluster_receipts,
    cluster_row,
    document_receipt,
    gravest,
    pair_is_about,
    pair_receipts,
    pair_row,
    read_told,
    reading_row,
    words_of,
)
from dualuse.card import Card, Unknown, unique
from dualuse.claims.cluster import clusters
from dualuse.claims.ledger import NODES_QUERY, Ledger
from dualuse.claims.misattribution import misattributions
from dualuse.claims.pointers import Copy, Held, check, identify
from dualuse.claims.settlements import read_law, read_settlements
from dualuse.claims.speech import read_speech
from dualuse.errors import UsageError
from dualuse.knowledge import Knowledge

ABOUT = ("instrument", "organisation", "person", "place", "group")
_CLAIMS = NODES_QUERY.format(name="Claim")
_TOUCHED = ("drift", "missing", "moved", "ok")


def conflicts_card(
    knowledge: Knowledge, as_of: date, *, about: str | None = None, copies: Sequence[Copy] = ()
) -> Card[Any]:
    """Claims that cannot all hold, each cluster with what the law says; words given to two speakers; what agrees.

    Args:
        knowledge: The graph.
        as_of: Only claims and statements that can be of this day or earlier.
        about: An instrument, organisation, person, place or group by key or name.
        copies: Documents at hand: their words are compared too, not only the few that the graph keeps.

    Raises:
        UnknownNameError: a name is not in the graph.
    """
    told = read_told(knowledge)
    subject = knowledge.names.find_any(ABOUT, about) if about is not None else None
    claims = [claim for claim in told.ledger.claims.values() if claim.passage.date_from <= as_of]
    settlements, law = read_settlements(knowledge.store), read_law(knowledge.store)
    found = [c for c in clusters(claims, settlements, law) if subject is None or cluster_is_about(c, *subject)]
    texts = excerpts(told.ledger, copies)
    speech = read_speech(knowledge.store)
    twice = [
        pair
        for pair in misattributions(words_of(told, claims, speech, as_of, texts))
        if subject is None or pair_is_about(pair, told, speech, *subject)
    ]
    rows = [cluster_row(told, cluster, texts) for cluster in found if cluster.kind != "agreed"]
    rows += [pair_row(told, pair, speech) for pair in twice]
    agreed = [cluster_row(told, cluster, texts) for cluster in found if cluster.kind == "agreed"]
    receipts = [r for cluster in found for r in cluster_receipts(told, cluster)]
    receipts += [r for pair in twice for r in pair_receipts(told, pair, speech)]
    notes = dict.fromkeys(c.settlement.note for c in found if c.settlement is not None and c.settlement.note)
    return knowledge.card(
        question={"command": "conflicts", "about": None if subject is None else ":".join(subject)},
        as_of=as_of,
        lens="",
        answer={"count": len(rows), "conflicts": sorted(rows, key=gravest), "agreed": agreed},
        because=unique(receipts),
        unknown=tuple(Unknown(note, "it bears on how a claim is read") for note in notes),
        query=_CLAIMS,
        tables=("conflicts", "agreed"),
    )


def verify_card(knowledge: Knowledge, as_of: date, copies: Sequence[Copy], *, every: bool = True) -> Card[Any]:
    """Re-read the pointers of the documents that files are copies of.

    Args:
        knowledge: The graph.
        as_of: Day to print on the card.
        copies: The files.
        every: Whether claims whose pointer holds are listed too.

    Raises:
        UsageError: a file is no copy of any document in the graph.
    """
    told = read_told(knowledge)
    documents, rows, receipts = [], [], []
    total = dict.fromkeys(_TOUCHED, 0)
    for copy in copies:
        document, how = _identified(copy, told.ledger)
        readings = check(copy, document)
        counts = {status: sum(1 for r in readings if r.status == status) for status in _TOUCHED}
        total = {status: total[status] + counts[status] for status in _TOUCHED}
        documents.append(
            {"file": copy.name, "document": document.key, "told_by": how, "pointers": len(readings)} | counts
        )
        rows += [reading_row(told, copy, reading) for reading in readings if every or reading.status != "ok"]
        receipts.append(document_receipt(told, document, how, copy))
    rows.sort(key=lambda row: (_TOUCHED.index(row["status"]), row["file"], row["claim"]))
    return knowledge.card(
        question={"command": "verify", "files": [copy.name for copy in copies]},
        as_of=as_of,
        lens="",
        answer={"pointers": sum(total.values())} | total | {"documents": documents, "claims": rows},
        because=unique(receipts),
        unknown=(),
        query=_CLAIMS,
        tables=("documents", "claims"),
    )


def excerpts(ledger: Ledger, copies: Iterable[Copy]) -> dict[str, str]:
    """Spans of claims as they stand in files at hand; claims whose words are not found are left out."""
    found: dict[str, str] = {}
    for copy in copies:
        known = identify(copy, ledger.documents.values(), thorough=False)
        if known is not None:
            readings = check(copy, known[0])
            found |= {r.claim: r.text for r in readings if r.status in ("ok", "moved")}
    return found


def _identified(copy: Copy, ledger: Ledger) -> tuple[Held, str]:
    known = identify(copy, ledger.documents.values())
    if known is None:
        titles = ", ".join(sorted(ledger.documents)) or "none"
        raise UsageError(
            f"{copy.name}: neither its digest nor its name nor its words are those of a document in the graph; "
            f"known documents: {titles}"
        )
    return known
