"""The commands ``claims``, ``conflicts``, ``said`` and ``verify``."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from tests.running import Run

from dualuse.build import build, save
from dualuse.claims.fold import fold, sha256
from dualuse.knowledge import open_knowledge
from dualuse.questions.verify import verify
from dualuse.show.outcomes import tell

IFR = "us-ai-diffusion-ifr-2025-01"
LINES = ("標題一行", "虛構的甲社報導,新規則涵蓋一百個國家。", "乙部發言人表示反對。")


@pytest.fixture(scope="session")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A store whose data have one more document, and that document."""
    import shutil

    root = Path(__file__).resolve().parents[2]
    folder = tmp_path_factory.mktemp("made-up")
    data = Path(shutil.copytree(root / "data", folder / "data"))
    text = "\n\n".join(LINES) + "\n"
    page = folder / "pages" / "page.txt"
    page.parent.mkdir()
    page.write_text(text, encoding="utf-8")
    (data / "documents" / "made-up.yml").write_text(
        "title: A made-up page\nlanguage: zh-Hant\ndate: 2025-01-20\n"
        f"sha256: {hashlib.sha256(page.read_bytes()).hexdigest()}\nlength: {len(text)}\n"
        "sources:\n  - digest-88iv-2025-01\nconfidence: low\n",
        encoding="utf-8",
    )
    rows = [
        [
            *(f"made-up.p{n}", "made-up", n, len(line), sha256(line), sha256(fold(line).text), "body", "", ""),
            *("2025-01-20", "2025-01-20", "", "no", "digest-88iv-2025-01", "low", ""),
        ]
        for n, line in enumerate(LINES, start=1)
    ]
    _append(data / "claims" / "passages.csv", rows)
    span = LINES[1][12:18]
    claim = ["zz-1", "made-up.p2", 12, 18, sha256(span), sha256(fold(span).text), len(fold(span).text), "", "Made up."]
    claim += ["tier2-count", IFR, "", "", "", "", "100", 100, 100, "country", "", "", "asserted", "affirmed", "no"]
    claim += ["", "", "", "", "digest-88iv-2025-01", "low", ""]
    _append(data / "claims" / "claims.csv", [claim])
    store = folder / "store"
    save(build(data), str(store))
    return store, page


def _append(file: Path, rows: list[list[Any]]) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    file.write_text(file.read_text(encoding="utf-8") + out.getvalue(), encoding="utf-8")


def answer(done: CompletedProcess[str]) -> dict[str, Any]:
    assert done.returncode in (0, 1), done.stderr
    return dict(json.loads(done.stdout)["answer"])


def test_claims_as_json(run: Run) -> None:
    found = answer(run("claims", "--about", IFR, "--attribute", "tier2-count", "-f", "json"))
    assert (found["count"], found["reports"]) == (6, 5)


def test_claims_as_a_table_csv_and_markdown(run: Run) -> None:
    table = run("claims", "--modality", "hedged")
    assert "sc-18-05" in table.stdout
    rows = list(csv.DictReader(io.StringIO(run("claims", "--source", "Bloomberg", "-f", "csv").stdout)))
    assert rows[0]["reporter"]
    assert "| claim |" in run("claims", "--attribute", "office", "-f", "md").stdout


def test_claims_that_are_not_there(run: Run) -> None:
    done = run("claims", "--about", "Sweden")
    assert done.returncode == 0
    assert "no claim in the ledger fits" in done.stdout


