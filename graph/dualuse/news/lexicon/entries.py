"""What an entry of ``data/news`` may hold: one record for each kind of pattern."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from dualuse.model.base import Record, Text
from dualuse.model.fields import Form, record
from dualuse.model.values import ClaimAttribute, Confidence, Ground, Modality, Stance

Language = Literal["zh", "en", "any"]
Act = Literal["say", "announce", "criticise", "oppose", "worry", "hope", "ask", "expect", "report", "cite", "according"]
Take = Literal["quantity", "date", "places", "inside", "outlet", "holder", "asked", "fixed", "span"]
Words = tuple[Annotated[str, Form("text", min_length=1)], ...]


@record()
class Pattern(Record):
    """What every entry has: a language and an example in our own words."""

    language: Language
    example: Text


@record()
class Forms(Pattern):
    """Words of one meaning; ``{a|b}`` in a form means either."""

    key: str
    forms: Words


@record()
class Verb(Forms):
    """Verbs of saying."""

    act: Act


@record()
class Regexes(Pattern):
    """Regular expressions of one meaning, matched on plain text."""

    key: str = ""
    regex: Words


@record()
class Tie(Pattern):
    """A tie between parties: expressions in which ``{party}``, ``{product}`` and the like stand for what is named."""

    key: str
    kind: Literal["supplies", "owns", "buys", "site"]
    shape: Words


@record()
class StanceCue(Regexes):
    """A cue of a side taken; ``words`` if it is what a speaker says of another, so that its subject takes no side.

    ``own``: what is said for a measure by those who made it; of others it is no side.
    ``officials``: it is a side if a government says it; ``behind``: whoever is named behind it takes it.
    """

    stance: Stance
    value: Text
    told: Literal["verb", "words", "officials", "own", "behind"] = "verb"


@record()
class GroundCue(Regexes):
    """A cue of a reason given."""

    key: Ground


@record()
class Unit(Pattern):
    """What is counted."""

    key: str
    after: Words
    counted: Words = ()


@record()
class Values(Pattern):
    """Words and what they count for."""

    values: Mapping[str, int]


@record()
class Hedge(Forms):
    """A word that loosens a number."""

    where: Literal["before", "after"]


@record()
class Dateline(Pattern):
    """Who printed a passage, told from its beginning or its end."""

    key: str
    regex: str
    outlet: str
    at: Literal["start", "end"] = "start"


@record()
class Outlet(Forms):
    """A publication that the graph does not hold."""

    label: Text


@record()
class Abbreviation(Record):
    """One character for a place; ``alone`` if it never stands in a pair such as 美中."""

    key: str
    form: str
    example: Text
    alone: Literal["yes", "no"] = "no"


@record()
class Context(Forms):
    """Words beside which one character names a place; ``whole`` if the word is part of the name."""

    where: Literal["before", "after"]
    chars: str
    whole: Literal["yes", "no"] = "no"


@record()
class City(Forms):
    """A city, the place it lies in, and the government it can stand for."""

    country: str
    government: str = ""


@record()
class Labelled(Forms):
    """Words with a label in English."""

    label: Text


@record()
class Term(Labelled):
    """A technology or a thing of trade."""

    item: str = ""


@record()
class Careful(Record):
    """A name that counts only with, or never with, some words in the same text."""

    form: str
    needs: Words = ()
    but: Words = ()
    example: Text


@record()
class Institution(Pattern):
    """A form several institutions share."""

    form: str
    default: str
    candidates: Mapping[str, Words]


@record()
class Administration(Pattern):
    """A government named by its leader."""

    organisation: str
    people: Words
    after: Words


@record()
class Titles(Pattern):
    """Words before a person's name."""

    before: Words


@record()
class Rule(Regexes):
    """What a clause claims."""

    attribute: ClaimAttribute
    take: Take
    confidence: Confidence
    needs: Words = ()
    unless: Words = ()
    value: str = ""
    modality: Modality | None = None
    group: str = ""
