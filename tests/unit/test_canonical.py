"""JSON in one form alone."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dualuse.canonical import canonical, digest

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)


def test_the_example_of_the_standard() -> None:
    """RFC 8785, 3.2.2 and 3.2.3: texts, numbers, and names sorted by their UTF-16 codes."""
    value = {
        "numbers": [333333333.33333329, 1e30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": '€$\x0f\nA\'B"\\\\"/',
        "literals": [None, True, False],
    }
    assert canonical(value) == (
        '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    )
    names = ["€", "\r", "\ufb33", "1", "😀", "\x80", "ö"]
    assert list(json.loads(canonical(dict.fromkeys(names)))) == ["\r", "1", "\x80", "ö", "€", "😀", "\ufb33"]


@pytest.mark.parametrize(
    ("number", "text"),
    [
        *((0.0, "0"), (-0.0, "0"), (1.0, "1"), (1e20, "100000000000000000000"), (1e21, "1e+21"), (1e-6, "0.000001")),
        *(
            (1e-7, "1e-7"),
            (5e-324, "5e-324"),
            (-1.5e300, "-1.5e+300"),
            (1e16, "10000000000000000"),
            (2**70, str(2**70)),
        ),
    ],
)
def test_numbers_are_written_as_javascript_does(number: float, text: str) -> None:
    assert canonical(number) == text


@given(VALUES)
def test_what_is_written_is_what_was_meant(value: Any) -> None:
    """Read back it is equal, and written again the same, however it was written in between."""
    text = canonical(value)
    assert json.loads(text, parse_int=float) == json.loads(json.dumps(value), parse_int=float)
    assert canonical(json.loads(text)) == canonical(json.loads(json.dumps(value, indent=3))) == text


@given(VALUES, VALUES)
def test_other_values_have_other_sums(one: Any, other: Any) -> None:
    assert (digest(one) == digest(other)) is (canonical(one) == canonical(other))
    assert digest([one, 1]) != digest([one, True])


@pytest.mark.parametrize("value", [math.nan, math.inf, {1: 2}, {1, 2}, b"x"])
def test_what_json_does_not_have_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="JSON has no"):
        canonical(value)
