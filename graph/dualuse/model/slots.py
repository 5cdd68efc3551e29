"""What a node of a kind may hold: for each predicate, the fields that give it, how many values, and of what sort."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from dualuse.model import derived
from dualuse.model.base import CHINESE, Dated, Record, Relation, Sourced
from dualuse.model.fields import Edge, Ends, Field, Form, Lit, Moment, Names, Partial, Ref, Says, fields_of
from dualuse.model.rules import Condition, DecisionRule, NotModelled
from dualuse.model.tables import CLAIMS, LAW, RELATIONS, THINGS, WORDS

_CAPITAL = re.compile("[A-Z]")
DERIVED = (derived.Assessment, derived.Classification, derived.TierAssignment, derived.Tier)


@dataclass(frozen=True, slots=True)
class Giver:
    """One thing that gives values to a predicate: a field as a rule."""

    field: str
    """Name of the field, with the one that holds it; blank where no field does."""
    says: Says
    form: Form | None = None
    values: tuple[str, ...] = ()
    least: int = 0
    most: int | None = 1
    """Greatest number of values; none: any."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A predicate of the nodes of one kind."""

    name: str
    path: str
    owner: type[Any]
    """Record, or what several records share, that has it."""
    givers: tuple[Giver, ...]

    @property
    def least(self) -> int:
        """Least number of values."""
        return sum(giver.least for giver in self.givers)

    @property
    def most(self) -> int | None:
        """Greatest number of values; none: any."""
        bounds = [giver.most for giver in self.givers]
        return None if None in bounds else sum(bound for bound in bounds if bound is not None)


@cache
def kinds() -> tuple[type[Any], ...]:
    """Every record that becomes a node, parts right after the record that holds them."""
    found: list[type[Any]] = []
    for record in (*LAW, DecisionRule, Condition, NotModelled, *THINGS, *RELATIONS, *CLAIMS, *WORDS, *DERIVED):
        found += [record, *(part for field in fields_of(record) if (part := field.node) is not None)]
    return tuple(found)


def holder_of(part: type[Any]) -> tuple[type[Any], str] | None:
    """Record that holds a part, and the field it stands in; nothing for a record of its own."""
    return _holders().get(part)


@cache
def _holders() -> dict[type[Any], tuple[type[Any], str]]:
    """Part -> first record that holds it, and the field it stands in."""
    found: dict[type[Any], tuple[type[Any], str]] = {}
    for record in kinds():
        for field in fields_of(record):
            if field.part is not None:
                found.setdefault(field.part, (record, field.name))
    return found


def where_of(record: type[Any]) -> str:
    """Where the rows or files of a record are kept."""
    held = holder_of(record)
    if held is not None:
        return f"{where_of(held[0])}, under `{held[1]}`"
    if not record.about.kind:
        return "its record"
    table = record.about.table or f"{record.__name__.lower()}s"
    return f"data/{table}.csv" if record.about.form == "csv" else f"data/{table}/"


def class_of(record: type[Any]) -> str:
    """Class that all nodes of a record have, whatever subclass they are of."""
    classes: tuple[str, ...] = record.about.classes
    return classes[0] if classes else f"du:{record.__name__}"


def slots(record: type[Any]) -> tuple[Slot, ...]:
    """Predicates of the nodes of a record, in the order of its fields."""
    known: Any = record
    return _slots(known)


@cache
def _slots(record: Any) -> tuple[Slot, ...]:
    found: dict[str, list[tuple[type[Any], Giver]]] = {}
    for owner, giver in _givers(record):
        found.setdefault(giver.says.predicate, []).append((owner, giver))
    made = []
    for path, given in found.items():
        owner = given[0][0]
        local = _CAPITAL.sub(lambda match: f"-{match[0].lower()}", path.partition(":")[2]).replace("_", "-")
        name = f"{owner.about.kind or owner.__name__.lower()}-{local}"
        made.append(Slot(name, path, owner, tuple(giver for _, giver in given)))
    return tuple(made)


def _givers(record: type[Any]) -> Iterator[tuple[type[Any], Giver]]:
    """All that a record says, each with the record, or what several share, that has it."""
    held = holder_of(record)
    if held is not None and record.about.holder:
        holder, _ = held
        yield record, Giver("", Ref(record.about.holder, holder.about.kind), least=1)
        for field in fields_of(holder):
            if field.name in record.about.inherits:
                yield from _said(record, field)
    if record.caption is not Record.caption:
        yield record, Giver("", Lit("rdfs:label", "en"), least=1)
    if record.caption_in is not Record.caption_in:
        yield from ((record, Giver("", Lit("rdfs:label", language))) for language in CHINESE)
    if record.about.scheme:
        yield record, Giver("", Ref("skos:inScheme", "scheme"), values=(record.about.scheme,), least=1)
    for field in fields_of(record):
        if field.inner is not None:
            for inner in fields_of(field.inner):
                yield from _said(record, inner, f"{field.name}.", optional=not field.required)
        else:
            yield from _said(record, field)
    yield from ((record, giver) for giver in _in_tree(record))


def _in_tree(record: type[Any]) -> Iterator[Giver]:
    """What links the nodes of a tree, and tells which of the fields that exclude each other a node has."""
    tree = record.about.tree
    for field in fields_of(record):
        if field.tree and field.part is record:
            yield Giver(field.name, Ref(tree.below, record.about.kind), most=None)
        elif field.tree and field.part is not None:
            yield Giver(field.name, Ref(field.part.about.tree.top, field.part.about.kind), least=1)
    if tree is not None:
        told = (each.name for each in fields_of(record) if each.name not in tree.shared and (each.says or each.tree))
        yield Giver("", Lit(tree.told_by), values=tuple(told), least=1)


def _said(record: type[Any], field: Field, within: str = "", *, optional: bool = False) -> Iterator[tuple[Any, Giver]]:
    shared = next(
        (base for base in (Sourced, Dated, Relation) if field.name in {each.name for each in fields_of(base)}), record
    )
    owner = shared if issubclass(record, shared) else record
    least = 0 if optional else int(field.required) if field.many is None else field.many
    for says in field.says:
        if isinstance(says, Ends):
            yield owner, Giver(within + field.name, Partial(says.predicate), least=least)
            yield owner, Giver(within + field.name, Partial(says.until), least=least)
            continue
        most = None if field.many is not None else 3 if isinstance(says, Names) else 1
        yield owner, Giver(within + field.name, says, field.form, field.values, least, most)
        if isinstance(says, Moment):
            yield owner, Giver(within + field.name, Edge("du:earliest", "earliest"), least=least)
            yield owner, Giver(within + field.name, Edge("du:latest", "latest"), least=least)
