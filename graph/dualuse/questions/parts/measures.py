"""Which measure is meant, whether it binds anybody on a day, and what it would take for it to reach a party."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dualuse.card import Unknown, optional
from dualuse.node import Node
from dualuse.said import Named, Phrase, phrase, same
from dualuse.show.words import word

if TYPE_CHECKING:
    from dualuse.knowledge import Knowledge
    from dualuse.network import Network
    from dualuse.network.frame import Frame


@dataclass(frozen=True, kw_only=True)
class Needed:
    """What is on record about one channel, and what would have to be true for a party to be reached through it."""

    by: str | None = optional()
    channel: str
    recorded: str
    needed: str


def find_measure(knowledge: Knowledge, given: str) -> Node:
    """Node of the instrument, or of the single measure, that a name means.

    Raises:
        UnknownNameError: it is neither.
    """
    names = knowledge.names
    single = not names.is_name("instrument", given) and names.is_name("measure", given)
    kind = "measure" if single else "instrument"
    return Node(kind, names.key(kind, given))


def inoperative(knowledge: Knowledge, network: Network, sources: Sequence[Node]) -> list[Unknown]:
    """Why instruments affect nobody on the day under the lens; nothing for those that are operative."""
    from dualuse.analyse.connected import OPERATIVE
    from dualuse.network import frame_of

    frame = frame_of(network)
    gaps = []
    for instrument, state in dict.fromkeys(_standing(knowledge, network, source) for source in sources):
        if state not in OPERATIVE:
            label = knowledge.names.label(instrument.kind, instrument.key)
            why = phrase("reach.binds_nobody", lens=word("lens", str(frame.lens)), key=same(instrument.key))
            day = frame.as_of.isoformat()
            gaps.append(Unknown(phrase("reach.inoperative", label=label, state=word("status", state), day=day), why))
            gaps += _parts_that_stand(knowledge, instrument.key, frame)
    return gaps


def _parts_that_stand(knowledge: Knowledge, instrument: str, frame: Frame) -> list[Unknown]:
    """Parts of an instrument that are operative though the whole is not, and which question tells whom they affect."""
    from dualuse.analyse.connected import OPERATIVE
    from dualuse.law.events import read_events, read_kinds
    from dualuse.law.status import status

    events = read_events(knowledge.store, instrument)
    kind, known_on = read_kinds(knowledge.store, (instrument,)).get(instrument, ""), frame.dataset.known_on
    gaps = []
    for part in sorted({part for event in events for part in event.scope}):
        found = status(events, frame.as_of, frame.lens, known_on=known_on, kind=kind, provision=part)
        if found.status in OPERATIVE:
            by = next((event.by for reading in found.readings for event in reading.events if event.by), None)
            see = f"dualuse connected --by {by}" if by else f"dualuse status {part}"
            name = knowledge.names.label("provision", part)
            why = phrase("reach.part", state=word("status", found.status), see=same(see))
            gaps.append(Unknown(phrase("reach.whom", name=name), why))
    return gaps


def _standing(knowledge: Knowledge, network: Network, source: Node) -> tuple[Node, str]:
    """The instrument of a source, in the network on the day or not, and its status."""
    from dualuse.analyse.connected import instrument_of
    from dualuse.network import frame_of
    from dualuse.questions.status import status
    from dualuse.store.base import value

    instrument = instrument_of(network, source)
    if instrument.kind == "measure":
        (row,) = knowledge.store.select(f"SELECT ?i WHERE {{ <{instrument.iri}> du:basedOn/eli:is_part_of ?i }}")
        instrument = Node.of(value(row, "i"))
    if instrument in network and network.nodes[instrument].get("status"):
        return instrument, network.nodes[instrument]["status"]
    frame = frame_of(network)
    return instrument, status(knowledge, instrument.key, as_of=frame.as_of, lens=frame.lens).answer.status


def without_measures(knowledge: Knowledge, sources: Sequence[Node]) -> list[Unknown]:
    """What leaves everybody untouched by instruments that have no measures, in their own record."""
    from dualuse.store.base import value

    return [
        Unknown(phrase("reach.no_measure", name=knowledge.names.label(source.kind, source.key)), value(row, "why"))
        for source in sources
        for row in knowledge.store.select(f"SELECT ?why WHERE {{ <{source.iri}> du:withoutMeasures ?why }}")
    ]


_SCOPE = """# What the measures of an instrument, or one measure, are for: items, destinations, roles.
SELECT DISTINCT ?name WHERE {
  { BIND(<%(source)s> AS ?measure) } UNION { ?measure du:basedOn/eli:is_part_of <%(source)s> }
  ?measure du:scopeItem|du:scopeDestination|du:scopePlace|du:bearer ?thing .
  ?thing skos:prefLabel ?name FILTER(LANG(?name) = "en")
}
ORDER BY ?name"""


def untied(knowledge: Knowledge, sources: Sequence[Node]) -> list[Unknown]:
    """What the measures of instruments are for, where nobody on record is tied to it."""
    from dualuse.store.base import value

    told = []
    for source in sources:
        names = [value(row, "name") for row in knowledge.store.select(_SCOPE % {"source": source.iri})]
        if names:
            what = phrase("reach.tied", key=same(source.key), names=Phrase.listed(names, between="; ", han="；"))
            told.append(Unknown(what, phrase("reach.no_maker")))
    return told


def not_connected(party: Node | None, sources: Sequence[Node]) -> Unknown:
    """That no path leads from measures, or from any, to a party, or to anybody."""
    who = Named.of({(party.kind, party.key): str(party)}) if party else phrase("reach.anybody")
    what = Named.of({(source.kind, source.key): source.key for source in sources}) or phrase("reach.any")
    return Unknown(phrase("reach.no_path", what=what, who=who), phrase("reach.would_take"))


def would_take(
    knowledge: Knowledge, network: Network, sources: Sequence[Node], party: Node, channels: Sequence[str]
) -> list[Needed]:
    """What would have to be true for a party to be connected, measure by measure."""
    from dualuse.analyse.connected import OPERATIVE
    from dualuse.analyse.missing import missing
    from dualuse.network import frame_of

    rows = []
    for source in sources:
        by = source.key if len(sources) > 1 else None
        _, state = _standing(knowledge, network, source)
        if state not in OPERATIVE:
            lens = word("lens", str(frame_of(network).lens))
            recorded = phrase("reach.state_under", state=word("status", state), lens=lens)
            needed = phrase("reach.needs")
            rows.append(Needed(by=by, channel="any", recorded=recorded, needed=needed))
        rows += [
            Needed(by=by, channel=entry.channel, recorded=entry.recorded, needed=entry.needed)
            for entry in missing(network, source, party)
            if not channels or entry.channel in channels
        ]
    return rows
