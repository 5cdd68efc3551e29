"""Oxigraph in this process: in memory, or in a folder swapped in whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from dualuse.errors import QueryError, StoreError
from dualuse.locks import Lock
from dualuse.namespaces import PREFIXES
from dualuse.store.base import NOTHING, RDF_FORMATS, RESULT_FORMATS, Row, bound, lines, names_of, sort_triples
from dualuse.store.folder import open_current
from dualuse.store.text import has_dataset

Answer = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


class MemoryStore:
    """An Oxigraph store held by this process.

    Args:
        store: The Oxigraph store; a new one in memory if not given.
        location: What to call it in messages.
        folder: Folder of its files, if it has any.
        held: What keeps others from removing them; let go of with this object.
    """

    def __init__(
        self,
        store: ox.Store | None = None,
        location: str = "memory",
        folder: Path | None = None,
        held: Lock | None = None,
    ) -> None:
        self.store = ox.Store() if store is None else store
        self.location = location
        self._folder = folder
        self._held = held

    @property
    def build(self) -> str:
        """Name of the build that is open; empty in memory."""
        return "" if self._folder is None else self._folder.name

    @property
    def size(self) -> int:
        """Bytes of the files of the build that is open; 0 in memory."""
        return 0 if self._folder is None else sum(each.stat().st_size for each in self._folder.iterdir())

    def run(self, query: str, dataset: tuple[Sequence[str], Sequence[str]] | None = None) -> Answer:
        """Answer any query; solutions and triples are computed as they are read, within :meth:`answering`.

        Args:
            dataset: IRIs of the graphs whose union is its default graph, and of its named graphs; as the query says,
                or all of them, if not given.
        """
        how: dict[str, Any] = {"use_default_graph_as_union": dataset is None and not has_dataset(query)}
        if dataset is not None:
            default, named = ([ox.NamedNode(iri) for iri in graphs] for graphs in dataset)
            how |= {"default_graph": default, "named_graphs": named}
        try:
            with self.answering():
                return self.store.query(query, prefixes=PREFIXES, **how)
        except (SyntaxError, ValueError) as error:
            raise QueryError(f"the query cannot be read: {error}") from None

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Solutions are computed as they are read, so a failure can come at any of them."""
        try:
            yield
        except (OSError, RuntimeError) as error:
            raise StoreError(f"{self.location}: the store could not answer: {error}") from None

    def select(self, query: str) -> list[Row]:
        """Answer a SELECT query with all its solutions."""
        return list(self.stream(query)[1])

    def stream(self, query: str) -> tuple[list[str], Iterator[Row]]:
        """Answer a SELECT query with the names of its columns, and its solutions as they come."""
        answer = self.run(query)
        if not isinstance(answer, ox.QuerySolutions):
            raise QueryError("a SELECT query is needed here")
        return names_of(answer), self._read(answer)

    def _read(self, answer: ox.QuerySolutions) -> Iterator[Row]:
        with self.answering():
            yield from bound(names_of(answer), answer)

    def ask(self, query: str) -> bool:
        """Answer an ASK query."""
        answer = self.run(query)
        if not isinstance(answer, ox.QueryBoolean):
            raise QueryError("an ASK query is needed here")
        return bool(answer)

    def construct(self, query: str) -> list[ox.Triple]:
        """Answer a CONSTRUCT or DESCRIBE query with its triples, sorted."""
        answer = self.run(query)
        if not isinstance(answer, ox.QueryTriples):
            raise QueryError("a CONSTRUCT or DESCRIBE query is needed here")
        with self.answering():
            return sort_triples(list(answer))

    def write(self, query: str, form: str) -> bytes:
        """Answer any query as bytes, written by Oxigraph."""
        answer = self.run(query)
        if isinstance(answer, ox.QueryTriples):
            if form not in RDF_FORMATS:
                raise QueryError(f"triples cannot be written as {form!r}; choose from {', '.join(RDF_FORMATS)}")
            # known to be a set of triples: RDF 1.1 has no duplicates
            with self.answering():
                triples = sort_triples(list(dict.fromkeys(answer)))
            return ox.serialize(triples, format=RDF_FORMATS[form], prefixes=PREFIXES) or b""
        if form not in RESULT_FORMATS:
            raise QueryError(f"rows cannot be written as {form!r}; choose from {', '.join(RESULT_FORMATS)}")
        with self.answering():
            return answer.serialize(format=RESULT_FORMATS[form]) or b""

    def quads(self) -> list[str]:
        """Every quad as an N-Quads line, sorted."""
        return lines(self.nquads().decode("utf-8"))

    def nquads(self) -> bytes:
        """Every quad as N-Quads, the lines sorted: the order of UTF-8 is that of the characters."""
        dump = self.dump()
        return b"\n".join(sorted(dump.split(b"\n"))[1:]) + b"\n" if dump else b""

    def dump(self) -> bytes:
        """Every quad as N-Quads, in the order of the store."""
        with self.answering():
            return self.store.dump(format=ox.RdfFormat.N_QUADS) or b""

    def kept(self, name: str) -> bytes | None:
        """What is kept in the folder under a name, or None."""
        try:
            return None if self._folder is None else (self._folder / name).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StoreError(f"{self.location}: the store could not answer: {error}") from None

    def replace(self, nquads: bytes, kept: Mapping[str, bytes] = NOTHING) -> None:
        """Put these quads in place of everything the store holds; nothing is kept with them."""
        self.store.clear()
        self.store.bulk_load(nquads, format=ox.RdfFormat.N_QUADS)


def open_folder(folder: Path, checked: str = "") -> MemoryStore:
    """Open a store folder for reading; others may read it at the same time, and a build leaves it alone meanwhile.

    Args:
        checked: Name of a build whose files were checked a moment ago; they are not checked again.

    Raises:
        StoreError: there is no store in the folder, or it is damaged.
    """
    store, build, held = open_current(folder, checked)
    return MemoryStore(store, str(folder), build, held)
