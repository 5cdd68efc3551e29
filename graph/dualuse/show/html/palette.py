"""The look that answer pages share with the explorer: its colours, fonts and buttons, read from its own stylesheet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from dualuse.errors import InstallationError
from dualuse.explore.inline import template_text

_SHARED = (
    re.compile(r":root\b.*"),
    re.compile(r"@media \(prefers-color-scheme: dark\)"),
    re.compile(r":where\(:lang\(.*"),
    re.compile(r"h1:lang\(.*"),
    re.compile(r"\*, ::before, ::after"),
    re.compile(r"\[hidden\]|:focus-visible|kbd|code|small, \.quiet|\.hidden|\.skip(:focus)?"),
    re.compile(r"\.group|\.tab|\.tab:.*|\.tab\[aria-pressed=.*|\.plain, .*|dialog( textarea)?|\.notice"),
    re.compile(r"\.table-(tools|columns).*|\.menu.*|th \.sort.*|th\[aria-sort.*"),
    re.compile(r"button, input, summary, textarea|button, summary|a|\.confidence \.dots"),
)
"""Rules of the explorer that hold for answers too, by what stands before their brace."""


@cache
def shared_css() -> str:
    """The shared rules, in the order of the explorer's stylesheet.

    Raises:
        InstallationError: its colours are not there.
    """
    rules = [rule for rule in _rules(template_text("shell.css")) if _is_shared(rule)]
    if not any(rule.startswith(":root") and "--paper" in rule for rule in rules):
        raise InstallationError(
            "shell.css of the explorer has no colours, so the page has none. Install dualuse again: "
            "pip install --force-reinstall dualuse"
        )
    return "\n".join(rules) + "\n"


def _is_shared(rule: str) -> bool:
    before = rule.partition("{")[0].strip()
    return any(pattern.fullmatch(before) for pattern in _SHARED)


def _rules(text: str) -> Iterator[str]:
    """Top-level rules of a stylesheet, whole, without comments."""
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    depth = start = 0
    for place, sign in enumerate(text):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if sign == "}" and depth == 0:
            yield text[start : place + 1].strip()
            start = place + 1
