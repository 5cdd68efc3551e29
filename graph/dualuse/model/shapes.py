"""Write the plain shapes from the records: how many values a predicate has, of what sort, and what to do if not.

What holds between fields is in ``forms``; what many kinds of nodes share stands by hand in ``ontology/shapes``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dualuse.model import fields
from dualuse.model.base import Dated, Sourced
from dualuse.model.fields import Form
from dualuse.model.forms import forms
from dualuse.model.slots import Giver, Slot, class_of, kinds, slots, where_of
from dualuse.namespaces import ID, VOCABULARIES

FILE = "generated.ttl"
_HEAD = "# What the records say of every node. Written by scripts/regenerate from graph/dualuse/model; edit that.\n"
_TEXTS = {"en": "dush:EnglishText", "zh-hant": "dush:TraditionalChineseText", "zh-hans": "dush:SimplifiedChineseText"}
_LANGUAGES = {"en": "English", "zh-hant": "Traditional Chinese", "zh-hans": "Simplified Chinese"}
_CLASSES = {record.about.kind: class_of(record) for record in kinds()}
_NOUNS = {record.about.kind: record.about.noun for record in kinds()}
_COUNTS = ("no", "one", "two", "three", "four")
Constraint = tuple[str, str]


def shapes_file() -> str:
    """Text of ``ontology/shapes/generated.ttl``."""
    prefixes = {
        name: iri for name, iri in VOCABULARIES.items() if name not in ("adms", "graph", "schema", "void", "owl")
    }
    prefixes |= {"dush": "https://w3id.org/dualuse/shapes#", "scheme": f"{ID}scheme/"}
    head = _HEAD + "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in sorted(prefixes.items()))
    written: dict[str, str] = {}
    for record in kinds():
        held = {name: text for slot in slots(record) for name, text in _property_shapes(record, slot)}
        written[record.__name__] = _node_shape(record, list(held))
        written |= {name: text for name, text in held.items() if text}
    return "\n".join([head, *written.values(), *forms()])


def _node_shape(record: type[Any], held: list[str]) -> str:
    about = record.about
    noun, base = _article(about.noun), f"{ID}{about.kind}/"
    where = f"Correct its key in {where_of(record)}." if about.table else f"{_cure(record, '')}"
    message = (
        f"{noun[0].upper()}{noun[1:]} must be named {base} and its key, of letters, digits, dots and hyphens; "
        f"this one is not. {where}"
    )
    listed = ",\n        ".join(f"dush:{name}" for name in held)
    return (
        f"dush:{record.__name__}Shape a sh:NodeShape ;\n    sh:targetClass {class_of(record)} ;\n"
        f"    sh:nodeKind sh:IRI ;\n    sh:pattern {_pattern(f'^{_iri(base)}[A-Za-z0-9][A-Za-z0-9.-]*$')} ;\n"
        f'    sh:property {listed} ;\n    sh:message "{message}"@en .\n'
    )


def _property_shapes(record: type[Any], slot: Slot) -> Iterator[tuple[str, str]]:
    """Name and text of every shape of a slot; no text for one that stands by hand."""
    if slot.path == "du:confidence":
        yield "confidence", ""
    if slot.path in record.about.by_hand or in_common(slot):
        return
    yield slot.name, _property_shape(slot)
    languages = [g.says.language for g in slot.givers if isinstance(g.says, fields.Lit) and g.says.language and g.least]
    for language in languages if len(languages) > 1 else ():
        yield f"{slot.name}-{language.lower()}", _language_shape(slot, language)


def in_common(slot: Slot) -> bool:
    """Whether the shape of a predicate stands in common.ttl: those of receipts and periods, which many nodes have."""
    if slot.path == "rdfs:comment":
        return slot.owner is Sourced
    receipt = "sources" in {giver.field for giver in slot.givers}
    return receipt or slot.path == "du:confidence" or slot.owner is Dated


def _property_shape(slot: Slot) -> str:
    constraints, words = _asked(slot)
    counts = [("minCount", str(slot.least))] if slot.least else []
    counts += [("maxCount", str(slot.most))] if slot.most is not None else []
    return _shape(slot, slot.name, [*counts, *constraints], _message(slot, words))


def _language_shape(slot: Slot, language: str) -> str:
    noun = _article(slot.owner.about.noun)
    message = (
        f"{noun[0].upper()}{noun[1:]} must have {_article(slot.path)} in {_LANGUAGES[language]}; here there is none. "
        f"{_cure_of(slot)}"
    )
    constraints = [("qualifiedValueShape", _TEXTS[language]), ("qualifiedMinCount", "1")]
    return _shape(slot, f"{slot.name}-{language.lower()}", constraints, message)


def _shape(slot: Slot, name: str, constraints: list[Constraint], message: str) -> str:
    lines = "".join(f"    sh:{key} {value} ;\n" for key, value in constraints)
    return f'dush:{name} a sh:PropertyShape ;\n    sh:path {slot.path} ;\n{lines}    sh:message "{message}"@en .\n'


def _message(slot: Slot, words: str) -> str:
    """Say what there must be, what is there instead, and what to do."""
    noun = _article(slot.owner.about.noun or slot.owner.__name__.lower())
    least, most = slot.least, slot.most
    if most is None:
        asked = f"must have at least {_COUNTS[least]} {slot.path}" if least else f"may have any number of {slot.path}"
        wrong = "it is missing or of another kind" if least else "one is of another kind"
        words = f"each {words}"
    elif least == most:
        asked = f"must have exactly {_COUNTS[most]} {slot.path}"
        wrong = "it is missing, doubled or of another kind"
    else:
        asked = f"{'must' if least else 'may'} have at most {_COUNTS[most]} {slot.path}"
        wrong = f"{'it is missing, ' if least else 'it is '}doubled or of another kind"
    return f"{noun[0].upper()}{noun[1:]} {asked}, {words}; here {wrong}. {_cure_of(slot)}"


def _cure_of(slot: Slot) -> str:
    names = [giver.field for giver in slot.givers]
    return _cure(slot.owner, _listed([f"`{name}`" for name in dict.fromkeys(names) if name]))


def _cure(owner: type[Any], fields: str) -> str:
    if owner.about.form == "derived":
        return f"The builder derives it; look into {owner.about.made_by}."
    where = where_of(owner)
    return (
        f"Correct {fields} in {where}." if fields else f"The loader writes it from the place of the record in {where}."
    )


# -- what is asked of values -----------------------------------------------------------------------------------------


def _asked(slot: Slot) -> tuple[list[Constraint], str]:
    """Constraints of all givers of a slot together, and their words."""
    first, *others = slot.givers
    if isinstance(first.says, fields.Names) or any(_language(giver) != _language(first) for giver in others):
        return [*_text(None), ("uniqueLang", "true")], "text that is not empty, one in a language"
    if all(_one(giver) == _one(first) for giver in others):
        return _one(first)
    if all(isinstance(giver.says, fields.Ref) for giver in slot.givers):
        kinds_ = list(dict.fromkeys(giver.says.kind for giver in slot.givers if isinstance(giver.says, fields.Ref)))
        pattern = _pattern(f"^{_iri(ID)}({'|'.join(kinds_)})/")
        return [("nodeKind", "sh:IRI"), ("pattern", pattern)], _listed([_article(_NOUNS[kind]) for kind in kinds_])
    if all(giver.values for giver in slot.givers):
        return _one_text(list(dict.fromkeys(value for giver in slot.givers for value in giver.values)))
    patterns = "|".join(giver.form.pattern or "" for giver in slot.givers if giver.form is not None)
    return [("nodeKind", "sh:Literal"), ("pattern", _pattern(patterns))], f"text of the form {_escaped(patterns)}"


def _language(giver: Giver) -> str | None:
    return giver.says.language if isinstance(giver.says, fields.Lit) else None


def _one(giver: Giver) -> tuple[list[Constraint], str]:
    """Constraints of the values of one giver, and their words."""
    match giver.says:
        case fields.Ref(kind="scheme"):
            (scheme,) = giver.values
            return [("hasValue", f"scheme:{scheme}")], f"the scheme {scheme}"
        case fields.Ref(kind=kind):
            return [("class", _CLASSES[kind])], _article(_NOUNS[kind])
        case fields.Val(scheme=scheme):
            pattern = _pattern(f"^{_iri(ID)}{scheme}/[a-z0-9-]+$")
            return [("class", "skos:Concept"), ("pattern", pattern)], f"a concept of the scheme {scheme}"
        case fields.Thing():
            pattern = _pattern(f"^{_iri(ID)}[a-z-]+/[A-Za-z0-9.-]+$")
            return [("nodeKind", "sh:IRI"), ("pattern", pattern)], "a thing on record, by its IRI"
        case fields.Address():
            return [("nodeKind", "sh:IRI"), ("pattern", _pattern("^https?://"))], "an http or https address, as an IRI"
        case fields.Lit() | fields.Alias() if not giver.values:
            return _text(giver.form), _text_words(giver.form)
        case fields.Lit():
            return _one_text(list(giver.values))
        case _:
            return _measured(giver)


def _measured(giver: Giver) -> tuple[list[Constraint], str]:
    """Constraints of numbers, truths and dates, and their words."""
    match giver.says:
        case fields.Num(above=above):
            return _number("xsd:decimal", "a number (xsd:decimal)", giver.form, above)
        case fields.Count():
            return _number("xsd:integer", "a whole number (xsd:integer)", giver.form, None)
        case fields.Truth():
            return [("datatype", "xsd:boolean")], "true or false (xsd:boolean)"
        case fields.Edge("du:earliest"):
            ordered = [("datatype", "xsd:date"), ("lessThanOrEquals", "du:latest")]
            return ordered, "the earliest day it can mean (xsd:date), not after du:latest"
        case fields.Edge(end=end):
            return [("datatype", "xsd:date")], f"the {end} day it can mean (xsd:date)"
        case fields.Partial() | fields.Moment() | fields.Bound():
            return [("node", "dush:PartialDate")], "a date (xsd:gYear, xsd:gYearMonth or xsd:date)"
        case _:
            raise TypeError(f"nothing can be asked of {giver.says!r}")


def _one_text(values: list[str]) -> tuple[list[Constraint], str]:
    return [("nodeKind", "sh:Literal"), ("pattern", _pattern(f"^({'|'.join(values)})$"))], _listed(values)


def _text(form: Form | None) -> list[Constraint]:
    if form is not None and form.pattern is not None:
        return [("nodeKind", "sh:Literal"), ("pattern", _pattern(form.pattern))]
    longest = [("maxLength", str(form.max_length))] if form is not None and form.max_length is not None else []
    return [("nodeKind", "sh:Literal"), ("minLength", "1"), *longest]


def _text_words(form: Form | None) -> str:
    if form is not None and form.pattern is not None:
        return f"text of the form {_escaped(form.pattern)}"
    longest = f" and of at most {form.max_length} characters" if form is not None and form.max_length else ""
    return f"text that is not empty{longest}"


def _number(datatype: str, words: str, form: Form | None, above: float | None) -> tuple[list[Constraint], str]:
    found = [("datatype", datatype)]
    if above is not None:
        return [*found, ("minExclusive", f"{above:g}")], f"{words} above {above:g}"
    if form is not None and form.ge is not None:
        found.append(("minInclusive", f"{form.ge:g}"))
        words += f" from {form.ge:g} {'up' if form.le is None else f'to {form.le:g}'}"
    if form is not None and form.le is not None:
        found.append(("maxInclusive", f"{form.le:g}"))
    return found, words


# -- words -----------------------------------------------------------------------------------------------------------


def _article(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeio' else 'a'} {noun}"


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}" if words else ""


def _iri(base: str) -> str:
    return base.replace(".", r"\.")


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _pattern(expression: str) -> str:
    return f'"{_escaped(expression)}"'
