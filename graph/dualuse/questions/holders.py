"""Who holds a party through all chains of stakes, who controls it, and who at the top is controlled by nobody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from dualuse.card import Card, table, unique
from dualuse.questions.parameters import Arg, AsOf, Opt
from dualuse.questions.parts.amounts import spoken
from dualuse.questions.parts.holder import Holder
from dualuse.questions.question import Headline, Question, Teller, asks
from dualuse.said import phrase
from dualuse.show.words import Said, numbered

if TYPE_CHECKING:
    from dualuse.knowledge import Knowledge

MEANS = phrase("means.holders")


@dataclass(frozen=True)
class Holders:
    """Owners of a party, direct and not: ultimate controllers first, then by share."""

    means: str
    holders: Sequence[Holder] = table()


def holders(
    knowledge: Knowledge,
    party: Annotated[str, Arg("PARTY")],
    *,
    edges: Annotated[
        Path | None,
        Opt("Holdings, .csv or .parquet; columns as for owned.", metavar="FILE", default="those of the graph"),
    ] = None,
    as_of: AsOf = None,
) -> Card[Holders]:
    """Tell who holds a party through all chains, who controls it, and who is its ultimate controller.

    Shares are intervals: both ends are met by some shares within the bounds on record that sum to at most 100 %.

    Args:
        party: The party, by key or name.
        edges: File of holdings; those of the graph if not given.
        as_of: Day on which holdings count.

    Raises:
        UsageError: a file cannot be read, or more stakes lead to the party than can be solved exactly.
        UnknownNameError: the party is not known.
        MissingExtraError: the reader is not installed.
    """
    from dualuse.ownership.graph import HOLDINGS_QUERY
    from dualuse.questions.parts.holding import above

    day = knowledge.day(as_of)
    found = above(knowledge, party, edges, day)
    return knowledge.card(
        question={"command": "holders", "party": found.party, "edges": None if edges is None else str(edges)},
        as_of=day,
        answer=Holders(MEANS, found.rows),
        because=unique(found.receipts),
        unknown=found.unknown,
        query=HOLDINGS_QUERY if edges is None else "",
    )


_ASKED = Said("Who holds {party}, and who controls it?", "{party}由誰持有，由誰控制？", "{party}由谁持有，由谁控制？")
_NOBODY = Said("No owner on record", "紀錄中沒有股東", "记录中没有股东")
_NONE = Said("Nobody on record controls it", "紀錄中無人控制", "记录中无人控制")
_ULTIMATE = Said("{owner} is the ultimate controller", "{owner}是最終控制人", "{owner}是最终控制人")
_MAY = Said("{owner} may be the ultimate controller", "{owner}可能是最終控制人", "{owner}可能是最终控制人")
_CIRCLE = Said("A circle of owners controls it", "由一圈相互持股者控制", "由一圈相互持股者控制")
_OWNERS = (
    Said("1 owner, direct or through others", "1 個直接或間接股東", "1 个直接或间接股东"),
    Said("{n} owners, direct or through others", "{n} 個直接或間接股東", "{n} 个直接或间接股东"),
)
_SHARE = Said("{share} % through all chains", "經所有持股鏈持有 {share} %", "经所有持股链持有 {share} %")


def _headline(told: Teller[Holders]) -> Headline:
    rows = told.answer.holders
    if not rows:
        return Headline(_NOBODY, None, "open")
    first = rows[0]
    said = {"ultimate": _ULTIMATE, "may-be-ultimate": _MAY, "circle": _CIRCLE}.get(first.ultimate or "")
    if said is None:
        return Headline(_NONE, numbered(len(rows), *_OWNERS), "open")
    share = _SHARE.fill(share=spoken(first.share.min, first.share.max))
    owner = told.name("owner", first.owner)
    return Headline(said.fill(owner=owner), None if said is _CIRCLE else share, "plain")


QUESTION = Question(
    holders,
    asks({("party",): _ASKED}),
    _headline,
    examples=("nexperia --as-of 2025-10-15", '"Shell Ltd" --edges stakes.csv --format json'),
)
