"""What was written is read back: the shipped records, and made-up ones, of every kind that has a node."""

from __future__ import annotations

import dataclasses
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from dualuse.build import Built
from dualuse.dates import PartialDate
from dualuse.errors import StoreError
from dualuse.knowledge import Knowledge
from dualuse.law.kinds import COMBINATIONS, Kind, Number, Period
from dualuse.law.kinds import kinds as kinds_of_test
from dualuse.model import assemble
from dualuse.model.base import Around, Name, Record
from dualuse.model.fields import Edge, Field, fields_of
from dualuse.model.law import Event, Instrument, Membership
from dualuse.model.read import read
from dualuse.model.rules import Condition, DecisionRule
from dualuse.model.slots import holder_of, kinds
from dualuse.model.tables import TABLES
from dualuse.model.write import write
from dualuse.node import Node
from dualuse.store import MemoryStore

CURATED = [table for table in TABLES if table.record.about.kind]
MADE = [kind for kind in kinds() if holder_of(kind) is None]


def kept(record: Any, named: Any = None) -> Any:
    """A record as the graph keeps it: what its fields say they lose is lost, and nothing else."""
    changed = {}
    for field in fields_of(type(record)):
        value = getattr(record, field.name)
        if value is None:
            continue
        if field.loses == "names":
            value = value.plain(named) if named is not None else value
            value = kept(value) if isinstance(value, Condition) else tuple(kept(each) for each in value)
        elif field.loses == "order":
            value = tuple(
                sorted(dict.fromkeys(value), key=attrgetter(field.part.about.named_by) if field.part else None)
            )
        elif field.loses == "precision":
            edge = next(says for says in field.says if isinstance(says, Edge))
            value = PartialDate(getattr(value, edge.end).isoformat())
        elif isinstance(value, Record):
            value = kept(value)
        elif field.node is not None:
            value = tuple(kept(each) for each in value)
        changed[field.name] = value
    return dataclasses.replace(record, **changed)


@pytest.mark.parametrize("table", CURATED, ids=lambda table: table.name)
def test_every_shipped_record_is_read_back(built: Built, table: Any) -> None:
    written = built.curated.tables[table.name]
    assert written
    found = {record.node.key: record for record in read(built.store, table.record)}
    named = built.curated.tables["conditions"]
    assert found == {key: kept(record, named) for key, record in written.items()}


# -- made-up records ---------------------------------------------------------------------------------------------------

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=12)
DATES = st.dates(min_value=date(1990, 1, 1), max_value=date(2035, 12, 28)).flatmap(
    lambda day: st.sampled_from([day.isoformat(), day.isoformat()[:7], day.isoformat()[:4]])
)
PARTIAL = DATES.map(PartialDate)


class Anyone(dict[str, str]):
    """Every organisation is called by its key."""

    def __missing__(self, key: str) -> str:
        return key


class Named(dict[str, Name]):
    """Everyone is called by kind and key, in one script."""

    def __missing__(self, key: str) -> Name:
        return Name(en=key)


@cache
def values(field: Field) -> st.SearchStrategy[Any]:
    """Values of a field, one or several of them, or none where it may be blank."""
    one = value(field)
    if field.many is not None:
        several = st.lists(
            one, min_size=max(field.many, int(field.node is not None)), max_size=3, unique_by=_told_apart(field)
        )
        return several.map(tuple)
    return one if field.required else st.none() | one


def _told_apart(field: Field) -> Any:
    return attrgetter(field.part.about.named_by) if field.part and field.part.about.named_by else repr


@cache
def value(field: Field) -> st.SearchStrategy[Any]:
    """One value of a field."""
    form = field.form
    if field.type is Condition:
        return st.recursive(single(), combined, max_leaves=4)
    if field.type is Name:
        return st.builds(Name, en=TEXTS, zh_hant=st.none() | TEXTS, zh_hans=st.none() | TEXTS)
    if field.part is not None:
        return records(field.part)
    if field.values:
        return st.sampled_from(field.values)
    if field.type is PartialDate:
        return PARTIAL
    if form is not None and form.pattern is not None:
        return st.from_regex(form.pattern.removesuffix("$").replace(r"\d", "[0-9]"), fullmatch=True)
    if field.type is float:
        return st.floats(0, 100, allow_nan=False)
    if field.type is int:
        return st.integers(int(form.ge or 0) if form is not None else 0, 10_000)
    return TEXTS


