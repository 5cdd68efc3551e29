"""The Markdown of the repository as pages: the same files in the same places, so that the same links hold.

What a document points to and the site does not hold as a page is taken over as a file, and the link made plain HTML;
the notebook's own link leads to its page.
"""

from __future__ import annotations

import re
import shutil
from html import escape
from pathlib import Path

from docsite.world import ROOT

_TOP = (
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "SECURITY.md",
    "CODE_OF_CONDUCT.md",
    "data/README.md",
    "ontology/README.md",
)
_FILES = ("LICENSE", "CITATION.cff", "ontology/dualuse.ttl", "ontology/concepts.ttl")
"""Files that pages of ours point to."""
_LINK = re.compile(r"(?<!!)\[(?P<text>[^\]]*)\]\((?P<to>[^)#\s]+)\)")
_TITLE = re.compile(r"^# ", re.MULTILINE)
_HEADING = re.compile(r"^#+ ", re.MULTILINE)
_FENCED = re.compile(r"(^ *```.*?^ *```)", re.MULTILINE | re.DOTALL)


def documents() -> list[str]:
    """Markdown files that become pages, by path from the root of the repository."""
    found = [name for name in _TOP if (ROOT / name).is_file()]
    return [*found, *sorted(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md"))]


def files() -> list[str]:
    """Files that the site hands out as they are: those that a page points to and that are none."""
    found = {*_FILES}
    for name in documents():
        for part in _FENCED.split((ROOT / name).read_text("utf-8"))[::2]:
            targets = ((ROOT / name).parent / match["to"] for match in _LINK.finditer(part) if ":" not in match["to"])
            found |= {path.resolve().relative_to(ROOT).as_posix() for path in targets if path.is_file()}
    return sorted(name for name in found if not name.endswith((".md", ".ipynb")))


def write(folder: Path) -> None:
    """Put them, their pictures and the files handed out where Sphinx reads them."""
    for name in documents():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(linked((ROOT / name).read_text("utf-8"), Path(name)), "utf-8")
    for picture in sorted([*(ROOT / "docs").glob("*.png"), *(ROOT / "ontology").glob("*.svg")]):
        shutil.copyfile(picture, folder / picture.relative_to(ROOT))


def linked(text: str, name: Path) -> str:
    """A document with its links to files that are no pages as plain HTML, outside of code."""
    parts = _FENCED.split(text)
    if sum(len(_TITLE.findall(part)) for part in parts[::2]) > 1:
        parts = [part if at % 2 else _HEADING.sub(r"#\g<0>", part) for at, part in enumerate(parts)]
        parts[0] = parts[0].replace("## ", "# ", 1)  # one title a page; what came after it are its parts
    return "".join(
        part if at % 2 else _LINK.sub(lambda match: _link(match, name), part) for at, part in enumerate(parts)
    )


def _link(match: re.Match[str], name: Path) -> str:
    to = match["to"]
    if ":" in to or (to.endswith(".md") and (ROOT / name.parent / to).is_file()):
        return match[0]
    if to.endswith("dualuse.ipynb"):
        return match[0].replace("dualuse.ipynb", "notebook.md")
    return f'<a href="{escape(to)}">{escape(match["text"])}</a>'
