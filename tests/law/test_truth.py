from __future__ import annotations

from itertools import product

import pytest

from dualuse.law.truth import Truth, both, either, negate

VALUES: tuple[Truth, ...] = (True, False, None)


@pytest.mark.parametrize(("a", "b"), list(product(VALUES, repeat=2)))
def test_tables(a: Truth, b: Truth) -> None:
    """Kleene's tables: unknown gives way to what settles it."""
    assert both([a, b]) is (False if False in (a, b) else None if None in (a, b) else True)
    assert either([a, b]) is (True if True in (a, b) else None if None in (a, b) else False)
    assert negate(both([a, b])) is either([negate(a), negate(b)])


def test_of_nothing() -> None:
    assert both([]) is True
    assert either([]) is False


def test_negation() -> None:
    assert [negate(value) for value in VALUES] == [False, True, None]
