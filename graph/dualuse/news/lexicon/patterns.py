"""The patterns of the news reader: read from ``data/news``, checked, and made ready for plain text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
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
    Tie,
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

    def named(self, name: str, sections: Sequence[str], model: type[_Entry]) -> dict[str, tuple[_Entry, ...]]:
        """Records of several sections, by section."""
        return {section: self.entries(name, section, model) for section in sections}

    def forms(self, name: str, section: str) -> dict[str, tuple[str, ...]]:
        """A section that is a mapping to lists of words, in plain text."""
        return {key: tuple(map(plain, words)) for key, words in self.mapping(name, section).items()}


def _said_in(read: Callable[..., Any], *where: Any) -> Any:
    """A field of :class:`Patterns`: how it is read, and from which file and section."""
    return field(metadata={"read": read, "where": where})


@dataclass(frozen=True, kw_only=True)
class Patterns:
    """Every pattern, by what it is for, and where in ``data/news`` it stands."""

    verbs: tuple[Verb, ...] = _said_in(_Files.entries, "speech", "patterns", Verb)
    verb_stops: tuple[str, ...] = _said_in(_Files.words, "speech", "stops")
    stances: tuple[StanceCue, ...] = _said_in(_Files.entries, "stances", "patterns", StanceCue)
    grounds: tuple[GroundCue, ...] = _said_in(_Files.entries, "stances", "grounds", GroundCue)
    units: tuple[Unit, ...] = _said_in(_Files.entries, "units", "patterns", Unit)
    unit_stops: tuple[str, ...] = _said_in(_Files.words, "units", "stops")
    counters: tuple[str, ...] = _said_in(_Files.words, "units", "counters")
    numbers: tuple[Values, ...] = _said_in(_Files.entries, "numbers", "words", Values)
    hedges: tuple[Hedge, ...] = _said_in(_Files.entries, "numbers", "hedges", Hedge)
    calendar: Mapping[str, tuple[Values, ...]] = _said_in(
        _Files.named, "dates", ("weekdays", "weeks", "days", "months", "years", "month_names"), Values
    )
    day_stops: tuple[str, ...] = _said_in(_Files.words, "dates", "day_stops")
    ahead: tuple[str, ...] = _said_in(_Files.words, "dates", "ahead")
    datelines: tuple[Dateline, ...] = _said_in(_Files.entries, "outlets", "datelines", Dateline)
    outlets: tuple[Outlet, ...] = _said_in(_Files.entries, "outlets", "others", Outlet)
    abbreviations: tuple[Abbreviation, ...] = _said_in(_Files.entries, "places", "abbreviations", Abbreviation)
    contexts: tuple[Context, ...] = _said_in(_Files.entries, "places", "contexts", Context)
    pair_joints: tuple[str, ...] = _said_in(_Files.words, "places", "pair_joints")
    abbreviation_words: tuple[str, ...] = _said_in(_Files.words, "places", "words")
    metonyms: tuple[Forms, ...] = _said_in(_Files.entries, "places", "metonyms", Forms)
    place_names: tuple[Forms, ...] = _said_in(_Files.entries, "places", "names", Forms)
    cities: tuple[City, ...] = _said_in(_Files.entries, "places", "cities", City)
    regions: tuple[Labelled, ...] = _said_in(_Files.entries, "places", "regions", Labelled)
    careful: tuple[Careful, ...] = _said_in(_Files.entries, "names", "careful", Careful)
    never: tuple[str, ...] = _said_in(_Files.words, "names", "never")
    inside: tuple[str, ...] = _said_in(_Files.words, "names", "inside")
    institutions: tuple[Institution, ...] = _said_in(_Files.entries, "names", "institutions", Institution)
    owners: tuple[Forms, ...] = _said_in(_Files.entries, "names", "owners", Forms)
    administrations: tuple[Administration, ...] = _said_in(_Files.entries, "names", "administrations", Administration)
    extra: tuple[Forms, ...] = _said_in(_Files.entries, "names", "extra", Forms)
    people: tuple[Forms, ...] = _said_in(_Files.entries, "names", "people", Forms)
    titles: tuple[Titles, ...] = _said_in(_Files.entries, "names", "titles", Titles)
    presidents: Mapping[str, tuple[str, ...]] = _said_in(_Files.forms, "names", "presidents")
    surnames: str = _said_in(_Files.text, "names", "surnames")
    double_surnames: tuple[str, ...] = _said_in(_Files.words, "names", "double_surnames")
    transliteration: str = _said_in(_Files.text, "names", "transliteration")
    unnamed: tuple[Labelled, ...] = _said_in(_Files.entries, "names", "unnamed", Labelled)
    heads: tuple[Forms, ...] = _said_in(_Files.entries, "names", "heads", Forms)
    pronouns: Mapping[str, tuple[str, ...]] = _said_in(_Files.forms, "names", "pronouns")
    terms: tuple[Term, ...] = _said_in(_Files.entries, "terms", "patterns", Term)
    measures: tuple[Regexes, ...] = _said_in(_Files.entries, "measures", "measures", Regexes)
    groups: tuple[Regexes, ...] = _said_in(_Files.entries, "measures", "groups", Regexes)
    levels: Mapping[str, str] = _said_in(_Files.mapping, "measures", "levels")
    relevance: Mapping[str, tuple[Regexes, ...]] = _said_in(
        _Files.named,
        "relevance",
        ("sure", "control", "subject", "trade", "deal", "policy", "supply", "weak", "boilerplate"),
        Regexes,
    )
    tiers: tuple[Regexes, ...] = _said_in(_Files.entries, "claims", "tiers", Regexes)
    rules: tuple[Rule, ...] = _said_in(_Files.entries, "claims", "rules", Rule)
    joints: tuple[Regexes, ...] = _said_in(_Files.entries, "claims", "joints", Regexes)
    ties: tuple[Tie, ...] = _said_in(_Files.entries, "relations", "patterns", Tie)
    ended: tuple[str, ...] = _said_in(_Files.words, "relations", "ended")
    modality: tuple[Regexes, ...] = _said_in(_Files.entries, "claims", "modality", Regexes)


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
    patterns = Patterns(
        **{each.name: each.metadata["read"](files, *each.metadata["where"]) for each in fields(Patterns)}
    )
    if files.problems:
        raise CuratedDataError(files.problems)
    return patterns
