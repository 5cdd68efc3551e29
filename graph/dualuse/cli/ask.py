"""``sparql`` and ``query``."""

from __future__ import annotations

import csv
import io
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from dualuse.cli.completing import QueryName
from dualuse.cli.options import OneOf, open_for, say, store_option, stream_out, write_out
from dualuse.cli.progress import wait_for
from dualuse.errors import UsageError

if TYPE_CHECKING:
    from dualuse.knowledge import Knowledge
    from dualuse.store.base import Row

_T = TypeVar("_T")
_FORMATS = ["table", "json", "csv", "tsv", "xml", "turtle", "ntriples", "nquads", "trig", "jsonld", "rdfxml"]
_SHORT = 4_096
"""Bytes of an answer that may hold no row."""


@dataclass(frozen=True)
class _Asked:
    """How an answer is to come: its form and file, its time in seconds (0: any), and its most rows (none: all)."""

    form: str | None
    output: Path | None
    force: bool
    timeout: float
    limit_rows: int | None
    since: float = field(default_factory=time.monotonic)
    """When the time began."""

    @property
    def seconds(self) -> float | None:
        """Time that an answer may take."""
        if not self.timeout >= 0:
            raise UsageError(f"--timeout {self.timeout} is no time; give seconds, or 0 for no end")
        return self.timeout or None

    def within(self, work: Callable[[], _T]) -> _T:
        """What some work gives, if it does within what is left of the time."""
        from dualuse.query.limits import within

        return within(self.seconds, work, since=self.since)


def _result_options(command: click.Command) -> click.Command:
    command.params += [
        click.Option(
            ["--timeout"],
            type=click.FloatRange(0, 10**6),
            default=60,
            show_default=True,
            metavar="SECONDS",
            help="End a query that takes longer; 0: never.",
        ),
        click.Option(["--limit-rows"], type=click.IntRange(1), metavar="N", help="Give at most so many rows."),
        click.Option(
            ["-f", "--format", "form"],
            type=OneOf(_FORMATS),
            help="Rows: table, json, csv, tsv, xml. Triples: turtle, ntriples, nquads, trig, jsonld, rdfxml.  "
            "[default: table for rows, turtle for triples]",
        ),
        click.Option(["-o", "--output"], type=click.Path(path_type=Path, dir_okay=False), help="Write to a file."),
        click.Option(["--force"], is_flag=True, help="Overwrite the output file if it is there."),
    ]
    return command


@click.command()
@click.argument("query", required=False)
@click.option(
    "--file", "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Read the query from a file."
)
@click.option(
    "--allow-service", "hosts", multiple=True, metavar="HOST", help="Let SERVICE ask this host; may be repeated."
)
@store_option
def sparql(query: str | None, file: Path | None, hosts: tuple[str, ...], store: str | None, **asked: Any) -> None:
    """Answer a SPARQL query of any form; prefixes need not be declared.

    QUERY is the text, the path of a .rq file, or - for standard input. The store is only read, and no other place is
    asked unless --allow-service names it.

    \b
    Example:
      dualuse sparql "SELECT ?p WHERE { ?a du:assignsTier tier:3 ; du:concernsPlace ?p } LIMIT 5"
      dualuse sparql --file question.rq --format csv -o rows.csv
      echo "DESCRIBE place:CH" | dualuse sparql -
    """
    from dualuse.query.check import check

    text = _text(query, file)
    check(text, hosts)
    wait_for("sparql")
    knowledge = open_for(store)
    how = _Asked(**asked)
    _warn(text, knowledge, how)
    if not _answer(text, knowledge, how):
        _hint(text, knowledge, how)


