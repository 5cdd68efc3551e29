"""Whom a mention makes speak: a person for an organisation, a capital for its government, "the firm" for a firm."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dualuse.news.find.descriptions import PARTY
from dualuse.news.find.mentions import Mention
from dualuse.news.lexicon.facts import Facts
from dualuse.news.speech.scene import SPEAKABLE, Scene, Speaker
from dualuse.news.text.passages import Text

_SPOKESPERSON = re.compile(r"发言人|spokes(?:person|man|woman)", re.IGNORECASE)
_HEADED = r"(?:[^,。;:的和与及、]{0,20}(?:议员|主席|部长|大臣|执行长|总裁|委员|代表|主任|局长|署长|外长|财长))?"
_AND = re.compile(PARTY + r"(?:,? and (?:the |[\w-]+ )?)|" + rf"(?:\([^()]{{1,40}}\))?(?:[和与及、]|以及){_HEADED}")
_LISTED = re.compile(PARTY + r"(?:, (?:the )?|,? and (?:the )?)|[、和与及]")
_APART = re.compile(r"[,。;:和与对]|[.;]")
_FOR = re.compile(r",? (?:(?!said|told)[\w' ]){0,60}?(?:of|at|for|with|from) (?:the )?$|[,']s? (?:[\w-]+ ){0,6}$")
_TITLED = re.compile(
    r"(?:\b(?:[Aa]n? |[Tt]he )?(?:senior |)(?:spokes\w+|official|officials|representative) (?:for|of|at|from) (?:the )?"
    r"|(?<=[\"”,] )(?:(?:[A-Z][\w'’.&-]*|of|and|for|the|to|in) ){1,14}"
    r"|(?<=[\"”,] )(?!(?:as|while|and|but|which|who|where|when) )(?:[A-Za-z'.-]+ ){1,6}"
    r"|(?:\b[Tt]he |\b[Aa] )?(?:\b[A-Z][\w.]+ )*(?:\b[Tt]he |\b[Aa] )?)$"
)
_STATE = frozenset({"government", "regulator", "legislature"})
_BODIES = {
    "government": "government",
    "company": "company",
    "公司": "company",
    "chipmaker": "company",
    "firm": "company",
    "ministry": "state",
    "部": "state",
    "局": "state",
    "署": "state",
    "当局": "state",
    "department": "state",
    "bureau": "state",
    "agency": "regulator",
    "commission": "state",
    "委员会": "state",
    "association": "trade-association",
    "协会": "trade-association",
    "group": "",
    "institute": "",
    "机构": "",
}
_RULES = ("gov-", "usgov")
_NAMESAKES = ("ministry", "department", "bureau", "commission", "association")
"""Words for a body that stand only for one that is called so."""
_REACH = 14
_BESIDE = 4
_BRIEFING = re.compile(r"(?:发布会|记者会|吹风会|答记者问|回答记者提问)(?:实录|全文|纪要|摘要|问答)?$")
_MINISTER = re.compile(r"[^,。;:的]{0,12}(?:部长|大臣|外长|财长|防长|次长|首相|总理|总统|国务卿|执委|主席)")


class Speakers:
    """Tells whom a mention makes speak."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    def of(self, scene: Scene, subject: Mention, last: Speaker) -> Speaker | None:
        """Whom a mention makes speak; nobody where a pronoun leads nowhere.

        Args:
            scene: The sentence.
            subject: The mention.
            last: Who spoke last.
        """
        text = scene.text
        around = text.plain[max(scene.span[0], subject.start - 16) : min(scene.span[1], subject.end + 24)]
        official = _SPOKESPERSON.search(around) is not None
        match subject.kind:
            case "pronoun":
                return self._pronoun(scene, subject, last)
            case "person":
                organisation = self._facts.organisation_of(subject.key) if subject.key else ""
                titles = " ".join(title for _, title in self._facts.posts.get(subject.key, []))
                official = official or _SPOKESPERSON.search(titles) is not None
                beside = organisation_beside(text, subject, scene.mentions)
                if not (beside or organisation):
                    beside = self._cabinet(text, subject, scene.mentions) or scene.homes.get(subject.label, "")
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

    def joint(self, scene: Scene, subject: Mention, low: int, last: Speaker) -> tuple[tuple[Speaker, ...], int]:
        """Who speaks together with a subject, named before it with an "and", and where their names begin."""
        found: list[Speaker] = []
        first = subject
        for mention in reversed([m for m in scene.mentions if low <= m.start and m.end <= subject.start]):
            gap = scene.text.plain[mention.end : first.start]
            if mention.kind == "unnamed" and not gap:
                continue  # a title: 议员 before a name
            between = _AND if first is subject else _LISTED
            if not between.fullmatch(gap) or mention.kind not in (*SPEAKABLE, "place") or mention.kind == "pronoun":
                break
            speaker = self.of(scene, mention, last)
            if speaker is not None and speaker.known:
                found.append(speaker)
            first = mention
        return tuple(found), first.start

    def _pronoun(self, scene: Scene, subject: Mention, last: Speaker) -> Speaker | None:
        """Whom he, it or the company stands for: the last of that sort, in the sentence or before it."""
        words = subject.text.lower()
        if subject.key == "person":
            plain = scene.text.plain[subject.start : subject.end]
            if "发言人" in plain or "spokes" in words:
                of = self._body_of(scene, subject)
                if of is not None:
                    return self.of(scene, of, last)
                known = scene.person if scene.person.known else last
                return known if known.known and known.kind in ("person", "organisation") else None
            if last.known and last.label.lower().endswith(words.removeprefix("the ")) and words.startswith("the "):
                return last  # a White House official, and then the official
            own = next((m for m in reversed(self._before(scene, subject)) if m.kind == "person"), None)
            known = scene.person if scene.person.person or scene.person.kind == "person" else Speaker()
            if own is not None and own.start >= scene.span[0]:
                return self.of(scene, own, last)
            if known.known:
                return known
            single = last.kind == "person" or (last.kind == "named" and " " in last.label)
            return self.of(scene, own, last) if own is not None else (last if single else None)
        return self._body(scene, subject, last)

    def _body(self, scene: Scene, subject: Mention, last: Speaker) -> Speaker | None:
        """Whom it, the company, the ministry or the government stands for."""
        plain = scene.text.plain[subject.start : subject.end].lower()
        sort = next((value for word, value in _BODIES.items() if word in plain), None)
        if last.kind == "named" and plain.removeprefix("该").removesuffix("方面") in last.label:
            return last
        called = next((word for word in _NAMESAKES if re.search(rf"{word}(?: spokes\w+)?$", plain)), "")
        before = list(reversed(self._before(scene, subject)))
        if sort == "government":
            ruling = next((mention for mention in before if self._governs(mention)), None)
            return None if ruling is None else self.of(scene, ruling, last)
        for mention in before:
            if called not in f"{mention.label} {mention.text}".lower():
                continue
            if mention.kind == "organisation" and self._fits(mention.key, sort):
                found = self.of(scene, mention, last)
                official = found is not None and "spokes" in plain
                return replace(found, official=True) if found is not None and official else found
            if sort is None and mention.kind == "place" and mention.start >= scene.span[0]:
                goes_on = last.known and last.kind == "organisation" and scene.text.plain[subject.start - 2] in ',"”'
                return last if goes_on else self.of(scene, mention, last)
        fits = last.known and last.kind == "organisation" and called in last.label.lower()
        return last if fits and self._fits(last.organisation, sort) else None

    def _cabinet(self, text: Text, person: Mention, mentions: Sequence[Mention]) -> str:
        """Government of the place whose minister a person is: 荷蘭外貿部長某某."""
        for mention in reversed([m for m in mentions if m.end <= person.start and m.kind in ("place", "group")]):
            gap = text.plain[mention.end : person.start]
            return self._facts.government(mention.key) if _MINISTER.fullmatch(gap) else ""
        return ""

    @staticmethod
    def _body_of(scene: Scene, subject: Mention) -> Mention | None:
        """The body named straight before a spokesperson: 白宫国家安全会议发言人."""
        for mention in reversed([m for m in scene.mentions if m.end <= subject.start]):
            gap = scene.text.plain[mention.end : subject.start]
            if mention.kind == "organisation" and len(gap) <= _REACH and not _APART.search(gap):
                return mention
            break
        return None

    @staticmethod
    def _before(scene: Scene, subject: Mention) -> list[Mention]:
        """What a pronoun can mean, in order: mentions before it, those of its sentence last."""
        here = [m for m in scene.mentions if m.end <= subject.start and m.kind in ("organisation", "person", "place")]
        return [*scene.earlier, *here]

    def _governs(self, mention: Mention) -> bool:
        """Whether a mention is a place with a government that the graph holds, or such a government."""
        if mention.kind in ("place", "group"):
            return bool(self._facts.government(mention.key))
        return mention.kind == "organisation" and mention.key.startswith(_RULES)

    def _fits(self, key: str, sort: str | None) -> bool:
        types = self._facts.types.get(key, set())
        match sort:
            case None | "":
                return "media" not in types
            case "company":
                return not types or any(kind.startswith("company") or kind == "investor" for kind in types)
            case "state":
                return bool(types & _STATE)
        return sort in types


