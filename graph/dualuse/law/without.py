"""The law with one part of it taken away: what an effect is measured against.

Taking away an instrument takes away its rules and thresholds, what it did to other instruments (stays, amendments) and
what it wrote into their text; what it displaced or ended goes on. A measure is the paragraph that it states; taking it
away leaves the rest of its instrument.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from dualuse.law.groups import Places
from dualuse.law.items import ControlList
from dualuse.law.transaction import World
from dualuse.model.base import Amended, placed

_A = TypeVar("_A", bound=Amended)


@dataclass(frozen=True)
class Part:
    """A part of the law.

    Args:
        provision: Key of the provision that a measure of it states; the whole instrument if empty.
        stays: Whether the part works on other instruments: any instrument may, of measures only a stay.
    """

    instrument: str
    provision: str = ""
    stays: bool = True

    def holds(self, instrument: str, provision: str) -> bool:
        """Whether text of an instrument is in this part."""
        if not self.provision:
            return self.instrument in (instrument, instrument_of(provision))
        return provision == self.provision or provision.startswith(f"{self.provision}-")

    def did(self, instrument: str | None) -> bool:
        """Whether what is said to be the work of an instrument goes with this part."""
        return self.stays and instrument == self.instrument


def instrument_of(provision: str) -> str:
    """Key of the instrument that holds a provision."""
    return provision.partition(".")[0]


def without(world: World, part: Part) -> World:
    """The same world without a part of the law; what the part did not write is shared, with what is known of it."""
    rules = _left((rule for rule in world.rules.rules if not part.holds(rule.instrument, rule.provision)), part)
    places, listed = _places(world.places, part), _listed(world.control_list, part)
    return World(
        rules=replace(world.rules, rules=tuple(rules)),
        places=places,
        control_list=listed,
        events={key: [event for event in each if not part.did(event.by)] for key, each in world.events.items()},
        kinds=world.kinds,
        known_on=world.known_on,
        order=world.order,
        _places=world._places if places is world.places else {},
        _classified=world._classified if listed is world.control_list else {},
    )


def _places(places: Places, part: Part) -> Places:
    """The places without what a part did to their memberships; themselves where it did nothing."""
    left = {place: [*_left(each, part)] for place, each in places.memberships.items()}
    return places if left == places.memberships else replace(places, memberships=left)


def _listed(control_list: ControlList, part: Part) -> ControlList:
    """The control list without what a part put there; itself where it put nothing."""
    limbs = (limb for limb in control_list.limbs if not part.holds(instrument_of(limb.provision), limb.provision))
    left = tuple(_left(limbs, part))
    gone = frozenset(item for item, by in control_list.begun_by.items() if part.did(by))
    same = left == control_list.limbs and gone == control_list.gone
    return control_list if same else replace(control_list, limbs=left, gone=gone)


def _left(text: Iterable[_A], part: Part) -> Iterator[_A]:
    """Text that a part of the law did not write; what it ended goes on."""
    for each in text:
        if part.did(each.begun_by):
            continue
        if part.did(each.ended_by):
            yield placed(replace(each, ended_by=None, valid_to=None), each.node.key)
        else:
            yield each
