"""The cases of the data hold; and what is wrong with a case is told in words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dualuse import resources
from dualuse.build import build
from dualuse.cases import Trial, trials
from dualuse.errors import CuratedDataError, Problem
from dualuse.knowledge import Knowledge
from dualuse.load.curated import read_curated
from dualuse.load.files import read_yaml
from dualuse.load.parse import parse
from dualuse.model.cases import Case, Cases
from dualuse.validate import check_cases


def shipped() -> dict[str, Cases]:
    """The shipped cases, by rule."""
    problems: list[Problem] = []
    found = {}
    for name, file in resources.walk(resources.root("data") / "rules", ".cases.yml"):
        row = read_yaml(name, file, problems)
        assert row is not None
        found[name.removesuffix(".cases.yml")] = parse(Cases, row.values)
    return found


TRIALS = list(trials(shipped()))


@pytest.mark.parametrize("first", sorted({trial.rule[:1] for trial in TRIALS}))
def test_cases_hold(knowledge: Knowledge, first: str) -> None:
    """Of the rules that begin with a letter, so that several processes can share them."""
    found = {str(trial): trial.faults(knowledge) for trial in TRIALS if trial.rule.startswith(first)}
    assert {name: faults for name, faults in found.items() if faults} == {}


def test_every_kind_of_rule_and_every_outcome_has_cases(knowledge: Knowledge) -> None:
    assert len(TRIALS) >= 375
    book = knowledge.laws.rules
    assert set(book.by_key) <= set(shipped())
    assert {book.by_key[trial.rule].kind for trial in TRIALS} == {rule.kind for rule in book.rules}
    outcomes = [trial.case.expect.outcome for trial in TRIALS]
    assert min(outcomes.count(each) for each in set(outcomes)) >= 5
    assert {trial.case.expect.applies for trial in TRIALS} == {"yes", "no", "unknown", None}


SWISS = {"day": "2025-06-02", "facts": {"item": "H100 SXM", "to": "CH", "hq": "CH"}, "sources": ["fr-2025-00636"]}


@pytest.mark.parametrize(
    ("rule", "changed", "said"),
    [
        ("exc-lpp", {"expect": {"outcome": "licence-required"}}, "outcome is licence-exception, licence-required is"),
        (
            "exc-lpp",
            {"expect": {"outcome": "licence-exception", "exception": "AIA"}},
            "exception is LPP, AIA is expected",
        ),
        ("exc-aia", {"expect": {"applies": "yes"}}, "applies is no, yes is expected"),
        ("duty-lpp-copy", {"expect": {"due": "2025-07-03"}}, "due is 2025-07-02, 2025-07-03 is expected"),
        ("duty-acm-accounting", {"expect": {"due": "2025-07-03"}}, "due is never, 2025-07-03 is expected"),
        ("exc-lpp", {"expect": {"duties": ["duty-lpp-copy"]}}, "duties is duty-lpp-copy, duty-"),
        ("exc-lpp", {"expect": {"stands_between": ["end-uses"]}}, "stands between is none, end-uses is expected"),
        ("exc-lpp", {"expect": {"review_policy": "open"}}, "review policy is none, open is expected"),
        (
            "exc-lpp",
            {"expect": {"applies": "yes"}, "facts": {"item": "H1000", "to": "CH"}},
            "no product or item 'H1000'",
        ),
        (
            "exc-lpp",
            {"expect": {"applies": "yes"}, "facts": {"item": "H100 SXM", "to": "CH", "quantity": "ten"}},
            "quantity 'ten' is not a whole number",
        ),
    ],
)
def test_what_comes_out_otherwise_is_told(knowledge: Knowledge, rule: str, changed: dict[str, Any], said: str) -> None:
    (fault,) = Trial(rule, 1, parse(Case, SWISS | changed)).faults(knowledge)
    assert fault.startswith(said)


def write(data: Path, text: str, name: str = "exc-lpp") -> None:
    (data / "rules" / f"{name}.cases.yml").write_text(text, "utf-8")


GOOD = """cases:
  - day: 2025-06-02
    facts: {item: H100 SXM, to: CH, hq: CH}
    expect: {outcome: licence-exception, exception: LPP}
    sources: [fr-2025-00636]
"""


def test_validate_tells_a_case_that_fails(data_copy: Path) -> None:
    write(data_copy, GOOD.replace("LPP", "AIA"))
    (finding,) = check_cases(build(data_copy))
    assert str(finding) == (
        "rules/exc-lpp.cases.yml: case 1: item H100 SXM, to CH, hq CH, on 2025-06-02 as codified: "
        "exception is LPP, AIA is expected [cases]"
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("hq: CH", "end-us: CH"), "3: cases.0: no rule asks for the fact 'end-us'; did you mean 'end-use'?"),
        (("hq: CH", "moon: full"), "no rule asks for the fact 'moon'; known: item, quantity, to, hq, consignee-hq"),
        (("to: CH", "quantity: 3"), "the facts lack to"),
        (("day: 2025-06-02", "day: 2025-06"), "day 2025-06 must be a whole day"),
        (("exception: LPP", "applies: yes"), "the outcome 'licence-exception' goes with 'exception'"),
        (("outcome: licence-exception", "applies: yes"), "goes with 'exception', its code, and it with that"),
        (("outcome: licence-exception", "outcome: allowed"), "'allowed' is not allowed"),
        (("exception: LPP", "exception: LPP, polcy: x"), "unknown key"),
        (("exception: LPP", "exception: LPP, duties: [duty-no]"), "'duty-no' is not in rules"),
        (("exception: LPP", "exception: LPP, stands_between: [x]"), "'x' is not in not-modelled"),
        (("fr-2025-00636", "fr-2025-0063"), "'fr-2025-0063' is not in sources. Nearest: fr-2025-00637, fr-2025-00636"),
        (("    day", "    when"), "unknown key"),
    ],
)
def test_a_faulty_case_is_refused_with_its_file(data_copy: Path, change: tuple[str, str], said: str) -> None:
    write(data_copy, GOOD.replace("  - day", "  -\n    day").replace(*change))
    with pytest.raises(CuratedDataError) as caught:
        read_curated(data_copy)
    assert any(said in line and line.startswith("rules/exc-lpp.cases.yml:") for line in str(caught.value).splitlines())


def test_cases_that_expect_nothing_are_refused(data_copy: Path) -> None:
    write(data_copy, GOOD.replace("outcome: licence-exception, exception: LPP", ""))
    with pytest.raises(CuratedDataError, match="a case has to expect something"):
        read_curated(data_copy)


def test_cases_stand_beside_a_rule(data_copy: Path) -> None:
    write(data_copy, GOOD, "exc-lppp")
    with pytest.raises(CuratedDataError) as caught:
        read_curated(data_copy)
    assert str(caught.value) == (
        "rules/exc-lppp.cases.yml:1: exc-lppp: no rule of that name stands beside these cases. Nearest: exc-lpp."
    )
