"""Citations: one form, whatever people write; and on record the thing that each cites."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.running import Run

from dualuse.citations import cited, plain
from dualuse.errors import UnknownNameError
from dualuse.knowledge import Knowledge
from dualuse.store.base import value

RULE = "us-ai-diffusion-ifr-2025-01"
LAW = ("instrument", "provision")

REPORTERS = st.sampled_from(
    ["FR", "F.R.", "F. R.", "Fed. Reg.", "Fed.Reg.", "Fed Reg", "fed. reg.", "Federal Register", "FED. REG."]
)
TAILS = st.sampled_from(
    ["", ".", ", 4560", ", 4560–61", "-99", " (Jan. 15, 2025)", " (2025)", ", 4,560 (January 15, 2025)", ", at 4560"]
)
SPACES = st.sampled_from([" ", "  ", "\u00a0", "\n"])
CODES = st.sampled_from(["CFR", "C.F.R.", "C. F. R.", "cfr", "Code of Federal Regulations"])
SIGNS = st.sampled_from(["", "§", "§ ", "§§ ", "sec. ", "section ", "Sec ", "part "])


@given(st.integers(1, 99), st.integers(1, 99_999), REPORTERS, TAILS, SPACES, st.booleans())
def test_the_federal_register(volume: int, page: int, reporter: str, tail: str, space: str, commas: bool) -> None:
    number = f"{page:,}" if commas else str(page)
    assert plain(f"{volume}{space}{reporter}{space}{number}{tail}") == f"{volume} fr {page}"


@given(st.integers(1, 50), st.integers(1, 999), st.integers(1, 99), st.lists(st.sampled_from("abcde123")), CODES, SIGNS)
def test_the_code(title: int, part: int, section: int, paragraphs: list[str], code: str, sign: str) -> None:
    tight, wide = ("".join(f"{gap}({each})" for each in paragraphs) for gap in ("", " "))
    for written in (tight, wide):
        assert plain(f"{title} {code} {sign}{part}.{section}{written}") == f"{title} cfr {part}.{section}{tight}"


@given(st.text(max_size=200))
def test_any_text_has_one_plain_form(text: str) -> None:
    assert plain(plain(text)) == plain(text)
    assert plain(text) in set(cited(text)) or ";" in text


def test_a_long_text_takes_no_long_time() -> None:
    for text in (
        "90 fr " + "1," * 20_000 + "x",
        "15 cfr 740.29" + " (a)" * 20_000 + "!",
        "the " * 20_000,
        "(" * 20_000,
    ):
        assert plain(text)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        *((each, RULE) for each in ("90 FR 4544", "90 Fed. Reg. 4544", "90 Fed. Reg. 4544, 4560 (Jan. 15, 2025)")),
        *((each, RULE) for each in ("2025-00636", "FR Doc. 2025-00636", "[FR Doc. No. 2025–00636]", "Doc. 2025-00636")),
        ("https://www.federalregister.gov/d/2025-00636", RULE),
        ("https://www.federalregister.gov/documents/2025/01/15/2025-00636/framework-for-artificial", RULE),
        ("Federal Register, Vol. 90, No. 9, page 4544", RULE),
        *((each, RULE) for each in ("0694-AJ90", "RIN 0694-AJ90", "RIN: 0694–AJ90", "rin 0694AJ90")),
        *((each, "us-acs-ifr-2023-10") for each in ("88 FR 73458", "88 F.R. 73,458")),
        ("84 Fed. Reg. 43487", "us-huawei-affiliates-2019-08"),
        *((each, f"{RULE}.740.29") for each in ("15 CFR 740.29", "15 C.F.R. § 740.29", "§740.29", "740.29")),
        *((each, f"{RULE}.740.29") for each in ("EAR § 740.29", "Section 740.29 of the EAR", "15 CFR Part 740.29")),
        ("15 C.F.R. § 740.27 (a) (3)", f"{RULE}.740.27-a-3"),
        ("15 CFR 744.11", "us-affiliates-rule-2025-09.744.11"),
        ("Supplement No. 5 to Part 740", f"{RULE}.740-supp-5"),
        ("50 USC §§ 4801–4852", "us-ecra-2018"),
    ],
)
def test_what_people_write(knowledge: Knowledge, written: str, key: str) -> None:
    assert knowledge.names.find_any(LAW, written)[1] == key


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("RIN 0694-AI94", "us-acs-ifr-2023-10"),
        ("15 C.F.R. § 744.23", "us-acs-ifr-2023-10.744.23-a-3-i"),
        ("§ 742.6(b)(10)", "us-acs-ifr-2023-10.742.6-b-10"),
    ],
)
def test_a_citation_of_several(knowledge: Knowledge, written: str, told: str) -> None:
    with pytest.raises(UnknownNameError, match=f"is ambiguous: .*{told}"):
        knowledge.names.find_any(LAW, written)


def test_every_number_on_record_finds_its_instrument(knowledge: Knowledge) -> None:
    rows = knowledge.store.select("SELECT ?i ?c WHERE { ?i a du:Instrument ; du:documentNumber|du:citation ?c }")
    numbered = [(value(row, "i").rpartition("/")[2], value(row, "c")) for row in rows]
    assert len(numbered) >= 100
    for key, number in numbered:
        try:
            assert knowledge.names.find_any(LAW, number)[1] == key
        except UnknownNameError as error:
            assert key in str(error)  # noqa: PT017 - several instruments share a number


def test_the_command_takes_them(run: Run) -> None:
    for written in ("90 Fed. Reg. 4544", "2025-00636", "0694-AJ90"):
        done = run("status", written, "--as-of", "2025-06-01", "--format", "json")
        assert f'"instrument": "{RULE}"' in done.stdout
