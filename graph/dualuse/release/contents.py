"""What a release consists of: each file with its path, what it is, and its bytes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.resources import files as packaged
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from jinja2 import Environment, StrictUndefined

from dualuse import resources
from dualuse.export import RDF_EXPORTS, to_bods, to_context, to_ftm, to_gexf, to_graphml, to_nanopubs, to_rdf, to_void
from dualuse.network import PROJECTIONS
from dualuse.query import library
from dualuse.release import tabular
from dualuse.release.changes import Release, release_of, to_changes
from dualuse.release.described import (
    to_citation,
    to_crate,
    to_croissant,
    to_spdx,
    to_sums,
    to_zenodo,
)
from dualuse.release.facts import LICENCE_URL, NAME, Facts, read_facts
from dualuse.release.files import File, file_of
from dualuse.release.sheet import Sheet, sheets

if TYPE_CHECKING:
    from dualuse.knowledge import Knowledge

PARTS = (
    ("rdf/", "the whole graph: TriG and N-Quads with named graphs, Turtle and JSON-LD"),
    ("others/", "in the formats of others: FollowTheMoney, Beneficial Ownership Data Standard 0.4, nanopublications"),
    ("ontology/", "classes, properties, concepts, shapes and rules, with bridges to other vocabularies"),
    ("queries/", "named SPARQL queries; the first lines of each say what it answers"),
    ("tables/", "a CSV a kind of record, with `datapackage.json`; `links/`: fields of several values, one a row"),
    ("parquet/", "the same tables as Parquet, for DuckDB, polars, Spark"),
    ("networks/", "who is tied to whom: GraphML of a day by projection, and a moving GEXF of all times"),
    ("dualuse.sqlite", "every table in one database; `metadata.json` is for Datasette"),
    ("ro-crate-metadata.json", "RO-Crate; beside it `void.ttl`, `croissant.json`, `.zenodo.json`, `dualuse.spdx.json`"),
)
_ONTOLOGY = (".ttl", ".csv", ".tsv", ".rq", ".md", ".svg")


class Item(NamedTuple):
    """A file to be written."""

    path: str
    says: str
    content: bytes


def contents(knowledge: Knowledge, since: Release | None = None) -> Iterator[Item]:
    """Every file of a release, each made when it is asked for; the sums come last.

    Args:
        since: The release before, for what changed; None if there is none.

    Raises:
        MissingExtraError: what writes Parquet is not installed.
        StoreError: the graph is not one that a build made.
    """
    tabular.need_parquet()
    facts, tables = read_facts(knowledge.store), sheets(knowledge.store)
    written: list[File] = []
    for item in chain(_body(knowledge, facts, tables, since), _descriptions(knowledge, facts, tables, written)):
        written.append(file_of(*item))
        yield item


def _body(knowledge: Knowledge, facts: Facts, tables: Sequence[Sheet], since: Release | None) -> Iterator[Item]:
    yield Item("README.md", "What this is and how to open it.", _readme(facts))
    yield Item("LICENSE", "Licence.", _licence())
    yield Item("CITATION.cff", "How to cite.", to_citation(facts))
    yield Item("CHANGES.md", "What differs from the release before.", to_changes(release_of(facts, tables), since))
    yield from _graphs(knowledge)
    yield from _others(knowledge)
    yield from _ontology()
    for name in library.names():
        yield Item(f"queries/{name}.rq", library.load(name).question, library.standalone(name).encode("utf-8"))
    yield from _tables(facts, tables)
    yield from _networks(knowledge, facts)


def _readme(facts: Facts) -> bytes:
    source = (packaged("dualuse") / "release" / "readme.md.jinja").read_text("utf-8")
    environment = Environment(undefined=StrictUndefined, keep_trailing_newline=True, autoescape=False)  # noqa: S701 - Markdown
    return environment.from_string(source).render(facts=facts, parts=PARTS, licence=LICENCE_URL).encode("utf-8")


def _licence() -> bytes:
    return (
        f"The data, the ontology and the queries of this release are under the Creative Commons Attribution 4.0\n"
        f"International licence: {LICENCE_URL}\nCredit: the dualuse maintainers.\n"
    ).encode()


def _graphs(knowledge: Knowledge) -> Iterator[Item]:
    for form, (ending, _) in RDF_EXPORTS.items():
        graphs = "Union of all graphs" if form == "turtle" else "All named graphs"
        yield Item(f"rdf/{NAME}.{ending}", f"{graphs}.", to_rdf(knowledge.store, form))
    yield Item("rdf/context.jsonld", "Context of the JSON-LD.", to_context())


def _others(knowledge: Knowledge) -> Iterator[Item]:
    yield Item("others/ftm.jsonl", "Entities of FollowTheMoney.", to_ftm(knowledge))
    yield Item("others/bods.json", "Statements of the Beneficial Ownership Data Standard 0.4.", to_bods(knowledge))
    yield Item("others/nanopubs.trig", "Claims on the size of tiers as nanopublications.", to_nanopubs(knowledge))


def _ontology() -> Iterator[Item]:
    folder = resources.root("ontology")
    found = {name: file for ending in _ONTOLOGY for name, file in resources.walk(folder, ending)}
    for name, file in sorted(found.items()):
        yield Item(f"ontology/{name}", "Part of the ontology.", file.read_bytes())


def _tables(facts: Facts, tables: Sequence[Sheet]) -> Iterator[Item]:
    for sheet in tables:
        yield Item(f"tables/{tabular.path_of(sheet)}", sheet.meaning, tabular.to_csv(sheet))
    yield Item("tables/datapackage.json", "Data Package of the tables.", tabular.to_datapackage(facts, tables))
    for sheet in tables:
        yield Item(f"parquet/{sheet.name}.parquet", sheet.meaning, tabular.to_parquet(facts, sheet))
    yield Item(f"{NAME}.sqlite", "Every table in one database.", tabular.to_sqlite(facts, tables))
    yield Item("metadata.json", "What Datasette says of the database.", tabular.to_datasette(facts, tables))


def _networks(knowledge: Knowledge, facts: Facts) -> Iterator[Item]:
    for name in PROJECTIONS:
        network = knowledge.network(name, as_of=facts.known_on)
        yield Item(f"networks/{name}.graphml", f"Projection {name} on {facts.known_on}.", to_graphml(network))
    moving = knowledge.network("all", as_of=facts.known_on, all_times=True)
    yield Item("networks/moving.gexf", "Every tie with its days.", to_gexf(moving))


def _descriptions(knowledge: Knowledge, facts: Facts, tables: Sequence[Sheet], written: list[File]) -> Iterator[Item]:
    """What describes the files written so far; each description is one of those that the next describes."""
    yield Item("void.ttl", "DCAT and VoID description.", to_void(knowledge.store, _sorted(written)))
    yield Item("croissant.json", "Croissant description.", to_croissant(facts, tables, written))
    yield Item(".zenodo.json", "Zenodo description.", to_zenodo(facts))
    yield Item("dualuse.spdx.json", "SPDX: licence and digests of files.", to_spdx(facts, _sorted(written)))
    yield Item("ro-crate-metadata.json", "RO-Crate description.", to_crate(facts, _sorted(written)))
    yield Item("SHA256SUMS", "Digest of every file.", to_sums(_sorted(written)))


def _sorted(written: list[File]) -> list[File]:
    return sorted(written, key=lambda file: file.path)
