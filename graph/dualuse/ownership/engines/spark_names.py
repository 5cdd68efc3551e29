"""Names of one party in Spark DataFrames: spelt where they are, and looked at here where two may be one party's."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pyspark.sql import DataFrame
from pyspark.sql import functions as f

from dualuse.ownership.engines.spark import SparkOutcome, solve
from dualuse.ownership.findings import Findings
from dualuse.ownership.matching import Matched, match
from dualuse.ownership.outcome import holdings
from dualuse.ownership.settling import doubted, note_mates
from dualuse.ownership.spelling import UNNAMED, UNSPECIFIED, spell
from dualuse.ownership.verdicts import CLEAR, POSSIBLE


@dataclass(frozen=True)
class NamedFrames:
    """Holdings and parties, each under one name, and what else may be one party.

    Args:
        edges: owner, owned, low, high.
        parties: party.
        matched: The names that matter; its table has no shares.
    """

    edges: DataFrame
    parties: DataFrame
    matched: Matched

    @property
    def called(self) -> Mapping[str, str]:
        """Name -> what the holdings call the party."""
        return self.matched.called


def match_names(
    edges: DataFrame,
    parties: DataFrame,
    listed: Sequence[str],
    known: Mapping[str, Iterable[str]],
    asked: Sequence[str],
) -> NamedFrames:
    """Find the names of one party and put them into one; see :func:`dualuse.ownership.matching.match`."""
    elsewhere = [*listed, *asked, UNNAMED, *known, *(name for names in known.values() for name in names)]
    wanted = {spell(name).plain for name in elsewhere} | UNSPECIFIED
    plain = f.udf(lambda name: spell(name).plain, "string", useArrow=False)
    spelt = parties.distinct().withColumn("plain", plain("party")).localCheckpoint()
    spark = edges.sparkSession
    looked_for = spark.createDataFrame([(one,) for one in sorted(wanted)], "plain string")
    twice = spelt.groupBy("plain").count().where("count > 1").select("plain").union(looked_for).distinct()
    some = sorted(row["party"] for row in spelt.join(twice, "plain", "left_semi").collect())
    names = spark.createDataFrame([(name,) for name in some], "party string")
    pairs = edges.join(names.withColumnRenamed("party", "owner"), "owner", "left_semi")
    pairs = pairs.join(names.withColumnRenamed("party", "owned"), "owned", "left_semi").select("owner", "owned")
    rows = [(row["owner"], row["owned"], 0, 0) for row in pairs.distinct().collect()]
    matched = match(holdings([*((name, name, 0, 0) for name in some), *rows]), listed, known, [*asked, *some])
    called = {name: matched.called[name] for name in some if matched.called[name] != name}
    return NamedFrames(_renamed(edges, called, "owner", "owned"), _renamed(parties, called, "party"), matched)


def _renamed(frame: DataFrame, called: Mapping[str, str], *columns: str) -> DataFrame:
    if not called:
        return frame
    names = frame.sparkSession.createDataFrame(sorted(called.items()), "old string, new string")
    for column in columns:
        joined = frame.join(f.broadcast(names), frame[column] == names["old"], "left")
        frame = joined.withColumn(column, f.coalesce("new", column)).drop("old", "new")
    return frame.localCheckpoint()


def settle_names(named: NamedFrames, listed: Sequence[str], doubtful: Sequence[str], threshold: float) -> SparkOutcome:
    """Apply the rule as :func:`dualuse.ownership.settling.settle` does."""
    unnamed = named.called.get(UNNAMED, UNNAMED)
    present = not named.parties.where(f.col("party") == unnamed).isEmpty()
    doubts = {*doubtful, *([unnamed] if present else [])}
    maybe = named.matched.maybe
    outcome: SparkOutcome | None = None

    def ask(also: Collection[str], one: Mapping[str, str]) -> set[str]:
        nonlocal outcome
        edges, parties = _renamed(named.edges, one, "owner", "owned"), _renamed(named.parties, one, "party")
        on_list, perhaps = ([one.get(name, name) for name in names] for names in (listed, sorted(also)))
        outcome = solve(edges, parties, on_list, perhaps, threshold)
        names = {name for group in maybe for name in group}
        caught = _among(outcome, {one.get(name, name) for name in names}, f.col("code") != CLEAR)
        return {name for name in names if one.get(name, name) in caught}

    mates = doubted(maybe, listed, doubts, ask)
    if outcome is None:
        raise RuntimeError("the engine was not asked")
    findings = Findings()
    findings.merge(named.matched.table.findings)
    note_mates(findings, sorted(_among(outcome, set(mates) - doubts, f.col("code") == POSSIBLE)), mates)
    findings.merge(outcome.findings)
    return replace(outcome, findings=findings)


def _among(outcome: SparkOutcome, names: Collection[str], condition: Any) -> set[str]:
    """Those of some names whose result meets a condition."""
    if not names:
        return set()
    some = outcome.parties.where(f.col("party").isin(sorted(names))).where(condition)
    return {row["party"] for row in some.collect()}
