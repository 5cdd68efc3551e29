"""The Entity List of the eCFR and of the Bureau's export: each quirk, on a file made by hand in their shape."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.feeds.conftest import Read, mutations, said

from dualuse.errors import UsageError
from dualuse.feeds.entitycell import party
from dualuse.feeds.lawplaces import LawPlaces
from dualuse.feeds.places import Places

SAMPLE = Path(__file__).resolve().parents[3] / "shared/feeds/samples/bis/el.csv"
ALL = "For all items subject to the EAR. (See § 744.11 of the EAR)"
HEAD = "<TR>{}</TR>".format(
    "".join(
        f'<TH class="gpotbl_colhed" scope="col">{name}</TH>'
        for name in (
            "Country",
            "Entity",
            "License<br/>requirement",
            "License review policy",
            "Federal Register citation",
        )
    )
)
ROWS = f"""
<TR><TD align="left">AFGHANISTAN</TD><TD align="left">Made-Up Ghoura, 501, 5th Floor, Example Market, Kabul,
Afghanistan; <E T="03">and</E> Flat No. 41, Kabul, Afghanistan. (See alternate addresses under Pakistan).</TD>
<TD>{ALL}</TD><TD>Presumption of denial</TD><TD>76 FR 71869, 11/21/11.</TD></TR>
<TR><TD/><TD>Made-Up Builders Co., Ltd., a.k.a., the following two aliases:<br/>—MUB; <I>and</I><br/>—Mu Builders.<br/>
1 Example Road, Kabul, Afghanistan.</TD><TD>{ALL}</TD><TD>Presumption of denial</TD><TD>77 FR 25057, 4/27/12.</TD></TR>
<TR><TD>AUSTRALIA</TD><TD>[Reserved]</TD><TD/><TD/><TD/></TR>
<TR><TD>CHINA, PEOPLE'S REPUBLIC OF</TD><TD>Made-Up Chips, 2 Long St, Shanghai, 200000 China.</TD>
<TD>For all items subject to the EAR, see §§ 734.9(e) <sup>1</sup> and 744.11 of the EAR <sup>2</sup>,
EXCEPT for standards.</TD>
<TD>See §744.11(d) of the EAR</TD><TD>84 FR 22963, 5/21/19. 85 FR 29853, 5/19/20.</TD></TR>
<TR><TD/><TD>Made-Up Academy.</TD><TD>{ALL}</TD><TD>Case-by-case basis</TD><TD>83 FR 37427, 8/1/19.</TD></TR>
<TR><TD/><TD>Subordinate institution:<br/>—Made-Up Institute No. 9.</TD><TD/><TD/><TD/></TR>
<TR><TD>CRIMEA REGION OF UKRAINE</TD><TD>Made-Up Port (f.k.a. Old Port), 1 Quay, Yalta, Crimea.</TD><TD>{ALL}</TD>
<TD>As told.</TD><TD>81 FR 61595</TD></TR>
<TR><TD colspan="5">RUSSIA</TD></TR>
<TR><TD>two</TD><TD>cells</TD></TR>
<TR><TD colspan="5"><sup>1</sup> For this entity, “items” includes those under § 734.9(e)(1).</TD></TR>
"""


def xml(rows: str = ROWS, head: str = HEAD, name: str = "Supplement No. 4 to Part 744") -> str:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<DIV5 N="744" TYPE="PART"><HEAD>PART 744—CONTROL POLICY</HEAD>
<DIV9 N="{name}" TYPE="APPENDIX"><HEAD>{name}—Entity List</HEAD><P>The list.</P>
<DIV width="100%"><DIV class="gpotbl_div"><TABLE class="gpotbl_table">
{head}{rows}</TABLE></DIV></DIV></DIV9>
<DIV9 N="Supplement No. 5 to Part 744" TYPE="APPENDIX"><TABLE><TR><TD>a</TD><TD>b</TD></TR></TABLE></DIV9></DIV5>
"""


