"""OpenSanctions: entities of FollowTheMoney as lines of JSON, flat or nested, as changes, or as the simple table."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from dualuse.errors import UsageError
from dualuse.feeds import ftm
from dualuse.feeds.entry import Entry, Said, other
from dualuse.feeds.feed import CC_BY_NC, Feed
from dualuse.feeds.ftm_says import Says
from dualuse.feeds.jsonlines import begins, objects, told_in
from dualuse.feeds.jsons import flat
from dualuse.feeds.opensanctions_table import table_rows
from dualuse.feeds.places import Places
from dualuse.feeds.report import Report
from dualuse.model.triples import iri
from dualuse.namespaces import expand

_CRAWL = "a day of the crawl, not of the record"
TOP = {
    "id": "",
    "schema": "",
    "properties": "",
    "caption": "",
    "datasets": "",
    "referents": "",
    "target": "whether a list means it or names it beside another",
    "first_seen": _CRAWL,
    "last_seen": _CRAWL,
    "last_change": _CRAWL,
    "origin": "how it was made within the feed",
}
"""Fields of an entity -> why one is kept as it stands and not read further; blank for those that are read."""
_NEEDED = ("id", "schema", "properties")
_TEXT = "kept as it stands"
_CHANGES = ("ADD", "MOD", "DEL")
_LISTS = ("datasets", "referents")
_APART = {*_LISTS, "properties"}
_TEXTS_ALONE = {str}
_TRUTH = {True: "true", False: "false"}
_CLASSES = {schema: ("rdf:type", iri(expand(f"ftm:{schema}"))) for schema in ftm.SCHEMATA}
_SCALAR = "one value where a list belongs; taken as a list of one"
_NO_TEXT = "no text; taken as its text"


def read(file: Path, report: Report, places: Places) -> Iterator[Entry]:
    """Read a file of entities; the embedded ones of a nested file are records of their own.

    Raises:
        UsageError: it is no such file.
    """
    if begins(file) in ("{", "["):
        yield from _Entities(file, report, places).entries(objects(file, report))
    else:
        yield from table_rows(file, report, places)


def read_apart(lines: Iterable[tuple[int, bytes]], report: Report, places: Places) -> Iterator[Entry]:
    """Read lines of a file that was taken apart: all that are of one id, in their order.

    What embeds others, or changes what is loaded, is told by more than the lines of its id; both are rejected.

    Args:
        lines: Numbers of lines in the file, and the lines.
    """

    def alone() -> Iterator[tuple[str, dict[str, Any]]]:
        for where, told in told_in(lines, report):
            report.read += 1
            why = _not_alone(told)
            if why:
                report.reject(where, why, _short(told))
            else:
                yield where, told

    yield from _Entities(Path(FEED.name), report, places).entries(alone())


def _not_alone(told: Any) -> str:
    """Why a line is not read by itself; blank if it is."""
    if not isinstance(told, dict):
        return "no object"
    if "op" in told:
        return "a change, which is laid over what a store has"
    properties = told.get("properties")
    values = properties.values() if isinstance(properties, dict) else ()
    if any(isinstance(each, dict) for value in values for each in (value if isinstance(value, list) else (value,))):
        return "it embeds others; the engine native reads such a file"
    return ""


def id_of(line: bytes) -> str:
    """The id by which lines come together; blank if it has none."""
    try:
        told = json.loads(line.removeprefix(codecs.BOM_UTF8).decode())
    except (ValueError, RecursionError):
        return ""
    key = told.get("id") if isinstance(told, dict) else None
    return key if isinstance(key, str) else ""


class _Entities:
    """The entities of a file of JSON, each id once; what is said of one in several places is joined."""

    def __init__(self, file: Path, report: Report, places: Places) -> None:
        self._file, self._report, self._places = file, report, places
        self._says = Says(report, places, FEED.name)
        self._seen: dict[int, int] = {}
        self._columns: dict[str, None] = {}

    def entries(self, found: Iterable[tuple[str, dict[str, Any]]]) -> Iterator[Entry]:
        """Each entity as a record.

        Args:
            found: Where each stands, and what is told of it.
        """
        for where, told in found:
            try:
                yield from self._line(where, told)
            except RecursionError:
                self._report.reject(where, "nested too deeply")
        known = TOP | {name: _TEXT if name in ftm.TEXTS else "" for name in ftm.PROPERTIES}
        self._report.had(tuple(sorted(self._columns)), known, known.keys() - {*_NEEDED})
        if self._report.changes is not None or not self._columns:  # without a record there is no column
            self._report.lost = ()

    def _line(self, where: str, told: dict[str, Any]) -> Iterator[Entry]:
        report = self._report
        if "versions" in told and "id" not in told:
            raise UsageError(f"{self._file}: an index of changes; load the files of changes that it names")
        change = "op" in told
        if change == (report.changes is None) and (report.kept or report.changes):
            report.reject(where, "a change among whole records" if change else "a whole record among changes")
        elif not change:
            yield from self._all(where, told)
        else:
            self._columns.update(dict.fromkeys(name for name in told if name not in ("op", "entity")))
            yield from self._change(where, told)

    def _change(self, where: str, told: dict[str, Any]) -> Iterator[Entry]:
        report, entity = self._report, told.get("entity")
        changes = report.changes = {} if report.changes is None else report.changes
        key = entity.get("id") if isinstance(entity, dict) else None
        if told["op"] not in _CHANGES or not isinstance(entity, dict) or not isinstance(key, str) or not key.strip():
            report.reject(where, "no change: it needs op ADD, MOD or DEL and an entity with an id", _short(told))
        elif key in changes:
            report.reject(where, "changed before in the same file", key)
        elif told["op"] == "DEL":
            changes[key] = "DEL"
            report.kept += 1
        else:
            for entry in self._all(where, entity):
                changes[entry.key] = told["op"] if entry.key == key else "ADD"
                yield entry

    def _all(self, where: str, entity: dict[str, Any]) -> Iterator[Entry]:
        """An entity and all that is embedded in it."""
        waiting = [entity]
        while waiting:
            one = waiting.pop()
            if one is not entity:
                self._report.read += 1
            found = self._entry(where, one, waiting)
            if found is not None:
                yield found

    def _entry(self, where: str, told: dict[str, Any], waiting: list[dict[str, Any]]) -> Entry | None:
        report, key, properties = self._report, told.get("id"), told.get("properties")
        if not isinstance(key, str) or not key.strip():
            report.reject(where, "no id", _short(told))
            return None
        if not isinstance(told.get("schema"), str) or not isinstance(properties, dict):
            report.reject(where, "no schema or no properties", _short(told))
            return None
        if not (told.keys() <= self._columns.keys() and properties.keys() <= self._columns.keys()):
            self._columns.update(dict.fromkeys((*told, *properties)))
        found = {name: self._values(where, name, value, waiting) for name, value in properties.items()}
        heads = {name: self._values(where, name, told[name], waiting) for name in _LISTS if name in told}
        top = {name: _text(value) for name, value in told.items() if name not in _APART} | heads
        cells = {name: values for name, values in (found | top).items() if values}
        for name in found.keys() & top.keys():  # a property of the name of a field
            cells[name] = found[name] + top[name]
        codes = heads.get("datasets", ())
        if again := self._again(key, cells):
            report.repeated += 1
            if again == "word for word":
                return None
            codes = ()
        said = (*self._heads(where, told, heads), *self._says(where, found))
        return Entry(key, _label(told, found), {}, said, codes, several=cells, adds=bool(again))

    def _again(self, key: str, cells: Mapping[str, tuple[str, ...]]) -> str:
        """How an id was said before: not at all, word for word, or otherwise."""
        number, sum_ = hash(key), hash(frozenset(cells.items()))
        before = self._seen.get(number)
        self._seen[number] = sum_
        if before is None:
            return ""
        return "word for word" if before == sum_ else "otherwise"

    def _heads(self, where: str, told: dict[str, Any], heads: Mapping[str, tuple[str, ...]]) -> Iterator[Said]:
        if told["schema"] in _CLASSES:
            yield _CLASSES[told["schema"]]
        else:
            self._report.doubt(where, "schema", told["schema"], "no schema of FollowTheMoney known here")
        for old in heads.get("referents", ()):
            if old != told["id"]:
                yield other("dct:replaces", FEED.name, old)

    def _values(self, where: str, name: str, value: Any, waiting: list[dict[str, Any]]) -> tuple[str, ...]:
        """The values of a property as texts; entities embedded in it wait to be read, their ids stand for them."""
        if type(value) is list:  # of texts alone nearly always, and those are read much the fastest
            if len(value) == 1 and type(value[0]) is str:
                return (value[0],) if value[0].strip() else ()
            if {*map(type, value)} <= _TEXTS_ALONE:
                return tuple(dict.fromkeys([each for each in value if each.strip()]))
        if not isinstance(value, list):
            self._report.doubt(where, name, flat(value), _SCALAR)
            value = [value]
        found = []
        for each in value:
            if isinstance(each, dict) and isinstance(each.get("id"), str):
                found.append(each["id"])
                if "properties" in each:
                    waiting.append(each)
                continue
            if not isinstance(each, str):
                self._report.doubt(where, name, flat(each), _NO_TEXT)
            found.append(flat(each))
        return tuple(dict.fromkeys(each for each in found if each.strip()))


def _text(value: Any) -> tuple[str, ...]:
    """The text of a field, none if it is blank; no text of these lines has half a character."""
    if type(value) is not str:
        value = _TRUTH[value] if type(value) is bool else flat(value)
    return (value,) if value else ()


def _label(told: dict[str, Any], found: Mapping[str, tuple[str, ...]]) -> str:
    caption = told.get("caption")
    if isinstance(caption, str) and caption.strip():
        return caption
    return (found.get("name") or (told["schema"],))[0]


def _short(told: Any) -> str:
    return flat(told)[:200]


FEED = Feed(
    name="opensanctions",
    title="OpenSanctions",
    publisher="OpenSanctions Datenbanken GmbH",
    licence=CC_BY_NC,
    address="https://data.opensanctions.org/datasets/latest/sanctions/entities.ftm.json",
    version="opensanctions-1",
    read=read,
)
