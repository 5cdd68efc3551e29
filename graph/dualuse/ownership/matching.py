"""Which names of a table, of a list and of the graph are one party's, and which may be.

Names of one plain form are one party's: they differ in case, width, marks, script or legal form only. So are the names
that the graph knows of one organisation. Where legal forms differ (a GmbH and an Ltd.), where a name is that of several
organisations, where one of the two holds the other, and where a name looks like a slip for another, they only may be.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from dualuse.ownership.book import Column, NameList, Names, Table
from dualuse.ownership.findings import MOST, Findings
from dualuse.ownership.spelling import UNNAMED, UNSPECIFIED, Spelt, beginnings, closed, slips, spell, telling

SLIPS_UP_TO = 50_000
"""Most names of a table among which slips are looked for."""

Node = int | str | tuple[str]
"""A name of the table by its number, a name from elsewhere, or an organisation of the graph by its key."""


@dataclass(frozen=True)
class Matched:
    """A table in which each party has one name, and what else may be one party.

    Args:
        called: Name from elsewhere -> name in the table, or itself where the table does not have it.
        maybe: Names of which each two may be one party's.
        slips: Whether slips were looked for.
    """

    table: Table
    called: Mapping[str, str]
    maybe: Sequence[Sequence[str]]
    slips: bool = True


def match(
    table: Table, listed: Sequence[str], known: Mapping[str, Iterable[str]], asked: Sequence[str] = ()
) -> Matched:
    """Find the names of one party and put them into one.

    Args:
        table: The holdings; what was found goes into its findings.
        listed: Names of listed parties.
        known: Key of an organisation of the graph -> its names.
        asked: Names of parties asked for.
    """
    others = list(dict.fromkeys([UNNAMED, *listed, *asked]))
    plain_of_key = {key: [spell(name) for name in dict.fromkeys([key, *names])] for key, names in known.items()}
    elsewhere = {one.plain for several in plain_of_key.values() for one in several}
    elsewhere |= {spell(name).plain for name in others} | UNSPECIFIED
    few = len(table.names) <= SLIPS_UP_TO
    numbers = range(len(table.names)) if few else repeated(table.names, elsewhere)
    web = Web(table.names, numbers, others, plain_of_key)
    web.tie()
    if held := _self_held(table, web.first()):
        web.part(held)
        web.tie()
    if few:
        web.tie_slips()
        web.tie_beginnings(listed)
    first = web.first()
    _note_same(table.findings, web)
    merged = merge(table, first)
    maybe = web.maybe()
    if few and maybe:
        pairs = {frozenset((merged.names[a], merged.names[b])) for a, b in zip(merged.owner, merged.owned, strict=True)}
        maybe = [group for group in maybe if len(group) > 2 or frozenset(group) not in pairs]
    return Matched(merged, web.called(), maybe, few)


@dataclass
class Web:
    """Names, tied where they are one party's.

    Args:
        names: Those of a table.
        numbers: Which of them to look at.
        others: Names from elsewhere.
        known: Key of an organisation -> its names, spelt.
    """

    names: Names
    numbers: Iterable[int]
    others: Sequence[str]
    known: Mapping[str, Sequence[Spelt]]
    apart: set[str] = field(default_factory=set)
    spelt: dict[Node, Spelt] = field(default_factory=dict)
    alike: dict[str, list[tuple[str, Node]]] = field(default_factory=lambda: defaultdict(list))
    above: dict[Node, Node] = field(default_factory=dict)
    hubs: list[list[Node]] = field(default_factory=list)
    _known_tops: set[Node] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Put the nodes under their plain forms; a key stands for itself."""
        for key, several in self.known.items():
            for one in several:
                self.alike[one.plain].append((one.form, (key,)))
        nodes: list[tuple[Node, str]] = [(number, self.names[number]) for number in self.numbers]
        for node, name in [*nodes, *((name, name) for name in self.others)]:
            self.spelt[node] = spell(name)
            if name not in self.known:
                self.alike[self.spelt[node].plain].append((self.spelt[node].form, node))

    def text(self, node: Node) -> str:
        """The name of a node as it is written."""
        return self.names[node] if isinstance(node, int) else node if isinstance(node, str) else node[0]

    def tie(self) -> None:
        """Tie what is one party's, and gather what may be."""
        self.above, self.hubs = {}, []
        for node in self.spelt:
            if self.text(node) in self.known:
                self._join([(self.text(node),), node])
            elif self.spelt[node].plain in UNSPECIFIED:
                self._join([UNNAMED, node])
        for plain, members in self.alike.items():
            if len(members) > 1 and plain not in UNSPECIFIED:
                self._tie_alike(members, plain in self.apart)

    def _tie_alike(self, members: Sequence[tuple[str, Node]], apart: bool) -> None:
        """Tie names of one plain form, unless several legal forms tell them apart."""
        forms = {form for form, _ in members if form}
        parts: dict[str, list[Node]] = defaultdict(list)
        for form, node in members:
            parts[form if apart or len(forms) > 1 else ""].append(node)
        for part in parts.values():
            keys = list(dict.fromkeys(node for node in part if isinstance(node, tuple)))
            rest = [node for node in part if not isinstance(node, tuple)]
            if len(keys) > 1 or (apart and keys):
                self._join(rest)
                self.hubs += [[key, *rest[:1]] for key in keys if rest]
            else:
                self._join([*keys, *rest])
        if len(parts) > 1:
            self.hubs.append([part[0] for part in parts.values()])

    def _join(self, nodes: Sequence[Node]) -> None:
        for node in nodes[1:]:
            one, other = self.top(nodes[0]), self.top(node)
            if one != other:
                self.above[other] = one

    def top(self, node: Node) -> Node:
        """The node that stands for all that are tied to one."""
        while node in self.above:
            beyond = self.above[node]
            if beyond in self.above:
                self.above[node] = self.above[beyond]
            node = beyond
        return node

    def part(self, held: Iterable[tuple[int, int]]) -> None:
        """Keep names apart of which one holds the other, unless only their letters are written otherwise."""
        for owner, owned in held:
            if self.spelt[owner] != self.spelt[owned]:
                self.apart |= {self.spelt[owner].plain, self.spelt[owned].plain}

    def first(self) -> dict[int, int]:
        """Number of every name that is tied to an earlier one -> that one."""
        found: dict[Node, int] = {}
        return {
            number: earlier
            for number in sorted(node for node in self.spelt if isinstance(node, int))
            if (earlier := found.setdefault(self.top(number), number)) != number
        }

    def tie_slips(self) -> None:
        """Gather names that look like slips for one another: of a letter, of a space, of an accent, of word order."""
        tops = {self.top(node) for node in self.spelt}
        seen: dict[tuple[str, ...], dict[Node, None]] = defaultdict(dict)
        for plain, members in self.alike.items():
            nodes = [top for _, node in members if (top := self.top(node)) in tops]
            if nodes and plain not in UNSPECIFIED:
                seen[telling(plain)].update(dict.fromkeys(nodes))
        loose: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for words in seen:
            for sign in {"".join(words), closed("".join(words)), " ".join(sorted(words))}:
                loose[sign].append(words)
        groups = [*([words] for words in seen), *(several for several in loose.values() if len(several) > 1)]
        groups += [list(pair) for pair in slips(seen)]
        for group in groups:
            hub = list(dict.fromkeys(node for words in group for node in seen[words]))
            if len(hub) > 1 and not self._are_known(*hub):
                self.hubs.append(hub)

    def tie_beginnings(self, listed: Iterable[str]) -> None:
        """Gather names that begin with that of a listed party, or with which it begins: short forms, and branches."""
        tops = {self.top(name) for name in listed}
        whole: dict[str, Node] = {}
        begun: dict[str, list[Node]] = defaultdict(list)
        for plain, members in self.alike.items():
            for top in {self.top(node) for _, node in members} & tops:
                whole[plain] = top
                for start in beginnings(plain):
                    begun[start].append(top)
        for plain, members in self.alike.items():
            longer = begun.get(plain, [])
            found = [*longer, *(whole[start] for start in beginnings(plain) if start in whole)]
            for top in dict.fromkeys(self.top(node) for _, node in members) if found else ():
                self.hubs += [[other, top] for other in found if other != top and not self._are_known(top, other)]

    def _are_known(self, *tops: Node) -> bool:
        """Whether all are organisations of the graph, which tells them apart."""
        if not self._known_tops:
            self._known_tops = {self.top((key,)) for key in self.known}
        return self._known_tops.issuperset(tops)

    def together(self) -> dict[Node, list[Node]]:
        """Top -> all that are tied to it, names of the table first."""
        found: dict[Node, list[Node]] = defaultdict(list)
        for node in self.spelt:
            found[self.top(node)].append(node)
        return found

    def called(self) -> dict[str, str]:
        """Name from elsewhere -> what the table calls the party, or itself."""
        shown = {top: self.text(nodes[0]) for top, nodes in self.together().items()}
        return {name: shown[self.top(name)] for name in self.others}

    def maybe(self) -> list[list[str]]:
        """Groups of names that may be one party's, as the table calls them."""
        shown = {top: self.text(nodes[0]) for top, nodes in self.together().items()}
        groups = ([shown[top] for top in dict.fromkeys(map(self.top, hub)) if top in shown] for hub in self.hubs)
        return [group for group in groups if len(group) > 1]


