"""Edge files and lists: what they must look like, what is reported, and that every reader says the same."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dualuse.errors import MissingExtraError, UsageError
from dualuse.ownership import files as csv_files
from dualuse.ownership import read
from dualuse.ownership.book import Table
from dualuse.ownership.findings import Findings
from dualuse.ownership.read import read_edges, read_listed
from dualuse.ownership.rows import EDGE_COLUMNS
from dualuse.ownership.spelling import UNNAMED

DAY = date(2025, 1, 20)
HEADER = "owner,owned,share_min,share_max"
needs_arrow = pytest.mark.skipif(find_spec("pyarrow") is None, reason="pyarrow is not installed")
READERS = ["plain", pytest.param("arrow", marks=needs_arrow)]


def plain(table: Table) -> dict[str, Any]:
    """A table as plain values, in the order of its file."""
    rows = []
    for index in range(len(table.owner)):
        source = int(table.source[index]) if len(table.source) else -1
        pair = table.names[int(table.owner[index])], table.names[int(table.owned[index])]
        share = int(table.low[index]), int(table.high[index])
        rows.append((int(table.place[index]), *pair, *share, table.sources[source] if source >= 0 else ""))
    return {
        "rows": sorted(rows),
        "names": sorted(table.names[number] for number in range(len(table.names))),
        "read": table.rows,
        "counts": table.findings.counts,
        "findings": sorted(map(str, table.findings.rows())),
    }


@pytest.mark.parametrize("reader", READERS)
def test_csv(write: Callable[..., Path], reader: str) -> None:
    path = write(
        "edges.csv",
        "source,owned,owner,share_max,share_min,valid_to",
        "registry,A, X ,60,40,",
        ",B,A,,50,",
        ",C,A,50,50,2020",
    )
    found = plain(read_edges(path, DAY, reader=reader))
    assert found["rows"] == [(2, "X", "A", 400_000, 600_000, "registry"), (3, "A", "B", 500_000, 1_000_000, "")]
    assert found["names"] == ["A", "B", "C", "X"]
    assert found["read"] == 3
    assert found["findings"] == []


@pytest.mark.parametrize("reader", READERS)
def test_everything_odd_is_reported(write: Callable[..., Path], reader: str) -> None:
    path = write(
        "edges.csv",
        f"{HEADER},valid_from,valid_to",
        "X,A,half,,,",
        "X,B,120,,,",
        "X,C,60,40,,",
        "X,,50,50,,",
        "X,D,50,50,2025-01,",
        "X,E,50,50,then,",
        "X,F,33.33333,33.33333,,",
        "X,G,50,50,2020,2024",
        "X,G,50,50,2023,",
        "X,H,50,50,2025,2024",
    )
    found = plain(read_edges(path, DAY, reader=reader))
    assert found["counts"] == {
        "bad-row": 1,
        "bad-share": 3,
        "share-rounded": 1,
        "bad-date": 2,
        "doubtful-date": 1,
        "overlap": 1,
    }
    shares = {owned: (low, high) for _, _, owned, low, high, _ in found["rows"]}
    assert shares == {
        **dict.fromkeys("ABC", (0, 1_000_000)),
        **dict.fromkeys("DEH", (0, 500_000)),
        "F": (333_333, 333_334),
        "G": (500_000, 500_000),
    }
    assert any("row 2" in text and "'half' is not a share" in text for text in found["findings"])


@pytest.mark.parametrize("reader", READERS)
def test_wrong_number_of_cells(write: Callable[..., Path], reader: str) -> None:
    path = write("edges.csv", HEADER, "X,A,50", "X,B,50,50", "", "X,C,50,50,9")
    table = read_edges(path, DAY, reader=reader)
    assert table.findings.counts == {"bad-row": 2}
    assert [row[1:5] for row in plain(table)["rows"] if row[1] == "X"] == [("X", "B", 500_000, 500_000)]
    more = {row[2] for row in plain(table)["rows"] if row[1] == UNNAMED}
    assert more == {"X"}, "the broken rows name X, which may have an owner more; A and C are in no other row"


@pytest.mark.parametrize("reader", READERS)
def test_owners_that_are_not_named(write: Callable[..., Path], reader: str) -> None:
    found = plain(read_edges(write("edges.csv", HEADER, ",A,60,60", "X,A,40,40"), DAY, reader=reader))
    assert found["rows"] == [(2, UNNAMED, "A", 600_000, 600_000, ""), (3, "X", "A", 400_000, 400_000, "")]
    assert found["counts"] == {"unnamed-owner": 1}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("owner,owned,share_min", "column 'share_max' is missing"),
        ("owner,owned,share_min,share_max,valid_form", "column 'valid_form' is unknown; did you mean 'valid_from'"),
        ("owner,owned,share_min,share_max,colour", "column 'colour' is unknown; take it out"),
        ("owner,owner,owned,share_min,share_max", "column 'owner' is given twice"),
        ("Owner,owned,share_min,share_max", "column 'Owner' is unknown; did you mean 'owner'"),
        ("", "column 'owner' is missing"),
    ],
)
def test_wrong_header(write: Callable[..., Path], reader: str, header: str, message: str) -> None:
    with pytest.raises(UsageError, match=message) as caught:
        read_edges(write("edges.csv", header, "X,A,50,50"), DAY, reader=reader)
    assert "Columns: owner, owned, share_min, share_max" in str(caught.value)


@pytest.mark.parametrize("reader", READERS)
def test_no_rows(write: Callable[..., Path], reader: str) -> None:
    table = read_edges(write("edges.csv", HEADER), DAY, reader=reader)
    assert (table.rows, len(table.owner), len(table.names)) == (0, 0, 0)


@pytest.mark.parametrize("reader", READERS)
def test_byte_order_mark_and_windows_lines(tmp_path: Path, reader: str) -> None:
    path = tmp_path / "edges.csv"
    path.write_bytes(b"\xef\xbb\xbf" + f'{HEADER}\r\n"X, Inc.\nof Y",华为,50,50\r\n'.encode())
    assert plain(read_edges(path, DAY, reader=reader))["rows"][0][1:3] == ("X, Inc.\nof Y", "华为")


@pytest.mark.parametrize("reader", READERS)
def test_not_utf_8(tmp_path: Path, reader: str) -> None:
    path = tmp_path / "edges.csv"
    path.write_bytes(HEADER.encode() + b"\nX,\xff\xfe,50,50\n")
    with pytest.raises(UsageError, match="UTF-8"):
        read_edges(path, DAY, reader=reader)


def test_unbalanced_quotes(write: Callable[..., Path]) -> None:
    with pytest.raises(UsageError, match="not a CSV table"):
        read_edges(write("edges.csv", HEADER, '"X" Y,A,50,50'), DAY)


def test_no_such_file_and_no_such_kind(tmp_path: Path, write: Callable[..., Path]) -> None:
    with pytest.raises(UsageError, match="there is no such file"):
        read_edges(tmp_path / "none.csv", DAY)
    with pytest.raises(UsageError, match=r"neither a \.csv nor a \.parquet file"):
        read_edges(write("edges.xlsx", "x"), DAY)


def test_parquet_without_pyarrow(write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "find_spec", lambda name: None)
    with pytest.raises(MissingExtraError, match=r"pip install 'dualuse\[scale\]'"):
        read_edges(write("edges.parquet", "x"), DAY)


@needs_arrow
def test_not_parquet(write: Callable[..., Path]) -> None:
    with pytest.raises(UsageError, match="not a Parquet table"):
        read_edges(write("edges.parquet", "x"), DAY)


@pytest.mark.parametrize("reader", READERS)
def test_progress(write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, reader: str) -> None:
    monkeypatch.setattr(csv_files, "_TELL_EVERY", 2)
    told: list[float] = []
    path = write("edges.csv", HEADER, *["X,A,50,50"] * 9)
    read_edges(path, DAY, reader=reader, progress=lambda part, rows: told.append(part))
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert len(told) > 1


def test_listed(write: Callable[..., Path]) -> None:
    findings = Findings()
    path = write("listed.csv", "list,party", "sdn,X", ",Y", "uvl,Z", "sdn, X ", "sdn,")
    assert read_listed(path, ["sdn"], findings) == ["X", "Y"]
    assert findings.counts == {"other-list": 1, "bad-row": 1}
    with pytest.raises(UsageError, match="no listed party in it"):
        read_listed(write("none.csv", "party"), ["sdn"], findings)
    with pytest.raises(UsageError, match=r"column 'name' is unknown; take it out\. Columns: party"):
        read_listed(write("wrong.csv", "party,name", "X,Y"), ["sdn"], findings)


@needs_arrow
def test_listed_parquet(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = tmp_path / "listed.parquet"
    pq.write_table(pa.table({"party": ["X", " Y", None]}), path)
    findings = Findings()
    assert read_listed(path, ["sdn"], findings) == ["X", "Y"]
    assert findings.counts == {"bad-row": 1}


@needs_arrow
@pytest.mark.parametrize("kind", ["double", "float", "decimal", "int", "text", "dictionary"])
def test_parquet_types_of_shares(tmp_path: Path, kind: str) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    values = ["50", None, "33.3", "16.6667", "100"] if kind != "int" else ["50", None, "33", "16", "100"]
    column = pa.array(values, pa.string())
    types = {"double": pa.float64(), "float": pa.float32(), "decimal": pa.decimal128(12, 6), "int": pa.int16()}
    if kind == "dictionary":
        column = column.dictionary_encode()
    elif kind != "text":
        column = column.cast(types[kind])
    owned = pa.array(list("ABCDE"))
    path = tmp_path / "edges.parquet"
    table = {"owner": pa.array(["X"] * 5), "owned": owned, "share_min": column, "share_max": column}
    pq.write_table(pa.table(table | {"valid_from": pa.array([date(2024, 1, 1)] * 5)}), path)
    found = plain(read_edges(path, DAY))
    middle = [(333_000, 333_000), (166_667, 166_667)] if kind != "int" else [(330_000, 330_000), (160_000, 160_000)]
    expected = [(500_000, 500_000), (0, 1_000_000), *middle, (1_000_000, 1_000_000)]
    assert [row[3:5] for row in found["rows"]] == expected
    assert found["findings"] == []


@needs_arrow
def test_parquet_floats_off_the_grid(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    shares = pa.array([0.1 + 0.2, float("nan"), -1.0, 1e-7, 100 / 3])
    path = tmp_path / "edges.parquet"
    table = {"owner": ["X"] * 5, "owned": list("ABCDE"), "share_min": shares, "share_max": shares}
    pq.write_table(pa.table(table), path)
    found = plain(read_edges(path, DAY))
    assert [row[3:5] for row in found["rows"]] == [
        (3_000, 300_100),
        (0, 1_000_000),
        (0, 1_000_000),
        (0, 100),
        (333_333, 333_334),
    ]
    assert found["counts"] == {"share-rounded": 3, "bad-share": 1, "fraction": 2}


@pytest.mark.parametrize("reader", READERS)
def test_one_column_for_both_bounds(write: Callable[..., Path], reader: str) -> None:
    path = write(
        "edges.csv", "owner,owned,percentage", "X,A,60", "X,B,more than 25 to 50", "X,C,", "X,D,0.6", "X,E,0.6%"
    )
    found = plain(read_edges(path, DAY, reader=reader))
    assert [row[2:5] for row in found["rows"]] == [
        ("A", 600_000, 600_000),
        ("B", 250_001, 500_000),
        ("C", 0, 1_000_000),
        ("D", 6_000, 600_000),
        ("E", 6_000, 6_000),
    ]
    assert found["counts"] == {"fraction": 1}
    for header in ("owner,owned,percentage,share_min", "owner,percentage"):
        with pytest.raises(UsageError, match="Columns: owner, owned, percentage; and if"):
            read_edges(write("wrong.csv", header, "X,A,60"), DAY, reader=reader)


@pytest.mark.parametrize("reader", READERS)
def test_fractions_beyond_the_examples_are_counted(write: Callable[..., Path], reader: str) -> None:
    path = write("edges.csv", HEADER, *(f"X,A{number},0.5,0.5" for number in range(30)))
    found = plain(read_edges(path, DAY, reader=reader))
    assert found["counts"] == {"fraction": 30}
    assert {row[3:5] for row in found["rows"]} == {(5_000, 500_000)}
    assert any("and 10 more" in text for text in found["findings"])


_NAMES = ["A", "B ", "Ünï", "华为", "", " X"]
_SHARES = [
    "",
    "50",
    "12.5",
    "33.3333",
    "33.33333",
    "120",
    "-5",
    "abc",
    "100.0",
    " 7 ",
    "50%",
    "1e1",
    "0.6",
    "0.6%",
    "25-50",
]
_DAYS = [
    "",
    "2020",
    "2024-05",
    "2025-01-15",
    "2025-01",
    "x",
    "2030",
    "9999-12-31",
    "1970-01-01",
    "2025-01-15T00:00:00Z",
]
CELLS = {
    "owner": _NAMES,
    "owned": _NAMES,
    "share_min": [*_SHARES, ">25"],
    "share_max": [*_SHARES, "<50"],
    "valid_from": _DAYS,
    "valid_to": _DAYS,
    "source": ["", "s1", "s2"],
}


@st.composite
def files(draw: st.DrawFn) -> tuple[list[str], list[dict[str, str]]]:
    optional = draw(st.lists(st.sampled_from(EDGE_COLUMNS[4:]), unique=True))
    columns = draw(st.permutations([*EDGE_COLUMNS[:4], *optional]))
    row = st.fixed_dictionaries({name: st.sampled_from(CELLS[name]) for name in columns})
    return columns, draw(st.lists(row, max_size=20))


@needs_arrow
@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files())
def test_readers_agree(tmp_path: Path, file: tuple[list[str], list[dict[str, str]]]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns, rows = file
    text, table = tmp_path / "edges.csv", tmp_path / "edges.parquet"
    with text.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, columns)
        writer.writeheader()
        writer.writerows(rows)
    pq.write_table(pa.table({name: pa.array([row[name] for row in rows], pa.string()) for name in columns}), table)
    found = [read_edges(text, DAY, reader="plain"), read_edges(text, DAY, reader="arrow"), read_edges(table, DAY)]
    first, *others = map(plain, found)
    assert all(other == first for other in others)
