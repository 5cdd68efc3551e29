"""Where each feed is to be had: a list that ships, one of one's own, a folder, or a mirror."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlsplit

from dualuse.errors import CuratedDataError, Problem, UsageError
from dualuse.feeds.feed import Feed, feeds
from dualuse.load.files import read_yaml
from dualuse.suggest import nearest


@dataclass(frozen=True)
class Planned:
    """A feed, and the places where its file may be, the first first: paths, or addresses."""

    feed: Feed
    places: tuple[str, ...]


def read_plan(file: Path | None) -> list[Planned]:
    """Read a list of feeds, ``feeds.yml``.

    Args:
        file: The list; the one that ships if not given.

    Raises:
        UsageError: it cannot be read, or names a kind that there is not.
    """
    problems: list[Problem] = []
    row = read_yaml(str(file or "feeds.yml"), files("dualuse.feeds") / "feeds.yml" if file is None else file, problems)
    if problems or row is None:
        raise CuratedDataError(problems)
    listed = row.values.get("feeds")
    if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
        raise UsageError(f"{file}: no list of feeds: it begins with 'feeds:', then '- kind: …' and 'address: …'")
    return [_planned(str(file or "feeds.yml"), each) for each in listed]


def _planned(name: str, each: dict[str, object]) -> Planned:
    kind, known = str(each.get("kind", "")), feeds()
    if kind not in known:
        close = nearest(kind, known, 3) or known
        raise UsageError(f"{name}: no kind of feed {kind!r}; nearest: {', '.join(close)}")
    unknown = sorted(set(each) - {"kind", "address", "mirrors"})
    if unknown:
        raise UsageError(f"{name}: {kind}: no key {unknown[0]!r}; known: kind, address, mirrors")
    mirrors = each.get("mirrors") or []
    if not isinstance(mirrors, list):
        raise UsageError(f"{name}: {kind}: mirrors is a list of addresses")
    places = [str(place) for place in (each.get("address"), *mirrors) if place]
    if not places:
        raise UsageError(f"{name}: {kind}: no address")
    return Planned(known[kind], tuple(places))


def taken_from(planned: Planned, given: Sequence[str]) -> Planned:
    """A feed as it is to be had from folders and mirrors: by the name that its file has at its own address.

    A folder is looked into for that name, then for a file of the name of the kind with any ending.
    """
    if not given:
        return planned
    name = Path(urlsplit(planned.places[0]).path).name or planned.feed.name
    places: list[str] = []
    for place in given:
        if "://" in place:
            places.append(f"{place.rstrip('/')}/{name}")
            continue
        folder = Path(place)
        found = [folder / name, *sorted(folder.glob(f"{planned.feed.name}.*"))]
        places += [str(path) for path in found if path.is_file()]
    return Planned(planned.feed, tuple(dict.fromkeys(places)))
