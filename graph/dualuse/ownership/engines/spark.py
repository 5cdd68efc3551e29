"""The cascade on Spark DataFrames, for holdings that do not fit one machine; the same answers as the other engines.

Parties go by name here. Shares are whole numbers, as everywhere. Each round joins the holdings with the parties that
entered in the round before and adds up what they hold; plans are cut after every round.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as f

from dualuse.errors import UnknownNameError
from dualuse.ownership.findings import Findings
from dualuse.ownership.shares import WHOLE, limit_of, span
from dualuse.ownership.verdicts import AMBIGUOUS, CAPTURED, CLEAR, LISTED, POSSIBLE, RESULTS, SHOWN


@dataclass(frozen=True)
class SparkOutcome:
    """The cascade's answer.

    Args:
        parties: party, code, low, high.
        edges: owner, owned, low, high; each pair once.
        findings: What was odd, counted.
    """

    parties: DataFrame
    edges: DataFrame
    findings: Findings = field(default_factory=Findings)

    def counts(self) -> dict[str, int]:
        """Number of parties by result."""
        found = {row["code"]: row["count"] for row in self.parties.groupBy("code").count().collect()}
        return {name: int(found.get(code, 0)) for code, name in reversed(list(enumerate(RESULTS)))}

    def rows(self, names: Sequence[str], limit: int) -> tuple[list[dict[str, Any]], int]:
        """Rows of some parties, or of everyone who is not clear; and how many the limit cut off.

        Raises:
            UnknownNameError: a party stands neither in the edges nor on the list.
        """
        if names:
            wanted = self.parties.where(f.col("party").isin(list(names)))
        else:
            wanted = self.parties.where(f.col("code") != CLEAR)
        total = 0 if names or not limit else wanted.count()
        rank = f.array_position(f.lit(list(SHOWN)), f.col("code"))
        ordered = wanted.orderBy(rank, "party")
        shown = (ordered.limit(limit) if total > limit else ordered).collect()
        missing = sorted(set(names) - {row["party"] for row in shown})
        if missing:
            raise UnknownNameError(
                f"no party {missing[0]!r} in the edges or on the list; names are matched to the letter"
            )
        held = self._through([row["party"] for row in shown])
        rows = [
            {
                "party": row["party"],
                "result": RESULTS[row["code"]],
                "share": span(row["low"], row["high"]),
                "through": held.get(row["party"], []),
                "settles": None,
                "divest": None,
            }
            for row in shown
        ]
        if names:
            rows.sort(key=lambda row: list(names).index(str(row["party"])))
        return rows, max(0, total - limit) if limit else 0

    def _through(self, parties: list[str]) -> dict[str, list[dict[str, Any]]]:
        owners = self.parties.where(f.col("code") != CLEAR).select(f.col("party").alias("owner"), "code")
        wanted = self.edges.sparkSession.createDataFrame([(party,) for party in parties], "owned string")
        stakes = self.edges.where("high > 0").join(wanted, "owned", "left_semi").join(owners, "owner")
        found: dict[str, list[dict[str, Any]]] = {}
        order = (f.col("code").desc(), f.col("low").desc(), f.col("high").desc(), "owner")
        for row in stakes.orderBy("owned", *order).collect():
            one = {"owner": row["owner"], "result": RESULTS[row["code"]], **span(row["low"], row["high"])}
            found.setdefault(row["owned"], []).append(one)
        return found


def solve(
    holdings: DataFrame, parties: DataFrame, listed: Sequence[str], doubtful: Sequence[str], threshold: float
) -> SparkOutcome:
    """Apply the rule; see :func:`dualuse.ownership.outcome.cascade`.

    Args:
        holdings: owner, owned, low, high; shares in units.
        parties: Names of parties to answer for besides, in the column party.
    """
    limit, spark = limit_of(threshold), holdings.sparkSession
    findings = Findings()
    edges = _weigh(holdings, limit, findings)
    surely = _names(spark, listed)
    maybe = _names(spark, [*listed, *doubtful])
    sure = _least(edges, surely, f.col("low") >= limit)
    may = _least(edges, maybe, (f.col("high") >= limit) & (f.col("low") >= f.col("need")))
    held = _circles(edges, may, (f.col("high") >= limit) & (f.col("low") >= f.col("need")))
    marked = parties.union(edges.select("owner")).union(edges.select("owned")).union(maybe).distinct()
    for name, members in (("listed", surely), ("sure", sure), ("may", may), ("held", held)):
        marked = marked.join(members.withColumn(name, f.lit(True)), "party", "left")
    code = (
        f.when(f.col("listed"), LISTED)
        .when(f.col("sure"), CAPTURED)
        .when(f.col("may"), POSSIBLE)
        .when(f.col("held"), AMBIGUOUS)
        .otherwise(CLEAR)
    )
    found = marked.withColumn("code", code).select("party", "code", "sure", "held").localCheckpoint()
    return SparkOutcome(_bounds(edges, found), edges, findings)


def _names(spark: SparkSession, names: Sequence[str]) -> DataFrame:
    return spark.createDataFrame([(name,) for name in sorted(set(names))], "party string")


def _weigh(holdings: DataFrame, limit: int, findings: Findings) -> DataFrame:
    """Each pair once, with what must be inside of the lower bounds of the party's owners."""
    pairs = holdings.groupBy("owner", "owned").agg(
        f.min("low").alias("low"), f.least(f.sum("high"), f.lit(WHOLE)).alias("high"), f.count("*").alias("rows")
    )
    loads = pairs.groupBy("owned").agg(f.sum("low").alias("load"))
    need = f.when(f.col("load") > WHOLE, 0).otherwise(f.greatest(f.lit(0), f.col("load") + (limit - WHOLE)))
    edges = pairs.join(loads, "owned").withColumn("need", need).localCheckpoint()
    told = edges.agg(
        f.sum(f.col("rows") - 1).alias("duplicate"),
        f.count_if(f.col("owner") == f.col("owned")).alias("self-ownership"),
        f.count_distinct(f.when(f.col("load") > WHOLE, f.col("owned"))).alias("over-100"),
    ).collect()[0]
    for kind, times in told.asDict().items():
        note(findings, kind, times or 0)
    return edges


