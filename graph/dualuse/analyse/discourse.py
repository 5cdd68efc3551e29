"""Who argues alike and who against whom: discourse networks of speakers.

Speakers are joined by the concepts on which they take the same stance (congruence) or opposite ones (conflict). What a
concept is, a measure with a ground or a measure alone, is for the caller to say; nothing here reads one from another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import networkx as nx

from dualuse.analyse.structure import Plain
from dualuse.claims.positions import given_grounds, holder

if TYPE_CHECKING:
    from dualuse.claims.speech import Act, Speech

    Stances = nx.MultiGraph[str]
else:
    Stances = nx.MultiGraph

KINDS = ("congruence", "conflict", "subtract")
"""What joins two speakers: what they agree on, what they oppose each other on, or the first less the second."""
CONCEPTS = ("ground", "measure")
"""What a stance is taken on: a measure for a ground, or the measure whatever the ground."""
NORMS = ("average", "jaccard", "none")
"""What a count is divided by: the mean number of positions of the two, the number of them together, or nothing."""
OPPOSITE = {"supports": "opposes", "opposes": "supports"}
"""Stances that stand against one another."""
NO_SIDE = "neutral"
"""The stance of who speaks and takes no side; it joins nobody."""

Held = Mapping[tuple[str, str], frozenset[str]]
"""Concept and stance -> the statements in which a speaker takes it."""


class Taken(NamedTuple):
    """A stance that a speaker takes on a concept in a statement."""

    speaker: str
    concept: str
    stance: str
    statement: str


@dataclass(frozen=True)
class Shared:
    """What two speakers have in common, and what parts them.

    Args:
        alike: Concepts with the stance that both take, sorted.
        against: Concepts with the stance of the first, where the other takes the opposite; sorted.
        weight: The count of one, the other or their difference, as normalised.
    """

    alike: tuple[tuple[str, str], ...]
    against: tuple[tuple[str, str], ...]
    weight: float


def stance_graph(taken: Iterable[Taken]) -> Stances:
    """Speakers and concepts: one edge for each stance of a speaker on a concept, however often it is taken.

    Args:
        taken: Stances; those of ``NO_SIDE`` are left out.

    Returns:
        Bipartite; node attribute ``side``, ``speaker`` or ``concept``; each edge has the stance as its key, and
        ``statements``, sorted.
    """
    found: dict[tuple[str, str, str], set[str]] = {}
    for speaker, concept, stance, statement in taken:
        if stance != NO_SIDE:
            found.setdefault((speaker, concept, stance), set()).add(statement)
    graph: Stances = nx.MultiGraph()
    for (speaker, concept, stance), statements in sorted(found.items()):
        graph.add_node(speaker, side="speaker")
        graph.add_node(concept, side="concept")
        graph.add_edge(speaker, concept, key=stance, statements=tuple(sorted(statements)))
    return graph


def discourse_network(graph: Stances, kind: str = "congruence", normalise: str = "average") -> Plain:
    """Speakers joined by what they agree on, or by what they oppose each other on.

    Args:
        graph: As :func:`stance_graph` makes it.
        kind: One of ``KINDS``: ``congruence`` counts concepts with the same stance, ``conflict`` those with opposite
            ones, ``subtract`` the first less the second.
        normalise: One of ``NORMS``: ``average`` divides by the mean number of positions (concept and stance) of the
            two; ``jaccard`` by the number of positions that either holds; ``none`` leaves the count.

    Returns:
        Every speaker; an edge where the weight is not 0, never from a speaker to itself. Edge attributes ``weight``,
        ``alike`` and ``against`` (tuples of concept and stance), ``low`` and ``high`` (the weight's ends if any one
        statement is left out, itself included), ``hangs_on`` (statements without which the edge is gone or of the
        other sign) and ``statements``. Nodes and edges in sorted order.

    Source:
        P. Leifeld, "Discourse Network Analysis: Policy Debates as Dynamic Networks", in The Oxford Handbook of
        Political Networks (2017); counts and norms as the Discourse Network Analyzer 3 has them for a qualifier of
        two values, each position of a speaker counted once.

    Example:
        >>> said = [Taken(*"axs1"), Taken(*"bxs2"), Taken(*"ays3")]
        >>> network = discourse_network(stance_graph(said), normalise="none")
        >>> [(one, other, data["weight"]) for one, other, data in network.edges(data=True)]
        [('a', 'b', 1.0)]
    """
    held = {node: _held(graph, node) for node in sorted(graph) if graph.nodes[node]["side"] == "speaker"}
    network: Plain = nx.Graph()
    network.add_nodes_from(held)
    for one, other in combinations(held, 2):
        if any(graph.has_edge(other, concept) for concept in graph[one]):
            shared = share(held[one], held[other], kind, normalise)
            if shared.weight:
                network.add_edge(one, other, **_edge(held[one], held[other], shared, kind, normalise))
    return network


def share(one: Held, other: Held, kind: str, normalise: str) -> Shared:
    """What two speakers have in common and what parts them, and the weight of it."""
    alike = tuple(sorted(one.keys() & other.keys()))
    against = tuple(sorted((concept, stance) for concept, stance in one if (concept, OPPOSITE.get(stance)) in other))
    counts = {"congruence": len(alike), "conflict": len(against), "subtract": len(alike) - len(against)}
    norms = {"average": (len(one) + len(other)) / 2, "jaccard": len(one.keys() | other.keys()), "none": 1}
    return Shared(alike, against, counts[kind] / norms[normalise] if counts[kind] else 0.0)


def taken_in(acts: Iterable[Act], speech: Speech, concept: str = "ground", about: str | None = None) -> list[Taken]:
    """The stances that speech acts take: one for each of their signers, measures and grounds.

    A stance on what repeals a measure is one on the repeal, and none on the measure.

    Args:
        acts: Speech acts; their keys stand for the statements.
        speech: Everything said.
        concept: One of ``CONCEPTS``. A statement that names no measure is about its topic; by ``ground``, one
            that gives no ground takes no stance on any.
        about: Key of the only measure that counts.
    """
    found = []
    for act in acts:
        for signer in act.signers:
            statement = act.of(signer)
            subjects = [f"instrument:{key}" for key in statement.instruments] or [f"topic:{statement.topic}"]
            if about is not None:
                subjects = [subject for subject in subjects if subject == f"instrument:{about}"]
            grounds = [f" {ground}" for ground in given_grounds(act, signer)] if concept == "ground" else [""]
            who = str(holder(act, signer, speech))
            found += [
                Taken(who, f"{subject}{ground}", statement.stance, act.key)
                for subject in subjects
                for ground in grounds
            ]
    return found


def _held(graph: Stances, speaker: str) -> Held:
    return {
        (concept, stance): frozenset(data["statements"])
        for _, concept, stance, data in graph.edges(speaker, keys=True, data=True)
    }


def _edge(one: Held, other: Held, shared: Shared, kind: str, normalise: str) -> dict[str, object]:
    """Attributes of an edge: what is shared, and what becomes of its weight without each statement."""
    both = (*one.values(), *other.values())
    without = {
        statement: share(_without(one, statement), _without(other, statement), kind, normalise).weight
        for statement in sorted(frozenset().union(*both))
    }
    weights = (shared.weight, *without.values())
    rests_on = {statement for concept, stance in shared.alike for statement in one[concept, stance]}
    rests_on |= {statement for concept, stance in shared.alike for statement in other[concept, stance]}
    for concept, stance in shared.against:
        rests_on |= one[concept, stance] | other[concept, OPPOSITE[stance]]
    return {
        "weight": shared.weight,
        "alike": shared.alike,
        "against": shared.against,
        "low": min(weights),
        "high": max(weights),
        "hangs_on": tuple(statement for statement, weight in without.items() if weight * shared.weight <= 0),
        "statements": tuple(sorted(rests_on)),
    }


def _without(held: Held, statement: str) -> Held:
    return {position: statements for position, statements in held.items() if statements != {statement}}
