"""How far the record reaches, authority by authority, and on which days that is too little to rest an answer on.

The record of an authority reaches to the last act of it that is on record, or to the end of the last month of which the
texts searched reach the whole, whichever is later. Days that a text set in advance, on which something takes effect, is
due or ends, are no acts: they tell nothing of what the authority did since.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from dualuse.card import Unknown
from dualuse.dates import PartialDate
from dualuse.model.enforcement import Search
from dualuse.model.read import read
from dualuse.namespaces import split_thing
from dualuse.said import Phrase, phrase
from dualuse.store.base import Store, value
from dualuse.unnamed import clock_of

HORIZONS: Mapping[str, int] = {"fresh": 7, "ageing": 14, "old": 30}
"""Name of a horizon -> most days since the record reached an authority."""
STALE = "stale"
"""What is past them all; an answer that turns on it says so."""
_LAST = max(HORIZONS.values())
_MOST_NAMED = 2
QUERY = """# Acts of the bodies that issued instruments; days that were set in advance are left out.
SELECT ?authority ?event (STR(?day) AS ?on)
WHERE {
  ?event a du:LegalEvent ; du:onInstrument ?instrument ; du:latest ?day ; du:eventKind ?kind .
  FILTER(?kind NOT IN (event-kind:effectiveness, event-kind:compliance-due, event-kind:expiry))
  ?instrument eli:passed_by ?issuer .
  OPTIONAL { ?event prov:wasAssociatedWith ?agent }
  BIND(COALESCE(?agent, ?issuer) AS ?authority)
  FILTER EXISTS { ?any eli:passed_by ?authority }
}"""
_ISSUERS = """SELECT ?instrument ?authority ?order WHERE {
  ?instrument a du:Instrument ; eli:passed_by ?authority ; du:jurisdiction ?order }"""
_NAMES = "SELECT ?a ?name WHERE { VALUES ?a { %s } ?a skos:prefLabel ?name FILTER(LANG(?name) = 'en') }"
_NO_LAW = frozenset(("claims", "conflicts", "holders", "news", "reconcile", "said", "screen", "structure", "verify"))
"""Commands whose answers rest on what was said or owned, or on a file, and on no law as it stands on a day."""
_NAMED = ("instrument", "by", "measure", "compare", "remove", "about")
"""Parts of a question that name instruments."""
ORDER = "US"
"""Legal order that is asked where a question names none."""


@dataclass(frozen=True)
class Searched:
    """The last month of which the texts searched reach the whole, and those after it of which they reach a part."""

    whole: PartialDate | None
    part: tuple[PartialDate, ...]

    @property
    def day(self) -> date | None:
        """Last day of the month that was searched whole."""
        return None if self.whole is None else self.whole.latest


@dataclass(frozen=True)
class Issuer:
    """What a body issued: keys of the instruments, and the legal orders they are of."""

    instruments: set[str]
    orders: set[str]


@dataclass(frozen=True)
class Reach:
    """How far the record of an authority reaches: its last act, and the key of the event; and the last search."""

    authority: str
    acted: date | None
    event: str
    searched: Searched

    @property
    def day(self) -> date | None:
        """Last day that the record reaches."""
        return max((day for day in (self.acted, self.searched.day) if day is not None), default=None)


def age(reached: date | None, day: date) -> int | None:
    """Days since the record reached an authority; 0 on a day before."""
    return None if reached is None else max(0, (day - reached).days)


def horizon(days: int | None) -> str:
    """Name of the horizon that an age in days lies within.

    Example:
        >>> [horizon(days) for days in (0, 7, 8, 14, 15, 30, 31, None)]
        ['fresh', 'fresh', 'ageing', 'ageing', 'old', 'old', 'stale', 'stale']
    """
    return STALE if days is None else next((name for name, most in HORIZONS.items() if days <= most), STALE)


def read_searched(store: Store) -> Searched:
    """How far the months were searched."""
    searches = sorted(read(store, Search), key=lambda search: search.month.earliest)
    whole = next((each.month for each in reversed(searches) if each.reach == "whole"), None)
    part = [each.month for each in searches if each.reach == "part" and (whole is None or each.month > whole)]
    return Searched(whole, tuple(dict.fromkeys(part)))


def read_reach(store: Store, known_on: date, searched: Searched | None = None) -> dict[str, Reach]:
    """How far the record reaches of every body that issued an instrument, by its key.

    Args:
        known_on: Last day of the record; an act dated later is none yet.
        searched: How far the months were searched, if that was read before.
    """
    searches = read_searched(store) if searched is None else searched
    last: dict[str, tuple[date, str]] = dict.fromkeys(read_issuers(store), (date.min, ""))
    for row in store.select(QUERY):
        authority, event = (split_thing(value(row, name))[1] for name in ("authority", "event"))
        day = date.fromisoformat(value(row, "on"))
        if day <= known_on:
            last[authority] = max(last.get(authority, (date.min, "")), (day, event))
    return {
        authority: Reach(authority, day if event else None, event, searches)
        for authority, (day, event) in sorted(last.items())
    }


def read_issuers(
    store: Store, *, instruments: Collection[str] | None = None, orders: Collection[str] | None = None
) -> dict[str, Issuer]:
    """Bodies that issued instruments, who issued most in front.

    Args:
        instruments: Keys of instruments; every one if not given.
        orders: Legal orders; every one if not given.
    """
    found: dict[str, Issuer] = {}
    for row in store.select(_ISSUERS):
        order, key = value(row, "order"), split_thing(value(row, "instrument"))[1]
        if (instruments is None or key in instruments) and (orders is None or order in orders):
            issuer = found.setdefault(split_thing(value(row, "authority"))[1], Issuer(set(), set()))
            issuer.instruments.add(key)
            issuer.orders.add(order)
    return dict(sorted(found.items(), key=lambda each: (-len(each[1].instruments), each[0])))


def past(store: Store, question: Mapping[str, object], day: date, known_on: date) -> tuple[Unknown, ...]:
    """What is not known because the day of a question lies past the last horizon of the authority whose law it asks.

    The day decides, and today only where no day was named. Nothing more is read where the months searched reach it.

    Args:
        known_on: Last day of the record.
    """
    if question.get("command") in _NO_LAW or question.get("since_load") or question.get("record"):
        return ()
    searched = read_searched(store)
    days = age(searched.day, _asked_on(day))
    if days is not None and days <= _LAST:
        return ()
    return past_of(store, reached_by(store, question, known_on, searched), day)


def reached_by(
    store: Store, question: Mapping[str, object], known_on: date, searched: Searched | None = None
) -> list[Reach]:
    """How far the record reaches of each authority whose law a question asks, who issued most in front."""
    found = read_reach(store, known_on, searched)
    return [found[key] for key in _asked(store, question)]


def past_of(store: Store, reached: Collection[Reach], day: date) -> tuple[Unknown, ...]:
    """What is not known of some authorities on a day; see :func:`past`."""
    late = [each for each in reached if horizon(age(each.day, _asked_on(day))) == STALE]
    return (_told(store, late, day),) if late else ()


def _asked_on(day: date) -> date:
    """The day that decides: the one that is asked of, or today where none was named and the record ends before."""
    return max(day, clock_of(day) or day)


def _told(store: Store, late: list[Reach], day: date) -> Unknown:
    """One line for all authorities, from the day to which the record of each reaches."""
    least = min((each.day for each in late if each.day is not None), default=None)
    asked_for = " ".join(f"organisation:{each.authority}" for each in late[:_MOST_NAMED])
    rows = store.select(_NAMES % asked_for)
    called = {split_thing(value(row, "a"))[1]: value(row, "name") for row in rows}
    who: list[str] = [called.get(each.authority, each.authority) for each in late[:_MOST_NAMED]]
    more = len(late) - len(who)
    who += [phrase("reached.more", n=more) if more > 1 else phrase("reached.one_more")] if more else []
    first = Phrase.listed(who[:-1])
    listed = phrase("reached.and", first=first, last=who[-1]) if first else Phrase.listed(who)
    on = day if horizon(age(least, day)) == STALE else _asked_on(day)
    why = phrase("reached.later", day=on.isoformat(), n=_LAST)
    if least is None:
        return Unknown(phrase("reached.did_ever", listed=listed), why)
    return Unknown(phrase("reached.did_since", listed=listed, day=least.isoformat()), why)


def _asked(store: Store, question: Mapping[str, object]) -> list[str]:
    """Keys of the authorities whose law a question asks: of the instruments it names, else of the legal order."""
    named: set[str] = set()
    for part in _NAMED:
        given = question.get(part)
        named |= {str(each).rpartition(":")[2] for each in (given if isinstance(given, list | tuple) else (given,))}
    found = read_issuers(store, instruments=named) if named - {"None"} else {}
    if not found:
        order = question.get("under") or ORDER
        everyone = question.get("command") == "changes"
        found = read_issuers(store, orders=None if everyone else {str(order)})
    return list(found)
