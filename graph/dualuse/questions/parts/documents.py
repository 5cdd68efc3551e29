"""Documents at hand: files read as copies of documents that the graph knows, and the words of claims found in them."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from pathlib import Path

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


def excerpts(ledger: Ledger, folder: Path | None) -> dict[str, str]:
    """Spans of claims as they stand in the documents of a folder; claims whose words are not found are left out."""
    found: dict[str, str] = {}
    for copy in () if folder is None else documents_in(folder):
        known = identify(copy, ledger.documents.values(), thorough=False)
        if known is not None:
            found |= {r.claim: r.text for r in check(copy, known[0]) if r.status in ("ok", "moved")}
    return found
