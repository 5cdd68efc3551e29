"""The tools: which question each asks, what it takes of it, and what a model is told of it."""

from __future__ import annotations

from dataclasses import dataclass

from dualuse import questions
from dualuse.questions.parameters import Parameter
from dualuse.questions.question import Question


@dataclass(frozen=True)
class Tool:
    """A tool.

    Args:
        title: What people see.
        description: What a model is told of it.
        takes: Parameters of the question of that name; if not given, all but those in *without* and those that are for
            who runs the program alone.
        needs: Those of them without which the question cannot be answered.
        without: Parameters that change only what people look at.
    """

    name: str
    title: str
    description: str
    takes: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    without: tuple[str, ...] = ()

    @property
    def question(self) -> Question | None:
        """The question it asks, or None."""
        return questions.find(self.name)

    @property
    def parameters(self) -> dict[str, Parameter]:
        """What it takes of the question, by the word it is given by, which is that of the command line."""
        question = self.question
        found = () if question is None else question.parameters
        return {
            each.word: each
            for each in found
            if not each.local and each.name not in self.without and (not self.takes or each.name in self.takes)
        }


TOOLS: tuple[Tool, ...] = (
    Tool(
        "groups",
        "Country groups and tiers",
        "Which legal country groups (D:1, D:5, A:5, Supplement No. 5 ...) and which derived tier of the January 2025 "
        "AI Diffusion Rule a place is in on a day, and the paragraph that puts it there. With count, how many places "
        "each tier has in several universes (UN members, NATO ...); with count and claimed, under which reading a "
        "number that the press gave is right, if any. The law has no tiers: they are derived, and from 2025-01-13 on.",
        takes=("places", "count", "claimed", "as_of"),
    ),
    Tool(
        "status",
        "Status of a rule",
        "Is an instrument, or one paragraph, in force on a day? Gives three answers, which may differ: codified "
        "(what the text says), enforced (what the regulator says it applies), announced (what officials said would "
        "happen), with the timeline of acts behind them. Use it before you say that a rule was rescinded, suspended "
        "or is in force. With record in place of an instrument: how far the record reaches, authority by authority.",
        takes=("instrument", "record", "as_of", "lens"),
    ),
    Tool(
        "check",
        "One transaction",
        "Does sending an item to a place need a licence on a day, under which exception or review policy, and what "
        "is not known? State every fact you have; what you leave out is unknown, and the answer says what turns on "
        "it. Set ask to learn only which facts would settle it. The outcomes: licence-required, licence-exception, "
        "no-licence-required (in the rules that it names; no clearance), not-subject, indeterminate (say so, with "
        "what is missing). Under United States law unless under names another. Where an answer names an option such "
        "as --us-part, the argument is us_part. Parties are not screened here: see screen and owned.",
        needs=("item", "to"),
    ),
    Tool(
        "affected",
        "Whom a measure changes",
        "Whom does a measure change, or which measures change a party or a place? Changed means that a decision "
        "comes out otherwise with the measure in the law than without it. Give by (instruments), or party, or both; "
        "or compare two instruments. Kinds of effect, heaviest first: barred, licence-needed, capped, "
        "excepted-with-conditions, duty-only, relieved.",
        without=("every",),
    ),
    Tool(
        "why",
        "Why a measure touches a party",
        "How does a measure reach a party or a place: first what it changes for it, then the paths of sourced edges "
        "(ownership, supply, site, headquarters, listing) from the measure to it. A path is a tie on record, not by "
        "itself an effect. Routes beyond the shortest are told with all.",
    ),
    Tool(
        "owned",
        "The 50 percent rule",
        "Is a party caught because listed parties own it, alone or together: listed, captured, possible (shares "
        "leave room), ambiguous, or clear, with the owners that sum to it and as intervals. Without parties: who is "
        "caught. Rules: bis-affiliates (suspended since 2025-11-10: the answer says where it stands), ofac-50, "
        "cn-61-50.",
    ),
    Tool(
        "screen",
        "Screen names against lists",
        "Search up to 50 parties in the lists that this graph holds: hit, possible, not-screened (with the reason) "
        "or none-in-these-lists, each with why. None-in-these-lists clears nobody: it says what was searched and "
        "where. Give names as they are written in the papers, in any script, with country, address and identifiers "
        "if you have them. The answer proves the search: sum of the table, lists, time.",
        takes=("limit", "as_of"),
    ),
    Tool(
        "said",
        "Who said what",
        "Who stood where on a measure, on what grounds, when, each statement with its source; by measure, speaker, "
        "stance, ground, or within days of an event. A report of a statement is not the statement: see who is named "
        "as speaker. With matrix a row for each party and stance; with changes where a stance changed.",
    ),
    Tool(
        "conflicts",
        "Claims that cannot all hold",
        "Which claims about a thing contradict one another, or the law, and what the law says; also where sources "
        "agree. Use it to check a figure or a date that an article gives.",
    ),
    Tool(
        "changes",
        "What changed between two days",
        "What happened between two days (the first is left out): events of the law, group memberships, measures, "
        "statements, steps of enforcement cases, and which months were searched in vain. No row is no proof that "
        "nothing happened: see unknown.",
    ),
    Tool(
        "sparql",
        "SPARQL query",
        "Answer a SPARQL 1.1 query over the whole graph; for what no other tool answers. Prefixes need not be "
        "declared. It only reads: updates, SERVICE and FROM are refused, and a query that takes too long is ended. "
        "Read dualuse://terms for classes and properties and dualuse://queries for queries that work. Rows are "
        "triples as recorded: they do not judge a day or a lens, and what is absent is not thereby false.",
    ),
)
"""All tools, in the order in which they are told."""
BY_NAME = {tool.name: tool for tool in TOOLS}
