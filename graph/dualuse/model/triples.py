"""Write one node's triples as N-Triples text: no blank nodes, nothing for an absent value."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import cache

from dualuse.dates import PartialDate
from dualuse.namespaces import PREFIXES, expand, thing

_ESCAPES = {
    ord("\\"): "\\\\",
    ord('"'): '\\"',
    ord("\n"): "\\n",
    ord("\r"): "\\r",
    ord("\t"): "\\t",
    **{code: f"\\u{code:04X}" for code in (*range(9), 11, 12, *range(14, 32), 127)},
}
_ESCAPED = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_UNESCAPED = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}
_expanded = cache(lambda predicate: iri(expand(predicate)))
_HAN_KANA_HANGUL = r"[\u3400-\u9fff\u3040-\u30ff\uac00-\ud7af]"


def iri(value: str) -> str:
    """An IRI in N-Triples form."""
    return f"<{value}>"


def literal(text: str, language: str | None = None, datatype: str | None = None) -> str:
    """A literal in N-Triples form; its language tag is in small letters, as stores return it."""
    plain = text.isprintable() and '"' not in text and "\\" not in text
    quoted = f'"{text if plain else text.translate(_ESCAPES)}"'
    if language is not None:
        return f"{quoted}@{language.lower()}"
    return quoted if datatype is None else f"{quoted}^^<{PREFIXES['xsd']}{datatype}>"


def unescaped(text: str) -> str:
    """What stands between the quotes of a literal, as it was before it was written there.

    Example:
        >>> unescaped(literal('a "b"')[1:-1])
        'a "b"'
    """
    return _ESCAPED.sub(_meant, text) if "\\" in text else text


def _meant(found: re.Match[str]) -> str:
    code, long, sign = found.groups()
    return chr(int(code or long, 16)) if code or long else _UNESCAPED.get(sign, sign)


def script_of(text: str) -> str | None:
    """Language tag a bare name can carry: none for Han text, whose script is not told by looking."""
    return None if re.search(_HAN_KANA_HANGUL, text) else "en"


class Triples:
    """Collects the triples of one node.

    Args:
        classes: Prefixed class names.
    """

    def __init__(self, kind: str, key: str, *classes: str) -> None:
        self.iri = thing(kind, key)
        self._subject = iri(self.iri)
        self.triples: list[tuple[str, str, str]] = []
        for name in classes:
            self.add("rdf:type", iri(expand(name)))

    def add(self, predicate: str, obj: str) -> None:
        """Add a triple whose object is already in N-Triples form."""
        self.triples.append((self._subject, _expanded(predicate), obj))

    def text(self, predicate: str, value: str | None, language: str | None = None) -> None:
        """Add a text, with a language tag if one is given."""
        if value is not None:
            self.add(predicate, literal(value, language))

    def alias(self, predicate: str, value: str) -> None:
        """Add a name, tagged ``en`` unless it is in Han, kana or hangul."""
        self.text(predicate, value, script_of(value))

    def address(self, predicate: str, value: str) -> None:
        """Add an address on the web."""
        self.add(predicate, iri(value))

    def count(self, predicate: str, value: int) -> None:
        """Add a whole number."""
        self.add(predicate, literal(str(value), datatype="integer"))

    def names(self, predicate: str, **by_language: str | None) -> None:
        """Add a name in each language given (``en``, ``zh_hant``, ``zh_hans``)."""
        for language, value in by_language.items():
            self.text(predicate, value, language.replace("_", "-"))

    def number(self, predicate: str, value: float | str | None) -> None:
        """Add an exact decimal."""
        if value is not None:
            from decimal import Decimal

            exact = format(Decimal(str(value)).normalize(), "f")
            self.add(predicate, literal(exact, datatype="decimal"))

    def truth(self, predicate: str, value: bool | None) -> None:
        """Add a boolean."""
        if value is not None:
            self.add(predicate, literal("true" if value else "false", datatype="boolean"))

    def link(self, predicate: str, kind: str, key: str | None) -> None:
        """Point to another thing."""
        if key is not None:
            self.add(predicate, iri(thing(kind, key)))

    def links(self, predicate: str, kind: str, keys: Iterable[str]) -> None:
        """Point to several things of one kind."""
        for key in keys:
            self.link(predicate, kind, key)

    def partial(self, predicate: str, value: PartialDate | None) -> None:
        """Add a date at the precision it has."""
        if value is not None:
            self.add(predicate, literal(value.edtf, datatype=value.datatype))

    def ends(self, first: str, until: str, start: PartialDate, end: PartialDate) -> None:
        """Add the first day of a period and the day after its last."""
        self.partial(first, start)
        self.partial(until, end)

    def day(self, predicate: str, value: date | None) -> None:
        """Add a whole day."""
        if value is not None:
            self.add(predicate, literal(value.isoformat(), datatype="date"))

    def dated(self, predicate: str, value: PartialDate | None) -> None:
        """Add a date with the earliest and latest day it can mean (``du:earliest``, ``du:latest``)."""
        self.partial(predicate, value)
        if value is not None:
            self.day("du:earliest", value.earliest)
            self.day("du:latest", value.latest)

    def bound(self, predicate: str, value: PartialDate | None) -> None:
        """Add one end of an interval with ``…Earliest`` and ``…Latest`` beside it."""
        self.partial(predicate, value)
        if value is not None:
            self.day(f"{predicate}Earliest", value.earliest)
            self.day(f"{predicate}Latest", value.latest)
