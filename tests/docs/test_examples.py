"""Examples of the documentation site: each command and its Python answer the same; all of them with DUALUSE_SLOW=1."""

from __future__ import annotations

import contextlib
import json
import os
import shlex
from pathlib import Path
from typing import Any

import pytest
from docsite import asked, instruments, places
from docsite.answers import told
from docsite.page import Voice
from docsite.world import World
from tests.running import Run

from dualuse import questions
from dualuse.cli import cli
from dualuse.knowledge import Knowledge

SLOW = bool(os.environ.get("DUALUSE_SLOW"))
QUICK = ("check", "groups", "holders", "owned", "said", "status")
EXAMPLES = asked.examples() if SLOW else {name: asked.examples()[name] for name in QUICK}


def test_every_question_has_an_example_or_says_why_not() -> None:
    assert {*asked.examples(), *asked.NOT_RUN} == set(questions.names())
    assert len(asked.NOT_RUN) == 2


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_command_and_its_python_answer_the_same(name: str, world: World, run: Run) -> None:
    example = EXAMPLES[name]
    with contextlib.chdir(asked.SAMPLES):
        done = run(*shlex.split(example.command)[1:], "--format", "json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["answer"] == json.loads(json.dumps(example.card(world).to_dict()))["answer"]


@pytest.mark.parametrize("name", ["status", "groups"])
def test_a_page_of_a_question_tells_its_answer(name: str, world: World) -> None:
    card = EXAMPLES[name].card(world)
    for voice, said in ((Voice("en"), "Which country groups"), (Voice("zh-Hans"), "属于哪些国家组别")):
        answer = told(card, voice)
        assert (said in answer.question) is (name == "groups")
        assert card.dataset.sha256[:12] in answer.html
        assert card.because[0].source.replace("&", "&amp;") in answer.html
        assert 'id="r1"' in answer.html


def test_the_query_of_an_answer_runs(knowledge: Knowledge, world: World) -> None:
    """Where it is one; some answers rest on several, told one below the other."""
    told = [card.query for example in EXAMPLES.values() if (card := example.card(world)).query]
    queries = [query for query in told if query and "\n\n# " not in query and "…" not in query]
    assert len(queries) >= 4
    assert all(isinstance(knowledge.sparql(query), list) for query in queries)


def how_to_ask(world: World) -> list[tuple[str, str]]:
    some_instruments = list(world.instruments) if SLOW else ["us-ai-diffusion-ifr-2025-01"]
    some_places = list(world.records("places")) if SLOW else ["TW"]
    found = [pair for key in some_instruments for pair in instruments.asked(world, key)]
    return found + [pair for key in some_places for pair in places.asked(key)]


def test_how_to_ask_of_an_instrument_or_a_place(world: World) -> None:
    """Each command is one; what Python asks is asked, of parties changed by a measure only of this one, for that is slow.

    Its answer has receipts, or says what is not known: Antarctica is in no list that was read.
    """
    pairs = how_to_ask(world)
    assert len(pairs) >= 6
    for command, python in pairs:
        _read(command)
        if "affected" not in command:
            card = eval(python, {"k": world.knowledge})  # noqa: S307 - our own example
            assert card.because or card.unknown, python


def _read(command: str) -> None:
    """Parse a command; what is wrong in it is told."""
    words: list[Any] = shlex.split(command)[1:]
    made = cli.get_command(None, words[0])  # type: ignore[arg-type]  # the list does not depend on a context
    assert made is not None
    made.make_context(words[0], words[1:])


def test_samples_are_small() -> None:
    files = sorted(Path(asked.SAMPLES).iterdir())
    assert len(files) == 3
    assert all(file.stat().st_size < 1_000 for file in files)
