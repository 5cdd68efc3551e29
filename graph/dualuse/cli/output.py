"""Show an answer card: as a table for people, or as JSON, CSV or Markdown."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from dualuse.card import NOTE, Card
from dualuse.cli.options import OPENED, write_out
from dualuse.errors import UsageError

_FULL = (1_000_000, 20)
_BRIEF = (8, 3)
# most rows of a table, most receipts


def show(
    card: Card, *, form: str, output: Path | None, force: bool, brief: bool = False, html: Path | None = None
) -> None:
    """Write a card in a format to a file or to standard output; with *html*, as a page too.

    A page that goes to standard output takes the place of what would be shown there.

    Raises:
        UsageError: a file is there and may not be overwritten, cannot be written, or is to hold both.
    """
    if html is not None:
        if html == output:
            raise UsageError(f"{html} cannot hold both the page and the {form}; choose another file for one of them")
        write_out(_page(card).encode("utf-8"), html, force)
        if str(html) == "-" and output is None:
            return
    match form:
        case "json":
            text = json.dumps(card.document(), ensure_ascii=False, indent=2) + "\n"
        case "csv":
            text = _csv(card)
        case "md":
            text = _markdown(card)
        case _:
            text = _table(card, plain=output is not None, most=_BRIEF if brief else _FULL)
    if form == "table" and output is None:
        click.echo(text, nl=False)
    else:
        write_out(text.encode("utf-8"), output, force)


def _page(card: Card) -> str:
    """A card as a page, with the names its graph has for what it mentions."""
    from dualuse.explore.answer import answer_page, read_labels

    opened = click.get_current_context().meta.get(OPENED)
    return answer_page(card, labels=None if opened is None else read_labels(opened.store, card))


def cell(value: object) -> str:
    """A value as words in a cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.0f}" if value == int(value) else f"{value:,g}"
    if isinstance(value, list | tuple):
        return "; ".join(cell(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{key} {cell(inner)}" for key, inner in value.items() if inner is not None)
    return str(value)


def _plain(value: object) -> str:
    """A value in a CSV cell: numbers without separators."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:.15g}"
    return guard(cell(value))


def guard(text: str) -> str:
    """Keep a spreadsheet from taking text for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def columns(rows: Sequence[dict[str, Any]]) -> list[str]:
    """Every key that some row has a value for, in order of first use."""
    return list(dict.fromkeys(key for row in rows for key, value in row.items() if value not in (None, "", [], ())))


def _rows(card: Card) -> list[tuple[str, list[dict[str, Any]]]]:
    return [(name, card.views.get(name, list(card.answer[name]))) for name in card.tables if name in card.answer]


def _single(card: Card) -> dict[str, Any]:
    return {name: value for name, value in card.answer.items() if name not in card.tables}


def _csv(card: Card) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    tables = _rows(card) or [("", [_single(card)])]
    for _, rows in tables[:1]:
        names = columns(rows)
        writer.writerow(names)
        for row in rows:
            writer.writerow([_plain(row.get(name)) for name in names])
    return out.getvalue()


def _markdown(card: Card) -> str:
    lines = [f"**{_sentence(card)}**", ""]
    lines += [f"* {name}: {cell(value)}" for name, value in _single(card).items()]
    for name, rows in _rows(card):
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


def _sentence(card: Card) -> str:
    asked = {key: value for key, value in card.question.items() if value not in (None, "", [], (), False)}
    words = [str(asked.pop("command"))]
    words += [key if value is True else f"{key} {cell(value)}" for key, value in asked.items()]
    lens = f", {card.lens}" if card.lens else ""
    return f"{' · '.join(words)} · as of {card.as_of.isoformat()}{lens}"


def _table(card: Card, *, plain: bool, most: tuple[int, int]) -> str:
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
    console.print(f"[bold]{escape(_sentence(card))}[/bold]")
    for name, value in _single(card).items():
        console.print(f"{escape(name)}: [bold]{escape(cell(value))}[/bold]")
    for _, rows in _rows(card):
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


def _evidence(console: Console, card: Card, most: int) -> None:
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
