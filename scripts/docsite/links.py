"""Every link of the finished site looked up: files and anchors within it; addresses outside are not asked."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

_LOADS = ("src", "srcset", "poster", "data")


class _Looked(HTMLParser):
    """Anchors of a page, what it points to, and what it loads."""

    def __init__(self) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self.twice: set[str] = set()
        self.links: list[str] = []
        self.loaded: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, text in attrs:
            if text is None:
                continue
            if name == "id":
                (self.twice if text in self.anchors else self.anchors).add(text)
            elif name in _LOADS or (tag == "link" and name == "href"):
                self.loaded.append(text)
            elif name == "href":
                self.links.append(text)


def faults(top: Path) -> Iterator[str]:
    """Links that lead nowhere, anchors that stand twice, and whatever a page loads from elsewhere."""
    seen = {path: _look(path) for path in sorted(top.rglob("*.html"))}
    for path, page in seen.items():
        where = path.relative_to(top)
        yield from (f"{where}: the anchor {anchor} stands twice" for anchor in sorted(page.twice))
        yield from (f"{where}: loads {each}" for each in page.loaded if urlsplit(each).netloc)
        for to in [*page.links, *page.loaded]:
            fault = _fault(top, path, to, seen)
            if fault:
                yield f"{where}: {fault}"


def _look(path: Path) -> _Looked:
    made = _Looked()
    made.feed(path.read_text("utf-8"))
    return made


def _fault(top: Path, path: Path, to: str, seen: dict[Path, _Looked]) -> str:
    parts = urlsplit(to)
    if parts.scheme or parts.netloc:
        return ""
    target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
    if not target.is_relative_to(top.resolve()) or not target.is_file():
        return f"{to} leads nowhere"
    anchor = unquote(parts.fragment)
    if anchor and target in seen and anchor not in seen[target].anchors:
        return f"{to}: no such anchor"
    return ""
