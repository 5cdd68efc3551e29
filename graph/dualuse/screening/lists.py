"""Codes of lists in the feeds and the record, and what the law makes of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

OF_744: Mapping[str, str] = {
    **dict.fromkeys(("us-entity-list", "EL", "US-BIS-EL"), "entity-list"),
    **dict.fromkeys(("us-meu-list", "MEU", "US-BIS-MEU"), "military-end-user-list"),
    **dict.fromkeys(("UVL", "US-BIS-UVL"), "unverified-list"),
    **dict.fromkeys(("SDN", "DPL", "US-BIS-DPL", "US-OFAC-SDN"), "blocked"),
}
"""Code of a list -> the list of part 744 that a rule looks at; of a denial order, what is asked of a blocked person."""
_OWNERS = ("entity-list", "military-end-user-list")
_SOME_OWNERS = ("SDN", "US-OFAC-SDN")
"""Lists of which the 50 % rule counts some programmes alone, which a list does not always tell."""


def counts_owners(codes: Iterable[str]) -> bool | None:
    """Whether the 50 % rule counts an owner on some lists; None where it counts some on them alone.

    Example:
        >>> counts_owners(["EL"]), counts_owners(["SDN"]), counts_owners(["UVL", "ISN"])
        (True, None, False)
    """
    codes = list(codes)
    if any(OF_744.get(code) in _OWNERS for code in codes):
        return True
    return None if any(code in _SOME_OWNERS for code in codes) else False
