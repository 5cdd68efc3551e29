"""What a page asks of a network, and where it opens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class View:
    """What a page is about, beyond the network it draws.

    Args:
        title: Heading of the page.
        question: The question it answers, shown under the title.
        focus: Node the page opens on.
        ask: ``by``, ``around`` or ``all``: the question the page can put in the reader's language; "" for none.
        subject: Node that question is about; the focus where it is left out.
        scenario: What a scenario assumes, in words; "" without one.
        history: What ``dualuse.explore.history`` read: days, lenses, the world map and the matrix need it.
        conflicts: Claims that cannot all hold, as rows of the card of ``dualuse conflicts``; without any, the page has
            no view of them.
        claimed: Every claim, as ``dualuse.explore.claimed`` read it.
        story: A story of a reader, as ``dualuse.explore.stories`` read it; the page begins with it.
        compared: Two measures side by side, as ``make`` took them from the card of ``dualuse affected --compare``.
        landing: What ``dualuse.explore.landing`` read: what the first screen tells of one measure; without it the page
            opens on the map.
        reached: What ``dualuse.explore.reached`` read: what measures change for whom.
    """

    title: str
    question: str = ""
    focus: str | None = None
    ask: str = ""
    subject: str = ""
    scenario: str = ""
    history: Mapping[str, Any] | None = None
    conflicts: Sequence[Mapping[str, Any]] = ()
    claimed: Mapping[str, Any] = field(default_factory=dict)
    story: Mapping[str, Any] | None = None
    compared: Mapping[str, Any] | None = None
    landing: Mapping[str, Any] = field(default_factory=dict)
    reached: Mapping[str, Any] = field(default_factory=dict)
