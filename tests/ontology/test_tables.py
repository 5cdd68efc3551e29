"""The tables that the ontology is written from: a fault in one is named with its file, its row and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from dualuse.errors import CuratedDataError
from dualuse.model.schemes import concepts_file

ONTOLOGY = Path(__file__).parents[2] / "ontology"

FAULTS = {
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
        "stance:opposes: id given twice, first on line 256; keep one of the two rows",
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
        "stance:neutral: no skos:prefLabel@zh-Hans; fill that column",
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
"""What is written into the table in place of what, and what is said of it."""


@pytest.mark.parametrize("case", FAULTS)
def test_a_fault_in_the_table_of_concepts_is_named(tmp_path: Path, case: str) -> None:
    old, new, message = FAULTS[case]
    before, found, after = (ONTOLOGY / "concepts.csv").read_text("utf-8").partition(old)
    assert found
    (tmp_path / "concepts.csv").write_text(before + new + after, "utf-8")
    with pytest.raises(CuratedDataError) as caught:
        concepts_file(tmp_path)
    line = f"{before}{new.rstrip()}".count("\n") + 1
    assert str(caught.value) == f"ontology/concepts.csv:{line}: {message}"
