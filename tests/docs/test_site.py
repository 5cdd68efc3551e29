"""The site laid out by Sphinx: a few pages by default, the whole of it twice with DUALUSE_SLOW=1."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from docsite import instruments, terms
from docsite.links import faults
from docsite.page import Page, Section, Voice
from docsite.world import ROOT, World

HOSTILE = "</script><img src=x onerror=alert(1)>"


def process(*arguments: str | Path, seed: str = "0") -> subprocess.CompletedProcess[str]:
    paths = os.pathsep.join([str(ROOT / "graph"), str(ROOT / "scripts")])
    env = os.environ | {"PYTHONPATH": paths, "PYTHONHASHSEED": seed, "SOURCE_DATE_EPOCH": "1767225600"}
    command = [sys.executable, "-m", *map(str, arguments)]
    return subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)


def files(top: Path) -> dict[str, bytes]:
    return {path.relative_to(top).as_posix(): path.read_bytes() for path in sorted(top.rglob("*")) if path.is_file()}


def test_a_few_pages(world: World, tmp_path: Path) -> None:
    sources, out = tmp_path / "sources", tmp_path / "out"
    key = "us-mi308-is-informed-2025-04"
    one = instruments.page(world, Voice("en"), key, world.knowledge.status(key), []).sections[1:2]
    Page(f"instruments/{key}", HOSTILE, one).write(sources)
    Page("ns", "Terms", next(terms.pages(world, Voice("en"))).sections[1:2]).write(sources)
    Page("x", "X", [Section("Exactly", "晶片 export", "<table><td>apples</td><td>pears</td></table>")]).write(sources)
    (sources / "index.md").write_text("# dualuse\n\n[x](x.page)\n\n```{toctree}\nx\nns\n```\n", "utf-8")
    done = process("docsite.laying", sources, out, "en")
    assert done.returncode == 0, done.stderr
    page = (out / f"instruments/{key}.html").read_text("utf-8")
    assert "&lt;img src=x" in page
    assert "<img src=x" not in page
    assert 'id="Evidenced"' in (out / "ns.html").read_text("utf-8")
    assert '<section id="Exactly">' in (out / "x.html").read_text("utf-8")
    text = (out / "searchindex.js").read_text("utf-8")
    index = json.loads(text.removeprefix("Search.setIndex(").removesuffix(")"))
    assert {"appl", "pear"} <= set(index["terms"])
    assert "晶片" in index["titleterms"]
    assert "splitQuery" in (out / "_static" / "language_data.js").read_text("utf-8")
    told = [fault for fault in faults(out) if not fault.startswith(("ns.html", "instruments/"))]
    assert told == []


@pytest.mark.skipif(not os.environ.get("DUALUSE_SLOW"), reason="makes the whole site twice; DUALUSE_SLOW=1 does")
def test_the_whole_site_twice_the_same(tmp_path: Path) -> None:
    made = []
    for seed in ("1", "2"):
        done = process("docsite", tmp_path / seed, seed=seed)
        assert done.returncode == 0, done.stderr
        made.append(files(tmp_path / seed))
    assert len(made[0]) > 1_300
    assert [name for name in made[0] if made[0][name] != made[1].get(name)] == []
    assert set(made[0]) == set(made[1])
