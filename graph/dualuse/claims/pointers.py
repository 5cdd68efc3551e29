"""Re-read pointers into a document: does each span still stand where the claim says it does?

A pointer is a passage number, a start and an end in code points, and two digests of the span; the words themselves are
not kept. Passages of the file are first matched to the passages known, by digest and then by their order, so that a
phrase which happens to stand elsewhere too is not mistaken for the one that changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from dualuse.claims.fold import Folded, fold, sha256
from dualuse.errors import UsageError
from dualuse.wrapped import unwrap

Status = Literal["ok", "moved", "drift", "missing"]
_HOW = ("exact", "folded")
# how a span is looked for, the strictest first
_LIKE = 0.3
# least share of passages, or of pointers, that makes a file a version of a document
_LONGER = 4
# how many times the document's length a file may have and still be searched span by span
_LEAST = 4
# shortest folded span that is looked for outside its own passage


@dataclass(frozen=True, order=True)
class Pointer:
    """Where a claim points; ``passage`` counts from 1, ``start`` and ``end`` in code points of the passage."""

    claim: str
    passage: int
    start: int
    end: int
    sha256: str
    folded_sha256: str
    folded_length: int


@dataclass(frozen=True)
class Held:
    """A document as the graph knows it: its digest, its passages (number -> digest, folded digest), its pointers."""

    key: str
    sha256: str
    length: int
    file_names: frozenset[str]
    passages: Mapping[int, tuple[str, str]]
    pointers: tuple[Pointer, ...]


@dataclass(frozen=True)
class Reading:
    """What became of one pointer in a file.

    Args:
        status: ``ok``; ``moved``: found in another place or in another width, punctuation or script; ``drift``: the
            passage is there but its words changed; ``missing``: the passage is gone.
        how: ``exact`` or ``folded`` where it was found.
        passage: Passage of the file, or 0.
        start: First code point.
        text: What stands there in the file, in its own characters.
    """

    claim: str
    status: Status
    how: str
    passage: int
    start: int
    end: int
    text: str


@dataclass
class Copy:
    """A file as read: its lines that are not blank, folded when that is asked for."""

    name: str
    sha256: str
    lines: Sequence[str]
    _folded: dict[int, Folded] = field(default_factory=dict, repr=False)

    def folded(self, index: int) -> Folded:
        """Folded text of a line."""
        if index not in self._folded:
            self._folded[index] = fold(self.lines[index])
        return self._folded[index]


def read_copy(name: str, text: str, digest: str) -> Copy:
    """A file's text as passages.

    Args:
        text: Its text; a byte order mark and carriage returns before line ends are no part of a passage, and lines
            broken at a width are joined.
        digest: SHA-256 of its bytes.
    """
    lines = unwrap(text.removeprefix("\ufeff").replace("\r\n", "\n")).split("\n")
    return Copy(name, digest, [line for line in lines if line.strip()])


def point(claim: str, copy: Copy, passage: int, start: int, end: int) -> Pointer:
    """Make the pointer that a claim keeps in place of the words.

    Args:
        passage: Passage, counted from 1 among the lines that are not blank.
        start: First code point, counted from 0 in the passage.

    Raises:
        UsageError: there is no such passage, or nothing to read in the span.
    """
    if not 1 <= passage <= len(copy.lines):
        raise UsageError(f"{claim}: no passage {passage} in {copy.name}; it has {len(copy.lines)}")
    span = copy.lines[passage - 1][max(start, 0) : end]
    folded = fold(span).text
    if start < 0 or len(span) != end - start or not folded:
        raise UsageError(f"{claim}: nothing to read at {start}-{end} of passage {passage} of {copy.name}")
    return Pointer(claim, passage, start, end, sha256(span), sha256(folded), len(folded))


def identify(copy: Copy, documents: Iterable[Held], *, thorough: bool = True) -> tuple[Held, str] | None:
    """Which document a file is, and how that was told: ``sha256``, ``name`` or ``likeness``; or None.

    Args:
        thorough: Whether the spans of claims are looked for too, where no passage is the same. That takes a second
            for a file, and is not for whole folders.
    """
    known = sorted(documents, key=lambda document: document.key)
    if not known:
        return None
    for document in known:
        if document.sha256 == copy.sha256:
            return document, "sha256"
    for document in known:
        if copy.name in document.file_names:
            return document, "name"
    likeness, best = max(
        ((_likeness(copy, document, thorough), document) for document in known), key=lambda pair: pair[0]
    )
    return (best, "likeness") if likeness >= _LIKE else None


def check(copy: Copy, document: Held) -> list[Reading]:
    """Re-read every pointer of a document in a file, sorted by claim."""
    home = align(copy, document)
    loose = sorted(set(range(len(copy.lines))) - set(home.values()))
    stray = _Stray(copy, document.pointers, () if _too_long(copy, document) else loose)
    return [_read(copy, pointer, home.get(pointer.passage), stray) for pointer in sorted(document.pointers)]


def align(copy: Copy, document: Held) -> dict[int, int]:
    """Match passages of a document to lines of a file: passage number -> index of the line.

    A line with the same digest is the passage; then one with the same folded digest; what is left over between two
    matched neighbours is paired in order, if as many lines as passages are left there.
    """
    home: dict[int, int] = {}
    taken: set[int] = set()
    for part in (0, 1):
        lines: dict[str, list[int]] = {}
        for index in range(len(copy.lines)):
            if index not in taken:
                text = copy.folded(index).text if part else copy.lines[index]
                lines.setdefault(sha256(text), []).append(index)
        for number in sorted(set(document.passages) - set(home)):
            found = lines.get(document.passages[number][part], [])
            if found:
                index = min(found, key=lambda index: abs(index - number + 1))
                found.remove(index)
                home[number] = index
                taken.add(index)
    _pair_gaps(home, sorted(document.passages), len(copy.lines))
    return home


def _pair_gaps(home: dict[int, int], numbers: Sequence[int], lines: int) -> None:
    """Pair what lies between matched neighbours, where the counts are equal."""
    anchors = [-1, *(home[number] for number in numbers if number in home), lines]
    if anchors != sorted(anchors):
        return
    taken = set(home.values())
    waiting: list[int] = []
    before = -1
    for number in (*numbers, None):
        if number is not None and number not in home:
            waiting.append(number)
            continue
        after = lines if number is None else home[number]
        free = [index for index in range(before + 1, after) if index not in taken]
        if len(free) == len(waiting):
            home.update(zip(waiting, free, strict=True))
        waiting, before = [], after


@dataclass
class _Stray:
    """Where spans stand in lines that are no known passage; looked up once for all pointers, when first asked for."""

    copy: Copy
    pointers: Sequence[Pointer]
    indexes: Sequence[int]

    @cached_property
    def places(self) -> dict[tuple[str, str], list[tuple[int, int, int]]]:
        """(how, digest) -> line, start and end of every place."""
        found: dict[tuple[str, str], list[tuple[int, int, int]]] = defaultdict(list)
        for how in _HOW:
            wanted: dict[int, set[str]] = defaultdict(set)
            for pointer in self.pointers:
                digest, size = _sought(pointer, how)
                wanted[size].add(digest)
            for index in self.indexes:
                for size, digests in wanted.items():
                    for digest, start, end in _spans(self.copy, index, how, size, digests):
                        found[how, digest].append((index, start, end))
        return dict(found)


def _read(copy: Copy, pointer: Pointer, index: int | None, stray: _Stray) -> Reading:
    if index is None:
        return _astray(copy, pointer, stray) or Reading(pointer.claim, "missing", "", 0, 0, 0, "")
    line = copy.lines[index]
    here = line[pointer.start : pointer.end]
    if sha256(here) == pointer.sha256:
        status: Status = "ok" if index == pointer.passage - 1 else "moved"
        return Reading(pointer.claim, status, "exact", index + 1, pointer.start, pointer.end, here)
    found = _at_home(copy, pointer, index) or _astray(copy, pointer, stray)
    if found is not None:
        return found
    return Reading(pointer.claim, "drift", "", index + 1, pointer.start, min(pointer.end, len(line)), here)


def _at_home(copy: Copy, pointer: Pointer, index: int) -> Reading | None:
    """The span elsewhere in its own passage, exactly or else folded."""
    for how in _HOW:
        digest, size = _sought(pointer, how)
        places = [(index, start, end) for _, start, end in _spans(copy, index, how, size, {digest})]
        if places:
            return _nearest(copy, pointer, how, places)
    return None


def _astray(copy: Copy, pointer: Pointer, stray: _Stray) -> Reading | None:
    """The span in a line that is no known passage, if it is too long to stand there by chance."""
    if pointer.folded_length < _LEAST:
        return None
    for how in _HOW:
        places = stray.places.get((how, _sought(pointer, how)[0]))
        if places:
            return _nearest(copy, pointer, how, places)
    return None


def _nearest(copy: Copy, pointer: Pointer, how: str, places: Sequence[tuple[int, int, int]]) -> Reading:
    """The place nearest to where a span stood."""
    index, start, end = min(
        places, key=lambda place: (abs(place[0] + 1 - pointer.passage), abs(place[1] - pointer.start), place)
    )
    return Reading(pointer.claim, "moved", how, index + 1, start, end, copy.lines[index][start:end])


def _sought(pointer: Pointer, how: str) -> tuple[str, int]:
    """Digest and length of a span, as it is or folded."""
    if how == "exact":
        return pointer.sha256, pointer.end - pointer.start
    return pointer.folded_sha256, pointer.folded_length


def _spans(copy: Copy, index: int, how: str, size: int, digests: Set[str]) -> Iterator[tuple[str, int, int]]:
    """Spans of a line, of one length, whose digest is among those given: digest, start and end."""
    folded = copy.folded(index) if how == "folded" else None
    text = copy.lines[index] if folded is None else folded.text
    for start in range(len(text) - size + 1):
        digest = sha256(text[start : start + size])
        if digest in digests:
            first, last = (start, start + size) if folded is None else folded.span(start, start + size)
            yield digest, first, last


def _likeness(copy: Copy, document: Held, thorough: bool) -> float:
    """Share of passages that a file has, or else of pointers that can be found in it."""
    digests = {sha256(line) for line in copy.lines}
    digests |= {sha256(copy.folded(index).text) for index in range(len(copy.lines))}
    total = len(document.passages)
    same = sum(1 for pair in document.passages.values() if not digests.isdisjoint(pair)) / total if total else 0.0
    if same >= _LIKE or not thorough or _too_long(copy, document) or not document.pointers:
        return same
    readings = check(copy, document)
    found = sum(1 for reading in readings if reading.status in ("ok", "moved"))
    return max(same, found / len(document.pointers))


def _too_long(copy: Copy, document: Held) -> bool:
    return sum(map(len, copy.lines)) > _LONGER * document.length