def note(findings: Findings, kind: str, times: int) -> None:
    """Count findings of a kind; this engine does not say where."""
    if times:
        findings.add(kind, "", f"{times:,} in all", times)


def _sum(edges: DataFrame, owners: DataFrame) -> DataFrame:
    """What some owners hold of every party, in sum."""
    inside = edges.join(owners.withColumnRenamed("party", "owner"), "owner", "left_semi")
    return inside.groupBy(f.col("owned").alias("party")).agg(*_sums())


def _sums() -> tuple[Any, Any, Any]:
    return f.sum("low").alias("low"), f.sum("high").alias("high"), f.max("need").alias("need")


def _least(edges: DataFrame, seeds: DataFrame, enough: Any) -> DataFrame:
    """Least fixed point above some seeds."""
    members = fresh = seeds
    held: DataFrame | None = None
    while not fresh.isEmpty():
        gained = _sum(edges, fresh)
        together = gained if held is None else held.unionByName(gained).groupBy("party").agg(*_sums())
        held = together.join(members, "party", "left_anti").localCheckpoint()
        fresh = held.where(enough).select("party")
        members = members.union(fresh).localCheckpoint(eager=False)
    return members


def _circles(edges: DataFrame, may: DataFrame, enough: Any) -> DataFrame:
    """Largest set that supports itself below *may*; see :func:`dualuse.ownership.plain.circles`."""
    # a stake that may be nothing is nothing where others surely hold it all
    some = edges.where((f.col("high") > 0) & ((f.col("low") > 0) | (f.col("load") != WHOLE)))
    below = _reach(some, may)
    opened = below.join(may, "party", "left_anti").localCheckpoint()
    left = opened.count()
    while left:
        inside = may.union(opened)
        held = _sum(edges, inside).where(enough).join(opened, "party", "left_semi").select("party").localCheckpoint()
        if held.count() == left:
            within = some.join(held.withColumnRenamed("party", "owned"), "owned", "left_semi")
            held = _reach(within, may).join(held, "party", "left_semi").localCheckpoint()
            if held.count() == left:
                break
        opened, left = held, held.count()
    return may.union(opened)


def _reach(edges: DataFrame, roots: DataFrame) -> DataFrame:
    reached = fresh = roots
    while not fresh.isEmpty():
        owners = fresh.withColumnRenamed("party", "owner")
        below = edges.join(owners, "owner", "left_semi").select(f.col("owned").alias("party")).distinct()
        fresh = below.join(reached, "party", "left_anti").localCheckpoint()
        reached = reached.union(fresh).localCheckpoint(eager=False)
    return reached


def _bounds(edges: DataFrame, parties: DataFrame) -> DataFrame:
    """Results, with the least and the greatest share that restricted owners hold."""
    owners = parties.select(f.col("party").alias("owner"), "sure", "held")

    def total(share: str, condition: Any) -> Any:
        return f.coalesce(f.sum(f.when(condition, f.col(share))), f.lit(0))

    sums = (
        edges.join(owners, "owner")
        .groupBy(f.col("owned").alias("party"))
        .agg(
            f.least(total("low", f.col("sure")), f.lit(WHOLE)).alias("low"),
            total("high", f.col("held")).alias("most"),
            total("low", f.col("held").isNull()).alias("outside"),
            f.max("load").alias("load"),
        )
    )
    left = f.when(f.col("load") > WHOLE, WHOLE).otherwise(f.lit(WHOLE) - f.col("outside"))
    bounds = sums.select("party", "low", f.least("most", left).alias("high"))
    found = parties.select("party", "code").join(bounds, "party", "left")
    return found.fillna(0, ["low", "high"]).localCheckpoint()
