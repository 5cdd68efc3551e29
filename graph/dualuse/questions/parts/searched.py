"""A screening as one works through it: the lists that are searched, the day, and what goes with every customer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING

from dualuse.card import Receipt, Unknown
from dualuse.errors import UnknownNameError, UsageError
from dualuse.lens import Lens
from dualuse.said import Named as Called
from dualuse.said import Phrase, phrase, same

if TYPE_CHECKING:
    from dualuse.knowledge import Knowledge
    from dualuse.ownership.standing import Standing
    from dualuse.questions.parts.matches import Match
    from dualuse.screening.notices import Notice
    from dualuse.screening.parties import Parties
    from dualuse.screening.party import Listed
    from dualuse.screening.screener import Captured, Customer, Screened, Screener

RULE = "bis-affiliates"
"""The 50 % rule that is applied to owners on record."""


@dataclass
class Search:
    """Customers held against lists on a day.

    Args:
        knowledge: The graph.
        parties: The parties of the lists.
        day: Day of law.
        most: Most candidates a customer.
        lens: Lens through which notices of listings and the 50 % rule are read.
    """

    knowledge: Knowledge
    parties: Parties
    day: date
    most: int = 5
    lens: Lens = Lens.CODIFIED

    def under(self, lens: Lens) -> Search:
        """The same search through another lens; whom the 50 % rule would capture is worked out once."""
        other = replace(self, lens=lens)
        other._capturing = self._capturing
        return other

    @cached_property
    def screener(self) -> Screener:
        """What screens."""
        from dualuse.screening.screener import Screener

        return Screener(self.parties, self.day, self.most, self._capturing, lambda: self.law.status, self.lens)

    @cached_property
    def law(self) -> Standing:
        """Where the 50 % rule stands on the day, under the lens."""
        from dualuse.ownership.records import find_rule
        from dualuse.ownership.standing import standing

        known = self.knowledge
        return standing(known.store, find_rule(RULE), self.day, self.lens, known.version.known_on, known.registry)

    @property
    def is_idle(self) -> bool:
        """Whether the 50 % rule is surely not in force on the day."""
        return self.law.status not in ("in-force", "unknown")

    @cached_property
    def _capturing(self) -> Callable[[], dict[str, Captured]]:
        return cache(self._captured)

    def _captured(self) -> dict[str, Captured]:
        """What the 50 % rule makes of the organisations of the record, where it makes anything."""
        from dualuse.ownership.records import find_rule
        from dualuse.questions.parts.stakes import Given, apply
        from dualuse.screening.screener import Captured

        try:
            found = apply(self.knowledge, find_rule(RULE), self.day, Given(None, None, "native", 0, None), ())
        except UsageError:  # nobody of the graph is on its lists
            return {}
        return {
            row["party"]: Captured(row["result"], _through(row["through"]))
            for row in found.rows
            if row["result"] in ("captured", "possible")
        }

    def run(self, customers: Iterable[Customer]) -> Iterator[Screened]:
        """What comes of each customer."""
        yield from map(self.screener.screen, customers)

    def rows(self, found: Screened) -> list[Match]:
        """What came of a customer, in rows."""
        from dualuse.questions.parts.matches import rows_of

        return list(rows_of(found, self.parties.lists, self._groups(found.customer.country), self.notice))

    @cached_property
    def _groups(self) -> Callable[[str], tuple[str, ...]]:
        return lru_cache(maxsize=4096)(self._groups_of)

    def _groups_of(self, country: str) -> tuple[str, ...]:
        """Country groups of a country on the day, as ``D:5``; of one whose place is open, those of each."""
        if not country.strip():
            return ()
        places, names = self.knowledge.places, self.knowledge.names
        try:
            place = names.key("place", country)
        except UnknownNameError:
            return (phrase("screened.no_country"),)
        found = set()
        for stands in places.stands_for(place, self.day):
            for held in places.groups(stands, self.day):
                name = held.group.removeprefix("us-")
                if held.group.startswith("us-") and name[:1] in "abde" and name[1:].isdigit() | (name == "b"):
                    code = f"{name[0].upper()}{':' if name[1:] else ''}{name[1:]}"
                    found.add(code if held.member(self.day) else phrase("screened.doubt", group=code))
        return tuple(sorted(found))

    def receipts(self, found: Sequence[Screened]) -> list[Receipt]:
        """What the candidates rest on; where owners count, the rule too."""
        from dualuse.questions.parts.matches import receipts

        candidates = [each for one in found for each in one.candidates]
        law = self.law.receipts if any(each.through for each in candidates) else ()
        listed = [each.listed for each in candidates]
        return [*law, *receipts(found, self.parties.lists, self.of_record(listed)), *self._events(listed)]

    def _events(self, listed: Iterable[Listed]) -> Iterator[Receipt]:
        """What stopped the notices of listings."""
        from dualuse.law.events import receipt

        for notice in self._stopped(listed):
            for reading in notice.on(self.day, self.lens).readings:
                yield from (receipt(event, self.knowledge.registry) for event in reading.events)

    def _stopped(self, listed: Iterable[Listed]) -> list[Notice]:
        """Notices of listings that are stopped on the day under some lens, or may be."""
        from dualuse.screening.notices import stopped

        found = {each.notice.instrument: each.notice for each in listed if each.notice is not None}
        return [each for each in found.values() if any(stopped(each.on(self.day, lens)) for lens in Lens)]

    def notice(self, listed: Listed) -> str:
        """Where the notice of a listing stands under each lens, if it is stopped under one, or may be."""
        from dualuse.questions.parts.standing import in_words, told_apart

        for notice in self._stopped([listed]):
            told = told_apart({lens: in_words(notice.on(self.day, lens)) for lens in Lens}, {})
            return phrase("screened.notice", key=notice.instrument, told=told)
        return ""

    def of_record(self, listed: Iterable[Listed]) -> dict[str, Receipt]:
        """Receipts of listings of the record, by IRI."""
        from dualuse.model.read import read
        from dualuse.model.relations import PartyListing

        keys = {party.key for party in listed if party.organisation and party.lists}
        names, registry = self.knowledge.names, self.knowledge.registry
        listings = read(self.knowledge.store, PartyListing, keys=keys)
        registry.prepare(listings)
        told = {}
        for each in listings:
            since = phrase("held.since", day=str(each.listed_on)) if each.listed_on else ""
            until = phrase("held.until", day=str(each.valid_to)) if each.valid_to else ""
            party, on = names.label("organisation", each.party), names.label("programme", each.programme)
            text = phrase("held.on_list", party=party, list=on, since=since, until=until)
            told[each.node.iri] = registry.receipt(each, text, each.value or "")
        return told

    def doubts(self, found: Sequence[Screened]) -> list[Unknown]:
        """Notices of which it is not known whether they are in force on the day."""
        listed = [each.listed for one in found for each in one.candidates]
        answers = ((each, each.on(self.day, self.lens)) for each in self._stopped(listed))
        return [
            Unknown(
                phrase("held.binding", notice=Called.of({("instrument", notice.instrument): notice.instrument})),
                answer.settles,
            )
            for notice, answer in answers
            if answer.status == "unknown"
        ]

    def unknown(self) -> list[Unknown]:
        """What a search of these lists cannot say."""
        names = same(", ".join(f"{each.name} ({each.retrieved})" for each in self.parties.lists))
        gaps = [
            Unknown(phrase("held.others"), phrase("held.only", lists=names)),
        ]
        if all(each.name == "record" for each in self.parties.lists):
            gaps.append(Unknown(phrase("held.not_held"), phrase("held.some")))
        for each in self.parties.lists:
            if each.not_read:
                form = "held.stands" if each.not_read > 1 else "held.stands_one"
                what = phrase(form, n=each.not_read, list=same(each.name))
                gaps.append(Unknown(what, phrase("held.not_read")))
            if each.retrieved and date.fromisoformat(each.retrieved) < self.day:
                days = {"start": each.retrieved, "day": self.day.isoformat()}
                gaps.append(Unknown(phrase("held.changed", list=same(each.name), **days), phrase("held.had")))
        return gaps


def _through(stakes: Sequence[dict[str, object]]) -> Phrase:
    parts = []
    for stake in stakes:
        owner, low, high = str(stake["owner"]), float(str(stake["min"])), float(str(stake["max"]))
        named = Called.of({("organisation", owner): owner})
        if low == high:
            parts.append(phrase("screened.share", owner=named, share=f"{low:g}"))
        else:
            parts.append(phrase("screened.shares", owner=named, low=f"{low:g}", high=f"{high:g}"))
    return Phrase.listed(parts, between="; ", han="；")
