"""What the repository holds that is made from something else: each file, and the text it has to have.

``scripts/regenerate`` writes them; ``dualuse validate`` names one that is behind. What a person wrote into such a file
stays: the codebook and the tables of the network stand between marks, and an expected count is only ever raised.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from dualuse import resources
from dualuse.build import Built
from dualuse.codebook import BEGIN, codebook, insert
from dualuse.knowledge import Knowledge
from dualuse.law.coverage import coverage_page, other_laws_page
from dualuse.model.schemes import values_module
from dualuse.model.shapes import FILE, shapes_file
from dualuse.model.vocabulary import concepts_file, read_vocabulary, terms_file
from dualuse.network.describe import insert_tables
from dualuse.questions.writing import methods_source
from dualuse.termbook import terms_page

_ENTRY = re.compile(r"^(?P<name>\S+):\n  min: (?P<low>\d+)\n  max: (?P<high>\d+)\n", re.MULTILINE)


def from_ontology() -> dict[str, str]:
    """Files made from the ontology, by path from the root of the repository."""
    vocabulary = read_vocabulary()
    return {
        "ontology/dualuse.ttl": terms_file(vocabulary),
        "ontology/concepts.ttl": concepts_file(vocabulary),
        "graph/dualuse/model/values.py": values_module(vocabulary),
    }


def from_questions() -> dict[str, str]:
    """Files made from the questions; the formatter goes over them afterwards."""
    return {"graph/dualuse/questions/methods.py": methods_source()}


def from_records() -> dict[str, str]:
    """Files made from the records."""
    return {f"ontology/shapes/{FILE}": shapes_file()}


def from_graph(root: Path, built: Built, counts: dict[str, int]) -> dict[str, str]:
    """Files made from the graph, or in part from it.

    Args:
        counts: Number of records of each table, and of derived things.
    """

    def text(path: str) -> str:
        return (root / path).read_text("utf-8")

    knowledge = Knowledge(built.store)
    return {
        "data/README.md": insert(text("data/README.md"), codebook(built.curated)),
        "data/expected.yml": raised(text("data/expected.yml"), counts, set(built.curated.tables)),
        "docs/licence-check.md": coverage_page(knowledge),
        "docs/other-laws.md": other_laws_page(knowledge),
        "docs/network.md": insert_tables(text("docs/network.md")),
        "docs/terms.md": terms_page(built.store),
    }


def raised(text: str, counts: dict[str, int], tables: set[str]) -> str:
    r"""Expected counts with every bound that was outgrown raised; none is lowered, so that a loss is still seen.

    Example:
        >>> raised("places:\n  min: 2\n  max: 3\n", {"places": 4}, {"places"})
        'places:\n  min: 4\n  max: 5\n'
        >>> raised("places:\n  min: 2\n  max: 3\n", {"places": 1}, {"places"})
        'places:\n  min: 2\n  max: 3\n'
    """

    def bounds(entry: re.Match[str]) -> str:
        name, low, high = entry["name"], int(entry["low"]), int(entry["high"])
        count = counts.get(name, low)
        top = high if count <= high else count + high - low
        return f"{name}:\n  min: {max(low, count) if name in tables else low}\n  max: {top}\n"

    return _ENTRY.sub(bounds, text)


def stale(built: Built) -> Iterator[tuple[str, str]]:
    """Generated files of the package and the data that are not what they would be if made now, and why."""
    for path, text in (from_ontology() | from_records()).items():
        place = resources.root("ontology") if path.startswith("ontology/") else files("dualuse")
        file = place / path.removeprefix("ontology/").removeprefix("graph/dualuse/")
        if file.read_text("utf-8") != text:
            yield path, "behind what it is made from"
    page = built.data / "README.md"
    text = page.read_text("utf-8") if page.is_file() else ""
    if BEGIN in text and insert(text, codebook(built.curated)) != text:
        yield "data/README.md", "the codebook is behind the data"
