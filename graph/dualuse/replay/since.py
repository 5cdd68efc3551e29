"""Since when an answer is another: releases in which it is asked again, and what changed in the record since."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dualuse.card import Card
from dualuse.errors import UsageError
from dualuse.knowledge import Knowledge
from dualuse.reading import read_bytes
from dualuse.release import Change, compare, read_release, release_of
from dualuse.release.facts import read_facts
from dualuse.release.sheet import sheets
from dualuse.replay.again import ask_again
from dualuse.replay.differences import Difference, differences
from dualuse.replay.saved import Saved
from dualuse.store import MemoryStore, Store

_GRAPH = Path("rdf", "dualuse.nq")
_MOST_BYTES = 4_000_000_000


@dataclass(frozen=True)
class InRelease:
    """A saved question asked again of a release.

    Args:
        found: What differs there from the saved answer.
    """

    name: str
    folder: Path
    sha256: str
    found: Sequence[Difference]


def in_releases(saved: Saved, folders: Sequence[Path], find: Callable[[str], Path]) -> Iterator[InRelease]:
    """The saved question asked again of each release, the earliest first.

    Raises:
        UsageError: a folder holds no release, or none with its graph.
    """
    told = [(read_release(folder), folder) for folder in folders]
    for release, folder in sorted(told, key=lambda each: each[0].version.known_on):
        store = MemoryStore(location=str(folder))
        content = read_bytes(folder / _GRAPH, _MOST_BYTES)
        try:
            store.replace(content)
        except (SyntaxError, ValueError) as error:
            raise UsageError(f"{folder / _GRAPH} cannot be read: {error}") from None
        card = ask_again(saved, Knowledge(store), find).to_dict()
        yield InRelease(release.name, folder, release.version.sha256, differences(saved.document, card))


def changed_under(saved: Saved, card: Card[Any], folder: Path, store: Store) -> tuple[list[Change], int]:
    """What changed between a release and a store in the facts that the saved answer or the new one rests on.

    Returns:
        Those changes, and how many there are in all.
    """
    before = read_release(folder)
    after = release_of(read_facts(store), sheets(store))
    rests_on = {receipt.fact for receipt in card.because}
    rests_on |= {str(receipt.get("fact")) for receipt in saved.document["because"] if isinstance(receipt, dict)}
    found = compare(before, after)
    rows = (
        (change, held.tables.get(change.table, {}).get(change.key, {})) for held in (before, after) for change in found
    )
    touched = {(change.table, change.key) for change, row in rows if row.get("iri") in rests_on}
    return [change for change in found if (change.table, change.key) in touched], len(found)
