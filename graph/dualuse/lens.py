"""Whose word counts when the state of the law is asked for; the values of the scheme ``lens``."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from dualuse.errors import UsageError


class Lens(StrEnum):
    """A lens of a question.

    Example:
        >>> Lens.parse("enforced")
        <Lens.ENFORCED: 'enforced'>
    """

    CODIFIED = "codified"
    """Only binding acts: what the published text says on the day."""
    ENFORCED = "enforced"
    """Binding acts, and what the regulator says it will and will not apply."""
    ANNOUNCED = "announced"
    """What officials said will happen, as if it had happened."""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a lens where it enters.

        Raises:
            UsageError: no such lens.
        """
        try:
            return cls(text)
        except ValueError:
            raise UsageError(f"no lens {text!r}; known: {', '.join(cls)}") from None
