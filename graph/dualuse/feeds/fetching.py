"""Fetch a file over HTTP: whole or not at all, taken up where it broke off, patient with a busy server."""

from __future__ import annotations

import time
from collections.abc import Callable
from email.message import Message
from email.utils import parsedate_to_datetime
from http.client import HTTPException, HTTPMessage
from pathlib import Path
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from dualuse.errors import StoreError, UsageError
from dualuse.store.addresses import hidden
from dualuse.store.http import Address

TRIES = 5
"""How often a file is asked for."""
SECONDS = 60.0
"""How long a server may say nothing."""
LONGEST_WAIT = 60.0
"""How long is waited before the next try, whatever the server asks for."""
MOST_BYTES = 20_000_000_000
"""Of a file."""
_BUSY = {408, 425, 429, 500, 502, 503, 504}
_CHUNK = 1 << 20


class FetchError(StoreError):
    """A file could not be had."""


class _Again(Exception):  # noqa: N818 - no error: the next try may succeed
    def __init__(self, why: str, seconds: float | None = None) -> None:
        self.why, self.seconds = why, seconds
        super().__init__(why)


class _Led(HTTPRedirectHandler):
    """Follows a redirect, but never from https to http."""

    max_redirections = 5

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        """The request that follows."""
        if req.type == "https" and not newurl.startswith("https://"):
            raise FetchError(f"{hidden(req.full_url)}: leads to {hidden(newurl)}, which is not followed")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def fetch(
    address: str,
    place: Path,
    *,
    wait: Callable[[float], None] = time.sleep,
    tell: Callable[[str], None] = lambda why: None,
    progress: Callable[[float], None] = lambda part: None,
) -> None:
    """Fetch a file.

    Args:
        address: Where it is, over HTTP.
        place: Where it is to be; what is there of it, under the name with ``.part``, is taken up.
        tell: Told why it is asked for again.
        progress: Told the part that is there, from 0 to 1.

    Raises:
        UsageError: it is no address.
        FetchError: it could not be had; what came of it stays for the next time.
    """
    url, part = Address.parse(address).url, place.with_name(f"{place.name}.part")
    for count in range(1, TRIES + 1):
        try:
            _continue(url, part, progress)
            part.replace(place)
            part.with_suffix(".tag").unlink(missing_ok=True)
            return
        except _Again as again:
            if count == TRIES:
                raise FetchError(f"{hidden(address)}: {again.why}; tried {TRIES} times") from None
            seconds = min(2.0 ** (count - 1) if again.seconds is None else again.seconds, LONGEST_WAIT)
            tell(f"{again.why}; again in {seconds:g} s")
            wait(seconds)
        except OSError as error:
            if isinstance(error, URLError):
                raise FetchError(f"{hidden(address)}: cannot be reached ({error.reason})") from None
            raise UsageError(f"{place}: cannot be written ({error.strerror})") from None


def _continue(url: str, part: Path, progress: Callable[[float], None]) -> None:
    """Ask for what is missing of a file, and write it behind what is there."""
    tag = part.with_suffix(".tag")
    there = part.stat().st_size if part.is_file() and tag.is_file() else 0
    asked = {"Accept-Encoding": "identity", "User-Agent": "dualuse"}
    if there:
        asked |= {"Range": f"bytes={there}-", "If-Range": tag.read_text("utf-8")}
    try:
        with build_opener(_Led).open(Request(url, headers=asked), timeout=SECONDS) as answer:  # noqa: S310 - HTTP only
            begins = there if answer.status == 206 else 0
            _keep_tag(tag, answer.headers)
            _write(answer, part, begins, progress)
    except HTTPError as error:
        with error:
            if error.code == 416:  # nothing is missing, or it is another file by now
                part.unlink(missing_ok=True)
                raise _Again("the server has another file by now") from None
            if error.code in _BUSY:
                raise _Again(f"the server answers {error.code}", _after(error.headers)) from None
            raise FetchError(f"{hidden(url)}: the server answers {error.code} {error.reason}") from None
    except (TimeoutError, ConnectionError, HTTPException) as error:
        raise _Again(f"the server broke off ({str(error) or type(error).__name__})") from None
    except URLError as error:
        if isinstance(error.reason, TimeoutError | ConnectionResetError):
            raise _Again(f"the server broke off ({error.reason})") from None
        raise


def _write(answer: IO[bytes], part: Path, begins: int, progress: Callable[[float], None]) -> None:
    told = getattr(answer, "headers", {}).get("Content-Length")
    whole = None if told is None or not told.isdecimal() else begins + int(told)
    if whole is not None and whole > MOST_BYTES:
        raise FetchError(f"the file has {whole:,} bytes, more than {MOST_BYTES:,}")
    with part.open("r+b" if begins else "wb") as stream:
        stream.seek(begins)
        stream.truncate()
        done = begins
        while chunk := answer.read(_CHUNK):
            done += len(chunk)
            if done > MOST_BYTES:
                raise FetchError(f"the file has more than {MOST_BYTES:,} bytes")
            stream.write(chunk)
            progress(done / whole if whole else 0.0)
    if whole is not None and done < whole:
        raise _Again(f"{done:,} bytes came of {whole:,}")


def _keep_tag(tag: Path, headers: HTTPMessage) -> None:
    """Keep by what the same file is known again; without it nothing can be taken up."""
    known = headers.get("ETag", "") or headers.get("Last-Modified", "")
    if known and not known.startswith("W/"):
        tag.write_text(known, "utf-8")
    else:
        tag.unlink(missing_ok=True)


def _after(headers: Message) -> float | None:
    """How long a server asks to wait."""
    told = (headers.get("Retry-After") or "").strip()
    if told.isdecimal():
        return float(told)
    try:
        return max(parsedate_to_datetime(told).timestamp() - time.time(), 0.0) if told else None
    except (ValueError, TypeError):
        return None
