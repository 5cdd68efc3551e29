"""A reading as rows: everything for machines, and fewer columns for people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from dualuse.news.reading import Reading

Row = dict[str, Any]
_LONG = 60


def document(reading: Reading) -> dict[str, Any]:
    """What a text is and how it was read."""
    text = reading.text
    return {
        "file": text.name,
        "sha256": text.sha256,
        "form": text.form,
        "offsets": "in the text taken out of the page" if text.form == "html" else "in the file, in code points",
        "language": text.language,
        "characters": len(text.original),
        "date": None if reading.written is None else reading.written.isoformat(),
        "date_from": reading.written_rule or None,
        "relevant": reading.relevance.any,
        "instrument": reading.topic.key or None,
        "instrument_why": reading.topic.why,
    }


def claim_rows(reading: Reading) -> Iterator[Row]:
    """Candidate claims, with the words they stand on."""
    for claim in reading.claims:
        row = {key: value for key, value in asdict(claim).items() if value not in (None, "", ())}
        yield row | {"words": _words(reading, claim.passage, claim.start, claim.end)}


def statement_rows(reading: Reading) -> Iterator[Row]:
    """Candidate statements, with the words they stand on."""
    for said in reading.statements:
        row = {key: value for key, value in asdict(said).items() if value not in (None, "", ())}
        yield row | {"words": _words(reading, said.passage, said.start, said.end)}


def speech_rows(reading: Reading) -> Iterator[Row]:
    """Verbs of saying with their speakers, how far they reach, and the words quoted there."""
    for part in reading.parts:
        for segment in part.heard.segments:
            speaker = segment.speaker
            if not speaker.known:
                continue
            quotes = [q for q in part.heard.quotes if q.direct and segment.start <= q.start < segment.end]
            yield {
                "passage": part.passage.number,
                "start": segment.start,
                "end": segment.end,
                "verb": None if segment.verb is None else segment.verb.text,
                "act": None if segment.verb is None else segment.verb.act,
                "organisation": speaker.organisation or None,
                "person": speaker.person or None,
                "speaker": speaker.label,
                "reporter": speaker.reporter or None,
                "words": reading.text.original[segment.start : segment.end],
                "quoted": [quote.text for quote in quotes],
            }


def stance_rows(reading: Reading) -> Iterator[Row]:
    """Sides taken."""
    return (_placed(reading, asdict(cue)) for cue in reading.cues)


def quantity_rows(reading: Reading) -> Iterator[Row]:
    """Quantities."""
    return (_placed(reading, asdict(quantity)) for quantity in reading.quantities)


def date_rows(reading: Reading) -> Iterator[Row]:
    """Dates."""
    return (_placed(reading, asdict(found)) for found in reading.dates)


def mention_rows(reading: Reading) -> Iterator[Row]:
    """Mentions."""
    for mention in reading.mentions:
        yield _placed(reading, asdict(mention)) | {"thing": mention.thing or None}


def passage_rows(reading: Reading) -> Iterator[Row]:
    """Passages, those that do not count too."""
    parts = {part.passage.number: part for part in reading.parts}
    for passage in reading.text.passages:
        part = parts.get(passage.number)
        yield {
            "number": passage.number,
            "start": passage.start,
            "end": passage.end,
            "language": passage.language,
            "relevant": part is not None,
            "why": None if part is None else part.why,
            "date": None if part is None or part.written is None else part.written.isoformat(),
            "outlet": None if part is None else next((p.label for p in part.printed if p.label), None),
        }


ROWS: Mapping[str, Callable[[Reading], Iterator[Row]]] = {
    "claims": claim_rows,
    "statements": statement_rows,
    "speech": speech_rows,
    "stances": stance_rows,
    "quantities": quantity_rows,
    "dates": date_rows,
    "mentions": mention_rows,
    "passages": passage_rows,
}
"""Tables of a reading, in the order they are shown."""

_SHOWN = {
    "claims": ("passage", "words", "attribute", "value", "places", "party", "by", "modality", "confidence", "made_by"),
    "statements": ("passage", "date", "organisation", "speaker", "stance", "grounds", "instruments", "quotation"),
    "speech": ("passage", "speaker", "reporter", "verb", "words", "quoted"),
    "stances": ("passage", "words", "stance", "holder", "grounds"),
    "quantities": ("passage", "text", "unit", "low", "high", "hedge"),
    "dates": ("passage", "text", "value", "rule"),
    "passages": ("number", "language", "relevant", "why", "date", "outlet"),
}


def views(answer: Mapping[str, Any], *, several: bool) -> dict[str, list[Row]]:
    """Tables with the columns people read; the file's name only if several were read."""
    found = {"mentions": _counted(answer["mentions"])}
    for name, columns in _SHOWN.items():
        rows = [
            row | {"by": row.get("speaker") or row.get("claimant") or row.get("claimant_label")} for row in answer[name]
        ]
        names = ("file", *columns) if several else columns
        found[name] = [{column: _cut(row.get(column)) for column in names} for row in rows]
    return found


def _voice(row: Row) -> object:
    return row.get("speaker") or row.get("claimant") or row.get("claimant_label")


def _cut(value: object) -> object:
    return f"{value[:_LONG]}…" if isinstance(value, str) and len(value) > _LONG else value


def _words(reading: Reading, number: int, start: int, end: int) -> str:
    passage = next(part.passage for part in reading.parts if part.passage.number == number)
    return passage.text[start:end]


def _placed(reading: Reading, row: dict[str, Any]) -> dict[str, Any]:
    passage = reading.text.passage_at(row["start"])
    return {"passage": passage.number} | row | {"in_passage": row["start"] - passage.start}


def _counted(mentions: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Mentions for people: one row a thing, with its forms and how often it is named."""
    found: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for mention in mentions:
        found[mention["kind"], mention["key"], mention["label"]].append(mention["text"])
    rows = [
        {"kind": kind, "key": key, "label": label, "times": len(forms), "forms": list(dict.fromkeys(forms))}
        for (kind, key, label), forms in found.items()
    ]
    return sorted(rows, key=lambda row: (str(row["kind"]), -int(str(row["times"])), str(row["label"])))
