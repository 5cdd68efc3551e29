"""Tables: row by row as one by one, errors where they are, and nothing kept."""

from __future__ import annotations

import csv
import gc
import io
import random
import tracemalloc
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from tests.running import Run

from dualuse.batch import Batch
from dualuse.cli.commands import command
from dualuse.errors import UsageError
from dualuse.judging import RESULT_COLUMNS
from dualuse.knowledge import Knowledge
from dualuse.law.asked import resolve
from dualuse.law.decide import decide
from dualuse.law.transaction import World
from dualuse.questions.check import QUESTION, check
from dualuse.shipments import Row, asked, columns, read_rows, read_transactions

DAY = date(2025, 5, 15)
HEADER = "id,item,quantity,to,hq\n"
GOOD = "a,H100 SXM,1699,CH,CH\n"


def table(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "shipments.csv"
    path.write_bytes(text.encode(encoding))
    return path


def results(done: CompletedProcess[str]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(done.stdout)))


def rows_at_random(knowledge: Knowledge, world: World, count: int, seed: int = 7) -> Iterator[Row]:
    """Rows of every kind a table can hold."""
    dice = random.Random(seed)  # noqa: S311 - no secret is made of it
    chips = [chip.name for chip in world.control_list.chips.values()]
    items, places = [*chips, "3A090.a", "3A090.b", "4E091", "3A001.z"], sorted(world.places.tiers)
    for number in range(count):
        cells = {"id": f"r{number}", "item": dice.choice(items), "to": dice.choice(places)}
        cells["quantity"] = str(dice.randint(1, 60_000))
        for name, chance, values in (
            ("hq", 0.8, places),
            ("consignee-hq", 0.3, places),
            ("exporter", 0.5, ["NVIDIA", "AMD"]),
            ("from", 0.3, places),
            ("end-use", 0.2, ["research", "production"]),
            ("already-received", 0.2, ["0", "26000000"]),
            ("veu", 0.1, ["universal", "national"]),
            ("private-sector", 0.2, ["yes", "no"]),
            ("lens", 0.5, ["codified", "enforced", "announced"]),
        ):
            if dice.random() < chance:
                cells[name] = dice.choice(values)
        cells["as-of"] = (date(2022, 8, 1) + timedelta(days=dice.randrange(1_500))).isoformat()
        yield number + 2, cells


def test_a_table_is_judged_row_by_row(run: Run, clean: Path) -> None:
    path = table(clean, HEADER + GOOD + "b,H100 SXM,1700,CH,CH\n")
    done = run("check", "--batch", path, "--as-of", "2025-05-15")
    assert done.returncode == 0
    assert [tuple(row[name] for name in ("row", "id", "outcome", "exception")) for row in results(done)] == [
        ("2", "a", "licence-exception", "LPP"),
        ("3", "b", "licence-required", ""),
    ]
    assert results(done)[1]["review_policy"] == "presumption-of-approval"
    assert {row["under"] for row in results(done)} == {"enforced: no-licence-required; announced: no-licence-required"}
    assert done.stderr == (
        "2 rows: 1 licence-exception, 1 licence-required, 0 with errors\n"
        "2 come to something else under another lens; the column under says what\n"
    )


def test_errors_stand_in_their_rows(run: Run, clean: Path) -> None:
    faults = {
        "b,H100 SXM,ten,CH,CH": "quantity 'ten' is not a whole number",
        "c,H100 SXM,0,CH,CH": "quantity 0: from 1 to 1,000,000,000,000 units can be judged",
        "d,H100 SXM,1,Atlantis,CH": "no place 'Atlantis' in the graph",
        "e,H1000,1,CH,CH": "no product or item 'H1000' in the graph",
        "f,,1,CH,CH": "item is blank",
        "g,H100 SXM,1,CH,CH,extra": "more cells than columns: 'extra'",
    }
    path = table(clean, HEADER + GOOD + "\n" + "\n".join(faults) + "\n" + GOOD)
    done = run("check", "--batch", path, "--as-of", "2025-05-15")
    assert done.returncode == 1
    found = results(done)
    assert [row["row"] for row in found] == ["2", "4", "5", "6", "7", "8", "9", "10"]
    for row, said in zip(found[1:-1], faults.values(), strict=True):
        assert said in row["error"]
        assert row["outcome"] == ""
        assert f"{path}:{row['row']}: {row['id']}: {said}" in done.stderr
    assert found[0]["outcome"] == found[-1]["outcome"] == "licence-exception"
    assert "8 rows: 2 licence-exception, 6 with errors" in done.stderr


def test_a_number_beyond_reason_stands_in_its_row(run: Run, clean: Path) -> None:
    nines = "9" * 5_000
    given = table(clean, f"{HEADER}{GOOD}b,H100 SXM,{nines},CH,CH\nc,H100 SXM,1{',000' * 9},CH,CH\n{GOOD}")
    done = run("check", "--batch", given)
    assert done.returncode == 1
    errors = [row["error"] for row in results(done)]
    assert [bool(error) for error in errors] == [False, True, True, False]
    assert errors[1] == f"quantity '{nines[:40]}…' is more than can be counted: at most 15 digits are read"


