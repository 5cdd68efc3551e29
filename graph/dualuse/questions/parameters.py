"""What a question takes, read off the function that answers it, so that it is said once for every door."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from types import NoneType, SimpleNamespace, UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

from dualuse.errors import UsageError
from dualuse.lens import Lens
from dualuse.suggest import nearest

Place = Literal["file", "folder", "either"]
"""What a path may name."""


class Opt(NamedTuple):
    """An option.

    Args:
        help: What it means, in a sentence.
        flag: How it is written, ``--name`` if not given; ``--yes/--no`` for what may be stated either way.
        metavar: What stands for its value.
        low: Least number.
        high: Greatest number.
        between: Whether it must lie between them, and be neither.
        commas: Whether one value may hold several, joined by commas.
        default: What is taken if it is not given, where the default of the function does not say so.
        path: What a path names.
        exists: Whether what a path names must be there.
        pair: Whether exactly two values are given, one after the other.
        alone: What it means where no value is given with it.
        local: Whether only who runs the program may give it, for it names a file, an engine, or minutes of work.
        sent: What others may send in place of a path: content of a file, by the ends of names of such.
    """

    help: str
    flag: str = ""
    metavar: str = ""
    low: float | None = None
    high: float | None = None
    between: bool = False
    commas: bool = False
    default: str = ""
    path: Place = "file"
    exists: bool = False
    pair: bool = False
    alone: str = ""
    local: bool = False
    sent: tuple[str, ...] = ()


class Arg(NamedTuple):
    """What is named without an option; a path as for :class:`Opt`."""

    metavar: str = ""
    help: str = ""
    path: Place = "file"
    exists: bool = False
    sent: tuple[str, ...] = ()


class InPython:
    """What only Python can give: a value that has no written form."""


class Parameter(NamedTuple):
    """One thing a question takes.

    Args:
        name: Name of the parameter.
        how: How it is given.
        type: Type of its value, or of each of several.
        several: Whether it takes any number of values.
        default: Value if it is not given; ``inspect.Parameter.empty`` if it must be.
    """

    name: str
    how: Opt | Arg
    type: Any
    several: bool
    default: Any

    @property
    def required(self) -> bool:
        """Whether it must be given."""
        return not self.several and self.default is inspect.Parameter.empty

    @property
    def local(self) -> bool:
        """Whether no door to others takes it: it names a file of the machine that answers, or the like."""
        return self.type is Path or (isinstance(self.how, Opt) and self.how.local)

    @property
    def flag(self) -> str:
        """The option it is given by; empty if it is named without one."""
        if not isinstance(self.how, Opt):
            return ""
        return self.how.flag or f"--{self.name.replace('_', '-')}"

    @property
    def word(self) -> str:
        """The word by which other doors take it: its option, as Python writes a name.

        Example:
            >>> Parameter("start", Opt("First day.", flag="--from"), date, False, None).word
            'from'
        """
        return self.flag.partition("/")[0].removeprefix("--").replace("-", "_") or self.name


AsOf = Annotated[
    date | str | None, Opt("Day of law, YYYY-MM-DD, or today.", metavar="DATE", default="last day on record")
]
"""The day a question is asked of."""
InLens = Annotated[
    Lens | str, Opt("What the text says, what the regulator applies, or what officials said would happen.")
]
"""The lens it is asked through."""


def several(given: Sequence[str]) -> list[str]:
    """Names given as several, or one as text.

    Example:
        >>> several("CH"), several(("CH", "PL"))
        (['CH'], ['CH', 'PL'])
    """
    return [given] if isinstance(given, str) else list(given)


def must_be_among(what: str, given: Iterable[str], values: Any) -> None:
    """Refuse what is none of the values of a scheme; Python may give any text.

    Args:
        what: What each is to be, in a word or two.
        given: What was given.
        values: The ``Literal`` of the scheme.

    Raises:
        UsageError: one is not among them; the message names the nearest.
    """
    known = get_args(values)
    for each in given:
        if each not in known:
            close = nearest(each, known, 3)
            hint = f"nearest: {', '.join(close)}" if close else f"known: {', '.join(known)}"
            raise UsageError(f"no {what} {each!r}; {hint}")


@cache
def parameters(ask: Callable[..., Any]) -> tuple[Parameter, ...]:
    """What a function that answers a question takes, without the knowledge it is asked of.

    Raises:
        TypeError: a parameter does not say how it is given; a fault of the question.
    """
    found = [each for each in list(inspect.signature(ask).parameters.values())[1:] if _written(each)]
    written = SimpleNamespace(__annotations__={each.name: each.annotation for each in found})
    hints = get_type_hints(written, vars(sys.modules[ask.__module__]), include_extras=True)
    return tuple(_parameter(each, hints[each.name]) for each in found)


def _written(given: inspect.Parameter) -> bool:
    """Whether a parameter can be given in writing; the types of the others need not be there."""
    return given.kind is not given.VAR_KEYWORD and InPython.__name__ not in str(given.annotation)


def _parameter(given: inspect.Parameter, hint: Any) -> Parameter:
    how = next((part for part in get_args(hint)[1:] if isinstance(part, Opt | Arg)), None)
    if get_origin(hint) is not Annotated or how is None:
        raise TypeError(f"the parameter {given.name!r} does not say how it is given: annotate it with Opt or Arg")
    inner = get_args(hint)[0]
    several = given.kind is given.VAR_POSITIONAL
    if get_origin(inner) is Sequence:
        several, inner = True, get_args(inner)[0]
    return Parameter(given.name, how, _chosen(inner), several, given.default)


def _chosen(hint: Any) -> Any:
    """The type that a value given as text is read as: the first that is not None, without ``str`` beside another."""
    if get_origin(hint) in (Union, UnionType):
        return next(part for part in get_args(hint) if part is not NoneType)
    return hint
