"""Mentions that are no names: "the new rule", "tier 2", "the Biden administration", a person by title and name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dualuse.news.lexicon.gazetteer import Gazetteer
from dualuse.news.lexicon.patterns import Patterns, any_word, compiled
from dualuse.news.text.passages import plain

_NAME_ZH = (
    r"(?P<name>[{surnames}][\u4e00-\u9fff]{{1,2}}|[{foreign}]{{3,9}}(?:·[{foreign}]{{2,9}})?)"
    r"(?=[,(:。、」]|表示|称|说|指|强|认为|透露|宣布|回应|批评|敦促|呼吁|警告|在|对|就|于|周|今|昨|则|也|\d|先生|女士)"
)
_BODY_ZH = re.compile(
    r"(?:^|(?<=[\s,。;:、!?「」《》()“”]))(?P<name>[\u4e00-\u9fff]{2,10}?"
    r"(?:研究院|研究所|智库|集团|公司|协会|商会|联合会|联盟|大学|学院|基金会|银行|证券|半导体|科技)|[\u4e00-\u9fff]{2}办)"
    r"(?=\d{1,2}日|今|昨|则|也|对此|表示|称|说|指出|宣布|认为|回应|公告|警告|发表|呼吁|批评|透露|反对|预计|[,:])"
)
_NO_BODY = re.compile(
    r"该|这|那|各|多|几|其|本|部分|所有|一些|有的|全球|国内|外国|相关|有关|不少|[一二三四五两]家|美国?|中国?|大型"
)
_NAME_EN = r"(?P<name>[A-Z][a-z'-]+(?: [A-Z]\.)?(?: [A-Z][a-zA-Z'-]+){1,2})"


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
            if not _NO_BODY.match(match["name"]):
                yield Described(*match.span("name"), "organisation", "", match["name"], "body")

    def _people(self, text: str) -> Iterator[Described]:
        for key, expression in self._administrations:
            for match in expression.finditer(text):
                yield Described(*match.span(), "organisation", key, "", "administration")
        for key, expression in self._presidents:
            for match in expression.finditer(text):
                yield Described(*match.span(), "person", key, "", "president")
        named: dict[str, str] = {}
        for expression in self._titled:
            for match in expression.finditer(text):
                named.setdefault(match["name"], match["name"])
                named.setdefault(match["name"].split()[-1], match["name"])
                yield Described(*match.span("name"), "person", "", match["name"], "title-and-name")
        if named:
            for match in any_word(named).finditer(text):
                if match[0] in named:
                    yield Described(*match.span(), "person", "", named[match[0]], "title-and-name")

    def given_name(self, text: str, start: int) -> int:
        """Where a name begins if a given name and a middle dot stand before it."""
        match = self._given.search(text, max(0, start - 7), start)
        return start if match is None else match.start()


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
            name = _NAME_ZH.format(surnames=patterns.surnames, foreign=patterns.transliteration)
            found.append(re.compile(f"(?:{titles})" + name))
        else:
            # capitals tell a name from a word here
            found.append(re.compile(f"(?:{titles}) {_NAME_EN}"))
    return found
