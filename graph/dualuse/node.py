"""The name of a thing in a network, a card or a page: its kind and its key."""

from __future__ import annotations

from typing import Self

from dualuse.errors import UsageError
from dualuse.namespaces import KINDS, split_thing, thing

PARTIES = ("organisation", "place")
"""Kinds of thing that a measure can affect."""
_KINDS = frozenset(KINDS)


class Node(str):
    """The name of a thing, ``kind:key``; equal to that text, so that it is written and looked up as text is.

    Args:
        kind: One of ``dualuse.namespaces.KINDS``.
        key: Its key; it may hold colons itself.

    Raises:
        UsageError: no such kind, or an empty key.

    Example:
        >>> Node("place", "CH") == "place:CH", Node.parse("place:CH").key
        (True, 'CH')
    """

    __slots__ = ()

    def __new__(cls, kind: str, key: str) -> Self:
        """Make the name of a thing of a known kind."""
        if kind not in _KINDS or not key:
            raise UsageError(f"{f'{kind}:{key}'!r} names nothing: write kind:key; kinds: {', '.join(KINDS)}")
        return super().__new__(cls, f"{kind}:{key}")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``kind:key``.

        Raises:
            UsageError: it is not of this form, or there is no such kind.
        """
        kind, _, key = text.partition(":")
        return cls(kind, key)

    @classmethod
    def maybe(cls, text: str) -> Self | None:
        """Read ``kind:key`` where a text is of this form; else None.

        Example:
            >>> Node.maybe("place:CH"), Node.maybe("10:30")
            ('place:CH', None)
        """
        kind, _, key = text.partition(":")
        return cls(kind, key) if kind in _KINDS and key else None

    @classmethod
    def of(cls, iri: str) -> Self:
        """The thing with an IRI.

        Raises:
            UsageError: not the IRI of a thing.
        """
        return cls(*split_thing(iri))

    def __reduce__(self) -> tuple[type[Self], tuple[str, str]]:
        """Let it be copied and pickled."""
        return type(self), (self.kind, self.key)

    @property
    def kind(self) -> str:
        """Kind of the thing."""
        return self.partition(":")[0]

    @property
    def key(self) -> str:
        """Key of the thing among those of its kind."""
        return self.partition(":")[2]

    @property
    def iri(self) -> str:
        """IRI of the thing."""
        return thing(self.kind, self.key)
