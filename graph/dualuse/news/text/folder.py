"""Many texts in a folder: files of text, JSON lines, and web archives; in pieces that are read apart, and what is bad.

A text of JSON lines or of an archive is named by its file and the byte, after gzip, at which its record begins.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any, Literal, cast

from dualuse.errors import MissingExtraError, UsageError
from dualuse.news.text.passages import Text, decode, make_text

Kind = Literal["text", "lines", "archive"]
_KINDS: dict[str, Kind] = {
    **dict.fromkeys((".txt", ".md", ".html", ".htm", ".xhtml"), "text"),
    **dict.fromkeys((".jsonl", ".ndjson", ".json"), "lines"),
    **dict.fromkeys((".warc", ".wet"), "archive"),
}
_HTML = (".html", ".htm", ".xhtml")
PIECE = 4_000_000
"""Bytes of a file of lines that are read as one piece."""
_MOST_BYTES = 50_000_000
"""Bytes of one text."""
_BROKEN = (OSError, EOFError, zlib.error)


@dataclass(frozen=True, order=True)
class Piece:
    """A file, or a part of a file of lines, which one worker reads.

    Args:
        name: Its path in the folder.
        path: Its path.
        kind: What it holds.
        start: First byte.
        end: Byte before which its last line begins; None for all.
    """

    name: str
    path: str
    kind: Kind
    start: int = 0
    end: int | None = None


@dataclass(frozen=True)
class Given:
    """A text, with what is known of it beside its words: the day it gives, where it stood, and when it was captured."""

    text: Text
    written: date | None = None
    address: str = ""
    captured: str = ""


@dataclass(frozen=True)
class Bad:
    """Something in a folder that could not be read: where, and why."""

    file: str
    place: str
    why: str


def pieces_of(folder: Path, size: int = PIECE) -> tuple[list[Piece], list[Bad]]:
    """What there is to read in a folder, or in one file, sorted; and the files of no known kind.

    Raises:
        UsageError: nothing is there.
        MissingExtraError: it has web archives, and what reads them is not installed.
    """
    if not folder.exists():
        raise UsageError(f"{folder} is not there; give a folder of texts, JSON lines or web archives")
    files = sorted(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else [folder]
    pieces: list[Piece] = []
    bad: list[Bad] = []
    for path in files:
        name = path.relative_to(folder).as_posix() if folder.is_dir() else path.name
        kind = _kind(path)
        if kind is None:
            bad.append(
                Bad(name, "", f"no text, JSON lines or web archive by its name: {', '.join(_KINDS)}, or with .gz")
            )
        elif kind == "lines" and path.suffix != ".gz":
            whole = path.stat().st_size
            cuts = range(0, max(whole, 1), size)
            pieces += [Piece(name, str(path.resolve()), kind, cut, min(cut + size, whole)) for cut in cuts]
        else:
            pieces.append(Piece(name, str(path.resolve()), kind))
    if not pieces and not bad:
        raise UsageError(f"{folder} has no file to read")
    if any(piece.kind == "archive" for piece in pieces) and find_spec("warcio") is None:
        raise MissingExtraError("reading WARC and WET files needs warcio: pip install 'dualuse[spark]'")
    return pieces, bad


def sources(piece: Piece) -> Iterator[Given | Bad]:
    """The texts of a piece, and what of it is bad; what was read before a file breaks off is kept."""
    try:
        match piece.kind:
            case "text":
                yield _text(piece)
            case "lines":
                yield from _lines(piece)
            case "archive":
                yield from _archive(piece)
    except UsageError as error:
        yield Bad(piece.name, "", str(error))
    except _BROKEN as error:
        yield Bad(piece.name, "", f"it breaks off: {error}")


def _kind(path: Path) -> Kind | None:
    """What a file holds, by its name."""
    name = path.with_suffix("") if path.suffix == ".gz" else path
    return _KINDS.get(name.suffix.lower())


def _opened(piece: Piece) -> IO[bytes]:
    path = Path(piece.path)
    return cast("IO[bytes]", gzip.open(path)) if path.suffix == ".gz" else path.open("rb")


def _text(piece: Piece) -> Given:
    with _opened(piece) as file:
        raw = file.read(_MOST_BYTES + 1)
    if len(raw) > _MOST_BYTES:
        raise UsageError(f"longer than {_MOST_BYTES:,} bytes; give less at a time")
    name = piece.name.removesuffix(".gz")
    return Given(_made(piece.name, raw, html=name.lower().endswith(_HTML)))


def _made(name: str, raw: bytes, *, html: bool) -> Text:
    """A text or a page from its bytes."""
    decoded = decode(name, raw, html=html)
    if html:
        from dualuse.news.text.page import page_text

        decoded = page_text(decoded)
    return make_text(name, decoded, hashlib.sha256(raw).hexdigest(), "html" if html else "text")


def _lines(piece: Piece) -> Iterator[Given | Bad]:
    """Texts of the lines that begin in a piece."""
    with _opened(piece) as file:
        if piece.start:
            file.seek(piece.start - 1)
            file.readline()  # the rest of a line that began before
        while piece.end is None or file.tell() < piece.end:
            at = file.tell()
            line = file.readline(_MOST_BYTES + 1)
            if not line:
                return
            if len(line) > _MOST_BYTES:
                yield Bad(piece.name, f"byte {at}", f"a line longer than {_MOST_BYTES:,} bytes")
                while line and not line.endswith(b"\n"):
                    line = file.readline(_MOST_BYTES)
            elif line.strip():
                yield from _record(piece.name, at, line)


def _record(file: str, at: int, line: bytes) -> Iterator[Given | Bad]:
    """The text of a line of JSON."""
    try:
        told: Any = json.loads(line)
    except (ValueError, RecursionError) as error:
        yield Bad(file, f"byte {at}", f"no JSON: {error}")
        return
    words = told.get("text") if isinstance(told, dict) else None
    if not isinstance(words, str):
        yield Bad(file, f"byte {at}", 'no object with a "text"')
        return
    day, given = None, told.get("date")
    if given not in (None, ""):
        try:
            day = date.fromisoformat(str(given)[:10])
        except ValueError:
            yield Bad(file, f"byte {at}", f"date {given!r} is none; write YYYY-MM-DD. Read without it")
    address = told.get("url") or told.get("id") or ""
    yield Given(make_text(f"{file}@{at}", words), day, str(address))


def _archive(piece: Piece) -> Iterator[Given | Bad]:
    """Texts of a WARC or WET file: what was taken out of pages, pages, and plain texts."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    with Path(piece.path).open("rb") as file:
        records = ArchiveIterator(file)
        try:
            for record in records:
                yield from _page(piece.name, f"{piece.name}@{records.offset}", record)
        except ArchiveLoadFailed as error:
            yield Bad(piece.name, "", f"it breaks off: {error}")
        if records.err_count:
            yield Bad(
                piece.name, "", f"{records.err_count} records are longer than they say; the rest of each is left out"
            )


