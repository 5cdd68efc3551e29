"""Pictures of analyses, where people would rather look: bars, intervals, a matrix, two columns joined by lines.

Colours are Okabe and Ito's, told apart with any colour vision, and never the only sign. The bytes are the same for the
same rows. Matplotlib is imported when a picture is drawn, not before.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from pathlib import PurePath
from textwrap import shorten, wrap
from typing import TYPE_CHECKING, Any, ParamSpec

from dualuse.errors import MissingExtraError, UsageError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_Arguments = ParamSpec("_Arguments")

FORMATS = ("png", "svg")
INK, FAINT = "#222222", "#bbbbbb"
COLOURS = {"1": "#0072B2", "2": "#E69F00", "3": "#D55E00", "none": "#999999"}
"""Colour of a tier."""
PALETTE = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#999999", "#F0E442")
MARKS = ("o", "s", "^", "D", "v", "P", "X", "*")
_LABEL = 40
_STYLE = {
    "svg.hashsalt": "dualuse",
    "svg.fonttype": "path",
    "font.family": "DejaVu Sans",
    "font.size": 9.0,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": FAINT,
    "text.color": INK,
    "axes.labelcolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
}


@dataclass(frozen=True)
class Bar:
    """One row of a picture.

    Args:
        low: Lower end; for a plain bar, where it ends.
        high: Upper end; equal to *low* for a plain bar.
        tier: Key of ``COLOURS``; empty for none.
        mark: A point to mark, if any.
        note: A few words beside it.
    """

    label: str
    low: float
    high: float
    tier: str = ""
    mark: float | None = None
    note: str = ""


def form_of(name: str) -> str:
    """Format of a picture by the ending of its file's name.

    Raises:
        UsageError: neither ``.png`` nor ``.svg``.

    Example:
        >>> form_of("structure.SVG")
        'svg'
    """
    form = PurePath(name).suffix.lower().removeprefix(".")
    if form not in FORMATS:
        raise UsageError(f"cannot draw {name!r}: the name must end in .{' or .'.join(FORMATS)}")
    return form


def _styled(draw: Callable[_Arguments, bytes]) -> Callable[_Arguments, bytes]:
    """Draw in our style, and leave everybody else's as it was."""

    @wraps(draw)
    def drawn(*arguments: _Arguments.args, **options: _Arguments.kwargs) -> bytes:
        try:
            from matplotlib import rc_context
        except ImportError:
            raise MissingExtraError("pictures need matplotlib: pip install 'dualuse[plot]'") from None
        with rc_context(_STYLE):  # type: ignore[arg-type]  # the stub knows only some keys
            return draw(*arguments, **options)

    return drawn


@_styled
def draw_bars(bars: Sequence[Bar], form: str, *, title: str, axis: str, foot: str = "") -> bytes:
    """Horizontal bars, the first on top; an interval is a pale bar from its lower end to its upper end.

    Args:
        axis: Name and unit of the axis.
        foot: Where it stops being true.

    Raises:
        MissingExtraError: matplotlib is not installed.
    """
    figure = _figure(8.0, 1.7 + 0.27 * max(1, len(bars)) + 0.16 * len(wrap(foot, 110)))
    axes = figure.add_subplot()
    for place, bar in enumerate(bars):
        colour = COLOURS.get(bar.tier, COLOURS["1"])
        axes.barh(place, bar.low, color=colour, height=0.62)
        if bar.high > bar.low:
            axes.barh(
                place, bar.high - bar.low, left=bar.low, color=colour, alpha=0.35, height=0.62, hatch="///", linewidth=0
            )
        if bar.mark is not None:
            axes.plot([bar.mark], [place], marker="D", color=INK, markersize=4, linestyle="none")
        if bar.note:
            axes.annotate(
                bar.note,
                (max(bar.high, bar.mark or 0), place),
                xytext=(4, 0),
                textcoords="offset points",
                va="center",
                size=8,
            )
    axes.set_yticks(range(len(bars)), [bar.label for bar in bars])
    axes.margins(x=0.16)
    axes.set_ylim(max(1, len(bars)) - 0.4, -0.6)
    axes.set_xlim(left=0)
    axes.set_xlabel(axis)
    _tier_key(axes, [bar.tier for bar in bars])
    return _finish(figure, form, title, foot)


@_styled
def draw_spans(bars: Sequence[Bar], form: str, *, title: str, axis: str, foot: str = "") -> bytes:
    """Horizontal intervals as lines with ends, each with its marked point; arguments as :func:`draw_bars`."""
    figure = _figure(8.0, 1.7 + 0.27 * max(1, len(bars)) + 0.16 * len(wrap(foot, 110)))
    axes = figure.add_subplot()
    for place, bar in enumerate(bars):
        colour = COLOURS.get(bar.tier, COLOURS["1"])
        axes.plot([bar.low, bar.high], [place, place], color=colour, linewidth=3, solid_capstyle="butt")
        axes.plot([bar.low, bar.high], [place, place], color=colour, marker="|", markersize=9, linestyle="none")
        if bar.mark is not None:
            axes.plot([bar.mark], [place], marker="D", color=INK, markersize=4, linestyle="none")
    axes.set_yticks(range(len(bars)), [bar.label for bar in bars])
    axes.margins(x=0.06)
    axes.set_ylim(max(1, len(bars)) - 0.4, -0.6)
    if all(bar.low >= 0 for bar in bars):
        axes.set_xlim(left=0)
    axes.grid(axis="x", color="#eeeeee")
    axes.set_axisbelow(True)
    axes.set_xlabel(axis)
    _tier_key(axes, [bar.tier for bar in bars])
    return _finish(figure, form, title, foot)


