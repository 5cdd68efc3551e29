"""One test of many small cases, where the tests' own housekeeping would cost more than the cases do."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable
from typing import TypeVar

import pytest

_C = TypeVar("_C")


def every(cases: Iterable[tuple[str, _C]], check: Callable[[_C], None]) -> None:
    """Check every case, and fail with all that went wrong, each under the name of its case.

    Args:
        cases: Names and cases; there must be some.
        check: Raises where a case is wrong, as a test of this case alone would.
    """
    failed, count = [], 0
    for name, case in cases:
        count += 1
        try:
            check(case)
        except Exception as error:
            where = traceback.extract_tb(error.__traceback__)[-1]
            failed.append(f"{name} (line {where.lineno} of {where.name}): {type(error).__name__}: {error}")
    if failed or not count:
        pytest.fail("\n\n".join([f"{len(failed)} of {count} cases", *failed]), pytrace=False)
