"""Show an answer card: as a table for people, or as JSON, CSV or Markdown; and as a page."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import click

from dualuse.card import Card
from dualuse.cli.options import say, write_out
from dualuse.cli.progress import hush

_MOST_SAID = 20
"""Findings and unknowns that are said beside rows."""


def show(
    card: Card[Any],
    *,
    form: str,
    output: Path | None,
    force: bool,
    brief: bool = False,
    whole: bool = False,
    lang: str = "en",
    html: Path | None = None,
    unknown: Path | None = None,
) -> None:
    """Write a card in a format to a file or to standard output; with *html*, as a page too.

    A page that goes to standard output takes the place of what would be shown there. Rows alone do not tell what is
    unknown or odd: that goes to *unknown*, as a table, or else is said beside them.

    Raises:
        UsageError: a file is there and may not be overwritten, or cannot be written.
    """
    if html is not None:
        from dualuse.show.html import answer_page

        write_out(answer_page(card, language=lang).encode("utf-8"), html, force)
        if str(html) == "-" and output is None:
            return
    if unknown is not None:
        from dualuse.show.delimited import asides_csv

        write_out(asides_csv(card).encode("utf-8"), unknown, force)
    elif form == "csv":
        _say_asides(card)
    text = _text(card, form, plain=output is not None, brief=brief, whole=whole, language=lang)
    hush()
    if form == "table" and output is None:
        _to_screen(text, paged=whole)
    else:
        write_out(text.encode("utf-8"), output, force)


def _to_screen(text: str, *, paged: bool) -> None:
    """Show a table with its styles; what was asked for whole and is longer than the terminal, page by page."""
    from dualuse.show.look import look_of

    if paged and sys.stdout.isatty() and text.count("\n") >= look_of().height:
        os.environ.setdefault("LESS", "FRX")  # leave at the end of what fits, show styles, keep the screen
        click.echo_via_pager(text, color=True)
    else:
        click.echo(text, nl=False, color=True)


def _say_asides(card: Card[Any]) -> None:
    from dualuse.show.delimited import asides

    found = asides(card)
    for aside in found[:_MOST_SAID]:
        say(str(aside))
    if len(found) > _MOST_SAID:
        say(f"… and {len(found) - _MOST_SAID:,} more: --unknown FILE")


def _text(card: Card[Any], form: str, *, plain: bool, brief: bool, whole: bool = False, language: str = "en") -> str:
    match form:
        case "json":
            return json.dumps(card.to_dict(), ensure_ascii=False, indent=2) + "\n"
        case "csv":
            from dualuse.show.delimited import to_csv

            return to_csv(card)
        case "md":
            from dualuse.show.markdown import to_markdown

            return to_markdown(card, language=language)
        case _:
            from dualuse.show.terminal import to_table

            return to_table(card, plain=plain, brief=brief, whole=whole, language=language)
