"""The command ``structure``: each question, its options, its picture, and what wrong use gets."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import click
import click.testing
import pytest

from dualuse.analyse.centrality import MEASURES
from dualuse.cli import cli
from dualuse.errors import UsageError
from dualuse.knowledge import Knowledge
from dualuse.questions.structure import bridges, centrality, chokepoints, communities, concentration, discourse, risk
from dualuse.show.asked import ask as ask_of
from dualuse.show.labels import read_labels
from dualuse.show.outcomes import tell

from .conftest import DAY

Ask = Callable[..., click.testing.Result]
ON = ("--as-of", "2025-06-01")
ASKED = {"bridges": bridges, "centrality": centrality, "chokepoints": chokepoints} | {
    "communities": communities,
    "concentration": concentration,
    "discourse": discourse,
    "risk": risk,
}

RUNS: list[tuple[str, ...]] = [
    ("chokepoints",),
    ("chokepoints", "--item", "3A090.a", "--to", "products"),
    ("chokepoints", "--item", "3A090", "--to", "customers"),
    ("concentration",),
    ("concentration", "TSMC", "--period", "all"),
    ("concentration", "--period", "2024"),
    ("bridges",),
    ("communities", "--seed", "3", "--runs", "4"),
    ("communities", "--of", "supply"),
    ("centrality", "--runs", "10", "--drop", "0.2", "--seed", "2"),
    ("centrality", "--item", "3A090.a", "--measure", "links", "--runs", "5"),
    ("discourse", "--about", "us-ai-diffusion-ifr-2025-01"),
    ("discourse", "--kind", "subtract", "--concept", "measure", "--normalise", "jaccard", "--stance", "opposes"),
    ("discourse", "--kind", "conflict", "--from", "2025-01-13", "--to", "2025-02-28"),
    ("risk",),
    ("risk", "NVIDIA", "TSMC"),
]


@pytest.mark.parametrize("arguments", RUNS, ids=" ".join)
def test_answers(ask: Ask, arguments: tuple[str, ...]) -> None:
    shown = ask("structure", *arguments, *ON, "--brief")
    assert (shown.exit_code, shown.stderr) == (0, "")
    assert "not legal advice" in shown.stdout
    asked: Any = ASKED[arguments[0]]
    document = json.loads(ask("structure", *arguments, *ON, "--format", "json").stdout)
    assert document["question"]["command"] == "structure"
    answer = document["answer"]
    means = asked.MEANS if isinstance(asked.MEANS, str) else asked.MEANS[document["question"]["kind"]]
    assert (answer["means"][: len(means)], answer["limits"]) == (means, asked.LIMITS)
    assert document == json.loads(ask("structure", *arguments, *ON, "--format", "json").stdout)


def test_every_option_is_tried() -> None:
    shared = {"--plot", "--unknown", "--store", "--as-of", "--output", "--force", "--brief", "--format", "--html"}
    shared |= {"--all", "--lang"}  # see tests/cli/test_screen.py
    tried = {name: {word for run in RUNS if run[0] == name for word in run} | shared for name in ASKED}
    context = click.Context(cli)
    structure = cli.get_command(context, "structure")
    assert isinstance(structure, click.Group)
    assert structure.list_commands(context) == sorted(ASKED)
    for name in ASKED:
        command = structure.get_command(context, name)
        assert command is not None
        options = [part for part in command.params if isinstance(part, click.Option)]
        assert [part.opts for part in options if not set(part.opts) & tried[name]] == []


@pytest.mark.parametrize("arguments", RUNS, ids=" ".join)
def test_pictures(ask: Ask, clean: Path, arguments: tuple[str, ...]) -> None:
    for form, start in (("svg", b"<?xml"), ("png", b"\x89PNG")):
        assert ask("structure", *arguments, *ON, "--plot", f"a.{form}", "--brief").exit_code == 0
        assert (clean / f"a.{form}").read_bytes().startswith(start)


def test_pictures_have_the_same_bytes(ask: Ask, clean: Path) -> None:
    for name in ("one", "two"):
        for form in ("svg", "png"):
            ask("structure", "bridges", *ON, "--plot", f"{name}.{form}")
    assert (clean / "one.svg").read_bytes() == (clean / "two.svg").read_bytes()
    assert (clean / "one.png").read_bytes() == (clean / "two.png").read_bytes()
    assert b"<dc:date>" not in (clean / "one.svg").read_bytes()


def test_items_in_one_table(knowledge: Knowledge) -> None:
    rows = {row["item"]: row for row in knowledge.chokepoints(as_of=DAY, to="products").plain["items"]}
    assert rows["3a090.a"]["party"] == "Taiwan Semiconductor Manufacturing Company Limited"
    assert (rows["3a090.a"]["place"], rows["3a090.a"]["place_tier"]) == ("Taiwan", "1")
    assert rows["3a090.b"]["smallest_place_cut"] == {"size": 1, "places": ["TW"]}


def test_cuts_by_tier_and_what_is_unknown(knowledge: Knowledge) -> None:
    card = knowledge.chokepoints(as_of=DAY, item="3A090.a", to="products")
    assert card.plain["smallest_cut"]["by_tier"] == {"1": 1, "3": 1}
    assert card.plain["parties"][0]["only_maker_of"] == 40
    assert any(re.match(r"who makes \d+ of the products", gap.what) for gap in card.unknown)
    assert card.plain["places_of_90_percent"] == {"size": 1, "places": ["TW"]}
    far = knowledge.chokepoints(as_of=DAY, item="3A090.a").plain
    assert far["smallest_place_cut"] == {"size": None, "at_least": 4}
    assert far["places_of_90_percent"] == {"size": 4, "places": ["CN", "NL", "TW", "US"]}


def test_concentration_is_an_interval(knowledge: Knowledge) -> None:
    rows = knowledge.concentration("tsmc", as_of=DAY, period="2024").plain["concentration"]
    found = {row["of"]: row for row in rows}
    assert found["revenue by region"]["index"] == {"min": 4980.9, "max": 4996.9}
    assert found["revenue by region"]["level"] == "high"
    assert found["revenue by customer"]["index"] == {"min": 625.0, "max": 6250.0}


def test_risk_is_an_interval_with_receipts_and_what_widens_it(knowledge: Knowledge) -> None:
    card = knowledge.risk("nvidia", as_of=DAY)
    (row,) = card.plain["risk"]
    assert row["index"] == {"min": 0.034, "max": 0.5721}
    assert (row["reaches"], len(row["surely"])) == (36, 4)
    assert (card.plain["parties"], card.plain["links"], card.plain["shares_on_record"]) == (59, 76, 5)
    shares = [receipt for receipt in card.because if "percent of its revenue" in receipt.text]
    assert tuple(shares) == card.because[: len(shares)]
    assert len({receipt.fact for receipt in card.because}) == len(card.because)
    assert card.unknown[0].what == "what share of the supplier's sales 71 of 76 links carry"
    every = knowledge.risk(as_of=DAY).plain["risk"]
    assert len(every) == 59
    assert all(round(1 / 59, 4) <= row["index"]["min"] <= row["index"]["max"] <= 1 for row in every)


def test_bridges_have_receipts(knowledge: Knowledge) -> None:
    card = knowledge.bridges(as_of=DAY)
    facts = {fact for row in card.plain["links"] for fact in row["facts"]}
    assert facts == {receipt.fact for receipt in card.because}
    assert len(facts) > 15


def test_communities_are_held_against_side_and_tier(knowledge: Knowledge) -> None:
    card = knowledge.communities(as_of=DAY, of="speech")
    rows = card.plain["communities"]
    assert sum(row["parties"] for row in rows) >= 45
    assert all(sum(row["sides"].values()) == row["parties"] for row in rows)
    assert -0.5 <= card.plain["like_sides"] <= 1
    assert 0 < card.plain["modularity"] < 1
    assert {ground for row in rows for ground in row["grounds"]} >= {"national security", "market access"}
    assert len(card.because) > 100


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda k: k.chokepoints(as_of=DAY, to="moon"),
            "supply paths end at products, designers, customers; not at 'moon'",
        ),
        (lambda k: k.chokepoints(as_of=DAY, item="4E091"), "4e091 catches no product on 2025-06-01"),
        (
            lambda k: k.centrality(as_of=DAY, measure="fame"),
            "no measure of centrality 'fame'; known: betweenness, links",
        ),
        (lambda k: k.centrality(as_of=DAY, drop=1.0), "drop between 0 and 1; got 200 and 1"),
        (lambda k: k.communities(as_of=DAY, of="friends"), "no communities of 'friends'; known: speech, supply"),
        (lambda k: k.communities(as_of=DAY, runs=0), "runs must be 1 or more, got 0"),
        (
            lambda k: k.concentration("openai", as_of=DAY),
            "no sourced share is on record for openai in period",
        ),
        (
            lambda k: k.risk("nvidia", "bis", as_of=DAY),
            "no supply link of bis is on record on 2025-06-01; `dualuse structure risk` lists who has one",
        ),
    ],
)
def test_wrong_use(knowledge: Knowledge, call: Callable[[Knowledge], object], message: str) -> None:
    with pytest.raises(UsageError) as raised:
        call(knowledge)
    assert message in str(raised.value)


def test_the_measures_are_those_of_the_analysis() -> None:
    assert get_args(centrality.Measure) == tuple(MEASURES)


HEADS = {
    "bridges": ("Which supply links and parties join different tiers?", "21 of 76 supply links join different tiers"),
    "centrality": ("Which parties are central in the supply graph?", "NVIDIA Corporation ranks first"),
    "chokepoints": (
        "Whose absence would cut most supply paths of each item?",
        "Taiwan Semiconductor Manufacturing Company Limited: first for 2 of 2 items",
    ),
    "communities": ("Which speakers give the same grounds?", "{} communities"),
    "concentration": ("How concentrated is companies' revenue?", "6 of 15 surely highly concentrated"),
    "discourse": ("Which speakers argue alike?", "{} ties"),
    "risk": (
        "Whose cutting off would cost the supply graph most?",
        "NVIDIA Corporation: 3.4 to 57.21 % of what all parties put out is lost",
    ),
}


@pytest.mark.parametrize("name", HEADS)
def test_pages_ask_and_answer_in_words(knowledge: Knowledge, name: str) -> None:
    card = getattr(knowledge, name)(as_of=DAY)
    labels = read_labels(knowledge.store, card)
    (question, given), outcome = ask_of(card, labels), tell(card, labels)
    asks, says = HEADS[name]
    if name in ("communities", "discourse"):
        told = card.plain["communities" if name == "communities" else "ties"]
        says = says.format(told if isinstance(told, int) else len(told))
    assert (question.en, outcome.headline.en) == (asks, says)
    assert not question.one
    assert not outcome.headline.one
    if name == "chokepoints":
        assert outcome.headline.hant.startswith("台積電：")
    assert "question" not in {name.en.casefold() for name, _ in given}


def test_a_part_of_a_command_alone_is_no_command(ask: Ask) -> None:
    refused = ask("bridges")
    assert refused.exit_code == 2
    assert "Did you mean structure bridges?" in refused.stderr
