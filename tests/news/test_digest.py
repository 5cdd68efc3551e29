"""The digest of January 2025 and two reports beside it, where they are at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from dualuse.news import Reader, read_text
from dualuse.questions.news import scored

from .conftest import BESIDE

SAMPLES = BESIDE / "feeds" / "samples" / "news"
LEAST = {"mentions": 0.97, "quantities": 0.95, "speaker attribution": 0.85, "claims": 0.70}


def test_scores(reader: Reader, digest: Path, coded: list[Path]) -> None:
    scores, _ = scored(reader, [reader.read(read_text(digest))], coded)
    found = {row.kind: row.f1 for row in scores}
    assert set(LEAST) <= set(found)
    for kind, least in LEAST.items():
        assert found[kind] >= least, kind


@pytest.mark.parametrize(("name", "ministry", "other"), [("mfa-", "mfa-cn", "mofcom"), ("mofcom-", "mofcom", "mfa-cn")])
def test_the_right_ministry_is_named(reader: Reader, name: str, ministry: str, other: str) -> None:
    found = sorted(SAMPLES.glob(f"{name}*.txt")) if SAMPLES.is_dir() else []
    if not found:
        pytest.skip("needs the two reports")
    reading = reader.read(read_text(found[0]))
    named = {mention.key for mention in reading.mentions if mention.kind == "organisation"}
    assert ministry in named
    assert other not in named
    assert {said.organisation for said in reading.statements} == {ministry}
    assert reading.topic.key == "us-ai-diffusion-ifr-2025-01"
