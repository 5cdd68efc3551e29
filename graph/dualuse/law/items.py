"""What a chip is on a control list on a day: its thresholds, tested with three-valued truth."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from dualuse.law.truth import Truth, both, either
from dualuse.namespaces import split_thing
from dualuse.span import Span
from dualuse.store.base import Row, Store, value

THRESHOLDS_QUERY = """# Limbs of the technical tests of items.
SELECT ?threshold ?item ?tppMin ?tppBelow ?densityMin ?densityBelow ?interconnectMin ?dataCentre ?from ?to ?citation
WHERE {
  ?threshold a du:ItemThreshold ; du:item ?item ; du:basedOn/eli:id_local ?citation .
  OPTIONAL { ?threshold du:tppMin ?tppMin }
  OPTIONAL { ?threshold du:tppBelow ?tppBelow }
  OPTIONAL { ?threshold du:densityMin ?densityMin }
  OPTIONAL { ?threshold du:densityBelow ?densityBelow }
  OPTIONAL { ?threshold du:interconnectMin ?interconnectMin }
  OPTIONAL { ?threshold du:dataCentre ?dataCentre }
  OPTIONAL { ?threshold du:validFrom ?from }
  OPTIONAL { ?threshold du:validTo ?to }
}"""

PRODUCTS_QUERY = """# Chips and their numbers.
SELECT ?product ?label ?tpp ?tppEstimate ?density ?densityEstimate ?interconnect ?bandwidth ?dataCentre WHERE {
  ?product a du:Product ; rdfs:label ?label ; du:dataCentre ?dataCentre .
  OPTIONAL { ?product du:tpp ?tpp }
  OPTIONAL { ?product du:tppEstimate ?tppEstimate }
  OPTIONAL { ?product du:performanceDensity ?density }
  OPTIONAL { ?product du:performanceDensityEstimate ?densityEstimate }
  OPTIONAL { ?product du:interconnect ?interconnect }
  OPTIONAL { ?product du:memoryBandwidth ?bandwidth }
}"""


@dataclass(frozen=True)
class Chip:
    """A chip's numbers. An estimate stands apart: it never settles a test that it could fail on the sourced number."""

    key: str
    label: str
    tpp: float | None
    tpp_estimate: float | None
    density: float | None
    density_estimate: float | None
    interconnect: float | None
    bandwidth: float | None
    data_centre: bool


@dataclass(frozen=True)
class Limb:
    """One limb of an item's test; every bound given must be met."""

    key: str
    item: str
    tpp_min: float | None
    tpp_below: float | None
    density_min: float | None
    density_below: float | None
    interconnect_min: float | None
    data_centre: bool | None
    span: Span
    citation: str

    def met(self, chip: Chip) -> Truth:
        """Whether a chip meets the limb; unknown where a number it turns on is missing or only estimated."""
        tests = [
            _at_least(chip.tpp, self.tpp_min),
            _below(chip.tpp, self.tpp_below),
            _at_least(chip.density, self.density_min),
            _below(chip.density, self.density_below),
            _at_least(chip.interconnect, self.interconnect_min),
            True if self.data_centre is None else chip.data_centre == self.data_centre,
        ]
        return both(tests)


@dataclass(frozen=True)
class ControlList:
    """Items, their tests, and chips."""

    limbs: tuple[Limb, ...]
    chips: dict[str, Chip]
    broader: dict[str, str]

    def classify(self, chip: Chip, day: date) -> dict[str, Truth]:
        """Item -> whether the chip is that item on a day.

        A chip in the upper paragraph (``.a``) is not in the lower one (``.b``); an item follows from what it contains.
        """
        by_item: dict[str, list[Truth]] = defaultdict(list)
        for limb in self.limbs:
            current = limb.span.on(day)
            if current is not False:
                by_item[limb.item].append(both((current, limb.met(chip))))
        found = {item: either(truths) for item, truths in by_item.items()}
        for item in list(found):
            upper = f"{item[:-2]}.a"
            if item.endswith(".b") and found[item] is not False and found.get(upper) is True:
                found[item] = False
        for item, whole in self.broader.items():
            if item in found:
                found[whole] = either((found.get(whole, False), found[item]))
        return found

    def named(self, item: str) -> dict[str, Truth]:
        """Item -> truth, for a transaction that names its paragraph: that one and those it is part of."""
        found: dict[str, Truth] = {item: True}
        above = self.broader.get(item)
        while above is not None:
            found[above] = True
            above = self.broader.get(above)
        for narrower, whole in self.broader.items():
            if whole == item:
                found[narrower] = None
        return found


def read_control_list(store: Store) -> ControlList:
    """Read thresholds, chips and the nesting of items."""
    limbs = tuple(sorted((limb_of(row) for row in store.select(THRESHOLDS_QUERY)), key=lambda limb: limb.key))
    chips = {chip.key: chip for chip in map(chip_of, store.select(PRODUCTS_QUERY))}
    nesting = store.select("SELECT ?item ?within WHERE { ?item a du:Item ; skos:broader ?within }")
    broader = {split_thing(value(row, "item"))[1]: split_thing(value(row, "within"))[1] for row in nesting}
    return ControlList(limbs, dict(sorted(chips.items())), dict(sorted(broader.items())))


def limb_of(row: Row) -> Limb:
    """A limb from a row of ``THRESHOLDS_QUERY``."""
    return Limb(
        key=split_thing(value(row, "threshold"))[1],
        item=split_thing(value(row, "item"))[1],
        tpp_min=_number(row, "tppMin"),
        tpp_below=_number(row, "tppBelow"),
        density_min=_number(row, "densityMin"),
        density_below=_number(row, "densityBelow"),
        interconnect_min=_number(row, "interconnectMin"),
        data_centre=value(row, "dataCentre") == "true" if "dataCentre" in row else None,
        span=Span.of(row),
        citation=value(row, "citation"),
    )


def chip_of(row: Row) -> Chip:
    """A chip from a row of ``PRODUCTS_QUERY``."""
    return Chip(
        key=split_thing(value(row, "product"))[1],
        label=value(row, "label"),
        tpp=_number(row, "tpp"),
        tpp_estimate=_number(row, "tppEstimate"),
        density=_number(row, "density"),
        density_estimate=_number(row, "densityEstimate"),
        interconnect=_number(row, "interconnect"),
        bandwidth=_number(row, "bandwidth"),
        data_centre=value(row, "dataCentre") == "true",
    )


def _number(row: Row, name: str) -> float | None:
    return float(value(row, name)) if name in row else None


def _at_least(actual: float | None, bound: float | None) -> Truth:
    if bound is None:
        return True
    return None if actual is None else actual >= bound


def _below(actual: float | None, bound: float | None) -> Truth:
    if bound is None:
        return True
    return None if actual is None else actual < bound
