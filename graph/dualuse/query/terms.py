"""Find the terms of a query that the ontology lacks, and the nearest it has."""

from __future__ import annotations

from dualuse.namespaces import ID, NS, PREFIXES, shorten
from dualuse.store.base import Store
from dualuse.store.text import words
from dualuse.suggest import nearest

_DECLARED = """
SELECT DISTINCT ?term WHERE {
  ?term a ?kind
  VALUES ?kind { owl:Class owl:ObjectProperty owl:DatatypeProperty skos:Concept skos:ConceptScheme }
  FILTER(STRSTARTS(STR(?term), "https://w3id.org/dualuse/"))
  FILTER NOT EXISTS { ?term a du:Evidenced }  # places and items are concepts too, and come from the data
}"""


def unknown_terms(query: str, store: Store) -> list[tuple[str, list[str]]]:
    """Terms under the ontology's namespace, or concepts of its schemes, that are not declared.

    Returns:
        (prefixed name, up to three nearest declared names) for each, in the order of the query.
    """
    declared = {row["term"].value for row in store.select(_DECLARED)}
    kinds = {iri.removeprefix(ID).split("/")[0] for iri in declared if iri.startswith(ID)}
    found: list[tuple[str, list[str]]] = []
    for iri in dict.fromkeys(_iris(query)):
        ours = iri.startswith(NS) or (iri.startswith(ID) and iri.removeprefix(ID).split("/")[0] in kinds)
        if not ours or iri in declared or iri in (NS, ID):
            continue
        family = [shorten(term) for term in declared if _family(term) == _family(iri)]
        found.append((shorten(iri), nearest(shorten(iri), family, 3)))
    return found


def _family(iri: str) -> str:
    return NS if iri.startswith(NS) else iri.rsplit("/", 1)[0]


def _iris(query: str) -> list[str]:
    """Every IRI a query names in full or by prefix, declarations left out."""
    own = dict(PREFIXES)
    tokens = words(query)
    iris: list[str] = []
    for index, token in enumerate(tokens):
        if index and tokens[index - 1].upper() == "PREFIX":
            continue
        if index > 1 and tokens[index - 2].upper() == "PREFIX":
            own[tokens[index - 1].rstrip(":")] = token.strip("<>")
            continue
        if token.startswith("<"):
            iris.append(token.strip("<>"))
        elif ":" in token:
            prefix, _, local = token.partition(":")
            if prefix in own:
                iris.append(own[prefix] + local.replace("\\", "").rstrip("."))
    return iris
