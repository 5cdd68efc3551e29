"""Whom a measure changes, or which measures change a party or a place: decisions with it beside those without it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args

from dualuse.card import Card, Fold, aside, table
from dualuse.errors import UsageError
from dualuse.lens import Lens
from dualuse.node import PARTIES, Node
from dualuse.questions.connected import BY_CHANNEL, Reached, connected
from dualuse.questions.parameters import AsOf, InLens, Opt, must_be_among, several
from dualuse.questions.parts.difference_rows import Changes, Difference, PartyChanged
from dualuse.questions.parts.effects_compared import PartySideBySide, SideBySide
from dualuse.questions.parts.measures import find_measure, inoperative
from dualuse.questions.parts.tables import TIES, tell_ties
from dualuse.questions.question import Headline, Invocation, Question, Teller, asks
from dualuse.show.words import Said, join, numbered

if TYPE_CHECKING:
    from dualuse.analyse.timeline import State
    from dualuse.knowledge import Knowledge
    from dualuse.questions.parts.differences import Differences

EffectKind = Literal["barred", "licence-needed", "capped", "excepted", "duty", "relieved", "uncertain"]
"""Kinds of effect that can be asked for, the heaviest first."""
Role = Literal["listed", "captured", "seller", "buyer", "site", "supplier"]
"""How a party can stand to what changes."""


@dataclass(frozen=True, kw_only=True)
class Since:
    """What a measure changes from a day on: destinations, in all and by kind of effect, and those that turned."""

    since: date
    destinations: int
    kinds: Mapping[str, int]
    turned: Sequence[str]
    where: str = aside("")

    def seen(self) -> dict[str, Any]:
        """The state as people read it."""
        return {"since": self.since, "destinations": self.destinations, "kinds": self.kinds, "turned": self.where}


@dataclass(frozen=True)
class Affected:
    """Destinations and parties that fare otherwise; where nothing is decided, parties in reach along sourced edges."""

    states: Sequence[Since] | None = table(optional=True)
    compared: Sequence[SideBySide] | None = table(optional=True)
    parties_compared: Sequence[PartySideBySide] | None = table(optional=True)
    differences: Sequence[Difference] | None = table(
        optional=True, fold=Fold(("effect",), names=("goods", "places"), order=get_args(EffectKind))
    )
    parties: Sequence[PartyChanged] | None = table(
        optional=True, fold=Fold(("role", "effect"), names=("party",), order=get_args(Role))
    )
    in_reach: Sequence[Reached] | None = table(optional=True, view="steps", fold=BY_CHANNEL)


def affected(
    knowledge: Knowledge,
    *,
    by: Annotated[
        Sequence[str],
        Opt(
            "Instrument, or one measure of it, by key or title; may be repeated.",
            metavar="MEASURE[,MEASURE]",
            commas=True,
        ),
    ] = (),
    party: Annotated[str | None, Opt("Organisation or place by key, code or name.", metavar="PARTY")] = None,
    effects: Annotated[Sequence[EffectKind | str], Opt("Keep only these kinds of effect.", flag="--effect")] = (),
    roles: Annotated[Sequence[Role | str], Opt("Keep only parties in these roles.", flag="--role")] = (),
    compare: Annotated[
        Sequence[str], Opt("Two measures side by side: whom each changes.", metavar="FIRST SECOND", pair=True)
    ] = (),
    timeline: Annotated[bool, Opt("What one measure changes as rules come and go, a row a change.")] = False,
    every: Annotated[bool, Opt("Tables: every row and receipt, not one screen.", flag="--all")] = False,
    as_of: AsOf = None,
    lens: InLens = Lens.CODIFIED,
) -> Card[Affected]:
    """Tell whom a measure changes, or which measures change a party or a place.

    Changed is what comes out otherwise of ``check`` with the measure in the law and without it. Whom it can reach
    along sourced edges is more: see ``connected``; that is told here where no rule of decision says what changes.

    Args:
        party: An organisation or a place; then *by* may be empty, which means every instrument with rules.
        timeline: Whether what one measure of *by* changes is told day by day, up to *as_of*: destinations alone.

    Raises:
        UsageError: neither *by* nor *party* was given, something stands beside *compare*, or a kind of effect or a
            role is unknown.
        UnknownNameError: a name is not in the graph.
    """
    from dualuse.model.read import query
    from dualuse.model.rules import DecisionRule
    from dualuse.questions.parts.differences import Differences, nothing

    if compare:
        if by or party or effects or roles or len(compare) != 2:
            raise UsageError("--compare takes two measures and stands alone: leave --by, --party and what is kept out")
        return _compared(knowledge, compare, every, knowledge.day(as_of), Lens.parse(lens))
    if timeline:
        if len(several(by)) != 1 or party is not None or effects or roles:
            raise UsageError("--timeline takes one measure of --by and nothing beside it")
        return _timeline(knowledge, several(by)[0], knowledge.day(as_of), Lens.parse(lens))
    if not by and party is None:
        raise UsageError("say which measure (--by) or which party (--party)")
    must_be_among("kind of effect", effects, EffectKind)
    must_be_among("role", roles, Role)
    day, through = knowledge.day(as_of), Lens.parse(lens)
    wanted = None if party is None else Node(*knowledge.names.find_any(PARTIES, party))
    asked = list(dict.fromkeys(find_measure(knowledge, given) for given in several(by)))
    differences = Differences(knowledge, day, through)
    differences.judged = asked or differences.that_may_matter(wanted)
    found = [differences.of(node, wanted) for node in differences.judged]
    if not asked:
        found = sorted((each for each in found if each.patterns or each.hit), key=lambda each: each.order)
    kept = [_kept(each, effects, roles) for each in found]
    told = differences.told(kept, several=len(asked) != 1)
    gaps = inoperative(knowledge, differences.network, asked)
    reached = None
    if asked and not (told.rows or told.parties) and not (effects or roles):
        gaps += [nothing(knowledge, node, each, day, through) for node, each in zip(asked, kept, strict=True)]
        reached = connected(knowledge, by=by, party=party, as_of=day, lens=through)
        gaps += [gap for gap in reached.unknown if gap not in gaps]
    return knowledge.card(
        question={
            "command": "affected",
            "by": [node.key for node in asked],
            "party": wanted,
            "effects": list(effects),
            "roles": list(roles),
            "all": every,
        },
        as_of=day,
        lens=through,
        answer=Affected(
            differences=told.rows if wanted is None or wanted.kind == "place" else None,
            parties=told.parties if wanted is None or wanted.kind != "place" else None,
            in_reach=None if reached is None else reached.answer.connected,
        ),
        because=told.receipts if reached is None else reached.because,
        unknown=(*gaps, *told.unknown),
        query=query(DecisionRule),
    )


def _compared(knowledge: Knowledge, pair: Sequence[str], every: bool, day: date, lens: Lens) -> Card[Affected]:
    """Two measures, each against the law without it, side by side."""
    from dualuse.model.read import query
    from dualuse.model.rules import DecisionRule
    from dualuse.questions.parts.differences import Differences, nothing
    from dualuse.questions.parts.effects_compared import parties_side_by_side, side_by_side

    nodes = [find_measure(knowledge, given) for given in pair]
    differences = Differences(knowledge, day, lens)
    differences.judged = nodes
    one, two = (differences.of(node) for node in nodes)
    gaps = inoperative(knowledge, differences.network, nodes)
    gaps += [
        nothing(knowledge, node, each, day, lens)
        for node, each in zip(nodes, (one, two), strict=True)
        if not each.patterns and not each.hit
    ]
    return knowledge.card(
        question={"command": "affected", "compare": [node.key for node in nodes], "all": every},
        as_of=day,
        lens=lens,
        answer=Affected(
            compared=side_by_side(one, two, differences.destinations),
            parties_compared=parties_side_by_side(one, two, differences.network),
        ),
        because=differences.told([one, two]).receipts,
        unknown=(*gaps, *differences.unknown([one, two])),
        query=query(DecisionRule),
    )


def _timeline(knowledge: Knowledge, given: str, day: date, lens: Lens) -> Card[Affected]:
    """What one measure changes as rules come and go."""
    from dualuse.analyse.timeline import timeline as states_of
    from dualuse.model.read import query
    from dualuse.model.rules import DecisionRule
    from dualuse.questions.parts.differences import Differences, nothing

    node = find_measure(knowledge, given)
    differences = Differences(knowledge, day, lens)
    differences.judged = [node]
    compared = differences.compared(node)
    states = list(states_of(compared.law, compared.other, differences.places, lens, day))
    last = Changes(node, states[-1].patterns if states else (), (), bool(states), {})
    return knowledge.card(
        question={"command": "affected", "by": [node.key], "timeline": True},
        as_of=day,
        lens=lens,
        answer=Affected(states=[_since(state, differences) for state in states]),
        because=differences.told([last]).receipts,
        unknown=() if states else (nothing(knowledge, node, last, day, lens),),
        query=query(DecisionRule),
    )


def _since(state: State, differences: Differences) -> Since:
    kinds: dict[str, set[str]] = {kind: set() for kind in _KINDS}
    for pattern in state.patterns:
        kinds[pattern.effect.kind] |= {*pattern.places}
    return Since(
        since=state.since,
        destinations=len({place for places in kinds.values() for place in places}),
        kinds={kind: len(places) for kind, places in kinds.items() if places},
        turned=state.turned,
        where=differences.destinations.told(state.turned),
    )


def _kept(found: Changes, effects: Sequence[str], roles: Sequence[str]) -> Changes:
    """The changes of some kinds, for parties in some roles."""
    patterns = [each for each in found.patterns if not effects or each.effect.kind in effects]
    hit = [each for each in found.hit if (not effects or each.kind in effects) and (not roles or each.role in roles)]
    return replace(found, patterns=tuple(patterns), hit=tuple(hit))


_ASKED = {
    (): Said("Who is affected?", "哪些對象受影響？", "哪些对象受影响？"),
    ("compare",): Said(
        "What do these change: {compare}?", "兩者各改變了什麼：{compare}？", "两者各改变了什么：{compare}？"
    ),
    ("by", "timeline"): Said(
        "What does “{by}” change as rules come and go?",
        "「{by}」隨規則更迭改變了什麼？",
        "“{by}”随规则更迭改变了什么？",
    ),
    ("by",): Said("Whom does “{by}” change?", "「{by}」改變了哪些對象的處境？", "“{by}”改变了哪些对象的处境？"),
    ("party",): Said(
        "Which measures change {party}?", "哪些措施改變了{party}的處境？", "哪些措施改变了{party}的处境？"
    ),
    ("by", "party"): Said(
        "What does “{by}” change for {party}?", "「{by}」為{party}改變了什麼？", "“{by}”为{party}改变了什么？"
    ),
}
_UNDECIDED = Said("Not decided by rules on record", "紀錄中的規則無從判定", "记录中的规则无从判定")
_REACHED = (
    Said("1 party is in reach along sourced edges", "沿有據的關聯可及 1 個對象", "沿有据的关联可及 1 个对象"),
    Said("{n} parties are in reach along sourced edges", "沿有據的關聯可及 {n} 個對象", "沿有据的关联可及 {n} 个对象"),
)
_NOTHING = Said("Nothing on record changes", "紀錄中無任何改變", "记录中无任何改变")
_PLACES = (
    Said("1 destination fares otherwise", "1 個目的地結果不同", "1 个目的地结果不同"),
    Said("{n} destinations fare otherwise", "{n} 個目的地結果不同", "{n} 个目的地结果不同"),
)
_PARTIES = (
    Said("1 party with ties that change", "1 方的往來改變", "1 方的往来改变"),
    Said("{n} parties with ties that change", "{n} 方的往來改變", "{n} 方的往来改变"),
)
_MEASURES = (
    Said("1 instrument changes it", "1 項文件改變其處境", "1 项文件改变其处境"),
    Said("{n} instruments change it", "{n} 項文件改變其處境", "{n} 项文件改变其处境"),
)
_OF = Said("{kind}: {n}", "{kind}：{n}", "{kind}：{n}")


def _headline(told: Teller[Affected]) -> Headline:
    if told.answer.states is not None:
        return Headline(numbered(len(told.answer.states), *_STATES))
    if told.answer.compared is not None or told.answer.parties_compared is not None:
        return _headline_compared(told)
    if told.answer.in_reach:
        reached = len({row.id for row in told.answer.in_reach})
        return Headline(_UNDECIDED, numbered(reached, *_REACHED))
    rows: list[Difference | PartyChanged] = [*(told.answer.differences or ()), *(told.answer.parties or ())]
    if not rows:
        return Headline(_NOTHING)
    if told.card.question["party"]:
        measures = _by_kind(told, ((row.effect, [row.by]) for row in rows))
        return Headline(numbered(len({row.by for row in rows}), *_MEASURES), measures)
    places = {place for row in told.answer.differences or () for place in row.places}
    by_place = ((row.effect, row.places) for row in told.answer.differences or ())
    by_party = ((row.effect, [row.id]) for row in told.answer.parties or ())
    detail = _by_kind(told, by_place if places else by_party)
    parties = {row.id for row in told.answer.parties or ()}
    said = [numbered(len(places), *_PLACES)] if places else []
    said += [numbered(len(parties), *_PARTIES)] if parties else []
    return Headline(said[0], join([detail, *said[1:]], between="; ", han="；"))


def _by_kind(told: Teller[Affected], changed: Iterable[tuple[str, Sequence[object]]]) -> Said:
    """How many each kind of effect changes, the heaviest first; one may be changed in several ways."""
    found: dict[str, set[object]] = {kind: set() for kind in _KINDS}
    for kind, each in changed:
        found[kind] |= {*each}
    return join(_OF.fill(kind=told.name("effect", kind), n=len(found[kind])) for kind in _KINDS if found[kind])


_KINDS: tuple[str, ...] = get_args(EffectKind)
_STATES = (
    Said("1 state", "1 種狀態", "1 种状态"),
    Said("{n} states, one after another", "先後 {n} 種狀態", "先后 {n} 种状态"),
)
_ADDED = (
    Said("The second changes 1 more destination", "後者另改變 1 個目的地", "后者另改变 1 个目的地"),
    Said("The second changes {n} more destinations", "後者另改變 {n} 個目的地", "后者另改变 {n} 个目的地"),
)
_BOTH = (
    Said("1 destination is changed by both", "1 個目的地為兩者所改變", "1 个目的地为两者所改变"),
    Said("{n} destinations are changed by both", "{n} 個目的地為兩者所改變", "{n} 个目的地为两者所改变"),
)


def _headline_compared(told: Teller[Affected]) -> Headline:
    """How many destinations the second measure adds, and how many both change."""
    rows = told.answer.compared or ()
    first, second = (
        {place for row in rows if getattr(row, which) != "none" for place in row.places}
        for which in ("first", "second")
    )
    return Headline(numbered(len(second - first), *_ADDED), numbered(len(first & second), *_BOTH))


def _act(asked: Invocation) -> None:
    """Tell whom a measure changes, or what it does to each tie of a table."""
    if asked.extra["ties"] is None:
        if asked.extra["into"] is not None or asked.extra["engine"] != "native":
            raise UsageError("--engine and --into are for a table of ties; give one with --ties FILE")
        asked.show(asked.card())
        return
    values, measures = asked.values, several(asked.values["by"])
    if len(measures) != 1 or any(values[name] for name in ("party", "effects", "roles", "compare", "timeline")):
        raise UsageError("--ties takes one measure of --by, a day and a lens, and nothing beside them")
    tell_ties(asked, measures[0])


QUESTION = Question(
    affected,
    asks(_ASKED),
    _headline,
    examples=(
        "--by us-ai-diffusion-ifr-2025-01 --as-of 2025-06-01",
        "--party NVIDIA --as-of 2025-06-01",
        "--party CH --as-of 2025-06-01",
        "--by us-h20-is-informed-2025-04 --ties ties.parquet --as-of 2025-06-01 -o effects.csv",
        "--by us-h20-is-informed-2025-04 --ties ties/ --engine spark --into effects/ --as-of 2025-06-01",
        "--by us-ai-diffusion-ifr-2025-01 --timeline",
        "--compare us-acs-ifr-2023-10 us-ai-diffusion-ifr-2025-01 --as-of 2025-06-01",
    ),
    also=TIES,
    act=_act,
)
