"""Made-up names in the shape of lists of restricted parties, and queries: some of them written otherwise, and others.

The words that many names share, and how often a name has a place, a legal form or several words of trade, are as in the
lists; the words that tell one from another are made of syllables, so that a few are common and most are rare.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

_SYLLABLES = [
    "ba",
    "bei",
    "bo",
    "chang",
    "chen",
    "da",
    "dong",
    "fa",
    "fei",
    "fu",
    "gao",
    "guang",
    "hai",
    "hang",
    "he",
    "hong",
    "hua",
    "huan",
    "hui",
    "ji",
    "jia",
    "jian",
    "jing",
    "jin",
    "jun",
    "kai",
    "kang",
    "ke",
    "lan",
    "lei",
    "li",
    "lian",
    "ling",
    "long",
    "lu",
    "ma",
    "mei",
    "min",
    "ming",
    "nan",
    "ning",
    "pei",
    "peng",
    "qi",
    "qian",
    "qing",
    "rui",
    "run",
    "shan",
    "sheng",
    "shi",
    "shun",
    "tai",
    "tao",
    "tian",
    "tong",
    "wan",
    "wei",
    "wen",
    "wu",
    "xi",
    "xiang",
    "xin",
    "xing",
    "xu",
    "yang",
    "yi",
    "ying",
    "yong",
    "yu",
    "yuan",
    "yun",
    "ze",
    "zhan",
    "zhen",
    "zheng",
    "zhi",
    "zhong",
    "zhu",
    "zi",
    "al",
    "abd",
    "kar",
    "mir",
    "sol",
    "ros",
    "tek",
    "vor",
    "nov",
    "bel",
    "dar",
    "far",
    "gor",
    "had",
    "kaz",
    "mor",
    "nor",
    "pol",
    "rad",
    "sam",
    "tar",
    "var",
    "zar",
]
_PLACES = [
    "Beijing",
    "Shanghai",
    "Shenzhen",
    "Hong~Kong",
    "Guangzhou",
    "Nanjing",
    "Wuhan",
    "Chengdu",
    "Tehran",
    "Moscow",
    "Dubai",
    "Istanbul",
    "Singapore",
]
_TRADE = [
    "Technology",
    "Electronics",
    "Trading",
    "International",
    "Industrial",
    "Group",
    "Microelectronics",
    "Import~and~Export",
    "Equipment",
    "Logistics",
    "Communications",
    "Aviation",
    "Machinery",
    "Information~Technology",
    "Research~Institute",
    "Materials",
    "Holding",
    "Shipping",
    "Chemical",
]
_FORMS = ["Co.,~Ltd.", "Ltd.", "Limited", "Inc.", "LLC", "FZE", "JSC", "OOO", "GmbH", "Corporation"]
_FIRST = [
    "Mohammad",
    "Ali",
    "Ahmad",
    "Hassan",
    "Ivan",
    "Sergei",
    "Vladimir",
    "Wei",
    "Li",
    "Juan",
    "Carlos",
    "Maria",
    "Hussein",
    "Abdul",
    "Omar",
    "Aleksandr",
]


def names(count: int, seed: int = 7) -> Iterator[str]:
    """Made-up names; the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    for _ in range(count):
        yield _person(chance) if chance.random() < 0.3 else _firm(chance)


def _telling(chance: random.Random) -> str:
    """A word that tells a name from others; what is drawn from fewer syllables is had by more names."""
    some = int(len(_SYLLABLES) * min(1.0, 0.15 + chance.random() ** 1.5))
    return "".join(_SYLLABLES[int(some * chance.random())] for _ in range(chance.choice((2, 2, 3, 3, 4)))).title()


def _person(chance: random.Random) -> str:
    family, given = _telling(chance), [chance.choice(_FIRST), *[_telling(chance)] * (chance.random() < 0.4)]
    return f"{family.upper()}, {' '.join(given)}" if chance.random() < 0.7 else f"{' '.join(given)} {family}"


def _firm(chance: random.Random) -> str:
    words = [chance.choice(_PLACES)] if chance.random() < 0.5 else []
    words += [_telling(chance) for _ in range(1 + (chance.random() < 0.25))]
    words += chance.sample(_TRADE, chance.choice((0, 1, 1, 2, 2, 3)))
    if chance.random() < 0.8:
        words.append(chance.choice(_FORMS))
    return " ".join(words).replace("~", " ")


def queries(listed: list[str], count: int, seed: int = 8) -> list[tuple[str, int]]:
    """Names sought, each with the place of the one it is written after, or -1: half of them are none of the listed."""
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    others = names(count, seed + 1)
    found = []
    for number in range(count):
        if number % 2:
            found.append((next(others), -1))
            continue
        at = chance.randrange(len(listed))
        found.append((_otherwise(listed[at], chance), at))
    return found


def _otherwise(name: str, chance: random.Random) -> str:
    words = name.replace(",", "").split()
    match chance.randrange(4):
        case 0:
            return " ".join(words).upper()
        case 1:
            return " ".join([*words[1:], words[0]])
        case 2 if words[-1] in _FORMS or words[-1] == "Ltd.":
            return " ".join(words[:-1])
        case _:
            longest = max(words, key=len)
            at = len(longest) // 2
            return " ".join(words).replace(longest, longest[:at] + longest[at + 1 :], 1)
