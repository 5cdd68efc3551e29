"""Which receipts a row rests on, so that it can carry the numbers of their footnotes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dualuse.card import Receipt

_MOST = 12


class Cites:
    """Receipts by what rows say of them: their fact, their sentence, their paragraph, their source."""

    def __init__(self, receipts: Sequence[Receipt]) -> None:
        self._receipts = receipts
        self._by_fact: dict[str, list[int]] = defaultdict(list)
        self._by_text: dict[str, list[int]] = defaultdict(list)
        self._by_provision: dict[str, list[int]] = defaultdict(list)
        self._by_source: dict[str, list[int]] = defaultdict(list)
        self._steps: dict[tuple[str, str], list[int]] = {}
        for number, receipt in enumerate(receipts, start=1):
            for name in _names(receipt.fact):
                self._by_fact[name].append(number)
            self._by_text[receipt.text].append(number)
            self._by_text[f"{receipt.text} [{receipt.provision}]"].append(number)
            if "/id/group/" in receipt.fact:
                self._by_text[receipt.text.rpartition(" in ")[2]].append(number)
            if receipt.provision:
                self._by_provision[receipt.provision].append(number)
            self._by_source[receipt.source].append(number)

    def of_text(self, text: str) -> list[int]:
        """Receipts of a sentence, with or without its paragraph behind it."""
        return self._by_text.get(text, [])

    def of_step(self, start: str, end: str) -> list[int]:
        """Receipts of a step of a path between two names, whichever way it is told."""
        if (start, end) not in self._steps:
            self._steps[start, end] = [
                number
                for number, receipt in enumerate(self._receipts, start=1)
                for one, other in ((start, end), (end, start))
                if receipt.text.startswith(f"{one} ") and receipt.text.endswith(f" {other}")
            ][:1]
        return self._steps[start, end]

    def of_row(self, row: Mapping[str, Any]) -> list[int]:
        """Receipts of a row: those of its facts and sentences; failing those, of its paragraphs; then of its source."""
        if row.get("receipts"):
            return list(row["receipts"])  # the answer says itself what a row rests on
        leaves = [(name, text) for name, part in row.items() for text in _texts(part)]
        found = [number for name, text in leaves for number in self._exact(name, text, str(row.get("date", "")))]
        if not found:
            words = [text for name, text in leaves if name in ("code", "rule", "title", "what")]
            found = [number for _, text in leaves for number in self._of_provision(text, words)]
        if not found:
            found = [n for name, text in leaves if name in ("receipt", "source") for n in self._by_source.get(text, [])]
        return list(dict.fromkeys(found))[:_MOST]

    def _exact(self, name: str, text: str, day: str) -> Iterator[int]:
        yield from self._by_text.get(text, ())
        yield from self._by_text.get(f"{day}: {text}", ())
        for key in (text, f"{name}:{text}", f"{name.removesuffix('s')}:{text}"):
            yield from self._by_fact.get(key, ())

    def _of_provision(self, provision: str, words: Sequence[str]) -> list[int]:
        """Receipts of a paragraph; of several, those that name what the row names."""
        found = self._by_provision.get(provision, [])
        closer = [n for n in found if any(f"({word})" in self._receipts[n - 1].text for word in words)]
        return closer or found


def _texts(part: object) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, list | tuple):
        for inner in part:
            yield from _texts(inner)


def _names(fact: str) -> Iterator[str]:
    """How a row may name a fact: ``kind:key``, and for a fact about a place ``place:CODE``."""
    match = re.search(r"/id/([^/]+)/(.+)$", fact)
    if match is None:
        return
    kind, key = match.groups()
    yield f"{kind}:{key}"
    if kind in ("membership", "tier-assignment", "treatment"):
        for part in key.split("."):
            if len(part) == len("CH"):
                yield f"place:{part.upper()}"
