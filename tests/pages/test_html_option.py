"""``--html`` on the commands that answer with a card."""

from pathlib import Path

import pytest
from tests.running import Run

from dualuse.knowledge import Knowledge
from dualuse.questions.groups import groups
from dualuse.show.html import answer_page, read_labels

from .conftest import DAY, RULE

ON = ("--as-of", DAY.isoformat())


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("groups", "CH", *ON), "Which country groups and which tier hold Switzerland?"),
        (("groups", "--count", *ON), "How many places are in each tier?"),
        (("status", RULE, *ON), "Codified: in force; enforced: not enforced; announced: ended"),
        (
            ("check", "--item", "H100 SXM", "--quantity", "100", "--to", "CH", "--hq", "CH", *ON),
            "Licence exception LPP",
        ),
        (("changes", "--from", "2026-01-31", "--to", "2026-02-28"), "What changed after 2026-01-31"),
    ],
    ids=lambda given: given[0] if isinstance(given, tuple) else "",
)
def test_a_page_beside_the_answer(run: Run, clean: Path, arguments: tuple[str, ...], told: str) -> None:
    plain = run(*arguments)
    answer = run(*arguments, "--html", "page.html")
    assert (answer.returncode, answer.stdout) == (0, plain.stdout)
    page = (clean / "page.html").read_text("utf-8")
    assert answer.stderr == f"Wrote page.html ({(clean / 'page.html').stat().st_size:,} bytes)\n"
    assert told in page
    assert page.startswith("<!doctype html>")


def test_names_come_in_three_languages(run: Run, clean: Path) -> None:
    assert run("groups", "CH", *ON, "--html", "page.html").returncode == 0
    assert '["Switzerland","瑞士","瑞士"]' in (clean / "page.html").read_text("utf-8")


def test_names_are_read_for_what_a_card_mentions(knowledge: Knowledge) -> None:
    given = groups(knowledge, "CH", "TW", as_of=DAY)
    labels = read_labels(knowledge.store, given)
    assert labels["place", "CH"].hant == "瑞士"
    assert ("place", "TW") in labels
    assert ("place", "PL") not in labels
    assert answer_page(given, labels=labels) == answer_page(given, labels=read_labels(knowledge.store, given))


def test_a_file_that_is_there_is_kept(run: Run, clean: Path) -> None:
    (clean / "page.html").write_text("old")
    answer = run("groups", "CH", *ON, "--html", "page.html")
    assert (answer.returncode, answer.stdout) == (2, "")
    assert "page.html is there already; overwrite it with --force, or choose another file" in answer.stderr
    assert (clean / "page.html").read_text() == "old"
    assert run("groups", "CH", *ON, "--html", "page.html", "--force").returncode == 0
    assert (clean / "page.html").read_text("utf-8").startswith("<!doctype html>")


def test_one_file_cannot_hold_both(run: Run, clean: Path) -> None:
    answer = run("groups", "CH", *ON, "--html", "page.html", "-o", "page.html")
    assert answer.returncode == 2
    assert "page.html cannot hold both the answer and the page" in answer.stderr
    assert list(clean.iterdir()) == []


def test_a_page_to_standard_output_takes_the_place_of_the_table(run: Run, clean: Path) -> None:
    answer = run("groups", "CH", *ON, "--html", "-")
    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout.startswith("<!doctype html>")
    assert answer.stdout.endswith("</html>\n")
    both = run("groups", "CH", *ON, "--html", "-", "-o", "card.json", "--format", "json")
    assert both.stdout == answer.stdout
    assert (clean / "card.json").is_file()