def _note_same(findings: Findings, web: Web) -> None:
    several = [list(dict.fromkeys(map(web.text, nodes))) for nodes in web.together().values() if len(nodes) > 1]
    for first, *rest in several:
        if UNNAMED in rest:
            findings.add("unnamed-owner", first, "who that is is not said")
    told = sorted(names for names in several if len(names) > 1 and UNNAMED not in names)
    for first, *rest in told[:MOST]:
        findings.add("same-name", first, f"also written {', '.join(rest[:3])}{' …' if len(rest) > 3 else ''}")
    findings.count("same-name", len(told) - MOST)


def _self_held(table: Table, first: Mapping[int, int]) -> list[tuple[int, int]]:
    """Pairs of names of one party of which the one holds the other."""
    if not first:
        return []
    if isinstance(table.owner, array | list):
        pairs = zip(table.owner, table.owned, strict=True)
        return sorted({(a, b) for a, b in pairs if a != b and first.get(a, a) == first.get(b, b)})
    import numpy as np

    tied, one, other = _numbers(len(table.names), first), np.asarray(table.owner), np.asarray(table.owned)
    rows = np.flatnonzero((one != other) & (tied[one] == tied[other]))
    return sorted(set(zip(one[rows].tolist(), other[rows].tolist(), strict=True)))


