"""Cards on claims: what conflicts with what and with the law, and whether pointers still hold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from dualuse.answers.ledger import (
    document_receipt,
    read_told,
    reading_row,
)
from dualuse.card import Card, unique
from dualuse.claims.ledger import NODES_QUERY, Ledger
from dualuse.claims.pointers import Copy, Held, check, identify
from dualuse.errors import UsageError
from dualuse.knowledge import Knowledge

_CLAIMS = NODES_QUERY.format(name="Claim")
_TOUCHED = ("drift", "missing", "moved", "ok")


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


def _identified(copy: Copy, ledger: Ledger) -> tuple[Held, str]:
    known = identify(copy, ledger.documents.values())
    if known is None:
        titles = ", ".join(sorted(ledger.documents)) or "none"
        raise UsageError(
            f"{copy.name}: neither its digest nor its name nor its words are those of a document in the graph; "
            f"known documents: {titles}"
        )
    return known
