"""Places by the names and codes that feeds give them."""

from __future__ import annotations

from dualuse.errors import UnknownNameError
from dualuse.names import Names


class Places:
    """Finds the place on record that a name or a code means, each name looked up once.

    Args:
        names: What things on record are called.
    """

    def __init__(self, names: Names) -> None:
        self._names = names
        self._found: dict[str, str | None] = {}
        self.codes = frozenset(key for kind, key in names.shown if kind == "place")
        """Keys of all places: codes of ISO 3166."""

    def __call__(self, name: str) -> str | None:
        """Key of the place; None if none is meant for sure."""
        if name not in self._found:
            self._found[name] = self._look_up(name)
        return self._found[name]

    def _look_up(self, name: str) -> str | None:
        if not name.strip():
            return None
        try:
            return self._names.key("place", name)
        except UnknownNameError:
            return None
