"""Provisions, thresholds and other figures of the record held against the text of the regulations of a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from dualuse.dates import PartialDate
from dualuse.model.items import Threshold
from dualuse.model.law import Event, Measure, Provision
from dualuse.model.read import read
from dualuse.reconcile.cited import Cited, cited
from dualuse.reconcile.figures import as_printed, exact, in_words, limits, stand_in, written
from dualuse.reconcile.finding import Finding, Outcome, Record
from dualuse.reconcile.groups import compare_groups
from dualuse.reconcile.lawtext import LawText, Piece
from dualuse.reconcile.told import Text
from dualuse.span import Span

_LIMITS = {
    "tpp_min": "TPP, at least",
    "tpp_below": "TPP, below",
    "density_min": "performance density, at least",
    "density_below": "performance density, below",
    "interconnect_min": "links, GB/s, at least",
}
_BY_WORDS = ("tpp_min", "tpp_below", "density_min", "density_below")
"""Limits that the words of the control list are read for."""


def compare_regulations(record: Record, text: Text) -> Outcome:
    """Hold groups, figures and provisions against the regulations of a day."""
    groups, law = compare_groups(record, text), _Law(record, LawText(text))
    return Outcome([*groups.findings, *law.thresholds(), *law.figures(), *law.provisions()], groups.gaps)


class _Law:
    """The record's law beside a text of it."""

    def __init__(self, record: Record, text: LawText) -> None:
        self._record, self._text = record, text
        self._provisions: Mapping[str, Provision] = {each.key: each for each in read(record.store, Provision)}
        self._begins = _beginnings(record)

    def provisions(self) -> Iterator[Finding]:
        """Whether each paragraph that the record cites is there."""
        for provision in self._provisions.values():
            said = f"{provision.key} cites {provision.citation}"
            receipt = self._record.registry.receipt(provision, said, provision.citation)
            for place, piece in self._places(provision.key):
                told = Finding(
                    kind="provision",
                    subject=place.words,
                    record=provision.citation,
                    feed="there",
                    where=place.words,
                    verdict="agrees",
                    why=piece.why,
                    fact=f"provision:{provision.key}",
                    receipt=receipt,
                )
                if not piece.there:
                    yield self._missing(told, provision, piece)
                elif why := self._not_yet(provision) or (piece.why if piece.around else ""):
                    yield replace(told, verdict="not-compared", why=why)
                else:
                    yield told

    def thresholds(self) -> Iterator[Finding]:
        """Whether each limb of a technical test has the limits that the control list gives it."""
        for limb in read(self._record.store, Threshold):
            receipt = self._record.registry.receipt(limb, f"{limb.key}: {_limits_told(limb)}")
            for place, piece in self._places(limb.provision):
                told = Finding(
                    "threshold", limb.key, "", "", place.words, "agrees", "", f"threshold:{limb.key}", receipt
                )
                if not limb.span.on(self._record.day):
                    told = replace(told, record=_limits_told(limb))
                    yield replace(told, verdict="not-compared", why=f"it holds {limb.span}, not surely on this day")
                elif not piece.there:
                    told = replace(told, record=_limits_told(limb))
                    yield self._missing(told, self._provisions[limb.provision], piece)
                else:
                    yield from _limb(told, limb, piece.text)

    def figures(self) -> Iterator[Finding]:
        """Whether each figure or day that a measure sets stands in the paragraph it is of."""
        for measure in read(self._record.store, Measure):
            figures, day = _set_by(measure)
            if not (figures or day) or measure.kind == "listing":
                continue
            receipt = self._record.registry.receipt(measure, f"{measure.name_en}: {_told(measure)}")
            for place, piece in self._places(measure.provision):
                fact = f"measure:{measure.key}"
                told = Finding("figure", measure.name_en, _told(measure), "", place.words, "agrees", "", fact, receipt)
                if "computed" in (measure.unit or ""):
                    yield replace(told, verdict="not-compared", why="reckoned from other figures, not printed")
                elif not piece.there:
                    yield self._missing(told, self._provisions[measure.provision], piece)
                elif why := self._not_yet(self._provisions[measure.provision]):
                    yield replace(told, verdict="not-compared", why=why)
                else:
                    yield self._figure(told, measure, figures, day, piece.text)

    def _figure(self, told: Finding, measure: Measure, figures: list[Decimal], day: str, text: str) -> Finding:
        if day:
            there = day in " ".join(text.split())
            told = replace(told, feed=day if there else "", verdict="agrees" if there else "differs")
            told = told if there else replace(told, why=f"the paragraph does not name {day}")
        else:
            held = stand_in(figures, measure.unit or "", text)
            told = replace(told, feed=held.said, verdict=held.verdict, why=held.why)
        if told.verdict == "differs" and measure.span.on(self._record.day) is not True:
            return replace(told, verdict="not-compared", why=f"it holds {measure.span}, not surely on this day")
        return told

    def _places(self, provision: str) -> Iterator[tuple[Cited, Piece]]:
        """The pieces that a provision cites, and what the text has of each."""
        return ((each, self._text.find(each)) for each in cited(self._provisions[provision].citation))

    def _missing(self, told: Finding, provision: Provision, piece: Piece) -> Finding:
        """What is said of a piece that the text does not have."""
        told = replace(told, where="", feed="" if piece.there is None else "not there")
        if piece.there is None:
            return replace(told, verdict="not-compared", why=piece.why)
        if why := self._not_yet(provision):
            return replace(told, verdict="not-compared", why=why)
        return replace(told, verdict="not-in-feed", why=piece.why)

    def _not_yet(self, provision: Provision) -> str:
        """Why a text of the day does not surely have what the provision is of; blank if it is in effect."""
        begins = self._begins.get(provision.instrument)
        if begins is None or Span(begins).on(self._record.day) is True:
            return ""
        return f"{provision.instrument} takes effect on {begins}; the text is of {self._record.day}"


