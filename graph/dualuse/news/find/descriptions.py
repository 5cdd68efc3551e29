"""Mentions that are no names: "the new rule", "tier 2", "the Biden administration", a person by title and name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dualuse.news.lexicon.gazetteer import Gazetteer
from dualuse.news.lexicon.patterns import Patterns, any_word, compiled
from dualuse.news.text.passages import lower, plain

OF_PARTY = r"(?: \([^()]{1,16}\)|, [DRI](?:-|\., ?)[A-Z][\w.]*(?: [A-Z]\w+)?)"
"""The party and the state behind the name of a member of a legislature."""
PARTY = f"{OF_PARTY}?"

_GIVEN = r"(?![向与和对就在称说指是将已曾也又则于并或及])[\u4e00-\u9fff]"
"""A character of a given name: none that a sentence goes on with, 凌激 in 凌激向與會代表說明."""
_NAME_ZH = (
    rf"(?P<name>(?:{{double}})(?:{_GIVEN}){{{{1,3}}}}?|[{{surnames}}](?:{_GIVEN}){{{{1,2}}}}|"
    r"[{dotted}]{{1,9}}·[{dotted}]{{2,9}}(?:·[{dotted}]{{2,9}})?|[{foreign}]{{3,9}})"
    r"(?=[,(:。、」]|[一二三四五六七八九十廿卅]{{1,3}}日"
    r"|表示|称|说|指|强|认为|透露|宣布|回应|批评|敦促|呼吁|警告|在|对|就|于|周|今|昨|则|也|\d|先生|女士|直|坦|形容|主张"
    r"|访|赴|率|质疑|承认|重申|补充|解释|分析|曾|还|又|亦|同|近|日前|接受|受访|反|抨击|证实|提|预|估|写|喊|已|上周|上月|向|与|和|并|随|当|此前|期间|不|痛|重|怒|点"
    r"|主持|回答|答|介绍|出席|会见|通报|时|更|研判|料[对将会其]|担[忧心]|忧[心虑]|盛赞|斥|抱怨|力[主挺]|放话|松口|辩[称解]|吐槽|嘲讽|讽刺|感[叹慨]|惊叹|谴责|谈[到及]|呼吁|要求|建议|希望|盼"
    r"|推[测断]|判断|断言|否认|驳斥|引述|转发|撰文|发[文推帖]|作证|致[函信]|告[诉知诫]|披露|揭露|晚间|早上|再[度次]|仍|却|均|都|拒绝|婉拒|没有?|表态|把|这|声[称明]"
    r"|附和|赞[成同赏扬]|支持|欢迎|认同|相信|肯定|喊话|警[示告]|估计|测算|概括|总结|列举|盘点|点评|评[论价估])"
)
_DOTTED_ZH = (
    r"(?<![{dotted}·《「“])(?P<name>[{dotted}]{{1,6}}(?:·[{dotted}]{{2,9}}){{1,2}})"
    r"(?![·]|公司|集团|马丁|导弹|战机|银行|大学|奖|时报|条款|法案)"
)
"""A foreign name with its dot is a name without a title too."""
_NO_DOTTED = re.compile(r"洛克希德·|雷神·|摩根·士|普惠·|罗尔斯·|诺斯罗普·|哈佛·|达索·")
_SHORT_ZH = (
    r"(?P<name>(?!大多|多方)[{foreign}]{{2}})(?=[,(:]|(?:还|也|则|今天?|昨天?|日前|近日|随后|\d{{1,2}}日)?"
    r"(?:表示|称|说|指出|强调|认为|透露|宣布|回应|批评|敦促|呼吁|警告|坦言|直言|质疑|重申|证实|在|接受))"
)
"""Foreign names of two characters: only straight after a title and before what a person does."""
_BRACKETED_ZH = (
    r"(?P<name>[{foreign}]{{2,9}}(?:·[{foreign}]{{2,9}})?|[{surnames}][\u4e00-\u9fff]{{1,2}})"
    r"(?=\((?P<latin>(?![^()]*(?:Semi|Inc|Corp|Hold|Group|Micro|Tech|Materials|Research|Electron|Ltd|Univers|Times|Journal|Post))"
    r"[A-Z][a-zA-Z'.-]+(?: (?:[a-z]+ )?[A-Z][a-zA-Z'.-]*){{1,3}})(?:,[^()]{{1,6}})?\))"
)
_ANSWERER_ZH = r"(?:^|\n)\s*(?P<name>(?!方[式案法]|金额|时间|余额)[{surnames}][\u4e00-\u9fff]{{1,2}})(?=:)"
_INTERVIEW = re.compile(r"(?:^|\n)[^。:\n]{0,16}(?:记者|问):")
_LATIN_ZH = r"(?P<name>[A-Z][a-z'-]+(?: [A-Z]\.)?(?: (?:van |de |von )?[A-Z][a-zA-Z'-]+){{1,2}})(?![a-zA-Z])"
_BODY_ZH = re.compile(
    r"(?:^|(?<=[\s,。;:、!?「」《》()“”]))(?P<name>[\u4e00-\u9fff]{2,10}?"
    r"(?:研究院|研究所|智库|集团|公司|协会|商会|联合会|联盟|大学|学院|基金会|银行|证券|半导体|科技|汽车|电子|电信|光电|重工|控股|总会|公会)|[\u4e00-\u9fff]{2}办)"
    r"(?=\d{1,2}日|今|昨|则|也|对此|表示|称|说|指出|宣布|认为|回应|公告|警告|发[表布出]|呼吁|批评|透露|反对|预计|强调|直言|坦言|质疑|解释|证实|重申|估计|预期|评估"
    r"|主张|希望|担心|忧心|忧虑|抨击|痛批|声明|澄清|否认|承认|补充|喊话|敦促|要求|却|亦|还|[,:])"
)
_NO_BODY = re.compile(
    r"该|这|那|各|多|几|其|本|部分|所有|一些|有的|全球|国内|外国|相关|有关|不少|[一二三四五两]家|美国?|中国?|大型"
)
_NAME_EN = r"(?P<name>[A-Z][a-z'-]+(?: [A-Z]\.)?(?: [A-Z][a-zA-Z'-]+){1,2})"
_ROW_EN = re.compile(
    r"\b(?:Sens|Reps)\. |\b(?:Senators|Representatives|Congress(?:men|women)|Ministers|Commissioners) "
)
"""What stands before several names in a row."""
_NO_NAME = r"(?!(?:Ranking|Vice|Senate|House|Senior|Majority|Minority|Committee|Chair\w*|Secretary|President|Member)\b)"
_NEXT_EN = re.compile(PARTY + r"(?:,? and |, )")


@dataclass(frozen=True)
class Described:
    """A mention told by its shape; the key is empty where it is for the reader to find out what it means."""

    start: int
    end: int
    kind: str
    key: str
    label: str
    how: str


class Descriptions:
    """Finds mentions by their shape."""

    def __init__(self, patterns: Patterns, gazetteer: Gazetteer) -> None:
        self._measures = [(f"measure.{entry.key}", compiled(entry.regex)) for entry in patterns.measures]
        self._groups = [(entry.key, compiled(entry.regex)) for entry in patterns.groups]
        self._administrations = []
        for entry in patterns.administrations:
            people, after = any_word(entry.people).pattern, any_word(entry.after).pattern
            lead = r"(?:即将上任的)?(?:美国|美)?" if entry.language == "zh" else r"(?:incoming |outgoing )?"
            expression = re.compile(f"{lead}(?:{people}) ?(?:{after})", re.IGNORECASE)
            self._administrations.append((entry.organisation, expression))
        self._presidents = _presidents(patterns, gazetteer)
        self._titled = _titled(patterns)
        self._answerer = re.compile(_ANSWERER_ZH.format(surnames=patterns.surnames))
        self._gazetteer = gazetteer
        self._given = re.compile(r"[\u4e00-\u9fff]{1,6}·$")

    def find(self, text: str) -> Iterator[Described]:
        """Every mention told by its shape in a plain text."""
        for how, expression in self._measures:
            for match in expression.finditer(text):
                yield Described(*match.span(), "instrument", "", match[0], how)
        for level, expression in self._groups:
            for match in expression.finditer(text):
                yield Described(*match.span(), "group", "", f"tier {level}", f"group.{level}")
        yield from self._people(text)
        for match in _BODY_ZH.finditer(text):
            if not _NO_BODY.match(match["name"]) and not self._ends_known(match["name"]):
                yield Described(*match.span("name"), "organisation", "", match["name"], "body")

    def _ends_known(self, name: str) -> bool:
        """Whether a body of the graph stands at the end of a longer phrase: 母公司某某科技."""
        ends = (self._gazetteer.names.get(name[at:], ()) for at in range(1, len(name)))
        return any(known.kind == "organisation" for names in ends for known in names)

    def _people(self, text: str) -> Iterator[Described]:
        for key, expression in self._administrations:
            for match in expression.finditer(text):
                yield Described(*match.span(), "organisation", key, "", "administration")
        for key, expression in self._presidents:
            for match in expression.finditer(text):
                yield Described(*match.span(), "person", key, "", "president")
        yield from self._by_title(text)

    def _by_title(self, text: str) -> Iterator[Described]:
        """People named with a title or with their name in letters, and each time their name stands again."""
        named: dict[str, str] = {}
        keys: dict[str, str] = {}
        spans: list[tuple[int, int, str]] = []
        asked = [self._answerer] if _INTERVIEW.search(text) else []
        for expression in (*self._titled, *asked):
            for match in expression.finditer(text):
                name = match["name"]
                if _NO_DOTTED.match(name):
                    continue
                named.setdefault(name, name)
                named.setdefault(name.split()[-1], name)
                if "·" in name and len(name.rsplit("·", 1)[1]) > 1:
                    named.setdefault(name.rsplit("·", 1)[1], name)  # the surname alone, later on
                keys[name] = keys.get(name) or self._known(match.groupdict().get("latin"))
                spans.append((*match.span("name"), name))
        for start, end, name in _rows(text):
            named.setdefault(name.split()[-1], name)
            named.setdefault(name, name)
            keys.setdefault(name, "")
            spans.append((start, end, name))
        for start, end, name in spans:
            yield Described(start, end, "person", keys[name], name, "title-and-name")
        if named:
            for match in any_word(named).finditer(text):
                if match[0] in named:
                    name = named[match[0]]
                    key = keys.get(name, "")
                    yield Described(*match.span(), "person", key, name, "title-and-name")

    def _known(self, latin: str | None) -> str:
        """The person of the graph whose name in letters stands in brackets behind a name: 某某(Maros Sefcovic)."""
        found = self._gazetteer.names.get(lower(latin), []) if latin else []
        return next((name.key for name in found if name.kind == "person" and not name.surname), "")

    def given_name(self, text: str, start: int) -> int:
        """Where a name begins if a given name and a middle dot stand before it."""
        match = self._given.search(text, max(0, start - 7), start)
        return start if match is None else match.start()


def _rows(text: str) -> Iterator[tuple[int, int, str]]:
    """Names that one title in the plural stands before: Sens. Ann Lee (R-Fla.) and Bob Ray (D-Del.)."""
    name = re.compile(_NO_NAME + _NAME_EN)
    for row in _ROW_EN.finditer(text):
        at = row.end()
        while (found := name.match(text, at)) is not None:
            yield *found.span("name"), found["name"]
            following = _NEXT_EN.match(text, found.end())
            if following is None:
                break
            at = following.end()


def _presidents(patterns: Patterns, gazetteer: Gazetteer) -> list[tuple[str, re.Pattern[str]]]:
    """Presidents by title and name: only people of the graph, and only where the title stands straight before."""
    found = []
    titles = "|".join(any_word(forms).pattern for forms in patterns.presidents.values())
    names = {plain(form) for entry in patterns.administrations for form in entry.people}
    for (kind, key), forms in sorted(gazetteer.by_thing.items()):
        known = [form for form in forms if kind == "person" and any(name in form for name in names)]
        if known:
            found.append((key, re.compile(f"(?:{titles}) ?(?:{any_word(known).pattern})")))
    return found


def _titled(patterns: Patterns) -> list[re.Pattern[str]]:
    found = []
    for entry in patterns.titles:
        titles = any_word(entry.before).pattern
        if entry.language == "zh":
            titles = titles.replace(r"\b", "")  # a Chinese name follows CEO straight
            written = {
                "double": any_word(patterns.double_surnames).pattern,
                "surnames": patterns.surnames,
                "foreign": patterns.transliteration,
                "dotted": patterns.transliteration + "得迈冈京龙毛敏松通图云章芝",
                "titles": titles,
            }
            found.append(re.compile(f"(?:{titles})" + _NAME_ZH.format(**written)))
            found.append(re.compile(f"(?:{titles})" + _SHORT_ZH.format(**written)))
            found.append(re.compile(f"(?:{titles}) ?" + _LATIN_ZH.format(**written)))
            found.append(re.compile(_BRACKETED_ZH.format(**written)))
            found.append(re.compile(_DOTTED_ZH.format(**written)))
        else:
            # capitals tell a name from a word here
            found.append(re.compile(f"(?:{titles}) {_NAME_EN}"))
    return found
