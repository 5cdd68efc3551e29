"""What a field of a record says of itself: its form in a file, and what it becomes in the graph.

A field is written ``name: Annotated[type, …]``. The type tells what it takes; a :class:`Says` tells each triple it
gives; a default tells that it may be blank, a tuple that it may have several values; the docstring below it is its
meaning. :func:`fields_of` reads all that off a record, and everything else about a field is made from it.
"""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType, NoneType, UnionType
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    Literal,
    NamedTuple,
    TypeVar,
    Union,
    cast,
    dataclass_transform,
    get_args,
    get_origin,
)
from typing import get_type_hints as hints_of

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

_Class = TypeVar("_Class", bound=type)
FileForm = Literal["csv", "yaml", "csv-folder", "part", "tree", "derived", "mapping", "beside"]
"""A row of a table, a file of its own, a row of one of several tables, a part of a record, or made by the builder."""


class Form(NamedTuple):
    """How one value is written: in words for people, and as limits for the loader."""

    words: str
    plural: str = ""
    pattern: str | None = None
    min_length: int | None = None
    max_length: int | None = None
    ge: float | None = None
    gt: float | None = None
    le: float | None = None

    def limits(self) -> dict[str, Any]:
        """Limits that are set, by name."""
        names = ("pattern", "min_length", "max_length", "ge", "gt", "le")
        return {name: value for name in names if (value := getattr(self, name)) is not None}

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Hold the values that the loader reads to the limits."""
        from pydantic_core import core_schema

        schema: Any = handler(source)
        limited: CoreSchema = schema | self.limits()
        if source is str and self.pattern is None:
            return core_schema.no_info_after_validator_function(plain, limited)
        return limited


_HIDDEN = ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")
"""Controls, signs that turn the direction or are not drawn, characters of private use, ends of lines."""
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Letters and signs that are drawn as nothing."""


def plain(text: str) -> str:
    """A text of one line in which every character can be seen, and stands where it is seen.

    Raises:
        ValueError: a control, a character that is not drawn or turns the direction of others, or that is none.
    """
    if not text.isprintable() or not _BLANK.isdisjoint(text):
        for at, sign in enumerate(text):
            if unicodedata.category(sign) in _HIDDEN or sign in _BLANK or _is_none(ord(sign)):
                name = "a line end" if sign == "\n" else unicodedata.name(sign, "a control or no character")
                raise ValueError(f"character {at + 1} is U+{ord(sign):04X}, {name}; take it out or write it in words")
    return text


def _is_none(code: int) -> bool:
    """Whether a code is for ever none of a character."""
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF


