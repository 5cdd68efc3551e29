"""Outcomes by quantity, and sets of places, as people read them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dualuse.said import Named, Phrase
from dualuse.show.words import Said, same

if TYPE_CHECKING:
    from dualuse.knowledge import Knowledge
    from dualuse.law.effect import Ladder, Outcome
    from dualuse.law.transaction import World

_ALL = "every destination"
_SHOWN = 3
_GROUPED = {"us-d1", "us-d4", "us-d5"}
_TIERS = (1, 2, 3)
_OTHERWISE = 8
"""How many places a name may be wrong about, which are then named."""


@dataclass(frozen=True)
class Outcomes:
    """What a transaction comes to from a number of units on."""

    units: int
    outcome: str
    exception: str | None
    review_policy: str | None
    duties: Sequence[str]


def outcomes(steps: Ladder) -> list[Outcomes]:
    """Outcomes by quantity, as rows."""
    return [
        Outcomes(units, found.outcome, found.code or None, found.review_policy or None, found.duties)
        for units, found in steps
    ]


def sentence(steps: Ladder) -> Phrase:
    """Outcomes by quantity in one line; steps that differ in duties alone are one."""
    words = [(step.units, _words(step.outcome)) for step in steps]
    words = [each for at, each in enumerate(words) if not at or each[1] != words[at - 1][1]]
    told = words[-1][1]
    for (units, _), (_, before) in zip(reversed(words[1:]), reversed(words[:-1]), strict=True):
        told = Phrase.of(_THEN, before=before, end=f"{units - 1:,}", after=told)
    return told


_THEN = Said(
    "{before} up to {end}, then {after}", "至 {end} 為{before}，其後{after}", "至 {end} 为{before}，其后{after}"
)
_LICENCE = Said("licence ({policy})", "須取得許可（{policy}）", "须取得许可（{policy}）")
_POLICIES = {
    "presumption-of-approval": Said("approval presumed", "推定批准", "推定批准"),
    "case-by-case": Said("case by case", "逐案審查", "逐案审查"),
    "presumption-of-denial": Said("denial presumed", "推定拒絕", "推定拒绝"),
    "policy-of-denial": Said("policy of denial", "政策性拒絕", "政策性拒绝"),
    "": Said("review policy open", "審查政策未定", "审查政策未定"),
}
_NOT_KNOWN = Said("not known", "尚不確定", "尚不确定")
_NO_LICENCE = Said("no licence", "無須許可", "无须许可")
_NOT_SUBJECT = Said("not subject", "不受管轄", "不受管辖")


def _words(found: Outcome) -> Phrase:
    match found.outcome:
        case "licence-exception":
            return Phrase.of(same("{code}"), code=found.code)
        case "licence-required":
            return Phrase.of(_LICENCE, policy=_POLICIES[found.review_policy])
        case "indeterminate":
            return Phrase.of(_NOT_KNOWN)
        case _:
            return Phrase.of(_NO_LICENCE if found.outcome == "no-licence-required" else _NOT_SUBJECT)


class Destinations:
    """Names of sets of places: all, a tier, those in Country Groups D:1 or D:4 of it, and those in neither."""

    def __init__(self, knowledge: Knowledge, law: World, places: Iterable[str], day: date) -> None:
        self._names = knowledge.names
        self._un = set(law.places.universe("un", day))
        self._known: dict[Phrase, set[str]] = {}
        every, grouped = set(places), {place for place in places if _GROUPED & law.groups(place, day).keys()}
        home = {place for place in places if law.resolve(place, day)[-1] == "US"}
        tiers = {level: {place for place in places if law.places.tier_word(place, day) == level} for level in _TIERS}
        union = {place for place in law.places.universe("eu", day) if place in every}
        self._known[Phrase.of(_ABROAD)] = every - union
        named = ((Phrase.of(_TIER, level=level), own) for level, own in tiers.items() if own)
        for label, own in ((Phrase.of(_EVERY), every), *named):
            self._known[label] = own
            self._known[Phrase.of(_NOT_HOME, set=label)] = own - home
            self._known[Phrase.of(_IN_D, set=label)] = own & grouped
            self._known[Phrase.of(_NOT_IN_D, set=label)] = own - grouped - home

    def told(self, places: Sequence[str]) -> Phrase:
        """A set of places in a few words, with how many members of the United Nations are in it."""
        if len(places) <= _SHOWN:
            return Phrase.of(same("{places}"), places=self._list(places))
        return Phrase.of(_MANY, n=len(places), members=len(self._un & set(places)), who=self._who(places))

    def _who(self, places: Sequence[str]) -> Phrase:
        found = set(places)
        label, own = min(self._known.items(), key=lambda each: len(each[1] ^ found))
        if len(own ^ found) <= _OTHERWISE:
            without, more = sorted(own - found), sorted(found - own)
            told = Phrase.of(_BUT, set=label, places=self._list(without)) if without else label
            return Phrase.of(_AND, set=told, places=self._list(more)) if more else told
        few = self._list(places[:_SHOWN])
        within = [label for label, own in self._known.items() if found < own and label != _ALL]
        if not within:
            return Phrase.of(_SUCH_AS, few=few)
        whole = min(within, key=lambda label: len(self._known[label]))
        named = whole.replace(_ALL, "destinations") if _ALL in whole else f"of {whole}"
        return Phrase.of(_WITHIN, n=len(self._known[whole]), named=named, set=whole, few=few)

    def _list(self, places: Sequence[str]) -> Named:
        return Named.of({("place", place): self._names.label("place", place) for place in places})


_EVERY = Said(_ALL, "所有目的地", "所有目的地")
_TIER = Said("tier {level}", "第 {level} 級", "第 {level} 级")
_ABROAD = Said("every destination outside the European Union", "歐盟以外的所有目的地", "欧盟以外的所有目的地")
_NOT_HOME = Said("{set} outside the United States", "美國以外的{set}", "美国以外的{set}")
_IN_D = Said("{set} in D:1, D:4 or D:5", "D:1、D:4 或 D:5 中的{set}", "D:1、D:4 或 D:5 中的{set}")
_NOT_IN_D = Said("{set} outside D:1, D:4 and D:5", "D:1、D:4、D:5 以外的{set}", "D:1、D:4、D:5 以外的{set}")
_MANY = Said(
    "{n} ({members} of the UN): {who}",
    "{n} 個（其中聯合國會員國 {members} 個）：{who}",
    "{n} 个（其中联合国会员国 {members} 个）：{who}",
)
_BUT = Said("{set} but {places}", "{set}（{places}除外）", "{set}（{places}除外）")
_AND = Said("{set}, and {places}", "{set}，另加{places}", "{set}，另加{places}")
_SUCH_AS = Said("such as {few} …", "如{few}……", "如{few}……")
_WITHIN = Said(
    "of the {n} {named}, such as {few} …", "屬於{set}（共 {n} 個），如{few}……", "属于{set}（共 {n} 个），如{few}……"
)
