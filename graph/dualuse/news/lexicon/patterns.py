"""The patterns of the news reader: read from ``data/news``, checked, and made ready for plain text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

from dualuse.errors import CuratedDataError, Problem
from dualuse.load.files import Row, read_yaml
from dualuse.load.parse import Unfit, parse
from dualuse.model.base import Record
from dualuse.news.lexicon.entries import (
    Abbreviation,
    Administration,
    Careful,
    City,
    Context,
    Dateline,
    Forms,
    GroundCue,
    Hedge,
    Institution,
    Labelled,
    Outlet,
    Regexes,
    Rule,
    StanceCue,
    Term,
    Titles,
    Unit,
    Values,
    Verb,
)
from dualuse.news.text.passages import plain
from dualuse.resources import root

FOLDER = "news"
_PART = re.compile(r"\{([a-z_]+)\}")
_CHOICE = re.compile(r"\{([^{}]*)\}")
_Entry = TypeVar("_Entry", bound=Record)


@dataclass(frozen=True)
class Patterns:
    """Every pattern, by what it is for."""

    verbs: tuple[Verb, ...]
    verb_stops: tuple[str, ...]
    stances: tuple[StanceCue, ...]
    grounds: tuple[GroundCue, ...]
    units: tuple[Unit, ...]
    unit_stops: tuple[str, ...]
    counters: tuple[str, ...]
    numbers: tuple[Values, ...]
    hedges: tuple[Hedge, ...]
    calendar: dict[str, tuple[Values, ...]]
    day_stops: tuple[str, ...]
    ahead: tuple[str, ...]
    datelines: tuple[Dateline, ...]
    outlets: tuple[Outlet, ...]
    abbreviations: tuple[Abbreviation, ...]
    contexts: tuple[Context, ...]
    pair_joints: tuple[str, ...]
    abbreviation_words: tuple[str, ...]
    metonyms: tuple[Forms, ...]
    place_names: tuple[Forms, ...]
    cities: tuple[City, ...]
    regions: tuple[Labelled, ...]
    careful: tuple[Careful, ...]
    never: frozenset[str]
    inside: tuple[str, ...]
    institutions: tuple[Institution, ...]
    administrations: tuple[Administration, ...]
    extra: tuple[Forms, ...]
    titles: tuple[Titles, ...]
    presidents: dict[str, tuple[str, ...]]
    surnames: str
    transliteration: str
    unnamed: tuple[Labelled, ...]
    pronouns: dict[str, tuple[str, ...]]
    terms: tuple[Term, ...]
    measures: tuple[Regexes, ...]
    groups: tuple[Regexes, ...]
    levels: dict[str, str]
    relevance: dict[str, tuple[Regexes, ...]]
    tiers: tuple[Regexes, ...]
    rules: tuple[Rule, ...]
    joints: tuple[Regexes, ...]
    modality: tuple[Regexes, ...]


@dataclass
class _Files:
    """Reads sections of files and gathers what is wrong with them."""

    folder: Traversable
    rows: dict[str, Row] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def row(self, name: str) -> Row:
        if name not in self.rows:
            path = f"{FOLDER}/{name}.yml"
            file = self.folder / f"{name}.yml"
            if not file.is_file():
                self.problems.append(Problem(path, 1, "?", "the file is missing; see docs/news.md"))
                self.rows[name] = Row(path, 1, {})
            else:
                self.rows[name] = read_yaml(path, file, self.problems) or Row(path, 1, {})
        return self.rows[name]

    def entries(self, name: str, section: str, model: type[_Entry]) -> tuple[_Entry, ...]:
        """Records of a section that is a list of mappings."""
        row = self.row(name)
        found = []
        values = row.values.get(section, [])
        for index, value in enumerate(values if isinstance(values, list) else []):
            try:
                found.append(parse(model, _with_parts(value, row.values.get("parts"))))
            except Unfit as unfit:
                for fault in unfit.faults:
                    path = (section, index, *fault.path)
                    self.problems.append(Problem(row.file, row.line_of(path), str(path[-1]), fault.message))
        if not found:
            self.problems.append(Problem(row.file, row.line, section, "the section is missing or empty"))
        return tuple(found)

    def words(self, name: str, section: str) -> tuple[str, ...]:
        """Words of a section that is a list, in plain text."""
        values = self.row(name).values.get(section, [])
        return tuple(plain(str(word)) for word in values) if isinstance(values, list) else ()

    def text(self, name: str, section: str) -> str:
        """A section that is a list of strings, joined, in plain text."""
        return "".join(self.words(name, section))

    def mapping(self, name: str, section: str) -> dict[str, Any]:
        """A section that is a mapping."""
        values = self.row(name).values.get(section, {})
        return dict(values) if isinstance(values, dict) else {}


def _with_parts(value: object, parts: object) -> object:
    """An entry with each ``{name}`` in its expressions written out as any of the parts of that name."""
    if not isinstance(value, dict) or not isinstance(parts, dict) or "regex" not in value:
        return value

    def write(expression: str) -> str:
        return _PART.sub(
            lambda match: f"(?:{'|'.join(parts[match[1]])})" if match[1] in parts else match[0], expression
        )

    regex = value["regex"]
    return value | {"regex": [write(part) for part in regex] if isinstance(regex, list) else write(str(regex))}


def expand(forms: Iterable[str]) -> list[str]:
    """Every form, with each ``{a|b}`` written out.

    Example:
        >>> expand(["{AI|GPU} chip{s|}"])
        ['AI chips', 'AI chip', 'GPU chips', 'GPU chip']
    """
    found = []
    for form in forms:
        choice = _CHOICE.search(form)
        if choice is None:
            found.append(form)
        else:
            parts = [form[: choice.start()] + part + form[choice.end() :] for part in choice[1].split("|")]
            found += expand(parts)
    return found


def forms_of(entry: Forms) -> list[str]:
    """Forms of an entry in plain text."""
    return [plain(form) for form in expand(entry.forms)]


def compiled(patterns: Sequence[str], *, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    """One expression that matches any of several, on plain text."""
    return re.compile("|".join(f"(?:{plain(pattern)})" for pattern in patterns), flags)


def any_word(words: Iterable[str]) -> re.Pattern[str]:
    """An expression that matches any of several words, the longest first; Latin ones only as whole words."""
    parts = []
    for word in sorted({plain(word) for word in words if word}, key=lambda word: (-len(word), word)):
        head = r"\b" if word[0].isascii() and word[0].isalnum() else ""
        tail = r"\b" if word[-1].isascii() and word[-1].isalnum() else ""
        parts.append(f"{head}{re.escape(word)}{tail}")
    return re.compile("|".join(parts) if parts else r"(?!)", re.IGNORECASE)


@cache
def shipped_patterns() -> Patterns:
    """The patterns that come with the package."""
    return read_patterns(root("data") / FOLDER)


def read_patterns(folder: Traversable) -> Patterns:
    """Read and check every file of patterns.

    Raises:
        CuratedDataError: with every problem found.
    """
    files = _Files(folder)
    calendar_parts = ("weekdays", "weeks", "days", "months", "years", "month_names")
    relevance_parts = ("sure", "control", "subject", "trade", "weak", "boilerplate")
    patterns = Patterns(
        verbs=files.entries("speech", "patterns", Verb),
        verb_stops=files.words("speech", "stops"),
        stances=files.entries("stances", "patterns", StanceCue),
        grounds=files.entries("stances", "grounds", GroundCue),
        units=files.entries("units", "patterns", Unit),
        unit_stops=files.words("units", "stops"),
        counters=files.words("units", "counters"),
        numbers=files.entries("numbers", "words", Values),
        hedges=files.entries("numbers", "hedges", Hedge),
        calendar={name: files.entries("dates", name, Values) for name in calendar_parts},
        day_stops=files.words("dates", "day_stops"),
        ahead=files.words("dates", "ahead"),
        datelines=files.entries("outlets", "datelines", Dateline),
        outlets=files.entries("outlets", "others", Outlet),
        abbreviations=files.entries("places", "abbreviations", Abbreviation),
        contexts=files.entries("places", "contexts", Context),
        pair_joints=files.words("places", "pair_joints"),
        abbreviation_words=files.words("places", "words"),
        metonyms=files.entries("places", "metonyms", Forms),
        place_names=files.entries("places", "names", Forms),
        cities=files.entries("places", "cities", City),
        regions=files.entries("places", "regions", Labelled),
        careful=files.entries("names", "careful", Careful),
        never=frozenset(files.words("names", "never")),
        inside=files.words("names", "inside"),
        institutions=files.entries("names", "institutions", Institution),
        administrations=files.entries("names", "administrations", Administration),
        extra=files.entries("names", "extra", Forms),
        titles=files.entries("names", "titles", Titles),
        presidents={key: tuple(map(plain, forms)) for key, forms in files.mapping("names", "presidents").items()},
        surnames=files.text("names", "surnames"),
        transliteration=files.text("names", "transliteration"),
        unnamed=files.entries("names", "unnamed", Labelled),
        pronouns={key: tuple(map(plain, forms)) for key, forms in files.mapping("names", "pronouns").items()},
        terms=files.entries("terms", "patterns", Term),
        measures=files.entries("measures", "measures", Regexes),
        groups=files.entries("measures", "groups", Regexes),
        levels=files.mapping("measures", "levels"),
        relevance={name: files.entries("relevance", name, Regexes) for name in relevance_parts},
        tiers=files.entries("claims", "tiers", Regexes),
        rules=files.entries("claims", "rules", Rule),
        joints=files.entries("claims", "joints", Regexes),
        modality=files.entries("claims", "modality", Regexes),
    )
    if files.problems:
        raise CuratedDataError(files.problems)
    return patterns
