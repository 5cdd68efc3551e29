"""The examples of OFAC FAQ 401 and their neighbours, on every engine."""

from __future__ import annotations

from pathlib import Path

import pytest

from dualuse.build import Built
from dualuse.errors import CuratedDataError
from dualuse.ownership.cases import OwnershipCase, read_cases
from dualuse.ownership.outcome import cascade, holdings
from dualuse.ownership.records import read_rules
from dualuse.validate import check_ownership_cases

Edges = list[tuple[str, str, float | str | None, float | str | None]]


def exact(*edges: tuple[str, str, float]) -> Edges:
    return [(owner, owned, share, share) for owner, owned, share in edges]


CASES: dict[str, tuple[Edges, str, dict[str, str]]] = {
    "just below": (exact(("X", "A", 49.9999)), "X", {"A": "clear"}),
    "sixths just below": (
        exact(("X", "A", 16.6666), ("Y", "A", 16.6666), ("Z", "A", 16.6666)),
        "X Y Z",
        {"A": "clear"},
    ),
    "sums that floats get wrong": (
        exact(*((f"X{n}", "A", 0.1) for n in range(3)), ("Y", "A", 49.7)),
        "X0 X1 X2 Y",
        {"A": "captured"},
    ),
    "an owner that is not captured counts nothing": (
        exact(("S", "A", 3), ("S", "B", 50), ("B", "A", 47), ("S", "C", 49), ("C", "A", 50)),
        "S",
        {"A": "captured", "B": "captured", "C": "clear"},
    ),
    "bounds around the threshold": (
        [("X", "A", 40, 60), ("A", "B", 50, 50)],
        "X",
        {"A": "possible", "B": "possible"},
    ),
    "bounds above the threshold": ([("X", "A", 50, 60), ("A", "B", 50, 50)], "X", {"A": "captured", "B": "captured"}),
    "bounds below the threshold": ([("X", "A", 10, 49), ("A", "B", 50, 50)], "X", {"A": "clear", "B": "clear"}),
    "share not known": ([("X", "A", None, None)], "X", {"A": "possible"}),
    "share not known, but others leave too little": (
        [("X", "A", None, None), ("C", "A", 50.5, 50.5)],
        "X",
        {"A": "clear"},
    ),
    "two shares not known, and others leave too little for both": (
        [("X", "A", None, None), ("Y", "A", None, None), ("C", "A", 60, 60)],
        "X Y",
        {"A": "clear"},
    ),
    "others leave exactly enough": ([("X", "A", "", ""), ("C", "A", 50, 50)], "X", {"A": "possible"}),
    "a circle that only holds itself": (
        exact(("X", "A", 20), ("B", "A", 40), ("A", "B", 60)),
        "X",
        {"A": "ambiguous", "B": "ambiguous"},
    ),
    "a circle with no listed owner above it": (
        exact(("B", "A", 60), ("A", "B", 60), ("X", "D", 60)),
        "X",
        {"A": "clear", "B": "clear", "D": "captured"},
    ),
    "a circle below a clear company that a listed party holds a little of": (
        exact(("X", "D", 5), ("D", "A", 1), ("B", "A", 60), ("A", "B", 60)),
        "X",
        {"D": "clear", "A": "clear", "B": "clear"},
    ),
    "a circle that a listed owner captures": (
        exact(("X", "A", 50), ("B", "A", 40), ("A", "B", 60)),
        "X",
        {"A": "captured", "B": "captured"},
    ),
    "a circle too weak to hold itself": (
        exact(("X", "A", 5), ("B", "A", 40), ("A", "B", 60)),
        "X",
        {"A": "clear", "B": "clear"},
    ),
    "a circle above what a listed party holds a little of": (
        exact(("X", "R", 5), ("U", "R", 60), ("U", "V", 50), ("V", "U", 50), ("X", "D", 5), ("D", "U", 1)),
        "X",
        {"R": "clear", "U": "clear", "V": "clear", "D": "clear"},
    ),
    "a circle below a stake of nothing": (
        exact(("X", "A", 0), ("B", "A", 60), ("A", "B", 60)),
        "X",
        {"A": "clear", "B": "clear"},
    ),
    "a circle of one": (exact(("X", "A", 20), ("A", "A", 40)), "X", {"A": "ambiguous"}),
    "what an ambiguous circle holds is ambiguous": (
        exact(("X", "A", 20), ("B", "A", 40), ("A", "B", 60), ("B", "C", 50)),
        "X",
        {"A": "ambiguous", "B": "ambiguous", "C": "ambiguous"},
    ),
    "possible before ambiguous": (
        [("X", "A", 20, 60), ("B", "A", 40, 40), ("A", "B", 60, 60)],
        "X",
        {"A": "possible", "B": "possible"},
    ),
    "a listed party stays listed whoever holds it": (
        exact(("X", "Y", 60), ("Y", "A", 50)),
        "X Y",
        {"X": "listed", "Y": "listed", "A": "captured"},
    ),
    "nobody listed": (exact(("X", "A", 90)), "", {"X": "clear", "A": "clear"}),
    "nothing held": ([], "X", {"X": "listed"}),
}


