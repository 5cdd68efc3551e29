"""The command line: the only part of the package that prints."""

from __future__ import annotations

import gc
import io
import os
import sys
from importlib import import_module

import click
from click.shell_completion import CompletionItem

from dualuse import __version__
from dualuse.cli.ending import Ending

_COMMANDS = {
    "build": "build",
    "explore": "pages",
    "export": "files",
    "load": "load",
    "mcp": "agents",
    "query": "ask",
    "release": "release",
    "serve": "serving",
    "sparql": "ask",
    "update": "feeds",
    "validate": "build",
    "verify-card": "replay",
}
"""Command that is no question -> the module of this package that has it; imported only when called."""


class _Commands(click.Group):
    """Loads a command's module when it is asked for, and turns our errors into messages."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        from dualuse import questions

        groups = questions.by_group()
        return sorted((*_COMMANDS, *filter(None, groups), *groups[""]))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        from dualuse import questions

        groups = questions.by_group()
        if cmd_name and cmd_name in (*groups, *groups[""]):
            from dualuse.cli.commands import Group, command

            question = questions.find(cmd_name)
            return Group(cmd_name) if question is None else command(question)
        module = _COMMANDS.get(cmd_name)
        if module is None:
            return None
        found = getattr(import_module(f"dualuse.cli.{module}"), cmd_name.replace("-", "_"))
        if not isinstance(found, click.Command):
            raise TypeError(f"{cmd_name} is not a command")
        return found

    def _listed(self, ctx: click.Context) -> dict[str, click.Command]:
        """The commands; what a question answers is read off its method, so that none is imported for a list."""
        from dualuse.questions.methods import Methods

        listed: dict[str, click.Command] = {}
        for name in self.list_commands(ctx):
            method = getattr(Methods, name, None)
            found = click.Command(name, help=method.__doc__) if method else self.get_command(ctx, name)
            if found is not None:
                listed[name] = found
        return listed

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        click.Group(commands=self._listed(ctx)).format_commands(ctx, formatter)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        items = [CompletionItem(name, help=it.get_short_help_str()) for name, it in self._listed(ctx).items()]
        return [
            *(item for item in items if item.value.startswith(incomplete)),
            *click.Command.shell_complete(self, ctx, incomplete),
        ]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            from dualuse import questions
            from dualuse.suggest import nearest

            known = self.list_commands(ctx)
            parts = [f"{group} {args[0]}" for group, names in questions.by_group().items() if args[0] in names]
            close = parts or nearest(args[0], known, 3)
            hint = f" Did you mean {' or '.join(close)}?" if close else f" Commands: {', '.join(known)}."
            raise click.UsageError(f"no command {args[0]!r}.{hint}", ctx)
        return super().resolve_command(ctx, args)


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 answered; 1 the data do not conform; 2 wrong use or input; 3 an outside source failed; "
    "70 a fault of dualuse; 124 out of time; 130 interrupted.",
)
@click.version_option(__version__, "--version", prog_name="dualuse")
def cli() -> None:
    """Ask what the law on AI-chip exports says, who said what about it, and who is affected by what.

    \b
    Start here:
      dualuse build
      dualuse groups CH --as-of 2025-01-13
      dualuse status us-ai-diffusion-ifr-2025-01 --as-of 2025-06-01 --lens enforced
      dualuse affected --by us-ai-diffusion-ifr-2025-01 --as-of 2025-06-01
      dualuse explore -o explorer.html
    """


def _open_standard_streams() -> None:
    """Take the places of standard streams that are closed, or the next file opened would be one of them.

    What is read from there, or written as an answer, fails; what is said to people goes nowhere.
    """
    for name, flags, mode in (("stdin", os.O_WRONLY, "r"), ("stdout", os.O_RDONLY, "w"), ("stderr", os.O_WRONLY, "w")):
        if getattr(sys, name) is None:
            place = os.open(os.devnull, flags)  # the lowest that is free
            setattr(sys, name, os.fdopen(place, mode, encoding="utf-8"))


def main() -> None:
    """Run the command line; whatever goes wrong ends in a message and an exit code, never in a traceback."""
    if "NO_COLOR" in os.environ:
        os.environ.pop("FORCE_COLOR", None)
    _open_standard_streams()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal of few characters shows a mark, not a traceback
    gc.set_threshold(50_000)  # a command is short, and most of what it makes it keeps
    with Ending():
        code = cli.main(standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