def test_claims_as_of_a_day(run: Run) -> None:
    assert answer(run("claims", "--as-of", "2025-01-01", "-f", "json"))["count"] == 7


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("claims", "--attribute", "tier2-cuont"), "nearest: tier2-count"),
        (("claims", "--modality", "shouted"), "is not one of"),
        (("claims", "--about", "=cmd|' /C calc'!A0"), "no instrument"),
        (("claims", "--sources", "no-such-folder"), "does not exist"),
        (("conflicts", "--about", ""), "an empty name means nothing"),
        (("conflicts", "--about", "\u202e中國'; DROP"), "no instrument"),
        (("said", "--within", "72h"), "go together"),
        (("said", "--about", IFR, "--within", "x", "--of", "publication"), "write a number"),
        (("said", "--about", IFR, "--matrix", "--changes"), "ask for one at a time"),
        (("said", "--stance", "against"), "is not one of"),
        (("verify",), "name the files"),
        (("verify", "no-such-file"), "does not exist"),
    ],
)
def test_wrong_use_exits_2_with_a_message(run: Run, arguments: tuple[str, ...], message: str) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_conflicts_as_json_and_in_words(run: Run) -> None:
    found = answer(run("conflicts", "--about", IFR, "-f", "json"))
    assert found["count"] == len(found["conflicts"]) == 16
    assert {"kind", "subject", "attribute", "values", "law", "assessment"} <= set(found["conflicts"][0])
    table = run("conflicts", "--about", IFR, "--all").stdout
    assert "152 of 193 UN" in table
    rows = list(csv.DictReader(io.StringIO(run("conflicts", "-f", "csv").stdout)))
    assert len(rows) == 16
    assert {row["kind"] for row in rows} == {"contradiction", "against-law", "misattribution", "partial", "forecast"}


def test_said_as_a_matrix(run: Run) -> None:
    window = ("--within", "72h", "--of", "publication")
    found = answer(run("said", "--about", IFR, *window, "--matrix", "-f", "json"))
    stances = {(row["party"], row["stance"]) for row in found["matrix"]}
    assert {("mofcom", "opposes"), ("nvidia", "opposes"), ("sia", "opposes"), ("ec", "concerned")} <= stances
    table = run("said", "--about", IFR, *window, "--matrix", "--stance", "concerned")
    assert "European Commission" in table.stdout
    assert "st-038 (joint)" in table.stdout
    after = answer(run("said", "--about", IFR, *window, "--side", "after", "--ground", "innovation", "-f", "json"))
    assert after["window"] == "2025-01-15/2025-01-18"


def test_said_in_other_forms(run: Run) -> None:
    assert "He Yongqian" in run("said", "--by", "商務部").stdout
    changes = run("said", "--about", IFR, "--by", "European Commission", "--changes")
    assert "Henna" in changes.stdout
    assert "concerned" in changes.stdout
    assert "legal_effect" in run("said", "--by", "MOFCOM", "-f", "csv", "--as-of", "2025-02-01").stdout


def test_verify_holds(run: Run, made_up: tuple[Path, Path]) -> None:
    store, page = made_up
    done = run("verify", page, "--store", store)
    assert done.returncode == 0
    assert "Pointers: 1" in done.stdout
    assert "Drift: 0" in done.stdout
    listed = run("verify", page, "--store", store, "--all")
    assert "zz-1" in listed.stdout
    assert "判定依據：SHA-256 摘要" in run("verify", page, "--store", store, "--lang", "zh-Hant").stdout


def test_verify_counts_claims_for_a_reader(made_up: tuple[Path, Path], tmp_path: Path) -> None:
    store, page = made_up
    copy = tmp_path / page.name
    copy.write_bytes(page.read_bytes())
    once, twice = (verify(open_knowledge(str(store)), *files) for files in ((page,), (page, copy)))
    assert (once.answer.pointers, twice.answer.pointers) == (1, 2)
    heads = [tell(card, {}).headline.en for card in (once, twice)]
    assert heads == ["The words of 1 claim were read again"] * 2


def test_verify_names_the_claim_touched(run: Run, made_up: tuple[Path, Path], tmp_path: Path) -> None:
    store, page = made_up
    changed = tmp_path / "changed.txt"
    changed.write_text(page.read_text(encoding="utf-8").replace("一百", "兩百"), encoding="utf-8")
    done = run("verify", changed, "--store", store, "-f", "json")
    assert done.returncode == 1
    (row,) = answer(done)["claims"]
    assert (row["claim"], row["status"]) == ("zz-1", "drift")
    assert "兩百" in row["text"]
    assert "1 of 1 pointers no longer hold: zz-1" in done.stderr


