"""A card as Markdown."""

from __future__ import annotations

from typing import Any

from dualuse.card import NOTE, Card
from dualuse.show.cells import cell, columns, title


def to_markdown(card: Card[Any]) -> str:
    """The whole card: what is answered, its rows, receipts, and what is unknown."""
    lines = [f"**{title(card)}**", ""]
    lines += [f"* {name}: {cell(value)}" for name, value in card.single.items()]
    for name in card.tables:
        rows = card.seen(name)
        names = columns(rows)
        lines += ["", f"### {name}", "", "| " + " | ".join(names) + " |", "|" + " --- |" * len(names)]
        lines += ["| " + " | ".join(cell(row.get(key)).replace("|", "\\|") for key in names) + " |" for row in rows]
    lines += ["", "### because", ""]
    lines += [
        f"* {r.text}{f' ({r.provision})' if r.provision else ''} — {r.source} [{r.confidence}]" for r in card.because
    ]
    if card.unknown:
        lines += ["", "### unknown", ""] + [f"* {gap.what}: {gap.why_it_matters}" for gap in card.unknown]
    lines += ["", f"dualuse {card.dataset.version}, {card.dataset.sha256[:12]}; {NOTE}.", ""]
    return "\n".join(lines)
