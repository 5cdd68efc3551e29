"""``dualuse news`` with every option, and ``load claims``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click.testing
import pytest

from dualuse.cli import cli
from dualuse.cli.load import load_claims
from dualuse.errors import UsageError

TEXT = "美國政府13日公布AI晶片出口管制新規,對120國設出口限額。中國商務部表示,堅決反對。\n"
CLAIMS = (
    "id,passage_no,char_start,char_end,attributed_to,subject,predicate,object_value,unit\n"
    "c1,1,0,20,(unattributed),AI Diffusion Framework,announced-on,2025-01-13,date\n"
    "c2,1,21,30,(unattributed),AI Diffusion Framework,capped-country-count,120,countries\n"
    "c3,1,37,42,MOFCOM (PRC),China,opposes,AI Diffusion Framework,\n"
)
ENTITIES = (
    "entity_id,entity_type,iso_code,surface_forms\n"
    "us,country,US,美國政府\nmofcom,organisation (government),CN,中國商務部\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "one.txt").write_text(TEXT, "utf-8")
    (tmp_path / "two.html").write_text("<html><body><p>Export controls on chips.</p></body></html>", "utf-8")
    (tmp_path / "skipped.pdf").write_bytes(b"%PDF")
    (tmp_path / "claims.csv").write_text(CLAIMS, "utf-8")
    (tmp_path / "entities.csv").write_text(ENTITIES, "utf-8")
    return tmp_path


def run(store: Path, *words: str | Path) -> click.testing.Result:
    arguments = [str(word) for word in words]
    return click.testing.CliRunner().invoke(
        cli, ["news", *arguments, "--store", str(store)], catch_exceptions=False, help_option_names=["-h", "--help"]
    )


def card(store: Path, *words: str | Path) -> dict[str, Any]:
    result = run(store, *words, "--format", "json")
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_card(store_dir: Path, folder: Path) -> None:
    found = card(store_dir, folder / "one.txt", "--date", "2025-01-14")
    (document,) = found["answer"]["documents"]
    assert document["date"] == "2025-01-14"
    assert document["instrument"] == "us-ai-diffusion-ifr-2025-01"
    assert found["because"][0]["fact"].endswith("us-ai-diffusion-ifr-2025-01")
    assert {"organisation:usgov", "organisation:mofcom"} <= {m["thing"] for m in found["answer"]["mentions"]}
    for mention in found["answer"]["mentions"]:
        assert TEXT[mention["start"] : mention["end"]] == mention["text"]
    assert [row["value"] for row in found["answer"]["dates"]] == ["2025-01-13"]
    assert any(row["organisation"] == "mofcom" and row["stance"] == "opposes" for row in found["answer"]["statements"])


def test_answers_are_stable(store_dir: Path, folder: Path) -> None:
    words = (folder / "one.txt", "--date", "2025-01-14", "--format", "json")
    assert run(store_dir, *words).stdout == run(store_dir, *words).stdout


def test_folders_and_forms(store_dir: Path, folder: Path) -> None:
    found = card(store_dir, folder, "--date", "2025-01-14")
    assert [(d["file"], d["form"]) for d in found["answer"]["documents"]] == [("one.txt", "text"), ("two.html", "html")]
    assert "taken out of the page" in found["answer"]["documents"][1]["offsets"]
    for words in (("--input", "text"), ("--format", "text")):
        (document,) = card(store_dir, folder / "two.html", *words)["answer"]["documents"]
        assert document["form"] == "text"


def test_tables(store_dir: Path, folder: Path) -> None:
    for shape in ("table", "csv", "md"):
        result = run(store_dir, folder / "one.txt", "--date", "2025-01-14", "--format", shape, "--brief")
        assert result.exit_code == 0
        assert "tier2-count" in result.stdout
    target = folder / "out.json"
    run(store_dir, folder / "one.txt", "-f", "json", "-o", target)
    assert json.loads(target.read_text("utf-8"))["answer"]["claims"]
    with pytest.raises(UsageError, match="--force"):
        run(store_dir, folder / "one.txt", "-f", "json", "-o", target)
    run(store_dir, folder / "one.txt", "-f", "json", "-o", target, "--force")


def test_page(store_dir: Path, folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    page = tmp_path_factory.mktemp("pages") / "page.html"
    run(store_dir, folder / "one.txt", "--date", "2025-01-14", "--html", page)
    text = page.read_text("utf-8")
    assert "What does one.txt say about export controls?" in text
    assert "3 candidate claims, 1 candidate statement" in text
    assert "Read as being about “Framework for Artificial Intelligence Diffusion”." in text
    run(store_dir, folder, "--html", page, "--force")
    assert "What do one.txt, two.html say about export controls?" in page.read_text("utf-8")


def test_texts_about_other_things(store_dir: Path, tmp_path: Path) -> None:
    path = tmp_path / "other.txt"
    path.write_text("球員表示,今天天氣很好。", "utf-8")
    found = card(store_dir, path)
    assert found["answer"]["documents"][0]["relevant"] is False
    assert found["answer"]["claims"] == found["answer"]["mentions"] == []
    assert "nothing" in found["unknown"][0]["why_it_matters"]
    assert "other.txt: skipped, for it names no instrument" in run(store_dir, path).stderr
    told = run(store_dir, path, "--relevant", "yes", "--format", "json")
    assert json.loads(told.stdout)["answer"]["documents"][0]["relevant"] is True
    assert "skipped" not in told.stderr


def test_all_of_a_text_on_topic_is_read_or_only_what_is(store_dir: Path, tmp_path: Path) -> None:
    path = tmp_path / "mixed.txt"
    path.write_text("美國公布晶片出口管制新規。\n\n颱風逼近,氣象署9日表示將有豪雨。\n", "utf-8")
    read = {
        choice: [row["relevant"] for row in card(store_dir, path, "--relevant", choice)["answer"]["passages"]]
        for choice in ("auto", "no")
    }
    assert read == {"auto": [True, True], "no": [True, False]}


def test_scores(store_dir: Path, folder: Path) -> None:
    tables = ("--gold", folder / "claims.csv", "--gold", folder / "entities.csv")
    found = card(store_dir, folder / "one.txt", "--date", "2025-01-14", *tables)["answer"]
    scores = {row["kind"]: row for row in found["scores"]}
    assert scores["claims"]["recall"] == 1
    assert scores["quantities"]["f1"] == 1
    assert scores["speaker attribution"]["f1"] == 1
    assert scores["mentions"]["recall"] == 0.5  # the table calls a government a country
    assert {miss["what"].partition(" ")[0] for miss in found["misses"] if miss["missing"]} >= {"美國政府"}


def test_tables_that_cannot_score(store_dir: Path, folder: Path) -> None:
    (folder / "wrong.csv").write_text("a,b\n1,2\n", "utf-8")
    with pytest.raises(UsageError, match="no table to score against"):
        run(store_dir, folder / "one.txt", "--gold", folder / "wrong.csv")
    with pytest.raises(UsageError, match="scores one text"):
        run(store_dir, folder, "--gold", folder / "claims.csv")
    (folder / "claims.csv").write_text(CLAIMS.replace("c2,1,", "c2,7,"), "utf-8")
    with pytest.raises(UsageError, match="points outside"):
        run(store_dir, folder / "one.txt", "--gold", folder / "claims.csv")


def test_wrong_use(store_dir: Path, folder: Path) -> None:
    with pytest.raises(UsageError, match="is not there"):
        run(store_dir, folder / "none.txt")
    empty = folder / "empty"
    empty.mkdir()
    with pytest.raises(UsageError, match="name the texts to read"):
        run(store_dir)
    with pytest.raises(UsageError, match="has no text to read"):
        run(store_dir, empty)
    with pytest.raises(UsageError, match="do not go together"):
        run(store_dir, folder / "one.txt", "--format", "json", "--format", "csv")
    with pytest.raises(UsageError, match="--format html and --input text do not go together"):
        run(store_dir, folder / "one.txt", "--input", "text", "--format", "html")
    with pytest.raises(UsageError, match="--review is for one text"):
        run(store_dir, folder, "--review", folder / "review.yml")


def test_review_and_load(store_dir: Path, folder: Path) -> None:
    review = folder / "review.yml"
    run(store_dir, folder / "one.txt", "--date", "2025-01-14", "--review", review)
    text = review.read_text("utf-8")
    assert text.startswith("# Candidates read from one.txt")
    text = text.replace("key: ''", "key: made-up", 1).replace("title: ''", "title: Made up", 1)
    text = text.replace("source: ''", "source: digest-88iv-2025-01", 1).replace("review: open", "review: reject", 1)
    review.write_text(text, "utf-8")
    result = click.testing.CliRunner().invoke(
        load_claims,
        [str(review), "--into", str(folder / "claims")],
        catch_exceptions=False,
        help_option_names=["-h", "--help"],
    )
    assert result.exit_code == 0
    assert "Accepted 0 claims, 0 statements; 1 rejected" in result.stderr
    assert "not reviewed: p01-02" in result.stderr
    assert (folder / "claims" / "claims.csv").is_file()


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (CLAIMS.replace("c2,1,", "c2,one,"), r"claims\.csv:\d+: passage_no 'one' is not a whole number"),
        (CLAIMS.replace("c2,1,", "c2,9999999999,"), "is not a whole number"),
        (CLAIMS + "c9,1\n", "the row has no cell for"),
        (CLAIMS + '"', "cannot be read as a CSV table"),
        (CLAIMS.splitlines()[0], "no table to score against"),
        ("", "no table to score against"),
    ],
)
def test_rows_that_cannot_score(store_dir: Path, folder: Path, table: str, message: str) -> None:
    (folder / "claims.csv").write_text(table, "utf-8")
    with pytest.raises(UsageError, match=message):
        run(store_dir, folder / "one.txt", "--gold", folder / "claims.csv")
