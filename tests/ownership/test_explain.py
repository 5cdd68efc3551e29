"""Explanations: what settles, what frees, and by which method."""

from __future__ import annotations

import pytest

from dualuse.errors import MissingExtraError, UnknownNameError, UsageError
from dualuse.ownership import explain
from dualuse.ownership import outcome as module
from dualuse.ownership.outcome import Outcome, cascade, holdings


def row(outcome: Outcome, party: str) -> dict[str, object]:
    return outcome.row(outcome.number(party))


def test_what_settles_a_possible_capture(core: str) -> None:
    outcome = cascade(holdings([("X", "A", 40, 60), ("A", "B", 50, 50), ("X", "B", 5, 5)]), ["X"], core=core)
    unknown = {"owner": "X", "owned": "A", "min": 40.0, "max": 60.0, "captures_from": 50.0}
    assert row(outcome, "A")["settles"] == {"missing": 10.0, "holdings": [unknown], "listings": None, "more": None}
    assert row(outcome, "B")["settles"] == {"missing": 45.0, "holdings": [unknown], "listings": None, "more": None}
    assert row(outcome, "A")["divest"] == {
        "more_than": {"min": None, "max": 10.0},
        "stakes": [{"owner": "X", "min": 40.0, "max": 60.0}],
        "method": "exact",
    }


def test_no_single_share_may_settle_it() -> None:
    outcome = cascade(holdings([("X", "A", 10, 30), ("Y", "A", 15, 30)]), ["X", "Y"])
    settles = row(outcome, "A")["settles"]
    assert isinstance(settles, dict)
    assert settles["missing"] == 25.0
    assert [one["captures_from"] for one in settles["holdings"]] == [None, None]


def test_many_unknown_shares_are_cut() -> None:
    edges = [(f"X{n:02}", "A", None, None) for n in range(30)]
    settles = row(cascade(holdings(edges), [name for name, *_ in edges]), "A")["settles"]
    assert isinstance(settles, dict)
    assert len(settles["holdings"]) == 20
    assert settles["more"] is True


def test_smallest_sum_of_stakes() -> None:
    edges = [("X", "A", 30, 30), ("Y", "A", 21, 21), ("Z", "A", 8, 8), ("W", "A", 4, 4)]
    outcome = cascade(holdings(edges), ["W", "X", "Y", "Z"])
    assert row(outcome, "A")["divest"] == {
        "more_than": {"min": 13.0, "max": 13.0},
        "stakes": [{"owner": "Y", "min": 21.0, "max": 21.0}],
        "method": "exact",
    }


def test_many_owners_are_taken_greedily() -> None:
    edges = [(f"X{n:02}", "A", 4 + n / 10, 4 + n / 10) for n in range(explain.FEW + 4)]
    outcome = cascade(holdings(edges), [name for name, *_ in edges])
    divest = row(outcome, "A")["divest"]
    assert isinstance(divest, dict)
    assert divest["method"] == "greedy"
    sold = sum(stake["max"] for stake in divest["stakes"])
    assert sold > divest["more_than"]["max"]
    assert all(sold - stake["max"] <= divest["more_than"]["max"] for stake in divest["stakes"])


def test_what_a_party_holds_itself_up_with_does_not_count(core: str) -> None:
    edges = [("X", "A", 50, 50), ("B", "A", 10, 10), ("A", "B", 60, 60)]
    outcome = cascade(holdings(edges), ["X"], core=core)
    divest = row(outcome, "A")["divest"]
    assert isinstance(divest, dict)
    assert divest["more_than"] == {"min": 0.0, "max": 10.0}
    assert divest["method"] == "exact"


def test_a_circle_captured_twice_is_let_back(core: str) -> None:
    edges = [("X", "A", 60, 60), ("A", "B", 60, 60), ("B", "A", 10, 10), ("Y", "B", 30, 30), ("X", "B", 0, 0)]
    edges += [("X", "C", 60, 60), ("C", "B", 10, 10), ("Y", "D", 55, 55), ("D", "B", 0, 0)]
    outcome = cascade(holdings(edges), ["X", "Y"], core=core)
    divest = row(outcome, "A")["divest"]
    assert isinstance(divest, dict)
    assert divest["more_than"] == {"min": 10.0, "max": 20.0}


def test_circles_too_large_to_unpick_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(explain, "_MOST_VISITED", 1)
    edges = [("X", "A", 50, 50), ("C", "A", 10, 10), ("A", "B", 60, 60), ("B", "C", 60, 60)]
    divest = row(cascade(holdings(edges), ["X"]), "A")["divest"]
    assert isinstance(divest, dict)
    assert divest["method"] == "bound"
    assert divest["more_than"]["min"] == 10.0


