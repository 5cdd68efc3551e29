"""The rules as data: strict, complete, and standing or falling with their instruments."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from dualuse.build import Built
from dualuse.errors import CuratedDataError, UnknownNameError
from dualuse.knowledge import Knowledge
from dualuse.ownership.findings import Findings
from dualuse.ownership.graph import read_holdings, read_listings
from dualuse.ownership.records import OwnershipRule, find_rule, read_rules
from dualuse.ownership.standing import Standing, standing

RULES = read_rules()


def stand(knowledge: Knowledge, key: str, day: str, lens: str = "codified") -> Standing:
    known_on = knowledge.version.known_on
    return standing(knowledge.store, find_rule(key), date.fromisoformat(day), lens, known_on)


def test_there_are_three() -> None:
    assert list(RULES) == ["bis-affiliates", "cn-61-50", "ofac-50"]


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_references_resolve(rule: OwnershipRule, built: Built) -> None:
    tables = built.curated.tables
    assert set(rule.sources) <= set(tables["sources"])
    assert rule.authority in tables["organisations"]
    assert rule.instrument is None or rule.instrument in tables["instruments"]
    assert rule.provision is None or tables["provisions"][rule.provision].instrument == rule.instrument
    assert (rule.instrument is None) == (rule.valid_from is not None)
    assert rule.threshold == 50


@pytest.mark.parametrize(
    ("key", "day", "lens", "status"),
    [
        ("bis-affiliates", "2025-09-28", "codified", "not-yet"),
        ("bis-affiliates", "2025-10-15", "codified", "in-force"),
        ("bis-affiliates", "2026-01-01", "codified", "suspended"),
        ("bis-affiliates", "2026-11-22", "codified", "unknown"),
        ("bis-affiliates", "2026-11-22", "announced", "suspended"),
        ("cn-61-50", "2025-10-15", "codified", "in-force"),
        ("cn-61-50", "2026-01-01", "codified", "suspended"),
        ("ofac-50", "2014-08-12", "codified", "not-yet"),
        ("ofac-50", "2026-11-22", "codified", "in-force"),
    ],
)
def test_in_force_as_the_law_says(knowledge: Knowledge, key: str, day: str, lens: str, status: str) -> None:
    assert stand(knowledge, key, day, lens).status == status


def test_both_readings_when_the_stay_has_run_out(knowledge: Knowledge) -> None:
    found = stand(knowledge, "bis-affiliates", "2026-11-22")
    assert [reading["status"] for reading in found.readings] == ["in-force", "suspended"]
    assert any("is in force on the day" in gap.what for gap in found.unknown)
    assert len(found.receipts) >= 3


def test_a_suspended_rule_binds_nobody(knowledge: Knowledge) -> None:
    gaps = stand(knowledge, "bis-affiliates", "2026-01-01").unknown
    assert [gap.why_it_matters for gap in gaps] == [
        "captured parties are not bound by it then; the answer says what it would capture"
    ]
    assert stand(knowledge, "bis-affiliates", "2025-10-15").unknown == ()


def test_after_the_record_ends(knowledge: Knowledge) -> None:
    assert stand(knowledge, "ofac-50", "2031-01-01").unknown[0].what.startswith("what happened after")


def test_unknown_rule() -> None:
    with pytest.raises(UnknownNameError, match="did you mean bis-affiliates"):
        find_rule("bis-affiliate")
    with pytest.raises(UnknownNameError, match="known: bis-affiliates, cn-61-50, ofac-50"):
        find_rule("zzz")


def test_every_problem_of_a_rule_is_told(write: Callable[..., Path]) -> None:
    path = write(
        "bad.yml", "title:", "  en: Bad", "authority: Nobody At All", "threshold: 0", "lists: []", "colour: red"
    )
    with pytest.raises(CuratedDataError) as caught:
        read_rules(path.parent)
    told = [(problem.line, problem.key) for problem in caught.value.problems]
    assert {"citation", "sources"} <= {key for _, key in told}
    assert {(3, "authority"), (4, "threshold"), (5, "lists"), (6, "colour")} <= set(told)


def test_holdings_of_the_graph(built: Built) -> None:
    found = read_holdings(built.store, date(2025, 10, 15), ["asml"])
    table = found.table
    rows = {
        (table.names[owner], table.names[owned]): (table.low[row], table.high[row])
        for row, (owner, owned) in enumerate(zip(table.owner, table.owned, strict=True))
    }
    assert rows["wingtech", "nexperia"] == (1_000_000, 1_000_000)
    assert rows["huawei", "hisilicon"] == (0, 1_000_000)
    assert rows["amazon", "aws"] == (1_000_000, 1_000_000)
    assert rows["softbank", "arm"] == (500_000, 1_000_000)
    assert ("nvidia", "intel") not in rows
    assert ("amd", "zt") not in rows
    assert table.findings.counts["not-a-holding"] >= 8
    assert table.names.numbers(["asml"]) != [-1]
    assert found.undated == len(rows)
    assert all(receipt.source.startswith("http") and receipt.fact for receipt in found.receipts)


def test_listings_of_the_graph_on_a_day(built: Built) -> None:
    lists = ["us-entity-list"]
    before = read_listings(built.store, date(2024, 12, 1), lists, Findings())
    during = read_listings(built.store, date(2024, 12, 2), lists, Findings())
    after = read_listings(built.store, date(2025, 1, 1), lists, Findings())
    assert ("wingtech" in before.sure, "wingtech" in before.doubtful) == (False, False)
    assert ("wingtech" in during.sure, "wingtech" in during.doubtful) == (True, False)
    assert ("wingtech" in after.sure, "wingtech" in after.doubtful) == (True, False)
    assert after.sure["wingtech"][0].text == "wingtech is on us-entity-list since 2024-12-02"
    assert read_listings(built.store, date(2025, 1, 1), ["us-sdn"], Findings()).sure == {}
