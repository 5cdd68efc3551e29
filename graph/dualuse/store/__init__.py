"""Where the graph lives: in memory, in a folder, or behind a SPARQL 1.1 endpoint."""

from __future__ import annotations

from pathlib import Path

from dualuse.store.base import Store
from dualuse.store.embedded import MemoryStore, open_folder

__all__ = ["MemoryStore", "Store", "is_remote", "open_store"]


def is_remote(location: str) -> bool:
    """Whether a location names an endpoint rather than a folder."""
    return location.startswith(("http://", "https://"))


def open_store(location: str) -> Store:
    """Open a store for reading.

    Args:
        location: A folder made by ``dualuse build``, or the URL of a SPARQL 1.1 query endpoint.

    Raises:
        StoreError: there is no store there, or it cannot be reached.
    """
    if not is_remote(location):
        return open_folder(Path(location))
    from dualuse.store.remote import RemoteStore

    return RemoteStore(location)
