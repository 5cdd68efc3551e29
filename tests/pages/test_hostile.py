"""Sixty labels made to do harm, through every form an answer leaves in: nothing runs, breaks or steers what shows."""

import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from markdown_it import MarkdownIt

from dualuse.build import Built
from dualuse.card import Card
from dualuse.cli.output import _text
from dualuse.explore.make import explorer_page
from dualuse.export import to_gexf, to_graphml, to_rdf, to_tables
from dualuse.harmless import harmless
from dualuse.knowledge import Knowledge
from dualuse.show.delimited import asides_csv
from dualuse.show.grid import grid
from dualuse.show.html import answer_page
from dualuse.show.notebook import notebook_html
from dualuse.store.embedded import MemoryStore

if TYPE_CHECKING:
    from playwright.sync_api import Browser

RUN = "window.harmed=1"
MARKUP = [
    f"<script>{RUN}</script>",
    f"</script><script>{RUN}</script>",
    f"</title><script>{RUN}</script>",
    f"--><script>{RUN}</script><!--",
    f"]]><script>{RUN}</script>",
    f"<img src=x onerror={RUN}>",
    f'"><img src=x onerror="{RUN}">',
    f"'><img src=x onerror='{RUN}'>",
    f"<svg onload={RUN}>",
    f"<svg><script>{RUN}</script></svg>",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'></iframe>",
    f"<details open ontoggle={RUN}>",
    f"<input autofocus onfocus={RUN}>",
    f"<style onload={RUN}></style>",
    f"<math><mtext><img src=x onerror={RUN}></mtext></math>",
    f"<a href=javascript:{RUN}>x</a>",
    f"<meta http-equiv=refresh content='0;url=javascript:{RUN}'>",
    f"<base href='javascript:{RUN}//'>",
    f"&lt;img src=x onerror={RUN}&gt;",
    f"&#60;script&#62;{RUN}&#60;/script&#62;",
    f"\\u003cscript\\u003e{RUN}\\u003c/script\\u003e",
    f"' onmouseover='{RUN}",
    f'" onmouseover="{RUN}" x="',
    f"${{{RUN}}}",
    f"{{{{ {RUN} }}}}",
    f"{{% set x = {RUN} %}}",
]
MARKDOWN = [
    f"[x](javascript:{RUN})",
    f"![x](javascript:{RUN})",
    f"](javascript:{RUN}) [x",
    f"[x]: javascript:{RUN}",
    f"<javascript:{RUN}>",
    "| a | b |\n| --- |",
    "# heading",
    "- item\n- item",
    "```\ncode",
    "`code`",
    "*em* **strong** _em_ ~~del~~",
    "1. one",
    "> quoted",
    "\\",
]
FORMULAS = ['=HYPERLINK("http://127.0.0.1/","x")', "+1+1", "-1+1", "@SUM(1)", "\t=1+1", "\r=1+1", "＝1+1", '=1,"x\n"']
CONTROLS = [
    "\x1b[2J\x1b[31m",
    "\x1b]0;title\x07",
    "\x1b]8;;http://127.0.0.1/\x1b\\x\x1b]8;;\x1b\\",
    "\x9b31m",
    "\x08\x08\x08",
    "\rover",
    "\x00",
    "\x7f",
    "\u202eevil",
    "\u2066\u2069",
    "\u2028line",
    "\ufffe",
]
HOSTILE = [*MARKUP, *MARKDOWN, *FORMULAS, *CONTROLS]
DAY = date(2025, 6, 1)
RULE = "us-ai-diffusion-ifr-2025-01"
_TEXTS = {
    "http://www.w3.org/2000/01/rdf-schema#label",
    "http://www.w3.org/2000/01/rdf-schema#comment",
    "http://www.w3.org/2004/02/skos/core#prefLabel",
    "http://purl.org/dc/terms/title",
    "http://purl.org/dc/terms/description",
}
_SPLIT = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


pytestmark = pytest.mark.usefixtures("project_once")


