"""How a command ends: whatever went wrong in one line and an exit code, never in a traceback."""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress
from types import TracebackType

import click

from dualuse.errors import DualuseError
from dualuse.harmless import harmless

REPORT = "https://w3id.org/dualuse/issues"
"""Where a fault of ours is reported; CONTRIBUTING.md says what to put in."""
OURS = 70
"""Exit code of a fault of ours, as ``sysexits.h`` has it."""
_INTERRUPTED = 130
_TOLD = (SystemExit, KeyboardInterrupt, BrokenPipeError, DualuseError, click.Abort, click.ClickException)
"""What ends a command without being a fault of ours."""


class Ending:
    """Ends the command when its block does, one way or another."""

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> bool:
        """Say what went wrong, and leave with the code that fits it."""
        if error is not None and not isinstance(error, _TOLD) and os.environ.get("DUALUSE_DEBUG") == "1":
            return False
        message, code = told(error)
        with suppress(OSError):
            if isinstance(error, click.ClickException):
                said = io.StringIO()
                error.show(said)
                click.echo(harmless(said.getvalue()), err=True, nl=False)
            elif message:
                click.echo(f"Error: {harmless(message)}", err=True)
        leave(code)
        return True


def told(error: BaseException | None) -> tuple[str, int]:
    """What to say of an error, and the exit code; nothing of what was said already."""
    match error:
        case None:
            return "", 0
        case SystemExit():
            return "", error.code if isinstance(error.code, int) else int(error.code is not None)
        case DualuseError() | click.ClickException():
            return str(error), error.exit_code
        case KeyboardInterrupt() | click.Abort():
            return "interrupted", _INTERRUPTED
        case BrokenPipeError():  # the reader of a pipe went away: nothing more can be said, and nothing is wrong
            return "", 0
        case OSError() if error.errno is not None:
            if error.filename is None:
                return f"standard output cannot be written: {error.strerror}", 2
            return f"{error.filename} cannot be read or written: {error.strerror}", 2
        case MemoryError():
            return "there is not enough memory for this; ask for less", 2
    first = str(error).strip().partition("\n")[0][:300]
    what = f"{type(error).__name__}: {first}" if first else type(error).__name__
    hint = f"please report it with the command that led to it at {REPORT} (DUALUSE_DEBUG=1 shows where)"
    return f"dualuse failed, which is a fault of its own ({what}); {hint}", OURS


def leave(code: int) -> None:
    """Leave with a code, and at once if a query that nobody waits for is still being answered."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BrokenPipeError:
            _silence(stream.fileno())
        except OSError as error:
            _silence(stream.fileno())
            if stream is sys.stdout and code == 0:
                with suppress(OSError):
                    click.echo(f"Error: standard output cannot be written: {error.strerror}", err=True)
                code = 2
    limits = sys.modules.get("dualuse.query.limits")
    if limits is not None and limits.left_behind():
        os._exit(code)
    sys.exit(code)


def _silence(descriptor: int) -> None:
    """Let nothing more be written there, or Python would try again at its end, and complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), descriptor)
