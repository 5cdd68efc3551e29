"""``check --batch``: the consignee of a row is held against the lists as ``check --consignee`` holds it."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from tests.running import Run

from dualuse.batch import Batch
from dualuse.knowledge import Knowledge
from dualuse.lens import Lens
from dualuse.screening.index import Found, Index
from dualuse.shipments import Row

DAY = date(2025, 6, 2)
NAMES = ("SMIC", "SMIC Beijing", "HiSilicon", "Huawei Zzyzx Ltd", "Fine Flowers Zurich", "China Trading Co", "Skydio")
HEADER = "id,item,to,hq,consignee,listed\n"


def judged(knowledge: Knowledge, rows: list[Row], under: str = "US", jobs: int = 1) -> list[dict[str, str]]:
    return list(Batch(knowledge, knowledge.law_under(under), DAY, Lens.CODIFIED, jobs=jobs).run(rows))


@pytest.mark.parametrize(
    ("under", "item", "to", "days"),
    [("US", "rtx4090", "SG", ("2025-06-02", "2025-10-20")), ("CN", "h20", "US", ("2025-05-01", "2026-09-01"))],
)
def test_a_row_comes_to_what_check_says_of_its_consignee(
    knowledge: Knowledge, under: str, item: str, to: str, days: tuple[str, ...]
) -> None:
    """Under every lens, in one process and in two; what is unknown is told in the same words."""
    asked = [(name, day, lens.value) for name in NAMES for day in days for lens in Lens]
    rows: list[Row] = [
        (line, {"item": item, "to": to, "hq": to, "consignee": name, "as-of": day, "lens": lens})
        for line, (name, day, lens) in enumerate(asked, 2)
    ]
    found = judged(knowledge, rows, under)
    assert found == judged(knowledge, rows, under, jobs=2)
    assert {row["screened"] for row in found} == {"hit", "possible", "not-screened", "none-in-these-lists"}
    for (name, day, lens), row in zip(asked, found, strict=True):
        card = knowledge.check(item, 1, to, hq=to, consignee=name, under=under, as_of=day, lens=lens)
        answer, gaps = card.answer, [gap.what for gap in card.unknown]
        assert (row["outcome"], row["exception"], row["review_policy"]) == (
            answer.outcome,
            answer.exception or "",
            answer.review_policy or "",
        )
        assert row["under"] == "; ".join(
            f"{each.lens}: {' '.join(filter(None, (each.outcome, each.exception, each.review_policy)))}"
            for each in answer.under or ()
        )
        of_consignee = [gap for gap in gaps if name in gap]
        assert [gap for gap in row["unknown"].split("; ") if name in gap] == of_consignee


def test_whom_a_row_names_is_told_in_it_and_counted(run: Run, clean: Path) -> None:
    (clean / "t.csv").write_text(
        f"{HEADER}a,rtx4090,SG,SG,SMIC,\nb,rtx4090,SG,SG,SMIC,unverified-list\nc,rtx4090,SG,SG,,\nd,rtx4090,SG,SG,Quux,\n",
        "utf-8",
    )
    done = run("check", "--batch", clean / "t.csv", "--as-of", DAY.isoformat())
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [(row["screened"], row["outcome"]) for row in rows] == [
        ("hit", "licence-required"),
        ("hit", "indeterminate"),
        ("", "licence-exception"),
        ("none-in-these-lists", "licence-exception"),
    ]
    assert rows[0]["screened_as"].startswith("Semiconductor Manufacturing International Corporation: us-entity-list")
    assert (
        "Consignees held against the lists, row by row: 2 hit, 1 none-in-these-lists; searched: record (" in done.stderr
    )


def test_a_name_is_sought_once_whatever_the_rows(knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    sought: list[str] = []
    find = Index.find

    def counted(self: Index, name: str, most: int, least: float) -> Iterator[Found] | list[Found]:
        sought.append(name)
        return find(self, name, most, least)

    monkeypatch.setattr(Index, "find", counted)
    names = ("Huawei Qwyzx Ltd", "Finest Flowers Zurich")
    rows: list[Row] = [
        (line, {"item": "rtx4090", "to": "SG", "consignee": names[line % 2], "as-of": f"2025-0{month}-0{line % 7 + 1}"})
        for month in range(1, 10)
        for line in range(10)
    ]
    assert {row["screened"] for row in judged(knowledge, rows)} == {"possible", "none-in-these-lists"}
    assert sorted(sought) == sorted(names)


def test_without_what_compares_names_rows_say_that_nobody_was_sought(
    knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(vars(knowledge), "parties", raising=False)
    for name in [name for name in sys.modules if name.startswith("dualuse.screening.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "rapidfuzz.distance.DamerauLevenshtein", None)
    row: Row = (2, {"item": "rtx4090", "to": "SG", "hq": "SG", "consignee": "SMIC"})
    found = judged(knowledge, [row])[0]
    assert (found["screened"], found["outcome"]) == ("not-screened", "licence-exception")
    assert "pip install 'dualuse[screen]'" in found["screened_as"]
    assert found["unknown"].startswith("whether SMIC is a listed party")
