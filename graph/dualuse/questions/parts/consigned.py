"""The consignee of a transaction held against the lists: what its listing states, and what it leaves open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from dualuse.card import Receipt, Unknown
from dualuse.errors import MissingExtraError
from dualuse.law.asked import Asked, resolve
from dualuse.law.decide import Decision, decide
from dualuse.law.facts import Value
from dualuse.law.tests.entry_policy import POLICIES, POLICY
from dualuse.law.tests.listed import LISTED, LISTS
from dualuse.law.tests.number import CONSIGNEE
from dualuse.law.transaction import UNITED_STATES, Transaction, World
from dualuse.screening.lists import OF_744

if TYPE_CHECKING:
    from dualuse.knowledge import Knowledge
    from dualuse.screening.screener import Candidate, Screened

_FOOTNOTES = (5, 4, 1, 3)
"""Footnotes of the Entity List that rules look at, the widest product rule first."""
_ENTITY_LIST = "entity-list"
_WHAT = "whether {name} is a listed party"
_NOT_SEARCHED = "the lists of this law are not searched for it; see: dualuse screen, and state the list with --listed"


@dataclass(frozen=True)
class Consigned:
    """What came of the consignee.

    Args:
        asked: The transaction, with what the listing states.
        name: The consignee.
        maybe: What would be stated of each party that it may be.
        besides: What would be stated of the other lists on which it surely is.
        receipts: What the listing rests on.
        notes: What is told beside the decision.
        unknown: What is open.
    """

    asked: Asked
    name: str = ""
    maybe: Sequence[dict[str, Value]] = ()
    besides: Sequence[dict[str, Value]] = ()
    receipts: Sequence[Receipt] = ()
    notes: Sequence[str] = ()
    unknown: list[Unknown] = field(default_factory=list)

    def doubted(self, decision: Decision, transaction: Transaction, world: World, knowledge: Knowledge) -> Decision:
        """The decision, left open where it would be another for a listed party that the consignee may be."""
        for stated in self.maybe:
            other = self._decided(stated, transaction, world, knowledge)
            if other.outcome != decision.outcome:
                why = f"the outcome is {decision.outcome} if it is not, and {other.outcome} if it is"
                self.unknown.append(Unknown(f"whether {self.name} is {', '.join(map(str, stated.values()))}", why))
                return replace(decision, outcome="indeterminate", used=None)
        for stated in self.besides:
            other = self._decided(stated, transaction, world, knowledge)
            if other.outcome != decision.outcome:
                what = f"what follows from {self.name} being {', '.join(map(str, stated.values()))} too"
                self.unknown.append(Unknown(what, f"alone that would be {other.outcome}"))
                if decision.outcome != "licence-required":
                    return replace(decision, outcome="indeterminate", used=None)
        return decision

    def _decided(
        self, stated: dict[str, Value], transaction: Transaction, world: World, knowledge: Knowledge
    ) -> Decision:
        asked = _with(self.asked, {})
        asked.known = {**{name: fact for name, fact in asked.known.items() if name not in _OF_LIST}, **stated}
        return decide(resolve(knowledge.names, asked, transaction.as_of, transaction.lens), world)


def consigned(knowledge: Knowledge, asked: Asked, day: date, order: str = UNITED_STATES) -> Consigned:
    """Hold the consignee of a transaction against the curated listings and every list that is loaded.

    A list that is stated already stays as it is. Of what is found the lists of the law that is asked count: those of
    part 744, or those of the record that are of another legal order; of an order without lists that is told.
    """
    name = str(asked.known.get(CONSIGNEE.name) or "").strip()
    if not name:
        return Consigned(asked)
    lists = _lists(order)
    if not lists:
        return Consigned(asked, name, unknown=[Unknown(_WHAT.format(name=name), _NOT_SEARCHED)])
    try:
        return _searched(knowledge, asked, name, day, lists)
    except MissingExtraError as missing:
        return Consigned(asked, name, unknown=[Unknown(_WHAT.format(name=name), f"it was not searched: {missing}")])


def _lists(order: str) -> Mapping[str, str]:
    """Code of a list -> the list that rules of a legal order look at."""
    return OF_744 if order == UNITED_STATES else {name: name for name, of in LISTS.items() if of == order}


def _searched(knowledge: Knowledge, asked: Asked, name: str, day: date, lists: Mapping[str, str]) -> Consigned:
    from dualuse.questions.parts.searched import Search
    from dualuse.screening.screener import Customer

    search = Search(knowledge, knowledge.parties, day, most=20)
    found = search.screener.screen(Customer(0, name))
    sure = [each for each in found.candidates if each.outcome == "hit" and not each.through]
    sure = [each for each in sure if each.score == sure[0].score]
    named = _named(sure, lists)
    if given := LISTED.name in asked.known:
        named = []
    if named:
        asked = _with(asked, _stated(sure, named[0], lists))
    maybe = [each for each in found.candidates if each not in sure]
    open_ = [each for each in maybe if each.standing in ("in-force", "maybe") and not (each.through and search.is_idle)]
    searched = ", ".join(f"{each.name} ({each.retrieved})" for each in search.parties.lists)
    others = sorted({code for each in sure for code in each.listed.lists if code not in lists})
    came = f"it is on {', '.join(others)}, which no rule here looks at" if sure else _came(found)
    return Consigned(
        asked,
        name,
        [] if given else [_stated([one], each, lists) for one in open_ for each in _named([one], lists)[:1]],
        [_stated(sure, each, lists) for each in named[1:]],
        search.receipts([replace(found, candidates=[*sure, *maybe[:_TOLD]])]) if found.candidates else [],
        [*(_note(name, each, "is") for each in sure), *(_note(name, each, "may be") for each in maybe[:_TOLD])],
        [Unknown(_WHAT.format(name=name), f"{came}; searched: {searched}")] if others or not sure else [],
    )


_OF_LIST = (LISTED.name, POLICY.name)
_TOLD = 3
"""How many parties are told that the consignee may be."""


def _with(asked: Asked, stated: dict[str, Value]) -> Asked:
    found = Asked(asked.item, asked.quantity, asked.to)
    found.known = {**stated, **asked.known}
    return found


def _named(candidates: Sequence[Candidate], lists: Mapping[str, str]) -> list[str]:
    """Lists that rules look at and on which parties are, that which asks most first."""
    found = {lists[code] for each in candidates for code in each.listed.lists if code in lists}
    if lists is OF_744 and any(each.through for each in candidates):
        found.add(_ENTITY_LIST)
    return sorted(found, key=lambda name: (name != _ENTITY_LIST, name))


def _stated(candidates: Sequence[Candidate], name: str, lists: Mapping[str, str]) -> dict[str, Value]:
    """What a listing states to the rules: the list, by its footnote where it has one, and the policy of the entry."""
    if name != _ENTITY_LIST:
        return {LISTED.name: name}
    on = [each.listed for each in candidates if each.through or name in map(lists.get, each.listed.lists)]
    notes = {note for party in on for note in party.footnotes}
    note = next((note for note in _FOOTNOTES if note in notes), 0)
    found: dict[str, Value] = {LISTED.name: f"footnote-{note}" if note else name}
    policies = {policy for party in on for policy in _policies(party.policy)}
    if len(policies) == 1:
        found[POLICY.name] = policies.pop()
    return found


def _policies(text: str) -> list[str]:
    from dualuse.feeds.parse import policies

    return [text] if text in POLICIES else [each for each in policies(text) if each in POLICIES]


def _came(found: Screened) -> str:
    if found.outcome == "none-in-these-lists":
        return "nobody was found in these lists, which does not mean that it is on none"
    return found.reason or "the names are like"


def _note(name: str, each: Candidate, word: str) -> str:
    party = each.listed
    on = ", ".join(party.lists) or "owned by listed parties"
    footnotes = f", footnote {', '.join(map(str, party.footnotes))}" if party.footnotes else ""
    through = f", through {each.through}" if each.through else ""
    held = "" if each.standing == "in-force" else f" [{each.standing}]"
    why = f"({', '.join(each.why)}; {each.score:g})"
    return f"consignee {name!r} {word} {party.names[0]}: {on}{footnotes}{through}{held} {why}"
