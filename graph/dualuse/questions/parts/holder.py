"""An owner of a party, direct or through others, as a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dualuse.card import optional
from dualuse.questions.parts.amounts import Interval


@dataclass(frozen=True, kw_only=True)
class Holder:
    """An owner: what it holds itself and through all chains, in percent, whether it controls, and a shortest chain."""

    owner: str
    name: str | None = optional()
    direct: Interval
    share: Interval
    control: str
    ultimate: str | None
    along: Sequence[str]

    def seen(self) -> dict[str, Any]:
        """The owner as people read it."""
        return {
            "owner": self.name or self.owner,
            "direct": str(self.direct),
            "share": str(self.share),
            "control": self.control,
            "ultimate": self.ultimate,
            "along": " → ".join(self.along),
        }
