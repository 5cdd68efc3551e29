"""Claims that cannot all hold, with what the law says; words given to two speakers; and what agrees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from dualuse.card import Card, Unknown, table, unique
from dualuse.node import Node
from dualuse.questions.parameters import AsOf, Opt
from dualuse.questions.parts.findings import Finding, cluster_receipts, of_cluster, of_pair, pair_receipts
from dualuse.questions.question import Question, asks, counts
from dualuse.said import phrase
from dualuse.show.words import Said

if TYPE_CHECKING:
    from dualuse.claims.cluster import Cluster
    from dualuse.claims.misattribution import Misattribution
    from dualuse.claims.speech import Speech
    from dualuse.knowledge import Knowledge
    from dualuse.questions.parts.ledger import Told


@dataclass(frozen=True)
class Conflicts:
    """What conflicts, the gravest kind first, and what agrees."""

    count: int
    conflicts: Sequence[Finding] = table()
    agreed: Sequence[Finding] = table()


def conflicts(
    knowledge: Knowledge,
    *,
    about: Annotated[
        str | None, Opt("Instrument, organisation, person, place or group by key or name.", metavar="THING")
    ] = None,
    sources: Annotated[
        Path | None, Opt("Folder with documents at hand: their passages are shown.", path="folder", exists=True)
    ] = None,
    as_of: AsOf = None,
) -> Card[Conflicts]:
    """List claims that cannot all hold, with what the law says, and words given to two speakers.

    Forecasts are settled by what happened and are not called contradictions.

    Args:
        sources: A folder of documents: their words are compared too, not only the few that the graph keeps.
        as_of: Only claims and statements that can be of this day or earlier.

    Raises:
        UnknownNameError: a name is not in the graph.
    """
    from dualuse.claims.cluster import KINDS, clusters
    from dualuse.claims.ledger import ABOUT
    from dualuse.claims.settlements import read_law, read_settlements
    from dualuse.claims.speech import read_speech
    from dualuse.questions.parts.ledger import CLAIMS_QUERY, read_told
    from dualuse.questions.parts.twice import given_twice

    day = knowledge.day(as_of)
    subject = None if about is None else knowledge.names.find_any(ABOUT, about)
    told, speech = read_told(knowledge, sources), read_speech(knowledge.store)
    claims = [claim for claim in told.ledger.claims.values() if told.ledger.passage(claim).date_from.earliest <= day]
    settlements, law = read_settlements(knowledge.store), read_law(knowledge.store)
    found = [c for c in clusters(claims, settlements, law) if subject is None or _cluster_is_about(c, *subject)]
    twice = [
        pair
        for pair in given_twice(told, claims, speech, day)
        if subject is None or _pair_is_about(pair, told, speech, *subject)
    ]
    rows = [of_cluster(told, cluster) for cluster in found if cluster.kind != "agreed"]
    rows += [of_pair(told, pair, speech) for pair in twice]
    receipts = [r for cluster in found for r in cluster_receipts(told, cluster)]
    receipts += [r for pair in twice for r in pair_receipts(told, pair, speech)]
    notes = dict.fromkeys(c.settlement.note for c in found if c.settlement is not None and c.settlement.note)
    return knowledge.card(
        question={"command": "conflicts", "about": None if subject is None else ":".join(subject)},
        as_of=day,
        answer=Conflicts(
            count=len(rows),
            conflicts=sorted(rows, key=lambda row: (KINDS.index(row.kind), row.attribute, row.subject)),
            agreed=[of_cluster(told, cluster) for cluster in found if cluster.kind == "agreed"],
        ),
        because=unique(receipts),
        unknown=(
            *(Unknown(note, phrase("talk.bears")) for note in notes),
            *told.excerpts.gaps([claim for row in rows for value in row.values for claim in value.claims]),
        ),
        query=CLAIMS_QUERY,
    )


def _cluster_is_about(cluster: Cluster, kind: str, key: str) -> bool:
    if kind == "instrument":
        return cluster.instrument == key
    if kind == "place" and key in cluster.subjects:
        return True
    return any(Node(kind, key) in claim.subjects and not claim.places for claim in cluster.claims)


def _pair_is_about(pair: Misattribution, told: Told, speech: Speech, kind: str, key: str) -> bool:
    """Whether words given to two speakers are about a thing, or were given to it."""
    from dualuse.questions.parts.ledger import is_about

    for words in (pair.original, pair.other):
        name = words.key.key
        if kind == "organisation" and words.organisation == key:
            return True
        if words.key.kind == "statement" and kind == "instrument" and key in speech.statements[name].instruments:
            return True
        if words.key.kind == "claim" and is_about(told.ledger.claims[name], kind, key):
            return True
    return False


_ASKED = {
    (): Said("Which claims cannot all hold?", "哪些說法彼此矛盾？", "哪些说法彼此矛盾？"),
    ("about",): Said(
        "Which claims about “{about}” cannot all hold?",
        "關於「{about}」的哪些說法彼此矛盾？",
        "关于“{about}”的哪些说法彼此矛盾？",
    ),
}
_CONFLICTS = Said("{n} conflicts", "{n} 處矛盾", "{n} 处矛盾")
_CONFLICT = Said("1 conflict", "1 處矛盾", "1 处矛盾")

QUESTION = Question(
    conflicts,
    asks(_ASKED),
    counts("count", _CONFLICT, _CONFLICTS),
    examples=("--about us-ai-diffusion-ifr-2025-01", "--format json"),
)