def _beginnings(record: Record) -> dict[str, PartialDate]:
    """Instrument -> when it first took effect, where that is on record."""
    found: dict[str, PartialDate] = {}
    for event in read(record.store, Event):
        if event.kind == "effectiveness":
            instrument = event.node.key.rpartition(".")[0]
            found[instrument] = min(found.get(instrument, event.date), event.date, key=lambda day: day.earliest)
    return found


def _limb(told: Finding, limb: Threshold, text: str) -> Iterator[Finding]:
    """Each limit of a limb beside that of the text, also those that one of the two lacks."""
    read_ = limits(text)
    for field, name in _LIMITS.items():
        value = getattr(limb, field)
        ours = None if value is None else exact(value)
        theirs = read_.get(field)
        each = replace(
            told,
            subject=f"{limb.key}: {name}",
            record="" if ours is None else written(ours),
            feed="" if theirs is None else written(theirs),
        )
        if ours is None and theirs is None:
            continue
        if ours is None:
            yield replace(each, verdict="not-in-record")
        elif theirs is None and (field not in _BY_WORDS or not read_):
            held = stand_in([ours], "", text)
            yield replace(each, feed=held.said, verdict=held.verdict, why=held.why)
        elif theirs is None:
            yield replace(each, verdict="not-in-feed", why="the paragraph sets no such limit")
        else:
            yield replace(each, verdict="agrees" if ours == theirs else "differs")


def _limits_told(limb: Threshold) -> str:
    values = ((name, getattr(limb, field)) for field, name in _LIMITS.items())
    return "; ".join(f"{name} {written(value)}" for name, value in values if value is not None)


def _set_by(measure: Measure) -> tuple[list[Decimal], str]:
    """The figures that a measure sets, or the day as the regulations print one."""
    if measure.quantity is not None:
        return [exact(measure.quantity)], ""
    if measure.unit == "date":
        return [], as_printed(measure.value or "")
    return in_words(measure.value or ""), ""


def _told(measure: Measure) -> str:
    """What a measure sets, in words."""
    figure = measure.value if measure.quantity is None else written(measure.quantity)
    return f"{figure} {measure.unit or ''}".strip()
