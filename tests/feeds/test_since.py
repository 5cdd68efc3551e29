"""What a second snapshot changed, on two vintages made by hand: in words of the law, and kept with the second."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest
from tests.feeds.test_csl import EL, MADE_UP, table
from tests.feeds.test_ecfr import appendix, row
from tests.running import Run

from dualuse.feeds.changes import lines_of
from dualuse.feeds.entry import Entry, text, triples
from dualuse.feeds.feed import feeds
from dualuse.feeds.loading import Loading
from dualuse.feeds.places import Places
from dualuse.feeds.since import Change, Seen, Since
from dualuse.feeds.snapshot import Snapshot, read_snapshot
from dualuse.knowledge import Knowledge
from dualuse.questions.changes import changes
from dualuse.questions.parts.since import told
from dualuse.store import MemoryStore

Vintage = list[Entry]


def changed(feed: str, old: Vintage, new: Vintage, reader: str = "") -> list[Change]:
    kind = feeds()[feed]
    before = Snapshot("old", reader or kind.version, (), {}, "2025-01-24")
    lines = [line for entry in old for line in triples(kind.records, entry)]
    since = Since(kind, before, iter(lines), "new")
    for entry in new:
        assert since.take(entry) == "".join(triples(kind.records, entry))
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


def test_a_load_keeps_what_it_changed(tmp_path: Path, places: Places) -> None:
    store, file = MemoryStore(), tmp_path / "file"
    knowledge = Knowledge(store)

    def put(graph: str, lines: Iterable[str]) -> None:
        content = "".join(lines)
        store.store.clear_graph(ox.NamedNode(graph))
        store.store.load(content, format=ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode(graph))

    def load(kind: str, day: str, content: str) -> None:
        file.write_text(content, "utf-8")
        before = read_snapshot(store, kind)
        loading = Loading(feeds()[kind], file, before, ("columns",), date.fromisoformat(day), "https://example.org/f")
        loading.loaded = lambda: lines_of(store, kind)
        loading.into(put, places)

    load("ecfr", "2025-01-24", vintage("X", "One."))
    first = changes(knowledge, since_load="ecfr")
    assert first.answer.changes == []
    assert first.unknown[-1].why_it_matters.startswith("there is no snapshot before it")
    load("ecfr", "2026-07-23", vintage("", "Two."))
    load("csl", "2026-07-23", table(MADE_UP | {"source": EL}))
    second = changes(knowledge, since_load="all")
    rows = [(each.date, each.kind, each.what, each.provision) for each in second.answer.changes]
    assert rows == [
        ("2026-07-23", "ecfr", "§ 740.29(b) changed its text", "15 CFR 740.29(b)"),
        ("2026-07-23", "ecfr", "Cambodia left D:5", "Supp. No. 1 to part 740"),
    ]
    assert {each.source for each in second.because} == {"https://example.org/f"}
    gaps = {each.what: each.why_it_matters for each in second.unknown}
    assert "of 2025-01-24 and 2026-07-23" in gaps["when each change in ecfr took effect"]
    assert gaps["what changed in entity-list"] == "nothing of it is loaded: dualuse load entity-list FILE"
    snapshot = read_snapshot(store, "ecfr")
    assert snapshot is not None
    assert (snapshot.retrieved, snapshot.lists["country-group-D"]) == ("2026-07-23", 1), "the one before is no snapshot"
    load("ecfr", "2026-08-01", vintage("", "Two."))
    assert changes(knowledge, since_load="ecfr").answer.changes == [], "the same words again"


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
