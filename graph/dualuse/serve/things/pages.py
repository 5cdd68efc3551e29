"""Pages of things and of the ontology."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from dualuse.model.templates import Term
from dualuse.model.vocabulary import read_vocabulary
from dualuse.namespaces import NS, split_thing
from dualuse.serve.pages import render
from dualuse.serve.things.data import MOST_LINKS
from dualuse.serve.things.described import described

if TYPE_CHECKING:
    from dualuse.knowledge import Knowledge

ASKED: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "group": (("Who was in it, and when it changed", "changes", "from=2020-01-01&to=2026-12-31&kind=membership"),),
    "instrument": (
        ("Does it apply?", "status", "instrument"),
        ("Whom does it change?", "affected", "by"),
        ("Who said what about it?", "said", "about"),
        ("Where do sources disagree on it?", "conflicts", "about"),
    ),
    "organisation": (
        ("What changes it?", "affected", "party"),
        ("Who owns it?", "holders", "party"),
        ("What did it say?", "said", "by"),
        ("Cases that name it", "enforcement", "party"),
    ),
    "person": (("What did they say?", "said", "by"),),
    "place": (("Its groups and tier", "groups", "places"), ("What changes it?", "affected", "party")),
    "provision": (("Does it apply?", "status", "instrument"),),
}
"""Kind of thing -> what may be asked of one: the words, the question, and its parameter."""


def questions_about(iri: str) -> list[tuple[str, str]]:
    """Words and addresses of answers about a thing."""
    kind, key = split_thing(iri)
    return [
        (words, f"/answer/{question}?{urlencode({name: key}) if '=' not in name else name}")
        for words, question, name in ASKED.get(kind, ())
    ]


def thing_page(knowledge: Knowledge, iri: str) -> bytes | None:
    """The page of a thing; None where nothing is said of it."""
    found = described(knowledge, iri)
    if found is None:
        return None
    kind, key = split_thing(iri)
    return render(
        "thing.html.j2",
        knowledge.version,
        asked=questions_about(iri),
        found=found,
        kind=kind,
        path=f"/doc/{kind}/{key}",
        shown=MOST_LINKS,
    )


def ontology_page(knowledge: Knowledge) -> bytes:
    """The page of the ontology: every class and property where ``/ns#Name`` leads."""
    terms = read_vocabulary().terms
    classes = [each for each in terms if "owl:Class" in each.says["rdf:type"]]
    properties = [each for each in terms if "owl:Class" not in each.says["rdf:type"]]
    return render(
        "ontology.html.j2",
        knowledge.version,
        namespace=NS,
        parts=(("Classes", classes), ("Properties", properties)),
        texts=texts,
        names=names,
    )


def texts(term: Term, said: str) -> list[tuple[str, str]]:
    """Texts that a term gives, each with its language."""
    found = (each.rpartition('"') for each in term.says.get(said, ()))
    return [(text.removeprefix('"').replace('\\"', '"'), tag.removeprefix("@") or "en") for text, _, tag in found]


def names(term: Term, said: str) -> list[str]:
    """Names that a term gives."""
    return list(term.says.get(said, ()))
