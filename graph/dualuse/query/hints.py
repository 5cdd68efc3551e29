"""Why a query found nothing: its patterns are asked one by one, then by twos, and what cannot match is named.

It helps who wrote the query; the answer itself stays what it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, combinations

from rdflib import RDF, XSD, BNode, Literal, URIRef, Variable
from rdflib.paths import Path

from dualuse.namespaces import ID, NS, shorten
from dualuse.query.patterns import Asked, Held, Part, Pattern, asked
from dualuse.store.base import Store, Term, value
from dualuse.store.text import has_dataset
from dualuse.suggest import nearest

_MOST = 5
_SAMPLE = 100
"""Values looked at to tell of what sort those of a variable are."""
_NUMBERS = (XSD.integer, XSD.decimal, XSD.double, XSD.float)
_DATES = (XSD.date, XSD.gYearMonth, XSD.gYear, XSD.dateTime)


@dataclass(frozen=True)
class Hint:
    """One reason why a query found nothing.

    Args:
        about: What of the query cannot match, as a person writes it.
        why: What the graph has instead, and so what to write.
    """

    about: str
    why: str

    def __str__(self) -> str:
        """Render as ``about: why``."""
        return f"{self.about}: {self.why}"


def hints(query: str, store: Store) -> list[Hint]:
    """Why a query that found nothing did so, as far as its patterns tell.

    Args:
        query: Its text; prefixes need not be declared.
        store: Where it was asked.

    Returns:
        Up to five reasons, the plainest first; none where the query names its own dataset, or nothing is plainly wrong.
    """
    what = None if has_dataset(query) else asked(query)
    if what is None:
        return []
    found = dict.fromkeys(chain(_alone(what, store), _unknown(what, store)))
    if not found:
        found = dict.fromkeys(chain(_filters(what, store), _together(what, store)))
    return list(found)[:_MOST]


# -- what cannot match by itself -------------------------------------------------------------------------------------


def _alone(what: Asked, store: Store) -> Iterator[Hint]:
    """Patterns that nothing matches."""
    for pattern in what.patterns:
        if pattern.needed and not _holds(store, pattern):
            yield next(_reasons(pattern, store), Hint(_shown(pattern), "nothing in the graph is so"))


def _reasons(pattern: Pattern, store: Store) -> Iterator[Hint]:
    """Reasons why nothing matches a pattern, the plainest first."""
    subject, path, target = pattern.parts
    if pattern.graph is not None and _holds(store, bare := Pattern(pattern.parts)):
        yield _elsewhere(pattern.graph, bare, store)
    for step in _steps(path):
        if not store.ask(f"ASK {{ ?s {step.n3()} ?o }}"):
            used = _names(store, "SELECT DISTINCT ?found_ WHERE { ?s ?found_ ?o }")
            yield Hint(shorten(str(step)), f"nothing has this property{_like(shorten(str(step)), used)}")
    if path == RDF.type and isinstance(target, URIRef):
        yield _class(target, store)
    if isinstance(target, Literal):
        yield from _literal(pattern, target, store)
    yield from (_thing(end, store) for end in (subject, target) if isinstance(end, URIRef) and not _known(end, store))
    if isinstance(path, URIRef) and not isinstance(target, Literal):
        turned = Pattern((target, path, subject))
        if _holds(store, turned):
            yield Hint(_shown(pattern), f"it is the other way round: {_shown(turned)}")
        yield from _instead(pattern, store)


def _elsewhere(graph: Part, bare: Pattern, store: Store) -> Hint:
    rows = store.select(f"SELECT DISTINCT ?found_ WHERE {{ GRAPH ?found_ {{ {bare.text} }} }} LIMIT {_MOST}")
    held = ", ".join(sorted(shorten(value(row, "found_")) for row in rows))
    any_ = store.ask(f"ASK {{ GRAPH {graph.n3()} {{ ?s ?p ?o }} }}")
    says = "nothing of the kind there" if any_ else "there is no such graph"
    return Hint(f"GRAPH {_name(graph)}", f"{says}; {_shown(bare)} is in {held}; without GRAPH all graphs are asked")


def _class(kind: URIRef, store: Store) -> Hint:
    """A class without instances: those of its subclasses, or the nearest class that has some."""
    rows = store.select(
        f"SELECT ?found_ (COUNT(DISTINCT ?s) AS ?n) WHERE {{ ?found_ rdfs:subClassOf+ {kind.n3()} . ?s a ?found_ }}"
        " GROUP BY ?found_ ORDER BY ?found_"
    )
    name, count = shorten(str(kind)), sum(int(value(row, "n")) for row in rows)
    if count:
        below = ", ".join(shorten(value(row, "found_")) for row in rows)
        return Hint(name, f"no instance; subclasses have {count:,}: {below}")
    return Hint(name, f"no instance{_like(name, _names(store, 'SELECT DISTINCT ?found_ WHERE { ?s a ?found_ }'))}")


def _literal(pattern: Pattern, given: Literal, store: Store) -> Iterator[Hint]:
    """A literal that is there otherwise: in a language, of a datatype, in other letters, or as the name of a thing."""
    subject, path, _ = pattern.parts
    fold = Literal(str(given).lower()).n3()
    held = Pattern((subject, path, Variable("found_"))).text
    alike = f"!ISIRI(?found_) && LCASE(STR(?found_)) = {fold}"
    texts = store.select(f"SELECT DISTINCT ?found_ WHERE {{ {held} FILTER({alike}) }} LIMIT {_MOST}")
    if texts:
        yield Hint(_name(given), f"{_name(path)} has {', '.join(sorted(_literally(row['found_']) for row in texts))}")
    things = store.select(
        f"SELECT DISTINCT ?found_ WHERE {{ {held} . ?found_ rdfs:label|skos:altLabel|skos:notation ?name_"
        f" FILTER(LCASE(STR(?name_)) = {fold}) }} LIMIT {_MOST}"
    )
    if things:
        named = ", ".join(sorted(shorten(value(row, "found_")) for row in things))
        yield Hint(_name(given), f"{_name(path)} leads to things, not to their names: write {named}")
    kinds = set() if texts or things else _kinds(Variable("found_"), held, store)
    if kinds == {"a thing"}:
        yield Hint(_name(given), f"{_name(path)} leads to things, not to text; ask for their rdfs:label")
    elif kinds and _is_text(given) and all(each.startswith("text in") or each == str(XSD.string) for each in kinds):
        yield Hint(_name(given), f"no {_name(path)} is this text, in any language")
    elif _unlike(given, kinds):
        yield Hint(_name(given), f"{_name(path)} has values of another sort, {_listed(kinds)}")


def _instead(pattern: Pattern, store: Store) -> Iterator[Hint]:
    """Properties that a thing has where the pattern asks for another."""
    subject, _, target = pattern.parts
    if isinstance(target, URIRef) and not isinstance(subject, URIRef):
        held = _names(store, f"SELECT DISTINCT ?found_ WHERE {{ ?s ?found_ {target.n3()} }}")
        yield Hint(_shown(pattern), f"what leads to {_name(target)} is {', '.join(held[:_MOST])}")
    elif isinstance(subject, URIRef) and not isinstance(target, URIRef):
        held = _names(store, f"SELECT DISTINCT ?found_ WHERE {{ {subject.n3()} ?found_ ?o }}")
        leading = _names(store, f"SELECT DISTINCT ?found_ WHERE {{ ?s ?found_ {subject.n3()} }}")
        more = f"; what leads to it is {', '.join(leading[:_MOST])}" if leading else ""
        yield Hint(_shown(pattern), f"{_name(subject)} has {', '.join(held[: 2 * _MOST])}{more}")


def _unknown(what: Asked, store: Store) -> Iterator[Hint]:
    """Things that a VALUES names and the graph lacks."""
    yield from (_thing(term, store) for term in what.named if not _known(term, store))


def _thing(term: URIRef, store: Store) -> Hint:
    """A name that nothing has: the things of the kind that are called so, or whose key is like it."""
    name = shorten(str(term))
    base = str(term).rpartition("#" if str(term).startswith(NS) else "/")[0]
    key = str(term)[len(base) + 1 :]
    if not str(term).startswith(ID):
        return Hint(name, "nothing in the graph is called so")
    rows = store.select(
        f"SELECT DISTINCT ?found_ ?name_ WHERE {{ ?found_ rdfs:label|skos:altLabel|skos:notation ?name_"
        f" FILTER(STRSTARTS(STR(?found_), {Literal(f'{base}/').n3()})) }}"
    )
    called: dict[str, str] = {}
    for row in rows:
        called.setdefault(value(row, "name_").casefold(), shorten(value(row, "found_")))
    if key.casefold() in called:
        return Hint(name, f"things are named by key, not by label: write {called[key.casefold()]}")
    return Hint(name, f"nothing in the graph is called so{_like(name, called.values())}")


# -- what matches by itself ------------------------------------------------------------------------------------------


def _filters(what: Asked, store: Store) -> Iterator[Hint]:
    """Languages that no value has, and comparisons with a literal of another sort."""
    for held in {each.variable: each for each in reversed(what.held)}.values():
        pattern = next((each for each in what.patterns if each.parts[2] == held.variable), None)
        if pattern is None or held.sign not in ("=", "<", ">", "<=", ">=", "IN"):
            continue
        around = " . ".join(each.text for each in _beside(pattern, what))
        if held.language:
            yield from _language(held, around, store)
        else:
            kinds = _kinds(held.variable, around, store)
            if _unlike(held.literal, kinds):
                about = f"{held.variable.n3()} {held.sign} {_name(held.literal)}"
                yield Hint(about, f"{held.variable.n3()} is of another sort, {_listed(kinds)}; {_cure(kinds)}")


def _beside(pattern: Pattern, what: Asked) -> list[Pattern]:
    """A pattern and those on the same subject, which say what things it is asked of."""
    subject = pattern.parts[0]
    others = [each for each in what.patterns if each.needed and not each.branch and each.parts[0] == subject]
    return [pattern, *(each for each in others if each != pattern)]


def _language(held: Held, around: str, store: Store) -> Iterator[Hint]:
    name, wanted = held.variable.n3(), str(held.literal)
    rows = store.select(f"SELECT DISTINCT (LANG({name}) AS ?tag_) WHERE {{ {around} }}")
    tags = {value(row, "tag_") for row in rows}
    about, there = f'LANG({name}) = "{wanted}"', ", ".join(f'"{tag}"' for tag in sorted(tags))
    if not tags or wanted in tags or wanted == "*":
        return
    if wanted.lower() in tags:
        yield Hint(about, f'language tags are in small letters: write "{wanted.lower()}"')
    elif any(tag.startswith(f"{wanted.lower()}-") for tag in tags):
        yield Hint(
            about,
            f'the tag has the script too: name it, or write langMatches(LANG({name}), "{wanted}"); there are {there}',
        )
    else:
        yield Hint(about, f"{name} is never in this language; there are {there}")


def _kinds(variable: Variable, around: str, store: Store) -> set[str]:
    """Of what sorts the values of a variable are, as some of them show."""
    rows = store.select(f"SELECT {variable.n3()} WHERE {{ {around} }} LIMIT {_SAMPLE}")
    return {_kind(row[str(variable)]) for row in rows if str(variable) in row}


def _unlike(literal: Literal, kinds: set[str]) -> bool:
    """Whether a literal can be compared with no value of some sorts."""
    own = f"text in {literal.language.lower()}" if literal.language else str(literal.datatype or XSD.string)
    families = ({str(each) for each in family} for family in (_NUMBERS, _DATES))
    alike = next((family for family in families if own in family), {own})
    return bool(kinds) and not kinds & alike


def _listed(kinds: set[str]) -> str:
    return ", ".join(sorted(shorten(each) if "://" in each else each for each in kinds))


def _cure(kinds: set[str]) -> str:
    if kinds & {str(each) for each in _DATES}:
        return 'write a day as "2025-01-13"^^xsd:date'
    if "a thing" in kinds:
        return "compare the thing itself, or its rdfs:label"
    return (
        "compare STR() of it" if any(each.startswith("text in") for each in kinds) else "give the literal that datatype"
    )


def _kind(term: Term) -> str:
    """Of what sort a value is."""
    language, datatype = getattr(term, "language", None), getattr(term, "datatype", None)
    return f"text in {language}" if language else "a thing" if datatype is None else str(datatype.value)


def _together(what: Asked, store: Store) -> Iterator[Hint]:
    """Two patterns that each match, and never for the same thing."""
    needed = [pattern for pattern in what.patterns if pattern.needed]
    for one, other in combinations(needed, 2):
        apart = one.branch != other.branch and one.branch and other.branch
        if apart or not one.variables & other.variables or store.ask(f"ASK {{ {one.text} . {other.text} }}"):
            continue
        typed = (pair for pair in ((one, other), (other, one)) if pair[0].parts[1] == RDF.type)
        more = next((said for pair in typed if (said := _of_class(*pair, store))), "")
        yield Hint(f"{_shown(one)} . {_shown(other)}", f"each is so of something, never both of the same{more}")
        return


def _of_class(kind: Pattern, other: Pattern, store: Store) -> str:
    """Properties that join the things of a class to others, where a pattern asks for one that does not."""
    subject, path, target = other.parts
    if not isinstance(path, URIRef) or not isinstance(kind.parts[2], URIRef):
        return ""
    ends = {
        subject: f"{kind.text} . {subject.n3()} ?found_ ?end_",
        target: f"{kind.text} . ?start_ ?found_ {target.n3()}",
    }
    query = ends.get(kind.parts[0])
    held = [] if query is None else _names(store, f"SELECT DISTINCT ?found_ WHERE {{ {query} }}")
    close = nearest(_name(path), held, 3) or [name for name in held if name == "rdfs:label" or len(held) <= _MOST]
    leads = "has" if kind.parts[0] == subject else "is reached by"
    return f"; a {_name(kind.parts[2])} {leads} {', '.join(close)}" if close else ""


# -- words -----------------------------------------------------------------------------------------------------------


def _holds(store: Store, pattern: Pattern) -> bool:
    return store.ask(f"ASK {{ {pattern.text} }}")


def _known(term: URIRef, store: Store) -> bool:
    ways = (f"{{ {term.n3()} ?p ?o }}", f"{{ ?s ?p {term.n3()} }}", f"{{ ?s {term.n3()} ?o }}")
    return store.ask(f"ASK {{ {' UNION '.join(ways)} }}")


def _steps(path: Part) -> Iterator[URIRef]:
    """Properties that a path goes along."""
    if isinstance(path, URIRef):
        yield path
    elif isinstance(path, Path):
        for part in getattr(path, "args", (getattr(path, "arg", None) or getattr(path, "path", None),)):
            yield from _steps(part) if part is not None else ()


def _names(store: Store, query: str) -> list[str]:
    return sorted(shorten(value(row, "found_")) for row in store.select(query))


def _like(name: str, known: Iterable[str]) -> str:
    """What may have been meant: names whose part after the prefix is like that of a name, or ends in it."""
    local = name.rpartition(":")[2]
    by_local: dict[str, list[str]] = {}
    for each in sorted(set(known)):
        by_local.setdefault(each.rpartition(":")[2], []).append(each)
    ending = [each for each in by_local if each.endswith(f"-{local.casefold()}")]
    close = [each for found in dict.fromkeys([*nearest(local, by_local, 3), *ending]) for each in by_local[found]]
    return f"; did you mean {' or '.join(close[:3])}?" if close else ""


def _is_text(literal: Literal) -> bool:
    return bool(literal.language) or literal.datatype in (None, XSD.string)


def _name(part: Part) -> str:
    if isinstance(part, URIRef):
        return shorten(str(part))
    if isinstance(part, Literal) and not _is_text(part):
        return f'"{part}"^^{shorten(str(part.datatype))}'
    return "[]" if isinstance(part, BNode) else part.n3()


def _literally(term: Term) -> str:
    """A literal as a person writes it."""
    datatype = _kind(term)
    plain = getattr(term, "language", None) or datatype == str(XSD.string)
    return str(term) if plain else f'"{term.value}"^^{shorten(datatype)}'


def _shown(pattern: Pattern) -> str:
    """A pattern as a person writes it."""
    words = ["a" if part == RDF.type else _name(part) for part in pattern.parts]
    return " ".join(words)
