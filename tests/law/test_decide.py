"""Rules that exist only in a copy of the data: a new file changes an answer, and no line of Python."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dualuse.build import build
from dualuse.card import Card
from dualuse.errors import CuratedDataError, UsageError
from dualuse.knowledge import Knowledge
from dualuse.law.asked import Asked
from dualuse.law.coverage import ADDING
from dualuse.law.transaction import World
from dualuse.questions.check import check

Ask = Callable[..., Card[Any]]

EXAMPLE = re.search(r"```yaml\n(.*?)```", ADDING, re.DOTALL)
SWISS = Asked("H100 SXM", 2_000, "CH", hq="CH", end_use="research")


def rule(kind: str, **fields: Any) -> str:
    """A made-up rule that always bites."""
    lines = {"title": "Made up", "kind": kind, "instrument": "us-ai-diffusion-ifr-2025-01"}
    lines |= {"provision": "us-ai-diffusion-ifr-2025-01.740.29-a", "order": "1"} | fields
    when = lines.pop("when", "  all:\n    - number: tpp-total\n      at_least: 1\n      says: it is something")
    body = "\n".join(f"{name}: {value}" for name, value in lines.items())
    return f"{body}\nwhen:\n{when}\nsources:\n  - fr-2025-00636\nconfidence: low\n"


LISTED = "\n  - "


@pytest.fixture
def with_rules(data_copy: Path) -> Callable[..., Ask]:
    """Build the data with rules added, by name, and others taken away; ask of the result."""

    def call(without: tuple[str, ...] = (), **added: str) -> Ask:
        for name, text in added.items():
            (data_copy / "rules" / f"{name.replace('_', '-')}.yml").write_text(text, "utf-8")
        for name in without:
            (data_copy / "rules" / f"{name}.yml").unlink()
            (data_copy / "rules" / f"{name}.cases.yml").unlink(missing_ok=True)
        knowledge = Knowledge(build(data_copy).store)
        return lambda asked, day: check(knowledge, asked.item, asked.quantity, asked.to, as_of=day, **asked.known)

    return call


def test_the_example_of_the_documents_changes_the_outcome(ask: Ask, with_rules: Callable[..., Ask]) -> None:
    before = ask("H100 SXM", 2_000, "CH", "2025-05-15", hq="CH", end_use="research")
    assert before.plain["outcome"] == "licence-required"
    assert EXAMPLE is not None
    after = with_rules(exc_example=EXAMPLE[1])(SWISS, "2025-05-15")
    assert (after.plain["outcome"], after.plain["exception"]) == ("licence-exception", "EXAMPLE")
    assert after.plain["exceptions"][0]["code"] == "EXAMPLE"
    assert any(receipt.fact.endswith("/decision-rule/exc-example") for receipt in after.because)


def test_a_made_up_requirement_and_what_displaces_it(with_rules: Callable[..., Ask]) -> None:
    """It reaches what was free; a second one displaces it only while that counts itself."""
    asked = Asked("H20", 10, "CH", hq="CH")
    first = rule("requirement", instrument="us-ear", provision="us-ear.774-supp-1")
    second = rule("requirement", instrument="us-h200-rule-2026-01", displaces=f"{LISTED}rs-made-up")
    second = second.replace("us-ai-diffusion-ifr-2025-01.740.29-a", "us-h200-rule-2026-01.742.6-b-10-iii-a-1")
    second = second.replace("at_least: 1", "at_least: 1000000000000")
    asking = with_rules(rs_made_up=first, rs_other=second)
    assert asking(asked, "2024-01-01").plain["outcome"] == "licence-required"
    assert asking(asked, "2026-02-01").plain["outcome"] == "no-licence-required"


def test_an_exception_must_answer_every_requirement(with_rules: Callable[..., Ask]) -> None:
    """AIA answers the worldwide requirement, not one more made up beside it, nor one that may apply."""
    sure = rule("requirement")
    card = with_rules(rs_made_up=sure)(Asked("H100 SXM", 10, "GB", hq="GB"), "2025-05-15")
    assert card.plain["outcome"] == "licence-required"
    told = {row["code"]: row["failed"] for row in card.plain["exceptions"]}
    assert told["AIA"] == ["it does not answer every requirement that applies"]
    perhaps = rule("requirement", when="  all:\n    - exporter:\n        - amd\n      says: AMD exports")
    asking = with_rules(rs_made_up=perhaps)
    card = asking(Asked("H100 SXM", 10, "GB", hq="GB"), "2025-05-15")
    assert card.plain["outcome"] == "indeterminate"
    told = {row["code"]: row["failed"] for row in card.plain["exceptions"]}
    assert told["AIA"] == ["whether it answers every requirement that applies is not known"]
    named = Asked("H100 SXM", 10, "GB", hq="GB", exporter="NVIDIA")
    assert asking(named, "2025-05-15").plain["exception"] == "AIA"


def test_a_rule_of_an_instrument_whose_status_is_open(with_rules: Callable[..., Ask]) -> None:
    """The affiliates rule on the day the record closes: back on its face, or stayed on."""
    provision = "us-affiliates-suspension-2025-11.dates"
    open_rule = rule("exception", code="OPEN", applies_to=f"{LISTED}rs-2025-worldwide")
    open_rule = open_rule.replace("instrument: us-ai-diffusion-ifr-2025-01", "instrument: us-affiliates-rule-2025-09")
    open_rule = open_rule.replace("provision: us-ai-diffusion-ifr-2025-01.740.29-a", f"provision: {provision}")
    card = with_rules(exc_open=open_rule)(Asked("H100 SXM", 2_000, "CH", hq="CH"), "2026-11-22")
    assert card.plain["outcome"] == "indeterminate"
    row = card.plain["exceptions"][0]
    assert (row["code"], row["result"]) == ("OPEN", "unknown")
    assert row["failed"] == ["whether 'Made up' is in force on this day is not known"]
    assert any(gap.what == "whether 'Made up' is in force" for gap in card.unknown)


def test_without_a_rule_the_answer_is_another(with_rules: Callable[..., Ask]) -> None:
    card = with_rules(without=("exc-lpp", *LPP_DUTIES))(Asked("H100 SXM", 10, "CH", hq="CH"), "2025-05-15")
    assert card.plain["outcome"] == "licence-required"


LPP_DUTIES = tuple(f"duty-{name}" for name in ("lpp-copy", "lpp-limit", "lpp-notice", "lpp-statement", "records-lpp"))


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (rule("exception", applies_to=f"{LISTED}rs-2025-worldwide"), "a rule of kind exception needs code"),
        (rule("exception", code="X", applies_to=f"{LISTED}rs-nowhere"), "rs-nowhere"),
        (rule("duty"), "a rule of kind duty needs duty, bearer, due, applies_to"),
        (rule("requirement", when="  all:\n    - item: 4e091\n      place: CN\n      says: x"), "exactly one of"),
        (rule("requirement", when="  all:\n    - place: CN"), "needs 'says'"),
        (rule("requirement", when="  all:\n    - phase_of_moon: full\n      says: x"), "phase_of_moon"),
    ],
)
def test_a_faulty_rule_is_refused_with_its_file(data_copy: Path, fault: str, said: str) -> None:
    (data_copy / "rules" / "faulty.yml").write_text(fault, "utf-8")
    with pytest.raises(CuratedDataError) as caught:
        build(data_copy)
    assert "rules/faulty.yml" in str(caught.value)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ({"quantity": 0}, "from 1 to 1,000,000,000,000 units"),
        ({"quantity": 10**400}, "from 1 to 1,000,000,000,000 units"),
        ({"already_received": -1.0}, "a number from 0 up"),
        ({"already_received": float("nan")}, "a number from 0 up"),
        ({"already_received": float("inf")}, "a number from 0 up"),
        ({"end_use": "knitting"}, "no end use 'knitting'; known: development"),
        ({"to": "Atlantis"}, "no place 'Atlantis'"),
        ({"hq": "Atlantis"}, "no place 'Atlantis'"),
        ({"item": "H1000"}, "no product or item 'H1000'"),
        ({"exporter": "Acme"}, "no organisation 'Acme'"),
    ],
)
def test_what_cannot_be_is_refused(ask: Ask, known: dict[str, Any], said: str) -> None:
    given = {"item": "H100 SXM", "quantity": 1, "to": "CH"} | known
    with pytest.raises(UsageError, match=re.escape(said)):
        ask(given.pop("item"), given.pop("quantity"), given.pop("to"), "2025-05-15", **given)


def test_what_is_remembered_is_bounded_by_the_law(world: World, ask: Ask) -> None:
    """Days out of three years make no more entries than the law has spans."""
    for number in range(0, 1_000, 3):
        day = date.fromordinal(date(2023, 1, 1).toordinal() + number)
        ask("H100 SXM", 1, "CH", day.isoformat(), hq="CN")
    spans = len(world._law_spans.changes) + 1
    assert len(world._dockets) <= 3 * spans
    places = len(world._place_spans.changes) + 1
    assert len([key for key in world._places if key[0] == "CH"]) <= places


def test_days_of_one_span_give_one_answer(world: World) -> None:
    """The docket of a day, made anew, is the one remembered for its span."""
    for change in (*world._law_spans.changes[:40], date(2025, 6, 1)):
        for day in (change, date.fromordinal(change.toordinal() - 1)):
            for lens in ("codified", "enforced", "announced"):
                known, anew = world.docket(day, lens), world._open_docket(day, lens)
                assert (known.rules, known.asleep, known.reached) == (anew.rules, anew.asleep, anew.reached)
