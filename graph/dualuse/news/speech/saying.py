"""Verbs of saying and who says it: the nearest subject to the left, a report's source, a quotation's speaker."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dualuse.news.find.mentions import Mention
from dualuse.news.lexicon.facts import Facts
from dualuse.news.lexicon.longest import Longest, is_latin
from dualuse.news.lexicon.patterns import Patterns, forms_of
from dualuse.news.text.passages import Text

_QUOTES = re.compile(r"「([^「」]*(?:「[^「」]*」[^「」]*)*)」|『([^『』]*)』|“([^“”]*)”|\"([^\"\n]*)\"")
_OBJECT = re.compile(
    r"(?:对于?|向|就|与|针对|在|被|把|将|给|跟|关于|因|由于|除了?|关于|为|防止|包括|等|据|引述|援引|引用)[《「“]?$"
    r"|\b(?:of|in|to|on|against|from|at|over|with|than|including|about|into|by|for|per)(?: the| a| an| its)? $",
    re.IGNORECASE,
)
_SPOKEN_FOR = re.compile(
    r"(?:spokes\w+|official|officials|minister|statement|representative)(?: \w+){0,2} (?:for|of|at|from)(?: the)? $"
)
_OWNED = re.compile(r"[》」”]?的|'s? (?!spokes|statement|ministry)", re.IGNORECASE)
_SHORT = 1
_SKIP_AFTER = re.compile(r"[前后会的者稿]|之[前后]|以来|为")
_INHERIT = re.compile(
    r"(?:并且?|亦|也|还|又|更|同时|另外?|此外|再次?|则|并[强一]?烈?|且|而|近日|随后|其后|期间|但|不过|and|also|but)*\s*"
)
_SPEAKABLE = ("organisation", "person", "unnamed", "outlet", "pronoun")
_SIDES = ("abbreviation.side", "form.place", "capital")
_SPOKESPERSON = re.compile(r"发言人|spokes(?:person|man|woman)", re.IGNORECASE)
_QUESTIONS = "答记者问"
_SOURCE = 12
_TITLE = 14
_SPOKEN = re.compile(r" ?[,:\"“]| that\b")
_PASSIVE = re.compile(r"\b(?:when|was|were|is|are|been|be|being|as) $")
_TOLD = re.compile(r"报[道导]|消息|介绍|称|说|透露|指|数据|资料|统计|声明|公告|表示|$")
_TITLED = re.compile(
    r"(?:\b(?:[Aa]n? |[Tt]he )?(?:senior |)(?:spokes\w+|official|officials|representative) (?:for|of|at|from) (?:the )?"
    r"|(?:\b[Tt]he |\b[Aa] )?(?:\b[A-Z][\w.]+ )*(?:\b[Tt]he |\b[Aa] )?)$"
)
_LEAST_QUOTE = 8
_NEAR, _FAR = 14, 90


@dataclass(frozen=True, order=True)
class Speaker:
    """Whoever says something.

    Args:
        organisation: Organisation spoken for, a key of the graph, or empty.
        person: Person who speaks, a key of the graph, or empty.
        label: What the text calls the speaker.
        reporter: Who passes it on: a key of the graph, or the label of an outlet.
        kind: ``organisation``, ``person``, ``unnamed`` or ``outlet``.
        official: Whether it is a spokesperson, whose words go on until someone else speaks.
    """

    organisation: str = ""
    person: str = ""
    label: str = ""
    reporter: str = ""
    kind: str = ""
    official: bool = False

    @property
    def known(self) -> bool:
        """Whether anyone is named."""
        return bool(self.label)


@dataclass(frozen=True, order=True)
class Verb:
    """A verb of saying, where its subject begins, and who the subject is."""

    start: int
    end: int
    text: str
    act: str
    subject: int
    speaker: Speaker
    rule: str


@dataclass(frozen=True, order=True)
class Quote:
    """Words between quotation marks, without the marks; ``direct`` if they are someone's speech and not a term."""

    start: int
    end: int
    text: str
    direct: bool


@dataclass(frozen=True)
class Scene:
    """A sentence to listen to.

    Args:
        text: The text.
        span: The sentence.
        clauses: Its clauses.
        mentions: Mentions in it.
        quotes: Quotations of the passage; verbs inside direct ones are the speaker's own.
        person: The person who spoke last, for he and she.
    """

    text: Text
    span: tuple[int, int]
    clauses: Sequence[tuple[int, int]]
    mentions: Sequence[Mention]
    quotes: Sequence[Quote]
    person: Speaker

    def clause_at(self, position: int) -> tuple[int, int]:
        """Clause that holds a position."""
        return next((clause for clause in self.clauses if clause[0] <= position < clause[1]), self.span)