def test_many_errors_are_told_in_part(run: Run, clean: Path) -> None:
    path = table(clean, HEADER + "x,H100 SXM,0,CH,CH\n" * 60)
    done = run("check", "--batch", path)
    assert done.returncode == 1
    assert len(results(done)) == 60
    assert done.stderr.count("shipments.csv:") == 50
    assert "The first 50 follow; all are in the column error." in done.stderr


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("itm,to\n", "missing columns ['item']; is the column 'itm' meant as 'item'?"),
        ("id,quantity\n", "missing columns ['item', 'to']"),
        ("item,to,to\n", "columns given twice ['to']"),
        ("", "missing columns"),
        ("item|to\n", "missing columns ['item', 'to']"),
        ("item,Item\n", "columns given twice ['item']"),
        ('item,to\n"H100,CH\n', "cannot be read as a CSV table in UTF-8"),
    ],
)
def test_a_table_that_is_none(run: Run, clean: Path, text: str, said: str) -> None:
    path = table(clean, text)
    done = run("check", "--batch", path, "-o", "out.csv")
    assert done.returncode == 2
    assert said in done.stderr
    assert list(clean.glob("*out.csv*")) == []


def test_another_encoding(run: Run, clean: Path) -> None:
    done = run("check", "--batch", table(clean, HEADER + GOOD, "utf-16"))
    assert done.returncode == 2
    assert "UTF-8" in done.stderr


def test_signs_of_spreadsheets(run: Run, clean: Path) -> None:
    """A byte-order mark, CRLF, blank lines, rows of commas alone at the end, and names in Chinese."""
    text = "\ufeff" + (HEADER + "\na, H100 SXM ,1699,瑞士,CH\n\n").replace("\n", "\r\n")
    done = run("check", "--batch", table(clean, text), "--as-of", "2025-05-15")
    assert done.returncode == 0
    assert [row["exception"] for row in results(done)] == ["LPP"]


def test_a_table_without_rows(run: Run, clean: Path) -> None:
    done = run("check", "--batch", table(clean, HEADER))
    assert (done.returncode, done.stderr) == (0, "0 rows: none judged, 0 with errors\n")
    assert done.stdout == ",".join(RESULT_COLUMNS) + "\n"


def test_rows_have_days_and_lenses_of_their_own(run: Run, clean: Path) -> None:
    rows = [("2025-03-01", ""), ("2025-06-01", ""), ("2025-06-01", "enforced"), ("2025-13-01", ""), ("", "hoped")]
    text = "item,quantity,to,hq,as-of,lens\n" + "".join(f"H100 SXM,2000,CH,CH,{day},{lens}\n" for day, lens in rows)
    found = results(run("check", "--batch", table(clean, text), "--as-of", "2025-05-15"))
    assert [row["outcome"] for row in found] == [
        "no-licence-required",
        "licence-required",
        "no-licence-required",
        "",
        "",
    ]
    assert "2025-13-01" in found[3]["error"]
    assert "no lens 'hoped'; known: codified, enforced, announced" in found[4]["error"]


def test_output_goes_to_a_file_whole(run: Run, clean: Path) -> None:
    path = table(clean, HEADER + GOOD)
    first = run("check", "--batch", path, "--as-of", "2025-05-15", "-o", "out/results.csv")
    assert (first.returncode, first.stdout) == (0, "")
    assert "Wrote out/results.csv" in first.stderr
    assert [p.name for p in (clean / "out").iterdir()] == ["results.csv"]
    again = run("check", "--batch", path, "-o", "out/results.csv")
    assert again.returncode == 2
    assert "overwrite it with --force" in again.stderr
    assert run("check", "--batch", path, "-o", "out/results.csv", "--force").returncode == 0


def test_a_batch_and_one_transaction_are_not_mixed(run: Run, clean: Path) -> None:
    done = run("check", "--batch", table(clean, HEADER), "--item", "H100 SXM")
    assert done.returncode == 2
    assert "leave --item and --to out" in done.stderr


def test_a_thousand_rows_as_one_by_one(knowledge: Knowledge, world: World) -> None:
    rows = list(rows_at_random(knowledge, world, 1_000))
    batch = Batch(knowledge, world, DAY, "codified")
    found = list(batch.run(rows))
    for (line, cells), result in zip(rows, found, strict=True):
        day = date.fromisoformat(cells["as-of"])
        alone = decide(resolve(knowledge.names, asked(cells), day, cells.get("lens", "codified")), world)
        assert result["row"] == str(line)
        assert (result["outcome"], result["exception"], result["review_policy"]) == (
            alone.outcome,
            alone.exception,
            alone.review_policy,
        )
    assert batch.summary.rows == sum(batch.summary.outcomes.values()) == 1_000
    assert len(batch.summary.outcomes) == 5


