"""The ontology's vocabulary, schemes, alignments and diagram."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml
from pyoxigraph import NamedNode
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, BNode, Literal, Namespace, URIRef
from rdflib.term import Node
from tests.ontology.reading import HERE, ONTOLOGY, read, vocabulary

from dualuse import __version__
from dualuse.build import Built
from dualuse.lens import Lens
from dualuse.model.slots import kinds, slots
from dualuse.model.values import SCHEMES
from dualuse.model.vocabulary import read_vocabulary

ROOT = ONTOLOGY.parent
DU = Namespace("https://w3id.org/dualuse/ns#")
ID = "https://w3id.org/dualuse/id/"

TURTLE = sorted([*ONTOLOGY.rglob("*.ttl"), *(HERE / "shapes").rglob("*.ttl"), *(HERE / "rules").glob("*.ttl")])
QUERIES = sorted(ONTOLOGY.rglob("*.rq"))

VERSIONED = {
    "pyproject.toml": r'^version = "(.+)"$',
    "CITATION.cff": r"^version: (.+)$",
    "data/dataset.yml": r"^version: (.+)$",
    "ontology/alignments.sssom.tsv": r'^#mapping_set_version: "(.+)"$',
}
"""File -> where its version stands in it."""


def text(node: Node | None) -> str:
    assert isinstance(node, Literal)
    return str(node)


# -- files -----------------------------------------------------------------------------------------------------------


def test_files_are_found() -> None:
    assert len(TURTLE) > 20
    assert len(QUERIES) == 23


@pytest.mark.parametrize("file", TURTLE, ids=lambda file: "/".join(file.parts[-2:]))
def test_turtle_is_read_without_blank_nodes(file: Path) -> None:
    graph = read(file)
    assert len(graph) > 0
    assert not [triple for triple in graph if any(isinstance(node, BNode) for node in triple)]


@pytest.mark.parametrize("file", sorted(ONTOLOGY.rglob("*.*")), ids=lambda file: "/".join(file.parts[-2:]))
def test_language_tags_are_in_small_letters(file: Path) -> None:
    assert re.findall(r"@[a-z]{2,3}-\w*[A-Z]\w*", file.read_text(encoding="utf-8")) == []
    assert re.findall(r'"zh-Han[st]"', file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("file", QUERIES, ids=lambda file: file.stem)
def test_query_has_a_banner(file: Path) -> None:
    banner = file.read_text(encoding="utf-8").split("\n\n")[0]
    assert all(line.startswith("#") for line in banner.splitlines())
    heads = {"hygiene": ("Finds", "Why it matters", "What to do"), "rules": ("Derives", "From")}[file.parent.name]
    assert all(f"# {head}:" in banner for head in heads)


# -- vocabulary ------------------------------------------------------------------------------------------------------


def test_terms_are_found_and_defined_in_a_sentence() -> None:
    terms = read_vocabulary().terms
    assert len(terms) > 200
    for term in terms:
        (definition,) = term.says["skos:definition"]
        assert re.fullmatch(r'"[A-Z][^.]*\."@en', definition), f"{term.name}: {definition}"


def test_no_two_terms_differ_by_case_alone(built: Built) -> None:
    used = {quad.predicate for quad in built.store.store}
    used |= {quad.object for quad in built.store.store if quad.predicate.value == str(RDF.type)}
    declared = {str(DU) + term.name.removeprefix("du:") for term in read_vocabulary().terms}
    named: dict[str, set[str]] = {}
    for name in declared | {node.value for node in used if isinstance(node, NamedNode)}:
        named.setdefault(re.split("[/#]", name)[-1].lower(), set()).add(name)
    alike = [names for names in named.values() if len({re.split("[/#]", name)[-1] for name in names}) > 1]
    of_ours = [names for names in alike if names & declared]
    assert of_ours == [{f"{DU}Relation", str(DCTERMS.relation)}]  # the other is Dublin Core's


def test_all_but_three_properties_have_a_domain() -> None:
    properties = [term for term in read_vocabulary().terms if "owl:Class" not in term.says["rdf:type"]]
    without = {term.name for term in properties if "rdfs:domain" not in term.says}
    assert without == {"du:confidence", "du:seenOn", "du:officeTitle"}


def test_the_ontology_says_its_version_and_days() -> None:
    ontology = URIRef(str(DU)[:-1])
    said = {predicate: str(value) for predicate, value in vocabulary().predicate_objects(ontology)}
    assert said[OWL.versionIRI] == f"{ontology}/{__version__}"
    assert said[OWL.versionInfo] == __version__
    assert said[DCTERMS.contributor]
    assert said[DCTERMS.created] <= said[DCTERMS.modified]


def test_one_version_for_package_data_and_alignments() -> None:
    read = {name: (ROOT / name).read_text(encoding="utf-8") for name in VERSIONED}
    found = {name: re.findall(VERSIONED[name], text, re.MULTILINE) for name, text in read.items()}
    assert found == {name: [__version__] for name in VERSIONED}


def test_what_has_one_value_has_one_in_every_record() -> None:
    most: dict[str, set[int | None]] = {}
    for record in kinds():
        for slot in slots(record):
            most.setdefault(slot.path, set()).add(slot.most)
    said = [term.name for term in read_vocabulary().terms if "owl:FunctionalProperty" in term.says["rdf:type"]]
    assert len(said) > 60
    assert {name: most.get(name) for name in said if most.get(name) != {1}} == {}


# -- schemes ---------------------------------------------------------------------------------------------------------


def test_concepts_end_in_sentences_and_are_told_apart_by_name() -> None:
    named: dict[str, list[str]] = {}
    for term in read_vocabulary().concepts:
        texts = [*term.says["skos:definition"], *term.says.get("skos:example", ())]
        assert all(text.endswith('."@en') for text in texts), term.name
        named.setdefault(term.says.get("skos:inScheme", [term.name])[0], []).append(term.says["skos:prefLabel"][0])
    for scheme, labels in named.items():
        own = len(labels) - len(set(labels))
        assert own <= 1, f"{scheme}: two concepts of one name"  # a concept may be named as its scheme
    assert [name for name, labels in named.items() if len(labels) == 1] == ["scheme:control-list", "scheme:places"]


def test_lenses_are_those_of_their_scheme() -> None:
    assert tuple(Lens) == SCHEMES["lens"]


def test_source_classes_are_ranked() -> None:
    ranks = sorted(int(text(rank)) for rank in vocabulary().objects(None, DU["rank"]))
    assert ranks == list(range(1, len(SCHEMES["source-class"]) + 1))
    assert int(text(vocabulary().value(URIRef(f"{ID}source-class/law-text"), DU["rank"]))) == 1


def test_tiers_are_tied_to_groups_and_called_interpretation() -> None:
    groups = {"1": "us-supp5a", "2": "us-ai-residual", "3": "us-macau-d5"}
    for tier, group in groups.items():
        node = URIRef(f"{ID}tier/{tier}")
        assert (node, RDF.type, DU.Tier) in vocabulary()
        assert vocabulary().value(node, DU.definedByGroup) == URIRef(f"{ID}group/{group}")
        assert "interpretation, not a legal term" in text(vocabulary().value(node, SKOS.definition))


def test_concerned_is_not_opposes() -> None:
    definition = text(vocabulary().value(URIRef(f"{ID}stance/concerned"), SKOS.definition))
    assert "not the same as opposes" in definition


# -- alignments ------------------------------------------------------------------------------------------------------

COLUMNS = [
    *("subject_id", "subject_label", "predicate_id", "object_id"),
    *("object_label", "mapping_justification", "confidence", "comment"),
]


def alignments() -> tuple[dict[str, object], list[dict[str, str]]]:
    lines = (ONTOLOGY / "alignments.sssom.tsv").read_text(encoding="utf-8").splitlines()
    header = yaml.safe_load("\n".join(line[1:] for line in lines if line.startswith("#")))
    table = csv.DictReader([line for line in lines if not line.startswith("#")], delimiter="\t", quoting=csv.QUOTE_NONE)
    assert table.fieldnames == COLUMNS
    return header, list(table)


def test_alignments_have_metadata() -> None:
    header, rows = alignments()
    assert {"mapping_set_id", "mapping_set_version", "license", "curie_map"} <= set(header)
    prefixes = header["curie_map"]
    assert isinstance(prefixes, dict)
    ids = ("subject_id", "predicate_id", "object_id", "mapping_justification")
    assert {row[column].split(":")[0] for row in rows for column in ids} == set(prefixes)
    assert prefixes["du"] == str(DU)


def test_alignments_are_sound() -> None:
    header, rows = alignments()
    assert len(rows) > 50
    prefixes = header["curie_map"]
    assert isinstance(prefixes, dict)
    for row in rows:
        assert set(row) == set(COLUMNS)
        assert all(row.values())
        prefix, local = row["subject_id"].split(":")
        subject = URIRef(prefixes[prefix] + local)
        labels = {str(label) for way in (RDFS.label, SKOS.prefLabel) for label in vocabulary().objects(subject, way)}
        assert row["subject_label"] in labels
        assert row["predicate_id"] in {"skos:exactMatch", "skos:closeMatch", "skos:broadMatch"}
        assert row["mapping_justification"] == "semapv:ManualMappingCuration"
        assert 0 < float(row["confidence"]) <= 1
    keys = [(row["subject_id"], row["object_id"]) for row in rows]
    assert keys == sorted(set(keys))


# -- diagram ---------------------------------------------------------------------------------------------------------


def test_diagram_is_current(tmp_path: Path) -> None:
    drawn = tmp_path / "diagram.svg"
    script = ROOT / "scripts" / "ontology-diagram"
    subprocess.run([sys.executable, str(script), str(drawn)], check=True)
    assert drawn.read_bytes() == (ONTOLOGY / "diagram.svg").read_bytes(), "run scripts/ontology-diagram"


def test_diagram_labels_do_not_overlap() -> None:
    root = ElementTree.parse(ONTOLOGY / "diagram.svg").getroot()  # noqa: S314 - our own file
    rects: dict[str, list[tuple[float, float, float, float]]] = {"label": [], "box": []}
    for rect in root.iter("{http://www.w3.org/2000/svg}rect"):
        kind = (rect.get("class") or "").split(" ")[0]
        if kind in rects:
            x, y, w, h = (float(rect.get(name) or 0) for name in ("x", "y", "width", "height"))
            assert x >= 0
            assert x + w <= 1200
            rects[kind].append((x, y, x + w, y + h))
    assert len(rects["box"]) > 20
    assert len(rects["label"]) > 20
    pairs = [*combinations(rects["label"], 2), *combinations(rects["box"], 2)]
    pairs += [(label, box) for label in rects["label"] for box in rects["box"]]
    for one, other in pairs:
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1], (one, other)
