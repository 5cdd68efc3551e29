"""Cases of ownership rules: who holds what, who is listed, and what follows; each beside the rule that it tests."""

from __future__ import annotations

from importlib.resources.abc import Traversable
from typing import Annotated, Literal

from dualuse.errors import CuratedDataError, Problem, UsageError
from dualuse.load.files import read_yaml
from dualuse.load.parse import Unfit, parse
from dualuse.model.base import Record, Share, SomeKeys, Text
from dualuse.model.fields import Several, record
from dualuse.ownership.outcome import cascade, holdings
from dualuse.ownership.shipped import rules_folder
from dualuse.resources import walk

ENDING = ".cases.yml"


@record()
class Holding(Record):
    """One party's share in another, in percent."""

    owner: Text
    owned: Text
    share: Share


@record()
class OwnershipCase(Record):
    """Holdings, the listed parties among the owners, and what the rule makes of the others."""

    listed: Annotated[tuple[Text, ...], Several(1)]
    holdings: tuple[Holding, ...]
    expect: dict[str, Literal["captured", "possible", "ambiguous", "clear"]]
    """Party -> what it is."""
    sources: SomeKeys
    note: Text | None = None

    def faults(self, threshold: float, *, core: str = "auto") -> list[str]:
        """What a rule of some threshold makes otherwise than the case expects, in words; nothing if all is well."""
        edges = [(each.owner, each.owned, each.share, each.share) for each in self.holdings]
        try:
            outcome = cascade(holdings(edges), list(self.listed), threshold=threshold, core=core)
            found = {party: outcome.result(party) for party in self.expect}
        except UsageError as error:
            return [str(error)]
        return [
            f"{party} is {found[party]}, {wanted} is expected"
            for party, wanted in self.expect.items()
            if found[party] != wanted
        ]


@record()
class OwnershipCases(Record):
    """``<key>.cases.yml``: cases of the ownership rule of that name."""

    cases: tuple[OwnershipCase, ...]


def read_cases(folder: Traversable | None = None) -> dict[str, tuple[OwnershipCase, ...]]:
    """Read the cases of every rule, by its key.

    Args:
        folder: Where they are; beside the shipped rules if not given.

    Raises:
        CuratedDataError: with every problem found.
    """
    problems: list[Problem] = []
    found: dict[str, tuple[OwnershipCase, ...]] = {}
    for path, file in walk(rules_folder() if folder is None else folder, ENDING):
        row = read_yaml(path, file, problems)
        if row is None:
            continue
        try:
            found[path.removesuffix(ENDING)] = parse(OwnershipCases, row.values).cases
        except Unfit as unfit:
            problems += unfit.problems(row)
    if problems:
        raise CuratedDataError(problems)
    return found
