"""JSON Schemas of cards, made from the classes of the answers as :func:`dualuse.card.plain` writes them."""

from __future__ import annotations

import inspect
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from dualuse.card import NOTE, Receipt, Unknown, Version
from dualuse.lens import Lens
from dualuse.questions.question import Question

Schema = dict[str, Any]
_ENDLESS = ("inf", "-inf", "nan")
"""Numbers that JSON has none for, as they are written."""
_PLAIN: dict[Any, Schema] = {
    NoneType: {"type": "null"},
    bool: {"type": "boolean"},
    date: {"type": "string", "format": "date"},
    float: {"anyOf": [{"type": "number"}, {"enum": list(_ENDLESS)}]},
    int: {"type": "integer"},
}


class Schemas:
    """Schemas of classes, each once under its name."""

    def __init__(self) -> None:
        self.named: dict[str, Schema] = {}
        self._names: dict[type, str] = {}

    def card(self, question: Question) -> Schema:
        """Schema of a card that answers a question."""
        lens = {"enum": [None, *(lens.value for lens in Lens)]}
        parts = {
            "question": {"type": "object", "description": "What was asked, as it was understood."},
            "asked": {"type": "object", "description": "What was given, by parameter, as it can be given again."},
            "asked_on": {
                "anyOf": [_PLAIN[date], _PLAIN[NoneType]],
                "description": "Day of the clock, where no day of law was named.",
            },
            "as_of": _PLAIN[date] | {"description": "Day of law."},
            "lens": lens | {"description": "Whose word counted; null where the question has no lens."},
            "answer": self.of(question.answer),
            "because": {"type": "array", "items": self.of(Receipt), "description": "Receipts."},
            "unknown": {"type": "array", "items": self.of(Unknown), "description": "What could change the answer."},
            "query": {"type": ["string", "null"], "description": "The SPARQL behind it, where one is."},
            "dataset": self.of(Version),
            "engine": {"type": "string", "description": "What answered, with its version."},
            "note": {"const": NOTE},
            "sha256": {"type": "string", "description": "Sum of all the card says: dualuse verify-card."},
        }
        return {"type": "object", "properties": parts, "required": list(parts)}

    def of(self, type_: Any) -> Schema:
        """Schema of a type; anything, where the type says no more."""
        if type_ in _PLAIN:
            return _PLAIN[type_]
        if get_origin(type_) is Annotated:
            return self.of(get_args(type_)[0])
        if get_origin(type_) is Literal:
            return {"enum": list(get_args(type_))}
        if get_origin(type_) in (Union, UnionType):
            return {"anyOf": [self.of(part) for part in get_args(type_)]}
        if inspect.isclass(get_origin(type_)):
            return self._several(get_origin(type_), get_args(type_))
        if is_dataclass(type_) and inspect.isclass(type_):
            return {"$ref": f"#/components/schemas/{self._name(type_)}"}
        return {"type": "string"} if inspect.isclass(type_) and issubclass(type_, str) else {}

    def _several(self, kind: type, parts: tuple[Any, ...]) -> Schema:
        if issubclass(kind, Mapping):
            return {"type": "object", "additionalProperties": self.of(parts[1])}
        if issubclass(kind, Sequence):
            several = [part for part in parts if part is not Ellipsis]
            one = self.of(several[0]) if len(set(several)) == 1 else {"anyOf": [self.of(part) for part in several]}
            return {"type": "array", "items": one}
        return {}

    def _name(self, record: type) -> str:
        """Name under which the schema of a record stands."""
        if record not in self._names:
            taken = {name for name in self.named if name.rstrip("0123456789") == record.__name__}
            self._names[record] = f"{record.__name__}{len(taken) + 1 if taken else ''}"
            self.named[self._names[record]] = {}
            self.named[self._names[record]] = self._record(record)
        return self._names[record]

    def _record(self, record: type) -> Schema:
        hints = get_type_hints(record, include_extras=True)
        parts = [part for part in fields(record) if not part.metadata.get("aside")]
        keys = {part.name: str(part.metadata.get("key") or part.name) for part in parts}
        told = (inspect.getdoc(record) or "").partition("\n")[0]
        return {
            "type": "object",
            "description": told,
            "properties": {keys[part.name]: self.of(hints[part.name]) for part in parts},
            "required": [keys[part.name] for part in parts if not part.metadata.get("optional")],
        }