@click.command()
@click.argument("name", required=False, type=QueryName())
@click.option("--list", "listing", is_flag=True, help="List the named queries and their parameters.")
@click.option("--show", "showing", is_flag=True, help="Print the query, parameters filled in, and do not run it.")
@click.option("--param", "-p", "params", multiple=True, metavar="NAME=VALUE", help="Set a parameter; may be repeated.")
@store_option
def query(
    name: str | None,
    listing: bool,
    showing: bool,
    params: tuple[str, ...],
    store: str | None,
    **given: Any,
) -> None:
    """Answer a named query of the library.

    \b
    Example:
      dualuse query --list
      dualuse query members-of-group -p group=us-d5 -p asOf=2025-01-13
    """
    from dualuse.query.library import load

    if listing or name is None:
        _list_queries()
        return
    named = load(name)
    values = dict(_pair(param) for param in params)
    wait_for("query")
    knowledge = open_for(store)
    asked = _Asked(**given)
    text = asked.within(lambda: named.bind(values, knowledge.names))
    if showing:
        write_out(text.encode("utf-8"), asked.output, asked.force)
        return
    _answer(text, knowledge, asked)


_result_options(sparql)
_result_options(query)


def _text(query: str | None, file: Path | None) -> str:
    from dualuse.query.check import MOST_CHARACTERS
    from dualuse.reading import read_bytes

    if file is not None and query is not None:
        raise UsageError("give the query as text or with --file, not both")
    if file is not None or (query is not None and query.endswith(".rq") and Path(query).is_file()):
        path = file if file is not None else Path(str(query))
        try:
            return read_bytes(path, 4 * MOST_CHARACTERS).decode("utf-8")
        except UnicodeDecodeError as error:
            raise UsageError(f"{path} cannot be read as UTF-8 text: {error}") from None
    if query is None or query == "-":
        if query is None and sys.stdin.isatty():
            raise UsageError("no query: give its text, --file FILE, or - to read standard input")
        try:
            return sys.stdin.read(MOST_CHARACTERS + 1)
        except (OSError, UnicodeDecodeError) as error:
            why = getattr(error, "strerror", None) or error
            raise UsageError(f"standard input cannot be read as text: {why}") from None
    return query


def _pair(param: str) -> tuple[str, str]:
    name, equals, value = param.partition("=")
    if not equals or not name:
        raise UsageError(f"--param {param!r} must be NAME=VALUE")
    return name, value


def _warn(text: str, knowledge: Knowledge, asked: _Asked) -> None:
    from dualuse.query.terms import unknown_terms

    for term, close in asked.within(lambda: unknown_terms(text, knowledge.store)):
        hint = f"; nearest: {', '.join(close)}" if close else ""
        say(f"Warning: the ontology has no term {term}{hint}")


def _hint(text: str, knowledge: Knowledge, asked: _Asked) -> None:
    """Say why a query found nothing, if what is left of its time is enough to tell."""
    from dualuse.errors import QueryError

    with suppress(QueryError):
        for hint in asked.within(lambda: knowledge.hints(text)):
            say(f"Hint: {hint}")


def _answer(text: str, knowledge: Knowledge, asked: _Asked) -> bool:
    """Answer a query; whether it found anything, or may have."""
    from dualuse.harmless import no_formula_in_tsv
    from dualuse.store.text import form as query_form

    shape = query_form(text)
    triples = shape in ("CONSTRUCT", "DESCRIBE")
    if triples and asked.form == "table":
        raise UsageError("triples have no table form; choose turtle, ntriples, nquads, trig, jsonld or rdfxml")
    if shape == "ASK" and asked.form in (None, "table"):
        holds = asked.within(lambda: knowledge.store.ask(text))
        write_out(b"yes\n" if holds else b"no\n", asked.output, asked.force)
    elif shape == "SELECT" and asked.form == "csv":
        return _csv(text, knowledge, asked)
    elif triples or asked.form not in (None, "table"):
        form = asked.form or "turtle"
        limited = text if shape == "ASK" else _limited(text, asked.limit_rows)
        content = asked.within(lambda: knowledge.store.write(limited, form))
        write_out(no_formula_in_tsv(content) if form == "tsv" else content, asked.output, asked.force)
        return shape == "ASK" or _holds_any(content, form)
    else:
        return _rows(text, knowledge, asked)
    return True


