"""Five tasks as prompts: which tools to ask, in what order, and what may not be left out of the reply."""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter
from typing import NamedTuple

from dualuse.errors import UsageError

_HOW = (
    "Answer from the tools of dualuse alone, and follow dualuse://rules: name the day and the lens, give the "
    "receipts you rely on, say every unknown that bears on it, and say 'not known' where the tools do. This is "
    "information, not legal advice."
)


class Prompt(NamedTuple):
    """A task.

    Args:
        title: What people see.
        description: What comes of it.
        text: What is asked, with a blank for each argument.
        needs: Argument -> what it is; those that must be given.
        takes: The same for those that need not be; what stands in their place follows a bar.
    """

    name: str
    title: str
    description: str
    text: str
    needs: Mapping[str, str]
    takes: Mapping[str, str]

    def fill(self, arguments: Mapping[str, str]) -> str:
        """What is asked.

        Raises:
            UsageError: an argument is missing, or there is none of a name.
        """
        known = [*self.needs, *self.takes]
        unknown = [name for name in arguments if name not in known]
        missing = [name for name in self.needs if not arguments.get(name, "").strip()]
        if unknown or missing:
            raise UsageError(
                f"prompt {self.name} takes {', '.join(known)}"
                + (f"; it lacks {', '.join(missing)}" if missing else "")
                + (f"; it has no {', '.join(unknown)}" if unknown else "")
            )
        usual = {name: told.partition("|")[2] for name, told in self.takes.items()}
        given = {name: value for name, value in arguments.items() if value.strip()}
        return f"{self.text.format(**usual | given)}\n\n{_HOW}"


_DAY = {"as_of": "Day of law, YYYY-MM-DD|the last day on record"}

PROMPTS: tuple[Prompt, ...] = (
    Prompt(
        "may-it-ship",
        "May this shipment go?",
        "One transaction under United States law, with parties, and what would settle what is open.",
        "May {quantity} of {item} go to {to}, to {consignee}, on {as_of}?\n\n"
        "1. `check` with every fact you were given (headquarters of the consignee and of its ultimate parent matter "
        "as much as the destination). If it is indeterminate, `check` with ask, and ask the user for those facts.\n"
        "2. `screen` the consignee and every other party by name, and `owned` for those on record.\n"
        "3. `status` of the instrument that decides, where the lenses may differ.\n"
        "Give the outcome, the paragraph, what is not modelled, and what is still to be asked. Never say that it is "
        "cleared.",
        {"item": "Chip by name, or ECCN", "to": "Destination"},
        {
            "quantity": "Units|one",
            "consignee": "Who receives it, and where its parent sits|a consignee not named",
            **_DAY,
        },
    ),
    Prompt(
        "is-it-in-force",
        "Is a rule in force, or was it rescinded?",
        "Status under each lens, with the acts behind it, against what was claimed.",
        "It is said of {instrument}: {claim}. Is that right on {as_of}?\n\n"
        "1. `status` of the instrument: give what codified, enforced and announced say, and each act on the timeline "
        "that made it so.\n"
        "2. `conflicts` about it, for claims that cannot all hold, and what the law says.\n"
        "Keep apart what was announced and what was published; give no body's words to another.",
        {"instrument": "Rule by key or title"},
        {"claim": "What is said of it|that it was rescinded", **_DAY},
    ),
    Prompt(
        "who-is-affected",
        "Who is affected by a measure?",
        "Destinations and parties that fare otherwise with it, heaviest first, and why.",
        "Whom does {measure} change on {as_of}, and how?\n\n"
        "1. `affected` by the measure: destinations and parties, by kind of effect; say how many there are in all.\n"
        "2. `why` for the two or three that matter most to the user, for the path and its receipts.\n"
        "3. `said` about the measure, for who opposed or supported it, and on what grounds.\n"
        "A tie is no effect: keep apart whom it changes and whom it only reaches.",
        {"measure": "Instrument or measure by key or title"},
        _DAY,
    ),
    Prompt(
        "who-is-behind",
        "Who is behind a party?",
        "Lists, the 50 percent rule and what is not known of its owners.",
        "Is {party} listed, or owned by listed parties, on {as_of}?\n\n"
        "1. `screen` the name as written, with country and address if known.\n"
        "2. `owned` under bis-affiliates, ofac-50 and cn-61-50, one after the other; say where each rule stands on "
        "the day.\n"
        "3. `affected` with party, for which measures change it.\n"
        "Give shares as intervals. 'None in these lists' and 'clear' are of these lists and these shares alone.",
        {"party": "Name as written in the papers"},
        _DAY,
    ),
    Prompt(
        "check-an-article",
        "Check an article",
        "Each claim of a text held against the record: agrees, differs, not decidable.",
        "Check this text, claim by claim, on {as_of}:\n\n"
        "{text}\n\n"
        "1. Numbers of countries or tiers: `groups` with count and claimed. Places: `groups`.\n"
        "2. Dates and status: `status`. What else is claimed of a rule: `conflicts` about it.\n"
        "3. Who said it: `said`, by speaker and by measure.\n"
        "For each claim give: agrees, differs (with what the record says), or not decidable, and the receipt.",
        {"text": "The text, or the part to check"},
        _DAY,
    ),
)
BY_NAME = {each.name: each for each in PROMPTS}


def blanks(prompt: Prompt) -> set[str]:
    """The arguments that the text of a prompt uses."""
    return {name for _, name, _, _ in Formatter().parse(prompt.text) if name}
