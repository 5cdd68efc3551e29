"""What a shell offers where a key belongs: read off a store folder, or off the shipped data, never off a server.

It has to be there before the finger leaves the key, so nothing is opened or imported that an answer would need.
"""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from dualuse.errors import DualuseError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

KINDS: Mapping[str, tuple[str, ...]] = {
    "PLACE": ("place",),
    "PLACE...": ("place",),
    "LAW": ("place",),
    "PLACE:GROUP": ("place",),
    "GROUP[,GROUP]": ("group",),
    "INSTRUMENT...": ("instrument",),
    "instrument": ("instrument",),
    "MEASURE": ("instrument", "measure"),
    "MEASURE[,MEASURE]": ("instrument", "measure"),
    "FIRST SECOND": ("instrument", "measure"),
    "measure...": ("instrument", "measure"),
    "CODE": ("instrument", "measure"),
    "ORG": ("organisation",),
    "party": ("organisation",),
    "PARTY...": ("organisation",),
    "PARTY": ("organisation", "place"),
    "party...": ("organisation", "place"),
    "WHO": ("organisation", "person"),
    "SOURCE": ("document", "organisation", "person"),
    "THING": ("instrument", "organisation", "person", "place", "group"),
    "SKU|ECCN": ("product", "item"),
    "ITEM": ("item",),
}
"""What the help writes for a value, or the name of its parameter, with dots if it is no option -> what it names."""

_TABLES = {
    "document": "documents",
    "group": "groups",
    "instrument": "instruments",
    "item": "items",
    "measure": "measures",
    "organisation": "organisations",
    "person": "people",
    "place": "places",
    "product": "products",
}
"""Kind of thing -> its table or folder of the shipped data."""
_STORE = ".dualuse/store"


class Key(click.types.StringParamType):
    """Text that names a thing; a shell completes its key.

    Args:
        kinds: Kinds of thing that it may name.
    """

    def __init__(self, *kinds: str) -> None:
        self.kinds = kinds

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Keys that begin as what was typed, else those of which a name does; each with its label."""
        pair = str(param.metavar) == "PLACE:GROUP" and ":" in incomplete
        typed = incomplete.rpartition(":" if pair else ",")
        before, wanted = "".join(typed[:2]), typed[2].casefold()
        found: dict[str, str] = {}
        called: dict[str, str] = {}
        for kind in ("group",) if pair else self.kinds:
            for key, label, names in known(kind, ctx.params.get("store")):
                if key.casefold().startswith(wanted):
                    found[key] = label
                elif any(name.startswith(wanted) for name in names):
                    called[key] = label
        return [CompletionItem(f"{before}{key}", help=label) for key, label in sorted((found or called).items())]


class QueryName(click.types.StringParamType):
    """Text that names a query of the library."""

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Names that begin as what was typed."""
        from importlib.resources import files

        names = sorted(file.name.removesuffix(".rq") for file in files("dualuse").joinpath("query/named").iterdir())
        return [CompletionItem(name) for name in names if name.startswith(incomplete) and not name.startswith("_")]


def known(kind: str, store: str | None) -> Iterator[tuple[str, str, list[str]]]:
    """Key, English label and folded names of the things of a kind; nothing where they cannot be read."""
    try:
        yield from _kept(kind, store)
        return
    except (OSError, ValueError, TypeError, AttributeError, StopIteration):
        pass  # no store, an endpoint, or one that another version wrote
    try:
        yield from _shipped(kind)
    except (OSError, ValueError, KeyError, DualuseError):
        return


def _kept(kind: str, store: str | None) -> list[tuple[str, str, list[str]]]:
    """As the build in use of a store folder keeps them beside the graph."""
    folder = Path(store or os.environ.get("DUALUSE_STORE") or _STORE)
    build = folder / (folder / "CURRENT").read_text("utf-8").strip()
    (file,) = build.glob("names-*.json")
    with file.open(encoding="utf-8") as lines:
        names, labels = json.loads(next(line for line in lines if line.startswith(f"{kind}\t")).partition("\t")[2])
    bearing: dict[str, list[str]] = {}
    for name, keys in names.items():
        for key in keys:
            bearing.setdefault(key, []).append(name)
    return [(key, labels.get(key, ""), called) for key, called in bearing.items()]


def _shipped(kind: str) -> Iterator[tuple[str, str, list[str]]]:
    """As the files of the data are named, or the rows of a table."""
    from dualuse import resources

    place = resources.root("data") / _TABLES[kind]
    if place.is_dir():
        yield from ((file.name.removesuffix(".yml"), "", []) for file in place.iterdir() if file.name.endswith(".yml"))
        return
    for row in _rows(resources.root("data") / f"{_TABLES[kind]}.csv"):
        label = row.get("name_en") or row.get("label_en") or ""
        yield row["key"], label, [label.casefold()] if label else []


def _rows(table: Traversable) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table.read_text("utf-8"))))
