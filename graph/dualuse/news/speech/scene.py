"""What speech is made of: speakers, verbs of saying, quotations, and the sentence they are heard in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dualuse.news.find.mentions import Mention
from dualuse.news.lexicon.longest import is_latin
from dualuse.news.text.passages import Text

SPEAKABLE = ("organisation", "person", "unnamed", "outlet", "pronoun")
"""Kinds of mention that can speak; a place can too, where it stands for its government."""


@dataclass(frozen=True, order=True)
class Speaker:
    """Whoever says something.

    Args:
        organisation: Organisation spoken for, a key of the graph, or empty.
        person: Person who speaks, a key of the graph, or empty.
        label: What the text calls the speaker.
        reporter: Who passes it on: a key of the graph, or the label of an outlet.
        kind: ``organisation``, ``person``, ``unnamed``, ``outlet`` or ``named``: a name the graph does not hold.
        official: Whether it is a spokesperson, whose words go on until someone else speaks.
        floor: Whether the text gives the floor, as an interview or an answer to the press does: past the passage too.
    """

    organisation: str = ""
    person: str = ""
    label: str = ""
    reporter: str = ""
    kind: str = ""
    official: bool = False
    floor: bool = False

    @property
    def known(self) -> bool:
        """Whether anyone is named."""
        return bool(self.label)

    def is_same(self, other: Speaker) -> bool:
        """Whether two speak with one voice."""
        if self.person or other.person:
            return self.person == other.person
        return (self.organisation or self.label) == (other.organisation or other.label)


@dataclass(frozen=True, order=True)
class Verb:
    """A verb of saying, where its subject begins, and who the subject is.

    Args:
        start: First code point of the verb.
        end: Code point after its last.
        text: The verb.
        act: What is done with it: ``say``, ``oppose`` …
        subject: Where its subject begins.
        speaker: Who the subject is.
        rule: Rule that found the subject.
        within: Who tells of it, where it is told within the words of someone else.
        also: Who says it together with the speaker.
    """

    start: int
    end: int
    text: str
    act: str
    subject: int
    speaker: Speaker
    rule: str
    within: Speaker | None = None
    also: tuple[Speaker, ...] = ()


@dataclass(frozen=True, order=True)
class Quote:
    """Words between quotation marks, without the marks; ``direct`` if they are someone's speech and not a term."""

    start: int
    end: int
    text: str
    direct: bool


@dataclass(frozen=True)
class Hit:
    """A verb as found, in lower case."""

    start: int
    end: int
    form: str
    act: str

    @property
    def english(self) -> bool:
        """Whether it is written in letters."""
        return is_latin(self.form)

    @property
    def says(self) -> bool:
        """Whether it introduces someone's own words."""
        return self.act not in ("report", "cite", "according", "announce")


@dataclass(frozen=True)
class Scene:
    """A sentence to listen to.

    Args:
        text: The text.
        span: The sentence.
        clauses: Its clauses.
        mentions: Mentions in it.
        quotes: Quotations of the passage; verbs inside direct ones are the speaker's own.
        person: The person who spoke last, for he and she.
        earlier: Mentions before the sentence, for the company and the ministry.
        outlet: The outlet that reported last, for 报导指出.
        homes: Bodies that people the record does not hold were named with, by name.
    """

    text: Text
    span: tuple[int, int]
    clauses: Sequence[tuple[int, int]]
    mentions: Sequence[Mention]
    quotes: Sequence[Quote]
    person: Speaker
    earlier: Sequence[Mention] = ()
    outlet: Speaker = field(default_factory=Speaker)
    homes: Mapping[str, str] = field(default_factory=dict)

    def clause_at(self, position: int) -> tuple[int, int]:
        """Clause that holds a position."""
        return next((clause for clause in self.clauses if clause[0] <= position < clause[1]), self.span)

    def words(self, hit: Hit) -> str:
        """A verb as the text writes it."""
        return self.text.original[hit.start : hit.end]

    def is_quoted(self, position: int) -> bool:
        """Whether a position lies in someone's direct speech."""
        return any(quote.direct and quote.start <= position < quote.end for quote in self.quotes)
