"""Statements coded elsewhere as candidates for the record: what we know by name or key, and words for the rest."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from dualuse.claims.dna.read import Coded, Found, Named, Paper, parts
from dualuse.claims.dna.schema import JOINED
from dualuse.claims.dna.write import concept_name, cut
from dualuse.dates import PartialDate
from dualuse.errors import UnknownNameError
from dualuse.names import Names

KEY = re.compile(r"(?=.{1,100}$)[a-z0-9]+(?:[.-][a-z0-9]+)*")
"""What a key of a record looks like."""
_UNNAMED = re.compile(r" \(unnamed(, [0-9]+)?\)$")
"""End of the name of an unnamed speaker who is called as somebody else is."""


@dataclass
class Candidate:
    """A statement for a curator to look at; fields as in the record, and in ``as_told`` words for what is not known.

    Args:
        values: Fields of a statement; blank where nothing was found.
        as_told: What is said of a field that is blank, in the words of the file.
        words: What is marked.
        read_from: Where it stands in the file.
    """

    key: str
    values: dict[str, object]
    as_told: dict[str, str] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    read_from: str = ""


@dataclass(frozen=True)
class _Subject:
    """What a stance is taken on, as far as it is known: an instrument, a topic, or words; and a ground."""

    instrument: str = ""
    topic: str = ""
    ground: str = ""
    words: str = ""


class Known:
    """What the graph knows by name, asked for each thing once."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._found: dict[tuple[str, Named], str] = {}

    def key(self, kind: str, told: Named) -> str:
        """Key of a thing by the key or the name that is told; empty where the graph has none, or several."""
        known = self._found.get((kind, told))
        if known is None:
            known = self._found[kind, told] = self._look_up(kind, told)
        return known

    def _look_up(self, kind: str, told: Named) -> str:
        if told.key and self._named(kind, told.key) == told.key and self.bears(self.label(kind, told.key), told):
            return told.key
        return self._named(kind, told.value) if told.value else ""

    def _named(self, kind: str, name: str) -> str:
        """Key of the one thing of a name."""
        try:
            return self._names.key(kind, name) if self._names.is_name(kind, name) else ""
        except UnknownNameError:  # several bear it; the curator knows which is meant
            return ""

    def label(self, kind: str, key: str) -> str:
        """Name of a thing."""
        return self._names.label(kind, key)

    @staticmethod
    def bears(label: str, told: Named) -> bool:
        """Whether what is told has the name still that goes with its key; what was renamed is another thing."""
        return not told.value or told.value == cut(label) or told.value.endswith(f" ({told.key})")


def candidates(found: Found, names: Names, file: Path) -> list[Candidate]:
    """Statements of a file as candidates: what one speaker says with one stance in one document is one statement.

    Args:
        found: What the file holds.
        names: Names of the graph it is for.
        file: The file, for the keys of what has none of its own.
    """
    known = Known(names)
    by_paper: dict[int, list[Coded]] = defaultdict(list)
    for coded in found.coded:
        by_paper[coded.paper.number].append(coded)
    stem = re.sub(r"[^a-z0-9]+", "-", file.stem.lower()).strip("-")[:40] or "dna"
    made: list[Candidate] = []
    used: set[str] = set()
    for number in sorted(by_paper):
        for together in _groups(by_paper[number], known):
            key = next(key for key in _keys(together[0][0].paper, stem) if key not in used)
            used.add(key)
            made.append(_candidate(key, together, known))
    return made


def _keys(paper: Paper, stem: str) -> Iterator[str]:
    """Keys that a statement of a document may have, the best first."""
    own = paper.notes.get("key", "")
    first = own if KEY.fullmatch(own) else f"{stem}-d{paper.number}"
    yield first
    number = 2
    while True:
        yield f"{first}-{number}"
        number += 1


