"""What a question on a store may not import: the loaders, and libraries that cost more than the answer."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

RULE = "us-ai-diffusion-ifr-2025-01"
BUILDING = ("dualuse.load", "dualuse.model.tables", "dualuse.build", "dualuse.validate", "yaml", "pydantic", "pyshacl")
DRAWING = ("networkx", "dualuse.network", "jinja2", "matplotlib", "numpy")
OTHERS = ("rdflib", "http.client", "urllib.request")
PLUMBING = ("shutil", "tempfile", "zipfile", "importlib.resources")
PRINTING = ("rich.console", "rich.table")
LIGHT = (*BUILDING, *DRAWING, *OTHERS, *PRINTING, *PLUMBING, "dualuse.ownership.records")
WALKING = tuple(name for name in LIGHT if name not in ("dualuse.network", *PLUMBING))
COMMANDS = {
    "groups": (("groups", "CH", "--as-of", "2025-01-13"), LIGHT),
    "status": (("status", RULE, "--as-of", "2025-06-01"), LIGHT),
    "check": (("check", "--item", "h100-sxm", "--quantity", "10", "--to", "CH", "--as-of", "2025-05-15"), LIGHT),
    "said": (("said", "--about", RULE, "--as-of", "2025-05-15"), LIGHT),
    "affected": (("affected", "--by", RULE, "--as-of", "2025-06-01"), (*WALKING, "dualuse.query.library")),
    "connected": (("connected", "--by", RULE, "--as-of", "2025-06-01"), (*WALKING, "dualuse.query.library")),
    "why": (("why", "nvidia", RULE, "--as-of", "2025-06-01"), (*WALKING, "dualuse.query.library")),
    "exposure": (("exposure", "--by", RULE, "--as-of", "2025-06-01"), (*WALKING, "dualuse.query.library")),
    "query": (("query", "members-of-group", "-p", "group=us-d5"), (*WALKING, "dualuse.network")),
    "sparql": (("sparql", "SELECT ?p WHERE { ?p a du:Destination }"), LIGHT),
    "help": (("--help",), (*BUILDING, *DRAWING, *OTHERS, "pyoxigraph")),
}
"""Command -> its arguments, and what it may not import."""

ASK = """
import contextlib, io, sys
from dualuse.cli import cli
asked = []
if "--help" not in sys.argv:
    from dualuse.store.embedded import MemoryStore
    stream = MemoryStore.stream
    MemoryStore.stream = lambda store, query: (asked.append(query), stream(store, query))[1]
with contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO())):
    cli(sys.argv[1:], standalone_mode=False)
print(len(asked), sum(query.startswith("# Edges of kind") for query in asked), file=sys.stderr)
print(*sorted(sys.modules), file=sys.stderr)
"""


@dataclass(frozen=True)
class Done:
    """What a process did: modules it had imported once it answered, queries it asked, and how many of them of edges."""

    modules: set[str]
    asked: int
    of_edges: int


def done(*arguments: str, store: Path | None = None) -> Done:
    at = () if store is None else ("--store", str(store))
    command = [sys.executable, "-c", ASK, *arguments, *at]
    ended = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    assert ended.returncode == 0, ended.stderr
    *_, counts, modules = ended.stderr.splitlines()
    return Done(set(modules.split()), *(int(count) for count in counts.split()))


@pytest.mark.parametrize("name", COMMANDS)
def test_a_reader_imports_no_loader(store_dir: Path, name: str) -> None:
    """And who walks the network reads what the build kept."""
    arguments, kept_out = COMMANDS[name]
    found = done(*arguments, store=None if name == "help" else store_dir)
    assert "dualuse.cli" in found.modules
    assert found.modules.isdisjoint(kept_out)
    assert (found.asked > 0) is (name != "help")
    assert found.of_edges == 0


def test_a_face_of_the_network_is_drawn_without_the_loaders(store_dir: Path) -> None:
    found = done("structure", "centrality", "--as-of", "2025-06-01", store=store_dir).modules
    assert "networkx" in found
    assert found.isdisjoint({"dualuse.model.tables", "dualuse.validate", "pyshacl", "rdflib"})


EVERY = """
import importlib, pkgutil, sys
import dualuse
from dualuse.errors import MissingExtraError
number = 0
for module in pkgutil.walk_packages(dualuse.__path__, "dualuse."):
    if module.name != "dualuse.__main__":
        try:
            importlib.import_module(module.name)
            number += 1
        except MissingExtraError:
            continue
print(number, "IPython" in sys.modules)
"""


def test_an_explorer_is_made_without_ipython(store_dir: Path, tmp_path: Path) -> None:
    page = str(tmp_path / "page.html")
    found = done("explore", "--party", "CH", "--as-of", "2025-06-01", "-o", page, store=store_dir).modules
    assert "dualuse.explore.page" in found
    assert not {name for name in found if name.partition(".")[0] in ("IPython", "jedi", "pyvis")}


@pytest.mark.skipif("DUALUSE_SLOW" not in os.environ, reason="slow: set DUALUSE_SLOW=1")
def test_no_module_brings_ipython() -> None:
    done = subprocess.run([sys.executable, "-c", EVERY], capture_output=True, encoding="utf-8", check=True)
    number, there = done.stdout.split()
    assert int(number) > 400
    assert there == "False"
