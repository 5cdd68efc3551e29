"""The site laid out by Sphinx: a few pages by default, the whole of it twice with DUALUSE_SLOW=1."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
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


KEY = "us-mi308-is-informed-2025-04"


@pytest.fixture(scope="module")
def laid(world: World, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few pages, laid out as those in Chinese are."""
    top = tmp_path_factory.mktemp("laid")
    sources, out, key = top / "sources", top / "out", KEY
    one = instruments.page(world, Voice("en"), key, world.knowledge.status(key), []).sections[1:2]
    Page(f"instruments/{key}", HOSTILE, one).write(sources)
    Page("ns", "Terms", next(terms.pages(world, Voice("en"))).sections[1:2]).write(sources)
    Page("x", "X", [Section("Exactly", "晶片 export", "<table><td>apples</td><td>pears</td></table>")]).write(sources)
    (sources / "index.md").write_text("# dualuse\n\n```{toctree}\nx\nns\n```\n", "utf-8")
    done = process("docsite.laying", sources, out, "zh-Hant")
    assert done.returncode == 0, done.stderr
    return out


def test_a_few_pages(laid: Path) -> None:
    out, key = laid, KEY
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


@pytest.mark.browser
@pytest.mark.parametrize(("sought", "found"), [("晶片", 1), ("片", 0), ("pears", 1), ("apples 晶片", 1), ("pears none", 0)])
def test_the_search_of_a_page(laid: Path, browser: Browser, sought: str, found: int) -> None:
    """Without network, from the file; summaries of what is found are all that a browser keeps from a file."""
    page = browser.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{(laid / 'search.html').as_uri()}?q={sought}")
    expect(page.locator("#search-results li a").filter(has_text=re.compile("^X$"))).to_have_count(found)
    assert [fault for fault in faults if "fetch" not in fault] == []
    page.close()


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