def test_verify_takes_another_script_for_moved(run: Run, made_up: tuple[Path, Path], tmp_path: Path) -> None:
    store, page = made_up
    changed = tmp_path / "changed.txt"
    changed.write_text(page.read_text(encoding="utf-8").replace("個國家", "个国家"), encoding="utf-8")
    done = run("verify", changed, "--store", store, "-f", "json")
    assert done.returncode == 0
    (row,) = answer(done)["claims"]
    assert (row["status"], row["by"], row["text"][-2:]) == ("moved", "folded", "国家")


def test_verify_looks_in_a_folder(run: Run, made_up: tuple[Path, Path], tmp_path: Path) -> None:
    store, page = made_up
    (tmp_path / "noise.bin").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "noise.txt").write_text("nothing of the kind", encoding="utf-8")
    done = run("verify", "--sources", tmp_path, "--store", store)
    assert done.returncode == 2
    assert "no file in it is a document" in done.stderr
    (tmp_path / "deeper").mkdir()
    (tmp_path / "deeper" / "page.txt").write_bytes(page.read_bytes())
    assert run("verify", "--sources", tmp_path, "--store", store).returncode == 0


def test_passages_are_shown_with_the_document_at_hand(run: Run, made_up: tuple[Path, Path]) -> None:
    store, page = made_up
    sources = ("--sources", page.parent, "--store", store)
    rows = answer(run("claims", "--source", "made-up", *sources, "-f", "json"))["claims"]
    assert [row["text"] for row in rows] == [LINES[1][12:18]]
    found = answer(run("conflicts", *sources, "-f", "json"))["conflicts"]
    (count,) = (row for row in found if row["attribute"] == "tier2-count")
    assert [value["value"] for value in count["values"]] == ["80", "most countries", "100", "120"]
    assert count["values"][2]["texts"] == {"zz-1": LINES[1][12:18]}


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"\x00" * 100, "無關的文字".encode()])
def test_verify_refuses_what_is_no_document(run: Run, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "stranger"
    file.write_bytes(content)
    done = run("verify", file)
    assert done.returncode == 2
    assert "stranger" in done.stderr
    assert "Traceback" not in done.stderr


def test_verify_refuses_an_archive(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "long.txt"
    file.write_bytes(b"a" * 5_000_001)
    done = run("verify", file)
    assert done.returncode == 2
    assert "give one document" in done.stderr


@pytest.mark.parametrize("command", ["claims", "conflicts", "said", "verify"])
def test_help_has_an_example(run: Run, command: str) -> None:
    done = run(command, "-h")
    assert done.returncode == 0
    assert "Example:" in done.stdout


def test_words_that_differ_from_the_record_are_named_and_not_shown(
    run: Run, made_up: tuple[Path, Path], tmp_path: Path
) -> None:
    store, page = made_up
    (tmp_path / page.name).write_text(page.read_text("utf-8").replace("一百", "兩百"), "utf-8")
    for command in ("claims", "conflicts"):
        found = json.loads(run(command, "--sources", tmp_path, "--store", store, "-f", "json").stdout)
        (gap,) = (gap for gap in found["unknown"] if gap["what"].startswith("the words of zz-1"))
        assert "digest" in gap["why_it_matters"]
        assert "兩百" not in json.dumps(found, ensure_ascii=False)
    (tmp_path / page.name).unlink()
    for command in ("claims", "conflicts", "said"):
        found = json.loads(run(command, "--sources", tmp_path, "--store", store, "-f", "json").stdout)
        assert "no file in the folder is a document on record" in [gap["why_it_matters"] for gap in found["unknown"]]


def test_every_row_has_a_link_and_the_person_before_the_organisation(run: Run) -> None:
    card = answer(run("conflicts", "--about", IFR, "-f", "json"))
    found = [*card["conflicts"], *card["agreed"]]
    assert card["conflicts"]
    assert [row for row in found if not row["receipt"].startswith("http")] == []
    told = run("conflicts", "--about", IFR, "--all").stdout
    assert told.count("Link:") == len(found)
    assert "Ned Finkle, NVIDIA" in " ".join(told.split())
    said = " ".join(run("said", "--by", "He Yongqian", "--all").stdout.split())
    assert "He Yongqian (Ministry of Commerce" in said
    assert "Link: https://" in said
