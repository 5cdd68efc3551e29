"""Read one CSV or YAML file into plain rows that remember their lines."""

from __future__ import annotations

import csv
import io
import pathlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable

import yaml

from dualuse.errors import Problem

_Loader: type[yaml.BaseLoader] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # libyaml where it is there
Path = tuple[str | int, ...]
_LARGEST_TABLE = 50_000_000
_LARGEST_YAML = 1_000_000
"""Bytes of a file; the largest of ours have a tenth of that, and fewer."""
_DEEPEST = 32
"""Levels of a YAML file; ours have six."""
_INDENTED = re.compile(r"^[ \t?-]{" + str(_DEEPEST) + r"}", re.MULTILINE)
"""A line that begins so far to the right that it could be nested as deep."""


@dataclass
class Row:
    """One record as read: its values, and the line each value stands on."""

    file: str
    line: int
    values: dict[str, object]
    lines: dict[Path, int] = field(default_factory=dict)

    def line_of(self, path: Path) -> int:
        """Line of the value at a path, or of the nearest value above it."""
        while path:
            if path in self.lines:
                return self.lines[path]
            path = path[:-1]
        return self.line


def read_csv(name: str, file: Traversable, problems: list[Problem]) -> Iterator[Row]:
    """Yield a row for every line of a CSV table; blank cells are left out."""
    text = _text(name, file, problems, _LARGEST_TABLE)
    reader = csv.reader(io.StringIO(text), strict=True)
    try:
        header = next(reader, [])
        for column in {column for column in header if header.count(column) > 1}:
            problems.append(Problem(name, 1, column, "column given twice; keep one"))
        start = reader.line_num + 1
        for cells in reader:
            line, start = start, reader.line_num + 1
            if len(cells) != len(header):
                message = f"{len(cells)} cells in a table of {len(header)} columns; check the commas and quotes"
                problems.append(Problem(name, line, cells[0] if cells else "?", message))
                continue
            yield Row(name, line, {column: cell for column, cell in zip(header, cells, strict=True) if cell.strip()})
    except csv.Error as error:
        problems.append(Problem(name, reader.line_num, "?", f"not a CSV table: {error}"))


def read_yaml(name: str, file: Traversable, problems: list[Problem], most: int = _LARGEST_YAML) -> Row | None:
    """Read a YAML file that holds one mapping; every scalar stays a string, so NO is Norway."""
    text = _text(name, file, problems, most)
    try:
        line = _too_deep(text)
        if line:
            problems.append(Problem(name, line, "?", f"nested more than {_DEEPEST} deep; flatten it"))
            return None
        node = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = 1 if mark is None else mark.line + 1
        problems.append(Problem(name, line, "?", f"not YAML: {getattr(error, 'problem', None) or error}"))
        return None
    if not isinstance(node, yaml.MappingNode):
        problems.append(Problem(name, 1, "?", "the file must hold one mapping of keys to values"))
        return None
    row = Row(name, 1, {})
    shared = _shared(node, set()) if "&" in text else None
    if shared is not None:
        line = shared.start_mark.line + 1
        problems.append(Problem(name, line, "?", "anchors and aliases (& and *) are not read; write the value out"))
        return None
    values = _plain(node, (), row.lines, name, problems)
    row.values = values if isinstance(values, dict) else {}
    return row


def _too_deep(text: str) -> int:
    """Line at which a document is nested deeper than any of ours; 0 if it is not. Reading such a one could end us."""
    if text.count("[") + text.count("{") <= _DEEPEST and not _INDENTED.search(text):
        return 0
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            return 1 if event.start_mark is None else event.start_mark.line + 1
    return 0


def _shared(node: yaml.Node, seen: set[int]) -> yaml.Node | None:
    """First node that stands in two places by way of an alias; it could hold itself."""
    if id(node) in seen:
        return node
    seen.add(id(node))
    inner = [part for pair in node.value for part in pair] if isinstance(node, yaml.MappingNode) else node.value
    if isinstance(inner, list):
        return next((found for part in inner if (found := _shared(part, seen)) is not None), None)
    return None


def _plain(node: yaml.Node, path: Path, lines: dict[Path, int], name: str, problems: list[Problem]) -> object:
    lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        mapping: dict[str, object] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in mapping:
                problems.append(Problem(name, key_node.start_mark.line + 1, key, "key given twice; keep one"))
            mapping[key] = _plain(value_node, (*path, key), lines, name, problems)
            lines[(*path, key)] = key_node.start_mark.line + 1
        return mapping
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*path, i), lines, name, problems) for i, item in enumerate(node.value)]
    return node.value


def _text(name: str, file: Traversable, problems: list[Problem], most: int) -> str:
    if isinstance(file, pathlib.Path) and (file.is_fifo() or file.is_char_device() or file.is_socket()):
        problems.append(Problem(name, 1, "?", "cannot be read: it is no plain file"))
        return ""
    try:
        with file.open("rb") as stream:
            raw = stream.read(most + 1)
    except OSError as error:
        problems.append(Problem(name, 1, "?", f"cannot be read: {error.strerror}"))
        return ""
    if len(raw) > most:
        problems.append(Problem(name, 1, "?", f"larger than {most:,} bytes; split it"))
        return ""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        problems.append(Problem(name, line, "?", "not UTF-8; save the file as UTF-8"))
        text = raw.decode("utf-8", errors="replace")
    if text.startswith("\ufeff"):
        problems.append(Problem(name, 1, "?", "begins with a byte order mark; save the file as UTF-8 without one"))
    return text.removeprefix("\ufeff")
