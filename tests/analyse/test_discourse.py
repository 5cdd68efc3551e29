"""Discourse networks: who argues alike and against whom, and how firm that is."""

from __future__ import annotations

from itertools import combinations
from typing import get_args

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dualuse.analyse import discourse as analysis
from dualuse.analyse.discourse import KINDS, NORMS, OPPOSITE, Taken, discourse_network, stance_graph, taken_in
from dualuse.analyse.structure import Plain
from dualuse.claims.speech import acts, read_speech
from dualuse.errors import UsageError
from dualuse.knowledge import Knowledge
from dualuse.model.values import SCHEMES
from dualuse.questions.structure import discourse

from .conftest import DAY, RULE

REPEAL = "us-ai-diffusion-rescission-2025-05"
SIDES = ("supports", "opposes", "concerned", "requests-change", "neutral")

DEBATE = [
    Taken("a", "X", "supports", "s1"),
    Taken("a", "Y", "supports", "s1"),
    Taken("b", "X", "supports", "s2"),
    Taken("b", "Y", "opposes", "s2"),
    Taken("b", "Z", "opposes", "s3"),
    Taken("c", "X", "opposes", "s4"),
    Taken("c", "Z", "opposes", "s4"),
    Taken("c", "Z", "opposes", "s5"),
    Taken("d", "X", "neutral", "s6"),
]
"""A debate of three, and one who takes no side. Worked by hand: a and b agree on X and not on Y, and so on."""

takes = st.lists(
    st.builds(
        Taken, st.sampled_from("abcd"), st.sampled_from("WXYZ"), st.sampled_from(SIDES), st.sampled_from("123456")
    ),
    max_size=24,
)


def network(taken: list[Taken], kind: str = "congruence", normalise: str = "none") -> Plain:
    return discourse_network(stance_graph(taken), kind, normalise)


def weights(taken: list[Taken], kind: str, normalise: str = "none") -> dict[str, float]:
    return {one + other: data["weight"] for one, other, data in network(taken, kind, normalise).edges(data=True)}


def by_matrix(taken: list[Taken], kind: str, normalise: str) -> dict[str, float]:
    """The same by the sums over all concepts and pairs of stances that the Discourse Network Analyzer takes."""
    told = {each[:3] for each in taken if each.stance != "neutral"}
    found: dict[str, float] = {}
    for one, other in combinations(sorted({speaker for speaker, _, _ in told}), 2):
        same = opposite = joint = alone = 0
        for concept in "WXYZ":
            for first in SIDES:
                has = (one, concept, first) in told
                joint += has and (other, concept, first) in told
                alone += has != ((other, concept, first) in told)
                for second in SIDES:
                    both = has and (other, concept, second) in told
                    same += both and first == second
                    opposite += both and OPPOSITE.get(first) == second
        norm = {"none": 1, "jaccard": joint + alone, "average": joint + alone / 2}[normalise]
        count = {"congruence": same, "conflict": opposite, "subtract": same - opposite}[kind]
        found |= {one + other: count / norm} if count else {}
    return found


def test_a_debate_worked_by_hand() -> None:
    assert weights(DEBATE, "congruence") == {"ab": 1, "bc": 1}
    assert weights(DEBATE, "conflict") == {"ab": 1, "ac": 1, "bc": 1}
    assert weights(DEBATE, "subtract") == {"ac": -1}
    assert weights(DEBATE, "congruence", "average") == {"ab": 1 / 2.5, "bc": 1 / 2.5}
    assert weights(DEBATE, "congruence", "jaccard") == {"ab": 1 / 4, "bc": 1 / 4}
    assert sorted(network(DEBATE)) == ["a", "b", "c"]


def test_a_tie_survives_what_it_does_not_hang_on() -> None:
    found = network([*DEBATE, Taken("b", "Z", "opposes", "s7")])
    assert found.edges["a", "b"]["hangs_on"] == ("s1", "s2")
    assert found.edges["b", "c"]["hangs_on"] == ()
    assert found.edges["b", "c"]["statements"] == ("s2", "s3", "s4", "s5", "s7")
    assert (found.edges["b", "c"]["low"], found.edges["b", "c"]["high"]) == (1, 1)
    assert (found.edges["a", "b"]["low"], found.edges["a", "b"]["high"]) == (0, 1)


def test_a_letter_left_out_is_left_out_for_all_who_signed_it() -> None:
    letter = [Taken("a", "X", "opposes", "s1"), Taken("b", "X", "opposes", "s1"), Taken("c", "X", "opposes", "s2")]
    found = network(letter)
    assert found.edges["a", "b"]["hangs_on"] == ("s1",)
    assert found.edges["a", "c"]["hangs_on"] == ("s1", "s2")


@given(takes, st.sampled_from(KINDS), st.sampled_from(NORMS))
def test_weights_are_those_of_the_matrix(taken: list[Taken], kind: str, normalise: str) -> None:
    assert weights(taken, kind, normalise) == pytest.approx(by_matrix(taken, kind, normalise))


@given(takes, st.sampled_from(KINDS), st.sampled_from(NORMS))
def test_intervals_are_those_of_leaving_out_each_statement(taken: list[Taken], kind: str, normalise: str) -> None:
    every = {each.statement for each in taken}
    without = {key: weights([t for t in taken if t.statement != key], kind, normalise) for key in every}
    for one, other, data in network(taken, kind, normalise).edges(data=True):
        each = {key: found.get(one + other, 0.0) for key, found in without.items()}
        assert (data["low"], data["high"]) == (
            pytest.approx(min(data["weight"], *each.values())),
            pytest.approx(max(data["weight"], *each.values())),
        )
        assert data["hangs_on"] == tuple(sorted(key for key, left in each.items() if left * data["weight"] <= 0))
        assert set(data["hangs_on"]) <= set(data["statements"])


