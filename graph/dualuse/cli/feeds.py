"""``load csl`` and the like: put a list that others publish into the store."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dualuse.cli.options import Day, say, store_option
from dualuse.errors import UsageError

if TYPE_CHECKING:
    from dualuse.feeds.feed import Feed
    from dualuse.feeds.loading import Loading


class Kinds(click.Group):
    """A group with a command for each kind of feed, which is made when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of all commands, sorted."""
        from dualuse.feeds.feed import feeds

        return sorted({*super().list_commands(ctx), *feeds()})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name."""
        from dualuse.feeds.feed import feeds

        feed = feeds().get(cmd_name)
        return super().get_command(ctx, cmd_name) if feed is None else _command(feed)


def _command(feed: Feed) -> click.Command:
    """The command that loads a kind of feed."""
    from dualuse.feeds.loading import ACCEPTED, Loading

    @click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True), metavar="FILE")
    @store_option
    @click.option("--retrieved", type=Day(), metavar="DAY", help="Day the file was had.  [default: of its last change]")
    @click.option("--source", metavar="ADDRESS", default="", help="Where it was had.  [default: its name]")
    @click.option("--accept", type=click.Choice(ACCEPTED), multiple=True, help="Load it though lists or columns went.")
    @click.option(
        "--report",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        help="Write what was read, rejected and kept as text only, as JSON.",
    )
    @click.option("--wait", is_flag=True, help="Wait while another build or load is running.")
    def call(
        file: Path,
        store: str | None,
        retrieved: date | None,
        source: str,
        accept: tuple[str, ...],
        report: Path | None,
        wait: bool,
    ) -> None:
        loading = Loading(feed, file, None, accept, retrieved or _changed(file), source)
        try:
            _load(loading, store, wait)
        finally:
            if report is not None and loading.report.columns:
                _write(report, loading)

    call.__doc__ = (
        f"Load a file of the {feed.title} into the store.\n\n"
        f"Published by: {feed.publisher}. Where: {feed.address or 'no address of its own'}.\n\n"
        f"\b\nExample:\n  dualuse load {feed.name} FILE"
    )
    return click.command(feed.name)(call)


def _changed(file: Path) -> date:
    return date.fromtimestamp(file.stat().st_mtime)


def _load(loading: Loading, store: str | None, wait: bool) -> None:
    from dualuse.cli.progress import reading
    from dualuse.feeds.places import Places
    from dualuse.feeds.snapshot import read_snapshot
    from dualuse.knowledge import Knowledge, store_location
    from dualuse.store import is_remote, open_store
    from dualuse.store.folder import writing

    location = store_location(store)
    if is_remote(location):
        raise UsageError(f"{location}: lists are loaded into a store folder; give one with --store DIR")

    def waiting(who: str) -> None:
        click.echo(f"{location}: {who}; waiting for it", err=True)

    with writing(Path(location), wait=waiting if wait else None) as folder:
        knowledge = Knowledge(open_store(location))
        loading.before = read_snapshot(knowledge.store, loading.feed.name)
        if loading.is_known(loading.sha256()):
            click.echo(f"{loading.file}: loaded before; nothing changed", err=True)
            return
        with reading(loading.file.name) as tell:
            loading.into(folder.put_graph, Places(knowledge.names), lambda rows: tell(0, rows))
    _tell(loading)


def _tell(loading: Loading) -> None:
    """Say what came of it."""
    report = loading.report
    say(f"Loaded {loading.feed.title}: {report.kept:,} of {report.read:,} records")
    for why, count in sorted(report.reasons.items()):
        say(f"rejected: {why}: {count:,}")
    if report.repeated:
        say(f"said twice: {report.repeated:,}")
    for code, count in sorted(report.lists.items()):
        was = "" if loading.before is None else f" ({loading.before.lists.get(code, 0):,} before)"
        say(f"{code}: {count:,}{was}")
    cells = sum(report.unread.values())
    if cells:
        say(f"{cells:,} cells kept as text only, since they could not be read: --report FILE says which")


def _write(place: Path, loading: Loading) -> None:
    from dualuse.writing import write_together

    told = {"feed": loading.feed.name, "file": loading.file.name} | loading.report.plain()
    write_together({place: (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()})
