"""What a build keeps beside the graph: the same as the graph's own, and taken only where this code made it."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest

from dualuse.build import Built
from dualuse.errors import StoreError
from dualuse.kept import name_of, pack, unpack
from dualuse.model import kept
from dualuse.model.base import Record
from dualuse.model.law import Event
from dualuse.model.read import read
from dualuse.model.rules import DecisionRule
from dualuse.model.slots import kinds
from dualuse.names import fold, read_table, table_of
from dualuse.node import Node
from dualuse.store import MemoryStore, Store, open_store

KEPT = [kind for kind in kinds() if kind.about.kept]
INSTRUMENT = "us-ai-diffusion-ifr-2025-01"


class Keeping(MemoryStore):
    """A store of nothing that keeps the same under every name."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.content = content

    def kept(self, name: str) -> bytes | None:
        return self.content


@pytest.fixture(scope="module")
def stored(store_dir: Path) -> Store:
    return open_store(str(store_dir))


def shown(value: Any) -> Any:
    """Everything there is to a value: its class, and of a record its node and its fields, those that were left too."""
    if isinstance(value, Record):
        fields = {field.name: shown(getattr(value, field.name)) for field in dataclasses.fields(value)}
        return type(value), value.node.iri, fields
    return type(value), [shown(each) for each in value] if isinstance(value, tuple) else value


def test_kinds_are_kept() -> None:
    assert len(KEPT) >= 6
    assert {DecisionRule, Event} <= set(KEPT)


@pytest.mark.parametrize("kind", KEPT, ids=lambda kind: kind.about.kind)
def test_every_record_is_kept_as_the_graph_has_it(built: Built, store_dir: Path, stored: Store, kind: Any) -> None:
    assert stored.kept(kept.kept_name(kind)) is not None
    asked, found = read(built.store, kind), read(stored, kind)
    assert len(found) > 4
    assert [shown(each) for each in found] == [shown(each) for each in asked]
    keys = [each.node.key for each in asked[1:9:3]] + ["no-such"]
    assert read(stored, kind, keys=keys) == read(built.store, kind, keys=keys) == asked[1:9:3]


@pytest.mark.parametrize("keys", [(INSTRUMENT,), (INSTRUMENT, "us-ear"), ("no-such",)], ids=len)
def test_parts_are_kept_by_what_holds_them(built: Built, stored: Store, keys: tuple[str, ...]) -> None:
    holders = [Node("instrument", key) for key in keys]
    found = read(stored, Event, held_by=holders)
    assert found == read(built.store, Event, held_by=holders)
    assert bool(found) is (INSTRUMENT in keys)


def test_who_asks_by_a_field_is_answered_by_the_graph(built: Built, stored: Store) -> None:
    where = {"instrument": (INSTRUMENT,)}
    found = read(stored, DecisionRule, where=where)
    assert found == read(built.store, DecisionRule, where=where)
    assert 1 < len(found) < len(read(stored, DecisionRule))


@pytest.mark.parametrize("among", [None, ("product", "item"), ("no-such",)])
def test_names_are_kept_as_the_graph_has_them(built: Built, stored: Store, among: tuple[str, ...] | None) -> None:
    found, asked = read_table(stored, among), table_of(built.store, among)
    assert found.by_kind == asked.by_kind
    assert found.shown == asked.shown
    assert (fold("H100 SXM") in found.by_kind.get("product", {})) is (among != ("no-such",))


def test_what_other_code_made_is_not_taken(stored: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_MADE_BY", ("dualuse.model.read",))
    assert stored.kept(kept.kept_name(Event)) is None
    assert len(read(stored, Event)) > 100


WRONG = {
    "no JSON": b"a.1\tno JSON\n",
    "no entry": b"a.1\n",
    "no text": b"a.1\t\xff\n",
    "no record": b'a.1\t{"kind": "made"}\n',
    "another class": b'a.1\t{"": "os.PathLike"}\n',
    "another field": b'a.1\t{"": "dualuse.model.law.Event", "no_such": 1}\n',
    "no day": b'a.1\t{"": "date", "edtf": "2025-02-30"}\n',
    "deep": b"a.1\t" + b"[" * 100_000 + b"\n",
}


@pytest.mark.parametrize("content", WRONG.values(), ids=WRONG)
def test_what_is_no_record_is_said_to_be_none(content: bytes) -> None:
    with pytest.raises(StoreError, match=r"memory: event-\w{8}\.json, kept beside the graph.*dualuse build"):
        read(Keeping(content), Event)


@pytest.mark.parametrize("content", [b"place\t{}\n", b"place\tno JSON\n", b"place\n", b'place\t[["a"], 1]\n'])
def test_what_are_no_names_is_said_to_be_none(content: bytes) -> None:
    with pytest.raises(StoreError, match=r"memory: names-\w{8}\.json, kept beside the graph.*dualuse build"):
        read_table(Keeping(content))


def test_what_no_file_can_hold_is_not_kept(built: Built) -> None:
    event = dataclasses.replace(read(built.store, Event)[0], agent=frozenset({"us-bis"}))  # type: ignore[arg-type]  # a set where a tuple belongs, on purpose
    with pytest.raises(TypeError, match="cannot be kept"):
        kept.encode([event])


def test_a_name_holds_the_sum_of_what_made_it() -> None:
    one, other = name_of("x", "dualuse.kept"), name_of("x", "dualuse.kept", "dualuse.names")
    assert one != other
    assert one == name_of("x", "dualuse.kept")


def test_entries_come_back_in_their_order() -> None:
    entries = {"b": ["a line\nand another\u2028", 1.0, None], "a": {}}
    assert [*unpack(pack(entries.items()))] == ["b", "a"]
