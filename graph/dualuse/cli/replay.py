"""``verify-card``."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dualuse.card import SHOWN
from dualuse.cli.options import OneOf, open_for, store_option
from dualuse.errors import UsageError
from dualuse.harmless import harmless

if TYPE_CHECKING:
    from dualuse.card import Card
    from dualuse.replay import Difference, Saved
    from dualuse.replay.since import InRelease
    from dualuse.store import Store

_MOST_BYTES = 256_000_000
_DIFFERS = 1
_LONGEST = 100


@click.command("verify-card")
@click.argument("card", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--since",
    multiple=True,
    metavar="RELEASE",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of a release to ask too, to tell since when the answer is another; may be repeated.",
)
@click.option(
    "--files",
    multiple=True,
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with files that were given to the question; may be repeated.  [default: the card's, and this one]",
)
@click.option(
    "-f",
    "--format",
    "form",
    type=OneOf(["text", "json"]),
    default="text",
    show_default=True,
    help="Lines for people, or JSON with every value whole.",
)
@store_option
def verify_card(card: Path, since: tuple[Path, ...], files: tuple[Path, ...], form: str, store: str | None) -> int:
    """Ask a saved answer again: is it as it was written, and does the same come out today?

    CARD is an answer saved with --format json, or from a page. The exit code is 0 if the answer is the same, 1 if it
    differs, 2 if the file is no answer or was changed after it was written.

    \b
    Example:
      dualuse groups CH HK --as-of 2025-01-13 --format json -o card.json
      dualuse verify-card card.json
      dualuse verify-card card.json --since release-0.1.0 --since release-0.2.0
    """
    from dualuse.reading import read_bytes
    from dualuse.replay import ask_again, differences, read_saved
    from dualuse.replay.since import in_releases

    try:
        saved = read_saved(read_bytes(card, _MOST_BYTES).decode("utf-8"), str(card))
    except UnicodeDecodeError as error:
        raise UsageError(f"{card} is no answer of dualuse: {error}") from None
    find = _finder([*files, card.parent, Path()])
    knowledge = open_for(store)
    again = ask_again(saved, knowledge, find)
    found = differences(saved.document, again.to_dict())
    releases = list(in_releases(saved, since, find))
    if form == "json":
        click.echo(json.dumps(_document(saved, again, found, releases), ensure_ascii=False, indent=2))
    else:
        for line in _lines(saved, again, found, releases, knowledge.store):
            click.echo(harmless(line))
    return _DIFFERS if found else 0


def _finder(folders: Sequence[Path]) -> Callable[[str], Path]:
    """Finds a file that was given, by its name, in the first folder that has it."""

    def find(name: str) -> Path:
        places = [folder / name for folder in folders if Path(name).name == name]
        there = next((place for place in places if place.exists()), None)
        if there is None:
            raise UsageError(f"the question was given {name!r}, which is not here; name its folder with --files DIR")
        return there

    return find


def _document(
    saved: Saved, again: Card[Any], found: Sequence[Difference], releases: Sequence[InRelease]
) -> dict[str, Any]:
    """All that came out, as plain values."""
    then, now = saved.document, again.to_dict()
    return {
        "same": not found,
        "before": {part: then.get(part) for part in ("sha256", "dataset", "engine")},
        "after": {part: now[part] for part in ("sha256", "dataset", "engine")},
        "differences": [each._asdict() for each in found],
        "releases": [{"release": each.name, "sha256": each.sha256, "same": not each.found} for each in releases],
    }


def _lines(
    saved: Saved, again: Card[Any], found: Sequence[Difference], releases: Sequence[InRelease], store: Store
) -> Iterator[str]:
    from dualuse.show.cells import title

    yield title(again)
    yield "the same answer" if not found else f"differs in {len(found):,} place{'' if len(found) == 1 else 's'}"
    yield from _made_with(saved, again, bool(found))
    yield from map(str, found)
    yield from _told_by_release(releases)
    same = [each for each in releases if not each.found]
    if found and same:
        yield from _why(saved, again, same[-1], store)


def _made_with(saved: Saved, again: Card[Any], differs: bool) -> Iterator[str]:
    """Data and engine, then and now; and what to make of it where neither is another."""
    engine, data = str(saved.document.get("engine")), again.dataset.sha256
    now = str(again.to_dict()["engine"])
    if saved.data != data:
        yield f"data: {saved.data} (record to {saved.known_on}) -> {data} (record to {again.dataset.known_on})"
    else:
        yield f"data: {data[:SHOWN]}, the same"
    yield f"engine: {engine} -> {now}" if engine != now else f"engine: {engine}, the same"
    if differs and saved.data == data and engine == now:
        yield "data and version are the same: a file that was given is another, the code is, or the answer is made up"


def _told_by_release(releases: Sequence[InRelease]) -> Iterator[str]:
    for each in releases:
        told = f"differs in {len(each.found):,}" if each.found else "the same answer"
        yield f"in release {each.folder} ({each.name}, data {each.sha256[:SHOWN]}): {told}"


def _why(saved: Saved, again: Card[Any], last: InRelease, store: Store) -> Iterator[str]:
    """What changed in the record since the last release that gives the same answer."""
    from dualuse.replay.since import changed_under

    changes, total = changed_under(saved, again, last.folder, store)
    yield f"since {last.folder}, {total:,} rows of the record differ, {len(changes):,} of them under this answer"
    for change in changes:
        yield f"{change.what} in {change.table}: {change.label}"
        if change.what == "changed":
            for name, (old, new) in change.fields.items():
                yield f"    {name}: {old[:_LONGEST] or 'nothing'} -> {new[:_LONGEST] or 'nothing'}"
        if change.why:
            yield f"    because {change.why}"
    if total > len(changes):
        yield f"the others: dualuse diff {last.folder}"
