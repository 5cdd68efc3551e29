"""Look at the text of a SPARQL query without running it."""

from __future__ import annotations

import re

_TOKEN = re.compile(
    r"""(?P<long>'''(?:(?!''')(?:\\.|[^\\]))*'''|\"\"\"(?:(?!\"\"\")(?:\\.|[^\\]))*\"\"\")
      |(?P<string>'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*")
      |(?P<iri><[^<>"{}|^`\\\s]*>)
      |(?P<comment>\#[^\n]*)
      |(?P<name>[A-Za-z_][\w.-]*?:(?:[\w.:%-]|\\.)*|\?[\w]+|\$[\w]+|@?[A-Za-z][\w-]*)""",
    re.VERBOSE | re.DOTALL,
)
_FORMS = {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}


def words(query: str) -> list[str]:
    """Bare words, prefixed names, variables and ``<IRI>`` tokens of a query, in order."""
    return [match[0] for match in _TOKEN.finditer(query) if match.lastgroup in ("name", "iri")]


def form(query: str) -> str:
    """Query form in capitals (``SELECT``, ``ASK``, ``CONSTRUCT``, ``DESCRIBE``), or an empty string."""
    return next((word.upper() for word in words(query) if word.upper() in _FORMS), "")


def has_dataset(query: str) -> bool:
    """Whether a query names its own dataset with FROM."""
    return any(word.upper() == "FROM" for word in words(query))
