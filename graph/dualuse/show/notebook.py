"""A card as a small table, for notebooks; whatever comes from the record is text, never markup."""

from __future__ import annotations

from html import escape
from typing import Any

from dualuse.card import Card
from dualuse.show.cells import cell, columns, title

_MOST = 50


def notebook_html(card: Card[Any]) -> str:
    """The first rows of every part that has rows, below the question, and how much is not known."""
    parts = [f"<p><strong>{escape(title(card))}</strong></p>"]
    single = "; ".join(f"{name}: {cell(value)}" for name, value in card.single.items() if value not in (None, ""))
    if single:
        parts.append(f"<p>{escape(single)}</p>")
    for name in card.tables:
        rows = card.seen(name)
        names = columns(rows)
        head = "".join(f"<th>{escape(key)}</th>" for key in names)
        body = "".join(_row([cell(row.get(key)) for key in names]) for row in rows[:_MOST])
        more = f"<p>… and {len(rows) - _MOST} more rows</p>" if len(rows) > _MOST else ""
        parts.append(f"<table><caption>{escape(name)}</caption><tr>{head}</tr>{body}</table>{more}")
    told = f"{len(card.because)} receipts, {len(card.unknown)} unknown; {card.foot}"
    return "\n".join([*parts, f"<p><small>{escape(told)}</small></p>"])


def _row(cells: list[str]) -> str:
    return f"<tr>{''.join(f'<td>{escape(text)}</td>' for text in cells)}</tr>"
