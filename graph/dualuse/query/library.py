"""The named queries: one ``.rq`` file each, which becomes a query that any SPARQL client can run.

A file starts with banner comments: the question in one sentence, then what it answers and its columns. Prefixes are
declared when it is read. A parameter is a ``VALUES`` line with a default and a comment that names its type::

    VALUES ?asOf { "2025-05-15"^^xsd:date }  # param (date): day of law

What many queries ask in the same words is written once here, and stands in the place of a comment that names it::

    #: receipt ?membership
    #: holds ?membership ?surely

The text that comes of it stands alone (:func:`standalone`), in any engine whose default graph is the union of all
graphs: that of a Turtle file, of rdflib's ``Dataset(default_union=True)``, of a server that is told so. ``tests/query``
holds three engines to the same rows. What keeps them all quick: what must hold stands in one block, before what is
optional or bound; a parameter that picks out few things stands before that block, any other (a day) after it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from itertools import takewhile
from textwrap import indent

from dualuse import resources
from dualuse.dates import parse_day
from dualuse.errors import UsageError
from dualuse.model.triples import literal
from dualuse.names import Names
from dualuse.namespaces import KINDS
from dualuse.span import pattern
from dualuse.store.text import undeclared
from dualuse.suggest import nearest

_PARAMETER = re.compile(
    r"^(?P<head>[ \t]*VALUES \?(?P<name>\w+) \{ )(?P<default>[^}\n]*?)"
    r"(?P<tail> \}[ \t]*# param \((?P<type>[\w-]+)\): (?P<help>.+))$",
    re.MULTILINE,
)


def _receipt(thing: str) -> str:
    """SPARQL that ranks the sources of a thing: the best stands in the least ``?ranked``, after its space."""
    return f"""\
# the best source: one with an address before one without, then by class, law text first
# asked of each thing found, lest an engine go through all sources
OPTIONAL {{
  {thing} dct:source ?source
  OPTIONAL {{ ?source du:sourceClass/du:rank ?rank }}
  OPTIONAL {{ ?source foaf:page ?page }}
}}
FILTER(BOUND(?rank))
BIND(STR(COALESCE(?page, ?source)) AS ?opened)
# of several that are as good the first, by small letters and digits alone, which every engine sorts alike
BIND(REPLACE(LCASE(?opened), "[^a-z0-9]", "") AS ?sorted)
BIND(CONCAT(STR(IF(BOUND(?page), 100, 200) + ?rank), ?sorted, " ", ?opened) AS ?ranked)"""


_PARTS: dict[str, Callable[..., str]] = {"receipt": _receipt, "holds": pattern}
_DEFAULT_GRAPH = "#\n# Default graph = union of all graphs.\n"
_PART = re.compile(rf"^(?P<indent>[ \t]*)#: (?P<name>{'|'.join(_PARTS)})(?P<variables>(?: \S+)+)$", re.MULTILINE)


@dataclass(frozen=True)
class Parameter:
    """A parameter: its name, type (``date``, ``text``, ``integer`` or a kind of thing), default and meaning."""

    name: str
    type: str
    default: str
    help: str


@dataclass(frozen=True)
class NamedQuery:
    """A query of the library."""

    name: str
    question: str
    about: str
    text: str
    parameters: tuple[Parameter, ...]

    def bind(self, values: Mapping[str, str], known: Names) -> str:
        """Put values in the place of defaults.

        Args:
            values: Parameter name -> what a person wrote; places, instruments and parties by key, code or label.
            known: The names of the graph the query will run on.

        Raises:
            UsageError: an unknown parameter, or a value of the wrong type.
        """
        types = {parameter.name: parameter.type for parameter in self.parameters}
        for name in values:
            if name not in types:
                close = nearest(name, types, 1)
                hint = f"; did you mean {close[0]!r}?" if close else f"; it takes: {', '.join(types) or 'none'}"
                raise UsageError(f"query {self.name!r} has no parameter {name!r}{hint}")
        bound = {name: _term(name, types[name], value, known) for name, value in values.items()}
        return _PARAMETER.sub(
            lambda match: f"{match['head']}{bound.get(match['name'], match['default'])}{match['tail']}", self.text
        )


def _term(name: str, kind: str, value: str, known: Names) -> str:
    if kind == "date":
        return literal(parse_day(value).isoformat(), datatype="date")
    if kind == "text":
        return literal(value)
    if kind == "integer":
        if not re.fullmatch(r"-?\d+", value):
            raise UsageError(f"parameter {name!r}: {value!r} is not a whole number")
        return literal(value, datatype="integer")
    if kind in KINDS:
        return f"<{known.find(kind, value)}>"
    raise UsageError(f"parameter {name!r} is of unknown type {kind!r}; fix the query file")


def read(name: str, text: str) -> NamedQuery:
    """Read a query file: parts are put in, and prefixes declared after the banner.

    Raises:
        UsageError: the banner is missing.
    """
    filled = _PART.sub(lambda match: indent(_PARTS[match["name"]](*match["variables"].split()), match["indent"]), text)
    lines = filled.splitlines(keepends=True)
    head = list(takewhile(lambda line: line.startswith("#"), lines))
    banner = [line.removeprefix("#").strip() for line in head]
    if not banner or not banner[0]:
        raise UsageError(f"query {name!r} must start with a comment: the question it answers, in one sentence")
    whole = f"{''.join(head)}{_DEFAULT_GRAPH}\n{undeclared(filled)}{''.join(lines[len(head) :])}"
    parameters = tuple(
        Parameter(match["name"], match["type"], match["default"], match["help"]) for match in _PARAMETER.finditer(whole)
    )
    return NamedQuery(name, banner[0], " ".join(banner[1:]).strip(), whole, parameters)


def names() -> list[str]:
    """Names of the library's queries, sorted."""
    return [path.removesuffix(".rq") for path, _ in resources.walk(files("dualuse") / "query" / "named", ".rq")]


def load(name: str) -> NamedQuery:
    """Load one query of the library.

    Raises:
        UsageError: there is none of that name; the message lists the nearest.
    """
    known = names()
    if name not in known:
        close = nearest(name, known, 3)
        hint = f"nearest: {', '.join(close)}" if close else "list them: dualuse query --list"
        raise UsageError(f"no named query {name!r}; {hint}")
    return read(name, (files("dualuse") / "query" / "named" / f"{name}.rq").read_text("utf-8"))


def standalone(name: str) -> str:
    """The text of a query that any SPARQL 1.1 engine runs: banner, prefixes, parts put in, parameters by default.

    Raises:
        UsageError: there is none of that name.
    """
    return load(name).text
