"""Every option of the commands on law and on effects, once, as typed."""

from __future__ import annotations

import json
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import click
import pytest
from tests.running import Run

from dualuse.cli import cli

RULE = "us-ai-diffusion-ifr-2025-01"
DAY = ("--as-of", "2025-06-01")
JSON = ("--format", "json")


def card(done: CompletedProcess[str]) -> dict[str, Any]:
    assert done.returncode == 0, done.stderr
    document: dict[str, Any] = json.loads(done.stdout)
    return document


def test_check_with_every_fact(run: Run) -> None:
    words = (
        *(
            "check",
            "--item",
            "H100 SXM",
            "--quantity",
            "100",
            "--to",
            "Vietnam",
            "--hq",
            "越南",
            "--consignee-hq",
            "VN",
        ),
        *("--exporter", "NVIDIA", "--from", "US", "--end-use", "production", "--already-received", "1000"),
        *("--veu", "universal", "--private-sector", *DAY, "--lens", "codified", *JSON),
    )
    document = card(run(*words))
    assert document["answer"]["exception"] == "ACM"
    assert document["question"] == {
        "command": "check",
        "quantity": 100,
        "to": "VN",
        "product": "h100-sxm",
        "parent_hq": "VN",
        "consignee_hq": "VN",
        "exporter": "nvidia",
        "origin": "US",
        "end_use": "production",
        "already_received": 1000.0,
        "validated_end_user": "universal",
        "private_sector": True,
    }


def test_check_shapes_its_answer(run: Run) -> None:
    """What programs may rely on."""
    answer = card(run("check", "--item", "H100 SXM", "--quantity", "2000", "--to", "CH", "--hq", "CH", *DAY, *JSON))[
        "answer"
    ]
    assert set(answer) == {
        *("outcome", "exception", "review_policy", "requirements", "exceptions", "quantities", "duties"),
        *(["may_help"] if "may_help" in answer else []),
        *("under", "otherwise"),
    }
    assert set(answer["quantities"]) == {
        *("tpp_per_unit", "tpp_total", "h100_equivalents", "allocation_share", "lpp_limit_units"),
    }
    assert all({"code", "result", "failed"} <= set(row) for row in answer["exceptions"])
    assert all({"what", "bearer", "due"} <= set(row) for row in answer["duties"])
    assert {row["result"] for row in answer["exceptions"]} <= {"pass", "fail", "unknown"}


def test_check_a_government(run: Run) -> None:
    words = ("--item", "H100 SXM", "--to", "VN", "--hq", "VN", "--end-use", "storage", "--government", *DAY, *JSON)
    assert card(run("check", *words))["answer"]["outcome"] == "licence-required"


def test_check_a_paragraph(run: Run) -> None:
    done = run("check", "--item", "4E091", "--to", "Switzerland", "--hq", "Switzerland", *DAY)
    assert done.returncode == 0
    assert "\n! Licence required\n" in done.stdout
    assert "presumption of denial" in done.stdout


def test_check_in_other_forms(run: Run, clean: Path) -> None:
    words = ("check", "--item", "H100 SXM", "--to", "CH", "--hq", "CH", *DAY)
    assert "|" in run(*words, "--format", "md", "--brief").stdout
    assert run(*words, "--format", "csv", "-o", "card.csv").returncode == 0
    assert (clean / "card.csv").read_text("utf-8").splitlines()[0].count(",") >= 2
    assert run(*words, "-o", "card.csv").returncode == 2
    assert run(*words, "--output", "card.csv", "--force").returncode == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--item", "H100 SXM"), "--item and --to are needed"),
        (("--item", "H100 SXM", "--to", "CH", "--quantity", "0"), "0 is not in the range x>=1"),
        (("--item", "H100 SXM", "--to", "CH", "--quantity", "9" * 400), "from 1 to 1,000,000,000,000 units"),
        (("--item", "H100 SXM", "--to", "CH", "--already-received", "nan"), "a number from 0 up"),
        (("--item", "H100 SXM", "--to", "CH", "--end-use", "fun"), "'fun' is not one of"),
        (("--item", "H100 SXM", "--to", "Atlantis"), "no place 'Atlantis'"),
        (("--batch", "nowhere.csv"), "does not exist"),
        (("--jobs", "0"), "0 is not in the range"),
    ],
)
def test_check_refuses(run: Run, words: tuple[str, ...], said: str) -> None:
    done = run("check", *words)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_whatif(run: Run, clean: Path) -> None:
    (clean / "t.csv").write_text("id,item,quantity,to,hq\nsmall,H100 SXM,1699,CH,CH\n", "utf-8")
    words = ("whatif", "--move", "PL:supp5a", "--remove-exception", "LPP", "--by", RULE, "--batch", "t.csv")
    document = card(run(*words, "--set-threshold", "3a090.b-1/tpp-min=2500", *DAY, "--lens", "codified", *JSON))
    assert document["question"]["set_threshold"] == ["3a090.b-1/tpp-min=2500"]
    assert [row["tier_after"] for row in document["answer"]["places"]] == [1]
    assert document["answer"]["exposures"]
    assert [row["transaction"] for row in document["answer"]["transactions"]] == ["small"]