def test_owners_come_listed_first_then_by_share_then_by_name() -> None:
    edges = [("C", "A", 5, 5), ("Z", "A", 10, 10), ("Y", "A", 10, 10), ("P", "A", 5, 20), ("X", "C", 50, 50)]
    edges += [("X", "P", 20, 80), ("N", "A", 20, 20)]
    outcome = cascade(holdings(edges), ["X", "Y", "Z"])
    assert [outcome.names[stake.party] for stake in outcome.through(outcome.number("A"))] == ["Y", "Z", "C", "P"]


def test_a_listed_party_is_not_freed_by_a_sale() -> None:
    outcome = cascade(holdings([("X", "Y", 60, 60)]), ["X", "Y"])
    assert row(outcome, "Y")["divest"] is None
    doubtful = cascade(holdings([("X", "Y", 60, 60)]), ["X"], doubtful=["Y"])
    assert doubtful.result("Y") == "captured"
    assert row(doubtful, "Y")["divest"] is None


def test_over_100_is_reported_and_still_answered(core: str) -> None:
    outcome = cascade(holdings([("X", "A", 60, 60), ("C", "A", 70, 70)]), ["X"], core=core)
    assert outcome.result("A") == "captured"
    assert outcome.findings.rows() == [
        {
            "kind": "over-100",
            "where": "A",
            "message": "its owners hold at least 130 percent; no shares fit the bounds, so the upper ones are summed "
            "as they stand",
        }
    ]


@pytest.mark.parametrize(
    ("shares", "low", "high", "result"),
    [
        ([(30, 30), (25, 25)], 25, 55, "possible"),
        ([(30, 30), (30, 30)], 30, 60, "possible"),
        ([(10, 20), (15, 20), (5, 5)], 5, 45, "clear"),
        ([(60, 60), (20, 30), (60, 60)], 20, 100, "possible"),
        ([(60, 60), (55, 70)], 55, 100, "captured"),
    ],
)
def test_rows_of_one_pair_are_one_stake_or_several(
    core: str, shares: list[tuple[int, int]], low: int, high: int, result: str
) -> None:
    outcome = cascade(holdings([("X", "A", *share) for share in shares]), ["X"], core=core)
    assert outcome.result("A") == result
    assert outcome.row(outcome.number("A"))["through"] == [{"owner": "X", "result": "listed", "min": low, "max": high}]
    assert outcome.findings.counts == {"duplicate": len(shares) - 1}


def test_self_ownership_is_reported(core: str) -> None:
    outcome = cascade(holdings([("A", "A", 60, 60), ("X", "A", 10, 10)]), ["X"], core=core)
    assert outcome.findings.counts == {"self-ownership": 1}
    assert outcome.result("A") == "ambiguous"


def test_many_findings_are_counted_and_some_kept(core: str) -> None:
    edges = [(f"P{n:02}", f"P{n:02}", 10, 10) for n in range(30)]
    rows = cascade(holdings(edges), [], core=core).findings.rows()
    assert len(rows) == 21
    assert rows[-1]["message"].startswith("and 10 more")


def test_unknown_party() -> None:
    outcome = cascade(holdings([("Acme", "Beta", 60, 60)]), ["Acme"])
    with pytest.raises(UnknownNameError, match=r"no party 'Acmee' .* Nearest: Acme\."):
        outcome.result("Acmee")


@pytest.mark.parametrize("threshold", [0, -1, 100.5])
def test_bad_threshold(threshold: float) -> None:
    with pytest.raises(UsageError, match="threshold"):
        cascade(holdings([]), [], threshold=threshold)


def test_bad_share_in_rows() -> None:
    with pytest.raises(UsageError, match="X → A: 'many' is not a share"):
        holdings([("X", "A", "many", None)])


def test_engines_by_size_and_by_what_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    here = {"numpy", "numba"}
    monkeypatch.setattr(module, "find_spec", lambda name: name if name in here else None)
    assert [module.choose("auto", edges) for edges in (10, 50_000, 5_000_000)] == ["plain", "numpy", "numba"]
    here.discard("numba")
    assert module.choose("auto", 5_000_000) == "numpy"
    with pytest.raises(MissingExtraError, match=r"pip install 'dualuse\[scale\]'"):
        module.choose("numba", 1)
    here.discard("numpy")
    assert module.choose("auto", 5_000_000) == "plain"
    with pytest.raises(UsageError, match="no engine 'fast'"):
        module.choose("fast", 1)
