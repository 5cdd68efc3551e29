"""Places named together: 日本、南韓及英國等, China (including Hong Kong), Japan, South Korea and the UK."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dualuse.news.find.mentions import Mention
from dualuse.news.text.passages import Text

_JOINT = re.compile(r"(?:[、,和及与()含以\s]|包括|则|以及|连同| and | or |, and |the |including )*", re.IGNORECASE)
_MORE = re.compile(r"\)?等|列为|被列")
_ENDED = re.compile(r"\)|国|地区|属|均|也|在|获|不|,|$")
_TOGETHER = re.compile(r"(?:与|和|同) ?$")
_BEFORE = re.compile(r"(?:包括|包含|例如|如|像是|将|把|including|such as|like|include) ?(?:the )?$", re.IGNORECASE)
_OWNER = re.compile(r"的|'s |政府|官员|企业|公司|晶片|芯片|将|对|会|已|政策|过去|透过|通过|今天|宣布|制|盟|关键")
_BRACKET = re.compile(r"\((?:含|包括|包含|including |with )[^)]*\)", re.IGNORECASE)


@dataclass(frozen=True)
class Listed:
    """Places and regions listed together, and where."""

    start: int
    end: int
    places: tuple[str, ...]
    regions: tuple[str, ...]


def placed_lists(text: Text, mentions: Sequence[Mention], clause: tuple[int, int]) -> list[Listed]:
    """Lists of places in a clause: two and more, or one that an "and others" or a listing verb follows."""
    named = [m for m in mentions if clause[0] <= m.start < clause[1] and m.kind in ("place", "region") and m.key]
    named = [m for m in named if m.how not in ("abbreviation.side", "abbreviation.firms", "capital")]
    runs: list[list[Mention]] = []
    for mention in named:
        if runs and _JOINT.fullmatch(text.plain[runs[-1][-1].end : mention.start]):
            runs[-1].append(mention)
        else:
            runs.append([mention])
    found = []
    for run in runs:
        end = run[-1].end
        if _OWNER.match(text.plain, end):
            continue
        begun = _BEFORE.search(text.plain, max(clause[0], run[0].start - 16), run[0].start) is not None
        together = _TOGETHER.search(text.plain, max(clause[0], run[0].start - 3), run[0].start) is not None
        ended = len(run) > 1 and (end == clause[1] or _ENDED.match(text.plain, end))
        if together or not (begun or _MORE.match(text.plain, end) or ended):
            continue
        places = tuple(sorted({m.key for m in run if m.kind == "place"}))
        regions = tuple(sorted({m.key for m in run if m.kind == "region"}))
        found.append(Listed(run[0].start, end, places, regions))
    return found


def places_inside(
    text: Text, mentions: Sequence[Mention], clause: tuple[int, int]
) -> tuple[str, tuple[str, ...]] | None:
    """A place, and the places a bracket behind it counts in: 中國(含香港、澳門)."""
    bracket = _BRACKET.search(text.plain, *clause)
    if bracket is None:
        return None
    outer = next((m for m in mentions if m.end == bracket.start() or m.end + 1 == bracket.start()), None)
    inner = tuple(sorted({m.key for m in mentions if m.kind == "place" and bracket.start() < m.start < bracket.end()}))
    if outer is None or outer.kind != "place" or not inner:
        return None
    return outer.key, inner
