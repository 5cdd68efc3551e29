"""A query ends when its time is over, and what goes wrong is raised where it is awaited."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from dualuse.errors import QueryError, QueryStopped
from dualuse.knowledge import Knowledge
from dualuse.query.limits import left_behind, stream_within, within

_SOME = "{ SELECT ?%s { ?%s ?p ?o } LIMIT 2500 }"
SLOW = f"SELECT (COUNT(*) AS ?n) {{ {_SOME % ('a', 'a')} {_SOME % ('b', 'b')} FILTER(STR(?a) < STR(?b)) }}"
"""It goes through millions of pairs: seconds, so that what is left behind soon ends."""


def test_an_answer_in_time() -> None:
    assert within(10, lambda: 42) == 42
    assert within(None, lambda: threading.current_thread().name) == "dualuse-query"


def test_rows_in_time() -> None:
    names, rows = stream_within(10, lambda: (["n"], iter(range(1_000))))
    assert (names, list(rows)) == (["n"], list(range(1_000)))


def test_what_goes_wrong_is_raised() -> None:
    def fail() -> int:
        raise QueryError("no such thing")

    with pytest.raises(QueryError, match="no such thing"):
        within(10, fail)


def test_what_goes_wrong_late_is_raised() -> None:
    def rows() -> Iterator[int]:
        yield from range(300)
        raise QueryError("no more")

    _, found = stream_within(10, lambda: (["n"], rows()))
    with pytest.raises(QueryError, match="no more"):
        list(found)


def test_the_time_is_over() -> None:
    gate = threading.Event()
    start = time.monotonic()
    with pytest.raises(QueryStopped, match=r"did not end within 0\.2 s") as caught:
        within(0.2, gate.wait)
    assert time.monotonic() - start < 5  # the machine may be busy
    assert caught.value.exit_code == 124
    assert left_behind()
    gate.set()


def test_rows_without_end_end() -> None:
    def rows() -> Iterator[int]:
        while True:
            yield 1

    _, found = stream_within(0.2, lambda: (["n"], rows()))
    with pytest.raises(QueryStopped, match="did not end within"):
        for _ in found:
            pass


def test_whoever_stops_reading_stops_the_work() -> None:
    ended = threading.Event()

    def rows() -> Iterator[int]:
        try:
            while True:
                yield 1
        finally:
            ended.set()

    _, found = stream_within(None, lambda: (["n"], rows()))
    assert next(found) == 1
    found.close()  # type: ignore[attr-defined]  # it is a generator
    assert ended.wait(10)


def test_an_engine_that_works_can_be_left(knowledge: Knowledge) -> None:
    with pytest.raises(QueryStopped):
        knowledge.sparql(SLOW, timeout=0.3)
