"""The work behind the tools, done where the graph is open: a question or a query asked, and its answer by the page."""

from __future__ import annotations

import csv
import shlex
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from dualuse import __version__, questions
from dualuse.card import NOTE, plain
from dualuse.errors import UsageError
from dualuse.mcp.telling import told
from dualuse.questions.parameters import Opt
from dualuse.questions.parts.given import files_of
from dualuse.questions.question import Question

if TYPE_CHECKING:
    from dualuse.knowledge import Knowledge

_COLUMNS = ("name", "country", "address", "identifiers", "owners")
_ABSENT = (
    "what the graph does not hold",
    "a query tells what is recorded: what it does not find is not thereby false, and no day or lens is judged",
)


class Page(NamedTuple):
    """Which rows of each part of an answer are given: those from *first*, at most *limit*."""

    first: int
    limit: int

    def cut(self, rows: Sequence[Any]) -> Sequence[Any]:
        """Those rows."""
        return rows[self.first - 1 : self.first - 1 + self.limit]


class Answer(NamedTuple):
    """What a tool gives: the card by the page, and the same in a few lines."""

    card: dict[str, Any]
    text: str


def ask(knowledge: Knowledge, name: str, values: Mapping[str, Any], page: Page) -> Answer:
    """Ask a question.

    Raises:
        UsageError: there is none of that name.
        DualuseError: as the question has it.
    """
    question = questions.find(name)
    if question is None:
        raise UsageError(f"no question {name!r}")
    card = question(knowledge, values)
    whole = card.to_dict()
    given = paged(whole, card.tables, page)
    if "left_out" in given and card.asked is not None and not files_of(card.asked):
        given["left_out"]["whole"] = command_line(question, card.asked)
    return Answer(given, told(card, given, page))


def paged(card: Mapping[str, Any], tables: Sequence[str], page: Page) -> dict[str, Any]:
    """A card of which each part that has rows is given by the page; what is left out is said in ``left_out``."""
    found = {**card, "answer": dict(card["answer"])}
    left: dict[str, str] = {}
    for where, holder, name in [*(("answer.", found["answer"], name) for name in tables), ("", found, "because")]:
        rows = holder[name]
        holder[name] = page.cut(rows)
        if len(holder[name]) < len(rows):
            last = page.first - 1 + len(holder[name])
            left[f"{where}{name}"] = (
                f"rows {page.first} to {last} of {len(rows)}" if holder[name] else f"{len(rows)} rows"
            )
    if left:
        found["left_out"] = {
            "given": left,
            "more": f"ask again with first_row {page.first + page.limit}, or a larger limit_rows",
            "sha256": "is that of the whole answer; a part of one cannot be verified",
        }
    return found


def command_line(question: Question, asked: Mapping[str, Any]) -> str:
    """The command that gives the whole card of a question, asked as it was."""
    words: list[str] = []
    for each in question.parameters:
        if each.name not in asked:
            continue
        value = asked[each.name]
        yes, _, no = each.flag.partition("/")
        flag = [no if value is False and no else yes] if each.flag else []
        if isinstance(value, bool):
            words += flag
        elif isinstance(each.how, Opt) and each.how.pair:
            words += [*flag, *value]
        else:
            for part in value if isinstance(value, list) else [value]:
                words += [*flag, str(part)]
    return shlex.join(["dualuse", *question.command.split(), *words, "--format", "json"])


def screen(knowledge: Knowledge, parties: Sequence[Mapping[str, str]], values: Mapping[str, Any], page: Page) -> Answer:
    """Screen parties that are named in the call."""
    with tempfile.TemporaryDirectory(prefix="dualuse-") as folder:
        table = Path(folder, "parties.csv")
        with table.open("w", encoding="utf-8", newline="") as stream:
            rows = csv.DictWriter(stream, _COLUMNS)
            rows.writeheader()
            rows.writerows(parties)
        return ask(knowledge, "screen", {**values, "customers": table}, page)


def query(knowledge: Knowledge, text: str, page: Page) -> Answer:
    """Answer a query; more rows than are given are not read.

    Raises:
        QueryError: it cannot be read, or asks for what it may not.
    """
    from dualuse.namespaces import shorten
    from dualuse.query.check import check

    check(text, None)
    wanted = page.first - 1 + page.limit
    found = knowledge.sparql(text, limit_rows=wanted + 1)
    rows: list[Any]
    if isinstance(found, bool):
        rows = [{"holds": found}]
    else:
        rows = [
            {name: shorten(term.value) for name, term in row.items()}
            if isinstance(row, dict)
            else {"subject": str(row.subject), "predicate": str(row.predicate), "object": str(row.object)}
            for row in found
        ]
    unknown = [dict(zip(("what", "why_it_matters"), _ABSENT, strict=True))]
    if not found and not isinstance(found, bool):
        unknown += [{"what": "why nothing was found", "why_it_matters": str(hint)} for hint in knowledge.hints(text)]
    shown = list(page.cut(rows))
    card: dict[str, Any] = {
        "question": {"command": "sparql"},
        "answer": {"rows": shown},
        "because": [],
        "unknown": unknown,
        "query": text,
        "dataset": plain(knowledge.version),
        "engine": f"dualuse {__version__}",
        "note": NOTE,
    }
    more = len(rows) > wanted
    if more or page.first > 1:
        many = "more rows" if more else "rows before these"
        card["left_out"] = {
            "given": {"answer.rows": f"rows {page.first} to {page.first - 1 + len(shown)}; there are {many}"},
            "more": f"ask again with first_row {wanted + 1}, or a larger limit_rows; order the rows, or pages may mix",
        }
    head = (
        ("holds" if found else "does not hold")
        if isinstance(found, bool)
        else f"{len(shown)} row{'' if len(shown) == 1 else 's'}"
    )
    if more:
        head += f", and there are more: first_row {wanted + 1}"
    lines = [head, *(" · ".join(f"{name}: {value}" for name, value in row.items()) for row in shown)]
    lines += [f"unknown: {gap['what']}: {gap['why_it_matters']}" for gap in unknown]
    return Answer(card, "\n".join(lines))
