"""What if: a copy of the graph with a few facts changed, derived anew.

The copy lives in memory; what it adds stands in the graph ``scenario/…``. Nothing of the store is touched.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import pyoxigraph as ox

from dualuse.build import derive
from dualuse.dates import PartialDate
from dualuse.errors import UsageError
from dualuse.knowledge import Knowledge
from dualuse.law.transaction import World
from dualuse.model.base import placed
from dualuse.model.law import Membership
from dualuse.model.triples import Triples, iri, literal
from dualuse.namespaces import GRAPH, NS, expand, thing
from dualuse.store import MemoryStore
from dualuse.store.base import Store, value

EXCLUSIVE = ("us-supp5a", "us-d5", "us-macau-d5")
"""Groups that decide a tier: a place moved into one leaves the others."""
RESIDUAL = "residual"

_BOUNDS = {
    "tpp-min": "tppMin",
    "tpp-below": "tppBelow",
    "density-min": "densityMin",
    "density-below": "densityBelow",
    "interconnect-min": "interconnectMin",
}
_PREFIXES = f"PREFIX du: <{NS}>\nPREFIX standing: <{expand('standing:')}>\n"
_REMOVE_EXCEPTION = (
    _PREFIXES
    + """DELETE { GRAPH ?g { ?rule a du:DecisionRule } }
WHERE { GRAPH ?g { ?rule du:exceptionCode %s ; a du:DecisionRule } }"""
)
_SET_BOUND = """DELETE { GRAPH ?g { %(subject)s %(predicate)s ?old } }
INSERT { GRAPH ?g { %(subject)s %(predicate)s %(value)s } }
WHERE { GRAPH ?g { %(subject)s a ?class } OPTIONAL { GRAPH ?g { %(subject)s %(predicate)s ?old } } }"""
_END_MEMBERSHIPS = (
    _PREFIXES
    + """DELETE { GRAPH ?g { ?m du:standing ?s } }
