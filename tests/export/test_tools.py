"""What is exported opens in the tools that people use, and says there what it is of."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest

from dualuse.errors import UsageError
from dualuse.export import to_gexf, to_graphml, to_tables
from dualuse.export.columns import EDGES, NODES, SOURCES
from dualuse.knowledge import Knowledge
from dualuse.network import PROJECTIONS, Network, known
from dualuse.network.frame import UNDATED, frame_of
from dualuse.node import Node

DAY = date(2025, 6, 1)
GEXF = "{http://www.gexf.net/1.2draft}"
TOOLS = """
import json, sys
import duckdb, igraph, pandas, rustworkx
graphml, tables = sys.argv[1:]
graph = igraph.Graph.Read_GraphML(graphml)
relations = "manufactures-for" in graph.es["relation"]
told = {"igraph": [graph.vcount(), graph.ecount(), sorted(set(graph.es["certain"])), relations]}
(graph,) = rustworkx.read_graphml(graphml)
told["rustworkx"] = [graph.num_nodes(), graph.num_edges(), sorted({edge["certain"] for edge in graph.edges()})]
edges, nodes = (pandas.read_csv(f"{tables}/{name}.csv") for name in ("edges", "nodes"))
whole = set(edges["from"]) | set(edges["to"]) == set(nodes["id"])
told["pandas"] = [len(edges), str(edges["certain"].dtype), str(edges["min"].dtype), whole]
database = duckdb.connect()
for name in ("edges", "nodes"):
    database.read_csv(f"{tables}/{name}.csv").create(name)
first, *_ = database.sql('''SELECT n.label, count(*) FROM edges e JOIN nodes n ON e."from" = n.id
    WHERE e.relation = 'manufactures-for' AND e.certain GROUP BY n.label ORDER BY 2 DESC''').fetchall()
