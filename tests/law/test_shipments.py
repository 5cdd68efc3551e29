"""Tables as people keep them: separators, spellings of columns, numbers, workbooks, and files that are none."""

from __future__ import annotations

import builtins
import csv
import io
import zipfile
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from tests.running import Run

from dualuse.errors import UsageError
from dualuse.figures import amount, whole
from dualuse.shipments import Table, read_rows, read_transactions

DAY = ("--as-of", "2025-05-15")


def table(folder: Path, text: str, name: str = "shipments.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode())
    return path


def workbook(folder: Path, *rows: list[Any], name: str = "shipments.xlsx") -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(folder / name)
    return folder / name


def results(done: CompletedProcess[str]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(done.stdout)))


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("said", ["", "sep={}\n"])
def test_what_stands_between_cells(run: Run, clean: Path, separator: str, said: str) -> None:
    rows = [["id", "item", "quantity", "to", "hq"], ["a", "H100 SXM", "1699", "CH", "CH"]]
    text = said.format(separator) + "".join(separator.join(row) + "\n" for row in rows)
    found = results(run("check", "--batch", table(clean, text), *DAY))
    assert [(row["row"], row["exception"]) for row in found] == [("3" if said else "2", "LPP")]


def test_the_header_alone_tells_what_stands_between_cells(clean: Path) -> None:
    path = table(clean, 'id;item;to;note, as written\n"a;b";H100;CH;x, y; z\n')
    assert list(read_rows(path)) == [
        (2, {"id": "a;b", "item": "H100", "to": "CH", "note, as written": "x, y", "": " z"})
    ]


@pytest.mark.parametrize("header", ["ID,Item,QUANTITY,To,End Use,As_Of", "Id , ITEM,Quantity,tO,end_use,AS-OF"])
def test_names_of_columns_in_any_spelling(clean: Path, header: str) -> None:
    path = table(clean, f"{header}\na,H100,2,CH,research,2025-06-01\n")
    cells = {"id": "a", "item": "H100", "quantity": "2", "to": "CH", "end-use": "research", "as-of": "2025-06-01"}
    assert list(read_rows(path)) == [(2, cells)]


def test_other_columns_are_passed_through(run: Run, clean: Path) -> None:
    text = 'PO number,item,to,row,Note,\n 007 ,H200,CH,17,"a, b\nc",\n,Nothing,CH,,,\n'
    done = run("check", "--batch", table(clean, text), *DAY)
    found = results(done)
    assert [(row["PO number"], row["row (given)"], row["Note"]) for row in found] == [
        (" 007 ", "17", "a, b\nc"),
        ("", "", ""),
    ]
    assert [row["row"] for row in found] == ["3", "4"]
    assert "no product or item 'Nothing'" in found[1]["error"]
    assert done.stdout.splitlines()[0].endswith("unknown,error,PO number,row (given),Note")


def test_what_is_passed_through_is_no_formula(run: Run, clean: Path) -> None:
    done = run("check", "--batch", table(clean, "item,to,=A1,change\nH200,CH,=1+1,-1.5\n"), *DAY)
    assert [(row["'=A1"], row["change"]) for row in results(done)] == [("'=1+1", "-1.5")]


def test_a_column_that_is_nearly_a_known_one_is_told(run: Run, clean: Path) -> None:
    path = table(clean, "item,quantiy,to\nH200,5,CH\n")
    done = run("check", "--batch", path, *DAY)
    assert done.returncode == 0
    assert "the column 'quantiy' is passed through; 'quantity' may be meant" in done.stderr
    with pytest.raises(UsageError, match="'quantity' may be meant: rename it"):
        read_transactions(path)
    assert Table(table(clean, "item,to,colour,Incoterms\n")).doubts == []


