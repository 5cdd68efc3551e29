"""What a text mentions: every name the graph knows, the longest where several overlap."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from dualuse.news.find.abbreviations import Abbreviations
from dualuse.news.find.descriptions import Descriptions
from dualuse.news.lexicon.entries import Careful, Institution
from dualuse.news.lexicon.gazetteer import STOP, Gazetteer, Name
from dualuse.news.lexicon.patterns import Patterns, forms_of
from dualuse.news.text.passages import Text, plain

_NEAR, _FAR, _AROUND = 24, 2_000, 50_000
_DATELINE = 40
_NAMED_BEFORE = 3
_SURE = 4
_BULLET = 4
_TAIL = re.compile(
    r"(?:科技|产业)?(?:控股|信息|资本|证券|数据|南方|北方|微电子)(?!公司|技术|产业|安全|显示|披露|称|来源|中心)"
)
_OWNS = re.compile(r"(?:的|'s?|政府)? ?")
_COMMON = ("北京",)
_RECENT = 40
_GOVERNMENTS = {"CN": "gov-cn", "US": "usgov", "eu": "ec"}


@dataclass(frozen=True, order=True)
class Mention:
    """A mention.

    Args:
        start: First code point in the text.
        end: Code point after the last.
        text: The words themselves.
        kind: ``place``, ``organisation``, ``person``, ``product``, ``instrument``, ``item`` or ``group`` of the graph;
            or ``city``, ``region``, ``outlet``, ``term``, ``unnamed``.
        key: Key in the graph, or of ``data/news``; empty where it names something the graph does not hold.
        label: English label.
        how: Rule that found it.
        also: Other keys the same form can mean.
    """

    start: int
    end: int
    text: str
    kind: str
    key: str
    label: str
    how: str
    also: tuple[str, ...] = ()

    @property
    def thing(self) -> str:
        """``kind:key``, or an empty string."""
        return f"{self.kind}:{self.key}" if self.key else ""


@dataclass(frozen=True)
class _Candidate:
    start: int
    end: int
    order: int
    names: tuple[Name, ...]
    mention: Mention | None = None


class Finder:
    """Finds mentions in texts.

    Args:
        gazetteer: Names of the graph and forms of the patterns.
        patterns: The patterns.
    """

    def __init__(self, gazetteer: Gazetteer, patterns: Patterns) -> None:
        self.gazetteer = gazetteer
        self._abbreviations = Abbreviations(patterns)
        self._descriptions = Descriptions(patterns, gazetteer)
        self._careful = {plain(entry.form): entry for entry in patterns.careful}
        self._never = frozenset(patterns.never)
        self._institutions = {entry.form: entry for entry in patterns.institutions}
        self._abbreviated = patterns.abbreviations
        self._owners = [(entry.key, plain(form)) for entry in patterns.owners for form in forms_of(entry)]
        self._cities = {entry.key: entry for entry in patterns.cities}
        self._titles = re.compile(
            "|".join(f"(?:{re.escape(word)})" for entry in patterns.titles for word in map(plain, entry.before)) + "$"
        )
        famous = {plain(name) for entry in patterns.administrations for name in entry.people}
        self._famous = frozenset(famous)

    def find(self, text: Text, dates: Sequence[tuple[int, int]]) -> list[Mention]:
        """Every mention of a text, in order; none overlaps another.

        Args:
            text: The text.
            dates: Spans of its dates, in which no place is named by a character.
        """
        candidates = list(self._named(text))
        words = [(c.start, c.end) for c in candidates if c.names and c.names[0].kind == STOP]
        longer = [(c.start, c.end) for c in candidates if c.end - c.start > 1]
        candidates = [c for c in candidates if not (c.names and c.names[0].key == "word" and c.names[0].kind == STOP)]
        taken = _mask(len(text.plain), (*words, *longer, *dates))
        candidates += self._shaped(text, taken)
        return [mention for mention in self._decide(text, _longest(candidates)) if mention.kind != STOP]

    def _named(self, text: Text) -> Iterator[_Candidate]:
        """Names that stand in the text and count there."""
        hits = list(self.gazetteer.find(text.plain))
        forms = {name.form for _, _, names in hits for name in names}
        for start, end, names in hits:
            counted = [name for name in names if self._counts(text, name, start, end, forms)]
            if counted:
                best = min(name.rank for name in counted)
                first = [name for name in counted if name.rank == best] if counted[0].kind != STOP else counted
                start = self._whole_name(text, first[0], start)
                yield _Candidate(start, end, 8 if first[0].kind == STOP else best, tuple(first))

    def _whole_name(self, text: Text, name: Name, start: int) -> int:
        if name.kind != "person" or name.latin:
            return start
        return self._descriptions.given_name(text.plain, start)

    def _counts(self, text: Text, name: Name, start: int, end: int, forms: set[str]) -> bool:
        """Whether a form is the name here: careful forms need company, surnames a title or the full name."""
        if name.surname:
            full = self.gazetteer.by_thing[name.kind, name.key]
            titled = self._titles.search(text.plain, max(0, start - 20), max(0, start - 1)) is not None
            return titled or name.form in self._famous or any(form in forms for form in full)
        if name.form in self._never:
            others = self.gazetteer.by_thing[name.kind, name.key] - self._never
            return any(form in forms for form in others)
        careful = self._careful.get(name.form)
        return careful is None or _accompanied(text, careful, start)

    def _shaped(self, text: Text, taken: Sequence[bool]) -> Iterator[_Candidate]:
        for found in self._abbreviations.find(text.plain, taken):
            kind = "group" if found.place == "eu" else "place"
            label = self.gazetteer.label(kind, found.place)
            words = text.original[found.start : found.end]
            mention = Mention(found.start, found.end, words, kind, found.place, label, found.how)
            yield _Candidate(found.start, found.end, 3, (), mention)
        for described in self._descriptions.find(text.plain):
            start, end = described.start, described.end
            words = text.original[start:end]
            group = described.kind == "group"
            label = self.gazetteer.label(described.kind, described.key) if described.key else words
            label = described.label if group else label
            mention = Mention(start, end, words, described.kind, described.key, label, described.how)
            yield _Candidate(start, end, 6, (), mention)

    def _decide(self, text: Text, candidates: Iterable[_Candidate]) -> Iterator[Mention]:
        """Say what each candidate means."""
        named: list[Mention] = []
        last: Mention | None = None
        for candidate in candidates:
            if candidate.mention is not None:
                last = candidate.mention
                yield last
                continue
            name = candidate.names[0]
            words = text.original[candidate.start : candidate.end]
            label = self.gazetteer.labels.get((name.kind, name.key), name.label)
            also = tuple(sorted({other.key for other in candidate.names[1:] if other.key != name.key}))
            how = "name" if name.rank <= 2 and name.kind not in ("institution", STOP) else f"form.{name.kind}"
            mention = Mention(candidate.start, candidate.end, words, name.kind, name.key, label, how, also)
            if name.kind == "institution":
                owner = self._owner(text, mention, last)
                mention = self._institution(text, mention, self._institutions[name.key], named, owner)
            elif name.kind == "city":
                mention = self._city(text, mention)
            if mention.kind == "organisation":
                mention = _longer(text, mention)
                named.append(mention)
            last = mention
            if mention.key or mention.kind != "organisation" or mention.how in ("institution.owner", "body"):
                yield mention

    def _owner(self, text: Text, mention: Mention, last: Mention | None) -> tuple[str, str]:
        """The place whose institution it is, and its words: one straight before, or one that heads the line."""
        before = text.plain[max(0, mention.start - 16) : mention.start]
        for key, form in self._owners:
            if before.endswith(f"{form} "):
                return key, form
        if last is None or last.kind not in ("place", "group"):
            return "", ""
        gap = text.plain[last.end : mention.start]
        start = text.passage_at(mention.start).start
        heads = last.start - start <= _BULLET and re.match(r" ?:", text.plain[last.end : last.end + 2])
        if _OWNS.fullmatch(gap) or (heads and last.start >= start):
            return last.key, text.plain[last.start : last.end] + (gap.strip() if gap.startswith("'") else "")
        return "", ""

    def _institution(
        self,
        text: Text,
        mention: Mention,
        institution: Institution,
        named: Sequence[Mention],
        owner: tuple[str, str],
    ) -> Mention:
        """Which of several institutions a shared name means: whose it is, what stands near, the last one named in full.

        That of a place no institution here belongs to is that place's own; where two weigh alike, nobody's.
        """
        passage = text.passage_at(mention.start)
        candidates = {key: cues for key, cues in institution.candidates.items() if key}
        if owner[0]:
            owned = [key for key, cues in candidates.items() if any(self._is_place(cue, owner[0]) for cue in cues)]
            if not owned:
                return self._of_place(mention, owner)
            label = self.gazetteer.label("organisation", owned[0])
            return replace(mention, kind="organisation", key=owned[0], label=label, how="institution.near")
        scores = {
            key: sum(_weight(text.plain, passage.start, passage.end, mention, plain(cue)) for cue in cues)
            for key, cues in candidates.items()
        }
        here = takewhile(lambda m: m.start >= passage.start, reversed(named))
        before = next((m.key for m in here if m.key in scores), "")
        if before:
            scores[before] += _NAMED_BEFORE
        if not scores:
            return replace(mention, kind="organisation", key="", how="institution.default")
        best = max(sorted(scores), key=lambda key: (scores[key], key == institution.default))
        if scores[best] == 0 and institution.default:
            best = self._named_in(text, candidates, institution, named) or best
            if best != institution.default:
                label = self.gazetteer.label("organisation", best)
                return replace(mention, kind="organisation", key=best, label=label, how="institution.text")
        unsure = institution.default and best != institution.default and before == best
        close = unsure and 0 < scores[best] - scores.get(institution.default, 0) < _SURE
        if close and self._named_in(text, candidates, institution, named) != best:
            return replace(mention, kind="organisation", key="", label=mention.text, how="institution.owner")
        key = best if scores[best] > 0 else institution.default
        label = self.gazetteer.label("organisation", key)
        how = "institution.near" if scores[best] > 0 else "institution.default"
        also = tuple(sorted(set(institution.candidates) - {key}))
        return replace(mention, kind="organisation", key=key, label=label, how=how, also=also)

    def _named_in(
        self, text: Text, candidates: Mapping[str, Sequence[str]], institution: Institution, named: Sequence[Mention]
    ) -> str:
        """The institution that an article named in full before, where nothing in the text speaks for the usual one."""
        default, form = institution.default, plain(institution.form)
        last = next((m.key for m in reversed(named[-_RECENT:]) if m.key in candidates), "")
        if not last:
            spoken = [key for key in candidates if key != default and self._speak(text, candidates[key], form)]
            last = spoken[0] if len(spoken) == 1 else ""
        if not last or last == default or not text.divided:
            return ""
        usual = any(self._stands(text, cue, form) for cue in candidates.get(default, ()))
        return "" if usual else last

    def _speak(self, text: Text, cues: Sequence[str], form: str) -> bool:
        """Whether one of the cues that are no name of it stands in a text: 蕭光偉 for the ministry in Taipei."""
        return any(self._stands(text, cue, form) for cue in cues if not cue.startswith("^"))

    @staticmethod
    def _stands(text: Text, cue: str, form: str) -> bool:
        words = plain(cue).lstrip("^$")
        words = f"{words}{form}" if cue.startswith("^") else f"{form}{words}" if cue.startswith("$") else words
        return words not in _COMMON and words in text.opening

    def _is_place(self, cue: str, place: str) -> bool:
        """Whether a cue that stands straight before an institution names a place: ^China's."""
        if not cue.startswith("^"):
            return False
        words = plain(cue[1:]).removesuffix("'s")
        named = {name.key for name in self.gazetteer.names.get(words.lower(), ()) if name.kind in ("place", "group")}
        named |= {key for key, form in self._owners if form == words}
        named |= {entry.key for entry in self._abbreviated if plain(entry.form) == words}
        return place in named

    def _of_place(self, mention: Mention, owner: tuple[str, str]) -> Mention:
        """A ministry of a place: its government where the graph holds it, else nobody it holds."""
        key = _GOVERNMENTS.get(owner[0], f"gov-{owner[0].lower()}")
        known = ("organisation", key) in self.gazetteer.labels
        label = self.gazetteer.label("organisation", key) if known else f"{owner[1]} {mention.text}"
        how = "institution.owner"
        return replace(mention, kind="organisation", key=key if known else "", label=label, how=how, also=())

    def _city(self, text: Text, mention: Mention) -> Mention:
        """A city that can stand for a government does so unless it stands in a dateline or before an institution."""
        city = self._cities[mention.key]
        if not city.government:
            return mention
        after = text.plain[mention.end : mention.end + 6]
        passage = text.passage_at(mention.start)
        dateline = mention.start - passage.start < _DATELINE and re.match(r" ?(?:\d|\()| - |, [A-Z][a-z]+\.? \d", after)
        placed = re.match(r"智[庫库]|[州市特]|(?:的)?(?:分析|学者|消息|会谈)| ?(?:think|-based|Post|state)|, D", after)
        before = text.plain[max(0, mention.start - 3) : mention.start]
        if dateline or placed or re.search(r"(?:在|于|驻|抵|\bin |\bto )$", before):
            return mention
        key = city.government
        return replace(
            mention, kind="organisation", key=key, label=self.gazetteer.label("organisation", key), how="capital"
        )


