"""``check`` answers under every lens where they differ."""

from __future__ import annotations

import json

import pytest
from tests.running import Run

from dualuse.card import Card
from dualuse.knowledge import Knowledge
from dualuse.questions.check import Decided
from dualuse.said import Phrase

UNENFORCED = "Framework for Artificial Intelligence Diffusion: not enforced since 2025-05-13"


def poland(knowledge: Knowledge, lens: str = "codified") -> Card[Decided]:
    return knowledge.check("H100 SXM", 20000, "PL", hq="PL", as_of="2026-06-05", lens=lens)


def test_an_exporter_to_poland_reads_that_it_is_not_enforced(knowledge: Knowledge) -> None:
    answer = poland(knowledge).plain
    assert (answer["outcome"], answer["review_policy"]) == ("licence-required", "presumption-of-approval")
    enforced, announced = answer["under"]
    assert enforced == {
        "lens": "enforced",
        "outcome": "no-licence-required",
        "exception": None,
        "review_policy": None,
        "duties": [],
        "why": [UNENFORCED],
    }
    assert (announced["lens"], announced["outcome"]) == ("announced", "no-licence-required")
    assert f"Under the lens enforced: no licence required ({UNENFORCED})." in answer["otherwise"]


def test_the_lens_that_is_asked_leads(knowledge: Knowledge) -> None:
    answer = poland(knowledge, "enforced").plain
    assert answer["outcome"] == "no-licence-required"
    (codified,) = answer["under"]
    assert (codified["lens"], codified["outcome"]) == ("codified", "licence-required")
    assert codified["duties"]
    assert codified["why"] == ["Framework for Artificial Intelligence Diffusion: in force since 2025-01-13"]


def test_it_is_said_in_three_languages(knowledge: Knowledge) -> None:
    otherwise = poland(knowledge).answer.otherwise
    assert isinstance(otherwise, Phrase)
    said = otherwise.said({})
    assert said.hant.startswith("以「執法」視角：無須許可（")
    assert said.hans.startswith("以“执法”视角：无须许可（")


@pytest.mark.parametrize(
    ("to", "hq", "day"), [("CN", "CN", "2024-06-01"), ("SG", "CN", "2026-07-01"), ("CH", "CH", "2024-06-01")]
)
def test_lenses_that_agree_are_not_told(knowledge: Knowledge, to: str, hq: str, day: str) -> None:
    answer = knowledge.check("H100 SXM", to=to, hq=hq, as_of=day).plain
    assert "under" not in answer
    assert "otherwise" not in answer


def test_the_guidance_of_may_2026_is_cited(knowledge: Knowledge) -> None:
    card = knowledge.check("h100-sxm", to="SG", hq="CN", as_of="2026-07-01", lens="enforced")
    (required,) = card.plain["requirements"]
    assert required["provision"] == "15 CFR 742.6(a)(6)(iii)(A), headquarters in Macau or Country Group D:5"
    (cited,) = [each for each in card.because if each.provision == "BIS guidance of 31 May 2026"]
    assert "is in-force under the lens enforced: 2026-05-31, BIS said that it enforces" in cited.text
    assert not [each for each in card.because if "88 FR 73458" in each.provision and "744.23(a)" in each.provision]


def test_every_form_shows_it(run: Run) -> None:
    words = ("check", "--item", "H100 SXM", "--quantity", "20000", "--to", "PL", "--hq", "PL", "--as-of", "2026-06-05")
    assert [each["lens"] for each in json.loads(run(*words, "--format", "json").stdout)["answer"]["under"]] == [
        "enforced",
        "announced",
    ]
    table = run(*words).stdout
    assert "Under the lens enforced: no licence required" in " ".join(table.split())
    assert "### under" in run(*words, "--format", "md").stdout
    assert run(*words, "--format", "csv").stdout.startswith("rule,")


def test_connected_knows_the_part_that_is_enforced(knowledge: Knowledge) -> None:
    """The whole reaches nobody under the lens; the guidance says whom its part reaches."""
    rule, guidance = "us-ai-diffusion-ifr-2025-01", "us-bis-guidance-2026-05-31"
    card = knowledge.connected(by=rule, as_of="2026-06-15", lens="enforced")
    assert card.rows == []
    told = {gap.what: gap.why_it_matters for gap in card.unknown}
    part = told["whom 15 CFR 742.6(a)(6)(iii)(A), headquarters in Macau or Country Group D:5 affects"]
    assert part == f"this part is in-force all the same; see: dualuse connected --by {guidance}"
    before = knowledge.connected(by=rule, as_of="2026-05-30", lens="enforced")
    assert not [gap for gap in before.unknown if gap.what.startswith("whom 15 CFR")]
    reached = knowledge.connected(by=guidance, as_of="2026-06-15", lens="enforced")
    assert {row["channel"] for row in reached.rows} >= {"headquarters"}