def _groups(coded: Iterable[Coded], known: Known) -> Iterator[list[tuple[Coded, _Subject]]]:
    """What one speaker says with one stance on subjects that share all their grounds."""
    told: dict[tuple[Named, Named, str], dict[tuple[str, str, str], list[tuple[Coded, _Subject]]]] = {}
    for each in coded:
        subject = _subject(each.concept, known)
        by_subject = told.setdefault((each.person, each.organisation, each.stance), {})
        by_subject.setdefault((subject.instrument, subject.topic, subject.words), []).append((each, subject))
    for by_subject in told.values():
        alike: dict[tuple[bool, tuple[str, ...]], list[tuple[Coded, _Subject]]] = {}
        for (instrument, topic, words), members in by_subject.items():
            grounds = tuple(dict.fromkeys(subject.ground for _, subject in members))
            alike.setdefault((bool(instrument), (*grounds, topic, words)), []).extend(members)
        yield from alike.values()


def _subject(concept: Named, known: Known) -> _Subject:
    subject, _, ground = concept.key.partition(" ")
    kind, _, key = subject.partition(":")
    if kind == "instrument":
        there = bool(known.key(kind, Named(key=key)))
    else:
        there = kind == "topic" and KEY.fullmatch(key) is not None
    coded = there and bool(ground) == bool(known.key("ground", Named(key=ground)))
    if coded and known.bears(concept_name(concept.key, known.label), concept):
        return _Subject(ground=ground, **{kind: key})
    instrument = known.key("instrument", Named(concept.value))
    return _Subject(instrument=instrument) if instrument else _Subject(words=concept.value)


def _candidate(key: str, together: Sequence[tuple[Coded, _Subject]], known: Known) -> Candidate:
    """One statement, of everything that was coded of it."""
    first, subject = together[0]
    paper, noted = first.paper, first.paper.notes
    organisation = known.key("organisation", first.organisation)
    speaker, label = _speaker(first.person, noted.get("speaker_label", ""), known)
    given = parts(_noted(noted.get("sources", ""), paper.source))
    sources = [source for source in given if known.key("source", Named(key=source))]
    values: dict[str, object] = {
        "date": _day(paper),
        "organisation": organisation,
        "speaker": speaker,
        "speaker_label": label,
        "instruments": _once(each.instrument for _, each in together),
        "topic": subject.topic or noted.get("topic", ""),
        "stance": first.stance,
        "grounds": _once(each.ground for _, each in together),
        "demand": noted.get("demand", ""),
        "summary": paper.text.partition("\n\n")[0] if "key" in noted else "",
        "quotation": {
            name.removeprefix("quotation."): value for name, value in noted.items() if name.startswith("quotation.")
        },
        "venue": _noted(noted.get("venue", ""), paper.section),
        "source_kind": paper.type if "key" in noted else "",
        "primary": noted.get("primary", ""),
        "primary_note": noted.get("primary_note", ""),
        "same_as": noted.get("same_as", ""),
        "sources": sources,
        "confidence": noted.get("confidence", ""),
        "note": noted.get("note", ""),
    }
    told = {
        "organisation": "" if organisation else first.organisation.value,
        "concept": subject.words,
        "sources": JOINED.join(source for source in given if source not in sources),
    }
    numbers = ", ".join(str(each.number) for each, _ in together)
    return Candidate(
        key=key,
        values=values,
        as_told={name: words for name, words in told.items() if words},
        words=[each.words for each, _ in together],
        read_from=f"document {paper.number} ({paper.title}), statement {numbers}",
    )


def _speaker(told: Named, noted: str, known: Known) -> tuple[str, str]:
    """Key of who speaks, and what one is called whom the graph does not know.

    Args:
        told: The person as coded.
        noted: What we called an unnamed speaker when we wrote the file.
    """
    if noted and not told.key and (told.value == cut(noted) or _UNNAMED.search(told.value)):
        return "", noted
    person = known.key("person", told)
    return (person, noted if told.key else "") if person else ("", told.value)


def _day(paper: Paper) -> str:
    """Day of a document; the month or year in its notes, as long as it stands on the first day of that."""
    day = "" if paper.day is None else paper.day.isoformat()
    noted = paper.notes.get("date", "")
    try:
        return noted if noted and PartialDate(noted).earliest.isoformat() == day else day
    except ValueError:
        return day


def _noted(noted: str, field_: str) -> str:
    """What the notes hold of a field that is too short for it, as long as nobody has changed the field."""
    return noted if noted and cut(noted) == field_ else field_


def _once(keys: Iterable[str]) -> list[str]:
    return [key for key in dict.fromkeys(keys) if key]
