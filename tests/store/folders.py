"""What tests of the store folder share: two graphs, how to write one, and what a folder holds."""

from __future__ import annotations

from pathlib import Path

from dualuse.store import MemoryStore, claim

ONE = b'<https://example.org/s> <https://example.org/p> "1" <https://w3id.org/dualuse/graph/one> .\n'
TWO = b'<https://example.org/s> <https://example.org/p> "2" <https://w3id.org/dualuse/graph/two> .\n'


def replace_folder(place: Path, nquads: bytes) -> None:
    with claim(str(place)) as writer:
        writer.replace(nquads)


def objects(store: MemoryStore) -> list[str]:
    return [row["o"].value for row in store.select("SELECT ?o WHERE { ?s ?p ?o } ORDER BY ?o")]


def builds(place: Path) -> set[str]:
    return {path.name for path in place.glob("build-*")}
