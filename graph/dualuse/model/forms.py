"""Write the shapes that say what a node has by its kind: a rule of decision by what its kind needs, a test by its form.

What a field may hold is in ``shapes``; here is which of them go together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import get_args

from dualuse.law.kinds import COMBINATIONS, Number, kinds
from dualuse.model.rules import Condition, DecisionRule
from dualuse.model.slots import slots
from dualuse.model.values import RuleKind

_BOUNDS = ("du:atLeast", "du:atMost", "du:below")


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which a node may be made: the words that tell it, what it then must have and may not have."""

    words: tuple[str, ...]
    has: tuple[str, ...]
    lacks: tuple[str, ...] = ()

    def __str__(self) -> str:
        """What it must have, for a message."""
        return f"{', '.join(self.has) or 'nothing more'} ({', '.join(self.words)})"


def forms() -> Iterator[str]:
    """Every shape, as Turtle."""
    rule = "A rule of decision must have what its kind needs"
    yield _shape("DecisionRuleKind", "du:DecisionRule", ("du:ruleKind", "/rule-kind/"), rule, _rules(), "data/rules/")
    test = "A test of a rule must have what its du:operator needs, and nothing that goes with another"
    yield _shape("RuleTestForm", "du:RuleTest", ("du:operator", "^"), test, _tests(), "data/rules/, under `when`")


def _rules() -> list[Way]:
    """One way for the kinds that need nothing, and one for each of the others."""
    plain = tuple(kind for kind in get_args(RuleKind) if kind not in DecisionRule.NEEDS)
    given = [(giver.field.partition(".")[0], slot.path) for slot in slots(DecisionRule) for giver in slot.givers]
    needed = {
        kind: tuple(path for field in fields for name, path in given if name == field)
        for kind, fields in DecisionRule.NEEDS.items()
    }
    return [Way(plain, ()), *(Way((kind,), paths) for kind, paths in needed.items())]


def _tests() -> list[Way]:
    """One way for each set of predicates that tests have; a number goes with one bound at least."""
    of_word: dict[str, tuple[str, ...]] = {
        word: tuple(slot.path for slot in slots(Condition) if word in {giver.field for giver in slot.givers})
        for word in (*COMBINATIONS, *kinds())
    }
    every = (*dict.fromkeys(path for paths in of_word.values() for path in paths), *_BOUNDS)
    ways = []
    for paths in dict.fromkeys(of_word.values()):
        words = tuple(word for word, own in of_word.items() if own == paths)
        has = paths if words[0] in COMBINATIONS else ("du:says", *paths)
        numbers = all(word in kinds() and isinstance(kinds()[word].form, Number) for word in words)
        lacks = tuple(path for path in every if path not in paths and not (numbers and path in _BOUNDS))
        ways += [Way(words, (*has, bound), lacks) for bound in _BOUNDS] if numbers else [Way(words, has, lacks)]
    return ways


def _shape(name: str, target: str, told: tuple[str, str], asked: str, ways: Sequence[Way], place: str) -> str:
    """A shape that is met by one of several ways; its lists are made of named cells."""
    path, before = told
    message = f"{asked}: {'; '.join(map(str, ways))}. Here it has not. Correct it in {place}."
    found = {
        f"dush:{name}Shape": f"a sh:NodeShape ;\n    sh:targetClass {target} ;\n    sh:or dush:{name}-1 ;\n"
        f'    sh:message "{message}"@en'
    }
    for number, way in enumerate(ways, start=1):
        own, rest = f"dush:{name}-{number}", "rdf:nil" if number == len(ways) else f"dush:{name}-{number + 1}"
        pattern = f'sh:minCount 1 ;\n    sh:pattern "{before}({"|".join(way.words)})$"'
        held = {f"{own}-kind": _property(path, pattern)}
        held |= {f"dush:{name}-has-{_local(each)}": _property(each, "sh:minCount 1") for each in way.has}
        held |= {f"dush:{name}-no-{_local(each)}": _property(each, "sh:maxCount 0") for each in way.lacks}
        found[own] = f"rdf:first {own}-way ;\n    rdf:rest {rest}"
        found[f"{own}-way"] = "a sh:NodeShape ;\n    sh:property " + ",\n        ".join(held)
        found |= held
    return "\n".join(f"{each} {text} .\n" for each, text in found.items())


def _property(path: str, constraint: str) -> str:
    return f"a sh:PropertyShape ;\n    sh:path {path} ;\n    {constraint}"


def _local(path: str) -> str:
    return path.partition(":")[2]
