"""Who of a table of customers is, may be, or is owned by a party on the lists."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from dualuse.card import Card, plain, table, unique
from dualuse.errors import UsageError
from dualuse.lens import Lens
from dualuse.questions.parameters import Arg, AsOf, InLens, Opt, Parameter, several
from dualuse.questions.parts.given import path_or_name
from dualuse.questions.parts.matches import Match
from dualuse.questions.question import Headline, Invocation, Question, Teller, asks
from dualuse.said import phrase
from dualuse.screening.party import ListRead
from dualuse.screening.proof import Proof
from dualuse.show.words import Said, numbered

if TYPE_CHECKING:
    from dualuse.knowledge import Knowledge
    from dualuse.questions.parts.searched import Search
    from dualuse.screening.customers import Customers

MOST_ROWS = 10_000
"""Rows of which a card is made; more go out as CSV."""
_OFTEN = 200
MEANS = phrase("means.screen")


@dataclass(frozen=True)
class Screening:
    """What came of the customers, the proof that they were searched, and the lists in which."""

    means: str
    counts: Mapping[str, int]
    proof: Proof
    matches: Sequence[Match] = table(whole=True)
    lists: Sequence[ListRead] = table()


def screen(
    knowledge: Knowledge,
    customers: Annotated[Path | str, Arg("CUSTOMERS", sent=(".csv", ".xlsx", ".parquet"))],
    *,
    lists: Annotated[
        Sequence[str | Path],
        Opt(
            "List to search: record, a feed that is loaded, or a file of one; may be repeated.",
            metavar="LIST|FILE",
            local=True,
        ),
    ] = (),
    column: Annotated[
        Sequence[str],
        Opt(
            "What a column is: name, id, country, address, identifiers or owners; may be repeated.",
            metavar="ROLE=COLUMN",
        ),
    ] = (),
    limit: Annotated[int, Opt("Most candidates a customer.", low=1, high=100)] = 5,
    time: Annotated[
        str, Opt("When the search is made, for its proof.", metavar="TIME", default="$SOURCE_DATE_EPOCH, else now")
    ] = "",
    as_of: AsOf = None,
    lens: InLens = Lens.CODIFIED,
) -> Card[Screening]:
    """Screen a table of customers against lists of restricted parties, and say why each is matched.

    CUSTOMERS is CSV, XLSX or Parquet. Searched are the curated listings and every list that is loaded, or those
    named. Nobody is cleared: an outcome is hit, possible, not-screened (with the reason) or none-in-these-lists.

    Args:
        customers: Table of customers.
        lists: Lists to search; the record and all that is loaded, if none.
        column: What columns are, where their names do not say so: ``name=Firma``.
        as_of: Day on which listings count.
        lens: A lens, for notices of listings that are suspended and for the 50 % rule.

    Raises:
        UsageError: the table or a list cannot be read, or the table is too long for a card.
        MissingExtraError: what compares names is not installed.
    """
    search, given = _search(knowledge, customers, [str(name) for name in lists], column, limit, as_of, lens)
    found = list(islice(search.run(given), MOST_ROWS + 1))
    if len(found) > MOST_ROWS:
        raise UsageError(f"{given.path}: more than {MOST_ROWS:,} rows; have them as a table: --format csv -o FILE")
    counts: Counter[str] = Counter(each.outcome for each in found)
    return knowledge.card(
        question={
            "command": "screen",
            "customers": given.path.name,
            "lists": [Path(name).name for name in lists],
            "column": list(column),
            "limit": limit,
        },
        as_of=search.day,
        lens=search.lens,
        answer=Screening(
            MEANS,
            _counted(counts),
            _proof(knowledge, given, len(found), time),
            [row for each in found for row in search.rows(each)],
            search.parties.lists,
        ),
        because=unique(search.receipts(found)),
        unknown=(*search.doubts(found), *search.unknown()),
    )


def _search(
    knowledge: Knowledge,
    customers: Path | str,
    lists: Sequence[str],
    column: Sequence[str],
    limit: int,
    as_of: Any,
    lens: Lens | str,
) -> tuple[Search, Customers]:
    from dualuse.questions.parts.searched import Search
    from dualuse.screening.customers import Customers
    from dualuse.screening.parties import Parties

    given = Customers(Path(customers), column)
    parties = Parties.read(knowledge, lists) if lists else knowledge.parties
    return Search(knowledge, parties, knowledge.day(as_of), limit, Lens.parse(lens)), given


def _counted(counts: Mapping[str, int]) -> dict[str, int]:
    from dualuse.screening.screener import OUTCOMES

    return {outcome: counts.get(outcome, 0) for outcome in OUTCOMES}


def _proof(knowledge: Knowledge, given: Customers, rows: int, time: str) -> Proof:
    from dualuse import __version__
    from dualuse.screening.proof import moment
    from dualuse.screening.screener import ALGORITHM

    version = knowledge.version
    record = f"{version.version} {version.sha256}"
    return Proof(given.path.name, given.sha256(), rows, moment(time), __version__, ALGORITHM, record)


def _act(asked: Invocation) -> None:
    """Ask and show; as CSV row by row, so that memory does not grow with the table."""
    proof: Path | None = asked.extra["proof"]
    if asked.form == "csv":
        told = _stream(asked)
    else:
        card = asked.card()
        asked.show(card)
        told = plain({"proof": card.answer.proof, "lists": card.answer.lists, "counts": card.answer.counts})
    if proof is not None:
        asked.write((json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode(), proof)


def _stream(asked: Invocation) -> dict[str, Any]:
    """Write the rows as they come; what was searched is said beside them."""
    from dualuse.screening.proof import moment
    from dualuse.show.delimited import write_csv

    values, knowledge = asked.values, asked.open()
    names = ("customers", "lists", "column", "limit", "as_of", "lens")
    search, given = _search(knowledge, *(values[name] for name in names))
    moment(values["time"])
    counts: Counter[str] = Counter()

    def rows() -> Iterator[Match]:
        with asked.reading(given.path.name) as tell:
            for found in search.run(given):
                counts[found.outcome] += 1
                if counts.total() % _OFTEN == 0:
                    tell(0.0, counts.total())
                yield from search.rows(found)

    with asked.stream() as stream:
        write_csv(stream, COLUMNS, map(plain, rows()))
    proof = _proof(knowledge, given, counts.total(), values["time"])
    told = plain({"proof": proof, "lists": search.parties.lists, "counts": _counted(counts)})
    asked.say(f"{counts.total():,} rows: {', '.join(f'{n:,} {each}' for each, n in _counted(counts).items())}")
    for each in search.parties.lists:
        asked.say(
            f"searched: {each.title} ({each.name}), {each.parties:,} parties, had on {each.retrieved}, {each.sha256}"
        )
    asked.say(f"input: {proof.sha256}, {proof.algorithm} of dualuse {proof.dualuse}, {proof.time}")
    for gap in search.unknown():
        asked.say(f"unknown: {gap.what}: {gap.why_it_matters}")
    return dict(told)


def _settle(values: Mapping[str, Any]) -> dict[str, Any]:
    """Files as such, and the time of the search."""
    from dualuse.screening.proof import moment
    from dualuse.screening.sources import RECORD

    lists = [name if name == RECORD else path_or_name(name) for name in several(values.get("lists", ()))]
    time = moment(values.get("time", ""))
    return {**values, "customers": Path(values["customers"]), "lists": lists, "time": time}


COLUMNS = tuple(name for name in Match.__dataclass_fields__)
"""Columns of the rows as CSV."""

_ASKED = Said("Who in {customers} is on the lists?", "{customers} 中哪些在名單上？", "{customers} 中哪些在名单上？")
_HITS = Said("{n} on the lists", "{n} 筆在名單上", "{n} 笔在名单上")
_MAYBE = Said("{n} may be on the lists", "{n} 筆可能在名單上", "{n} 笔可能在名单上")
_NONE = Said("Nothing found in these lists", "在這些名單中未有發現", "在这些名单中未有发现")
_REST = Said(
    "{rows} rows: {hit} hits, {possible} possible, {unscreened} not screened, {none} with nothing in these lists.",
    "共 {rows} 列：命中 {hit}，可能 {possible}，未能篩查 {unscreened}，在這些名單中未有發現 {none}。",
    "共 {rows} 行：命中 {hit}，可能 {possible}，未能筛查 {unscreened}，在这些名单中未有发现 {none}。",
)


def _headline(told: Teller[Screening]) -> Headline:
    counts = told.answer.counts
    rest = _REST.fill(
        rows=f"{sum(counts.values()):,}",
        hit=f"{counts['hit']:,}",
        possible=f"{counts['possible']:,}",
        unscreened=f"{counts['not-screened']:,}",
        none=f"{counts['none-in-these-lists']:,}",
    )
    if counts["hit"]:
        return Headline(numbered(counts["hit"], _HITS, _HITS), rest, "no", ("counts",))
    if counts["possible"] or counts["not-screened"]:
        return Headline(numbered(counts["possible"], _MAYBE, _MAYBE), rest, "open", ("counts",))
    return Headline(_NONE, rest, "plain", ("counts",))


QUESTION = Question(
    screen,
    asks({("customers",): _ASKED}),
    _headline,
    examples=(
        "customers.csv",
        "customers.xlsx --column name=Firma --lists record --lists consolidated.csv --as-of 2026-11-20",
        "customers.csv --format csv -o matches.csv --proof proof.json",
    ),
    also=(
        Parameter(
            "proof",
            Opt("Write what was searched, and when, as JSON.", metavar="FILE"),
            Path,
            several=False,
            default=None,
        ),
    ),
    act=_act,
    settle=_settle,
)
