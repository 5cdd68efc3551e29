"""Stories of the explorer: steps of text, each bound to a state of the page and to the facts it rests on, as data.

A story is one YAML file; its stem is its key. ``state`` is what stands behind the # in the address of a view, as
"Copy link to this view" gives it. ``rests_on`` names the things of the record that bear the text out; the page shows
their sources beside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from dualuse.dates import PartialDate
from dualuse.errors import CuratedDataError, Problem
from dualuse.explore.inline import template_text
from dualuse.lens import Lens
from dualuse.load.files import Row, read_yaml
from dualuse.node import Node
from dualuse.resources import root, walk
from dualuse.suggest import nearest

Story = dict[str, Any]
"""``key``, ``title`` by language, and ``steps``: each with ``state``, ``title``, ``text`` and ``rests_on``."""
_SCRIPTS = {"en": "en", "zh_hant": "zh-Hant", "zh_hans": "zh-Hans"}
_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_MOST_STEPS = 40
_HAN = re.compile(r"[\u3400-\u9fff]")


def read_stories(folder: Traversable | None = None) -> list[Story]:
    """The shipped stories, or those of another folder of data, by key; each in every language.

    Raises:
        CuratedDataError: with every problem of every file.
    """
    folder = (root("data") if folder is None else folder) / "stories"
    problems: list[Problem] = []
    found = walk(folder, ".yml") if folder.is_dir() else ()
    stories = [_read(f"stories/{name}", file, problems, shipped=True) for name, file in found]
    if problems:
        raise CuratedDataError(problems)
    return [story for story, _ in filter(None, stories)]


def read_story(path: Path) -> Story:
    """A story of a reader: in one language at least, and a step need not say what it rests on.

    Raises:
        CuratedDataError: with every problem, and the line it is on.
    """
    problems: list[Problem] = []
    found = _read(str(path), path, problems, shipped=False)
    if problems or found is None:
        raise CuratedDataError(problems)
    return found[0]


def check_references(holds: Callable[[Node], bool], folder: Traversable | None = None) -> list[Problem]:
    """Things that a shipped story names and the record does not have.

    Args:
        holds: Whether the record has a thing.
        folder: The folder of data.
    """
    folder = (root("data") if folder is None else folder) / "stories"
    problems: list[Problem] = []
    for name, file in walk(folder, ".yml") if folder.is_dir() else ():
        read = _read(f"stories/{name}", file, problems, shipped=True)
        for number, step in enumerate(read[0]["steps"] if read is not None else ()):
            for field, things in (("state", nodes_of(step["state"])), ("rests_on", step["rests_on"])):
                for index, thing in enumerate(things):
                    if not holds(Node(*thing.split(":", 1))) and read is not None:
                        line = read[1].line_of(("steps", number, field, index))
                        message = f"{thing!r} is not in the record; fix its key"
                        problems.append(Problem(f"stories/{name}", line, f"steps.{number}.{field}", message))
    return problems


def nodes_of(state: str) -> list[str]:
    """Nodes that a state of the page names.

    Example:
        >>> nodes_of("view=map&focus=place:CH&path=place:CH~place:US")
        ['place:CH', 'place:CH', 'place:US']
    """
    found: list[str] = []
    for part in state.split("&"):
        name, _, text = part.partition("=")
        if name in ("focus", "path", "of"):
            found += [node for node in unquote(text).split("~") if ":" in node]
    return found


def joined(text: str) -> str:
    """Folded lines put a space where lines meet; Chinese has none there.

    Example:
        >>> joined("一級。 其餘為二級，見 D:5")
        '一級。其餘為二級，見 D:5'
    """
    return re.sub(r"(?<=[。，；：、？！]) ", "", text.strip())


def _read(name: str, file: Traversable, problems: list[Problem], *, shipped: bool) -> tuple[Story, Row] | None:
    row = read_yaml(name, file, problems)
    if row is None:
        return None
    key = name.rpartition("/")[2].removesuffix(".yml").removesuffix(".yaml")
    found = list(_faults(row.values, key, shipped))
    problems += [Problem(name, row.line_of(path), ".".join(map(str, path)) or "?", message) for path, message in found]
    if found or problems:
        return None
    given: Any = row.values
    steps = [
        {
            "state": step["state"],
            "title": _words(step["title"]),
            "text": _words(step["text"]),
            "rests_on": list(step.get("rests_on", ())),
        }
        for step in given["steps"]
    ]
    return {"key": key, "title": _words(given["title"]), "steps": steps}, row


def _words(given: Mapping[str, str]) -> dict[str, str]:
    return {_SCRIPTS[name]: joined(text) for name, text in given.items()}


_Fault = tuple[tuple[str | int, ...], str]


def _faults(values: Mapping[str, Any], key: str, shipped: bool) -> Iterator[_Fault]:
    """What a story will not take: where, and why."""
    if not _KEY.fullmatch(key):
        yield (), f"wrong file name {key!r}: lower-case letters and digits joined by '-'"
    yield from _keys(values, ("title", "steps"), (), ())
    yield from _texts(values.get("title"), ("title",), shipped)
    steps = values.get("steps")
    if not isinstance(steps, list) or not 1 <= len(steps) <= _MOST_STEPS:
        yield ("steps",), f"a story has one step to {_MOST_STEPS}, each beginning with '- '"
        return
    for number, step in enumerate(steps):
        path = ("steps", number)
        if not isinstance(step, dict):
            yield path, "a step is a mapping of keys to values: state, title, text, rests_on"
            continue
        yield from _keys(step, ("state", "title", "text"), ("rests_on",), path)
        yield from _texts(step.get("title"), (*path, "title"), shipped)
        yield from _texts(step.get("text"), (*path, "text"), shipped)
        yield from _state_faults(step.get("state"), (*path, "state"))
        yield from _rest_faults(step.get("rests_on", []), (*path, "rests_on"), shipped)


def _keys(
    given: Mapping[str, Any], needed: Sequence[str], other: Sequence[str], path: tuple[str | int, ...]
) -> Iterator[_Fault]:
    known = [*needed, *other]
    for name in given:
        if name not in known:
            close = nearest(name, known, 1)
            hint = f"did you mean {close[0]!r}?" if close else f"known keys: {', '.join(known)}"
            yield (*path, name), f"unknown key; {hint}"
    for name in needed:
        if name not in given:
            yield (*path, name), "missing; every story and every step needs it"


def _texts(given: Any, path: tuple[str | int, ...], shipped: bool) -> Iterator[_Fault]:
    """Faults of words by language."""
    if given is None:
        return
    if not isinstance(given, dict) or not all(isinstance(text, str) and text.strip() for text in given.values()):
        yield path, f"words stand under the language they are in: {', '.join(_SCRIPTS)}"
        return
    yield from _keys(given, tuple(_SCRIPTS) if shipped else (), () if shipped else tuple(_SCRIPTS), path)
    if not given:
        yield path, f"no words; give one language at least: {', '.join(_SCRIPTS)}"
    for name, text in given.items():
        if name.startswith("zh") and not _HAN.search(text):
            yield (*path, name), f"{text[:40]!r} holds no Chinese"


@cache
def _parts() -> dict[str, frozenset[str]]:
    """Parts of an address that the page reads, as its script has them, and its views."""
    text = template_text("address.js")
    names = re.findall(r'parameters\.get\("(\w+)"\)', text)
    views = re.search(r"^const VIEWS = \[(.*?)\];", template_text("state.js"), re.MULTILINE | re.DOTALL)
    return {"names": frozenset(names), "views": frozenset(re.findall(r'"(\w+)"', "" if views is None else views[1]))}


def _state_faults(state: Any, path: tuple[str | int, ...]) -> Iterator[_Fault]:
    if state is None:
        return
    if not isinstance(state, str):
        yield path, "a state is a text: what stands behind the # in the address of a view"
        return
    known = _parts()
    for part in filter(None, state.split("&")):
        name, _, value = part.partition("=")
        if name not in known["names"] or name == "story":
            close = nearest(name, known["names"] - {"story"}, 1)
            yield path, f"{part!r}: the page has no {name!r}" + (f"; did you mean {close[0]!r}?" if close else "")
        elif name == "view" and value not in known["views"]:
            yield path, f"{part!r}: the views are {', '.join(sorted(known['views']))}"
        elif name == "lens" and value not in list(Lens):
            yield path, f"{part!r}: the lenses are {', '.join(Lens)}"
        elif name in ("at", "beside") and not _is_day(value.partition("~")[0]):
            yield path, f"{part!r}: a day is YYYY-MM-DD"


def _is_day(text: str) -> bool:
    if len(text) != len("2025-01-13"):
        return False
    try:
        return PartialDate(text).earliest.isoformat() == text
    except ValueError:
        return False


def _rest_faults(rests: Any, path: tuple[str | int, ...], shipped: bool) -> Iterator[_Fault]:
    if not isinstance(rests, list) or not all(isinstance(each, str) for each in rests):
        yield path, "a list of things of the record, such as instrument:us-ear or event:us-ear.2"
    elif shipped and not rests:
        yield path, "missing; a step says what of the record it rests on"
    else:
        for number, each in enumerate(rests):
            if not re.fullmatch(r"[a-z-]+:[\w.-]+", each):
                yield (*path, number), f"{each!r}: a thing is written kind:key, such as instrument:us-ear"
