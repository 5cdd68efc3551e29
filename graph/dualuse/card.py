"""The one shape of every answer: question, answer, receipts, what is unknown."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import Field, dataclass, field, fields, is_dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from dualuse import __version__
from dualuse.errors import MissingExtraError
from dualuse.said import Named as Called
from dualuse.said import Phrase, phrase
from dualuse.unnamed import carried_from, clock_of, plain_day

if TYPE_CHECKING:
    from pandas import DataFrame

    from dualuse.store.base import Store

Answer = TypeVar("Answer")

NOTE = "information, not legal advice"
SHOWN = 12
"""Signs of a digest that people are shown."""


@dataclass(frozen=True, order=True)
class Receipt:
    """One line of evidence: the fact, what it says, and the source it rests on.

    Args:
        fact: IRI of the fact.
        text: What it says, in a sentence.
        provision: Paragraph of law, or an empty string.
        source: Address of the source, or its IRI where it has none.
    """

    fact: str
    text: str
    provision: str
    source: str
    confidence: str


@dataclass(frozen=True, order=True)
class Unknown:
    """What is not known, and why it matters to the answer."""

    what: str
    why_it_matters: str


@dataclass(frozen=True)
class Version:
    """The dataset an answer was drawn from."""

    version: str
    sha256: str
    known_on: date


@dataclass(frozen=True)
class Card(Generic[Answer]):
    """An answer.

    Args:
        question: The command and its arguments, resolved.
        lens: A lens; empty where the question has none.
        answer: What is answered, one class a question; its rows stand in fields made by :func:`table`.
        because: Receipts, in the order of the answer.
        unknown: What could change the answer.
        query: The SPARQL behind it, where one is.
        dataset: What it was drawn from.
        asked: What was given to the question, by parameter, in a form that can be given again; None where that has
            no written form, or the card was made by other code than a question.
    """

    question: Mapping[str, Any]
    as_of: date
    lens: str
    answer: Answer
    because: tuple[Receipt, ...]
    unknown: tuple[Unknown, ...]
    query: str
    dataset: Version
    tables: tuple[str, ...] = ()
    """Names of the parts of the answer that are rows, in its order; an answer that is a record tells them itself."""
    source: Store | None = field(default=None, repr=False, compare=False)
    """Where it was drawn from, for the names of what it mentions."""
    asked: Mapping[str, Any] | None = None

    def __post_init__(self) -> None:
        """Let a typed answer tell its tables."""
        known = _tables(self.answer) if is_dataclass(self.answer) else self.tables
        object.__setattr__(self, "tables", tuple(name for name in known if name in self.plain))

    @cached_property
    def plain(self) -> dict[str, Any]:
        """The answer as plain values, ready for JSON."""
        told: dict[str, Any] = plain(self.answer)
        return told

    @property
    def single(self) -> dict[str, Any]:
        """The parts of the answer that are not rows."""
        return {name: value for name, value in self.plain.items() if name not in self.tables}

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The rows of the answer's main part, the first that has rows; one row with the whole answer if none has."""
        return self.plain[self._main] if self.tables else [self.plain]

    @property
    def _main(self) -> str:
        """The part whose rows stand for the answer where one alone can."""
        return next((name for name in self.tables if name in _marked(self.answer, "main")), self.tables[0])

    def seen(self, name: str) -> list[dict[str, Any]]:
        """The rows of a part as people read them: as the answer says, or each row, or as they are."""
        if not is_dataclass(self.answer):
            rows: list[dict[str, Any]] = self.plain[name]
            return rows
        if views(self.answer).get(name) == "unseen":
            return []
        parts = self.answer.seen(name) if hasattr(self.answer, "seen") else _part(self.answer, name)
        return [plain(row.seen() if hasattr(row, "seen") else row, told=True) for row in parts]

    def to_cells(self) -> list[dict[str, Any]]:
        """The rows of the main part, as CSV has them: whole or as people read them."""
        if not self.tables:
            return [self.single]
        main = self._main
        return self.plain[main] if main in _marked(self.answer, "whole") else self.seen(main)

    @property
    def clock(self) -> date | None:
        """The day it was asked, where no day of law was named by its date and the record ends on another one."""
        return clock_of(self.as_of) or (None if carried_from(self.as_of) is None else plain_day(self.as_of))

    @cached_property
    def sha256(self) -> str:
        """Sum of all it says, by which it is seen whether it was changed; see :mod:`dualuse.replay`."""
        from dualuse.canonical import digest

        return digest(self._told)

    def to_dict(self) -> dict[str, Any]:
        """The card as plain values, ready for JSON."""
        return {**self._told, "sha256": self.sha256}

    @property
    def foot(self) -> str:
        """What it was drawn from and its own sum, as people are shown them."""
        version, data = self.dataset.version, self.dataset.sha256[:SHOWN]
        return f"dualuse {version}, data {data}, card {self.sha256[:SHOWN]}; {NOTE}"

    @cached_property
    def _told(self) -> dict[str, Any]:
        """All it says but its sum."""
        return {
            "question": plain(self.question),
            "asked": plain(self.asked),
            "asked_on": plain(self.clock),
            "as_of": self.as_of.isoformat(),
            "lens": self.lens or None,
            "answer": self.plain,
            "because": plain(self.because),
            "unknown": plain(self.unknown),
            "query": self.query or None,
            "dataset": plain(self.dataset),
            "engine": f"dualuse {__version__}",
            "note": NOTE,
        }

    def to_pandas(self) -> DataFrame:
        """The rows as a pandas ``DataFrame``.

        Raises:
            MissingExtraError: pandas is not installed.
        """
        try:
            from pandas import DataFrame
        except ImportError:
            raise MissingExtraError("a DataFrame needs pandas; install it: pip install pandas") from None
        return DataFrame(self.rows)

    def _repr_html_(self) -> str:
        """The rows as a small table, for notebooks."""
        from dualuse.show.notebook import notebook_html

        return notebook_html(self)


