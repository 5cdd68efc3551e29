"""Pages of the ontology: every class and property under the fragment of its IRI, and every scheme with its values."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from docsite.page import Page, Section, Voice
from docsite.world import World
from dualuse.model.templates import Term
from dualuse.model.vocabulary import read_vocabulary
from dualuse.namespaces import NS, expand
from dualuse.store.base import Row, value
from dualuse.termbook import TermUse, term_uses

_LITERAL = re.compile(r'"(?P<text>(?:[^"\\]|\\.)*)"(?:@(?P<tag>[\w-]+))?')
_PROPERTY = "SELECT ?s ?o WHERE {{ ?s <{iri}> ?o }} ORDER BY ?s ?o LIMIT 1"
_DATATYPES = """SELECT ?t ?label ?said (MIN(?literal) AS ?example) (COUNT(?s) AS ?n) WHERE {{
  ?t a rdfs:Datatype ; rdfs:label ?label ; skos:definition ?said FILTER(STRSTARTS(STR(?t), "{ns}"))
  OPTIONAL {{ ?s skos:notation ?literal FILTER(DATATYPE(?literal) = ?t) }}
}} GROUP BY ?t ?label ?said ORDER BY ?t LANG(?label)"""
_CLASS = (
    "SELECT ?s WHERE {{ ?s a <{iri}> FILTER(STRSTARTS(STR(?s), 'https://w3id.org/dualuse/id/')) }} ORDER BY ?s LIMIT 1"
)


@dataclass(frozen=True)
class Entry:
    """A term, ready to show: what its row says, how much of the graph has it, and one example."""

    use: TermUse
    labels: Sequence[tuple[str, str]]
    links: Mapping[str, Sequence[str]]
    functional: bool
    example: Sequence[str]
    kind: str
    """What sort of term: class, property or datatype."""

    @property
    def fragment(self) -> str:
        """The end of its IRI, by which it is found."""
        return self.use.name.removeprefix("du:")

    @property
    def iri(self) -> str:
        """Its IRI."""
        return f"{NS}{self.fragment}"


def pages(world: World, voice: Voice) -> Iterator[Page]:
    """The page of the namespace, and that of the schemes."""
    yield _namespace(world, voice)
    yield _schemes(voice)


def _namespace(world: World, voice: Voice) -> Page:
    entries = [
        _entry(world, term, use)
        for term, use in zip(read_vocabulary().terms, term_uses(world.built.store), strict=True)
    ]
    entries += _datatypes(world)
    known = {entry.use.name for entry in entries}
    used: dict[tuple[str, str], list[str]] = defaultdict(list)
    for entry in entries:
        for tie in ("rdfs:domain", "rdfs:range", "rdfs:subClassOf", "rdfs:subPropertyOf"):
            for other in entry.links.get(tie, ()):
                used[tie, other].append(entry.use.name)
    parts = [Section("", "", str(voice.render("terms_lead", entries=entries)))]
    for kind, title in (("class", "Classes"), ("property", "Properties"), ("datatype", "Datatypes")):
        for name in dict.fromkeys(entry.use.section for entry in entries if entry.kind == kind):
            held = [entry for entry in entries if entry.kind == kind and entry.use.section == name]
            anchor = f"{title.lower()}-{re.sub(r'[^a-z]+', '-', name.lower()).strip('-')}"
            html = voice.render("terms", entries=held, known=known, used=used, expand=expand)
            parts.append(Section(anchor, f"{title}: {name}", str(html)))
    return Page("ns", "The ontology, term by term", parts)


def _entry(world: World, term: Term, use: TermUse) -> Entry:
    says = term.says
    links = {
        tie: says[tie] for tie in ("rdfs:subClassOf", "rdfs:subPropertyOf", "rdfs:domain", "rdfs:range") if tie in says
    }
    return Entry(
        use,
        texts(says.get("rdfs:label", ())),
        links,
        "owl:FunctionalProperty" in says["rdf:type"],
        _example(world, use),
        "class" if use.is_class else "property",
    )


def _datatypes(world: World) -> list[Entry]:
    """Datatypes, which stand by hand beside the tables."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in world.built.store.select(_DATATYPES.format(ns=NS)):
        found[value(row, "t")].append(row)
    made = []
    for iri, rows in found.items():
        labels = [(getattr(row["label"], "language", "") or "", value(row, "label")) for row in rows]
        first, count = rows[0], int(value(rows[0], "n"))
        example = [f'"{value(first, "example")}"^^<{iri}>'] if count else []
        use = TermUse(
            f"du:{iri.removeprefix(NS)}", "codes that others keep", False, value(first, "said"), count, (), ""
        )
        made.append(Entry(use, labels, {}, False, example, "datatype"))
    return made


def _example(world: World, use: TermUse) -> list[str]:
    """A node of a class, or a triple of a property; nothing where the graph has none."""
    form = _CLASS if use.is_class else _PROPERTY
    iri = expand(use.name)
    rows = world.built.store.select(form.format(iri=iri))
    if not rows:
        return []
    told = [value(rows[0], "s"), iri, value(rows[0], "o")] if not use.is_class else [value(rows[0], "s")]
    return [each if len(each) < 200 else f"{each[:200]}…" for each in told]


def texts(objects: Sequence[str]) -> list[tuple[str, str]]:
    """Language tags and texts of literals in Turtle."""
    found = (_LITERAL.fullmatch(each) for each in objects)
    return [(match["tag"] or "", match["text"].replace('\\"', '"')) for match in found if match]


def _schemes(voice: Voice) -> Page:
    by_scheme: dict[str, list[Term]] = defaultdict(list)
    schemes = {}
    for term in read_vocabulary().concepts:
        prefix, _, key = term.name.partition(":")
        if prefix == "scheme":
            schemes[key] = term
        else:
            by_scheme[prefix].append(term)
    parts = [Section("", "", str(voice.render("schemes_lead")))]
    for name, scheme in schemes.items():
        held = by_scheme.get(name) or [
            t for t in read_vocabulary().concepts if f"scheme:{name}" in t.says.get("skos:inScheme", ())
        ]
        html = voice.render("scheme", scheme=scheme, concepts=held, texts=texts, expand=expand)
        parts.append(Section(f"scheme-{name}", texts(scheme.says["skos:prefLabel"])[0][1], str(html)))
    return Page("schemes", "Schemes and their values", parts)
