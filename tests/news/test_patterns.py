"""Every pattern has an example in its own language, and fires in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.every import every

from dualuse.errors import CuratedDataError
from dualuse.knowledge import Knowledge
from dualuse.news import make_text
from dualuse.news.find.dates import Dates
from dualuse.news.find.quantities import Quantities
from dualuse.news.lexicon.entries import Forms, Pattern
from dualuse.news.lexicon.patterns import Patterns, compiled, expand, forms_of, read_patterns, shipped_patterns
from dualuse.news.review.gold import read_coding
from dualuse.news.text.passages import language_of, plain
from dualuse.resources import root

PATTERNS = shipped_patterns()


def entries() -> Iterator[tuple[str, Any]]:
    for name, value in vars(PATTERNS).items():
        groups = value.items() if isinstance(value, dict) else [("", value)]
        for part, found in groups:
            if isinstance(found, tuple):
                for index, entry in enumerate(found):
                    if not isinstance(entry, str):
                        yield f"{name}{part and '.' + part}.{getattr(entry, 'key', '') or index}", entry


ENTRIES = list(entries())


def test_there_are_entries() -> None:
    assert len(ENTRIES) > 250


def test_examples_are_in_their_language() -> None:
    def check(entry: Any) -> None:
        assert entry.example.strip()
        if isinstance(entry, Pattern) and entry.language != "any" and "%" not in entry.example:
            assert language_of(entry.example)[:2] == entry.language

    every(ENTRIES, check)


def test_patterns_fire_in_their_examples() -> None:
    firing = [(name, entry) for name, entry in ENTRIES if hasattr(entry, "regex") or isinstance(entry, Forms)]
    every(((name, (name, entry)) for name, entry in firing), lambda case: fires(*case))


def fires(name: str, entry: Any) -> None:
    """Check that a pattern fires in its example, and what stops it does not."""
    example = plain(entry.example)
    if hasattr(entry, "regex"):
        expressions = [entry.regex] if isinstance(entry.regex, str) else entry.regex
        assert compiled(expressions).search(example), entry.example
        if getattr(entry, "unless", ()):
            assert not compiled(entry.unless).search(example), entry.example
    elif name.startswith("contexts."):
        assert any(re.search(form, example) for form in forms_of(entry))
    else:
        assert any(form.lower() in example.lower() for form in forms_of(entry)), entry.example


def test_units_are_found_in_their_examples() -> None:
    def check(entry: Any) -> None:
        text = make_text("example", entry.example)
        found = Quantities(PATTERNS).find(text, 0, len(text.plain), text.language, [])
        assert entry.key in {quantity.unit for quantity in found}

    every(((f"{unit.key}.{unit.language}", unit) for unit in PATTERNS.units), check)


def test_hedges_are_found_in_their_examples() -> None:
    def check(entry: Any) -> None:
        for form in entry.forms:
            words = entry.example.replace(next(f for f in entry.forms if f in entry.example), form)
            text = make_text("example", words)
            (found,) = Quantities(PATTERNS).find(text, 0, len(text.plain), text.language, [])
            assert (found.hedge, found.text) == (entry.key, words)

    every(((f"{hedge.key}.{hedge.language}.{hedge.where}", hedge) for hedge in PATTERNS.hedges), check)


def test_calendar_words_are_read() -> None:
    def check(name: str) -> None:
        for entry in PATTERNS.calendar[name]:
            text = make_text("example", entry.example)
            (found,) = Dates(PATTERNS).find(text, 0, len(text.plain), date(2025, 1, 15))
            assert found.value

    every(((name, name) for name in sorted(PATTERNS.calendar)), check)


def test_choices_are_written_out() -> None:
    assert expand(["{a|b}{c|}", "d"]) == ["ac", "a", "bc", "b", "d"]


def test_keys_are_in_the_graph(knowledge: Knowledge, patterns: Patterns) -> None:
    def known(kind: str, key: str) -> bool:
        return any(key in found for found in knowledge.names.by_kind[kind].values())

    organisations = {entry.key for entry in patterns.extra}
    organisations |= {city.government for city in patterns.cities if city.government}
    organisations |= {key for entry in patterns.institutions for key in (*entry.candidates, entry.default) if key}
    organisations |= {entry.organisation for entry in patterns.administrations}
    organisations |= {line.outlet for line in patterns.datelines if line.outlet}
    assert len(organisations) > 8
    assert sorted(key for key in organisations if not known("organisation", key)) == []
    places = {
        entry.key for group in (patterns.abbreviations, patterns.metonyms, patterns.place_names) for entry in group
    }
    assert sorted(key for key in places - {"eu"} if not known("place", key)) == []
    assert known("group", "eu")
    assert sorted(key for key in patterns.levels.values() if not known("group", key)) == []
    assert sorted(term.item for term in patterns.terms if term.item and not known("item", term.item)) == []


def test_coding_uses_attributes_of_the_ledger() -> None:
    from typing import get_args

    from dualuse.model.values import ClaimAttribute

    used = {attribute for attributes in read_coding().predicates.values() for attribute in attributes}
    assert used
    assert used <= set(get_args(ClaimAttribute))


def test_what_is_wrong_with_a_file_is_told_with_its_line(tmp_path: Path) -> None:
    for file in (root("data") / "news").iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    broken = (tmp_path / "units.yml").read_text("utf-8").replace("language: zh", "language: klingon", 1)
    (tmp_path / "units.yml").write_text(broken, "utf-8")
    (tmp_path / "terms.yml").unlink()
    with pytest.raises(CuratedDataError) as caught:
        read_patterns(tmp_path)
    lines = str(caught.value).splitlines()
    assert any(line.startswith("news/units.yml:5: language:") for line in lines), lines
    assert any(line.startswith("news/terms.yml:1:") and "missing" in line for line in lines)