def test_there_are_sixty() -> None:
    assert len(HOSTILE) == len(set(HOSTILE)) == 60


@pytest.fixture(scope="module")
def spoilt(built: Built) -> Knowledge:
    """The shipped graph with hostile words before every label, title and remark."""
    store, changed = ox.Store(), []
    for number, quad in enumerate(ox.parse(built.store.nquads(), format=ox.RdfFormat.N_QUADS)):
        term = quad.object
        if isinstance(term, ox.Literal) and quad.predicate.value in _TEXTS:
            text = HOSTILE[number % len(HOSTILE)]
            text += term.value[: max(0, len(term.value) - len(text))]  # some texts may have only so many characters
            term = ox.Literal(text, language=term.language) if term.language else ox.Literal(text)
        changed.append(ox.Quad(quad.subject, quad.predicate, term, quad.graph_name))
    store.bulk_extend(changed)
    return Knowledge(MemoryStore(store))


@pytest.fixture(scope="module")
def cards(spoilt: Knowledge) -> dict[str, Card[Any]]:
    """One card of most questions."""
    return {
        "groups": spoilt.groups("CH", "PL", as_of=DAY),
        "status": spoilt.status(RULE, as_of=DAY),
        "connected": spoilt.connected(by=[RULE], as_of=DAY),
        "check": spoilt.check(item="h100-sxm", quantity=2000, to="CH", as_of=DAY),
        "said": spoilt.said(about=RULE, as_of=DAY),
        "claims": spoilt.claims(about=RULE, as_of=DAY),
        "conflicts": spoilt.conflicts(about=RULE, as_of=DAY),
        "owned": spoilt.owned(as_of=date(2025, 10, 15)),
        "exposure": spoilt.exposure("nvidia", as_of=DAY),
        "chokepoints": spoilt.chokepoints(as_of=DAY),
        "changes": spoilt.changes(date(2025, 1, 1), date(2025, 2, 1)),
    }


def hidden(text: str) -> list[str]:
    """Characters that steer a terminal or hide how a text reads."""
    return [sign for sign in text if sign != "\n" and (_SPLIT.match(sign) or unicodedata.category(sign) == "Cc")]


def test_the_labels_are_there(cards: dict[str, Card[Any]]) -> None:
    whole = "".join(json.dumps(card.to_dict(), ensure_ascii=False) for card in cards.values())
    assert sum(json.dumps(text, ensure_ascii=False)[1:-1] in whole for text in HOSTILE) > 50


@pytest.mark.parametrize("form", ["table", "md"])
def test_no_escape_sequence_is_shown(cards: dict[str, Card[Any]], form: str) -> None:
    for name, card in cards.items():
        text = _text(card, form, plain=True, brief=False)
        assert hidden(text) == [], name
        assert len(text) > 100


def test_no_escape_sequence_in_rows(spoilt: Knowledge) -> None:
    names, rows = spoilt.store.stream("SELECT ?label { ?x rdfs:label ?label }")
    lines = list(grid(names, ([row["label"].value] for row in rows), 100))
    assert hidden("".join(lines)) == []


def test_messages_are_harmless() -> None:
    assert hidden("".join(harmless(text) for text in HOSTILE)) == []


def tables(spoilt: Knowledge, cards: dict[str, Card[Any]]) -> Iterator[tuple[str, str]]:
    for name, card in cards.items():
        yield name, _text(card, "csv", plain=True, brief=False)
        yield f"{name} beside", asides_csv(card)
    for name, content in to_tables(spoilt.network(as_of=DAY)).items():
        if name.endswith(".csv"):
            yield name, content.decode("utf-8")


