"""Three-valued truth: true, false, or not known (None)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

Truth = bool | None


def both(values: Iterable[Truth]) -> Truth:
    """Whether all hold: false if one is false, else unknown if one is unknown.

    Example:
        >>> both([True, None]), both([None, False]), both([])
        (None, False, True)
    """
    found = list(values)
    if False in found:
        return False
    return None if None in found else True


def either(values: Iterable[Truth]) -> Truth:
    """Whether one holds: true if one is true, else unknown if one is unknown.

    Example:
        >>> either([False, None]), either([None, True]), either([])
        (None, True, False)
    """
    found = list(values)
    if True in found:
        return True
    return None if None in found else False


def negate(value: Truth) -> Truth:
    """The opposite; unknown stays unknown."""
    return None if value is None else not value


def one_of(found: Mapping[str, Truth], expected: Iterable[str]) -> Truth:
    """Whether one of the expected things is so; what is not found is not so.

    Example:
        >>> one_of({"a": False, "b": None}, ["a", "c"]), one_of({"a": False, "b": None}, ["b"])
        (False, None)
    """
    truth: Truth = False
    for name in expected:
        if name in found:
            if found[name]:
                return True
            truth = None if found[name] is None else truth
    return truth
