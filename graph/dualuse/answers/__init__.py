"""Answer cards: one function a command, the same from Python and the command line."""

from __future__ import annotations

from dualuse.answers.effects import affected_card, why_card

__all__ = ["affected_card", "why_card"]
