"""Pictures: the extra they need, their formats, and that they leave nothing behind."""

from __future__ import annotations

import builtins
from collections.abc import Callable
from typing import Any

import pytest

from dualuse.analyse.plot import Bar, clip, draw_bars, draw_groups, draw_matrix, draw_spans, form_of
from dualuse.errors import MissingExtraError, UsageError

BARS = [Bar("one", 1, 3, "1", note="1–3"), Bar("two", 2, 2, "3", mark=2.5), Bar("三", 0, 0)]

DRAWINGS: dict[str, Callable[[str], bytes]] = {
    "bars": lambda form: draw_bars(BARS[:2], form, title="t", axis="a", foot="f"),
    "spans": lambda form: draw_spans(BARS[:2], form, title="t", axis="a"),
    "nothing": lambda form: draw_bars([], form, title="t", axis="a"),
    "matrix": lambda form: draw_matrix({("x", "y"): 3}, ["x", "y"], form, title="t", axes_names=("from", "to")),
    "groups": lambda form: draw_groups(
        [["a", "b"], ["c"]], {"a": "s", "c": "t"}, [("a", "c"), ("a", "z")], form, title="t"
    ),
}


@pytest.mark.parametrize("name", DRAWINGS)
@pytest.mark.parametrize("form", ["svg", "png"])
def test_same_bytes_twice(name: str, form: str) -> None:
    first = DRAWINGS[name](form)
    assert first == DRAWINGS[name](form)
    assert first.startswith(b"<?xml" if form == "svg" else b"\x89PNG")


def test_style_of_others_is_left_alone() -> None:
    import matplotlib

    before = dict(matplotlib.rcParams)
    DRAWINGS["bars"]("svg")
    assert dict(matplotlib.rcParams) == before


def test_without_matplotlib(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def missing(name: str, *rest: Any) -> object:
        if name.partition(".")[0] == "matplotlib":
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(MissingExtraError, match=r"pip install 'dualuse\[plot\]'"):
        DRAWINGS["bars"]("svg")


def test_names_and_labels() -> None:
    assert (form_of("a.PNG"), form_of("b.svg")) == ("png", "svg")
    with pytest.raises(UsageError, match=r"must end in \.png or \.svg"):
        form_of("picture")
    assert clip("short") == "short"
    assert len(clip("word " * 30)) <= 42
