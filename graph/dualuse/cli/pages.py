"""``explore``."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from dualuse.cli.completing import Key
from dualuse.cli.options import OneOf, as_of_option, lens_option, open_for, store_option, stream_out
from dualuse.cli.progress import wait_for
from dualuse.node import PARTIES

_LANGUAGES = ["en", "zh-Hant", "zh-Hans"]


@click.command()
@click.option(
    "--by",
    type=Key("instrument"),
    metavar="MEASURE",
    help="Draw an instrument with everyone it affects and what was said of it.",
)
@click.option("--party", type=Key(*PARTIES), metavar="PARTY", help="Draw what surrounds an organisation or a place.")
@click.option(
    "--about",
    type=Key("product", "person", "item", "group"),
    metavar="NAME",
    help="Draw what surrounds any product, person, item or group.",
)
@click.option(
    "--scenario",
    type=Key("place"),
    metavar="PLACE:GROUP",
    help="Move a place between country groups, and mark what changes.",
)
@click.option(
    "--story",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    metavar="FILE",
    help="Begin with a story of your own: steps of text, each bound to a view (docs/stories.md).",
)
@click.option(
    "--compare",
    type=(Key("instrument"), Key("instrument")),
    metavar="FIRST SECOND",
    help="Two measures side by side, on the day and under the lens, as affected --compare has them.",
)
@click.option("--lang", type=OneOf(_LANGUAGES), default="en", show_default=True, help="Language it opens in.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("explorer.html"),
    show_default=True,
    help="HTML file to write; - for standard output.",
)
@click.option("--force", is_flag=True, help="Overwrite the file if it is there.")
@as_of_option
@lens_option
@store_option
def explore(
    by: str | None,
    party: str | None,
    about: str | None,
    scenario: str | None,
    story: Path | None,
    compare: tuple[str, str] | None,
    lang: str,
    output: Path,
    force: bool,
    as_of: date | str | None,
    lens: str,
    store: str | None,
) -> None:
    """Write the graph, or the part around one thing, as one HTML file that works offline.

    \b
    Example:
      dualuse explore --by us-ai-diffusion-ifr-2025-01 --as-of 2025-06-01 -o rule.html
      dualuse explore --party 輝達 --lang zh-Hant -o nvidia.html
      dualuse explore --by us-ai-diffusion-ifr-2025-01 --scenario PL:supp5a --as-of 2025-02-01 -o poland.html
    """
    from dualuse.explore.make import explorer_page

    if sum(name is not None for name in (by, party, about)) > 1:
        raise click.UsageError("choose one of --by, --party and --about")
    wait_for("explore")
    with stream_out(output, force) as file:  # whether it can be written shows before all is worked out
        knowledge = open_for(store)
        day = knowledge.day(as_of)
        drawn = {"by": by, "party": party, "about": about, "scenario": scenario}
        page = explorer_page(knowledge, day, lens, **drawn, story=story, compare=compare or (), language=lang)
        file.write(page.encode("utf-8"))
