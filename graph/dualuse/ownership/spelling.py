"""Names of parties without what people write differently: case, width, marks, script and legal form.

:func:`spell` is asked once a name. Two names of one plain form are one party, unless their legal forms tell them apart;
:func:`slips` and :func:`beginnings` give what may be the same name, spelt wrongly or cut short.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import NamedTuple

from dualuse.han import simplified

UNNAMED = "(owner not named)"
"""The party that stands for every owner a table does not name."""


class Spelt(NamedTuple):
    """A name in plain form, and its legal form; blank where it has none, or one that says nothing, such as Co."""

    plain: str
    form: str


_FORMS = {
    "": "co|company|the company|und co|and co",
    "ltd": "ltd|limited|co ltd|coltd|co limited|company limited|company ltd|pte ltd|pte limited|pty ltd|pty limited"
    "|pvt ltd|pvt limited|private limited|kk|kabushiki kaisha|godo kaisha",
    "inc": "inc|incorporated|corp|corporation|co inc|company inc",
    "plc": "plc|public limited company|public company limited|pcl",
    "llc": "llc|l l c|limited liability company|ooo|ооо|co llc|company llc",
    "lp": "lp|limited partnership|l p",
    "llp": "llp|limited liability partnership",
    "gmbh": "gmbh|mbh|gesellschaft mit beschränkter haftung|gesellschaft mbh",
    "kg": "kg|gmbh and co kg|ag and co kg",
    "ag": "ag|aktiengesellschaft",
    "se": "se",
    "sa": "sa|s a|société anonyme|sociedad anónima|sa de cv|sab de cv",
    "sas": "sas",
    "sarl": "sarl|sàrl",
    "bv": "bv|b v|besloten vennootschap",
    "nv": "nv|n v",
    "spa": "spa",
    "srl": "srl",
    "oy": "oy|oyj",
    "ab": "ab",
    "aps": "aps",
    "as": "a s|asa",
    "bhd": "bhd|sdn bhd|berhad",
    "tbk": "tbk|pt",
    "jsc": "jsc|joint stock company|ao|ао|pjsc|пао|ojsc|оао|cjsc|зао",
    "fze": "fze|fzco|fzc|fz llc|dmcc",
    "zoo": "sp z oo|spółka z oo",
}
_FORM_OF = {tuple(words.split()): form for form, several in _FORMS.items() for words in several.split("|")}
FORM_WORDS = frozenset(word for words in _FORM_OF for word in words)
"""Words of which legal forms are made."""
_LONGEST = max(map(len, _FORM_OF))
_LAST_WORDS = {words[-1] for words in _FORM_OF}
_FIRST_WORDS = {"the": "", "ооо": "llc", "ао": "jsc", "пао": "jsc", "оао": "jsc", "зао": "jsc", "pt": "tbk"}
"""Words that stand before a name, and the legal form of each."""
LEADING = frozenset(_FIRST_WORDS)
_CHINESE = re.compile(
    r"(股份有限公司|有限责任公司|有限公司|株式会社|合同会社|公司)$|^(株式会社|合同会社)|株$|^株|주식회사"
)
_DOT = re.compile(r"(?<!\d)\.|\.(?!\d)")
_NOT_WORD = re.compile(r"[\W_]+")
_MARKS = {ord(mark): " " for mark in map(chr, range(128)) if not mark.isalnum()}
_BETWEEN_HAN = re.compile(r"(?<=[\u2e80-\u9fff]) (?=[\u2e80-\u9fff])")

_UNSPECIFIED_WORDS = (
    "unknown|unknown owner|unspecified|unspecified owner|undisclosed|undisclosed owner|not disclosed|"
    "not known|not named|not specified|not available|n a|na|none|null|nil|nan|tbd|tbc|other|others|"
    "other shareholders|other owners|other investors|various|various shareholders|various owners|"
    "anonymous|unidentified|unnamed|owner not named|public|public float|free float|public shareholders|"
    "minority shareholders|nominee|nominees|bearer|bearer shares|不详|不明|未知|未披露|未公开|无|其他|其它|"
    "其他股东|其它股东|其余股东|公众|公众股东|社会公众股|匿名"
)
UNSPECIFIED = frozenset(_UNSPECIFIED_WORDS.split("|"))
"""Plain forms of what people write where an owner is not named."""


def spell(name: str) -> Spelt:
    """A name in plain form, with its legal form apart.

    Example:
        >>> spell("Huawei Technologies Co., Ltd."), spell("ＨＵＡＷＥＩ technologies LIMITED")[0]
        (Spelt(plain='huawei technologies', form='ltd'), 'huawei technologies')
        >>> spell("華為技術有限公司"), spell("Acme GmbH").form
        (Spelt(plain='华为技术', form='ltd'), 'gmbh')
    """
    text = name.lower() if name.isascii() else _one_script(unicodedata.normalize("NFKC", name).casefold())
    if "." in text:
        text = _DOT.sub("", text)
    if "&" in text or "+" in text or "'" in text:
        text = text.replace("&", " and ").replace("+", " and ").replace("'", "")
    words = text.translate(_MARKS).split()
    form = ""
    if not text.isascii():
        words, form = _without_chinese(_NOT_WORD.sub(" ", " ".join(words).replace("’", "")).split())
    if len(words) > 1 and words[0] in _FIRST_WORDS:
        form = _FIRST_WORDS[words[0]]
        words = words[1:]
    while len(words) > 1 and words[-1] in _LAST_WORDS:
        length = next((n for n in range(min(_LONGEST, len(words) - 1), 0, -1) if tuple(words[-n:]) in _FORM_OF), 0)
        if not length:
            break
        form = form or _FORM_OF[tuple(words[-length:])]
        words = words[:-length]
    return Spelt(" ".join(words) or unicodedata.normalize("NFC", name.strip()).casefold(), form)


def _without_chinese(words: list[str]) -> tuple[list[str], str]:
    text = _BETWEEN_HAN.sub("", " ".join(words))
    bare = _CHINESE.sub("", text).strip()
    return (bare.split(), "ltd") if bare and bare != text else (text.split(), "")


def _one_script(text: str) -> str:
    return "".join(simplified(letter) if letter > "\u2e7f" else letter for letter in text)


_SAYS_NOTHING = {"group", "groups", "holding", "holdings", "enterprise", "enterprises", "of", "and"}
_SAYS_NOTHING |= {word for word in FORM_WORDS if len(word) > 1}
_HAN = "\u2e80"
_FORM_BEHIND = re.compile(r"(?<=...)(?:co|company|ltd|limited|inc|corp|corporation|llc|plc|gmbh)+$")
_LONG, _LONG_ALONE = 4, 5
"""Letters from which a word may have a slip in it, and may stand for a name of which it is the first."""


def telling(plain: str) -> tuple[str, ...]:
    """The words of a plain name that tell it from others, without accents.

    Example:
        >>> telling("société générale group")
        ('societe', 'generale')
    """
    bare = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    bare = bare.replace("集团", "").replace("控股", "") or bare
    return tuple(word for word in bare.split() if word not in _SAYS_NOTHING) or tuple(bare.split())


def closed(text: str) -> str:
    """A name that is written without spaces, without the legal form at its end.

    Example:
        >>> closed("listedcoltd")
        'listed'
    """
    return _FORM_BEHIND.sub("", text)


def slips(names: Collection[tuple[str, ...]]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Pairs of names, in words, of which one may be a slip for the other: a word differs by a letter or two.

    Example:
        >>> list(slips([("listed", "firm"), ("lsited", "firm"), ("listed", "fund")]))
        [(('listed', 'firm'), ('lsited', 'firm'))]
    """
    alike: dict[str, set[str]] = defaultdict(set)
    for word in {word for words in names for word in words}:
        if len(word) >= _LONG - 1 and word.isalpha() and word < _HAN:
            for shorter in {word, *(word[:n] + word[n + 1 :] for n in range(len(word)))}:
                alike[shorter].add(word)
    others: dict[str, set[str]] = defaultdict(set)
    for several in alike.values():
        for word in several if len(several) > 1 else ():
            others[word] |= {other for other in several if other > word and max(len(word), len(other)) >= _LONG}
    for words in names:
        for place, word in enumerate(words):
            for other in sorted(others.get(word, ())):
                if (changed := (*words[:place], other, *words[place + 1 :])) in names:
                    yield words, changed


_COMMON_WORDS = (
    "china|chinese|beijing|shanghai|shenzhen|hong kong|national|international|united|united states|"
    "american|america|first|general|global|north|south|northern|southern|russian|russia|japan|korea|state|"
    "royal|world|asian|pacific|people|中国|中华|北京|上海|深圳|广东|香港|国家|全国|国际|东方|中央"
)
_COMMON = frozenset(_COMMON_WORDS.split("|"))


def beginnings(plain: str) -> Iterator[str]:
    """What a plain name begins with that may be a party's name itself, in whole words, or in Chinese characters.

    Example:
        >>> list(beginnings("huawei device hong kong"))
        ['huawei', 'huawei device', 'huawei device hong']
    """
    words = plain.split()
    starts = [" ".join(words[:n]) for n in range(1, len(words))]
    starts += [words[0][:n] for n in range(2, len(words[0])) if words[0][0] > _HAN] if words else []
    return (start for start in starts if start not in _COMMON and (len(start) >= _LONG_ALONE or start[0] > _HAN))


__all__ = [
    "FORM_WORDS",
    "LEADING",
    "UNNAMED",
    "UNSPECIFIED",
    "Spelt",
    "beginnings",
    "closed",
    "slips",
    "spell",
    "telling",
]