def test_whatif_remove(run: Run) -> None:
    document = card(run("whatif", "--remove", "us-h20-is-informed-2025-04", *DAY, *JSON))
    assert {row["effect"] for row in document["answer"]["differences"]} <= {"licence-needed", "uncertain"}
    assert document["answer"]["parties"][0]["id"] == "organisation:nvidia"
    refused = run("whatif", "--remove", RULE, "--move", "PL:supp5a")
    assert refused.returncode == 2
    assert "by itself" in refused.stderr


def test_whatif_sweep_stands_alone(run: Run) -> None:
    """What it tells is tried in ``test_whatif.py``, and that the command tells it in ``tests/cli/test_commands.py``."""
    refused = run("whatif", "--sweep", "--move", "PL:supp5a")
    assert refused.returncode == 2
    assert "--sweep tries every change by itself" in refused.stderr


def test_changes(run: Run) -> None:
    words = ("changes", "--from", "2026-01-31", "--to", "2026-02-28", "--kind", "membership", "--kind", "event", *JSON)
    rows = card(run(*words))["answer"]["changes"]
    assert {row["kind"] for row in rows} <= {"membership", "event"}
    assert any("Cambodia leaves Country Group D:5" in row["what"] for row in rows)
    refused = run("changes", "--from", "2026-02-28", "--to", "2026-01-31")
    assert refused.returncode == 2
    assert "--to 2026-01-31 is before --from 2026-02-28; swap them" in refused.stderr
    assert run("changes", "--from", "2026-02-30", "--to", "2026-03-01").returncode == 2


def test_groups(run: Run) -> None:
    assert len(card(run("groups", "CH", "瑞士", "澳門", *DAY, *JSON))["answer"]["places"]) >= 2
    counted = card(run("groups", "--count", "--claimed", "152", "--as-of", "2025-01-13", *JSON))["answer"]
    assert counted["claimed"] == 152
    for words in (("--count", "CH"), ("--claimed", "5"), ("Atlantis",)):
        assert run("groups", *words).returncode == 2


def test_a_receipt_says_how_the_place_stands(run: Run) -> None:
    for place, day, text in (
        ("MO", "2025-01-13", "MO not in Country Group D:5"),
        ("ET", "2025-01-13", "ET in doubt in Country Group D:5 since 2021-11-01"),
        ("KH", "2025-12-01", "KH in doubt in Country Group D:5 since 2025-11-07 until 2026-02-03"),
    ):
        told = [row["text"] for row in card(run("groups", place, "--as-of", day, *JSON))["because"]]
        assert text in told


def test_status(run: Run) -> None:
    document = card(run("status", f"{RULE}.748-supp-10-14", *DAY, "--lens", "codified", *JSON))
    assert document["answer"]["status"] == "effective-not-due"
    assert run("status", "AI擴散規則", *DAY, "--lens", "announced", "--brief").returncode == 0


