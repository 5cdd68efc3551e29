"""The law of the shipped data, and short ways to ask it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from dualuse.answers.check import Asked, check_card, resolve
from dualuse.card import Card
from dualuse.knowledge import Knowledge
from dualuse.law.decide import Decision, decide
from dualuse.law.transaction import World, read_world

Ask = Callable[..., Card[Any]]
Judge = Callable[..., Decision]


@pytest.fixture(scope="session")
def world(knowledge: Knowledge) -> World:
    """What the law needs of the shipped data."""
    return read_world(knowledge.store, knowledge.version.known_on)


@pytest.fixture(scope="session")
def ask(knowledge: Knowledge, world: World) -> Ask:
    """Ask for the card of a transaction: item, quantity, place, day, then what is known of it."""

    def call(item: str, quantity: int, to: str, day: str, lens: str = "codified", **known: Any) -> Card[Any]:
        return check_card(knowledge, Asked(item, quantity, to, **known), date.fromisoformat(day), lens, world)

    return call


@pytest.fixture(scope="session")
def judge(knowledge: Knowledge, world: World) -> Judge:
    """Decide a transaction, with the rules that were tried."""

    def call(item: str, quantity: int, to: str, day: str, lens: str = "codified", **known: Any) -> Decision:
        asked = Asked(item, quantity, to, **known)
        return decide(resolve(knowledge.names, asked, date.fromisoformat(day), lens), world)

    return call
