"""The graph asked from Python: every question is a method, typed and told as the command is."""

from __future__ import annotations

import ast
import inspect
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from dualuse import questions
from dualuse.card import Card
from dualuse.errors import MissingExtraError, UnknownNameError, UsageError
from dualuse.knowledge import Knowledge
from dualuse.questions.methods import Methods
from dualuse.questions.writing import methods_source

RULE = "us-ai-diffusion-ifr-2025-01"


def test_the_methods_are_those_of_the_questions() -> None:
    written = Path(inspect.getfile(Methods)).read_text("utf-8")
    assert ast.dump(ast.parse(written)) == ast.dump(ast.parse(methods_source())), "run scripts/regenerate"


@pytest.mark.parametrize("name", questions.names())
def test_every_question_is_a_method_with_its_own_arguments(name: str) -> None:
    question = questions.find(name)
    assert question is not None
    own = [p for p in inspect.signature(question.ask).parameters if p != "knowledge"]
    method = getattr(Knowledge, name)
    assert [p for p in inspect.signature(method).parameters if p != "self"] == own
    assert (inspect.getdoc(method) or "").splitlines()[0] == question.help.splitlines()[0]


def test_a_day_is_a_date_or_its_text(knowledge: Knowledge) -> None:
    by_text, by_date = (knowledge.groups("CH", as_of=day) for day in ("2025-01-13", date(2025, 1, 13)))
    assert by_text.to_dict() == by_date.to_dict()
    assert by_text.answer.places is not None
    assert (by_text.answer.places[0].place, by_text.answer.places[0].tier) == ("CH", 2)
    assert by_text.rows == by_text.to_dict()["answer"]["places"]
    assert len(knowledge.network("supply", as_of="2025-06-01")) == len(
        knowledge.network("supply", as_of=date(2025, 6, 1))
    )


@pytest.mark.parametrize("wrong", ["2025-13-01", "2025-01", datetime(2025, 1, 13), 20250113])
def test_what_is_no_day_is_refused(knowledge: Knowledge, wrong: Any) -> None:
    with pytest.raises(UsageError):
        knowledge.groups("CH", as_of=wrong)


def test_names_in_any_language_and_wrong_ones(knowledge: Knowledge) -> None:
    assert knowledge.groups("瑞士", as_of="2025-01-13").rows == knowledge.groups("che", as_of="2025-01-13").rows
    with pytest.raises(UnknownNameError, match="Nearest: CH"):
        knowledge.groups("Switzerlnd", as_of="2025-01-13")
    with pytest.raises(UsageError, match="no lens 'enforce'"):
        knowledge.status(RULE, lens="enforce")


def test_a_query_takes_days_and_refuses_the_rest(knowledge: Knowledge) -> None:
    parameters: dict[str, str | int | date] = {"place": "CH", "asOf": date(2025, 1, 13)}
    assert knowledge.query("tier-of-place", parameters) == knowledge.query(
        "tier-of-place", {"place": "CH", "asOf": "2025-01-13"}
    )
    wrong: Any = {"place": ["CH"]}
    with pytest.raises(UsageError, match="parameter 'place'"):
        knowledge.query("tier-of-place", wrong)


def test_sparql_takes_every_form(knowledge: Knowledge) -> None:
    assert knowledge.sparql("ASK { place:CH a du:Destination }") is True
    rows = knowledge.sparql("SELECT ?n WHERE { place:CH skos:notation ?n }")
    assert isinstance(rows, list)
    assert len(rows) == 2
    triples = knowledge.sparql("CONSTRUCT { place:CH a du:Destination } WHERE { place:CH a du:Destination }")
    assert isinstance(triples, list)
    assert [str(triple.predicate.value) for triple in triples if not isinstance(triple, dict)] == [
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    ]


def test_a_card_shows_itself_in_a_notebook_and_escapes(knowledge: Knowledge) -> None:
    card = knowledge.status(RULE, as_of="2025-06-01")
    shown = card._repr_html_()
    assert "<table>" in shown
    assert f"{len(card.because)} receipts" in shown
    hostile = Card(
        question={"command": "status"},
        as_of=date(2025, 6, 1),
        lens="",
        answer={"rows": [{"<b>": "<script>alert(1)</script>"}]},
        because=(),
        unknown=(),
        query="",
        dataset=knowledge.version,
        tables=("rows",),
    )
    assert "<script>" not in hostile._repr_html_()
    assert "<b>" not in hostile._repr_html_()


def test_rows_as_a_table_of_pandas_where_it_is_installed(knowledge: Knowledge) -> None:
    card = knowledge.groups("CH", "PL", as_of="2025-01-13")
    try:
        import pandas  # noqa: F401 - only whether it is there
    except ImportError:
        with pytest.raises(MissingExtraError, match="pip install pandas"):
            card.to_pandas()
    else:
        assert list(card.to_pandas()["place"]) == ["CH", "PL"]
