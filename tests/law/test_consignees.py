"""A consignee's year: rows add up in order of date, in one process or several."""

from __future__ import annotations

import csv
import io
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.running import Run

from dualuse.batch import Batch
from dualuse.consignees import Consignees, survey
from dualuse.knowledge import Knowledge
from dualuse.law.asked import resolve
from dualuse.law.decide import decide
from dualuse.law.tests.number import RECEIVED
from dualuse.law.transaction import World
from dualuse.shipments import Row, Table, asked

DAY = date(2025, 6, 1)
HEADER = "id,item,quantity,to,hq,consignee,ultimate parent,as-of,veu\n"
CAVEAT = "what the ultimate consignee already received"


def judge(run: Run, folder: Path, *rows: str, jobs: int = 1) -> list[tuple[str, str, str]]:
    (folder / "t.csv").write_text(HEADER + "".join(f"{row}\n" for row in rows), "utf-8")
    done = run("check", "--batch", folder / "t.csv", "--as-of", DAY.isoformat(), "--jobs", str(jobs))
    assert done.returncode == 0, done.stderr
    found = csv.DictReader(io.StringIO(done.stdout))
    return [(row["id"], row["exception"] or row["outcome"], row["tpp_year"]) for row in found]


@pytest.mark.parametrize("jobs", [1, 2])
def test_three_shipments_to_one_university_are_not_three_exceptions(run: Run, clean: Path, jobs: int) -> None:
    rows = [f"{name},H100 SXM,1500,CH,CH,ETH Zürich,,," for name in "abc"]
    assert judge(run, clean, *rows, jobs=jobs) == [
        ("a", "LPP", "23748000"),
        ("b", "licence-required", "47496000"),
        ("c", "licence-required", "47496000"),
    ]


def test_what_needed_a_licence_does_not_use_up_the_year(run: Run, clean: Path) -> None:
    rows = ("a,H100 SXM,1000,CH,CH,X,,,", "b,H100 SXM,1000,CH,CH,X,,,", "c,H100 SXM,699,CH,CH,X,,,")
    assert [what for _, what, _ in judge(run, clean, *rows)] == ["LPP", "licence-required", "LPP"]


def test_rows_count_in_order_of_date(run: Run, clean: Path) -> None:
    rows = ("late,H100 SXM,1500,CH,CH,X,,2025-08-01,", "early,H100 SXM,1500,CH,CH,x,,2025-07-01,")
    assert [what for _, what, _ in judge(run, clean, *rows)] == ["licence-required", "LPP"]


def test_each_lens_has_a_year_of_its_own(run: Run, clean: Path) -> None:
    """Nothing is used up where no licence was needed; what the text counts adds up beside it."""
    (clean / "t.csv").write_text(HEADER + "".join(f"{name},H100 SXM,1500,CH,CH,X,,,\n" for name in "ab"), "utf-8")
    done = run("check", "--batch", clean / "t.csv", "--as-of", DAY.isoformat(), "--lens", "enforced")
    found = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [(row["outcome"], row["tpp_year"], row["under"]) for row in found] == [
        ("no-licence-required", "23748000", "codified: licence-exception LPP"),
        ("no-licence-required", "23748000", "codified: licence-required presumption-of-approval"),
    ]


def test_a_year_is_one_of_the_calendar(run: Run, clean: Path) -> None:
    rows = [f"{day},H100 SXM,1500,CH,CH,X,,{day}," for day in ("2025-12-31", "2026-01-01", "2026-01-02")]
    assert [what for _, what, _ in judge(run, clean, *rows)] == ["LPP", "LPP", "licence-required"]


def test_a_year_is_counted_at_the_ultimate_parent(run: Run, clean: Path) -> None:
    rows = [
        "a,H100 SXM,1500,CH,CH,Lab One,The Group,,",
        "b,H100 SXM,1500,CH,CH,Lab Two,the group,,",
        "c,H100 SXM,1500,CH,CH,Lab One,,,",
        "d,H100 SXM,1500,CH,CH,,The Group,,",
        "e,H100 SXM,1500,CH,CH,Lab Three,,,",
    ]
    found = [what for _, what, _ in judge(run, clean, *rows)]
    assert found == ["LPP", "licence-required", "licence-required", "licence-required", "LPP"]


def test_the_year_of_a_validated_end_user(run: Run, clean: Path) -> None:
    """949,500,000 TPP in the second quarter of 2025 are 59,973 units."""
    units = {"a": 50_000, "b": 9_973, "c": 2_000}
    rows = [f"{name},H100 SXM,{count},CH,CH,X,,,national" for name, count in units.items()]
    assert [what for _, what, _ in judge(run, clean, *rows)] == ["NVEU", "NVEU", "licence-required"]


