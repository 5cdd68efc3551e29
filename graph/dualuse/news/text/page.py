"""The text of a web page: its title, date and running text, without scripts, navigation and the like."""

from __future__ import annotations

import re

from dualuse.errors import MissingExtraError

_DROPPED = (
    "script, style, noscript, template, iframe, svg, nav, header nav, footer, aside, form, button, select, input, "
    "[role=navigation], [role=banner], [role=contentinfo], [aria-hidden=true], [hidden]"
)
_BLOCKS = "p, div, section, article, h1, h2, h3, h4, h5, h6, li, tr, blockquote, figcaption, pre, br, td, th, dt, dd"
_DATES = (
    'meta[property="article:published_time"]',
    'meta[name="pubdate"]',
    'meta[name="date"]',
    'meta[itemprop="datePublished"]',
    "time[datetime]",
)


def page_text(html: str) -> str:
    """Text of a page, one block a line; a date the page declares stands in a line of its own at the top.

    Raises:
        MissingExtraError: the parser is not installed.
    """
    try:
        from selectolax.lexbor import LexborHTMLParser
    except ImportError:
        raise MissingExtraError("reading HTML needs the parser selectolax: pip install 'dualuse[news]'") from None
    tree = LexborHTMLParser(html)
    lines = []
    for selector in _DATES:
        node = tree.css_first(selector)
        declared = None if node is None else node.attributes.get("content") or node.attributes.get("datetime")
        if declared:
            lines.append(declared.strip())
            break
    title = tree.css_first("title")
    if title is not None and title.text().strip():
        lines.append(_one_line(title.text()))
    for node in tree.css(_DROPPED):
        node.decompose()
    body = tree.css_first("main article, article, main") or tree.body
    if body is None:
        return "\n".join(lines)
    for block in body.css(_BLOCKS):
        block.insert_before("\n")
        block.insert_after("\n")
    text = [_one_line(line) for line in body.text(separator="").split("\n")]
    lines += [line for line in text if line and line != (lines[-1] if lines else "")]
    return "\n".join(lines)


def _one_line(text: str) -> str:
    return re.sub(r"[ \t\r\f\v\u00a0]+", " ", text).strip()
