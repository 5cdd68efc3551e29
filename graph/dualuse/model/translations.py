"""Translations: texts of the record in Chinese, each once, wherever it stands."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, NamedTuple

from dualuse.model.base import Around, Key, Record, Text
from dualuse.model.fidelity import differing
from dualuse.model.fields import Lit, Names, fields_of, record


@record("translation", "du:Translation", table="translations", form="csv-folder")
class Translation(Record):
    """A text of the record in Chinese: one text, one translation, wherever the text stands."""

    key: Key
    """Name of the file and a running number; a number is never given again."""
    en: Annotated[Text, Lit("du:wording", "en")]
    """The English text, to the letter as a field of the record has it."""
    zh_hant: Annotated[Text, Lit("du:wording", "zh-hant")]
    """The same in traditional script, in the terms of Taiwan."""
    zh_hans: Annotated[Text, Lit("du:wording", "zh-hans")]
    """The same in simplified script, in the terms of mainland China."""

    def __post_init__(self) -> None:
        """Reject a translation with other figures than the English text."""
        for name, text in (("zh_hant", self.zh_hant), ("zh_hans", self.zh_hans)):
            lacking, besides = differing(self.en, text)
            if lacking:
                raise ValueError(f"{name} lacks {', '.join(lacking)}; figures, dates and citations stay as they are")
            if besides:
                raise ValueError(f"{name} has {', '.join(besides)}, which the English text has not")

    def caption(self, around: Around) -> str:
        """That it is a translation, and of which text."""
        return f"translation {around.key}"


# -- texts of the record ---------------------------------------------------------------------------------------------


def texts_of(record: Any) -> Iterator[str]:
    """Texts of a record and of its parts, all but exact words and names in other languages."""
    kind: Any = type(record)
    for name, part, many in _texts(kind):
        value = getattr(record, name)
        for one in value if many else () if value is None else (value,):
            if part:
                yield from texts_of(one)
            elif isinstance(one, str):
                yield one


class _Place(NamedTuple):
    name: str
    part: bool
    many: bool


@cache
def _texts(kind: type[Any]) -> tuple[_Place, ...]:
    """Fields that hold texts, or records that do."""
    found = []
    for field in fields_of(kind):
        worded = any(isinstance(says, Lit) and says.tagged_by is None for says in field.says)
        if field.part is not None or worded or any(isinstance(says, Names) for says in field.says):
            found.append(_Place(field.name, field.part is not None, field.many is not None))
    return tuple(found)
