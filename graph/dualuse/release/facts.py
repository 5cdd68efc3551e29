"""What a release says of itself, wherever it says it: title, version, day, licence, address, numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dualuse.card import read_version
from dualuse.errors import StoreError
from dualuse.store.base import Store, value

HOME = "https://w3id.org/dualuse"
"""Address that stands for the project, and below which its terms and things lie."""
NAME = "dualuse"
KEYWORDS = ("export controls", "AI chips", "knowledge graph", "linked data", "出口管制", "知識圖譜")
LICENCE = "CC-BY-4.0"
"""SPDX name of the licence of what is released."""
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"


@dataclass(frozen=True)
class Facts:
    """What is said of a release.

    Args:
        sha256: Digest of its graph, which tells releases of one version apart.
        known_on: Last day of the record.
    """

    title: str
    description: str
    creator: str
    version: str
    sha256: str
    known_on: date
    triples: int

    @property
    def name(self) -> str:
        """Name by which it is cited: version and the first signs of the digest."""
        return f"{NAME}-{self.version}-{self.sha256[:12]}"

    @property
    def citation(self) -> str:
        """The reference as one writes it."""
        return (
            f"{self.creator} ({self.known_on.year}). {self.title}. Version {self.version}, record to "
            f"{self.known_on.isoformat()}, sha256 {self.sha256[:12]}. {HOME}"
        )


def read_facts(store: Store) -> Facts:
    """Read what a graph says of itself.

    Raises:
        StoreError: it says nothing: no build made it.
    """
    rows = store.select(
        "SELECT ?title ?description ?creator WHERE { ?d a dcat:Dataset ; dct:title ?title ; "
        "dct:description ?description ; dct:creator/foaf:name ?creator ; du:contentSha256 ?any }"
    )
    if not rows:
        raise StoreError("there is no dualuse graph here: it does not say its title and version. Build: dualuse build")
    version = read_version(store)
    count = store.select("SELECT (COUNT(*) AS ?n) WHERE { SELECT DISTINCT ?s ?p ?o WHERE { ?s ?p ?o } }")
    row = rows[0]
    return Facts(
        title=value(row, "title"),
        description=value(row, "description"),
        creator=value(row, "creator"),
        version=version.version,
        sha256=version.sha256,
        known_on=version.known_on,
        triples=int(value(count[0], "n")),
    )
