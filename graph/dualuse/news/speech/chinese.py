"""Who the subject of a Chinese verb of saying is: the nearest before it that is no object, or who spoke before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dualuse.news.find.mentions import Mention
from dualuse.news.speech.phrases import Phrases, tail_start
from dualuse.news.speech.scene import SPEAKABLE, Hit, Scene, Speaker, Verb
from dualuse.news.speech.speakers import Speakers, beginning
from dualuse.news.text.passages import Text

_OBJECT = re.compile(
    r"(?:对于?|向|就|与|针对|在|被|把|将|给|跟|关于|因|由于|除了?|为|防止|包括|等|据|引述|援引|引用|遭到?|受到?|由"
    r"|传唤|约谈|要求|请|命令|促使|呼吁|敦促|召见|邀请|迫使|通知|警告|批评|指控|指责|称赞|感谢|会见|会晤|致函|致信|起诉|制裁|阻止|禁止|允许|准许"
    r")[《「“]?$"
)
_OWNED = re.compile(r"[》」”]?的")
_SHORT = 1
_REPORTS = ("报导", "报道")
_JOINS = ("和", "与", "及", "、")
_NEAR = 3
_COMMA = 2
_BARE = 3
_OPENING = (",", ":", "「", "“", '"')
_SKIP_AFTER = re.compile(r"[前后的者稿]|之[前后]|以来|为")
_EVENTS = ("说明", "发布", "公布", "介绍", "发表", "答", "分析", "报告")
_DENIED = re.compile(
    r"(?:并未|并没有?|并不|从未|尚未|未曾|未有|没有|不予|拒绝|无意|无法|难以|未能|不愿|未|不|没)(?:对此|就此|公开|具体|进一步|作出?)?$"
)
_MOTIVE = re.compile(r"(?:由于|因为?|出于|基于|鉴于)$")
_INHERIT = re.compile(
    r"(?:并且?|亦|也|还|又|更|同时|另外?|此外|再次?|则|并[强一]?烈?|且|而|近日|随后|其后|期间|但|不过|对此|坚决|强烈|仅|只)*\s*"
)
_SUFFERS = re.compile(r"(?:遭到?|受到?|被|引发|引起|招致|获得?|面临)(?:包括)?$")
_PASSIVE_GAP = 6
_NOUN = re.compile(r"[,。;、的和与及]|$|[」”]?$|性|书|信")
_RULE = re.compile(
    r"(?:规定|规则|新规|措施|公告|通知|文件|法案|条例|办法|草案|政策|清单)(?:还|也|则|将|并|同时|明确|已)?$"
)
_ASKED_FOR = re.compile(r"(?:按照?|根据|依照?|依据|遵照|应|符合|满足|遵守|达到|超出|基于|响应|无视)[^,。;]{0,20}$")
"""要求 after it is a noun: 按照新规要求."""
_RULED = re.compile(
    r"(?:发布|公布|出台|颁布|推出|签署|通过|提出|制定|修订)[^。;]{0,16}(?:规定|规则|新规|公告|通知|法案|条例|办法|草案|政策|行政令)"
)
_WEIGHED = re.compile(
    r"(?:完成|进行|展开|开展|接受|[作做]出?|经过?|[其的]|分析|影响|风险|安全|初步|审查|等待|有待|仍待)$"
)
"""评估 and 预计 after it are nouns: 完成其分析评估."""
_STUDIES = ("分析", "判断")
_FORECASTS = ("预计", "预测", "研判", "推估", "估计", "估算", "预估")
_BEYOND = re.compile(r"(?:不及|高于|低于|好于|优于|超过|逊于|超出|符合)[^,。;]{0,12}$")
_WHEN = re.compile(r"(?:后|时|之际|前|以来|期间|的同时|同日|当天)$")
_CLOSE = 10
_PREDICATE = re.compile(r"对|就|已|则|也|均|今|昨|\d{1,2}日")
_SIDES = ("abbreviation.side",)
_CAPITALS = ("form.place", "capital")
_APPEALS = ("呼吁", "敦促", "促请", "吁请", "敦请", "恳请", "恳求", "盼", "期盼", "盼望", "主张", "倡议", "喊话")
"""What a rule does not ask, so that whoever heads the sentence does."""
_FIRMS = re.compile(r"[^,。;]{0,6}(?:企业|公司|业者|厂商|供应商|客户|员工)")
_QUESTIONS = ("答记者问", "答记者提问")
_REPLIES = ("回应", "回复", "答复", "回答")
_TITLE = 14
_HEADING = 3
_STANCES = ("oppose", "worry", "criticise", "hope", "ask")
_THINKS = ("认为", "認為", "相信", "质疑", "質疑", "指控", "声称", "聲稱", "宣称", "宣稱")
_FRAME = re.compile(
    r"(?:\([^()]{1,40}\))?(?:也|則|则|亦|还|昨|今|\d|[日天晚]|\(|\))*(?:在|于|接受|回应|出席|答|受访|被问)"
)
_MET = re.compile(r"(?:向|致函|致信|致电|会见|会晤|召见|约见)[^,。;的]{1,16}$")
_OFFICE = re.compile(r"(?:新闻)?发言人")
_EXAMPLE = re.compile(r"包[含括][^,。;]{1,60}?在内的")
_LETTER = re.compile(r"(?P<letter>信[函件]?)中?(?:还|也|并|更|则)?$")
_OPENS = re.compile(r"[,:]?(?:[^,。;]{0,16},)?")


class Chinese:
    """Finds the subjects of Chinese verbs of saying."""

    def __init__(self, speakers: Speakers, phrases: Phrases) -> None:
        self._speakers = speakers
        self._phrases = phrases

    def resolve(self, scene: Scene, hit: Hit, before: Sequence[Verb], last: Speaker) -> Verb | None:
        """A verb with its speaker, or None if it has none; see :meth:`English.resolve`."""
        plain = scene.text.plain
        clause = scene.clause_at(hit.start)
        if self._is_idle(plain, hit, clause[0]):
            return None
        suffered = self._passive(scene, hit, clause[0], last)
        if suffered is not None:
            return suffered
        if self._is_noun(scene, hit, clause[0]) or (hit.act == "announce" and self._when(scene, clause)):
            return None
        subject = self.subject(scene, clause[0], hit.start)
        letter = _LETTER.search(plain, clause[0], hit.start)
        if letter is not None:
            return self._letter(scene, hit, (clause[0], letter.end("letter")), last)
        named = self._named(scene, hit, clause[0], subject, last)
        if named is not None:
            return self._inside(scene, named, before)
        if subject is not None and hit.act == "expect" and hit.start - subject.end > _CLOSE:
            return None
        if subject is not None:
            return self._told(scene, hit, subject, clause[0], before, last)
        if hit.act == "report":
            return self._reported(scene, hit, clause[0])
        return self._inherited(scene, hit, clause[0], before, last)

    @staticmethod
    def _is_idle(plain: str, hit: Hit, low: int) -> bool:
        """Whether a verb tells of no words: 說明會, 未表示, 由於擔心, 回應晶片管制."""
        if hit.form.endswith(_EVENTS) and plain.startswith("会", hit.end):
            return True
        if hit.act == "say" and plain[hit.start - 1 : hit.start] == "被":
            return True
        if _SKIP_AFTER.match(plain, hit.end) or _DENIED.search(plain, low, hit.start):
            return True
        if hit.act == "worry" and _MOTIVE.search(plain, low, hit.start):
            return True
        return hit.form in _REPLIES and plain[hit.end : hit.end + 1] not in (*_OPENING, "道", "时")

    def _paper(self, scene: Scene, hit: Hit, span: tuple[int, int], last: Speaker) -> Verb | None:
        """报告指出, 美国国会的报告指出: the body whose paper it is, or who spoke last, or the paper itself."""
        start, end = span
        owner = next(
            (m for m in scene.mentions if m.kind == "organisation" and start <= m.start and m.end <= end), None
        )
        speaker = self._speakers.of(scene, owner, last) if owner is not None else None
        if speaker is None and end - start <= _BARE and last.kind == "organisation":
            speaker = last
        label = scene.text.original[start:end]
        speaker = speaker or Speaker("", "", label, "", "named")
        return Verb(hit.start, hit.end, scene.words(hit), hit.act, start, speaker, "paper")

    @staticmethod
    def _letter(scene: Scene, hit: Hit, span: tuple[int, int], last: Speaker) -> Verb:
        """致部長的信中寫道: whoever spoke last, whose letter it is, else the letter; never whom it is written to."""
        wrote = last.known and last.kind != "outlet"
        speaker = last if wrote else Speaker("", "", scene.text.original[slice(*span)], "", "named")
        return Verb(hit.start, hit.end, scene.words(hit), hit.act, span[0], speaker, "letter")

    def _reported(self, scene: Scene, hit: Hit, low: int) -> Verb | None:
        """报导指出 at the head of a clause: the outlet that reported before."""
        opens = hit.form[:2] in _REPORTS and self._phrases.opens(scene.text.plain, low, hit.start)
        if not opens or not scene.outlet.known:
            return None
        return Verb(hit.start, hit.end, scene.words(hit), hit.act, hit.start, scene.outlet, "report")

    def _inherited(self, scene: Scene, hit: Hit, low: int, before: Sequence[Verb], last: Speaker) -> Verb | None:
        """A verb without a subject in its clause: that of the verb before, of the first clause, or who spoke last."""
        begin = tail_start(scene.text.plain, low, hit.start)
        if not _INHERIT.fullmatch(scene.text.plain, low, begin):
            return None
        framed = self._framed(scene, hit, low, before, last)
        if framed is not None:
            return framed
        if hit.act in ("announce", "expect"):
            return self._announced(scene, hit, low, before)
        if before and before[-1].speaker.kind == "outlet":  # 外媒报导,中方反应冷淡,甚至称
            own = self._led(scene, hit, last, before[-1].end)
            if own is not None:
                return self._inside(scene, own, before)
        if before or (low == scene.clauses[0][0] and last.known):
            speaker = before[-1].speaker if before else last
            return Verb(hit.start, hit.end, scene.words(hit), hit.act, low, speaker, "same-subject")
        orders = hit.form not in _APPEALS or _FIRMS.match(scene.text.plain, hit.end) is not None
        asks = hit.act in ("ask", "hope") and orders
        return None if asks else self._led(scene, hit, last)

    def _framed(self, scene: Scene, hit: Hit, low: int, before: Sequence[Verb], last: Speaker) -> Verb | None:
        """A verb whose subject stands in the clause before, with an occasion alone: 部長在記者會上,呼籲業者…."""
        plain = scene.text.plain
        frame = next((clause for clause in reversed(scene.clauses) if clause[1] <= low), None)
        if frame is None or low - frame[1] > _COMMA:
            return None
        subject = self.subject(scene, *frame)
        if subject is None:
            return self._headed(scene, hit, frame) if hit.says else None
        title = _OFFICE.match(plain, subject.end)
        begin = subject.end if title is None else title.end()
        if not _FRAME.match(plain, begin, frame[1]) or tail_start(plain, *frame) > begin + 1:
            return None
        return self._told(scene, hit, subject, frame[0], before, last)

    def _headed(self, scene: Scene, hit: Hit, frame: tuple[int, int]) -> Verb | None:
        """A verb after a comma whose subject is all that stands before it: 多位前官員,聯名致函…."""
        found = self._phrases.before(scene.text.plain, *frame)
        if found is None or found[1] != frame[1] or found[2] not in ("people", "body"):
            return None
        label = scene.text.original[found[0] : found[1]]
        kind = "unnamed" if found[2] == "people" else "named"
        return Verb(hit.start, hit.end, scene.words(hit), hit.act, frame[0], Speaker("", "", label, "", kind), "noun")

    @staticmethod
    def _announced(scene: Scene, hit: Hit, low: int, before: Sequence[Verb]) -> Verb | None:
        """A second announcement straight after the first: 商務部發布公告,宣布…."""
        if hit.act != "announce" or not before or before[-1].act != "announce":
            return None
        if low - scene.clause_at(before[-1].start)[1] > _COMMA:
            return None
        return Verb(hit.start, hit.end, scene.words(hit), hit.act, low, before[-1].speaker, "same-subject")

    def _named(self, scene: Scene, hit: Hit, low: int, subject: Mention | None, last: Speaker) -> Verb | None:
        """A verb whose subject is a noun that the record does not hold: 接近公司的人士透露."""
        found = self._phrases.before(scene.text.plain, low, hit.start)
        if found is None:
            return None
        start, end, sort = found
        longer = subject is not None and subject.kind == "pronoun" and start < subject.start and subject.end == end
        longer = longer and not any(m.kind == "organisation" and start <= m.start < end for m in scene.mentions)
        if longer and sort == "body":
            subject = None  # the noun is longer: 汽车工业协会 is not "the association"
        own = subject is not None and (sort == "role" or scene.text.plain[subject.end : subject.end + 1] in _JOINS)
        if subject is not None and (subject.end >= end or (own and subject.end > start)):
            return None
        if (
            len(hit.form) == _SHORT
            and hit.start - end > _NEAR
            and scene.text.plain[hit.end : hit.end + 1] not in _OPENING
        ):
            return None
        label = scene.text.original[start:end].strip("「」《》“” ")
        if scene.text.plain[end - 2 : end] in _REPORTS and scene.outlet.known:
            return Verb(hit.start, hit.end, scene.words(hit), hit.act, start, scene.outlet, "report")
        if sort == "paper":
            return self._paper(scene, hit, (start, end), last)
        outlet = sort == "outlet" or hit.act == "report"
        kind = "outlet" if outlet else "unnamed" if sort == "people" else "named"
        speaker = Speaker("", "", label, label if outlet else "", kind)
        return Verb(hit.start, hit.end, scene.words(hit), hit.act, start, speaker, "noun")

    def _is_noun(self, scene: Scene, hit: Hit, low: int) -> bool:
        """Whether a word such as 要求 or 评估 is a noun, or tells what a rule asks."""
        plain = scene.text.plain
        if (hit.act == "expect" or hit.form in _STUDIES) and _WEIGHED.search(plain, low, hit.start):
            return True
        if hit.act not in ("ask", "hope", "expect"):
            return False
        if hit.act == "ask" and _ASKED_FOR.search(plain, low, hit.start):
            return True
        told = (
            hit.form in _FORECASTS and plain[hit.end : hit.end + 1] == "," and not _BEYOND.search(plain, low, hit.start)
        )
        return (not told and _NOUN.match(plain, hit.end) is not None) or self._ruled(scene, hit, low)

    @staticmethod
    def _when(scene: Scene, clause: tuple[int, int]) -> bool:
        """Whether a clause only tells when something was: 美方公布指南后."""
        return _WHEN.search(scene.text.plain[slice(*clause)]) is not None

    @staticmethod
    def _ruled(scene: Scene, hit: Hit, low: int) -> bool:
        """Whether a rule asks, and nobody: 新规要求企业."""
        plain = scene.text.plain
        rule = next(
            (
                m
                for m in scene.mentions
                if hit.start - 3 <= m.end <= hit.start and m.kind in ("instrument", "item", "term")
            ),
            None,
        )
        begin = rule.start if rule is not None else None
        if begin is None:
            named = _RULE.search(plain, low, hit.start)
            begin = named.start() if named is not None else None
        if begin is None and hit.act == "ask" and _INHERIT.fullmatch(plain, low, hit.start):
            return _RULED.search(plain, scene.span[0], low) is not None
        return begin is not None and not _OBJECT.search(plain[max(low, begin - 8) : begin])

    def _passive(self, scene: Scene, hit: Hit, low: int, last: Speaker) -> Verb | None:
        """遭到英伟达批评: whoever stands behind the word for suffering."""
        plain = scene.text.plain
        if hit.act not in ("criticise", "oppose") and not hit.form.startswith("欢迎"):
            return None
        for mention in reversed([m for m in scene.mentions if low <= m.start and m.end <= hit.start]):
            if hit.start - mention.end > _PASSIVE_GAP or mention.kind not in (*SPEAKABLE, "place", "group"):
                return None
            if not _SUFFERS.search(plain, low, mention.start):
                return None
            speaker = self._speakers.of(scene, mention, last)
            if speaker is None:
                return None
            return Verb(hit.start, hit.end, scene.words(hit), hit.act, mention.start, speaker, "passive")
        return None

    def _led(self, scene: Scene, hit: Hit, last: Speaker, after: int = 0) -> Verb | None:
        """A verb at the head of a later clause: its subject is that of the first, a person if one is named there.

        Where the first has none, the next that begins with one: 在一场活动中,特朗普未谈管制,但表示.
        """
        able: list[Mention] = []
        low = scene.clauses[0][0]
        clauses = [clause for clause in scene.clauses if after <= clause[0] and clause[1] <= hit.start]
        for start, end in reversed(clauses) if after else clauses:
            if able:
                break
            if self._when(scene, (start, end)):
                continue
            able = [m for m in scene.mentions if start <= m.start < end and self._able(scene, m, start, m.end)]
            able = able if start == low or (able and able[0].start - start <= _HEADING) else []
        if not able:
            return None
        lead = able[0]
        own = next((m for m in able[1:2] if lead.kind == "place" and m.start == lead.end), None)
        lead = own or lead
        person = next((m for m in able if m.kind == "person"), lead)
        gap = scene.text.plain[lead.end : person.start]
        subject = person if len(gap) <= _TITLE and not re.search(r"[和与对向致]", gap) else lead
        speaker = self._speakers.of(scene, subject, last)
        if speaker is None:
            return None
        clause = scene.clause_at(hit.start)
        return Verb(hit.start, hit.end, scene.words(hit), hit.act, clause[0], speaker, "first-clause")

    def _told(
        self, scene: Scene, hit: Hit, subject: Mention, low: int, before: Sequence[Verb], last: Speaker
    ) -> Verb | None:
        """A verb whose subject stands before it."""
        if len(hit.form) == _SHORT and not self._close(scene.text, subject, hit, low):
            return None
        speaker = self._speakers.of(scene, subject, last)
        if speaker is None:
            return None
        if any(form in hit.form for form in _QUESTIONS):
            speaker = replace(speaker, official=True, floor=True)
        also, first = self._speakers.joint(scene, subject, low, last)
        begin = min(first, beginning(scene.text, subject, scene.mentions, low))
        verb = Verb(hit.start, hit.end, scene.words(hit), hit.act, begin, speaker, "subject", None, also)
        return self._inside(scene, verb, before)

    @staticmethod
    def _inside(scene: Scene, verb: Verb, before: Sequence[Verb]) -> Verb:
        """A verb, and whether it stands within what someone else says: 英伟达表示,欧盟反对."""
        outer = before[-1] if before else None
        if outer is None:
            return verb
        if outer.speaker.is_same(verb.speaker):
            return replace(
                verb, speaker=replace(verb.speaker, reporter=verb.speaker.reporter or outer.speaker.reporter)
            )
        if outer.speaker.kind == "outlet":
            return replace(verb, speaker=replace(verb.speaker, reporter=outer.speaker.reporter or outer.speaker.label))
        opens = _OPENS.fullmatch(scene.text.plain, outer.end, verb.subject) is not None
        tells = verb.act in _STANCES or verb.text in _THINKS
        if tells and outer.act == "say" and opens:
            return replace(verb, within=outer.speaker)
        return verb

    @staticmethod
    def _close(text: Text, subject: Mention, hit: Hit, low: int) -> bool:
        """Whether a verb of one character follows its subject closely or opens what is said."""
        near = hit.start - subject.end <= _NEAR or text.plain[hit.end : hit.end + 1] in _OPENING
        return near or tail_start(text.plain, low, hit.start) <= subject.end + 1

    def subject(self, scene: Scene, low: int, high: int) -> Mention | None:
        """The nearest mention to the left that can be a subject."""
        before = [m for m in reversed(scene.mentions) if low <= m.start and m.end <= high]
        able = [mention for mention in before if self._able(scene, mention, low, high)]
        tail = tail_start(scene.text.plain, low, high)
        return next((mention for mention in able if mention.end <= tail), next(iter(able), None))

    def _able(self, scene: Scene, mention: Mention, low: int, high: int) -> bool:
        """Whether a mention can be a subject: someone who speaks, and no owner or object of something else."""
        plain = scene.text.plain
        heads = mention.start == low and _PREDICATE.match(plain, mention.end) is not None
        side = mention.kind in ("place", "group") and (heads or self._side(plain, mention, high))
        if not (side or mention.kind in SPEAKABLE) or _OWNED.match(plain, mention.end):
            return False
        example = _EXAMPLE.search(plain, max(low, mention.start - 60), max(high, mention.end))
        if example is not None and example.start() < mention.start < example.end():
            return False
        lead = plain[max(low, mention.start - 30) : mention.start]
        if lead.endswith(("与", "和")) and any(
            m.end == mention.start - 1 for m in scene.mentions if m.kind in SPEAKABLE
        ):
            return True
        met = mention.kind == "person" and _MET.search(lead) is not None
        return not met and not _OBJECT.search(lead)

    @staticmethod
    def _side(plain: str, mention: Mention, verb: int) -> bool:
        """Whether a place stands for its government: by its form, or because the verb follows at once."""
        if mention.how in _CAPITALS:
            return tail_start(plain, mention.end, verb) - mention.end <= 1
        return mention.how in _SIDES or verb - mention.end <= 4
