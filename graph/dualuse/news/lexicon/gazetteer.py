"""Every name the graph knows, and every other form of ``data/news``, found in one pass over a text.

The names are those of the open graph, so a party added to ``data/`` is known without a change here. An Aho-Corasick
automaton finds them: it reads a character once whatever the number of names, which stay open to lists of any length.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from dualuse.namespaces import split_thing
from dualuse.news.lexicon.entries import Forms
from dualuse.news.lexicon.longest import is_latin, make_automaton, whole
from dualuse.news.lexicon.patterns import Patterns, expand, forms_of
from dualuse.news.text.passages import lower, plain
from dualuse.store.base import Store, value

KINDS = ("place", "organisation", "person", "product", "instrument", "item", "group")
STOP = "stop"
_QUERY = """# Names of every thing of one of the kinds a text can mention, in every language, as they are written.
SELECT ?thing ?name ?rank WHERE {
  { ?thing skos:prefLabel ?name BIND(1 AS ?rank) }
  UNION { ?thing foaf:name ?name BIND(1 AS ?rank) }
  UNION { ?thing dct:title ?name BIND(1 AS ?rank) }
  UNION { ?thing a du:Product ; rdfs:label ?name BIND(1 AS ?rank) }
  UNION { ?thing skos:altLabel ?name BIND(2 AS ?rank) }
  UNION { ?thing du:citation ?name BIND(2 AS ?rank) }
  UNION { ?thing a du:Item ; skos:notation ?name BIND(2 AS ?rank) }
  FILTER(STRSTARTS(STR(?thing), "https://w3id.org/dualuse/id/"))
}"""
_BRACKET = re.compile(r"\s*\([^()]*\)\s*$")
_COMPANY = re.compile(
    r",? (?:Inc\.|Corporation|Corp\.|Co\., Ltd\.|Ltd\.|Limited|Holding N\.V\.|N\.V\.|B\.V\.|plc|LLC|PBC|Incorporated"
    r"|Company|Group Corp\.|Holdings plc)$"
)
_LEAST_LATIN = 2
_SHORT = 5
_SURNAME = 4
_LOOSE = ("term", STOP, "unnamed", "pronoun")


@dataclass(frozen=True)
class Name:
    """A form of a name, in plain text, and what it names."""

    form: str
    kind: str
    key: str
    label: str
    rank: int
    surname: bool = False

    @property
    def latin(self) -> bool:
        """Whether it is written in letters."""
        return is_latin(self.form)


@dataclass
class Gazetteer:
    """Names by form, and the automaton over them."""

    names: dict[str, list[Name]]
    labels: dict[tuple[str, str], str]
    by_thing: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    automaton: Any = None

    def find(self, text: str) -> Iterator[tuple[int, int, list[Name]]]:
        """Every form that stands in a plain text, overlapping ones too: (start, end, what it may name)."""
        for last, form in self.automaton.iter(lower(text)):
            start, end = last - len(form) + 1, last + 1
            found = [name for name in self.names[form] if _fits(name, text, start, end)]
            if found:
                yield start, end, found

    def label(self, kind: str, key: str) -> str:
        """English label of a thing, or its key."""
        return self.labels.get((kind, key), key)


def _fits(name: Name, text: str, start: int, end: int) -> bool:
    """Whether a form found is the name: whole words, and capitals as the name has them."""
    if not name.latin:
        return True
    form, here = name.form, text[start:end]
    if not whole(text, start, end):
        return False
    if name.kind == "pronoun":
        return here[1:] == form[1:]
    return (name.kind in _LOOSE and len(form) > _LEAST_LATIN) or _capitals(form, here)


def _capitals(form: str, here: str) -> bool:
    if here in (form, form.upper()):
        return True
    if len(form) < _SHORT or (form.isupper() and len(form) <= _SHORT):
        return False
    return here[0].isupper() or not form[0].isupper()


def build_gazetteer(store: Store, patterns: Patterns) -> Gazetteer:
    """Gather every name of a graph and every form of the patterns.

    Raises:
        MissingExtraError: the automaton is not installed.
    """
    gathered = _Gathered()
    for kind, key, name, rank in _graph_names(store):
        gathered.thing(kind, key, name, rank)
    for found in _pattern_names(patterns):
        gathered.add(found)
    return Gazetteer(dict(gathered.names), gathered.labels, dict(gathered.by_thing), make_automaton(gathered.names))


@dataclass
class _Gathered:
    names: dict[str, list[Name]] = field(default_factory=lambda: defaultdict(list))
    labels: dict[tuple[str, str], str] = field(default_factory=dict)
    by_thing: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))

    def thing(self, kind: str, key: str, name: str, rank: int) -> None:
        """Add a name of a thing of the graph, with the shorter forms it implies."""
        if rank == 1:
            self.labels.setdefault((kind, key), name)
        label = self.labels.get((kind, key), name)
        for form in _variants(kind, plain(name)):
            self.add(Name(form, kind, key, label, rank))
        parts = name.split()
        if kind == "person" and len(parts) > 1 and len(parts[-1]) >= _SURNAME and parts[-1][0] < "\u2e7f":
            self.add(Name(parts[-1], kind, key, label, rank + 2, surname=True))

    def add(self, name: Name) -> None:
        """Add a form, once for each thing it names."""
        listed = self.names[lower(name.form)]
        if not any((known.form, known.kind, known.key) == (name.form, name.kind, name.key) for known in listed):
            listed.append(name)
        if not name.surname:
            self.by_thing[name.kind, name.key].add(name.form)


def _graph_names(store: Store) -> list[tuple[str, str, str, int]]:
    found = set()
    for row in store.select(_QUERY):
        kind, key = split_thing(row["thing"].value)
        if kind in KINDS:
            found.add((kind, key, value(row, "name"), int(value(row, "rank"))))
    # names in letters first, so that labels are English
    return sorted(found, key=lambda entry: (entry[0], entry[1], entry[3], entry[2][0] > "\u2e7f", entry[2]))


def _variants(kind: str, name: str) -> Iterator[str]:
    """A name, and what is left of it without a bracket or a legal form at its end."""
    short = _BRACKET.sub("", name)
    forms = [name, short]
    if kind == "organisation":
        forms.append(_COMPANY.sub("", short))
    for form in dict.fromkeys(forms):
        if len(form) >= _LEAST_LATIN and not (kind == "place" and ", " in form):
            yield form


def _pattern_names(patterns: Patterns) -> Iterator[Name]:
    yield from _entries(patterns.metonyms, "place", 3)
    yield from _entries(patterns.place_names, "place", 2)
    yield from _entries(patterns.cities, "city", 3)
    yield from _entries(patterns.extra, "organisation", 3)
    yield from _entries(patterns.people, "person", 3)
    for kind, entries in (("region", patterns.regions), ("outlet", patterns.outlets), ("unnamed", patterns.unnamed)):
        for entry in entries:
            yield from _entries([entry], kind, 4, entry.label)
    for term in patterns.terms:
        yield from _entries([term], "term", 4, term.label)
    for kind, words in patterns.pronouns.items():
        for word in words:
            yield Name(word, "pronoun", kind, kind, 5)
    for institution in patterns.institutions:
        for form in expand([institution.form]):
            yield Name(plain(form), "institution", institution.form, form, 0)
    for word in patterns.inside:
        yield Name(word, STOP, "inside", word, 9)
    for word in patterns.abbreviation_words:
        yield Name(word, STOP, "word", word, 9)


def _entries(entries: Iterable[Forms], kind: str, rank: int, label: str = "") -> Iterator[Name]:
    for entry in entries:
        for form in forms_of(entry):
            found = "group" if entry.key == "eu" and kind == "place" else kind
            yield Name(form, found, entry.key, label or entry.key, rank)
