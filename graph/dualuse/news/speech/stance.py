"""Sides taken on a measure: who opposes, worries, supports or asks for a change, and on what grounds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from dualuse.news.find.descriptions import OF_PARTY
from dualuse.news.find.mentions import Mention
from dualuse.news.lexicon.entries import StanceCue
from dualuse.news.lexicon.facts import Facts
from dualuse.news.lexicon.patterns import Patterns, compiled
from dualuse.news.speech.holders import behind, joined, leading, voice_of
from dualuse.news.speech.holders_zh import Heads
from dualuse.news.speech.scene import Speaker
from dualuse.news.speech.segments import Heard
from dualuse.news.text.passages import Text
from dualuse.node import Node

_DENIED = re.compile(
    r"(?:\bnot|n't|\bnever|\bno longer|\bneither|\bwithout|\bdenie[sd]|\bdeny|\bdenying|\bdeclined to|\brefused to"
    r"|\bstopped|\bceased|\bno reason to|\bno|\bnor|\bnone|\bnobody|\bfew|\bhardly|\bbarely|\bshort of|\bso far as to"
    r"|\bwithdrew|\bdropped|\brather than|\binstead of|\bfar from"
    r"|\b(?:allay|ease|eas|dispel|calm|alleviat|address)(?:s|ed|ing|e|es)?)(?: (?!but\b)[\w-]+){0,4}? ?$"
    r"|(?:而非|而不是|不代表|不等于|不再|并不|并非|不是|并未|没有|没|未|不|从未|从来不|停止|放弃|撤回|否认|无意|不会|绝不是|不意味着|谈不上"
    r"|称不上|算不上|不曾|不必|不用|无需|无须|毋须|缓解|消除|打消|化解|避免|平息|尚无|并无|绝无)"
    r"(?:对此|公开|明确|表示|提出|表达|作出|表|再|会|是|人|人人|任何人|所有人|国家|企业|外界|各方|市场|这种|过|过分|过于|过度|太|直接"
    r"|完全|一味|急于)?$"
    r"|(?:缓解|消除|打消|化解|平息|减轻|回应)[^,。;]{0,14}的$"
    r"|(?:不(?:同意|认同|赞成|赞同)|(?:反驳|驳斥|否认)(?![称说道指,:]))[^,。;]{0,36}$",
    re.IGNORECASE,
)
_CEASED = re.compile(r"(?:停止|放弃|撤回)")
"""Words before those of a side that ask for the end of what they call wrong, which nobody takes back: 停止错误做法."""
_LIFTED = re.compile(
    r"[^,。;]{0,16}?(?:放宽|取消|解除|松绑|撤销|废除|削弱|暂停|豁免|推迟|延后|撤回|解禁)"
    r"| (?:\w+ ){0,3}?(?:eas|lift|relax|remov|weaken|repeal|dropp|end|loosen|exempt|delay|suspend|withdraw|roll)"
    r"(?:ing|al|ment|sion)\b"
    r"| (?:[\w'’.&-]+ ){0,6}?(?:decision|plans?|move|proposal|intention|intent|steps?|announcement|bill|efforts?|pledge"
    r"|vow|calls?|push|bid) (?:this week |last week )?(?:to|of|for|on) (?:\w+ (?:and|or) )?(?:eas|lift|relax|remov"
    r"|weaken|allow|approv|permit|authori|resum|repeal|drop|end\b|let\b"
    r"|loosen|exempt|delay|suspend|withdr|roll|rescind|scrap|revok|paus|cancel|abandon|revers|replac|kill|undo|overturn)"
    r"| (?:[\w'’.&-]+ ){0,5}?(?:repeal|rescission|withdrawal|suspension|delay|pause|removal|end|reversal|revocation"
    r"|cancellation|easing|lifting|replacement|relaxation|rollback|demise|scrapping|approval|authori[sz]ation"
    r"|resumption) (?:of|to)\b"
)
"""What stands behind a side that is taken on the end of a measure."""
_LIFTING = re.compile(
    r"(?:^|\bthat |[,;“\"] ?)(?:suspend|lift|rescind|repeal|eas|relax|scrap|withdraw|revok|remov|end|dropp|weaken"
    r"|loosen|allow|approv|permit|resum|revers|roll|abandon|cancel|delay|let)(?:t?ing)\b[^.;]{0,120}$"
    r"|\b(?:suspension|repeal|rescission|withdrawal|reversal|revocation|resumption|lifting|approval|sales?) (?:of|to) "
    r"[^,.;]{0,60}$",
    re.IGNORECASE,
)
"""What stands before words of a side where its subject is the end of a measure: suspending the rule is a mistake."""
_DECISION = re.compile(
    r"(?:这一|这项|这个|该|此|此一|上述|美方的?|美国的?|政府的?)*(?:决定|举措|做法|举动|措施|举|消息)"
    r"| (?:(?:it|that|this)(?= ?[,.;\"”]|$| (?:on|in|as|and)\b)"
    r"|the (?:\w+ )?(?:decision|move|step|announcement|news|change|reversal|shift)"
    r"|(?:[\w.&-]+ ){0,3}[\w.&-]+['’]s? (?:\w+ )?(?:decision|move|step|announcement))\b(?! (?:to|of)\b)"
)
_ENDED = re.compile(
    r"放宽|取消|解除|松绑|撤销|废除|暂停|撤回|解禁|解封|恢复"
    r"|\b(?:eas(?:e|es|ed|ing)|lift(?:s|ed|ing)?|rescind|repeal|scrap|revok|withdr[ae]w|suspend"
    r"|roll(?:s|ed|ing)? back|revers|resum|loosen|relax|allow|approv)",
    re.IGNORECASE,
)
_PRETEXT = re.compile(r"(?:假借|假|借口?|打着|所谓|标榜|美其名曰)[^,。;]{0,12}$")
"""Words for a reason that is only given out: who says so does not take the side."""
_UNDONE = re.compile(
    r"撤销|废除|取消|撤回|暂停|中止|\b(?:rescind|rescission|repeal|scrap|revok|withdr[ae]w|revers|suspend|suspension|replac)",
    re.IGNORECASE,
)
"""What may be undone is not what its maker speaks for."""
_CLOSE = 300
_BACK = 1_500
"""Code points before a side in which it may stand what is decided."""
_RESTRICTS = re.compile(
    r"\b(?:bans?|banned|banning|block(?:s|ed|ing)?|restrict\w*|den(?:y|ies|ied|ying)|curb(?:s|ed|ing)?|limit(?:s|ed|ing)?"
    r"|prohibit\w*|keep(?:s|ing)?|prevent\w*|(?:export|chip) controls?)\b"
    r"|限制|管制|禁令|禁止|封锁|封殺|封杀|打压",
    re.IGNORECASE,
)
"""Words of a restriction: in a text about leave given, a side taken on them is none on that."""
_GOAL = re.compile(
    r" ?(?:the |its )?(?:\w+ )?(?:aims?|goals?|objectives?|intent|purpose|idea)\b|[^,。;]{0,10}(?:目标|初衷|目的)"
)
_OPEN = re.compile(
    r"\b(?:whether|if|unless|should it)\b[^,.;]*$|(?:是否|会不会|能否|如果|假如|若|一旦)[^,。;]{0,12}$", re.IGNORECASE
)
_PAST = re.compile(
    r" (?:the |its |his )?(?:[\w-]+ ){0,2}?(?:prior|previous|earlier|past|former) (?:[\w-]+ ){0,3}?"
    r"(?:rule|curb|control|measure|polic|ban|restrict|approach)"
)
_OF_WORDS = re.compile(
    r"\b(?:critiques?|criticisms?|critics|claims?|reports?|allegations?|accusations?|suggestions?|arguments?|concerns?|warnings?)"
    r"(?: (?:about|of|that|over|on|from|against)[^,.;]{0,60}?)? (?:as|is|are|was|were) (?:\w+ ){0,3}$"
)
_OF_LIFTING = re.compile(r"(?:放宽|取消|解除|松绑|撤销|废除|暂停|豁免|推迟|解禁|恢复)[^,。;]{0,24}$")
_MOTIVE = re.compile(r"(?:由于|因为?|出于|基于|鉴于)$")
_ABOUT = ("opposes", "supports", "concerned")
"""Sides that turn round where what they are taken on is the end of a measure."""
_PLAIN = ("requests-change",)
_OBJECT = re.compile(
    r"(?:对|向|与|针对|被|把|由|遭|受|为|给|令|使)$|\b(?:of|in|to|on|against|from|at|with|by|for|that) (?:the )?$"
)
_OFFICES = frozenset({"government", "regulator"})
_LAWGIVERS = frozenset({"legislature"})
_NEAR = 25
_FAR = 40
_APPOSED = re.compile(
    rf"(?:{OF_PARTY},?)?(?:,? who)?"
    r"(?: (?:has|have|had|also|long|now|still|itself|firmly|strongly|\w+ly))*(?:,[^,]{1,60},)? ?"
)
_PASSIVE = re.compile(r"(?:引发|引起|招致|遭到?|受到)[^,。]{0,24}$")


@dataclass(frozen=True, order=True)
class Cue:
    """A cue of a side taken.

    Args:
        start: First code point of the clause.
        end: Code point after its last.
        words: The cue itself.
        stance: ``opposes``, ``concerned``, ``supports`` or ``requests-change``.
        value: The same as a claim's value: ``opposes``, ``criticises``, ``concerned`` …
        grounds: Reasons given in the sentence.
        holder: Whose side it is, if that is known.
        rule: Pattern that found it.
        at: First code point of the cue.
        voice: Who takes the side, as a speaker.
        denied: Whether the words say that the side is not taken.
        told: How it is told whose side it is, as its pattern says.
        decided: Whether it is taken on something decided that may be the end of a measure.
        lifted: Whether it is taken on the end of a measure, or on leave given.
        restricts: Whether its words are of a restriction.
    """

    start: int
    end: int
    words: str
    stance: str
    value: str
    grounds: tuple[str, ...]
    holder: Node | None
    rule: str
    at: int = 0
    voice: Speaker = field(default_factory=Speaker)
    denied: bool = False
    told: str = "verb"
    decided: bool = False
    lifted: bool = False
    restricts: bool = False


class Stances:
    """Finds sides taken."""

    def __init__(self, patterns: Patterns, facts: Facts) -> None:
        self._facts = facts
        self._heads = Heads(patterns, facts)
        self._cues = [(entry, compiled(entry.regex)) for entry in patterns.stances]
        self._grounds = [(entry.key, compiled(entry.regex)) for entry in patterns.grounds]

    def find(
        self,
        text: Text,
        sentence: tuple[int, int],
        clause: tuple[int, int],
        mentions: Sequence[Mention],
        heard: Heard,
        language: str,
    ) -> list[Cue]:
        """Sides taken in a clause, the strongest cue of each stance."""
        found: dict[tuple[str, str], Cue] = {}
        for entry, expression in self._cues:
            if entry.language not in (language, "any"):
                continue
            match = expression.search(text.plain, *clause)
            if match is None or _PASSIVE.search(text.plain[clause[0] : match.start()]):
                continue
            if entry.stance in _ABOUT and self._is_beside(text, clause, match, entry.told in ("own", "officials")):
                continue
            if entry.told == "behind":
                voices = list(behind(text.plain, match.end(), clause[1], mentions, self._facts))
            else:
                voices = self._voices(text, match, sentence, clause, mentions, heard, entry)
            if entry.told == "officials" and not self._speaks_for_law(text, voices[0], match):
                continue
            denied = _is_denied(text.plain[max(clause[0], match.start() - _FAR) : match.start()], entry.told)
            for voice in voices:
                cue = Cue(
                    *clause,
                    text.original[match.start() : match.end()],
                    entry.stance,
                    entry.value,
                    self.grounds(text, *sentence),
                    _node(voice),
                    entry.key,
                    match.start(),
                    voice,
                    denied,
                    entry.told,
                    self._is_decided(text, clause, match),
                    entry.stance in _ABOUT and self._is_lifted(text, clause, match, entry.told),
                    _RESTRICTS.search(text.plain, *clause) is not None,
                )
                found.setdefault((entry.stance, "" if voice is voices[0] else _name(voice)), cue)
        return sorted(found.values(), key=lambda cue: (cue.at, cue.stance, cue.rule, cue.voice.label))

    def _speaks_for_law(self, text: Text, voice: Speaker, match: re.Match[str]) -> bool:
        """Whether a side is a government's to take; a lawmaker's only where nothing was ended or allowed before."""
        kinds = self._facts.types.get(voice.organisation, set())
        if kinds & _LAWGIVERS:
            return _ENDED.search(text.plain, max(0, match.start() - _BACK), match.end() + _CLOSE) is None
        return bool(kinds & _OFFICES)

    def grounds(self, text: Text, start: int, end: int) -> tuple[str, ...]:
        """Reasons named between two positions."""
        return tuple(key for key, expression in self._grounds if expression.search(text.plain, start, end))

    @staticmethod
    def _is_beside(text: Text, clause: tuple[int, int], match: re.Match[str], own: bool) -> bool:
        """Whether no side is taken on a measure, but on its end (opposes easing it), on its goal, or only perhaps."""
        if _OPEN.search(text.plain[clause[0] : match.start()]):
            return True
        if own and _PRETEXT.search(text.plain[clause[0] : match.start()]):
            return True
        if own and _UNDONE.search(text.plain, max(0, match.start() - _CLOSE), clause[1]):
            return True
        if match[0].lower().startswith(("support", "支持", "back")) and _GOAL.match(text.plain, match.end()):
            return True
        if _PAST.match(text.plain, match.end(), clause[1]):
            return True
        if _OF_WORDS.search(text.plain, max(clause[0], match.start() - 3 * _FAR), match.start()):
            return True
        before = text.plain[max(clause[0], match.start() - 20) : match.start()]
        return _MOTIVE.search(before) is not None

    @staticmethod
    def _is_lifted(text: Text, clause: tuple[int, int], match: re.Match[str], told: str) -> bool:
        """Whether a side is taken on the end of a measure: it stands behind the cue, or is the subject of its words."""
        if _LIFTED.match(text.plain, match.end(), clause[1]) is not None:
            return True
        if not match[0].isascii() and _OF_LIFTING.search(text.plain[max(clause[0], match.start() - 20) : match.end()]):
            return True
        return told == "words" and _LIFTING.search(text.plain[clause[0] : match.start()]) is not None

    @staticmethod
    def _is_decided(text: Text, clause: tuple[int, int], match: re.Match[str]) -> bool:
        """Whether a side is taken on a decision, and something was ended or eased before."""
        earlier = max(0, match.start() - _BACK), match.start()
        decided = _DECISION.match(text.plain, match.end(), clause[1]) is not None
        return decided and _ENDED.search(text.plain, *earlier) is not None

    def _voices(
        self,
        text: Text,
        match: re.Match[str],
        sentence: tuple[int, int],
        clause: tuple[int, int],
        mentions: Sequence[Mention],
        heard: Heard,
        entry: StanceCue,
    ) -> list[Speaker]:
        """Whose side it is, and who takes it together with whoever that is."""
        voice = self._voice(text, match.start(), clause, mentions, heard, entry)
        if match[0].isascii():
            return [voice, *self._beside(text, clause, match, mentions, voice)]
        if entry.told == "verb":
            verbs = heard.placed[1].over(*clause)
            also = next((verb.also for verb in verbs if verb.within is None and verb.speaker == voice), ())
            rows = self._heads.rows(text.plain, sentence[0], match.start(), clause[0], mentions)
            if not voice.known:
                return list(rows) or [voice]
            if also:
                return [voice, *also]
            if rows and rows[0].is_same(voice):
                return [voice, *rows[1:]]
        return [voice]

    def _beside(
        self, text: Text, clause: tuple[int, int], match: re.Match[str], mentions: Sequence[Mention], voice: Speaker
    ) -> Iterator[Speaker]:
        """Who takes a side together with whoever stands straight before it."""
        before = [m for m in mentions if clause[0] <= m.start and m.end <= match.start()]
        if before and (before[-1].key in (voice.organisation, voice.person)) and match[0].isascii():
            here = [m for m in mentions if m.start >= clause[0]]
            gap = text.plain[before[-1].end : match.start()]
            if _APPOSED.fullmatch(gap):
                yield from joined(text.plain, before[-1].start, here, self._facts)

    def _voice(
        self,
        text: Text,
        cue: int,
        clause: tuple[int, int],
        mentions: Sequence[Mention],
        heard: Heard,
        entry: StanceCue,
    ) -> Speaker:
        """Whose side it is: the subject of the verb, the one named straight before the cue, else whoever speaks."""
        segment = heard.at(cue, cue + 1) or heard.at(*clause)
        speaking = Speaker() if segment is None else segment.speaker
        if entry.told != "verb":
            return speaking
        for verb in heard.placed[1].over(*clause):
            if clause[0] <= verb.start < clause[1] and verb.start <= cue + 2 and cue < verb.end + 2:
                own = next((m for m in mentions if m.start == verb.subject and m.how == "abbreviation.side"), None)
                if own is not None and speaking.known and self._facts.seats.get(speaking.organisation) == own.key:
                    return speaking
                if verb.within is None:
                    return verb.speaker
                return verb.within if self._is_home(verb.speaker, verb.within) else _told(verb.speaker, verb.within)
        if entry.stance in _PLAIN:
            return speaking
        other = self._subject(text, cue, clause, mentions) or next(
            iter(self._heads.at(text.plain, clause[0], cue, mentions)), None
        )
        if other is None:
            first = None if speaking.known else leading(text.plain, clause[0], cue, mentions, self._facts)
            return speaking if first is None else first
        seat = self._facts.seats.get(speaking.organisation, "-")
        if other.is_same(speaking) or seat == other.reporter:
            return speaking
        if self._is_home(other, speaking):
            return speaking
        return _told(replace(other, reporter=""), speaking)

    def _is_home(self, other: Speaker, speaking: Speaker) -> bool:
        """Whether one is the government of the place for whose office the other speaks."""
        office = bool(self._facts.types.get(speaking.organisation, set()) & _OFFICES)
        home = self._facts.government(self._facts.seats.get(speaking.organisation, "-"))
        return office and bool(other.organisation) and other.organisation == home

    def _subject(self, text: Text, cue: int, clause: tuple[int, int], mentions: Sequence[Mention]) -> Speaker | None:
        """Who stands straight before a cue; a place with its key as reporter, to be held against the speaker's seat."""
        before = [m for m in mentions if clause[0] <= m.start and m.end <= cue and cue - m.end <= _NEAR]
        if not before:
            return None
        last, plain = before[-1], text.plain
        gap = plain[last.end : cue]
        fits = (
            _APPOSED.fullmatch(gap) if gap.isascii() else len(gap) <= 6 and not re.search(r"[,。的对把被使让令]", gap)
        )
        if not fits or _OBJECT.search(plain[max(clause[0], last.start - 8) : last.start]):
            return None
        if last.kind in ("place", "group"):
            return Speaker(self._facts.government(last.key), "", last.label, last.key, "organisation")
        return voice_of(last, self._facts)


def _is_denied(before: str, told: str) -> bool:
    """Whether what stands before a cue says that its side is not taken."""
    denial = _DENIED.search(before)
    return denial is not None and not (told == "words" and _CEASED.match(before, denial.start()))


def _told(voice: Speaker, by: Speaker) -> Speaker:
    """A voice as someone else tells of it."""
    return replace(voice, reporter=by.reporter or by.organisation or by.person or by.label)


def _name(speaker: Speaker) -> str:
    return speaker.organisation or speaker.person or speaker.label


def _node(speaker: Speaker) -> Node | None:
    if speaker.organisation:
        return Node("organisation", speaker.organisation)
    return Node("person", speaker.person) if speaker.person else None
