"""The consignee of a transaction held against the lists: what its listing states, and what it leaves open."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from dualuse.card import Receipt, Unknown
from dualuse.errors import MissingExtraError
from dualuse.law.decide import Decision
from dualuse.law.facts import Value
from dualuse.law.tests.entry_policy import POLICIES, POLICY
from dualuse.law.tests.listed import LISTED, LISTS
from dualuse.law.transaction import UNITED_STATES
from dualuse.lens import Lens
from dualuse.said import Phrase, phrase, quoted, read_texts, same
from dualuse.screening.lists import OF_744
from dualuse.show.words import word

if TYPE_CHECKING:
    from dualuse.knowledge import Knowledge
    from dualuse.questions.parts.searched import Search
    from dualuse.screening.screener import Candidate, Outcome, Screened

_FOOTNOTES = (5, 4, 1, 3)
"""Footnotes of the Entity List that rules look at, the widest product rule first."""
_ENTITY_LIST = "entity-list"
_MOST = 20
"""Most parties that a consignee is held to be, or perhaps."""
_TOLD = 3
"""How many parties are told that the consignee may be."""
_NAMES, _DAYS = 65_536, 4_096
"""Most consignees, each on a day and under a lens, and most days under a lens, that are remembered."""

Facts = tuple[tuple[str, Value], ...]
"""What a listing states to the rules: the list, by its footnote where it has one, and the policy of the entry."""


class Stated(NamedTuple):
    """What the lists state of a consignee.

    Args:
        name: The consignee.
        surely: What its listing states.
        maybe: What would be stated of each party that it may be.
        besides: What would be stated of the other lists on which it surely is.
        open: Why it is not known whether it is listed; blank if it surely is.
    """

    name: str
    surely: Facts = ()
    maybe: tuple[Facts, ...] = ()
    besides: tuple[Facts, ...] = ()
    open: str = ""

    def beside(self, known: Mapping[str, Value]) -> Stated:
        """What is left of it beside a list that was stated already, which stays as it is."""
        return self._replace(surely=(), maybe=(), besides=()) if LISTED.name in known else self

    def doubted(self, decision: Decision, outcome_of: Callable[[Facts], str]) -> tuple[Decision, list[Unknown]]:
        """The decision, left open where it would be another for a party that it may be, or is too; and what is open.

        Args:
            decision: The decision by what its listing states.
            outcome_of: The outcome if something else were stated of it.
        """
        for facts in self.maybe:
            other = outcome_of(facts)
            if other != decision.outcome:
                given = {"one": word("outcome", decision.outcome), "other": word("outcome", other)}
                what = phrase("consignee.whether", name=self.name, facts=_in_words(facts))
                return _left_open(decision), [Unknown(what, phrase("consignee.either", **given))]
        gaps = []
        for facts in self.besides:
            other = outcome_of(facts)
            if other != decision.outcome:
                what = phrase("consignee.follows", name=self.name, facts=_in_words(facts))
                gaps.append(Unknown(what, phrase("consignee.alone", other=word("outcome", other))))
                if decision.outcome != "licence-required":
                    return _left_open(decision), gaps
        return decision, gaps

    @property
    def unknown(self) -> list[Unknown]:
        """Whether it is listed, where that is open."""
        return [Unknown(phrase("consignee.is_listed", name=self.name), self.open)] if self.open else []


def with_facts(known: Mapping[str, Value], facts: Facts) -> dict[str, Value]:
    """What is known of a transaction if this is stated of its consignee, and nothing else."""
    return {**{name: fact for name, fact in known.items() if name not in _OF_LIST}, **dict(facts)}


_OF_LIST = (LISTED.name, POLICY.name)


def _left_open(decision: Decision) -> Decision:
    return replace(decision, outcome="indeterminate", used=None)


def _in_words(facts: Facts) -> Phrase:
    words = read_texts("dualuse")["word"]
    return Phrase.listed(phrase(f"word.{value}") if value in words else str(value) for _, value in facts)


@dataclass(frozen=True)
class Held:
    """A consignee held against the lists on a day, under a lens.

    Args:
        stated: What they state of it.
        outcome: What came of it, as of a customer; ``not-screened`` where it was not searched.
        found: Whom it is, and whom it may be; None where it was not searched.
        sure: Parties that it is.
        maybe: Parties that it may be, those that are told.
    """

    stated: Stated
    outcome: Outcome
    found: Screened | None = None
    sure: Sequence[Candidate] = ()
    maybe: Sequence[Candidate] = ()

    @property
    def notes(self) -> list[str]:
        """Each party that it is or may be, in a sentence."""
        told = (*((each, "is") for each in self.sure), *((each, "maybe") for each in self.maybe))
        name = quoted(self.stated.name)
        return [phrase(f"consignee.{how}", name=name, party=_party(each)) for each, how in told]

    @property
    def parties(self) -> str:
        """Whom it is, or may be; why nobody was sought where nobody was."""
        told = [_party(each) for each in (*self.sure, *self.maybe)]
        return "; ".join(told) or (self.stated.open if self.outcome == "not-screened" else "")


class Consigned:
    """Consignees held against the curated listings and every list that is loaded; what came of them is remembered.

    Of what is found the lists of the law that is asked count: those of part 744, or those of the record that are of
    another legal order; of an order without lists that is told.

    Args:
        knowledge: The graph.
        order: Legal order whose law is asked.
    """

    def __init__(self, knowledge: Knowledge, order: str = UNITED_STATES) -> None:
        self._knowledge = knowledge
        self._lists = OF_744 if order == UNITED_STATES else {name: name for name, of in LISTS.items() if of == order}
        self._search = lru_cache(_DAYS)(self._search_on)
        self._held = lru_cache(_NAMES)(self._held_on)
        self._resembles = lru_cache(_NAMES)(self._resembles_any)

    def held(self, name: str, day: date, lens: Lens) -> Held:
        """What comes of a consignee on a day, under a lens; whom no name of the lists resembles, is so on every day."""
        return self._held(name, day, lens) if self._resembles(name) else self._held(name, date.max, Lens.CODIFIED)

    def _resembles_any(self, name: str) -> bool:
        try:
            from dualuse.screening.screener import POSSIBLE

            return bool(self._lists and self._knowledge.parties.like(name, POSSIBLE))
        except MissingExtraError:
            return False

    def receipts(self, held: Held, day: date, lens: Lens) -> list[Receipt]:
        """What a listing rests on."""
        if held.found is None or not held.found.candidates:
            return []
        return self._search(day, lens).receipts([replace(held.found, candidates=[*held.sure, *held.maybe])])

    @property
    def searched(self) -> str:
        """The lists that are searched, each with its day; blank where none is."""
        try:
            lists = self._knowledge.parties.lists if self._lists else []
        except MissingExtraError:
            return ""
        return ", ".join(f"{each.name} ({each.retrieved})" for each in lists)

    def _held_on(self, name: str, day: date, lens: Lens) -> Held:
        if not self._lists:
            return Held(Stated(name, open=phrase("consignee.not_searched")), "not-screened")
        try:
            return self._of(name, self._search(day, lens))
        except MissingExtraError as missing:
            return Held(Stated(name, open=phrase("consignee.missing", why=str(missing))), "not-screened")

    def _search_on(self, day: date, lens: Lens) -> Search:
        from dualuse.questions.parts.searched import Search

        first, *_ = Lens
        if lens is not first:
            return self._search(day, first).under(lens)
        return Search(self._knowledge, self._knowledge.parties, day, _MOST, first)

    def _of(self, name: str, search: Search) -> Held:
        from dualuse.screening.screener import Customer

        found = search.screener.screen(Customer(0, name))
        sure = [each for each in found.candidates if each.outcome == "hit" and not each.through]
        sure = [each for each in sure if each.score == sure[0].score]
        maybe = [each for each in found.candidates if each not in sure]
        holds = [each for each in maybe if each.standing in ("in-force", "maybe")]
        open_ = [each for each in holds if not (each.through and search.is_idle)]
        first, *others = [self._facts(sure, list_) for list_ in self._named(sure)] or [()]
        may_be = [self._facts([each], list_) for each in open_ for list_ in self._named([each])[:1]]
        stated = Stated(name, first, tuple(dict.fromkeys(may_be)), tuple(others), self._open(found, sure))
        return Held(stated, found.outcome, found, sure, maybe[:_TOLD])

    def _named(self, candidates: Sequence[Candidate]) -> list[str]:
        """Lists that rules look at and on which parties are, that which asks most first."""
        found = {self._lists[code] for each in candidates for code in each.listed.lists if code in self._lists}
        if self._lists is OF_744 and any(each.through for each in candidates):
            found.add(_ENTITY_LIST)
        return sorted(found, key=lambda name: (name != _ENTITY_LIST, name))

    def _facts(self, candidates: Sequence[Candidate], name: str) -> Facts:
        if name != _ENTITY_LIST:
            return ((LISTED.name, name),)
        on = [each.listed for each in candidates if each.through or name in map(self._lists.get, each.listed.lists)]
        notes = {note for party in on for note in party.footnotes}
        note = next((note for note in _FOOTNOTES if note in notes), 0)
        policies = {policy for party in on for policy in _policies(party.policy)}
        told = ((POLICY.name, policies.pop()),) if len(policies) == 1 else ()
        return ((LISTED.name, f"footnote-{note}" if note else name), *told)

    def _open(self, found: Screened, sure: Sequence[Candidate]) -> str:
        """Why it is not known whether a consignee is a listed party; blank if it surely is, on lists that count."""
        others = sorted({code for each in sure for code in each.listed.lists if code not in self._lists})
        if sure and not others:
            return ""
        if sure:
            return phrase("consignee.others", lists=Phrase.listed(map(same, others)), searched=self.searched)
        return phrase("consignee.came", came=_came(found), searched=self.searched)


def _policies(text: str) -> list[str]:
    from dualuse.feeds.parse import policies

    return [text] if text in POLICIES else [each for each in policies(text) if each in POLICIES]


def _came(found: Screened) -> str:
    if found.outcome == "none-in-these-lists":
        return phrase("consignee.nobody")
    return found.reason or phrase("consignee.alike")


def _party(each: Candidate) -> str:
    """A party, its lists, and what tells that it is the consignee."""
    party = each.listed
    on = ", ".join(party.lists) or "owned by listed parties"
    footnotes = f", footnote {', '.join(map(str, party.footnotes))}" if party.footnotes else ""
    through = f", through {each.through}" if each.through else ""
    held = "" if each.standing == "in-force" else f" [{each.standing}]"
    why = f"({', '.join(each.why)}; {each.score:g})"
    return f"{party.names[0]}: {on}{footnotes}{through}{held} {why}"
