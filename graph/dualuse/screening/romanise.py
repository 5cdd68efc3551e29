"""Names in Latin letters, whatever script they are in: Cyrillic, Chinese in pinyin, and Wade-Giles as pinyin."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache

from dualuse.errors import MissingExtraError

_CYRILLIC = dict(
    zip(
        "абвгдезийклмнопрстуфыэіґѓќљњћђ",
        [
            "a",
            "b",
            "v",
            "g",
            "d",
            "e",
            "z",
            "i",
            "i",
            "k",
            "l",
            "m",
            "n",
            "o",
            "p",
            "r",
            "s",
            "t",
            "u",
            "f",
            "y",
            "e",
            "i",
            "g",
            "g",
            "k",
            "l",
            "n",
            "c",
            "d",
        ],
        strict=True,
    )
) | {
    "ё": "e",
    "ж": "zh",
    "х": "kh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "shch",
    "ъ": "",
    "ь": "",
    "ю": "yu",
    "я": "ya",
    "ї": "i",
    "є": "e",
    "ў": "u",
    "ј": "j",
    "џ": "dz",
}
_LETTERS = str.maketrans(_CYRILLIC)
HAN = re.compile(r"[\u2e80-\u2fdf\u3005-\u3007\u3400-\u9fff\uf900-\ufaff]+")
NEEDS = "pip install 'dualuse[screen]'"
"""What installs the parts that screening needs."""


def latin(text: str) -> str:
    """A name in small letters with its Cyrillic in Latin ones.

    Example:
        >>> latin("микроэлектроника"), latin("зао щука")
        ('mikroelektronika', 'zao shchuka')
    """
    return text if text.isascii() else text.translate(_LETTERS)


@lru_cache(maxsize=65_536)
def pinyin(han: str) -> str:
    """Chinese characters as pinyin without tones, in one word.

    Raises:
        MissingExtraError: what knows the readings is not installed.

    Example:
        >>> pinyin("华为"), pinyin("重庆")
        ('huawei', 'chongqing')
    """
    return "".join(part for part in _reader()(han) if part.isascii()).replace("ü", "u").replace("v", "u")


@cache
def _reader() -> Callable[[str], list[str]]:
    try:
        from pypinyin import lazy_pinyin
    except ImportError:
        raise MissingExtraError(f"Chinese names are read with pypinyin: {NEEDS}") from None
    found: Callable[[str], list[str]] = lazy_pinyin
    return found


_INITIALS = {
    "ch'": "ch",
    "ts'": "c",
    "tz'": "c",
    "p'": "p",
    "t'": "t",
    "k'": "k",
    "hs": "x",
    "ch": "zh",
    "sh": "sh",
    "ts": "z",
    "tz": "z",
    "p": "b",
    "t": "d",
    "k": "g",
    "j": "r",
} | {letter: letter for letter in "mfnlhyw"}
_FINALS = {
    "ieh": "ie",
    "ien": "ian",
    "iung": "iong",
    "ung": "ong",
    "uei": "ui",
    "ueh": "ue",
    "eh": "e",
    "ih": "i",
    "o": "e",
    "erh": "er",
    "u": "u",
    "ü": "u",
    "üan": "uan",
    "ün": "un",
    "üeh": "ue",
}
_RIGHT = frozenset(
    [
        "a",
        "ai",
        "an",
        "ang",
        "ao",
        "e",
        "ei",
        "en",
        "eng",
        "er",
        "i",
        "ia",
        "ian",
        "iang",
        "iao",
        "ie",
        "in",
        "ing",
        "iong",
        "iu",
        "o",
        "ong",
        "ou",
        "u",
        "ua",
        "uai",
        "uan",
        "uang",
        "ue",
        "ui",
        "un",
        "uo",
    ]
)
_WHOLE = {"tzu": "zi", "tz'u": "ci", "ts'u": "cu", "ssu": "si", "szu": "si"}
_SOFT = {"zh": "j", "ch": "q"}
_SPLIT = re.compile(r"^(ch'|ts'|tz'|p'|t'|k'|hs|ch|sh|ts|tz|[ptkjmfnlhyw])?(.+)$")
_MARKS = str.maketrans("’‘ʻʼ`´", "''''''")


def from_wade_giles(syllable: str) -> str:
    """A syllable of Wade-Giles as pinyin; blank if it is none.

    Example:
        >>> [from_wade_giles(part) for part in ("hua", "wei", "chung", "hsin", "ch'ing", "tsung", "tech")]
        ['hua', 'wei', 'zhong', 'xin', 'qing', 'zong', '']
    """
    told = syllable.casefold().translate(_MARKS)
    if told in _WHOLE:
        return _WHOLE[told]
    found = _SPLIT.match(told)
    if found is None:
        return ""
    first, rest = _INITIALS.get(found[1] or "", ""), _FINALS.get(found[2], found[2])
    if found[2] == "o" and (found[1] or "") in ("p", "p'", "m", "f", "w", "l", "n", "t", "t'", "ts", "ts'", "j", "sh"):
        rest = "o" if found[1] in ("p", "p'", "m", "f", "w") else "uo"
    if rest not in _RIGHT:
        return ""
    if first in _SOFT and (rest[0] in "iü" or found[2].startswith("ü")) and found[2] != "ih":
        first = _SOFT[first]
    return first + rest


_SYLLABLE = re.compile(rf"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:{'|'.join(sorted(_RIGHT, key=len, reverse=True))})")


@lru_cache(maxsize=65_536)
def is_syllable(word: str) -> bool:
    """Whether a word is a syllable of pinyin.

    Example:
        >>> is_syllable("hua"), is_syllable("zhong"), is_syllable("tech"), is_syllable("a")
        (True, True, False, False)
    """
    return 1 < len(word) < 7 and _SYLLABLE.fullmatch(word) is not None


_SEVERAL = re.compile(rf"(?:{_SYLLABLE.pattern}){{2,}}")


@lru_cache(maxsize=65_536)
def is_pinyin(word: str) -> bool:
    """Whether a word is made of syllables of pinyin.

    Example:
        >>> is_pinyin("keji"), is_pinyin("technology")
        (True, False)
    """
    return word.isascii() and _SEVERAL.fullmatch(word) is not None


_GROUP = re.compile(r"[^\W\d_'’‘ʻʼ`´-]+(?:['’‘ʻʼ`´-]+[^\W\d_'’‘ʻʼ`´-]+)+")


def wade_giles(name: str) -> str:
    """A name with what looks like Wade-Giles in it as pinyin; blank if nothing does.

    Example:
        >>> wade_giles("Hua-wei Technologies"), wade_giles("Ch'ing-hua Unigroup"), wade_giles("Coca-Cola")
        ('huawei Technologies', 'qinghua Unigroup', '')
    """
    found = False

    def read(match: re.Match[str]) -> str:
        nonlocal found
        parts = [from_wade_giles(part) for part in re.split("-+", match[0])]
        if not all(parts):
            return match[0]
        found = True
        return "".join(parts)

    told = _GROUP.sub(read, name)
    return told if found else ""