OFFICIAL = [
    pytest.param(rule, case, id=f"{rule}.{number}")
    for rule, cases in read_cases().items()
    for number, case in enumerate(cases, 1)
]


@pytest.mark.parametrize(("rule", "case"), OFFICIAL)
def test_case_beside_its_rule(rule: str, case: OwnershipCase, core: str) -> None:
    assert case.faults(read_rules()[rule].threshold, core=core) == []


def test_validate_runs_every_case_and_tells_what_comes_out_otherwise(
    built: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = built.curated.tables["sources"]
    assert len(OFFICIAL) >= 6
    assert check_ownership_cases(sources) == []
    text = (
        "cases:\n  - listed: [X]\n    holdings: [{owner: X, owned: A, share: 50}]\n    expect: {A: clear, B: clear}\n"
    )
    (tmp_path / "ofac-50.cases.yml").write_text(f"{text}    sources: [ofac-faq-401]\n", "utf-8")
    text = text.replace(", B: clear", "")
    (tmp_path / "cn-61-50.cases.yml").write_text(f"{text}    sources: [nowhere]\n", "utf-8")
    (tmp_path / "ofac-60.cases.yml").write_text(f"{text}    sources: [ofac-faq-401]\n", "utf-8")
    monkeypatch.setattr("dualuse.ownership.cases.rules_folder", lambda: tmp_path)
    assert [str(finding) for finding in check_ownership_cases(sources)] == [
        "ownership/rules/cn-61-50.cases.yml: case 1: 'nowhere' is not in sources [cases]",
        "ownership/rules/cn-61-50.cases.yml: case 1: A is captured, clear is expected [cases]",
        "ownership/rules/ofac-50.cases.yml: case 1: no party 'B' in the edges or on the list. [cases]",
        "ownership/rules/ofac-60.cases.yml: case 1: no rule of that name stands beside it [cases]",
    ]


def test_a_faulty_case_is_told(tmp_path: Path) -> None:
    text = "cases:\n  - listed: []\n    holdings: []\n    expect:\n      A: blocked\n"
    (tmp_path / "x.cases.yml").write_text(text, "utf-8")
    with pytest.raises(CuratedDataError, match=r"x\.cases\.yml:5: cases\.0\.expect\.A: 'blocked' is not allowed"):
        read_cases(tmp_path)


@pytest.mark.parametrize("name", list(CASES))
def test_case(name: str, core: str) -> None:
    edges, listed, expected = CASES[name]
    outcome = cascade(holdings(edges), listed.split(), core=core)
    assert {party: outcome.result(party) for party in expected} == expected


def test_multiplying_would_say_otherwise() -> None:
    outcome = cascade(holdings(exact(("X", "A", 50), ("A", "B", 50))), ["X"])
    assert outcome.row(outcome.number("B"))["share"] == {"min": 50.0, "max": 50.0}


def test_owners_that_sum(core: str) -> None:
    edges, listed, _ = CASES["an owner that is not captured counts nothing"]
    outcome = cascade(holdings(edges), [listed], core=core)
    assert outcome.row(outcome.number("A"))["through"] == [
        {"owner": "S", "result": "listed", "min": 3.0, "max": 3.0},
        {"owner": "B", "result": "captured", "min": 47.0, "max": 47.0},
    ]


def test_counts_and_restricted(core: str) -> None:
    edges, listed, _ = CASES["a circle that only holds itself"]
    outcome = cascade(holdings(edges), [listed, "elsewhere"], core=core)
    assert outcome.counts == {"listed": 2, "captured": 0, "possible": 0, "ambiguous": 2, "clear": 0}
    assert [outcome.names[number] for number in outcome.restricted()] == ["A", "B", "X", "elsewhere"]
    assert outcome.strangers == ["elsewhere"]


def test_a_doubtful_listing_makes_possible(core: str) -> None:
    outcome = cascade(holdings(exact(("X", "A", 60))), [], doubtful=["X"], core=core)
    assert outcome.counts["possible"] == 2
    row = outcome.row(outcome.number("A"))
    assert row["settles"] == {"missing": 50.0, "holdings": [], "listings": ["X"], "more": None}


def test_other_thresholds(core: str) -> None:
    table = holdings(exact(("X", "A", 25), ("A", "B", 24.9999)))
    outcome = cascade(table, ["X"], threshold=25, core=core)
    assert (outcome.result("A"), outcome.result("B")) == ("captured", "clear")
