"""English of wires, ministries and law firms: what its constructions claim, and what they do not."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from dualuse.news import Reading
from dualuse.news.claims.candidates import Claim
from dualuse.news.text.passages import make_text

Read = Callable[..., Reading]
CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("english.yml").read_text("utf-8"))
LINE = re.compile(
    r"(?P<attribute>[\w-]+)(?: = (?P<value>[\w -]+?))?(?: (?P<modality>forecast|denied))?(?: @ (?P<who>[\w-]+))?"
)


def fits(line: str, claim: Claim) -> bool:
    match = LINE.fullmatch(line)
    assert match is not None, line
    return (
        claim.attribute == match["attribute"]
        and match["value"] in (None, claim.value)
        and (claim.modality == "denied") == (match["modality"] == "denied")
        and match["modality"] in (None, claim.modality)
        and match["who"] in (None, claim.claimant, claim.speaker)
    )


def heard(reading: Reading, words: str) -> set[str]:
    start = reading.text.original.index(words)
    segments = [segment for part in reading.parts for segment in part.heard.segments]
    spoken = [s.speaker for s in segments if s.start < start + len(words) and start < s.end]
    return {name for s in spoken for name in (s.person, s.organisation, s.label) if name}


def test_constructions_are_many() -> None:
    assert len(CASES) >= 40
    assert {make_text("", case["text"]).language for case in CASES} == {"en"}


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:50] for case in CASES])
def test_claims(read: Read, case: dict[str, Any]) -> None:
    reading = read(case["text"])
    assert reading.parts, "the text is not read"
    made = [(c.attribute, c.value, c.claimant, c.modality) for c in reading.claims]
    for line in case.get("claims", []):
        assert any(fits(line, claim) for claim in reading.claims), f"{line}: {made}"
    for line in case.get("not", []):
        assert not any(fits(line, claim) for claim in reading.claims), f"{line}: {made}"


@pytest.mark.parametrize("case", [c for c in CASES if "voices" in c], ids=lambda case: case["text"][:50])
def test_voices(read: Read, case: dict[str, Any]) -> None:
    reading = read(case["text"])
    for line in case["voices"]:
        speaker, words = line.split(" ~ ")
        found = heard(reading, words)
        assert any(name == speaker or speaker in name for name in found), f"{words}: {found}"
