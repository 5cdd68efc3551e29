"""What a second snapshot changed, on two vintages made by hand: in words of the law, and kept with the second."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from tests.feeds.test_csl import EL, MADE_UP, table
from tests.feeds.test_ecfr import appendix, row
from tests.running import Run

from dualuse.feeds.entry import Entry, text, triples
from dualuse.feeds.feed import feeds
from dualuse.feeds.since import Change, Seen, Since
from dualuse.feeds.snapshot import Snapshot
from dualuse.questions.parts.since import told

Vintage = list[Entry]


def changed(feed: str, old: Vintage, new: Vintage, reader: str = "") -> list[Change]:
    kind = feeds()[feed]
    before = Snapshot("old", reader or kind.version, (), {}, "2025-01-24")
    lines = [line for entry in old for line in triples(kind.records, entry)]
    since = Since(kind, before, iter(lines), "new")
    for entry in new:
        made = list(triples(kind.records, entry))
        assert since.take(made) == made
    written = list(since.lines())
    assert all(line.endswith(" .\n") for line in written)
    return since._changes


def words(feed: str, changes: list[Change], **lists: str) -> list[str]:
    seen = Seen("2025-01-24", "2026-07-23", "https://example.org/", feed, {}, sorted(changes), lists)
    return [said for _, said, _ in told(feed, seen)]


def country(key: str, label: str, *groups: str) -> Entry:
    says = tuple(text("schema:memberOf", group) for group in groups)
    return Entry(f"740.supplement-1.{key}", label, {"country": label}, says, f"country-group-{key[0]}")


def paragraph(key: str, told_: str) -> Entry:
    return Entry(key, f"§ {key}", {"text": told_}, (), "paragraphs")


def test_the_regulations() -> None:
    old = [
        country("D.KH", "Cambodia", "D:1", "D:5"),
        country("D.CN", "China (PRC)", "D:1", "D:5"),
        paragraph("740.29(b)", "(b) One."),
        paragraph("740.29(c)", "(c) The same."),
        paragraph("740.27", ""),
        paragraph("740.27(a)", "(a) It goes with its section."),
        Entry("774.supplement-1.3A090", "3A090 Circuits", {"text": "a. 4800"}, (), "control-list"),
        Entry("738.supplement-1.IN", "India", {}, (text("du:countryChartColumn", "NS 1"),), "country-chart"),
        Entry("amended-line-2", "Amended", {}, (text("dct:modified", "2025-01-24"),), kind="du:FeedNote"),
    ]
    new = [
        country("D.KH", "Cambodia", "D:1"),
        country("D.CN", "China (PRC)", "D:1", "D:5"),
        country("A.AE", "United Arab Emirates", "A:5"),
        paragraph("740.29(b)", "(b) Two."),
        paragraph("740.29(c)", "(c) The same."),
        paragraph("740.30(a)", "(a) New."),
        Entry("774.supplement-1.3A090", "3A090 Circuits", {"text": "a. 6000"}, (), "control-list"),
        Entry("738.supplement-1.IN", "India", {}, (text("du:countryChartColumn", "NS 2"),), "country-chart"),
        Entry("supplement-5-to-740", "Supplement No. 5 to Part 740", {"heading": "New"}, (), "supplements"),
    ]
    assert words("ecfr", changed("ecfr", old, new)) == [
        "Country Chart: India is marked in NS 2",
        "Country Chart: India is no longer marked in NS 1",
        "§ 740.27 is gone",
        "§ 740.29(b) changed its text",
        "§ 740.30(a) is new",
        "United Arab Emirates joined A:5",
        "Cambodia left D:5",
        "ECCN 3A090 changed its text",
        "Supplement No. 5 to part 740 is new",
    ]
    assert changed("ecfr", old, old) == []
    assert changed("ecfr", old, new, reader="ecfr-0") == [], "another reader would be the change"


def party(key: str, *says: tuple[str, str]) -> Entry:
    made = tuple(text(name, value) for name, value in says)
    return Entry(key, f"Made-up {key}", {"name": key}, made, "EL")


def test_a_list() -> None:
    cited = ("dct:bibliographicCitation", "89 FR 96830")
    old = [party("1", cited), party("2", cited, ("du:footnote", "4"))]
    new = [party("2", cited, ("du:footnote", "5")), party("3", ("dct:bibliographicCitation", "90 FR 4621"))]
    assert words("csl", changed("csl", old, new), EL="Entity List (EL) - Bureau") == [
        "added to the Entity List: Made-up 3 (90 FR 4621)",
        "changed on the Entity List: Made-up 2: footnote 4 → 5",
        "no longer on the Entity List: Made-up 1 (89 FR 96830)",
    ]


def test_documents() -> None:
    def document(number: str, title: str, *days: str) -> Entry:
        says = (text("dct:bibliographicCitation", "90 FR 1"), *(text("schema:startDate", day) for day in days))
        return Entry(number, title, {"title": title}, says, "RULE")

    old = [document("2025-00001", "A rule", "2025-01-13")]
    new = [document("2025-00001", "A rule", "2025-02-13"), document("2025-00002", "Another")]
    assert words("federal-register", changed("federal-register", old, new)) == [
        "published: Another (90 FR 1; 2025-00002)",
        "A rule (2025-00001): effective 2025-01-13 → 2025-02-13",
    ]


def vintage(five: str, clause: str) -> str:
    """Part 740 with one row of Country Group D and one paragraph."""
    head = row("Country", *(f"[D:{count}]" for count in range(1, 6)), tag="TH")
    table_ = f"<HD1>Country Group D</HD1><TABLE>{head}{row('Cambodia', 'X', '', '', 'X', five)}</TABLE>"
    section = f'<DIV8 N="§ 740.29" TYPE="SECTION"><HEAD>§ 740.29   Made up.</HEAD><P>(b) {clause}</P></DIV8>'
    return f"<ECFR><DIV5 N='740' TYPE='PART'>{appendix(1, 740, table_)}{section}</DIV5></ECFR>"


@pytest.fixture
def store(store_dir: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(store_dir, tmp_path / "store"))


def test_the_command(run: Run, store: Path, clean: Path) -> None:
    def asked(*kind: str) -> dict[str, Any]:
        answer = run("changes", "--since-load", *kind, "--store", store, "--format", "json")
        assert (answer.returncode, answer.stderr) == (0, "")
        card: dict[str, Any] = json.loads(answer.stdout)
        return card

    def load(kind: str, day: str, content: str) -> None:
        (clean / "file").write_text(content, "utf-8")
        done = run("load", kind, "file", "--store", store, "--retrieved", day, "--source", "https://example.org/f")
        assert done.returncode == 0, done.stderr

    load("ecfr", "2025-01-24", vintage("X", "One."))
    first = asked("ecfr")
    assert first["answer"]["changes"] == []
    assert first["unknown"][0]["why_it_matters"].startswith("there is no snapshot before it")
    load("ecfr", "2026-07-23", vintage("", "Two."))
    second = asked()
    rows = [(each["date"], each["kind"], each["what"], each["provision"]) for each in second["answer"]["changes"]]
    assert rows == [
        ("2026-07-23", "ecfr", "§ 740.29(b) changed its text", "15 CFR 740.29(b)"),
        ("2026-07-23", "ecfr", "Cambodia left D:5", "Supp. No. 1 to part 740"),
    ]
    assert {each["source"] for each in second["because"]} == {"https://example.org/f"}
    gaps = {each["what"]: each["why_it_matters"] for each in second["unknown"]}
    assert "of 2025-01-24 and 2026-07-23" in gaps["when each change in ecfr took effect"]
    assert gaps["what changed in csl"] == "nothing of it is loaded: dualuse load csl FILE"
    again = run("load", "ecfr", "file", "--store", store)
    assert "nothing changed" in again.stderr
    assert asked("ecfr")["answer"] == second["answer"], "the same file again leaves what is known of the change"
    shown = run("changes", "--since-load", "ecfr", "--store", store)
    assert "Cambodia left D:5" in shown.stdout
    load("csl", "2026-07-23", table(MADE_UP | {"source": EL}))
    assert asked("ecfr")["answer"] == second["answer"]


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        ((), "give the period"),
        (("--from", "2025-01-01"), "give the period"),
        (("--since-load", "--from", "2025-01-01"), "leave --from, --to and --kind out"),
        (("--since-load", "gleif"), "'gleif' is not one of"),
    ],
)
def test_what_does_not_go_together_is_told(run: Run, arguments: tuple[str, ...], why: str) -> None:
    done = run("changes", *arguments)
    assert (done.returncode, why in done.stderr) == (2, True), done.stderr
