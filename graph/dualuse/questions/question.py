"""What a question is: a typed function that answers it, and the words that tell the question and the answer."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, BinaryIO, Generic, NamedTuple, TypeVar

from dualuse.card import Card
from dualuse.questions.parameters import Arg, Parameter, parameters
from dualuse.questions.parts.given import written
from dualuse.show.labels import Labels, name_of, named, worded
from dualuse.show.words import Said, numbered, with_article
from dualuse.unnamed import TODAY

if TYPE_CHECKING:
    from pathlib import Path

    from dualuse.knowledge import Knowledge

A = TypeVar("A")


class Sentence(NamedTuple):
    """A question as a sentence, and the parts of it that the sentence uses up."""

    said: Said
    used: tuple[str, ...] = ()


class Headline(NamedTuple):
    """An answer in a few large words.

    Args:
        said: The words.
        detail: A sentence below them.
        tone: ``yes``, ``no``, ``open`` (not decided) or ``plain``; shown as a sign, never by colour alone.
        used: Parts of the answer outside its tables that the words use up.
    """

    said: Said
    detail: Said | None = None
    tone: str = "plain"
    used: tuple[str, ...] = ()


@dataclass(frozen=True)
class Teller(Generic[A]):
    """A card with the names of what it mentions: what its words are made from."""

    card: Card[A]
    labels: Labels = field(default_factory=dict)

    @property
    def answer(self) -> A:
        """What is answered."""
        return self.card.answer

    @cached_property
    def asked(self) -> Mapping[str, Any]:
        """The parts of the question that were given."""
        given = {key: part for key, part in self.card.question.items() if part not in (None, "", [], (), False)}
        given.pop("command", None)
        return given

    def part(self, key: str) -> Said:
        """A part of the question in words, as it stands in a sentence."""
        return with_article(self.named(key))

    def named(self, key: str) -> Said:
        """A part of the question in words, as it stands alone."""
        return named(self.labels, key, self.asked[key])

    def worded(self, text: str) -> Said:
        """A text of the answer in each language."""
        return worded(self.labels, text)

    def name(self, column: str, text: str) -> Said:
        """A text of a column in words: the name of the thing it is the key of, a translated value, or itself."""
        return name_of(self.labels, column, text)


def asks(forms: Mapping[tuple[str, ...], Said]) -> Callable[[Teller[Any]], Sentence]:
    """A question as a sentence, by the parts of it that were given.

    Args:
        forms: Parts -> a sentence with a blank for each; of those whose parts were all given, that with most is told.
    """

    def sentence(told: Teller[Any]) -> Sentence:
        parts = max((parts for parts in forms if told.asked.keys() >= set(parts)), key=len)
        return Sentence(forms[parts].fill(**{part: told.part(part) for part in parts}), parts)

    return sentence


def counts(part: str, one: Said, many: Said) -> Callable[[Teller[Any]], Headline]:
    """A headline that tells a number, which is a part of the answer."""
    return lambda told: Headline(numbered(getattr(told.answer, part), one, many), used=(part,))


@dataclass(frozen=True)
class Invocation:
    """A question asked on the command line.

    Args:
        question: The question.
        values: What was asked, by parameter.
        extra: Values of the options that only the command line has.
        form: In what form the card is to be shown: ``table``, ``json``, ``csv`` or ``md``.
        open: Opens the graph.
        show: Shows a card as the output options say.
        write: Writes bytes to a file, whole or not at all.
        stream: Opens what the output options name, to write to it piece by piece.
        say: Says a line to the person who asked, beside the answer.
        reading: Shows how far a file of a name is read, while it is told.
    """

    question: Question
    values: dict[str, Any]
    extra: dict[str, Any]
    form: str
    open: Callable[[], Knowledge]
    show: Callable[[Card[Any]], None]
    write: Callable[[bytes, Path], None]
    stream: Callable[[], AbstractContextManager[BinaryIO]]
    say: Callable[[str], None]
    reading: Callable[[str], AbstractContextManager[Callable[[float, int], None]]]

    def card(self) -> Card[Any]:
        """The card that answers what was asked."""
        return self.question(self.open(), self.values)


def ask_and_show(asked: Invocation) -> None:
    """What most commands do."""
    asked.show(asked.card())


@dataclass(frozen=True)
class Question:
    """A question that can be asked from Python, from the command line, and of a page.

    Args:
        ask: Answers it: takes the knowledge, then what is asked, typed, each with an ``Opt`` or ``Arg`` of
            :mod:`dualuse.questions.parameters`. Its name is that of the command and of the method, its docstring the
            help of both.
        sentence: The question as a sentence, in three languages.
        headline: The answer in a few words, in three languages.
        examples: Arguments of the command, a line each.
        more: What else it takes, where its signature does not say so.
        also: Options that only the command line has.
        act: What the command does.
        reads: Parameter that says in what form the input is; ``--format`` takes its values too.
        settle: What is given, with what of it would not mean the same another time written out: files, the time it is.
    """

    ask: Callable[..., Card[Any]]
    sentence: Callable[[Teller[Any]], Sentence]
    headline: Callable[[Teller[Any]], Headline]
    examples: tuple[str, ...]
    more: Callable[[], tuple[Parameter, ...]] = tuple
    also: tuple[Parameter, ...] = ()
    act: Callable[[Invocation], None] = ask_and_show
    reads: str = ""
    settle: Callable[[Mapping[str, Any]], Mapping[str, Any]] = dict

    def __call__(self, knowledge: Knowledge, values: Mapping[str, Any]) -> Card[Any]:
        """Ask it of a graph, with values by parameter; the card says what they were."""
        settled = self.settle(values)
        given = dict(settled)
        named = [each.name for each in self.parameters if isinstance(each.how, Arg) and each.several]
        card = self.ask(knowledge, *(value for name in named for value in given.pop(name, ())), **given)
        return self.of(card, settled)

    def of(self, card: Card[A], values: Mapping[str, Any]) -> Card[A]:
        """A card that says with what values it was asked; today, where the record reaches it, is a day like others."""
        asked = written(self.parameters, values)
        if asked is not None and asked.get("as_of") == TODAY and card.clock is None:
            asked["as_of"] = card.as_of.isoformat()
        return replace(card, asked=asked)

    @property
    def name(self) -> str:
        """Name of the command, and of the method."""
        return self.ask.__name__

    @property
    def local(self) -> bool:
        """Whether it is about files, and so can be asked only where they are."""
        named = [each for each in self.parameters if isinstance(each.how, Arg)]
        return any(each.local and (each.required or each.several) for each in named)

    @property
    def sent(self) -> Parameter | None:
        """The file it is about, where its content can be sent from elsewhere."""
        return next((each for each in self.parameters if each.how.sent), None)

    @property
    def group(self) -> str:
        """The command it is a part of, as ``bridges`` is of ``structure``; empty if it stands alone."""
        return self.ask.__module__.rpartition(".")[0].partition("dualuse.questions.")[2]

    @property
    def command(self) -> str:
        """The command as it is called."""
        return f"{self.group} {self.name}".strip()

    @property
    def help(self) -> str:
        """What it answers: its docstring up to the list of arguments."""
        return (inspect.getdoc(self.ask) or "").partition("\nArgs:")[0].partition("\nRaises:")[0].strip()

    @property
    def answer(self) -> type:
        """Class of its answer."""
        written = str(inspect.signature(self.ask).return_annotation).removeprefix("Card[").removesuffix("]")
        made: type = getattr(sys.modules[self.ask.__module__], written)
        return made

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """What it takes."""
        own = parameters(self.ask)
        at = len(own) - sum(each.name in ("as_of", "lens") for each in own)
        return (*own[:at], *self.more(), *own[at:])
