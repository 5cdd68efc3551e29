"""Statements: who said what about which instrument."""

from __future__ import annotations

from typing import Annotated, Literal

from dualuse.dates import PartialDate
from dualuse.model.base import CHINESE, Around, Chinese, Key, Keys, Record, Sourced, Text
from dualuse.model.fields import Lit, Moment, Ref, Several, Val, record
from dualuse.model.values import Confidence, Ground, PrimaryText, ReportKind, Stance
from dualuse.said import Phrase, Said

_WITH = Said("{person} {others}", "{person}{others}", "{person}{others}")
_MAX_WORDS = 15
_MAX_HAN = 40
_STANCE = {
    "neutral": "speaks without taking sides",
    "concerned": "is concerned",
    "requests-change": "asks for change",
}
_STANCE_IN_CHINESE: dict[Stance, tuple[str, str]] = {
    "supports": ("支持", "支持"),
    "opposes": ("反對", "反对"),
    "concerned": ("表達關切", "表达关切"),
    "neutral": ("發言，未表立場", "发言，未表立场"),
    "requests-change": ("要求修改", "要求修改"),
}


def voice(organisation: str, *people: str) -> str:
    """Who spoke and for whom: the persons first, where any is named.

    Example:
        >>> voice("United States Senate", "Elizabeth Warren")
        'Elizabeth Warren (United States Senate)'
    """
    return f"{', '.join(people)} ({organisation})" if people else organisation


@record()
class Quotation(Record):
    """Exact words, kept only where they are the fact: at most 15 English words or 40 Chinese characters."""

    text: Annotated[Text, Lit("du:quotation", tagged_by="language")]
    """The words themselves."""
    language: Literal["en", "zh-Hant", "zh-Hans"]
    """Language and script of the words."""
    check: Annotated[Literal["re-read", "verbatim-in-excerpt", "copied-once"], Lit("du:quotationCheck")]
    """How well the wording was checked: read again elsewhere, found in the excerpt at hand, or copied once."""
    confidence: Annotated[Confidence, Val("du:quotationConfidence", "confidence")]
    """How far the wording can be trusted, whatever the statement's own confidence."""

    def __post_init__(self) -> None:
        """Reject what does not fit together."""
        if self.language == "en":
            size, limit, unit = len(self.text.split()), _MAX_WORDS, "words"
        else:
            size, limit, unit = len(self.text), _MAX_HAN, "characters"
        if size > limit:
            raise ValueError(f"quotation of {size} {unit}; at most {limit} may be kept")
        if self.check == "copied-once" and self.confidence != "low":
            raise ValueError("a quotation copied once and not re-read has confidence low")


@record("statement", "du:Statement", table="statements", form="yaml", kept=True)
class Statement(Sourced):
    """A speech act; one statement, many reports."""

    date: Annotated[PartialDate, Moment("du:saidOn")]
    """Day it was said, or of the report where that is all there is."""
    organisation: Annotated[Key, Ref("du:onBehalfOf", "organisation")]
    """Organisation spoken for."""
    speaker: Annotated[Key | None, Ref("prov:wasAssociatedWith", "person")] = None
    """Person who spoke; blank: not named."""
    speaker_label: Annotated[Text | None, Lit("du:speakerLabel", "en")] = None
    """What an unnamed speaker, or the document, is called; beside a speaker, who spoke or signed with them."""
    instruments: Annotated[Keys, Ref("du:aboutInstrument", "instrument")] = ()
    """Instruments it is about; blank: no single one, see ``topic``."""
    topic: Annotated[Key, Lit("du:topic")]
    """Subject, as a key shared by statements on the same matter."""
    stance: Annotated[Stance, Val("du:stance", "stance")]
    """Side taken on what it is about."""
    grounds: Annotated[tuple[Ground, ...], Several(), Val("du:ground", "ground")] = ()
    """Reasons given; blank: none was coded."""
    demand: Annotated[Text | None, Lit("du:demand", "en")] = None
    """What is asked for, and of whom; blank: nothing."""
    summary: Annotated[Text, Lit("dct:description", "en")]
    """What was said, in our own words."""
    quotation: Quotation | None = None
    """Exact words, kept only where they are the fact."""
    venue: Annotated[Text | None, Lit("du:venue", "en")] = None
    """Where or in what form it was said."""
    source_kind: Annotated[ReportKind, Val("du:reportKind", "report-kind")]
    """What sort of copy was read."""
    primary: Annotated[PrimaryText | None, Val("du:primaryText", "primary-text")] = None
    """Whether the speaker's own text or a transcript was read, and if not, why; blank: not coded."""
    primary_note: Annotated[Text | None, Lit("du:primaryTextNote", "en")] = None
    """Where such a text was looked for, or what became of it; blank: nothing to say."""
    same_as: Annotated[Key | None, Ref("du:sameStatementAs", "statement")] = None
    """Statement that this one repeats or reports again."""

    def caption(self, around: Around) -> str:
        """Who took which side, and when; the person first, where one is named."""
        stance = self.stance.replace("-", " ")
        people = [] if self.speaker is None else [self.signed(around.people[self.speaker])]
        who = voice(around.names[self.organisation], *people)
        return f"{who} {_STANCE.get(self.stance, stance)}, {self.date}"

    def caption_in(self, language: Chinese, around: Around) -> str:
        """Who took which side, and when, by the Chinese names on record."""
        at = CHINESE.index(language)

        def name(node: str) -> str:
            names = around.in_chinese[node]
            return (names.zh_hant, names.zh_hans)[at] or names.en

        who = name(f"organisation:{self.organisation}")
        if self.speaker is not None:
            who = f"{name(f'person:{self.speaker}')}{'等' if self.speaker_label else ''}（{who}）"
        return f"{who}：{_STANCE_IN_CHINESE[self.stance][at]}，{self.date}"

    def signed(self, person: str) -> str:
        """The person who spoke, with those who did so too."""
        others = self.speaker_label
        return Phrase.of(_WITH, person=person, others=others) if others else person
