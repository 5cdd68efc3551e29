"""What a page prints about itself: the day in its first lines, and the day and outlet of a dateline, tag or credit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dualuse.news.claims.candidates import Claim
from dualuse.news.claims.parts import Part

HEAD = 4
"""Passages at the beginning of a text that may say when it was written."""


def stamped(parts: Sequence[Part]) -> Iterator[Claim]:
    """The day a page gives itself in its first lines."""
    for part in parts:
        for sentence in part.sentences:
            for found in sentence.dates:
                if found.rule == "iso" and part.passage.number <= HEAD:
                    start, end = found.start - part.passage.start, found.end - part.passage.start
                    yield Claim(
                        part.passage.number,
                        start,
                        end,
                        "dated-on",
                        found.value,
                        "printed.stamp",
                        "medium",
                        subject_label="the page",
                    )
                    return


def printed_claims(part: Part) -> list[Claim]:
    """What a dateline, tag or credit claims: who reported it, and on which day."""
    found = []
    for entry in part.printed:
        start, end = entry.start - part.passage.start, entry.end - part.passage.start
        if entry.date is not None and part.written is not None:
            found.append(
                Claim(
                    part.passage.number,
                    start,
                    end,
                    "dated-on",
                    part.written.isoformat(),
                    f"printed.{entry.rule}",
                    "high",
                    subject_label="the dispatch",
                    claimant=entry.outlet,
                )
            )
        if entry.label:
            found.append(
                Claim(
                    part.passage.number,
                    start,
                    end,
                    "reported-by",
                    entry.outlet or entry.label,
                    f"printed.{entry.rule}",
                    "high",
                    subject_label="the dispatch",
                    claimant=entry.outlet,
                )
            )
    return found
