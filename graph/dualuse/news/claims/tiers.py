"""Which tier a count or a list of countries belongs to: the one named nearest, in whatever order a sentence has them.

A sentence is cut at commas and conjunctions; the pieces are put together again so that each part holds a count and a
tier. A count goes with the tier of its part. Where a part says that something is not in the tier, it tells of none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from dualuse.news.find.quantities import Quantity
from dualuse.news.lexicon.patterns import Patterns, compiled
from dualuse.news.text.passages import Text

Span = tuple[int, int]
_CUT = re.compile(
    r"(?<!\d),|,(?!\d)|;|、(?=第[一二三123]|(?:另有?|其[他它余]|约|大约|近|逾|超过|至少|共|而)*\d)"
    r"|\b(?:while|whereas|but)\b|\band(?= [^,;]{0,60}\d)"
    r"|而(?=[^,;]{0,12}[\d一二三四五六七八九十百])"
)
_OUTSIDE = re.compile(
    r"(?:excluded|removed|dropped|left out|barred|absent|missing|moved)(?: \w+)? (?:from|out of) (?:\w+ ){0,2}$"
    r"|(?:outside|beyond|below|except|besides|apart from|other than)(?: of)? (?:\w+ ){0,3}$"
    r"|(?:\bnot|n't|no longer|never) (?:\w+ ){0,3}$"
    r"|(?:排除在|排除于|移出|剔除出|剔出|逐出|退出|不在|不属于?|不再属于?|未列入|未被列入|不列入|没有列入|并非|不是|未入)[^,;]{0,4}$",
    re.IGNORECASE,
)
_MOVED = re.compile(r"(?:移|调|改|升|降|转)(?:到|至|列|为|入)")
_EACH = re.compile(r"分别|各为|\brespectively\b", re.IGNORECASE)
_AND_NOT = re.compile(r"(?:国家)?(?:以外|之外|除外)")
_BESIDES = re.compile(
    r"(?:其他|其它|另外|其余|\bother|\banother|\bfurther|\badditional) ?(?:约|大约|近|的)?$", re.IGNORECASE
)
_THESE = re.compile(r"(?:这些|此类|这类|该类|此等)(?:国家|地区)")
_NAMED = {"1": "一1", "2": "二2", "3": "三3"}
_ENGLISH = {"1": "first|1|one|top", "2": "second|2|two|middle", "3": "third|3|three|bottom"}


@dataclass(frozen=True)
class Tier:
    """A tier (``1``, ``2``, ``3``, or ``scheme`` for all together), and how it was told."""

    level: str
    how: str
    confidence: str


@dataclass
class _Part:
    """A piece of a sentence with its counts and its cues: (start, end, level, whether it is denied)."""

    start: int
    end: int
    counts: list[Span] = field(default_factory=list)
    cues: list[tuple[int, int, str, bool]] = field(default_factory=list)


class Tiers:
    """Tells tiers by their cues."""

    def __init__(self, patterns: Patterns) -> None:
        merged: dict[str, list[str]] = {}
        for entry in patterns.tiers:
            merged.setdefault(entry.key, []).extend(entry.regex)
        self._cues = {level: compiled(expressions) for level, expressions in merged.items()}

    def of(self, text: Text, sentence: Span, span: Span, quantities: Sequence[Quantity]) -> Tier | None:
        """Tier of a count or of a list of countries in a sentence; None where none is told, or it is told otherwise."""
        if _BESIDES.search(text.plain, max(sentence[0], span[0] - 12), span[0]):
            return None
        counted = [(q.start, q.end) for q in quantities if q.unit == "country"]
        items = sorted({*counted, span})
        parts = self._parts(text, sentence, items)
        mine = next((part for part in parts if part.start <= span[0] < part.end), None)
        if mine is None:
            return None
        if _EACH.search(text.plain, mine.start, mine.end):
            return self._respective(text, mine, span)
        if _MOVED.search(text.plain, mine.start, mine.end):
            return None
        if mine.cues:
            found = self._nearest(text, mine, span)
            alone = len(counted) <= 1 and len({cue[2] for part in parts for cue in part.cues}) == 1
            sure = found is None or found.confidence != "high" or alone
            return found if sure or found is None else Tier(found.level, found.how, "medium")
        if _THESE.match(text.plain, mine.start):
            last = next((part for part in reversed(parts) if part.end <= mine.start and part.cues), None)
            found = self._nearest(text, last, span) if last is not None else None
            return None if found is None else Tier(found.level, "last-clause", "low")
        bare = [part for part in parts if not part.counts and part.cues]
        after = next((part for part in bare if part.start >= mine.end), None)
        found = self._nearest(text, after, span) if after is not None else None
        return None if found is None else Tier(found.level, "next-clause", "low")

    def named(self, text: Text, part: Span) -> str:
        """The tier that words name by its number, if it is one and they do not deny it."""
        found = {
            (level, _OUTSIDE.search(text.plain, max(part[0], m.start() - 24), m.start()) is not None)
            for level, expression in self._cues.items()
            for m in expression.finditer(text.plain, *part)
            if self._is_named(m[0], level)
        }
        levels = {level for level, _ in found}
        return next(iter(levels)) if len(levels) == 1 and not any(denied for _, denied in found) else ""

    def pieces(self, text: Text, sentence: Span) -> list[Span]:
        """A sentence cut at commas and conjunctions."""
        cuts = [match.span() for match in _CUT.finditer(text.plain, *sentence)]
        edges = [sentence[0], *(edge for cut in cuts for edge in cut), sentence[1]]
        spans = [(edges[index], edges[index + 1]) for index in range(0, len(edges), 2)]
        return [span for span in spans if span[0] < span[1]]

    def _respective(self, text: Text, part: _Part, span: Span) -> Tier | None:
        """The tier in the same place of the row as a count: 18 and 120 countries are in tiers 1 and 2 respectively."""
        named = [c for c in part.cues if self._is_named(text.plain[c[0] : c[1]], c[2]) and not c[3]]
        counts = sorted(set(part.counts))
        if len(named) != len(counts) or span not in counts:
            return None
        return Tier(named[counts.index(span)][2], "respectively", "medium")

    def _parts(self, text: Text, sentence: Span, items: Sequence[Span]) -> list[_Part]:
        """Pieces of a sentence, those that lack a count or a tier joined to the ones beside them."""
        pieces = [self._piece(text, span, items) for span in self.pieces(text, sentence)]
        merged: list[_Part] = []
        for index, piece in enumerate(pieces):
            last = merged[-1] if merged else None
            following = next((p for p in pieces[index + 1 :] if p.counts or p.cues), None)
            if last is not None and self._joins(last, piece, following):
                last.end = piece.end
                last.counts += piece.counts
                last.cues += piece.cues
            else:
                merged.append(piece)
        return merged

    @staticmethod
    def _joins(last: _Part, piece: _Part, following: _Part | None) -> bool:
        """Whether a piece goes on with what was said before it."""
        if not piece.counts and not piece.cues:
            return True
        if last.counts and last.cues:
            opens = following is not None and bool(following.counts) and not following.cues
            same = {cue[2] for cue in piece.cues} <= {cue[2] for cue in last.cues}
            return not piece.counts and (same or not opens)
        if last.counts and not last.cues:
            return not piece.counts
        if last.cues and not last.counts:
            return not piece.cues and bool(piece.counts)
        return False

    def _piece(self, text: Text, span: Span, items: Sequence[Span]) -> _Part:
        cues = [
            (match.start(), match.end(), level, self._is_outside(text, span, match))
            for level, expression in self._cues.items()
            for match in expression.finditer(text.plain, *span)
        ]
        return _Part(*span, [item for item in items if span[0] <= item[0] < span[1]], sorted(cues))

    @staticmethod
    def _is_outside(text: Text, span: Span, cue: re.Match[str]) -> bool:
        before = _OUTSIDE.search(text.plain, max(span[0], cue.start() - 24), cue.start())
        return before is not None or _AND_NOT.match(text.plain, cue.end()) is not None

    def _nearest(self, text: Text, part: _Part, span: Span) -> Tier | None:
        """The nearest cue of a part: one for all levels together first, then one that gives a number."""
        schemes = [cue for cue in part.cues if cue[2] == "scheme"]
        named = [cue for cue in part.cues if self._is_named(text.plain[cue[0] : cue[1]], cue[2])]
        found = schemes or named or part.cues
        levels = {cue[2] for cue in found}
        start, end, level, denied = min(found, key=lambda cue: (_distance((cue[0], cue[1]), span), cue))
        if denied or any(cue[3] for cue in found if cue[2] == level):
            return None
        sure = len(levels) == 1 and len(part.counts) < _MOST_COUNTS and (bool(schemes) or bool(named))
        near = _distance((start, end), span) <= _NEAR
        return Tier(level, "same-clause", "high" if sure else "medium" if near else "low")

    @staticmethod
    def _is_named(words: str, level: str) -> bool:
        """Whether a cue gives the tier its number."""
        if level not in _NAMED:
            return False
        return (
            re.search(f"第[{_NAMED[level]}](?:级|层|类)|^[{_NAMED[level]}]级", words) is not None
            or re.search(
                rf"(?:{_ENGLISH[level]})[- ]?(?:tier|level|group|category)|tier[- ](?:{_ENGLISH[level]})", words, re.I
            )
            is not None
        )


_NEAR = 16
_MOST_COUNTS = 2


def _distance(one: Span, other: Span) -> int:
    return max(one[0] - other[1], other[0] - one[1], 0)
