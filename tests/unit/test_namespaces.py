"""IRIs: keys and prefixes go there and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import DCAT, DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SDO, SH, SKOS, VOID, XSD

from dualuse import resources
from dualuse.errors import UsageError
from dualuse.model.law import MEASURE_CLASSES
from dualuse.model.values import SCHEMES
from dualuse.namespaces import ID, KINDS, NS, PREFIXES, VOCABULARIES, expand, shorten, split_thing, thing

KEYS = st.from_regex(r"[a-z0-9]+(?:[.-][a-z0-9]+)*", fullmatch=True)
REUSED = {
    "dcat": DCAT,
    "dct": DCTERMS,
    "foaf": FOAF,
    "org": ORG,
    "owl": OWL,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SDO,
    "sh": SH,
    "skos": SKOS,
    "void": VOID,
    "xsd": XSD,
}


@given(st.sampled_from(KINDS), KEYS)
def test_key_and_iri(kind: str, key: str) -> None:
    iri = thing(kind, key)
    assert split_thing(iri) == (kind, key)
    assert shorten(iri) == f"{kind}:{key}"
    assert expand(f"{kind}:{key}") == iri


@given(st.sampled_from(sorted(PREFIXES)), KEYS)
def test_shorten_undoes_expand(prefix: str, local: str) -> None:
    assert shorten(expand(f"{prefix}:{local}")) == f"{prefix}:{local}"


@given(st.from_regex(r"https?://[a-z.]{1,20}/[a-z/#]{0,20}", fullmatch=True))
def test_shorten_is_undone_or_leaves_alone(iri: str) -> None:
    short = shorten(iri)
    assert short == iri or expand(short) == iri


def test_one_base_one_prefix() -> None:
    assert len(set(PREFIXES.values())) == len(PREFIXES) == len(VOCABULARIES) + len(KINDS)
    assert list(PREFIXES) == sorted(PREFIXES)
    assert len(set(KINDS)) == len(KINDS) > 50


@pytest.mark.parametrize("prefix", sorted(REUSED))
def test_reused_vocabulary_is_where_rdflib_has_it(prefix: str) -> None:
    assert VOCABULARIES[prefix] == str(REUSED[prefix])


def test_every_vocabulary_is_checked() -> None:
    assert set(VOCABULARIES) - set(REUSED) == {"adms", "du", "eli", "ftm", "graph"}


@pytest.mark.parametrize(
    "iri", ["", "place/CH", f"{ID}place", f"{ID}", f"{NS}Instrument", "https://example.org/place/CH"]
)
def test_not_a_thing(iri: str) -> None:
    with pytest.raises(UsageError) as caught:
        split_thing(iri)
    assert repr(iri) in str(caught.value)


def test_unknown_prefix_lists_the_known_ones() -> None:
    with pytest.raises(UsageError, match="unknown prefix 'nope' in 'nope:x'; known: adms, affiliation, "):
        expand("nope:x")


def test_every_measure_kind_has_a_class() -> None:
    assert set(SCHEMES["measure-kind"]) == set(MEASURE_CLASSES)


def test_terms_the_code_writes_are_declared() -> None:
    declared = (resources.root("ontology") / "dualuse.ttl").read_text("utf-8")
    assert f"<{NS}>" in declared
    missing = [name for name in MEASURE_CLASSES.values() if f"du:{name} " not in declared.replace("\n", " ")]
    assert not missing
