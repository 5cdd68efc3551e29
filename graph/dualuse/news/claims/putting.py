"""How a claim is put: as a fact, as a forecast, as about right, as denied; and whether its words are turned round."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dualuse.news.lexicon.patterns import Patterns, compiled
from dualuse.news.text.passages import Text

Span = tuple[int, int]
_REACH_EN, _REACH_ZH = 48, 20
_BUT = re.compile(r"\b(?:but|only|merely|just|instead)\b|而是|但|仅仅?|只是")
_OPEN = re.compile(
    r"\b(?:whether|[Ii]f|[Uu]nless|in case)\b[^,.;]*$|(?:是否|会不会|能否|误[指称传植]|外传|网传|所谓)[^,。;]{0,12}$",
    re.IGNORECASE,
)
_UNTRUE = re.compile(
    r"(?:并?不(?:再|会|曾)?|并?未|没有)(?:被)?(?:适用|涵盖|涉及|针对|覆盖|包括|延伸|生效|实施|执行|列入|纳入|改变)"
)
"""Denial in the words of a claim or straight behind them: 许可要求不适用于日本."""
_PUT_OFF = re.compile(r"推迟|延后|延期|延至|暂缓|搁置|撤销|撤回|废除|取消|不再|不会")
_WAS_DUE = re.compile(r"(?:原定|原本|原计划|原拟|本应|本该|本来)[^,。;]{0,16}$")
_BEHIND = 8
_OTHERS = re.compile(r"[,;](?:而|但|至于|其中)?(?:所谓|有关(?!说)|关于|外界(?!的?说))")
"""Where what is called false behind a claim is another's story: 已作通报,所谓突袭的说法不符合事实."""
_NEXT = re.compile(r", .*\b(?:will|would|is|are|was|were|has|have|believes?|sa(?:id|ys?))\b")
_ANEW = re.compile(r", (?:the|this|that|these|those|it|they|we|he|she|such) (?:[\w'’-]+ ){0,4}$")
"""A clause that begins anew before a match: solving what does not exist, the bill would …"""
_EDGE = re.compile(r", |; | that | which |[\"“”]")
_INSIDE = frozenset({"consequence", "item-scope", "description"})
"""Attributes whose English words may hold the denial themselves: would not affect sales, is not a weapon."""
_PLAIN = frozenset({"position", "criticism", "announced-on", "dated-on", "reported-by", "demand"})
"""Attributes that are not forecasts for a word that looks ahead."""


@dataclass(frozen=True)
class Put:
    """How a claim is put.

    Args:
        modality: A value of the scheme of modalities.
        polarity: ``affirmed`` or ``negated``.
        lifted: Whether its words tell of a measure that ends or loosens.
        open: Whether it is left open: whether the caps would be revised.
    """

    modality: str
    polarity: str
    lifted: bool
    open: bool = False


class Putting:
    """Tells how claims are put, by the words before and around them."""

    def __init__(self, patterns: Patterns) -> None:
        groups: dict[str, list[str]] = {}
        for entry in patterns.modality:
            groups.setdefault(entry.key, []).extend(entry.regex)
        self._cues = {key: compiled(expressions) for key, expressions in groups.items()}

    def of(self, text: Text, clause: Span, match: Span, attribute: str, until: int) -> Put:
        """How the words of a match in a clause are put; the sentence may call them false up to its end."""
        refuted = self._cues["refuted"].search(text.plain, match[1], max(until, match[1]))
        if refuted is not None and _OTHERS.search(text.plain, match[1], refuted.start()) is None:
            return Put("denied", "negated", False)
        if _OPEN.search(text.plain[clause[0] : match[0]]):
            return Put("asserted", "affirmed", False, open=True)
        if _WAS_DUE.search(text.plain[clause[0] : match[0]]) and _PUT_OFF.search(text.plain, match[1], until):
            return Put("asserted", "affirmed", False, open=True)  # what was to apply, and does not
        behind = min(clause[1], match[1] + _BEHIND)
        untrue = attribute != "scope-exclusion" and _UNTRUE.search(text.plain, match[0], behind) is not None
        denied = untrue or self._is_denied(text, clause, match, attribute)
        clause = self._narrow(text, clause, match)
        lifted = self._cues["lifted"].search(text.plain, *self._around(text, clause, match)) is not None
        if denied:
            return Put("denied", "negated", lifted)
        for key in ("reserved", "forecast", "hedged"):
            if attribute in _PLAIN or (key == "reserved") != (attribute == "action"):
                continue
            if self._cues[key].search(text.plain, *clause):
                return Put("forecast" if key == "reserved" else key, "affirmed", lifted)
        if attribute == "action" and self._cues["forecast"].search(text.plain, *clause):
            return Put("forecast", "affirmed", lifted)
        return Put("asserted", "affirmed", lifted)

    def guarded(self, text: Text, sentence: Span) -> bool:
        """Whether a sentence denies, excludes, sets against, ends, asks or hedges something, whatever it is."""
        return self._cues["guarded"].search(text.plain, *sentence) is not None

    def _is_denied(self, text: Text, clause: Span, match: Span, attribute: str) -> bool:
        """Whether a word of denial stands before the match with no "but" between."""
        english = text.plain[match[0]].isascii()
        low = max(clause[0], match[0] - (_REACH_EN if english else _REACH_ZH))
        until = match[1] if english and attribute in _INSIDE else match[0]  # would not affect sales
        before = [cue for cue in self._cues["denied"].finditer(text.plain, low, until) if cue.end() <= until]
        if not before:
            return False
        between = text.plain[before[-1].start() : match[0]]
        if english and (_NEXT.search(between) or _ANEW.search(between)):
            return False
        return _BUT.search(between) is None and not re.search(r"[;。]", between)

    @staticmethod
    def _narrow(text: Text, clause: Span, match: Span) -> Span:
        """The part of an English clause that a match stands in, between commas or from its "that"."""
        if not text.plain[match[0]].isascii():
            return clause
        before = [cut.end() for cut in _EDGE.finditer(text.plain, clause[0], match[0])]
        after = _EDGE.search(text.plain, match[1], clause[1])
        return (before[-1] if before else clause[0]), (after.start() if after is not None else clause[1])

    @staticmethod
    def _around(text: Text, clause: Span, match: Span) -> Span:
        """The match and a few words before it."""
        reach = 30 if text.plain[match[0]].isascii() else 8
        return max(clause[0], match[0] - reach), min(clause[1], match[1] + reach)
