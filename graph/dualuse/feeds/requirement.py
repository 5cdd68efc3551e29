"""What a list of the Bureau of Industry and Security says of a party in law: citation, licence requirement, policy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from dualuse.feeds import parse
from dualuse.feeds.entry import Said, number, text
from dualuse.feeds.report import Report


class LawColumns(NamedTuple):
    """Which columns of a feed say it."""

    citation: str
    requirement: str
    policy: str


def law_said(where: str, report: Report, cells: Mapping[str, str], columns: LawColumns) -> Iterator[Said]:
    """What the cells say; what cannot be read is noted in the report."""
    notice = cells.get(columns.citation, "")
    cited = parse.citations(notice)
    if notice and not cited:
        report.doubt(where, columns.citation, notice, "no citation")
    for citation in cited:
        yield text("dct:bibliographicCitation", citation)
    requirement = cells.get(columns.requirement, "")
    named, notes = parse.sections(requirement)
    for section in named:
        yield text("du:section", section)
    for note in notes:
        yield number("du:footnote", note)
    if left_out := parse.exception(requirement):
        yield text("du:exceptFor", left_out)
    policy = cells.get(columns.policy, "")
    found = parse.policies(policy)
    if policy and not found and not parse.sections(policy)[0]:
        report.doubt(where, columns.policy, policy, "names no policy and no section")
    for name in found:
        yield text("du:licencePolicy", name)