class Several(NamedTuple):
    """Several values: a CSV cell holds them as ``a | b``, YAML gives a list."""

    at_least: int = 0

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Split a cell before its parts are read, and ask for as many as there must be."""
        from pydantic_core import core_schema

        schema: Any = handler(source)
        least = {"min_length": self.at_least} if self.at_least else {}
        return core_schema.no_info_before_validator_function(split, schema | least)


class Points(NamedTuple):
    """A key of a record that gives no triple: the table that must have it."""

    table: str


def split(value: object) -> object:
    """Parts of a cell; anything else as it is."""
    if isinstance(value, str):
        return [part.strip() for part in value.split("|") if part.strip()]
    return value


# -- what a value becomes in the graph -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Says:
    """A value becomes a triple with this predicate."""

    predicate: str


@dataclass(frozen=True, slots=True)
class Lit(Says):
    """A text, with a language tag if one is given, or if another field (``tagged_by``) gives it."""

    language: str | None = None
    tagged_by: str | None = None


class Alias(Says):
    """A name tagged ``en`` unless it is in Han, kana or hangul, whose language cannot be told by looking."""


class Names(Says):
    """A name in up to three scripts, each with its language tag."""


class Address(Says):
    """An address on the web, as an IRI."""


@dataclass(frozen=True, slots=True)
class Ref(Says):
    """Another thing: its kind, from which follows the table that must have it."""

    kind: str


class Thing(Says):
    """A thing of any kind, by kind and key."""


@dataclass(frozen=True, slots=True)
class Val(Says):
    """A concept of a scheme."""

    scheme: str


@dataclass(frozen=True, slots=True)
class Num(Says):
    """An exact decimal, above another number where that is given."""

    above: float | None = None


class Count(Says):
    """A whole number."""


@dataclass(frozen=True, slots=True)
class Truth(Says):
    """A boolean: true for one value, false for any other."""

    true: str = "yes"


class Partial(Says):
    """A date at the precision it has."""


class Moment(Says):
    """A date, with ``du:earliest`` and ``du:latest`` beside it: the days it can mean."""


class Bound(Says):
    """One end of a period, with ``…Earliest`` and ``…Latest`` beside it."""


@dataclass(frozen=True, slots=True)
class Ends(Says):
    """A period as two dates: the first day, and with ``until`` the day after the last."""

    until: str


@dataclass(frozen=True, slots=True)
class Edge(Says):
    """The earliest or the latest day that a date can mean; by itself it does not keep how exact the date was."""

    end: Literal["earliest", "latest"]


# -- records ---------------------------------------------------------------------------------------------------------


class Tree(NamedTuple):
    """A record whose parts are records of its kind, each a node of its own, numbered from the top down.

    Args:
        top: Predicate from what holds the tree to its top.
        below: Predicate from a node to those below it.
        told_by: Predicate that tells which field a node has, of those that exclude each other.
        shared: The fields that do not.
    """

    top: str
    below: str
    told_by: str
    shared: tuple[str, ...]


class About(NamedTuple):
    """What a record as a whole says: what its things are called and where they come from.

    Args:
        kind: Kind of the thing, as in its IRI; blank: its fields belong to the node that holds it.
        classes: Its classes, unless the record tells them from its values.
        told_by: Predicate that every one has and nothing else, where its values tell its classes.
        table: Table under ``data/``; blank: a part of another record, or made by the builder.
        form: How the table is kept.
        noun: What messages call it.
        scheme: Scheme that all its things stand in.
        holder: Predicate that leads to the record it is a part of.
        inherits: Fields of that record that count for the part as well.
        named_by: Field that names a part within its record; blank: its number does.
        made_by: What a reader has to look into when one that the builder makes is wrong.
        meanings: Meaning of fields that stand in no class body.
        tree: How its nodes hang together, where they make a tree.
        by_hand: Predicates whose shape is written by hand, because it says more than one field can.
        kept: Whether a store keeps all of them beside the graph, because many questions read them.
    """

    kind: str = ""
    classes: tuple[str, ...] = ()
    told_by: str = ""
    table: str = ""
    form: FileForm = "part"
    noun: str = ""
    scheme: str = ""
    holder: str = ""
    inherits: tuple[str, ...] = ()
    named_by: str = ""
    made_by: str = ""
    meanings: Mapping[str, str] = MappingProxyType({})
    tree: Tree | None = None
    by_hand: tuple[str, ...] = ()
    kept: bool = False


RECORDS: dict[str, type[Any]] = {}
"""Every class of record by its name, as its module is loaded."""


def name_of_class(kind: type[Any]) -> str:
    """Name of a class among all."""
    return f"{kind.__module__}.{kind.__qualname__}"


@dataclass_transform(frozen_default=True, kw_only_default=True)
def record(kind: str = "", *classes: str, slots: bool = True, **about: Any) -> Callable[[_Class], _Class]:
    """Make a class a record: frozen, its fields given by name, and described by an :class:`About`.

    Without slots it can remember what is worked out of it. How records are compared and shown stands once, in
    :class:`~dualuse.model.base.Record`: made anew for each class, it takes as long as a question.
    """

    def make(cls: _Class) -> _Class:
        made: Any = dataclass(frozen=True, kw_only=True, slots=slots, eq=False, repr=False)(cls)
        made.about = About(kind, classes, noun=about.pop("noun", kind.replace("-", " ")), **about)
        RECORDS[name_of_class(made)] = made
        return cast("_Class", made)

    return make


class Field(NamedTuple):
    """One field, as its annotation describes it."""

    name: str
    required: bool
    many: int | None
    """Least number of values where it takes several; none where it takes one."""
    type: Any
    """Type of one value, without what is said of it."""
    form: Form | None
    says: tuple[Says, ...]
    points: str | None = None
    """Table that must have it, where no triple tells."""

    @property
    def values(self) -> tuple[str, ...]:
        """Values allowed, where they are enumerated."""
        return get_args(self.type) if get_origin(self.type) is Literal else ()

    @property
    def part(self) -> type[Any] | None:
        """Record that a value is."""
        return self.type if hasattr(self.type, "about") else None

    @property
    def node(self) -> type[Any] | None:
        """Record that a value is, where it becomes a node of its own, held by this one."""
        part = self.part
        return part if part is not None and part.about.form == "part" and part.about.kind else None

    @property
    def inner(self) -> type[Any] | None:
        """Record that a value is, where its fields belong to the node of this one."""
        part = self.part
        return part if part is not None and not part.about.kind and not self.says else None

    @property
    def tree(self) -> bool:
        """Whether a value is the top of a tree of records."""
        return self.part is not None and self.part.about.tree is not None

    @property
    def loses(self) -> str:
        """What the graph does not keep of it: reading gives several values sorted, a date as one of its days."""
        if self.tree:
            return "names"  # of conditions that stand in it by name; they are written out
        if self.many is not None and (self.node is None or self.node.about.named_by):
            return "order"
        return "precision" if self.says and isinstance(self.says[0], Edge) else ""

    def fits(self, text: str) -> bool:
        """Whether a text is of its form and one of its values."""
        pattern = None if self.form is None else self.form.pattern
        return (pattern is None or re.search(pattern, text) is not None) and text in (self.values or (text,))

    @property
    def refers_to(self) -> str | None:
        """Kind of the things whose keys it holds."""
        return next((says.kind for says in self.says if isinstance(says, Ref)), None)


def fields_of(kind: type[Any]) -> tuple[Field, ...]:
    """Fields of a record, those it takes over first."""
    found: Any = kind
    return _fields_of(found)


@cache
def _fields_of(kind: Any) -> tuple[Field, ...]:
    hints = hints_of(kind, include_extras=True)
    blank = dataclasses.MISSING
    needs = {each.name: each.default is each.default_factory is blank for each in dataclasses.fields(kind) if each.init}
    return tuple(_field(name, required, hints[name]) for name, required in needs.items())


def _field(name: str, required: bool, hint: Any) -> Field:
    inner, said = _unwrap(hint)
    many = None
    if get_origin(inner) is tuple and get_args(inner)[-1] is Ellipsis:
        many = next((part.at_least for part in said if isinstance(part, Several)), 0)
        inner, below = _unwrap(get_args(inner)[0])
        said += below
    form = next((part for part in said if isinstance(part, Form)), None)
    points = next((part.table for part in said if isinstance(part, Points)), None)
    return Field(name, required, many, inner, form, tuple(part for part in said if isinstance(part, Says)), points)


def _unwrap(hint: Any) -> tuple[Any, tuple[Any, ...]]:
    """A type without what is said of it and without ``| None``, and what is said."""
    said: tuple[Any, ...] = ()
    while True:
        if get_origin(hint) is Annotated:
            hint, *more = get_args(hint)
            said += tuple(more)
        elif get_origin(hint) in (Union, UnionType) and NoneType in get_args(hint):
            hint = next(part for part in get_args(hint) if part is not NoneType)
        else:
            return hint, said
