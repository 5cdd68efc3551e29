"""Commands of questions, made from what the questions say of themselves."""

from __future__ import annotations

import enum
import inspect
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO, Literal, get_args, get_origin

import click

from dualuse import questions
from dualuse.cli.completing import KINDS, Key
from dualuse.cli.options import ALL, FORMS, OUTPUT, STORE, Day, OneOf, open_for, say, stream_out, write_out
from dualuse.cli.progress import reading, waiting
from dualuse.cli.targets import OUT, check_targets
from dualuse.errors import UsageError
from dualuse.questions.parameters import Opt, Parameter
from dualuse.questions.question import Invocation, Question


def command(question: Question) -> click.Command:
    """The command that asks a question and shows its card."""

    def run(store: str | None, **given: Any) -> None:
        from dualuse.cli.output import show

        if question.reads:
            given |= _forms(_reads(question), given)
        shown = {str(option.name): given.pop(str(option.name)) for option in OUTPUT if option in output}
        shown.setdefault(str(ALL.name), given.get("every", False))
        extra = {each.name: given.pop(each.name) for each in question.also}
        check_targets(_targets(question, shown, extra), shown["force"])
        asked = Invocation(
            question=question,
            values={p.name: taken(p, given[p.name]) for p in question.parameters},
            extra=extra,
            form=shown["form"],
            open=lambda: open_for(store),
            show=lambda card: show(card, **shown),
            write=lambda content, path: write_out(content, path, shown["force"]),
            stream=lambda: _stream(shown),
            say=say,
            reading=reading,
        )
        with waiting(question.command):
            question.act(asked)

    own = [_param(parameter) for parameter in (*question.parameters, *question.also)]
    listed = any(parameter.name == "every" for parameter in question.parameters)  # has an --all that lists more
    output = [option for option in OUTPUT if option is not ALL or not listed]
    told = [_format(_reads(question)), *output[1:]] if question.reads else output
    params = [*own, STORE, *told]
    return click.Command(
        question.name, callback=run, params=params, help=_help(question.help, question.command, question.examples)
    )


def _targets(question: Question, shown: Mapping[str, Any], extra: Mapping[str, Any]) -> dict[str, Path | None]:
    """The files that a command is to write, by what stands in them."""
    page = shown["html"]
    found = {"the answer": shown["output"] or (None if page == OUT else OUT), "the page": page}
    found["the table of --unknown"] = shown["unknown"]
    for each in question.also:
        if each.type is Path and isinstance(each.how, Opt) and not each.how.exists:
            found[f"what {each.flag} writes"] = extra[each.name]
    return found


def _stream(shown: Mapping[str, Any]) -> AbstractContextManager[BinaryIO]:
    """What a table is written to that is larger than a card.

    Raises:
        UsageError: what it says of itself is to go elsewhere.
    """
    if shown["unknown"] is not None:
        raise UsageError("this table says what is unknown in a column of its own; leave --unknown out")
    return stream_out(shown["output"], shown["force"])


class Group(click.Group):
    """A command whose parts are the questions of a group."""

    def __init__(self, name: str) -> None:
        module = import_module(f"dualuse.questions.{name}")
        super().__init__(name, help=_help(str(module.__doc__), name, module.EXAMPLES))

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of its questions."""
        return list(questions.by_group()[str(self.name)])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of one of its questions, or None."""
        question = questions.find(cmd_name)
        return command(question) if question is not None and question.group == self.name else None


def _reads(question: Question) -> Parameter:
    """The parameter that says in what form the input is."""
    return next(parameter for parameter in question.parameters if parameter.name == question.reads)


def _format(reads: Parameter) -> click.Option:
    """``--format`` where it takes forms of the input too."""
    inputs = [form for form in get_args(reads.type) if form != reads.default]
    return click.Option(
        ["-f", "--format", "form"],
        multiple=True,
        type=OneOf([*FORMS, *inputs]),
        help=f"{OUTPUT[0].help} {' and '.join(inputs)} are short for {reads.flag}.  [default: {FORMS[0]}]",
    )


def _forms(reads: Parameter, given: Mapping[str, Any]) -> dict[str, str]:
    """Forms of the output and of the input, told apart.

    Raises:
        UsageError: several of a kind.
    """
    asked, read = given["form"], given[reads.name]
    outputs = [form for form in asked if form in FORMS]
    inputs = {form for form in asked if form not in FORMS} | ({read} - {reads.default})
    if len(outputs) > 1 or len(inputs) > 1:
        forms = " ".join(asked)
        raise UsageError(f"--format {forms} and {reads.flag} {read} do not go together; give one of a kind")
    return {"form": (outputs or FORMS)[0], reads.name: (*inputs, read)[0]}


def _help(told: str, name: str, examples: Iterable[str]) -> str:
    lines = "\n".join(f"  dualuse {name} {example}".rstrip() for example in examples)
    return f"{told}\n\n\b\nExample:\n{lines}"


def taken(parameter: Parameter, value: Any) -> Any:
    """A value as the question takes it: several may stand in one, between commas."""
    if isinstance(parameter.how, Opt) and parameter.how.pair:
        return value or ()
    if isinstance(parameter.how, Opt) and parameter.how.commas:
        return [name.strip() for text in value for name in text.split(",") if name.strip()]
    return value


def _param(parameter: Parameter) -> click.Parameter:
    how = parameter.how
    if not isinstance(how, Opt):
        metavar = how.metavar or None
        several = -1 if parameter.several else 1
        return click.Argument(
            [parameter.name], nargs=several, required=parameter.required, metavar=metavar, type=_type(parameter)
        )
    more: dict[str, Any] = {"is_flag": True} if parameter.type is bool else {"type": _type(parameter)}
    default = parameter.default.value if isinstance(parameter.default, enum.Enum) else parameter.default
    if how.pair:
        more |= {"nargs": 2, "default": None}
    elif parameter.several:
        more["multiple"] = True
    elif not parameter.required:
        more |= {"default": default, "show_default": default not in (None, False)}
    if how.alone:
        more |= {"is_flag": False, "flag_value": how.alone}
    shown = f"{how.help}  [default: {how.default}]" if how.default else how.help
    more |= {"help": shown, "metavar": how.metavar or None, "required": parameter.required}
    return click.Option([parameter.flag, parameter.name], **more)


def _type(parameter: Parameter) -> click.ParamType[Any]:
    """How a value given as text is read."""
    type_, how = parameter.type, parameter.how
    if get_origin(type_) is Literal:
        return OneOf(list(get_args(type_)))
    if inspect.isclass(type_) and issubclass(type_, enum.StrEnum):
        return OneOf([member.value for member in type_])
    if type_ is date:
        return Day()
    if type_ is Path:
        return click.Path(
            exists=how.exists, file_okay=how.path != "folder", dir_okay=how.path != "file", path_type=Path
        )
    if type_ in (int, float):
        return _number(type_, how if isinstance(how, Opt) else Opt(""))
    return Key(*_kinds(parameter)) if _kinds(parameter) else click.STRING


def _kinds(parameter: Parameter) -> tuple[str, ...]:
    """Kinds of thing that a text names."""
    how = parameter.how
    shown = how.metavar or parameter.name
    return KINDS.get(shown if isinstance(how, Opt) else f"{shown.strip('[].')}...", ())


def _number(type_: type, how: Opt) -> click.ParamType[Any]:
    low, high = how.low, how.high
    if low is None and high is None:
        return click.INT if type_ is int else click.FLOAT
    if type_ is int:
        return click.IntRange(None if low is None else int(low), None if high is None else int(high))
    return click.FloatRange(low, high, min_open=how.between, max_open=how.between)
