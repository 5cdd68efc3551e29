"""``load csl`` and the like, and ``update``: put lists that others publish into the store."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dualuse.cli.loaded import tell_loaded
from dualuse.cli.options import Day, OneOf, say, store_option
from dualuse.collecting import seldom_collected
from dualuse.errors import DualuseError, StoreError, UsageError

if TYPE_CHECKING:
    from dualuse.feeds.feed import Feed
    from dualuse.feeds.loading import Loading
    from dualuse.feeds.plan import Planned


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


def feed_options(call: Callable[..., None]) -> Callable[..., None]:
    """What every kind of feed is told on the command line: the file, and how to load it."""
    told = (
        click.argument("file", metavar="FILE|URL"),
        store_option,
        click.option("--retrieved", type=Day(), metavar="DAY", help="Day it was had.  [default: of its last change]"),
        click.option("--source", metavar="ADDRESS", default="", help="Where it was had.  [default: its name]"),
        click.option(
            "--accept",
            type=OneOf(("lists", "columns")),
            multiple=True,
            help="Load it though lists or columns went.",
        ),
        click.option(
            "--report",
            type=click.Path(path_type=Path, dir_okay=False),
            metavar="FILE",
            help="Write what was read, rejected and kept as text only, as JSON.",
        ),
        click.option("--wait", is_flag=True, help="Wait while another build or load is running."),
        click.option(
            "-o",
            "--output",
            metavar="DIR",
            help="Write N-Quads into this folder, for the bulk loader of any store, and load nothing.",
        ),
        click.option(
            "--engine",
            type=OneOf(("native", "spark")),
            default="native",
            show_default=True,
            help="What writes them: spark for what does not fit one machine (opensanctions).",
        ),
    )
    for option in reversed(told):
        call = option(call)
    return call


def load_feed(
    feed: Feed,
    file: str,
    *,
    store: str | None,
    retrieved: date | None,
    source: str,
    accept: tuple[str, ...],
    report: Path | None,
    wait: bool,
    output: str | None = None,
    engine: str = "native",
) -> None:
    """Load a file of a feed, fetched first if it is elsewhere; or write its quads into a folder."""
    from dualuse.feeds.loading import Loading
    from dualuse.store.addresses import hidden, is_remote

    if engine == "spark":
        from dualuse.cli.load_out import on_spark

        _reported(on_spark(feed, file, output, store, retrieved, source, accept), report)
        return

    target = Target.of(store, wait)
    with target.had(file, feed) as path:
        day = retrieved or (date.today() if is_remote(file) else date.fromtimestamp(path.stat().st_mtime))
        address = source or (hidden(file) if is_remote(file) else "")
        loading = Loading(feed.of(path), path, None, accept, day, address)
        try:
            if output is None:
                target.load(loading)
            else:
                from dualuse.cli.load_out import on_one_machine

                on_one_machine(loading, Path(output), store)
        finally:
            _reported(loading, report)


def _reported(loading: Loading, report: Path | None) -> None:
    """Write the report of a file, if one is asked for and the file was read so far."""
    if report is not None and loading.report.columns:
        _write(report, loading)


def _command(feed: Feed) -> click.Command:
    """The command that loads a kind of feed."""

    @feed_options
    def call(file: str, **told: Any) -> None:
        load_feed(feed, file, **told)

    call.__doc__ = (
        f"Load a file of the {feed.title} into the store.\n\n"
        f"Published by: {feed.publisher}. Where: {feed.address or 'no address of its own'}.\n\n"
        f"\b\nExample:\n  dualuse load {feed.name} FILE"
    )
    return click.command(feed.name)(call)


@click.command()
@click.option(
    "--feeds",
    "plan",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    metavar="FILE",
    help="List of feeds to load, as feeds.yml has it.  [default: the one that ships]",
)
@click.option(
    "--from",
    "given",
    multiple=True,
    metavar="DIR|URL",
    help="Take files from this folder or mirror, not from their own addresses; may be repeated.",
)
@click.option("--only", multiple=True, metavar="KIND", help="Only this kind; may be repeated.")
@store_option
@click.option(
    "--accept", type=OneOf(("lists", "columns")), multiple=True, help="Load a file though lists or columns went."
)
@click.option("--wait", is_flag=True, help="Wait while another build or load is running.")
def update(
    plan: Path | None,
    given: tuple[str, ...],
    only: tuple[str, ...],
    store: str | None,
    accept: tuple[str, ...],
    wait: bool,
) -> None:
    """Fetch the lists that others publish, and load those that are new.

    A feed that cannot be had, or is refused, does not keep the others from being loaded; the command then ends with
    3 or 2. What broke off is taken up the next time.

    \b
    Example:
      dualuse update
      dualuse update --from downloads/ --only csl
    """
    from dualuse.feeds.plan import read_plan, taken_from

    planned = [taken_from(each, given) for each in read_plan(plan)]
    unknown = sorted(set(only) - {each.feed.name for each in planned})
    if unknown:
        known = ", ".join(each.feed.name for each in planned)
        raise UsageError(f"--only {unknown[0]}: not in the list of feeds; it has {known}")
    target = Target.of(store, wait)
    failed = [code for each in planned if not only or each.feed.name in only if (code := _update(target, each, accept))]
    if failed:
        raise click.exceptions.Exit(max(failed))


def _update(target: Target, planned: Planned, accept: tuple[str, ...]) -> int:
    """Load a feed from the first place that has it; the exit code that its failure gives, 0 if there was none."""
    from dualuse.feeds.loading import Loading
    from dualuse.store.addresses import hidden, is_remote

    name, failure = planned.feed.name, DualuseError(f"{planned.feed.name}: not in any place given")
    for place in planned.places:
        try:
            with target.had(place, planned.feed) as path:
                far = is_remote(place)
                day = date.today() if far else date.fromtimestamp(path.stat().st_mtime)
                target.load(Loading(planned.feed.of(path), path, None, accept, day, hidden(place) if far else ""))
            return 0
        except DualuseError as error:
            say(f"{name}: {error}")
            failure = error
    if not planned.places:
        say(str(failure))
    return failure.exit_code


class Target:
    """A store folder that lists are loaded into.

    Args:
        wait: Whether to wait while somebody else writes there.
    """

    def __init__(self, folder: Path, wait: bool) -> None:
        self.folder, self._wait = folder, wait

    @classmethod
    def of(cls, store: str | None, wait: bool) -> Target:
        """The store that a command was given.

        Raises:
            UsageError: it is a server.
        """
        from dualuse.knowledge import store_location
        from dualuse.store.addresses import hidden, is_remote

        location = store_location(store)
        if is_remote(location):
            raise UsageError(f"{hidden(location)}: lists are loaded into a store folder; give one with --store DIR")
        return cls(Path(location), wait)

    @contextmanager
    def had(self, place: str, feed: Feed) -> Iterator[Path]:
        """A file, fetched first if it is elsewhere; what was fetched whole goes once it is loaded.

        Raises:
            UsageError: there is no such file.
            StoreError: it could not be fetched.
        """
        from dualuse.store.addresses import hidden, is_remote

        if not is_remote(place):
            if not Path(place).is_file() and not (feed.folder and Path(place).is_dir()):
                raise UsageError(f"{place}: no such file")
            yield Path(place)
            return
        from dualuse.cli.progress import reading
        from dualuse.feeds.fetching import fetch
        from dualuse.locks import take

        beside = self.folder.with_name(f"{self.folder.name}.feeds")
        own = f"{feed.name}-{zlib.crc32(place.encode()):08x}"
        beside.mkdir(parents=True, exist_ok=True)
        with take(beside / "LOCK", self._busy), reading(hidden(place)) as tell:
            fetch(place, beside / own, tell=say, progress=lambda part: tell(part, 0))
            yield beside / own
            (beside / own).unlink(missing_ok=True)

    def _busy(self, told: int) -> None:
        if not self._wait:
            raise StoreError("somebody else is fetching; wait for it with --wait, or try later")
        if not told:
            say("somebody else is fetching; waiting for it")

    def load(self, loading: Loading) -> None:
        """Load a file, and say what came of it.

        Raises:
            UsageError: it is no such file, or is refused.
            StoreError: there is no store, or it cannot be written.
        """
        from dualuse.cli.progress import reading
        from dualuse.feeds.changes import lines_of
        from dualuse.feeds.places import Places
        from dualuse.feeds.snapshot import read_snapshot
        from dualuse.knowledge import Knowledge
        from dualuse.store import open_store
        from dualuse.store.folder import writing

        def waiting(who: str) -> None:
            click.echo(f"{self.folder}: {who}; waiting for it", err=True)

        with writing(self.folder, wait=waiting if self._wait else None) as folder:
            knowledge = Knowledge(open_store(str(self.folder)))
            loading.before = read_snapshot(knowledge.store, loading.feed.name)
            loading.loaded = lambda: lines_of(knowledge.store, loading.feed.name)
            if loading.is_known(loading.sha256()):
                say(f"{loading.feed.title}: loaded before; nothing changed")
                return
            with reading(loading.file.name) as tell, seldom_collected():
                loading.into(folder.put_graph, Places(knowledge.names), lambda rows: tell(0, rows))
        tell_loaded(loading)


def _write(place: Path, loading: Loading) -> None:
    from dualuse.writing import write_together

    told = {"feed": loading.feed.name, "file": loading.file.name} | loading.report.plain()
    write_together({place: (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()})
