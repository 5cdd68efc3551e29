"""The record held against texts made by hand: what agrees, what differs, what is in one of the two alone."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from tests.feeds.test_csl import EL, MADE_UP, table
from tests.feeds.test_ecfr import appendix, row
from tests.running import Run

from dualuse.errors import UsageError
from dualuse.feeds.feed import feeds
from dualuse.feeds.loading import Loading
from dualuse.feeds.places import Places
from dualuse.knowledge import Knowledge
from dualuse.questions.reconcile import Compared, Kind, Reconciled, reconcile
from dualuse.reconcile.told import of_file, of_store
from dualuse.store import MemoryStore

DAY = "2025-01-24"
GROUPS = appendix(
    1,
    740,
    "<HD1>Country Group D</HD1><TABLE>"
    + row("Country", *(f"[D:{count}]" for count in range(1, 6)), tag="TH")
    + row("Belarus", "X", "", "X", "X", "")
    + row("Cambodia", "X", "", "", "X", "X")
    + row("China (PRC)", "X", "", "X", "X", "X")
    + row("Macau", "X", "", "X", "X", "")
    + row("Poland", "", "", "", "", "X")
    + row("Atlantis", "", "", "", "", "X")
    + "</TABLE>",
)
FIVE = appendix(5, 740, "<P>(a) Destinations eligible:</P><P>Australia</P><P>Portugal</P><P>(b) Others:</P>")
TEN = appendix(10, 748, "<P>6. Geographic allocations. No more than 25% abroad, 7 percent in one country.</P>")
SECTIONS = """<DIV8 N="§ 740.27" TYPE="SECTION"><HEAD>§ 740.27   Made up.</HEAD>
<P>(a) <I>Scope.</I> See § 740.2 and 3A090.a.</P><P>(b) <I>Duties.</I> None.</P>
<P>(c) <I>Reports.</I> Above 200,000,000 TPP.</P></DIV8>
<DIV8 N="§ 740.28" TYPE="SECTION"><HEAD>§ 740.28   Made up.</HEAD><P>(e) <I>Counts.</I> Every six months.</P></DIV8>
<DIV8 N="§ 740.29" TYPE="SECTION"><HEAD>§ 740.29   Made up.</HEAD>
<P>(a) <I>Scope.</I> Up to 26,900,000 TPP a calendar year.</P></DIV8>
"""
CHIPS = appendix(
    1,
    774,
    """<FP-2><B>3A090 Integrated circuits as follows.</B></FP-2><HD1>List of Items Controlled</HD1>
