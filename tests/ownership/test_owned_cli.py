"""The command: from the graph, from files, in every format, and what bad input gets."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from tests.running import Run

from dualuse.errors import UsageError
from dualuse.knowledge import Knowledge

Write = Callable[..., Path]
HEADER = "owner,owned,share_min,share_max"


def answered(done: CompletedProcess[str]) -> dict[str, Any]:
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.fixture
def files(write: Write) -> list[str]:
    """Options for an edge file with a source column and a listed file."""
    edges = write(
        "edges.csv",
        f"{HEADER},source",
        "X,A,50,50,https://registry.example/1",
        "A,B,40,60,",
        "C,D,90,90,",
    )
    return ["--rule", "ofac-50", "--edges", str(edges), "--listed", str(write("listed.csv", "party,list", "X,us-sdn"))]


def test_from_the_graph(owned: Run) -> None:
    card = answered(owned("nexperia", "HiSilicon", "--as-of", "2025-10-15", "-f", "json"))
    assert card["question"]["parties"] == ["nexperia", "hisilicon"]
    assert card["answer"]["rule"]["status"] == "in-force"
    first, second = card["answer"]["parties"]
    assert first["result"] == "captured"
    assert first["share"] == {"min": 100.0, "max": 100.0}
    assert first["through"] == [{"owner": "wingtech", "result": "listed", "min": 100.0, "max": 100.0}]
    assert second["result"] == "listed"
    texts = [receipt["text"] for receipt in card["because"]]
    assert "wingtech is on us-entity-list since 2024-12-02" in texts
    assert "wingtech owns nexperia, 100 %" in texts
    assert card["query"].startswith("# Every stake")


def test_both_readings_of_the_rule(owned: Run) -> None:
    card = answered(owned("nexperia", "--as-of", "2026-11-22", "-f", "json"))
    assert card["answer"]["rule"]["status"] == "unknown"
    assert [one["status"] for one in card["answer"]["rule"]["readings"]] == ["in-force", "suspended"]
    assert any("in force on the day" in gap["what"] for gap in card["unknown"])


def test_before_anyone_was_listed(owned: Run) -> None:
    card = answered(owned("nexperia", "--as-of", "2018-01-01", "-f", "json"))
    undated = [finding["where"] for finding in card["answer"]["findings"] if finding["kind"] == "undated"]
    assert card["answer"]["counts"]["listed"] == len(set(undated))
    assert card["answer"]["parties"][0]["result"] == "clear"


def test_a_party_nobody_holds(owned: Run) -> None:
    card = answered(owned("ASML", "--as-of", "2025-10-15", "-f", "json"))
    assert card["answer"]["parties"][0]["result"] == "clear"
    assert {gap["what"] for gap in card["unknown"]} >= {"owners that are not recorded"}


def test_from_files(owned: Run, files: list[str]) -> None:
    card = answered(owned(*files, "--as-of", "2025-10-15", "-f", "json"))
    assert card["answer"]["counts"] == {"listed": 1, "captured": 1, "possible": 1, "ambiguous": 0, "clear": 2}
    assert [row["party"] for row in card["answer"]["parties"]] == ["A", "B", "X"]
    receipt = next(one for one in card["because"] if one["source"] == "https://registry.example/1")
    assert receipt["text"] == "X holds 50 % of A"
    assert receipt["provision"] == "edges.csv row 2"


def test_listed_file_over_the_graph(owned: Run, write: Write) -> None:
    listed = write("listed.csv", "party", "Microsoft", "Nobody Ltd")
    card = answered(
        owned("openai", "--rule", "ofac-50", "--listed", str(listed), "--as-of", "2025-12-01", "-f", "json")
    )
    assert card["answer"]["parties"][0]["share"] == {"min": 27.0, "max": 27.0}
    assert card["answer"]["parties"][0]["result"] == "clear"
    assert card["answer"]["counts"]["listed"] == 2


def test_a_share_of_the_graph_that_is_not_known(owned: Run, write: Write) -> None:
    listed = write("listed.csv", "party", "HUAWEI TECHNOLOGIES")
    card = answered(owned("HiSilicon", "--rule", "ofac-50", "--listed", str(listed), "-f", "json"))
    party = card["answer"]["parties"][0]
    assert (party["result"], party["through"][0]["owner"]) == ("possible", "huawei")
    assert party["settles"]["holdings"][0]["captures_from"] == 50.0


@pytest.mark.parametrize("name", ["Huawei Technologies Co., Ltd.", "Huawei", "华为", "華為", "huawei", "HUAWEI"])
def test_a_listed_party_under_each_of_its_names(owned: Run, write: Write, name: str) -> None:
    edges = write("edges.csv", HEADER, f'"{name}",Sub A,60,60')
    card = answered(owned("sub a", "--edges", str(edges), "--as-of", "2025-10-15", "-f", "json"))
    party = card["answer"]["parties"][0]
    assert (party["party"], party["result"], party["share"]) == ("Sub A", "captured", {"min": 60.0, "max": 60.0})
    assert any(receipt["text"].startswith("huawei is on us-entity-list") for receipt in card["because"])


@pytest.mark.parametrize("name", ["Huawai", "华为技术有限公司", "Huawei Technologies GmbH", "", "unknown"])
def test_a_name_that_may_be_listed_is_never_clear(owned: Run, write: Write, name: str) -> None:
    edges = write("edges.csv", HEADER, f'"{name}",Sub A,60,60', "Partner,Sub A,40,40")
    asked = ["Sub A", "--edges", str(edges), "--as-of", "2025-10-15"]
    card = answered(owned(*asked, "-f", "json"))
    assert card["answer"]["parties"][0]["result"] == "possible"
    assert {"near-name", "unnamed-owner"} & {one["kind"] for one in card["answer"]["findings"]}
    done = owned(*asked, "-f", "csv")
    assert "near-name: " in done.stderr or "unnamed-owner: " in done.stderr


def test_a_row_broken_by_a_comma_is_no_ground_for_clear(owned: Run, write: Write, files: list[str]) -> None:
    edges = write("broken.csv", HEADER, "X, Ltd,A,60,60", "Partner,A,40,40")
    options = [str(edges) if option.endswith("edges.csv") else option for option in files]
    card = answered(owned("A", *options, "-f", "json"))
    assert card["answer"]["parties"][0]["result"] == "possible"


def test_edge_file_with_the_listings_of_the_graph(owned: Run, write: Write) -> None:
    edges = write("edges.csv", HEADER, "huawei,Shell,50,50")
    card = answered(owned("Shell", "--edges", str(edges), "--as-of", "2025-10-15", "-f", "json"))
    assert card["answer"]["parties"][0]["result"] == "captured"
    kinds = {finding["kind"] for finding in card["answer"]["findings"]}
    assert "listed-elsewhere" in kinds
    assert not kinds & {"same-name", "near-name"}


def test_findings_are_in_the_answer(owned: Run, files: list[str], write: Write) -> None:
    edges = write("odd.csv", HEADER, "X,A,50,much", "A,A,10,10", "X,B,60,60", "Y,B,60,60", "X,B,60,60")
    options = [str(edges) if option.endswith("edges.csv") else option for option in files]
    card = answered(owned(*options, "--as-of", "2025-10-15", "-f", "json"))
    kinds = [finding["kind"] for finding in card["answer"]["findings"]]
    assert kinds == ["bad-share", "self-ownership", "duplicate", "over-100"]


def test_limit_says_what_it_cut(owned: Run, files: list[str]) -> None:
    card = answered(owned(*files, "--limit", "1", "-f", "json"))
    assert [row["party"] for row in card["answer"]["parties"]] == ["A"]
    assert any(gap["what"] == "2 more parties that are not clear" for gap in card["unknown"])


def test_table_csv_and_markdown(owned: Run, files: list[str], tmp_path: Path) -> None:
    table = owned(*files)
    assert table.returncode == 0
    assert "captured" in table.stdout
    assert "OFAC FAQ 401" in table.stdout
    rows = list(csv.DictReader(io.StringIO(owned(*files, "-f", "csv").stdout)))
    assert [row["result"] for row in rows] == ["captured", "possible", "listed"]
    assert rows[0]["through"] == "owner X, result listed, min 50, max 50"
    out = tmp_path / "out.md"
    assert owned(*files, "-f", "md", "-o", str(out)).returncode == 0
    assert "### parties" in out.read_text("utf-8")


def test_help(owned: Run) -> None:
    done = owned("-h")
    assert done.returncode == 0
    for option in ("--rule", "--edges", "--listed", "--engine", "--limit", "--as-of", "--lens", "--store"):
        assert option in done.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--rule", "ofac-50"], "the graph has nobody on us-sdn; give the listed parties with --listed FILE"),
        (["--rule", "ofac"], "no ownership rule 'ofac'; did you mean ofac-50?"),
        (["Nexperria"], "no organisation 'Nexperria' in the graph. Nearest: nexperia"),
        (["--edges", "none.csv"], "none.csv: there is no such file"),
        (["--listed", "none.csv"], "none.csv: there is no such file"),
        (["--engine", "spark"], "--engine spark is for files"),
        (["--limit", "-1"], "--limit"),
        (["--engine", "abacus"], "abacus"),
    ],
)
def test_bad_use(owned: Run, arguments: list[str], message: str) -> None:
    done = owned(*arguments, "--as-of", "2025-10-15")
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_party_that_is_in_no_row(owned: Run, files: list[str]) -> None:
    done = owned("E", *files)
    assert done.returncode == 2
    assert "no party 'E' in the edges or on the list" in done.stderr


def test_wrong_columns(owned: Run, write: Write) -> None:
    done = owned("--edges", str(write("edges.csv", "owner,owned,share")))
    assert done.returncode == 2
    assert "column 'share' is unknown; did you mean 'share_min'" in done.stderr


def test_from_python(knowledge: Knowledge) -> None:
    card = knowledge.owned("Nexperia", as_of=date(2025, 10, 15))
    assert card.plain["parties"][0]["result"] == "captured"
    assert card.tables == ("parties", "findings")
    json.dumps(card.to_dict())
    with pytest.raises(UsageError, match="no engine 'abacus'; known: native, spark"):
        knowledge.owned(as_of=date(2025, 10, 15), engine="abacus")


@pytest.mark.skipif(find_spec("pyarrow") is None, reason="pyarrow is not installed")
def test_parquet(owned: Run, files: list[str], tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = tmp_path / "edges.parquet"
    pq.write_table(pa.table({"owner": ["X"], "owned": ["A"], "share_min": [50.0], "share_max": [50.0]}), path)
    options = [str(path) if option.endswith("edges.csv") else option for option in files]
    assert answered(owned("A", *options, "-f", "json"))["answer"]["parties"][0]["result"] == "captured"


RECEIVED = {
    "fractions": (
        ["owner,owned,share_min,share_max", "Listed Co,A,0.6,0.6", "Partner,A,0.4,0.4"],
        ("possible", 0.6, 60, "fraction"),
    ),
    "a fraction among percentages": (
        ["owner,owned,percentage", "Listed Co,A,0.6", "Partner,A,40", "Third,B,60"],
        ("possible", 0.6, 60, "fraction"),
    ),
    "a small share, and others hold the rest": (
        ["owner,owned,percentage", "Listed Co,A,0.6", "Partner,A,99.4"],
        ("clear", 0.6, 0.6, "fraction"),
    ),
    "a small percentage": (["owner,owned,percentage", "Listed Co,A,0.6%"], ("clear", 0.6, 0.6, "")),
    "two classes": (
        ["owner,owned,share_min,share_max,source", "Listed Co,A,30,30,class A", "Listed Co,A,25,25,class B"],
        ("possible", 25, 55, "duplicate"),
    ),
    "an open end": (
        ["owner,owned,percentage,valid_from,valid_to", "Listed Co,A,60,2020-01-01,9999-12-31"],
        ("captured", 60, 60, ""),
    ),
    "times of day": (
        ["owner,owned,percentage,valid_from,valid_to", "Listed Co,A,60,2020-01-01T00:00:00Z,2030-01-01T00:00:00Z"],
        ("captured", 60, 60, ""),
    ),
    "a past end": (
        ["owner,owned,percentage,valid_from,valid_to", "Listed Co,A,60,unknown,2023-01-01"],
        ("clear", 0, 0, "bad-date"),
    ),
    "bounds that leave the number out": (
        ["owner,owned,share_min,share_max", "Listed Co,A,more than 25,less than 50"],
        ("clear", 25.0001, 49.9999, ""),
    ),
    "more than half with another": (
        ["owner,owned,percentage", "Listed Co,A,", "Partner,A,more than 50"],
        ("clear", 0, 49.9999, ""),
    ),
}


@pytest.mark.parametrize("name", list(RECEIVED))
def test_tables_as_people_write_them(owned: Run, write: Write, name: str) -> None:
    lines, (result, low, high, finding) = RECEIVED[name]
    options = ["--edges", str(write("r.csv", *lines)), "--listed", str(write("l.csv", "party", "Listed Co"))]
    answer = answered(owned("A", "--rule", "ofac-50", *options, "--as-of", "2024-12-31", "-f", "json"))["answer"]
    party = answer["parties"][0]
    assert (party["result"], party["share"]) == (result, {"min": low, "max": high})
    assert {one["kind"] for one in answer["findings"]} == ({finding} if finding else set())


def test_findings_are_in_every_form(owned: Run, write: Write, tmp_path: Path) -> None:
    lines = RECEIVED["two classes"][0]
    options = ["--edges", str(write("r.csv", *lines)), "--listed", str(write("l.csv", "party", "Listed Co"))]
    asked = ["A", "--rule", "ofac-50", *options, "--as-of", "2024-12-31"]
    said = "one stake told more than once or several stakes"
    for form in ("table", "json", "md"):
        assert said in " ".join(owned(*asked, "-f", form).stdout.split())
    assert said in owned(*asked, "-f", "csv").stderr
    page, beside, rows = (tmp_path / name for name in ("a.html", "u.csv", "a.csv"))
    done = owned(*asked, "-f", "csv", "-o", str(rows), "--unknown", str(beside), "--html", str(page))
    assert done.returncode == 0
    assert said in beside.read_text("utf-8")
    assert said in page.read_text("utf-8")
