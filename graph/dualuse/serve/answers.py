"""A query answered in a process of its own: as bytes, whole, or not at all."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import IO, TYPE_CHECKING, cast

import pyoxigraph as ox
from starlette.exceptions import HTTPException

from dualuse.errors import QueryError
from dualuse.namespaces import GRAPH, PREFIXES
from dualuse.query.check import check
from dualuse.store.base import RDF_FORMATS, RESULT_FORMATS, sort_triples
from dualuse.store.embedded import MemoryStore
from dualuse.store.text import form as query_form

if TYPE_CHECKING:
    from dualuse.knowledge import Knowledge


@dataclass(frozen=True)
class Limits:
    """How large an answer may be, in rows or triples and in bytes."""

    rows: int
    bytes: int


@dataclass(frozen=True)
class Question:
    """A query as somebody sent it.

    Args:
        query: Its text.
        rows: Form in which rows are welcome; None if none is.
        triples: Form in which triples are welcome; None if none is.
        dataset: IRIs of default and of named graphs that were asked for beside the query; None if none was.
    """

    query: str
    rows: str | None
    triples: str | None
    dataset: tuple[tuple[str, ...], tuple[str, ...]] | None = None


def answer(knowledge: Knowledge, question: Question, limits: Limits) -> tuple[str, bytes]:
    """The form of the answer to a query, and its bytes.

    Raises:
        QueryError: it is no plain question to this graph.
        HTTPException: the answer has no form that is welcome, or is too large.
    """
    shape = _checked(question.query)
    of_triples = shape in ("CONSTRUCT", "DESCRIBE")
    form = question.triples if of_triples else question.rows
    if form is None:
        known = RDF_FORMATS if of_triples else RESULT_FORMATS
        types = ", ".join(each.media_type for each in known.values())
        raise HTTPException(406, f"the answer to this query comes as one of {types}")
    store = knowledge.store
    if not isinstance(store, MemoryStore):
        if question.dataset is not None:
            raise QueryError(
                "this server stands before another endpoint, and takes no graphs beside the query: use FROM"
            )
        content = store.write(question.query, form)
        if len(content) > limits.bytes:
            raise _too_large(f"{limits.bytes:,} bytes")
        return form, _within(content, form, limits)
    _check_graphs(question)
    found = store.run(question.query, question.dataset)
    with store.answering():
        if isinstance(found, ox.QueryTriples):
            triples = sort_triples(list(dict.fromkeys(islice(found, limits.rows + 1))))
            if len(triples) > limits.rows:
                raise _too_large(f"{limits.rows:,} triples")
            return form, _written(limits, lambda to: _put(triples, to, form))
        content = _written(limits, lambda to: found.serialize(cast("IO[bytes]", to), format=RESULT_FORMATS[form]))
    return form, _within(content, form, limits)


@lru_cache(maxsize=200)
def _checked(query: str) -> str:
    """The form of a query, once it is known to be a plain question: to look takes as long as a small answer does."""
    check(query, allow_service=None)
    return query_form(query)


def _put(triples: list[ox.Triple], to: io.RawIOBase, form: str) -> None:
    ox.serialize(triples, cast("IO[bytes]", to), format=RDF_FORMATS[form], prefixes=PREFIXES)


def _check_graphs(question: Question) -> None:
    for iri in (iri for graphs in question.dataset or () for iri in graphs):
        if not iri.startswith(GRAPH):
            raise QueryError(f"graph <{iri}> is refused: this server has no graph but its own ({GRAPH}…)")


def _too_large(most: str) -> HTTPException:
    return HTTPException(422, f"the answer has more than {most}; ask for it in parts, with LIMIT and OFFSET")


class _Full(Exception):  # noqa: N818 - ends the writing, and goes nowhere
    pass


class _Sink(io.RawIOBase):
    """Takes so many bytes and no more."""

    def __init__(self, most: int) -> None:
        self.parts: list[bytes] = []
        self._left = most

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, content: bytes, /) -> int:  # type: ignore[override]  # Oxigraph gives bytes
        """Take some more."""
        self._left -= len(content)
        if self._left < 0:
            raise _Full
        self.parts.append(bytes(content))
        return len(content)


def _written(limits: Limits, write: Callable[[io.RawIOBase], object]) -> bytes:
    sink = _Sink(limits.bytes)
    with suppress(_Full):
        write(sink)
        return b"".join(sink.parts)
    raise _too_large(f"{limits.bytes:,} bytes")


def _within(content: bytes, form: str, limits: Limits) -> bytes:
    """The content, if it has no more rows than an answer may; a row takes a byte or more."""
    if form in _COUNTS and len(content) > limits.rows and _COUNTS[form](content) > limits.rows:
        raise _too_large(f"{limits.rows:,} rows")
    return content


_COUNTS: dict[str, Callable[[bytes], int]] = {
    "json": lambda content: len(json.loads(content).get("results", {}).get("bindings", ())),
    "xml": lambda content: content.count(b"<result>"),
    "tsv": lambda content: content.count(b"\n") - 1,
    "csv": lambda content: sum(1 for _ in csv.reader(io.StringIO(content.decode("utf-8"), newline=""))) - 1,
}
"""Form of rows -> how many are in an answer."""
