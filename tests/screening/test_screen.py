"""``screen``: customers held against lists, why each is matched, and what cannot be searched."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.feeds.test_csl import EL, MADE_UP, SDN, table
from tests.running import Run

from dualuse.card import Card
from dualuse.errors import UsageError
from dualuse.knowledge import Knowledge
from dualuse.questions.screen import COLUMNS, Screening

DAY = "2026-11-20"
Ask = Callable[..., dict[int, list[Any]]]


def write(folder: Path, text: str) -> Path:
    place = folder / "customers.csv"
    place.write_text(text, "utf-8")
    return place


@pytest.fixture
def ask(knowledge: Knowledge, tmp_path: Path) -> Ask:
    def call(text: str, **more: Any) -> dict[int, list[Any]]:
        card: Card[Screening] = knowledge.screen(write(tmp_path, text), **{"as_of": DAY, "time": DAY, **more})
        found: dict[int, list[Any]] = {}
        for row in card.answer.matches:
            found.setdefault(row.row, []).append(row)
        return found

    return call


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    file = tmp_path / "list.csv"
    address = "9 Nonesuch Lane Building Quux, Shenzhen, CN"
    rows = (
        MADE_UP | {"addresses": address},
        {"source": EL, "name": "Gone Works", "start_date": "2010-01-01", "end_date": "2015-01-01"},
        {"source": EL, "name": "Later Works", "start_date": "2027-01-01"},
        {"source": SDN, "entity_number": "7", "name": "Star Bank Quux", "ids": "Tax ID No., 80-0890696, US"},
        {"source": SDN, "entity_number": "8", "name": "Made-Up Chips Co Ltd"},
        {"source": "Unverified List (UVL) - Bureau of Industry and Security", "name": "Made Up Chips"},
    )
    file.write_text(table(*rows), "utf-8")
    return file


def test_the_names_of_the_issue(ask: Ask) -> None:
    names = ("Huawei", "华为", "華為技術", "Hua Wei Tech Co", "SMIC", "中芯國際", "Хуавэй", "Technologies Huawei")
    found = ask("name\n" + "\n".join(names) + "\nChina Trading Co\nFine Flowers Zurich\n")
    for row, name in enumerate(names, 2):
        first = found[row][0]
        assert (first.customer, first.outcome) == (name, "hit")
        assert first.candidate in (
            "Huawei Technologies Co., Ltd.",
            "Semiconductor Manufacturing International Corporation",
        )
    assert [(row.outcome, row.candidate) for row in found[10]] == [("not-screened", None)]
    assert "many names share" in found[10][0].reason
    assert [(row.outcome, row.reason) for row in found[11]] == [("none-in-these-lists", "")]


def test_letters_set_apart_are_one_word(ask: Ask) -> None:
    found = ask("name\nS M I C\nH U A W E I\nS.M.I.C.\nHuawei" + " " * 1300 + "Technologies\n")
    assert [found[row][0].outcome for row in (2, 3, 4, 5)] == ["hit"] * 4


def test_a_listing_tells_its_footnote_policy_and_day(ask: Ask) -> None:
    rows = ask("name,country\nSMIC Beijing,Hong Kong\n")[2]
    first = next(row for row in rows if row.entry.endswith("us-entity-list.smic-beijing"))
    assert (first.footnotes, first.policy, first.listed_from) == ((5,), "presumption-of-denial", "2020-12-18")
    assert first.standing == "in-force"
    assert "all items subject to the EAR" in first.requirement
    assert "D:5" in first.groups


def test_one_name_on_three_lists_is_told_for_each(ask: Ask, lists: Path) -> None:
    rows = ask("name\nMade-Up Chips\n", lists=[str(lists)])[2]
    assert {row.lists for row in rows} == {("EL",), ("SDN",), ("UVL",)}
    assert {row.outcome for row in rows} == {"hit"}


def test_listings_that_ended_or_begin_later_are_possible_and_marked(ask: Ask, lists: Path) -> None:
    found = ask("name\nGone Works\nLater Works\n", lists=[str(lists)])
    assert [(found[row][0].outcome, found[row][0].standing) for row in (2, 3)] == [
        ("possible", "expired"),
        ("possible", "not-yet"),
    ]
    assert ask("name\nGone Works\n", lists=[str(lists)], as_of="2012-01-01")[2][0].outcome == "hit"


@pytest.mark.parametrize(
    ("name", "day", "lens", "outcome", "standing"),
    [
        ("Skydio", "2025-05-01", "codified", "hit", "in-force"),
        ("Skydio", "2026-09-01", "codified", "possible", "suspended"),
        ("Skydio", "2026-11-20", "codified", "possible", "maybe"),
        ("Skydio", "2026-11-20", "announced", "possible", "suspended"),
        ("Shield AI", "2025-06-01", "codified", "possible", "suspended"),
        ("Shield AI", "2026-09-01", "enforced", "possible", "ended"),
        ("AeroVironment", "2026-09-01", "codified", "hit", "in-force"),
    ],
)
def test_a_listing_whose_notice_is_stopped_is_no_hit(
    ask: Ask, name: str, day: str, lens: str, outcome: str, standing: str
) -> None:
    """Two notices of MOFCOM were stayed; the firms were struck from the list by neither stay."""
    first = ask(f"name\n{name}\n", as_of=day, lens=lens)[2][0]
    assert (first.outcome, first.standing) == (outcome, standing)
    assert bool(first.reason) is (outcome != "hit")


def test_a_notice_is_told_under_each_lens_with_what_stopped_it(knowledge: Knowledge, tmp_path: Path) -> None:
    card: Card[Screening] = knowledge.screen(write(tmp_path, "name\nSkydio\n"), as_of=DAY, time=DAY)
    told = card.answer.matches[0].notice
    assert told.startswith("cn-uel-2025-04-04: Codified and enforced: not known: by its text in force again since")
    assert told.endswith("announced: suspended, as officials said on 2026-09-28.")
    assert card.unknown[0].what == "whether cn-uel-2025-04-04 is in force on the day, and binds whom it lists"
    assert "MOFCOM stayed the measures for a year more." in " ".join(receipt.text for receipt in card.because)


def test_an_identifier_and_an_address_match_whatever_the_name(ask: Ask, lists: Path) -> None:
    text = (
        "name,address,tax id\n"
        "Wholly Other,,80 0890696\n"
        'Wholly Other,"Building Quux, 9 Nonesuch Lane, Shenzhen",\n'
        'Mado-Up Chips,"9 Nonesuch Lane, Building Quux, Shenzhen",\n'
        "Wholly Other,1 Long Street Shenzhen,12\n"
    )
    found = ask(text, lists=[str(lists)])
    by_code, by_address, by_both, by_none = (found[row][0] for row in (2, 3, 4, 5))
    assert (by_code.outcome, by_code.candidate, by_code.why) == ("hit", "Star Bank Quux", ("identifier",))
    assert (by_address.outcome, by_address.why) == ("possible", ("address",))
    assert "address" in by_both.why
    assert by_none.outcome == "none-in-these-lists"


def test_owners_on_record_and_in_the_row_capture(ask: Ask) -> None:
    text = (
        "name,owners\nNexperia B.V.,\n"
        "Shell A,Huawei Technologies 60 %; Other 40 %\n"
        "Shell B,Huawei 30 %; SMIC 25%\n"
        "Shell C,Huawei 30 %\n"
        "Shell D,Huawei\n"
    )
    found = ask(text, as_of="2025-10-15")
    assert (found[2][0].outcome, found[2][0].through) == ("hit", "wingtech 100 %")
    assert (found[3][0].outcome, found[3][0].through) == ("hit", "Huawei Technologies 60 %")
    assert found[4][0].outcome == "hit"
    assert (found[5][0].outcome, "too small" in found[5][0].reason) == ("possible", True)
    assert (found[6][0].outcome, found[6][0].through) == ("possible", "Huawei share not told")
    idle = ask(text, as_of="2025-06-01")
    assert (idle[2][0].outcome, idle[3][0].outcome) == ("possible", "possible")
    assert "not-yet on the day" in idle[3][0].reason


@pytest.mark.parametrize("between", [", ", "；", "、", " and ", " & "])
def test_owners_are_told_apart_however_they_are_joined(ask: Ask, between: str) -> None:
    text = f'name,owners\nShell E,"Huawei Technologies 60 %{between}Other 40 %"\n'
    assert ask(text, as_of="2025-10-15")[2][0].outcome == "hit"


def test_owners_on_lists_that_the_rule_does_not_count_capture_nobody(ask: Ask, lists: Path) -> None:
    text = "name,owners\nShell F,AeroVironment 60 %\nShell G,Star Bank Quux 60 %\n"
    found = ask(text, as_of="2025-10-15", lists=["record", str(lists)])
    assert [(found[row][0].outcome, found[row][0].standing) for row in (2, 3)] == [("possible", "in-force")] * 2
    assert "does not count" in found[2][0].reason


def test_what_cannot_be_searched_is_never_none(ask: Ask) -> None:
    rows: tuple[str, ...] = ("''", "n/a", "Beijing Technology", "شركة الاختبار", "x" * 10_000, "테스트 주식회사")
    rows += ("ΧΟΥΑΓΟΥΕΪ", "Қазына", "China Technology Trading International Group", "Zzyq c/o Nobody Qvist")
    rows += ("Zzyq Works affiliated entity Nobody Qvist", " ".join(f"zq{number}" for number in range(30)))
    rows += ("Acme Zzyq" + " x" * 200,)
    found = ask("name\n" + "\n".join(rows) + '\n"",\n')
    assert {row[0].outcome for row in found.values()} == {"not-screened"}
    assert all(row[0].reason for row in found.values())
    assert "Arabic" in found[5][0].reason


def test_card_names_lists_algorithm_and_proof(knowledge: Knowledge, tmp_path: Path) -> None:
    place = write(tmp_path, "Firma,Land\nHuawei,DE\n")
    column = ["name=Firma", "country=Land"]
    card = knowledge.screen(place, column=column, time="2026-11-20T08:00:00+08:00", as_of=DAY)
    proof = card.answer.proof
    assert (proof.time, proof.rows, proof.algorithm) == ("2026-11-20T00:00:00Z", 1, "dualuse-names-1")
    assert len(proof.sha256) == 64
    assert [each.name for each in card.answer.lists] == ["record"]
    assert card.to_dict() == knowledge.screen(place, column=column, time="2026-11-20", as_of=DAY).to_dict()
    assert any("load csl" in gap.why_it_matters for gap in card.unknown)
    assert card.because[0].text.startswith("Huawei Technologies Co., Ltd. on US Entity List since 2019-05-16")


@pytest.mark.parametrize(
    ("content", "more", "message"),
    [
        (b"a,b\n1,2\n", {}, "no column is the name of the customer; there are: a, b. Say which: --column name=COLUMN"),
        (b"name\nx\n", {"column": ["name=Firma"]}, "no such column; there are: name"),
        (b"name\nx\n", {"column": ["nome=x"]}, "write ROLE=COLUMN; roles: name, id"),
        (b"name\nx\n", {"time": "soon"}, "no time; write it as"),
        ("name\n华为\n".encode("gb18030"), {}, "cannot be read as text in UTF-8"),
        ("name\nHuawei\n".encode("utf-16"), {}, "UTF-16"),
        (b"\xffname\nx\n", {}, "UTF-8"),
    ],
)
def test_wrong_input_is_told(
    knowledge: Knowledge, tmp_path: Path, content: bytes, more: dict[str, Any], message: str
) -> None:
    place = tmp_path / "t.csv"
    place.write_bytes(content)
    with pytest.raises(UsageError, match=message.replace(".", r"\.")):
        knowledge.screen(place, **more)
    with pytest.raises(UsageError, match="no such file"):
        knowledge.screen(tmp_path / "none.csv")


def test_csv_goes_out_row_by_row_with_a_proof(run: Run, clean: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(clean, "id;name\n7;Huawei\n8;China Trading Co\n")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    done = run("screen", "customers.csv", "--format", "csv", "--proof", "proof.json", "--limit", "1", "--as-of", DAY)
    assert done.returncode == 0
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert list(rows[0]) == list(COLUMNS)
    assert [(row["id"], row["outcome"]) for row in rows] == [("7", "hit"), ("8", "not-screened")]
    told = json.loads((clean / "proof.json").read_text("utf-8"))
    assert told["proof"]["time"] == "1970-01-01T00:00:00Z"
    assert told["counts"] == {"hit": 1, "possible": 0, "not-screened": 1, "none-in-these-lists": 0}
    assert "2 rows: 1 hit, 0 possible, 1 not-screened, 0 none-in-these-lists" in done.stderr
    assert told["proof"]["sha256"] in done.stderr


def test_an_answer_never_says_clear(run: Run, clean: Path) -> None:
    write(clean, "name\nFine Flowers Zurich\n")
    for form in ("table", "json", "md", "csv"):
        done = run("screen", "customers.csv", "--format", form, "--time", DAY, "--as-of", DAY)
        assert done.returncode == 0
        assert "none-in-these-lists" in done.stdout
        assert " clear" not in done.stdout.casefold()
    page = run("screen", "customers.csv", "--html", "-", "--time", DAY, "--as-of", DAY).stdout
    assert "Nothing found in these lists" in page
