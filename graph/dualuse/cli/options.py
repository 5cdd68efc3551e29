"""Options that several commands share, each defined once."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

import click
from click.shell_completion import CompletionItem

from dualuse.cli.progress import hush
from dualuse.cli.targets import OUT, check_targets, is_device, taken
from dualuse.errors import DualuseError, UsageError
from dualuse.explore.text import LANGUAGES
from dualuse.harmless import harmless
from dualuse.lens import Lens
from dualuse.unnamed import TODAY
from dualuse.writing import whole

if TYPE_CHECKING:
    from dualuse.knowledge import Knowledge

_Command = TypeVar("_Command", bound=Callable[..., Any])


class Day(click.ParamType[date | str]):
    """A day, YYYY-MM-DD, or ``today``, which is left to the graph that is asked."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date | str:
        """Read a day, or say what is wrong with it."""
        from dualuse.dates import parse_day

        if isinstance(value, date):
            return value
        if str(value).strip().lower() == TODAY:
            return TODAY
        try:
            return parse_day(str(value))
        except UsageError as error:
            self.fail(str(error), param, ctx)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The one day that has a name."""
        return [CompletionItem(TODAY)] if incomplete and TODAY.startswith(incomplete) else []


class OneOf(click.Choice[str]):
    """One of a few words; a wrong one is answered with the nearest."""

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:
        """What is wrong, and what may have been meant."""
        from dualuse.suggest import nearest

        close = nearest(str(value), self.choices, 1)
        hint = f" Did you mean {close[0]!r}?" if close else ""
        return f"{super().get_invalid_choice_message(value, ctx)}{hint}"


STORE = click.Option(
    ["--store"],
    metavar="DIR|URL",
    help="Store folder, or URL of a SPARQL 1.1 endpoint.  [default: $DUALUSE_STORE, else .dualuse/store]",
)


def store_option(command: _Command) -> _Command:
    """``--store``."""
    return _take(command, STORE)


def _take(command: _Command, option: click.Option) -> _Command:
    """Give a function that is to be a command one more option, shown before those it has."""
    held = command.__dict__.setdefault("__click_params__", [])
    held.append(option)
    return command


_DAY_HELP = "Day of law, YYYY-MM-DD, or today.  [default: last day on record]"


def as_of_option(command: _Command) -> _Command:
    """``--as-of``."""
    return click.option("--as-of", type=Day(), metavar="DATE", help=_DAY_HELP)(command)


def lens_option(command: _Command) -> _Command:
    """``--lens``."""
    return click.option(
        "--lens",
        type=OneOf([lens.value for lens in Lens]),
        default=Lens.CODIFIED.value,
        show_default=True,
        help="What the text says, what the regulator applies, or what officials said would happen.",
    )(command)


FORMS = ("table", "json", "csv", "md")
"""Forms of a card, that for people first."""
ALL = click.Option(["--all", "whole"], is_flag=True, help="Tables only: every row and receipt, not one screen of them.")
"""Of every command that has no such option of its own, which lists more than an answer tells without."""
OUTPUT = (
    click.Option(
        ["-f", "--format", "form"],
        type=OneOf(FORMS),
        default=FORMS[0],
        show_default=True,
        help="Table for people; JSON for the whole card; CSV or Markdown for its rows.",
    ),
    click.Option(
        ["-o", "--output"],
        type=click.Path(path_type=Path, dir_okay=False),
        help="Write to a file, not to the screen.",
    ),
    click.Option(
        ["--html"],
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        help="Write the answer as one web page too, to read, print and pass on.",
    ),
    click.Option(
        ["--unknown"],
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        help="Write what is unknown, and what was odd, as a CSV table.  [default: CSV rows: said on standard error]",
    ),
    click.Option(["--force"], is_flag=True, help="Overwrite the output file if it is there."),
    ALL,
    click.Option(["--brief"], is_flag=True, help="Tables only: the first rows and receipts, and how many more."),
    click.Option(
        ["--lang"],
        type=OneOf(LANGUAGES),
        default=LANGUAGES[0],
        show_default=True,
        help="Language of tables, Markdown and the page; JSON and CSV have the same words in any.",
    ),
)
"""Options of every command that shows a card."""


def output_options(command: _Command) -> _Command:
    """The options of answer cards: ``--format`` to ``--lang``."""
    for option in reversed(OUTPUT):
        command = _take(command, option)
    return command


def open_for(store: str | None) -> Knowledge:
    """Open the store a command was given; without one, build the shipped data in memory and say so."""
    from dualuse.knowledge import DEFAULT_STORE, open_knowledge
    from dualuse.store import is_store

    if not store and not os.environ.get("DUALUSE_STORE") and not is_store(Path(DEFAULT_STORE)):
        hush()
        click.echo(
            f"No store in {DEFAULT_STORE}: building the shipped data in memory (keep it: dualuse build)", err=True
        )
    return open_knowledge(store)


def say(text: str) -> None:
    """Say a line to the person who asked, beside the answer; nothing in it steers the terminal."""
    hush()
    click.echo(harmless(text), err=True)


class _Screen(io.BytesIO):
    """What is written to a terminal by a form that is not made for one: bytes of text, shown without steering it."""

    def close(self) -> None:
        """Show it."""
        if not self.closed:
            click.echo(harmless(self.getvalue().decode("utf-8", "replace")), nl=False)
        super().close()


def write_out(content: bytes, output: Path | None, force: bool) -> None:
    """Write bytes to a file, whole or not at all, or to standard output.

    Raises:
        UsageError: the file is there and ``--force`` was not given, or it cannot be written.
    """
    with stream_out(output, force) as stream:
        stream.write(content)


@contextmanager
def _standard_output(styled: bool) -> Iterator[BinaryIO]:
    try:
        sys.stdout.flush()
        if sys.stdout.isatty() and not styled:
            with _Screen() as screen:
                yield screen
        else:
            yield sys.stdout.buffer
            sys.stdout.buffer.flush()
    except BrokenPipeError:  # the reader went away, and wants no more
        raise
    except OSError as error:
        if error.filename is not None:
            raise
        raise UsageError(f"standard output cannot be written: {error.strerror}") from None


@contextmanager
def stream_out(output: Path | None, force: bool, *, styled: bool = False) -> Iterator[BinaryIO]:
    """Open standard output, or a file that takes its name only when everything was written.

    Args:
        output: The file; standard output if not given, or ``-``.
        force: Whether it may be overwritten.
        styled: Whether what comes is made for a terminal, with its styles.

    Raises:
        UsageError: the file is there and ``--force`` was not given, or it cannot be written.
    """
    hush()
    if output is None or output == OUT:
        with _standard_output(styled) as stream:
            yield stream
        return
    check_targets({"the answer": output}, force)
    size = 0
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        # a device is written to; a file takes its name only when whole
        with output.open("wb") if is_device(output) else whole(output, over=force) as stream:
            yield stream
            size = stream.tell() if stream.seekable() else 0
    except OSError as error:
        if isinstance(error, FileExistsError) and output.is_file():
            raise taken(output) from None
        raise UsageError(f"{output} cannot be written: {error.strerror}") from None
    click.echo(f"Wrote {output} ({size:,} bytes)", err=True)


__all__ = [
    "Day",
    "DualuseError",
    "OneOf",
    "as_of_option",
    "lens_option",
    "open_for",
    "output_options",
    "say",
    "store_option",
    "stream_out",
    "write_out",
]
