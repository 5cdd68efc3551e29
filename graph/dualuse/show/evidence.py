"""Receipts and gaps as parts of a screen: each receipt numbered, each source once, with its address."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dualuse.card import Receipt, Unknown
from dualuse.harmless import harmless
from dualuse.show.addresses import readable, shorter, web_address
from dualuse.show.grid import fold, width_of
from dualuse.show.look import BOLD, DIM, Look
from dualuse.show.screen import Part
from dualuse.show.voice import Voice
from dualuse.show.words import find, same, say

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_LEAST = 2
"""Receipts and gaps that are always shown."""


def receipts(because: Sequence[Receipt], voice: Voice, look: Look, *, most: int, whole: bool) -> Part:
    """Receipts below their title, numbered, and below them the sources of those that are shown.

    Args:
        because: The receipts.
        voice: The language.
        most: How many may be shown, where not all are.
        whole: Whether addresses stand whole, however long.
    """
    signs = {source: _sign(number) for number, source in enumerate(dict.fromkeys(each.source for each in because))}
    told = because if whole else because[:most]
    entries = [_receipt(number, each, signs, voice, look) for number, each in enumerate(told, start=1)]
    sources = {source: _source(sign, source, voice.told(source), look, whole) for source, sign in signs.items()}
    title = look.set(BOLD, f"{voice.text(say('receipts'))} ({len(because):,})")
    heading = look.set(BOLD, voice.text(say("sources")))
    first = [each.source not in [other.source for other in told[:at]] for at, each in enumerate(told)]
    lines = [
        len(entry) + (len(sources[each.source]) if new else 0)
        for entry, each, new in zip(entries, told, first, strict=True)
    ]
    lines[0] += 2

    def show(number: int) -> list[str]:
        if number == 0:
            return ["", f"{title}: --all"]
        shown = dict.fromkeys(each.source for each in because[:number])
        left = len(because) - number
        more = [look.set(DIM, voice.text(say("fold_more", n=f"{left:,}")))] if left else []
        cited = [line for source in shown for line in sources[source]]
        return ["", title, *(line for entry in entries[:number] for line in entry), *more, heading, *cited]

    return Part(len(because), lines, show, most, least=_LEAST, first=False)


def gaps(unknown: Sequence[Unknown], voice: Voice, look: Look, *, most: int) -> Part:
    """What is not known, below its title."""
    told = (f"{voice.told(gap.what)}{voice.colon}{voice.told(gap.why_it_matters)}" for gap in unknown)
    entries = [list(_hanging("? ", harmless(text), look.width)) for text in told]
    title = look.set(BOLD, f"{voice.text(say('unknown'))} ({len(unknown):,})")
    lines = [len(entry) for entry in entries]
    lines[0] += len(unknown) > 1

    def show(number: int) -> list[str]:
        if number == 0:
            return ["", f"{title}: --all"]
        left = len(unknown) - number
        more = [look.set(DIM, voice.text(say("fold_more", n=f"{left:,}")))] if left else []
        return ["", title, *(line for entry in entries[:number] for line in entry), *more]

    return Part(len(unknown), lines, show, most, least=_LEAST, first=False)


def _sign(number: int) -> str:
    """A letter, or several, that stands for a source: a to z, then aa, ab and so on."""
    head, last = divmod(number, len(_LETTERS))
    return f"{_sign(head - 1)[1:-1] if head else ''}{_LETTERS[last]}".join("[]")


def _receipt(number: int, receipt: Receipt, signs: dict[str, str], voice: Voice, look: Look) -> list[str]:
    provision = f" ({voice.told(receipt.provision)})" if receipt.provision else ""
    told = find("confidence", receipt.confidence) or same(receipt.confidence)
    confidence = f"{receipt.confidence if voice.original else voice.text(told)} " if receipt.confidence else ""
    sign = signs[receipt.source]
    lines = list(
        _hanging(f"[{number}] ", harmless(f"{voice.told(receipt.text)}{provision} — {confidence}{sign}"), look.width)
    )
    if lines[-1].endswith(sign):
        lines[-1] = lines[-1].removesuffix(sign) + look.link(receipt.source, sign)
    return lines


def _source(sign: str, source: str, told: str, look: Look, whole: bool) -> list[str]:
    """An address on one line: as a link that shows it readably, or whole, or cut where it has to be short."""
    lead = f"{sign} "
    room = look.width - len(lead)
    address = harmless(told if whole and not look.links else shorter(told))
    if look.links and web_address(source):
        return [f"{lead}{look.link(source, _cut(harmless(readable(address)), room))}"]
    return [f"{lead}{address if whole else _cut(address, room)}"]


def _cut(text: str, most: int) -> str:
    """A text with dots in place of its middle where it is too long; its ends tell more than its middle."""
    if width_of(text) <= most:
        return text
    head, tail = (most - 1) * 2 // 3, (most - 1) // 3
    while width_of(text[:head]) + width_of(text[-tail:]) >= most and tail > 1:
        head, tail = head - 1, tail - 1
    return f"{text[:head]}…{text[-tail:]}"


def _hanging(lead: str, text: str, width: int) -> Iterator[str]:
    """Lines of a text behind a sign, all as far in as the first."""
    for number, line in enumerate(fold(text, width - len(lead))):
        yield f"{lead if number == 0 else ' ' * len(lead)}{line}"