@_styled
def draw_matrix(
    counts: Mapping[tuple[str, str], int],
    names: Sequence[str],
    form: str,
    *,
    title: str,
    axes_names: tuple[str, str],
    foot: str = "",
) -> bytes:
    """A square of counts, rows to columns, each count written in its cell; arguments as :func:`draw_bars`."""
    figure = _figure(5.2, 4.6)
    axes = figure.add_subplot()
    most = max(counts.values(), default=1)
    table = [[counts.get((row, column), 0) for column in names] for row in names]
    axes.imshow([[value / most for value in row] for row in table], cmap="Blues", vmin=0, vmax=1.25)
    for y, row in enumerate(table):
        for x, value in enumerate(row):
            axes.text(
                x, y, str(value), ha="center", va="center", color="white" if value > 0.75 * most else INK, size=11
            )
    axes.set_xticks(range(len(names)), names)
    axes.set_yticks(range(len(names)), names)
    axes.set_ylabel(axes_names[0])
    axes.set_xlabel(axes_names[1])
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0)
    return _finish(figure, form, title, foot)


@_styled
def draw_groups(
    groups: Sequence[Sequence[str]],
    marks: Mapping[str, str],
    edges: Sequence[tuple[str, str]],
    form: str,
    *,
    title: str,
    foot: str = "",
) -> bytes:
    """Groups one under the other, a colour each, names in columns, and lines between names that are joined.

    Args:
        marks: Name -> what sort of thing it is; every sort gets a mark of its own.
        foot: Where it stops being true.

    Raises:
        MissingExtraError: matplotlib is not installed.
    """
    columns = 3
    sorts = sorted(set(marks.values()))
    where: dict[str, tuple[float, float]] = {}
    top = 0.0
    for names in groups:
        for number, name in enumerate(names):
            where[name] = (float(number % columns), top - number // columns)
        top -= -(-len(names) // columns) + 0.7
    figure = _figure(10.0, 1.6 - 0.23 * top)
    axes = figure.add_subplot()
    for one, other in edges:
        if one in where and other in where:
            (x, y), (u, v) = where[one], where[other]
            axes.plot([x, u], [y, v], color=FAINT, linewidth=0.4, zorder=1)
    for number, names in enumerate(groups):
        for name in names:
            x, y = where[name]
            mark = MARKS[sorts.index(marks[name]) % len(MARKS)] if name in marks else "."
            colour = PALETTE[number % len(PALETTE)]
            axes.plot(
                [x], [y], marker=mark, color=colour, markeredgecolor=INK, markeredgewidth=0.5, markersize=8, zorder=2
            )
            halo = {"facecolor": "white", "alpha": 0.75, "edgecolor": "none", "pad": 0.4}
            axes.text(x + 0.04, y, clip(name), va="center", size=8, bbox=halo, zorder=3)
    for number, sort in enumerate(sorts):
        axes.plot([], [], marker=MARKS[number % len(MARKS)], color=INK, linestyle="none", label=sort)
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, 0.0), ncol=max(1, len(sorts)), frameon=False)
    axes.set_xlim(-0.1, columns)
    axes.set_axis_off()
    return _finish(figure, form, title, foot)


def _figure(width: float, height: float) -> Figure:
    from matplotlib.figure import Figure

    return Figure(figsize=(width, min(height, 60.0)), layout="constrained")


def _tier_key(axes: Axes, tiers: Sequence[str]) -> None:
    shown = [tier for tier in COLOURS if tier in tiers]
    if len(shown) > 1:
        for tier in shown:
            axes.barh([0], [0], color=COLOURS[tier], label=f"tier {tier}" if tier != "none" else "no tier")
        axes.legend(loc="lower right", frameon=False)


def _finish(figure: Figure, form: str, title: str, foot: str) -> bytes:
    inches = figure.get_figwidth()
    figure.suptitle("\n".join(wrap(title, int(inches * 11))), x=0.01, ha="left", fontweight="bold", size=10)
    if foot:
        figure.supxlabel("\n".join(wrap(foot, int(inches * 15))), size=7, x=0.01, ha="left")
    out = io.BytesIO()
    metadata: dict[str, Any] = {"Date": None, "Creator": "dualuse"} if form == "svg" else {"Software": "dualuse"}
    figure.savefig(out, format=form, dpi=150, metadata=metadata, facecolor="white")
    return out.getvalue()


def clip(label: str, most: int = _LABEL) -> str:
    """A label cut at a word, so that it fits beside a bar.

    Example:
        >>> clip("Taiwan Semiconductor Manufacturing Company Limited", 24)
        'Taiwan Semiconductor …'
    """
    return shorten(label, most, placeholder=" …")