print(json.dumps(told | {"duckdb": first}))
"""
pytestmark = pytest.mark.usefixtures("project_once")


@pytest.fixture(scope="module")
def supply(knowledge: Knowledge) -> Network:
    return knowledge.network("supply", as_of=DAY)


@pytest.fixture(scope="module")
def moving(knowledge: Knowledge) -> Network:
    return knowledge.network(as_of=DAY, all_times=True)


@pytest.fixture(scope="module")
def graphml(supply: Network, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("graphml") / "supply.graphml"
    path.write_bytes(to_graphml(supply))
    return path


@pytest.fixture(scope="module")
def tables(supply: Network, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tables")
    for name, content in to_tables(supply).items():
        (folder / name).write_bytes(content)
    return folder


def test_networkx(graphml: Path, supply: Network) -> None:
    again = nx.read_graphml(graphml, force_multigraph=True)
    assert (len(again), again.number_of_edges()) == (len(supply), supply.number_of_edges())
    assert (again.graph["as_of"], again.graph["lens"], again.graph["projection"]) == (
        "2025-06-01",
        "codified",
        "supply",
    )


@pytest.fixture(scope="module")
def told(graphml: Path, tables: Path) -> dict[str, Any]:
    """What the tools find, in a process of their own: their threads would be in the way of what is forked later."""
    done = subprocess.run(
        [sys.executable, "-c", TOOLS, graphml, tables], capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_igraph(told: dict[str, Any], supply: Network) -> None:
    assert told["igraph"][:2] == [len(supply), supply.number_of_edges()]
    assert told["igraph"][2:] == [[True], True]


def test_rustworkx(told: dict[str, Any], supply: Network) -> None:
    """It refuses a file that declares a key twice, or writes truths as Python does."""
    assert told["rustworkx"] == [len(supply), supply.number_of_edges(), [True]]


def test_pandas(told: dict[str, Any], supply: Network) -> None:
    assert told["pandas"] == [supply.number_of_edges(), "bool", "float64", True]


def test_duckdb(told: dict[str, Any]) -> None:
    first, count = told["duckdb"]
    assert (first, count > 1) == ("Taiwan Semiconductor Manufacturing Company Limited", True)


@pytest.mark.parametrize("projection", PROJECTIONS)
def test_one_schema_for_every_projection(knowledge: Knowledge, projection: str) -> None:
    found = to_tables(knowledge.network(projection, as_of=DAY))
    heads = [next(csv.reader(io.StringIO(found[name].decode()))) for name in ("nodes.csv", "edges.csv", "sources.csv")]
    assert heads == [list(NODES), list(EDGES), list(SOURCES)]
    about = json.loads(found["about.json"])
    assert (about["projection"], about["as_of"], about["lens"]) == (projection, "2025-06-01", "codified")
    assert {name: list(columns) for name, columns in about["tables"].items()}["edges.csv"] == list(EDGES)
    assert b"," in found["edges.csv"][:200]
    assert not found["edges.csv"].startswith(b"\xef\xbb\xbf")


def test_every_attribute_of_an_edge_has_a_column(moving: Network) -> None:
    assert {name for *_, data in moving.edges(data=True) for name in data} <= set(EDGES)


def test_excel_is_told_that_it_is_utf_8(supply: Network) -> None:
    found = to_tables(supply, excel=True)
    assert [content.startswith(b"\xef\xbb\xbf") for _, content in sorted(found.items())] == [False, True, True, True]
    assert next(csv.reader(io.StringIO(found["nodes.csv"].decode("utf-8-sig")))) == list(NODES)


def test_no_key_is_declared_twice(moving: Network) -> None:
    keys = re.findall(r'<key id="\w+" for="(\w+)" attr.name="([^"]+)"', to_graphml(moving).decode())
    assert len(keys) == len(set(keys)) > len(NODES)


def test_a_timeline_has_days(moving: Network) -> None:
    content = to_gexf(moving)
    assert b"networkx_key" not in content
    assert b"all_times true" in content
    graph = ElementTree.fromstring(content).find(f"{GEXF}graph")  # noqa: S314 - what was written here
    assert graph is not None
    assert (graph.get("mode"), graph.get("timeformat")) == ("dynamic", "date")
    spells = [(each.get("start"), each.get("end")) for each in graph.iter(f"{GEXF}edge")]
    assert sum(start is not None for start, _ in spells) > 100
    assert sum(end is not None for _, end in spells) > 10
    for start, end in spells:
        assert not start or not end or date.fromisoformat(start) <= date.fromisoformat(end)


def test_a_vague_day_is_taken_wide(knowledge: Knowledge) -> None:
    """TSMC supplied Sophgo until some day of October 2024: the edge is there until the day before the last of them."""
    again = nx.read_gexf(io.BytesIO(to_gexf(knowledge.network("supply", as_of=DAY, all_times=True))))
    (edge,) = again.get_edge_data("organisation:tsmc", "organisation:sophgo").values()
    assert (edge["valid_to"], edge["end"], "start" in edge) == ("2024-10", "2024-10-30", False)


def test_a_network_of_1990_holds_nothing_of_2025_for_who_asks(knowledge: Knowledge) -> None:
    then = knowledge.network("supply", as_of="1990-01-01")
    assert any(data["seen"] > "2025" and data["dated"] and not data["valid_from"] for *_, data in then.edges(data=True))
    for undated in UNDATED:
        left = knowledge.network("supply", as_of="1990-01-01", undated=undated, seen_by="1990-01-01")
        assert not [data for *_, data in left.edges(data=True) if data["seen"] > "1990"]
        assert set(left) == {end for edge in left.edges() for end in edge}
        assert (frame_of(left).undated, frame_of(left).seen_by) == (undated, date(1990, 1, 1))
    dropped = knowledge.network("supply", as_of="1990-01-01", undated="drop")
    assert not [data for *_, data in dropped.edges(data=True) if data["dated"] and not data["valid_from"]]
    assert {data["kind"] for *_, data in dropped.edges(data=True)} >= {"seats", "made-by"}


def test_what_has_a_start_stays(supply: Network) -> None:
    """A start on record is taken at its word, whenever it was seen."""
    kept = known(supply, undated="drop", seen_by=date(1900, 1, 1))
    started = [edge for edge in supply.edges(data=True) if edge[2]["valid_from"]]
    assert [edge for edge in kept.edges(data=True) if edge[2]["valid_from"]] == started
    assert known(supply) is supply
    with pytest.raises(UsageError, match="known: keep, drop"):
        known(supply, undated="perhaps")  # type: ignore[arg-type]  # a wrong choice is what is tried


def test_relations_are_told_apart(knowledge: Knowledge) -> None:
    found: dict[str, set[str]] = {}
    for *_, data in knowledge.network(as_of=DAY, all_times=True).edges(data=True):
        found.setdefault(data["kind"], set()).add(data["relation"])
    assert {"manufactures-for", "sells-to"} <= found["supplies"]
    assert {"invests-in", "part-of"} <= found["owns"]
    assert found["seats"] == {"seats"}
    nvidia = knowledge.network(as_of=DAY).get_edge_data(Node("place", "CN"), Node("organisation", "nvidia"))
    shares = [data for data in nvidia.values() if data["kind"] == "buys-from"]
    assert {data["unit"] for data in shares} == {"percent of revenue"}
    assert all(data["period"].startswith(data["seen"]) for data in shares)
