"""How Sphinx reads our pages: a title, and sections with their own anchors around HTML that is already escaped."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.parsers import Parser
from sphinx.search.en import SearchEnglish

from docsite.page import ENDING

_WORD = re.compile(r"[\u3400-\u9fff]+|(?:(?![\u3400-\u9fff])\w)+")
_CELL = re.compile(r"</(?:td|th|dt|dd|li|p|h\d)>|<br>")
"""What ends a cell or a line: the search, which drops tags, would join the words on both sides of it."""
_HAN = re.compile(r"[\u3400-\u9fff]+")
_SPLIT_QUERY = """
function splitQuery(query) {
  const found = [];
  for (const run of query.matchAll(/[\\u3400-\\u9fff]+|(?:(?![\\u3400-\\u9fff])[\\p{Letter}\\p{Number}_])+/gu)) {
    const text = run[0];
    if (!/^[\\u3400-\\u9fff]/u.test(text) || text.length < 3) { found.push(text); continue; }
    for (let at = 0; at + 1 < text.length; at += 1) found.push(text.slice(at, at + 2));
  }
  return found;
}
"""


class PageParser(Parser):
    """Parser of ``docsite.page``."""

    supported: tuple[str, ...] = ("page",)

    def parse(self, inputstring: str, document: nodes.document) -> None:
        """Add what a page holds to its document."""
        told = json.loads(inputstring)
        top = nodes.section(ids=["top"])
        top += nodes.title("", "", nodes.Text(told["title"]))
        for each in told["sections"]:
            raw = nodes.raw("", _CELL.sub(r"\g<0> ", each["html"]), format="html")
            if each["title"]:
                part = nodes.section(ids=[each["anchor"]])
                part += [nodes.title("", "", nodes.Text(each["title"])), raw]
                top += part
            else:
                top += raw
        document += top


def words(text: str) -> list[str]:
    """Words of a text; runs of Chinese as each pair of signs that stand together, so that any part of a name is found.

    Example:
        >>> words("H20 出口管制")
        ['H20', '出口', '口管', '管制']
    """
    found: list[str] = []
    for run in _WORD.findall(text):
        if _HAN.match(run):
            found += [run] if len(run) < 2 else [run[at : at + 2] for at in range(len(run) - 1)]
        else:
            found.append(run)
    return found


class English(SearchEnglish):
    """English as Sphinx searches it, and Chinese in pairs of signs."""

    js_splitter_code = _SPLIT_QUERY

    stem = cache(SearchEnglish.stem)

    def split(self, input: str) -> list[str]:  # noqa: A002 - the name Sphinx calls it by
        """Words of a text."""
        return words(input)


class Chinese(English):
    """The same for pages in Chinese; no dictionary is asked, so that names no dictionary has are found too."""

    lang = "zh"
    language_name = "English"  # Sphinx names the script of the stemmer by it, and English words are stemmed here too


def _short_navigation(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """Let the navigation hold pages alone: furo asks for every heading of each, and then drops them."""
    whole = context["toctree"]
    context["toctree"] = lambda **asked: whole(**{**asked, "maxdepth": 1})


def _plain_dates(app: Sphinx, doctree: nodes.document) -> None:
    """Leave ``date`` in a signature without a link: it is Python's, and Sphinx would take an attribute of that name."""
    for node in list(doctree.findall(addnodes.pending_xref)):
        if node.get("reftarget") == "date":
            node.replace_self(node.children)


def setup(app: Sphinx) -> dict[str, Any]:
    """Make Sphinx know them."""
    app.add_source_suffix(ENDING, "page")
    app.add_source_parser(PageParser)
    app.add_search_language(English)
    app.add_search_language(Chinese)
    app.connect("doctree-read", _plain_dates)
    app.connect("html-page-context", _short_navigation, priority=400)  # before furo's, at 500
    return {"parallel_read_safe": True, "parallel_write_safe": True}
