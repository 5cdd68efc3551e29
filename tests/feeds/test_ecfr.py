"""The regulations in the XML of the eCFR: sections, groups, chart, control list, on a file made by hand."""

from __future__ import annotations

import pytest
from tests.feeds.conftest import Read, mutations, said

from dualuse.errors import UsageError
from dualuse.feeds.entry import Entry
from dualuse.feeds.lawtables import CHART_COLUMNS
from dualuse.feeds.paragraphs import paragraphs

MARKS = CHART_COLUMNS


def row(*cells: str, tag: str = "TD") -> str:
    """A row of a table; a blank cell as the eCFR has it."""
    return "<TR>{}</TR>\n".format("".join(f"<{tag}>{cell}</{tag}>" if cell else f"<{tag}/>" for cell in cells))


def appendix(number: int, part: int, body: str) -> str:
    name = f"Supplement No. {number} to Part {part}"
    return f'<DIV9 N="{name}" TYPE="APPENDIX">\n<HEAD>{name}—Made up</HEAD>\n{body}</DIV9>\n'


SECTIONS = """
<DIV8 N="§ 742.6" TYPE="SECTION"><HEAD>§ 742.6   Regional stability.</HEAD>
<P>Before the first mark.</P>
<P>(a) <I>Requirements.</I> (1) <I>In general.</I> A licence is required.</P>
<P>(i) One.</P><P>(A) Deeper.</P><P>(<I>1</I>) Slanted.</P><P>(<I>2</I>) Slanted again.</P><P>(ii) Two.</P>
<P>(2) Next.</P><P>It goes on.</P>
<P>(b)–(g) [Reserved]</P><P>(h) Last but one.</P><P>(i) A letter.</P><P>(j) Another.</P>
<CITA>[61 FR 12786, Mar. 25, 1996]</CITA></DIV8>
<DIV8 N="2.1" TYPE="SECTION"><HEAD>§ 2.1 Of another agency.</HEAD><P>(a) No.</P></DIV8>
"""
GROUPS = appendix(
    1,
    740,
    "<HD1>Country Group A</HD1><DIV class='gpotbl_div'><TABLE><THEAD>"
    + row("Country", *(f"[A:{count}] Regime <sup>{count}</sup>" for count in range(1, 7)), tag="TH")
    + "</THEAD><TBODY>"
    + row("Albania", "", "", "", "", "", "X")
    + row("Korea, South <sup>1</sup>", "X", "X", "X", "X", "X", "")
    + row("Ukraine 1", "X", "", "?", "", "", "")
    + row("Short", "X")
    + row("", "X", "", "", "", "", "")
    + "<TR><TD colspan='7'><sup>1</sup> A note.</TD></TR></TBODY></TABLE></DIV>"
    "<HD1>Country Group B—Countries</HD1><SCOL2><LI>Afghanistan</LI><LI>Bahamas, The</LI><LI>Nowhere</LI></SCOL2>"
    "<DIV><TABLE><CAPTION><P>Country Group D</P></CAPTION>"
    + row("Country", *(f"[D: {count}]" for count in range(1, 6)), tag="TH")
    + row("China (PRC)<SU>2</SU>", "X", "", "X", "X", "X")
    + "</TABLE><P><SU>2</SU> Below the table.</P></DIV>"
    "<P>Note to Country Group D:5: the lists of the Department of State control.</P>",
)
CHART = appendix(
    1,
    738,
    "<TABLE>"
    + row("Countries", "Chemical", "Nuclear", tag="TH")
    + row(*MARKS, tag="TH")
    + row("Albania <sup>2</sup> <sup>3</sup>", *("X" if mark in ("CB 1", "NS 2", "AT 2") else "" for mark in MARKS))
    + row("Canada", *("" for _ in MARKS))
    + row("Cuba", "See part 746 of the EAR to determine whether a license is required.")
    + row("Korea, North <sup>2</sup>", "See Sections 742.19 and 746.4 of the EAR.")
    + "<TR><TD colspan='17'><sup>2</sup> See § 742.4(a).</TD></TR></TABLE>",
)
LIST = appendix(
    1,
    774,
    """<HD1>Category 3—Electronics</HD1><HD1>A. “End Items”</HD1>
<FP-2><B>3A001 Electronic items as follows.</B></FP-2>
<FP-1><I>Reason for Control:</I> NS, RS</FP-1>
<TABLE><TR><TH>Control(s)</TH><TH>Country Chart</TH></TR>
<TR><TD>NS applies to entire entry</TD><TD>NS Column 1 and 2.</TD></TR></TABLE>
<HD1>List of Items Controlled</HD1><P>a. Not 3A090.</P>
<FP-1><B>3A090 Integrated circuits as follows.</B></FP-1>
<TABLE><TR><TD>RS applies to 3A090</TD><TD>To or within any destination, see § 742.6(a)(6)(iii)(A)</TD></TR></TABLE>
<P>3D001 is a reference.</P><HD1>Category 4—Computers</HD1>
<P><B>4A090</B> Computers as follows.</P>""",
)
FIVE = appendix(5, 740, "<P>(a) Destinations eligible:</P><P>Australia</P><P>Republic of Korea</P><FP>Taiwan</FP>")
ENTITIES = appendix(4, 744, f"<TABLE>{row('Country', 'Entity', tag='TH')}{row('IRAN', 'A', 'b', 'c', 'd')}</TABLE>")
BULK = f"""<?xml version="1.0" encoding="UTF-8"?>
<DLPSTEXTCLASS><HEADER><TITLE>Title 15</TITLE></HEADER><TEXT><BODY><ECFRBRWS><AMDDATE>Jan. 16, 2025</AMDDATE>
<DIV1 N="3" NODE="15:3" TYPE="TITLE"><HEAD>Title 15—Commerce--Volume 3</HEAD>
<DIV3 N="VII" TYPE="CHAPTER"><DIV4 N="C" TYPE="SUBCHAP">
<DIV5 N="742" TYPE="PART"><HEAD>PART 742—CONTROL POLICY</HEAD>
<AUTH><HED>Authority:</HED><PSPACE>50 U.S.C. 4801.</PSPACE></AUTH>{SECTIONS}</DIV5>
<DIV5 N="740" TYPE="PART">{GROUPS}{FIVE}</DIV5><DIV5 N="738" TYPE="PART">{CHART}</DIV5>
<DIV5 N="744" TYPE="PART">{ENTITIES}</DIV5><DIV5 N="774" TYPE="PART">{LIST}</DIV5>
</DIV4></DIV3></DIV1></ECFRBRWS></BODY></TEXT></DLPSTEXTCLASS>
"""


