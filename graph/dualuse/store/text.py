"""Look at the text of a SPARQL query without running it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from dualuse.namespaces import PREFIXES

_TOKEN = re.compile(
    r"""(?P<string>'''(?:(?!''')(?:\\.|[^\\]))*'''|\"\"\"(?:(?!\"\"\")(?:\\.|[^\\]))*\"\"\"
                  |'(?:\\.|[^'\\\n\r])*'|"(?:\\.|[^"\\\n\r])*")
      |(?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
      |(?P<comment>\#[^\n\r]*)
      |(?P<name>(?:[^\W\d](?:[\w.-]*[\w-])?)?:(?:(?:[\w:-]|%[0-9A-Fa-f]{2}|\\.|\.(?=[\w.:%\\-]))*))
      |(?P<variable>[?$]\w+)
      |(?P<language>@[A-Za-z][\w-]*)
      |(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
      |(?P<word>[^\W\d]\w*)
      |(?P<mark>\S)""",
    re.VERBOSE | re.DOTALL,
)
_NAMES = ("iri", "name", "variable", "language", "word")
_FORMS = {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}


class Token(NamedTuple):
    """A piece of a query: its kind, its text, and where it begins."""

    kind: str
    text: str
    start: int


def tokens(query: str) -> Iterator[Token]:
    """The pieces of a query in order, white space and comments left out."""
    for match in _TOKEN.finditer(query):
        if match.lastgroup != "comment":
            yield Token(str(match.lastgroup), match[0], match.start())


def words(query: str) -> list[str]:
    """Bare words, prefixed names, variables and ``<IRI>`` tokens of a query, in order."""
    return [token.text for token in tokens(query) if token.kind in _NAMES]


def form(query: str) -> str:
    """Query form in capitals (``SELECT``, ``ASK``, ``CONSTRUCT``, ``DESCRIBE``), or an empty string."""
    bare = (token.text.upper() for token in tokens(query) if token.kind == "word")
    return next((word for word in bare if word in _FORMS), "")


def has_dataset(query: str) -> bool:
    """Whether a query names its own dataset with FROM."""
    if "FROM" not in query.upper():
        return False
    return any(token.kind == "word" and token.text.upper() == "FROM" for token in tokens(query))


def undeclared(query: str) -> str:
    """Declarations of the prefixes that a query uses without declaring them, a line each."""
    bare = words(query)
    declared = {name.partition(":")[0] for before, name in pairwise(bare) if before.upper() == "PREFIX"}
    used = {word.partition(":")[0] for word in bare if ":" in word and not word.startswith("<")}
    lines = (f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in sorted(used - declared) if prefix in PREFIXES)
    return "".join(lines)
