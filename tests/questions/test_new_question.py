"""A new question is one file: command, help, every form, page and method follow, in a copy of the house."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from tests.running import Run

from dualuse.questions.question import Question

ROOT = Path(__file__).resolve().parents[2]

QUESTION = '''"""How many letters the name of a place has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from dualuse.card import Card, table
from dualuse.questions.parameters import Arg, AsOf, Opt
from dualuse.questions.question import Headline, Question, Sentence, Teller
from dualuse.show.words import Said

if TYPE_CHECKING:
    from dualuse.knowledge import Knowledge


@dataclass(frozen=True)
class Length:
    """A place and the length of its name."""

    place: str
    letters: int


@dataclass(frozen=True)
class Lengths:
    """Lengths by place."""

    lengths: Sequence[Length] = table()


def letters(
    knowledge: Knowledge,
    *places: Annotated[str, Arg("PLACE...")],
    least: Annotated[int, Opt("Only names of at least so many letters.", low=0)] = 0,
    as_of: AsOf = None,
) -> Card[Lengths]:
    """Count the letters of the names of places.

    Args:
        knowledge: The graph.
        places: Codes or names.
        least: Fewest letters.
        as_of: Day to print on the card.
    """
    keys = [knowledge.names.key("place", place) for place in places]
    rows = [Length(key, len(knowledge.names.label("place", key))) for key in keys]
    return knowledge.card(
        question={"command": "letters", "places": keys},
        as_of=knowledge.day(as_of),
        lens="",
        answer=Lengths([row for row in rows if row.letters >= least]),
        because=(),
        unknown=(),
        query="",
    )


def _sentence(told: Teller[Lengths]) -> Sentence:
    said = Said("How long is the name of {places}?", "{places}的名稱有多長？", "{places}的名称有多长？")
    return Sentence(said.fill(places=told.part("places")), ("places",))


def _headline(told: Teller[Lengths]) -> Headline:
    total = sum(row.letters for row in told.answer.lengths)
    return Headline(Said("{n} letters", "{n} 個字母", "{n} 个字母").fill(n=total))


QUESTION = Question(letters, _sentence, _headline, examples=("CH PL",))
'''


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory, store_dir: Path) -> Run:
    """Run Python in a copy of the package that has one more file."""
    house = tmp_path_factory.mktemp("house")
    for name in ("graph", "ontology", "data"):
        shutil.copytree(ROOT / name, house / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", house)
    (house / "graph/dualuse/questions/letters.py").write_text(QUESTION, "utf-8")
    environment = os.environ | {"PYTHONPATH": str(house / "graph"), "DUALUSE_STORE": str(store_dir)}

    def call(*words: str) -> CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *words], cwd=house, env=environment, capture_output=True, encoding="utf-8", check=False
        )

    return call


def test_it_is_a_command_with_its_help(run: Run) -> None:
    listed = run("-m", "dualuse", "--help").stdout
    assert "letters Count the letters of the names of places." in " ".join(listed.split())
    told = run("-m", "dualuse", "letters", "--help").stdout
    assert "dualuse letters CH PL" in told
    assert "--least INTEGER RANGE" in told


def test_it_answers_in_every_form(run: Run) -> None:
    asked = ("-m", "dualuse", "letters", "CH", "波蘭", "--as-of", "2025-01-13")
    assert json.loads(run(*asked, "--format", "json").stdout)["answer"] == {
        "lengths": [{"place": "CH", "letters": 11}, {"place": "PL", "letters": 6}]
    }
    assert run(*asked, "--least", "7", "--format", "csv").stdout == "place,letters\nCH,11\n"
    assert "| CH | 11 |" in run(*asked, "--format", "md").stdout
    page = run(*asked, "--html", "-").stdout
    assert "How long is the name of Switzerland, Poland?" in page
    assert "17 letters" in page
    assert "波蘭的名稱有多長" in page.replace("瑞士、", "")


def test_it_is_a_method_once_the_methods_are_written(run: Run) -> None:
    write = (
        "from pathlib import Path; from dualuse.questions import methods; "
        "from dualuse.questions.writing import methods_source; Path(methods.__file__).write_text(methods_source())"
    )
    assert run("-c", write).returncode == 0
    done = run("-c", "import dualuse; print(dualuse.open().letters('CH', least=2).answer.lengths[0].letters)")
    assert (done.stdout, done.stderr) == ("11\n", "")


def test_a_question_without_a_sentence_cannot_be_registered() -> None:
    with pytest.raises(TypeError, match="sentence"):
        Question(lambda knowledge: None, headline=lambda told: None, examples=())  # type: ignore[call-arg,arg-type,return-value]  # on purpose