<P>a. Circuits having either of the following:</P><P>a.1. A 'total processing performance' of 4800 or more, or</P>
<P>a.2. A 'total processing performance' of 1600 or more and a 'performance density' of 5.92 or more.</P>
<P>b. Circuits having either of the following:</P>
<P>b.1. A 'total processing performance' of 2400 or more and less than 5000 and a 'performance density' of 1.6 or more
and less than 5.92, or</P>
<P>b.2. A 'total processing performance' of 1600 or more and less than 4800 and a 'performance density' of 3.2 or more
and less than 5.92.</P><P>Note 2 to 3A090: below 4,800 TPP.</P>""",
)


def law(amended: str = "", day: str = "Jan. 24, 2025") -> str:
    part = f'<DIV5 N="740" TYPE="PART"><HEAD>PART 740</HEAD>{GROUPS}{FIVE}{SECTIONS}{amended}</DIV5>'
    others = f'<DIV5 N="748" TYPE="PART"><HEAD>PART 748</HEAD>{TEN}</DIV5><DIV5 N="774" TYPE="PART">{CHIPS}</DIV5>'
    return f"<?xml version='1.0'?><ECFR>{f'<AMDDATE>{day}</AMDDATE>' if day else ''}{part}{others}</ECFR>"


def asked(knowledge: Knowledge, kind: Kind, file: Path, text: str, **how: object) -> Reconciled:
    file.write_text(text, "utf-8")
    card = reconcile(knowledge, kind, file, every=True, **how)  # type: ignore[arg-type]  # options by name
    assert len(card.because) > 2
    answer: Reconciled = card.answer
    return answer


def verdicts(answer: Reconciled, kind: str) -> dict[str, str]:
    return {each.subject: each.verdict for each in answer.facts if each.compared == kind}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "text"


@pytest.fixture(scope="module")
def regulations(knowledge: Knowledge, tmp_path_factory: pytest.TempPathFactory) -> Reconciled:
    return asked(knowledge, "ecfr", tmp_path_factory.mktemp("law") / "text", law())


def facts(answer: Reconciled, kind: str) -> Iterator[Compared]:
    return (each for each in answer.facts if each.compared == kind)


def test_country_groups_both_ways(regulations: Reconciled) -> None:
    five = {each.subject.removesuffix(" in Country Group D:5"): each for each in facts(regulations, "country-group")}
    assert {name: five[name].verdict for name in ("Cambodia", "China", "Belarus", "Russia", "Poland", "Atlantis")} == {
        "Cambodia": "agrees",
        "China": "agrees",
        "Belarus": "differs",  # it has a row without the mark
        "Russia": "not-in-feed",  # it has no row
        "Poland": "not-in-record",
        "Atlantis": "not-in-record",
    }
    assert (five["Cyprus"].verdict, five["Cyprus"].record, five["Cyprus"].feed) == (
        "agrees",
        "not before 2026-10-01",
        "not named",
    )
    assert five["Macao (Macau)"].verdict == "agrees", "said to be no member"
    assert (five["Ethiopia"].verdict, five["Ethiopia"].why) == ("not-compared", "the record has it contested")
    assert five["Atlantis"].why == "the record has no place of this name"
    assert (five["Belarus"].feed, five["Belarus"].id) == ("Belarus is named and not marked", "membership:us-d5.by")
    assert five["Belarus"].where == "Supp. No. 1 to part 740, Country Group D:5, row Belarus"
    assert not any("Country Group A:5" in each.subject for each in facts(regulations, "country-group"))


def test_supplement_5(regulations: Reconciled) -> None:
    found = verdicts(regulations, "supplement-5")
    assert found["Australia in Supplement No. 5, paragraph (a)"] == "agrees"
    assert found["Japan in Supplement No. 5, paragraph (a)"] == "not-in-feed"
    assert found["Portugal in Supplement No. 5, paragraph (a)"] == "not-in-record"


def test_thresholds_limit_by_limit(regulations: Reconciled) -> None:
    found = {each.subject: (each.record, each.feed, each.verdict) for each in facts(regulations, "threshold")}
    assert found["3a090.a-1: TPP, at least"] == ("4,800", "4,800", "agrees")
    assert found["3a090.a-2: performance density, at least"] == ("5.92", "5.92", "agrees")
    assert found["3a090.b-1: TPP, below"] == ("4,800", "5,000", "differs")
    assert found["3a090.b-2: TPP, below"] == ("", "4,800", "not-in-record")
    assert found["3a090.a-2022"][2] == "not-compared", "it held until 2023"


def test_other_figures(regulations: Reconciled) -> None:
    found = {each.subject: (each.feed, each.verdict) for each in facts(regulations, "figure")}
    assert found["licence exception LPP (26,900,000 TPP a year)"] == ("26,900,000", "agrees")
    assert found["ACM facility-level accounting updated every six months"] == ("6", "agrees")
    assert found["AIA certificate filing threshold of 253,000,000 TPP"] == ("200,000,000", "differs")
    assert found["UVEU ceiling of 7 percent in any single country"] == ("7", "agrees")
    assert found["UVEU floor of 75 percent within Supplement No. 5(a)"] == ("25; 7", "differs")
    assert found["Note 2 exclusion for non-data-centre chips below 4,800 TPP"] == ("4,800", "agrees")
    assert found["uplifted country allocation of 1,580,000,000 TPP (computed)"][1] == "not-compared"


def test_provisions(regulations: Reconciled) -> None:
    found = {each.id: (each.verdict, each.why) for each in facts(regulations, "provision")}
    rule = "provision:us-ai-diffusion-ifr-2025-01"
    assert found[f"{rule}.740.27-c"] == ("agrees", "")
    missing = "the section is in the text, this paragraph is not"
    assert found[f"{rule}.740.27-b-1"] == ("not-in-feed", missing)
    assert found[f"{rule}.748-supp-10-6"][0] == "agrees"
    assert found[f"{rule}.748-supp-10-7"][0] == "not-in-feed"
    assert found["provision:us-fdp-hbm-ifr-2024-12.740.25"] == ("not-in-feed", "the part is in the text, this is not")
    assert found["provision:us-ear.746.2-a"] == ("not-compared", "part 746 is not whole in the text")
    later = "us-ic-designer-extension-2026-04 takes effect on 2026-04-07; the text is of 2025-01-24"
    assert found["provision:us-ic-designer-extension-2026-04.eccn-3a090-note-1"] == ("not-compared", later)


def test_the_day_is_told_and_never_guessed_in_silence(knowledge: Knowledge, file: Path) -> None:
    own = asked(knowledge, "ecfr", file, law())
    assert (own.day, own.day_told_by) == (DAY, "the text itself")
    volumes = law().replace("<AMDDATE>", "<AMDDATE>Jan. 2, 2025</AMDDATE>\n<AMDDATE>")
    file.write_text(volumes, "utf-8")
    text = of_file(feeds()["ecfr"], file, Places(knowledge.names), None)
    assert (text.day.isoformat(), text.day_from) == (DAY, "the text itself, the last of 2 days that it has")
    said = asked(knowledge, "ecfr", file, law(), as_of="2026-03-01")
    assert (said.day, said.day_told_by) == ("2026-03-01", "--as-of")
    assert verdicts(said, "country-group")["Cambodia in Country Group D:5"] == "differs", "it left in 2026"
    file.write_text(law(day=""), "utf-8")
    os.utime(file, (1_700_000_000, 1_700_000_000))
    card = reconcile(knowledge, "ecfr", file)
    changed = date.fromtimestamp(1_700_000_000)
    assert (card.as_of, card.answer.day_told_by) == (changed, "the last change of the file")
    assert card.unknown[0].what == "of which day the text is"
    assert all(each.verdict not in ("agrees", "not-compared") for each in card.answer.facts)


HUAWEI = MADE_UP | {
    "source": EL,
    "name": "Huawei Technologies Co., Ltd. (Huawei)",
    "federal_register_notice": "84 FR 22961; 84 FR 43495",
    "start_date": "2019-05-16",
    "license_policy": "Presumption of denial.",
}
LISTED = [
    HUAWEI,
    HUAWEI | {"name": "Huawei Made-up GmbH"},
    HUAWEI
    | {
        "name": "Wingtech Technology Co., Ltd.",
        "federal_register_notice": "89 FR 96899",
        "start_date": "2024-12-02",
        "license_policy": "Case-by-case",
    },
    HUAWEI | {"name": "Sophgo Technologies Ltd.", "federal_register_notice": "88 FR 1111", "start_date": "2025-01-17"},
]


def test_listings(knowledge: Knowledge, file: Path) -> None:
    answer = asked(knowledge, "csl", file, table(*LISTED), as_of="2025-06-01")
    found = {(each.compared, each.id): each for each in answer.facts}
    huawei, wingtech, sophgo = "listing:rl-233", "listing:rl-241", "listing:rl-235"
    kinds = ("listing", "listing-notice", "listing-day", "listing-policy")
    assert [found[kind, huawei].verdict for kind in kinds[:3]] == ["agrees"] * 3
    assert found["listing-policy", wingtech].verdict == "differs"
    assert found["listing-notice", wingtech].why == "it takes effect on 2024-12-02 too"
    assert [found[kind, sophgo].verdict for kind in kinds[:3]] == ["agrees", "differs", "differs"]
    assert found["listing", "listing:rl-300"].verdict == "not-in-feed", "SMIC"
    (other,) = (each for each in answer.facts if each.id is None)
    assert (other.subject, other.verdict) == ("Huawei Made-up GmbH", "not-in-record")
    early = asked(knowledge, "csl", file, table(*LISTED), as_of="2018-01-01")
    assert verdicts(early, "listing")["Huawei Technologies Co., Ltd."] == "differs", (
        "listed in the feed, not yet on record"
    )
    assert verdicts(early, "listing")["Semiconductor Manufacturing International Corporation"] == "agrees"


def test_the_entity_list_of_the_law(knowledge: Knowledge, file: Path) -> None:
    head = row(
        "Country", "Entity", "License requirement", "License review policy", "Federal Register citation", tag="TH"
    )
    items, denial = "For all items subject to the EAR. (See § 744.11 of the EAR)", "Presumption of denial"
    wingtech = row("CHINA", "Wingtech Technology Co., Ltd., Jiaxing, China.", items, denial, "89 FR 96899, 12/5/24.")
    smic = row("CHINA", "Made Up Co., Ltd., Beijing, China.", items, denial, "88 FR 71991, 10/19/23.")
    text = f"<ECFR>{appendix(4, 744, f'<TABLE>{head}{wingtech}{smic}</TABLE>')}</ECFR>"
    answer = asked(knowledge, "entity-list", file, text, as_of="2025-06-01")
    found = {(each.compared, each.id): each for each in answer.facts}
    notice = found["listing-notice", "listing:rl-241"]
    assert (notice.verdict, notice.why) == ("agrees", "a page of the notice of 2024-12-05")
    day = found["listing-day", "listing:rl-241"]
    assert (day.verdict, day.why) == ("not-compared", "the list gives no day of effect, only its notices")
    assert found["listing", None].subject == "Made Up Co., Ltd."


def test_a_list_that_the_feed_lacks_is_not_compared(knowledge: Knowledge, file: Path) -> None:
    file.write_text(table(HUAWEI | {"source": "Unverified List (UVL) - Bureau of Industry and Security"}), "utf-8")
    card = reconcile(knowledge, "csl", file, as_of=DAY)
    assert card.answer.facts == []
    assert card.unknown[0].why_it_matters == "the feed does not have that list"


RULE: dict[str, Any] = {
    "document_number": "2025-00636",
    "title": "Framework for Artificial Intelligence Diffusion",
    "type": "Rule",
    "publication_date": "2025-01-15",
    "citation": "90 FR 4544",
    "dates": "This rule is effective January 13, 2025.",
}
OTHER = RULE | {
    "document_number": "2025-99999",
    "title": "Other",
    "citation": "90 FR 99999",
    "publication_date": "2025-02-01",
}
OTHER |= {"cfr_references": [{"title": 15, "part": 744}]}


def test_documents(knowledge: Knowledge, file: Path) -> None:
    text = json.dumps({"results": [RULE, OTHER]})
    answer = asked(knowledge, "federal-register", file, text)
    rule = "instrument:us-ai-diffusion-ifr-2025-01"
    found = {(each.compared, each.id): each for each in answer.facts}
    kinds = ("document", "document-number", "document-page", "publication-day", "effective-day", "title")
    assert {kind: found[kind, rule].verdict for kind in kinds} == dict.fromkeys(kinds, "agrees")
    assert found["document", None].verdict == "not-in-record"
    zhipu = found["document", "instrument:us-entity-list-zhipu-2025-01"]
    assert zhipu.verdict == "not-in-feed", "published on 16 January, between the days of the file"
    assert found["document", "instrument:us-uae-rule-2026-07"].verdict == "not-compared"
    wrong = RULE | {"document_number": "2025-00637", "publication_date": "2025-01-16", "dates": "", "title": "Frame"}
    found = {
        (each.compared, each.id): each for each in asked(knowledge, "federal-register", file, json.dumps([wrong])).facts
    }
    assert {kind: found[kind, rule].verdict for kind in kinds} == {
        "document": "agrees",  # found by its page
        "document-number": "differs",
        "document-page": "agrees",
        "publication-day": "differs",
        "effective-day": "not-compared",
        "title": "differs",
    }


def test_the_command(run: Run, clean: Path) -> None:
    (clean / "law.xml").write_text(law(), "utf-8")
    shown = run("reconcile", "ecfr", "law.xml")
    assert (shown.returncode, shown.stderr) == (0, "")
    lines = shown.stdout.splitlines()
    assert lines[0] == "Does the record agree with the regulations, as law.xml has it?"
    assert any(line.startswith("reconcile · kind ecfr · file law.xml · as of 2025-01-24") for line in lines)
    assert "Day told by: the text itself" in shown.stdout.partition("country-group")[0]
    assert "agrees" not in {line.split(" ")[0] for line in lines}
    assert any(line.startswith("… and ") and line.endswith(" more: --all") for line in lines)
    every = run("reconcile", "ecfr", "law.xml", "--all", "--as-of", "2025-01-20", "--html", "page.html")
    assert "agrees" in {line.split(" ")[0] for line in every.stdout.splitlines()}
    page = (clean / "page.html").read_text("utf-8")
    assert "紀錄與《出口管理條例》（law.xml）是否一致？" in page
    assert "僅見於紀錄" in page
    rows = list(csv.DictReader(io.StringIO(run("reconcile", "ecfr", "law.xml", "--format", "csv").stdout)))
    assert {each["verdict"] for each in rows} == {"differs", "not-in-feed", "not-in-record"}
    strict = run("reconcile", "ecfr", "law.xml", "--strict", "--format", "json")
    assert strict.returncode == 1
    assert json.loads(strict.stdout)["answer"]["differ"] == len(rows)
    assert "are in one of the two alone" in strict.stderr


def test_what_is_loaded_is_read_as_a_file_is(knowledge: Knowledge, file: Path) -> None:
    feed, places, store = feeds()["ecfr"], Places(knowledge.names), MemoryStore()
    for content, day, told_by in (
        (law(), DAY, "the text itself"),
        (law(day=""), "2025-03-01", "the day on which it was had"),
    ):
        file.write_text(content, "utf-8")
        loading = Loading(feed, file, None, ("columns",), date(2025, 3, 1), "")
        loading.into(lambda graph, lines: put(store, graph, lines), places)
        loaded, read = of_store(feed, store, None), of_file(feed, file, places, None)
        assert dict(sorted(loaded.records.items())) == dict(sorted(read.records.items()))
        assert (loaded.day.isoformat(), loaded.day_from) == (day, told_by)
    assert read.records["740.supplement-1.D.KH"].said("schema:memberOf") == ("D:1", "D:4", "D:5")
    with pytest.raises(UsageError, match="dualuse load ecfr FILE"):
        reconcile(knowledge, "ecfr")


def put(store: MemoryStore, graph: str, lines: Iterable[str]) -> None:
    """Replace a graph by lines of N-Triples."""
    content = "".join(lines)
    store.store.clear_graph(ox.NamedNode(graph))
    store.store.load(content, format=ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode(graph))


@pytest.mark.parametrize(("name", "why"), [("none", "no such file"), ("empty", "no XML of the eCFR")])
def test_bad_files_are_told(knowledge: Knowledge, tmp_path: Path, name: str, why: str) -> None:
    (tmp_path / "empty").write_text("", "utf-8")
    with pytest.raises(UsageError, match=why):
        reconcile(knowledge, "ecfr", tmp_path / name)
    with pytest.raises(UsageError, match="nearest: csl"):
        reconcile(knowledge, "cls")  # type: ignore[arg-type]  # no kind, on purpose
