"""Ties between parties, held against supplies, ownerships and sites on record."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from dualuse.model.relations import Operation, Ownership, Supply
from dualuse.news.against.record import Finding, Record, Tie
from dualuse.news.claims.candidates import Relation
from dualuse.node import Node
from dualuse.said import Named, phrase

_PERCENT = re.compile(r"(\d{1,3}(?:\.\d{1,4})?) ?(?:%|％|percent|per cent)")
_HELD = ("owns", "part-of")
"""Kinds of stake that are shares held."""


def tie_findings(relations: Sequence[Relation], record: Record, written: date | None) -> list[Finding]:
    """What each candidate tie is to the ties on record, in the same order."""
    return [_tie(relation, record, written) for relation in relations]


def _tie(relation: Relation, record: Record, written: date | None) -> Finding:
    ends = _ends(relation)
    for end, label in zip(ends, (relation.subject_label, relation.object_label), strict=True):
        if not _is_known(end, record):
            return Finding("cannot tell", phrase("against.unknown", name=label or end.key))
    found = [tie for tie in record.ties if _joins(tie, relation.kind, ends)]
    holding = found if written is None else [tie for tie in found if tie.span.on(written)]
    same = tuple(tie.node for tie in holding)
    if not found:
        turned = [tie for tie in record.ties if _joins(tie, relation.kind, (ends[1], ends[0]))]
        if turned:
            return Finding("cannot tell", phrase("against.turned"), other=_nodes(turned))
        return Finding("new", phrase("against.no_tie"))
    if not holding:
        return Finding("cannot tell", phrase("against.another_time"), other=_nodes(found))
    if not any(_is_firm(tie) for tie in holding):
        kinds = Named.of({_kind(tie): _kind(tie)[1] for tie in sorted(holding, key=_kind)})
        return Finding("cannot tell", phrase("against.another_kind", kinds=kinds), other=same)
    share = _share(relation)
    if share is not None and not any(_fits(tie, share) for tie in holding):
        return Finding("cannot tell", phrase("against.no_share"), other=same)
    return Finding("agrees", phrase("against.has_tie"), same=same)


def _ends(relation: Relation) -> tuple[Node, Node]:
    """Whom a tie runs from and to; what is bought runs from the seller."""
    last = "place" if relation.kind == "site" else "organisation"
    ends = Node("organisation", relation.subject), Node(last, relation.object)
    return (ends[1], ends[0]) if relation.kind == "buys" else ends


def _is_known(end: Node, record: Record) -> bool:
    if end.kind == "place":
        return end.key in record.law.places.memberships
    return record.speech.organisations.get(end.key) is not None


def _joins(tie: Tie, kind: str, ends: tuple[Node, Node]) -> bool:
    keys = ends[0].key, ends[1].key
    if isinstance(tie, Supply):
        return kind in ("supplies", "buys") and (tie.supplier, tie.customer) == keys
    if isinstance(tie, Ownership):
        return kind == "owns" and (tie.owner, tie.owned) == keys
    return kind == "site" and (tie.organisation, tie.place) == keys


def _kind(tie: Tie) -> tuple[str, str]:
    """The scheme and the key of what kind of tie it is."""
    if isinstance(tie, Operation):
        return "site-stage", tie.stage
    return "ownership-kind" if isinstance(tie, Ownership) else "supply-kind", tie.kind


def _is_firm(tie: Tie) -> bool:
    """Whether a tie is there, and not only agreed or planned."""
    if isinstance(tie, Ownership):
        return tie.kind in _HELD
    return not isinstance(tie, Operation) or tie.stage == "operating"


def _share(relation: Relation) -> float | None:
    found = _PERCENT.fullmatch(relation.share.strip())
    return None if found is None else float(found[1])


def _fits(tie: Tie, share: float) -> bool:
    """Whether a share is the one on record; true where none is."""
    if isinstance(tie, Operation) or tie.share_min is None or tie.share_max is None:
        return True
    return tie.share_min <= share <= tie.share_max


def _nodes(ties: Sequence[Tie]) -> tuple[Node, ...]:
    return tuple(tie.node for tie in ties)
