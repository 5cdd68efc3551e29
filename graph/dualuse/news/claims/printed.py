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
                    span = found.start - part.passage.start, found.end - part.passage.start
                    how = ("dated-on", found.value, "printed.stamp", "medium")
                    yield Claim(part.passage.number, *span, *how, subject_label="the page")
                    return


def printed_claims(part: Part) -> list[Claim]:
    """What a dateline, tag or credit claims: who reported it, and on which day."""
    found = []
    for entry in part.printed:
        span = entry.start - part.passage.start, entry.end - part.passage.start
        told = {"dated-on": part.written.isoformat()} if entry.date is not None and part.written is not None else {}
        if entry.label:
            told["reported-by"] = entry.outlet or entry.label
        for attribute, value in told.items():
            how = (attribute, value, f"printed.{entry.rule}", "high")
            own = "" if attribute == "reported-by" else entry.outlet  # that it reports is the paper's word
            claim = Claim(part.passage.number, *span, *how, subject_label="the dispatch", claimant=own)
            found.append(claim)
    return found