@dataclass(frozen=True)
class _Hit:
    """A verb as found, in lower case."""

    start: int
    end: int
    form: str
    act: str

    @property
    def english(self) -> bool:
        return is_latin(self.form)


class Speech:
    """Finds verbs of saying and quotations."""

    def __init__(self, patterns: Patterns, facts: Facts) -> None:
        self._facts = facts
        acts: dict[str, str] = {}
        for entry in patterns.verbs:
            for form in forms_of(entry):
                acts.setdefault(form.lower(), entry.act)
        self._acts = acts
        self._words = Longest((*acts, *(word.lower() for word in patterns.verb_stops)))

    def _hits(self, text: Text, start: int, end: int) -> Iterator[_Hit]:
        """Verbs between two positions; longer words that only look like one are passed over."""
        for first, last, form in self._words.find(text.lowered, start, end):
            if form in self._acts:
                yield _Hit(first, last, form, self._acts[form])

    def quotes(self, text: Text, start: int, end: int) -> list[Quote]:
        """Quotations between two positions."""
        found = []
        for match in _QUOTES.finditer(text.plain, start, end):
            group = next(index for index in (1, 2, 3, 4) if match[index] is not None)
            low, high = match.span(group)
            found.append(Quote(low, high, text.original[low:high], self._direct(text, match, high - low, start, end)))
        return found

    def _direct(self, text: Text, match: re.Match[str], size: int, start: int, end: int) -> bool:
        if size < _LEAST_QUOTE:
            return False
        lead = [hit for hit in self._hits(text, max(start, match.start() - _NEAR), match.start()) if _says(hit)]
        if lead and re.fullmatch(r"(?: ?that)?[\s,:]*", text.plain[lead[-1].end : match.start()]):
            return True
        reach = _FAR if match[0].isascii() else _NEAR + 10
        ends = match[0][-2:-1] in "。,!?,." or text.plain[match.end() : match.end() + 1] in (",", ".")
        return ends and any(_says(hit) for hit in self._hits(text, match.end(), min(end, match.end() + reach)))

    def verbs(self, scene: Scene, last: Speaker) -> list[Verb]:
        """Verbs of a sentence with their speakers, in order.

        Args:
            scene: The sentence.
            last: Who spoke last before.
        """
        found = self._labelled(scene)
        last = found[-1].speaker if found else last
        masked = [(m.start, m.end) for m in scene.mentions if m.kind != "pronoun"]
        masked += [(q.start, q.end) for q in scene.quotes if q.direct]
        for hit in self._hits(scene.text, *scene.span):
            if any(low <= hit.start < high for low, high in masked):
                continue
            verb = self._resolve(scene, hit, found, last)
            if verb is not None:
                found.append(verb)
                last = verb.speaker
        return list(_merged(found))

    def _labelled(self, scene: Scene) -> list[Verb]:
        """A speaker and a colon at the head of a sentence, as in an interview; the words after it go on."""
        for mention in scene.mentions[:1]:
            headed = mention.start - scene.span[0] <= 1 and mention.kind in ("person", "organisation")
            if headed and scene.text.plain[mention.end : mention.end + 1] == ":":
                speaker = self._speaker(scene, mention, Speaker())
                if speaker is not None:
                    speaker = replace(speaker, official=True)
                    end = mention.end + 1
                    return [Verb(mention.end, end, ":", "say", mention.start, speaker, "colon")]
        return []

    def _resolve(self, scene: Scene, hit: _Hit, before: Sequence[Verb], last: Speaker) -> Verb | None:
        """A verb with its speaker, or None if it has none."""
        plain = scene.text.plain
        if not hit.english and _SKIP_AFTER.match(plain, hit.end):
            return None
        if hit.english and _PASSIVE.search(plain, max(scene.span[0], hit.start - 6), hit.start):
            return None
        if hit.act in ("cite", "according"):
            return self._source(scene, hit)
        clause = scene.clause_at(hit.start)
        low = scene.span[0] if hit.english else clause[0]
        subject = self._subject(scene, low, hit.start)
        if subject is not None:
            return self._told(scene, hit, subject, low, last)
        if hit.english:
            return self._inverted(scene, hit, last)
        inherits = _INHERIT.fullmatch(plain, clause[0], hit.start) and hit.act not in ("announce", "report")
        first = clause[0] == scene.clauses[0][0]
        if not inherits:
            return None
        if before or (first and last.known):
            speaker = before[-1].speaker if before else last
            return Verb(hit.start, hit.end, _words(scene, hit), hit.act, clause[0], speaker, "same-subject")
        return self._led(scene, hit, last)

    def _led(self, scene: Scene, hit: _Hit, last: Speaker) -> Verb | None:
        """A verb at the head of a later clause: its subject is that of the first, a person if one is named there."""
        start, end = scene.clauses[0]
        able = [m for m in scene.mentions if start <= m.start < end and self._able(scene, m, start, m.end)]
        if not able or hit.start < end:
            return None
        lead = able[0]
        person = next((m for m in able if m.kind == "person"), lead)
        gap = scene.text.plain[lead.end : person.start]
        subject = person if len(gap) <= _TITLE and not re.search(r"[和与对向致]", gap) else lead
        speaker = self._speaker(scene, subject, last)
        if speaker is None:
            return None
        clause = scene.clause_at(hit.start)
        return Verb(hit.start, hit.end, _words(scene, hit), hit.act, clause[0], speaker, "first-clause")

    def _told(self, scene: Scene, hit: _Hit, subject: Mention, low: int, last: Speaker) -> Verb | None:
        """A verb whose subject stands before it."""
        if hit.form == "added" and not _SPOKEN.match(scene.text.plain, hit.end):
            return None
        if not hit.english and len(hit.form) == _SHORT and not self._close(scene.text, subject, hit):
            return None
        speaker = self._speaker(scene, subject, last)
        if speaker is None:
            return None
        if _QUESTIONS in hit.form:
            speaker = replace(speaker, official=True)
        begin = _begin(scene.text, subject, scene.mentions, low)
        return Verb(hit.start, hit.end, _words(scene, hit), hit.act, begin, speaker, "subject")

    @staticmethod
    def _close(text: Text, subject: Mention, hit: _Hit) -> bool:
        """Whether a verb of one character follows its subject closely or opens what is said."""
        return hit.start - subject.end <= 3 or text.plain[hit.end : hit.end + 1] in (",", ":", "「", "“", '"')

    def _subject(self, scene: Scene, low: int, high: int) -> Mention | None:
        """The nearest mention to the left that can be a subject."""
        before = reversed([m for m in scene.mentions if low <= m.start and m.end <= high])
        return next((mention for mention in before if self._able(scene, mention, low, high)), None)

    def _able(self, scene: Scene, mention: Mention, low: int, high: int) -> bool:
        """Whether a mention can be a subject: someone who speaks, and no owner or object of something else."""
        plain = scene.text.plain
        side = mention.kind == "place" and self._side(mention, high)
        if not (side or mention.kind in _SPEAKABLE) or _OWNED.match(plain, mention.end):
            return False
        before = plain[max(low, mention.start - 30) : mention.start]
        return not _OBJECT.search(before) or _SPOKEN_FOR.search(before) is not None

    @staticmethod
    def _side(mention: Mention, verb: int) -> bool:
        """Whether a place stands for its government: by its form, or because the verb follows at once."""
        return mention.how in _SIDES or verb - mention.end <= 4

    def _speaker(self, scene: Scene, subject: Mention, last: Speaker) -> Speaker | None:
        """Whom a mention makes speak."""
        text = scene.text
        around = text.plain[max(0, subject.start - 16) : subject.end + 16]
        official = _SPOKESPERSON.search(around) is not None
        match subject.kind:
            case "pronoun":
                meant = scene.person if subject.key == "person" and scene.person.known else last
                return meant if meant.known else None
            case "person":
                organisation = self._facts.organisation_of(subject.key) if subject.key else ""
                titles = " ".join(title for _, title in self._facts.posts.get(subject.key, []))
                official = official or _SPOKESPERSON.search(titles) is not None
                beside = _organisation_beside(text, subject, scene.mentions)
                return Speaker(beside or organisation, subject.key, subject.label, "", "person", official)
            case "place" | "group":
                return Speaker(self._facts.government(subject.key), "", subject.label, "", "organisation")
            case "outlet":
                return Speaker("", "", subject.label, subject.label, "outlet")
            case "unnamed":
                return Speaker("", "", subject.label, last.reporter, "unnamed")
        if self._facts.is_media(subject.key):
            return Speaker(subject.key, "", subject.label, subject.key, "outlet")
        return Speaker(subject.key, "", subject.label, "", "organisation", official)

    def _source(self, scene: Scene, hit: _Hit) -> Verb | None:
        """``A quoting B``: A reports, B speaks; ``according to B``: B speaks, or reports if it is an outlet."""
        clause = scene.clause_at(hit.start)
        end = scene.span[1] if hit.english else clause[1]
        near = (m for m in scene.mentions if hit.end <= m.start < min(end, hit.end + _SOURCE) and m.kind in _SPEAKABLE)
        source = next(near, None)
        subject = self._subject(scene, scene.span[0] if hit.english else clause[0], hit.start)
        reporter = Speaker()
        if hit.act == "cite":
            reporter = (self._speaker(scene, subject, Speaker()) if subject is not None else None) or Speaker()
            if reporter.kind != "outlet":
                return None
        elif source is None or not self._reports(scene.text, hit, source, clause):
            return None
        speaker = reporter if source is None else self._speaker(scene, source, Speaker())
        if speaker is None:
            return None
        if reporter.known:
            speaker = replace(speaker, reporter=reporter.reporter or reporter.label)
        begin = _begin(scene.text, subject, (), clause[0]) if subject is not None and reporter.known else clause[0]
        last = hit.end if source is None else source.end
        return Verb(hit.start, last, _words(scene, hit), hit.act, begin, speaker, hit.act)

    @staticmethod
    def _reports(text: Text, hit: _Hit, source: Mention, clause: tuple[int, int]) -> bool:
        """Whether 據 goes with a source of words, and not with a rule or a figure."""
        return hit.english or _TOLD.search(text.plain, source.end, clause[1]) is not None

    def _inverted(self, scene: Scene, hit: _Hit, last: Speaker) -> Verb | None:
        """A speaker behind the verb: said Raimondo."""
        if hit.form not in ("said", "says", "added", "wrote", "told"):
            return None
        near = (m for m in scene.mentions if hit.end <= m.start <= hit.end + 30 and m.kind in _SPEAKABLE)
        after = next(near, None)
        if after is None or not re.search(r"[,\"”'] ?$", scene.text.plain[scene.span[0] : hit.start]):
            return None
        speaker = self._speaker(scene, after, last)
        if speaker is None:
            return None
        return Verb(hit.start, after.end, _words(scene, hit), hit.act, scene.span[0], speaker, "inverted")


