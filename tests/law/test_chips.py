"""Which chips may go where: each as a check of its own says, from free to barred, in every form."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from tests.running import Run

from dualuse.errors import UsageError
from dualuse.knowledge import Knowledge
from dualuse.law.transaction import World
from dualuse.questions.check import check
from dualuse.questions.chips import QUESTION
from dualuse.questions.question import Teller

DAY = "2026-06-01"
ORDER = ["not-subject", "no-licence-required", "licence-exception", "indeterminate", "licence-required"]


def rows(run: Run, *words: str) -> list[dict[str, Any]]:
    done = run("chips", *words, "--format", "json")
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)["answer"]["chips"]
    return found


def test_each_chip_as_a_check_of_its_own(knowledge: Knowledge, world: World, run: Run) -> None:
    found = rows(run, "--to", "CN", "--hq", "CN", "--as-of", DAY)
    assert sorted(row["product"] for row in found) == sorted(world.control_list.chips)
    for row in found:
        alone = check(knowledge, row["product"], 1, "CN", as_of=DAY, hq="CN").answer
        assert (row["outcome"], row["exception"], row["review_policy"]) == (
            alone.outcome,
            alone.exception,
            alone.review_policy,
        )
        assert (row["would_settle"] is not None) is (row["outcome"] == "indeterminate")


def test_from_free_to_barred_then_by_name(run: Run) -> None:
    found = rows(run, "--to", "中国", "--hq", "CN", "--as-of", DAY)
    ranks = [ORDER.index(row["outcome"]) for row in found]
    assert ranks == sorted(ranks)
    assert set(ranks) == {1, 2, 3, 4}
    barred = [row["name"] for row in found if row["review_policy"] == "presumption-of-denial"]
    assert barred == sorted(barred)
    told = {row["product"]: row for row in found}
    assert told["l20"]["outcome"] == "no-licence-required"
    assert told["rtx4090"]["exception"] == "NAC"
    assert told["h200-sxm"]["review_policy"] == "case-by-case"
    assert told["h20"]["would_settle"] == "give --exporter"
    assert "a number it turns on is missing" in told["rubin"]["would_settle"]


def test_several_destinations_stand_side_by_side(run: Run) -> None:
    words = ("--to", "PL,Switzerland", "--to", "CN", "--hq", "US", "--as-of", DAY)
    found = rows(run, *words)
    assert {row["to"] for row in found} == {"PL", "CH", "CN"}
    shown = run("chips", *words, "--format", "md").stdout
    assert "| product | CH | CN | PL |" in shown
    assert "| h100-sxm | licence-exception LPP | licence-required presumption-of-denial |" in shown
    whole = list(csv.DictReader(io.StringIO(run("chips", *words, "--format", "csv").stdout)))
    assert len(whole) == len(found)


def test_other_facts_count(run: Run) -> None:
    words = ("--to", "CH", "--hq", "CH", "--as-of", DAY)
    few, many = (
        {row["product"]: row["outcome"] for row in rows(run, *words, "--quantity", count)} for count in ("1000", "2000")
    )
    assert (few["h100-sxm"], many["h100-sxm"]) == ("licence-exception", "licence-required")
    enforced = rows(run, *words, "--lens", "enforced")
    assert {row["product"]: row["outcome"] for row in enforced}["h100-sxm"] == "no-licence-required"


def test_in_python_and_in_three_languages(knowledge: Knowledge) -> None:
    card = knowledge.chips(to="CN", hq="CN", as_of=DAY)
    said, headline = QUESTION.sentence(Teller(card)).said, QUESTION.headline(Teller(card))
    free = sum(row.outcome in ORDER[:3] for row in card.answer.chips)
    assert said.en.startswith("Which chips on record may go to")
    assert headline.said.en == f"{free} of {len(card.answer.chips)} may go without a licence"
    assert headline.said.hant != headline.said.hans
    assert headline.detail is not None
    assert "Licence required: " in headline.detail.en
    with pytest.raises(UsageError, match="--to is needed"):
        knowledge.chips()


def test_refusals(run: Run, clean: Path) -> None:
    for words, said in (((), "--to is needed"), (("--to", "Atlantis"), "no place 'Atlantis'")):
        done = run("chips", *words)
        assert (done.returncode, said in done.stderr) == (2, True)


def test_a_page(run: Run, clean: Path) -> None:
    done = run("chips", "--to", "CN", "--hq", "CN", "--as-of", DAY, "-o", "chips.html")
    assert done.returncode == 0, done.stderr
    assert "NVIDIA L20" in (clean / "chips.html").read_text("utf-8")
