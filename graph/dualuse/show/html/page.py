"""One card as one HTML file: nothing fetched, nothing run that is not named by its hash, every text escaped."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from markupsafe import Markup

from dualuse.card import Card, Receipt, Unknown
from dualuse.explore.inline import Hashed, environment, hashed, template_text
from dualuse.explore.scripts import joined
from dualuse.explore.text import LANGUAGES, check_language
from dualuse.show.addresses import web_address
from dualuse.show.asked import ask
from dualuse.show.html.blocks import blocks
from dualuse.show.html.cites import Cites
from dualuse.show.html.lexicon import Lexicon
from dualuse.show.html.palette import shared_css
from dualuse.show.html.values import Hand, link
from dualuse.show.labels import Labels, name_of, read_labels
from dualuse.show.outcomes import Outcome, tell
from dualuse.show.words import Said, counted, find, same, say, texts
from dualuse.unnamed import clock_of

_PACKAGE = "dualuse.show.html"

_DOTS = {"high": "●●●", "medium": "●●○", "low": "●○○"}
_SIGNS = {"no": "!", "open": "?", "yes": "✓"}
_SHOWN_DIGEST = 16
_OPEN_RECEIPTS, _OPEN_GAPS, _FEW_GAPS = 20, 6, 3
"""Receipts, and things not known, that stand open; how many more of those are too few to fold."""
_SEARCHED = 40
"""Rows and receipts beyond which a page has a field to search them."""


_TOOLS = ("columns", "filter_rows", "found", "rows_left", "sort_by")
"""Words that the script of a page fills and shows."""


@dataclass(frozen=True)
class Footnote:
    """A receipt, ready to show."""

    number: int
    text: Markup
    provision: Markup
    source: Markup
    dots: str
    confidence: Said | None


def answer_page(card: Card[Any], *, labels: Labels | None = None, language: str = "en") -> str:
    """Render a card as one offline page.

    Args:
        card: Any answer card; it is not changed.
        labels: Names of what it mentions by key; read from the graph it was drawn from if not given.
        language: Language the page opens in: ``en``, ``zh-Hant`` or ``zh-Hans``. The reader can change it.

    Returns:
        HTML text; write it as UTF-8. The same arguments give the same text, byte for byte.

    Raises:
        UsageError: the language is unknown.

    Example:
        >>> page = answer_page(card)  # doctest: +SKIP
    """
    hand = Hand(Lexicon(check_language(language)), _labels(card) if labels is None else labels)
    lexicon = hand.lexicon
    question, given = ask(card, hand.labels)
    outcome = tell(card, hand.labels)
    style, script = _inline()
    shown, footnotes = list(blocks(card, hand, Cites(card.because))), _footnotes(card, hand)
    body = environment(_PACKAGE).get_template("page.html.j2")
    return body.render(
        attribute=lexicon.label,
        blocks=shown,
        card=card,
        citation=_citation(card, question, outcome),
        counted=counted,
        data=_data(card.to_dict()),
        digest=card.dataset.sha256,
        file=_file_name(card),
        footnotes=footnotes,
        tools={key: texts()["ui"][key] for key in _TOOLS},
        given=given,
        head=lexicon.head,
        language=language,
        last_day=_last_day(card),
        languages=tuple(zip(LANGUAGES, ("EN", "繁體", "简体"), strict=True)),
        lens=name_of(hand.labels, "lens", card.lens) if card.lens else None,
        lens_text=find("lens_text", card.lens),
        many=len(footnotes) > _OPEN_RECEIPTS,
        number=lexicon.number,
        outcome=outcome,
        plain=lexicon.plain,
        question=question,
        same=same,
        say=say,
        searched=len(footnotes) + sum(len(part.lines) for block in shown for part in block.sections) > _SEARCHED,
        script=script,
        sign=_SIGNS.get(outcome.tone, ""),
        style=style,
        text=lexicon.text,
        told=hand.told,
        unknown=_in_two(card.unknown),
        words=_Late(lexicon),
    )


def _last_day(card: Card[Any]) -> Said | None:
    """That the day is the last one on record, where none was named; and which day it is."""
    today = clock_of(card.as_of)
    return None if today is None else say("last_day", today=today.isoformat())


def _labels(card: Card[Any]) -> Labels:
    return {} if card.source is None else read_labels(card.source, card)


class _Late:
    """The words of a page, written at its end, when all that it uses are known."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def __html__(self) -> Markup:
        return _data(self._lexicon.table())


def _data(document: Any) -> Markup:
    """Plain values as JSON that cannot end the element it stands in."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704 - no sign is left that HTML reads


def _in_two(unknown: Sequence[Unknown]) -> list[Sequence[Unknown]]:
    """What is not known that stands open, and what more is folded."""
    most = _OPEN_GAPS if len(unknown) > _OPEN_GAPS + _FEW_GAPS else len(unknown)
    return [part for part in (unknown[:most], unknown[most:]) if part]


def _footnotes(card: Card[Any], hand: Hand) -> list[Footnote]:
    return [_footnote(number, receipt, hand) for number, receipt in enumerate(card.because, start=1)]


def _footnote(number: int, receipt: Receipt, hand: Hand) -> Footnote:
    address = web_address(receipt.source)
    source = link(address) if address else hand.told(receipt.source)
    given = receipt.confidence
    confidence = (find("confidence", given) or same(given)) if given else None
    dots = _DOTS.get(given, "○○○")
    told = hand.told(receipt.text)
    return Footnote(number, told, hand.told(receipt.provision), source, dots, confidence)


def _citation(card: Card[Any], question: Said, outcome: Outcome) -> Said:
    key = "citation" if card.lens else "citation_no_lens"
    return say(
        key,
        question=question,
        answer=outcome.headline,
        as_of=card.as_of.isoformat(),
        lens=find("lens", card.lens) or card.lens,
        version=card.dataset.version,
        known_on=card.dataset.known_on.isoformat(),
        digest=card.dataset.sha256[:_SHOWN_DIGEST],
    )


def _file_name(card: Card[Any]) -> str:
    """Name of the file the card is saved as."""
    parts = ("dualuse", str(card.question.get("command", "")), card.as_of.isoformat(), card.lens)
    return re.sub(r"[^A-Za-z0-9.-]+", "-", "-".join(part for part in parts if part)) + ".json"


@cache
def _inline() -> tuple[Hashed, Hashed]:
    """Style and script of every answer page."""
    style = shared_css() + template_text("answer.css", _PACKAGE)
    return hashed(style), hashed(joined("answer.js", _PACKAGE))
