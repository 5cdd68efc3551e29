"""Text from elsewhere, made harmless for what shows it: a terminal, a spreadsheet, a Markdown page, a reader of XML."""

from __future__ import annotations

import re

_HIDDEN = "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]"
"""Characters that move the cursor, ring, colour, end a line unseen, or turn the direction of what follows."""
_LONE = "[\ud800-\udfff\ufffe\uffff]"
"""Halves of characters, and codes that are none: no file can hold them."""


def harmless(text: str) -> str:
    r"""A text with a mark in place of each character that would steer what shows it; line ends stay.

    Example:
        >>> harmless("a\x1b[31mb\u202ec")
        'a�[31mb�c'
    """
    return text if text.isprintable() else re.sub(_LONE, "�", re.sub(_HIDDEN, "�", text.replace("\t", " ")))


_BEGINS = ("=", "+", "-", "@", "\t", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the begin of a formula; the wide signs are those of Chinese and Japanese keyboards."""


def no_formula(text: str) -> str:
    """A cell with an apostrophe before it where a spreadsheet would take it for a formula.

    A bare carriage return ends a row for many readers, so that line ends are those of one kind.

    Example:
        >>> no_formula("=1+1"), no_formula("a=b")
        ("'=1+1", 'a=b')
    """
    cell = text.replace("\r\n", "\n").replace("\r", "\n")
    return f"'{cell}" if cell.startswith(_BEGINS) else cell


_TSV_FORMULA = r'(?m)(^|\t)"(?=[=+\-@＝＋－＠]|\\[tn])'


def no_formula_in_tsv(content: bytes) -> bytes:
    r"""Rows of SPARQL's TSV, whose texts stand in quotation marks, with an apostrophe as :func:`no_formula` has it.

    Example:
        >>> no_formula_in_tsv(b'?a\t?b\n"=1"\t"a=b"\n')
        b'?a\t?b\n"\'=1"\t"a=b"\n'
    """
    return re.sub(_TSV_FORMULA, r"""\1"'""", content.decode("utf-8")).encode("utf-8")


_MARKS = r"(?a)[\\`*\[\]<|]|~~|(?<!\w)_|_(?!\w)|&(?=\#?\w+;)|^\s*(?:[#+=>-]|\d+[.)])"


def no_markup(text: str) -> str:
    r"""A text that Markdown shows as it is, on one line.

    Example:
        >>> no_markup("<b>[x](javascript:1)</b> | a_b")
        '&lt;b>\\[x\\](javascript:1)&lt;/b> \\| a_b'
    """
    return re.sub(_MARKS, _escaped, harmless(" ".join(text.split("\n"))))


def _escaped(match: re.Match[str]) -> str:
    found = match[0]
    if found in ("<", "&"):
        return {"<": "&lt;", "&": "&amp;"}[found]
    return f"\\{found}" if len(found.strip()) == 1 and not found[0].isspace() else f"{found[:-1]}\\{found[-1]}"


_NOT_XML = "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"


def in_xml(text: str) -> str:
    r"""A text with a mark in place of each character that no XML file can hold.

    Example:
        >>> in_xml("a\x00b")
        'a�b'
    """
    return re.sub(_NOT_XML, "�", text)
