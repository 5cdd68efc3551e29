"""What a query from outside may not do: change the store, read another, reach the network, or be beyond reading.

It looks at the pieces of the text before any parser does. The grammar that follows is more lenient than the standard
about where one word ends and the next begins, so in doubt this refuses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urljoin, urlsplit

from dualuse.errors import QueryError
from dualuse.namespaces import GRAPH, PREFIXES
from dualuse.store.text import Token, tokens

MOST_NESTED = 64
"""Brackets within brackets; parsers call themselves for each and run out of room."""
MOST_PARTS = 1_000
"""Operators and clauses, which are nested in one another once read."""
MOST_CHARACTERS = 500_000
_MOST_DIGITS = 18

_CHANGES = {"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"}
_CLAUSES = {"UNION", "OPTIONAL", "MINUS", "FILTER", "BIND", "GRAPH", "SERVICE", "SELECT", "EXISTS", "HAVING"}
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_SURE = re.compile(r"<[A-Za-z][\w+.-]*://")
_TELLING = re.compile(r"[#'()\[\],;!&=?$*+]")
"""What stands in an expression, and in an IRI that is no address seldom or never."""
_MOST_SHOWN = 80


@dataclass(frozen=True)
class _Prologue:
    """What a query declares before it asks, and where in its tokens it begins to."""

    base: str
    prefixes: dict[str, str]
    end: int

    def iri(self, token: Token) -> str:
        """The IRI that a token names, or an empty string."""
        if token.kind == "iri":
            return urljoin(self.base, _iri(token))
        prefix, _, local = token.text.partition(":")
        return self.prefixes.get(prefix, "") + local.replace("\\", "") if token.kind == "name" else ""


def check(query: str, allow_service: Sequence[str] | None = (), prefixes: Mapping[str, str] = PREFIXES) -> None:
    """Refuse a query that is no plain question to this graph.

    Args:
        allow_service: Hosts, each with or without a port, that ``SERVICE`` may ask; None where nobody can allow any.
        prefixes: Those that need not be declared.

    Raises:
        QueryError: what it may not do, and what to do instead.
    """
    if len(query) > MOST_CHARACTERS:
        raise QueryError(f"the query has {len(query):,} characters; at most {MOST_CHARACTERS:,} are read")
    # some servers put characters in the place of \\u escapes before they read anything: look at both readings
    for text in dict.fromkeys((query, _ESCAPE.sub(_unescaped, query))):
        pieces = list(tokens(text))
        _check_iris(pieces)
        _check_size(pieces)
        prologue = _prologue(pieces, prefixes)
        _check_reading(pieces, prologue)
        _check_services(pieces, prologue, allow_service)
        _check_prefixes(pieces, prologue)


def _unescaped(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code < 0x110000 else match[0]


def _check_size(pieces: list[Token]) -> None:
    depth = parts = 0
    for token in pieces:
        if token.kind == "mark":
            depth += (token.text in "{([") - (token.text in "})]")
            parts += token.text in "!|&+-*/^=<>"
        elif token.kind == "word":
            parts += token.text.upper() in _CLAUSES
        elif _is_in_doubt(token):
            parts += sum(map(token.text.count, "-/"))
        if depth > MOST_NESTED:
            raise QueryError(f"the query is nested more than {MOST_NESTED} brackets deep; ask for it in parts")
    if parts > MOST_PARTS:
        raise QueryError(f"the query has {parts:,} operators and clauses; at most {MOST_PARTS:,} are read; use VALUES")


def _prologue(pieces: list[Token], known: Mapping[str, str]) -> _Prologue:
    base, prefixes, at = "", dict(known), 0
    while at < len(pieces) and (word := pieces[at].text.upper()) in ("BASE", "PREFIX"):
        step = 2 if word == "BASE" else 3
        if len(pieces) < at + step or pieces[at + step - 1].kind != "iri":
            break
        iri = urljoin(base, _iri(pieces[at + step - 1]))
        if word == "BASE":
            base = iri
        else:
            prefixes[pieces[at + 1].text.partition(":")[0]] = iri
        at += step
    return _Prologue(base, prefixes, at)


def _iri(token: Token) -> str:
    text = token.text.strip("<>")
    try:
        urlsplit(text)
    except ValueError as error:
        raise QueryError(f"{token.text} is not an address: {error}") from None
    return text


def _check_reading(pieces: list[Token], prologue: _Prologue) -> None:
    if prologue.end == len(pieces):
        raise QueryError("the query is empty; ask with SELECT, ASK, CONSTRUCT or DESCRIBE")
    first = pieces[prologue.end].text.upper()
    if first in _CHANGES:
        raise QueryError(f"{first} is refused: the store is read-only; ask with SELECT, ASK, CONSTRUCT or DESCRIBE")
    for at, token in enumerate(pieces):
        if token.kind == "word" and token.text.upper() == "FROM":
            named = at + 1 < len(pieces) and pieces[at + 1].text.upper() == "NAMED"
            target = pieces[at + 1 + named : at + 2 + named]
            iri = prologue.iri(target[0]) if target else ""
            if iri and not iri.startswith(GRAPH):
                message = f"FROM <{iri}> is refused: the store is read-only and reads no graph but its own (graph:…)"
                raise QueryError(f"{message}; leave FROM out to ask all of them")


def _check_iris(pieces: list[Token]) -> None:
    """A ``<`` that may be an operator or open an IRI could hide what follows: text, or brackets within brackets."""
    for token in pieces:
        if _is_in_doubt(token) and _TELLING.search(token.text):
            shown = token.text if len(token.text) <= _MOST_SHOWN else f"{token.text[:_MOST_SHOWN]}…"
            raise QueryError(f"{shown} can be read in two ways: write a space after <, or the whole IRI")


def _is_in_doubt(token: Token) -> bool:
    """Whether what looks like an IRI may be a comparison: ``<?b && ?c>`` without its spaces."""
    return token.kind == "iri" and not _SURE.match(token.text)


def _check_services(pieces: list[Token], prologue: _Prologue, allowed: Sequence[str] | None) -> None:
    for at in _services(pieces):
        silent = at + 1 < len(pieces) and pieces[at + 1].text.upper() == "SILENT"
        target = pieces[at + 1 + silent : at + 2 + silent]
        iri = prologue.iri(target[0]) if target and pieces[at].text.upper() == "SERVICE" else ""
        place = urlsplit(iri)
        host = (place.hostname or "").lower()
        known = {host, f"{host}:{place.netloc.rpartition(':')[2]}"} if host else set()
        if place.scheme not in ("http", "https") or known.isdisjoint(name.lower() for name in allowed or ()):
            where = host or "a place that the query does not name in full"
            hint = "this server asks no other" if allowed is None else "allow it with --allow-service HOST"
            raise QueryError(f"SERVICE is refused: it would ask {where}; {hint}")


def _services(pieces: list[Token]) -> Iterator[int]:
    """Where a service is asked, or where a lenient grammar could find one."""
    for at, (token, after) in enumerate(pairwise((*pieces, Token("end", "", 0)))):
        text = token.text.upper()
        if "SERVICE" in text if token.kind == "word" else text.startswith("SERVICE") and after.text == "{":
            yield at


def _check_prefixes(pieces: list[Token], prologue: _Prologue) -> None:
    for token in pieces[prologue.end :]:
        prefix = token.text.partition(":")[0]
        if token.kind == "name" and prefix not in prologue.prefixes and prefix != "_":
            raise QueryError(f"prefix {prefix}: is not declared; known: {', '.join(sorted(prologue.prefixes))}")


def limited(query: str, most: int) -> str:
    r"""The query with at most so many solutions.

    Example:
        >>> limited("SELECT ?s { ?s ?p ?o } LIMIT 50 # first", 10)
        'SELECT ?s { ?s ?p ?o } LIMIT 10 # first'
        >>> limited("SELECT ?s { ?s ?p ?o }", 10)
        'SELECT ?s { ?s ?p ?o }\nLIMIT 10\n'
    """
    depth, outside = 0, []
    for token in tokens(query):
        if token.kind == "mark" and token.text in "{}":
            depth += 1 if token.text == "{" else -1
        elif depth == 0:
            outside.append(token)
    for word, number in pairwise(outside):
        if word.text.upper() == "LIMIT" and number.text.isdigit():
            least = min(most, int(number.text)) if len(number.text) <= _MOST_DIGITS else most
            return f"{query[: number.start]}{least}{query[number.start + len(number.text) :]}"
    values = next((token.start for token in outside if token.text.upper() == "VALUES"), len(query))
    return f"{query[:values]}\nLIMIT {most}\n{query[values:]}"
