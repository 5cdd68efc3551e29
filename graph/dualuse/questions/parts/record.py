"""How far the record reaches."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dualuse.card import Unknown

if TYPE_CHECKING:
    from dualuse.knowledge import Knowledge


def beyond(knowledge: Knowledge, day: date) -> tuple[Unknown, ...]:
    """What is not known because a day lies after the last one on record."""
    known_on = knowledge.version.known_on
    if day <= known_on:
        return ()
    return (Unknown(f"what happened after {known_on}", f"the record ends there; {day} is later"),)
