"""The tables that the ontology is written from: a fault in one is named with its file, its row and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from dualuse.errors import CuratedDataError
from dualuse.model.vocabulary import read_vocabulary

ONTOLOGY = Path(__file__).parents[2] / "ontology"

CONCEPTS = {
    "unknown scheme": (
        "scheme:ai-diffusion-tier,du:Tier",
        "scheme:stances,du:Tier",
        "tier:1: scheme:stances is not declared (scheme:stance?); correct it or add its row",
    ),
    "no scheme of the prefix": (
        "\nstance:neutral",
        "\nplace:neutral",
        "place:neutral: scheme:place is not declared (scheme:places?); correct it or add its row",
    ),
    "unknown prefix": (
        "\nstance:neutral",
        "\nstanse:neutral",
        "stanse:neutral: not an id: it is a prefix of graph/dualuse/namespaces.py, a colon and a key",
    ),
    "concept given twice": (
        "\nstance:neutral",
        "\nstance:opposes",
        "stance:opposes: id given twice, first on line 317; keep one of the two rows",
    ),
    "concept that is not declared": (
        "organisation-type:company-cloud\n",
        "organisation-type:cloud\n",
        "bearer:iaas-provider: organisation-type:cloud is not declared (organisation-type:company-cloud?); "
        "correct it or add its row",
    ),
    "missing label": (
        "stance:neutral,neutral,中立,中立,",
        "stance:neutral,neutral,中立,,",
        "stance:neutral: no skos:prefLabel@zh-hans; fill that column",
    ),
    "missing example": (
        "The site works.,A cloud region open to customers.",
        "The site works.,",
        "stage:operating: no skos:example@en; fill that column",
    ),
    "unknown column": (
        "skos:example@en",
        "skos:exemple@en",
        "skos:exemple@en: unknown column (skos:example?); its head is a predicate, with @language for text",
    ),
    "missing cell": (
        "stance:neutral,neutral,",
        "stance:neutral,",
        "stance:neutral: 11 cells in a table of 12 columns; check the commas and quotes",
    ),
}
"""What is written into the table of concepts in place of what, and what is said of it."""

TERMS = {
    "class that is not declared": (
        "du:Claim,du:Passage,is made in",
        "du:Claim,du:Pasage,is made in",
        "du:inPassage: du:Pasage is not declared (du:Passage?); correct it or add its row",
    ),
    "class that is a property": (
        "du:Claim,du:Passage,is made in",
        "du:Claim,du:inPassage,is made in",
        "du:inPassage: du:inPassage in rdfs:range is not a class; name one, or declare it as owl:Class",
    ),
    "term given twice": (
        "\nClaims,du:spanEnd,",
        "\nClaims,du:spanStart,",
        "du:spanStart: id given twice, first on line 303; keep one of the two rows",
    ),
    "missing label": (
        "end of the span,主張結束位置,主张结束位置",
        "end of the span,主張結束位置,",
        "du:spanEnd: no rdfs:label@zh-hans; fill that column",
    ),
    "missing range": (
        "du:Claim,xsd:integer,end of the span",
        "du:Claim,,end of the span",
        "du:spanEnd: no rdfs:range; fill that column",
    ),
    "missing section": (
        "\nClaims,du:spanEnd",
        "\n,du:spanEnd",
        "du:spanEnd: no section; say under which heading it stands",
    ),
    "unknown kind": (
        "du:spanEnd,owl:DatatypeProperty",
        "du:spanEnd,rdf:Property",
        "du:spanEnd: rdf:Property in rdf:type; a term is one of owl:Class, owl:ObjectProperty, owl:DatatypeProperty",
    ),
    "property with a capital": (
        "\nClaims,du:spanEnd",
        "\nClaims,du:End",
        "du:End: a class begins with a capital, a property does not; correct id or rdf:type",
    ),
    "unknown column": (
        "rdfs:range",
        "rdfs:rang",
        "rdfs:rang: unknown column (rdfs:range?); its head is a predicate, with @language for text",
    ),
    "column whose property is not declared": (
        "rdfs:subPropertyOf",
        "du:onInstrumnt",
        "du:onInstrumnt: unknown column (du:onInstrument?); its head is a predicate, with @language for text",
    ),
}
"""The same for the table of terms."""

FAULTS = [("concepts.csv", *CONCEPTS[each]) for each in CONCEPTS] + [("terms.csv", *TERMS[each]) for each in TERMS]
NAMES = [f"{table}: {each}" for table, faults in (("concepts", CONCEPTS), ("terms", TERMS)) for each in faults]


@pytest.mark.parametrize(("file", "old", "new", "message"), FAULTS, ids=NAMES)
def test_a_fault_in_a_table_is_named(tmp_path: Path, file: str, old: str, new: str, message: str) -> None:
    for name in ("terms.csv", "concepts.csv", "axioms.ttl"):
        (tmp_path / name).write_bytes((ONTOLOGY / name).read_bytes())
    before, found, after = (ONTOLOGY / file).read_text("utf-8").partition(old)
    assert found
    (tmp_path / file).write_text(before + new + after, "utf-8")
    with pytest.raises(CuratedDataError) as caught:
        read_vocabulary(tmp_path)
    line = f"{before}{new.rstrip()}".count("\n") + 1
    assert str(caught.value) == f"ontology/{file}:{line}: {message}"
