"""What a scenario changes, and for whom; or which single change would change most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from dualuse.card import Card, Receipt, Unknown, optional, table
from dualuse.errors import UsageError
from dualuse.lens import Lens
from dualuse.questions.parameters import AsOf, InLens, InPython, Opt
from dualuse.questions.parts.compared import (
    ClaimChanged,
    ExposureChanged,
    PlaceChanged,
    TransactionChanged,
    claims_changed,
    exposures_changed,
    places_changed,
    transactions_changed,
)
from dualuse.questions.parts.difference_rows import Difference, PartyChanged
from dualuse.questions.parts.swept import Progress, Swept
from dualuse.questions.question import Headline, Invocation, Question, Sentence, Teller
from dualuse.said import Named, Phrase, phrase
from dualuse.show.words import Said, join, numbered, word

if TYPE_CHECKING:
    from dualuse.knowledge import Knowledge
    from dualuse.scenario import Edits

DEFAULT_RULE = "us-ai-diffusion-ifr-2025-01"


@dataclass(frozen=True)
class WhatIf:
    """What changes: places, exposures, transactions, claims; or, swept, how much every single change would."""

    scenario: str | None = optional()
    places: Sequence[PlaceChanged] | None = table(optional=True)
    transactions: Sequence[TransactionChanged] | None = table(optional=True)
    differences: Sequence[Difference] | None = table(optional=True)
    parties: Sequence[PartyChanged] | None = table(optional=True)
    claims: Sequence[ClaimChanged] | None = table(optional=True)
    exposures: Sequence[ExposureChanged] | None = table(optional=True)
    moves: Sequence[Swept] | None = table(optional=True)
    measures: Sequence[Swept] | None = table(optional=True)


def whatif(
    knowledge: Knowledge,
    *,
    moves: Annotated[
        Sequence[str], Opt("Move to supp5a, d5, macau-d5 or residual.", flag="--move", metavar="PLACE:GROUP")
    ] = (),
    removed: Annotated[
        Sequence[str], Opt("Take a licence exception away.", flag="--remove-exception", metavar="CODE")
    ] = (),
    thresholds: Annotated[
        Sequence[str], Opt("For example 3a090.a-1/tpp-min=6000.", flag="--set-threshold", metavar="KEY/BOUND=N")
    ] = (),
    parts: Annotated[
        Sequence[str],
        Opt("Take an instrument, or one measure of it, out of the law.", flag="--remove", metavar="MEASURE"),
    ] = (),
    by: Annotated[
        str | None, Opt("Whose exposures to compare.", metavar="MEASURE", default="the January 2025 rule")
    ] = None,
    batch: Annotated[
        Path | None,
        Opt("CSV of transactions to judge before and after; columns as the options of check.", exists=True),
    ] = None,
    sweep: Annotated[
        bool,
        Opt("Rank every move of one country, and every instrument taken away, by whom it changes.", local=True),
    ] = False,
    every: Annotated[bool, Opt("Tables: every row and receipt, not one screen.", flag="--all")] = False,
    progress: Annotated[Progress | None, InPython()] = None,
    edits: Annotated[Edits | None, InPython()] = None,
    transactions: Annotated[Sequence[tuple[str, Any]], InPython()] = (),
    as_of: AsOf = None,
    lens: InLens = Lens.CODIFIED,
) -> Card[WhatIf]:
    """Change a few facts in a copy of the graph and show what follows, and for whom.

    Args:
        moves: Places moved between country groups, ``PLACE:GROUP`` each.
        by: The instrument whose exposures are compared; the January 2025 rule if not given.
        sweep: Whether every move of a single country, and every instrument taken away, is ranked in place of one
            scenario: by the parties that fare otherwise, then by destinations.
        progress: Told what part of a sweep is done, from 0 to 1, and how many changes were tried.
        edits: What is changed, in place of *moves*, *removed* and *thresholds*.
        transactions: Transactions to judge before and after, each with a name, beside those of *batch*.
        as_of: Day of law, and first day of the changes.

    Raises:
        UnknownNameError: a name is not in the graph.
        UsageError: a change that cannot be read, or one beside a sweep.
    """
    from dualuse.scenario import read_edits
    from dualuse.shipments import read_transactions

    day, through = knowledge.day(as_of), Lens.parse(lens)
    if parts:
        if len(parts) > 1 or sweep or moves or removed or thresholds or batch or by or edits or transactions:
            raise UsageError("--remove takes one part of the law away by itself; leave the other changes out")
        return _without(knowledge, parts[0], day, through)
    if sweep:
        if moves or removed or thresholds or batch or by or edits or transactions:
            raise UsageError("--sweep tries every change by itself; leave the other changes out, and --by")
        return _sweep(knowledge, day, through, every, progress or (lambda part, tried: None))
    changed = read_edits(knowledge, moves, removed, thresholds) if edits is None else edits
    given = [*transactions, *([] if batch is None else read_transactions(batch))]
    return _scenario(knowledge, changed, day, through, by, given)


def _without(knowledge: Knowledge, part: str, day: date, lens: Lens) -> Card[WhatIf]:
    """Which destinations fare otherwise with a part of the law than without it."""
    from dualuse.model.read import query
    from dualuse.model.rules import DecisionRule
    from dualuse.questions.parts.differences import Differences, nothing
    from dualuse.questions.parts.measures import find_measure

    node = find_measure(knowledge, part)
    differences = Differences(knowledge, day, lens)
    differences.judged = [node]
    changes = differences.of(node)
    found = differences.told([changes])
    none = () if found.rows or found.parties else (nothing(knowledge, node, changes, day, lens),)
    return knowledge.card(
        question={"command": "whatif", "remove": node},
        as_of=day,
        lens=lens,
        answer=WhatIf(differences=found.rows, parties=found.parties),
        because=found.receipts,
        unknown=(*none, *found.unknown),
        query=query(DecisionRule),
    )


def _scenario(
    knowledge: Knowledge, edits: Edits, day: date, lens: Lens, by: str | None, given: Sequence[tuple[str, Any]]
) -> Card[WhatIf]:
    """What a scenario changes on a day: destinations and parties that fare otherwise, places, claims, transactions."""
    from dualuse.analyse.exposure import exposures
    from dualuse.namespaces import GRAPH
    from dualuse.node import Node
    from dualuse.questions.parts.differences import Differences

    key = knowledge.names.key("instrument", by or DEFAULT_RULE)
    rule = Node("instrument", key)
    other = knowledge.with_edits(edits, day)
    before, after = (k.network(as_of=day, lens=lens) for k in (knowledge, other))
    was, will = exposures(before, rule), exposures(after, rule)
    differences = Differences(knowledge, day, lens)
    found = differences.told([differences.under(other.law)])
    scenario = f"{GRAPH}scenario/{edits.name}"
    gaps = []
    if not was and not will:
        state = before.nodes[rule]["status"]
        under = {"state": word("status", state), "lens": word("lens", str(lens))}
        why = phrase("whatif.reaches_nobody", day=day.isoformat(), **under)
        gaps.append(Unknown(phrase("whatif.exposures", key=Named.of({("instrument", key): key})), why))
    question = {
        "command": "whatif",
        "move": [f"{place}:{group}" for place, group in edits.moves],
        "remove_exception": list(edits.removed_exceptions),
        "set_threshold": [f"{k}/{bound}={value:g}" for k, bound, value in edits.thresholds],
        "by": key,
    }
    return knowledge.card(
        question=question,
        as_of=day,
        lens=lens,
        answer=WhatIf(
            scenario=scenario,
            places=places_changed(knowledge, knowledge.places, other.places, day),
            differences=found.rows,
            parties=found.parties,
            exposures=exposures_changed(before, after, was, will),
            transactions=transactions_changed(knowledge, other, given, day, lens),
            claims=claims_changed(knowledge, other),
        ),
        because=(
            *found.receipts,
            *(
                Receipt(scenario, phrase(f"whatif.{name}", listed=listed), "", phrase("whatif.assumed"), "")
                for name, values in question.items()
                if isinstance(values, list) and values
                for listed in [Phrase.listed(map(_moved, values) if name == "move" else values)]
            ),
        ),
        unknown=(*gaps, *found.unknown),
    )


def _moved(move: str) -> Phrase:
    """A move as it was given; in Chinese by the names of the place and the group."""
    place, _, group = move.partition(":")
    return phrase("whatif.moved", place=Named.of({("place", place): place}), group=Named.of({("group", group): group}))


def _sweep(knowledge: Knowledge, day: date, lens: Lens, every: bool, progress: Progress) -> Card[WhatIf]:
    """Every move of one country and every instrument taken away, ranked by whom each changes."""
    from dualuse.model.read import query
    from dualuse.model.rules import DecisionRule
    from dualuse.questions.parts.differences import Differences
    from dualuse.questions.parts.swept import sweep

    moves, measures, vague = sweep(knowledge, Differences(knowledge, day, lens), progress)
    gaps = [
        Unknown(phrase("whatif.not_recorded"), phrase("whatif.ranks_low")),
    ]
    if vague:
        places = Named.of({("place", place): place for place in vague})
        told = phrase("whatif.which_tier", places=places, day=day.isoformat())
        gaps.append(Unknown(told, phrase("whatif.not_ranked")))
    return knowledge.card(
        question={"command": "whatif", "sweep": True, "all": every},
        as_of=day,
        lens=lens,
        answer=WhatIf(moves=moves, measures=measures),
        because=(),
        unknown=tuple(gaps),
        query=query(DecisionRule),
    )


_EDITS = Said("What would follow if {edits}?", "如果{edits}，結果如何？", "如果{edits}，结果如何？")
_SWEPT = Said(
    "Which single change of the law would change most?", "哪一項單獨變動影響最大？", "哪一项单独变动影响最大？"
)
_NOTHING = Said("What would follow?", "結果如何？", "结果如何？")
_EDIT_MOVE = Said("{place} were moved to {group}", "將{place}移至{group}", "将{place}移至{group}")
_EDIT_EXCEPTION = Said("licence exception {code} were taken away", "取消許可證例外 {code}", "取消许可例外 {code}")
_EDIT_THRESHOLD = Said("the threshold {what} were set", "門檻改為 {what}", "门槛改为 {what}")


_REMOVED = Said("What does {remove} change?", "{remove}改變了什麼？", "{remove}改变了什么？")


def _sentence(told: Teller[WhatIf]) -> Sentence:
    if "remove" in told.asked:
        return Sentence(_REMOVED.fill(remove=told.part("remove")), ("remove",))
    if "sweep" in told.asked:
        return Sentence(_SWEPT, ("sweep",))
    edits = []
    for move in told.asked.get("move", ()):
        place, _, group = move.partition(":")
        edits.append(_EDIT_MOVE.fill(place=told.name("place", place), group=told.name("joined", group)))
    edits += [_EDIT_EXCEPTION.fill(code=code) for code in told.asked.get("remove_exception", ())]
    edits += [_EDIT_THRESHOLD.fill(what=text) for text in told.asked.get("set_threshold", ())]
    if not edits:
        return Sentence(_NOTHING)
    said = _EDITS.fill(edits=join(edits, between=" and ", han="，且"))
    return Sentence(said, ("move", "remove_exception", "set_threshold"))


_MOVES = (
    Said("1 move ranked", "1 種移動的排名", "1 种移动的排名"),
    Said("{n} moves ranked", "{n} 種移動的排名", "{n} 种移动的排名"),
)
_REMOVALS = (
    Said("1 instrument taken away", "取消 1 項文件的結果", "取消 1 项文件的结果"),
    Said("{n} instruments taken away", "逐一取消 {n} 項文件的結果", "逐一取消 {n} 项文件的结果"),
)
_TIES = Said(
    "By the parties that fare otherwise, then by destinations; those alike share a rank.",
    "先按結果不同的對象數，再按目的地數排列，相同者並列。",
    "先按结果不同的对象数，再按目的地数排列，相同者并列。",
)
_EXPOSURES = (
    Said("1 exposure changes", "1 條風險關聯改變", "1 条风险关联改变"),
    Said("{n} exposures change", "{n} 條風險關聯改變", "{n} 条风险关联改变"),
)
_PLACES = (
    Said("1 place changes tier or group", "1 個國家或地區改變級別或組別", "1 个国家或地区改变级别或组别"),
    Said("{n} places change tier or group", "{n} 個國家和地區改變級別或組別", "{n} 个国家和地区改变级别或组别"),
)
_TRANSACTIONS = (
    Said("1 transaction comes out differently", "1 筆交易結果不同", "1 笔交易结果不同"),
    Said("{n} transactions come out differently", "{n} 筆交易結果不同", "{n} 笔交易结果不同"),
)


_DIFFERENCES = (
    Said("1 difference for destinations", "對目的地有 1 項差異", "对目的地有 1 项差异"),
    Said("{n} differences for destinations", "對目的地有 {n} 項差異", "对目的地有 {n} 项差异"),
)
_PARTIES = (
    Said("1 party with ties that change", "1 方的往來改變", "1 方的往来改变"),
    Said("{n} parties with ties that change", "{n} 方的往來改變", "{n} 方的往来改变"),
)


def _headline(told: Teller[WhatIf]) -> Headline:
    answer = told.answer
    if answer.moves is not None:
        ranked = (numbered(len(answer.moves), *_MOVES), numbered(len(answer.measures or ()), *_REMOVALS))
        return Headline(join(ranked), _TIES)
    parties = len({row.id for row in answer.parties or ()})
    counts = (
        (parties, _PARTIES),
        (len(answer.places or ()), _PLACES),
        (len(answer.transactions or ()), _TRANSACTIONS),
        (len(answer.exposures or ()), _EXPOSURES),
    )
    details = [numbered(count, *words) for count, words in counts if count]
    said = numbered(len(answer.differences or ()), *_DIFFERENCES)
    return Headline(said, join(details) if details else None, "plain", ("scenario",))


def _act(asked: Invocation) -> None:
    """Ask, and tell people how far a sweep is."""
    if not asked.values["sweep"]:
        asked.show(asked.card())
        return
    with asked.reading("the law with one change after another") as progress:
        card = asked.question(asked.open(), asked.values | {"progress": progress})
    asked.show(card)


QUESTION = Question(
    whatif,
    _sentence,
    _headline,
    examples=(
        "--move PL:supp5a --as-of 2025-06-01",
        "--remove-exception LPP --batch shipments.csv --as-of 2025-06-01",
        "--remove us-ai-diffusion-ifr-2025-01 --as-of 2025-06-01",
        "--sweep --as-of 2025-06-01",
    ),
    act=_act,
)
