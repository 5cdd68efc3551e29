"""The consignee of a transaction held against the lists: what its listing states, and what it leaves open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from dualuse.card import Receipt, Unknown
from dualuse.errors import MissingExtraError
from dualuse.law.asked import Asked, resolve
from dualuse.law.decide import Decision, decide
from dualuse.law.facts import Value
from dualuse.law.tests.entry_policy import POLICIES, POLICY
from dualuse.law.tests.listed import LISTED
from dualuse.law.tests.number import CONSIGNEE
from dualuse.law.transaction import UNITED_STATES, Transaction, World

if TYPE_CHECKING:
    from dualuse.knowledge import Knowledge
    from dualuse.screening.screener import Candidate, Screened

_LISTS = {
    **dict.fromkeys(("us-entity-list", "EL", "US-BIS-EL"), "entity-list"),
    **dict.fromkeys(("MEU", "US-BIS-MEU"), "military-end-user-list"),
    **dict.fromkeys(("UVL", "US-BIS-UVL"), "unverified-list"),
    **dict.fromkeys(("SDN", "DPL", "US-BIS-DPL", "US-OFAC-SDN"), "blocked"),
}
"""Code of a list -> the list of part 744 that a rule looks at; of a denial order, what is asked of a blocked person."""
_FOOTNOTES = (5, 4, 1, 3)
"""Footnotes of the Entity List that rules look at, the widest product rule first."""
_WHAT = "whether {name} is a listed party"
_NOT_SEARCHED = "the lists of this law are not searched for it; see: dualuse screen, and state the list with --listed"


@dataclass(frozen=True)
class Consigned:
    """What came of the consignee.

    Args:
        asked: The transaction, with what the listing states.
        name: The consignee.
        maybe: What would be stated of each party that it may be.
        receipts: What the listing rests on.
        notes: What is told beside the decision.
        unknown: What is open.
    """

    asked: Asked
    name: str = ""
    maybe: Sequence[dict[str, Value]] = ()
    receipts: Sequence[Receipt] = ()
    notes: Sequence[str] = ()
    unknown: list[Unknown] = field(default_factory=list)

    def doubted(self, decision: Decision, transaction: Transaction, world: World, knowledge: Knowledge) -> Decision:
        """The decision, left open where it would be another for a listed party that the consignee may be."""
        for stated in self.maybe:
            asked = _with(self.asked, stated)
            other = decide(resolve(knowledge.names, asked, transaction.as_of, transaction.lens), world)
            if other.outcome != decision.outcome:
                why = f"the outcome is {decision.outcome} if it is not, and {other.outcome} if it is"
                self.unknown.append(Unknown(f"whether {self.name} is {', '.join(map(str, stated.values()))}", why))
                return replace(decision, outcome="indeterminate", used=None)
        return decision


def consigned(knowledge: Knowledge, asked: Asked, day: date, order: str = UNITED_STATES) -> Consigned:
    """Hold the consignee of a transaction against the curated listings and every list that is loaded.

    A list that is stated already stays as it is. The lists are those of the United States; under another law nothing is
    searched, and that is told.
    """
    name = str(asked.known.get(CONSIGNEE.name) or "").strip()
    if not name:
        return Consigned(asked)
    if order != UNITED_STATES:
        return Consigned(asked, name, unknown=[Unknown(_WHAT.format(name=name), _NOT_SEARCHED)])
    try:
        return _searched(knowledge, asked, name, day)
    except MissingExtraError as missing:
        return Consigned(asked, name, unknown=[Unknown(_WHAT.format(name=name), f"it was not searched: {missing}")])


def _searched(knowledge: Knowledge, asked: Asked, name: str, day: date) -> Consigned:
    from dualuse.questions.parts.searched import Search
    from dualuse.screening.screener import Customer

    search = Search(knowledge, knowledge.parties, day, most=20)
    found = search.screener.screen(Customer(0, name))
    sure = [each for each in found.candidates if each.outcome == "hit" and not each.through]
    sure = [each for each in sure if each.score == sure[0].score]
    stated = _stated(sure)
    if LISTED.name not in asked.known and stated:
        asked = _with(asked, stated)
    maybe = [each for each in found.candidates if each not in sure]
    open_ = [each for each in maybe if each.standing in ("in-force", "maybe") and not (each.through and search.is_idle)]
    lists = ", ".join(f"{each.name} ({each.retrieved})" for each in search.parties.lists)
    unknown = [Unknown(_WHAT.format(name=name), f"{_came(found)}; searched: {lists}")]
    return Consigned(
        asked,
        name,
        [] if LISTED.name in asked.known else [each for one in open_ if (each := _stated([one]))],
        search.receipts([replace(found, candidates=[*sure, *maybe[:_TOLD]])]) if found.candidates else [],
        [*(_note(name, each, "is") for each in sure), *(_note(name, each, "may be") for each in maybe[:_TOLD])],
        [] if sure else unknown,
    )


_TOLD = 3
"""How many parties are told that the consignee may be."""


def _with(asked: Asked, stated: dict[str, Value]) -> Asked:
    found = Asked(asked.item, asked.quantity, asked.to)
    found.known = {**stated, **asked.known}
    return found


def _stated(candidates: Sequence[Candidate]) -> dict[str, Value]:
    """What listings state to the rules: the list, by its footnote where it has one, and the policy of the entry."""
    lists = {_LISTS[code] for each in candidates for code in each.listed.lists if code in _LISTS}
    notes = {note for each in candidates for note in each.listed.footnotes}
    if any(each.through for each in candidates):
        lists.add("entity-list")
    if not lists:
        return {}
    note = next((note for note in _FOOTNOTES if note in notes), 0)
    first = "entity-list" if "entity-list" in lists else sorted(lists)[0]
    found: dict[str, Value] = {LISTED.name: f"footnote-{note}" if note and first == "entity-list" else first}
    policies = {policy for each in candidates for policy in _policies(each.listed.policy)}
    if first == "entity-list" and len(policies) == 1:
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
