"""Give a graph to the reasoners HermiT and Pellet, which owlready2 brings along, and hear whether it is consistent."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from dualuse.namespaces import NS

OWL = "http://www.w3.org/2002/07/owl#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
TYPE = ox.NamedNode(f"{RDF}type")
KINDS = {kind: ox.NamedNode(f"{OWL}{kind}Property") for kind in ("Annotation", "Datatype", "Object", "Ontology")}
DATES = {f"{XSD}date": "T00:00:00", f"{XSD}gYearMonth": "-01T00:00:00", f"{XSD}gYear": "-01-01T00:00:00"}
"""Datatypes that OWL 2 does not have -> what makes an xsd:dateTime, which it has, of a value of one."""
JAVA = ("java", "-Xmx3G", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
Triples = list[ox.Triple]


def vocabularies() -> Triples:
    """What PROV-O, ORG, SKOS, FOAF, Dublin Core and ELI say of their terms, without what they say of themselves."""
    files = sorted((Path(__file__).parent / "vocabularies").glob("*.ttl"))
    assert len(files) == 6
    whole = [quad.triple for file in files for quad in ox.parse(file.read_bytes(), format=ox.RdfFormat.TURTLE)]
    heads = {triple.subject for triple in whole if triple.object == ox.NamedNode(f"{OWL}Ontology")}
    return [triple for triple in whole if triple.subject not in heads]


# -- what a reasoner reads --------------------------------------------------------------------------------------------


def stated(triples: Triples, *, dates: bool) -> bytes:
    """The triples as RDF/XML that OWL 2 can read: every word is of a known kind; and without what means nothing to it.

    Args:
        triples: Ontology, vocabularies and data.
        dates: Whether the reasoner knows datatypes that OWL 2 lacks; else dates become moments, and codes text.
    """
    notes = {triple.subject for triple in triples if triple.object == KINDS["Annotation"]}
    whole = {*(triple for triple in triples if triple.predicate not in notes), *_declared(triples)}
    read = whole if dates else {ox.Triple(s, p, _moment(o)) for s, p, o in whole}
    return ox.serialize(sorted(read, key=str), format=ox.RdfFormat.RDF_XML) or b""


def _declared(triples: Triples) -> Iterator[ox.Triple]:
    """The kind of each predicate that no vocabulary tells, as Dublin Core and schema.org do not; and each class."""
    told = {triple.subject for triple in triples if triple.predicate == TYPE and triple.object in KINDS.values()}
    for _, predicate, value in triples:
        if predicate not in told and not predicate.value.startswith((OWL, RDF, RDFS)):
            yield ox.Triple(predicate, TYPE, KINDS["Datatype" if isinstance(value, ox.Literal) else "Object"])
        if predicate == TYPE and isinstance(value, ox.NamedNode) and not value.value.startswith((OWL, RDF, RDFS)):
            yield ox.Triple(value, TYPE, ox.NamedNode(f"{OWL}Class"))


def _moment(node: Any) -> Any:
    """A date as the moment it begins with, its datatype as that of moments, a code as text; all else as it is."""
    moment = ox.NamedNode(f"{XSD}dateTime")
    if isinstance(node, ox.Literal) and node.datatype.value.startswith(NS):
        return ox.Literal(node.value)
    if isinstance(node, ox.Literal) and node.datatype.value in DATES:
        return ox.Literal(node.value + DATES[node.datatype.value], datatype=moment)
    return moment if isinstance(node, ox.NamedNode) and node.value in DATES else node


# -- the reasoners ----------------------------------------------------------------------------------------------------


def asked(folder: Path, triples: Triples, *names: str) -> dict[str, str]:
    """What each reasoner says of the triples: ``consistent``, ``inconsistent``, or its own words if neither.

    Args:
        folder: Where to put what they read.
        triples: Ontology, vocabularies and data.
        names: Which of them to ask; each if none is named.
    """
    found = {}
    for name, (paths, words, dates, verdicts) in _commands().items():
        if names and name not in names:
            continue
        file = folder / f"{name}.rdf"
        file.write_bytes(stated(triples, dates=dates))
        command = [*JAVA, "-cp", os.pathsep.join(map(str, paths)), *words, file.as_uri()]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
        text = done.stdout + done.stderr
        found[name] = next((verdict for mark, verdict in verdicts.items() if mark in text), text)
    return found


def _commands() -> dict[str, tuple[list[Path], list[str], bool, dict[str, str]]]:
    """Of each reasoner: what Java loads, its command, whether it knows dates, and the words of its verdicts."""
    found = importlib.util.find_spec("owlready2")
    if found is None or found.origin is None:
        pytest.skip("owlready2 is not installed: scripts/setup dev")
    if shutil.which("java") is None:
        pytest.skip("there is no Java: apt-get install default-jre-headless (Debian)")
    home = Path(found.origin).parent
    hermit = [home / "hermit", home / "hermit" / "HermiT.jar"]
    pellet = [home / "pellet", *sorted((home / "pellet").glob("*.jar"))]
    return {
        "HermiT": (
            hermit,
            ["org.semanticweb.HermiT.cli.CommandLine", "-k"],
            False,
            {"Thing is satisfiable": "consistent", "InconsistentOntologyException": "inconsistent"},
        ),
        "Pellet": (
            pellet,
            ["pellet.Pellet", "consistency", "--loader", "OWLAPIv3", "--ignore-imports"],
            True,
            {"Consistent: Yes": "consistent", "Consistent: No": "inconsistent"},
        ),
    }
