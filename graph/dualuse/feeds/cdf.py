"""Records of the Common Data File formats of GLEIF, from XML, BadgerFish JSON or CSV, each as texts by path."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.parsers import expat

from dualuse.errors import UsageError
from dualuse.feeds.jsonlines import begins, objects
from dualuse.feeds.report import Report
from dualuse.feeds.rows import rows, table

RECORDS = {"lei": "LEIRecord", "rr": "RelationshipRecord", "repex": "Exception"}
"""Element that holds a record, by kind of file."""
_KEYS = {"lei": "records", "rr": "relations", "repex": "exceptions"}
_MARKS = {
    "rr": (b"RelationshipRecord", b'"relations"', b"Relationship.StartNode"),
    "repex": (b"ExceptionCategory", b"Exception.Category", b'"exceptions"', b"ReportingException"),
    "lei": (b"LEIRecord", b"LEIData", b'"records"', b"Entity.LegalName", b'"LegalName"'),
}
"""What stands near the beginning of a file of each kind, the most telling kind first."""
_NUMBER = re.compile(r"\.\d+(?=\.|$)")
_CHUNK = 1 << 20
Cells = dict[str, str]


def part_of(file: Path) -> str:
    """Which kind of file it is, by what stands near its beginning.

    Raises:
        UsageError: it is of none.
    """
    start = _start(file)
    for part, marks in _MARKS.items():
        if any(mark in start for mark in marks):
            return part
    raise UsageError(
        f"{file}: no file of GLEIF: neither legal entities, relationships nor reporting exceptions as XML, JSON or CSV;"
        " unpack the archive first"
    )


def _start(file: Path) -> bytes:
    with file.open("rb") as stream:
        return stream.read(_CHUNK)


def records(file: Path, part: str, report: Report) -> Iterator[tuple[str, Cells]]:
    """Each record with where it stands; its texts by path, those of a list numbered: ``AdditionalAddressLine.2``.

    Raises:
        UsageError: it is no such file.
    """
    match begins(file):
        case "<":
            for where, told in _elements(file, RECORDS[part], report):
                report.read += 1
                yield where, flat(told)
        case "{" | "[":
            start = _start(file)
            key = next((key for key in (_KEYS[part], "records") if f'"{key}"'.encode() in start), _KEYS[part])
            for where, told in objects(file, report, key):
                inner = told.get(RECORDS[part])
                yield where, flat(inner if isinstance(inner, dict) else told)
        case _:
            columns, lines = table(file)
            yield from rows(file, columns, lines, report)


def path_of(column: str) -> str:
    """A path without the numbers of lists.

    Example:
        >>> path_of("Entity.OtherEntityNames.OtherEntityName.2.xmllang")
        'Entity.OtherEntityNames.OtherEntityName.xmllang'
    """
    return _NUMBER.sub("", column)


def flat(told: Mapping[str, Any]) -> Cells:
    """The texts of a record by path; of BadgerFish, ``$`` is the text of an element and ``@`` begins an attribute."""
    found: Cells = {}
    waiting: list[tuple[str, Any]] = [("", told)]
    while waiting:
        path, value = waiting.pop()
        match value:
            case dict():
                waiting += [(_join(path, name), each) for name, each in reversed(value.items())]
            case list():
                waiting += [(f"{path}.{number}", each) for number, each in reversed([*enumerate(value, start=1)])]
            case None:
                pass
            case _:
                text = value if isinstance(value, str) else str(value)
                if text.strip():
                    found[path] = text
    return found


def _join(path: str, name: str) -> str:
    if name == "$":
        return path or name
    local = name.removeprefix("@").replace("xml:lang", "xmllang").rpartition(":")[2]
    return f"{path}.{local}" if path else local


def _elements(file: Path, record: str, report: Report) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each element of a name, as BadgerFish has it."""
    tree = _Tree(file, record)
    with file.open("rb") as stream:
        more = True
        while more:
            chunk = stream.read(_CHUNK)
            more = bool(chunk)
            try:
                tree.parser.Parse(chunk, not more)
            except (expat.ExpatError, ValueError, LookupError) as error:
                raise UsageError(f"{file}: no XML of GLEIF ({error}); get the whole file again") from None
            yield from tree.ready
            tree.ready.clear()
    if tree.count.isdecimal() and int(tree.count[:18]) != tree.found:
        report.doubt("header", "RecordCount", tree.count, f"the file has {tree.found:,} records")


class _Tree:
    """Takes what the parser meets and makes a tree of each record; nothing is kept that was handed on."""

    def __init__(self, file: Path, record: str) -> None:
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.ready: list[tuple[str, dict[str, Any]]] = []
        self.count, self.found = "", 0
        self._file, self._record = file, record
        self._open: list[tuple[str, dict[str, Any]]] = []
        self._line, self._counting = 0, False

    def _refuse(self, *_: object) -> None:
        raise UsageError(f"{self._file}: has a document type, which no file of GLEIF has; get the file again")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        self._counting = local == "RecordCount" and not self._open
        if self._open or local == self._record:
            if not self._open:
                self._line = self.parser.CurrentLineNumber
            own = {f"@{key}": value for key, value in attributes.items() if not key.startswith("xmlns")}
            self._open.append((local, {**own, "$": ""}))

    def _text(self, text: str) -> None:
        if self._open:
            self._open[-1][1]["$"] += text
        elif self._counting:
            self.count += text.strip()

    def _end(self, name: str) -> None:
        self._counting = False
        if not self._open:
            return
        local, told = self._open.pop()
        told["$"] = told["$"].strip()
        if not self._open:
            self.found += 1
            self.ready.append((f"line {self._line}", told))
            return
        above = self._open[-1][1]
        before = above.get(local)
        above[local] = told if before is None else [*before, told] if isinstance(before, list) else [before, told]
