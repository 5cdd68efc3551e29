"""Oxigraph in this process: in memory, or in a folder swapped in whole."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox

from dualuse.errors import QueryError, StoreError
from dualuse.namespaces import PREFIXES
from dualuse.store.base import RDF_FORMATS, RESULT_FORMATS, Row, bound, lines, sort_triples
from dualuse.store.text import has_dataset

_CURRENT = "CURRENT"
_BUILD = "build-"


class MemoryStore:
    """An Oxigraph store held by this process.

    Args:
        store: The Oxigraph store; a new one in memory if not given.
        location: What to call it in messages.
    """

    def __init__(self, store: ox.Store | None = None, location: str = "memory") -> None:
        self.store = ox.Store() if store is None else store
        self.location = location

    def _run(self, query: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        try:
            with self._answering():
                return self.store.query(query, prefixes=PREFIXES, use_default_graph_as_union=not has_dataset(query))
        except (SyntaxError, ValueError) as error:
            raise QueryError(f"the query cannot be read: {error}") from None

    @contextmanager
    def _answering(self) -> Iterator[None]:
        """Solutions are computed as they are read, so a failure can come at any of them."""
        try:
            yield
        except OSError as error:
            raise StoreError(f"{self.location}: the store could not answer: {error}") from None

    def select(self, query: str) -> list[Row]:
        """Answer a SELECT query with all its solutions."""
        answer = self._run(query)
        if not isinstance(answer, ox.QuerySolutions):
            raise QueryError("a SELECT query is needed here")
        names = [variable.value for variable in answer.variables]
        with self._answering():
            return [bound(solution, names) for solution in answer]

    def ask(self, query: str) -> bool:
        """Answer an ASK query."""
        answer = self._run(query)
        if not isinstance(answer, ox.QueryBoolean):
            raise QueryError("an ASK query is needed here")
        return bool(answer)

    def construct(self, query: str) -> list[ox.Triple]:
        """Answer a CONSTRUCT or DESCRIBE query with its triples, sorted."""
        answer = self._run(query)
        if not isinstance(answer, ox.QueryTriples):
            raise QueryError("a CONSTRUCT or DESCRIBE query is needed here")
        with self._answering():
            return sort_triples(list(answer))

    def write(self, query: str, form: str) -> bytes:
        """Answer any query as bytes, written by Oxigraph."""
        answer = self._run(query)
        if isinstance(answer, ox.QueryTriples):
            if form not in RDF_FORMATS:
                raise QueryError(f"triples cannot be written as {form!r}; choose from {', '.join(RDF_FORMATS)}")
            # known to be a set of triples: RDF 1.1 has no duplicates
            with self._answering():
                triples = sort_triples(list(dict.fromkeys(answer)))
            return ox.serialize(triples, format=RDF_FORMATS[form], prefixes=PREFIXES) or b""
        if form not in RESULT_FORMATS:
            raise QueryError(f"rows cannot be written as {form!r}; choose from {', '.join(RESULT_FORMATS)}")
        with self._answering():
            return answer.serialize(format=RESULT_FORMATS[form]) or b""

    def quads(self) -> list[str]:
        """Every quad as an N-Quads line, sorted."""
        return lines(self.nquads().decode("utf-8"))

    def nquads(self) -> bytes:
        """Every quad as N-Quads, the lines sorted: the order of UTF-8 is that of the characters."""
        dump = self.store.dump(format=ox.RdfFormat.N_QUADS) or b""
        return b"\n".join(sorted(dump.split(b"\n"))[1:]) + b"\n" if dump else b""

    def replace(self, nquads: bytes) -> None:
        """Put these quads in place of everything the store holds."""
        self.store.clear()
        self.store.bulk_load(nquads, format=ox.RdfFormat.N_QUADS)


def _current(folder: Path) -> str | None:
    """Name of the build in use, or None: a RocksDB folder has a file CURRENT too, which names something else."""
    pointer = folder / _CURRENT
    if not pointer.is_file():
        return None
    name = pointer.read_text(encoding="utf-8", errors="replace").strip()
    return name if name.startswith(_BUILD) else None


def open_folder(folder: Path) -> MemoryStore:
    """Open a store folder for reading; others may read it at the same time.

    Raises:
        StoreError: there is no store in the folder, or it is damaged.
    """
    name = _current(folder)
    if name is None:
        raise StoreError(f"{folder}: no store here. Make one: dualuse build --store {folder}")
    try:
        return MemoryStore(ox.Store.read_only(str(folder / name)), str(folder))
    except OSError as error:
        raise StoreError(f"{folder}: the store cannot be opened ({error}). Build it again: dualuse build") from None


def replace_folder(folder: Path, nquads: bytes) -> None:
    """Write a new store beside the old one, then switch to it: a reader sees the old or the new, never a part.

    Raises:
        StoreError: the folder holds something else, or cannot be written.
    """
    if folder.exists() and _current(folder) is None and (not folder.is_dir() or any(folder.iterdir())):
        raise StoreError(f"{folder}: not a store, and not empty; choose another place with --store DIR")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=_BUILD, dir=folder))
    except OSError as error:
        raise StoreError(
            f"{folder}: cannot be written ({error.strerror}); choose another place with --store DIR"
        ) from None
    waiting, switched = folder / f"{_CURRENT}.new", False
    try:
        store = ox.Store(str(fresh))
        store.bulk_load(nquads, format=ox.RdfFormat.N_QUADS)
        store.flush()
        del store
        waiting.write_text(f"{fresh.name}\n", encoding="utf-8")
        os.replace(waiting, folder / _CURRENT)
        switched = True
    except OSError as error:
        raise StoreError(f"{folder}: the store could not be written ({error})") from None
    finally:
        if not switched:
            shutil.rmtree(fresh, ignore_errors=True)
            waiting.unlink(missing_ok=True)
    for old in sorted(folder.glob(f"{_BUILD}*")):
        if old != fresh:
            shutil.rmtree(old, ignore_errors=True)
