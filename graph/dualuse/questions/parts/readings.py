"""What was read in texts as rows: everything for machines, and fewer columns for people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from dualuse.card import optional

if TYPE_CHECKING:
    from dualuse.news.reading import Reading

_LONG = 60
_TIE_FIELDS = {
    "subject": "from_party",
    "object": "to_party",
    "subject_label": "from_label",
    "object_label": "to_label",
    "share": "share_told",
}


@dataclass(frozen=True, kw_only=True)
class Row:
    """Something found in a file."""

    shown: ClassVar[tuple[str, ...]] = ()
    """Columns that people read."""
    file: str

    def seen(self) -> dict[str, Any]:
        """What people read, cut to what fits a line."""
        return {column: _cut(getattr(self, column)) for column in self.shown}


@dataclass(frozen=True, kw_only=True)
class Placed(Row):
    """Something found in a passage, with its place in the text."""

    passage: int
    start: int
    end: int


@dataclass(frozen=True)
class Document:
    """What a text is and how it was read."""

    file: str
    sha256: str
    form: str
    offsets: str
    language: str
    characters: int
    date: str | None
    date_from: str | None
    relevant: bool
    instrument: str | None
    instrument_why: str


@dataclass(frozen=True, kw_only=True)
class ClaimRow(Placed):
    """A candidate claim, with the words it stands on."""

    shown = ("passage", "words", "attribute", "value", "places", "party", "by", "modality", "confidence", "made_by")
    attribute: str
    value: str | None = optional()
    made_by: str
    confidence: str
    value_min: float | None = optional()
    value_max: float | None = optional()
    unit: str | None = optional()
    qualifier: str | None = optional()
    instrument: str | None = optional()
    party: str | None = optional()
    person: str | None = optional()
    places: Sequence[str] | None = optional()
    regions: Sequence[str] | None = optional()
    group: str | None = optional()
    subject_label: str | None = optional()
    modality: str
    polarity: str
    quoted: str
    claimant: str | None = optional()
    speaker: str | None = optional()
    claimant_label: str | None = optional()
    reporter: str | None = optional()
    words: str

    @property
    def by(self) -> str | None:
        """Who claims it."""
        return self.speaker or self.claimant or self.claimant_label


@dataclass(frozen=True, kw_only=True)
class StatementRow(Placed):
    """A candidate statement, with the words it stands on."""

    shown = ("passage", "date", "organisation", "speaker", "stance", "grounds", "instruments", "quotation")
    date: str | None = optional()
    organisation: str | None = optional()
    stance: str
    made_by: str
    confidence: str
    speaker: str | None = optional()
    speaker_label: str | None = optional()
    instruments: Sequence[str] | None = optional()
    grounds: Sequence[str] | None = optional()
    reporter: str | None = optional()
    quotation: str | None = optional()
    language: str | None = optional()
    words: str


@dataclass(frozen=True, kw_only=True)
class SpeechRow(Placed):
    """A verb of saying with its speaker, how far it reaches, and the words quoted there."""

    shown = ("passage", "speaker", "reporter", "verb", "words", "quoted")
    verb: str | None
    act: str | None
    organisation: str | None
    person: str | None
    speaker: str
    reporter: str | None
    words: str
    quoted: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class RelationRow(Placed):
    """A candidate tie between parties, with the words it stands on."""

    shown = ("passage", "kind", "from_party", "to_party", "what", "share_told", "since", "confidence", "words")
    words: str
    kind: str
    from_party: str
    to_party: str
    from_label: str
    to_label: str
    what: str | None
    share_told: str | None
    since: str | None
    claimant: str | None
    reporter: str | None
    made_by: str
    confidence: str


@dataclass(frozen=True, kw_only=True)
class StanceRow(Placed):
    """A side taken."""

    shown = ("passage", "words", "stance", "holder", "grounds")
    words: str
    stance: str
    value: str
    grounds: Sequence[str]
    holder: str
    rule: str
    voice: str | None
    denied: bool
    in_passage: int


@dataclass(frozen=True, kw_only=True)
class QuantityRow(Placed):
    """A quantity."""

    shown = ("passage", "text", "unit", "low", "high", "hedge")
    text: str
    unit: str
    low: float | None
    high: float | None
    hedge: str
    number: float
    in_passage: int


@dataclass(frozen=True, kw_only=True)
class DateRow(Placed):
    """A date."""

    shown = ("passage", "text", "value", "rule")
    text: str
    value: str
    rule: str
    in_passage: int


@dataclass(frozen=True, kw_only=True)
class MentionRow(Placed):
    """Something named."""

    text: str
    kind: str
    key: str
    label: str
    how: str
    also: Sequence[str]
    in_passage: int
    thing: str | None


@dataclass(frozen=True, kw_only=True)
class PassageRow(Row):
    """A passage, whether it counts, and what is known of it."""

    shown = ("number", "language", "relevant", "why", "date", "outlet")
    number: int
    start: int
    end: int
    language: str
    relevant: bool
    why: str | None
    date: str | None
    outlet: str | None


def _offsets(form: str, joined: bool) -> str:
    if form == "html":
        return "in the text taken out of the page"
    return "in the text with its broken lines joined, in code points" if joined else "in the file, in code points"


def document(reading: Reading) -> Document:
    """What a text is and how it was read."""
    text = reading.text
    return Document(
        file=text.name,
        sha256=text.sha256,
        form=text.form,
        offsets=_offsets(text.form, text.joined),
        language=text.language,
        characters=len(text.original),
        date=None if reading.written is None else reading.written.isoformat(),
        date_from=reading.written_rule or None,
        relevant=reading.relevance.any,
        instrument=reading.topic.key or None,
        instrument_why=reading.topic.why,
    )


def claims(reading: Reading) -> Iterator[ClaimRow]:
    """Candidate claims."""
    for claim in reading.claims:
        words = _words(reading, claim.passage, claim.start, claim.end)
        yield ClaimRow(file=reading.text.name, words=words, **_given(claim))


def statements(reading: Reading) -> Iterator[StatementRow]:
    """Candidate statements."""
    for said in reading.statements:
        words = _words(reading, said.passage, said.start, said.end)
        yield StatementRow(file=reading.text.name, words=words, **_given(said))


def relations(reading: Reading) -> Iterator[RelationRow]:
    """Candidate ties between parties."""
    for tie in reading.relations:
        words = _words(reading, tie.passage, tie.start, tie.end)
        given = {_TIE_FIELDS.get(field, field): value for field, value in _given(tie).items()}
        yield RelationRow(file=reading.text.name, words=words, **given)


def speech(reading: Reading) -> Iterator[SpeechRow]:
    """Everybody heard."""
    for part in reading.parts:
        for segment in part.heard.segments:
            speaker = segment.speaker
            if not speaker.known:
                continue
            quotes = [q for q in part.heard.quotes if q.direct and segment.start <= q.start < segment.end]
            yield SpeechRow(
                file=reading.text.name,
                passage=part.passage.number,
                start=segment.start,
                end=segment.end,
                verb=None if segment.verb is None else segment.verb.text,
                act=None if segment.verb is None else segment.verb.act,
                organisation=speaker.organisation or None,
                person=speaker.person or None,
                speaker=speaker.label,
                reporter=speaker.reporter or None,
                words=reading.text.original[segment.start : segment.end],
                quoted=[quote.text for quote in quotes],
            )


def stances(reading: Reading) -> Iterator[StanceRow]:
    """Sides taken."""
    for cue in reading.cues:
        if cue.told == "own":  # a side only of those whose measure it is; see statements
            continue
        entry = _placed(reading, cue)
        del entry["at"], entry["told"], entry["decided"], entry["lifted"], entry["restricts"]
        yield StanceRow(**{**entry, "voice": cue.voice.label or None})


def quantities(reading: Reading) -> Iterator[QuantityRow]:
    """Quantities."""
    return (QuantityRow(**_placed(reading, quantity)) for quantity in reading.quantities)


def dates(reading: Reading) -> Iterator[DateRow]:
    """Dates."""
    return (DateRow(**_placed(reading, found)) for found in reading.dates)


def mentions(reading: Reading) -> Iterator[MentionRow]:
    """Mentions."""
    return (MentionRow(thing=mention.thing or None, **_placed(reading, mention)) for mention in reading.mentions)


def passages(reading: Reading) -> Iterator[PassageRow]:
    """Passages, those that do not count too."""
    parts = {part.passage.number: part for part in reading.parts}
    for passage in reading.text.passages:
        part = parts.get(passage.number)
        yield PassageRow(
            file=reading.text.name,
            number=passage.number,
            start=passage.start,
            end=passage.end,
            language=passage.language,
            relevant=part is not None,
            why=None if part is None else part.why,
            date=None if part is None or part.written is None else part.written.isoformat(),
            outlet=None if part is None else next((p.label for p in part.printed if p.label), None),
        )


def named(rows: Iterable[MentionRow]) -> list[dict[str, Any]]:
    """Mentions for people: one row a thing, with its forms and how often it is named."""
    found: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for mention in rows:
        found[mention.kind, mention.key, mention.label].append(mention.text)
    ordered = sorted(found.items(), key=lambda each: (each[0][0], -len(each[1]), each[0][2]))
    return [
        {"kind": kind, "key": key, "label": label, "times": len(forms), "forms": list(dict.fromkeys(forms))}
        for (kind, key, label), forms in ordered
    ]


def _cut(value: object) -> object:
    return f"{value[:_LONG]}…" if isinstance(value, str) and len(value) > _LONG else value


def _given(candidate: Any) -> dict[str, Any]:
    """Fields of a candidate; None for what it leaves empty."""
    return {key: None if value in ("", ()) else value for key, value in asdict(candidate).items()}


def _placed(reading: Reading, found: Any) -> dict[str, Any]:
    """Fields of something found, with its file, its passage, and where in that it stands."""
    passage = reading.text.passage_at(found.start)
    place = {"file": reading.text.name, "passage": passage.number, "in_passage": found.start - passage.start}
    return asdict(found) | place


def _words(reading: Reading, number: int, start: int, end: int) -> str:
    return reading.passages[number].text[start:end]