def test_connected_and_why(run: Run) -> None:
    words = ("connected", "--by", RULE, "--party", "NVIDIA", "--channel", "item", "--kind", "company", "--depth", "0")
    rows = card(run(*words, *DAY, "--lens", "codified", *JSON))["answer"]["connected"]
    assert {row["channel"] for row in rows} == {"item"}
    told = card(run("why", "NVIDIA", RULE, "--all", "--depth", "1", *DAY, "--lens", "codified", *JSON))
    assert told["answer"]["paths"]


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        (("--item", "RTX 4090", "--to", "CN", "--hq", "CN", "--listed", "entity-list"), "licence-required"),
        (("--item", "3A090.a", "--to", "CN", "--hq", "CN", "--data-centre"), "licence-required"),
        (
            ("--item", "3A090.a", "--to", "CN", "--hq", "CN", "--not-data-centre", "--exporter", "NVIDIA"),
            "licence-exception",
        ),
        (("--item", "5D002.z", "--to", "CN", "--hq", "CN", "--not-data-centre", "--enc"), "licence-exception"),
        (("--item", "5A992.z", "--band", "upper", "--to", "FR", "--hq", "FR"), "licence-exception"),
        (("--item", "5A992.z", "--band", "lower", "--to", "FR", "--hq", "FR"), "no-licence-required"),
        (("--item", "5D002.z", "--to", "CN", "--hq", "CN", "--not-data-centre", "--no-enc"), "licence-required"),
        (
            ("--item", "3A090.c", "--to", "CN", "--hq", "US", "--hbm", "2.9", "--packaging", "eligible-site"),
            "licence-exception",
        ),
        (("--item", "H100 SXM", "--to", "CN", "--hq", "CN", "--not-us-market"), "licence-required"),
        (("--item", "H100 SXM", "--to", "CN", "--hq", "CN", "--us-market"), "licence-required"),
        (
            ("--item", "3A090.a", "--to", "SG", "--foreign-made", "--no-direct-product", "--us-content", "9"),
            "not-subject",
        ),
        (("--item", "H100 SXM", "--to", "CN", "--us-made", "--direct-product"), "licence-required"),
        (("--item", "3E001", "--to", "CN", "--deemed"), "indeterminate"),
        (("--item", "4D090", "--to", "CN", "--not-deemed"), "licence-required"),
        (
            ("--item", "Advanced logic IC", "--to", "CN", "--transistors", "31", "--packager", "approved-osat"),
            "licence-required",
        ),
        (("--item", "Advanced logic IC", "--to", "CN", "--designer", "approved"), "indeterminate"),
    ],
)
def test_what_the_law_asks_besides(run: Run, words: tuple[str, ...], outcome: str) -> None:
    assert card(run("check", *words, *DAY, *JSON))["answer"]["outcome"] == outcome


OWN = {
    "check": {
        *("--item", "--quantity", "--to", "--hq", "--consignee-hq", "--exporter", "--from", "--end-use"),
        *("--already-received", "--veu", "--private-sector", "--government", "--batch", "--jobs", "--ask"),
        *("--listed", "--entry-policy", "--enc", "--no-enc", "--data-centre", "--not-data-centre"),
        *("--hbm", "--packaging", "--us-market", "--not-us-market", "--consignee", "--ultimate-parent"),
        *("--us-content", "--transistors", "--us-part", "--no-us-part"),
        *("--end-use-in", "--d5-customers", "--no-d5-customers", "--foreign-equal", "--no-foreign-equal"),
        *("--foreign-made", "--us-made", "--direct-product", "--no-direct-product", "--deemed", "--not-deemed"),
        *("--designer", "--packager", "--band", "--under", "--made-in"),
    },
    "whatif": {"--move", "--remove-exception", "--set-threshold", "--by", "--batch", "--sweep", "--remove"},
    "changes": {"--from", "--to", "--kind", "--since-load"},
    "groups": {"--count", "--claimed"},
}
"""Options that a command has beside those all cards share; each is used above, or in the tests of tables."""


def options_of(command: str) -> set[str]:
    found = cli.get_command(click.Context(cli), command)
    assert found is not None
    options = (parameter for parameter in found.params if isinstance(parameter, click.Option))
    names = {name for option in options for name in (*option.opts, *option.secondary_opts)}
    return {name for name in names if name.startswith("--")}


@pytest.mark.parametrize("command", sorted(OWN))
def test_no_option_is_left_out_here(command: str) -> None:
    """A new option needs a test, and then a word in this list."""
    shared = options_of("status")
    assert {"--as-of", "--lens", "--store", "--brief", "--force", "--output", "--format"} <= shared
    assert options_of(command) - shared == OWN[command]


def test_a_store_is_named(run: Run, store_dir: Path) -> None:
    for words in (
        ("check", "--item", "H100 SXM", "--to", "CH", "--hq", "CH", *DAY),
        ("changes", "--from", "2026-01-31", "--to", "2026-02-28"),
    ):
        assert run(*words, "--store", store_dir).returncode == 0
        assert run(*words, "--store", "nowhere").returncode == 3
