"""What an engine finds when a 50 % rule is applied to the holdings of the graph or of a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dualuse.card import Receipt, Unknown
from dualuse.errors import UsageError
from dualuse.ownership.book import Stake, Table
from dualuse.ownership.files import Progress, quiet
from dualuse.ownership.findings import MOST, Findings
from dualuse.ownership.graph import GraphHoldings, Listings, read_holdings, read_listings
from dualuse.ownership.matching import SLIPS_UP_TO, Matched, match
from dualuse.ownership.outcome import Outcome
from dualuse.ownership.read import read_edges, read_listed
from dualuse.ownership.records import OwnershipRule
from dualuse.ownership.settling import settle
from dualuse.ownership.shares import percent
from dualuse.said import Phrase, phrase, sentence

if TYPE_CHECKING:
    from dualuse.knowledge import Knowledge


@dataclass(frozen=True)
class Given:
    """What the rule is applied to, and how.

    Args:
        edges: File of holdings, for the spark engine also a folder or an address; those of the graph if None.
        listed: File of listed parties; those of the graph if None.
        engine: ``native`` or ``spark``.
        limit: Most parties to give when none is asked for; 0 for all.
        progress: Told how far a file is read.
    """

    edges: Path | str | None
    listed: Path | None
    engine: str
    limit: int
    progress: Progress | None


@dataclass
class Found:
    """What an engine found, in rows."""

    counts: dict[str, int]
    rows: list[dict[str, Any]]
    findings: Findings
    receipts: list[Receipt] = field(default_factory=list)
    unknown: list[Unknown] = field(default_factory=list)


def apply(knowledge: Knowledge, rule: OwnershipRule, day: date, given: Given, keys: Sequence[str]) -> Found:
    """Apply a rule on a day, for some parties or for everyone who is not clear.

    Raises:
        UsageError: a file cannot be read, or nobody is on the lists of the rule.
        UnknownNameError: a party is not known.
        MissingExtraError: the engine or the reader is not installed.
    """
    findings = Findings()
    listings = _listings(knowledge, rule, day, given, findings)
    engine = _spark if given.engine == "spark" else _native
    found = engine(knowledge, rule, day, given, list(keys), listings)
    findings.merge(found.findings)
    found.findings = findings
    found.unknown += _limits(rule, listings, given)
    return found


def _listings(knowledge: Knowledge, rule: OwnershipRule, day: date, given: Given, findings: Findings) -> Listings:
    """Parties on the lists of a rule: of the file if one is given, else of the graph."""
    lists = [one.key for one in rule.lists]
    if given.listed is not None:
        named = read_listed(given.listed, lists, findings)
        return Listings({name: [] for name in named}, {}, frozenset(lists))
    found = read_listings(knowledge.store, day, lists, findings, knowledge.registry)
    if not found.lists & set(lists):
        names = ", ".join(one.key for one in rule.lists)
        raise UsageError(f"the graph has nobody on {names}; give the listed parties with --listed FILE (column: party)")
    return found


def known_names(knowledge: Knowledge) -> dict[str, list[str]]:
    """Names of every organisation of the graph, by key."""
    found: dict[str, list[str]] = {}
    for name, keys in knowledge.names.by_kind["organisation"].items():
        for key in keys:
            found.setdefault(key, []).append(name)
    return found


def _native(
    knowledge: Knowledge, rule: OwnershipRule, day: date, given: Given, keys: list[str], listings: Listings
) -> Found:
    graph: GraphHoldings | None = None
    if given.edges is None:
        graph = read_holdings(knowledge.store, day, keys, knowledge.registry)
        table = graph.table
    else:
        table = read_edges(Path(given.edges), day, progress=given.progress or quiet)
    matched = Matched(table, {}, ())
    if given.edges is not None or given.listed is not None:
        matched = match(table, [*listings.sure, *listings.doubtful], known_names(knowledge), keys)
        listings = listings.renamed(matched.called)
        table = matched.table
    outcome = settle(matched, sorted(listings.sure), sorted(listings.doubtful), rule.threshold)
    if outcome.strangers and (given.edges is not None or given.listed is not None):
        for name in outcome.strangers[:MOST]:
            outcome.findings.add("listed-elsewhere", name, "it is neither owner nor owned in the holdings")
        outcome.findings.count("listed-elsewhere", len(outcome.strangers) - MOST)
    shown = [outcome.number(matched.called.get(key, key)) for key in keys] or outcome.restricted(given.limit)
    rows = [outcome.row(number) for number in shown]
    if graph is not None:
        rows = [
            {"party": row["party"], "name": knowledge.names.label("organisation", row["party"]), **row} for row in rows
        ]
    receipt = _stake_receipt(outcome, table, graph, "" if given.edges is None else Path(given.edges).name)
    found = Found(outcome.counts, rows, outcome.findings)
    for number in shown:
        found.receipts += _receipts(outcome, number, listings, receipt)
    if graph is not None and graph.undated:
        seen = phrase("held.seen", first=graph.seen[0], last=graph.seen[1]) if graph.seen[0] else ""
        what = phrase("held.dates_of", n=graph.undated, all=len(table.owner), seen=seen)
        found.unknown.append(Unknown(what, phrase("held.every_day")))
    if not matched.slips:
        found.unknown.append(_not_sought(f"more than {SLIPS_UP_TO:,}"))
    left = sum(outcome.counts.values()) - outcome.counts["clear"] - len(shown)
    if left and not keys:
        found.unknown.append(_cut(left))
    return found


def _receipts(
    outcome: Outcome, number: int, listings: Listings, receipt: Callable[[int, Stake], Receipt | None]
) -> list[Receipt]:
    """What one party's row rests on: its own listing, its owners' listings, and their stakes."""
    stakes = outcome.through(number)
    on_list = [outcome.names[party] for party in (number, *(stake.party for stake in stakes))]
    found = [one for name in on_list for one in (*listings.sure.get(name, ()), *listings.doubtful.get(name, ()))]
    return found + [one for stake in stakes if (one := receipt(number, stake)) is not None]


def _stake_receipt(
    outcome: Outcome, table: Table, graph: GraphHoldings | None, file: str
) -> Callable[[int, Stake], Receipt | None]:
    """How to find the receipt of a stake: in the graph, or the source a row of the file names."""

    def of_graph(party: int, stake: Stake) -> Receipt | None:
        return None if graph is None else graph.receipts[int(table.place[stake.origin])]

    def of_file(party: int, stake: Stake) -> Receipt | None:
        source = int(table.source[stake.origin]) if len(table.source) else -1
        if source < 0:
            return None
        low, high = f"{percent(stake.low):g}", f"{percent(stake.high):g}"
        share = low if low == high else f"{low} to {high}"
        text = f"{outcome.names[stake.party]} holds {share} % of {outcome.names[party]}"
        where = f"{file} row {int(table.place[stake.origin])}"
        return Receipt("", text, where, table.sources[source], "unrated")

    return of_file if graph is None else of_graph


def _spark(
    knowledge: Knowledge, rule: OwnershipRule, day: date, given: Given, keys: list[str], listings: Listings
) -> Found:
    if given.edges is None:
        raise UsageError("--engine spark is for files; give one with --edges FILE")
    from dualuse.spark import session

    with session() as spark:
        from dualuse.ownership.engines.spark_names import match_names, settle_names
        from dualuse.ownership.engines.spark_read import read_edges as read_frame

        frame, others, findings = read_frame(spark, str(given.edges), day)
        named = match_names(frame, others, [*listings.sure, *listings.doubtful], known_names(knowledge), keys)
        listings = listings.renamed(named.called)
        outcome = settle_names(named, sorted(listings.sure), sorted(listings.doubtful), rule.threshold)
        rows, more = outcome.rows([named.called.get(key, key) for key in keys], given.limit)
        findings.merge(outcome.findings)
        found = Found(outcome.counts(), rows, findings)
    found.unknown.append(_not_sought("any number of names"))
    found.unknown.append(Unknown("settles and divest", "the spark engine does not work them out; the native one does"))
    if more:
        found.unknown.append(_cut(more))
    return found


def _not_sought(among: str) -> Unknown:
    return Unknown(phrase("held.differ", among=among), phrase("held.different"))


def _cut(left: int) -> Unknown:
    return Unknown(phrase("held.more", n=f"{left:,}"), phrase("held.cut"))


def _limits(rule: OwnershipRule, listings: Listings, given: Given) -> list[Unknown]:
    """What no answer of this kind can say."""
    gaps = []
    missing = [one.name for one in rule.lists if one.key not in listings.lists]
    if missing and given.listed is None:
        gaps.append(
            Unknown(phrase("held.who_is_on", lists=Phrase.listed(map(sentence, missing))), phrase("held.nobody_on"))
        )
    gaps += [Unknown(sentence(limit), phrase("held.not_alone")) for limit in rule.limits]
    gaps.append(Unknown(phrase("held.unrecorded"), phrase("held.given")))
    gaps.append(Unknown(phrase("held.equity"), phrase("held.as_source")))
    return gaps
