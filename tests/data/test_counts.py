"""The counts of ``data/expected.yml`` are held, and each way to miss them is seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from dualuse.build import Built, build
from dualuse.errors import CuratedDataError
from dualuse.validate import check_counts, read_expected

DATA = Path(__file__).resolve().parents[2] / "data"


def test_shipped_data_have_the_expected_counts(built: Built) -> None:
    assert check_counts(built) == []
    expected = read_expected(DATA)
    assert set(built.curated.counts()) < set(expected)
    assert [name for name in expected if name.startswith("inferred/")] != []


@pytest.mark.parametrize(
    ("name", "bounds", "message"),
    [
        ("places", (9999, 9999), "records, at least 9999 expected: were some lost?"),
        ("places", (0, 1), "records, at most 1 expected: if they belong, run scripts/regenerate"),
        ("palces", (1, 1), "expected.yml names a table that is not there; fix its name"),
        ("places", None, "not in data/expected.yml; add its minimum and maximum"),
    ],
)
def test_a_wrong_count_is_found(
    built: Built, monkeypatch: pytest.MonkeyPatch, name: str, bounds: tuple[int, int] | None, message: str
) -> None:
    expected = read_expected(DATA)
    if bounds is None:
        del expected[name]
    else:
        expected[name] = bounds
    monkeypatch.setattr("dualuse.validate.read_expected", lambda _: expected)
    (finding,) = check_counts(built)
    assert (finding.check, finding.where) == ("counts", name)
    assert finding.message.endswith(message)


@pytest.mark.parametrize(
    "text", ["places: 3\n", "places:\n  min: few\n  max: 3\n", "- places\n", "places:\n  min: 3\n", "a: \0\n"]
)
def test_a_file_that_gives_no_counts(tmp_path: Path, text: str) -> None:
    (tmp_path / "expected.yml").write_text(text, "utf-8")
    with pytest.raises(CuratedDataError, match=r"needs whole numbers|one mapping of keys|not YAML"):
        read_expected(tmp_path)


def test_a_folder_of_data_is_held_to_its_own_counts(data_copy: Path) -> None:
    path = data_copy / "expected.yml"
    text = path.read_text("utf-8")
    low = f"places:\n  min: {read_expected(data_copy)['places'][0]}\n"
    assert low in text
    path.write_text(text.replace(low, "places:\n  min: 9999\n"), "utf-8")
    assert [finding.where for finding in check_counts(build(data_copy))] == ["places"]
