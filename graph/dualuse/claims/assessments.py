"""Hold every claim against the law, and claims against one another, as triples."""

from __future__ import annotations

from collections.abc import Iterator

from dualuse.claims.cluster import clusters, opposed
from dualuse.claims.ledger import read_ledger
from dualuse.claims.settle import assess
from dualuse.claims.settlements import read_law, read_settlements
from dualuse.model.base import Around
from dualuse.model.derived import Assessment
from dualuse.model.triples import Triples
from dualuse.model.write import write
from dualuse.store.base import Store


def assessments(store: Store) -> Iterator[Triples]:
    """What is assessed, and which claims conflict; for the graph ``inferred``, after its rules."""
    claims = list(read_ledger(store).claims.values())
    settlements, law = read_settlements(store), read_law(store)
    for claim in claims:
        settled = settlements.get((claim.instrument, claim.attribute))
        found = None if settled is None else assess(claim, settled, law)
        if settled is None or found is None:
            continue
        made = Assessment(
            claim=claim.key,
            settlement=settled.key,
            result=found.result,
            law=found.law.value,
            arithmetic=found.law.arithmetic or None,
            why=found.why,
        )
        yield from write(made, Around(claim.key))
    pairs = {pair for cluster in clusters(claims, settlements, law) for pair in opposed(cluster)}
    for one, other in sorted(pairs | {(other, one) for one, other in pairs}):
        node = Triples("claim", one)
        node.link("du:conflictsWith", "claim", other)
        yield node
