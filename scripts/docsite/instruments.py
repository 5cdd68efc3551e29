"""A page an instrument: what it is, where it stands under each lens, what it does, who spoke of it; with receipts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from markupsafe import Markup

from docsite.page import Page, Section, Voice, sections
from docsite.world import World
from dualuse.card import Card
from dualuse.lens import Lens
from dualuse.model.law import Instrument
from dualuse.namespaces import thing
from dualuse.show.html.timeline import draw

_TIES = ("amends", "supersedes", "based_on", "answers", "related")
FOLDER = "instruments"


def pages(world: World, voice: Voice) -> Iterator[Page]:
    """A page each, and the list of them."""
    cards = world.status_of
    back = _pointed(world)
    for key in world.instruments:
        yield page(world, voice, key, cards[key], back.get(key, []))
    yield _index(world, voice, cards)


def _pointed(world: World) -> dict[str, list[tuple[str, str]]]:
    """Instrument -> the others that name it, each with how."""
    found: dict[str, list[tuple[str, str]]] = {}
    for key, instrument in world.instruments.items():
        for tie in _TIES:
            for other in getattr(instrument, tie):
                found.setdefault(other, []).append((tie, key))
    return found


def page(world: World, voice: Voice, key: str, card: Card[Any], pointed: list[tuple[str, str]]) -> Page:
    """The page of an instrument, which others point to.

    Args:
        world: The graph.
        voice: The language.
        key: The instrument.
        card: Its status on the last day of the record.
        pointed: How others name it, and which.
    """
    instrument = world.instruments[key]
    given = {"key": key, "i": instrument, "w": world, "card": card}
    ties = [(voice.say(tie), getattr(instrument, tie)) for tie in _TIES if getattr(instrument, tie)]
    named = [(voice.say(f"{tie}_back"), other) for tie, other in pointed if tie != "related"]
    cases = [(name, case) for name, case in world.records("enforcement").items() if key in case.instruments]
    others = voice.others(f"{FOLDER}/{key}")
    strip = draw(card.plain["timeline"], card.as_of)

    def rows(name: str, title: str, kept: Mapping[str, Any]) -> tuple[str, str, Markup]:
        return voice.part(name, voice.say(title), name, **{name: kept.get(key, [])}, **given)

    parts = [
        voice.part("", "", "instrument_about", others=others, iri=thing("instrument", key), **given),
        voice.part(
            "status", voice.say("status_on", day=str(card.as_of)), "instrument_status", lenses=list(Lens), **given
        ),
        voice.part(
            "timeline", voice.say("timeline"), "timeline", strip=strip, events=world.events_of.get(key, []), **given
        ),
        rows("measures", "measures", world.measures_of),
        rows("rules", "rules", world.rules_of),
        rows("provisions", "provisions", world.provisions_of),
        rows("statements", "statements_on", world.statements_on),
        voice.part("cases", voice.word("table", "cases"), "cases", cases=cases, **given),
        voice.part("related", voice.say("ties"), "ties", ties=ties, named=named, **given),
        voice.part("sources", voice.say("sources"), "sources", sources=_sources(world, key, instrument), **given),
        voice.part("ask", voice.say("how_to_ask"), "ask", asked=asked(world, key), back="../"),
    ]
    return Page(f"{FOLDER}/{key}", world.name("instrument", key)[voice.at], sections(parts))


def asked(world: World, key: str) -> list[tuple[str, str]]:
    """Commands that ask of an instrument, each with the same in Python."""
    found = [(f"dualuse status {key}", f'k.status("{key}")')]
    if key in world.rules_of:
        found.append((f"dualuse affected --by {key}", f'k.affected(by=["{key}"])'))
    if key in world.statements_on:
        found.append((f"dualuse said --about {key}", f'k.said(about="{key}")'))
    return found


def _sources(world: World, key: str, instrument: Instrument) -> list[Any]:
    """Every source that a record on the page rests on, the strongest first."""
    records = [
        instrument,
        *instrument.events,
        *world.provisions_of.get(key, []),
        *world.measures_of.get(key, []),
        *world.rules_of.get(key, []),
        *world.statements_on.get(key, []),
    ]
    registry = world.knowledge.registry
    return [registry[source] for source in registry.ordered({name for record in records for name in record.sources})]


def _index(world: World, voice: Voice, cards: Mapping[str, Card[Any]]) -> Page:
    by_order: dict[str, list[str]] = {}
    for key, instrument in world.instruments.items():
        by_order.setdefault(instrument.jurisdiction[0], []).append(key)
    parts = [
        Section(
            "",
            "",
            str(voice.render("index_lead", others=voice.others(f"{FOLDER}/index"), text=voice.say("instruments_lead"))),
        )
    ]
    for order, keys in sorted(by_order.items(), key=lambda each: (-len(each[1]), each[0])):
        listed = sorted(keys, key=lambda key: (_first(world.instruments[key]), key), reverse=True)
        name = voice.say("european_union") if order == "EU" else world.name("place", order)[voice.at]
        html = voice.render("instruments", keys=listed, cards=cards, w=world, first=_first)
        parts.append(Section(order.lower(), f"{name} ({len(keys)})", str(html)))
    return Page(f"{FOLDER}/index", voice.say("instruments"), parts)


def _first(instrument: Instrument) -> str:
    """Day of its first event, as far as it is known."""
    first = min(instrument.events, key=lambda event: event.date.earliest, default=None)
    return "" if first is None else str(first.date)
