"""Citations of law in the forms that people write, each brought to the one form in which it is looked up.

The Federal Register by volume and page, its documents by number, the Code of Federal Regulations and its supplements,
the United States Code, and Regulation Identifier Numbers; any other text stands as it is, folded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_REPORTERS = (
    (re.compile(r"\bf(?:ed(?:eral)?)?\.?\s*r(?:eg(?:ister)?)?\b\.?"), "fr"),
    (re.compile(r"\b(?:c\.?\s*f\.?\s*r\b\.?|code of federal regulations\b)"), "cfr"),
    (re.compile(r"\bu\.?\s*s\.?\s*c\b\.?(?:\s*a\b\.?)?"), "usc"),
)
"""Names of what is cited -> how it is written here."""
_PAGE = r"\d{1,3}(?:,\d{3})+(?!\d)|\d+"
_PINS = r"(?:\s*(?:[,;-](?:\s*at\b)?|at)\s*(?:pp?\.\s*)?\d+)*"
_DATED = r"(?:,?\s*\(?(?:[a-z]{3,9}\.?\s+)?(?:\d{1,2},?\s+)?\d{4}\)?)?"
_FR = re.compile(rf"(?:vol(?:ume)?\.?\s*)?(\d+)\s*fr\s*(?:at|pp?\.|pages?)?\s*({_PAGE}){_PINS}{_DATED}")
_FR_ISSUE = re.compile(
    r"fr,?\s*vol(?:ume)?\.?\s*(\d+),?\s*(?:no\.?\s*\d+,?\s*)?(?:at|pp?\.|pages?)\s*([\d,]+)(?:-\d+)?"
)
_FR_PLAIN = re.compile(r"\d+ fr \d+")
_DOCUMENT = re.compile(
    r"(?:https?://)?(?:www\.)?(?:federalregister\.gov/(?:d|documents/\d+/\d+/\d+)/)?"
    r"\[?(?:fr\s*)?(?:doc(?:ument)?\.?\s*)?(?:(?:no|number)\b\.?\s*)?:?\s*(\d{4}-\d{5})\]?(?:/\S*)?"
)
_RIN = re.compile(r"(?:rin\b\.?\s*)?(?:(?:no|number)\b\.?\s*)?:?\s*(\d{4})-?([a-z]{2}\d{2})")
_SIGN = r"(?:§+|secs?\b\.?|sections?\b|parts?\b|pts?\b\.?)"
_PARAGRAPH = r"\d+(?:\.\d+)?(?:-\d+)?(?:\s*\(\w+\))*"
_CODE = re.compile(rf"(?:title\s*)?(\d+)\s*(cfr|usc),?\s*{_SIGN}?\s*({_PARAGRAPH})(.*)", re.DOTALL)
_EAR = re.compile(rf"(?:ear\s*{_SIGN}?|{_SIGN})?\s*(7[3-7]\d\.\d+(?:\s*\(\w+\))*)(?:\s*(?:of (?:the )?|,?\s*)ear)?")
"""A section of parts 730 to 774, which are the EAR, without the title of the code."""
_SUPPLEMENT = re.compile(
    r"supp(?:lement)?\b\.?\s*(?:(?:no|number)\b\.?\s*)?(\d+)\s*(?:to|,)\s*(?:(\d+)\s*cfr\s*)?(?:part|pt\.?)?\s*(7[3-7]\d)\b(.*)"
)
_ADDED = re.compile(r",?\s+as (?:added|amended|revised|corrected)\b.*")


def plain(text: str) -> str:
    """A citation in the one form in which it is looked up; any other text folded.

    Example:
        >>> plain("90 Fed. Reg. 4544, 4560 (Jan. 15, 2025)"), plain("15 C.F.R. § 740.27 (a)(1)"), plain("RIN 0694–AJ90")
        ('90 fr 4544', '15 cfr 740.27(a)(1)', '0694-aj90')
    """
    folded = " ".join(text.casefold().translate(_DASHES).split()).strip(" .;")
    if found := _DOCUMENT.fullmatch(folded) or _DOCUMENT.fullmatch(folded.replace(" ", "")):
        return found[1]
    if found := _RIN.fullmatch(folded):
        return f"{found[1]}-{found[2]}"
    for written, short in _REPORTERS:
        folded = written.sub(short, folded)
    return _of_register(folded) or _of_code(folded) or folded


def _of_register(text: str) -> str | None:
    found = _FR.fullmatch(text) or _FR_ISSUE.fullmatch(text)
    return f"{found[1]} fr {found[2].replace(',', '')}" if found else None


def _of_code(text: str) -> str | None:
    if found := _SUPPLEMENT.match(text):
        return f"supp. no. {found[1]} to {found[2] or 15} cfr part {found[3]}{found[4]}"
    if found := _EAR.fullmatch(text):
        return f"15 cfr {_closed(found[1])}"
    if found := _CODE.fullmatch(text):
        return f"{found[1]} {found[2]} {_closed(found[3])}{found[4]}"
    return None


def _closed(paragraph: str) -> str:
    return paragraph.replace(" ", "")


def cited(name: str) -> Iterator[str]:
    """The plain forms under which a name on record is found: each of several citations, and without what amended it.

    Example:
        >>> list(cited("15 CFR 740.8 as amended by 89 FR 23876"))
        ['15 cfr 740.8 as amended by 89 fr 23876', '15 cfr 740.8']
    """
    for part in name.split(";"):
        whole = plain(part)
        yield whole
        bare = plain(_ADDED.sub("", re.sub(r"\s+\([^()]*\)$", "", part.strip())))
        if bare != whole:
            yield bare


def pages(citation: str) -> list[str]:
    """Pages of the Federal Register that a citation names, in their plain form.

    Example:
        >>> pages("84 FR 43493 (additions); 84 FR 43487 (TGL)"), pages("NVIDIA, Form 8-K")
        (['84 fr 43493', '84 fr 43487'], [])
    """
    return list(dict.fromkeys(form for form in cited(citation) if _FR_PLAIN.fullmatch(form)))
