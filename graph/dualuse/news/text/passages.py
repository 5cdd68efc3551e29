"""A text as passages, sentences and clauses, with offsets in code points, its language and its script.

Matching is done on *plain* text: simplified script, half width, plain quotation marks, one character for one, so that
every offset into the plain text is an offset into the original.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Literal

from dualuse.errors import UsageError
from dualuse.han import simplified, traditional
from dualuse.reading import read_bytes
from dualuse.wrapped import unwrap

Form = Literal["auto", "text", "html"]
_DOTS = dict.fromkeys("·‧•・･∙", "·")
_MARKS = {"’": "'", "‘": "'", "`": "'", "—": "-", "–": "-", "−": "-", "\u00a0": " ", "\u3000": " ", "〇": "〇"}
_ABBREVIATIONS = re.compile(
    r"(?:\b(?:[A-Z]|U\.S|U\.K|E\.U|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Corp|Inc|Ltd|Co|Mr|Ms|Mrs|Dr|Sens?|Reps?|Prof|Hon"
    r"|Dept|Gov|No|Nos|vs|St|Gen|Lt|e\.g|i\.e))\.$"
)
_STOP = re.compile(r"[。!?;]+[」』”\"')）]*|(?<=[a-zA-Z0-9%)\"'”])\.[\"'”)]*(?=\s|$)(?! [a-z])")
_COMMA = re.compile(
    r"(?<!\d),|,(?!\d)|:(?!\d)|(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])| @ |(?<=】)|(?<=[\u4e00-\u9fff])(?=旨在)"
)
_NO_CLAUSE = (
    r"(?:including|excluding|during|according|pending|beginning|starting|concerning|regarding|following)\b"  # no verbs
)
_JOINT = re.compile(
    r"; |, (?=(?:and|but|while|which|though|although|whereas|adding|saying|as)\b)"
    rf"|, (?=(?!{_NO_CLAUSE})\w+ing\b)| - "
)
_BLANK = re.compile(r"\S[^\S\n]*\n(?:[^\S\n]*\n)+[^\S\n]*\S")
_META = re.compile(rb"<meta[^>]+charset=[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
_SNIFF = 4096
_ARTICLE = 6000
_MOST_BYTES = 50_000_000


@cache
def _plain(character: str) -> str:
    if character in _DOTS or character in _MARKS:
        return _DOTS.get(character) or _MARKS[character]
    folded = unicodedata.normalize("NFKC", character)
    if len(folded) != 1:
        folded = character
    if folded > "\u2e7f":
        changed = simplified(folded)
        folded = changed if len(changed) == 1 else folded
    return folded


@cache
def _script(character: str) -> int:
    """1 for a character only Traditional Chinese has, -1 for one only Simplified has, 0 for the rest."""
    if not "\u3400" <= character <= "\u9fff":
        return 0
    if simplified(character) != character:
        return 1
    return -1 if traditional(character) != character else 0


def plain(text: str) -> str:
    """Even out script and width, one character for one.

    Example:
        >>> plain("對120國設出口限額，「禁令」")
        '对120国设出口限额,「禁令」'
    """
    return "".join(map(_plain, text))


def lower(text: str) -> str:
    """Lower case, one character for one."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


@dataclass(frozen=True)
class Passage:
    """One line of a text that is not blank: its number, counted from 1, and where it stands in the text."""

    number: int
    start: int
    end: int
    text: str
    language: str


@dataclass(frozen=True)
class Text:
    """A text as read.

    Args:
        name: Name of the file.
        original: Its text, lines broken at a width joined; every offset counts code points of it.
        plain: The same, evened out.
        sha256: SHA-256 of the bytes of the file.
        form: ``text``, or ``html``: then the text is what was taken out of the page, and offsets count in that.
        passages: Its lines that are not blank.
        joined: Whether lines of the file were joined; then offsets count in the text with its lines joined.
    """

    name: str
    original: str
    plain: str
    sha256: str
    form: str
    passages: tuple[Passage, ...] = field(default=())
    joined: bool = False

    @cached_property
    def language(self) -> str:
        """Language and script of most of it."""
        return language_of("\n".join(passage.text for passage in self.passages))

    @cached_property
    def divided(self) -> bool:
        """Whether it is one page, or blank lines divide its paragraphs: then it is not a list of many texts."""
        return self.form == "html" or len(self.passages) == 1 or _BLANK.search(self.original) is not None

    def passage_at(self, position: int) -> Passage:
        """Passage that holds a position."""
        index = bisect_right(self._ends, position)
        return self.passages[min(index, len(self.passages) - 1)]

    @cached_property
    def _ends(self) -> list[int]:
        return [passage.end for passage in self.passages]

    @property
    def opening(self) -> str:
        """As much of its plain text as an article has."""
        return self.plain[:_ARTICLE]

    @cached_property
    def lowered(self) -> str:
        """Plain text in lower case."""
        return lower(self.plain)


