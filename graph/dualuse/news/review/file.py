"""The review file: candidates for a curator to accept, mend or reject, and what is made of those accepted.

The file is a working paper beside the text it was made from: it shows the words of each span (``words``), which are not
loaded. What is accepted becomes claim, passage, document and statement records, and nothing else does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypeVar

import yaml

from dualuse.claims.fold import fold, sha256
from dualuse.errors import CuratedDataError, Problem, UsageError
from dualuse.load.files import Row, read_yaml
from dualuse.load.parse import Unfit, parse
from dualuse.model import claims as records
from dualuse.model.base import Record
from dualuse.model.speech import Statement as StatementRecord
from dualuse.news.claims.candidates import Claim, Statement
from dualuse.news.claims.parts import Part
from dualuse.news.reading import Reading

_HEAD = """# Candidates read from {file} by dualuse news. For each: set review to accept or reject, write the gloss in
# your own words, fill in what is blank, mend what is wrong; then: dualuse load claims {name} --into data/claims
# words is there to help you and is not loaded. A quotation is only what stands between quotation marks.
"""
_STATES = ("open", "accept", "reject")
_OWN = ("review", "kind", "words", "made_by", "reported_as")
_CONFIDENCE_OF_A_CURATOR = "medium"
_MOST_DIGITS = 9
_Record = TypeVar("_Record", bound=Record)


@dataclass(frozen=True)
class Accepted:
    """Records made from a review file, by key, and how many entries nobody has looked at yet."""

    document: tuple[str, records.Document]
    passages: dict[str, records.Passage]
    claims: dict[str, records.Claim]
    statements: dict[str, StatementRecord]
    rejected: int
    unreviewed: tuple[str, ...]


def review_file(reading: Reading, organisations: frozenset[str], name: str = "review.yml") -> str:
    """Candidates of a reading as YAML text.

    Args:
        reading: The reading.
        organisations: Keys of the organisations of the graph; other reporters are kept as words.
        name: Name the file will have.
    """
    text = reading.text
    document = {
        "key": "",
        "title": "",
        "source": "",
        "file": text.name,
        "sha256": text.sha256,
        "language": text.language,
        "date": "" if reading.written is None else reading.written.isoformat(),
        "length": len(text.original),
    }
    used = {claim.passage for claim in reading.claims} | {said.passage for said in reading.statements}
    passages = [_passage(part) for part in reading.parts if part.passage.number in used]
    counts: dict[int, int] = {}
    candidates: list[dict[str, Any]] = []
    found: list[Claim | Statement] = [*reading.claims, *reading.statements]
    for candidate in found:
        counts[candidate.passage] = counts.get(candidate.passage, 0) + 1
        key = f"p{candidate.passage:02d}-{counts[candidate.passage]:02d}"
        candidates.append(_entry(reading, candidate, key, organisations))
    body = yaml.safe_dump(
        {"document": document, "passages": passages, "candidates": candidates},
        allow_unicode=True,
        sort_keys=False,
        width=110,
        default_flow_style=False,
    )
    return _HEAD.format(file=text.name, name=name) + body


def _passage(part: Part) -> dict[str, Any]:
    day = "" if part.written is None else part.written.isoformat()
    outlet = next((printed.outlet for printed in part.printed if printed.outlet), "")
    return {
        "number": part.passage.number,
        "length": len(part.passage.text),
        "sha256": sha256(part.passage.text),
        "folded_sha256": sha256(fold(part.passage.text).text),
        "kind": "body",
        "outlet": outlet,
        "date_from": day,
        "date_to": day,
    }


def _entry(reading: Reading, candidate: Claim | Statement, key: str, organisations: frozenset[str]) -> dict[str, Any]:
    """A candidate as a mapping, blank slots for the curator included."""
    passage = next(part.passage for part in reading.parts if part.passage.number == candidate.passage)
    words = passage.text[candidate.start : candidate.end]
    kind = "claim" if isinstance(candidate, Claim) else "statement"
    entry: dict[str, Any] = {"review": "open", "kind": kind, "key": key, "passage": candidate.passage}
    entry |= {"start": candidate.start, "end": candidate.end, "words": words, "span_sha256": sha256(words)}
    entry |= {"folded_sha256": sha256(fold(words).text), "folded_length": len(fold(words).text)}
    entry |= {"gloss": ""} if kind == "claim" else {"summary": "", "topic": "", "demand": "", "source_kind": ""}
    skipped = ("passage", "start", "end", "regions")
    entry |= {f.name: _slot(getattr(candidate, f.name)) for f in fields(candidate) if f.name not in skipped}
    if candidate.reporter and candidate.reporter not in organisations:
        entry |= {"reporter": "", "reported_as": candidate.reporter}
    if isinstance(candidate, Claim) and candidate.regions:
        entry["subject_label"] = candidate.subject_label or ", ".join(candidate.regions)
    return entry


def _slot(value: object) -> object:
    return list(value) if isinstance(value, tuple) else "" if value is None else value


def accept(path: Path) -> Accepted:
    """Read a review file back: records of what is accepted, and what is still open.

    Args:
        path: A review file.

    Raises:
        UsageError: it cannot be read.
        CuratedDataError: an accepted entry is not complete or not valid; with every problem found.
    """
    if not path.is_file():
        raise UsageError(f"{path} is not there; make it with: dualuse news FILE --review {path.name}")
    problems: list[Problem] = []
    row = read_yaml(path.name, path, problems)
    if row is None or problems:
        raise CuratedDataError(problems)
    return _Reviewed(row, problems).accepted()


class _Reviewed:
    """Turns the rows of a review file into records, gathering what is wrong."""

    def __init__(self, row: Row, problems: list[Problem]) -> None:
        self._row = row
        self._problems = problems
        self._document = self._mapping("document")
        self._key = str(self._document.get("key", ""))
        self._source = str(self._document.get("source", ""))

    def accepted(self) -> Accepted:
        entries = self._list("candidates")
        for index, entry in enumerate(entries):
            if entry.get("review") not in _STATES:
                self._wrong(("candidates", index, "review"), f"review must be one of {', '.join(_STATES)}")
        chosen = [(index, entry) for index, entry in enumerate(entries) if entry.get("review") == "accept"]
        for name in ("key", "title", "source"):
            if not self._document.get(name):
                self._wrong(("document", name), f"fill in the {name} of the document; it is blank")
        document = self._record(records.Document, self._document_values(), ("document",))
        claims: dict[str, records.Claim] = {}
        statements: dict[str, StatementRecord] = {}
        for index, entry in chosen:
            key = f"{self._key}-{entry.get('key', index)}"
            if entry.get("kind") == "statement":
                said = self._record(StatementRecord, self._statement_values(entry), ("candidates", index))
                statements |= {} if said is None else {key: said}
            else:
                claim = self._record(records.Claim, self._claim_values(entry, key), ("candidates", index))
                claims |= {} if claim is None else {key: claim}
        passages = self._passages({_number(entry.get("passage")) for _, entry in chosen} - {None})
        if self._problems or document is None:
            raise CuratedDataError(self._problems)
        unreviewed = tuple(str(entry.get("key", "?")) for entry in entries if entry.get("review") == "open")
        rejected = sum(1 for entry in entries if entry.get("review") == "reject")
        return Accepted((self._key, document), passages, claims, statements, rejected, unreviewed)

    def _document_values(self) -> dict[str, Any]:
        kept = _filled(self._document, ("title", "language", "date", "sha256", "length"))
        return kept | {
            "file_names": [self._document.get("file", "")],
            "sources": [self._source],
            "confidence": _CONFIDENCE_OF_A_CURATOR,
        }

    def _passages(self, used: set[int | None]) -> dict[str, records.Passage]:
        found: dict[str, records.Passage] = {}
        for index, entry in enumerate(self._list("passages")):
            number = _number(entry.get("number"))
            if number not in used:
                continue
            key = f"{self._key}.p{number:02d}"
            values = _filled(entry, tuple(entry)) | {
                "key": key,
                "document": self._key,
                "sources": [self._source],
                "confidence": _CONFIDENCE_OF_A_CURATOR,
            }
            passage = self._record(records.Passage, values, ("passages", index))
            found |= {} if passage is None else {key: passage}
        return found

    def _claim_values(self, entry: Mapping[str, Any], key: str) -> dict[str, Any]:
        values = _filled(entry, tuple(name for name in entry if name not in _OWN))
        given = entry.get("passage", "0")
        number = _number(given)
        passage = str(given) if number is None else f"{self._key}.p{number:02d}"
        return values | {"key": key, "passage": passage, "sources": [self._source]}

    def _statement_values(self, entry: Mapping[str, Any]) -> dict[str, Any]:
        pointer = ("passage", "start", "end", "span_sha256", "folded_sha256", "folded_length", "key", "reporter")
        skipped = (*_OWN, *pointer, "quotation", "language")
        values = _filled(entry, tuple(name for name in entry if name not in skipped))
        words = str(entry.get("quotation", ""))
        if words:
            values["quotation"] = {
                "text": words,
                "language": str(entry.get("language", "")),
                "check": "copied-once",
                "confidence": "low",
            }
        return values | {"sources": [self._source]}

    def _record(self, model: type[_Record], values: Mapping[str, Any], path: tuple[str | int, ...]) -> _Record | None:
        try:
            return parse(model, values)
        except Unfit as unfit:
            for fault in unfit.faults:
                message = "fill it in; it is blank" if fault.kind == "missing" else fault.message
                self._wrong((*path, *fault.path), message)
        return None

    def _mapping(self, name: str) -> dict[str, Any]:
        value = self._row.values.get(name)
        if isinstance(value, dict):
            return value
        self._wrong((name,), "the section is missing; is this a review file?")
        return {}

    def _list(self, name: str) -> Sequence[dict[str, Any]]:
        value = self._row.values.get(name, [])
        return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []

    def _wrong(self, path: tuple[str | int, ...], message: str) -> None:
        where = ".".join(str(part) for part in path)
        self._problems.append(Problem(self._row.file, self._row.line_of(path), where, message))


def _number(value: object) -> int | None:
    """Number of a passage; None if it is none that a text can have."""
    text = str(value)
    return int(text) if text.isdecimal() and len(text) <= _MOST_DIGITS else None


def _filled(entry: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    """Values that are not blank."""
    return {name: entry[name] for name in names if entry.get(name) not in (None, "", [], "[]")}