def test_rows_are_read_with_what_is_blank_inherited(read: Read) -> None:
    entries, report = read("entity-list", xml())
    parties = [entry for entry in entries if entry.list_ == "EL"]
    assert [(entry.label, said(entry, "dct:spatial")) for entry in parties] == [
        ("Made-Up Ghoura", ["AF"]),
        ("Made-Up Builders Co., Ltd.", ["AF"]),
        ("Made-Up Chips", ["CN"]),
        ("Made-Up Academy", ["CN"]),
        ("Made-Up Port", ["XM"]),
    ]
    assert (report.read, dict(report.reasons), report.grown, report.lost) == (
        8,
        {"reserved: no party": 1, "2 cells, not 5": 1},
        (),
        (),
    )
    assert len({entry.key for entry in entries}) == 6


def test_a_cell_with_aliases_and_addresses(read: Read) -> None:
    ghoura, builders, chips, academy, port, note = read("entity-list", xml())[0]
    assert said(ghoura, "schema:address") == [
        "501, 5th Floor, Example Market, Kabul, Afghanistan",
        "Flat No. 41, Kabul, Afghanistan",
    ]
    assert said(ghoura, "skos:note") == ["See alternate addresses under Pakistan"]
    assert said(builders, "skos:altLabel") == ["MUB", "Mu Builders"]
    assert said(builders, "schema:address") == ["1 Example Road, Kabul, Afghanistan"]
    assert builders.cells["entity"].splitlines()[1] == "—MUB; and"
    assert said(chips, "schema:addressCountry") == ["CN"]
    assert said(academy, "schema:subOrganization") == ["Made-Up Institute No. 9"]
    assert said(port, "skos:altLabel") == ["Old Port"]
    assert said(port, "schema:addressCountry") == ["XM"]
    assert (note.kind, said(note, "du:footnote"), said(note, "du:section")) == ("du:FeedNote", ["1"], ["734.9(e)(1)"])


def test_what_the_row_says_in_law(read: Read) -> None:
    entries, report = read("entity-list", xml())
    chips, academy = entries[2], entries[3]
    assert said(chips, "du:section") == ["734.9(e)", "744.11"]
    assert said(chips, "du:footnote") == ["1", "2"]
    assert said(chips, "du:exceptFor") == ["EXCEPT for standards."]
    assert said(chips, "dct:bibliographicCitation") == ["84 FR 22963", "85 FR 29853"]
    assert said(chips, "schema:datePublished") == ["2019-05-21", "2020-05-19"]
    assert said(academy, "du:licencePolicy") == ["case-by-case"]
    assert said(academy, "schema:datePublished") == []  # volume 83 is of 2018
    assert dict(report.unread) == {
        ("federal_register_citation", "a day that its volume of the Federal Register does not have"): 1,
        ("license_review_policy", "names no policy and no section"): 1,
    }


@pytest.mark.parametrize(
    ("requirement", "notes"),
    [
        ("(See §§ 734.9(g),<sup>3</sup> 746.8(a)(3), and 744.21(b) of the EAR)", ["3"]),
        ("(See §§ 734.9(g),3 746.8(a)(3), and 744.2l(b) of the EAR)", ["3"]),
        ("(See §§ 734.9(e)(2) and 744.11 of the EAR) 4", ["4"]),
        ("(See §§ 734.4(a)(9), 734.9(e)(3), and 744.11 of the EAR)5", ["5"]),
        ("(See § 744.11 of the EAR).", []),
    ],
)
def test_digits_of_footnotes(read: Read, requirement: str, notes: list[str]) -> None:
    row = f"<TR><TD>IRAN</TD><TD>A, Tehran, Iran</TD><TD>For all {requirement}</TD><TD>Denial</TD><TD>84 FR 1</TD></TR>"
    ((entry,), _) = read("entity-list", xml(row))
    assert said(entry, "du:footnote") == notes
    assert "744.2" not in said(entry, "du:section")


