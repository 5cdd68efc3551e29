"""A card, or rows, as a table for people."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from dualuse.card import NOTE, Card
from dualuse.show.cells import cell, columns, title

_FULL = (1_000_000, 20)
_BRIEF = (8, 3)
# most rows of a table, most receipts


def to_table(card: Card[Any], *, plain: bool, brief: bool = False) -> str:
    """A card as tables.

    Args:
        card: The card.
        plain: Whether it goes to a file: no colours, and a fixed width.
        brief: Whether only the first rows and receipts are shown.
    """
    most = _BRIEF if brief else _FULL
    stdout = Console()
    wide = stdout.width if stdout.is_terminal and not plain else 120
    console = Console(
        file=io.StringIO(),
        width=wide,
        force_terminal=stdout.is_terminal and not plain,
        no_color=None,
        highlight=False,
        soft_wrap=False,
    )
    console.print(f"[bold]{escape(title(card))}[/bold]")
    for name, value in card.single.items():
        console.print(f"{escape(name)}: [bold]{escape(cell(value))}[/bold]")
    for part in card.tables:
        rows = card.seen(part)
        names = columns(rows)
        if not rows:
            continue
        table = Table(box=None, pad_edge=False, header_style="bold")
        for name in names:
            table.add_column(escape(name), overflow="fold")
        for row in rows[: most[0]]:
            table.add_row(*(escape(cell(row.get(name))) for name in names))
        console.print(table)
        if len(rows) > most[0]:
            console.print(f"… and {len(rows) - most[0]} more rows")
    _evidence(console, card, most[1])
    return _text_of(console)


def _evidence(console: Console, card: Card[Any], most: int) -> None:
    if card.because:
        console.print("\n[bold]because[/bold]")
    for receipt in card.because[:most]:
        provision = f" ({receipt.provision})" if receipt.provision else ""
        console.print(escape(f"• {receipt.text}{provision} — {receipt.source} [{receipt.confidence}]"))
    if len(card.because) > most:
        console.print(f"… and {len(card.because) - most} more receipts: --format json")
    if card.unknown:
        console.print("\n[bold]unknown[/bold]")
    for gap in card.unknown[:most]:
        console.print(f"? {escape(gap.what)}: {escape(gap.why_it_matters)}")
    if len(card.unknown) > most:
        console.print(f"… and {len(card.unknown) - most} more: --format json")
    console.print(f"\n[dim]dualuse {card.dataset.version}, data {card.dataset.sha256[:12]}; {NOTE}[/dim]")


def plain_table(rows: Sequence[dict[str, str]]) -> str:
    """Rows as an aligned table without frames; as wide as it needs to be when piped."""
    stdout = Console()
    console = Console(
        file=io.StringIO(),
        width=stdout.width if stdout.is_terminal else 400,
        force_terminal=stdout.is_terminal,
        highlight=False,
    )
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in columns(rows):
        table.add_column(escape(name), overflow="fold")
    for row in rows:
        table.add_row(*(escape(row.get(name, "")) for name in columns(rows)))
    if rows:
        console.print(table)
    return _text_of(console)


def _text_of(console: Console) -> str:
    text = console.file
    if not isinstance(text, io.StringIO):
        raise TypeError("the console lost its buffer")
    return "".join(f"{line.rstrip()}\n" for line in text.getvalue().splitlines())
