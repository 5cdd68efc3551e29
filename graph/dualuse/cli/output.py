"""Show an answer card: as a table for people, or as JSON, CSV or Markdown; and as a page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from dualuse.card import Card
from dualuse.cli.options import say, write_out

_MOST_SAID = 20
"""Findings and unknowns that are said beside rows."""


def show(
    card: Card[Any],
    *,
    form: str,
    output: Path | None,
    force: bool,
    brief: bool = False,
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

        write_out(answer_page(card).encode("utf-8"), html, force)
        if str(html) == "-" and output is None:
            return
    if unknown is not None:
        from dualuse.show.delimited import asides_csv

        write_out(asides_csv(card).encode("utf-8"), unknown, force)
    elif form == "csv":
        _say_asides(card)
    text = _text(card, form, plain=output is not None, brief=brief)
    if form == "table" and output is None:
        click.echo(text, nl=False)
    else:
        write_out(text.encode("utf-8"), output, force)


def _say_asides(card: Card[Any]) -> None:
    from dualuse.show.delimited import asides

    found = asides(card)
    for aside in found[:_MOST_SAID]:
        say(str(aside))
    if len(found) > _MOST_SAID:
        say(f"… and {len(found) - _MOST_SAID:,} more: --unknown FILE")


def _text(card: Card[Any], form: str, *, plain: bool, brief: bool) -> str:
    match form:
        case "json":
            return json.dumps(card.to_dict(), ensure_ascii=False, indent=2) + "\n"
        case "csv":
            from dualuse.show.delimited import to_csv

            return to_csv(card)
        case "md":
            from dualuse.show.markdown import to_markdown

            return to_markdown(card)
        case _:
            from dualuse.show.terminal import to_table

            return to_table(card, plain=plain, brief=brief)
