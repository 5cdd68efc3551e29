"""A new instrument with two events and a provision touches three files; the rest is made from them."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from dualuse.build import build
from dualuse.generated import raised, stale
from dualuse.validate import check_counts, counted

KEY = "us-example-rule-2026"
INSTRUMENT = """title:
  en: A rule imagined for the example
kind: rule
issued_by:
  - bis
jurisdiction:
  - US
summary: It is there to be added.
events:
  - kind: publication
    date: 2026-01-02
    effect: binding
    text: Published.
    sources:
      - example-rule
    confidence: high
  - kind: effectiveness
    date: 2026-01-05
    effect: binding
    text: It took effect.
    scope:
      - us-example-rule-2026.1
    sources:
      - example-rule
    confidence: high
sources:
  - example-rule
confidence: high
"""


def add_row(path: Path, values: dict[str, str]) -> None:
    """Add a row to a table, in the order of keys."""
    header, *rows = csv.reader(io.StringIO(path.read_text("utf-8")))
    rows.append([values.get(column, "") for column in header])
    rows.sort(key=lambda row: row[header.index("key")])
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([header, *rows])
    path.write_text(out.getvalue(), "utf-8")


def test_three_files_are_touched_and_the_rest_is_made(data_copy: Path) -> None:
    (data_copy / "instruments" / f"{KEY}.yml").write_text(INSTRUMENT, "utf-8")
    receipt = {"sources": "example-rule", "confidence": "high"}
    add_row(data_copy / "provisions.csv", {"key": f"{KEY}.1", "instrument": KEY, "citation": "paragraph 1"} | receipt)
    add_row(
        data_copy / "sources" / "law.csv",
        {"key": "example-rule", "title": "The rule", "source_class": "law-text", "language": "en"},
    )
    built = build(data_copy)
    assert [where for where, _ in stale(built)] == ["data/README.md"]
    path = data_copy / "expected.yml"
    path.write_text(raised(path.read_text("utf-8"), counted(built), set(built.curated.tables)), "utf-8")
    assert f"instruments:\n  min: {counted(built)['instruments']}\n" in path.read_text("utf-8")
    assert check_counts(built) == []
    assert len(built.store.select(f"SELECT ?e WHERE {{ ?e a du:LegalEvent ; du:onInstrument instrument:{KEY} }}")) == 2