def organisation_beside(text: Text, person: Mention, mentions: Sequence[Mention]) -> str:
    """Organisation named straight before or after a person: 輝達政府事務副總裁芬克爾, Ann Lee, a partner at Intel."""
    for mention in reversed([m for m in mentions if m.end <= person.start and m.kind == "organisation"]):
        gap = text.plain[mention.end : person.start]
        if len(gap) <= _REACH and not _APART.search(gap):
            return mention.key
        break
    if person.text.isascii() and not person.key:
        for mention in (m for m in mentions if m.start > person.end and m.kind == "organisation"):
            return mention.key if _FOR.fullmatch(text.plain[person.end : mention.start]) else ""
        for mention in reversed([m for m in mentions if m.end <= person.start and m.kind == "organisation"]):
            gap = text.plain[mention.end : person.start]
            return mention.key if re.fullmatch(r"(?:'s?)?(?: [\w-]+){0,5},? ", gap) else ""
    return ""


def homes_of(text: Text, mentions: Sequence[Mention]) -> dict[str, str]:
    """Bodies that people the record does not hold are named with somewhere in a text, by name.

    Whoever answers at a briefing that the first line says a body holds speaks for that body.
    """
    found: dict[str, str] = {}
    host = _host(text, mentions)
    for index, mention in enumerate(mentions):
        if mention.kind == "person" and not mention.key and mention.label not in found:
            beside = organisation_beside(text, mention, mentions[max(0, index - _BESIDE) : index + _BESIDE])
            if beside:
                found[mention.label] = beside
            elif host and text.plain[mention.end : mention.end + 1] == ":":
                found[mention.label] = host
    return found


def _host(text: Text, mentions: Sequence[Mention]) -> str:
    """The body that holds the briefing of which a text is the record, told by its first line."""
    first = text.passages[0] if text.passages else None
    if first is None or _BRIEFING.search(text.plain, first.start, first.end) is None:
        return ""
    return next((m.key for m in mentions if m.kind == "organisation" and m.key and m.end <= first.end), "")


def beginning(text: Text, subject: Mention, mentions: Sequence[Mention], low: int) -> int:
    """Where the words for a subject begin, its organisation and title before it included."""
    start = subject.start
    for mention in reversed([m for m in mentions if low <= m.start and m.end <= subject.start]):
        gap = text.plain[mention.end : start]
        if len(gap) > _REACH or re.search(r"[,。;:]", gap) or mention.kind not in (*SPEAKABLE, "place"):
            break
        start = mention.start
    titled = _TITLED.search(text.plain, max(low, start - 120), start)
    start = start if titled is None else titled.start()
    while start > low and text.plain[start - 1] in '《「“"':
        start -= 1
    return start