def test_no_cell_begins_a_formula(spoilt: Knowledge, cards: dict[str, Card[Any]]) -> None:
    number = re.compile(r"-?\d[\d.e+-]*")
    for name, text in tables(spoilt, cards):
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
        assert len({len(row) for row in rows}) == 1, name
        cells = [cell for row in rows for cell in row if not number.fullmatch(cell)]
        assert [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t", "\r", "\n", "＝")] == [], name


def test_every_xml_parses(spoilt: Knowledge) -> None:
    network = spoilt.network(as_of=DAY)  # of which every other one is a part
    for content in (to_graphml(network), to_gexf(network)):
        assert len(list(ElementTree.fromstring(content).iter())) > network.number_of_nodes()  # noqa: S314 - ours


def test_every_json_parses(cards: dict[str, Card[Any]]) -> None:
    for card in cards.values():
        assert json.loads(_text(card, "json", plain=True, brief=False))["dataset"]


@pytest.fixture(scope="module")
def hostile_alone(spoilt: Knowledge) -> MemoryStore:
    """What is hostile in the spoilt graph."""
    store, whole = ox.Store(), spoilt.store
    assert isinstance(whole, MemoryStore)
    for predicate in sorted(_TEXTS):
        store.bulk_extend(whole.store.quads_for_pattern(None, ox.NamedNode(predicate), None))
    return MemoryStore(store)


@pytest.mark.parametrize("form", ["turtle", "trig", "nquads", "jsonld"])
def test_every_rdf_reads_back(hostile_alone: MemoryStore, form: str) -> None:
    formats = {"turtle": ox.RdfFormat.TURTLE, "trig": ox.RdfFormat.TRIG, "nquads": ox.RdfFormat.N_QUADS}
    found = ox.parse(to_rdf(hostile_alone, form), format=formats.get(form, ox.RdfFormat.JSON_LD))
    there = {quad.triple for quad in hostile_alone.store}
    assert {quad.triple for quad in found} == there
    texts = [triple.object.value for triple in there if isinstance(triple.object, ox.Literal)]
    assert [hostile for hostile in HOSTILE if not any(text.startswith(hostile) for text in texts)] == []


def pages(spoilt: Knowledge, cards: dict[str, Card[Any]]) -> Iterator[tuple[str, str]]:
    markdown = MarkdownIt("commonmark", {"html": True}).enable("table").enable("strikethrough")
    for name, card in cards.items():
        yield f"{name}.html", answer_page(card)
        yield f"{name} in a notebook", notebook_html(card)
        yield f"{name}.md", markdown.render(_text(card, "md", plain=True, brief=False))
    yield "explorer", explorer_page(spoilt, DAY, "codified", by=RULE)
    yield "explorer of a party", explorer_page(spoilt, DAY, "codified", party="nvidia", language="zh-Hant")


@pytest.mark.browser
def test_nothing_runs_in_a_browser(
    browser: "Browser", tmp_path: Path, spoilt: Knowledge, cards: dict[str, Card[Any]]
) -> None:
    said: list[str] = []
    asked: list[str] = []
    context = browser.new_context()
    context.set_offline(True)
    page = context.new_page()
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.on("request", lambda request: asked.append(request.url))
    seen = 0
    for number, (name, text) in enumerate(pages(spoilt, cards)):
        path = tmp_path / f"{number}.html"
        path.write_text(f"<!DOCTYPE html><meta charset=utf-8>{text}" if "<html" not in text else text, "utf-8")
        page.goto(path.as_uri())
        if "data-renderer" in text:
            page.wait_for_selector("body[data-drawn]")
        assert page.evaluate("window.harmed") is None, name
        links = page.evaluate("Array.from(document.links, link => link.protocol)")
        assert set(links) <= {"http:", "https:", "file:", "blob:"}, name
        for kind in ("img[src=x]", "[onerror]", "[onload]", "[onmouseover]", "[ontoggle]", "iframe", "base"):
            assert page.locator(kind).count() == 0, (name, kind)
        seen += 1
    assert seen == 3 * len(cards) + 2
    assert said == []
    assert {url.split("#")[0] for url in asked} == {(tmp_path / f"{number}.html").as_uri() for number in range(seen)}
    context.close()