@dataclass(frozen=True)
class Fold:
    """How people see many rows: folded to groups that open.

    Args:
        by: Columns in which the rows of a group agree.
        names: Columns by whose values a group is told while it is folded; without any, by its first rows.
        order: Values of the first column, in the order in which groups stand; else in that of their first rows.
    """

    by: tuple[str, ...]
    names: tuple[str, ...] = ()
    order: tuple[str, ...] = ()


def table(
    *, optional: bool = False, view: str = "", whole: bool = False, fold: Fold | None = None, main: bool = False
) -> Any:
    """A field of an answer that holds rows.

    Args:
        optional: Whether an answer without it leaves its name out; else it is an empty list.
        view: How a page draws it, where that is not as a plain table; ``unseen`` if people see none of it.
        whole: Whether CSV has the rows whole, also where people see less of them.
        fold: How many rows are folded, where they are.
        main: Whether CSV and a ``DataFrame`` have these rows, though others stand before them.
    """
    told = {"table": True, "optional": optional, "view": view, "whole": whole, "fold": fold, "main": main}
    return field(default=None if optional else (), metadata=told)


def optional(key: str = "") -> Any:
    """A field of an answer, or of a row, that is left out where it has no value; *key* names it where Python cannot."""
    return field(default=None, metadata={"optional": True, "key": key})


def named(key: str, **more: Any) -> Any:
    """A field of an answer, or of a row, that is shown under a name which Python cannot give it."""
    return field(metadata={"key": key}, **more)


def aside(default: Any = None) -> Any:
    """A field of a row that only its ``seen`` uses: a name, say, where the row itself holds the key."""
    return field(default=default, compare=False, metadata={"aside": True})


def plain(value: Any, *, told: bool = False) -> Any:
    """A value as JSON has it: records as objects, days as text, names of things as text.

    Args:
        told: Whether texts that can be told in other languages too are kept.

    Example:
        >>> plain({"day": date(2025, 1, 13), "places": ("CH", "PL")})
        {'day': '2025-01-13', 'places': ['CH', 'PL']}
    """
    if value is None or type(value) in (str, int, bool):
        return value
    if type(value) is float:
        return value if math.isfinite(value) else str(value)  # JSON has no infinity
    if is_dataclass(value) and not isinstance(value, type):
        parts = ((part, getattr(value, part.name)) for part in fields(value) if not part.metadata.get("aside"))
        return {
            _key(part): plain(inner, told=told)
            for part, inner in parts
            if inner is not None or not part.metadata.get("optional")
        }
    if isinstance(value, Mapping):
        return {str(key): plain(inner, told=told) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner, told=told) for inner in value]
    if told and isinstance(value, Phrase | Called):
        return value
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, str) else value


def views(answer: object) -> dict[str, str]:
    """How a page draws each part of an answer, where that is not as a plain table."""
    if not is_dataclass(answer) or isinstance(answer, type):
        return {}
    return {_key(part): part.metadata["view"] for part in fields(answer) if part.metadata.get("view")}


def folds(answer: object) -> dict[str, Fold]:
    """How the rows of each part of an answer are folded, of those that are."""
    if not is_dataclass(answer) or isinstance(answer, type):
        return {}
    return {_key(part): part.metadata["fold"] for part in fields(answer) if part.metadata.get("fold")}


def _key(part: Field[Any]) -> str:
    return str(part.metadata.get("key") or part.name)


def _tables(answer: Any) -> list[str]:
    return [_key(part) for part in fields(answer) if part.metadata.get("table")]


def _marked(answer: Any, mark: str) -> list[str]:
    return [_key(part) for part in fields(answer) if part.metadata.get(mark)] if is_dataclass(answer) else []


def _part(answer: Any, key: str) -> Any:
    return next(getattr(answer, part.name) for part in fields(answer) if _key(part) == key)


def unique(receipts: Iterable[Receipt]) -> tuple[Receipt, ...]:
    """Receipts without repeats, in order of first use."""
    return tuple(dict.fromkeys(receipts))


def beyond(known_on: date, day: date) -> tuple[Unknown, ...]:
    """What is not known because a day lies after the last one on record; today is answered from the record."""
    if day <= known_on:
        return ()
    why = phrase("changes.ends_there", day=day.isoformat())
    if carried_from(day) is not None:
        why = phrase("reached.carried", day=day.isoformat())
    return (Unknown(phrase("changes.after", day=known_on.isoformat()), why),)


def read_version(store: Store) -> Version:
    """Version and digest of the dataset in a store."""
    from dualuse.store.base import value

    rows = store.select(
        "SELECT ?version ?sha ?known WHERE { ?d a dcat:Dataset ; dcat:version ?version ; "
        "du:contentSha256 ?sha ; dct:modified ?known }"
    )
    row = rows[0] if rows else {}
    known = value(row, "known") or "1970-01-01"
    return Version(value(row, "version"), value(row, "sha"), date.fromisoformat(known))