def test_the_key_stays_when_a_citation_is_added_or_a_dash_changes(read: Read) -> None:
    before = {entry.label: entry.key for entry in read("entity-list", xml())[0]}
    after, _ = read(
        "entity-list", xml(ROWS.replace("Made-Up", "Made–Up").replace("84 FR 22963", "84 FR 1, 1/2/19. 84 FR 2"))
    )
    assert [entry.key for entry in after] == list(before.values())
    entries, report = read("entity-list", xml(ROWS + ROWS.replace("76 FR 71869", "76 FR 71870")))
    assert [entry.label for entry in entries if entry.label == "Made-Up Ghoura"] == ["Made-Up Ghoura"] * 2
    assert len({entry.key for entry in entries}) == len(entries) == 7  # the footnote once, Ghoura by two notices
    assert report.repeated == 5


def test_a_column_that_is_new_and_one_that_is_gone_are_told(read: Read) -> None:
    _, report = read("entity-list", xml(head=HEAD.replace("License review policy", "Docket")))
    assert (report.grown, report.lost) == (("docket",), ("license_review_policy",))


def test_a_country_cell_over_several_rows(read: Read) -> None:
    rows = ROWS.replace("<TR><TD/>", "<TR>").replace('<TD align="left">AFGH', '<TD rowspan="2">AFGH')
    entries, _ = read("entity-list", xml(rows))
    assert said(entries[1], "dct:spatial") == ["AF"]


