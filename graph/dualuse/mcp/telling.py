"""A card in a few lines, for a model that reads no structured content: the headline first, and every unknown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from dualuse.harmless import harmless
from dualuse.show.asked import ask
from dualuse.show.cells import cell, columns, title
from dualuse.show.labels import read_labels
from dualuse.show.outcomes import tell

if TYPE_CHECKING:
    from dualuse.card import Card
    from dualuse.mcp.answers import Page

_ROWS, _RECEIPTS = 5, 3


def told(card: Card[Any], given: Mapping[str, Any], page: Page) -> str:
    """The lines."""
    labels = {} if card.source is None else read_labels(card.source, card)
    outcome = tell(card, labels)
    lines = [outcome.headline.en, *([outcome.detail.en] if outcome.detail else [])]
    lines += [f"asked: {ask(card, labels)[0].en} ({title(card).partition(' · as of ')[2]})"]
    lines += [f"{name.en}: {value.en}" for name, value in outcome.figures]
    lines += [f"unknown: {gap.what}: {gap.why_it_matters}" for gap in card.unknown]
    for name in card.tables:
        rows = card.seen(name)
        lines += _rows(name, page.cut(rows))
        lines += _more(name, min(len(page.cut(rows)), _ROWS), len(page.cut(rows)), len(rows), page)
    receipts = given["because"]
    lines += [f"because: {_receipt(each)}" for each in receipts[:_RECEIPTS]]
    lines += _more("because", min(len(receipts), _RECEIPTS), len(receipts), len(card.because), page)
    return harmless("\n".join([*lines, card.foot]).replace("\N{NO-BREAK SPACE}", " "))


def _rows(name: str, rows: Sequence[dict[str, Any]]) -> Iterator[str]:
    names = columns(rows)
    for row in rows[:_ROWS]:
        cells = ((key, cell(row.get(key)).replace("\n", "; ")) for key in names)
        yield f"{name}: {' · '.join(f'{key} {text}'.strip() for key, text in cells if text)}"


def _more(name: str, shown: int, given: int, total: int, page: Page) -> Iterator[str]:
    """How many of a part stand elsewhere, and where."""
    if given > shown:
        yield f"{name}: {given - shown} more in the structured content"
    if given and (after := total - page.first + 1 - given) > 0:
        yield f"{name}: {after} more with first_row {page.first + page.limit}, {total} in all"
    elif total and not given:
        yield f"{name}: {total} in all, before row {page.first}"


def _receipt(receipt: Mapping[str, Any]) -> str:
    provision = f" ({receipt['provision']})" if receipt["provision"] else ""
    return f"{receipt['text']}{provision} — {receipt['source']}"