@given(takes, st.permutations("abcd"), st.sampled_from(KINDS), st.sampled_from(NORMS))
def test_neither_order_nor_names_matter_and_nobody_is_tied_to_himself(
    taken: list[Taken], names: list[str], kind: str, normalise: str
) -> None:
    found = network(taken, kind, normalise)
    assert nx.number_of_selfloops(found) == 0
    called = dict(zip("abcd", names, strict=True))
    other = network([each._replace(speaker=called[each.speaker]) for each in reversed(taken)], kind, normalise)
    renamed = {frozenset((called[a], called[b])): data["weight"] for a, b, data in found.edges(data=True)}
    assert renamed == {frozenset((a, b)): data["weight"] for a, b, data in other.edges(data=True)}


@given(takes, st.sampled_from(KINDS), st.sampled_from(NORMS))
def test_stances_all_turned_round_change_no_tie(taken: list[Taken], kind: str, normalise: str) -> None:
    turned = [each._replace(stance=OPPOSITE.get(each.stance, each.stance)) for each in taken]
    assert weights(turned, kind, normalise) == weights(taken, kind, normalise)


def test_choices_are_those_of_the_question() -> None:
    assert get_args(discourse.Kind) == KINDS
    assert get_args(discourse.Concept) == analysis.CONCEPTS
    assert get_args(discourse.Normalise) == NORMS
    assert {*OPPOSITE, analysis.NO_SIDE} < set(SCHEMES["stance"]) == set(SIDES)


def test_a_stance_on_a_repeal_is_none_on_what_it_repeals(knowledge: Knowledge) -> None:
    speech = read_speech(knowledge.store)
    on_repeal = [each for each in speech.statements.values() if each.instruments == (REPEAL,)]
    taken = taken_in(acts(speech, on_repeal), speech, "measure")
    assert len(on_repeal) > 5
    assert {each.concept for each in taken} == {f"instrument:{REPEAL}"}
    assert knowledge.discourse(about=REPEAL, concept="measure").rows
    rows = knowledge.discourse(about=RULE, concept="measure").rows
    used = {statement for row in rows for statement in row["statements"]}
    assert used
    assert not used & {statement.node.key for statement in on_repeal}


def test_who_signs_a_letter_takes_its_stance_for_all_its_grounds(knowledge: Knowledge) -> None:
    rows = knowledge.discourse(about=RULE, as_of=DAY).rows
    (row,) = [row for row in rows if (row["id"], row["other_id"]) == ("organisation:nam", "organisation:semi")]
    grounds = ("leadership", "market access", "national security", "process and consultation")
    assert row["alike"] == [f"opposes {ground}" for ground in grounds]
    assert (row["weight"], row["survives"], row["hangs_on"]) == (1.0, False, ["st-028"])


def test_what_cannot_tie_is_told(knowledge: Knowledge) -> None:
    card = knowledge.discourse(about=RULE, start="2025-01-10", end="2025-01-20", as_of=DAY)
    told = {gap.what.partition(":")[0] for gap in card.unknown}
    assert "whether these lie in the window" in told
    used = {statement for row in card.rows for statement in row["statements"]}
    assert not used & {gap for each in card.unknown for gap in each.what.partition(": ")[2].split(", ")}
    every = knowledge.discourse(about=RULE, as_of=DAY)
    assert any(gap.what.startswith("whom 8 statements without a side would agree with") for gap in every.unknown)
    assert any("2 statements rests: st-013" in gap.what for gap in every.unknown)
    measure = knowledge.discourse(about=RULE, as_of=DAY, concept="measure")
    assert not any("rests" in gap.what for gap in measure.unknown)
    nobody = knowledge.discourse(about=RULE, end="2024-01-01")
    assert (nobody.plain["ties"], nobody.rows) == (0, [])
    assert nobody.unknown[-1].what == "who argues with whom"


def test_stances_asked_for_are_the_only_ones(knowledge: Knowledge) -> None:
    rows = knowledge.discourse(as_of=DAY, stance=("supports", "opposes")).rows
    positions = {position.split()[0] for row in rows for position in (*row["alike"], *row["against"])}
    assert positions == {"supports", "opposes"}
    conflict = knowledge.discourse(as_of=DAY, kind="conflict").rows
    assert len(conflict) > 20
    assert all(row["against"] for row in conflict)


def test_every_tie_has_receipts(knowledge: Knowledge) -> None:
    card = knowledge.discourse(as_of=DAY)
    told = {receipt.fact.rsplit("/", 1)[-1] for receipt in card.because}
    assert {statement for row in card.rows for statement in row["statements"]} <= told
    assert card.plain["ties"] == len(card.rows)
    assert card.plain["surviving"] == sum(row["survives"] for row in card.rows)
    assert 0 < card.plain["surviving"] < card.plain["ties"]


def test_a_window_that_runs_backwards_is_refused(knowledge: Knowledge) -> None:
    with pytest.raises(UsageError, match="--to 2025-01-01 is before --from 2025-02-01; swap them"):
        knowledge.discourse(start="2025-02-01", end="2025-01-01")
    with pytest.raises(UsageError, match="no norm 'cosine'; nearest: none"):
        knowledge.discourse(normalise="cosine")
