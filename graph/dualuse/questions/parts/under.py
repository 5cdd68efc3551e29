"""Whose law is asked: a place, the European Union, or an authority, by code, key or name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

from dualuse.errors import UsageError
from dualuse.questions.parameters import Opt
from dualuse.questions.parts.lenses import small
from dualuse.show.words import Said

if TYPE_CHECKING:
    from dualuse.knowledge import Knowledge
    from dualuse.questions.question import Teller

Law: TypeAlias = Annotated[
    str, Opt("Whose law: a place, the EU, or an authority, by code or name.", flag="--under", metavar="LAW")
]
"""The option that says so."""

_UNION = "eu"
_ISSUED = """# Legal orders of what an authority issued, joint statements left out.
SELECT DISTINCT ?order WHERE {
  ?i eli:passed_by <%s> ; du:jurisdiction ?order
  FILTER NOT EXISTS { ?i du:jurisdiction ?other FILTER(?other != ?order) }
} ORDER BY ?order"""
_OF = Said("Under the law of {law}: ", "依{law}法律：", "依{law}法律：")
_EUROPE = Said("the European Union", "歐盟", "欧盟")


def order_of(knowledge: Knowledge, given: str) -> str:
    """The legal order that a place, the European Union, or an authority stands for.

    Raises:
        UnknownNameError: it is none of them.
        UsageError: no law of that order, or of several, is on record.
    """
    from dualuse.law.transaction import UNION, UNITED_STATES
    from dualuse.node import Node
    from dualuse.store.base import value

    if given.strip().upper() in (UNITED_STATES, UNION):
        return given.strip().upper()
    kind, key = knowledge.names.find_any(("place", "group", "organisation"), given)
    if kind == "place":
        return key
    if kind == "group" and key == _UNION:
        return UNION
    found = [value(row, "order") for row in knowledge.store.select(_ISSUED % Node(kind, key).iri)]
    if len(found) != 1:
        several = f"; it issues law of {', '.join(found)}" if found else ""
        raise UsageError(f"--under {given!r} names no place and no authority of one{several}")
    return found[0]


def said_under(told: Teller[Any], said: Said) -> Said:
    """A question after whose law is asked; as it is for that of the United States."""
    if "under" not in told.asked:
        return said
    law = _OF.fill(law=_EUROPE if told.asked["under"] == "EU" else told.part("under"))
    return Said(*(one + two for one, two in zip(law, small(said), strict=True)))
