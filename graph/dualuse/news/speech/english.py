"""Who the subject of an English verb of saying is: what stands straight before it, or behind it, or before a comma."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dualuse.news.find.descriptions import PARTY
from dualuse.news.find.mentions import Mention
from dualuse.news.lexicon.facts import Facts
from dualuse.news.speech.scene import SPEAKABLE, Hit, Scene, Speaker, Verb
from dualuse.news.speech.speakers import Speakers, beginning

_ROLE = (
    r"(?i:spokes\w+|officials?|executives?|lawyers?|attorneys?|analysts?|ministers?|secretary|president|chiefs?|directors?"
    r"|envoys?|ambassador|lawmakers?|senators?|leaders?|economists?|researchers?|experts?|partners?|diplomats?|traders?"
    r"|sources?|people|person|insiders?|delegates?|representatives?|chairman|chairwoman|chair|CEO|fellow|professor|scholars?"
    r"|watchers|observers|commentators|skeptics|sceptics|hawks|proponents|opponents|advocates|detractors|politicians"
    r"|prosecutors|investigators|companies|firms|chipmakers|groups?|buyers|customers|manufacturers"
    r"|critics|supporters|suppliers|lobbyists?|engineers?|managers?|employees?|investors|strategists?|statement|filing|counsel)"
)
_OFFICE = r"(?:ministry|department|office|government|authorities|regulators?|embassy|commission|agency|administration)"
_COUNTED = r"(?:(?:[Aa]n?|[Tt]he|[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]everal|[Ss]ome|[Mm]any|[Oo]ther|[Bb]oth) )?"
_LINKS = r"(?:while|and|but|as|though|although|that|when|where|which|because|if|whereas|however)\b"
_AFTER_NAME = re.compile(rf"(?:'s?)?(?: \([^()]*\))?(?P<role>(?: [\w'-]+){{0,4}} (?:{_ROLE}|{_OFFICE}))?")
_BARE = re.compile(
    rf"(?:^|(?<=[\s\"“]))(?P<label>{_COUNTED}(?:(?!{_LINKS})[\w'-]+ ){{0,2}}?{_ROLE}"
    rf"(?: (?:familiar with|briefed on|close to|with knowledge of|at|from|of|with|for|in) (?:[\w&.'-]+ ?){{1,6}}?)?)$"
)
_CAPITAL = re.compile(r"(?P<label>[A-Z][\w&.'-]+(?: (?:(?:of|for|and|&|the) )?[A-Z][\w&.'-]+){0,6})$")
_HEADED = re.compile(
    rf"(?P<role>{_COUNTED}(?:[\w'-]+ ){{0,3}}{_ROLE}) (?:for|of|at|from|in|with) (?:the )?(?:[\w.]+'s )?$"
)
_PLACED = re.compile(r" (?:of|in|from|at|near|for)(?: the)? $")
_OBJECT = re.compile(
    r"\b(?:of|in|to|on|against|from|at|over|with|than|including|about|into|by|for|per|after|before|under|via|(?<!, )as)"
    r"(?: the| a| an| its)? $",
    re.IGNORECASE,
)
_ADVERBS = re.compile(
    r"(?:(?:^|\s)(?:has|have|had|also|long|already|just|repeatedly|later|then|again|further|once|since|now|still|however|meanwhile|separately|\w+ly"
    r"|earlier|today|yesterday|this week|last week|last month"
    r"|(?:late |early )?on (?:[A-Z]\w+day|[A-Z]\w+ \d+)(?: (?:morning|afternoon|evening|night))?"
    r"|in an? (?:[\w-]+ ){0,3}(?:statement|filing|post|letter|note|interview|briefing|report|email|speech|brief|blog)"
    r"|at an? (?:[\w-]+ ){0,3}(?:briefing|conference|hearing|forum)|in [A-Z]\w+))*\s*$"
)
_NO_VERB = re.compile(
    r"\b(?:when|was|were|is|are|been|be|being|as|the|an?|its|their|his|her|our|this|media|news|recent|such|any|no|of|to"
    r"|not|n't|never|without|cannot|could|would|will|may|might|should|who|for|by|from|what|how|with) $",
    re.IGNORECASE,
)
_PARTICIPLE = re.compile(r"(?:[,\"”]|-) (?:also |and |but )?$")
_LETTER = re.compile(
    r"(?P<verb>\b(?:has |have )?(?:also )?"
    r"(?:sent|wrote|written|signed|co-signed|issued|released|published|filed|submitted|penned|circulated)"
    r" (?:an? |the |their |its |his |her )?(?:[\w-]+ ){0,3}"
    r"(?:letters?|statement|memo|petition|report|filing|brief|op-ed|comments?)"
    r"(?: (?:to|with|on|from) [^.;\"“”]{1,120}?)?,? )$"
)
_DOCUMENT = re.compile(
    r"(?:\b[Tt]he|\b[Tt]heir|\b[Ii]ts) (?:joint |written )?(?:statement|letter|notice|announcement|memo|post)$"
)
_AS = re.compile(
    r" (?:it|this|that|the|its|them|these|those|for)\b"
    r"| (?:[\w'’-]+ ){1,12}?(?:as|an?|the|[\"“])\b| (?:[\w'’-]+ ){1,8}[\"“]"
)
_JOINED = re.compile(r"[,\"”]? (?:and|but|or|then) $")
_FAR = 120
_TITLES = 24
_BY = re.compile(r" (?:by|from) (?:the )?")
_NAME = re.compile(r" (?P<name>[A-Z][\w'-]+(?: [A-Z]\.)?(?: [A-Z][\w'-]+){1,2})")
_OF_PLACE = re.compile(
    r" (?:[A-Z][\w.'-]+ ){1,4}?(?P<name>[A-Z][\w'-]+ (?:[A-Z]\. )?[A-Z][\w'-]+)(?=[.,;\"]|$| (?:in|on|at|of|who)\b)"
)
"""An office and a name behind a place: U.S. Attorney Ann Lee."""
_LISTING = (
    "added",
    "adds",
    "noted",
    "notes",
    "declared",
    "confirmed",
    "maintained",
    "claimed",
    "claims",
    "replied",
    "estimated",
)
_CALLING = (
    "described",
    "describes",
    "called",
    "calls",
    "calling",
    "describing",
    "branded",
    "labelled",
    "labeled",
    "dubbed",
    "regards",
    "regard",
)
_SPOKEN = re.compile(r" ?(?:[,:.\"“]|$)| (?:that|it|he|she|they|its|the|there|on|in|this|these|no|such|at)\b")
_BEHIND = ("said", "says", "added", "wrote", "told", "noted", "warned", "argued", "explained")
_QUOTED_BEFORE = re.compile(r"[,\"”'?!] ?$")
_PLURAL = re.compile(r"\b(?:[Tt]hey|[Bb]oth)$")
_OWNED = re.compile(r"(?:Its|Their) ")
_DOING = re.compile(r" (?:is|are|was|were|has been|have been) (?:also |now )?$")
_TAKEN_UP = re.compile(r"\b(?:it|he|she)$")
_EMBASSY = re.compile(
    r"(?P<label>(?:[Tt]he )?[A-Z][\w'’]+ (?:[A-Z]\w+ )?(?:[Ee]mbassy|[Cc]onsulate)"
    r"(?: (?:in|to) (?:the )?[A-Z][\w.]+(?: D\.C\.)?)?)$"
)
_NEVER = re.compile(
    r"(?:It|He|She|They|The|Th(?:is|at|ese)|But|And|In|On|At|As|If|When|While|An?|We|I|You|Who|Which)\b"
)
_WITHIN = re.compile(r"(?: that)?(?: (?:while|although|as) .*)?[ ,]*", re.DOTALL)
_PARTY = re.compile(PARTY + ",?")
_PART = re.compile(r", (?:and|but|while|whereas|though|although|with) |; |[\"“”]")


class English:
    """Finds the subjects of English verbs of saying."""

    def __init__(self, speakers: Speakers, facts: Facts) -> None:
        self._speakers = speakers
        self._facts = facts

    def resolve(self, scene: Scene, hit: Hit, before: Sequence[Verb], last: Speaker) -> Verb | None:
        """A verb with its speaker, or None if it has none.

        Args:
            scene: The sentence.
            hit: The verb.
            before: Verbs of the sentence before it, with their speakers.
            last: Who spoke last before.
        """
        plain, low = scene.text.plain, scene.span[0]
        by = self._passive(scene, hit, last)
        if by is not None:
            return by
        if hit.form.endswith("ing"):
            return self._participle(scene, hit, before, last)
        if _NO_VERB.search(plain, max(low, hit.start - 9), hit.start):
            return None
        if hit.form in _LISTING and not _SPOKEN.match(plain, hit.end):
            return None
        if hit.form in _CALLING and not _AS.match(plain, hit.end, scene.span[1]):
            return None
        adverbs = _ADVERBS.search(plain, max(low, hit.start - _FAR), hit.start)
        edge = hit.start if adverbs is None else adverbs.start()
        head = plain[low:edge].rstrip()
        if self._is_same(head, before):
            return self._same(scene, hit, before, last)
        if _PLURAL.search(head):
            return self._same(scene, hit, before, last, at=low + len(head) - 4)
        found = self.subject(scene, low, low + len(head), last)
        if found is None:
            return self._behind(scene, hit, last) if hit.form in _BEHIND else None
        speaker, begin = found
        if not speaker.known:
            return None
        named = self._named(scene, (begin, low + len(head)), speaker)
        also, first = self._speakers.joint(scene, named, low, last) if named is not None else ((), begin)
        begin = min(first, begin)
        verb = Verb(hit.start, hit.end, scene.words(hit), hit.act, begin, speaker, "subject", None, also)
        return self._inside(scene, verb, before)

    @staticmethod
    def _named(scene: Scene, span: tuple[int, int], speaker: Speaker) -> Mention | None:
        """The mention of a subject, with no more than a party and a state behind it."""
        for mention in reversed([m for m in scene.mentions if span[0] <= m.start and m.end <= span[1]]):
            if mention.label == speaker.label or mention.end == span[1]:
                return mention if _PARTY.fullmatch(scene.text.plain, mention.end, span[1]) else None
        return None

    @staticmethod
    def _is_same(head: str, before: Sequence[Verb]) -> bool:
        """Whether the words before a verb take up the subject of the one before: X said it opposed this, and warned."""
        if head and _JOINED.search(head + " ") is not None:
            return True
        taken = _TAKEN_UP.search(head) if before and before[-1].rule == "subject" else None
        own = taken is not None and before[-1].within is None and before[-1].speaker.kind in ("person", "named")
        return taken is not None and (before[-1].act == "say" or (own and taken[0] != "it"))

    def _passive(self, scene: Scene, hit: Hit, last: Speaker) -> Verb | None:
        """``was criticised by Nvidia``: whoever stands behind the by."""
        by = _BY.match(scene.text.plain, hit.end, scene.span[1])
        if by is None or hit.act not in ("say", "criticise", "oppose"):
            return None
        agent = next((m for m in scene.mentions if by.end() <= m.start <= by.end() + _TITLES), None)
        if agent is None or agent.kind not in (*SPEAKABLE, "place") or "," in scene.text.plain[by.end() : agent.start]:
            return None
        speaker = self._speakers.of(scene, agent, last)
        if speaker is None:
            return None
        return Verb(hit.start, agent.end, scene.words(hit), hit.act, hit.start, speaker, "passive")

    def subject(self, scene: Scene, low: int, edge: int, last: Speaker, depth: int = 0) -> tuple[Speaker, int] | None:
        """The speaker whose name ends at a position, and where the name begins."""
        plain = scene.text.plain
        if edge <= low or depth > 3:
            return None
        if plain[edge - 1] == ",":
            return self._apposed(scene, low, edge - 1, last, depth)
        embassy = _EMBASSY.search(plain, max(low, edge - _FAR), edge)
        if embassy is not None:
            return Speaker("", "", embassy["label"], "", "named"), embassy.start()
        mention, role = self._ending(scene, low, edge)
        if mention is None:
            document = _DOCUMENT.search(plain, max(low, edge - 40), edge)
            if document is not None and last.known and last.kind != "outlet":
                return last, document.start()
            return self._unknown(scene, low, edge)
        headed = _HEADED.search(plain, max(low, mention.start - 60), mention.start)
        if headed is not None and mention.kind in ("organisation", "place", "group"):
            return self._of_role(scene, mention, plain[headed.start() : edge], headed.start(), last)
        if _OBJECT.search(plain, max(low, mention.start - 14), mention.start):
            placed = _PLACED.search(plain, max(low, mention.start - 10), mention.start)
            return None if placed is None else self.subject(scene, low, placed.start(), last, depth + 1)
        if role and mention.kind != "person":
            return self._of_role(scene, mention, plain[mention.start : edge], mention.start, last)
        speaker = self._speakers.of(scene, mention, last)
        if speaker is None:
            return None
        return speaker, beginning(scene.text, mention, scene.mentions, low)

    def _ending(self, scene: Scene, low: int, edge: int) -> tuple[Mention | None, str]:
        """The mention that ends at a position, or has only a role behind it."""
        plain = scene.text.plain
        for mention in reversed(scene.mentions):
            if mention.start < low or mention.end > edge or mention.kind not in (*SPEAKABLE, "place", "group", "city"):
                continue
            if plain[mention.start - 1 : mention.start] == "(" and plain.startswith(")", mention.end):
                continue  # the short form of the name before it
            gap = _AFTER_NAME.fullmatch(plain, mention.end, edge)
            if gap is None or (plain[mention.end : edge].startswith("'") and not gap["role"]):
                return None, ""
            if mention.kind == "city" or (mention.how == "title-and-name" and not mention.label):
                return None, ""
            return mention, gap["role"] or ""
        return None, ""

    def _of_role(
        self, scene: Scene, mention: Mention, label: str, begin: int, last: Speaker
    ) -> tuple[Speaker, int] | None:
        """A spokesperson, an official or a lawyer of a body: the body's voice, called as the text calls them."""
        whole = self._speakers.of(scene, mention, last)
        if whole is None:
            return None
        if whole.kind in ("outlet", "unnamed"):
            return whole, begin
        official = "spokes" in label
        return Speaker(whole.organisation, "", label.strip(), "", "organisation", official), begin

    @staticmethod
    def _unknown(scene: Scene, low: int, edge: int) -> tuple[Speaker, int] | None:
        """Someone the graph does not hold: lawyers at Baker Stone, two officials, Baker Stone."""
        plain = scene.text.plain
        begin = max(low, edge - _FAR)
        here = plain[begin:edge]
        bare = _BARE.search(here)
        owned = None if bare is None else _OWNED.match(bare["label"])
        if bare is not None and owned is not None:  # its lawyers: those of the body spoken of last
            body = next((m for m in reversed(scene.earlier) if m.kind == "organisation"), None)
            if body is not None:
                return Speaker(body.key, "", bare["label"].strip(), "", "organisation"), begin + bare.start("label")
        if bare is not None:
            return Speaker("", "", bare["label"].strip(), "", "unnamed"), begin + bare.start("label")
        named = _CAPITAL.search(here)
        if named is None or _NEVER.match(named["label"]) or named["label"].endswith(("day", "'s")):
            return None
        if scene.person.kind == "person" and scene.person.label.endswith(f" {named['label']}"):
            return scene.person, begin + named.start()
        full = [name for name in scene.homes if name.endswith(f" {named['label']}")]
        if len(full) == 1:
            return Speaker(scene.homes[full[0]], "", full[0], "", "person"), begin + named.start()
        start = begin + named.start()
        if any(m.start < edge and start < m.end for m in scene.mentions) or _OBJECT.search(here[: named.start()]):
            return None
        return Speaker("", "", named["label"], "", "named"), start

    def _apposed(self, scene: Scene, low: int, comma: int, last: Speaker, depth: int) -> tuple[Speaker, int] | None:
        """The name before something said of it between commas: Ned Finkle, a vice president, said."""
        plain = scene.text.plain
        opening = plain.rfind(",", low, comma)
        if opening < 0:
            return None
        inner = [m for m in scene.mentions if opening < m.start and m.end <= comma and m.kind == "person"]
        if inner and inner[-1].end == comma and not plain[opening + 1 : inner[-1].start].strip(" "):
            speaker = self._speakers.of(scene, inner[-1], last)
            if speaker is not None:
                return speaker, beginning(scene.text, inner[-1], scene.mentions, low)
        found = self.subject(scene, low, opening, last, depth + 1)
        name = _NAME.fullmatch(plain, opening + 1, comma)
        if found is not None and name is not None and found[0].kind in ("organisation", "unnamed"):
            whole = replace(found[0], label=name["name"], kind="person", person="")
            return whole, found[1]
        return found or self._apposed(scene, low, opening, last, depth + 1) if depth < 2 else found

    def _participle(self, scene: Scene, hit: Hit, before: Sequence[Verb], last: Speaker) -> Verb | None:
        """``, adding that``, ``is warning``, ``sent a letter urging``: the subject goes on, or that of the letter."""
        plain, low = scene.text.plain, scene.span[0]
        doing = _DOING.search(plain, max(low, hit.start - _TITLES), hit.start)
        if doing is not None:
            return self._told(scene, hit, self.subject(scene, low, doing.start(), last))
        if _NO_VERB.search(plain, max(low, hit.start - 9), hit.start):
            return None
        if _PARTICIPLE.search(plain, max(low, hit.start - 7), hit.start):
            return self._same(scene, hit, before, last)
        letter = _LETTER.search(plain, max(low, hit.start - 2 * _FAR), hit.start)
        return self._told(
            scene, hit, None if letter is None else self.subject(scene, low, letter.start("verb") - 1, last)
        )

    @staticmethod
    def _told(scene: Scene, hit: Hit, found: tuple[Speaker, int] | None) -> Verb | None:
        if found is None or not found[0].known:
            return None
        return Verb(hit.start, hit.end, scene.words(hit), hit.act, found[1], found[0], "subject")

    def _same(
        self, scene: Scene, hit: Hit, before: Sequence[Verb], last: Speaker, at: int | None = None
    ) -> Verb | None:
        """A verb that goes on with the subject of the one before, or with that of the sentence."""
        begin = hit.start if at is None else at
        if before:
            return Verb(hit.start, hit.end, scene.words(hit), hit.act, begin, before[-1].speaker, "same-subject")
        found = self.lead(scene, last, hit.start)
        if found is None and at is not None and last.known:
            found = last
        if found is None:
            return None
        return Verb(hit.start, hit.end, scene.words(hit), hit.act, begin, found, "first-clause")

    def lead(self, scene: Scene, last: Speaker, high: int) -> Speaker | None:
        """The subject of a sentence: the first name in it that no preposition and no owner's s governs."""
        plain, low = scene.text.plain, scene.span[0]
        for place, mention in enumerate(scene.mentions):
            if mention.end > high or mention.kind not in (*SPEAKABLE, "place", "group"):
                continue
            behind = scene.mentions[place + 1 : place + 2]
            if mention.kind == "place" and behind and 0 <= behind[0].start - mention.end < 2 and behind[0].end <= high:
                continue  # the place of whoever is named behind it
            owned = plain.startswith("'", mention.end)
            if owned or _OBJECT.search(plain, max(low, mention.start - 14), mention.start):
                continue
            return self._speakers.of(scene, mention, last)
        return None

    def _behind(self, scene: Scene, hit: Hit, last: Speaker) -> Verb | None:
        """A speaker behind the verb: said Raimondo."""
        plain = scene.text.plain
        if not _QUOTED_BEFORE.search(plain, scene.span[0], hit.start) or hit.start == scene.span[0]:
            return None
        near = [m for m in scene.mentions if hit.end <= m.start <= hit.end + 60 and m.kind in (*SPEAKABLE, "place")]
        clear = [m for m in near if m.kind != "pronoun" and not re.search(r"[.;\"“]", plain[hit.end : m.start])]
        person = next((m for m in clear if m.kind == "person"), None)
        after = person if person is not None else next(iter(clear), None)
        official = None if after is None else _OF_PLACE.match(plain, after.end, scene.span[1])
        if after is not None and after.kind == "place" and official is not None:
            whole = Speaker("", "", official["name"], "", "person")
            return Verb(hit.start, official.end(), scene.words(hit), hit.act, scene.span[0], whole, "inverted")
        if after is None or (after is not person and after.start > hit.end + 30):
            unknown = re.compile(rf" (?P<label>(?:[A-Z][\w'-]+ ?){{2,4}}|{_COUNTED}(?:[\w-]+ ){{0,3}}{_ROLE})").match(
                plain, hit.end, scene.span[1]
            )
            if unknown is None:
                return None
            speaker: Speaker | None = Speaker("", "", unknown["label"].strip(), "", "named")
            end = unknown.end()
        else:
            speaker, end = self._speakers.of(scene, after, last), after.end
        if speaker is None:
            return None
        return Verb(hit.start, end, scene.words(hit), hit.act, scene.span[0], speaker, "inverted")

    @staticmethod
    def _inside(scene: Scene, verb: Verb, before: Sequence[Verb]) -> Verb:
        """A verb, and whether it stands within what someone else says."""
        outer = before[-1] if before else None
        if outer is None or outer.speaker.is_same(verb.speaker) or outer.rule == "inverted":
            return verb
        between = scene.text.plain[outer.end : verb.subject]
        if outer.speaker.kind == "outlet" and outer.act in ("report", "say", "according"):
            reporter = outer.speaker.reporter or outer.speaker.label
            return replace(verb, speaker=replace(verb.speaker, reporter=reporter))
        if outer.act == "say" and _WITHIN.fullmatch(between) and not _PART.search(between):
            return replace(verb, within=outer.speaker)
        return verb