@pytest.mark.parametrize(
    ("text", "number"),
    [("1,000", 1000), ("10.0", 10), ("10.", 10), ("1,234,567.00", 1_234_567), ("1'000", 1000), ("1\u202f000", 1000)],
)
def test_whole_numbers(text: str, number: int) -> None:
    assert whole("quantity", text) == number


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1.5", "there is no fraction of a unit"),
        ("1,000.5", "there is no fraction of a unit"),
        ("1.000", "may be 1 or 1000"),
        *((each, "is not a whole number") for each in ("1,00", "10,000,0", "1,000'000", "-5", "ten", "1e3", "٣", "")),
    ],
)
def test_what_is_no_whole_number(text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        whole("quantity", text)


@given(st.integers(0, 10**12), st.sampled_from(",'\u00a0 _"))
def test_separated_thousands(number: int, mark: str) -> None:
    assert whole("quantity", f"{number:,}".replace(",", mark)) == number == amount("hbm", f"{number:,}")


def test_a_fraction_is_told_with_its_line(run: Run, clean: Path) -> None:
    path = table(clean, 'item,quantity,to,hq,already-received\nH100,1.5,CH,CH,\nH100,"1,699",CH,CH,"1,000.5"\n')
    done = run("check", "--batch", path, *DAY)
    assert f"{path}:2: row: quantity '1.5' is not a whole number: there is no fraction of a unit" in done.stderr
    assert [row["outcome"] for row in results(done)] == ["", "licence-exception"]


def test_a_workbook(run: Run, clean: Path) -> None:
    path = workbook(
        clean,
        ["Id", "Item", "Quantity", "To", "HQ", "As of", "Private sector", "PO", None],
        [1, "H100 SXM", 1699, "CH", "CH", datetime(2025, 6, 1), True, 4711.5, None],
        [None, None, None],
        [2.0, "H100 SXM", 1700.0, "CH", "CH", date(2025, 6, 1), None, None, None],
    )
    found = results(run("check", "--batch", path))
    assert [(row["row"], row["id"], row["exception"], row["PO"]) for row in found] == [
        ("2", "1", "LPP", "4711.5"),
        ("4", "2", "", ""),
    ]


def test_without_what_reads_workbooks(run: Run, clean: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = workbook(clean, ["item", "to"])
    found = builtins.__import__

    def missing(name: str, *more: Any, **named: Any) -> Any:
        if name.startswith("openpyxl"):
            raise ImportError(name)
        return found(name, *more, **named)

    monkeypatch.setattr(builtins, "__import__", missing)
    done = run("check", "--batch", path)
    assert done.returncode == 2
    assert "pip install 'dualuse[xlsx]'" in done.stderr


def test_a_spreadsheet_by_another_name(run: Run, clean: Path) -> None:
    workbook(clean, ["item", "to"]).rename(clean / "shipments.csv")
    (clean / "old.csv").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    with zipfile.ZipFile(clean / "no-book.xlsx", "w") as file:
        file.writestr("a.txt", "a")
    for name, said in (
        ("shipments.csv", "is no CSV but a zip file, as spreadsheets are"),
        ("old.csv", "is no CSV but a spreadsheet of an old form (.xls)"),
        ("no-book.xlsx", "cannot be read as a workbook"),
    ):
        done = run("check", "--batch", clean / name, "-o", "out.csv")
        assert (done.returncode, said in done.stderr) == (2, True), done.stderr


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "gbk", "latin-1"])
def test_other_encodings(run: Run, clean: Path, encoding: str) -> None:
    word = "瑞士" if encoding == "gbk" else "Zürich"
    path = clean / "shipments.csv"
    path.write_bytes(f"item,to,note\nH100,CH,x\nH100,CH,{word}\n".encode(encoding))
    done = run("check", "--batch", path)
    assert done.returncode == 2
    assert "UTF-8" in done.stderr
    assert "save it as CSV in UTF-8" in done.stderr
    assert (f"{path}:3" in done.stderr) is (encoding in ("gbk", "latin-1"))


@pytest.mark.parametrize("at", [0.02, 0.2, 0.4, 0.6, 0.8, 0.95])
@pytest.mark.parametrize("size", [1, 40, 400])
def test_a_damaged_workbook_is_said_in_words(tmp_path: Path, at: float, size: int) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (("item", "to"), ("H200", "GB")) * 50:
        book.active.append(row)
    path = tmp_path / "b.xlsx"
    book.save(path)
    content = path.read_bytes()
    start = int(at * len(content))
    path.write_bytes(content[:start] + b"\xff" * size + content[start + size :])
    with suppress(UsageError):
        assert len(list(Table(path))) == 99  # the damage was to what holds no cells


def test_a_workbook_that_swells_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    path = tmp_path / "b.xlsx"
    openpyxl.Workbook().save(path)
    monkeypatch.setattr("dualuse.sheets._LARGEST_UNPACKED", 100)
    with pytest.raises(UsageError, match="at most 100 are read: save it as CSV"):
        Table(path)