def _numbers(size: int, first: Mapping[int, int]) -> Any:
    import numpy as np

    tied = np.arange(size, dtype=np.int32)
    tied[list(first)] = list(first.values())
    return tied


def merge(table: Table, first: Mapping[int, int]) -> Table:
    """A table in which some names stand for others.

    Args:
        first: Number of a name that goes -> number of the one that stands for it.
    """
    if not first:
        return table
    size = len(table.names)
    if isinstance(table.names, NameList):
        names = NameList(table.names[number] for number in range(size) if number not in first)
        new = [0] * size
        for number in range(size):
            new[number] = names.add(table.names[first.get(number, number)])
        owner, owned = (array("i", (new[number] for number in column)) for column in (table.owner, table.owned))
        return replace(table, names=names, owner=owner, owned=owned)
    return _merge_columns(table, first)


def _merge_columns(table: Table, first: Mapping[int, int]) -> Table:
    """The same for numpy's columns and arrow's names."""
    import numpy as np

    from dualuse.ownership.arrow_names import ArrowNames

    if not isinstance(table.names, ArrowNames):
        raise TypeError("names are in a list or in an arrow array")
    tied = _numbers(len(table.names), first)
    kept = tied == np.arange(len(tied))
    new = (np.cumsum(kept, dtype=np.int32) - 1)[tied]
    columns: list[Column] = [new[np.asarray(column)] for column in (table.owner, table.owned)]
    return replace(table, names=table.names.only(kept), owner=columns[0], owned=columns[1])


def repeated(names: Names, elsewhere: Iterable[str]) -> Iterable[int]:
    """Numbers of the names of a large table that may have the plain form of another, or one of those given."""
    from dualuse.ownership.arrow_names import ArrowNames

    if isinstance(names, ArrowNames):
        return names.repeated(sorted(elsewhere))
    return range(len(names))
