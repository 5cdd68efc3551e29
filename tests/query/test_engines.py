"""Every named query, and every snippet of the documents, gives the same rows in Oxigraph, rdflib and Comunica.

rdflib and Comunica are asked a twelfth of the named queries each, and not the same; with DUALUSE_SLOW=1 all of them, in
two and a half minutes. A sixth is asked of rdflib behind a server (tests/store/test_second_server.py).
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.query.engines import Answer, asked, comunica, difference, oxigraph, queries, rdflib

from dualuse.build import Built
from dualuse.export.rdf import to_rdf
from dualuse.query.library import names, standalone
from dualuse.validate import as_rdflib

MOST_SECONDS = 20
"""What a query may take of a processor in any engine."""


@pytest.fixture(scope="module")
def turtle(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph as it is exported: one default graph, the union of all."""
    path = tmp_path_factory.mktemp("export") / "dualuse.ttl"
    path.write_bytes(to_rdf(built.store, "turtle"))
    return path


def wrong(built: Built, found: Answer | str, text: str, *, in_order: bool = True) -> str:
    """What is wrong with an answer, in a few words; empty if nothing is."""
    if isinstance(found, str):
        return found
    if found.seconds > MOST_SECONDS:
        return f"took {found.seconds:.0f} s"
    return difference(oxigraph(built.store.store, text), found, in_order=in_order)


def test_each_says_which_default_graph_it_is_meant_for() -> None:
    assert [name for name in names() if "\n# Default graph = union of all graphs.\n" not in standalone(name)] == []


def test_some_are_asked_or_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUALUSE_SLOW", "1")
    assert asked(0) == asked(2) == queries()
    monkeypatch.delenv("DUALUSE_SLOW")
    assert {name for first in range(12) for name in asked(first)} == queries().keys()
    assert asked(0).keys() & asked(2).keys() == queries().keys() - set(names())


def test_rdflib(built: Built) -> None:
    quads = built.store.store.quads_for_pattern(None, None, None, None)
    graph = as_rdflib({quad.triple for quad in quads})  # by N-Triples, which it reads sooner than Turtle
    answers = {name: wrong(built, rdflib(graph, text), text) for name, text in asked(0).items()}
    assert {name: told for name, told in answers.items() if told} == {}


def test_comunica(built: Built, turtle: Path) -> None:
    """It sorts text by locale, where SPARQL says by code point: the same rows, in an order of its own."""
    texts = asked(2)
    answers = {name: wrong(built, found, texts[name], in_order=False) for name, found in comunica(turtle, texts)}
    assert {name: told for name, told in answers.items() if told} == {}
    assert answers.keys() == texts.keys()


def test_a_wrong_answer_is_told() -> None:
    one, two = (("1",),), (("2",),)
    right = Answer(["a"], [one, two], 0)
    assert difference(right, Answer(["a"], [two, one], 0), in_order=False) == ""
    assert difference(right, Answer(["a"], [two, one], 0)) == "another order"
    assert difference(right, Answer(["b"], right.rows, 0)) == "columns ['b'] for ['a']"
    twice = difference(right, Answer(["a"], [one, one], 0))
    assert twice == "2 rows for 2; missing [(('2',),)]; more [(('1',),)]"
