"""Ties between parties as candidates: who supplies whom, who owns whom, who buys from whom, who has a site where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from dualuse.news.claims.candidates import Relation
from dualuse.news.claims.parts import Part, Sentence
from dualuse.news.find.mentions import Mention
from dualuse.news.lexicon.entries import Tie
from dualuse.news.lexicon.facts import Facts
from dualuse.news.lexicon.patterns import Patterns, compiled
from dualuse.news.text.passages import Text, plain

_PARTY, _PRODUCT, _PLACE, _SHARE, _AMOUNT, _DAY, _IT = map(chr, range(0xE000, 0xE007))
_SHAPED = (
    r"[\u4e00-\u9fff]{2,12}?(?:公司|控股|集团|基金(?:[一二三]期)?)|(?<=旗下的)[\u4e00-\u9fff]{2}(?=负责|生产|代工)"
)
_LATIN = (
    r"(?!(?:The|In|It|They|He|She|But|And|That|This|On|At|For|As|While|Its|Their|Chinese|American|Dutch)\b)"
    r"(?<![\w.])[A-Z][\w&-]+(?: [A-Z][\w&-]+){0,3}"
)
_JOINT = r"(?:、|和|与|及|以及|, and | and |, )"
_STATE = frozenset({"government", "regulator", "legislature", "media"})
_IT_WORDS = re.compile(r"后者|(?<=向)其|该公司")
_SHARES = ("percent",)
_AMOUNTS = ("usd", "cny", "twd", "eur", "chip")
_ALL = re.compile(r"全资|wholly|fully")
_BEFORE, _AFTER = 10, 12


@dataclass
class _Tagged:
    """A sentence in which each party, product, place, share, amount and day is one character, and what these are."""

    text: str = ""
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    named: dict[int, Mention | tuple[int, int]] = field(default_factory=dict)

    def add(self, words: str, start: int, end: int, named: Mention | tuple[int, int] | None = None) -> None:
        """Add words that stand at a span of the text."""
        if named is not None:
            self.named[len(self.text)] = named
        whole = len(words) > 1 and named is None
        for offset in range(len(words)):
            self.starts.append(start + offset if whole else start)
            self.ends.append(start + offset + 1 if whole else end)
        self.text += words


class Relations:
    """Finds ties between parties."""

    def __init__(self, patterns: Patterns, facts: Facts) -> None:
        self._facts = facts
        self._patterns = [(tie, re.compile(_written(plain(shape)))) for tie in patterns.ties for shape in tie.shape]
        self._ended = compiled(patterns.ended)

    def find(self, text: Text, part: Part) -> Iterator[Relation]:
        """Ties told in a passage."""
        last: Relation | None = None
        for sentence in part.sentences:
            for relation in self._told(text, part, sentence, last):
                last = relation
                yield relation

    def _told(self, text: Text, part: Part, sentence: Sentence, last: Relation | None) -> Iterator[Relation]:
        if text.plain[sentence.end - 1 : sentence.end + 1].find("?") >= 0:
            return
        tagged = self._tag(text, sentence)
        if _PARTY not in tagged.text:
            return
        language = "en" if sentence.passage.language == "en" else "zh"
        taken: list[tuple[int, int]] = []
        same: Relation | None = None
        hits = [
            (match.start(), -match.end(), index, tie, match)
            for index, (tie, expression) in enumerate(self._patterns)
            if tie.language == language
            for match in expression.finditer(tagged.text)
        ]
        for _, _, _, tie, match in sorted(hits, key=lambda hit: hit[:3]):
            if any(low < match.end() and match.start() < high for low, high in taken) or self._over(tagged, match):
                continue
            found = list(self._ties_of(text, part, tagged, tie, match, last, same))
            if found:
                taken.append(match.span())
                last = same = found[-1]
                yield from found

    def _tag(self, text: Text, sentence: Sentence) -> _Tagged:
        """Write each party, product, place, share, amount and day of a sentence as one character."""
        spans: list[tuple[int, int, str, Mention | tuple[int, int]]] = []
        for mention in sentence.mentions:
            mark = self._mark(mention)
            if mark:
                spans.append((mention.start, mention.end, mark, mention))
        for quantity in sentence.quantities:
            mark = _SHARE if quantity.unit in _SHARES else _AMOUNT if quantity.unit in _AMOUNTS else ""
            within = (start for start, end, _, _ in spans if quantity.start < end and start < quantity.end)
            end = min([quantity.end, *within])
            if mark and end > quantity.start:
                spans.append((quantity.start, end, mark, (quantity.start, end)))
        spans += [(d.start, d.end, _DAY, (d.start, d.end)) for d in sentence.dates if d.value]
        spans += [
            (match.start(), match.end(), _IT, match.span())
            for match in _IT_WORDS.finditer(text.plain, sentence.start, sentence.end)
        ]
        tagged, position = _Tagged(), sentence.start
        for start, end, mark, named in sorted(spans, key=lambda span: (span[0], -span[1])):
            if start < position:
                continue
            tagged.add(text.plain[position:start], position, start)
            tagged.add(mark, start, end, named)
            position = end
        tagged.add(text.plain[position : sentence.end], position, sentence.end)
        return tagged

    def _mark(self, mention: Mention) -> str:
        match mention.kind:
            case "organisation":
                return "" if self._facts.types.get(mention.key, set()) & _STATE else _PARTY
            case "product":
                return _PRODUCT
            case "city" | "region":
                return _PLACE
            case "place":
                return _PLACE if mention.how in ("name", "form.place") else ""
        return ""

    def _over(self, tagged: _Tagged, match: re.Match[str]) -> bool:
        """Whether words say that a tie has ended, is only planned, or is denied."""
        stop = re.search(r"[。;]", tagged.text[match.end() :])
        after = tagged.text[match.end() : match.end() + (stop.start() if stop else _AFTER)][:_AFTER]
        before = re.split(r"[,。;]", tagged.text[max(0, match.start() - _BEFORE) : match.start()])[-1]
        return self._ended.search(before + match[0]) is not None or re.search(r"不再|停止|no longer", after) is not None

    def _ties_of(
        self,
        text: Text,
        part: Part,
        tagged: _Tagged,
        tie: Tie,
        match: re.Match[str],
        last: Relation | None,
        same: Relation | None,
    ) -> Iterator[Relation]:
        """A tie for each of those on either side."""
        groups = match.groupdict()
        span = tagged.starts[match.start()], tagged.ends[match.end() - 1]
        froms = self._names(text, tagged, match, "from", last)
        tos = self._names(text, tagged, match, "to", last)
        product = self._product(tagged, match)
        if not tos and product is not None:
            tos = [(key, key) for key in self._facts.designers.get(product.key, ())]
        if not tos and tie.kind == "supplies" and same is not None and same.kind == "supplies":
            tos = [(same.object, same.object_label)]
        what = self._words(text, tagged, match, "what") or ("" if product is None else product.text)
        share = self._words(text, tagged, match, "share") or self._share_after(text, tagged, match)
        day = self._words(text, tagged, match, "since") or self._since(text, tagged, match)
        segment = part.heard.at(*span)
        speaker = None if segment is None or not segment.speaker.known else segment.speaker
        sure = "low" if speaker is not None and speaker.kind in ("unnamed", "named") else "medium"
        for subject, subject_label in froms:
            for thing, label in tos:
                if subject == thing or not {subject, thing} & self._facts.types.keys():
                    continue
                yield Relation(
                    passage=part.passage.number,
                    start=span[0] - part.passage.start,
                    end=span[1] - part.passage.start,
                    kind=tie.kind,
                    subject=subject,
                    object=thing,
                    made_by=tie.key,
                    confidence=sure if groups.get("to") else "low",
                    subject_label=subject_label,
                    object_label=label,
                    what=what,
                    share="100%" if _ALL.search(match[0]) and not share else share,
                    since=day,
                    claimant="" if speaker is None else speaker.organisation or speaker.person or speaker.label,
                    reporter="" if speaker is None else speaker.reporter,
                )

    def _names(
        self, text: Text, tagged: _Tagged, match: re.Match[str], group: str, last: Relation | None
    ) -> list[tuple[str, str]]:
        """Keys, or words, of those a group names, with their words."""
        if group not in match.re.groupindex or match[group] is None:
            return []
        start, end = match.span(group)
        found: list[tuple[str, str]] = []
        for index in range(start, end):
            named = tagged.named.get(index)
            if isinstance(named, Mention):
                found.append((named.key if named.kind == "organisation" and named.key else named.text, named.text))
            elif named is not None and tagged.text[index] == _IT:
                found += self._latter(text, tagged, index, last)
        for shaped in re.finditer(f"{_SHAPED}|[A-Z]\\w+ (?:customers|buyers|firms|companies)|{_LATIN}", match[group]):
            words = _original(text, tagged, start + shaped.start(), start + shaped.end())
            found.append((words, words))
        if not found and match[group].isalpha():
            words = _original(text, tagged, start, end)
            found.append((words, words))
        return found

    @staticmethod
    def _latter(text: Text, tagged: _Tagged, index: int, last: Relation | None) -> list[tuple[str, str]]:
        """Whom 后者 and 其 take up: the last of the tie before, or the party named before it."""
        before = [
            n for i, n in tagged.named.items() if i < index and isinstance(n, Mention) and n.kind == "organisation"
        ]
        if text.plain[tagged.starts[index]] == "后" and last is not None:
            return [(last.subject, last.subject_label)]
        if last is not None and text.plain[tagged.starts[index]] == "其":
            return [(last.object, last.object_label)]
        return [(before[-1].key or before[-1].text, before[-1].text)] if before else []

    @staticmethod
    def _product(tagged: _Tagged, match: re.Match[str]) -> Mention | None:
        inside = [n for i, n in tagged.named.items() if match.start() <= i < match.end() and isinstance(n, Mention)]
        return next((mention for mention in inside if mention.kind == "product"), None)

    @staticmethod
    def _words(text: Text, tagged: _Tagged, match: re.Match[str], group: str) -> str:
        if group not in match.re.groupindex or not match[group]:
            return ""
        return _original(text, tagged, *match.span(group)).strip(" 的了,")

    def _share_after(self, text: Text, tagged: _Tagged, match: re.Match[str]) -> str:
        """The share that the next clause gives: ,占营收约24%."""
        after = re.compile(rf",?占[^,。;]{{0,12}}?(?P<share>{_SHARE})").match(tagged.text, match.end())
        return "" if after is None else _original(text, tagged, *after.span("share"))

    def _since(self, text: Text, tagged: _Tagged, match: re.Match[str]) -> str:
        """The day a tie began, where the words before or in it say so."""
        low = max(tagged.text.rfind("。", 0, match.start()), 0)
        day = re.compile(rf"(?:自|从|since ){_DAY}|{_DAY}(?:起|以来|开始)").search(
            tagged.text, low, match.end() + _AFTER
        )
        if day is None:
            return ""
        at = day.start() + day[0].index(_DAY)
        return _original(text, tagged, at, at + 1)


def _original(text: Text, tagged: _Tagged, start: int, end: int) -> str:
    return text.original[tagged.starts[start] : tagged.ends[end - 1]] if end > start else ""


def _written(expression: str) -> str:
    """An expression of the patterns with its parties, products and places as the characters that stand for them."""
    english = re.search(r"[a-z]{3}", re.sub(r"\{\w+\}|P<\w+>", "", expression)) is not None
    party = f"(?:{_PARTY}|{_LATIN if english else _SHAPED})"
    parts = {
        "parties": f"{party}(?:{_JOINT}(?:the )?{party}(?!'))*",
        "party": party,
        "product": _PRODUCT,
        "place": f"(?:{_PLACE}|{_LATIN})" if english else f"(?:{_PLACE}|[\\u4e00-\\u9fff]{{2,4}}[州市县省])",
        "share": _SHARE,
        "amount": _AMOUNT,
        "day": _DAY,
        "it": _IT,
    }
    for name, written in parts.items():
        expression = expression.replace(f"{{{name}}}", written)
    return expression
