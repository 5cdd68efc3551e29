"""What a terminal can show, and what is set off there: never by colour alone."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dualuse.harmless import harmless
from dualuse.show.addresses import web_address

WIDTH = 120
"""Cells of a line where there is no terminal, and ``COLUMNS`` does not say."""
HEIGHT = 48
"""Lines of a screen where there is none."""
_SMALLEST = 24
_DUMB = ("dumb", "unknown", "")
_LINKING = ("ghostty", "hyper", "iterm.app", "rio", "tabby", "vscode", "warpterminal", "wezterm")
_LINKING_TERMS = ("alacritty", "foot", "ghostty", "kitty", "wezterm")
_SINCE_VTE = 5000

BOLD, DIM = "1", "2"
_RED, _GREEN, _YELLOW, _MAGENTA, _CYAN = "31", "32", "33", "35", "36"
TONES = {"yes": f"{BOLD};{_GREEN}", "no": f"{BOLD};{_RED}", "open": f"{BOLD};{_MAGENTA}"}
"""Tone of a headline -> its style."""
_STATUS = ("status", "codified", "enforced", "announced", "horizon")
_EFFECT = ("effect", "first", "second")
_COLOURS: Mapping[str, Mapping[str, str]] = {
    "tier": {"1": _GREEN, "2": _YELLOW, "3": _RED},
    "status": {
        "in-force": _GREEN,
        "effective-not-due": _CYAN,
        "not-yet": _CYAN,
        "suspended": _YELLOW,
        "not-enforced": _YELLOW,
        "ended": DIM,
        "unknown": _MAGENTA,
        "fresh": _GREEN,
        "ageing": _CYAN,
        "old": _YELLOW,
        "stale": _RED,
    },
    "stance": {
        "supports": _GREEN,
        "opposes": _RED,
        "concerned": _YELLOW,
        "requests-change": _YELLOW,
        "neutral": _CYAN,
    },
    "effect": {
        "barred": _RED,
        "licence-needed": _YELLOW,
        "capped": _YELLOW,
        "duty": _CYAN,
        "excepted": _CYAN,
        "relieved": _GREEN,
        "uncertain": _MAGENTA,
    },
    "result": {
        "pass": _GREEN,
        "fail": _RED,
        "unknown": _MAGENTA,
        "listed": _RED,
        "captured": _RED,
        "possible": _YELLOW,
        "ambiguous": _MAGENTA,
    },
    "outcome": {
        "licence-required": _RED,
        "licence-exception": _YELLOW,
        "no-licence-required": _GREEN,
        "indeterminate": _MAGENTA,
    },
}
"""Kind of value -> value -> its colour, of the sixteen that a theme of the terminal sets."""
_KINDS = (
    dict.fromkeys(_STATUS, "status")
    | dict.fromkeys(_EFFECT, "effect")
    | {f"tier_{end}": "tier" for end in ("before", "after")}
)


@dataclass(frozen=True)
class Look:
    """How text is shown: cells of a line, lines of a screen, and what may stand in it beside letters."""

    width: int = WIDTH
    height: int = HEIGHT
    bold: bool = False
    colour: bool = False
    links: bool = False

    def set(self, style: str, text: str) -> str:
        """A text in a style, as far as there are styles; without colours, those alone are left out."""
        parts = style.split(";")
        kept = ";".join(part for part in parts if self.colour or part in (BOLD, DIM)) if self.bold else ""
        return f"\x1b[{kept}m{text}\x1b[0m" if kept and text else text

    def link(self, address: str, text: str) -> str:
        """A text that opens an address, where terminals do that (OSC 8)."""
        known = web_address(address)
        if not self.links or known is None or harmless(known) != known:
            return text
        return f"\x1b]8;;{known}\x1b\\{text}\x1b]8;;\x1b\\"


def style_of(column: str, part: Any) -> str:
    """The style of a value of a column; empty for most."""
    return _COLOURS.get(_KINDS.get(column, column), {}).get(str(part), "")


def style_of_headline(tone: str) -> str:
    """The style of an answer in large words."""
    return TONES.get(tone, BOLD)


def look_of(*, plain: bool = False) -> Look:
    """What standard output shows.

    A terminal is asked for its size; ``COLUMNS`` holds anywhere. ``NO_COLOR`` leaves colours out, ``FORCE_COLOR`` has
    them where there is no terminal, a terminal that is ``dumb`` has no styles; ``FORCE_HYPERLINK`` has links (0: none).

    Args:
        plain: Whether it goes to a file instead.
    """
    here = sys.stdout.isatty() and not plain
    width, height = _size(here)
    no_colour = bool(os.environ.get("NO_COLOR"))
    forced = not plain and not no_colour and os.environ.get("FORCE_COLOR", "0").lower() not in ("", "0", "false")
    clever = here and os.environ.get("TERM", "").lower() not in _DUMB
    styled = forced or clever
    return Look(width, height, styled, styled and not no_colour, not plain and _links(clever))


def _size(here: bool) -> tuple[int, int]:
    if here:
        import shutil  # here, because it brings three archive formats with it

        size = shutil.get_terminal_size((80, _SMALLEST))
        return size.columns, max(size.lines, _SMALLEST)
    told = os.environ.get("COLUMNS", "")
    return int(told) if told.isascii() and told.isdigit() and int(told) > 0 else WIDTH, HEIGHT


def _links(clever: bool) -> bool:
    """Whether links are shown as such; those who do, say who they are."""
    said = os.environ
    forced = said.get("FORCE_HYPERLINK")
    if forced:
        return forced != "0"
    if not clever or said.get("TERM", "").startswith(("screen", "tmux")):
        return False
    vte = said.get("VTE_VERSION", "")
    return (
        said.get("TERM_PROGRAM", "").lower() in _LINKING
        or any(name in said.get("TERM", "") for name in _LINKING_TERMS)
        or any(name in said for name in ("DOMTERM", "KONSOLE_VERSION", "WT_SESSION"))
        or (vte.isdigit() and int(vte) >= _SINCE_VTE)
    )
