"""A page a question: what it answers and takes, an example on the command line and in Python, and its answer now."""

from __future__ import annotations

import contextlib
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from click.core import ParameterSource

from docsite.answers import told
from docsite.page import Page, Section, Voice, sections
from docsite.world import World
from dualuse import questions
from dualuse.card import Card
from dualuse.cli.commands import command, taken
from dualuse.questions.parameters import Arg
from dualuse.questions.question import Question
from dualuse.show.html.page import answer_page

FOLDER = "questions"
SAMPLES = Path(__file__).parent / "samples"
_OTHERWISE = {
    "centrality": "--as-of 2025-06-01",
    "reconcile": "federal-register documents.json --all",
    "screen": "customers.csv --lists record --time 2026-11-22",
}
"""Question -> an example that a page can answer, where its first one needs a file that is not in ``samples``."""
NOT_RUN = {
    "diff": "It compares two releases; see the documents for how to write one.",
    "verify": "It reads copies of documents, whose texts are not kept here.",
}
"""Question -> why a page cannot answer an example of it."""


@dataclass(frozen=True)
class Example:
    """A question asked once: as it is typed, in Python, and its answer."""

    command: str
    python: str

    def card(self, world: World) -> Card[Any]:
        """What Python answers, from the folder of samples."""
        with contextlib.chdir(SAMPLES):
            answer: Card[Any] = eval(self.python, {"k": world.knowledge, "Path": Path})  # noqa: S307 - our own example
        return answer


@cache
def examples() -> Mapping[str, Example]:
    """Question -> its example, of those a page can answer."""
    found = {}
    for name in questions.names():
        question = questions.find(name)
        if question is not None and name not in NOT_RUN:
            line = _OTHERWISE.get(name, question.examples[0])
            found[name] = Example(f"dualuse {question.command} {line}", _python(question, line))
    return found


def _python(question: Question, line: str) -> str:
    """A command as the call that answers the same."""
    with contextlib.chdir(SAMPLES):
        made = command(question)
        context = made.make_context(question.name, shlex.split(line))
    positional, named = [], []
    for each in question.parameters:
        given = taken(each, context.params[each.name])
        if context.get_parameter_source(each.name) is not ParameterSource.COMMANDLINE or given in ((), None):
            continue
        if isinstance(each.how, Arg):
            positional += [*map(_literal, given)] if each.several else [_literal(given)]
        else:
            named.append(f"{each.name}={_literal(given)}")
    return f"k.{question.name}({', '.join([*positional, *named])})"


def _literal(given: object) -> str:
    """A value as Python writes it."""
    if isinstance(given, date):
        return f'"{given.isoformat()}"'
    if isinstance(given, Path):
        return f'Path("{given}")'
    if isinstance(given, list | tuple):
        return f"[{', '.join(map(_literal, given))}]"
    return '"{}"'.format(given.replace('"', '\\"')) if isinstance(given, str) else repr(given)


def pages(world: World, voice: Voice, cards: Mapping[str, Card[Any]]) -> Iterator[Page]:
    """A page each, and the list of them."""
    listed = []
    for name in questions.names():
        question = questions.find(name)
        if question is not None:
            page, asked = _page(voice, question, cards.get(name))
            listed.append((name, question, asked))
            yield page
    lead = voice.render("index_lead", others=voice.others(f"{FOLDER}/index"), text=voice.say("questions_lead"))
    table = voice.render("questions", listed=listed)
    yield Page(f"{FOLDER}/index", voice.say("questions"), [Section("", "", f"{lead}{table}")])


def _page(voice: Voice, question: Question, card: Card[Any] | None) -> tuple[Page, str]:
    name, example = question.name, examples().get(question.name)
    answer = told(card, voice) if card is not None else None
    own = (SAMPLES / word for word in shlex.split(example.command)) if example else ()
    sample = next(((file.name, file.read_text("utf-8")) for file in own if file.is_file()), None)
    given = {"question": question, "example": example, "answer": answer, "card": card, "sample": sample}
    parts = [
        ("", "", voice.render("question_about", others=voice.others(f"{FOLDER}/{name}"), **given)),
        ("example", voice.say("example"), voice.render("question_example", why=NOT_RUN.get(name, ""), **given)),
        ("answer", voice.say("answer"), voice.render("question_answer", **given)),
        ("takes", voice.say("takes"), voice.render("question_takes", **given)),
        ("query", voice.say("query_behind"), voice.render("question_query", **given)),
    ]
    return Page(f"{FOLDER}/{name}", question.command, sections(parts)), answer.question if answer else ""


def answered(world: World) -> dict[str, Card[Any]]:
    """The answer to each example."""
    return {name: example.card(world) for name, example in examples().items()}


def whole(card: Card[Any]) -> str:
    """The answer as a page by itself, in three languages."""
    return answer_page(card)
