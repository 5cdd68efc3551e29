"""Which names are one party's, which may be, and that no doubt about a name, a share or a date ever clears a party."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from dualuse.ownership import matching
from dualuse.ownership.book import Table
from dualuse.ownership.matching import Matched, match
from dualuse.ownership.outcome import Outcome, holdings
from dualuse.ownership.read import read_edges
from dualuse.ownership.settling import settle
from dualuse.ownership.spelling import UNNAMED, UNSPECIFIED, beginnings, slips, spell, telling

DAY = date(2024, 12, 15)
HEADER = "owner,owned,share_min,share_max,valid_from,valid_to"
READERS = ["plain", pytest.param("arrow", marks=pytest.mark.skipif(find_spec("pyarrow") is None, reason="no pyarrow"))]
needs_numba = pytest.mark.skipif(not (find_spec("numba") and find_spec("pyarrow")), reason="needs numba and pyarrow")
KNOWN = {"huawei": ["huawei technologies co., ltd.", "huawei", "华为"], "smic": ["smic", "中芯国际"]}

SAME = [
    [
        "Huawei Technologies Co., Ltd.",
        "HUAWEI TECHNOLOGIES LIMITED",
        "Huawei  Technologies",
        "ＨＵＡＷＥＩ　Technologies Co Ltd",
    ],
    ["華為技術有限公司", "华为技术有限公司", "华为技术", "華為 技術（有限公司）"],
    ["Société Générale S.A.", "Socie\u0301te\u0301 Ge\u0301ne\u0301rale SA", "SOCIÉTÉ GÉNÉRALE"],
    ["Acme GmbH", "ACME G.m.b.H.", "acme"],
    ["株式会社東芝", "東芝株式会社", "东芝"],
    ["ООО «Ромашка»", "Ромашка ООО", "РОМАШКА"],
    ["The A & B Corp.", "A and B Corporation", "a+b corp"],
]
"""Names of one party, each group."""
OTHER = [
    "Sub A",
    "Sub B",
    "Fund 12",
    "Fund 1.2",
    "X",
    "Ltd",
    "AG",
    "-",
    "…",
    "Co., Ltd.",
    "Acme Trading",
    "華為",
    "Huaweii",
]


def apply(table: Table, listed: list[str], asked: tuple[str, ...] = ()) -> tuple[Matched, Outcome]:
    matched = match(table, listed, KNOWN, asked)
    return matched, settle(matched, sorted({matched.called[name] for name in listed}), [], 50)


def result(rows: list[tuple[str, str, float, float]], listed: list[str], party: str) -> str:
    matched, outcome = apply(holdings(rows), listed, (party,))
    return outcome.result(matched.called[party])


@pytest.mark.parametrize("names", SAME, ids=lambda names: names[0])
def test_names_of_one_party(names: list[str]) -> None:
    assert len({spell(name).plain for name in names}) == 1
    for listed in names:
        for owner in names:
            assert result([(owner, "Sub A", 60, 60)], [listed], "sub a") == "captured"


def test_names_of_several_parties() -> None:
    plain = [spell(name).plain for name in [*OTHER, *(names[0] for names in SAME)]]
    assert len(set(plain)) == len(plain)
    assert all(spell(name).plain for name in OTHER)


@pytest.mark.parametrize("owner", ["Huawei", "华为", "HUAWEI", "華為", "Huawei Technologies Company Limited"])
def test_the_graph_knows_further_names(owner: str) -> None:
    assert result([(owner, "A", 60, 60)], ["huawei"], "A") == "captured"
    assert result([("huawei", "A", 30, 30), (owner, "A", 25, 25)], ["华为"], "A") in ("possible", "captured")


@pytest.mark.parametrize(
    ("owner", "listed"),
    [
        ("Acme GmbH", "Acme Ltd"),
        ("Lsited Firm Ltd", "Listed Firm"),
        ("Listed Frm", "Listed Firm"),
        ("Firm Listed", "Listed Firm"),
        ("Lis ted Firm", "Listed Firm"),
        ("ListedFirmCo.,Ltd.", "Listed Firm"),
        ("L i s t e d  C o", "Listed Co"),
        ("Huawei", "华为技术有限公司"),
        ("Lísted Firm", "Listed Firm"),
        ("Listed Firm Holdings", "Listed Firm"),
        ("Listed Firm (Hong Kong) Ltd", "Listed Firm"),
        ("Listed", "Listed Firm"),
        ("华为技术有限公司", "huawei"),
        ("Huawai", "huawei"),
        ("Huawei Device Co., Ltd.", "huawei"),
        ("", "Listed Firm"),
        ("N/A", "Listed Firm"),
        ("Undisclosed", "Listed Firm"),
        ("其他股东", "Listed Firm"),
    ],
)
def test_what_may_be_listed_is_possible(write: Callable[..., Path], owner: str, listed: str) -> None:
    path = write("edges.csv", "owner,owned,percentage", f'"{owner}",A,60')
    _, outcome = apply(read_edges(path, DAY), [listed])
    assert outcome.result("A") == "possible"
    assert {"near-name", "unnamed-owner"} & set(outcome.findings.counts)


@pytest.mark.parametrize("owner", ["Partner", "Listing", "Unlisted Fund", "China", "Firm"])
def test_what_is_not_listed_stays_clear(owner: str) -> None:
    assert result([(owner, "A", 60, 60), ("B", "C", 60, 60)], ["Listed Firm", "China Telecom"], "A") == "clear"


def test_doubt_runs_through_the_middle_of_a_chain() -> None:
    rows = [("Listed Firm", "Middle Ltd", 60.0, 60.0), ("Middel Limited", "A", 60.0, 60.0), ("A", "B", 50.0, 50.0)]
    assert result(rows, ["Listed Firm"], "B") == "possible"
    assert result(rows, ["Listed Firm"], "Middle") == "captured"


def test_two_names_that_may_be_one_party_may_add_up() -> None:
    rows = [("Listed Firm", "Target Ltd", 30.0, 30.0), ("Listed Firm", "Target GmbH", 30.0, 30.0)]
    assert result(rows, ["Listed Firm"], "Target GmbH") == "possible"
    assert result([("Listed Firm", "Target Ltd", 30.0, 30.0)], ["Listed Firm"], "Target Ltd") == "clear"


def test_one_that_holds_the_other_is_another_party() -> None:
    rows = [("Acme Ltd", "Acme", 60.0, 60.0), ("Acme", "A", 60.0, 60.0)]
    _, outcome = apply(holdings(rows), ["Acme Ltd"])
    assert (outcome.result("Acme Ltd"), outcome.result("Acme"), outcome.result("A")) == (
        "listed",
        "captured",
        "captured",
    )
    rows = [("Acme Ltd", "Acme GmbH", 30.0, 30.0)]
    assert result(rows, ["Acme Ltd"], "Acme GmbH") == "clear"
    _, outcome = apply(holdings([("Acme", "ACME", 60.0, 60.0)]), ["X"])
    assert outcome.findings.counts["self-ownership"] == 1


def test_findings_say_which_names_are_one() -> None:
    matched, outcome = apply(holdings([("ACME LIMITED", "A", 30, 30), ("Acme Ltd.", "A", 25, 25)]), ["Acme"])
    assert outcome.result("A") == "possible"
    assert len(matched.table.names) == 2
    assert outcome.findings.counts == {"same-name": 1, "duplicate": 1}
    told = [row["message"] for row in outcome.findings.rows()]
    assert told[0].startswith("also written Acme Ltd., Acme; ")


def test_slips_are_of_one_word() -> None:
    names = {
        telling(name) for name in ("north fund", "south fund", "listed fund", "listing fund", "listde fund", "ab", "ba")
    }
    assert list(slips(names)) == [(("listde", "fund"), ("listed", "fund"))]
    assert list(beginnings("中国电子科技")) == ["中国电", "中国电子", "中国电子科"]


@needs_numba
def test_large_tables_tie_the_same_names(write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    names = [name for several in SAME for name in several] + OTHER + sorted(UNSPECIFIED)[:9]
    rows = [f'"{name}",Sub A {number},60,60,,' for number, name in enumerate(names)]
    path = write("edges.csv", HEADER, *rows)
    small, few = apply(read_edges(path, DAY, reader="plain"), [one[0] for one in SAME])
    monkeypatch.setattr(matching, "SLIPS_UP_TO", 0)
    large, many = apply(read_edges(path, DAY, reader="arrow"), [one[0] for one in SAME])
    assert len(large.table.names) == len(small.table.names) < len(names) + len(rows)
    assert not large.slips
    assert all(
        spell(large.called[name]).plain == spell(called).plain
        for name, called in small.called.items()
        if name != UNNAMED
    )
    for number in range(len(rows)):
        one, other = few.result(f"Sub A {number}"), many.result(f"Sub A {number}")
        assert one == other or (one, other) == ("possible", "clear")
        assert (one == "captured") == (other == "captured")


@needs_numba
@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(st.sampled_from("aAbB1. ,&'-é华華Ltd"), max_size=9), min_size=2, max_size=6))
def test_names_of_one_plain_form_have_one_number(names: list[str]) -> None:
    import pyarrow as pa

    from dualuse.ownership.engines.name_keys import name_keys

    keys = name_keys(pa.array([name.strip() for name in names]))
    for one, key in zip(names, keys, strict=True):
        for other, further in zip(names, keys, strict=True):
            if spell(one.strip()).plain == spell(other.strip()).plain:
                assert key == further


PARTIES = ["Listed Firm", "Middle Ltd", "Partner One", "Target SA", "Bottom Inc"]
ROW = st.tuples(
    st.sampled_from(PARTIES), st.sampled_from(PARTIES), st.sampled_from(["10", "30", "49.9", "50", "60", "100"])
).filter(lambda row: row[0] != row[1])
SLIPS = {
    "Listed Firm": ["Lsited Firm", "Listed Firm GmbH", "LISTED FIRM LTD", "Listed", "", "unknown"],
    "Middle Ltd": ["Middle GmbH", "Midlde Ltd", "MIDDLE LIMITED", "", "unknown"],
}


def _spoil(row: list[str], how: str, dice: random.Random) -> list[list[str]]:
    """A row with a doubt more about its owner, its share or its dates."""
    owner, owned, low, high, start, end = row
    match how:
        case "owner":
            return [[dice.choice(SLIPS.get(owner, ["", "unknown"])), owned, low, high, start, end]]
        case "share":
            return [[owner, owned, *dice.choice([("", ""), ("n/a", high), (low, ""), ("about 5", "")]), start, end]]
        case "fraction":
            return [[owner, owned, str(float(low) / 100), str(float(high) / 100), start, end]]
        case "date":
            return [[owner, owned, low, high, *dice.choice([("soon", ""), ("2024", ""), ("", "2024-12"), ("", "x")])]]
        case _:
            return [row, [owner, owned, "1%", "1%", start, end]]


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example([("Listed Firm", "Bottom Inc", "60")], 0, "fraction", 1)
@given(
    st.lists(ROW, min_size=1, max_size=6, unique_by=lambda row: row[:2]),
    st.integers(0, 5),
    st.sampled_from(["owner", "share", "fraction", "date", "twice"]),
    st.integers(0, 99),
)
def test_no_doubt_more_clears_a_party(
    write: Callable[..., Path], rows: list[tuple[str, str, str]], place: int, how: str, seed: int
) -> None:
    """Who was caught, or may have been, is never clear because less is known; of tables in which the shares fit."""
    held = [sum(float(share) for _, owned, share in rows if owned == party) for party in PARTIES]
    assume(all(share <= 100 for share in held))
    clean = [[owner, owned, share, share, "", ""] for owner, owned, share in rows]
    place %= len(clean)
    doubted = [*clean[:place], *_spoil(clean[place], how, random.Random(seed)), *clean[place + 1 :]]  # noqa: S311 - no secret
    found = []
    for table in (clean, doubted):
        lines = [",".join(f'"{cell}"' for cell in row) for row in table]
        matched, outcome = apply(read_edges(write("edges.csv", HEADER, *lines), DAY), ["Listed Firm"], tuple(PARTIES))
        names = [matched.called[party] for party in PARTIES]
        numbers = outcome.names.numbers(names)
        found.append({p: outcome.result(name) for p, name, n in zip(PARTIES, names, numbers, strict=True) if n >= 0})
    before, after = found
    assert all(
        after.get(party, "gone") != "clear" for party, was in before.items() if was not in ("clear", "ambiguous")
    )


def test_the_unnamed_owner_has_no_name_of_a_party() -> None:
    assert spell(UNNAMED).plain in UNSPECIFIED