def test_two_processes_give_the_same_in_the_same_order(knowledge: Knowledge, world: World) -> None:
    rows = [*rows_at_random(knowledge, world, 1_700), (9_999, {"item": "H1000", "to": "CH"})]
    one, two = (Batch(knowledge, world, DAY, "codified", jobs=jobs) for jobs in (1, 2))
    assert list(two.run(iter(rows))) == list(one.run(iter(rows)))
    assert two.summary == one.summary
    assert two.summary.errors == 1


def test_jobs_on_the_command_line(run: Run, clean: Path) -> None:
    path = table(clean, HEADER + GOOD * 3)
    done = run("check", "--batch", path, "--jobs", "2", "--as-of", "2025-05-15")
    assert [row["exception"] for row in results(done)] == ["LPP"] * 3


def test_results_come_as_rows_are_read(knowledge: Knowledge, world: World) -> None:
    read = []

    def rows() -> Iterator[Row]:
        for row in rows_at_random(knowledge, world, 50):
            read.append(row)
            yield row

    results = Batch(knowledge, world, DAY, "codified").run(rows())
    next(results)
    assert len(read) == 1


def test_memory_does_not_grow_with_the_table(
    knowledge: Knowledge, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dualuse.judging.REMEMBERED", 128)

    def go_on(count: int) -> int:
        """Bytes held after so many rows more; what the interpreter keeps for later is left aside."""
        for _ in range(count):
            next(judged)
        gc.collect()
        return tracemalloc.get_traced_memory()[0]

    rows = list(rows_at_random(knowledge, world, 601))
    list(Batch(knowledge, world, DAY, "codified").run(rows))  # what the law itself takes is filled up
    judged = Batch(knowledge, world, DAY, "codified").run(rows)
    tracemalloc.start()
    first, last = go_on(200), go_on(400)
    tracemalloc.stop()
    assert last < 1.5 * first


def test_every_column_is_an_option() -> None:
    options = {name for parameter in command(QUESTION).params for name in parameter.opts}
    assert {f"--{name}" for name in columns() if name != "id"} <= options


def test_transactions_of_a_scenario(clean: Path) -> None:
    found = read_transactions(table(clean, HEADER + GOOD + ",H200,5,GB,\n"))
    assert [name for name, _ in found] == ["a", "line 3"]
    with pytest.raises(UsageError, match=r"shipments\.csv:2: as-of '2025-06-01': all rows are judged on the day"):
        read_transactions(table(clean, "item,to,as-of\nH200,GB,2025-06-01\n"))
    with pytest.raises(UsageError, match=r"shipments\.csv:3: quantity 'x' is not a whole number"):
        read_transactions(table(clean, HEADER + GOOD + "b,H200,x,GB,\n"))


def test_lines_are_counted_as_an_editor_does(clean: Path) -> None:
    path = table(clean, 'id,item,to\n"two\nlines",H200,CH\n\nc,H200,CH\n')
    assert [line for line, _ in read_rows(path)] == [3, 5]


def test_a_row_does_not_know_what_the_single_check_does_not_know(knowledge: Knowledge, world: World) -> None:
    small = {"item": "H100 SXM", "quantity": "1500", "to": "CH", "hq": "CH", "as-of": "2025-06-01"}
    rows = [(1, small), *rows_at_random(knowledge, world, 150, seed=11)]
    left_out = {f"not modelled: {part.what}" for part in world.rules.not_modelled}
    asked_alone, other_lenses = [], []
    for _, cells in rows:
        given = {name: value for name, value in cells.items() if name not in ("id", "item", "quantity", "to", "as-of")}
        lens = given.pop("lens", "codified")
        known: dict[str, Any] = {**asked({"item": "H100", "to": "CH", **given}).known}
        card = check(
            knowledge,
            cells["item"],
            int(cells["quantity"]),
            cells["to"],
            as_of=cells["as-of"],
            lens=lens,
            **known,
        )
        kept = {f"not modelled: {part.part}" for part in card.answer.stands_between or ()}
        asked_alone.append("; ".join(gap.what for gap in card.unknown if gap.what not in left_out - kept))
        others = [(each.lens, each.outcome, each.exception, each.review_policy) for each in card.answer.under or ()]
        other_lenses.append("; ".join(f"{lens}: {' '.join(filter(None, told))}" for lens, *told in others))
    results = list(Batch(knowledge, world, DAY, "codified").run(iter(rows)))
    found = [result["unknown"] for result in results]
    assert found == asked_alone
    assert [result["under"] for result in results] == other_lenses
    assert sum(map(bool, other_lenses)) > 20
    assert "what the ultimate consignee already received" in found[0]