def single() -> st.SearchStrategy[Condition]:
    """Single tests, of every kind."""
    fields = {field.name: field for field in fields_of(Condition)}

    def test(kind: Kind) -> st.SearchStrategy[Condition]:
        field = fields[kind.name]
        asked = st.tuples(PARTIAL, PARTIAL) if isinstance(kind.form, Period) else value(field)
        if field.many is not None:
            asked = st.lists(asked, min_size=1, max_size=3, unique=True).map(tuple)
        bounds = {"at_least": st.floats(0, 9, allow_nan=False)} if isinstance(kind.form, Number) else {}
        shared = {"says": TEXTS, "provision": values(fields["provision"]), **bounds}
        return st.builds(Condition, **{kind.name: asked}, **shared)

    return st.sampled_from([*kinds_of_test().values()]).flatmap(test)


def combined(parts: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    """Tests combined."""
    several = st.lists(parts, min_size=1, max_size=3).map(tuple)
    return st.sampled_from([*COMBINATIONS]).flatmap(lambda name: st.builds(Condition, **{name: several}))


@cache
def records(kind: Any) -> st.SearchStrategy[Any]:
    """Records of a kind that it accepts."""

    @st.composite
    def made(draw: st.DrawFn) -> Any:
        given = {field.name: draw(values(field)) for field in fields_of(kind)}
        given = {name: each for name, each in given.items() if each is not None}
        try:
            return kind(**given)
        except ValueError:
            reject()

    return made()


def store_of(key: str, record: Any) -> MemoryStore:
    """A store with one record."""
    nodes = [*write(record, Around(key, Anyone(), Anyone(), Named()))]
    if isinstance(record, DecisionRule):
        nodes += assemble.tests(key, record.when, {})
    store = MemoryStore()
    store.replace("".join(f"{s} {p} {o} <urn:g> .\n" for node in nodes for s, p, o in node.triples).encode())
    return store


@pytest.mark.parametrize("kind", MADE, ids=lambda kind: kind.__name__)
@settings(max_examples=10, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(data=st.data())
def test_a_made_up_record_is_read_back(kind: Any, data: st.DataObject) -> None:
    record = data.draw(records(kind))
    key = getattr(record, "key", "made-up")
    (found,) = read(store_of(key, record), kind)
    assert (found.node.key, found) == (key, kept(record, {}))


# -- part of a kind ----------------------------------------------------------------------------------------------------


def test_only_what_is_wanted_is_read(knowledge: Knowledge) -> None:
    found = read(knowledge.store, Membership, where={"place": ["CH", "TW"], "group": ["us-supp5a"]})
    assert [record.node for record in found] == ["membership:us-supp5a.tw"]
    assert read(knowledge.store, Membership, keys=["us-supp5a.tw"]) == found
    assert read(knowledge.store, Membership, where={"place": []}) == []


def test_parts_are_read_by_what_holds_them_and_stand_in_its_order(knowledge: Knowledge) -> None:
    rule = "us-ai-diffusion-ifr-2025-01"
    events = read(knowledge.store, Event, held_by=[Node("instrument", rule)])
    assert [event.node.key for event in events] == [f"{rule}.{number}" for number in range(1, len(events) + 1)]
    (whole,) = read(knowledge.store, Instrument, keys=[rule])
    assert whole.events == tuple(events)


def spoilt(built: Built, line: str) -> MemoryStore:
    store = MemoryStore()
    store.replace(built.store.nquads() + line.encode())
    return store


def test_a_record_that_lacks_what_it_must_have_is_told(built: Built) -> None:
    node = "<https://w3id.org/dualuse/id/membership/made.up>"
    kind = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/dualuse/ns#GroupMembership>"
    with pytest.raises(
        StoreError, match=r"membership/made.up has no confidence and no group and no place .*dualuse build"
    ):
        read(spoilt(built, f"{node} {kind} <urn:g> .\n"), Membership)


def test_two_values_where_there_is_one_are_told(built: Built) -> None:
    node = "<https://w3id.org/dualuse/id/membership/us-supp5a.tw>"
    other = "<https://w3id.org/dualuse/ns#standing> <https://w3id.org/dualuse/id/standing/contested>"
    with pytest.raises(StoreError, match=r"us-supp5a\.tw has 2 values for 'standing'"):
        read(spoilt(built, f"{node} {other} <urn:g> .\n"), Membership)
