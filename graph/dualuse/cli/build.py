"""``build`` and ``validate``."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dualuse.cli.options import store_option
from dualuse.errors import ValidationFailed
from dualuse.harmless import harmless

if TYPE_CHECKING:
    from dualuse.build import Progress

_data_option = click.option(
    "--data",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of curated data.  [default: the shipped data]",
)


@click.command()
@_data_option
@store_option
@click.option("--wait", is_flag=True, help="Wait for a build that is running, instead of giving up (exit 3).")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
def build(data: Path | None, store: str | None, wait: bool, quiet: bool) -> None:
    """Build the store from curated data: load, derive, validate, and only then replace the old store.

    One build at a time writes to a folder; who reads it meanwhile goes on with the old store.

    \b
    Example:
      dualuse build
      dualuse build --store https://example.org/ds/sparql
    """
    from dualuse.build import STEPS, put
    from dualuse.build import build as build_graph
    from dualuse.knowledge import store_location
    from dualuse.store import claim
    from dualuse.store.addresses import hidden
    from dualuse.validate import validate as check

    location = store_location(store)
    start = time.perf_counter()

    def waiting(who: str) -> None:
        click.echo(f"{location}: {who}; waiting for it", err=True)

    with claim(location, wait=waiting if wait else None) as place, _progress(len(STEPS), quiet) as progress:
        built = build_graph(data, progress=progress)
        progress(STEPS[4])
        findings = check(built, generated=False)
        if findings:
            raise ValidationFailed("\n".join(str(finding) for finding in findings))
        progress(STEPS[5])
        put(built, place)
    if not quiet:
        seconds = time.perf_counter() - start
        click.echo(
            f"Built {hidden(location)}: {built.quads:,} quads, sha256 {built.sha256[:12]}, {seconds:.1f} s", err=True
        )


@click.command()
@_data_option
def validate(data: Path | None) -> None:
    """Check curated data against shapes, hygiene queries and expected counts, and say in words what is wrong.

    \b
    Example:
      dualuse validate
      dualuse validate --data my-data/
    """
    from dualuse.build import STEPS
    from dualuse.build import build as build_graph
    from dualuse.validate import validate as check

    with _progress(len(STEPS) - 1, quiet=False) as progress:
        built = build_graph(data, progress=progress)
        progress(STEPS[4])
        findings = check(built)
    for finding in findings:
        click.echo(harmless(str(finding)))
    if findings:
        raise ValidationFailed(f"{len(findings)} finding{'' if len(findings) == 1 else 's'}")
    counts = built.curated.counts()
    click.echo(f"Valid: {sum(counts.values()):,} records in {len(counts)} tables, {built.quads:,} quads, no finding.")


@contextmanager
def _progress(steps: int, quiet: bool) -> Iterator[Progress]:
    """Show steps on standard error, as a bar on a terminal and not at all when piped."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield lambda step: None
        return
    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        console=console,
        transient=True,
    ) as bar:
        task = bar.add_task("", total=steps)
        done = -1

        def advance(step: str) -> None:
            nonlocal done
            done += 1
            bar.update(task, description=step, completed=done)

        yield advance
