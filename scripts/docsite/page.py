"""A page as its title and sections of HTML, made by templates that escape whatever they are given."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from docsite.world import LANGUAGES
from dualuse.show.addresses import web_address
from dualuse.show.labels import column
from dualuse.show.words import Said, find, same, say

TEMPLATES = Path(__file__).parent / "templates"
ENDING = ".page"


@dataclass(frozen=True)
class Section:
    """A part of a page under a heading of its own; the first may have none."""

    anchor: str
    title: str
    html: str


@dataclass(frozen=True)
class Page:
    """A page: where it stands below its language, its title, and its parts."""

    path: str
    title: str
    sections: Sequence[Section]

    def write(self, folder: Path) -> None:
        """Write it where Sphinx reads it."""
        file = folder / f"{self.path}{ENDING}"
        file.parent.mkdir(parents=True, exist_ok=True)
        told = {"title": self.title, "sections": [asdict(section) for section in self.sections]}
        file.write_text(json.dumps(told, ensure_ascii=False, indent=1), "utf-8")


@cache
def site_words() -> Mapping[str, Said]:
    """Texts of the site that answers do not have."""
    rows = json.loads((Path(__file__).parent / "words.json").read_text("utf-8"))
    return {key: Said(*words) for key, words in rows.items()}


@dataclass(frozen=True)
class Voice:
    """One language of the site."""

    language: str

    @property
    def at(self) -> int:
        """Which text of a ``Said`` is its own."""
        return LANGUAGES.index(self.language)

    def say(self, key: str, **parts: Said | str | int) -> str:
        """A text of the site."""
        return site_words()[key].fill(**parts)[self.at]

    def word(self, section: str, key: str) -> str:
        """A text that answers share, or the key in plain words."""
        return (find(section, key) or same(key.replace("-", " ")))[self.at]

    def sure(self, confidence: str) -> str:
        """How far something can be trusted, in words."""
        return say("confidence_is", confidence=find("confidence", confidence) or same(confidence))[self.at]

    def column(self, key: str) -> str:
        """Heading of a column."""
        return column(key)[self.at]

    def text(self, said: Said | str) -> Markup:
        """A text, marked as English where it is and the page is not."""
        shown = said if isinstance(said, str) else said[self.at]
        if self.at and shown and all(ord(sign) < 0x2E80 for sign in shown) and any(map(str.isalpha, shown)):
            return Markup('<span lang="en">{}</span>').format(shown)
        return Markup("{}").format(shown)

    def ticked(self, text: str) -> Markup:
        """A text of a docstring, with what stands between double backticks as code."""
        parts = text.split("``")
        told = (Markup("<code>{}</code>").format(part) if at % 2 else self.text(part) for at, part in enumerate(parts))
        return Markup("").join(told)

    def others(self, path: str) -> list[tuple[str, str, str]]:
        """Language, its own name and relative address of the same page in each other language."""
        up = "../" * path.count("/")
        top = up if self.at == 0 else f"{up}../"
        named = dict(zip(LANGUAGES, ("English", "繁體中文", "简体中文"), strict=True))
        return [
            (code, name, f"{top}{'' if code == LANGUAGES[0] else f'{code}/'}{path}.html")
            for code, name in named.items()
            if code != self.language
        ]

    def render(self, template: str, **given: Any) -> Markup:
        """Fill a template."""
        return Markup(_environment().get_template(f"{template}.html.j2").render(v=self, **given))  # noqa: S704 - escaped

    def part(self, anchor: str, title: str, template: str, **given: Any) -> tuple[str, str, Markup]:
        """A part of a page, filled from a template; see :func:`sections`."""
        return anchor, title, self.render(template, **given)


@cache
def _environment() -> Environment:
    made = Environment(
        autoescape=True,
        loader=FileSystemLoader(TEMPLATES),
        lstrip_blocks=True,
        trim_blocks=True,
        undefined=StrictUndefined,
    )
    made.filters["outward"] = outward
    return made


def outward(address: str | None, shown: str = "") -> Markup:
    """A link out of the site, if it is a web address; else the plain text."""
    known = web_address(address or "")
    text = shown or (address or "")
    return Markup('<a href="{}" rel="noopener">{}</a>').format(known, text) if known else Markup("{}").format(text)


def sections(parts: Iterable[tuple[str, str, str]]) -> list[Section]:
    """Sections that have something in them, from anchor, title and HTML."""
    return [Section(anchor, title, str(html)) for anchor, title, html in parts if str(html).strip()]
