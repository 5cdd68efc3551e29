"""What is odd in the edges: told, counted, and never silently mended."""

from __future__ import annotations

from dataclasses import dataclass, field

from dualuse.said import phrase

KINDS: dict[str, str] = {
    "bad-row": "left out; a party that it names may have one owner more",
    "unnamed-owner": "it may be a listed party",
    "same-name": "taken for one party",
    "near-name": "it may be the same party",
    "bad-share": "counted as unknown, 0 to 100 percent",
    "fraction": "as it stands and times 100 are both counted as possible; a percent sign settles it",
    "share-rounded": "finer than a ten-thousandth of a percent, so widened outwards to that",
    "bad-date": "counted as possible only, or not at all where what can be read says that it does not hold on the day",
    "doubtful-date": "the day asked for may lie on either side of it, so counted as possible only",
    "self-ownership": "counted; it can hold itself up only in a circle",
    "duplicate": "one stake told more than once or several stakes, so counted as anything from the least to their sum",
    "overlap": "on a common day one stake or several, so counted as anything from the least to their sum",
    "over-100": "no shares fit the bounds, so the upper ones are summed as they stand",
    "other-list": "not a list that the rule counts, so left out",
    "listed-elsewhere": "listed, and counted as such",
    "not-a-holding": "left out",
    "undated": "counted on every day",
}
"""Kind of finding -> what was done about it."""

MOST = 20
"""Examples kept of each kind."""


@dataclass(frozen=True, order=True)
class Finding:
    """Something odd: its kind, where it is, and what it is."""

    kind: str
    where: str
    message: str


@dataclass
class Findings:
    """Findings as they are made: every one counted, the first of each kind kept."""

    counts: dict[str, int] = field(default_factory=dict)
    examples: list[Finding] = field(default_factory=list)

    def add(self, kind: str, where: str, message: str, times: int = 1) -> None:
        """Note a finding; *times* counts further ones that are not kept.

        Raises:
            KeyError: the kind is not in ``KINDS``.
        """
        KINDS[kind]
        before = self.counts.get(kind, 0)
        self.counts[kind] = before + times
        if before < MOST:
            self.examples.append(Finding(kind, where, message))

    def count(self, kind: str, times: int) -> None:
        """Count findings beyond the examples."""
        if times > 0:
            self.counts[kind] = self.counts.get(kind, 0) + times

    def merge(self, other: Findings) -> None:
        """Take over what another reader found."""
        for kind, number in other.counts.items():
            room = MOST - min(self.counts.get(kind, 0), MOST)
            self.examples += [found for found in other.examples if found.kind == kind][:room]
            self.counts[kind] = self.counts.get(kind, 0) + number

    def rows(self) -> list[dict[str, str]]:
        """Findings as rows, by kind: each example, and how many more there are."""
        rows: list[dict[str, str]] = []
        for kind in KINDS:
            shown, done = [found for found in self.examples if found.kind == kind], phrase(f"finding.{kind}")
            rows += [
                {"kind": kind, "where": f.where, "message": phrase("held.finding", message=f.message, done=done)}
                for f in shown
            ]
            left = self.counts.get(kind, 0) - len(shown)
            if left > 0:
                rows.append({"kind": kind, "where": "", "message": phrase("held.and_more", n=f"{left:,}", done=done)})
        return rows
