"""Show that the news reader takes as long for a character of a long text as of a short one: ``bench news --size``."""

from __future__ import annotations

import time
from collections.abc import Sequence

from benching import show

from dualuse.news.reader import Reader
from dualuse.news.review.coded import CodedText
from dualuse.news.text.passages import make_text

SIZES = (50_000, 500_000, 5_000_000)
SMALL, RUNS = 500_000, 3


def time_sizes(reader: Reader, texts: Sequence[CodedText]) -> None:
    """Print the time a character takes in texts of several sizes, in paragraphs and in one line."""
    rows = []
    words = "\n\n".join(coded.text.original for coded in texts)
    for shape, whole in (("paragraphs", words + "\n\n"), ("one line", words.replace("\n", " ") + " ")):
        first = 0.0
        for size in SIZES:
            text = (whole * (size // len(whole) + 1))[:size]
            seconds = min(_seconds(reader, text) for _ in range(RUNS if size < SMALL else 1))
            each = seconds / size * 1e6
            first = first or each
            rows.append((shape, f"{size:,}", f"{seconds:.1f}", f"{each:.1f}", f"{each / first:.2f}"))
    columns = ("text", "characters", "seconds", "µs a character", "of that of the first")
    show("Time by size, of the processor", columns, rows)


def _seconds(reader: Reader, text: str) -> float:
    start = time.process_time()
    reader.read(make_text("made-up", text))
    return time.process_time() - start
