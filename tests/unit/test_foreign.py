"""Records of a graph that no build of ours made: whatever one holds, it is read, or said to be wrong in words."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pyoxigraph as ox
import pytest
from tests.running import Opened, Run

from dualuse.build import Built
from dualuse.errors import StoreError
from dualuse.knowledge import Knowledge
from dualuse.model.items import Product, Threshold
from dualuse.model.law import Membership
from dualuse.model.parties import Organisation
from dualuse.model.read import read
from dualuse.model.rules import Condition, DecisionRule
from dualuse.model.slots import kinds
from dualuse.model.speech import Statement
from dualuse.namespaces import BASE, ID, expand, split_thing
from dualuse.store import MemoryStore

XSD = "http://www.w3.org/2001/XMLSchema#"
WRONG: list[ox.Literal | ox.NamedNode | ox.BlankNode | None] = [
    None,
    *(ox.Literal(text) for text in ("", "nonsense", "1e999", "-1e999", "NaN", "9" * 400, "1" * 5000)),
    *(ox.Literal(text, language="en") for text in ("x" * 5000, "a\x1b[31m\u202e")),
    ox.Literal("-5", datatype=ox.NamedNode(f"{XSD}integer")),
    ox.Literal("2025-02-30", datatype=ox.NamedNode(f"{XSD}date")),
    *(ox.NamedNode(iri) for iri in ("urn:x:y", ID, f"{ID}no-kind/x", f"{ID}place/", f"{BASE}id")),
    ox.BlankNode("b"),
]
"""What may stand in the place of a value; none: the value is gone."""
STEP = 1 if os.environ.get("DUALUSE_SLOW") else 3
"""Of these every so many is put in the place of a property's value, beginning with another for each property."""


@pytest.fixture(scope="module")
def foreign(built: Built) -> MemoryStore:
    """A copy of the graph, to be changed."""
    store = ox.Store()
    store.load(built.store.nquads(), format=ox.RdfFormat.N_QUADS)
    return MemoryStore(store)


@contextmanager
def changed(store: ox.Store, quads: list[ox.Quad], others: list[ox.Quad]) -> Iterator[None]:
    """With other quads in the place of some that there are."""
    for quad in quads:
        store.remove(quad)
    store.extend(others)
    try:
        yield
    finally:
        for quad in others:
            store.remove(quad)
        store.extend(quads)


def instead(quads: list[ox.Quad], value: ox.Literal | ox.NamedNode | ox.BlankNode | None) -> list[ox.Quad]:
    """One quad with another value, to stand in the place of some; none where the value is gone."""
    first = quads[0]
    return [] if value is None else [ox.Quad(first.subject, first.predicate, value, first.graph_name)]


Samples = dict[str, dict[ox.NamedNode, list[ox.Quad]]]


@pytest.fixture(scope="module")
def samples(foreign: MemoryStore) -> Samples:
    """For each kind of thing and each property that some have, what the first that has it says by it."""
    found: dict[str, dict[ox.NamedNode, dict[str, list[ox.Quad]]]] = defaultdict(lambda: defaultdict(dict))
    for quad in foreign.store:
        name = quad.subject.value
        if isinstance(quad.subject, ox.NamedNode) and name.startswith(ID):
            things = found[name.removeprefix(ID).partition("/")[0]][quad.predicate]
            things.setdefault(name, []).append(quad)
    return {kind: {said: things[min(things)] for said, things in says.items()} for kind, says in found.items()}


def test_every_kind_is_tried() -> None:
    assert len(kinds()) > 30


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.about.kind)
def test_whatever_a_record_says_it_is_read_or_told(foreign: MemoryStore, samples: Samples, kind: Any) -> None:
    found = samples[kind.about.kind]
    assert len(found) > 2
    told = []
    for begin, quads in enumerate(found.values()):
        key = split_thing(str(quads[0].subject)[1:-1])[1]
        reader, keys = (DecisionRule, [re.sub(r"(\.\d+)+$", "", key)]) if kind.about.tree else (kind, [key])
        assert read(foreign, reader, keys=keys)
        for value in WRONG[begin % STEP :: STEP]:
            with changed(foreign.store, quads, instead(quads, value)):
                try:
                    read(foreign, reader, keys=keys)
                except StoreError as error:
                    told.append(str(error))
    assert told
    assert [text for text in told if not text.startswith(f"{ID}{kind.about.kind}/")] == []


@pytest.mark.parametrize(
    ("kind", "says", "value", "message"),
    [
        (Membership, "du:validFrom", "soon", r"has no 'valid_from' that is one: 'soon' is not a date; write YYYY"),
        (Threshold, "du:tppMin", "1e999", r"has no 'tpp_min' that is one: 1e999 is no number"),
        (Product, "du:tpp", "-1", r"has no 'tpp' that is one: -1 is no number"),
        (Organisation, "skos:prefLabel", None, r"has no name(\.en)?"),
        (Statement, "du:quotationCheck", None, r"has no quotation\.check"),
        (Condition, "du:operator", None, r"puts no test"),
    ],
)
def test_the_record_the_field_and_what_to_do_are_said(
    foreign: MemoryStore, samples: Samples, kind: Any, says: str, value: str | None, message: str
) -> None:
    quads = samples[kind.about.kind][ox.NamedNode(expand(says))]
    reader = DecisionRule if kind.about.tree else kind
    with (
        changed(foreign.store, quads, instead(quads, None if value is None else ox.Literal(value))),
        pytest.raises(StoreError, match=rf"^{ID}{kind.about.kind}/\S+ {message}.*; .*dualuse build$"),
    ):
        read(foreign, reader)


@pytest.mark.parametrize(
    ("command", "kind", "says"),
    [
        (("groups", "MO", "--as-of", "2025-01-13"), "membership", "du:validFrom"),
        (("status", "us-ai-diffusion-ifr-2025-01", "--as-of", "2025-06-01"), "event", "du:occurredOn"),
        (("check", "--item", "H100 NVL", "--to", "CH", "--as-of", "2025-05-15"), "decision-rule", "du:validFrom"),
        (("check", "--item", "H100 NVL", "--to", "CH", "--as-of", "2025-05-15"), "test", "du:operator"),
        (("chips", "--to", "CN", "--hq", "CN"), "product", "du:tpp"),
        (("said", "--about", "us-ai-diffusion-ifr-2025-01"), "statement", "du:saidOn"),
        (("claims",), "claim", "du:spanEnd"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else value,
)
def test_a_command_ends_in_words(
    foreign: MemoryStore, run: Run, opened: Opened, command: tuple[str, ...], kind: str, says: str
) -> None:
    begin, said = f"{ID}{kind}/", ox.NamedNode(expand(says))
    there = [
        quad
        for quad in foreign.store.quads_for_pattern(None, said, None)
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(begin)
    ]
    assert there
    nonsense = [ox.Quad(quad.subject, said, ox.Literal("nonsense"), quad.graph_name) for quad in there]
    with changed(foreign.store, there, nonsense), opened.besides("foreign", Knowledge(foreign)):
        answer = run(*command, "--store", "foreign")
    assert (answer.returncode, answer.stdout) == (3, ""), answer.stderr
    assert re.match(rf"Error: {ID}{kind}/\S+ .*nonsense.*\n$", answer.stderr)
