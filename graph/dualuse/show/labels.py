"""Names of the things a card speaks of, in three languages, and which columns hold the key of what kind."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

from dualuse.card import Card
from dualuse.namespaces import split_thing, thing
from dualuse.node import Node
from dualuse.said import TEXT, Names, Phrase, named_in, phrases
from dualuse.said import Named as Called
from dualuse.show.words import Said, find, join, same, say

if TYPE_CHECKING:
    from dualuse.store.base import Store

Labels = Names
"""(kind, key) -> name, and (``TEXT``, English text of the record) -> the text."""

HOLDS: dict[str, tuple[str, ...]] = {
    "about": ("instrument",),
    "after": ("group",),
    "bearer": ("bearer",),
    "before": ("group",),
    "attribute": ("claim-attribute",),
    "authorities": ("organisation",),
    "authority": ("organisation",),
    "by": ("instrument", "organisation", "person"),
    "consignee_hq": ("place",),
    "effect": ("effect",),
    "event": ("event-kind",),
    "exporter": ("organisation",),
    "from": ("stance",),
    "ground": ("ground",),
    "grounds": ("ground",),
    "groups": ("group",),
    "instrument": ("instrument",),
    "instruments": ("instrument",),
    "involved": ("organisation",),
    "item": ("item",),
    "joined": ("group",),
    "kind": ("instrument-kind", "organisation-type"),
    "left": ("group",),
    "legal_effect": ("legal-force",),
    "measure": ("instrument",),
    "modality": ("modality",),
    "organisation": ("organisation",),
    "origin": ("place",),
    "owner": ("organisation",),
    "parent_hq": ("place",),
    "parties": ("organisation",),
    "party": ("organisation", "place"),
    "place": ("place",),
    "places": ("place",),
    "product": ("product",),
    "products": ("product",),
    "provision": ("provision",),
    "speaker": ("person", "organisation"),
    "review_policy": ("review-policy",),
    "round": ("reread-round",),
    "stance": ("stance",),
    "stage": ("case-stage",),
    "standing": ("standing",),
    "subject": ("instrument",),
    "to": ("place", "stance"),
    "treatment": ("treatment-rule",),
    "under": ("place",),
}
"""Column, or part of a question -> the kinds of thing whose keys stand in it."""

WORDS: dict[str, tuple[str, ...]] = {
    "announced": ("status",),
    "by_stance": ("stance",),
    "channel": ("channel",),
    "channels": ("channel",),
    "codified": ("status",),
    "compared": ("compared",),
    "control": ("holder",),
    "confidence": ("confidence",),
    "effect": ("effect_kind",),
    "engine": ("engine",),
    "enforced": ("status",),
    "first": ("effect_kind",),
    "from": ("stance",),
    "goods": ("goods",),
    "headquarters": ("seat",),
    "horizon": ("horizon",),
    "language": ("language",),
    "kind": ("finding", "kind_one", "party_kind"),
    "law": ("result",),
    "level": ("level",),
    "lens": ("lens",),
    "outcome": ("outcome",),
    "method": ("method",),
    "of": ("whole",),
    "role": ("tie_role",),
    "rule": ("owned_rule",),
    "second": ("effect_kind",),
    "stance": ("stance",),
    "table": ("record_table",),
    "status": ("status", "pointer"),
    "told_by": ("pointer",),
    "to": ("stance",),
    "ultimate": ("holder",),
    "verdict": ("verdict",),
    "what": ("change_what",),
    "where": ("window",),
}
"""Column -> sections of the texts whose keys stand in it; any other column may hold a key of ``result``."""

_KEY = re.compile(r"[\w.+-]{1,120}")
_BATCH = 400
_LETTERS = re.compile(r"[A-Za-z]")
_MOST_NAMED = 6
_TRANSLATED = """SELECT ?english ?said WHERE {
  VALUES ?english { %s }
  ?translation a du:Translation ; du:wording ?english, ?said
}"""
_CALLED = """SELECT ?english ?said WHERE {
  VALUES ?english { %s }
  ?thing rdfs:label ?english, ?said
} ORDER BY ?english ?said"""
_NAMES = """SELECT ?thing ?name WHERE {
  VALUES ?thing { %s }
  ?thing rdfs:label ?name
} ORDER BY ?thing ?name"""


def _leaves(name: str, given: object) -> Iterator[tuple[str, str]]:
    """(column, text) of every text in a value, also of what only the words of an answer use."""
    if isinstance(given, str):
        yield name, str(given)
    elif is_dataclass(given):
        for part in fields(given):
            yield from _leaves(str(part.metadata.get("key") or part.name), getattr(given, part.name))
    elif isinstance(given, Mapping):
        for key, inner in given.items():
            yield from _leaves(str(key), inner)
    elif isinstance(given, list | tuple):
        for inner in given:
            yield from _leaves(name, inner)


def _candidates(name: str, text: str) -> Iterator[tuple[str, str]]:
    """Things that a text in a column may be the key of."""
    if name == "move":
        place, _, group = text.partition(":")
        yield from (("place", place), ("group", group))
    elif (node := Node.maybe(text)) is not None:
        yield node.kind, node.key
    else:
        yield from ((kind, text) for kind in HOLDS.get(name, ()))


def read_labels(store: Store, card: Card[Any]) -> Labels:
    """Names, in each language that has one, of whatever a card mentions by key."""
    wanted = {
        thing(kind, key)
        for name, text in (*_leaves("", card.question), *_leaves("", card.answer))
        for kind, key in _candidates(name, text)
        if _KEY.fullmatch(key)
    }
    shown = [card.seen(name) for name in card.tables]
    made = {phrase for part in (card.answer, card.because, card.unknown, shown) for phrase in phrases(part)}
    parts = {part for phrase in made for part in named_in(phrase)}
    names = _read(store, wanted | {thing(*each) for each in parts if each[0] != TEXT})
    bare = {text for kind, text in parts if kind == TEXT}
    texts = (bare | {f"{text}." for text in bare}).union(_texts(card), (text for _, text in _leaves("", shown)))
    said = _translations(store, texts.union(name.en for name in names.values() if name.one))
    told = {thing_: said.get(name.en, name) if name.one else name for thing_, name in names.items()}
    told |= {(TEXT, text.removesuffix(".")): _unended(each) for text, each in said.items() if text.endswith(".")}
    told |= {(TEXT, text): each for text, each in said.items()}
    return told | {(TEXT, str(phrase)): phrase.said(told) for phrase in made}


def _unended(sentence: Said) -> Said:
    """A sentence as it stands within another: without its full stop."""
    return Said(sentence.en.removesuffix("."), *(text.removesuffix("。") for text in sentence[1:]))


def _read(store: Store, wanted: Iterable[str]) -> dict[tuple[str, str], Said]:
    """Names of some things, by kind and key; those without one are left out."""
    from dualuse.store.base import value

    listed = sorted(wanted)
    names: dict[tuple[str, str], dict[str, str]] = {}
    for start in range(0, len(listed), _BATCH):
        iris = " ".join(f"<{iri}>" for iri in listed[start : start + _BATCH])
        for row in store.select(_NAMES % iris):
            language = getattr(row["name"], "language", None) or "en"
            names.setdefault(split_thing(row["thing"].value), {}).setdefault(language, value(row, "name"))
    return {thing_: _in_three(found) for thing_, found in names.items()}


def _texts(card: Card[Any]) -> Iterator[str]:
    """Every text of a card that may be one of the record, or a name: of the answer, and of what it rests on."""
    for part in (card.answer, card.because, card.unknown):
        for _, text in _leaves("", part):
            yield from {text, *text.split("\n")}


def _translations(store: Store, texts: Collection[str]) -> dict[str, Said]:
    """English text -> itself in each language, of texts that are translated, and of English names of things."""
    from dualuse.model.triples import literal
    from dualuse.store.base import value

    listed, found = sorted(filter(_LETTERS.search, texts)), dict[str, dict[str, str]]()
    for start, query in itertools.product(range(0, len(listed), _BATCH), (_CALLED, _TRANSLATED)):
        terms = " ".join(literal(text, "en") for text in listed[start : start + _BATCH])
        for row in store.select(query % terms):
            found.setdefault(value(row, "english"), {})[getattr(row["said"], "language", "")] = value(row, "said")
    return {text: _in_three(said) for text, said in found.items()}


class NamesAsAsked(Mapping[tuple[str, str], Said]):
    """Names that are read one by one, each when it is asked for: sooner than all, where few are.

    Args:
        store: Where they are read.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[tuple[str, str], Said | None] = {}

    def __getitem__(self, named: tuple[str, str]) -> Said:
        """The name of a thing.

        Raises:
            KeyError: it has none.
        """
        if named not in self._known:
            self._known[named] = self._find(named)
        told = self._known[named]
        if told is None:
            raise KeyError(named)
        return told

    def _find(self, named: tuple[str, str]) -> Said | None:
        kind, text = named
        if kind == TEXT:
            return _translations(self._store, [text]).get(text)
        return _read(self._store, [thing(kind, text)]).get(named) if _KEY.fullmatch(text) else None

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """The things whose names were read."""
        return (named for named, told in self._known.items() if told is not None)

    def __len__(self) -> int:
        """How many those are."""
        return sum(1 for _ in self)


