"""Quads as JSON-LD 1.1 with short names: those of queries, ``place:CH`` and ``du:listedBy``, in every place.

The context says what a prefix means and, of each property of the ontology, whether its values are things or of which
datatype. A value that is of the datatype which the context gives is a plain text; another one says what it is itself.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import pyoxigraph as ox

from dualuse.namespaces import PREFIXES, expand

_TYPE = expand("rdf:type")
_STRING = expand("xsd:string")
_THINGS = (
    *("dct:hasPart", "dct:isPartOf", "dct:license", "dct:relation", "dct:replaces", "dct:source", "foaf:page"),
    *("org:member", "org:organization", "owl:inverseOf", "prov:wasAssociatedWith", "prov:wasAttributedTo"),
    *("prov:wasDerivedFrom", "rdfs:domain", "rdfs:isDefinedBy", "rdfs:range", "rdfs:subClassOf", "rdfs:subPropertyOf"),
    *("skos:broader", "skos:inScheme", "skos:narrower", "skos:topConceptOf"),
)
"""Properties of other vocabularies whose values are things."""
_Node = dict[str, Any]


@cache
def context() -> Mapping[str, Any]:
    """Prefixes, and how the values of properties are read."""
    from dualuse.model.vocabulary import read_vocabulary

    found: dict[str, Any] = {"@version": 1.1, **PREFIXES}
    kinds = dict.fromkeys(_THINGS, "@id")
    for term in read_vocabulary().terms:
        types, ranges = term.says.get("rdf:type", ()), term.says.get("rdfs:range", ())
        if "owl:ObjectProperty" in types:
            kinds[term.name] = "@id"
        elif len(ranges) == 1 and ranges[0].startswith("xsd:"):
            kinds[term.name] = ranges[0]
    return found | {name: {"@id": name, "@type": kind} for name, kind in sorted(kinds.items())}


def to_context() -> bytes:
    """The context as a file of its own, in UTF-8."""
    return (json.dumps({"@context": context()}, ensure_ascii=False, indent=2) + "\n").encode()


def to_jsonld(quads: Iterable[ox.Quad]) -> bytes:
    """Quads as JSON-LD in UTF-8, a node a line: graphs by name, nodes and properties by name, values by what they are.

    Args:
        quads: Quads without blank nodes, each in a named graph.
    """
    graphs: dict[str, dict[str, dict[str, list[Any]]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    for quad in quads:
        subject, predicate = _short(iri_of(quad.subject)), quad.predicate.value
        name = "@type" if predicate == _TYPE else _short(predicate)
        graphs[_short(iri_of(quad.graph_name))][subject][name].append(_value(name, quad.object))
    written = ",\n".join(_graph(name, nodes) for name, nodes in sorted(graphs.items()))
    return f'{{"@context": {json.dumps(context(), ensure_ascii=False)},\n"@graph": [\n{written}\n]}}\n'.encode()


def to_document(triples: Iterable[ox.Triple]) -> dict[str, Any]:
    """Triples as one JSON-LD document, whose context has what they use and no more.

    Args:
        triples: Triples without blank nodes.
    """
    nodes: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    used = set()
    for triple in triples:
        predicate = triple.predicate.value
        name = "@type" if predicate == _TYPE else _short(predicate)
        value = _value(name, triple.object)
        nodes[_short(iri_of(triple.subject))][name].append(value)
        used |= {name, _short(iri_of(triple.subject)), *_names(value)}
    prefixes = {name.partition(":")[0] for name in used}
    known = {name: told for name, told in context().items() if name in used or name in prefixes or name == "@version"}
    known |= {prefix: PREFIXES[prefix] for told in list(known.values()) for prefix in _type_prefix(told)}
    return {
        "@context": dict(sorted(known.items())),
        "@graph": [_node(key, said) for key, said in sorted(nodes.items())],
    }


def _type_prefix(told: object) -> set[str]:
    """The prefix of the datatype that a context gives to a property."""
    return {told["@type"].partition(":")[0]} & PREFIXES.keys() if isinstance(told, dict) else set()


def _names(value: Any) -> set[str]:
    """Names in a value as it stands under a property."""
    return {value} if isinstance(value, str) else {str(part) for part in value.values()}


def _graph(name: str, nodes: Mapping[str, Mapping[str, list[Any]]]) -> str:
    lines = ",\n".join(json.dumps(_node(key, said), ensure_ascii=False) for key, said in sorted(nodes.items()))
    return f'{{"@id": {json.dumps(name)}, "@graph": [\n{lines}\n]}}'


def _node(key: str, said: Mapping[str, list[Any]]) -> _Node:
    found = {name: values[0] if len(values) == 1 else sorted(values, key=json.dumps) for name, values in said.items()}
    return {"@id": key} | dict(sorted(found.items()))


def _value(name: str, term: object) -> Any:
    """A value as it stands under a property."""
    declared = context().get(name)
    kind = declared["@type"] if isinstance(declared, dict) else None
    if not isinstance(term, ox.Literal):
        short = _short(iri_of(term))
        return short if name == "@type" or kind == "@id" else {"@id": short}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    given = _short(term.datatype.value)
    if given == kind or (kind is None and term.datatype.value == _STRING):
        return term.value
    return {"@value": term.value, "@type": given}


def iri_of(term: object) -> str:
    """The IRI that a term is.

    Raises:
        TypeError: it is none: what is exported here has no blank nodes.
    """
    if not isinstance(term, ox.NamedNode):
        raise TypeError(f"{term} has no name; what is written here has one")
    return term.value


@cache
def _short(iri: str) -> str:
    """Name with a prefix where there is one that JSON-LD reads back; else the IRI."""
    best = max((prefix for prefix, base in PREFIXES.items() if iri.startswith(base)), key=_length, default=None)
    local = iri[len(PREFIXES[best]) :] if best else ""
    return f"{best}:{local}" if local and not local.startswith("//") else iri


def _length(prefix: str) -> int:
    return len(PREFIXES[prefix])
