"""Records of a file that has one JSON object a line: a line that is spoilt costs no other."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from dualuse.errors import UsageError
from dualuse.feeds.jsons import records
from dualuse.feeds.report import Report

_LONGEST = 1 << 26
"""Bytes that a line may have."""
_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")


def begins(file: Path) -> str:
    """The first sign of a file that is no space; blank if there is none."""
    with file.open("rb") as stream:
        start = stream.read(4096).removeprefix(codecs.BOM_UTF8).lstrip()[:1]
    return start.decode("latin-1")


def objects(file: Path, report: Report, key: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Each object of one list, or of lines, with where it stands; what is none is rejected.

    Args:
        report: Told of what is rejected, and of how many records there are.
        key: Under which a list stands if the file is one object that has it.

    Raises:
        UsageError: it is a list that is no JSON, or has a line longer than any record.
    """
    found = told_in(_numbered(file), report) if not key and _is_lines(file) else _listed(file, key)
    for where, told in found:
        report.read += 1
        if isinstance(told, dict):
            yield where, told
        else:
            report.reject(where, "no object", str(told))


def _is_lines(file: Path) -> bool:
    """Whether objects stand one a line, not one spread over several."""
    with file.open("rb") as stream:
        start = stream.read(4096).removeprefix(codecs.BOM_UTF8).lstrip()
    return start[:1] == b"{" and start.partition(b"\n")[0].strip() != b"{"


def _listed(file: Path, key: str) -> Iterator[tuple[str, Any]]:
    for number, told in records(file, key):
        text = json.dumps(told, ensure_ascii=False)
        try:
            text.encode("utf-8")
        except UnicodeEncodeError:  # half of a character, which no file of UTF-8 can hold
            told = _whole(told)
        yield f"record {number}", told


def _numbered(file: Path) -> Iterator[tuple[int, bytes]]:
    with file.open("rb") as stream:
        number = 0
        while raw := stream.readline(_LONGEST):
            number += 1
            if len(raw) == _LONGEST:
                raise UsageError(f"{file}:{number}: a line of more than {_LONGEST >> 20} MB; one record a line is read")
            yield number, raw


def told_in(lines: Iterable[tuple[int, bytes]], report: Report) -> Iterator[tuple[str, Any]]:
    """What each line tells, with where it stands; one that tells nothing is rejected, a blank one passed over.

    Args:
        lines: Numbers of lines, and the lines.
    """
    for number, raw in lines:
        if not raw.strip():
            continue
        try:
            told = json.loads(raw.removeprefix(codecs.BOM_UTF8).decode())
        except RecursionError:
            why = "nested too deeply"
        except UnicodeDecodeError:
            why = "not UTF-8"
        except ValueError:
            why = "no JSON"
        else:
            yield f"line {number}", _whole(told) if b"\\u" in raw and _SURROGATE.search(raw) else told
            continue
        report.read += 1
        report.reject(f"line {number}", why, raw[:200].decode("utf-8", "replace"))


def _whole(told: Any) -> Any:
    return json.loads(json.dumps(told, ensure_ascii=False).encode("utf-8", "replace"))
