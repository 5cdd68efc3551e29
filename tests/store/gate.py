"""A gate before a server of SPARQL, which lets through who knows the password, or fails when it is told to."""

from __future__ import annotations

import base64
from http.server import BaseHTTPRequestHandler
from typing import ClassVar
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlsplit
from urllib.request import Request, urlopen

PASSWORD = "pa:ss@word/é"  # noqa: S105 - of a server made up here


class Gate(BaseHTTPRequestHandler):
    """Stands before a server: lets who knows the password or the key through, unless it is told to fail."""

    behind: ClassVar[str] = ""
    fails: ClassVar[set[int]] = set()
    refuses: ClassVar[bytes] = b""
    seen: ClassVar[list[str]] = []

    @classmethod
    def reset(cls, behind: str) -> None:
        """Let through what is meant for another server, and forget what was seen."""
        cls.behind, cls.fails, cls.refuses, cls.seen = behind, set(), b"", []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.seen.append(f"{self.command} {self.path}")
        where = urlsplit(self.path)
        known = f"Basic {base64.b64encode(f'user:{PASSWORD}'.encode()).decode()}"
        if len(self.seen) in self.fails or (self.refuses and self.refuses in body):
            self.answer(503, b"out of order")
        elif self.headers.get("Authorization") != known and parse_qs(where.query).get("key") != ["k3y-of-mine"]:
            given = self.headers.get("Authorization")
            self.answer(401, f"not for {PASSWORD} or bad-k3y at {self.path}, {given}\x1b[2J\u202e".encode())
        else:
            headers = {name: self.headers[name] for name in ("Content-Type", "Accept") if name in self.headers}
            try:
                request = Request(self.behind + self.path, body, headers, method=self.command)  # noqa: S310 - ours
                with urlopen(request, timeout=30) as answer:  # noqa: S310 - as above
                    self.answer(answer.status, answer.read())
            except HTTPError as error:
                with error:
                    self.answer(error.code, error.read())

    def do_PUT(self) -> None:
        self.do_POST()

    def answer(self, code: int, body: bytes) -> None:
        self.send_response(code)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""
