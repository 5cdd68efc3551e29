"""The facts that tests ask for, as options of a command."""

from __future__ import annotations

from typing import Any, Literal

from dualuse.law.facts import Amount, Choice, Named, Text
from dualuse.law.kinds import facts
from dualuse.questions.parameters import Opt, Parameter


def fact_options() -> tuple[Parameter, ...]:
    """An option for every fact that a test asks for."""
    return tuple(_fact(fact) for fact in facts().values())


def _fact(fact: Any) -> Parameter:
    flag = f"--{fact.option}"
    type_: Any
    match fact.form:
        case Named(metavar=metavar) | Text(metavar):
            how, type_ = Opt(fact.help, flag, metavar), str
        case Choice(values):
            how, type_ = Opt(fact.help, flag), Literal[values]
        case Amount(unit):
            how, type_ = Opt(fact.help, flag, unit, low=0), float
        case form:
            how, type_ = Opt(fact.help, f"{flag}/--{form.no}"), bool
    return Parameter(fact.name, how, type_, several=False, default=None)
