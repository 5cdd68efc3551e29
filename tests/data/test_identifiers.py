"""Identifiers of organisations: an LEI bears its own check digits, and no two organisations share an identifier."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from dualuse.build import Built
from dualuse.dates import PartialDate
from dualuse.model.parties import Identifiers


def of_kind(built: Built, kind: str) -> dict[str, str]:
    """Organisation -> its identifier of a kind."""
    rows = built.curated.tables["organisations"]
    found = {key: getattr(organisation.identifiers, kind) for key, organisation in rows.items()}
    return {key: code for key, code in found.items() if code}


def checks(lei: str) -> bool:
    """Whether an LEI is one by ISO 7064 MOD 97-10: with letters as 10 to 35, the rest by 97 is 1."""
    return int("".join(str(int(sign, 36)) for sign in lei)) % 97 == 1


def test_leis_bear_their_check_digits(built: Built) -> None:
    assert checks("506700GE1G29325QX363")
    assert not checks("506700GE1G29325QX364")
    leis = of_kind(built, "lei")
    assert len(leis) > 50
    assert [key for key, lei in leis.items() if not checks(lei)] == []


@pytest.mark.parametrize("kind", ["wikidata", "lei", "cik"])
def test_no_identifier_is_shared(built: Built, kind: str) -> None:
    counted = Counter(of_kind(built, kind).values())
    assert [code for code, number in counted.items() if number > 1] == []


def test_a_blank_says_that_it_was_looked_for(built: Built) -> None:
    rows = built.curated.tables["organisations"]
    blank = [key for key, one in rows.items() if not (one.identifiers.wikidata and one.identifiers.lei)]
    assert len(blank) > 400
    assert [key for key in blank if not rows[key].identifiers.searched_in] == []


@pytest.mark.parametrize(
    "half",
    [
        lambda: Identifiers(searched_on=PartialDate("2026-11-29")),
        lambda: Identifiers(searched_in=("ror-2026-06",)),
    ],
)
def test_a_search_has_a_day_and_a_place(half: Callable[[], Identifiers]) -> None:
    with pytest.raises(ValueError, match="go together"):
        half()
