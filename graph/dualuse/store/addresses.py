"""Whether a location is a folder or an address, and what may be shown of an address."""

from __future__ import annotations

import re

_BEGIN = r"(?i)\s*(?:[a-z][a-z0-9+.-]+:/{0,2}|https?//|//)"
"""How an address begins, or what was meant for one: ``http:/``, ``http//``."""
_MEANT = r"(?is)\s*(?:[a-z][a-z0-9+.-]+:/|https?(?::|//)|//.*@)|.*://"


def is_remote(location: str) -> bool:
    """Whether a location names an endpoint rather than a folder."""
    return location.lower().startswith(("http://", "https://"))


def is_meant_as_address(location: str) -> bool:
    """Whether a location is an address, be it one that is written wrong or of another kind."""
    return (":" in location or "//" in location) and re.match(_MEANT, location) is not None


def hidden(location: str) -> str:
    """A location without what may be secret in an address: user, password, and the values of its query.

    A password may hold any sign, written wrong: all that stands before the last ``@`` is left out.
    """
    if not is_meant_as_address(location):
        return location
    begin = re.match(_BEGIN, location)
    _, at, tail = location.rpartition("@")
    shown = f"{begin[0] if begin else ''}{tail}" if at else location
    place, question, _ = shown.partition("?")
    return f"{place.partition('#')[0]}{'?…' if question else ''}"
