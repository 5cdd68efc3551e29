"""Read records back from a graph: the inverse of ``write``, made from the same fields.

Any store will do, embedded or remote: a kind of record is one SELECT. Which of a kind are wanted is said by key, by
what holds them, or by the values of their fields. What a field does not keep is said by :attr:`Field.loses`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from dualuse.errors import StoreError
from dualuse.model.base import Name, holder_of, placed
from dualuse.model.fields import Ends, Field, Lit, Ref, Says, Val, fields_of
from dualuse.model.kept import read_kept
from dualuse.model.terms import readers
from dualuse.model.triples import literal
from dualuse.namespaces import ID, expand, split_thing, thing
from dualuse.node import Node

if TYPE_CHECKING:
    from dualuse.store.base import Store, Term

R = TypeVar("R")
_Said = Mapping[str, list["Term"]]
"""What is said of one node: property -> values."""


def read(
    store: Store,
    kind: type[R],
    *,
    keys: Collection[str] | None = None,
    held_by: Collection[Node] | None = None,
    where: Mapping[str, Collection[str]] | None = None,
) -> list[R]:
    """Records of a kind, sorted by key; those that one record holds stand in their order.

    Args:
        keys: Keys of those wanted; every one if not given.
        held_by: What holds those wanted.
        where: Field -> values of which those wanted have one.

    Raises:
        StoreError: a record lacks what its kind has to have, or has what none of its kind can have: no build made it.
    """
    some: Any = kind
    limits = (keys, held_by, *(where or {}).values())
    if any(each is not None and not each for each in limits):
        return []
    kept = read_kept(store, kind, keys, held_by, where) if some.about.kept else None
    if kept is not None:
        return kept
    nodes = _nodes(store, query(kind, keys=keys, held_by=held_by, where=where))
    holders = None if all(each is None for each in limits) else [Node(some.about.kind, key) for key in nodes]
    parts = {field.name: _held(store, field, holders) for field in fields_of(kind) if field.node or field.tree}
    rows = {
        key: _record(some, key, said, {name: found.get(key, ()) for name, found in parts.items()})
        for key, said in nodes.items()
    }
    return [rows[key] for key in sorted(rows, key=_filed if some.about.holder else None)]


_DIGITS = 10
"""As many as no number of a part has."""


def _filed(key: str) -> tuple[str, int, str]:
    """Sort key of a part: what holds it, and its number or its name there."""
    holder, own = holder_of(key)
    return holder, int(own) if own.isdecimal() and len(own) < _DIGITS else 0, own


def query(
    kind: type[Any],
    *,
    keys: Collection[str] | None = None,
    held_by: Collection[Node] | None = None,
    where: Mapping[str, Collection[str]] | None = None,
) -> str:
    """The query that reads records of a kind; see :func:`read`."""
    about = kind.about
    lines = [] if keys is None else [_one_of("node", (f"<{thing(about.kind, key)}>" for key in sorted(keys)))]
    if held_by is not None:
        lines.append(_one_of("holder", (f"<{node.iri}>" for node in sorted(held_by))))
        path = f"{about.tree.top}/{about.tree.below}*" if about.tree else f"^{about.holder}"
        lines.append(f"?holder {path} ?node .")
    for name, values in (where or {}).items():
        says = next(field for field in fields_of(kind) if field.name == name).says[0]
        lines.append(_one_of(name, (_written(says, value) for value in sorted(values))))
        lines.append(f"?node {says.predicate} ?{name} .")
    lines.append(f"?node {about.told_by} ?told ." if about.told_by else f"?node a {about.classes[0]} .")
    inside = "".join(f"  {line}\n" for line in (*lines, "?node ?property ?value"))
    return f"# Every {about.noun}, with all that is said of it.\nSELECT ?node ?property ?value WHERE {{\n{inside}}}"


def _one_of(variable: str, terms: Iterable[str]) -> str:
    return f"VALUES ?{variable} {{ {' '.join(terms)} }}"


def _written(says: Says, value: str) -> str:
    """A value as it stands in a query."""
    match says:
        case Ref(kind=kind) | Val(scheme=kind):
            return f"<{thing(kind, value)}>"
        case Lit(language=language, tagged_by=None):
            return literal(value, language)
        case _:
            raise TypeError(f"records cannot be asked for by what {says!r} says")


def _nodes(store: Store, text: str) -> dict[str, _Said]:
    """What is said of each node, by its key."""
    found: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
    for row in store.select(text):
        found[row["node"].value][row["property"].value].append(row["value"])
    return {split_thing(iri)[1]: dict(said) for iri, said in found.items()}


def _held(store: Store, field: Field, holders: Collection[Node] | None) -> dict[str, Any]:
    """Values of a field whose values are nodes of their own, by the key of what holds them."""
    if field.tree:
        return _trees(store, field.type, holders)
    found: dict[str, list[Any]] = defaultdict(list)
    for part in read(store, field.type, held_by=holders):
        found[holder_of(part.node.key)[0]].append(part)
    return {key: tuple(records) for key, records in found.items()}


def _trees(store: Store, kind: Any, holders: Collection[Node] | None) -> dict[str, Any]:
    """The record at the top of each tree, with those below it, by the key of what holds the tree."""
    if holders is not None and not holders:
        return {}
    nodes, tree = _nodes(store, query(kind, held_by=holders)), kind.about.tree
    below, base = expand(tree.below), f"{ID}{kind.about.kind}/"

    def grown(key: str, *above: str) -> Any:
        said = nodes.get(key, {})
        if key in above or expand(tree.told_by) not in said:
            raise _fault(kind, key, "stands below itself" if key in above else "puts no test")
        under = (term.value.removeprefix(base) for term in said.get(below, ()))
        operands = tuple(grown(each, key, *above) for each in sorted(under, key=_filed))
        chosen = said[expand(tree.told_by)][0].value
        if all(chosen != field.name for field in fields_of(kind)):
            known = ", ".join(field.name for field in fields_of(kind) if field.name not in tree.shared)
            raise StoreError(
                f"{thing(kind.about.kind, key)} puts a test {chosen!r} that is not known here; known: {known}"
            )
        return _record(kind, key, said, {chosen: operands} if operands else {}, chosen)

    return {key.removesuffix(".1"): grown(key) for key in nodes if key.endswith(".1")}


def _record(kind: Any, key: str, said: _Said, held: Mapping[str, Any], chosen: str = "") -> Any:
    """A record from what is said of its node, and the records that it holds."""
    values: dict[str, Any] = dict(held)
    for name, predicate, several, value in readers(kind, chosen):
        terms = said.get(predicate)
        if terms is None:
            continue
        try:
            found = list(dict.fromkeys(each for term in terms if (each := value(term)) is not None))
        except ValueError as error:
            raise _fault(kind, key, f"has no {name!r} that is one: {error}") from None
        if several:
            values[name] = tuple(sorted(found))
        elif len(found) == 1:
            values[name] = found[0]
        elif found:
            raise _fault(kind, key, f"has {len(found)} values for {name!r}, where there is one")
    for make in _makers(kind):
        make(key, values)
    return placed(_made(kind, values, kind, key), key)


def _made(part: Any, values: Mapping[str, Any], kind: Any, key: str, within: str = "") -> Any:
    """A record, or one that is the value of a field of it, from its values.

    Raises:
        StoreError: it lacks one, or they do not go together.
    """
    lacks = sorted(within + field.name for field in fields_of(part) if field.required and field.name not in values)
    if lacks:
        raise _fault(kind, key, f"has no {' and no '.join(lacks)}")
    try:
        return part(**values)
    except ValueError as error:
        raise _fault(kind, key, f"is not as it must be: {error}") from None


def _fault(kind: Any, key: str, what: str) -> StoreError:
    """What is said of a record that no build of this version made."""
    return StoreError(f"{thing(kind.about.kind, key)} {what}; it is of another version. Build it again: dualuse build")


@cache
def _makers(kind: Any) -> tuple[Callable[[str, dict[str, Any]], None], ...]:
    """What puts the values of several terms together to one, and the key where the record has it."""
    found: list[Callable[[str, dict[str, Any]], None]] = []
    for field in fields_of(kind):
        if field.name == "key":
            found.append(lambda key, values: values.update(key=key))
        elif field.inner is not None or field.type is Name or _is_period(field):
            found.append(_maker(kind, field))
    return tuple(found)


def _maker(kind: Any, field: Field) -> Callable[[str, dict[str, Any]], None]:
    name, within, inner = field.name, f"{field.name}.", field.inner

    def make(key: str, values: dict[str, Any]) -> None:
        own = {given.removeprefix(within): values.pop(given) for given in [*values] if given.startswith(within)}
        if own and inner is not None:
            values[name] = _made(inner, own, kind, key, within)
        elif own:
            if len(own) == 1:
                raise _fault(kind, key, f"has a {name!r} with no {'end' if 'start' in own else 'start'}")
            values[name] = (own["start"], own["end"])
        elif name in values:
            values[name] = _made(Name, dict(values[name]), kind, key, within)

    return make


def _is_period(field: Field) -> bool:
    return any(isinstance(says, Ends) for says in field.says)


_ONE_BY_ONE = 40
"""Most times that a few are read; who asks for more is better served by reading them all."""


class Records(Mapping[str, R]):
    """Records of a kind by key, each read from a store when it is asked for, and all together once many were.

    Args:
        store: Where to read; none: there are only those at hand.
        known: Records at hand.
    """

    def __init__(self, kind: type[R], store: Store | None = None, known: Mapping[str, R] | None = None) -> None:
        self._kind, self._store, self._known = kind, store, dict(known or {})
        self._sought: set[str] = set()
        self._times = 0

    def _seek(self, keys: Collection[str] | None) -> None:
        """Read what has not been sought yet."""
        fresh = None if keys is None else {key for key in keys if key and key not in self._known} - self._sought
        if self._store is None or fresh == set():
            return
        self._times += 1
        if fresh is None or self._times > _ONE_BY_ONE:
            fresh, store, self._store = None, self._store, None
        else:
            store, self._sought = self._store, self._sought | fresh
        for record in read(store, self._kind, keys=fresh):
            placed: Any = record
            self._known.setdefault(placed.node.key, record)

    def of(self, keys: Collection[str]) -> list[R]:
        """Those there are with some keys, by key; read at once."""
        self._seek(keys)
        return [self._known[key] for key in sorted(keys) if key in self._known]

    def __getitem__(self, key: str) -> R:
        """The record of a key."""
        if key not in self._known:
            self._seek((key,))
        return self._known[key]

    def __getstate__(self) -> dict[str, Any]:
        """All of them and no store, for another process."""
        self._seek(None)
        return self.__dict__ | {"_store": None}

    def __iter__(self) -> Iterator[str]:
        """Keys of all of them, sorted."""
        self._seek(None)
        return iter(sorted(self._known))

    def __len__(self) -> int:
        """How many there are."""
        self._seek(None)
        return len(self._known)
