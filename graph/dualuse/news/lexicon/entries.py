"""What an entry of ``data/news`` may hold: one record for each kind of pattern."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import StringConstraints

from dualuse.records.base import Confidence, Record, Text
from dualuse.records.claims import Attribute, Modality
from dualuse.records.speech import Ground, Stance

Language = Literal["zh", "en", "any"]
Act = Literal["say", "announce", "criticise", "oppose", "worry", "hope", "ask", "report", "cite", "according"]
Take = Literal["quantity", "date", "places", "inside", "outlet", "holder", "fixed", "span"]
Words = tuple[Annotated[str, StringConstraints(min_length=1)], ...]


class Pattern(Record):
    """What every entry has: a language and an example in our own words."""

    language: Language
    example: Text


class Forms(Pattern):
    """Words of one meaning; ``{a|b}`` in a form means either."""

    key: str
    forms: Words


class Verb(Forms):
    """Verbs of saying."""

    act: Act


class Regexes(Pattern):
    """Regular expressions of one meaning, matched on plain text."""

    key: str = ""
    regex: Words


class StanceCue(Regexes):
    """A cue of a side taken."""

    stance: Stance
    value: Text


class GroundCue(Regexes):
    """A cue of a reason given."""

    key: Ground


class Unit(Pattern):
    """What is counted."""

    key: str
    after: Words
    counted: Words = ()


class Values(Pattern):
    """Words and what they count for."""

    values: Mapping[str, int]


class Hedge(Forms):
    """A word that loosens a number."""

    where: Literal["before", "after"]


class Dateline(Pattern):
    """Who printed a passage, told from its beginning or its end."""

    key: str
    regex: str
    outlet: str
    at: Literal["start", "end"] = "start"


class Outlet(Forms):
    """A publication that the graph does not hold."""

    label: Text


class Abbreviation(Record):
    """One character for a place; ``alone`` if it never stands in a pair such as 美中."""

    key: str
    form: str
    example: Text
    alone: Literal["yes", "no"] = "no"


class Context(Forms):
    """Words beside which one character names a place; ``whole`` if the word is part of the name."""

    where: Literal["before", "after"]
    chars: str
    whole: Literal["yes", "no"] = "no"


class City(Forms):
    """A city, the place it lies in, and the government it can stand for."""

    country: str
    government: str = ""


class Labelled(Forms):
    """Words with a label in English."""

    label: Text


class Term(Labelled):
    """A technology or a thing of trade."""

    item: str = ""


class Careful(Record):
    """A name that counts only with, or never with, some words in the same text."""

    form: str
    needs: Words = ()
    but: Words = ()
    example: Text


class Institution(Pattern):
    """A form several institutions share."""

    form: str
    default: str
    candidates: Mapping[str, Words]


class Administration(Pattern):
    """A government named by its leader."""

    organisation: str
    people: Words
    after: Words


class Titles(Pattern):
    """Words before a person's name."""

    before: Words


class Rule(Regexes):
    """What a clause claims."""

    attribute: Attribute
    take: Take
    confidence: Confidence
    needs: Words = ()
    unless: Words = ()
    value: str = ""
    modality: Modality | None = None
    group: str = ""
