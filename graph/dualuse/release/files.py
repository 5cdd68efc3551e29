"""The files of a release as what describes them needs them: path, form, size, digests."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

MEDIA = {
    ".cff": "application/yaml",
    ".csv": "text/csv",
    ".gexf": "application/gexf+xml",
    ".graphml": "application/graphml+xml",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".jsonld": "application/ld+json",
    ".md": "text/markdown",
    ".nq": "application/n-quads",
    ".parquet": "application/vnd.apache.parquet",
    ".rq": "application/sparql-query",
    ".sqlite": "application/vnd.sqlite3",
    ".svg": "image/svg+xml",
    ".trig": "application/trig",
    ".tsv": "text/tab-separated-values",
    ".ttl": "text/turtle",
}
"""Ending of a file -> its media type."""


@dataclass(frozen=True)
class File:
    """A file of a release, written.

    Args:
        path: Where it lies in the release, with ``/``.
        says: What it is, in a sentence.
        sha1: Digest as SPDX asks for.
    """

    path: str
    says: str
    size: int
    sha256: str
    sha1: str

    @property
    def media(self) -> str:
        """Media type."""
        name = self.path.rpartition("/")[2]
        return MEDIA.get(f".{name.rpartition('.')[2]}", "text/plain") if "." in name else "text/plain"


def file_of(path: str, says: str, content: bytes) -> File:
    """Describe a file by its bytes."""
    short = hashlib.sha1(content, usedforsecurity=False).hexdigest()
    return File(path, says, len(content), hashlib.sha256(content).hexdigest(), short)
