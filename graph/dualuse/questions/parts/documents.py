"""Documents at hand: files read as copies of documents that the graph knows, and the words of claims found in them."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dualuse.card import Unknown
from dualuse.claims.ledger import Ledger
from dualuse.claims.pointers import Copy, check, identify, read_copy
from dualuse.errors import UsageError
from dualuse.reading import read_bytes

_MOST_BYTES = 5_000_000


def read_document(path: Path) -> Copy:
    """Read a document.

    Raises:
        UsageError: it cannot be read, is no UTF-8 text, or is too long for a document.
    """
    raw = read_bytes(path, _MOST_BYTES, "give one document, not an archive")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not UTF-8 text (byte {error.start}); save the document as UTF-8") from None
    return read_copy(path.name, text, hashlib.sha256(raw).hexdigest())


def documents_in(folder: Path) -> Iterator[Copy]:
    """Every file of a folder that can be read as a document, by path; the rest are passed over with a warning."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            try:
                yield read_document(path)
            except UsageError as error:
                logging.getLogger(__name__).warning("Passed over: %s", error)


@dataclass(frozen=True)
class Words:
    """Words of a claim as they stand in a file, which the digest of its pointer proves."""

    file: str
    passage: int
    start: int
    end: int
    text: str

    @property
    def place(self) -> str:
        """Where they stand."""
        return f"{self.file}, passage {self.passage}, {self.start}-{self.end}"


@dataclass(frozen=True)
class Excerpts:
    """Words of claims in the documents of a folder.

    Args:
        words: Claim -> its words.
        lost: File -> claims whose words are not there any more: their digest is of other words.
        files: Files that are documents of the graph; None where no folder was given.
    """

    words: Mapping[str, Words]
    lost: Mapping[str, Sequence[str]]
    files: Sequence[str] | None

    def gaps(self, claims: Collection[str]) -> Iterator[Unknown]:
        """What is not shown of some claims, and why."""
        if self.files is not None and not self.files:
            yield Unknown("the words of the claims", "no file in the folder is a document on record")
        for file, lost in self.lost.items():
            listed = ", ".join(sorted(set(lost) & set(claims)))
            if listed:
                why = "what stands there does not have the digest on record, so nothing of it is shown"
                yield Unknown(f"the words of {listed} in {file}", why)


def excerpts(ledger: Ledger, folder: Path | None) -> Excerpts:
    """Words of claims in the documents of a folder, each proved by its digest; what differs is named, not shown."""
    words: dict[str, Words] = {}
    lost: dict[str, list[str]] = {}
    files = []
    for copy in () if folder is None else documents_in(folder):
        known = identify(copy, ledger.documents.values(), thorough=False)
        if known is None:
            continue
        files.append(copy.name)
        for reading in check(copy, known[0]):
            if reading.status in ("ok", "moved"):
                words[reading.claim] = Words(copy.name, reading.passage, reading.start, reading.end, reading.text)
            else:
                lost.setdefault(copy.name, []).append(reading.claim)
    return Excerpts(words, lost, None if folder is None else files)
