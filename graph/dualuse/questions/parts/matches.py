"""Rows of a screening: what came of each customer, candidate by candidate."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dualuse.card import Receipt, optional
from dualuse.said import Named, Phrase, phrase, same
from dualuse.show.words import word

if TYPE_CHECKING:
    from dualuse.screening.party import Listed, ListRead
    from dualuse.screening.screener import Candidate, Screened

_SHOWN = 60


@dataclass(frozen=True, kw_only=True)
class Match:
    """A customer with one candidate, or with none.

    Args:
        row: Line of the table.
        id: What the table calls the customer.
        customer: Its name.
        outcome: ``hit``, ``possible``, ``not-screened`` or ``none-in-these-lists``, of this candidate.
        reason: Why it is not a hit, or not screened.
        candidate: Name under which the party is listed.
        matched: Name, address or identifier by which it was found.
        score: How like the names are.
        why: What the match rests on.
        source: The list that was searched.
        lists: Codes of the lists on which the party stands.
        footnotes: Footnotes of its entry.
        requirement: The licence requirement, as the list has it.
        policy: The review policy.
        listed_from: Day of the listing.
        listed_to: The day after its last.
        standing: Whether the listing holds on the day, under the lens.
        notice: Where the notice of the listing stands under each lens, if it is stopped, or may be.
        through: Owners through whom the 50 % rule captures, or may.
        groups: Country groups of the customer's country.
        entry: IRI of the record of the listing.
        more: How many more candidates there are than are told.
    """

    row: int
    id: str
    customer: str
    outcome: str
    reason: str
    candidate: str | None
    matched: str | None
    score: float | None
    why: Sequence[str]
    source: str | None
    lists: Sequence[str]
    footnotes: Sequence[int]
    requirement: str
    policy: str
    listed_from: str
    listed_to: str
    standing: str | None
    notice: str
    through: str
    groups: Sequence[str]
    entry: str
    more: int | None = optional()

    def seen(self) -> dict[str, Any]:
        """The row as people read it."""
        return {
            "row": self.row,
            "customer": _short(self.customer),
            "outcome": self.outcome,
            "candidate": None if self.candidate is None else _short(self.candidate),
            "score": self.score,
            "why": Phrase.listed(word("match", each) for each in self.why) or self.reason,
            "lists": self._listed() if self.candidate else "",
            "through": self.through,
            "groups": Phrase.listed(self.groups),
        }

    def _listed(self) -> Phrase:
        """On which lists, since when, and how the listing stands where it is not in force."""
        on = (*map(_list, self.lists), *(phrase("screened.footnote", n=note) for note in self.footnotes))
        since, until = _dated("since", self.listed_from), _dated("until", self.listed_to)
        told = phrase("screened.entered", lists=Phrase.listed(on), since=since, until=until)
        if self.standing in ("in-force", None):
            return told
        return phrase("screened.standing", told=told, standing=word("standing", str(self.standing)))


def _list(code: str) -> Named:
    """A list of the record or of a feed, by its code; in Chinese by its name, where it has one."""
    return Named.of({("programme", code): code})


def _dated(when: str, day: str) -> Phrase | str:
    return phrase(f"screened.{when}", day=same(day)) if day else ""


def _short(text: str) -> str:
    bare = " ".join(text.split())
    return bare if len(bare) <= _SHOWN else f"{bare[:_SHOWN]}…"


def rows_of(
    found: Screened, lists: Sequence[ListRead], groups: Sequence[str], notice: Callable[[Listed], str]
) -> Iterator[Match]:
    """A row for each candidate of a customer, or one for a customer without.

    Args:
        found: What came of the customer.
        lists: The lists searched.
        groups: Country groups of its country.
        notice: Says where the notice of a listing stands.
    """
    customer = found.customer
    common: dict[str, Any] = {"row": customer.row, "id": customer.id, "customer": customer.name, "groups": groups}
    if not found.candidates:
        yield Match(**common, outcome=found.outcome, reason=found.reason, **_NONE)
    for place, each in enumerate(found.candidates):
        reason = found.reason if place == 0 else ""
        more = found.more or None if place == 0 else None
        yield Match(**common, outcome=each.outcome, reason=reason, more=more, **_candidate(each, lists, notice))


_NONE: Mapping[str, Any] = {
    "candidate": None,
    "matched": None,
    "score": None,
    "why": (),
    "source": None,
    "lists": (),
    "footnotes": (),
    "requirement": "",
    "policy": "",
    "listed_from": "",
    "listed_to": "",
    "standing": None,
    "notice": "",
    "through": "",
    "entry": "",
}


def _candidate(each: Candidate, lists: Sequence[ListRead], notice: Callable[[Listed], str]) -> dict[str, Any]:
    party = each.listed
    return {
        "candidate": party.names[0],
        "matched": each.name,
        "score": each.score,
        "why": each.why,
        "source": lists[party.list_].name,
        "lists": party.lists or ("bis-affiliates",),
        "footnotes": party.footnotes,
        "requirement": party.requirement,
        "policy": party.policy,
        "listed_from": party.start,
        "listed_to": party.end,
        "standing": each.standing,
        "notice": notice(party),
        "through": each.through,
        "entry": party.iri,
    }


def receipts(found: Iterable[Screened], lists: Sequence[ListRead], sources: Mapping[str, Receipt]) -> list[Receipt]:
    """What the candidates rest on: of the record the receipt of the listing, of a feed its entry.

    Args:
        found: What came of customers.
        lists: The lists searched.
        sources: IRI of a listing of the record -> its receipt.
    """
    told = []
    for each in (candidate for screened in found for candidate in screened.candidates):
        party = each.listed
        if party.iri in sources:
            told.append(sources[party.iri])
        elif party.lists:
            list_ = lists[party.list_]
            text = phrase(
                "screened.entry",
                party=same(party.names[0]),
                lists=Phrase.listed(map(_list, party.lists)),
                since=_dated("since", party.start),
                until=_dated("until", party.end),
                title=same(list_.title),
                day=list_.retrieved,
            )
            told.append(Receipt(party.iri, text, "; ".join(party.cited), f"sha256:{list_.sha256}", "unrated"))
    return told
