"""Chinese speakers that no name tells, 接近公司的人士 or 車廠, and what stands between a subject and its verb."""

from __future__ import annotations

import re

from dualuse.news.lexicon.patterns import Patterns, any_word, forms_of

_WINDOW = 80
_MOST = 22
_LEAST = 2
_ROUNDS = 8
_DAY = (
    r"(?:(?:\d{1,2}|[一二三四五六七八九十廿卅]{1,3})(?:\(\d{1,2}\))?日|[昨今当同前次翌](?:\(\d{1,2}\)|\d{1,2})?[日天晚]?"
    r"|[周週](?:[一二三四五六日末])|星期[一二三四五六日天]|近日|日前|近期|最近|稍[早后]|此前|先前|早前|随后|其后|目前|事后|深夜"
    r"|\d{1,2}月\d{1,2}日|当地时间|晚间|上午|下午|中午|清晨|凌晨|[早晚]上|傍晚|过去|去年|今年|上[周月]|本[周月]|期间)"
)
_ADVERB = (
    r"(?:也|亦|又|还|则|再|仍|更|并|且|而|都|均|就|便|已|曾|即|另|却|同时|另外|再次|再度|分别|一致|普遍|明确|公开|强烈|坚决|严正|紧急|首先"
    r"|仅|只|其次|最后|进一步|特别|直接|率先|随即|立即|一再|多次|反复|已经|曾经|不断|持续|此外|同样|共同|联合|具体|私下|主动|正式|严厉|罕见|坦率|一贯"
    r"|对此|就此|对外|受访|发文|撰文|发帖|在场|接着|继续|当场|当时|当面|联名|共同|毫不[^,。;]{2}|乐观|悲观|保守|一度|甚至|但|不过|连日|高调|低调|隔空|亲自|语带保留地?|[^,。;]{1,4}地)"
)
_IN = (
    r"(?:在|于)[^,。;]{1,40}"
    r"(?:上|中|时|里|内|会|间|后|前|下|表|节目|采访|专访|声明|公告|报告|推特|X|微博|脸书|文章|平台|Social)"
)
_PLACED = r"在[^,。;的]{1,10}"
_AFTER = (
    r"(?:在|接受|应|出席|参加|主持|回应|回答|答复|谈到|谈及|谈起|提及|被问及|被问到|被问|面对|与|和|同|跟|会见|会晤|访问|走访|抵达|致|受|赴|发布|发表"
    r"|透过|通过|随|结束|完成|针对|对|就|抵|(?<![采受专来])访(?!问|谈)|拜会|前往|途经|返回|返抵|离开|视察|参观|列席|召开|举行|陪同|率团"
    r"|搭机|转往|转赴|会后)[^,。;]{1,40}(?:时|后|之际|期间|前|中|上|会|采访|访问|专访|提问|询问|声明)"
)
_TOWARDS = (
    r"(?:(?<![面绝反应核])对(?!外|手)|就(?!业)|针对|向|对于|关于|围绕|通过|透过|经由|致函|致信|接受|代表|告诉|回应)"
    r"[^,。;]{1,40}"
)
_TAIL = [
    re.compile(rf"^(?:.*?)(?P<tail>{part})$" if lazy else rf"^(?:.*)(?P<tail>{part})$", re.DOTALL)
    for part, lazy in (
        (r"\([^()]{1,40}\)", False),
        (r"[\s\"「」“”《》·]", False),
        (_DAY, True),
        (_ADVERB, True),
        (_IN, False),
        (_PLACED, False),
        (_AFTER, False),
        (_TOWARDS, False),
    )
]
_LEAD = re.compile(
    r"(?:包[含括][^,。;]{1,60}?在内的|但是?|不过|然而|此外|另外?|另一方面|同时|其中|对此|而|且|至于|随后|因此|所以|据|根据|如果"
    r"|虽然|尽管|若|也有|还有|有|另有|包括|由于|显示|意味着|意味|导致|使得|传出|盛传|引发|造成|引起"
    rf"|[\s\"「」“”《》,●•▲■◆○]|\d{{1,2}}:\d\d|{_DAY})*"
)
_CLAUSE = re.compile(r"[是将已被把使让令着向给]|了(?!解)|传唤|约谈|要求|召见|敦促|呼吁|邀请|通知")
_HAWKS = r"(?!对[中陆华美][^的]{0,2}(?:鹰派|鸽派|强硬派))"
_TO = re.compile(
    rf"(?:(?<![反面]){_HAWKS}[对向跟给](?!外)|[在于](?![华台美港日韩欧]))(?![^的]*的)[^的]*$|^(?:{_HAWKS}[对向就与和跟给])"
)


class Phrases:
    """Finds who is named by a noun alone straight before a verb of saying."""

    def __init__(self, patterns: Patterns) -> None:
        heads = {entry.key: any_word(forms_of(entry)).pattern for entry in patterns.heads}
        self._heads = {key: re.compile(f"(?:{pattern})$") for key, pattern in heads.items()}

    def before(self, plain: str, low: int, verb: int) -> tuple[int, int, str] | None:
        """Where the noun before a verb begins and ends and the sort of its head; None where there is none."""
        low = max(low, verb - _WINDOW)
        end = verb
        for _ in range(_ROUNDS):
            found = self._at(plain, low, end)
            if found is not None:
                return found
            shorter = _without_tail(plain, low, end)
            if shorter == end:
                return None
            end = shorter
        return None

    @staticmethod
    def opens(plain: str, low: int, verb: int) -> bool:
        """Whether nothing but words that lead in stands before a verb."""
        return _LEAD.fullmatch(plain, low, verb) is not None

    def _at(self, plain: str, low: int, end: int) -> tuple[int, int, str] | None:
        lead = _LEAD.match(plain, low, end)
        start = low if lead is None else lead.end()
        words = plain[start:end]
        for key, head in self._heads.items():
            found = head.search(words)
            if found is None:
                continue
            if not _LEAST <= len(words) <= _MOST or _TO.search(words) or _CLAUSE.search(words):
                return None
            return start, end, key
        return None


def tail_start(plain: str, low: int, verb: int) -> int:
    """Where what stands between a subject and its verb begins: 19日在記者會上 in X 19日在記者會上表示."""
    low = max(low, verb - _WINDOW)
    end = verb
    for _ in range(_ROUNDS):
        shorter = _without_tail(plain, low, end)
        if shorter == end:
            break
        end = shorter
    return end


def _without_tail(plain: str, low: int, end: int) -> int:
    """Where a text ends without one adverb, day or place at its end."""
    words = plain[low:end]
    for tail in _TAIL:
        match = tail.search(words)
        if match is not None:
            return low + match.start("tail")
    return end
