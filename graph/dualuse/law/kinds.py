"""Kinds of test a rule can put: found by listing ``dualuse.law.tests``, one module a kind.

All that is said of a kind elsewhere comes from its module: the field of a condition and what it refers to, its triples,
the options of ``dualuse check``, the columns of a table, the keys of a case, and the page on what the check covers.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from dualuse.errors import UsageError
from dualuse.law.facts import Choice, Fact, Named, Value
from dualuse.said import Named as Called
from dualuse.said import phrase, read_texts
from dualuse.suggest import nearest

if TYPE_CHECKING:
    from dualuse.law.transaction import Transaction, World
    from dualuse.law.truth import Truth
    from dualuse.model.rules import Condition

COMBINATIONS = {"all": "every one holds", "any": "one holds", "none": "none holds"}
"""What combines tests -> when it holds."""


class Things(NamedTuple):
    """A test that expects one of some things of a kind; stored as ``du:expects``."""

    kind: Literal["item", "product", "place", "group", "organisation"]

    @property
    def table(self) -> str:
        """Table of the curated data that has them."""
        return f"{self.kind}s"


class Words(NamedTuple):
    """A test that expects one of some words; stored as ``du:expectsValue``."""

    values: tuple[str, ...]
    several: bool = False
    """Whether a condition may name more than one."""


class Number(NamedTuple):
    """A test of a number against bounds; stored as ``du:numberName``, ``du:atLeast``, ``du:atMost``, ``du:below``."""

    names: tuple[str, ...]


class Period:
    """A test of the day against a period; stored as ``du:periodFrom`` and ``du:periodTo``."""


Check = Callable[["Condition", "Transaction", "World"], "Truth"]
Say = Callable[["Condition", "Transaction", "World", "Truth"], str]


def _nothing(test: Condition) -> str:
    return ""


class Kind(NamedTuple):
    """One kind of test.

    Args:
        name: Its key in a condition.
        order: Its place wherever kinds, options or columns are listed.
        form: What a condition gives under that key, and how it is stored.
        meaning: What the key asks, for the codebook.
        check: Whether the test holds for a transaction.
        say: What was found, in words.
        holds: When it holds, for the page on what the check covers.
        unknown: When it is unknown, for that page; empty if never.
        facts: What a transaction has to state for it.
        detail: What that page adds to the words of such a test.
        cases: Whether one of the words of its fact always holds, so that where none was stated all can be tried.
        of_goods: Whether the check looks at nothing but what is shipped, and at the list of the day.
        of_quantity: Whether the check may look at how many units are shipped.
    """

    name: str
    order: int
    form: Things | Words | Number | Period
    meaning: str
    check: Check
    say: Say
    holds: str
    unknown: str = ""
    facts: tuple[Fact[Any], ...] = ()
    detail: Callable[[Condition], str] = _nothing
    cases: bool = False
    of_goods: bool = False
    of_quantity: bool = False


@cache
def kinds() -> dict[str, Kind]:
    """Every kind of test by name, in their order."""
    from dualuse.law import tests

    modules = (import_module(f"{tests.__name__}.{found.name}") for found in pkgutil.iter_modules(tests.__path__))
    return {kind.name: kind for kind in sorted((module.KIND for module in modules), key=lambda kind: kind.order)}


@cache
def facts() -> dict[str, Fact[Any]]:
    """Every fact that a kind of test asks for, by its option, in the order of the kinds."""
    return {each.option: each for kind in kinds().values() for each in kind.facts}


@cache
def fact(word: str) -> Fact[Any]:
    """The fact of an option or a name, hyphens or underscores in it.

    Raises:
        UsageError: no kind of test asks for such a fact.
    """
    option = word.replace("_", "-")
    for found in facts().values():
        if option == found.option or word == found.name:
            return found
    close = nearest(option, facts(), 3) or facts()
    raise UsageError(f"no fact {word!r} is asked of a transaction; nearest: {', '.join(close)}")


def stated(known: Mapping[str, Value | None]) -> dict[str, Value]:
    """Facts under the names they have in a transaction, in their order; what is not known is left out.

    Args:
        known: Facts by option or by name.

    Raises:
        UsageError: no kind of test asks for such a fact.

    Example:
        >>> stated({"end_use": "research", "hq": "CH", "exporter": None})
        {'parent_hq': 'CH', 'end_use': 'research'}
    """
    found = {fact(word).name: value for word, value in known.items()}
    return {name: value for name in sorted(found, key=_rank) if (value := found[name]) is not None}


@cache
def _ranks() -> dict[str, int]:
    return {each.name: rank for rank, each in enumerate(facts().values())}


def _rank(name: str) -> int:
    return _ranks()[name]


def is_given(asked: Fact[str]) -> Check:
    """Check that a fact is as expected; one that is not known leaves the test open."""

    def check(test: Condition, transaction: Transaction, world: World) -> Truth:
        actual = asked.of(transaction)
        return None if actual is None else actual in test.expects

    return check


def is_stated(asked: Fact[str]) -> Check:
    """Check a fact that the exporter has to assert; one that was not stated does not hold."""

    def check(test: Condition, transaction: Transaction, world: World) -> Truth:
        return asked.of(transaction) in test.expects

    return check


def say_fact(asked: Fact[str], key: str) -> Say:
    """Say what a fact is, or that it is absent, by texts of a key."""

    def say(test: Condition, transaction: Transaction, world: World, truth: Truth) -> str:
        actual = asked.of(transaction)
        return (
            phrase(f"found.{key}_absent") if actual is None else phrase(f"found.{key}", value=in_words(asked, actual))
        )

    return say


def in_words(asked: Fact[Any], actual: Value) -> str:
    """What a fact is, by the key that states it; in Chinese by its name."""
    word = str(actual)
    if isinstance(asked.form, Choice) and word in read_texts("dualuse")["word"]:
        return phrase(f"word.{word}")
    kind = asked.form.kind if isinstance(asked.form, Named) else asked.option
    return Called.of({(kind, word): word})


def says_so(asked: Fact[bool], *, name: str, order: int, meaning: str, holds: str, open_unless: bool = False) -> Kind:
    """A kind of test that looks at nothing but what is stated of a fact, yes or no.

    Args:
        name: As in :class:`Kind`; ``order``, ``meaning`` and ``holds`` too.
        meaning: What it asks, without its full stop; what holds where nothing was stated is added.
        open_unless: Whether it is unknown, and not false, where nothing was stated.
    """

    def check(test: Condition, transaction: Transaction, world: World) -> Truth:
        actual = asked.of(transaction)
        return actual if open_unless else bool(actual)

    def say(test: Condition, transaction: Transaction, world: World, truth: Truth) -> str:
        actual = asked.of(transaction)
        return phrase("found.not_stated" if actual is None else "found.stated" if actual else "found.stated_not")

    return Kind(
        name=name,
        order=order,
        form=Words(("yes",)),
        meaning=f"{meaning}; {'unknown' if open_unless else 'not so'} unless stated.",
        check=check,
        say=say,
        holds=holds,
        unknown="it was not stated" if open_unless else "never: unless stated it fails",
        facts=(asked,),
    )


def says_which(asked: Fact[str], *, name: str, order: int, meaning: str, holds: str, several: bool = True) -> Kind:
    """A kind of test that looks at which of some words is stated for a fact, and fails where none is.

    Args:
        name: As in :class:`Kind`; ``order``, ``meaning`` and ``holds`` too.
        meaning: What it asks, without its full stop.
        several: Whether a condition may name more than one word.

    Raises:
        TypeError: the fact is no choice of words.
    """
    if not isinstance(asked.form, Choice):
        raise TypeError(f"the fact {asked.name} is no choice of words")
    return Kind(
        name=name,
        order=order,
        form=Words(asked.form.values, several),
        meaning=f"{meaning}; what was not stated fails the test.",
        check=is_stated(asked),
        say=say_fact(asked, name),
        holds=holds,
        unknown="never: what was not stated fails",
        facts=(asked,),
    )
