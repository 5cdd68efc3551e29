"""Which groups a place is in, which tier follows; how many places a tier has, and what a number could count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from dualuse.card import Card, Fold, Receipt, Unknown, optional, table, unique
from dualuse.errors import UsageError
from dualuse.questions.parameters import Arg, AsOf, Opt
from dualuse.questions.question import Headline, Question, Sentence, Teller
from dualuse.said import Named, Phrase, phrase
from dualuse.show.words import Said, join, numbered, same

if TYPE_CHECKING:
    from dualuse.knowledge import Knowledge
    from dualuse.law.groups import Places, Size


@dataclass(frozen=True)
class PlaceOnDay:
    """A place on a day: its derived tier (or ``unknown``), the groups it is surely in, and how it gets there."""

    place: str
    name: str
    tier: int | str | None
    groups: Sequence[str]
    basis: str
    treatment: str


@dataclass(frozen=True)
class Tiers:
    """How many places of a universe are in each tier."""

    universe: str
    total: int
    tier1: int
    tier2: int
    tier3: int


@dataclass(frozen=True)
class Reading:
    """Something that a claimed number counts."""

    reading: str
    count: int


@dataclass(frozen=True)
class Groups:
    """Places on a day; or, counted, tiers by universe and what a claimed number is the size of."""

    places: Sequence[PlaceOnDay] | None = table(
        optional=True, fold=Fold(("tier",), names=("name",), order=("1", "2", "3"))
    )
    counts: Sequence[Tiers] | None = table(optional=True)
    claimed: int | None = optional()
    readings: Sequence[Reading] | None = table(optional=True)


def groups(
    knowledge: Knowledge,
    *places: Annotated[str, Arg("[PLACE]...")],
    count: Annotated[bool, Opt("Sizes of the tiers in each universe, in place of places.")] = False,
    claimed: Annotated[int | None, Opt("With --count: where, if anywhere, this number is right.", metavar="N")] = None,
    as_of: AsOf = None,
) -> Card[Groups]:
    """Show the legal groups and the derived tier of places on a day.

    PLACE is an ISO code or a name in English, 繁體 or 简体; none means every place.

    Args:
        places: Codes or names.

    Raises:
        UnknownNameError: a place is not in the graph.
        UsageError: places and a count, or a claimed number without one.
    """
    if count and places:
        raise UsageError("--count counts whole universes; leave the places out")
    if claimed is not None and not count:
        raise UsageError("--claimed goes with --count")
    day = knowledge.day(as_of)
    return _counted(knowledge, day, claimed) if count else _places(knowledge, places, day)


def _places(knowledge: Knowledge, places: Sequence[str], day: date) -> Card[Groups]:
    from dualuse.law.groups import describe_place, read_places
    from dualuse.model.law import Membership
    from dualuse.model.read import query

    names = knowledge.names
    keys = [names.key("place", place) for place in places] or sorted({k for kind, k in names.shown if kind == "place"})
    held = read_places(knowledge.store, knowledge.registry, keys) if places else knowledge.places
    told: list[tuple[Mapping[str, Any], list[Receipt], list[Unknown]]] = [
        describe_place(held, key, names.label("place", key), day) for key in keys
    ]
    gaps = dict.fromkeys(gap for _, _, unknown in told for gap in unknown)
    return knowledge.card(
        question={"command": "groups", "places": keys if places else []},
        as_of=day,
        answer=Groups(places=[PlaceOnDay(**row) for row, _, _ in told]),
        because=unique(receipt for _, evidence, _ in told for receipt in evidence),
        unknown=tuple(gaps),
        query=query(Membership, where={"place": keys} if places else None),
    )


def _counted(knowledge: Knowledge, day: date, claimed: int | None) -> Card[Groups]:
    from dualuse.law.groups import UNIVERSES
    from dualuse.model.derived import TierAssignment
    from dualuse.model.read import query
    from dualuse.namespaces import thing

    held = knowledge.places
    rows: list[Tiers] = []
    receipts: list[Receipt] = []
    gaps: list[Unknown] = []
    for group in UNIVERSES:
        universe, counts = held.named[group], held.count(group, day)
        name = universe.name_en
        total = sum(counts.values())
        rows.append(Tiers(name, total, counts[1], counts[2], counts[3]))
        told = {f"n{tier}": counts[tier] for tier in (1, 2, 3)}
        text = phrase("groups.added", **told, total=total, name=name)
        address = knowledge.registry.address(universe.sources)
        receipts.append(Receipt(universe.node.iri, text, "", address, "high"))
        gaps += _uncounted(held, group, name, day)
    rule = thing("rule", "tier-assignment")
    receipts.append(Receipt(rule, phrase("groups.by_rule"), phrase("groups.rules"), rule, "high"))
    readings = None if claimed is None else _readings(knowledge, held, day, claimed)
    if claimed is not None and not readings:
        gaps.append(Unknown(phrase("groups.what_counts", claimed=claimed), phrase("groups.size_of_none")))
    return knowledge.card(
        question={"command": "groups", "count": True, "claimed": claimed},
        as_of=day,
        answer=Groups(counts=rows, claimed=claimed, readings=readings),
        because=unique(receipts),
        unknown=tuple(gaps),
        query=query(TierAssignment),
    )


_LISTS = (
    (("us-supp5a",), "groups.supplement_whole", "groups.supplement"),
    (("us-d5",), "groups.d5", "groups.d5"),
    (("us-d5", "us-macau-d5"), "groups.d5_macau", "groups.d5_macau"),
)
"""Groups that make a list, what it is called, and what it is called where the United States are told apart."""


def _uncounted(held: Places, group: str, name: str, day: date) -> list[Unknown]:
    """Places of a universe that are in no tier's count, and those that may or may not be in the universe."""
    members, gaps = held.universe(group, day), list[Unknown]()
    for form, word in (("without_tier", None), ("tier_not_known", "unknown")):
        left = [place for place in members if held.tier_word(place, day) == word]
        if left:
            gaps.append(
                Unknown(phrase(f"groups.{form}", name=name, n=len(left), few=_few(left)), phrase("groups.in_no_count"))
            )
    if doubtful := held.doubtful(group, day):
        gaps.append(
            Unknown(phrase("groups.whether_counted", few=_few(doubtful), name=name), phrase("groups.not_counted"))
        )
    return gaps


