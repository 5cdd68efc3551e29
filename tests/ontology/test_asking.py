"""What one asks who has read ontology/README.md: it is short to ask, and it is answered."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from tests.ontology.reading import HERE

from dualuse.knowledge import Knowledge
from dualuse.namespaces import shorten
from dualuse.query.patterns import asked

QUESTIONS: list[dict[str, Any]] = yaml.safe_load((HERE / "questions.yml").read_text("utf-8"))
_MOST_PATTERNS = 4


def test_there_are_fifteen_questions() -> None:
    assert len({each["ask"] for each in QUESTIONS}) == len(QUESTIONS) == 15


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda each: each["ask"])
def test_a_question_takes_few_patterns_and_is_answered(question: dict[str, Any], knowledge: Knowledge) -> None:
    what = asked(question["sparql"])
    assert what is not None
    assert len([pattern for pattern in what.patterns if not pattern.filtering]) <= _MOST_PATTERNS
    rows = knowledge.sparql(question["sparql"])
    assert isinstance(rows, list)
    assert len(rows) >= question["least"]
    cells = {shorten(term.value) for row in rows if isinstance(row, dict) for term in row.values()}
    assert set(question["among"]) <= cells
    assert cells != {"0"}
