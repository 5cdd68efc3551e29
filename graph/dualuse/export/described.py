"""What a store says of its own dataset: what exports of other forms tell of whom they come from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dualuse.card import read_version
from dualuse.errors import StoreError

if TYPE_CHECKING:
    from dualuse.store.base import Store

HOME = "https://w3id.org/dualuse"
"""Address that stands for the project."""


@dataclass(frozen=True)
class Described:
    """A dataset.

    Args:
        description: What it holds, in English.
        maker: IRI of who made it.
        creator: What they are called.
        sha256: Digest of the graph.
        day: Last day of the record, ``YYYY-MM-DD``.
    """

    iri: str
    title: str
    description: str
    maker: str
    creator: str
    licence: str
    version: str
    sha256: str
    day: str

    @property
    def name(self) -> str:
        """Name of the release: version and the first signs of the digest."""
        return f"dualuse-{self.version}-{self.sha256[:12]}"


def read_described(store: Store) -> Described:
    """What a store says of its dataset.

    Raises:
        StoreError: it says nothing: no build of this version made it.
    """
    from dualuse.store.base import value

    rows = store.select(
        "SELECT * WHERE { ?iri a dcat:Dataset ; du:contentSha256 ?sha ; dct:title ?title ; dct:creator ?maker ; "
        "dct:license ?licence ; dct:description ?description . ?maker foaf:name ?creator }"
    )
    if not rows:
        raise StoreError("there is no graph of this version here: it does not say who made it. Build: dualuse build")
    version = read_version(store)
    told = {name: value(rows[0], name) for name in ("iri", "title", "description", "maker", "creator", "licence")}
    return Described(**told, version=version.version, sha256=version.sha256, day=version.known_on.isoformat())