def test_a_supplement_alone_and_under_another_part(read: Read) -> None:
    table = f"<HEAD>Supplement No. 4 to Part 744–Entity List</HEAD><TABLE>{HEAD}{ROWS}</TABLE>"
    alone = f"<DIV9 N='' TYPE='APPENDIX'>{table}</DIV9>"
    nested = (
        f"<DIV5 N='702' TYPE='PART'><DIV9 N='Supplement No. 1 to Part 702'><DIV5 N='744'>{alone}</DIV5></DIV9></DIV5>"
    )
    keys = [[entry.key for entry in read("entity-list", each)[0]] for each in (xml(), alone, nested)]
    assert keys[0] == keys[1] == keys[2]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("a,b\n1,2\n", "neither XML of the eCFR nor a CSV whose first line has Source List and Name"),
        ("", "no Entity List"),
        (xml(name="Supplement No. 6 to Part 744"), "no Entity List"),
        (xml()[:900], "no XML of the eCFR"),
        ("<!DOCTYPE html><html><br></html>", "no XML of the eCFR"),
        ("<a/>", "no Entity List"),
        ("Source List,Name\n\udcff".encode("utf-8", "surrogateescape"), "not UTF-8"),
    ],
)
def test_another_file_is_told(read: Read, content: str | bytes, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        read("entity-list", content)


@pytest.mark.parametrize(
    ("cell", "name", "aliases", "addresses"),
    [
        ("Academy, 27 Rd, Beijing", "Academy", [], ["27 Rd, Beijing"]),
        ("A Co., Ltd; 1 Rd, Baku", "A Co., Ltd", [], ["1 Rd, Baku"]),
        ("Sole.", "Sole", [], []),
        ("X, a.k.a., the following one alias:\n—Ex Ltd., Suzhou, China.", "X", ["Ex Ltd."], ["Suzhou, China"]),
        ("X LLC, a.k.a., Ex, Inc., 1 Rd, Oslo.", "X LLC", ["Ex, Inc."], ["1 Rd, Oslo"]),
        ("X, a.k.a., the following one alias: —Ex; and —Exx.", "X", ["Ex", "Exx"], []),
        ("X—Y Plant, 1 Rd, Omsk; and 2 Rd, Omsk.", "X—Y Plant", [], ["1 Rd, Omsk", "2 Rd, Omsk"]),
        ("X, a.k.a., the following alias:\n—Ex a.k.a. Exx.\n1 Rd,\nOmsk", "X", ["Ex", "Exx"], ["1 Rd, Omsk"]),
    ],
)
def test_cells_of_parties(cell: str, name: str, aliases: list[str], addresses: list[str]) -> None:
    found = party(cell)
    assert (found.name, found.aliases, found.addresses) == (name, aliases, addresses)


LAWS = "For all items (See §744.11).,Presumption of denial."
EXPORT = f"""Source List,Name,Address,City,Country,Federal Register Notice,Effective Date,\
License Requirement,License Policy,Alternate Name,,
EL,Made-Up Farid,1 Rd,Kabul,Afghanistan,76 FR 71867,11/21/2011,{LAWS},Farid
EL,Made-Up Farid,2 Rd,Kabul,Afghanistan,76 FR 71867,11/21/2011,{LAWS},Engineer,,
EL,Made-Up Farid,2 Rd,Kabul,Afghanistan,76 FR 71868,11/21/11,{LAWS},,x,
EL,,2 Rd
"""


def test_the_export_of_the_bureau_is_one_record_a_party(read: Read) -> None:
    entries, report = read("entity-list", EXPORT)
    one, other = entries
    assert said(one, "skos:altLabel") == ["Farid", "Engineer"]
    assert said(one, "schema:address") == ["1 Rd, Kabul, Afghanistan", "2 Rd, Kabul, Afghanistan"]
    assert (said(one, "schema:startDate"), said(other, "schema:startDate")) == (["2011-11-21"], [])
    assert (one.cells["address"], one.list_) == ("1 Rd\n2 Rd", "EL")
    assert (report.read, dict(report.reasons)) == (3, {"3 cells, not 10": 1})
    assert set(report.unread) == {("effective_date", "no day that can be"), ("a column without a name", "not kept")}


@pytest.mark.parametrize("content", [xml(), EXPORT])
def test_a_file_with_a_fault_is_read_or_told(read: Read, content: str) -> None:
    told = 0
    for changed in mutations(content.encode("utf-8"), seed=744):
        try:
            read("entity-list", changed)
        except UsageError:
            told += 1
    assert 0 < told < 50


@pytest.mark.skipif(not SAMPLE.is_file(), reason="the samples are not at hand")
def test_sample(read: Read) -> None:
    """18 rows of 5 names; one of them stands under three notices or days, so 7 records."""
    entries, report = read("entity-list", SAMPLE.read_bytes())
    assert (len(entries), report.read, report.refused, report.grown, report.lost) == (7, 7, 0, (), ())
    assert len(said(entries[2], "schema:address")) == 7
    assert [said(entry, "schema:addressCountry") for entry in entries] == [["AF"]] * 3 + [["TR"]] + [["AF"]] * 3


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("1 Rd, Dubai, U.A.E.", "AE"),
        ("1 Rd, Montreal, Canada H3H 2P2", "CA"),
        ("1 Rd, Baoding, Hebei, 074004 China.", "CN"),
        ("1 Rd, Seoul, South Korea, 04524", "KR"),
        ("1 Rd, Akron, OH, 44116", None),
        ("1 Rd, Jiangsu 211100", None),
        ("", None),
    ],
)
def test_the_country_an_address_ends_in(places: Places, address: str, code: str | None) -> None:
    assert LawPlaces(places).at_end(address) == code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("KOREA, REPUBLIC OF", "KR"),
        ("Korea, North", "KP"),
        ("China (PRC)", "CN"),
        ("Bahamas, The", "BS"),
        ("Seycheles", "SC"),
        ("Congo (Democratic Republic of the)", "CD"),
        ("Congo (Republic of the)", "CG"),
        ("South Sudan, Republic of", "SS"),
        ("Sint Maarten (the Dutch two-fifths of the island of Saint Martin)", "SX"),
        ("TURKEY", "TR"),
        ("Nowhere (Land)", None),
    ],
)
def test_places_as_the_regulations_spell_them(places: Places, name: str, code: str | None) -> None:
    assert LawPlaces(places)(name) == code