def _says(hit: _Hit) -> bool:
    return hit.act not in ("report", "cite", "according", "announce")


def _words(scene: Scene, hit: _Hit) -> str:
    return scene.text.original[hit.start : hit.end]


def _merged(verbs: Sequence[Verb]) -> Iterator[Verb]:
    """Verbs, without one that only continues the one before (批評表示, 引述…報道)."""
    previous: Verb | None = None
    for verb in verbs:
        closes = verb.act in ("report", "say") and previous is not None and previous.act in ("cite", "according")
        if closes and previous is not None and verb.start - previous.end <= 8:
            continue
        yield verb
        previous = verb


def _organisation_beside(text: Text, person: Mention, mentions: Sequence[Mention]) -> str:
    """Organisation named straight before a person: 輝達政府事務副總裁芬克爾."""
    for mention in reversed([m for m in mentions if m.end <= person.start and m.kind == "organisation"]):
        gap = text.plain[mention.end : person.start]
        if len(gap) <= 14 and not re.search(r"[,。;:和与对]|[.;]", gap):
            return mention.key
        break
    return ""


def _begin(text: Text, subject: Mention, mentions: Sequence[Mention], low: int) -> int:
    """Where the words for a subject begin, its organisation and title before it included."""
    start = subject.start
    for mention in reversed([m for m in mentions if low <= m.start and m.end <= subject.start]):
        gap = text.plain[mention.end : start]
        if len(gap) > 14 or re.search(r"[,。;:]", gap) or mention.kind not in (*_SPEAKABLE, "place"):
            break
        start = mention.start
    titled = _TITLED.search(text.plain, max(low, start - 60), start)
    start = start if titled is None else titled.start()
    while start > low and text.plain[start - 1] in '《「“"':
        start -= 1
    return start
