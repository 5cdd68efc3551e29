"""Read the cells of lists of the United States: days, citations, sections, footnotes, policies, addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_AMERICAN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})")
FIRST, LAST = date(1940, 1, 1), date(2100, 1, 1)
"""Between which a day of a list can lie; a feed has years 17, 97 and 3033."""
_CITED = re.compile(r"\b(\d{2,3})\s*F\.?\s*R\.?\s*(\d{1,3}(?:,\d{3})+|\d{3,6})\b", re.IGNORECASE)
_ISSUE = re.compile(r"Vol\.?\s*(\d+),?\s*No\.?\s*(\d+)", re.IGNORECASE)
_SECTION = re.compile(
    r"(?<![\d.])(7[3-7]\d\.\d+)(?![0-9A-Za-z])((?:\s?\([a-z0-9]{1,4}\))*)(?:\s*(\d)(?![\d.(])|,(\d)(?=\s))?",
    re.IGNORECASE,
)
_AFTER_EAR = re.compile(r"\bEAR\b[.)]*\s*(\d)\b(?!\s*(?:FR|CFR|U\.?S\.?C))")
_SIGN = re.compile(r"§+|\bsections?\b", re.IGNORECASE)
_CODE = re.compile(r"^[A-Z]{2}$")
_EXCEPT = re.compile(r"\bEXCEPT\b.*", re.IGNORECASE | re.DOTALL)
POLICIES = {
    "presumption-of-denial": re.compile(r"presumption of denial", re.IGNORECASE),
    "policy-of-denial": re.compile(r"policy of denial", re.IGNORECASE),
    "case-by-case": re.compile(r"case[-\s]by[-\s]case", re.IGNORECASE),
    "presumption-of-approval": re.compile(r"presumption of approval", re.IGNORECASE),
}
"""Review policies by the words that name them; a policy may have several."""


def day_of(text: str) -> date | None:
    """The day that a cell names; None if it names none, or one on which there was no list.

    Example:
        >>> day_of("8/11/2015"), day_of("0097-06-30"), day_of("3033-01-17")
        (datetime.date(2015, 8, 11), None, None)
    """
    text = text.strip()
    if found := _ISO.match(text):
        year, month, number = (int(part) for part in found.groups())
    elif (found := _AMERICAN.match(text)) and len(found[3]) == 4:  # two digits do not say which century
        month, number, year = (int(part) for part in found.groups())
    else:
        return None
    try:
        day = date(year, month, number)
    except ValueError:
        return None
    return day if FIRST <= day < LAST else None


def citations(text: str) -> list[str]:
    """Citations of the Federal Register, as ``85 FR 52901``, or ``Vol. 88, No. 151`` where no page is given.

    Example:
        >>> citations("68 F.R. 38290 6/27/03 71 F.R. 38843 7/10/06; 85 FR 29853 No. 96")
        ['68 FR 38290', '71 FR 38843', '85 FR 29853']
    """
    pages = [f"{volume} FR {page.replace(',', '')}" for volume, page in _CITED.findall(text)]
    issues = [f"Vol. {volume}, No. {number}" for volume, number in _ISSUE.findall(text)]
    return list(dict.fromkeys(pages or issues))


def sections(text: str) -> tuple[list[str], list[int]]:
    """Sections of the EAR that a licence requirement names, and the footnotes whose digits are glued to them.

    Example:
        >>> sections("For all items subject to the EAR (see §§ 734.9(e) 1 and 744.11 of the EAR 2)")
        (['734.9(e)', '744.11'], [1, 2])
        >>> sections("(See §§ 734.9(g),3 746.8(a)(3), and 744.21(b) of the EAR) 4")
        (['734.9(g)', '746.8(a)(3)', '744.21(b)'], [3, 4])
    """
    named, notes = [], []
    for section, paragraphs, *digits in _SECTION.findall(text):
        named.append(section + paragraphs.replace(" ", ""))
        notes += [int(digit) for digit in digits if digit]
    notes += [int(note) for note in _AFTER_EAR.findall(text)]
    return list(dict.fromkeys(named)), sorted(set(notes))


def exception(text: str) -> str:
    """What a licence requirement leaves out: its clause from the word EXCEPT on; blank if it has none."""
    found = _EXCEPT.search(text)
    return found[0].strip() if found else ""


def policies(text: str) -> list[str]:
    """Review policies that a cell names."""
    return [name for name, words in POLICIES.items() if words.search(text)]


def parts(text: str) -> list[str]:
    """Values that a cell joins by semicolons.

    Example:
        >>> parts("Huawei; ; Hua Wei;")
        ['Huawei', 'Hua Wei']
    """
    return [part for each in text.split(";") if (part := " ".join(each.split()))]


def addresses(text: str, known: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Each address of a cell with the code of its country, blank where it ends in none.

    Args:
        text: Addresses joined by semicolons.
        known: Codes of countries.

    Example:
        >>> list(addresses("Komitas 26/114, Yerevan, Armenia, AM; and 21 Long St, Akron, OH, 44116", frozenset({"AM"})))
        [('Komitas 26/114, Yerevan, Armenia, AM', 'AM'), ('21 Long St, Akron, OH, 44116', '')]
    """
    for part in parts(text):
        address = re.sub(r"^and\s+", "", part)
        last = address.rpartition(",")[2].strip(" .")
        yield address, last if _CODE.match(last) and last in known else ""