def _holds_any(content: bytes, form: str) -> bool:
    """Whether an answer as it is written holds anything; one of some length does."""
    from pyoxigraph import QuerySolutions, parse_query_results

    from dualuse.store.base import RESULT_FORMATS, bound, names_of

    if form not in RESULT_FORMATS or len(content) > _SHORT:
        return content.strip() != b""
    answer = parse_query_results(content, format=RESULT_FORMATS[form])
    if not isinstance(answer, QuerySolutions):
        return True
    rows = _Counted(bound(names_of(answer), answer))
    list(rows)
    return not rows.nothing


class _Counted:
    """Rows as they come, counted."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = rows
        self.count = 0
        self._last: Row = {}

    def __iter__(self) -> Iterator[Row]:
        """The rows."""
        for row in self._rows:
            self.count += 1
            self._last = row
            yield row

    @property
    def nothing(self) -> bool:
        """Whether there was none, or one of noughts alone, which is what counting nothing gives."""
        return self.count == 0 or (self.count == 1 and all(term.value == "0" for term in self._last.values()))


def _csv(text: str, knowledge: Knowledge, asked: _Asked) -> bool:
    """Write rows as they come, as CSV whose cells no spreadsheet takes for formulas; whether there was any."""
    from dualuse.harmless import no_formula
    from dualuse.query.limits import stream_within
    from dualuse.store.base import written

    query = _limited(text, asked.limit_rows)
    names, found = stream_within(asked.seconds, lambda: knowledge.store.stream(query), since=asked.since)
    rows = _Counted(found)
    with stream_out(asked.output, asked.force) as stream:
        out = io.TextIOWrapper(stream, encoding="utf-8", newline="")
        try:
            table = csv.writer(out)
            table.writerow(names)
            table.writerows([no_formula(written(row, name)) for name in names] for row in rows)
        finally:
            out.detach()
    return not rows.nothing


def _limited(text: str, most: int | None) -> str:
    """The query with at most so many solutions; where that can leave some out unseen, it is said."""
    from dualuse.query.check import limited

    if most is None:
        return text
    say(f"At most {most:,} solution{' is' if most == 1 else 's are'} given (--limit-rows)")
    return limited(text, most)


def _rows(text: str, knowledge: Knowledge, asked: _Asked) -> bool:
    """Show rows as they come, and then say how many there were, and whether there are more; whether there was any."""
    from dualuse.namespaces import shorten
    from dualuse.query.check import limited
    from dualuse.query.limits import stream_within
    from dualuse.show.terminal import rows_as_lines

    most = asked.limit_rows
    query = text if most is None else limited(text, most + 1)
    names, found = stream_within(asked.seconds, lambda: knowledge.store.stream(query), since=asked.since)
    rows = _Counted(found)

    def cells() -> Iterator[list[str]]:
        for row in rows:
            if most is not None and rows.count > most:
                return
            yield [shorten(row[name].value) if name in row else "" for name in names]

    with stream_out(asked.output, asked.force, styled=True) as stream:
        for line in rows_as_lines(names, cells(), plain=asked.output is not None):
            stream.write(f"{line}\n".encode())
    if most is not None and rows.count > most:
        click.echo(f"{most:,} row{'' if most == 1 else 's'}, and there are more (--limit-rows)", err=True)
    else:
        click.echo(f"{rows.count:,} row{'' if rows.count == 1 else 's'}", err=True)
    return not rows.nothing


def _list_queries() -> None:
    from dualuse.query.library import load, names

    for name in names():
        named = load(name)
        click.echo(f"{name}: {named.question}")
        for parameter in named.parameters:
            click.echo(f"    {parameter.name} ({parameter.type}): {parameter.help} [default {parameter.default}]")
