"""Forty questions with known answers, asked through the protocol: the tools contain each answer."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.mcp.apart import finish

from dualuse.knowledge import Knowledge
from dualuse.mcp import create_server
from dualuse.mcp.answering import Here
from dualuse.mcp.tools import BY_NAME
from mcp import Client

QUESTIONS: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("questions.yml").read_text("utf-8"))
SLOW = bool(os.environ.get("DUALUSE_SLOW"))


def test_there_are_forty_and_every_tool_is_asked() -> None:
    assert len(QUESTIONS) == 40
    asked = Counter(question["tool"] for question in QUESTIONS)
    assert {*asked} == {*BY_NAME}
    assert min(asked.values()) >= 2
    assert sum("unknown" in question for question in QUESTIONS) >= 14
    assert all(question.keys() <= {"ask", "tool", "with", "holds", "says", "unknown", "slow"} for question in QUESTIONS)
    assert all(question.keys() & {"holds", "says", "unknown"} for question in QUESTIONS)


@pytest.mark.usefixtures("project_once")
@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question["ask"])
def test_the_answer_is_there(knowledge: Knowledge, question: dict[str, Any]) -> None:
    if question.get("slow") and not SLOW:
        pytest.skip("seconds of work; with DUALUSE_SLOW=1")

    async def ask() -> Any:
        async with Client(create_server(Here(knowledge))) as client:
            return await client.call_tool(question["tool"], question["with"])

    found = finish(ask)
    text, card = found.content[0].text, found.structured_content
    assert not found.is_error, text
    for part in question.get("says", ()):
        assert part in text
    for where, expected in question.get("holds", {}).items():
        assert holds(inside(card, where), expected), (where, inside(card, where))
    if "unknown" in question:
        assert any(question["unknown"] in f"{gap['what']}: {gap['why_it_matters']}" for gap in card["unknown"])
        assert question["unknown"] in text
    for gap in card["unknown"]:
        assert gap["what"] in text
        assert gap["why_it_matters"] in text


def inside(value: Any, where: str) -> Any:
    for name in where.split("."):
        value = value[name]
    return value


def holds(found: Any, expected: Any) -> bool:
    """Whether a value is as expected; of rows, whether one has what is expected."""
    if isinstance(found, list) and isinstance(expected, dict):
        return any(all(row.get(name) == value for name, value in expected.items()) for row in found)
    return bool(found == expected)


def test_the_check_of_an_answer_sees_a_wrong_one() -> None:
    rows = [{"a": 1, "b": 2}, {"a": 3}]
    assert holds(rows, {"a": 1, "b": 2})
    assert holds([], [])
    assert not holds(rows, {"a": 3, "b": 2})
    assert not holds(rows, [])
    assert not holds("x", "y")
