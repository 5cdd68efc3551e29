"""Pages: the explorer of the whole graph, or of the part around one thing."""

from __future__ import annotations

from datetime import date

from dualuse.analyse.around import around, around_instrument
from dualuse.answers.effects import PARTIES
from dualuse.explore import render_page
from dualuse.knowledge import Knowledge

_THINGS = ("product", "person", "item", "group", "measure", "statement")


def explorer_page(
    knowledge: Knowledge,
    as_of: date,
    lens: str,
    *,
    by: str | None = None,
    party: str | None = None,
    about: str | None = None,
    language: str = "en",
) -> str:
    """The explorer as HTML text.

    Args:
        knowledge: The graph.
        as_of: Day of law.
        lens: ``codified``, ``enforced`` or ``announced``.
        by: An instrument, to draw with everyone it affects.
        party: An organisation or a place, to draw with what surrounds it.
        about: Any other thing, to draw with what surrounds it.
        language: Language the page opens in.

    Raises:
        UnknownNameError: a name is not in the graph.
    """
    network = knowledge.network(as_of=as_of, lens=lens, facts=True)
    if by is not None:
        focus = f"instrument:{knowledge.names.key('instrument', by)}"
        label = network.nodes[focus]["label"]
        shown, question = around_instrument(network, focus), f"Who is affected by {label}, and who said what about it?"
    elif party is not None or about is not None:
        focus = ":".join(knowledge.names.find_any(PARTIES if party else _THINGS, party or about or ""))
        label = network.nodes[focus]["label"]
        shown, question = around(network, focus), f"What surrounds {label}?"
    else:
        return render_page(network, title="dualuse", question="Export controls on AI chips", language=language)
    return render_page(shown, title=label, question=question, language=language, focus=focus)
