"""Which side who takes in texts of three scripts, known to the record or not; and words that are no side."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from dualuse.news import Reading

CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("sides.yml").read_text("utf-8"))


def test_there_are_sides_and_counterparts() -> None:
    assert sum("statements" in case for case in CASES) >= 6
    assert sum("not" in case for case in CASES) >= 5


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:30] for case in CASES])
def test_side(read: Callable[[str], Reading], case: dict[str, Any]) -> None:
    made = [
        (said.stance, {said.speaker, said.organisation, said.speaker_label}) for said in read(case["text"]).statements
    ]
    for line in case.get("statements", []):
        who, stance = line.rsplit(" ", 1)
        assert any(stance == side and who in voices for side, voices in made), f"{line}: {made}"
    for stance in case.get("not", []):
        assert all(stance != side for side, _ in made), f"{stance}: {made}"
