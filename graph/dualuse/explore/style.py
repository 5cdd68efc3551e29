"""How each kind of thing looks and where it stands: colour, shape, lane, order.

Colours are the Okabe-Ito palette, which people with the common colour-vision deficiencies can tell apart; the shape is
the second cue, so no kind depends on colour alone. A kind that is not listed is drawn as a grey dot in the last lane.
"""

from __future__ import annotations

from dataclasses import dataclass

LANES = ("rules", "measures", "targets", "parties", "voices")
"""The lanes of the landing view, left to right; the names people read are in ``texts.json``."""

PARTIES_LANE = LANES.index("parties")
RULES_LANE = LANES.index("rules")


@dataclass(frozen=True)
class KindStyle:
    """The look of one kind: ``shape`` in our own drawing, ``pyvis_shape`` the nearest one vis-network has."""

    lane: int
    colour: str
    shape: str
    pyvis_shape: str


KINDS: dict[str, KindStyle] = {
    "instrument": KindStyle(0, "#0072B2", "square", "square"),
    "provision": KindStyle(0, "#56B4E9", "square", "square"),
    "event": KindStyle(0, "#56B4E9", "star", "star"),
    "measure": KindStyle(1, "#D55E00", "diamond", "diamond"),
    "decision-rule": KindStyle(1, "#D55E00", "square", "square"),
    "group": KindStyle(2, "#009E73", "pentagon", "star"),
    "tier": KindStyle(2, "#009E73", "star", "star"),
    "place": KindStyle(2, "#009E73", "circle", "dot"),
    "item": KindStyle(2, "#F0E442", "triangle-down", "triangleDown"),
    "product": KindStyle(2, "#F0E442", "triangle", "triangle"),
    "bearer": KindStyle(2, "#E69F00", "dome", "triangle"),
    "organisation": KindStyle(3, "#E69F00", "hexagon", "hexagon"),
    "person": KindStyle(4, "#CC79A7", "dome", "triangle"),
    "statement": KindStyle(4, "#CC79A7", "bubble", "triangleDown"),
}
"""Kind -> look, in the order of legends and lanes."""

OTHER = KindStyle(len(LANES) - 1, "#999999", "circle", "dot")

MARKS = {"supports": "+", "opposes": "−", "concerned": "!", "neutral": "=", "requests-change": "±"}
"""The sign inside a statement for its stance; a place carries the digit of its tier."""

ALPHABETICAL = frozenset({"place", "group", "tier", "item"})
"""Kinds a reader scans by name; the others stand near what they are linked to."""

PRINT_OPTIONS: dict[str, object] = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "edges": {
        "smooth": False,
        "width": 0.7,
        "color": {"color": "#9a9a9a", "hover": "#111111"},
        "arrows": {"to": {"scaleFactor": 0.5}},
        "arrowStrikethrough": False,
    },
    "nodes": {"borderWidth": 1, "borderWidthSelected": 2},
    "interaction": {"dragNodes": True, "hover": True, "tooltipDelay": 100, "selectConnectedEdges": False},
}
"""What vis-network is told in a picture to print: places are given and nothing is simulated; a node may be moved by
hand, and words stand beside the pointer."""


def style_of(kind: str) -> KindStyle:
    """Look of a kind; grey dot for one the table does not have.

    Example:
        >>> style_of("place").shape
        'circle'
        >>> style_of("comet") is OTHER
        True
    """
    return KINDS.get(kind, OTHER)


def kind_order(kind: str) -> tuple[int, str]:
    """Sort key: the order of ``KINDS`` first, unknown kinds after it by name."""
    known = list(KINDS)
    return (known.index(kind) if kind in KINDS else len(known), kind)
