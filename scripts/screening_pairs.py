"""Make a labelled set of names for screening from the aliases of the lists themselves.

A pair is a name, as a customer may have it, and the other names of a listed party. It is one party's where the name is
an alias held out, or a name of the party written as people write it: a slip, other word order, without the legal form,
in pinyin. It is another's where the name is that of another party of the lists that looks most like it, or is made of
words that many names share. All of it follows from the lists and a seed.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
SEED = 13
_NEIGHBOURS = 2
_COMMON = [
    "China",
    "Beijing",
    "Global",
    "National",
    "First",
    "United",
    "International",
    "Technology",
    "Electronics",
    "Trading",
    "Industrial",
]


class Party(NamedTuple):
    """A party of a list: its names, and whether it is a person."""

    key: str
    names: tuple[str, ...]
    person: bool = False


class Pair(NamedTuple):
    """A name sought, the names of a party, whether they are one party's, and how the pair was made."""

    sought: str
    key: str
    names: tuple[str, ...]
    same: bool
    how: str
    person: bool


def parties_of_record() -> list[Party]:
    """Every organisation of the curated data, with all its names."""
    from dualuse.load.curated import read_curated

    found = []
    for key, each in read_curated(ROOT / "data").tables["organisations"].items():
        names = (each.name.en, each.name.zh_hant, each.name.zh_hans, *each.aliases)
        found.append(Party(key, tuple(dict.fromkeys(name for name in names if name))))
    return found


def parties_of_file(file: Path) -> list[Party]:
    """Every party of a Consolidated Screening List, read as text."""
    with file.open(encoding="utf-8-sig", newline="") as text:
        rows = list(csv.DictReader(text))
    found: dict[str, Party] = {}
    for row in rows:
        name = " ".join((row.get("name") or "").split())
        names = (name, *(" ".join(alias.split()) for alias in (row.get("alt_names") or "").split(";")))
        kept = tuple(dict.fromkeys(each for each in names if each))
        if name:
            found.setdefault(name.casefold(), Party(f"{file.stem}.{len(found)}", kept, row.get("type") == "Individual"))
    return list(found.values())


def pairs(parties: Sequence[Party], seed: int = SEED) -> list[Pair]:
    """The labelled pairs, in an order that follows from the parties."""
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    made = [*_same(parties, chance), *_other(parties, chance)]
    return list(dict.fromkeys(made))


def _same(parties: Sequence[Party], chance: random.Random) -> Iterator[Pair]:
    for party in parties:
        for name in party.names if len(party.names) > 1 else ():
            rest = tuple(each for each in party.names if each != name)
            yield Pair(name, party.key, rest, True, "alias", party.person)
        for how, name in _written(party.names[0], chance):
            if name not in party.names:
                yield Pair(name, party.key, party.names, True, how, party.person)
        han = next((name for name in party.names if re.fullmatch(r"[\u4e00-\u9fff]{2,}", name)), "")
        if han:
            from pypinyin import lazy_pinyin

            yield Pair(" ".join(lazy_pinyin(han)).title(), party.key, (han,), True, "pinyin", party.person)


def _written(name: str, chance: random.Random) -> Iterator[tuple[str, str]]:
    """A name as people write it."""
    words = name.split()
    longest = max(words[:-1] or words, key=len)  # the last is often the legal form
    at = chance.randrange(1, max(2, len(longest) - 1))
    slip = chance.choice(
        (longest[:at] + longest[at + 1 :], longest[:at] + longest[at : at + 2][::-1] + longest[at + 2 :])
    )
    if len(longest) > 5 and slip != longest:
        yield "slip", name.replace(longest, slip, 1)
    bare = re.sub(
        r"(,? (Co\.?,? ?Ltd\.?|Ltd\.?|Limited|Inc\.?|Corp(oration)?\.?|LLC|AG|GmbH|S\.A\.|Company))+$", "", name
    )
    if bare != name:
        yield "legal form", bare
    if len(words) > 2:
        yield "order", " ".join([*words[1:], words[0]]).replace(",", "")
    if longest.isalpha() and len(longest) > 7:
        yield "apart", name.replace(longest, f"{longest[: len(longest) // 2]} {longest[len(longest) // 2 :]}", 1)
    yield "capitals", re.sub(r"[.,]", "", name).upper()


def _other(parties: Sequence[Party], chance: random.Random) -> Iterator[Pair]:
    """Names of other parties that look most like a party's, and names of common words."""
    from rapidfuzz import fuzz, process

    named = [(number, name) for number, party in enumerate(parties) for name in party.names]
    texts = [name.casefold() for _, name in named]
    for number, party in enumerate(parties):
        near = process.extract(party.names[0].casefold(), texts, scorer=fuzz.token_sort_ratio, limit=12)
        others: dict[int, str] = {}
        for _, _, place in near:
            other, name = named[place]
            if other != number and not _related(party, parties[other]):
                others.setdefault(other, name)
        for name in list(others.values())[:_NEIGHBOURS]:
            yield Pair(name, party.key, party.names, False, "neighbour", party.person)
        if number % 3 == 0:
            common = " ".join([*chance.sample(_COMMON, 2), "Co Ltd"])
            yield Pair(common, party.key, party.names, False, "common words", party.person)


def _related(one: Party, other: Party) -> bool:
    """Whether a whole name of one is a part of a name of the other, as of a group and its branch."""
    mine, theirs = (
        [f" {re.sub(r'[^a-z0-9]+', ' ', name.casefold())} " for name in each.names] for each in (one, other)
    )
    if {" ".join(sorted(a.split())) for a in mine if a.strip()} & {" ".join(sorted(b.split())) for b in theirs}:
        return True  # one party, entered twice
    return any(a.strip() and b.strip() and (a in b or b in a) for a in mine for b in theirs)


def main() -> None:
    """Write the pairs as CSV."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--csl", type=Path, nargs="*", default=[], help="files of the Consolidated Screening List")
    parser.add_argument("--seed", type=int, default=SEED)
    asked = parser.parse_args()
    parties = [*parties_of_record(), *(party for file in asked.csl for party in parties_of_file(file))]
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(Pair._fields)
    for pair in pairs(parties, asked.seed):
        told = pair._asdict() | {"names": " | ".join(pair.names), "same": "yes" if pair.same else "no"}
        writer.writerow(told.values())


if __name__ == "__main__":
    main()
