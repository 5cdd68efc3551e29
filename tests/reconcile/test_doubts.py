"""What could not be compared is never told to agree, and nothing of a file is lost without a word."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.feeds.test_csl import table
from tests.feeds.test_ecfr import row
from tests.reconcile.test_reconcile import DAY, LISTED, RULE, asked, facts, law, verdicts

from dualuse.knowledge import Knowledge
from dualuse.questions.reconcile import Kind, reconcile


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "text"


def doubts(knowledge: Knowledge, kind: Kind, file: Path, text: str, as_of: str | None = None) -> dict[str, str]:
    file.write_text(text, "utf-8")
    return {each.what: each.why_it_matters for each in reconcile(knowledge, kind, file, as_of=as_of).unknown}


def test_a_place_that_stands_twice_keeps_its_marks(knowledge: Knowledge, file: Path) -> None:
    again = row("Country", *(f"[D:{count}]" for count in range(1, 6)), tag="TH") + row("Cambodia", *[""] * 5)
    text = law().replace("</TABLE>", f"</TABLE><TABLE>{again}</TABLE>", 1)
    found = verdicts(asked(knowledge, "ecfr", file, text), "country-group")
    assert found["Cambodia in Country Group D:5"] == "agrees"


def test_a_column_that_the_table_lacks_is_not_compared(knowledge: Knowledge, file: Path) -> None:
    text = law().replace("[D:5]", "[D:6]")
    found = verdicts(asked(knowledge, "ecfr", file, text), "country-group")
    assert not any(subject.endswith("Country Group D:5") for subject in found)
    assert found["Cambodia in Country Group D:1"] == "agrees"
    assert "marks nobody" in doubts(knowledge, "ecfr", file, text)["whether Country Group D:5 agrees"]


def test_a_piece_that_was_not_looked_up_does_not_agree(knowledge: Knowledge, file: Path) -> None:
    found = {each.id: each for each in facts(asked(knowledge, "ecfr", file, law()), "provision")}
    exemption = found["provision:us-ai-diffusion-ifr-2025-01.748-supp-10-exemption"]
    assert exemption.verdict == "not-compared"
    assert exemption.why.startswith("what is around it is there")
    there = law().replace("<P>6. Geo", "<P>1. Exemption for intentional publication.</P><P>6. Geo")
    found = {each.id: each for each in facts(asked(knowledge, "ecfr", file, there), "provision")}
    assert found["provision:us-ai-diffusion-ifr-2025-01.748-supp-10-exemption"].verdict == "agrees"


def test_what_takes_effect_later_does_not_agree(knowledge: Knowledge, file: Path) -> None:
    answer = asked(knowledge, "ecfr", file, law(day="Jan. 24, 2024"))
    lpp = next(each for each in facts(answer, "figure") if each.subject.startswith("licence exception LPP (26"))
    assert lpp.verdict == "not-compared"
    assert lpp.why == "us-ai-diffusion-ifr-2025-01 takes effect on 2025-01-13; the text is of 2024-01-24"
    provisions = verdicts(answer, "provision")
    assert provisions["15 CFR 740.29"] == "not-compared"
    assert provisions["ECCN 3A090.a.1"] == "agrees", "in effect since November 2023"


def test_a_day_before_that_of_the_text_is_told(knowledge: Knowledge, file: Path) -> None:
    early = doubts(knowledge, "ecfr", file, law(), as_of="2024-03-01")
    assert early["whether the text is that of 2024-03-01"].startswith(f"it has amendments up to {DAY}")
    for day in (None, DAY, "2025-02-01"):
        assert not any(what.startswith("whether the text is") for what in doubts(knowledge, "ecfr", file, law(), day))


def test_records_that_were_not_taken_are_told(knowledge: Knowledge, file: Path) -> None:
    whole = table(*LISTED)
    cut = doubts(knowledge, "csl", file, whole[: whole.index("Wingtech") + 20], as_of="2025-06-01")
    (why,) = (why for what, why in cut.items() if what == "what 1 record of the file says")
    assert why.startswith("not taken: ")
    assert not any("of the file say" in what for what in doubts(knowledge, "csl", file, whole, as_of="2025-06-01"))
    documents = json.dumps({"results": [RULE, {"title": "x"}, {"title": "y"}]})
    found = doubts(knowledge, "federal-register", file, documents)
    assert found["what 2 records of the file say"].startswith("not taken: no document_number (2)")


def test_a_listing_that_is_not_yet_made_is_told_as_none(knowledge: Knowledge, file: Path) -> None:
    answer = asked(knowledge, "csl", file, table(*LISTED), as_of="2018-01-01")
    found = {each.id: (each.verdict, each.record, each.feed) for each in facts(answer, "listing")}
    assert found["listing:rl-300"] == ("agrees", "not listed", "")
    assert found["listing:rl-233"][:2] == ("differs", "not listed")
    assert all(each.why for each in facts(answer, "listing") if each.record == "not listed")