INSERT { GRAPH ?g { ?m du:standing standing:not-a-member } }
WHERE {
  VALUES ?group { %(groups)s }
  GRAPH ?g { ?m du:group ?group ; du:member %(place)s ; du:standing ?s }
}"""
)
_SETTING = re.compile(r"(?P<key>[a-z0-9.-]+)/(?P<bound>[a-z-]+)=(?P<value>\d+(?:\.\d+)?)")


@dataclass(frozen=True)
class Edits:
    """What a scenario changes, as keys: moves (place, group or ``residual``), exception codes, threshold bounds."""

    moves: tuple[tuple[str, str], ...] = ()
    removed_exceptions: tuple[str, ...] = ()
    thresholds: tuple[tuple[str, str, float], ...] = ()

    @property
    def name(self) -> str:
        """A name for the scenario, made of its edits."""
        parts = [f"{place}-to-{group}" for place, group in self.moves]
        parts += [f"without-{code}" for code in self.removed_exceptions]
        parts += [f"{key}-{bound}-{value:g}" for key, bound, value in self.thresholds]
        return "_".join(parts)


def read_edits(
    knowledge: Knowledge, moves: Sequence[str], removed_exceptions: Sequence[str], thresholds: Sequence[str]
) -> Edits:
    """Read edits as a person writes them.

    Args:
        moves: ``PLACE:GROUP``, the group by key with or without ``us-``, or ``residual``.
        removed_exceptions: Codes of licence exceptions.
        thresholds: ``THRESHOLD/BOUND=NUMBER``, for example ``3a090.a-1/tpp-min=6000``.

    Raises:
        UsageError: an edit that cannot be read, or that names what is not there.
    """
    if not (moves or removed_exceptions or thresholds):
        raise UsageError("say what to change: --move PLACE:GROUP, --remove-exception CODE or --set-threshold …")
    codes = {rule.code for rule in knowledge.law.rules.of("exception") if rule.code}
    for code in removed_exceptions:
        if code not in codes:
            raise UsageError(f"no licence exception {code!r}; known: {', '.join(sorted(codes))}")
    return Edits(
        tuple(_move(knowledge, move) for move in moves),
        tuple(removed_exceptions),
        tuple(_setting(knowledge, setting) for setting in thresholds),
    )


def _move(knowledge: Knowledge, move: str) -> tuple[str, str]:
    name, colon, group = move.rpartition(":")
    if not colon:
        raise UsageError(f"--move {move!r} must be PLACE:GROUP, for example PL:supp5a")
    wanted = group.casefold().replace(":", "")
    key = wanted if wanted.startswith("us-") or wanted == RESIDUAL else f"us-{wanted}"
    if key not in (*EXCLUSIVE, RESIDUAL):
        known = ", ".join(group.removeprefix("us-") for group in EXCLUSIVE)
        raise UsageError(f"--move {move!r}: no group {group!r} that decides a tier; known: {known}, {RESIDUAL}")
    return knowledge.names.key("place", name), key


def _setting(knowledge: Knowledge, setting: str) -> tuple[str, str, float]:
    match = _SETTING.fullmatch(setting)
    known = {
        row["t"].value.rsplit("/", 1)[1] for row in knowledge.store.select("SELECT ?t WHERE { ?t a du:ItemThreshold }")
    }
    if match is None or match["bound"] not in _BOUNDS or match["key"] not in known:
        raise UsageError(
            f"--set-threshold {setting!r} must be THRESHOLD/BOUND=NUMBER; thresholds: {', '.join(sorted(known))}; "
            f"bounds: {', '.join(_BOUNDS)}"
        )
    return match["key"], match["bound"], float(match["value"])


def build_scenario(store: Store, edits: Edits, as_of: date) -> MemoryStore:
    """Copy a graph, change it, and derive it anew; claims are held against the changed law.

    Args:
        store: What to copy; it is not touched.
        as_of: Day that is asked about. A move counts from it, or from the day the listing began if that is earlier, so
            that claims about the listing as it began can be held against the scenario.
    """
    inferred = f"<{GRAPH}inferred> ."
    copy = MemoryStore(location=f"scenario {edits.name}")
    kept = [line for line in store.quads() if not line.rstrip("\n").endswith(inferred)]
    copy.store.bulk_load("".join(kept).encode("utf-8"), format=ox.RdfFormat.N_QUADS)
    start = _listing_began(copy, as_of)
    for place, group in edits.moves:
        _apply_move(copy, edits, place, group, start)
    for code in edits.removed_exceptions:
        copy.store.update(_REMOVE_EXCEPTION % literal(code))
    for key, bound, number in edits.thresholds:
        terms = {"subject": iri(thing("threshold", key)), "predicate": iri(f"{NS}{_BOUNDS[bound]}")}
        copy.store.update(_SET_BOUND % (terms | {"value": literal(f"{number:g}", datatype="decimal")}))
    derive(copy)
    return copy


def moved(world: World, place: str, group: str, day: date) -> World:
    """The same world with a place moved into a group that decides a tier, from a day on; see :func:`build_scenario`.

    Rules are the same, so that what is remembered of them is shared.
    """
    others = {*EXCLUSIVE} - {group}
    held = [_ended(each) if each.group in others else each for each in world.places.memberships.get(place, [])]
    if group != RESIDUAL:
        key, since = f"scenario.{group}.{place.lower()}", PartialDate(day.isoformat())
        listed = Membership(
            key=key, place=place, group=group, standing="member", valid_from=since, sources=(), confidence="high"
        )
        held.append(placed(listed, key))
    places = replace(world.places, memberships={**world.places.memberships, place: held})
    return replace(world, places=places, _places={})


def _ended(membership: Membership) -> Membership:
    return placed(replace(membership, standing="not-a-member"), membership.node.key)


def _listing_began(copy: MemoryStore, as_of: date) -> date:
    """The first day of the listing that decides tiers, or the day asked about if that is earlier."""
    rows = copy.select(
        "SELECT (MIN(?from) AS ?start) WHERE { ?m du:group group:us-supp5a ; du:validFromEarliest ?from }"
    )
    first = value(rows[0], "start") if rows else ""
    return min(as_of, date.fromisoformat(first)) if first else as_of


def _apply_move(copy: MemoryStore, edits: Edits, place: str, group: str, start: date) -> None:
    """End a place's memberships in the exclusive groups, and begin one in the new group."""
    groups = " ".join(iri(thing("group", name)) for name in EXCLUSIVE if name != group)
    copy.store.update(_END_MEMBERSHIPS % {"groups": groups, "place": iri(thing("place", place))})
    if group == RESIDUAL:
        return
    node = Triples("membership", f"scenario.{group}.{place.lower()}", "du:GroupMembership")
    node.text("rdfs:label", f"{place} in {group} (scenario)", "en")
    node.link("du:member", "place", place)
    node.link("du:group", "group", group)
    node.link("du:standing", "standing", "member")
    node.bound("du:validFrom", PartialDate(start.isoformat()))
    node.link("du:confidence", "confidence", "high")
    graph = iri(f"{GRAPH}scenario/{edits.name}")
    node.add("dct:source", graph)
    lines = "".join(f"{s} {p} {o} {graph} .\n" for s, p, o in node.triples)
    copy.store.load(lines.encode("utf-8"), format=ox.RdfFormat.N_QUADS)
