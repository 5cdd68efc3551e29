"""Statements: none is on an instrument that came long after it, and each says whether its primary text was read."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dualuse import resources
from dualuse.load.curated import Curated, read_curated
from dualuse.model.law import Instrument
from dualuse.model.speech import Statement

AHEAD = timedelta(days=31)
"""How long before the first act of an instrument it is spoken of as coming."""


@pytest.fixture(scope="module")
def curated() -> Curated:
    return read_curated(resources.root("data"))


def statements(curated: Curated) -> dict[str, Statement]:
    found: dict[str, Statement] = dict(curated.tables["statements"])
    return found


def test_none_is_on_an_instrument_that_came_long_after(curated: Curated) -> None:
    instruments: dict[str, Instrument] = dict(curated.tables["instruments"])
    first = {key: min(event.date.earliest for event in one.events) for key, one in instruments.items()}
    late = [
        (key, instrument)
        for key, one in statements(curated).items()
        for instrument in one.instruments
        if one.date.latest + AHEAD < first[instrument]
    ]
    assert late == []


def test_each_says_whether_its_primary_text_was_read(curated: Curated) -> None:
    assert [key for key, one in statements(curated).items() if one.primary is None] == []


def test_what_is_called_primary_was_read(curated: Curated) -> None:
    for key, one in statements(curated).items():
        if one.source_kind == "primary":
            assert one.primary in ("read", "copy-read"), key
        if one.primary == "read":
            assert one.source_kind == "primary", key


def test_of_what_was_not_opened_a_source_has_the_address(curated: Curated) -> None:
    sources = curated.tables["sources"]
    for key, one in statements(curated).items():
        if one.primary == "not-opened":
            assert any(sources[source].url for source in one.sources), key
