"""The lens: one enumeration, checked wherever one enters; that it is the scheme's is in ``tests/ontology``."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from importlib.resources import files

import pytest
from click.testing import CliRunner

from dualuse.cli import cli
from dualuse.errors import UsageError
from dualuse.explore.make import explorer_page
from dualuse.knowledge import Knowledge
from dualuse.lens import Lens
from dualuse.questions.check import check
from dualuse.questions.connected import connected
from dualuse.questions.exposure import exposure
from dualuse.questions.status import status
from dualuse.questions.whatif import whatif
from dualuse.questions.why import why

RULE = "us-ai-diffusion-ifr-2025-01"
DAY = date(2025, 6, 1)
DOORS: dict[str, Callable[[Knowledge, str], object]] = {
    "status": lambda k, lens: status(k, RULE, as_of=DAY, lens=lens),
    "check": lambda k, lens: check(k, "H100 SXM", 10, "CH", as_of=DAY, lens=lens),
    "affected": lambda k, lens: k.affected(as_of=DAY, lens=lens, by=[RULE]),
    "connected": lambda k, lens: connected(k, as_of=DAY, lens=lens, by=[RULE]),
    "why": lambda k, lens: why(k, "Nvidia", RULE, as_of=DAY, lens=lens),
    "exposure": lambda k, lens: exposure(k, as_of=DAY, lens=lens),
    "owned": lambda k, lens: k.owned("Nvidia", as_of=DAY, lens=lens),
    "whatif": lambda k, lens: whatif(k, moves=["PL:supp5a"], as_of=DAY, lens=lens),
    "sweep": lambda k, lens: whatif(k, sweep=True, as_of=DAY, lens=lens),
    "explorer": lambda k, lens: explorer_page(k, DAY, lens),
    "network": lambda k, lens: k.network(as_of=DAY, lens=lens),
}


@pytest.mark.parametrize("door", sorted(DOORS))
def test_an_unknown_lens_is_refused_with_the_known_ones(knowledge: Knowledge, door: str) -> None:
    with pytest.raises(UsageError, match="no lens 'enforce'; known: codified, enforced, announced"):
        DOORS[door](knowledge, "enforce")


def test_the_page_knows_the_same_lenses() -> None:
    script = (files("dualuse.explore") / "templates" / "law_status.js").read_text(encoding="utf-8")
    (found,) = re.findall(r"const LENSES = (\[.*?\]);", script)
    assert json.loads(found) == list(Lens)


def test_commands_offer_the_same_lenses() -> None:
    result = CliRunner().invoke(cli, ["status", RULE, "--lens", "enforce"])
    assert result.exit_code == 2
    assert "'codified', 'enforced', 'announced'" in result.output
