"""Two more SHACL engines, in Rust and in JavaScript, see what pyshacl sees, and no fault where there is none."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rdflib import SH, Graph, URIRef
from tests.slowness import slow

from dualuse.build import Built
from dualuse.validate import as_rdflib, read_shapes

JS = Path(__file__).parents[1] / "js"
NODE = shutil.which("node")
Seen = set[tuple[str, str]]
"""Focus node and shape of each result."""


def by_rudof(shapes: Path, data: Path) -> Seen:
    """Rudof, in Rust."""
    rudof = pytest.importorskip("pyrudof", reason="pyrudof is not installed: scripts/setup dev")
    engine = rudof.Rudof(rudof.RudofConfig())
    engine.read_data(data, rudof.RDFFormat.NTriples)
    engine.read_shacl(shapes, rudof.ShaclFormat.NTriples)
    return {(found.focus_node, found.source_shape) for found in engine.validate_shacl()}


def by_node(shapes: Path, data: Path) -> Seen:
    """rdf-validate-shacl, in JavaScript."""
    if NODE is None or not (JS / "node_modules" / "rdf-validate-shacl").is_dir():
        pytest.skip("node or its packages are not there: apt-get install nodejs npm, then scripts/setup dev")
    command: list[str | Path] = [NODE, JS / "shacl.mjs", shapes, data]
    lines = subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout.splitlines()
    return {(node, shape) for node, _, shape in (line.partition("\t") for line in lines)}


SLOW = slow("other engines take long for the whole graph, in which pyshacl finds nothing")
ENGINES = pytest.mark.parametrize("engine", [by_rudof, by_node])


@pytest.fixture(scope="module")
def shapes_nt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("shapes") / "shapes.nt"
    as_rdflib(read_shapes()).serialize(file, format="nt", encoding="utf-8")
    return file


@ENGINES
def test_engines_see_the_same_faults(
    engine: Callable[[Path, Path], Seen],
    spoilt: dict[str, Any],
    small_world: Graph,
    report: Graph,
    shapes_nt: Path,
    tmp_path: Path,
) -> None:
    chosen = {example.expects: example for example in spoilt.values()}  # of those that break the same shapes one
    nodes = {example.node for example in chosen.values()}
    data = small_world + Graph()
    for example in chosen.values():
        data += [(example.node, URIRef(way), value) for way, values in example.values.items() for value in values]
    data.serialize(tmp_path / "data.nt", format="nt", encoding="utf-8")
    results = [(report.value(each, SH.focusNode), each) for each in report.objects(None, SH.result)]
    seen = {(str(node), str(report.value(each, SH.sourceShape))) for node, each in results if node in nodes}
    assert len(seen) > 400
    assert engine(shapes_nt, tmp_path / "data.nt") == seen


@ENGINES
def test_engines_find_nothing_in_what_conforms(
    engine: Callable[[Path, Path], Seen], small_world: Graph, shapes_nt: Path, tmp_path: Path
) -> None:
    small_world.serialize(tmp_path / "data.nt", format="nt", encoding="utf-8")
    assert engine(shapes_nt, tmp_path / "data.nt") == set()


@SLOW
@ENGINES
def test_engines_find_nothing_in_what_is_shipped(
    engine: Callable[[Path, Path], Seen], built: Built, shapes_nt: Path, tmp_path: Path
) -> None:
    triples = sorted({f"{quad.triple} .\n" for quad in built.store.store})
    (tmp_path / "data.nt").write_text("".join(triples), "utf-8")
    assert engine(shapes_nt, tmp_path / "data.nt") == set()
