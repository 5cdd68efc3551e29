"""One customer held against the lists: who it may be, why, whether that is a hit, and what was not searched.

Nobody is ever cleared: where nothing is found, nothing is found *in these lists*; and a row that cannot be searched,
since it names nobody or has only words that many names share, says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, get_args

from dualuse.lens import Lens
from dualuse.said import Phrase, phrase, same
from dualuse.screening.index import TELLS
from dualuse.screening.lists import counts_owners
from dualuse.screening.notices import STOPPED
from dualuse.screening.parties import Alike, Parties
from dualuse.screening.party import Listed, Standing
from dualuse.screening.sought import first_telling
from dualuse.screening.words import LONGEST, MOST_WORDS, beside, is_blank, readings, squeezed, unread

ALGORITHM = "dualuse-names-1"
"""Name of this way to compare names; another number means that scores may differ."""
Outcome = Literal["hit", "possible", "not-screened", "none-in-these-lists"]
"""What comes of a customer, the gravest first."""
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
HIT, POSSIBLE, WITH_ADDRESS, EQUAL = 0.88, 0.7, 0.75, 0.97
"""Scores from which a name is a hit, is possible, is a hit with an equal address, and is equal whatever its words."""
HALF = 50.0


@dataclass(frozen=True)
class Owner:
    """An owner that a row names, with its share in percent, if it says so."""

    name: str
    share: float | None


@dataclass(frozen=True)
class Customer:
    """A row of a table of customers.

    Args:
        row: Its line.
        id: What the table calls it.
        country: Its country, as written.
        address: Its address.
        identifiers: Its identifiers, as written.
        owners: Its owners, as written.
    """

    row: int
    name: str
    id: str = ""
    country: str = ""
    address: str = ""
    identifiers: str = ""
    owners: str = ""


@dataclass(frozen=True)
class Candidate:
    """A listed party that the customer is, or may be, or is owned by.

    Args:
        listed: The party.
        name: The name by which it was found.
        score: How like the names are, from 0 to 1; 1 for an identifier.
        why: What the match rests on.
        outcome: ``hit`` or ``possible``.
        standing: Whether the listing holds on the day.
        through: Owners through whom, with their shares; blank for the party itself.
    """

    listed: Listed
    name: str
    score: float
    why: tuple[str, ...]
    outcome: Outcome
    standing: Standing
    through: str = ""


@dataclass(frozen=True)
class Captured:
    """What the 50 % rule makes of an organisation of the record.

    Args:
        result: ``captured`` or ``possible``.
        through: Owners, with their shares, in words.
    """

    result: str
    through: str


@dataclass(frozen=True)
class Screened:
    """What came of a customer; ``reason`` says why it is not screened, or what makes it possible."""

    customer: Customer
    outcome: Outcome
    reason: str
    candidates: Sequence[Candidate] = ()
    more: int = 0


@dataclass
class Screener:
    """Screens customers, one after another.

    Args:
        parties: The parties of the lists.
        most: Most candidates a customer.
        captured: Gives, by key of an organisation of the record, what the 50 % rule makes of it; asked of who is owned.
        rule: Gives where the rule stands on the day.
        lens: Lens through which notices of listings are read.
    """

    parties: Parties
    day: date
    most: int = 5
    captured: Callable[[], Mapping[str, Captured]] = dict
    rule: Callable[[], str] = lambda: "in-force"
    lens: str = Lens.CODIFIED

    def screen(self, customer: Customer) -> Screened:
        """Hold a customer against the lists."""
        alike = self.parties.like(customer.name, POSSIBLE) if not is_blank(customer.name) else []
        found = self._merged([*self._by_code(customer), *self._by_name(customer, alike), *self._by_address(customer)])
        found += self._through_record(alike)
        found += self._through_owners(customer.owners)
        found.sort(key=lambda each: (OUTCOMES.index(each.outcome), -each.score, each.listed.list_, each.listed.key))
        if found:
            first = found[0]
            return Screened(
                customer, first.outcome, self._reason(first), found[: self.most], max(0, len(found) - self.most)
            )
        reason = self._not_screened(customer)
        return Screened(customer, "not-screened" if reason else "none-in-these-lists", reason)

    def _not_screened(self, customer: Customer) -> str:
        """Why a customer of whom nothing was found could not be searched; blank if it could."""
        name = customer.name
        if is_blank(name):
            return phrase("screened.nobody")
        if foreign := unread(name):
            return phrase("screened.script", foreign=same(foreign))
        if not self._tells(name):
            return phrase("screened.common")
        if len(squeezed(name)) > LONGEST or any(len(reading.words) >= MOST_WORDS for reading in readings(name)):
            return phrase("screened.long", letters=LONGEST, words=MOST_WORDS)
        if beside(name):
            return phrase("screened.beside")
        return ""

    def _tells(self, name: str) -> bool:
        """Whether some reading of a name has a word that few names share, and says enough."""
        weigh = self.parties.index.weigh
        return any(
            first_telling(reading.words) >= 0 and sum(map(weigh, reading.words)) >= TELLS for reading in readings(name)
        )

    def _reason(self, first: Candidate) -> str:
        if first.outcome == "hit":
            return ""
        if first.standing in ("expired", "not-yet", *STOPPED):
            return phrase(f"screened.{first.standing}")
        if "minority owner" in first.why:
            return phrase("screened.minority")
        if "ownership" in first.why or "owner" in first.why:
            whether = "may_capture" if counts_owners(first.listed.lists) else "not_counted"
            if self.rule() == "in-force":
                return phrase(f"screened.{whether}")
            return phrase(f"screened.{whether}_idle", state=phrase(f"screened.rule-{self.rule()}"))
        if first.standing == "maybe":
            return phrase("screened.maybe")
        return phrase("screened.address" if first.why == ("address",) else "screened.like")

    def _by_name(self, customer: Customer, alike: Sequence[Alike]) -> list[Candidate]:
        at = self.parties.at(customer.address) if customer.address and alike else {}
        near = {id(self.parties.parties[number]): address for number, address in at.items()}
        found = []
        tells = bool(alike) and self._tells(customer.name)
        for each in alike:
            if not each.party.lists:
                continue
            score, weight = each.found.score, each.found.weight
            if score < EQUAL and (weight < TELLS or not tells):
                continue
            same_place = id(each.party) in near
            sure = weight >= TELLS and (score >= HIT or (score >= WITH_ADDRESS and same_place))
            why = ["alias" if each.is_alias else "name", *dict.fromkeys(each.found.how)]
            found.append(self._candidate(each.party, each.name, score, [*why, *["address"] * same_place], sure=sure))
        return found

    def _by_code(self, customer: Customer) -> list[Candidate]:
        text = customer.identifiers
        return [
            self._candidate(self.parties.parties[number], code, 1.0, ["identifier"], sure=True)
            for number, code in (self.parties.with_code(text) if text else {}).items()
            if self.parties.parties[number].lists
        ]

    def _by_address(self, customer: Customer) -> list[Candidate]:
        """Parties at an address, whatever their names: a list may have an address for its own sake."""
        if not customer.address.strip():
            return []
        found = self.parties.at(customer.address)
        return [
            self._candidate(self.parties.parties[number], address, POSSIBLE, ["address"], sure=False)
            for number, address in found.items()
        ]

    def _candidate(self, party: Listed, name: str, score: float, why: Sequence[str], *, sure: bool) -> Candidate:
        standing = party.standing(self.day, self.lens)
        holds = standing == "in-force"
        return Candidate(party, name, round(score, 3), tuple(why), "hit" if sure and holds else "possible", standing)

    def _merged(self, found: Sequence[Candidate]) -> list[Candidate]:
        """Candidates of one party put together, the gravest first."""
        best: dict[int, Candidate] = {}
        for each in found:
            known = best.get(id(each.listed))
            if known is None:
                best[id(each.listed)] = each
                continue
            first, other = sorted((known, each), key=lambda one: (OUTCOMES.index(one.outcome), -one.score))
            why = tuple(dict.fromkeys((*first.why, *other.why)))
            best[id(each.listed)] = replace(first, why=why)
        return list(best.values())

    def _through_record(self, alike: Sequence[Alike]) -> list[Candidate]:
        """What the 50 % rule makes of the organisations of the record that the customer is or may be."""
        found: list[Candidate] = []
        for each in alike:
            key = each.party.organisation
            if not each.party.owned or each.found.weight < TELLS or key in {one.listed.organisation for one in found}:
                continue
            rule = self.captured().get(key)
            if rule is None:
                continue
            sure = rule.result == "captured" and self.rule() == "in-force" and each.found.score >= HIT
            why = ("alias" if each.is_alias else "name", *each.found.how, "ownership")
            outcome: Outcome = "hit" if sure else "possible"
            standing: Standing = "in-force" if self.rule() == "in-force" else "maybe"
            score = round(each.found.score, 3)
            found.append(Candidate(each.party, each.name, score, why, outcome, standing, rule.through))
        return found

    def _through_owners(self, text: str) -> list[Candidate]:
        """Listed owners that the row names; from 50 percent in sum those that the rule counts capture the customer."""
        named: list[tuple[Owner, Candidate]] = []
        for owner in owners(text):
            alike = self.parties.like(owner.name, POSSIBLE) if not is_blank(owner.name) else []
            several = self._by_name(Customer(0, owner.name), alike)
            if several:
                named.append((owner, max(several, key=lambda each: (each.outcome == "hit", each.score))))
        if not named:
            return []
        counted = [(owner, each, counts_owners(each.listed.lists)) for owner, each in named]
        sure = sum(owner.share or 0.0 for owner, each, counts in counted if each.outcome == "hit" and counts)
        most = sum(100.0 if owner.share is None else owner.share for owner, _ in named)
        outcome: Outcome = "hit" if sure >= HALF and self.rule() == "in-force" else "possible"
        return [
            replace(
                each,
                why=("owner" if most >= HALF else "minority owner", *each.why),
                outcome=outcome if each.outcome == "hit" and counts else "possible",
                through=_held(owner),
            )
            for owner, each, counts in counted
        ]


def _held(owner: Owner) -> Phrase:
    name = same(owner.name)
    if owner.share is None:
        return phrase("screened.no_share", owner=name)
    return phrase("screened.share", owner=name, share=f"{owner.share:g}")


_OWNER = re.compile(r"^(?P<name>.*?)[\s:=(（]*(?:(?P<share>\d+(?:[.,]\d+)?)\s*[%％])?[)）\s]*$", re.DOTALL)


_BEFORE = re.compile(r"^(?:[,，)）&]|and\b)[\s,]*", re.IGNORECASE)


def owners(text: str) -> list[Owner]:
    """Owners that a cell names, between semicolons or after a share, each perhaps with a share.

    Example:
        >>> [(owner.name, owner.share) for owner in owners("Made-Up Chips 60 %; Other (12,5%); Third")]
        [('Made-Up Chips', 60.0), ('Other', 12.5), ('Third', None)]
        >>> [(owner.name, owner.share) for owner in owners("One 60%, Two 25 % and Three")]
        [('One', 60.0), ('Two', 25.0), ('Three', None)]
    """
    found = []
    for part in re.split(r"[;；、|\n]|(?<=[%％])(?:[)）])?", text):
        match = _OWNER.match(_BEFORE.sub("", part.strip()))
        if match and match["name"].strip():
            share = match["share"]
            found.append(Owner(match["name"].strip(), None if share is None else float(share.replace(",", "."))))
    return found


__all__ = ["ALGORITHM", "OUTCOMES", "Candidate", "Captured", "Customer", "Outcome", "Screened", "Screener", "owners"]
