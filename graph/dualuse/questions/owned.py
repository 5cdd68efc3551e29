"""Who is listed, captured, possibly captured or clear under a 50 % rule, and through whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args

from dualuse.card import Card, optional, table, unique
from dualuse.errors import UsageError
from dualuse.lens import Lens
from dualuse.questions.parameters import Arg, AsOf, InLens, InPython, Opt
from dualuse.questions.parts.amounts import Interval
from dualuse.questions.parts.given import path_or_name
from dualuse.questions.question import Headline, Invocation, Question, Teller, asks
from dualuse.show.words import Said, capital, join, numbered

if TYPE_CHECKING:
    from dualuse.knowledge import Knowledge

Engine = Literal["native", "spark"]
"""What works it out."""


@dataclass(frozen=True)
class Reading:
    """One way to read the record on whether the rule is in force."""

    status: str
    why: str
    on: Sequence[str]


@dataclass(frozen=True)
class Rule:
    """The rule, and where it stands on the day."""

    key: str
    title: str
    citation: str
    threshold: float
    status: str
    readings: Sequence[Reading] | None


@dataclass(frozen=True)
class Owner:
    """An owner that counts, or may count, and what it holds, in percent."""

    owner: str
    result: str
    min: float
    max: float


@dataclass(frozen=True)
class Holding:
    """A holding whose share is not known, and the share from which it captures."""

    owner: str
    owned: str
    min: float
    max: float
    captures_from: float | None


@dataclass(frozen=True)
class Settles:
    """What would settle an open result: what is missing to capture, and which holdings and listings could bring it."""

    missing: float
    holdings: Sequence[Holding]
    listings: Sequence[str] | None
    more: int | None


@dataclass(frozen=True)
class Bounds:
    """A share in percent; its least is None where none is known."""

    min: float | None
    max: float


@dataclass(frozen=True)
class Held:
    """A stake that could be sold."""

    owner: str
    min: float
    max: float


@dataclass(frozen=True)
class Divest:
    """How much would have to be sold to be free, and whose stakes."""

    more_than: Bounds
    stakes: Sequence[Held]
    method: str


@dataclass(frozen=True, kw_only=True)
class Party:
    """A party: its result, the share held in sum, through whom, and what would settle or undo it."""

    party: str
    name: str | None = optional()
    result: str
    share: Interval
    through: Sequence[Owner]
    settles: Settles | None
    divest: Divest | None


@dataclass(frozen=True)
class Finding:
    """Something odd in the holdings, and what was done about it."""

    kind: str
    where: str
    message: str


@dataclass(frozen=True)
class Owned:
    """The rule, how many parties have which result, the parties asked for, and what is odd."""

    rule: Rule
    counts: Mapping[str, int]
    parties: Sequence[Party] = table()
    findings: Sequence[Finding] = table()


def owned(
    knowledge: Knowledge,
    *parties: Annotated[str, Arg("[PARTY]...")],
    rule: Annotated[str, Opt("The rule: bis-affiliates, ofac-50 or cn-61-50.", metavar="KEY")] = "bis-affiliates",
    edges: Annotated[
        str | Path | None,
        Opt(
            "Holdings, .csv or .parquet: owner, owned, share_min, share_max (or percentage)"
            "[, valid_from, valid_to, source].",
            metavar="FILE",
            default="those of the graph",
            local=True,
        ),
    ] = None,
    listed: Annotated[
        Path | None,
        Opt("Listed parties, .csv or .parquet: party[, list].", metavar="FILE", default="those of the graph"),
    ] = None,
    engine: Annotated[Engine | str, Opt("Spark is for edge files larger than one machine.", local=True)] = "native",
    limit: Annotated[int, Opt("Most parties to give when none is named; 0 for all.", low=0)] = 1000,
    progress: Annotated[Callable[[float, int], None] | None, InPython()] = None,
    as_of: AsOf = None,
    lens: InLens = Lens.CODIFIED,
) -> Card[Owned]:
    """Apply a 50 % rule: who is listed, captured, possibly captured or clear, and through whom.

    PARTY is a key or a name; none means everyone who is not clear. A party is captured when owners that are listed
    or captured hold 50 % or more of it in sum; each counts with its full share, and shares are not multiplied.

    Args:
        parties: Parties to answer for, by key or name; none means everyone who is not clear.
        edges: File of holdings, for the spark engine also a folder or an address; those of the graph if not given.
        listed: File of listed parties; those of the graph if not given.
        progress: Told how far a file is read: the part of it, from 0 to 1, and how many rows.

    Raises:
        UsageError: no such engine, a file cannot be read, or nobody is on the lists of the rule.
        UnknownNameError: a party or the rule is not known.
        MissingExtraError: the engine or the reader is not installed.
    """
    from dualuse.ownership.graph import HOLDINGS_QUERY
    from dualuse.ownership.records import find_rule
    from dualuse.ownership.standing import standing
    from dualuse.questions.parts.stakes import Given, apply

    if engine not in get_args(Engine):
        raise UsageError(f"no engine {engine!r}; known: {', '.join(get_args(Engine))}")
    day, through, applied = knowledge.day(as_of), Lens.parse(lens), find_rule(rule)
    law = standing(knowledge.store, applied, day, through, knowledge.version.known_on)
    keys = [knowledge.names.key("organisation", p) for p in parties] if edges is None else list(parties)
    found = apply(knowledge, applied, day, Given(edges, listed, engine, limit, progress), keys)
    readings = [Reading(**reading) for reading in law.readings] or None
    return knowledge.card(
        question={
            "command": "owned",
            "parties": keys,
            "rule": rule,
            "edges": None if edges is None else str(edges),
            "listed": None if listed is None else str(listed),
            "engine": engine,
        },
        as_of=day,
        lens=through,
        answer=Owned(
            Rule(rule, applied.title.en, applied.citation, applied.threshold, law.status, readings),
            found.counts,
            parties=[_party(row) for row in found.rows],
            findings=[Finding(**row) for row in found.findings.rows()],
        ),
        because=unique((*law.receipts, *found.receipts)),
        unknown=(*law.unknown, *found.unknown),
        query=HOLDINGS_QUERY if edges is None else "",
    )


def _party(row: Mapping[str, Any]) -> Party:
    """What an engine says of a party, as a row."""
    settles, divest = row["settles"], row["divest"]
    if settles is not None:
        settles = Settles(**settles | {"holdings": [Holding(**one) for one in settles["holdings"]]})
    if divest is not None:
        stakes = [Held(**one) for one in divest["stakes"]]
        divest = Divest(Bounds(**divest["more_than"]), stakes, divest["method"])
    return Party(
        party=row["party"],
        name=row.get("name"),
        result=row["result"],
        share=Interval(**row["share"]),
        through=[Owner(**one) for one in row["through"]],
        settles=settles,
        divest=divest,
    )


def _act(asked: Invocation) -> None:
    """Ask, and tell people how far a file of holdings is read."""
    edges = asked.values["edges"]
    if edges is None:
        asked.show(asked.card())
        return
    with asked.reading(Path(edges).name) as progress:
        card = asked.question(asked.open(), asked.values | {"progress": progress})
    asked.show(card)


def _settle(values: Mapping[str, Any]) -> dict[str, Any]:
    """A file of holdings as such; Spark takes addresses too."""
    edges = values.get("edges")
    return {**values, "edges": None if edges is None else path_or_name(edges)}


_WHO = Said("Who is caught by the 50 % rule?", "哪些對象受 50% 規則限制？", "哪些对象受 50% 规则限制？")
_WHETHER = Said(
    "Does the 50 % rule catch {parties}?", "{parties}是否受 50% 規則限制？", "{parties}是否受 50% 规则限制？"
)
_RULE = Said("{rule}: {status}", "{rule}：{status}", "{rule}：{status}")
_CAPTURED = Said("{n} captured through owners", "{n} 個對象因股權受限", "{n} 个对象因股权受限")
_RESULT = Said("{result}: {n}", "{result}：{n}", "{result}：{n}")
_TONES = {"clear": "yes", "possible": "open", "ambiguous": "open"}


def _headline(told: Teller[Owned]) -> Headline:
    answer = told.answer
    detail = _RULE.fill(rule=answer.rule.title, status=told.name("status", answer.rule.status))
    if "parties" in told.asked and len(answer.parties) == 1:
        result = answer.parties[0].result
        return Headline(capital(told.name("result", result)), detail, _TONES.get(result, "no"), ("rule",))
    if "parties" in told.asked:
        results = Counter(row.result for row in answer.parties)
        named = (_RESULT.fill(result=capital(told.name("result", each)), n=n) for each, n in results.items())
        return Headline(join(named), detail, "plain", ("rule",))
    captured = answer.counts.get("captured", 0)
    return Headline(numbered(captured, _CAPTURED, _CAPTURED), detail, "plain", ("rule",))


QUESTION = Question(
    owned,
    asks({(): _WHO, ("parties",): _WHETHER}),
    _headline,
    examples=(
        "nexperia --as-of 2025-10-15",
        "--rule ofac-50 --edges stakes.parquet --listed sdn.csv --format csv -o captured.csv",
    ),
    act=_act,
    settle=_settle,
)
