"""No claim is made of the opposite of what is said: denied, excluded, contrasted, ended, told of another."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from dualuse.news import Reading
from dualuse.news.claims.candidates import Claim

Read = Callable[..., Reading]
CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("turned.yml").read_text("utf-8"))
LINE = re.compile(r"(?P<attribute>[\w-]+)(?: = (?P<value>[\w ]+?))?(?P<forecast> forecast)?(?: @ (?P<who>[\w-]+))?")


def fits(line: str, claim: Claim) -> bool:
    match = LINE.fullmatch(line)
    assert match is not None, line
    voices = {claim.claimant, claim.speaker, claim.party, claim.person} - {""}
    return (
        claim.attribute == match["attribute"]
        and match["value"] in (None, claim.value)
        and (match["forecast"] is None or claim.modality == "forecast")
        and (match["who"] is None or match["who"] in voices)
    )


def test_constructions_are_many() -> None:
    assert len(CASES) >= 20


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:40] for case in CASES])
def test_nothing_is_turned_round(read: Read, case: dict[str, Any]) -> None:
    reading = read(case["text"])
    assert reading.parts, "the text is not read"
    affirmed = [claim for claim in reading.claims if claim.modality != "denied"]
    made = [(c.attribute, c.value, c.claimant, c.modality) for c in reading.claims]
    for line in case.get("claims", []):
        assert any(fits(line, claim) for claim in affirmed), f"{line}: {made}"
    for line in case.get("not", []):
        assert not any(fits(line, claim) for claim in affirmed), f"{line}: {made}"
    denied = {claim.party for claim in reading.claims if claim.modality == "denied" and claim.attribute == "position"}
    assert not denied & {said.organisation for said in reading.statements}
