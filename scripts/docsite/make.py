"""Make the site: sources for each language from one graph, Sphinx over each, and a look at every link of the result."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import networkx as nx

import dualuse
from docsite import api, asked, documents, instruments, links, notebook, places, terms
from docsite.page import Voice
from docsite.world import LANGUAGES, ROOT, World, read_world
from dualuse.card import Card

HERE = Path(__file__).parent
_LEFT = (".buildinfo",)
_SHOWN = 30
_TIME = "1767225600"
"""What Sphinx takes for now, so that no page holds a day on which it was made: 2026-01-01."""


class SiteError(Exception):
    """The site could not be made; the message says why."""


def make(out: Path, languages: Sequence[str] = LANGUAGES) -> int:
    """Make the site in a folder, which is replaced once the new one is whole.

    Returns:
        Number of pages.

    Raises:
        SiteError: the folder holds something else, Sphinx warns, or a link leads nowhere.
    """
    _check(out)
    world = read_world()
    cards = asked.answered(world)
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        top, site = Path(folder), Path(folder) / "site"
        laid = []
        for language in languages:  # one language is laid while the next is written
            write_sources(world, top / language, Voice(language), cards)
            target = site if language == LANGUAGES[0] else site / language
            laid.append(pool.submit(_lay, top / language, target, language))
        for each in laid:
            each.result()
        found = list(links.faults(site))
        if found:
            raise SiteError("\n".join(found[:_SHOWN]) + (f"\n… {len(found)} in all" if len(found) > _SHOWN else ""))
        if out.is_dir():
            shutil.rmtree(out)
        shutil.copytree(site, out)
    return len(list(out.rglob("*.html")))


def _check(out: Path) -> None:
    """Refuse a folder that holds what this did not make."""
    if out.exists() and not (out / "ns.html").is_file() and (not out.is_dir() or any(out.iterdir())):
        raise SiteError(f"{out} holds something that is no site; name another folder, or empty it")


def write_sources(world: World, top: Path, voice: Voice, cards: Mapping[str, Card[Any]]) -> None:
    """Write what Sphinx reads of a language into a folder."""
    top.mkdir(parents=True)
    for page in _pages(world, voice, cards):
        page.write(top)
    (top / "index.md").write_text(home(voice.language), "utf-8")
    if voice.language == LANGUAGES[0]:
        _write_english(world, top, cards)


def home(language: str) -> str:
    """The first page of a language; documents that it does not name stand where it says."""
    text = (HERE / "home" / f"{language}.md").read_text("utf-8")
    names = (name.removesuffix(".md") for name in documents.documents())
    return text.replace("OTHER DOCUMENTS", "\n".join(name for name in names if f"\n{name}\n" not in text))


def _pages(world: World, voice: Voice, cards: Mapping[str, Card[Any]]) -> list[Any]:
    made = [*instruments.pages(world, voice), *places.pages(world, voice), *asked.pages(world, voice, cards)]
    return [*made, *terms.pages(world, voice)] if voice.language == LANGUAGES[0] else made


def _write_english(world: World, top: Path, cards: Mapping[str, Card[Any]]) -> None:
    """What stands in English alone: documents, interface, notebook, answers and the picture by themselves."""
    documents.write(top)
    for name, text in [*api.pages(), (str(notebook.path()), notebook.markdown(world))]:
        (top / name).parent.mkdir(parents=True, exist_ok=True)
        (top / name).write_text(text, "utf-8")
    extra = top / "_extra"
    for name in documents.files():
        (extra / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, extra / name)
    (extra / "answers").mkdir()
    for name, card in cards.items():
        (extra / "answers" / f"{name}.html").write_text(asked.whole(card), "utf-8")
    supply = world.knowledge.network("supply", as_of="2025-06-01")
    around = nx.ego_graph(supply, "organisation:nvidia", undirected=True)
    dualuse.to_pyvis(around).write_html(str(extra / "docs-network.html"))


def _lay(sources: Path, out: Path, language: str) -> None:
    """Sphinx over one language, in a process of its own."""
    env = os.environ | {
        "PYTHONPATH": os.pathsep.join([str(ROOT / "graph"), str(ROOT / "scripts")]),
        "SOURCE_DATE_EPOCH": _TIME,
    }
    command = [sys.executable, "-m", "docsite.laying", str(sources), str(sources / "_out"), language]
    done = subprocess.run(command, env=env, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        raise SiteError(f"{language}: {done.stderr.strip() or done.stdout.strip()}")
    shutil.copytree(sources / "_out", out, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*_LEFT))
