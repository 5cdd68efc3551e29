"""A card as Markdown."""

from __future__ import annotations

from typing import Any

from dualuse.card import Card
from dualuse.harmless import no_markup
from dualuse.show.asked import ask
from dualuse.show.cells import columns, title
from dualuse.show.outcomes import tell
from dualuse.show.voice import Voice
from dualuse.show.words import Said, say


def to_markdown(card: Card[Any], *, language: str = "en") -> str:
    """The whole card: what is answered, its rows, receipts, and what is unknown; what it holds is text, no markup.

    Args:
        language: Language of the words, and of the names that have some in it.
    """
    voice = Voice.of(card, language)
    lines = [f"**{no_markup(title(card))}**", ""]
    if not voice.original:
        lines = [*(f"**{no_markup(voice.text(part))}**\n" for part in _in_short(card, voice)), *lines]
    lines += [f"* {no_markup(_name(voice, name))}: {_text(voice, name, value)}" for name, value in card.single.items()]
    for name in card.tables:
        rows = card.seen(name)
        names = columns(rows)
        heads = " | ".join(no_markup(key if voice.original else voice.head(name, key)) for key in names)
        lines += ["", f"### {no_markup(name if voice.original else voice.title(name))}", ""]
        lines += [f"| {heads} |", "|" + " --- |" * len(names)]
        lines += ["| " + " | ".join(_text(voice, key, row.get(key)) for key in names) + " |" for row in rows]
    lines += ["", f"### {'because' if voice.original else voice.text(say('receipts'))}", ""]
    for r in card.because:
        provision = f" ({no_markup(r.provision)})" if r.provision else ""
        lines.append(f"* {no_markup(r.text)}{provision} — {no_markup(r.source)} [{no_markup(r.confidence)}]")
    if card.unknown:
        lines += ["", f"### {'unknown' if voice.original else voice.text(say('unknown'))}", ""]
        lines += [f"* {no_markup(gap.what)}: {no_markup(gap.why_it_matters)}" for gap in card.unknown]
    lines += ["", f"{card.foot}.", ""]
    return "\n".join(lines)


def _in_short(card: Card[Any], voice: Voice) -> tuple[Said, Said]:
    """The question, and the answer in a few words."""
    return ask(card, voice.labels)[0], tell(card, voice.labels).headline


def _name(voice: Voice, key: str) -> str:
    return key if voice.original else voice.head("", key)


def _text(voice: Voice, key: str, value: object) -> str:
    return no_markup(voice.cell(key, value))
