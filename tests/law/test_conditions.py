"""Named conditions: what rules share stands once, and what cannot be written out is refused where it stands."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from dualuse.build import Built
from dualuse.errors import CuratedDataError
from dualuse.law.transaction import World
from dualuse.load.curated import read_curated


def spoil(data: Path, file: str, old: str, new: str) -> int:
    """Replace text in a copy of the data; the line it stood on."""
    path = data / file
    before, found, after = path.read_text("utf-8").partition(old)
    assert found
    path.write_text(f"{before}{new}{after}", "utf-8")
    return before.count("\n") + 1


def test_every_name_is_used_and_more_than_once(built: Built) -> None:
    tables = built.curated.tables
    holders = (*tables["rules"].values(), *tables["conditions"].values())
    used = Counter(str(use.use) for holder in holders for _, use in holder.when.uses())
    assert set(used) == set(tables["conditions"])
    assert min(used.values()) >= 2


def test_a_rule_holds_what_the_name_stands_for(world: World) -> None:
    (place, seat) = world.rules.by_key["letter-h20"].when.operands[2].operands
    assert (place.operator, seat.operator) == ("destination", "headquarters")
    assert place.expects == seat.expects == {"us-d5", "us-macau-d5"}
    closed = world.rules.by_key["exc-lpp"].when.operands[4].operands[0].operands[0]
    assert (closed.says or "").endswith("where LPP is closed")
    assert world.places.registry.citation(closed.provision) == "15 CFR 740.2(a)(9)(ii)"
    assert closed.expects == {"us-d1", "us-d4", "us-d5"}


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (
            "rules/letter-h20.yml",
            "use: d5-or-macau",
            "use: d5-or-macao",
            "when.all.2.use: 'd5-or-macao' is not in conditions. Nearest: d5-or-macau",
        ),
        (
            "conditions.yml",
            "use: upper-band",
            "use: uper-band",
            "'uper-band' is not in conditions. Nearest: upper-band",
        ),
        (
            "rules/letter-h20.yml",
            "use: d5-or-macau",
            "use: d5-or-macau\n      says: it is there",
            "when.all.2: 'd5-or-macau' combines several tests; 'says' and 'provision' go with a single one",
        ),
        (
            "conditions.yml",
            "use: d5-or-macau-destination",
            "use: d5-or-macau",
            "d5-or-macau: the condition uses itself",
        ),
        ("conditions.yml", "in-country:\n  title", "in-country: it is\nfriends:\n  title", "a record is a mapping"),
        ("conditions.yml", "both-bands:", "zebra:", "rows are sorted by key; 'zebra' stands before"),
        ("conditions.yml", "both-bands:", "Both:", "wrong id: the name must be lower-case letters"),
        (
            "rules/letter-h20.yml",
            "use: d5-or-macau",
            "use: d5-or-macau\n      place: CN",
            "exactly one of all, any, none",
        ),
    ],
)
def test_what_cannot_be_written_out_is_refused(data_copy: Path, file: str, old: str, new: str, said: str) -> None:
    spoil(data_copy, file, old, new)
    with pytest.raises(CuratedDataError) as caught:
        read_curated(data_copy)
    (told,) = [line for line in str(caught.value).splitlines() if said in line]
    assert re.match(rf"{re.escape(file)}:[1-9]\d*: ", told)


def test_the_line_of_an_unknown_name_is_told(data_copy: Path) -> None:
    line = spoil(data_copy, "conditions.yml", "use: upper-band", "use: uper-band")
    with pytest.raises(CuratedDataError, match=rf"conditions\.yml:{line}: when\.all\.1\.any\.0\.use: 'uper-band'"):
        read_curated(data_copy)