def test_what_came_from_elsewhere_is_added(run: Run, clean: Path) -> None:
    (clean / "t.csv").write_text(
        'item,quantity,to,hq,consignee,already-received\nH100 SXM,1000,CH,CH,X,\nH100 SXM,600,CH,CH,X,"1,600,000"\n',
        "utf-8",
    )
    done = run("check", "--batch", clean / "t.csv", "--as-of", "2025-06-01")
    assert [row["tpp_year"] for row in csv.DictReader(io.StringIO(done.stdout))] == ["15832000", "26931200"]
    assert "1 licence-exception, 1 licence-required" in done.stderr
    assert "Added up by consignee and calendar year: 1 sums" in done.stderr


def test_a_consignee_is_stated_of_one_transaction(run: Run) -> None:
    words = (
        "--item",
        "H100 SXM",
        "--to",
        "CH",
        "--hq",
        "CH",
        "--consignee",
        "ETH  Zürich",
        "--ultimate-parent",
        "Bund",
    )
    done = run("check", *words, "--as-of", "2025-06-01", "--format", "json")
    assert '"consignee": "ETH Zürich"' in done.stdout
    assert '"ultimate_parent": "Bund"' in done.stdout
    assert CAVEAT in done.stdout
    refused = run("check", "--item", "H100 SXM", "--to", "CH", "--consignee", " ")
    assert (refused.returncode, "consignee is blank" in refused.stderr) == (2, True)


def rows_at_random(count: int, seed: int) -> Iterator[Row]:
    dice = random.Random(seed)  # noqa: S311 - no secret is made of it
    for number in range(count):
        day = date(2025, 5, 15) + timedelta(days=dice.randrange(600))
        cells = {"item": dice.choice(["H100 SXM", "H200", "H20", "RTX 4090"]), "quantity": str(dice.randint(1, 1200))}
        cells |= {"to": dice.choice(["CH", "PL", "MX", "VN"]), "hq": "CH", "as-of": day.isoformat()}
        if dice.random() < 0.9:
            cells["consignee"] = f"Consignee {dice.randrange(8)}"
        if dice.random() < 0.2:
            cells["veu"] = "national"
        if dice.random() < 0.02:
            cells["quantity"] = "0"
        yield number + 2, cells


def write(path: Path, rows: list[Row]) -> Table:
    names = ["item", "quantity", "to", "hq", "as-of", "consignee", "veu"]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, restval="")
        writer.writeheader()
        writer.writerows(cells for _, cells in rows)
    return Table(path)


def one_by_one(knowledge: Knowledge, world: World, rows: list[Row]) -> dict[int, str]:
    """Outcomes by line: every row in order of date, with all that came before it in the year told to it."""
    sums: dict[tuple[str, str], float] = defaultdict(float)
    found = {}
    for line, cells in sorted(rows, key=lambda row: row[1]["as-of"]):
        account = (cells.get("consignee", ""), cells["as-of"][:4])
        if cells["quantity"] == "0":
            continue
        transaction = resolve(knowledge.names, asked(cells), date.fromisoformat(cells["as-of"]), "codified")
        if account[0]:
            more = (*((n, v) for n, v in transaction.facts if n != RECEIVED.name), (RECEIVED.name, sums[account]))
            transaction = replace(transaction, facts=more)
        decision = decide(transaction, world)
        if decision.exception in ("LPP", "NVEU"):
            sums[account] += decision.quantities.tpp_total or 0
        found[line] = decision.exception or decision.outcome
    return found


@pytest.mark.parametrize("ordered", [True, False])
def test_as_one_by_one_in_any_number_of_processes(
    knowledge: Knowledge, world: World, tmp_path: Path, ordered: bool
) -> None:
    rows = list(rows_at_random(700, seed=3))
    if ordered:
        by_day = sorted((cells for _, cells in rows), key=lambda cells: cells["as-of"])
        rows = list(enumerate(by_day, 2))
    table = write(tmp_path / "t.csv", rows)
    one, two = (Batch(knowledge, world, DAY, "codified", jobs=jobs) for jobs in (1, 2))
    found = list(one.run(table))
    assert list(two.run(table)) == found
    assert one.summary == two.summary
    assert (one.summary.held == 0) is ordered
    years = {(cells["consignee"], cells["as-of"][:4]) for _, cells in rows if "consignee" in cells}
    assert one.summary.consignees == len(years) > 16
    came = {int(row["row"]): row["exception"] or row["outcome"] for row in found if "error" not in row}
    assert came == one_by_one(knowledge, world, rows)
    assert {"LPP", "NVEU", "licence-required"} <= set(came.values())


def test_only_rows_out_of_order_are_held() -> None:
    days = [("a", 1), ("b", 5), ("a", 2), ("b", 4), ("a", 2)]
    rows: list[Row] = [(n, {"consignee": name, "as-of": f"2025-06-0{day}"}) for n, (name, day) in enumerate(days)]
    found = survey(rows, lambda cells: date.fromisoformat(cells["as-of"]))
    assert found == Consignees({}, frozenset({("b", 2025)}), 2)
    assert found.account({"consignee": " B. "}, DAY) == ("b", 2025)
    assert found.account({}, DAY) is None