def read_text(path: Path, form: Form = "auto") -> Text:
    """Read a file.

    Args:
        path: A text or HTML file.
        form: Which of the two it is; ``auto`` goes by its name and first bytes.

    Raises:
        UsageError: the file cannot be read, or its encoding cannot be told.
        MissingExtraError: it is HTML and the parser is not installed.
    """
    raw = read_bytes(path, _MOST_BYTES)
    html = form == "html" or (form == "auto" and _looks_like_html(path, raw))
    decoded = decode(path.name, raw, html=html)
    if html:
        from dualuse.news.text.page import page_text

        decoded = page_text(decoded)
    return make_text(path.name, decoded, hashlib.sha256(raw).hexdigest(), "html" if html else "text")


def make_text(name: str, original: str, digest: str = "", form: str = "text") -> Text:
    """A text from a string."""
    digest = digest or hashlib.sha256(original.encode("utf-8", "replace")).hexdigest()
    whole = original if form == "html" else unwrap(original)
    return Text(name, whole, plain(whole), digest, form, tuple(_passages(whole)), whole != original)


def _looks_like_html(path: Path, raw: bytes) -> bool:
    head = raw[:_SNIFF].lstrip().lower()
    return path.suffix.lower() in (".html", ".htm", ".xhtml") or head.startswith((b"<!doctype html", b"<html"))


def decode(name: str, raw: bytes, *, html: bool) -> str:
    """Bytes of a text or a page as characters.

    Raises:
        UsageError: their encoding cannot be told.
    """
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", "replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        declared = _META.search(raw[:_SNIFF]) if html else None
        if declared is not None:
            try:
                return raw.decode(declared[1].decode("ascii"))
            except (LookupError, UnicodeDecodeError):
                pass
        raise UsageError(
            f"{name} is not UTF-8 (byte {error.start}); convert it first: iconv -f big5 -t utf-8 {name}"
        ) from None


def _passages(original: str) -> Iterator[Passage]:
    number, start = 0, 0
    for line in original.split("\n"):
        end = start + len(line.removesuffix("\r"))
        text = original[start:end]
        if text.strip():
            number += 1
            yield Passage(number, start, end, text, language_of(text))
        start += len(line) + 1


def language_of(text: str) -> str:
    """Language and script of a text: ``zh-Hant``, ``zh-Hans``, ``en``, ``ja`` or ``und``.

    Example:
        >>> language_of("對120國設出口限額"), language_of("对120国设出口限额"), language_of("The rule was published")
        ('zh-Hant', 'zh-Hans', 'en')
    """
    han = sum(1 for c in text if "\u3400" <= c <= "\u9fff")
    kana = sum(1 for c in text if "\u3040" <= c <= "\u30ff")
    latin = sum(1 for c in text if c.isascii() and c.isalpha())
    if kana > han / 4 and kana > 1:
        return "ja"
    if han * 5 >= latin and han:
        return "zh-Hant" if sum(map(_script, text)) >= 0 else "zh-Hans"
    return "en" if latin else "und"


def sentences(text: Text, passage: Passage, begin: int = 0) -> list[tuple[int, int]]:
    """Sentences of a passage: (start, end), the closing quotation mark with each.

    Args:
        text: The text.
        passage: The passage.
        begin: Where its own words begin, after a dateline.
    """
    found = []
    start = max(begin, passage.start)
    for stop in _STOP.finditer(text.plain, start, passage.end):
        before = text.plain[max(start, stop.start() - 8) : stop.start() + 1]
        if stop[0].startswith(".") and _ABBREVIATIONS.search(before):
            continue
        found.append((start, stop.end()))
        start = stop.end()
    if text.plain[start : passage.end].strip():
        found.append((start, passage.end))
    trimmed = [trim(text.plain, *span) for span in found]
    return [span for span in trimmed if span[0] < span[1]]


def clauses(text: Text, start: int, end: int, language: str) -> list[tuple[int, int]]:
    """Clauses of a sentence: (start, end), without the marks around them."""
    joint = _JOINT if language == "en" else _COMMA
    cuts: Sequence[re.Match[str]] = [
        cut for cut in joint.finditer(text.plain, start, end) if not _inside(text.plain, start, cut.start())
    ]
    edges = [start, *(edge for cut in cuts for edge in (cut.start(), cut.end())), end]
    spans = [trim(text.plain, *edges[index : index + 2]) for index in range(0, len(edges), 2)]
    return [span for span in spans if span[0] < span[1]]


def _inside(text: str, start: int, position: int) -> bool:
    """Whether a position lies between round brackets."""
    part = text[start:position]
    return part.count("(") > part.count(")")


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Span without white space and sentence marks at its ends."""
    while start < end and (text[start].isspace() or text[start] in ",、:"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",、:。;"):
        end -= 1
    return start, end
