"""Facts that a transaction may state beside its item, quantity and destination, each with its option and its form."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from dualuse.errors import UsageError
from dualuse.figures import amount

if TYPE_CHECKING:
    from dualuse.law.transaction import Transaction

Value = str | float | bool
"""What a fact can be: the key of a thing, a word, a number, or yes or no."""

Find = Callable[[str, str], str]
"""Finds the key of a thing by its kind and a name."""

_T = TypeVar("_T", bound=Value)
_YES, _NO = frozenset({"yes", "true"}), frozenset({"no", "false"})


class Named(NamedTuple):
    """A thing of a kind, given by key, code or label."""

    kind: str
    metavar: str

    def read(self, option: str, text: str) -> Value:
        """Take the name as it stands; who resolves it says if nothing bears it."""
        return text

    def settle(self, option: str, value: Value, find: Find) -> Value:
        """Find the key of the thing."""
        return find(self.kind, str(value))


class Choice(NamedTuple):
    """One of several words."""

    values: tuple[str, ...]

    def read(self, option: str, text: str) -> Value:
        """Take the word as it stands."""
        return text

    def settle(self, option: str, value: Value, find: Find) -> Value:
        """Refuse a word that is none of them."""
        if value not in self.values:
            raise UsageError(f"no {option.replace('-', ' ')} {value!r}; known: {', '.join(self.values)}")
        return value


class Amount(NamedTuple):
    """A number from 0 up."""

    unit: str

    def read(self, option: str, text: str) -> Value:
        """Read a number."""
        return amount(option, text)

    def settle(self, option: str, value: Value, find: Find) -> Value:
        """Refuse what is below 0 or no number."""
        if isinstance(value, str) or not 0 <= value < math.inf:
            raise UsageError(f"{option.replace('-', ' ')} {value:g}: {self.unit} is a number from 0 up")
        return value


class YesNo(NamedTuple):
    """Yes or no; ``no`` names the option that says no."""

    no: str

    def read(self, option: str, text: str) -> Value:
        """Read ``yes`` or ``no``."""
        if text.casefold() not in _YES | _NO:
            raise UsageError(f"{option} {text!r} must be yes or no")
        return text.casefold() in _YES

    def settle(self, option: str, value: Value, find: Find) -> Value:
        """Take it as it is."""
        return value


class Text(NamedTuple):
    """Any words."""

    metavar: str

    def read(self, option: str, text: str) -> Value:
        """Take the words as they stand."""
        return text

    def settle(self, option: str, value: Value, find: Find) -> Value:
        """Refuse what has no words.

        Raises:
            UsageError: nothing but white space.
        """
        words = " ".join(str(value).split())
        if not words:
            raise UsageError(f"{option.replace('-', ' ')} is blank")
        return words


class Fact(NamedTuple, Generic[_T]):
    """A fact that a test looks at.

    Args:
        name: Its name in a transaction and in an answer.
        option: Its option in ``dualuse check``, column in a table and key in a case.
        form: What it can be.
        help: What the option says of itself.
        instead: The fact that stands in where this one is not given.
    """

    name: str
    option: str
    form: Named | Choice | Amount | YesNo | Text
    help: str
    instead: Fact[_T] | None = None

    def of(self, transaction: Transaction) -> _T | None:
        """The fact of a transaction; None is not known."""
        return transaction.stated.get(self.name)  # type: ignore[return-value]  # what asks knows what it is
