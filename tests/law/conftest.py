"""The law of the shipped data, and short ways to ask it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from dualuse.card import Card
from dualuse.knowledge import Knowledge
from dualuse.law.asked import Asked, resolve
from dualuse.law.decide import Decision, decide
from dualuse.law.transaction import World
from dualuse.questions.check import check

Ask = Callable[..., Card[Any]]
Judge = Callable[..., Decision]


@pytest.fixture(scope="session")
def world(knowledge: Knowledge) -> World:
    """What the law needs of the shipped data."""
    return knowledge.law


@pytest.fixture(scope="session")
def ask(knowledge: Knowledge) -> Ask:
    """Ask for the card of a transaction: item, quantity, place, day, then what is known of it."""

    def call(item: str, quantity: int, to: str, day: str, lens: str = "codified", **known: Any) -> Card[Any]:
        return check(knowledge, item, quantity, to, as_of=day, lens=lens, **known)

    return call


@pytest.fixture(scope="session")
def judge(knowledge: Knowledge, world: World) -> Judge:
    """Decide a transaction, with the rules that were tried."""

    def call(item: str, quantity: int, to: str, day: str, lens: str = "codified", **known: Any) -> Decision:
        asked = Asked(item, quantity, to, **known)
        return decide(resolve(knowledge.names, asked, date.fromisoformat(day), lens), world)

    return call
