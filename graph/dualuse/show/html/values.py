"""Values of a card as pieces of the page; whatever comes from the card is text, never markup."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from markupsafe import Markup

from dualuse.said import Phrase, phrase, read_texts
from dualuse.show.addresses import web_address
from dualuse.show.html.lexicon import Lexicon
from dualuse.show.labels import Labels, column, name_of, worded
from dualuse.show.words import Said, join, same, say

MARKS = {
    "applies": "✓",
    "captured": "✕",
    "clear": "✓",
    "fail": "✕",
    "gained": "+",
    "listed": "✕",
    "lost": "−",
    "pass": "✓",
    "unknown": "?",
}
"""Sign before a result, so that it does not rest on colour."""

_SHORT = 44
_LONGEST_ADDRESS = 72


@dataclass(frozen=True)
class Hand:
    """What every piece of a page needs: the words and the names."""

    lexicon: Lexicon
    labels: Labels

    def text(self, said: Said) -> Markup:
        """A text in the language of the page."""
        return self.lexicon.text(said)

    def told(self, text: str) -> Markup:
        """A text of the record, in the language of the page where it is translated."""
        return self.text(worded(self.labels, text))

    def named(self, name: str, text: str) -> Markup:
        """A text of a column, by the name of what it is the key of."""
        return self.text(name_of(self.labels, name, text))

    def show(self, name: str, part: object) -> Markup:
        """Any value of a column."""
        if part is None or part == "":
            return Markup("")
        if isinstance(part, bool):
            return self.text(say("yes" if part else "no"))
        if isinstance(part, int | float):
            return self.text(same(number(part)))
        if isinstance(part, Mapping):
            return self._mapping(part)
        if isinstance(part, list | tuple):
            return self._list(name, part)
        return self._string(name, part if isinstance(part, Phrase) else str(part))

    def _string(self, name: str, text: str) -> Markup:
        if isinstance(text, Phrase):
            in_each = (told.split("\n") for told in worded(self.labels, text))
            lines = [Said(*line) for line in zip_longest(*in_each, fillvalue="")]  # a name may break a line too
            return self._marked(name, text, self.told(text)) if len(lines) == 1 else items(map(self.text, lines))
        if web_address(text):
            return link(text)
        if "\n" in text:
            return items(self.named(name, line) for line in text.split("\n"))
        return self._marked(name, text, self.named(name, text))

    def _marked(self, name: str, text: str, told: Markup) -> Markup:
        sign = MARKS.get(text) if name in ("change", "result") else None
        return Markup('<span class="sign" aria-hidden="true">{}</span> {}').format(sign, told) if sign else told

    def _list(self, name: str, parts: Sequence[object]) -> Markup:
        shown = [self.show(name, part) for part in parts]
        if len(shown) == 1:
            return shown[0]
        if all(isinstance(part, str | int | float) and len(str(part)) <= _SHORT for part in parts):
            return Markup(" · ").join(shown)
        return items(shown)

    def _mapping(self, part: Mapping[str, object]) -> Markup:
        """Parts by name; a least and a greatest amount are told as one."""
        if not {"min", "max"} <= part.keys():
            return self._pairs(part)
        amount = self.text(self._amount(part))
        rest = [self.show(key, inner) for key, inner in part.items() if key not in ("min", "max", "unit") and inner]
        return Markup("{}: {}").format(Markup(", ").join(rest), amount) if rest else amount

    def _pairs(self, part: Mapping[str, object]) -> Markup:
        told = [
            Markup("{} {}").format(self.text(column(str(key))), self.show(str(key), inner))
            for key, inner in part.items()
            if inner not in (None, "", [], ())
        ]
        return Markup("; ").join(told)

    def _amount(self, part: Mapping[str, object]) -> Said:
        low, high = (number(end) if isinstance(end, int | float) else "?" for end in (part["min"], part["max"]))
        span = same(low) if low == high else say("span", low=low, high=high)
        unit = part.get("unit")
        if not unit:
            return span
        measure, comma, period = str(unit).partition(", ")
        form = f"amount.{measure}" if measure in read_texts("dualuse")["amount"] else "amount.sized"
        told = phrase(form, amount=span, unit=measure).said({})
        return join((told, same(period)), han="，") if comma else told


def number(value: float) -> str:
    """A number with separators, and no more digits than it has.

    Example:
        >>> number(1583200.0), number(100.05)
        ('1,583,200', '100.05')
    """
    return f"{value:,.0f}" if value == int(value) else f"{value:,.6g}"


def items(parts: Iterable[Markup]) -> Markup:
    """A plain list."""
    return Markup("<ul>{}</ul>").format(Markup("").join(Markup("<li>{}</li>").format(part) for part in parts))


def link(address: str) -> Markup:
    """A link that shows where it leads, without the parts that say little."""
    shown = address.removeprefix("https://").removeprefix("www.").rstrip("/")
    if len(shown) > _LONGEST_ADDRESS:
        shown = f"{shown[: _LONGEST_ADDRESS - 1]}…"
    return Markup('<a href="{}" rel="noopener noreferrer" target="_blank">{}</a>').format(address, shown)


def references(numbers: Iterable[int]) -> Markup:
    """Numbers of footnotes, each a link to its own."""
    return Markup(" ").join(Markup('<a class="ref" href="#r{}">{}</a>').format(n, n) for n in numbers)
