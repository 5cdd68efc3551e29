"""A name as it is compared: its words in one script, without legal form, accents and marks, in several readings.

A name can be read in several ways: as it stands, a part of it in another script by itself, what looks like Wade-Giles
as pinyin, what stands after ``a.k.a.`` by itself. Each reading is a row of words; words that many names share stand in
one form (:mod:`dualuse.screening.lexicon`), whatever language they are in.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from dualuse.ownership.spelling import UNSPECIFIED, spell
from dualuse.screening.lexicon import FILLING, FORMS, HAN, IN_TWO, LONGEST_HAN, PLACES, STANDS_FOR
from dualuse.screening.near import amended
from dualuse.screening.romanise import HAN as HAN_LETTERS
from dualuse.screening.romanise import is_pinyin, is_syllable, latin, pinyin, wade_giles

LONGEST = 300
"""Letters of a name that are read; what stands behind them is not."""
MOST_WORDS = 24
_TAG = re.compile(r"<[^<>]{0,200}>")
_ALSO = re.compile(
    r"\b(?:a\.?\s?k\.?\s?a\.?|f\.?\s?k\.?\s?a\.?|n\.?\s?k\.?\s?a\.?|d\.?\s?/?\s?b\.?\s?/?\s?a\.?)\s", re.IGNORECASE
)
_AFFILIATE = re.compile(
    r"[.;,]?\s+(?:affiliated entit\w+|subordinate (?:institution|entit)\w*|and any successor|including )[^,;]*.*$|\(?\b"
    r"(?:see alternate|also known as|formerly known as|doing business as)\b",
    re.IGNORECASE,
)
_CARE_OF = re.compile(r"\b(?:c/o|care of)\b", re.IGNORECASE)
_BRACKETS = re.compile(r"[(（\[【]([^()（）\[\]【】]*)[)）\]】]")
_SIMPLE = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})


class Reading(NamedTuple):
    """One way to read a name.

    Args:
        words: Its words, in their order.
        how: What it takes to read it so: blank, ``script``, ``wade-giles``, ``alias`` or ``brackets``.
        form: Its legal form; blank if it has none.
        han: Its Chinese characters, simplified; blank if it has none.
        initials: The first letters of its words, legal form included; blank if they are few.
    """

    words: tuple[str, ...]
    how: str
    form: str
    han: str
    initials: str

    @property
    def places(self) -> frozenset[str]:
        """Places among its words, which tell a branch from another."""
        return PLACES.intersection(self.words)


def squeezed(name: str) -> str:
    """A name without surplus space."""
    return " ".join(name.split())


def cleaned(name: str) -> str:
    """A name without marks of HTML, control characters and surplus space, and cut where it is very long.

    Example:
        >>> cleaned(" <b>Made-Up&nbsp;Chips</b> &amp; Co ")
        'Made-Up Chips & Co'
    """
    text = squeezed(name)[: 4 * LONGEST]
    if "&" in text or "<" in text:
        text = _TAG.sub(" ", html.unescape(text))
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    if not text.isprintable():
        text = "".join(letter if letter.isprintable() else " " for letter in text)
    return squeezed(text)[:LONGEST]


def beside(name: str) -> bool:
    """Whether a name says that it belongs to another, or is to be reached through one, which is not read with it.

    Example:
        >>> beside("Made-Up Works c/o Other Chips"), beside("Made-Up Works, affiliated entity: Other"), beside("Other")
        (True, True, False)
    """
    text = cleaned(name)
    return bool(_AFFILIATE.search(text) or _CARE_OF.search(text))


def unread(name: str) -> str:
    """A script in which letters of a name stand that cannot be told in Latin ones; blank if there is none.

    Example:
        >>> unread("Ромашка 华为 Łódź"), unread("ΧΟΥΑ"), unread("Қазақ")
        ('', 'Greek', 'Cyrillic')
    """
    for letter in cleaned(name):
        if letter.isalpha() and not letter.isascii() and not HAN_LETTERS.search(letter):
            told = unicodedata.normalize("NFKD", latin(letter.casefold().translate(_SIMPLE)))
            if not all(each.isascii() or unicodedata.combining(each) for each in told):
                return unicodedata.name(letter, "UNKNOWN").split()[0].capitalize()
    return ""


def is_blank(name: str) -> bool:
    """Whether a name names nobody: nothing, marks alone, or words such as ``not available``."""
    plain = spell(cleaned(name)).plain
    return not any(letter.isalnum() for letter in plain) or plain in UNSPECIFIED


def readings(name: str) -> list[Reading]:
    """Every way to read a name, that as it stands first.

    Example:
        >>> [reading.words for reading in readings("Hua-wei Technologies Co., Ltd.")]
        [('hua', 'wei', 'technology'), ('huawei', 'technology')]
        >>> readings("華為技術有限公司")[0].words
        ('huawei', 'technology')
    """
    found: dict[tuple[str, ...], Reading] = {}
    for text, how in _texts(cleaned(name)):
        reading, written = _read(text, how)
        if reading.words:
            found.setdefault(reading.words, reading)
            together = _together(written)
            if together != written and (words := _kept(together)) != reading.words:
                found.setdefault(words, reading._replace(words=words, how=how or "pinyin"))
    return list(found.values())


@cache
def _common_pinyin() -> dict[str, str]:
    """The pinyin of Chinese words that many names share -> the English word that stands for each."""
    forms = dict.fromkeys(("youxiangongsi", "gufenyouxiangongsi", "gongsi", "zhushihuishe"), "company")
    found = {pinyin(han): word for han, word in HAN.items() if len(han) > 1}
    return {spoken: word for spoken, word in (found | forms).items() if spoken not in _NAMES_TOO}


_NAMES_TOO = ("zhongxin",)
"""Pinyin of a word that many names share and of names that are known by it: 中心, 中芯, 中信."""
_TOLD = "*"
"""Stands before a word that was written in Chinese characters, which are not taken for others that sound like them."""
_SYLLABLES = 6
"""Most syllables of a word that many names share."""


def _together(words: tuple[str, ...]) -> tuple[str, ...]:
    """Words with pinyin that is written syllable by syllable put together.

    Example:
        >>> _together(("shen", "zhen", "hua", "wei", "ji", "shu")), _together(("star", "hua"))
        (('shenzhen', 'huawei', 'technology'), ('star', 'hua'))
    """
    found: list[str] = []
    at = 0
    while at < len(words):
        end = at
        while end < len(words) and is_syllable(words[end]):
            end += 1
        if end - at < 2:
            found.append(words[at])
            at += 1
        else:
            found += _spelt_out(words[at:end])
            at = end
    return tuple(found)


def _spelt_out(syllables: tuple[str, ...]) -> Iterator[str]:
    common, run, at = _common_pinyin(), "", 0
    while at < len(syllables):
        lengths = range(min(_SYLLABLES, len(syllables) - at), 1, -1)
        length = next((n for n in lengths if "".join(syllables[at : at + n]) in common), 0)
        if not length:
            run += syllables[at]
            at += 1
            continue
        if run:
            yield run
            run = ""
        yield common["".join(syllables[at : at + length])]
        at += length
    if run:
        yield run


def _texts(name: str) -> Iterator[tuple[str, str]]:
    bare = _AFFILIATE.sub("", name).strip() or name
    yield bare, ""
    parts = [part.strip(" ,;()") for part in _ALSO.split(bare)]
    if len(parts) > 1:
        for part in parts:
            yield part, "alias"
    inside = [part for part in _BRACKETS.findall(bare) if part.strip()]
    if inside:
        yield _BRACKETS.sub(" ", bare), "brackets"
    yield from ((part, "brackets") for part in inside if len(part) > 2 and STANDS_FOR.get(part.casefold()) is None)
    if not bare.isascii() and HAN_LETTERS.search(bare):
        rest = HAN_LETTERS.sub(" ", bare).strip(" ()（）,-/|")
        if sum(letter.isalpha() for letter in rest) > 1:
            yield rest, "script"
            yield " ".join(HAN_LETTERS.findall(bare)), "script"
    if ("-" in bare or "'" in bare or "’" in bare) and (told := wade_giles(bare)):
        yield told, "wade-giles"


def _kept(words: Iterable[str]) -> tuple[str, ...]:
    """The words that a name is compared by, each as the one that stands for it."""
    bare = list(_joined(words))
    kept = [_meant(word) for word in bare if word not in FILLING and word not in FORMS]
    return tuple(_in_one(kept or [_meant(word) for word in bare]))[:MOST_WORDS]


def _meant(word: str) -> str:
    return word[1:] if word.startswith(_TOLD) else stands_for(word)


def _read(text: str, how: str) -> tuple[Reading, tuple[str, ...]]:
    """A reading, and the words as they are written."""
    plain, form = spell(text)
    words, han = [], ""
    for word in plain.translate(_SIMPLE).split():
        if not word.isascii() and HAN_LETTERS.search(word):
            han += "".join(HAN_LETTERS.findall(word))
            words += [_bare(part) for part in _chinese(word)]
        else:
            words.append(_bare(word))
    reading = Reading(_kept(words), how, form, han, "" if han else _initials(text))
    return reading, tuple(word for word in words if word)


_NO_INITIAL = FILLING | {"co", "ltd", "inc", "limited", "llc", "company"}
_INITIALS = range(4, 9)
"""How many initials stand for a name."""


def _initials(text: str) -> str:
    """The first letters of the words of a name, if it goes by them.

    Example:
        >>> _initials("Semiconductor Manufacturing International Corporation")
        'smic'
    """
    words = [word for word in _WORD.findall(latin(text.casefold())) if word not in _NO_INITIAL]
    found = "".join(word[0] for word in words) if len(words) in _INITIALS else ""
    return found if found.isalpha() and found.isascii() else ""


_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=1 << 18)
def stands_for(word: str) -> str:
    """The word that stands for a word and those like it, a slip in a long one seen through.

    Example:
        >>> [stands_for(word) for word in ("technologies", "semiconductro", "keji", "huawei")]
        ['technology', 'semiconductor', 'technology', 'huawei']
    """
    found = STANDS_FOR.get(word) or STANDS_FOR.get(amended(word))
    if found is None and is_pinyin(word):
        found = _common_pinyin().get(word)
    return found or word


def _in_one(words: list[str]) -> list[str]:
    found: list[str] = []
    for word in words:
        if found and (one := IN_TWO.get((found[-1], word))):
            found[-1] = one
        else:
            found.append(word)
    return found


def _bare(word: str) -> str:
    """A word in Latin letters without accents."""
    if word.isascii():
        return word
    return "".join(letter for letter in unicodedata.normalize("NFKD", latin(word)) if not unicodedata.combining(letter))


def _joined(words: Iterable[str]) -> Iterator[str]:
    """Words, those of a single letter that follow each other joined: ``s m i c`` is one."""
    run = ""
    for word in filter(None, words):
        if len(word) == 1 and word.isalpha():
            run += word
            continue
        if run:
            yield run
            run = ""
        yield word
    if run:
        yield run


def _chinese(word: str) -> Iterator[str]:
    """The words of a Chinese name: those that many names share in English, what stands between them in pinyin.

    Example:
        >>> list(_chinese("深圳市华为技术"))
        ['shenzhen', '*huawei', 'technology']
    """
    at, run = 0, ""
    while at < len(word):
        length = next(
            (n for n in range(LONGEST_HAN, 0, -1) if word[at : at + n] in HAN and len(word[at : at + n]) == n), 0
        )
        if length == 0 or (length == 1 and run == "" and at + 1 < len(word)):
            run += word[at]
            at += 1
            continue
        if run:
            yield from _spoken(run)
            run = ""
        yield HAN[word[at : at + length]]
        at += length
    if run:
        yield from _spoken(run)


def _spoken(run: str) -> Iterator[str]:
    place = 0
    for found in HAN_LETTERS.finditer(run):
        if found.start() > place:
            yield run[place : found.start()]
        yield _TOLD + pinyin(found[0])
        place = found.end()
    if place < len(run):
        yield run[place:]