def _longer(text: Text, mention: Mention) -> Mention:
    """A name that is only the beginning of another company's: 浪潮信息 is not 浪潮集团."""
    tail = _TAIL.match(text.plain, mention.end)
    if tail is None or mention.text.isascii():
        return mention
    words = text.original[mention.start : tail.end()]
    return replace(mention, end=tail.end(), text=words, key="", label=words, how="body", also=())


def _accompanied(text: Text, careful: Careful, start: int) -> bool:
    passage = text.passage_at(start)
    here = text.plain[max(passage.start, start - _FAR) : min(passage.end, start + _FAR)]
    text_around = text.plain[max(0, start - _AROUND) : start + _AROUND]
    if any(plain(word) in here for word in careful.but):
        return False
    return not careful.needs or any(plain(word) in text_around for word in careful.needs)


def _weight(text: str, low: int, high: int, mention: Mention, cue: str) -> int:
    """How much a cue near a mention says: 8 straight beside it, 4 near it, 1 further on in the passage."""
    if cue.startswith("^"):
        before = text[max(low, mention.start - len(cue)) : mention.start].rstrip()
        return 8 if before.endswith(cue[1:]) else 0
    if cue.startswith("$"):
        return 8 if text[mention.end : mention.end + len(cue) + _NEAR].lstrip().startswith(cue[1:]) else 0
    if cue in text[max(low, mention.start - _NEAR) : min(high, mention.end + _NEAR)]:
        return 4
    return 1 if cue in text[max(low, mention.start - _FAR) : min(high, mention.end + _FAR)] else 0


def _mask(size: int, spans: Iterable[tuple[int, int]]) -> list[bool]:
    taken = [False] * size
    for start, end in spans:
        taken[start:end] = [True] * (end - start)
    return taken


def _longest(candidates: Sequence[_Candidate]) -> Iterator[_Candidate]:
    """Candidates that do not overlap: the leftmost first, of those the longest, of those the best name.

    Pronouns only take what is left.
    """
    reached = 0
    kept = []
    for candidate in sorted(candidates, key=lambda c: (c.start, -c.end, c.order)):
        if candidate.start >= reached and not _pronoun(candidate):
            kept.append(candidate)
            reached = candidate.end
    ends = [candidate.end for candidate in kept]
    free = []
    for candidate in filter(_pronoun, candidates):
        after = bisect_right(ends, candidate.start)
        if after == len(kept) or kept[after].start >= candidate.end:
            free.append(candidate)
    yield from sorted((*kept, *free), key=lambda c: c.start)


def _pronoun(candidate: _Candidate) -> bool:
    return bool(candidate.names) and candidate.names[0].kind == "pronoun"
