"""A card as Markdown."""

from __future__ import annotations

from typing import Any

from dualuse.card import Card
from dualuse.harmless import no_markup
from dualuse.show.cells import cell, columns, title


def to_markdown(card: Card[Any]) -> str:
    """The whole card: what is answered, its rows, receipts, and what is unknown; what it holds is text, no markup."""
    lines = [f"**{no_markup(title(card))}**", ""]
    lines += [f"* {no_markup(name)}: {_text(value)}" for name, value in card.single.items()]
    for name in card.tables:
        rows = card.seen(name)
        names = columns(rows)
        heads = " | ".join(no_markup(key) for key in names)
        lines += ["", f"### {no_markup(name)}", "", f"| {heads} |", "|" + " --- |" * len(names)]
        lines += ["| " + " | ".join(_text(row.get(key)) for key in names) + " |" for row in rows]
    lines += ["", "### because", ""]
    for r in card.because:
        provision = f" ({no_markup(r.provision)})" if r.provision else ""
        lines.append(f"* {no_markup(r.text)}{provision} — {no_markup(r.source)} [{no_markup(r.confidence)}]")
    if card.unknown:
        lines += ["", "### unknown", ""]
        lines += [f"* {no_markup(gap.what)}: {no_markup(gap.why_it_matters)}" for gap in card.unknown]
    lines += ["", f"{card.foot}.", ""]
    return "\n".join(lines)


def _text(value: object) -> str:
    return no_markup(cell(value))
