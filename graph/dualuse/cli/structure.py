"""``structure``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, Unpack

import click

from dualuse.cli.options import Shown, as_of_option, open_for, output_options, store_option, write_out

if TYPE_CHECKING:
    from dualuse.card import Card

_Command = TypeVar("_Command", bound=Callable[..., Any])


def _plot_option(command: _Command) -> _Command:
    """``--plot``."""
    return click.option(
        "--plot", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.svg|png", help="Draw it too."
    )(command)


def _item_option(command: _Command) -> _Command:
    """``--item``."""
    return click.option("--item", metavar="ITEM", help="Control-list item by code, for example 3A090.a.")(command)


def _seed_option(command: _Command) -> _Command:
    """``--seed``."""
    return click.option("--seed", type=int, default=1, show_default=True, help="Start of the random choices.")(command)


@click.group()
def structure() -> None:
    """Show how supply and speech hang together, and where one party or place holds them.

    \b
    Example:
      dualuse structure chokepoints --item 3A090.a --to products --as-of 2025-06-01
      dualuse structure communities --as-of 2025-06-01 --plot communities.svg
    """


@structure.command()
@_item_option
@click.option(
    "--to",
    type=click.Choice(["products", "designers", "customers"]),
    default="designers",
    show_default=True,
    help="Where supply paths end.",
)
@_plot_option
@as_of_option
@store_option
@output_options
def chokepoints(
    item: str | None, to: str, plot: Path | None, as_of: date | None, store: str | None, **shown: Unpack[Shown]
) -> None:
    """Rank parties and places by the supply paths of an item that their absence cuts.

    \b
    Example:
      dualuse structure chokepoints --as-of 2025-06-01
      dualuse structure chokepoints --item 3A090.a --to products --as-of 2025-06-01
    """
    from dualuse.answers.structure import chokepoints_card

    _check(plot)
    _show(chokepoints_card(open_for(store), as_of or date.today(), item=item, to=to), plot, **shown)


@structure.command()
@click.argument("parties", nargs=-1, metavar="[PARTY]...")
@click.option("--period", default="latest", show_default=True, metavar="PERIOD", help="One period, latest, or all.")
@_plot_option
@as_of_option
@store_option
@output_options
def concentration(
    parties: tuple[str, ...],
    period: str,
    plot: Path | None,
    as_of: date | None,
    store: str | None,
    **shown: Unpack[Shown],
) -> None:
    """Show how concentrated companies' revenue is, by region and by customer, as an interval of the index.

    \b
    Example:
      dualuse structure concentration TSMC --period all --as-of 2025-06-01
    """
    from dualuse.answers.concentration import concentration_card

    _check(plot)
    wanted = None if period == "all" else period
    _show(concentration_card(open_for(store), as_of or date.today(), parties=parties, period=wanted), plot, **shown)


@structure.command()
@_plot_option
@as_of_option
@store_option
@output_options
def bridges(plot: Path | None, as_of: date | None, store: str | None, **shown: Unpack[Shown]) -> None:
    """Show the supply links and the parties that join parties seated in different tiers.

    \b
    Example:
      dualuse structure bridges --as-of 2025-06-01
    """
    from dualuse.answers.structure import bridges_card

    _check(plot)
    _show(bridges_card(open_for(store), as_of or date.today()), plot, **shown)


@structure.command()
@click.option(
    "--of",
    type=click.Choice(["speech", "supply"]),
    default="speech",
    show_default=True,
    help="Speakers and the grounds they give, or suppliers and customers.",
)
@click.option("--runs", type=click.IntRange(1, 1000), default=20, show_default=True, help="Searches to choose from.")
@_seed_option
@_plot_option
@as_of_option
@store_option
@output_options
def communities(
    of: str, runs: int, seed: int, plot: Path | None, as_of: date | None, store: str | None, **shown: Unpack[Shown]
) -> None:
    """Find communities, and hold them against side (state, industry, observer) and tier.

    \b
    Example:
      dualuse structure communities --of supply --as-of 2025-06-01
    """
    from dualuse.answers.communities import communities_card

    _check(plot)
    _show(communities_card(open_for(store), as_of or date.today(), of=of, seed=seed, runs=runs), plot, **shown)


@structure.command()
@_item_option
@click.option(
    "--measure",
    type=click.Choice(["betweenness", "links", "reach"]),
    default="betweenness",
    show_default=True,
    help="Shortest paths through a party, its links, or the parties downstream of it.",
)
@click.option(
    "--runs", type=click.IntRange(1, 10_000), default=200, show_default=True, help="Runs with links left out."
)
@click.option(
    "--drop",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    default=0.1,
    show_default=True,
    help="Share of the links left out in each run.",
)
@_seed_option
@_plot_option
@as_of_option
@store_option
@output_options
def centrality(
    item: str | None,
    measure: str,
    runs: int,
    drop: float,
    seed: int,
    plot: Path | None,
    as_of: date | None,
    store: str | None,
    **shown: Unpack[Shown],
) -> None:
    """Rank parties of the supply graph by centrality, each with the interval it keeps when links are left out.

    \b
    Example:
      dualuse structure centrality --as-of 2025-06-01 --plot centrality.png
    """
    from dualuse.answers.structure import centrality_card

    _check(plot)
    card = centrality_card(
        open_for(store), as_of or date.today(), item=item, measure=measure, runs=runs, drop=drop, seed=seed
    )
    _show(card, plot, **shown)


def _check(plot: Path | None) -> None:
    """Refuse a picture that cannot be drawn before anything is computed."""
    if plot is not None:
        from dualuse.analyse.plot import form_of

        form_of(plot.name)


def _show(card: Card[Any], plot: Path | None, **shown: Unpack[Shown]) -> None:
    from dualuse.cli.output import show

    if plot is not None:
        from dualuse.answers.pictures import draw_card

        write_out(draw_card(card, plot.name), plot, shown["force"])
    show(card, **shown)
