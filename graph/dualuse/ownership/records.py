"""The 50 % rules as data: whose lists each counts, at what share, and which instrument it stands and falls with."""

from __future__ import annotations

from importlib.resources.abc import Traversable
from typing import Annotated

from dualuse.errors import CuratedDataError, Problem, UnknownNameError
from dualuse.load.files import read_yaml
from dualuse.load.parse import Unfit, parse
from dualuse.model.base import Dated, Key, Name, Record, Text, Texts
from dualuse.model.fields import Form, Several, record
from dualuse.ownership.shipped import FOLDER, rules_folder
from dualuse.resources import walk
from dualuse.suggest import nearest


@record()
class CountedList(Record):
    """A list whose parties count as restricted owners."""

    key: Key
    """Key of the programme, as listings name it; lists that no listing names are read from files only."""
    name: Text
    """Its name."""


@record()
class OwnershipRule(Dated):
    """``data/ownership-rules/<key>.yml``: a rule that extends a list to what its parties own.

    ``valid_from`` and ``valid_to`` are given only where no instrument of the graph says when the rule holds.
    """

    title: Name
    authority: Key
    """Organisation that applies it."""
    instrument: Key | None = None
    """Instrument whose events say whether it is in force; absent for one that the graph does not have."""
    provision: Key | None = None
    """Provision of the instrument that holds the rule."""
    citation: Text
    threshold: Annotated[float, Form("number", gt=0, le=100)]
    """Share in percent from which owners capture, in sum."""
    lists: Annotated[tuple[CountedList, ...], Several(1)]
    limits: Texts = ()
    """What the rule leaves open, or asks beyond the share; shown with every answer."""


def read_rules(folder: Traversable | None = None) -> dict[str, OwnershipRule]:
    """Read every rule, by key.

    Args:
        folder: Where they are; the shipped ones if not given.

    Raises:
        CuratedDataError: with every problem found, sorted by file and line.
    """
    problems: list[Problem] = []
    rules: dict[str, OwnershipRule] = {}
    for path, file in walk(rules_folder() if folder is None else folder, ".yml"):
        row = None if path.endswith(".cases.yml") else read_yaml(f"{FOLDER}/{path}", file, problems)
        if row is None:
            continue
        try:
            rules[path.removesuffix(".yml")] = parse(OwnershipRule, row.values)
        except Unfit as unfit:
            problems += unfit.problems(row)
    if problems:
        raise CuratedDataError(problems)
    return rules


def find_rule(key: str) -> OwnershipRule:
    """The rule of a key.

    Raises:
        UnknownNameError: there is none; the message lists the nearest.
    """
    rules = read_rules()
    if key in rules:
        return rules[key]
    close = nearest(key, rules, 2)
    hint = f"did you mean {' or '.join(close)}?" if close else f"known: {', '.join(rules)}"
    raise UnknownNameError(f"no ownership rule {key!r}; {hint}")
