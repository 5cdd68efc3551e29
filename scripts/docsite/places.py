"""A page a place: its groups and its tier by day, the measures that name it, who sits there, who spoke for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from docsite.page import Page, Section, Voice, sections
from docsite.world import World
from dualuse.model.law import Measure, Place
from dualuse.namespaces import thing

FOLDER = "places"
_VOICES = ("government", "regulator", "legislature")


@dataclass(frozen=True)
class _Reaching:
    """A measure that names a place or one of its groups, by which, and whether only through a headquarters there."""

    measure: Measure
    through: str
    headquarters: bool
    sure: bool


@dataclass(frozen=True)
class Atlas:
    """What pages of places are made from."""

    world: World

    @cached_property
    def organisations(self) -> dict[str, list[str]]:
        """Place -> organisations headquartered there, by name."""
        found = defaultdict(list)
        for key, organisation in self.world.records("organisations").items():
            found[organisation.headquarters or ""].append(key)
        return {
            place: sorted(keys, key=lambda key: self.world.name("organisation", key).en.casefold())
            for place, keys in found.items()
        }

    @cached_property
    def statements(self) -> dict[str, list[Any]]:
        """Place -> statements of its authorities, the newest first."""
        found = defaultdict(list)
        organisations = self.world.records("organisations")
        for statement in self.world.records("statements").values():
            speaker = organisations[statement.organisation]
            if speaker.headquarters and any(kind in _VOICES for kind in speaker.types):
                found[speaker.headquarters].append(statement)
        for told in found.values():
            told.sort(key=lambda statement: statement.date.earliest, reverse=True)
        return found

    def reaching(self, place: str) -> list[_Reaching]:
        """Measures that hold on the last day of the record and name the place, or a group that it is in then."""
        knowledge = self.world.knowledge
        day, places = knowledge.version.known_on, knowledge.places
        stands = places.stands_for(place, day)
        within = {m.group: m.member(day) for each in stands for m in places.groups(each, day)}
        found = []
        for measure in self.world.records("measures").values():
            held = measure.span.on(day)
            for through, headquarters, member in self._named(measure, place, within):
                if held is not False and member is not False:
                    found.append(_Reaching(measure, through, headquarters, bool(held and member)))
        return found

    @staticmethod
    def _named(measure: Measure, place: str, within: dict[str, Any]) -> Iterator[tuple[str, bool, Any]]:
        if place in measure.named_places:
            yield "", False, True
        for groups, headquarters in ((measure.places, False), (measure.headquarters, True)):
            for group in groups:
                if group in within:
                    yield group, headquarters, within[group]


def pages(world: World, voice: Voice) -> Iterator[Page]:
    """A page each, and the list of them."""
    atlas = Atlas(world)
    for key, place in world.records("places").items():
        yield page(atlas, voice, key, place)
    yield _index(atlas, voice)


def page(atlas: Atlas, voice: Voice, key: str, place: Place) -> Page:
    """The page of a place."""
    world, held = atlas.world, atlas.world.knowledge.places
    memberships = [m for m in held.memberships.get(key, []) if held.named[m.group].role != "universe"]
    treatments, tiers = held.treatments.get(key, []), held.tiers.get(key, [])
    issued = [k for k, i in world.instruments.items() if key in i.jurisdiction]
    given = {"key": key, "place": place, "w": world, "held": held, "treatments": treatments}
    orgs = atlas.organisations.get(key, [])
    others, seated = voice.others(f"{FOLDER}/{key}"), f"{voice.say('seated')} ({len(orgs)})" if orgs else ""
    reaching = voice.say("reaching", day=str(world.knowledge.version.known_on))
    receipts = [held.told(t, place.name_en) for t in tiers]
    said = atlas.statements.get(key, [])
    parts = [
        voice.part("", "", "place_about", others=others, iri=thing("place", key), **given),
        voice.part("tier", voice.say("tier_by_day"), "tiers", tiers=tiers, receipts=receipts, **given),
        voice.part("groups", voice.say("groups_by_day"), "memberships", memberships=memberships, **given),
        voice.part("measures", reaching, "reaching", found=atlas.reaching(key), **given),
        voice.part("instruments", voice.say("own_instruments"), "links", keys=issued, w=world),
        voice.part("organisations", seated, "organisations", keys=orgs, w=world),
        voice.part("statements", voice.say("statements_of"), "statements", statements=said, **given),
        voice.part("ask", voice.say("how_to_ask"), "ask", asked=asked(key), back="../"),
    ]
    return Page(f"{FOLDER}/{key}", world.name("place", key)[voice.at], sections(parts))


def asked(key: str) -> list[tuple[str, str]]:
    """Commands that ask of a place, each with the same in Python."""
    return [
        (f"dualuse groups {key} --as-of 2025-01-13", f'k.groups("{key}", as_of="2025-01-13")'),
        (f"dualuse chips --to {key} --hq {key}", f'k.chips(to=["{key}"], hq="{key}")'),
        (f"dualuse affected --party {key}", f'k.affected(party="{key}")'),
    ]


def _index(atlas: Atlas, voice: Voice) -> Page:
    world = atlas.world
    keys = sorted(world.records("places"), key=lambda key: (world.records("places")[key].name_en.casefold(), key))
    rows = [(key, world.knowledge.places.tier_word(key, world.knowledge.version.known_on)) for key in keys]
    html = voice.render(
        "places",
        rows=rows,
        w=world,
        organisations=atlas.organisations,
        statements=atlas.statements,
        day=str(world.knowledge.version.known_on),
    )
    lead = voice.render("index_lead", others=voice.others(f"{FOLDER}/index"), text=voice.say("places_lead"))
    return Page(f"{FOLDER}/index", voice.say("places"), [Section("", "", f"{lead}{html}")])
