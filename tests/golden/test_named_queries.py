"""What the named queries answer, row by row, and what an expert knows the answers to be.

The rows are committed beside this file. After a change that is meant to change answers, write them anew and read the
difference: ``DUALUSE_UPDATE_GOLDEN=1 pytest tests/golden``.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from dualuse.knowledge import Knowledge
from dualuse.namespaces import shorten
from dualuse.query.library import load, names

FOLDER = Path(__file__).parent / "queries"
UPDATE = os.environ.get("DUALUSE_UPDATE_GOLDEN") == "1"
RULE = "us-ai-diffusion-ifr-2025-01"

SET: dict[str, tuple[str, dict[str, str]]] = {
    "allocations.h100-sxm": ("allocations", {"product": "NVIDIA H100 SXM 80GB"}),
    "chip-migration.h20": ("chip-migration", {"product": "H20"}),
    "chips-caught.2022": ("chips-caught", {"asOf": "2022-12-01", "item": "3A090.a"}),
    "facts-derived-from-source.gao": ("facts-derived-from-source", {"source": "gao-b-337935"}),
    "groups-of-place.uae-2026": ("groups-of-place", {"place": "阿聯酋", "asOf": "2026-08-01"}),
    "instrument-timeline.mofcom-61": ("instrument-timeline", {"instrument": "cn-mofcom-61-2025-10"}),
    "instruments-in-force-by-date.2026": ("instruments-in-force-by-date", {"asOf": "2026-06-01"}),
    "measures-on-place.macau": ("measures-on-place", {"place": "Macau"}),
    "members-of-group.d5": ("members-of-group", {"group": "us-d5", "asOf": "2025-01-13"}),
    "members-of-group.d5-2026": ("members-of-group", {"group": "us-d5", "asOf": "2026-06-01"}),
    "statements-of-party.mofcom": ("statements-of-party", {"organisation": "mofcom"}),
    "suspended-instruments.after": ("suspended-instruments", {"asOf": "2026-11-22"}),
    "things.tier": ("things", {"kind": "tier"}),
    "tier-of-place.cambodia-2026": ("tier-of-place", {"place": "KHM", "asOf": "2026-06-01"}),
    "tier-of-place.before": ("tier-of-place", {"place": "CH", "asOf": "2025-01-12"}),
}
"""Name of a golden file -> query and parameters."""

CASES: dict[str, tuple[str, dict[str, str]]] = {name: (name, {}) for name in names()} | SET
_DIGEST = re.compile(r"\b[0-9a-f]{64}\b")
_IRI = re.compile(r"<(https?://[^<>\s]+)>")


def tsv(knowledge: Knowledge, query: str, parameters: Mapping[str, str]) -> str:
    """Rows in the W3C's TSV with short IRIs; the dataset's digest, which follows any change of the data, is masked."""
    text = load(query).bind(parameters, knowledge.names)
    answer = _DIGEST.sub("(digest)", knowledge.store.write(text, "tsv").decode("utf-8"))
    return _IRI.sub(lambda match: shorten(match[1]), answer)


def rows(knowledge: Knowledge, query: str, **parameters: str) -> list[dict[str, str]]:
    """Rows as short words."""
    found = knowledge.query(query, parameters)
    return [{name: shorten(term.value) for name, term in row.items()} for row in found]


@pytest.mark.parametrize("case", CASES)
def test_rows(knowledge: Knowledge, case: str) -> None:
    query, parameters = CASES[case]
    answer = tsv(knowledge, query, parameters)
    file = FOLDER / f"{case}.tsv"
    if UPDATE:
        file.write_bytes(answer.encode("utf-8"))
    assert file.is_file(), f"no golden rows for {case}; write them: DUALUSE_UPDATE_GOLDEN=1 pytest tests/golden"
    assert answer.splitlines() == file.read_bytes().decode("utf-8").splitlines()


def test_no_golden_rows_are_left_over() -> None:
    assert sorted(path.stem for path in FOLDER.iterdir()) == sorted(CASES)


def test_no_row_is_told_twice(knowledge: Knowledge) -> None:
    for case, (query, parameters) in CASES.items():
        lines = tsv(knowledge, query, parameters).splitlines()
        assert len(set(lines)) == len(lines), case


def test_the_nineteen_of_supplement_5a(knowledge: Knowledge) -> None:
    found = {row["place"].removeprefix("place:") for row in rows(knowledge, "members-of-group")}
    assert " ".join(sorted(found)) == "AU BE CA DE DK ES FI FR GB IE IT JP KR NL NO NZ SE TW US"


def test_d5_has_no_macau_and_loses_cambodia(knowledge: Knowledge) -> None:
    before, after = (
        {r["place"] for r in rows(knowledge, "members-of-group", group="us-d5", asOf=day) if "member" in r["standing"]}
        for day in ("2025-01-13", "2026-02-03")
    )
    assert len(before) == 23
    assert before - after == {"place:KH"}
    assert "place:MO" not in before
    assert after < before


def test_tier_2_is_never_120_countries(knowledge: Knowledge) -> None:
    sizes = {row["universe"]: row for row in rows(knowledge, "tier-sizes", asOf="2025-01-13")}
    united_nations = sizes["group:un"]
    assert [united_nations[name] for name in ("total", "tier1", "tier2", "tier3")] == ["193", "18", "152", "23"]
    assert [sizes["group:eu"][name] for name in ("tier1", "tier2")] == ["10", "17"]
    assert [sizes["group:nato"][name] for name in ("tier1", "tier2")] == ["13", "19"]
    assert "120" not in {row["tier2"] for row in sizes.values()}


def test_hong_kong_is_reached_by_treatment(knowledge: Knowledge) -> None:
    assert {row["tier"] for row in rows(knowledge, "tier-of-place", place="HK", asOf="2025-01-13")} == {"tier:3"}
    legal = [row for row in rows(knowledge, "groups-of-place", place="HK") if row["role"] == "country-group"]
    assert {row["via"] for row in legal} == {"place:CN"}
    assert "group:us-d5" in {row["group"] for row in legal}


@pytest.mark.parametrize(
    ("measure", "product", "chips"),
    [
        ("alloc-country", "h100-sxm", "49898"),
        ("nveu-cap-2027-q1-q4", "h100-sxm", "319858"),
        ("lpp-scope", "h100-sxm", "1699"),
        ("lpp-scope", "h100-nvl", "2012"),
    ],
)
def test_ceilings_in_chips(knowledge: Knowledge, measure: str, product: str, chips: str) -> None:
    found = {row["measure"]: row for row in rows(knowledge, "allocations", product=product)}
    assert found[f"measure:{measure}"]["chips"] == chips
    assert found[f"measure:{measure}"]["caughtAs"] == "item:3a090.a"


def test_h20_is_caught_by_no_limb(knowledge: Knowledge) -> None:
    assert all("caughtAs" not in row for row in rows(knowledge, "allocations", product="h20"))
    basis = {row["basis"] for row in rows(knowledge, "chip-migration", product="h20")}
    assert basis == {"source reading"}


def test_a800_is_free_in_2022_and_caught_in_2023(knowledge: Knowledge) -> None:
    caught = [r for r in rows(knowledge, "chip-migration", product="A800") if r["basis"] == "derived"]
    assert {row["vintage"] for row in caught} == {"2023-11-17"}
    assert {row["item"] for row in caught} == {"item:3a090.a"}


def test_the_rule_is_not_rescinded(knowledge: Knowledge) -> None:
    timeline = rows(knowledge, "instrument-timeline", instrument=RULE)
    ends = {"event-kind:removal", "event-kind:expiry", "event-kind:supersession"}
    assert not [row for row in timeline if row["kind"] in ends]
    in_force = {r["instrument"]: r for r in rows(knowledge, "instruments-in-force-by-date", asOf="2026-06-01")}
    assert in_force[f"instrument:{RULE}"]["notEnforcedSince"] == "2025-05-13"


def test_who_opposed_within_72_hours(knowledge: Knowledge) -> None:
    window = [row for row in rows(knowledge, "statements-in-window") if row["surely"] == "true"]
    opposed = {row["organisation"].removeprefix("organisation:") for row in window if row["stance"] == "stance:opposes"}
    assert {"mofcom", "nvidia", "sia", "nftc", "semi", "nam"} <= opposed
    assert not {"ec", "oracle", "iti"} & opposed
    concerned = {row["organisation"] for row in window if row["stance"] == "stance:concerned"}
    assert "organisation:ec" in concerned


def test_duties_by_bearer(knowledge: Knowledge) -> None:
    found = {tuple(row[name].partition(":")[2] for name in ("bearer", "measure")) for row in rows(knowledge, "duties")}
    assert {
        ("iaas-provider", "red-flag-28"),
        ("ultimate-consignee", "lpp-statement"),
        ("exporter", "lpp-notice"),
        ("ultimate-consignee", "aia-certification"),
        ("veu-holder", "supp10-14"),
    } <= found
