"""Records of a JSON file one by one, so that a file of any length is read in little memory."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from dualuse.errors import UsageError

_CHUNK = 1 << 16
_LARGEST = 64_000_000
"""How many characters one record can have."""
_SPACE = " \t\r\n\ufeff"


def records(path: Path, key: str) -> Iterator[tuple[int, Any]]:
    """Number and value of each record of a file.

    Args:
        path: A list of records, an object whose ``key`` is such a list, one record alone, or several of these one after
            another, as lines of JSON are.
        key: Under what name an object holds its records.

    Raises:
        UsageError: it is no JSON in UTF-8, or one record is longer than any can be.
    """
    number = 0
    try:
        with path.open("rb") as file:
            text = _Text(file)
            while text.peek():
                for record in text.records(key):
                    number += 1
                    yield number, record
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: after record {number}: not UTF-8 ({error.reason}); save it as UTF-8") from None
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{path}: after record {number}: no JSON: {_told(error)}; get the file again") from None


def _told(error: ValueError | RecursionError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return error.msg
    return "nested too deeply" if isinstance(error, RecursionError) else str(error)


class _Text:
    """The text of a file, of which only what is not read yet is held."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._json = json.JSONDecoder()
        self._text, self._at, self._ended = "", 0, False

    def records(self, key: str) -> Iterator[Any]:
        """The records of the value that begins here."""
        match self.peek():
            case "[":
                yield from self._list()
            case "{":
                yield from self._object(key)
            case _:
                yield self._value()

    def peek(self) -> str:
        """The next sign that is no space; blank at the end."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in _SPACE:
                self._at += 1
            if self._at < len(self._text) or not self._more():
                return self._text[self._at : self._at + 1]

    def _take(self, sign: str) -> bool:
        if self.peek() != sign:
            return False
        self._at += 1
        return True

    def _expect(self, sign: str) -> None:
        if not self._take(sign):
            raise ValueError(f"{sign} is missing")

    def _list(self) -> Iterator[Any]:
        self._expect("[")
        if self._take("]"):
            return
        while True:
            yield self._value()
            if not self._take(","):
                break
        self._expect("]")

    def _object(self, key: str) -> Iterator[Any]:
        """Records under the key, or the object itself if it has none."""
        self._expect("{")
        alone: dict[str, Any] | None = {}
        while not self._take("}"):
            name = self._value()
            if not isinstance(name, str):
                raise ValueError("a name is no text")
            self._expect(":")
            if name == key and self.peek() == "[":
                alone = None
                yield from self._list()
            elif alone is None:
                self._value()
            else:
                alone[name] = self._value()
            if not self._take(","):
                self._expect("}")
                break
        if alone:
            yield alone

    def _value(self) -> Any:
        self.peek()
        while True:
            try:
                value, end = self._json.raw_decode(self._text, self._at)
            except json.JSONDecodeError:
                if not self._more():
                    raise
                continue
            if end < len(self._text) or not self._more():  # a number may go on in the next chunk
                self._at = end
                return value

    def _more(self) -> bool:
        """Read on, as much again as is held, so that a long record is not tried too often."""
        if self._ended:
            return False
        held = self._text[self._at :]
        if len(held) > _LARGEST:
            raise ValueError(f"one record has more than {_LARGEST:,} characters")
        chunk = self._file.read(max(_CHUNK, len(held)))
        self._ended = not chunk
        self._text, self._at = held + self._decoder.decode(chunk, final=self._ended), 0
        return True


def flat(value: Any) -> str:
    """A value as one text: a list or an object as the JSON it is; half of a surrogate pair as a question mark."""
    match value:
        case None:
            return ""
        case str():
            text = value
        case _:
            text = json.dumps(value, ensure_ascii=False)
    return text.encode("utf-8", "replace").decode("utf-8")
