"""Revenue exposure: exact intervals on small tables, and the truth never outside on random ones."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dualuse.analyse.revenue import Region, Share, read_regions, revenue_exposure


def row(key: str, region: str, places: str, low: float | None, high: float | None = None, **more: object) -> Share:
    found = Share(key, "x", "2024", region, frozenset(places.split()), not places, low, low if high is None else high)
    return replace(found, **more)  # type: ignore[arg-type]  # fields by name


def interval(rows: list[Share], *places: str) -> tuple[float, float]:
    (found,) = revenue_exposure(rows, set(places))
    return found.low, found.high


TABLE = [
    row("a", "China", "CN", 30),
    row("b", "Singapore", "SG", 10),
    row("c", "Japan", "JP", 40),
    row("d", "Others", "", 20),
]


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        (("CN",), (30, 50)),
        (("CN", "SG"), (40, 60)),
        (("JP",), (40, 60)),
        (("FR",), (0, 20)),
        (("CN", "SG", "JP"), (80, 100)),
        ((), (0, 0)),
    ],
)
def test_a_whole_table(places: tuple[str, ...], expected: tuple[float, float]) -> None:
    assert interval(TABLE, *places) == expected


def test_unrecorded_revenue_widens_upwards_only() -> None:
    (found,) = revenue_exposure([row("a", "China", "CN", 36), row("t", "Total", "", 100)], {"CN"})
    assert (found.low, found.high, found.recorded, found.unrecorded, found.straddling) == (36, 100, 36, 64, 0)
    assert interval([row("a", "China", "CN", 36), row("b", "Japan", "JP", 20)], "CN") == (36, 80)


def test_repeats_count_once_and_disputes_give_the_hull() -> None:
    repeated = [*TABLE, row("e", "China", "CN", 30), row("f", "PRC", "CN", 30)]
    assert interval(repeated, "CN") == interval(TABLE, "CN")
    regions = {region.name: region for region in read_regions([*TABLE, row("e", "China", "CN", 33)])}
    assert (regions["China"].low, regions["China"].high, regions["China"].disputed) == (30, 33, True)
    assert not regions["Japan"].disputed
    assert interval([*TABLE, row("e", "China", "CN", 33)], "CN") == (30, 50)


def test_regions_that_overlap_count_once() -> None:
    both = [row("a", "China", "CN", 30), row("b", "China with Hong Kong", "CN HK", 33), row("c", "Japan", "JP", 67)]
    assert interval(both, "CN", "HK") == (33, 33)
    assert interval(both, "CN") == (30, 33)
    assert interval(both, "HK") == (0, 3)
    assert interval(both, "JP") == (67, 67)


def test_a_region_partly_inside_gives_the_upper_end_only() -> None:
    assert interval([row("a", "Greater China", "CN TW", 60), row("b", "Japan", "JP", 40)], "CN") == (0, 60)


def test_gaps_of_rounding_are_none_and_larger_ones_are_unrecorded() -> None:
    rounded = [row(key, key, key, 33.33) for key in ("CN", "JP", "FR")]
    assert interval(rounded, "CN") == (33.33, 33.33)
    whole = [row(key, key, key, 33, decimals=0) for key in ("CN", "JP", "FR")]
    assert interval(whole, "CN") == (33, 33)
    gap = [row(key, key, key, 32, decimals=0) for key in ("CN", "JP", "FR")]
    assert interval(gap, "CN") == (32, 36)


def test_sums_are_capped() -> None:
    assert interval([row("a", "China", "CN", 70), row("b", "Abroad", "", 88)], "CN") == (70, 100)
    assert interval([row("a", "China", "CN", 70), row("b", "Russia", "RU", 60)], "CN", "RU") == (100, 100)


def test_rows_without_a_share_are_told_and_left_out() -> None:
    (found,) = revenue_exposure([row("a", "China", "CN", 30), row("b", "India", "IN", None)], {"CN"})
    assert [share.iri for share in found.unusable] == ["b"]
    assert revenue_exposure([row("b", "India", "IN", None)], {"IN"}) == []


def test_companies_and_periods_are_kept_apart() -> None:
    rows = [
        row("a", "China", "CN", 30),
        row("b", "China", "CN", 20, period="2023"),
        row("c", "China", "CN", 9, organisation="y"),
    ]
    assert [(e.organisation, e.period, e.low) for e in revenue_exposure(rows, {"CN"})] == [
        ("x", "2023", 20),
        ("x", "2024", 30),
        ("y", "2024", 9),
    ]


def test_standing() -> None:
    region = Region("r", frozenset({"CN", "HK"}), False, 1, 1, (), False)
    assert [region.standing(places) for places in ({"CN", "HK"}, {"CN"}, {"JP"})] == ["inside", "partly", "outside"]
    assert replace(region, straddles=True).standing({"CN", "HK"}) == "straddles"


PLACES = ("CN", "HK", "JP", "TW", "US", "FR")


@st.composite
def truths(draw: st.DrawFn) -> tuple[list[Share], set[str], float]:
    """A true revenue by place, what a source shows of it, some places, and the true share of these."""
    parts = draw(st.lists(st.integers(0, 20), min_size=len(PLACES), max_size=len(PLACES)).filter(any))
    revenue = dict(zip(PLACES, parts, strict=True))
    total = sum(parts)
    region_of = {place: draw(st.integers(0, 3)) for place in PLACES}
    shown = {number: draw(st.sampled_from(["named", "straddles", "left out"])) for number in range(4)}
    rows = []
    for number, how in shown.items():
        places = [place for place in PLACES if region_of[place] == number]
        if places and how != "left out":
            share = sum(revenue[place] for place in places) / total * 100
            rows.append(row(str(number), str(number), " ".join(places) if how == "named" else "", share, decimals=9))
            if draw(st.booleans()):
                rows.append(replace(rows[-1], iri=f"again {number}"))
    touched = draw(st.sets(st.sampled_from(PLACES)))
    return rows, touched, sum(revenue[place] for place in touched) / total * 100


@settings(max_examples=30, deadline=None)
@given(truths())
def test_the_truth_is_never_outside(made: tuple[list[Share], set[str], float]) -> None:
    rows, touched, truth = made
    for found in revenue_exposure(rows, touched):
        assert found.low - 1e-3 <= truth <= found.high + 1e-3
        assert 0 <= found.low <= found.high <= 100


@settings(max_examples=20, deadline=None)
@given(truths(), st.permutations(PLACES))
def test_names_of_places_do_not_matter(made: tuple[list[Share], set[str], float], names: list[str]) -> None:
    rows, touched, _ = made
    new = dict(zip(PLACES, names, strict=True))
    renamed = [replace(share, places=frozenset(new[place] for place in share.places)) for share in rows]
    before, after = revenue_exposure(rows, touched), revenue_exposure(renamed, {new[place] for place in touched})
    assert [(e.low, e.high) for e in before] == [(e.low, e.high) for e in after]
