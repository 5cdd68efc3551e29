"""Every claim of the record, for a page: who claims what, what the law or the record gives, and how the two compare."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from dualuse.claims.ledger import ABOUT, read_ledger
from dualuse.claims.settle import Assessment, assess
from dualuse.claims.settlements import read_law, read_settlements
from dualuse.node import Node

if TYPE_CHECKING:
    from datetime import date

    from dualuse.knowledge import Knowledge
    from dualuse.model.claims import Claim

CLAIM_FIELDS = (
    *("key", "gloss", "claimant", "nodes", "through", "first", "last", "modality", "affirmed"),
    *("subject", "instrument", "attribute", "value", "outcome", "held", "warning", "sources"),
)
"""What the page has of a claim, a column each; ``held`` numbers what the claim is held against."""
GIVES_FIELDS = ("value", "provision", "arithmetic", "why")
"""Order of what the law or the record gives to a claim that is held against it."""
TEXTS = ("gloss", "claimant", "through", "subject", "value", "warning", "gives")
"""Columns of English texts."""

Claimed = dict[str, Any]


def read_claimed(knowledge: Knowledge, day: date, about: Node | None) -> Claimed:
    """The claims of a day or earlier, as the card of ``dualuse claims`` has them, with what settles them.

    Args:
        knowledge: The graph.
        day: Day by which a claim can have been written.
        about: What they are about; None for anything.

    Returns:
        ``CLAIM_FIELDS`` as columns, and ``gives``: what claims are held against, in the order of ``GIVES_FIELDS``.
        Nothing where nothing is claimed, or where nothing is claimed of such a thing.
    """
    if about is not None and about.kind not in ABOUT:
        return {}
    card = knowledge.claims(about=None if about is None else about.key, as_of=day)
    ledger = read_ledger(knowledge.store)
    settlements, law = read_settlements(knowledge.store), read_law(knowledge.store)
    gives: dict[str, tuple[int, list[Any]]] = {}
    rows = []
    for row in card.answer.claims:
        claim = ledger.claims[row.claim]
        settlement = settlements.get((claim.instrument, claim.attribute))
        assessed = None if settlement is None else assess(claim, settlement, law)
        held = -1 if assessed is None else _number(gives, assessed)
        rows.append(_row(row, claim, ledger.passage(claim).days, held))
    if not rows:
        return {}
    columns = {name: [row[name] for row in rows] for name in CLAIM_FIELDS}
    return {**columns, "gives": [told for _, told in gives.values()]}


def texts_of(claimed: Claimed) -> Iterator[object]:
    """English texts of the record that the page says with the claims."""
    yield from (claimed.get(name, ()) for name in TEXTS)


def _row(row: Any, claim: Claim, days: tuple[date, date], held: int) -> dict[str, Any]:
    """What the page has of a claim, by name."""
    through = dict.fromkeys((row.reporter, row.outlet))
    return {
        **{name: getattr(row, name) for name in ("gloss", "claimant", "subject", "value", "modality", "attribute")},
        "key": row.claim,
        "nodes": list(claim.claimants),
        "through": [name for name in through if name not in (None, "", row.claimant)],
        "first": days[0].isoformat(),
        "last": days[1].isoformat(),
        "affirmed": int(claim.affirmed),
        "instrument": Node("instrument", claim.instrument) if claim.instrument else "",
        "outcome": row.law or "",
        "held": held,
        "warning": row.warning or "",
        "sources": list(claim.sources),
    }


def _number(gives: dict[str, tuple[int, list[Any]]], assessed: Assessment) -> int:
    """Number of what a claim is held against."""
    law = assessed.law
    why = "" if assessed.why == law.value else assessed.why
    number, _ = gives.setdefault(repr((law, why)), (len(gives), [law.value, law.provision, law.arithmetic, why]))
    return number