def keyed(entries: list[Entry]) -> dict[str, Entry]:
    assert len({entry.key for entry in entries}) == len(entries)
    return {entry.key: entry for entry in entries}


def test_a_section_and_its_paragraphs(read: Read) -> None:
    entries, report = read("ecfr", BULK)
    law = keyed(entries)
    section = law["742.6"]
    assert section.label == "§ 742.6 Regional stability."
    assert (section.cells["text"], section.cells["citation"]) == (
        "Before the first mark.",
        "[61 FR 12786, Mar. 25, 1996]",
    )
    assert [key.removeprefix("742.6") for key in law if key.startswith("742.6(")] == [
        "(a)(1)",
        "(a)(1)(i)",
        "(a)(1)(i)(A)",
        "(a)(1)(i)(A)(1)",
        "(a)(1)(i)(A)(2)",
        "(a)(1)(ii)",
        "(a)(2)",
        "(b)",
        "(h)",
        "(i)",
        "(j)",
    ]
    assert law["742.6(a)(2)"].cells["text"] == "(2) Next.\nIt goes on."
    assert said(law["742.6(a)(1)(i)"], "schema:isPartOf")[0].endswith("ecfr.742.6%28a%29%281%29")
    assert law["part-742"].cells["authority"] == "50 U.S.C. 4801."
    assert said(law["amended-line-2"], "dct:modified") == ["2025-01-16"]
    assert dict(report.reasons) == {
        "2 cells, not 7": 1,
        "no country": 1,
        "a row of the Entity List: the kind entity-list reads it": 1,
        "not of parts 730 to 774": 1,
    }


