"""Pages: the explorer of the whole graph, or of the part around one thing, with or without a scenario."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from dualuse.analyse.around import around, around_instrument
from dualuse.card import plain
from dualuse.claims.ledger import ABOUT
from dualuse.errors import UsageError
from dualuse.explore.changed import read_changed
from dualuse.explore.claimed import read_claimed
from dualuse.explore.claimed import texts_of as texts_of_claims
from dualuse.explore.history import read_history
from dualuse.explore.landing import read_landing, told_of, worked_out
from dualuse.explore.page import render_page
from dualuse.explore.phrased import phrased
from dualuse.explore.reached import read_reached, texts_of
from dualuse.explore.scenario import mark_changes
from dualuse.explore.stories import Story, nodes_of, read_story
from dualuse.explore.text import check_language, interface_texts
from dualuse.explore.view import View
from dualuse.knowledge import Knowledge
from dualuse.network import Network, frame_of, project
from dualuse.network.frame import set_frame
from dualuse.node import PARTIES, Node
from dualuse.scenario import Edits, read_edits

_THINGS = ("product", "person", "item", "group", "measure", "statement")


def explorer_page(
    knowledge: Knowledge,
    as_of: date,
    lens: str,
    *,
    by: str | None = None,
    party: str | None = None,
    about: str | None = None,
    scenario: str | None = None,
    story: Path | None = None,
    compare: Sequence[str] = (),
    language: str = "en",
) -> str:
    """The explorer as HTML text.

    Args:
        knowledge: The graph.
        as_of: Day of law the page opens on; its slider reaches every other day.
        lens: ``codified``, ``enforced`` or ``announced``; the page can change it.
        by: An instrument, to draw with everyone it affects on any day.
        party: An organisation or a place, to draw with what surrounds it.
        about: Any other thing, to draw with what surrounds it.
        scenario: ``PLACE:GROUP``: a move of a place between country groups, whose changes are marked.
        story: File of a story to begin with; see ``docs/stories.md``.
        compare: Two instruments or measures, to compare on the day and under the lens.
        language: Language the page opens in.

    Raises:
        UnknownNameError: a name is not in the graph.
        UsageError: the scenario cannot be read, or the story names what is not drawn.
        CuratedDataError: the story cannot be read; every problem with its line.
    """
    network = project(
        knowledge.store, as_of, lens, facts=True, all_times=True, places=knowledge.places, links=knowledge.links
    )
    store, edits = knowledge.store, None
    if scenario is not None:
        edits = read_edits(knowledge, [scenario], [], [])
        other = knowledge.with_edits(edits, as_of)
        store = other.store
        network = mark_changes(network, other.network(as_of=as_of, lens=lens, facts=True, all_times=True))
        # a scenario is made from the dataset, and is none of its own
        set_frame(network, replace(frame_of(network), dataset=knowledge.version))
    shown, ask, focus = _chosen(knowledge, network, by, party, about)
    own_story = None if story is None else _story(story, shown)
    known_on = knowledge.version.known_on
    before = None if edits is None else knowledge.store
    conflicts = _conflicts(knowledge, known_on, focus)
    told = None if ask == "around" or edits is not None else told_of(shown, focus)
    worked = [] if told is None else [*worked_out(knowledge, told, as_of)]
    reached = {} if edits is not None else read_reached(knowledge, shown, focus, as_of, lens, worked)
    claimed = read_claimed(knowledge, known_on, focus)
    also = (*_texts(conflicts), *_texts([*texts_of_claims(claimed)]), *texts_of(reached))
    history = read_history(store, shown, known_on=known_on.isoformat(), before=before, also=also)
    history["glossary"] |= phrased((conflicts, claimed), shown, history["glossary"])
    history["changes"] = read_changed(store, shown, knowledge.registry, whole=focus is None)
    title, question = _heading(shown, ask, focus, language)
    view = View(
        title,
        question,
        # a page about a measure opens on how to read it; one about a thing opens on the thing
        focus=None if by is not None else focus,
        ask=ask,
        subject=focus or "",
        scenario="" if edits is None else _scenario_words(knowledge, edits),
        history=history,
        conflicts=conflicts,
        claimed=claimed,
        story=own_story,
        compared=_compared(knowledge, shown, compare, as_of, lens) if compare else None,
        landing=read_landing(knowledge, told, as_of),
        reached=reached,
    )
    return render_page(shown, view, language=language)


def _conflicts(knowledge: Knowledge, day: date, focus: Node | None) -> Sequence[Mapping[str, object]]:
    """Claims of a day or earlier that cannot all hold, about a node or about everything; none of what none is about."""
    if focus is not None and focus.kind not in ABOUT:
        return []
    card = knowledge.conflicts(about=None if focus is None else focus.key, as_of=day)
    rows: Sequence[Mapping[str, object]] = plain(card.answer, told=True)["conflicts"]
    return rows


_OF_PLACES = ("first", "second", "goods", "headquarters", "count", "places")
_OF_PARTIES = ("first", "second", "party", "id", "role", "ties_first", "ties_second")


def _compared(
    knowledge: Knowledge, shown: Network, pair: Sequence[str], as_of: date, lens: str
) -> Mapping[str, object]:
    """Two measures side by side, by the card of ``affected --compare``."""
    card = knowledge.affected(compare=pair, as_of=as_of, lens=lens)
    asked: Any = card.question
    of = [Node("instrument" if Node("instrument", key) in shown else "measure", key) for key in asked["compare"]]
    return {
        "of": of,
        "rows": [{name: row[name] for name in _OF_PLACES} for row in card.plain["compared"]],
        "parties": [{name: row[name] for name in _OF_PARTIES} for row in card.plain["parties_compared"]],
    }


def _story(path: Path, shown: Network) -> Story:
    """The story of a reader, all of whose states the page can show."""
    story = read_story(path)
    named = {node for step in story["steps"] for node in nodes_of(step["state"])}
    if missing := sorted(named - set(shown)):
        raise UsageError(
            f"{path}: the page does not draw {', '.join(missing)}. Fix the names, or draw more: leave --by, --party "
            "and --about out"
        )
    return story


def _texts(part: object) -> Iterator[str]:
    """Every text in plain values, and the parts of those that are put together with a semicolon."""
    if isinstance(part, str):
        parts = part.split("; ")
        yield from {
            "; ".join(parts[start:end]) for start in range(len(parts)) for end in range(start + 1, len(parts) + 1)
        }
    elif isinstance(part, Mapping):
        for inner in part.values():
            yield from _texts(inner)
    elif isinstance(part, list | tuple):
        for inner in part:
            yield from _texts(inner)


def _scenario_words(knowledge: Knowledge, edits: Edits) -> str:
    """What a scenario assumes, for the head of the page."""
    return "; ".join(
        f"{knowledge.names.label('place', place)} → {group.removeprefix('us-')}" for place, group in edits.moves
    )


def _chosen(
    knowledge: Knowledge, network: Network, by: str | None, party: str | None, about: str | None
) -> tuple[Network, str, Node | None]:
    """The part to draw, what it asks as ``by``, ``around`` or ``all``, and the node it is about."""
    if by is not None:
        focus = Node("instrument", knowledge.names.key("instrument", by))
        return _reached(network, focus), "by", focus
    if party is not None or about is not None:
        focus = Node(*knowledge.names.find_any(PARTIES if party else _THINGS, party or about or ""))
        return around(network, focus), "around", focus
    return network, "all", None


def _heading(shown: Network, ask: str, focus: Node | None, language: str) -> tuple[str, str]:
    """Title and question in a language; the page says them anew when the reader changes it."""
    words = interface_texts()[check_language(language)]["ui"]
    question = words[f"question_{ask}"]
    if focus is None:
        return "dualuse", question
    node = shown.nodes[focus]
    label = str(node.get(f"label_{language.lower().replace('-', '_')}") or node["label"])
    return label, question.format(name=label)


def _reached(network: Network, instrument: Node) -> Network:
    """What an instrument reaches on any day: whether it binds on the chosen one is for the page to say."""
    status = network.nodes[instrument]["status"]
    network.nodes[instrument]["status"] = "in-force"
    shown = around_instrument(network, instrument)
    for part in (network, shown):
        part.nodes[instrument]["status"] = status
    return shown