def _few(places: Sequence[str]) -> Named:
    """The first of some places by their codes; in Chinese by their names."""
    return Named.of({("place", place): place for place in places[:5]})


def _readings(knowledge: Knowledge, held: Places, day: date, claimed: int) -> list[Reading]:
    """Under which universe or list a claimed number is right."""
    readings = [_size_words(knowledge, size) for size in held.sizes(day) if size.count == claimed]
    for held_in, whole, name in _LISTS:
        listed = held.listed(held_in, day)
        if len(listed) == claimed:
            readings.append(phrase("groups.named_in", list=phrase(whole)))
        if "US" in listed and len(listed) - 1 == claimed:
            readings.append(phrase("groups.named_but", list=phrase(name)))
    return [Reading(reading, claimed) for reading in readings]


def _size_words(knowledge: Knowledge, size: Size) -> Phrase:
    universe = knowledge.names.label("group", size.universe) if size.universe else phrase("groups.every")
    if size.tier is None:
        return phrase("groups.all_of", universe=universe)
    return phrase("groups.partners_of" if size.partners else "groups.tier_of", tier=size.tier, universe=universe)


def _sentence(told: Teller[Groups]) -> Sentence:
    if "claimed" in told.asked:
        said = Said(
            "What does the number {claimed} count?",
            "數字 {claimed} 是怎麼算出來的？",
            "数字 {claimed} 是怎么算出来的？",
        )
        return Sentence(said.fill(claimed=told.part("claimed")), ("claimed", "count"))
    if "count" in told.asked:
        said = Said("How many places are in each tier?", "各級各有多少國家和地區？", "各级各有多少国家和地区？")
        return Sentence(said, ("count",))
    if "places" in told.asked:
        said = Said(
            "Which country groups and which tier hold {places}?",
            "{places}屬於哪些國家組別、第幾級？",
            "{places}属于哪些国家组别、第几级？",
        )
        return Sentence(said.fill(places=told.part("places")), ("places",))
    return Sentence(
        Said(
            "Which country groups and which tier is each place in?",
            "各地屬於哪些國家組別、第幾級？",
            "各地属于哪些国家组别、第几级？",
        )
    )


_NO_TIER = Said("No tier", "不分級", "不分级")
_OPEN_TIER = Said("Tier not known", "級別不明", "级别不明")
_TIER = Said("Tier {n}", "第 {n} 級", "第 {n} 级")
_PLACES = Said("{n} places", "{n} 個國家和地區", "{n} 个国家和地区")
_PLACE = Said("1 place", "1 個國家或地區", "1 个国家或地区")
_OF_TIER = Said("{tier}: {n}", "{tier}：{n}", "{tier}：{n}")
_RIGHT = Said(
    "{claimed} is right under {n} readings", "依 {n} 種解讀，{claimed} 是對的", "依 {n} 种解读，{claimed} 是对的"
)
_RIGHT_ONCE = Said(
    "{claimed} is right under 1 reading", "依 1 種解讀，{claimed} 是對的", "依 1 种解读，{claimed} 是对的"
)
_RIGHT_NOWHERE = Said(
    "{claimed} is right under no reading on record",
    "依現有紀錄，{claimed} 沒有一種解讀成立",
    "依现有记录，{claimed} 没有一种解读成立",
)
_SIZES = Said(
    "Tiers 1, 2 and 3 of the {total} {universe}. The numbers depend on what is counted: see the table.",
    "{universe}共 {total} 個，依序為第一、二、三級。數字取決於計算範圍，見下表。",
    "{universe}共 {total} 个，依次为第一、二、三级。数字取决于计算范围，见下表。",
)


def _headline(told: Teller[Groups]) -> Headline:
    answer = told.answer
    if answer.claimed is not None:
        found = len(answer.readings or ())
        said = numbered(found, _RIGHT_ONCE, _RIGHT, claimed=answer.claimed) if found else _RIGHT_NOWHERE
        return Headline(said.fill(claimed=answer.claimed), None, "plain" if found else "open", ("claimed",))
    if answer.counts is not None:
        first = answer.counts[0]
        headline = same(f"{first.tier1} · {first.tier2} · {first.tier3}")
        return Headline(headline, _SIZES.fill(total=first.total, universe=told.worded(first.universe)))
    rows = answer.places or ()
    if len(rows) == 1:
        return Headline(_tier(rows[0].tier))
    tiers = Counter(row.tier for row in rows)
    order = sorted(tiers, key=lambda tier: (tier is None, str(tier)))
    detail = join(_OF_TIER.fill(tier=_tier(tier), n=tiers[tier]) for tier in order)
    return Headline(numbered(len(rows), _PLACE, _PLACES), detail)


def _tier(tier: int | str | None) -> Said:
    if tier == "unknown":
        return _OPEN_TIER
    return _NO_TIER if tier is None else _TIER.fill(n=tier)


QUESTION = Question(
    groups,
    _sentence,
    _headline,
    examples=("PL CH TW HK --as-of 2025-01-13", "--count --claimed 120 --as-of 2025-01-13"),
)