def test_country_groups(read: Read) -> None:
    entries, report = read("ecfr", BULK)
    law = keyed(entries)
    korea = law["740.supplement-1.A.KR"]
    assert (korea.label, korea.list_, said(korea, "dct:spatial")) == ("Korea, South", "country-group-A", ["KR"])
    assert said(korea, "schema:memberOf") == ["A:1", "A:2", "A:3", "A:4", "A:5"]
    assert said(korea, "skos:note") == ["A note."]
    assert said(law["740.supplement-1.A.AL"], "schema:memberOf") == ["A:6"]
    assert law["740.supplement-1.A.UA"].cells == {"country": "Ukraine", "A1": "X", "A3": "?", "footnotes": "1"}
    assert [said(law[f"740.supplement-1.B.{key}"], "schema:memberOf") for key in ("AF", "BS", "nowhere")] == [["B"]] * 3
    china = law["740.supplement-1.D.CN"]
    assert said(china, "schema:memberOf") == ["D:1", "D:3", "D:4", "D:5"]
    assert (china.label, said(china, "skos:note")) == ("China (PRC)", ["Below the table."])
    assert report.unread["Country Group B", "no place on record"] == 1
    assert report.unread["A:3", "neither X nor blank"] == 1
    assert "Department of State" in law["supplement-1-to-740"].cells["text"]
    assert (report.grown, report.lost) == ((), ())


def test_an_empty_cell_shifts_no_mark(read: Read) -> None:
    law = keyed(read("ecfr", BULK)[0])
    albania = law["738.supplement-1.AL"]
    assert said(albania, "du:countryChartColumn") == ["CB 1", "NS 2", "AT 2"]
    assert (albania.cells["footnotes"], said(albania, "skos:note")) == ("2 3", ["See § 742.4(a)."])
    assert said(law["738.supplement-1.CA"], "du:countryChartColumn") == []


def test_a_row_without_marks_points_elsewhere(read: Read) -> None:
    law = keyed(read("ecfr", BULK)[0])
    cuba, north = law["738.supplement-1.CU"], law["738.supplement-1.KP"]
    assert cuba.cells["instead_of_marks"].startswith("See part 746 of the EAR")
    assert said(north, "du:section") == ["742.19", "746.4"]
    assert said(north, "skos:note") == ["See Sections 742.19 and 746.4 of the EAR.", "See § 742.4(a)."]


def test_the_control_list(read: Read) -> None:
    law = keyed(read("ecfr", BULK)[0])
    first, chips = law["774.supplement-1.3A001"], law["774.supplement-1.3A090"]
    assert first.label == "3A001 Electronic items as follows."
    assert (first.cells["reason_for_control"], said(first, "du:countryChartColumn")) == ("NS, RS", ["NS 1", "NS 2"])
    assert said(chips, "du:section") == ["742.6(a)(6)(iii)(A)"]
    assert chips.cells["text"].endswith("3D001 is a reference.")
    assert law["774.supplement-1.4A090"].label == "4A090 Computers as follows."
    assert law["supplement-1-to-774"].cells["text"].splitlines()[-1] == "Category 4—Computers"


def test_supplement_5_to_part_740(read: Read) -> None:
    entries = [entry for entry in read("ecfr", BULK)[0] if entry.list_ == "supplement-5-to-740"]
    assert [said(entry, "dct:spatial") for entry in entries] == [["AU"], ["KR"], ["TW"]]
    assert said(entries[0], "schema:memberOf") == ["Supplement No. 5 to part 740, paragraph (a)"]


