"""Cards on claims: the ledger, what conflicts with what and with the law, and whether pointers still hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, get_args

from dualuse.answers.ledger import (
    claim_row,
    cluster_is_about,
    cluster_receipts,
    cluster_row,
    document_receipt,
    gravest,
    is_about,
    is_from,
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
from dualuse.claims.settle import assess
from dualuse.claims.settlements import read_law, read_settlements
from dualuse.claims.speech import read_speech
from dualuse.errors import UsageError
from dualuse.knowledge import Knowledge
from dualuse.model.values import ClaimAttribute
from dualuse.suggest import nearest

ABOUT = ("instrument", "organisation", "person", "place", "group")
SOURCES = ("document", "organisation", "person")
_CLAIMS = NODES_QUERY.format(name="Claim")
_TOUCHED = ("drift", "missing", "moved", "ok")


def claims_card(
    knowledge: Knowledge,
    as_of: date,
    *,
    about: str | None = None,
    source: str | None = None,
    modality: str | None = None,
    attribute: str | None = None,
    copies: Sequence[Copy] = (),
) -> Card[Any]:
    """The claims of the ledger, each with who made it, who passed it on, and how it stands against the law.

    Args:
        knowledge: The graph.
        as_of: Only claims that can have been written by this day.
        about: An instrument, organisation, person, place or group by key or name.
        source: A document, or an outlet, reporter or claimant.
        modality: A value of the scheme modality.
        attribute: A value of the scheme claim-attribute.
        copies: Documents at hand, from which passages are shown.

    Raises:
        UnknownNameError: a name is not in the graph.
        UsageError: no such attribute.
    """
    told = read_told(knowledge)
    subject = knowledge.names.find_any(ABOUT, about) if about is not None else None
    origin = knowledge.names.find_any(SOURCES, source) if source is not None else None
    wanted = None if attribute is None else _attribute(attribute)
    chosen = [
        claim
        for claim in told.ledger.claims.values()
        if claim.passage.date_from <= as_of
        and (subject is None or is_about(claim, *subject))
        and (origin is None or is_from(claim, *origin))
        and modality in (None, claim.modality)
        and wanted in (None, claim.attribute)
    ]
    texts = excerpts(told.ledger, copies)
    settlements, law = read_settlements(knowledge.store), read_law(knowledge.store)
    rows = []
    for claim in chosen:
        settled = settlements.get((claim.instrument, claim.attribute))
        rows.append(claim_row(told, claim, None if settled is None else assess(claim, settled, law), texts))
    gaps = [] if chosen else [Unknown("no claim in the ledger fits", "loosen --about, --source, --modality ...")]
    return knowledge.card(
        question={
            "command": "claims",
            "about": None if subject is None else ":".join(subject),
            "source": None if origin is None else ":".join(origin),
            "modality": modality,
            "attribute": wanted,
        },
        as_of=as_of,
        lens="",
        answer={
            "count": len(rows),
            "reports": len({claim.passage.report for claim in chosen}),
            "claims": rows,
        },
        because=unique(told.receipt(claim) for claim in chosen),
        unknown=tuple(gaps),
        query=_CLAIMS,
        tables=("claims",),
    )


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


def _attribute(name: str) -> str:
    known = get_args(ClaimAttribute)
    if name not in known:
        close = nearest(name, known, 3)
        raise UsageError(f"no attribute {name!r}; nearest: {', '.join(close) or ', '.join(known)}")
    return name
