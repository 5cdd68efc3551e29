"""Long documentation, as resources: what a model reads when it needs it, and not with every call."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from dualuse import resources
from dualuse.errors import UsageError
from dualuse.harmless import no_markup

if TYPE_CHECKING:
    from dualuse.knowledge import Knowledge

RULES = """# Rules of use

1. **A card is the answer.** Say its headline, its day (`as_of`), its lens, and every `unknown`; give the receipts
   you rely on, with their paragraph or address. Do not say more than it says: "no-licence-required" is said of
   the rules that it names, "none-in-these-lists" is not "not listed", and what is not found is not false.
2. **Name the day.** The law changes; every question takes `as_of`. Without one it is asked of the last day on
   record, which the answer names. `today` is answered from the record, with one warning. A day after the record is
   mostly unknown.
3. **Name the lens** where the three differ: `codified` is what the text says, `enforced` what the regulator says it
   applies, `announced` what officials said would happen. An announcement is not a repeal.
4. **Who said it.** A statement is of its speaker; a report of it is of its reporter. Do not give one body's words
   to another.
5. **Derived is not law.** Tiers are derived from paragraphs; the law knows none. An "effect" is a difference
   between the decision with a measure and without it; a path is only a tie.
6. **What is not modelled is not cleared.** Read `dualuse://not-modelled`. Where a part of the law that is left out
   could decide, the outcome is `indeterminate` and names it.
7. **Part of an answer.** Where `left_out` is there, rows or receipts were left out: it says how many, how to have
   them, and the command line that gives the whole, whose `sha256` `dualuse verify-card` proves.
8. Names are accepted by key, ISO code, or name in English, 繁體 or 简体; `dualuse://instruments` lists the instruments.
   A name that nothing bears is refused with the nearest ones: ask the user, do not guess.
9. It informs; it is not legal advice.
"""


class Resource(NamedTuple):
    """A document.

    Args:
        name: Its name, at the end of its address.
        title: What people see.
        description: What is in it.
        read: Gives it as Markdown, of a graph.
    """

    name: str
    title: str
    description: str
    read: Callable[[Knowledge], str]

    @property
    def uri(self) -> str:
        """Its address."""
        return f"dualuse://{self.name}"


def rules(_: Knowledge) -> str:
    """How answers are to be used."""
    return RULES


def codebook(_: Knowledge) -> str:
    """Every table and field of the record."""
    return (resources.root("data") / "README.md").read_text("utf-8")


def terms(knowledge: Knowledge) -> str:
    """Every class and property, with how much of the graph has it."""
    from dualuse.termbook import terms_page

    return terms_page(knowledge.store)


def not_modelled(knowledge: Knowledge) -> str:
    """Parts of the law that no rule holds, and what that means for an answer."""
    from dualuse.model.read import read
    from dualuse.model.rules import NotModelled

    lines = ["# What is not modelled", "", "By legal order. Nothing that one of these could decide is cleared.", ""]
    for each in sorted(read(knowledge.store, NotModelled), key=lambda part: (part.jurisdiction, part.key)):
        lines.append(f"* **{each.jurisdiction}: {each.what}** ({each.citation}). {each.consequence}")
    return "\n".join([*lines, ""])


def instruments(knowledge: Knowledge) -> str:
    """Key, title, day and place of every instrument, by which the tools take them."""
    from dualuse.model.law import Instrument
    from dualuse.model.read import read

    lines = ["# Instruments on record", "", "| key | title | first act | legal order |", "|---|---|---|---|"]
    for each in sorted(read(knowledge.store, Instrument), key=lambda one: one.node.key):
        first = min(str(event.date) for event in each.events)
        lines.append(f"| {each.node.key} | {no_markup(each.title.en)} | {first} | {', '.join(each.jurisdiction)} |")
    return "\n".join([*lines, ""])


def queries(_: Knowledge) -> str:
    """Named queries: what each answers."""
    from dualuse.query.library import load, names

    lines = ["# Queries that work", "", f"The text of each is at {QUERY}; put your own values in place of its.", ""]
    lines += [f"* **{name}**: {load(name).question}" for name in names()]
    return "\n".join([*lines, ""])


QUERY = "dualuse://queries/{name}"
"""Where the text of a query is."""


RESOURCES: tuple[Resource, ...] = (
    Resource("rules", "Rules of use", "How an answer is to be read and passed on; read it first.", rules),
    Resource(
        "not-modelled", "What is not modelled", "Parts of the law that no rule holds, by legal order.", not_modelled
    ),
    Resource(
        "instruments", "Instruments", "Keys and titles of the rules, notices and statements on record.", instruments
    ),
    Resource(
        "terms", "Terms of the ontology", "Classes and properties for SPARQL, with how often each is used.", terms
    ),
    Resource(
        "queries", "Named queries", "What the SPARQL queries of the library answer; each is a resource too.", queries
    ),
    Resource("codebook", "Codebook", "Every table and field of the record: meaning, unit, source.", codebook),
)
BY_URI = {each.uri: each for each in RESOURCES}


def text_of(knowledge: Knowledge, uri: str) -> str:
    """A document, or the text of a query, by its address.

    Raises:
        UsageError: there is none.
    """
    from dualuse.query.library import load

    begins = QUERY.partition("{")[0]
    if uri.startswith(begins):
        return load(uri.removeprefix(begins)).text
    if uri not in BY_URI:
        raise UsageError(f"no resource {uri!r}; there are: {', '.join(BY_URI)}")
    return BY_URI[uri].read(knowledge)
