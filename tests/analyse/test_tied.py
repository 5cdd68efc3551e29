"""Tables of ties: each row is told what its own two decisions say, in whatever form the table comes."""

from __future__ import annotations

import csv
import io
import pickle
import random
from collections.abc import Callable
from datetime import date
from pathlib import Path

import click.testing
import pytest

from dualuse.errors import MissingExtraError, UsageError
from dualuse.knowledge import Knowledge
from dualuse.law.asked import Asked, resolve
from dualuse.law.decide import decide
from dualuse.law.effect import Comparison, Outcome
from dualuse.law.transaction import World
from dualuse.law.without import Part, without
from dualuse.questions.parts.outcomes import sentence
from dualuse.shipments import Table
from dualuse.tied import Ties

DAY = date(2025, 6, 1)
RULE = "us-ai-diffusion-ifr-2025-01"
Ask = Callable[..., click.testing.Result]
HEADER = ("id", "item", "quantity", "to", "hq", "exporter", "as-of")


@pytest.fixture(scope="module")
def law(knowledge: Knowledge) -> World:
    """The law as it stands."""
    return knowledge.law


def rows(count: int) -> list[tuple[str, ...]]:
    """Ties at random, the same every time."""
    dice = random.Random(12)  # noqa: S311 - test data
    places = ("CH", "GB", "CN", "AE", "VN", "AF", "IN", "Hong Kong", "Poland")
    items = ("H100 SXM", "H20", "RTX 4090", "L40", "4E091", "3A090.c")
    days = ("", "2025-06-01", "2026-02-01")
    return [
        (
            f"t{number}",
            dice.choice(items),
            str(dice.randint(1, 60_000)),
            dice.choice(places),
            dice.choice(places),
            dice.choice(("nvidia", "amd", "")),
            dice.choice(days),
        )
        for number in range(count)
    ]


def written(path: Path, given: list[tuple[str, ...]]) -> Path:
    """A table of ties."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([HEADER, *given])
    return path


def test_each_tie_is_the_difference_of_two_decisions(knowledge: Knowledge, law: World, tmp_path: Path) -> None:
    given = rows(300)
    found = list(Ties(knowledge.names, law, Part(RULE), DAY, "codified").run(Table(written(tmp_path / "t.csv", given))))
    other = without(law, Part(RULE))
    assert [row["id"] for row in found] == [row[0] for row in given]
    for (_, item, _, to, seat, exporter, day), row in zip(given, found, strict=True):
        facts = {"hq": seat, **({"exporter": exporter} if exporter else {})}
        case = resolve(
            knowledge.names, Asked(item, 1, to, **facts), date.fromisoformat(day) if day else DAY, "codified"
        )
        effect = Comparison(law, other, case.as_of, "codified").effect(case)
        told = (row["effect"], row.get("without", ""), row.get("with", ""))
        assert told == (
            ("none", "", "") if effect is None else (effect.kind, sentence(effect.before), sentence(effect.after))
        )
        ends = tuple(Outcome.of(decide(case, world)) for world in (other, law))
        assert (effect is not None) or ends[0].outcome == ends[1].outcome
    assert {row["effect"] for row in found} >= {"none", "capped", "excepted", "barred"}


def test_a_tie_that_cannot_be_read_gives_its_error(knowledge: Knowledge, law: World, tmp_path: Path) -> None:
    table = Table(written(tmp_path / "t.csv", [("a", "H100 SXM", "1", "Atlantis", "", "", ""), rows(1)[0]]))
    bad, good = Ties(knowledge.names, law, Part(RULE), DAY, "codified").run(table)
    assert "no place 'Atlantis'" in bad["error"]
    assert "error" not in good


def test_who_tells_ties_can_go_to_another_process(knowledge: Knowledge, law: World, tmp_path: Path) -> None:
    given = [*rows(40), ("x", "H1000", "1", "Atlantis", "", "", "")]
    table = Table(written(tmp_path / "t.csv", given))
    ties = Ties(knowledge.names, law, Part(RULE), DAY, "codified")
    told = list(ties.run(table))
    assert list(pickle.loads(pickle.dumps(ties)).run(table)) == told  # noqa: S301 - made here
    assert "error" in told[-1]


def test_other_columns_are_passed_through(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("item,to,hq,desk,effect\nH100 SXM,CH,CH,Basel,mine\n", "utf-8")
    shown = ask("affected", "--by", RULE, "--ties", str(path), "--as-of", "2025-06-01")
    (row,) = csv.DictReader(io.StringIO(shown.stdout))
    assert (row["desk"], row["effect (given)"], row["effect"]) == ("Basel", "mine", "capped")


def test_parquet_says_what_csv_says(ask: Ask, tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    given = rows(60)
    one, two = written(tmp_path / "t.csv", given), tmp_path / "t.parquet"
    cells = dict(zip(HEADER, map(list, zip(*given, strict=True)), strict=True))
    numbers = [int(cell) for cell in cells["quantity"]]
    days = [date.fromisoformat(cell) if cell else None for cell in cells["as-of"]]
    pq.write_table(pa.table({**cells, "quantity": numbers, "as-of": days}), two)
    shown = [
        ask("affected", "--by", RULE, "--ties", str(path), "--as-of", "2025-06-01", "--lens", "codified")
        for path in (one, two)
    ]
    assert [each.exit_code for each in shown] == [0, 0]
    tables = [list(csv.DictReader(io.StringIO(each.stdout))) for each in shown]
    assert tables[0] == tables[1]
    assert len(tables[0]) == 60
    assert "60 ties: " in shown[0].stderr


def test_damaged_parquet_and_what_stands_beside_are_refused(ask: Ask, tmp_path: Path) -> None:
    broken = tmp_path / "t.parquet"
    broken.write_bytes(b"PAR1 and no more")
    found = ask("affected", "--by", RULE, "--ties", str(broken))
    assert isinstance(found.exception, UsageError)
    assert "not a Parquet table that can be read" in str(found.exception)
    good = written(tmp_path / "t.csv", rows(1))
    beside = ask("affected", "--by", RULE, "--ties", str(good), "--party", "CH")
    assert isinstance(beside.exception, UsageError)
    assert "--ties takes one measure of --by" in str(beside.exception)


def test_without_pyarrow_the_install_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "t.parquet"
    path.write_bytes(b"PAR1")
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'dualuse\[scale\]'"):
        Table(path)
