"""Where the graph lives: in memory, in a folder, or behind a SPARQL 1.1 endpoint."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from dualuse.store.addresses import is_remote
from dualuse.store.base import Place, Store
from dualuse.store.embedded import MemoryStore, open_folder
from dualuse.store.folder import is_store, writing

__all__ = ["MemoryStore", "Place", "Store", "claim", "is_remote", "is_store", "open_store"]


def open_store(location: str, checked: str = "") -> Store:
    """Open a store for reading.

    Args:
        location: A folder made by ``dualuse build``, or the URL of a SPARQL 1.1 query endpoint.
        checked: Name of a build in the folder whose files were checked a moment ago; they are not checked again.

    Raises:
        StoreError: there is no store there, or it cannot be reached.
    """
    if not is_remote(location):
        return open_folder(Path(location), checked)
    from dualuse.store.remote import RemoteStore

    return RemoteStore(location)


@contextmanager
def claim(location: str, *, wait: Callable[[str], None] | None = None) -> Iterator[Place]:
    """Be the one that writes to a store folder; an endpoint is not claimed, for its server decides.

    Args:
        location: A folder, or the URL of a SPARQL 1.1 query endpoint.
        wait: Told who writes there before waiting for them; without it, that is an error.

    Raises:
        StoreError: another build is running, or the folder holds something else or cannot be written.
    """
    if is_remote(location):
        from dualuse.store.remote import RemoteStore

        yield RemoteStore(location)
    else:
        with writing(Path(location), wait=wait) as folder:
            yield folder
