"""Statements as rows from which a page works out speech acts and positions, as ``dualuse.claims`` does."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from dualuse.claims.positions import holder
from dualuse.claims.speech import Act, Speech, acts, is_joint, read_speech
from dualuse.model.speech import Statement
from dualuse.node import Node
from dualuse.store.base import Store

SPEECH_FIELDS = (*("earliest", "latest", "organisation", "holder", "stance", "grounds", "instruments", "act", "also"),)
"""Order of the fields of a statement in the page."""


def read_rows(store: Store, drawn: Collection[str]) -> dict[str, list[Any]]:
    """Statement -> its row in the order of ``SPEECH_FIELDS``, of those that are drawn.

    ``act`` is the first record of the speech act, ``also`` who signed it too, ``holder`` who holds the position.

    Args:
        store: Where to read.
        drawn: Nodes that are drawn.
    """
    speech = read_speech(store)
    first = {
        statement.node.key: act.key for act in acts(speech, speech.statements.values()) for statement in act.statements
    }
    return {
        statement.node: _row(statement, speech, first[key])
        for key, statement in sorted(speech.statements.items())
        if statement.node in drawn
    }


def _row(statement: Statement, speech: Speech, act: str) -> list[Any]:
    """A statement as a row."""
    alone = Act(statement.node.key, (statement,), (statement.organisation,))
    fields = {
        "earliest": statement.date.earliest.isoformat(),
        "latest": statement.date.latest.isoformat(),
        "organisation": Node("organisation", statement.organisation),
        "holder": holder(alone, statement.organisation, speech),
        "stance": statement.stance,
        "grounds": list(statement.grounds),
        "instruments": [Node("instrument", key) for key in statement.instruments],
        "act": Node("statement", act),
        "also": [Node("organisation", key) for key in _also(statement, speech)],
    }
    return [fields[name] for name in SPEECH_FIELDS]


def _also(statement: Statement, speech: Speech) -> list[str]:
    """Organisations that signed the same letter, as its sources say."""
    if not is_joint(statement):
        return []
    signed = (speech.signed.get(source, frozenset()) for source in statement.sources)
    together = {key for each in signed if statement.organisation in each for key in each}
    return sorted(together - {statement.organisation})
