"""What a command does that can draw its answer too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from dualuse.card import Card
from dualuse.questions.parameters import Opt, Parameter
from dualuse.questions.question import Invocation

PLOT = Parameter("plot", Opt("Draw it too.", metavar="FILE.svg|png"), Path, several=False, default=None)
"""``--plot``."""


def drawing(draw: Callable[[Card[Any], str], bytes]) -> Callable[[Invocation], None]:
    """Ask, draw if a file is named, and show.

    Args:
        draw: Makes the picture of a card in a format, ``png`` or ``svg``.
    """

    def act(asked: Invocation) -> None:
        plot = asked.extra[PLOT.name]
        if plot is None:
            asked.show(asked.card())
            return
        from dualuse.analyse.plot import form_of

        form = form_of(plot.name)  # a picture that cannot be drawn is refused before anything is computed
        card = asked.card()
        asked.write(draw(card, form), plot)
        asked.show(card)

    return act
