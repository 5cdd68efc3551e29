"""RDF in each form: what is taken, what is not, and names for what has none."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from tests.feeds.spoil import spoiled

from dualuse.errors import UsageError
from dualuse.feeds.rdf import FORMATS, feed_of, lines
from dualuse.feeds.report import Report

EX = "http://example.org/"
TURTLE = f"""@prefix ex: <{EX}> .
ex:a ex:name "A \\"quoted\\"\\n"@en ; ex:part [ ex:name "no name" ; ex:part [] ] .
_:x ex:name "x", 5 . ex:b ex:part _:x . <rel> ex:name "relative" .
"""
GENID = "https://w3id.org/dualuse/.well-known/genid/few/"


def read(place: Path, name: str, content: str | bytes, form: str | None = None) -> tuple[list[str], Report]:
    file, report = place / name, Report()
    file.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return list(lines("few", form, file, report)), report


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_each_form_says_the_same_each_time(tmp_path: Path, form: str) -> None:
    quads = [
        ox.Quad(ox.NamedNode(f"{EX}a"), ox.NamedNode(f"{EX}name"), ox.Literal("A", language="en")),
        ox.Quad(ox.NamedNode(f"{EX}a"), ox.NamedNode(f"{EX}size"), ox.Literal(5)),
        ox.Quad(ox.NamedNode(f"{EX}a"), ox.NamedNode(f"{EX}part"), ox.BlankNode("x")),
    ]
    content = ox.serialize(quads, format=FORMATS[form])
    assert content is not None
    found, report = read(tmp_path, "file", content, form)
    assert sorted(found) == [
        f'<{EX}a> <{EX}name> "A"@en .\n',
        f"<{EX}a> <{EX}part> <{GENID}1> .\n",
        f'<{EX}a> <{EX}size> "5"^^<http://www.w3.org/2001/XMLSchema#integer> .\n',
    ]
    assert (report.read, report.kept, report.refused, report.lists["few"]) == (3, 3, 0, 3)
    assert read(tmp_path, "file", content, form)[0] == found


def test_blank_nodes_get_names_that_the_same_file_gives_again(tmp_path: Path) -> None:
    found, report = read(tmp_path, "a.ttl", TURTLE)
    assert found == read(tmp_path, "b.ttl", TURTLE)[0]
    assert not any(" _:" in f" {line}" for line in found)
    assert sum(report.unread.values()) == 3
    assert len(list(ox.parse("".join(found), format=ox.RdfFormat.N_TRIPLES))) == len(found) == report.kept == 8
    assert report.columns == (f"{EX}name", f"{EX}part")
    assert "<https://w3id.org/dualuse/feed/few/rel>" in "".join(found)


def test_named_graphs_go_into_one_and_that_is_told(tmp_path: Path) -> None:
    found, report = read(tmp_path, "a.nq", f'<{EX}a> <{EX}n> "1" <{EX}g> .\n<{EX}a> <{EX}n> "2" .\n')
    assert found == [f'<{EX}a> <{EX}n> "1" .\n', f'<{EX}a> <{EX}n> "2" .\n']
    assert dict(report.unread) == {("graph", "all go into one graph"): 1}


def test_what_it_says_of_the_record_is_not_taken(tmp_path: Path) -> None:
    content = f"""@prefix du: <https://w3id.org/dualuse/ns#> . @prefix ex: <{EX}> .
    <https://w3id.org/dualuse/id/place/CN> ex:name "elsewhere" .
    ex:a a du:Place ; du:tpp 4800 ; ex:in <https://w3id.org/dualuse/id/place/CN> .
    ex:a ex:says <<( ex:b ex:c ex:d )>> .
    """
    found, report = read(tmp_path, "a.ttl", content)
    assert found == [f"<{EX}a> <{EX}in> <https://w3id.org/dualuse/id/place/CN> .\n"]
    assert dict(report.reasons) == {
        "says something of a thing on record": 1,
        "gives a class of the record": 1,
        "says it in a term of the record": 1,
        "a statement within a statement": 1,
    }


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.ttl", "<a", "no turtle that can be read: after statement 0"),
        ("a.nt", f"<{EX}a> <{EX}b> <{EX}c> .\nnonsense", "no n-triples that can be read: after statement 1"),
        ("a.rdf", "<rdf", "no rdf-xml that can be read"),
        ("a.jsonld", "{", "no json-ld that can be read"),
        ("a.jsonld", '{"@context": "https://example.org/far", "@id": "x"}', "no json-ld that can be read"),
        ("a.txt", "", "its ending does not tell its form; say which: --format turtle"),
        ("a.ttl", "\xff".encode("latin-1"), "no turtle that can be read"),
    ],
)
def test_another_file_is_told(tmp_path: Path, name: str, content: str | bytes, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        read(tmp_path, name, content)


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_a_spoiled_file_is_read_or_refused(tmp_path: Path, form: str) -> None:
    quads = list(ox.parse(TURTLE, format=ox.RdfFormat.TURTLE, base_iri=EX))
    content = ox.serialize(quads, format=FORMATS[form])
    assert content is not None
    count = 0
    for each in spoiled(content):
        try:
            found, report = read(tmp_path, "file", each, form)
        except UsageError:
            continue
        count += 1
        assert report.read == report.kept + report.refused == len(found) + report.refused
        assert len(list(ox.parse("".join(found), format=ox.RdfFormat.N_TRIPLES))) == len(found)
    assert count > 1


def test_a_name_and_a_licence_that_are_none_are_told() -> None:
    with pytest.raises(UsageError, match="give a name of small letters"):
        feed_of("a b", None, "", "")
    with pytest.raises(UsageError, match="give its address"):
        feed_of("few", None, "", "free")
