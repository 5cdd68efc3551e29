"""Proof that a search was made: of what, in which lists, by what, when."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime

from dualuse.errors import UsageError


@dataclass(frozen=True)
class Proof:
    """What was searched.

    Args:
        input: Name of the table.
        sha256: Its digest.
        rows: How many rows were searched.
        time: When, in UTC.
        dualuse: Version of what searched.
        algorithm: Name of the way to compare names.
        record: Version and digest of the curated record.
    """

    input: str
    sha256: str
    rows: int
    time: str
    dualuse: str
    algorithm: str
    record: str


def moment(given: str = "") -> str:
    """The time of a search: as given, or of ``SOURCE_DATE_EPOCH``, or now; to the second, in UTC.

    Raises:
        UsageError: it is no time.

    Example:
        >>> moment("2026-11-20T08:30:00+08:00"), moment("2026-11-20")
        ('2026-11-20T00:30:00Z', '2026-11-20T00:00:00Z')
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    try:
        if given:
            told = datetime.fromisoformat(given)
        elif epoch:
            told = datetime.fromtimestamp(int(epoch), UTC)
        else:
            told = datetime.now(UTC)
        told = told.replace(tzinfo=told.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        what = f"--time {given!r}" if given else f"SOURCE_DATE_EPOCH {epoch!r}"
        raise UsageError(f"{what}: no time; write it as 2026-11-20T08:30:00Z") from None
    return told.strftime("%Y-%m-%dT%H:%M:%SZ")
