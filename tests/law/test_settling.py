"""Which facts could change an answer: exactly those, the most decisive first, each answer leading where it says."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from tests.running import Run

from dualuse.knowledge import Knowledge
from dualuse.law.asked import Asked, resolve
from dualuse.law.decide import decide
from dualuse.law.facts import Choice, YesNo
from dualuse.law.kinds import facts
from dualuse.law.settling import Settling
from dualuse.law.transaction import World
from dualuse.questions.check import QUESTION, check
from dualuse.questions.question import Teller
from dualuse.said import read_texts

LIST = "listed"
CASES: dict[str, tuple[str, str, str, dict[str, Any], list[tuple[str, str | None]]]] = {
    "a seat": ("H100 SXM", "PL", "2026-06-01", {}, [("hq", None), ("already-received", None), (LIST, None)]),
    "a use": ("3A090.a", "VN", "2025-03-01", {"hq": "VN"}, [("data-centre", None), (LIST, None)]),
    "two together": (
        *("3A001.z", "FR", "2024-04-19", {"consignee_hq": "AO", "exporter": "NVIDIA", "band": "upper"}),
        [("hq", "data-centre"), ("data-centre", "hq"), (LIST, None)],
    ),
    "nothing but a list": ("MTT S5000", "CM", "2026-01-29", {"hq": "VU", "from": "SL"}, [(LIST, None)]),
}


@pytest.mark.parametrize("name", CASES)
def test_the_most_decisive_first(knowledge: Knowledge, world: World, name: str) -> None:
    item, to, day, known, expected = CASES[name]
    transaction = resolve(knowledge.names, Asked(item, 1, to, **known), date.fromisoformat(day), "codified")
    decision = decide(transaction, world)
    assert decision.outcome == "indeterminate"
    found = Settling(world).questions(transaction, decision)
    assert [(each.fact.option, each.with_ and each.with_.option) for each in found] == expected
    assert [each.open for each in found if each.fact.option != "already-received"] == [
        option != LIST for option, _ in expected if option != "already-received"
    ]


@pytest.mark.parametrize(
    ("item", "to", "hq", "quantity"),
    [("H100 SXM", "CH", "CH", 1000), ("RTX 4090", "CN", "CN", 1), ("H20", "VN", None, 10), ("3E001", "VN", "VN", 1)],
)
def test_each_answer_leads_where_it_says(
    knowledge: Knowledge, world: World, item: str, to: str, hq: str | None, quantity: int
) -> None:
    """What is told is what asking again with the answer gives; what is not told changes nothing."""
    known = {} if hq is None else {"hq": hq}
    asked = Asked(item, quantity, to, **known)
    transaction = resolve(knowledge.names, asked, date(2025, 6, 1), "codified")
    decision = decide(transaction, world)
    found = {each.fact.option: each for each in Settling(world).questions(transaction, decision)}
    assert found
    for option, fact in facts().items():
        if option in found:
            tried = [(lead.value, lead.decision.outcome) for lead in found[option].leads]
            assert {outcome for _, outcome in tried} != {decision.outcome}
        elif fact.name in transaction.stated or not isinstance(fact.form, Choice | YesNo):
            continue
        else:
            values = fact.form.values if isinstance(fact.form, Choice) else (True, False)
            tried = [(value, decision.outcome) for value in values]
        for value, outcome in tried:
            if value == "another organisation":
                continue
            again = Asked(item, quantity, to, **known, **{option: value})
            assert decide(resolve(knowledge.names, again, date(2025, 6, 1), "codified"), world).outcome == outcome


def test_only_the_questions_are_told(run: Run) -> None:
    words = ("check", "--item", "H100", "--to", "PL", "--as-of", "2026-06-01", "--ask")
    document = json.loads(run(*words, "--format", "json").stdout)
    assert set(document["answer"]) == {
        *("outcome", "exception", "review_policy", "would_settle", "requirements", "exceptions", "duties"),
    }
    assert document["answer"]["requirements"] == document["because"] == document["unknown"] == []
    first = document["answer"]["would_settle"][0]
    assert (first["option"], first["fact"], first["open"], first["with_option"]) == ("--hq", "parent_hq", True, None)
    assert [(each["outcome"], each["exception"], each["as_now"]) for each in first["leads"]] == [
        ("licence-exception", "LPP", False),
        ("licence-required", None, False),
    ]
    assert any(answer.startswith("CN (Country Group D:5 and") for answer in first["leads"][1]["answers"])
    shown = run(*words).stdout
    assert "--hq" in shown
    assert "26884169 or more: licence-required" in shown
    assert "15 CFR" not in shown


def test_a_table_is_not_asked_so(run: Run, clean: Any) -> None:
    (clean / "t.csv").write_text("item,to\nH100,CH\n", "utf-8")
    done = run("check", "--batch", "t.csv", "--ask")
    assert (done.returncode, "--ask goes with one transaction" in done.stderr) == (2, True)


def test_an_open_answer_names_what_would_settle_it_first(knowledge: Knowledge) -> None:
    def told(**known: Any) -> Any:
        card = check(knowledge, "H100", 1, "PL", as_of="2026-06-01", **known)
        return card.answer.would_settle, QUESTION.headline(Teller(card)).detail

    settles, detail = told()
    assert settles is not None
    assert "Headquarters of the ultimate parent (--hq)" in detail.en
    assert "最終母公司總部" in detail.hant
    assert "最终母公司总部" in detail.hans
    assert told(hq="PL")[0] is None


def test_what_a_fact_is_stands_in_chinese_too() -> None:
    """In the words of its help, letter by letter: the table of texts would else tell of another."""
    told = read_texts("dualuse")["asks"]
    assert {fact.name: fact.help for fact in facts().values()} == {name: row[0] for name, row in told.items()}
