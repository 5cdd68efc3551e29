"""Curated data to a validated store: read, assemble, derive, check, and only then replace the old one."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.resources.abc import Traversable

import pyoxigraph as ox

from dualuse import names, resources
from dualuse.claims.assessments import assessments
from dualuse.collecting import seldom_collected
from dualuse.errors import QueryError
from dualuse.load.curated import Curated, read_curated
from dualuse.model.assemble import assemble
from dualuse.model.kept import encode, kept_name
from dualuse.model.read import read
from dualuse.model.slots import kinds
from dualuse.model.triples import iri, literal
from dualuse.namespaces import GRAPH, PREFIXES, expand
from dualuse.network import links
from dualuse.registry import read_registry
from dualuse.store import MemoryStore, Place, Store, claim

Progress = Callable[[str], None]
"""Called with the name of each step as it starts."""

STEPS = ("read curated data", "load ontology", "assemble the graph", "derive", "check", "write the store")


@dataclass(frozen=True)
class Built:
    """A graph built in memory, with what went into it."""

    store: MemoryStore
    curated: Curated
    data: Traversable
    sha256: str
    quads: int


@seldom_collected()
def build(data: Traversable | None = None, *, progress: Progress = lambda step: None) -> Built:
    """Build the whole graph in memory.

    Args:
        data: A folder laid out as ``data/``; the shipped one if not given.

    Raises:
        CuratedDataError: the data do not conform.
    """
    folder = resources.root("data") if data is None else data
    progress(STEPS[0])
    curated = read_curated(folder)
    progress(STEPS[1])
    store = MemoryStore()
    load_ontology(store.store)
    progress(STEPS[2])
    store.store.bulk_load("".join(assemble(curated)).encode("utf-8"), format=ox.RdfFormat.N_QUADS)
    progress(STEPS[3])
    derive(store)
    digest = _seal(store)
    return Built(store, curated, folder, digest, len(store.store))


def load_ontology(store: ox.Store) -> None:
    """Load the terms and the concepts of the ontology into the graph ``ontology``."""
    for name in ("dualuse.ttl", "concepts.ttl"):
        text = (resources.root("ontology") / name).read_bytes()
        store.load(text, format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(f"{GRAPH}ontology"))


def rules() -> list[tuple[str, str]]:
    """Names and texts of the derivation rules, in the order they run."""
    folder = resources.root("ontology") / "rules"
    return [(name.removesuffix(".rq"), file.read_text("utf-8")) for name, file in resources.walk(folder, ".rq")]


def derive(store: MemoryStore) -> None:
    """Run every rule in order into the graph ``inferred``; before the last, on superclasses, claims are assessed."""
    *law, superclasses = rules()
    for rule in law:
        _run(store, *rule)
    _assess_claims(store)
    _run(store, *superclasses)


def _run(store: MemoryStore, name: str, text: str) -> None:
    """Add what a rule derives and no other graph states."""
    inferred = ox.NamedNode(f"{GRAPH}inferred")
    try:
        triples = store.construct(text)
    except QueryError as error:
        raise QueryError(f"rule {name}: {error}") from None
    for triple in triples:
        said = (triple.subject, triple.predicate, triple.object)
        if next(store.store.quads_for_pattern(*said), None) is None:
            store.store.add(ox.Quad(*said, inferred))


def _assess_claims(store: MemoryStore) -> None:
    """Hold every claim against the law as derived, and claims against one another; into the graph ``inferred``."""
    graph = iri(f"{GRAPH}inferred")
    lines = [f"{s} {p} {o} {graph} .\n" for node in assessments(store) for s, p, o in node.triples]
    store.store.load("".join(lines).encode("utf-8"), format=ox.RdfFormat.N_QUADS)


def _seal(store: MemoryStore) -> str:
    """Add the digest of everything else to the ``meta`` graph, so that an answer can name its dataset."""
    digest = hashlib.sha256(store.nquads()).hexdigest()
    meta = f"{GRAPH}meta"
    line = f"{iri(f'{meta}#dataset')} {iri(expand('du:contentSha256'))} {literal(digest)} {iri(meta)} .\n"
    store.store.load(line, format=ox.RdfFormat.N_QUADS)
    return digest


def save(built: Built, location: str) -> None:
    """Replace the store at a location by a built graph, whole or not at all.

    Raises:
        StoreError: another build is running there, or it cannot be written or reached.
    """
    with claim(location) as place:
        put(built, place)


def put(built: Built, place: Place) -> None:
    """Put a built graph in place of what is there, and what questions would work out of it each time beside it.

    Raises:
        StoreError: it cannot be written or reached.
    """
    place.replace(built.store.nquads(), dict(_kept(built.store)))


def _kept(store: Store) -> Iterator[tuple[str, bytes]]:
    """What questions would work out of a graph each time, under the names that they look for."""
    yield links.kept_name(), links.encode(links.links_of(store, read_registry(store)))
    yield names.kept_name(), names.encode(names.table_of(store))
    for kind in kinds():
        if kind.about.kept:
            yield kept_name(kind), encode(read(store, kind))


__all__ = ["PREFIXES", "STEPS", "Built", "Progress", "build", "derive", "load_ontology", "put", "rules", "save"]
