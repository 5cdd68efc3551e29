"""How much of a Chinese text is Chinese: Latin words outside names, citations, addresses and keys."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable

from dualuse.knowledge import Knowledge

_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]+")
_NAMES = """SELECT DISTINCT ?name WHERE {
  { ?thing a foaf:Agent ; rdfs:label|skos:altLabel|du:legalName ?name }
  UNION { ?thing a du:Product ; rdfs:label|skos:altLabel ?name }
  UNION { ?thing a du:SourceDocument ; dct:publisher|dct:title ?name }
}"""
_CITED = "SELECT DISTINCT ?name WHERE { ?thing a du:Provision ; rdfs:label ?name }"
_ADDRESS = re.compile(r"https?://[^\s，。；]+|\S+\.(?:com|org|gov|net|eu|cn|tw|kr|jp|nl|uk|html?)/\S*")
_KEY = re.compile(
    r"\[[a-z]{1,2}\]"  # the letter of a source
    r"|--[a-z-]+"  # an option
    r"|dualuse [a-z-]+( [A-Z]+(?![a-z]))?"  # a command
    r"|[A-Za-z0-9_.:/@+-]*\d[A-Za-z0-9_.:/@+-]*"  # whatever has a figure in it: a key, a paragraph, a digest
    r"|[a-z]+(?:[.-][a-z0-9]+){2,}|[A-Za-z0-9_-]+\.(?:csv|json|txt|pdf)"  # a key without one, a file
)


def names(knowledge: Knowledge) -> tuple[list[str], set[str]]:
    """Citations of provisions and whole names, the longest first; and words of names, which have a capital."""
    named = {row["name"].value for row in knowledge.store.select(_NAMES)}
    cited = {row["name"].value for row in knowledge.store.select(_CITED)}
    words = {"dualuse"} | {word for name in named for word in _WORD.findall(name) if word != word.lower()}
    whole = cited | {name for name in named if len(name) > len("NVIDIA") and " " in name}
    return sorted(whole, key=len, reverse=True), words


def latin(text: str, whole: Iterable[str], known: Collection[str]) -> tuple[float, Counter[str]]:
    """Share of Latin words in a text, two Han characters to a word, and which they are; lines may break anywhere."""
    text = " ".join(_ADDRESS.sub(" ", text).split())
    for name in whole:
        text = text.replace(name, " ")
    text = _KEY.sub(" ", text)
    words = Counter(word for word in _WORD.findall(text) if word not in known and not word.isupper())
    han = len(re.findall(r"[\u3400-\u9fff]", text))
    return words.total() / max(1.0, words.total() + han / 2), words
