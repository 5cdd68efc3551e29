"""Properties on random small graphs: against brute force, across engines, monotone, and blind to names."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from itertools import chain, combinations, product

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from dualuse.ownership.outcome import Outcome, cascade, holdings
from dualuse.ownership.verdicts import RESULTS

Edge = tuple[str, str, int, int]
Shares = dict[tuple[str, str], int]
Sets = tuple[frozenset[str], frozenset[str]]

NAMES = "ABCDEF"
CORES = ["plain", *(name for name in ("numpy", "numba") if find_spec("numpy") and find_spec(name))]
RANK = {name: code for code, name in enumerate(RESULTS)}
THRESHOLD = 50

settings.register_profile("ownership", deadline=None, max_examples=40)
check = settings(settings.get_profile("ownership"))


@st.composite
def graphs(draw: st.DrawFn, most: int = 12, widest: int = 40, names: str = NAMES) -> list[Edge]:
    """Edges between a few parties, each pair once, shares in tens of percent."""
    pairs = draw(st.lists(st.tuples(*[st.sampled_from(names)] * 2), unique=True, max_size=most))
    edges = []
    for owner, owned in pairs:
        low = draw(st.integers(0, 8)) * 10
        high = min(100, low + draw(st.sampled_from(range(0, widest + 1, 10))))
        edges.append((owner, owned, low, high))
    return edges


def lists(names: str = NAMES) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(names), unique=True, max_size=2)


def load(edges: list[Edge], party: str) -> int:
    return sum(low for _, owned, low, _ in edges if owned == party)


def solve(edges: list[Edge], listed: list[str], core: str = "plain", doubtful: list[str] | None = None) -> Outcome:
    return cascade(holdings([(o, d, lo, hi) for o, d, lo, hi in edges]), listed, doubtful=doubtful or [], core=core)


def results(outcome: Outcome) -> dict[str, str]:
    return {outcome.names[n]: RESULTS[outcome.verdicts.codes[n]] for n in range(len(outcome.names))}


def completions(edges: list[Edge]) -> Iterator[Shares]:
    """Every way to fix the shares in steps of ten within their bounds, no party held beyond all."""
    choices = [range(low, high + 1, 10) for _, _, low, high in edges]
    for shares in product(*choices):
        found = {(owner, owned): share for (owner, owned, _, _), share in zip(edges, shares, strict=True)}
        if all(sum(s for (_, d), s in found.items() if d == party) <= 100 for party in NAMES):
            yield found


def brute_force(shares: Shares, listed: list[str]) -> Sets:
    """Least fixed point, and the union of all sets that hold themselves below a listed party: by trying all sets."""
    parties = sorted({party for pair in shares for party in pair} | set(listed))
    seeds = frozenset(listed)
    least, held = frozenset(parties), seeds
    for some in chain.from_iterable(combinations(parties, size) for size in range(len(parties) + 1)):
        chosen = frozenset(some)
        if not seeds <= chosen:
            continue
        supported = {
            p for p in parties if sum(s for (o, d), s in shares.items() if d == p and o in chosen) >= THRESHOLD
        }
        if supported <= chosen:
            least &= chosen
        if chosen - seeds <= supported and chosen <= reachable(shares, seeds, chosen):
            held |= chosen
    return least, held


def reachable(shares: Shares, seeds: frozenset[str], within: frozenset[str]) -> set[str]:
    found = set(seeds)
    while True:
        more = {d for (o, d), share in shares.items() if share and o in found and d in within} - found
        if not more:
            return found
        found |= more


@check
@given(graphs(widest=0), lists())
def test_exact_shares_against_every_set(edges: list[Edge], listed: list[str]) -> None:
    assume(all(load(edges, party) <= 100 for party in NAMES))
    least, held = brute_force({(o, d): low for o, d, low, _ in edges}, listed)
    for party, result in results(solve(edges, listed)).items():
        expected = "captured" if party in least else "ambiguous" if party in held else "clear"
        assert result == ("listed" if party in listed else expected)


@check
@example([("C", "B", 0, 10), ("A", "B", 20, 20), ("B", "B", 80, 80)], ["C"])
@given(graphs(most=6, widest=20, names="ABCD"), lists("ABCD"))
def test_bounds_against_every_completion(edges: list[Edge], listed: list[str]) -> None:
    assume(all(load(edges, party) <= 100 for party in NAMES))
    worlds = [brute_force(shares, listed) for shares in completions(edges)]
    always = frozenset.intersection(*(least for least, _ in worlds))
    ever = frozenset.union(*(least for least, _ in worlds))
    perhaps = frozenset.union(*(held for _, held in worlds))
    for party, result in results(solve(edges, listed)).items():
        expected = "captured" if party in always else "possible" if party in ever else "clear"
        if expected == "clear" and party in perhaps:
            expected = "ambiguous"
        assert result == ("listed" if party in listed else expected)


@check
@given(graphs(most=6, widest=20, names="ABCD"), lists("ABCD"))
def test_share_bounds_are_reached_and_never_passed(edges: list[Edge], listed: list[str]) -> None:
    assume(all(load(edges, party) <= 100 for party in NAMES))
    outcome = solve(edges, listed)
    worlds = [(shares, *brute_force(shares, listed)) for shares in completions(edges)]
    for party in {d for _, d, _, _ in edges}:
        sums = [sum(s for (o, d), s in shares.items() if d == party and o in least) for shares, least, _ in worlds]
        most = max(sum(s for (o, d), s in shares.items() if d == party and o in held) for shares, _, held in worlds)
        share = outcome.row(outcome.number(party))["share"]
        assert share["min"] == min(sums)
        assert share["max"] >= most


@pytest.mark.skipif(len(CORES) == 1, reason="numpy is not installed")
@check
@given(
    st.lists(
        st.tuples(
            st.sampled_from(NAMES), st.sampled_from(NAMES), st.integers(0, 70), st.sampled_from([0, 0, 5, 30, 100])
        ),
        max_size=25,
    ),
    lists(),
    lists(),
)
def test_engines_agree_on_everything(rows: list[Edge], listed: list[str], doubtful: list[str]) -> None:
    edges = [(owner, owned, low, min(100, low + width)) for owner, owned, low, width in rows]
    answers = []
    for core in CORES:
        outcome = solve(edges, listed, core, doubtful)
        said = [outcome.row(number) for number in range(len(outcome.names))]
        answers.append((said, outcome.counts, outcome.findings.counts, outcome.findings.rows()))
    assert all(answer == answers[0] for answer in answers)


@check
@given(graphs(), lists(), st.sampled_from(NAMES))
def test_monotone_in_listings(edges: list[Edge], listed: list[str], further: str) -> None:
    before, after = results(solve(edges, listed)), results(solve(edges, [*listed, further]))
    assert all(RANK[after[party]] >= RANK[result] for party, result in before.items())


@check
@given(graphs(), lists(), st.data())
def test_monotone_in_upper_bounds(edges: list[Edge], listed: list[str], data: st.DataObject) -> None:
    wider = [(o, d, lo, data.draw(st.sampled_from(range(hi, 101, 10)))) for o, d, lo, hi in edges]
    before, after = results(solve(edges, listed)), results(solve(wider, listed))
    assert all(RANK[after[party]] >= RANK[result] for party, result in before.items())


@check
@given(graphs(), lists(), st.data())
def test_captures_are_monotone_in_lower_bounds(edges: list[Edge], listed: list[str], data: st.DataObject) -> None:
    higher = [(o, d, data.draw(st.sampled_from(range(lo, hi + 1, 10))), hi) for o, d, lo, hi in edges]
    before, after = results(solve(edges, listed)), results(solve(higher, listed))
    assert all(after[party] == result for party, result in before.items() if result in ("captured", "listed"))


@check
@given(graphs(widest=0), lists(), st.data())
def test_monotone_in_exact_shares(edges: list[Edge], listed: list[str], data: st.DataObject) -> None:
    more = [(o, d, share, share) for o, d, lo, _ in edges for share in [data.draw(st.sampled_from(range(lo, 101, 10)))]]
    assume(all(load(more, party) <= 100 for party in NAMES))
    before, after = results(solve(edges, listed)), results(solve(more, listed))
    assert all(RANK[after[party]] >= RANK[result] for party, result in before.items())


@check
@given(graphs(), lists(), st.permutations(NAMES), st.randoms(use_true_random=False))
def test_blind_to_names_and_order(edges: list[Edge], listed: list[str], other: list[str], random: object) -> None:
    label = dict(zip(NAMES, other, strict=True))
    renamed = [(label[o], label[d], lo, hi) for o, d, lo, hi in reversed(edges)]
    before, after = solve(edges, listed), solve(renamed, [label[name] for name in listed])
    assert {label[party]: result for party, result in results(before).items()} == results(after)
    for party in results(before):
        one, two = before.row(before.number(party)), after.row(after.number(label[party]))
        assert one["share"] == two["share"]
        assert sorted(s["min"] for s in one["through"]) == sorted(s["min"] for s in two["through"])


@check
@given(graphs(widest=0), lists())
def test_divestment_frees_and_no_less_does(edges: list[Edge], listed: list[str]) -> None:
    """Sell the stakes named, and nothing holds the party; sell less than the least, and it stays captured."""
    assume(all(load(edges, party) <= 100 for party in NAMES))
    outcome = solve(edges, listed)
    for party, result in results(outcome).items():
        found = outcome.row(outcome.number(party))["divest"]
        if result != "captured":
            assert found is None
            continue
        sold = {stake["owner"] for stake in found["stakes"]}
        after = solve([e for e in edges if not (e[1] == party and e[0] in sold)], listed)
        assert results(after).get(party, "clear") == "clear"
        stays = least_sale(edges, listed, party)
        assert found["more_than"]["min"] == stays


def least_sale(edges: list[Edge], listed: list[str], party: str) -> float:
    """How far the stakes of those who are captured without the party exceed the threshold."""
    without = results(solve([edge for edge in edges if party not in edge[:1] or party in listed], listed))
    own = [(owner, low) for owner, owned, low, _ in edges if owned == party and owner != party]
    return sum(low for owner, low in own if without.get(owner) in ("captured", "listed")) - THRESHOLD
