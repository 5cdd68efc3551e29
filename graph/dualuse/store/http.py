"""One request to a server and its answer: within one time, never led elsewhere, and no secret in what is said of it."""

from __future__ import annotations

import base64
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPException, HTTPMessage, IncompleteRead
from typing import IO
from urllib.error import HTTPError
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urljoin, urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    UnknownHandler,
)

from dualuse.errors import QueryError, StoreError, UsageError
from dualuse.store.addresses import hidden

SECONDS = 120.0
"""How long an exchange may take as a whole, however slowly its bytes come."""
MOST_BYTES = 256_000_000
"""Of an answer; the whole graph has some 15 million."""
_MOST_DETAIL = 500
_CHUNK = 1 << 16
_SECRET = 4
"""Shorter values of an address are no secrets: in a server's words they would be found everywhere."""


@dataclass(frozen=True)
class Address:
    """Where a server is asked, and who asks; as text it has neither user, password nor keys.

    Attributes:
        url: What is asked, without user and password; keys in its query stay.
        user: User and password as ``user:password``, or an empty string.
    """

    url: str
    user: str = ""

    @staticmethod
    def parse(text: str) -> Address:
        """Read an address.

        Raises:
            UsageError: it is none.
        """
        try:
            parts = urlsplit(text)
            fault = _fault(text, parts)
        except ValueError:  # whose words may hold a part of a password
            fault = "its host or its port cannot be read; in a password write / ? # @ as %2F %3F %23 %40"
        if fault:
            raise UsageError(f"{hidden(text)!r} is not an address ({fault})")
        name, at, host = parts.netloc.rpartition("@")
        return Address(parts._replace(netloc=host, fragment="").geturl(), unquote(name) if at else "")

    def beside(self, name: str, **parameters: str) -> Address:
        """An address beside this one, asked by the same user with the same keys."""
        parts = urlsplit(urljoin(self.url, name))
        return Address(parts._replace(query=urlsplit(self.url).query).geturl(), self.user).with_parameters(**parameters)

    def with_parameters(self, **parameters: str) -> Address:
        """This address with more parameters in its query."""
        parts = urlsplit(self.url)
        query = "&".join(filter(None, (parts.query, urlencode(parameters))))
        return Address(parts._replace(query=query).geturl(), self.user)

    def __str__(self) -> str:
        return hidden(self.url)


def _fault(text: str, parts: SplitResult) -> str:
    if parts.scheme not in ("http", "https"):
        return "an address of http or https is needed"
    if not parts.hostname:
        return "it names no host"
    if parts.port == 0:
        return "its port is 0"
    if "@" in parts.netloc.rpartition("@")[0] + text[text.index(parts.netloc) + len(parts.netloc) :]:
        return "it has an @ too many: in a password or a path write it as %40, and / as %2F"
    return "it has a space or a control character" if any(char <= " " or char == "\x7f" for char in text) else ""


class RefusedError(StoreError):
    """A server answered with an error; ``code`` is its number."""

    def __init__(self, message: str, code: int) -> None:
        self.code = code
        super().__init__(message)


class _TooLargeError(Exception):
    """A server sends more than is read."""


class _Stay(HTTPRedirectHandler):
    """Follows no redirect: urllib would send a query on as another request, and the password with it."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        return None


def _opener() -> OpenerDirector:
    """What asks servers of http and https, and nothing else: no file, no other protocol."""
    opener = OpenerDirector()
    for handler in (ProxyHandler, HTTPHandler, HTTPSHandler, HTTPDefaultErrorHandler, HTTPErrorProcessor, _Stay):
        opener.add_handler(handler())
    opener.add_handler(UnknownHandler())
    return opener


class _Exchange(threading.Thread):
    """A request in a thread of its own, which is left behind when its time is over."""

    def __init__(self, request: Request, seconds: float) -> None:
        super().__init__(daemon=True)
        self._request, self._seconds = request, seconds
        self.body = b""
        self.error: Exception | None = None
        self.left = False
        """Whether nobody waits any more."""

    def run(self) -> None:
        try:
            with _opener().open(self._request, timeout=self._seconds) as answer:
                self.body = self._read(answer)
        except HTTPError as error:
            with error, suppress(OSError, HTTPException):
                self.body = error.read(_MOST_DETAIL)
            self.error = error
        except (OSError, HTTPException, ValueError, MemoryError, _TooLargeError) as error:
            self.error = error

    def _read(self, answer: IO[bytes]) -> bytes:
        parts, size = [], 0
        while not self.left and (part := answer.read(_CHUNK)):
            parts.append(part)
            size += len(part)
            if size > MOST_BYTES:
                raise _TooLargeError
        if (missing := getattr(answer, "length", None)) and not self.left:
            raise IncompleteRead(b"", missing)
        return b"".join(parts)


def send(
    address: Address, body: bytes, headers: Mapping[str, str], method: str = "POST", seconds: float = SECONDS
) -> bytes:
    """Send a request and wait for the whole of its answer.

    Raises:
        QueryError: the server cannot read what was sent.
        StoreError: it cannot be reached, refuses, or takes too long.
    """
    request = Request(address.url, data=body, headers=dict(headers), method=method)  # noqa: S310 - http(s) only, checked by Address.parse
    if address.user:
        request.add_header("Authorization", f"Basic {base64.b64encode(address.user.encode()).decode()}")
    exchange = _Exchange(request, seconds)
    exchange.start()
    exchange.join(seconds)
    if exchange.is_alive():
        exchange.left = True
        raise StoreError(f"{address} did not answer within {seconds:g} s")
    error = exchange.error
    if isinstance(error, _TooLargeError | MemoryError):
        most = f"more than {MOST_BYTES:,} bytes" if isinstance(error, _TooLargeError) else "more than memory holds"
        raise StoreError(f"{address} answered with {most}; ask for less (LIMIT), or check the address")
    if isinstance(error, HTTPError):
        raise _refused(address, error, _told(address, exchange.body.decode("utf-8", errors="replace")))
    if isinstance(error, TimeoutError) or isinstance(getattr(error, "reason", None), TimeoutError):
        raise StoreError(f"{address} did not answer within {seconds:g} s")
    if error is not None:
        raise StoreError(f"{address} cannot be reached ({_told(address, str(getattr(error, 'reason', error)))})")
    return exchange.body


def _refused(address: Address, error: HTTPError, detail: str) -> StoreError | QueryError:
    answered = f"{address} answered {error.code} {_told(address, error.reason)}"
    match error.code:
        case 400:
            return QueryError(f"{address} cannot read the query: {detail}")
        case 301 | 302 | 303 | 307 | 308:
            place = hidden(urljoin(address.url, error.headers.get("Location", "")))
            return RefusedError(
                f"{answered} and points to {_told(address, place)}; if you trust it, give that address", error.code
            )
        case 401 | 403:
            hint = "check user and password" if address.user else "it may want https://USER:PASSWORD@…"
            return RefusedError(f"{answered}: {detail}; {hint}", error.code)
    return RefusedError(f"{answered}: {detail}", error.code)


def _told(address: Address, text: str) -> str:
    """What a server says, on one line, without signs that steer a terminal and without the secrets of the address."""
    told = base64.b64encode(address.user.encode()).decode()  # as it goes to the server, which may repeat it
    secrets = [told, *address.user.split(":", 1), *(value for _, value in parse_qsl(urlsplit(address.url).query))]
    for secret in secrets:
        if len(secret) >= _SECRET:
            text = text.replace(secret, "…").replace(quote(secret, safe=""), "…")
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