def _page(file: str, name: str, record: Any) -> Iterator[Given | Bad]:
    """The text of a record of an archive, if it has one."""
    html = _form(record)
    if html is None:
        return
    raw = record.content_stream().read(_MOST_BYTES + 1)
    place = name.rpartition("@")[2]
    if len(raw) > _MOST_BYTES:
        yield Bad(file, f"byte {place}", f"a text longer than {_MOST_BYTES:,} bytes")
    elif record.raw_stream.limit > 0:
        yield Bad(file, f"byte {place}", "it breaks off before the end of the record")
    else:
        headers = record.rec_headers
        try:
            text = _made(name, raw, html=html)
        except UsageError as error:
            yield Bad(file, f"byte {place}", str(error))
            return
        yield Given(text, None, headers.get_header("WARC-Target-URI") or "", headers.get_header("WARC-Date") or "")


def _form(record: Any) -> bool | None:
    """Whether a record of an archive is a page (True) or a text (False); None for what is neither."""
    own = record.rec_headers.get_header("Content-Type") or ""
    http = record.http_headers.get_header("Content-Type") if record.http_headers else None
    kind = (http or own).partition(";")[0].strip().lower()
    if record.rec_type == "response":
        status = record.http_headers.get_statuscode() if record.http_headers else ""
        kind = kind if status == "200" else ""
    elif record.rec_type not in ("conversion", "resource"):
        return None
    return {"text/html": True, "application/xhtml+xml": True, "text/plain": False}.get(kind)
