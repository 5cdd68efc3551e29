"""What a chip is on a control list on a day: its thresholds, tested with three-valued truth."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date

from dualuse.law.truth import Truth, both, either
from dualuse.model.items import Item, Product, Threshold
from dualuse.model.read import read
from dualuse.store.base import Store


def met(limb: Threshold, chip: Product) -> Truth:
    """Whether a chip meets a limb of an item's test; unknown where a number it turns on is missing or estimated."""
    return both(
        (
            _at_least(chip.tpp, limb.tpp_min),
            _below(chip.tpp, limb.tpp_below),
            _at_least(chip.performance_density, limb.density_min),
            _below(chip.performance_density, limb.density_below),
            _at_least(chip.interconnect_gb_s, limb.interconnect_min),
            limb.data_centre in (None, chip.data_centre),
        )
    )


@dataclass(frozen=True)
class ControlList:
    """Items, their tests, and chips."""

    limbs: tuple[Threshold, ...]
    chips: dict[str, Product]
    broader: dict[str, str]
    begun_by: dict[str, str]
    """Item -> the instrument that put it on the list, where that is recorded."""
    gone: frozenset[str] = frozenset()
    """Items that are not on the list: what put them there was taken away."""
    called: dict[str, str] = field(default_factory=dict)
    """Item -> what it covers, in words."""
    makers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Item -> types of organisation that make it."""

    def classify(self, chip: Product, day: date) -> dict[str, Truth]:
        """Item -> whether the chip is that item on a day.

        A chip in the upper paragraph (``.a``) is not in the lower one (``.b``); an item follows from what it contains.
        """
        by_item: dict[str, list[Truth]] = defaultdict(list)
        for limb in self.limbs:
            current = limb.span.on(day)
            if current is not False:
                by_item[limb.item].append(both((current, met(limb, chip))))
        found = {item: either(truths) for item, truths in by_item.items()}
        for item in list(found):
            upper = f"{item[:-2]}.a"
            if item.endswith(".b") and found[item] is not False and found.get(upper) is True:
                found[item] = False
        for item, whole in self.broader.items():
            if item in found:
                found[whole] = either((found.get(whole, False), found[item]))
        return found

    def named(self, item: str, listed: Callable[[str], Truth] = lambda item: True) -> dict[str, Truth]:
        """Item -> truth, for a transaction that names its paragraph: that one and those it is part of.

        Args:
            item: The paragraph.
            listed: Whether an item is on the list at all; one that is not is no part of what is above it.
        """
        found: dict[str, Truth] = {item: True}
        part: Truth = True
        below, above = item, self.broader.get(item)
        while above is not None:
            part = both((part, listed(below)))
            found[above] = part
            below, above = above, self.broader.get(above)
        for narrower, whole in self.broader.items():
            if whole == item:
                found[narrower] = None
        return found


def read_control_list(store: Store, chips: Collection[str] | None = None) -> ControlList:
    """Read thresholds, chips and the nesting of items.

    Args:
        chips: Keys of the chips to read; every one if not given.
    """
    items = read(store, Item)
    return ControlList(
        tuple(read(store, Threshold)),
        {chip.node.key: chip for chip in read(store, Product, keys=chips)},
        {item.key: item.within for item in items if item.within},
        {item.key: item.begun_by for item in items if item.begun_by},
        called={item.key: item.name_en for item in items},
        makers={item.key: item.makers for item in items if item.makers},
    )


def _at_least(actual: float | None, bound: float | None) -> Truth:
    if bound is None:
        return True
    return None if actual is None else actual >= bound


def _below(actual: float | None, bound: float | None) -> Truth:
    if bound is None:
        return True
    return None if actual is None else actual < bound
