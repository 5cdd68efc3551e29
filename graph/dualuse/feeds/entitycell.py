"""The cell of the Entity List that holds a party: its name, other names, addresses, and who belongs to it.

What people wrote, not what a form gave: the cell is kept as it stands, and this reads from it what can be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from dualuse.feeds.ecfrxml import fold_dashes

_ALIASES = re.compile(r"[,;]?\s*\(?\b[af]\.?\s?k\.?\s?a\b\.?[,:;]?\s*", re.IGNORECASE)
_LISTED = re.compile(r"^the\s+following(?:\s+[\w-]+){0,3}\s+alias(?:es)?\s*[:;,]?\s*", re.IGNORECASE)
_ALIAS_LINE = re.compile(r"\balias(?:es)?\s*:$", re.IGNORECASE)
_ITEM = re.compile(r"^-+\s*")
_RUN_IN = re.compile(r"(?<=[:;])\s*((?:and\s*)?)[\u2014\u2013-]{1,2}\s*(?=\w)", re.IGNORECASE)
"""An item of a list that the file did not put on a line of its own."""
_AND = re.compile(r"[;,]?\s*\band\s*$|[;,]\s*$", re.IGNORECASE)
_SEE = re.compile(
    r"\(?\bsee\s+(?:also\s+)?(?:the\s+)?(?:alternate\s+)?address(?:es)?\b(?:\b[A-Z]\.|[^().])*\)?\s*\.?", re.IGNORECASE
)
_BELONGS = re.compile(
    r"\b(subordinate\s+\w+|affiliated\s+entit\w+|subsidiar\w+)\b.*:\s*$|^(subordinate|affiliated)\s+\w+\s*:?",
    re.IGNORECASE,
)
_FOLLOWING = re.compile(r"[;,]?\s*\band\s+the\s+following.*$", re.IGNORECASE)
_APPLIES = re.compile(r"^(?:the\s+following\s+)?addresses?\b[^:]*:\s*", re.IGNORECASE)
_LEGAL = re.compile(
    r"(?:Ltda?|Limited|Inc|Incorporated|L\.?L\.?C|L\.?L\.?P|L\.?P|Co|Corp|Corporation|Company|S\.?A|S\.?L|S\.?R\.?L|"
    r"s\.?r\.?o|S\.?p\.?A|S\.?A\.?S|S\.?A\.?R\.?L|GmbH|A\.?G|B\.?V|N\.?V|Pte|Pty|Pvt|Sdn|Bhd|P?JSC|[OC]JSC|OOO|[PZ]?AO|"
    r"FZE|FZCO?|FZ-LLC|PLC|Jr|Sr|I{2,3}|d\.?o\.?o|a\.?s|A\.?Ş|Lda|C\.?A|K\.?K|M\.?M\.?C|Private|Sirketi)\b\.?(?=[\s,.;)(]|$)",
    re.IGNORECASE,
)
_ABBREVIATED = re.compile(r"(?:\b(?:Ltda?|Inc|Co|Corp|Bros|Jr|Sr|Pvt|Pte|Bhd)|\.\w{1,2}|\b[A-Z])\.$", re.IGNORECASE)


@dataclass
class Party:
    """What a cell says of a party."""

    name: str
    aliases: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    members: list[str] = field(default_factory=list)
    """Subordinate institutions and affiliated entities that the entry names."""
    notes: list[str] = field(default_factory=list)
    """Pointers to where else the party stands."""
    doubts: list[str] = field(default_factory=list)


def party(cell: str) -> Party:
    r"""Read a cell.

    Example:
        >>> found = party("Made Up Co., Ltd., a.k.a., the following two aliases:\n—MUC; and\n—Mu.\n1 Rd, Kabul.")
        >>> found.name, found.aliases, found.addresses
        ('Made Up Co., Ltd.', ['MUC', 'Mu'], ['1 Rd, Kabul'])
    """
    notes = [" ".join(see.strip(" ().").split()) for see in _SEE.findall(cell)]
    first, *rest = _lines(_SEE.sub(" ", cell))
    found = _head(first)
    found.notes = notes
    _body(found, rest)
    found.aliases = list(dict.fromkeys(alias for alias in found.aliases if alias != found.name))
    found.addresses = list(dict.fromkeys(found.addresses))
    return found


def _lines(cell: str) -> list[str]:
    """Lines of a cell; items that a file runs into one line stand on lines of their own."""
    lines = [line.strip() for line in cell.split("\n")]
    if sum(bool(line) for line in lines) == 1:
        lines = _RUN_IN.sub(r" \1\n-", "".join(lines)).split("\n")
    return [line for each in lines if (line := " ".join(each.split()))] or [""]


def _head(line: str) -> Party:
    """The first line: a name, and behind it a first alias or an address."""
    found = _ALIASES.search(line)
    if found and found.start():
        name, rest = line[: found.start()], line[found.end() :]
        party_ = Party(_trim(name))
        rest = _LISTED.sub("", rest)
        if rest and not _ITEM.match(fold_dashes(rest)):
            alias, address = split_name(rest)
            party_.aliases.append(_trim(alias))
            party_.addresses += addresses(address)
        return party_
    name, address = split_name(line)
    return Party(_trim(name), addresses=list(addresses(address)))


def _body(found: Party, lines: list[str]) -> None:
    """The lines behind the first: items of the list that was begun last, or addresses."""
    into = found.aliases
    run: list[str] = []
    """Lines of an address that goes on."""
    for line in lines:
        item = _ITEM.match(fold_dashes(line))
        told = line[item.end() :] if item else line
        if _BELONGS.search(told):
            into = _begin_members(found, told)
        elif item:
            found.addresses += addresses(" ".join(run))
            run = []
            into += _names(told)
        else:
            run += _address_line(told, into)
    found.addresses += addresses(" ".join(run))
    if found.aliases and not found.addresses:
        alias, address = split_name(found.aliases[-1])
        if "," in address:  # the address was run into the last name
            found.aliases[-1] = alias
            found.addresses += addresses(address)
            return
        found.doubts.append("no address told from its names")


def _begin_members(found: Party, line: str) -> list[str]:
    """A line that begins a list of who belongs to the party; a name may stand before it, or a first one behind it."""
    lead = _FOLLOWING.sub("", line)
    if lead != line:
        found.aliases += _names(lead)
    elif member := _trim(_ALIASES.split(_BELONGS.sub("", line))[0]):
        found.members.append(member)
    return found.members


def _address_line(line: str, into: list[str]) -> list[str]:
    """What a line that is no item of a list says of an address; a name with aliases of its own goes to the others."""
    if again := _ALIASES.match(line):
        return [_LISTED.sub("", line[again.end() :])]
    if again := _ALIASES.search(line):
        into.append(_trim(line[: again.start()]))
        return []
    return [] if _ALIAS_LINE.search(line) else [_APPLIES.sub("", line)]


def _names(item: str) -> Iterator[str]:
    """Names in an item of a list; an item may give a second one behind ``a.k.a.``."""
    for name in _ALIASES.split(item):
        if (trimmed := _trim(_LISTED.sub("", name))) and trimmed.casefold() not in ("and", "the following"):
            yield trimmed


def _trim(name: str) -> str:
    name = _AND.sub("", name.strip()).strip(" ,;:-—–")
    if name.endswith(")") and name.count("(") < name.count(")"):
        name = name[:-1].rstrip()
    if name.endswith(".") and not _ABBREVIATED.search(name):
        name = name[:-1]
    return name


def split_name(line: str) -> tuple[str, str]:
    """A name and what stands behind it: the first comma that begins no legal form parts them.

    Example:
        >>> split_name("Made Up Co., Ltd., 12 Example Road, Shanghai, China.")
        ('Made Up Co., Ltd.', '12 Example Road, Shanghai, China.')
    """
    for comma in re.finditer(r"[,;]\s*", line):
        if not _LEGAL.match(line, comma.end()):
            return line[: comma.start()].strip(), line[comma.end() :].strip()
    return line.strip(), ""


def addresses(text: str) -> list[str]:
    """Addresses that a text joins by semicolons, with and without ``and``.

    Example:
        >>> addresses("1 Rd, Kabul, Afghanistan; and 2 St, Dubai, U.A.E.")
        ['1 Rd, Kabul, Afghanistan', '2 St, Dubai, U.A.E.']
    """
    found = []
    for part in text.split(";"):
        address = re.sub(r"^and\b[\s,:]*", "", " ".join(part.split()), flags=re.IGNORECASE)
        address = re.sub(r"[\s,]+and$", "", address, flags=re.IGNORECASE).strip(" ,:")
        if address.endswith(".") and not re.search(r"\.\w{1,2}\.$", address):
            address = address[:-1].rstrip()
        if address:
            found.append(address)
    return found
