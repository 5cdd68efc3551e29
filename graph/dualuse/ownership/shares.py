"""Shares as whole numbers, so that 50 percent is 50 percent and never 49.999999.

A share is counted in ten-thousandths of a percent: 50 % is 500,000 and the whole is 1,000,000. Sums of such numbers
are exact. A share finer than that is widened outwards (a lower bound down, an upper bound up), which can turn a
certain answer into a possible one but never the other way round.
"""

from __future__ import annotations

import re
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from dualuse.errors import UsageError

SCALE = 10_000
"""Units in one percent."""

HUNDRED = 100

WHOLE = HUNDRED * SCALE
"""One hundred percent."""

FORM = re.compile(r"(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?", re.ASCII | re.IGNORECASE)
"""A number as people and programs write one."""


class ShareError(ValueError):
    """A share that cannot be read; the message says why."""


def read_share(text: str, *, up: bool) -> tuple[int, bool]:
    """Read a percentage.

    Args:
        text: A number from 0 to 100, with or without a percent sign.
        up: Whether to round up (an upper bound) or down (a lower bound) where the number is too fine.

    Returns:
        The share in units, and whether it had to be rounded.

    Raises:
        ShareError: not a number, or not from 0 to 100.

    Example:
        >>> read_share("33.33", up=False)
        (333300, False)
        >>> read_share("33.333333", up=True)
        (333334, True)
    """
    bare = text.strip().removesuffix("%").rstrip()
    if FORM.fullmatch(bare) is None:
        raise ShareError(f"{text.strip()!r} is not a share; write a number from 0 to 100 with a point for decimals")
    exact = Decimal(bare) * SCALE
    units = int(exact.to_integral_value(ROUND_CEILING if up else ROUND_FLOOR))
    if exact > WHOLE:
        raise ShareError(f"{text.strip()!r} is not a share; it must lie between 0 and 100 percent")
    return units, units != exact


def units(percent: float | Decimal | str, *, up: bool = False) -> int:
    """A percentage in units; see :func:`read_share`."""
    return read_share(f"{Decimal(str(percent)):f}", up=up)[0]


def percent(share: int) -> float:
    """Units as a percentage.

    Example:
        >>> percent(333300)
        33.33
    """
    return int(share) / SCALE


def span(low: int, high: int) -> dict[str, float]:
    """Bounds in percent."""
    return {"min": percent(low), "max": percent(high)}


def limit_of(threshold: float) -> int:
    """A threshold in units.

    Raises:
        UsageError: it is no share, or not above 0.
    """
    try:
        limit = units(threshold, up=True)
    except ShareError as error:
        raise UsageError(f"threshold: {error}") from None
    if not 0 < limit <= WHOLE:
        raise UsageError(f"threshold {threshold:g}: it must lie above 0 and at most at 100 percent")
    return limit
