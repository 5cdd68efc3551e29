"""Fetching from a server that is slow, busy, breaks off, leads elsewhere or changes the file."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import ClassVar

import pytest
from tests.store.servers import free_port, serve

from dualuse.errors import UsageError
from dualuse.feeds.fetching import FetchError, fetch

BODY = bytes(range(256)) * 4096


class Server(BaseHTTPRequestHandler):
    """Answers as the first part of the path says, otherwise with the file."""

    asked: ClassVar[list[str | None]] = []
    tag = '"one"'

    def do_GET(self) -> None:
        how, asked = self.path.split("/")[1], self.headers.get("Range")
        self.asked.append(asked)
        first = len(self.asked) == 1
        if how == "busy" and len(self.asked) < 3:
            self.send_response(429)
            self.send_header("Retry-After", "7")
            self.end_headers()
        elif how in ("gone", "down"):
            self.send_error(404 if how == "gone" else 503)
        elif how == "moved":
            self.send_response(302)
            self.send_header("Location", "/file")
            self.end_headers()
        elif how == "astray":
            self.send_response(302)
            self.send_header("Location", "file:///etc/passwd")
            self.end_headers()
        elif how == "changed" and not first:
            type(self).tag = '"two"'
            self.give(BODY[::-1], 0, len(BODY))
        else:
            begins = int(asked.split("=")[1].rstrip("-")) if asked and self.headers.get("If-Range") == self.tag else 0
            cut = how in ("cut", "changed") and first
            self.give(BODY, begins, len(BODY) // 2 if cut else len(BODY))

    def give(self, body: bytes, begins: int, ends: int) -> None:
        self.send_response(206 if begins else 200)
        self.send_header("Content-Length", str(len(body) - begins))
        self.send_header("ETag", self.tag)
        self.end_headers()
        self.wfile.write(body[begins:ends])
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[str]:
    Server.asked, Server.tag = [], '"one"'
    yield from serve(Server)


@pytest.mark.parametrize(
    ("how", "waited"), [("file", []), ("moved", []), ("busy", [7.0, 7.0]), ("cut", [1.0]), ("changed", [1.0])]
)
def test_a_file_comes_whole(server: str, tmp_path: Path, how: str, waited: list[float]) -> None:
    seconds: list[float] = []
    fetch(f"{server}/{how}", tmp_path / "list", wait=seconds.append)
    assert (tmp_path / "list").read_bytes() == (BODY[::-1] if how == "changed" else BODY)
    assert seconds == waited
    assert sorted(path.name for path in tmp_path.iterdir()) == ["list"]
    if how == "cut":
        assert Server.asked == [None, f"bytes={len(BODY) // 2}-"]


def test_what_came_stays_for_the_next_time(server: str, tmp_path: Path) -> None:
    (tmp_path / "list.part").write_bytes(BODY[:1000])
    (tmp_path / "list.tag").write_text('"one"')
    parts: list[float] = []
    fetch(f"{server}/file", tmp_path / "list", progress=parts.append)
    assert (tmp_path / "list").read_bytes() == BODY
    assert Server.asked == ["bytes=1000-"]
    assert parts[-1] == 1.0


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ("gone", "the server answers 404"),
        ("down", "the server answers 503; tried 5 times"),
        ("astray", "Redirection to url 'file:///etc/passwd' is not allowed"),
    ],
)
def test_what_cannot_be_had_is_told(server: str, tmp_path: Path, how: str, why: str) -> None:
    (tmp_path / "list").write_text("as before")
    with pytest.raises(FetchError, match=why):
        fetch(f"{server}/{how}", tmp_path / "list", wait=lambda seconds: None)
    assert (tmp_path / "list").read_text() == "as before"


def test_nobody_listens(tmp_path: Path) -> None:
    with pytest.raises(FetchError, match="cannot be reached"):
        fetch(f"http://127.0.0.1:{free_port()}/list", tmp_path / "list", wait=lambda seconds: None)
    with pytest.raises(UsageError):
        fetch("ftp://example.org/list", tmp_path / "list")