def _in_three(found: Mapping[str, str]) -> Said:
    """A name in each language; where one lacks it, the other Chinese one, else English, else whatever there is."""
    other = next(iter(found.values()))
    english = found.get("en", other)
    hant = found.get("zh-hant") or found.get("zh-hans") or english
    return Said(english, hant, found.get("zh-hans") or found.get("zh-hant") or english)


def name_of(labels: Labels, column: str, text: str) -> Said:
    """A text of a column in words: the name of the thing it is the key of, a translated value, or itself."""
    for candidate in _candidates(column, text):
        if candidate in labels:
            return labels[candidate]
    for section in (*WORDS.get(column, ()), "result"):
        found = find(section, text)
        if found is not None:
            return found
    outcome, _, rest = text.partition(" ")
    judged = find("outcome", outcome) if column in ("before", "after") else None
    if judged is not None:
        return join((judged, _policy(rest))) if rest else judged
    node = Node.maybe(text)
    return same(node.key) if node is not None and _KEY.fullmatch(node.key) else worded(labels, text)


def worded(labels: Labels, text: str) -> Said:
    """A text of the record in the languages it is translated to; else itself."""
    return labels.get((TEXT, text)) or (text.said(labels) if isinstance(text, Phrase | Called) else same(text))


def _policy(code: str) -> Said:
    """What stands after an outcome: a review policy, or the code of an exception."""
    return find("review_policy", code) or same(code)


def column(key: str) -> Said:
    """Heading of a column, or name of a part."""
    words = key.replace("_", " ")
    return find("column", key) or same(words[:1].upper() + words[1:])


def named(labels: Labels, key: str, part: object) -> Said:
    """A part of the question in words."""
    if part is True:
        return say("yes")
    if part is False:
        return say("no")
    if isinstance(part, list | tuple):
        shown = [named(labels, key, inner) for inner in part[:_MOST_NAMED]]
        left = len(part) - len(shown)
        return join([*shown, say("and_more", n=left)] if left else shown)
    if isinstance(part, int | float):
        return same(f"{part:.2%}" if key.endswith("_share") else f"{part:,.15g}")
    return name_of(labels, key, str(part))
