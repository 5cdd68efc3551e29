"""Answer cards as pictures: which drawing shows which answer."""

from __future__ import annotations

from typing import Any

from dualuse.analyse.plot import Bar, clip, draw_bars, draw_groups, draw_matrix, draw_spans, form_of
from dualuse.card import Card
from dualuse.errors import UsageError

_MOST = 30


def draw_card(card: Card[Any], name: str) -> bytes:
    """The picture of a card, in the format its file's name ends with.

    Raises:
        UsageError: the name ends in no known format, or the answer has nothing to draw.
        MissingExtraError: matplotlib is not installed.
    """
    form = form_of(name)
    question = str(card.question.get("question", card.question["command"]))
    day = card.as_of.isoformat()
    match question:
        case "chokepoints":
            return _chokepoints(card.answer, form, day)
        case "concentration":
            return _concentration(card.answer, form)
        case "bridges":
            return _bridges(card.answer, form, day)
        case "communities":
            return _communities(card.answer, form, day, str(card.question["of"]))
        case "centrality":
            return _centrality(card.answer, form, day, str(card.question["measure"]))
        case _:
            raise UsageError(f"there is no picture of {question!r}")


def _chokepoints(answer: dict[str, Any], form: str, day: str) -> bytes:
    if "items" in answer:
        bars = [
            _plain(f"{row['item']}: {row['party']}", row["party_cuts"], row["party_tier"])
            for row in answer["items"]
            if "party" in row
        ]
        title = f"First chokepoint of each item, {day}"
    else:
        bars = [_plain(row["party"], row["percent"], row["tier"]) for row in answer["parties"][:_MOST]]
        bars += [_plain(f"all of {row['place']}", row["percent"], row["tier"]) for row in answer["places"][:10]]
        title = f"Who cuts most of the {answer['paths']} supply paths of {answer['item']}, {day}"
    return draw_bars(bars, form, title=title, axis="percent of supply paths", foot=answer["limits"])


def _concentration(answer: dict[str, Any], form: str) -> bytes:
    bars = [
        Bar(
            f"{clip(row['party'])} {row['period']}".strip(),
            row["index"]["min"],
            row["index"]["max"],
            note=row["of"].removeprefix("revenue by "),
        )
        for row in answer["concentration"][:_MOST]
    ]
    title = "Concentration of revenue, interval of the Herfindahl-Hirschman index"
    return draw_bars(bars, form, title=title, axis="index, 0 to 10,000", foot=answer["limits"])


def _bridges(answer: dict[str, Any], form: str, day: str) -> bytes:
    counts = {(row["supplier_tier"], row["customer_tier"]): row["links"] for row in answer["blocs"]}
    names = sorted({tier for pair in counts for tier in pair})
    named = {(f"tier {a}", f"tier {b}"): count for (a, b), count in counts.items()}
    return draw_matrix(
        named,
        [f"tier {name}" for name in names],
        form,
        title=f"Supply links between tiers, {day}",
        axes_names=("supplier", "customer"),
        foot=answer["limits"],
    )


def _communities(answer: dict[str, Any], form: str, day: str, of: str) -> bytes:
    groups = [[*row["grounds"], *row["members"]] for row in answer["communities"]]
    marks = {name: "ground" for row in answer["communities"] for name in row["grounds"]}
    for row in answer["communities"]:
        marks |= dict(zip(row["members"], row["side_of"], strict=True))
    edges = [(edge["from"], edge["to"]) for edge in answer["edges"]]
    return draw_groups(
        groups, marks, edges, form, title=f"Communities of {of}, {day}; a colour each", foot=answer["limits"]
    )


def _centrality(answer: dict[str, Any], form: str, day: str, measure: str) -> bytes:
    bars = [
        Bar(
            f"{clip(row['party'])} ({row['tier']})",
            row["interval"]["min"],
            row["interval"]["max"],
            row["tier"],
            row["value"],
        )
        for row in answer["central"][:_MOST]
    ]
    title = f"Centrality ({measure}) in the supply graph, {day}; tier in brackets"
    axis = "diamond: whole graph; line: 90 percent of runs with links left out"
    return draw_spans(bars, form, title=title, axis=axis, foot=answer["limits"])


def _plain(label: str, value: float, tier: str) -> Bar:
    return Bar(clip(label), value, value, tier, note="no tier" if tier == "none" else f"tier {tier}")


__all__ = ["draw_card"]