def test_a_part_alone_and_a_supplement_under_another_part(read: Read) -> None:
    whole = keyed(read("ecfr", BULK)[0])
    nested = appendix(1, 702, f"<DIV5 N='738'>{CHART}</DIV5>")
    api = f"<?xml version='1.0'?><DIV5 N='702' TYPE='PART'>{nested}</DIV5>"
    for content in (CHART, api.replace("<TABLE>", "<TABLE border='1'>")):
        entries, report = read("ecfr", content)
        found = [entry for entry in entries if entry.list_ == "country-chart"]
        assert found == [entry for entry in whole.values() if entry.list_ == "country-chart"]
        assert (report.grown, report.lost) == ((), ())


def test_dashes_are_one(read: Read) -> None:
    other = BULK.replace("Supplement No. 1 to Part 740—", "Supplement No. 1 to Part 740-").replace("(b)–(g)", "(b)-(g)")
    assert [entry.key for entry in read("ecfr", other)[0]] == [entry.key for entry in read("ecfr", BULK)[0]]


def test_a_column_that_is_new_and_one_that_is_gone_are_told(read: Read) -> None:
    _, report = read("ecfr", BULK.replace("<TH>FC 1</TH>", "<TH>QT 1</TH>").replace("[D: 5]", "[D: 6]"))
    assert (report.grown, report.lost) == (("D:6", "QT 1"), ("D:5", "FC 1"))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("", "no XML of the eCFR"),
        (BULK[:2000], "no XML of the eCFR"),
        ("<DIV5 N='2' TYPE='PART'><DIV8 N='2.1' TYPE='SECTION'><P>a</P></DIV8></DIV5>", "no part of 730 to 774"),
        (BULK.replace("Title 15—", "Title 22—"), "title 22 of the Code"),
        ("<!DOCTYPE html><html><br></html>", "have the whole file again, as XML, not the page"),
    ],
)
def test_another_file_is_told(read: Read, content: str, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        read("ecfr", content)


@pytest.mark.parametrize(
    ("told", "keys"),
    [
        (["(a)", "(1)", "(i)", "(ii)", "(2)"], ["(a)", "(a)(1)", "(a)(1)(i)", "(a)(1)(ii)", "(a)(2)"]),
        (["(g)", "(h)", "(1)", "(i)", "(j)"], ["(g)", "(h)", "(h)(1)", "(i)", "(j)"]),
        (["(a)(1)(i)(A)", "(B)", "(ii)"], ["(a)(1)(i)(A)", "(a)(1)(i)(B)", "(a)(1)(ii)"]),
        (["(a)", "(d)", "(z)", "(aa)", "(bb)"], ["(a)", "(d)", "(z)", "(aa)", "(bb)"]),
        (["(a)", "(b) —(1) One", "(i)", "(2) –(i)"], ["(a)", "(b)(1)", "(b)(1)(i)", "(b)(2)(i)"]),
        (["(a) through (c) [Reserved]", "(d)"], ["(a)", "(d)"]),
        (["(f)", "(i)", "(ii)", "(g)(1)", "(2)", "(h)"], ["(f)", "(f)(i)", "(f)(ii)", "(g)(1)", "(g)(2)", "(h)"]),
        (["(1)", "(2)"], []),
        (["(and)", "(EAR)"], []),
    ],
)
def test_levels_of_paragraphs(told: list[str], keys: list[str]) -> None:
    assert [each.key for each in paragraphs([(line, line) for line in told])[1]] == keys


def test_a_file_with_a_fault_is_read_or_told(read: Read) -> None:
    told = 0
    for changed in mutations(BULK.encode("utf-8"), seed=15):
        try:
            read("ecfr", changed)
        except UsageError:
            told += 1
    assert 0 < told < 50
